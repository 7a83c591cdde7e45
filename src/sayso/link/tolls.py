"""One range out of many counts of the same harm.

The rule, after the conservative habit of ACLED (the lower figure where reports of one time differ; revised as later
reports come) and UCDP (a low, a best and a high estimate, each resting on named reports):

1. a count that its own report denies or calls wrong, or that a later report says was taken back, is set aside:
   corrected where something replaces it, else withdrawn; joined victims of several kinds ("two soldiers and a
   civilian") are one count; a copy adds nothing but its name to a list;
2. one vote an origin and source: its latest count, and of counts of one time the largest, since the others are parts
   of it; whoever gives a lower count later has corrected himself, in whichever report it stands;
3. best is the count with most origins among those of the last two days; of equals the exact, the later, the lower;
4. an earlier and lower count is what the later one has grown from, an earlier "up to 20" what a later 14 has made
   exact: superseded, neither basis nor dissent;
5. low and high span all that is left; open above if any of it is;
6. who is shot is hurt at least: of five shot of whom two died three are injured, and the range runs up to five.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sayso.link.counts import SMALLEST, TakenBack, Told, same_source
from sayso.model import Harm, TollEstimate, VictimKind

RECENT = 1  # days before the newest count that still vote for the best
LOWERED = 0.5  # share of a count that a later and lower one of its source must reach to correct it: less is a part
UNKNOWN = ""  # the name of an origin that is not known: it never adds to others
_OPEN = float("inf")
# Who are counted as a part of all that were harmed, where another count of the same harm is higher.
_PARTS = frozenset({VictimKind.CHILDREN, VictimKind.WOMEN, VictimKind.JOURNALISTS, VictimKind.AID_WORKERS})


@dataclass(frozen=True, slots=True)
class Count:
    """A figure with the origin its article goes back to; `name` is that origin's: one name, one vote."""

    told: Told
    origin: str
    name: str = UNKNOWN

    @property
    def voice(self) -> str:
        return self.name or f"\n{self.origin}"


@dataclass(frozen=True, slots=True)
class _Vote:
    """What one origin has one source say, with all tolls and copies that say so."""

    told: Told
    voice: str
    tolls: tuple[str, ...]
    origins: tuple[str, ...]
    known: bool

    @property
    def moment(self) -> int:
        return self.told.moment or 0

    @property
    def low(self) -> int:
        return self.told.low

    @property
    def top(self) -> float:
        return _OPEN if self.told.high is None else self.told.high

    @property
    def exact(self) -> bool:
        return self.low == self.top

    @property
    def value(self) -> int | None:
        """The one figure it stands for: its floor; None where it gives a ceiling alone, "up to 20"."""
        return None if self.low <= 1 < self.top < _OPEN or self.low == 0 < self.top else self.low


def reconcile_tolls(
    counts: Iterable[Count], taken_back: Iterable[TakenBack] = (), growing: bool = False
) -> tuple[TollEstimate, ...]:
    """One estimate for each harm counted, in order of the vocabulary; the order of counts does not matter.

    `taken_back` are figures that reports call withdrawn. `growing` when the counts are running totals, which never fall
    by themselves: what is lower later counts a part of the harmed.
    """
    recalls = tuple(taken_back)
    by_harm: dict[Harm, list[Count]] = defaultdict(list)
    for count in sorted(counts, key=lambda count: (count.told.id, count.origin)):
        by_harm[count.told.harm].append(count)
    found: dict[Harm, TollEstimate] = {}
    for harm in Harm:  # the killed before the injured
        own = by_harm.get(harm, [])
        if harm is Harm.INJURED and Harm.KILLED in found:
            own = [_without_dead(count, found[Harm.KILLED].best) for count in own]
        if own:
            found[harm] = _estimate(harm, own, [one for one in recalls if one.harm in (None, harm)], growing)
    return tuple(found.values())


def _without_dead(count: Count, dead: int | None) -> Count:
    """Those shot less those who died of it; the count that was told remains its upper bound."""
    if not count.told.shot or not dead or count.told.low < dead:
        return count
    return replace(count, told=replace(count.told, low=count.told.low - dead))


def _estimate(harm: Harm, counts: Sequence[Count], recalls: Sequence[TakenBack], growing: bool) -> TollEstimate:
    gone = _set_aside(counts, recalls)
    votes = _fold_copies([count for count in counts if count.told.id not in gone])
    votes = _without_parts(votes, growing)
    last, replaced = _latest(votes, growing)
    if not last:
        withdrawn, corrected = _split(gone, counts, {})
        return TollEstimate(harm, 0, None, None, (), (), withdrawn, corrected=corrected)
    best = _best(last)
    kept = [vote for vote in last if not _outgrown(vote, best)]
    agree = [vote for vote in kept if vote.low <= best.top and best.low <= vote.top]
    highs = [vote.told.high for vote in kept]
    lowered = {vote: by for vote, by in replaced.items() if by is not None}
    withdrawn, corrected = _split(gone, counts, lowered)
    outgrown = [vote for vote in last if vote not in kept] + [vote for vote, by in replaced.items() if by is None]
    return TollEstimate(
        harm=harm,
        low=min(vote.low for vote in kept),
        best=best.value,
        high=None if None in highs else max(high for high in highs if high is not None),
        basis=_ids(agree),
        dissent=_ids(vote for vote in kept if vote not in agree),
        withdrawn=withdrawn,
        superseded=_ids(outgrown),
        corrected=corrected,
        origins=_origins(vote for vote in agree if vote.value == best.value),
    )


# --------------------------------------------------------------------------- what is set aside


def _set_aside(counts: Sequence[Count], recalls: Sequence[TakenBack]) -> dict[str, str | None]:
    """The counts that are taken back, by id of their toll, with the toll given instead, if one is."""
    gone: dict[str, str | None] = {}
    for told in (count.told for count in counts):
        hits = [recall for recall in recalls if _recalls(recall, told)]
        if told.gone or hits:
            instead = (told.instead, *(recall.instead for recall in sorted(hits, key=_recall_order)))
            gone[told.id] = next((id for id in instead if id and id != told.id), None)
    return gone


def _recalls(recall: TakenBack, told: Told) -> bool:
    """Whether a report takes back what was told before it. Small figures are too common to go by, but in one report."""
    if recall.figure != told.low or (recall.article == told.article and recall.harm is not None):
        return False
    if recall.harm is None and told.low < SMALLEST:
        return False
    if recall.source and told.source and not same_source(recall.source, told.source):
        return False
    return recall.day is None or told.day is None or told.day <= recall.day


def _recall_order(recall: TakenBack) -> tuple[bool, int, str]:
    return recall.instead is None, -(recall.day or 0), recall.instead or ""


def _split(
    gone: Mapping[str, str | None], counts: Sequence[Count], lowered: Mapping[_Vote, _Vote]
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Ids withdrawn, and pairs of ids corrected: what was taken back without and with a figure in its place."""
    parts = {count.told.id: count.told.tolls for count in counts}
    pairs = {(wrong, right) for id, right in gone.items() if right for wrong in parts[id]}
    pairs |= {(wrong, by.told.id) for vote, by in lowered.items() for wrong in vote.tolls}
    return tuple(sorted(wrong for id, right in gone.items() if not right for wrong in parts[id])), tuple(sorted(pairs))


# --------------------------------------------------------------------------- who votes


def _fold_copies(counts: Sequence[Count]) -> list[_Vote]:
    """One vote for what one origin has one source say, of the first time that it says so: copies tell nothing new."""
    groups: dict[tuple[object, ...], list[Count]] = defaultdict(list)
    for count in counts:
        told = count.told
        groups[count.origin, told.source or "", told.low, told.high].append(count)
    found = []
    for group in groups.values():
        first = min(group, key=lambda count: (count.told.moment is None, count.told.moment or 0, count.told.id))
        tolls = tuple(sorted({id for count in group for id in count.told.tolls}))
        found.append(_Vote(first.told, first.voice, tolls, (first.origin,), bool(first.name)))
    return sorted(found, key=lambda vote: (vote.told.id, vote.voice))


def _without_parts(votes: Sequence[_Vote], growing: bool) -> list[_Vote]:
    """Without what counts some of the harmed alone."""
    return [vote for vote in votes if not any(_is_part(vote, whole, growing) for whole in votes)]


def _is_part(vote: _Vote, whole: _Vote, growing: bool) -> bool:
    """Children beside all dead; the lower of two counts of one voice and time; of running totals the lower later."""
    if vote.top >= whole.low:
        same_time = vote.moment == whole.moment and _same_voice(vote, whole)
        return same_time and (vote.low, vote.top) != (whole.low, whole.top) and _size(vote) < _size(whole)
    if growing and whole.moment <= vote.moment:
        return True
    if vote.told.kind in _PARTS and whole.told.kind not in _PARTS:
        return True
    if not _same_voice(vote, whole):
        return False
    late_part = vote.moment > whole.moment and vote.low < LOWERED * whole.low
    return vote.moment == whole.moment or late_part


def _size(vote: _Vote) -> tuple[int, float, str]:
    return (vote.low, -1.0 if vote.top == _OPEN else vote.top, vote.told.id)


def _same_voice(one: _Vote, two: _Vote) -> bool:
    """Whether they are words of one origin, and of one source as far as sources are told."""
    if one.voice != two.voice:
        return False
    return not one.told.source or not two.told.source or same_source(one.told.source, two.told.source)


def _latest(votes: Sequence[_Vote], growing: bool) -> tuple[list[_Vote], dict[_Vote, _Vote | None]]:
    """The last word of each voice; and what was said before, with the lower count that corrects it."""
    replaced: dict[_Vote, _Vote | None] = {}
    for vote in votes:
        later = [other for other in votes if _replaces(other, vote, growing)]
        if later:
            last = max(later, key=lambda other: (other.moment, *_size(other)))
            replaced[vote] = last if last.top < vote.low else None
    return [vote for vote in votes if vote not in replaced], replaced


def _replaces(new: _Vote, old: _Vote, growing: bool) -> bool:
    """Whether a count is a later word of whoever gave another: the same voice, or the same source in another report."""
    if new.moment <= old.moment:
        return False
    if _same_voice(new, old):
        return True
    if not same_source(new.told.source, old.told.source) or (new.low, new.top) == (old.low, old.top):
        return False
    return new.top >= old.low or (not growing and new.low >= LOWERED * old.low and new.told.kind == old.told.kind)


def _best(votes: Sequence[_Vote]) -> _Vote:
    newest = max(vote.moment for vote in votes)
    recent = [vote for vote in votes if vote.moment >= newest - RECENT]

    def rank(vote: _Vote) -> tuple[object, ...]:
        same = [other for other in recent if (other.low, other.top) == (vote.low, vote.top)]
        backers = len({other.voice for other in same if other.known}) or 1
        return (vote.value is None, -backers, not vote.exact, -vote.moment, vote.low, vote.told.id)

    return min(recent, key=rank)


def _outgrown(vote: _Vote, best: _Vote) -> bool:
    """Whether an earlier count is what the best has grown from, or has made exact."""
    if vote is best or vote.moment >= best.moment or best.value is None or (vote.low, vote.top) == (best.low, best.top):
        return False
    grown = vote.low < best.value and (vote.top == _OPEN or vote.top <= best.value)
    return grown or (best.exact and not vote.exact and vote.low <= best.value <= vote.top)


def _ids(votes: Iterable[_Vote]) -> tuple[str, ...]:
    return tuple(sorted({id for vote in votes for id in vote.tolls}))


def _origins(votes: Iterable[_Vote]) -> tuple[str, ...]:
    """The origins of votes, one a voice."""
    first: dict[str, str] = {}
    for vote in votes:
        first[vote.voice] = min(first.get(vote.voice, vote.origins[0]), *vote.origins)
    return tuple(sorted(first.values()))
