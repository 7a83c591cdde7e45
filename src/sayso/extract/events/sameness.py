"""One act told twice is one event: headline and body, verb and noun, an attack and those it killed.

Acts are compared in the order of the text. A *bar* keeps two apart: another status, day, place, number or party, words
that say so ("a second blast"). Where nothing bars, a *ground* may join them: the headline's act below it, a noun that
points back ("the attack"), the same words of the same people, the harm that an attack did. Of two candidates that are
as good neither is taken: a wrong merge is worse than a missed one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sayso.extract.events.retelling import HELD, Reader, Telling, words
from sayso.extract.events.sides import Likeness, compare_sides
from sayso.extract.grammar import Grammar
from sayso.model import EventDraft, EventType, Mention, Parsed, Reason, Status, Timex

Told = TypeVar("Told")

E = EventType
_REACH = 12  # acts of a kind that are looked back at, beside the headline's
_LEAD = 2  # sentences in which the body tells the headline again
_NEXT = 2  # sentences within which the harm that an attack did is told
_NAMED = 3  # sentences back to the act that a general name means
_STEPS = 5  # steps up from the harm to its attack in one sentence
_DONE = frozenset({Status.OCCURRED, Status.ONGOING})
_MUTUAL = frozenset({E.CONSULT, E.AGREE, E.COOPERATE, E.SUPPORT})  # both sides may stand as actors
_VERBAL = frozenset({E.REQUEST, E.ACCUSE, E.REJECT, E.THREATEN, E.AGREE, E.SUPPORT, E.CONCEDE})  # done many times over
# Types as which one act is told, where the words are alike.
_KIN = frozenset(
    frozenset(pair)
    for pair in (
        (E.ASSAULT, E.COERCE), (E.ASSAULT, E.PROTEST), (E.PROTEST, E.COERCE), (E.RETREAT, E.CONCEDE),
        (E.SANCTION, E.COERCE), (E.AID, E.COOPERATE), (E.MOBILIZE, E.AID),
    )
)  # fmt: skip
_AKIN = {one: [two for two in E if two is one or frozenset({one, two}) in _KIN] for one in E}
_BESIDE = frozenset({"conj", "ccomp", "parataxis", "dep"})  # clauses beside each other
_LASTING = frozenset({"abduct", "torture", "sexual", "beat", "destroy"})  # no "attack" points back at these


def same_events(
    parsed: Parsed, mentions: Sequence[Mention], timexes: Sequence[Timex], drafts: Sequence[EventDraft]
) -> tuple[EventDraft, ...]:
    """Each happening once, by trigger; drafts that were joined before are left as they are."""
    ordered = sorted(drafts, key=_place)
    types = Counter(draft.type for draft in ordered)
    mated = [draft for draft in ordered if any(types[kind] > (kind is draft.type) for kind in _AKIN[draft.type])]
    if not mated or any(draft.again for draft in ordered):
        return tuple(ordered)
    reader = Reader(Grammar(parsed), mentions, timexes)
    read = {id(draft): reader.read(draft) for draft in mated}
    story = _Story(parsed, [telling for telling in read.values() if telling is not None])
    alone = [draft for draft in ordered if read.get(id(draft)) is None]
    joined = [_join(parsed, happening) for happening in story.happenings()]
    return tuple(sorted([*joined, *alone], key=_place))


def _place(draft: EventDraft) -> tuple[object, ...]:
    """Where an act stands in the text; what tells apart two acts of one word follows."""
    parts = draft.actors, draft.recipients, draft.evidence, str(draft.time), str(draft.place)
    return draft.trigger, draft.type, draft.mode or "", draft.status, *parts


@dataclass(slots=True)
class Happening:
    """Tellings of one act, with the ground on which each but the first was joined."""

    tellings: list[Telling]
    grounds: dict[int, str] = field(default_factory=dict)  # id of a telling -> why


class _Story:
    """The acts of one article."""

    def __init__(self, parsed: Parsed, tellings: Sequence[Telling]) -> None:
        self.parsed, self.tellings = parsed, tellings
        starts = (
            number for number, (first, _) in enumerate(parsed.sents) if parsed.start[first] >= parsed.article.body
        )
        self.body = next(starts, 0)  # its first sentence
        acts = [telling for telling in tellings if not telling.outcome]
        self._types = Counter((_spot(telling), telling.type) for telling in acts)
        self._modes = Counter((_spot(telling), telling.type, telling.draft.mode) for telling in acts)

    def happenings(self) -> list[Happening]:
        found: list[Happening] = []
        for telling in self.tellings:
            home = self._home(telling, found)
            if home is None:
                found.append(Happening([telling]))
            else:
                happening, why = home
                happening.tellings.append(telling)
                happening.grounds[id(telling)] = why
        return found

    def alone(self, telling: Telling) -> bool:
        """Whether its sentence, or the headline, tells no other act of its type."""
        return self._types[_spot(telling), telling.type] <= 1

    def alone_of_mode(self, telling: Telling) -> bool:
        return self._modes[_spot(telling), telling.type, telling.draft.mode] <= 1

    def _home(self, telling: Telling, found: Sequence[Happening]) -> tuple[Happening, str] | None:
        """The one happening that it tells again, with the best ground."""
        held: dict[int, list[tuple[Happening, str]]] = {}
        for happening in _candidates(telling, found):
            ground = self._ground(happening, telling)
            if ground is not None:
                held.setdefault(ground[0], []).append((happening, ground[1]))
        best = held[min(held)] if held else []
        return best[0] if len(best) == 1 else None

    def _ground(self, happening: Happening, telling: Telling) -> tuple[int, str] | None:
        """Rank and name of the best ground; None where nothing joins or something bars."""
        if any(_barred(earlier, telling) for earlier in happening.tellings):
            return None
        told_below = any(not earlier.title and not earlier.outcome for earlier in happening.tellings)
        for rank, (name, ground) in enumerate(GROUNDS):
            if ground is _below_headline and told_below and not telling.points:
                continue  # "Mayor asks for help": he asked for help, and then for tents
            if any(ground(self, earlier, telling) for earlier in happening.tellings):
                return rank, name
        return None


def _spot(telling: Telling) -> int:
    """The sentence that tells it, -1 for the headline."""
    return -1 if telling.title else telling.sentence


def _candidates(telling: Telling, found: Sequence[Happening]) -> Iterator[Happening]:
    """Happenings of its kind: the headline's and the latest ones."""
    left = _REACH
    for happening in reversed(found):
        kind = happening.tellings[0].type
        if kind is not telling.type and frozenset({kind, telling.type}) not in _KIN:
            continue
        if left > 0 or happening.tellings[0].title:
            yield happening
        left -= 1


# --------------------------------------------------------------------------- bars


def _barred(earlier: Telling, later: Telling) -> bool:
    """Whether something says that the two are not one act."""
    return any(bar(earlier, later) for bar in BARS)


def _word_bars(earlier: Telling, later: Telling) -> bool:
    """Two acts that one word tells were meant to be two."""
    return earlier.draft.trigger.overlaps(later.draft.trigger)


def _status_bars(earlier: Telling, later: Telling) -> bool:
    """What is denied, demanded, planned or long past is not what occurred."""
    one, two = earlier.draft.status, later.draft.status
    return one is not two and not {one, two} <= _DONE


def _words_bar(earlier: Telling, later: Telling) -> bool:
    """ "a second blast", "In a separate incident": told as another than what stands before."""
    return later.other and not (earlier.sentence == later.sentence and not later.nominal)


def _items_bar(earlier: Telling, later: Telling) -> bool:
    """Items of a list tell different acts."""
    return earlier.item != later.item and bool(earlier.item and later.item)


def _times_bar(earlier: Telling, later: Telling) -> bool:
    return earlier.when is not None and later.when is not None and earlier.when.bars(later.when)


def _places_bar(earlier: Telling, later: Telling) -> bool:
    """Two places, unless one may lie in the other: a country and a town."""
    if earlier.wide != later.wide or not earlier.where or not later.where:
        return False
    return not earlier.where & later.where


def _parties_bar(earlier: Telling, later: Telling) -> bool:
    """Others did it, or it was done to others; the harm of an attack has victims of its own."""
    least, recipients = Likeness.OPEN, compare_sides(earlier.recipients, later.recipients)
    if earlier.title and (earlier.lemmas & later.lemmas or recipients is Likeness.SAME):
        least = Likeness.UNLIKE  # a headline may call them by other words
    if _actors(earlier, later) < least or _owners(earlier, later) < least:
        return True
    if earlier.outcome is not later.outcome or (earlier.outcome and earlier.sentence == later.sentence):
        return False
    if earlier.outcome and not earlier.families & later.families:
        return False  # eleven killed, thirty wounded
    return recipients < least


def _modes_bar(earlier: Telling, later: Telling) -> bool:
    """Shots are no fire; but a name for all of them, or the same word, may have been read in another way."""
    one, two = earlier.draft.mode, later.draft.mode
    if one is None or two is None or one == two or earlier.outcome or later.outcome:
        return False
    return not (earlier.lemmas & later.lemmas) and not (_is_name(later) and one not in _LASTING)


def _types_bar(earlier: Telling, later: Telling) -> bool:
    """Acts of two types are one only where their words are."""
    return earlier.type is not later.type and not earlier.lemmas & later.lemmas


def _numbers_bar(earlier: Telling, later: Telling) -> bool:
    """ "The protests" are more than the rally; talks and a meeting are not."""
    both = later.nominal and earlier.nominal and earlier.type is not E.CONSULT
    return both and later.plural != earlier.plural


def _objects_bar(earlier: Telling, later: Telling) -> bool:
    """What is done to other things is another act: "fired tear gas", "fired rubber bullets"."""
    if earlier.outcome or later.outcome or not earlier.objects or not later.objects or earlier.title:
        return False
    recipients = compare_sides(earlier.recipients, later.recipients)
    return recipients is not Likeness.SAME and not earlier.objects & later.objects


BARS: tuple[Callable[[Telling, Telling], bool], ...] = (
    _word_bars, _status_bars, _words_bar, _items_bar, _times_bar, _places_bar, _types_bar, _modes_bar, _numbers_bar,
    _objects_bar,
    _parties_bar,
)  # fmt: skip


def _actors(earlier: Telling, later: Telling) -> Likeness:
    if earlier.type in _MUTUAL:
        return compare_sides(earlier.actors + earlier.recipients, later.actors + later.recipients)
    return compare_sides(earlier.actors, later.actors)


def _owners(earlier: Telling, later: Telling) -> Likeness:
    """Whether who owns a noun stands on either side of the other act: "his arrest"."""
    one, two = (telling.actors + telling.recipients + telling.owners for telling in (earlier, later))
    return min(compare_sides(earlier.owners, two), compare_sides(one, later.owners))


def _shares_party(earlier: Telling, later: Telling) -> bool:
    recipients = compare_sides(earlier.recipients, later.recipients)
    return Likeness.SAME in (_actors(earlier, later), recipients, _owners(earlier, later))


def _is_name(telling: Telling) -> bool:
    """Whether it points back by a noun that names any act of its type: "the attack"."""
    return bool(telling.points & words().names.get(telling.type, frozenset()))


def _is_background(telling: Telling) -> bool:
    """Whether it is told of a month or year, so that no "the talks" goes back to it."""
    return telling.when is not None and telling.when.kind == "coarse"


# --------------------------------------------------------------------------- grounds


def _its_harm(story: _Story, earlier: Telling, later: Telling) -> bool:
    """An attack and whom it killed, in one sentence: one hangs on the other, or both are the harm of a third.

    "Killed two guards and burnt the gate" are two acts, "attacked the gate and killed two guards" is one.
    """
    if earlier.sentence != later.sentence or not (earlier.outcome or later.outcome):
        return False
    if any(telling.type is not E.ASSAULT or telling.draft.mode in HELD for telling in (earlier, later)):
        return False
    parsed, barred = story.parsed, frozenset[str]() if later.outcome else _BESIDE
    return earlier.token in _heads(parsed, later.token, barred) or later.token in _heads(parsed, earlier.token, barred)


def _heads(parsed: Parsed, token: int, barred: frozenset[str]) -> list[int]:
    """The words that a word hangs on, nearest first, up to the first relation that is barred."""
    found: list[int] = []
    while len(found) < _STEPS and parsed.dep[token] not in barred:
        token = parsed.head[token]
        found.append(token)
    return found


def _same_words(story: _Story, earlier: Telling, later: Telling) -> bool:
    """The same people do what the same words tell."""
    if earlier.sentence == later.sentence or later.type in _VERBAL or later.new or not earlier.alike(later):
        return False
    if not earlier.title and any(party.new for party in later.recipients):
        return False  # "attacked a post" again
    recipients = compare_sides(earlier.recipients, later.recipients)
    actors = _actors(earlier, later)
    if later.type in _MUTUAL:
        return actors is Likeness.SAME and bool(later.points)
    return recipients is Likeness.SAME or (actors is Likeness.SAME and bool(earlier.objects & later.objects))


def _below_headline(story: _Story, earlier: Telling, later: Telling) -> bool:
    """The lead tells what the headline tells."""
    if not earlier.title or later.title or later.sentence >= story.body + _LEAD:
        return False
    if later.type is not earlier.type:
        return _shares_party(earlier, later)
    if earlier.alike(later):
        return _shares_party(earlier, later) or (story.alone_of_mode(earlier) and story.alone_of_mode(later))
    only = later.sentence == story.body and story.alone(earlier) and story.alone(later)
    return only and later.type not in _VERBAL and _shares_party(earlier, later)


def _points_back(story: _Story, earlier: Telling, later: Telling) -> bool:
    """ "the shelling", "his arrest", "the attack"."""
    if earlier.sentence == later.sentence and not _is_name(later):
        return False
    return earlier.is_pointed_at(later) and not _is_background(earlier)


def _named_back(story: _Story, earlier: Telling, later: Telling) -> bool:
    """ "the attack", of an act just told or told at the top."""
    near = later.sentence - earlier.sentence <= _NAMED or earlier.sentence <= story.body
    return _is_name(later) and near and earlier.draft.mode not in _LASTING and not _is_background(earlier)


def _harm_next(story: _Story, earlier: Telling, later: Telling) -> bool:
    """Whom an attack killed, in the sentence after it: nobody else is told to have done it."""
    near = 0 < later.sentence - earlier.sentence <= _NEXT or (earlier.title and later.sentence < story.body + _NEXT)
    if not near or not later.outcome or later.total or earlier.outcome or later.actors or earlier.type is not E.ASSAULT:
        return False
    gassed = earlier.draft.mode == "crowd-control" and "killing" in later.families  # tear gas seldom kills
    return earlier.draft.mode not in _LASTING and not gassed and "burning" not in earlier.families


GROUNDS: tuple[tuple[str, Callable[[_Story, Telling, Telling], bool]], ...] = (
    ("the harm it did", _its_harm),
    ("same words, same people", _same_words),
    ("the headline's act", _below_headline),
    ("points back", _points_back),
    ("a name for it", _named_back),
    ("the harm it did", _harm_next),
)


# --------------------------------------------------------------------------- joining


def _join(parsed: Parsed, happening: Happening) -> EventDraft:
    """One draft of all tellings: trigger and code of the first, what it leaves open from the others."""
    if len(happening.tellings) == 1:
        return happening.tellings[0].draft
    first, *others = sorted(happening.tellings, key=lambda one: (one.sentence, one.outcome, one.draft.trigger))
    told = [first.draft, *(other.draft for other in others)]
    lead = first.draft
    actors = _first(draft.actors for draft in told) or ()
    recipients = _first(one.draft.recipients for one in (first, *others) if _suffers(first, one)) or ()
    return replace(
        lead,
        mode=lead.mode
        or _first(draft.mode for draft in told if draft.type is lead.type and draft.mode not in _LASTING),
        context=tuple(sorted({word for draft in told for word in draft.context})),
        actors=actors,
        recipients=tuple(span for span in recipients if span not in actors),
        evidence=tuple(dict.fromkeys([*lead.evidence, *sorted({span for draft in told for span in draft.evidence})])),
        place=_first(draft.place for draft in told),
        time=_first(draft.time for draft in told),
        causes=tuple(dict.fromkeys(cause for draft in told for cause in draft.causes)),
        reasons=(*lead.reasons, *_reasons(parsed, happening)),
        again=tuple(sorted({draft.trigger for draft in told[1:]})),
    )


def _suffers(first: Telling, telling: Telling) -> bool:
    """Whether those a telling is done to are those of the act: in a clash all parties act."""
    return telling is first or not (telling.outcome and "clashing" in first.families)


def _first(values: Iterable[Told | None]) -> Told | None:
    return next((value for value in values if value), None)


def _reasons(parsed: Parsed, happening: Happening) -> Iterator[Reason]:
    """The words that were joined, and why."""
    for one in happening.tellings:
        if id(one) in happening.grounds:
            words = " ".join(parsed.article.quote(one.draft.trigger).split())
            yield Reason("told again", 1.0, f"“{words}”: {happening.grounds[id(one)]}")
