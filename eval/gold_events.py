"""The open gold set of events in `gold/`: is each event found, with who did it, to whom, and whether it happened?

Events of one sentence and one type are paired one to one, the same actors first, then the same words. An event is right
when its type is and its actors are: as many, each on a head word of a gold actor. Status, mode, recipients, place and
time are judged on pairs; country and sector on actors and recipients that both have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from eval.gold_claims import Tally, head_words
from eval.harness import Figure, Line
from gold.events import CodedText, GoldEvent, GoldParty, files, load
from sayso.model import Analysis, Article, Event, Span, Status

PARTS = ("train", "test")
_NO_SECTOR = frozenset({"UNO", "EUR", "IGO", "NGO"})  # have none by themselves


@dataclass(frozen=True, slots=True)
class Pair:
    """An event of the gold set and the one it was found as."""

    gold: GoldEvent
    found: GoldEvent


def measure(line: Line) -> dict[str, Any]:
    """The figures of each part that is here."""
    found: dict[str, Any] = {}
    for part in PARTS:
        if files(part):
            texts = judged(part, line)
            found[part] = score(texts, (coded(done) for done in line.code((text.article for text in texts), _group)))
    return found


def judged(part: str, line: Line) -> list[CodedText]:
    """The texts of a part; with folds, of those that are fitted on only such as every fold left out."""
    texts = list(load(part))
    if part == "train" and line.typers.folder is not None:
        texts = [text for text in (*texts, *load("more")) if line.typers.left_out(_name(text.id))]
    return texts


def _group(article: Article) -> str:
    return _name(article.id)


def _name(text: str | None) -> str:
    return f"own {text}"


def coded(analysis: Analysis) -> tuple[GoldEvent, ...]:
    """What sayso coded, as the gold set would write it."""
    return tuple(_as_gold(event, analysis) for event in analysis.events)


def _as_gold(event: Event, analysis: Analysis) -> GoldEvent:
    actors = {actor.id: actor for actor in analysis.actors}
    places = {place.id: place.span for place in analysis.places}
    times = {time.id: time.span for time in analysis.times}

    def party(name: str, span: Span) -> GoldParty:
        known = actors.get(name)
        return GoldParty(span, known.country if known else None, known.sector if known else ())

    return GoldEvent(
        event.trigger,
        event.type,
        event.mode,
        event.status,
        tuple(map(party, event.actors, event.actor_spans)),
        tuple(map(party, event.recipients, event.recipient_spans)),
        places.get(event.place or ""),
        times.get(event.time or ""),
    )


def score(texts: Sequence[CodedText], coded: Iterable[Sequence[GoldEvent]]) -> dict[str, dict[str, float]]:
    """Rates by what is judged; "R" is the accuracy where each gold item wants one answer."""
    tallies = {name: Tally() for _, name, _ in _ROWS}
    for text, events in zip(texts, coded, strict=True):
        for name, right, predicted, gold in judge(text, events):
            tallies.setdefault(name, Tally()).add(right, predicted, gold)
    return {name: tally.rates() for name, tally in tallies.items()}


def match(text: CodedText, events: Sequence[GoldEvent]) -> list[Pair]:
    """Events of one type in one sentence, one to one: the same actors first, then the same words, then the nearest."""
    ranked = sorted(
        (
            -actors_agree(text, gold, found),
            -gold.trigger.overlaps(found.trigger),
            abs(gold.trigger.start - found.trigger.start),
            one,
            two,
        )
        for one, gold in enumerate(text.events)
        for two, found in enumerate(events)
        if gold.type is found.type and _same_sentence(text, gold.trigger, found.trigger)
    )
    taken: tuple[set[int], set[int]] = set(), set()
    pairs = []
    for *_, one, two in ranked:
        if one not in taken[0] and two not in taken[1]:
            taken[0].add(one)
            taken[1].add(two)
            pairs.append(Pair(text.events[one], events[two]))
    return pairs


def actors_agree(text: CodedText, one: GoldEvent, two: GoldEvent) -> bool:
    """Whether both name the same actors."""
    return len(one.actors) == len(two.actors) == len(list(_shared(text, one.actors, two.actors)))


def _shared(
    text: CodedText, gold: Sequence[GoldParty], found: Sequence[GoldParty]
) -> Iterator[tuple[GoldParty, GoldParty]]:
    """Parties that both have, one to one."""
    left = list(found)
    for party in gold:
        same = next((other for other in left if same_head(text, party.span, other.span)), None)
        if same is not None:
            left.remove(same)
            yield party, same


def same_head(text: CodedText, one: Span, two: Span) -> bool:
    """Whether two stretches overlap on a head word of one of them."""
    return one.overlaps(two) and bool(set(head_words(text.article, one)) & set(head_words(text.article, two)))


def _same_sentence(text: CodedText, one: Span, two: Span) -> bool:
    """Whether no sentence ends between two places; in a text of one sentence or two all are together."""
    if text.is_sentence or one.overlaps(two):
        return True
    between = text.article.text[min(one.end, two.end) : max(one.start, two.start)]
    return not any(stop in between for stop in (". ", ".\n", "\n\n", "? ", "! ", ".” ", '." '))


def judge(text: CodedText, events: Sequence[GoldEvent]) -> Iterator[tuple[str, int, int, int]]:
    """(what, right, predicted, gold) of one text."""
    pairs = match(text, events)
    right = sum(actors_agree(text, pair.gold, pair.found) for pair in pairs)
    yield "types", len(pairs), len(events), len(text.events)
    yield "events", right, len(events), len(text.events)
    if not text.events:
        yield "empty", int(not events), 1, 1
    done = [event for event in text.events if _is_told(event)]
    yield (
        "told",
        sum(_is_told(pair.gold) and _is_told(pair.found) for pair in pairs),
        sum(map(_is_told, events)),
        len(done),
    )
    for pair in pairs:
        yield "status", int(pair.gold.status is pair.found.status), 1, 1
        if pair.gold.mode or pair.found.mode:
            yield "mode", int(pair.gold.mode == pair.found.mode), 1, 1
        for side in ("actors", "recipients"):
            gold, found = getattr(pair.gold, side), getattr(pair.found, side)
            shared = list(_shared(text, gold, found))
            yield side, len(shared), len(found), len(gold)
            yield from _codes(shared)
        for name in ("place", "time"):
            one, two = getattr(pair.gold, name), getattr(pair.found, name)
            yield name, int(bool(one and two and one.overlaps(two))), int(two is not None), int(one is not None)


def _is_told(event: GoldEvent) -> bool:
    return event.status in (Status.OCCURRED, Status.ONGOING)


def _codes(shared: Iterable[tuple[GoldParty, GoldParty]]) -> Iterator[tuple[str, int, int, int]]:
    for gold, found in shared:
        yield "country", int(gold.country == found.country), 1, 1
        if gold.country and found.country:
            yield "country, both", int(gold.country == found.country), 1, 1
        if gold.sectors or found.sectors:
            main = gold.sectors[:1] == found.sectors[:1] or (found.sectors and found.sectors[0] in gold.sectors)
            yield "sector", int(bool(main)), 1, 1


_ROWS = (
    ("events F1 (type and actors)", "events", "F"),
    ("events precision", "events", "P"),
    ("events recall", "events", "R"),
    ("types F1", "types", "F"),
    ("told as done F1", "told", "F"),
    ("status", "status", "R"),
    ("mode", "mode", "R"),
    ("actors F1", "actors", "F"),
    ("recipients F1", "recipients", "F"),
    ("country", "country", "R"),
    ("country, where both have one", "country, both", "R"),
    ("sector", "sector", "R"),
    ("place F1", "place", "F"),
    ("time F1", "time", "F"),
    ("free of events", "empty", "R"),
)
FIGURES = tuple(
    Figure(f"{part} {title}", (part, name, key), "", 0.0, typed=part == "train")
    for part in PARTS
    if files(part)
    for title, name, key in _ROWS
)
