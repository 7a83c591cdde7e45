"""What analysts' words come to: which events are one happening, which articles are copies, which codes are wrong.

A pure function of the words, whatever their order and whatever is stored: ids that are gone change nothing for the
others. The rules:

1. Of several words on one pair the last counts, by time, then author; what is withdrawn is left to the scores.
2. "Not the same" of a pair holds until somebody says "same" of that very pair.
3. "Same" runs on: if a is b and b is c, a is c. Where a chain would join what 2 keeps apart, its oldest link yields.
4. Articles copied in a circle have no original: there, too, the oldest word yields.

What yields stays in the archive and is told, with the word that overrules it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import pairwise

from sayso.errors import InputError
from sayso.link.cluster import Pair, ordered
from sayso.model import MODES, Analysis, Event, EventType, Judgement, Reason, Verdict
from sayso.union import Union

_APART = frozenset({Verdict.NOT_SAME, Verdict.SPLIT})
_OTHER = {Verdict.COPY: "the other direction", Verdict.WRONG_CODE: "another code", Verdict.GRADE: "another grade"}
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Code:
    """A PLOVER type with its mode, if any."""

    type: EventType
    mode: str | None = None

    def __str__(self) -> str:
        return f"{self.type}:{self.mode}" if self.mode else str(self.type)


@dataclass(frozen=True, slots=True)
class Correction:
    """An event's code is wrong; `code` is the right one, None where the words tell no event at all."""

    code: Code | None
    word: Judgement


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What holds. Events that nobody judged appear nowhere in it."""

    class_of: Mapping[str, str] = field(default_factory=dict)  # event -> the first event of its happening
    barred: Mapping[str, frozenset[str]] = field(default_factory=dict)  # happening -> those it is never one with
    joined: frozenset[str] = frozenset()  # events that are of one happening with another
    parted_pairs: frozenset[Pair] = frozenset()  # as said, without what follows
    copies: Mapping[Pair, str] = field(default_factory=dict)  # two articles -> which of them is the original
    no_copies: frozenset[Pair] = frozenset()
    corrections: Mapping[str, Correction] = field(default_factory=dict)  # by event
    overruled: Mapping[Judgement, str] = field(default_factory=dict)  # and why

    def same(self, events: Collection[str]) -> list[Pair]:
        """Pairs of these events that chain together all that are of one happening."""
        return sorted(pair for held in self._classes(events).values() for pair in pairwise(held))

    def apart(self, events: Collection[str]) -> list[Pair]:
        """All pairs of these events that no incident may hold."""
        classes = self._classes(events)
        return sorted(
            (left, right)
            for one, held in classes.items()
            for other in self.barred.get(one, ())
            for left in held
            for right in classes.get(other, ())
            if left < right
        )

    def told_apart(self, events: Collection[str]) -> list[Pair]:
        """Pairs of events of one article that it must not be taken to tell as one happening.

        More than `apart`: what was called the same as another event, or stands beside one that was, is joined with
        nothing that is apart from anything. Else two articles, each read as telling two events as one, could force
        together what an analyst parted.
        """
        classes = sorted(self._classes(events).items())
        return sorted(
            ordered(left, right)
            for at, (one, held) in enumerate(classes)
            for other, others in classes[at + 1 :]
            if self._may_force(one, other)
            for left in held
            for right in others
        )

    def _may_force(self, one: str, other: str) -> bool:
        """Whether one telling for events of these two happenings could put together what is apart."""
        if other in self.barred.get(one, ()):
            return True
        return (one in self.barred or other in self.barred) and (one in self.joined or other in self.joined)

    def around(self, ids: Iterable[str]) -> frozenset[str]:
        """Every event and article whose links may change where a word on these ids is added or taken back."""
        wanted = set(ids)
        near = {self.class_of[id] for id in wanted if id in self.class_of}
        near |= {other for one in near for other in self.barred.get(one, ())}
        return frozenset(wanted | {event for event, one in self.class_of.items() if one in near})

    def _classes(self, events: Collection[str]) -> dict[str, list[str]]:
        """Those of these events that are judged, in order, by happening."""
        found: dict[str, list[str]] = defaultdict(list)
        for event in events:
            if event in self.class_of:
                found[self.class_of[event]].append(event)
        return {one: sorted(held) for one, held in found.items()}


def touched(judgement: Judgement) -> tuple[str, ...]:
    """The ids of the records that a word is about."""
    if judgement.verdict in (Verdict.WRONG_CODE, Verdict.GRADE) or not judgement.right:
        return (judgement.left,)
    return (judgement.left, judgement.right)


def read_verdicts(judgements: Iterable[Judgement]) -> Verdicts:
    """What a set of words comes to; the same whatever their order. Grades change nothing but whether they stand."""
    overruled: dict[Judgement, str] = {}
    standing = last_words(judgements, overruled)
    parted = {pair: word for pair, word in standing.items() if word.verdict in _APART}
    joined, class_of, barred = _classes(standing, parted, overruled)
    return Verdicts(
        class_of=class_of,
        barred=barred,
        joined=joined,
        parted_pairs=frozenset(parted),
        copies=_originals(standing, overruled),
        no_copies=frozenset(pair for pair, word in standing.items() if word.verdict is Verdict.NOT_COPY),
        corrections={
            word.left: Correction(_code_or_none(word.right), word)
            for word in standing.values()
            if word.verdict is Verdict.WRONG_CODE
        },
        overruled=overruled,
    )


def said_at(word: Judgement) -> datetime:
    """When a word was given; without a zone it is UTC, and what cannot be read comes before everything."""
    try:
        moment = datetime.fromisoformat(word.at)
    except ValueError:
        return _NEVER
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def subject(word: Judgement) -> Pair:
    """What a word is about: the last word on a subject counts. (event, "") is the code of an event."""
    return (word.left, "") if len(touched(word)) == 1 else ordered(word.left, word.right)


def read_code(text: str) -> Code:
    """ "ASSAULT:firearms" or "PROTEST", checked against PLOVER; case does not matter."""
    name, _, mode = (part.strip() for part in text.partition(":"))
    try:
        kind = EventType(name.upper())
    except ValueError as cause:
        raise InputError(f"no PLOVER type {name!r}", about=text, way_out="one of " + ", ".join(EventType)) from cause
    modes = MODES.get(kind, frozenset())
    if mode and mode.lower() not in modes:
        known = ", ".join(sorted(modes)) or "none"
        raise InputError(f"{kind} has no mode {mode!r}", about=text, way_out=f"its modes: {known}")
    return Code(kind, mode.lower() or None)


def signed(word: Judgement) -> str:
    """ "ana, 2022-01-08"."""
    return f"{word.by}, {word.at[:10]}"


# --------------------------------------------------------------------------- the rules


def _order(word: Judgement) -> tuple[object, ...]:
    return said_at(word), word.by, word.verdict, word.left, word.right, word.note, word.group


def last_words(judgements: Iterable[Judgement], overruled: dict[Judgement, str] | None = None) -> dict[Pair, Judgement]:
    """The word that counts on each subject, the oldest first; on what was withdrawn, none."""
    overruled = {} if overruled is None else overruled
    said: dict[Pair, list[Judgement]] = defaultdict(list)
    for word in sorted(set(judgements), key=_order):
        if word.left == word.right:
            overruled[word] = "it is about one record alone"
            continue
        said[subject(word)].append(word)
    for words in said.values():
        last = words[-1]
        overruled.update((word, _since(word, last)) for word in words[:-1] if meaning(word) != meaning(last))
    standing = {pair: words[-1] for pair, words in said.items() if words[-1].verdict is not Verdict.WITHDRAWN}
    return dict(sorted(standing.items(), key=lambda item: _order(item[1])))


def _since(word: Judgement, last: Judgement) -> str:
    """Why a word no longer counts."""
    if last.verdict is Verdict.WITHDRAWN:
        return f"withdrawn: {signed(last)}"
    return f"{_OTHER[last.verdict] if last.verdict is word.verdict else last.verdict} was said later: {signed(last)}"


def meaning(word: Judgement) -> tuple[object, ...]:
    """Words on one subject with one meaning agree."""
    if word.verdict in _APART:
        return (Verdict.NOT_SAME,)
    if word.verdict in (Verdict.COPY, Verdict.GRADE):
        return word.verdict, word.right
    return word.verdict, _code_or_none(word.right) if word.verdict is Verdict.WRONG_CODE else None


def _code_or_none(text: str) -> Code | None:
    """The code of a word; early words, which gave none, name another record there."""
    try:
        return read_code(text)
    except InputError:
        return None


def _classes(
    standing: Mapping[Pair, Judgement], parted: Mapping[Pair, Judgement], overruled: dict[Judgement, str]
) -> tuple[frozenset[str], dict[str, str], dict[str, frozenset[str]]]:
    """The joined events, each judged event's happening, and which happenings are apart."""
    union = Union()
    walls: dict[str, dict[str, Judgement]] = defaultdict(dict)
    for (left, right), word in parted.items():
        walls[left][right] = walls[right][left] = word
    joined: set[str] = set()
    for pair, word in reversed(list(standing.items())):
        if word.verdict is not Verdict.SAME:
            continue
        one, two = union.find(pair[0]), union.find(pair[1])
        if wall := walls[one].get(two):
            overruled[word] = (
                f"would join {wall.left[:8]} and {wall.right[:8]}, which are {wall.verdict}: {signed(wall)}"
            )
            continue
        joined.update(pair)
        if one != two:
            union.join(one, two)
            _move_walls(walls, union.find(one), max(one, two))
    judged = joined.union(*parted)
    barred = {one: frozenset(others) for one, others in walls.items() if others}
    return frozenset(joined), {id: union.find(id) for id in sorted(judged)}, barred


def _move_walls(walls: dict[str, dict[str, Judgement]], kept: str, gone: str) -> None:
    """A happening that became part of another is apart from what each was apart from."""
    for other, word in walls.pop(gone, {}).items():
        walls[other].pop(gone, None)
        walls[kept].setdefault(other, word)
        walls[other].setdefault(kept, word)


def _originals(standing: Mapping[Pair, Judgement], overruled: dict[Judgement, str]) -> dict[Pair, str]:
    """Which of two articles was first, without circles."""
    taken: dict[str, set[str]] = defaultdict(set)
    found = {}
    for pair, word in reversed(list(standing.items())):
        if word.verdict is not Verdict.COPY:
            continue
        if word.left in _sources(word.right, taken):
            overruled[word] = f"{word.right[:8]} was itself taken from {word.left[:8]}, as was said later"
            continue
        taken[word.left].add(word.right)
        found[pair] = word.right
    return dict(sorted(found.items()))


def _sources(article: str, taken: Mapping[str, set[str]]) -> set[str]:
    """Every article that one goes back to."""
    found: set[str] = set()
    ahead = [article]
    while ahead:
        new = taken.get(ahead.pop(), set()) - found
        found |= new
        ahead += new
    return found


# --------------------------------------------------------------------------- what they change


def settle(groups: Iterable[Collection[str]], same: Iterable[Pair], apart: Iterable[Pair]) -> list[tuple[str, ...]]:
    """Groups as judged: what is the same is together, what is apart is not, whatever the scores made of it.

    Groups join whole where nothing bars that; where something does, the judged members leave those that may not come.
    `same` and `apart` must not contradict one another, as those of `Verdicts` do not.
    """
    walls: dict[str, set[str]] = defaultdict(set)
    for left, right in apart:
        walls[left].add(right)
        walls[right].add(left)
    home = {id: held for group in groups for held in _parted(group, walls) for id in held}
    for held in _chained(same, home):
        touching = {id(home[one]): home[one] for one in sorted(held)}
        core = set(held)
        for group in sorted(touching.values(), key=lambda group: (-len(group), min(group))):
            rest = group - held
            if any(walls[one] & core for one in rest):
                group.difference_update(held)
            else:
                core |= rest
        home.update(dict.fromkeys(core, core))
    return sorted({tuple(sorted(group)) for group in home.values()})


def _parted(group: Collection[str], walls: Mapping[str, set[str]]) -> list[set[str]]:
    """A group without what is apart in it: each member, in order, goes with the first part that does not bar it."""
    parts: list[set[str]] = []
    for one in sorted(group):
        part = next((part for part in parts if not walls.get(one, set()) & part), None)
        if part is None:
            parts.append(part := set())
        part.add(one)
    return parts


def _chained(same: Iterable[Pair], known: Collection[str]) -> list[set[str]]:
    """The members that pairs chain together."""
    union = Union()
    pairs = [pair for pair in same if pair[0] in known and pair[1] in known]
    for left, right in pairs:
        union.join(left, right)
    found: dict[str, set[str]] = defaultdict(set)
    for one in {id for pair in pairs for id in pair}:
        found[union.find(one)].add(one)
    return [found[one] for one in sorted(found)]


def correct(analysis: Analysis, verdicts: Verdicts) -> Analysis:
    """The analysis with its events as judged: wrong ones recoded, or left out. Ids stay, and so does what is stored."""
    wrong = {event.id: verdicts.corrections.get(event.id) for event in analysis.events}
    if not any(wrong.values()):
        return analysis
    gone = {id for id, found in wrong.items() if found and found.code is None}
    kept = tuple(_recode(event, wrong[event.id]) for event in analysis.events if event.id not in gone)
    return _without(replace(analysis, events=kept), gone) if gone else replace(analysis, events=kept)


def _recode(event: Event, correction: Correction | None) -> Event:
    was = Code(event.type, event.mode)
    if correction is None or correction.code is None or correction.code == was:
        return event
    word = correction.word
    why = f"{signed(word)}: {correction.code}, not {was}" + (f"; {word.note}" if word.note else "")
    reasons = (*event.reasons, Reason("judgement", 1.0, why))
    return replace(event, type=correction.code.type, mode=correction.code.mode, reasons=reasons)


def _without(analysis: Analysis, gone: set[str]) -> Analysis:
    """What refers to events that are gone refers to nothing."""

    def left(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(id for id in ids if id not in gone)

    def known(id: str | None) -> str | None:
        return None if id in gone else id

    return replace(
        analysis,
        events=tuple(
            replace(event, causes=tuple(replace(cause, event=known(cause.event)) for cause in event.causes))
            for event in analysis.events
        ),
        tolls=tuple(replace(toll, event=known(toll.event)) for toll in analysis.tolls),
        claims=tuple(replace(claim, about=left(claim.about)) for claim in analysis.claims),
        labels=tuple(replace(label, target=known(label.target)) for label in analysis.labels),
        observations=tuple(replace(seen, about=left(seen.about)) for seen in analysis.observations),
    )
