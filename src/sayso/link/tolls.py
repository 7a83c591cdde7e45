"""One range out of many counts of the same harm.

The rule, after the conservative habit of ACLED (the lower figure where reports of one time differ; revised as later
reports come) and UCDP (a low, a best and a high estimate, each resting on named reports):

1. a count that is denied by the one who is asked, or that its own or a later report calls withdrawn or wrong, is set
   aside; joined victims of several kinds ("two soldiers and a civilian") are one count;
2. one vote an origin: its latest count, and of counts of one time the largest, since the others are parts of it;
3. best is the count with most origins among those of the last two days; of equals the exact, the later, the lower;
4. an earlier and lower count is what the later one has grown from: superseded, neither basis nor dissent;
5. low and high span all that is left; open above if any of it is;
6. who is shot is hurt at least: of five shot of whom two died three are injured, and the range runs up to five.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sayso.link.days import ordinal, published_day
from sayso.model import SHOT, Analysis, Harm, Stance, Toll, TollEstimate

RECENT = 1  # days before the newest count that still vote for the best
SMALLEST = 5  # figures below are too common to be told by number alone
_RECALLED = re.compile(
    r"\b(?:withdr(?:awn?|ew|aws|awing)|t(?:akes?|aken|aking|ook) back|retract(?:ed|s|ion)|erroneous(?:ly)?|an? error|"
    r"in error|by mistake|mistaken(?:ly)?|technical (?:error|fault|mistake)|disown(?:ed|s)|recant(?:ed|s)|"
    r"deleted the (?:post|figure|message))\b",
    re.IGNORECASE,
)
# A figure as the thing that is called back: "the figure of 164 dead", "the report of 164 people killed".
_FIGURE = re.compile(
    r"\b(?:figures?|tolls?|counts?|tall(?:y|ies)|numbers?|totals?|reports?|claims?)"
    r"(?:\s+(?:of|at|as|for))?\s+(?:(?:the|about|some|over|than|more|at|least|nearly|almost)\s+){0,3}"
    r"(\d{1,3}(?:[ ,]\d{3})+|\d+)(?!\s*(?:%|per cent|percent|January|February|March|April|May|June|July|August|"
    r"September|October|November|December))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Count:
    """A toll with what its weight depends on."""

    toll: Toll
    origin: str
    moment: int | None  # the day it stands for, else the day of publication
    withdrawn: bool = False
    ids: tuple[str, ...] = ()  # of the tolls it sums, where it sums several

    @property
    def tolls(self) -> tuple[str, ...]:
        return self.ids or (self.toll.id,)

    @property
    def top(self) -> float:
        return float("inf") if self.toll.high is None else self.toll.high

    @property
    def value(self) -> int | None:
        """The one figure it stands for: its floor; None where it gives a ceiling alone."""
        return self.toll.low if self.toll.low or self.toll.high == 0 else None


def reconcile_tolls(counts: Iterable[Count], growing: bool = False) -> tuple[TollEstimate, ...]:
    """One estimate for each harm counted, in order of the vocabulary; the order of counts does not matter.

    `growing` when they are running totals, which never fall: what is lower later counts a part of the harmed.
    """
    by_harm: dict[Harm, list[Count]] = defaultdict(list)
    for count in sorted(counts, key=lambda count: (count.toll.id, count.origin)):
        by_harm[count.toll.harm].append(count)
    found: dict[Harm, TollEstimate] = {}
    for harm in Harm:  # the killed before the injured
        counts = by_harm.get(harm, [])
        if harm is Harm.INJURED and Harm.KILLED in found:
            counts = [_without_dead(count, found[Harm.KILLED].best) for count in counts]
        if counts:
            found[harm] = _estimate(harm, _wholes(counts) if growing else counts)
    return tuple(found.values())


def _without_dead(count: Count, dead: int | None) -> Count:
    """Those shot less those who died of it; the count that was told remains its upper bound."""
    shot = any(reason.name == SHOT for reason in count.toll.reasons)
    if not shot or not dead or count.toll.low < dead:
        return count
    return replace(count, toll=replace(count.toll, low=count.toll.low - dead))


def _wholes(counts: Sequence[Count]) -> list[Count]:
    """Running totals without the parts: what is lower than a count of the same day or an earlier one that stands."""
    standing = [count for count in counts if not count.withdrawn]
    return [
        count
        for count in counts
        if count.withdrawn
        or not any((one.moment or 0) <= (count.moment or 0) and one.toll.low > _reach(count) for one in standing)
    ]


def _reach(count: Count) -> int:
    return count.toll.low if count.toll.high is None else count.toll.high


def _estimate(harm: Harm, counts: Sequence[Count]) -> TollEstimate:
    withdrawn = _ids(count for count in counts if count.withdrawn)
    votes = _votes([count for count in counts if not count.withdrawn])
    if not votes:
        return TollEstimate(harm, 0, None, None, (), (), withdrawn)
    best = _best(votes)
    kept = [vote for vote in votes if not _outgrown(vote, best)]
    agree = [vote for vote in kept if vote.toll.low <= best.top and best.toll.low <= vote.top]
    highs = [vote.toll.high for vote in kept]
    return TollEstimate(
        harm=harm,
        low=min(vote.toll.low for vote in kept),
        best=best.value,
        high=None if None in highs else max(high for high in highs if high is not None),
        basis=_ids(agree),
        dissent=_ids(vote for vote in kept if vote not in agree),
        withdrawn=withdrawn,
    )


def _ids(counts: Iterable[Count]) -> tuple[str, ...]:
    return tuple(sorted({id for count in counts for id in count.tolls}))


def _votes(counts: Sequence[Count]) -> list[Count]:
    """Each origin's latest count, the largest of its time; unknown times come first."""
    latest: dict[str, Count] = {}
    for count in counts:
        held = latest.get(count.origin)
        if held is None or _rank(count) > _rank(held):
            latest[count.origin] = count
    return [latest[origin] for origin in sorted(latest)]


def _rank(count: Count) -> tuple[int, int, float, str]:
    return (count.moment or 0, count.toll.low, count.top if count.top != float("inf") else -1.0, count.toll.id)


def _best(votes: Sequence[Count]) -> Count:
    newest = max(vote.moment or 0 for vote in votes)
    recent = [vote for vote in votes if (vote.moment or 0) >= newest - RECENT]

    def rank(vote: Count) -> tuple[object, ...]:
        backers = sum(1 for other in recent if (other.toll.low, other.toll.high) == (vote.toll.low, vote.toll.high))
        exact = vote.toll.low == vote.toll.high
        return (vote.value is None, -backers, not exact, -(vote.moment or 0), vote.toll.low, vote.toll.id)

    return min(recent, key=rank)


def _outgrown(vote: Count, best: Count) -> bool:
    """Whether an earlier, lower count is what the best has grown from."""
    older = vote.moment is None or (best.moment is not None and vote.moment < best.moment)
    if vote is best or not older or best.value is None or vote.toll.low == best.toll.low:
        return False
    return vote.toll.low <= best.value and (vote.toll.high is None or vote.toll.high <= best.value)


# --------------------------------------------------------------------------- what makes a count


def count_tolls(
    analysis: Analysis, tolls: Iterable[Toll], origin: str, recalled: Iterable[tuple[int, frozenset[int]]] = ()
) -> list[Count]:
    """The counts of one article. `recalled` holds (day, figures) of reports that call figures withdrawn."""
    day = published_day(analysis.article)
    times = {time.id: time for time in analysis.times}
    denied = _denied(analysis)
    figures = list(recalled)
    found = []
    for toll, ids in join_tolls(analysis.article.text, list(tolls)):
        as_of = times.get(toll.as_of or "")
        stated = ordinal(as_of.last or as_of.first) if as_of else None
        gone = (
            toll.withdrawn
            or (bool(denied & set(ids)) and toll.low > 0)
            or any(
                toll.low in numbers and (day is None or later >= day)
                for later, numbers in figures
                if toll.low >= SMALLEST
            )
        )
        found.append(Count(toll, origin, stated if stated is not None else day, gone, ids))
    return found


# What may stand between joined victims: "Ana, 29, and her two sons".
_JOINED = re.compile(r"[\s,]*(?:\d{1,3}[\s,]+)?(?:and|&|as well as|plus)?[\s,]*(?:(?:his|her|their|the|an?)\s+)?")


def join_tolls(text: str, tolls: Sequence[Toll]) -> list[tuple[Toll, tuple[str, ...]]]:
    """The tolls with joined victims of several kinds summed, each with the ids of those that it sums."""
    joined: list[tuple[Toll, tuple[str, ...]]] = []
    for toll in sorted(tolls, key=lambda toll: (toll.span, toll.id)):
        last, ids = joined[-1] if joined else (None, ())
        if last is not None and _is_joined(text, last, toll):
            high = None if last.high is None or toll.high is None else last.high + toll.high
            span = replace(last.span, end=toll.span.end)
            whole = replace(last, low=last.low + toll.low, high=high, span=span, victims=None, kind=None)
            joined[-1] = (whole, (*ids, toll.id))
        else:
            joined.append((toll, (toll.id,)))
    return joined


def _is_joined(text: str, one: Toll, two: Toll) -> bool:
    """Whether two tolls of one harm stand side by side as one phrase."""
    same = one.harm is two.harm and one.cumulative == two.cumulative and one.part == two.part
    whole = one.low > 0 and two.low > 0 and one.withdrawn == two.withdrawn
    if not (same and whole and one.event == two.event and one.span.end < two.span.start):
        return False
    return bool(_JOINED.fullmatch(text[one.span.end : two.span.start]))


def _denied(analysis: Analysis) -> frozenset[str]:
    """Tolls that stand under a claim that denies them; who "did not deny" a figure has not denied it."""
    denying = {claim.id: claim for claim in analysis.claims if claim.stance is Stance.DENIES and claim.negation is None}
    about = {id for claim in denying.values() for id in claim.about}
    return frozenset(toll.id for toll in analysis.tolls if toll.id in about or denying.keys() & set(toll.claims))


def recalled_figures(analysis: Analysis) -> tuple[int, frozenset[int]] | None:
    """The day of a report and the figures it calls withdrawn: in each sentence the one nearest to the word for it."""
    article = analysis.article
    day = published_day(article)
    if day is None or not _RECALLED.search(article.text):
        return None
    numbers: set[int] = set()
    for sentence in re.split(r"(?<=[.!?])\s+|\n", article.text):
        for word in _RECALLED.finditer(sentence):
            figures = [
                (_distance(word.span(), found.span()), found.start(), found[1]) for found in _FIGURE.finditer(sentence)
            ]
            numbers.update(int(re.sub(r"\D", "", text)) for _, _, text in sorted(figures)[:1])
    kept = frozenset(number for number in numbers if SMALLEST <= number < 10_000_000 and not 1900 <= number <= 2100)
    return (day, kept) if kept else None


def _distance(one: tuple[int, int], two: tuple[int, int]) -> int:
    return max(one[0] - two[1], two[0] - one[1])
