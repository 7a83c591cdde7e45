"""How likely a place or time that a sentence names is where or when one of its events happened.

A linear model over how the words hang together: the path through the parse from the name to the event's own word, the
preposition before it, what else stands on that way. `data/occasion.npz` holds the weights (see `occasion.card.md`),
fitted by `training/occasion.py`. No feature is a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from typing import Generic, TypeVar

from sayso.linear import open_linear
from sayso.model import EventType, Parsed, Place, Span, Time
from sayso.resolve.toponyms import FACILITY

Record = TypeVar("Record", Place, Time)

_LONGEST = 6  # steps of a path that is told in full
_SAYING = frozenset("say tell report announce state note add claim declare inform quote cite write read".split())
_CLAUSE = frozenset({"relcl", "advcl", "ccomp", "acl", "pcomp", "csubj", "parataxis"})
_PARTS = frozenset(
    "city town village district province region area part north south east west northeast northwest southeast "
    "southwest outskirts suburb centre center heart capital port neighborhood neighbourhood quarter border coast "
    "street edge".split()
)
_WHICH = re.compile(r"\s*,?\s+(?:when|where)\b")
_SHOWN = 2  # features named in a reason


@dataclass(frozen=True, slots=True)
class Telling:
    """An event as it stands in its sentence: its word, its parties, the words of the sentence's other events."""

    type: EventType
    trigger: Span
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    others: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Weighed(Generic[Record]):
    """A place or time with its chance of being the event's, 0 to 1, and what speaks most for it."""

    record: Record
    chance: float
    why: str


def weigh(parsed: Parsed, telling: Telling, records: Sequence[Record]) -> list[Weighed[Record]]:
    """The places, or the times, that the sentence of an event names, the likeliest first."""
    weights, beside = _weights(), [record.span for record in records]
    found = []
    for record in records:
        if of_saying(parsed, telling, record.span):
            continue
        names = [name for name in features(parsed, telling, record, beside) if name in weights]
        odds = sum(weights[name] for name in names)
        moved = sorted(names, key=lambda name: -weights[name])[:_SHOWN]
        found.append(Weighed(record, 1 / (1 + exp(-odds)), "; ".join(moved)))
    return sorted(found, key=lambda one: -one.chance)


@cache
def _weights() -> Mapping[str, float]:
    return open_linear("occasion.npz").single()


def head_of(parsed: Parsed, span: Span) -> int | None:
    """The token of a stretch that governs its others; None where no token begins in it."""
    first = parsed.token_at(span.start)
    if first is None:
        return None
    token = first
    while token < len(parsed) and parsed.start[token] < span.end:
        head = parsed.head[token]
        if head == token or not span.start <= parsed.start[head] < span.end:
            return token
        token += 1
    return first


def features(parsed: Parsed, telling: Telling, record: Place | Time, beside: Sequence[Span]) -> Iterator[str]:
    """What speaks for or against a place or time; `beside` are the spans of its kind in the sentence, itself too."""
    name, event = head_of(parsed, record.span), head_of(parsed, telling.trigger)
    if name is None or event is None:
        return
    kind = "place" if isinstance(record, Place) else "time"
    name = _whole(parsed, name) if kind == "place" else name
    up, top, down = path(parsed, name, event)
    prep = next((parsed.text[token].lower() for token in up if parsed.pos[token] in ("ADP", "SCONJ")), "-")
    steps = " ".join(parsed.dep[token] for token in up), " ".join(parsed.dep[token] for token in down)
    direct = top == event and len(up) <= 2
    sort = telling.type.value
    yield kind
    yield f"{kind} type {sort}"
    yield f"{kind} prep {prep}"
    yield f"{kind} prep {prep} type {sort}"
    yield f"{kind} prep {prep} down {len(down)}"
    yield f"{kind} prep {prep} down {steps[1]}"
    if len(up) + len(down) <= _LONGEST:
        yield f"{kind} path {steps[0]} ^ {steps[1]}"
        yield f"{kind} path {prep}: {steps[0]} ^ {steps[1]}"
    yield f"{kind} up {steps[0] if len(up) < 4 else 'far'}"
    yield f"{kind} down {steps[1] if len(down) < 4 else 'far'}"
    yield f"{kind} top {parsed.pos[top]}"
    if direct:
        yield f"{kind} direct"
        yield f"{kind} direct {sort}"
    if top == event:
        yield f"{kind} below its word"
    if top == name:
        yield f"{kind} above its word"
    into = [parsed.dep[token] for token in down if parsed.dep[token] in _CLAUSE]
    yield from (f"{kind} into {clause}" for clause in into)
    for token in up:
        if parsed.dep[token] in _CLAUSE:
            yield f"{kind} out of {parsed.dep[token]}"
    if top != event and parsed.lemma[top] in _SAYING:
        yield f"{kind} of saying"
        yield from (f"{kind} of saying into {clause}" for clause in into)
    above = next((token for token in (*up[1:], top) if parsed.pos[token] not in ("ADP", "SCONJ", "PUNCT")), top)
    if parsed.pos[above] in ("NOUN", "VERB", "ADJ"):
        yield f"{kind} {prep} under {parsed.lemma[above].lower()}"
        if above != event:
            yield f"{kind} under {parsed.lemma[above].lower()}"
        if kind == "place" and FACILITY.search(parsed.text[above]):
            way = f"{prep} under a site {steps[1] if len(down) < 4 else 'far'}"
            yield from ("place under a site", f"place under a site, {sort}", f"place {way}")
    yield f"{kind} of {parsed.lemma[event].lower()}"
    if prep != "-":
        yield f"{kind} {prep} of {parsed.lemma[event].lower()}"
    yield from _sides(parsed, telling, record.span, kind)
    yield from _standing(parsed, telling, record.span, kind, name, event, beside)
    yield from _nearer(parsed, telling, kind, name, len(up) + len(down))
    yield from _of_place(record, prep) if isinstance(record, Place) else _of_time(record)


def _whole(parsed: Parsed, name: int) -> int:
    """The word that stands for a place with its name: "cities" in "cities of Mali", "north" in "north of Mali"."""
    for _ in range(2):
        of = parsed.head[name]
        word = parsed.head[of]
        if (
            parsed.text[of].lower() != "of"
            or parsed.lemma[word].lower() not in _PARTS
            or parsed.sent[word] != parsed.sent[name]
        ):
            break
        name = word
    return name


def of_saying(parsed: Parsed, telling: Telling, span: Span) -> bool:
    """Whether a name tells where or when an event was told of, not where or when it was: "he said in Kyiv that"."""
    name, event = head_of(parsed, span), head_of(parsed, telling.trigger)
    if name is None or event is None:
        return False
    up, top, down = path(parsed, name, event)
    inside = any(parsed.dep[token] in _CLAUSE for token in down)
    return inside and top not in (name, event) and len(up) <= 2 and parsed.lemma[top] in _SAYING


def path(parsed: Parsed, low: int, other: int) -> tuple[list[int], int, list[int]]:
    """Tokens from one up to the lowest that governs both, that token, and those from it down to the other."""
    above = [low]
    while parsed.head[above[-1]] != above[-1] and len(above) < 40:
        above.append(parsed.head[above[-1]])
    places = {token: at for at, token in enumerate(above)}
    down: list[int] = []
    token = other
    while token not in places and parsed.head[token] != token and len(down) < 40:
        down.append(token)
        token = parsed.head[token]
    return above[: places.get(token, len(above))], token, down[::-1]


def _sides(parsed: Parsed, telling: Telling, span: Span, kind: str) -> Iterator[str]:
    for side, parties in (("actor", telling.actors), ("recipient", telling.recipients)):
        for party in parties:
            if party == span or span.covers(party):
                yield f"{kind} is {side}"
                yield f"{kind} is {side} {telling.type.value}"
            elif party.overlaps(span):
                yield f"{kind} in {side}"
                yield f"{kind} in {side} {telling.type.value}"


def _standing(
    parsed: Parsed, telling: Telling, span: Span, kind: str, name: int, event: int, beside: Sequence[Span]
) -> Iterator[str]:
    gap = abs(name - event)
    side = "before" if name < event else "after"
    yield f"{kind} {side}"
    yield f"{kind} {side} {min(5, gap // 3)}"
    low, high = sorted((name, event))
    verbs = sum(parsed.pos[token] == "VERB" for token in range(low + 1, high))
    yield f"{kind} {side} over {min(3, verbs)} verbs"
    yield f"{kind} of {min(4, len(beside))}"
    if beside and span == beside[0]:
        yield f"{kind} first named"
    nearest = min(beside, key=lambda one: _apart(one, telling.trigger), default=span)
    yield f"{kind} nearest" if nearest == span else f"{kind} not nearest"
    after = name + 1
    while after < len(parsed) and parsed.start[after] < span.end:
        after += 1
    if after < len(parsed) and parsed.tag[after] == "POS":
        yield f"{kind} possessive"
    elif after < len(parsed) and parsed.pos[after] in ("NOUN", "PROPN") and parsed.dep[name] in ("compound", "amod"):
        yield f"{kind} before a noun"
    first = parsed.token_at(span.start) or 0
    opening = parsed.sents[parsed.sent[first]][0]
    word = parsed.text[first - 1].lower() if first > opening else "-"
    if first <= opening + 1:
        yield f"{kind} opens"
        yield f"{kind} opens with {word}"
    if first > opening and parsed.pos[first - 1] in ("ADP", "SCONJ"):
        yield f"{kind} follows {word}"
        yield f"{kind} follows {word} {telling.type.value}"
    rest = _WHICH.match(parsed.article.text, span.end)
    if rest is not None and parsed.sents[parsed.sent[first]][1] > event:
        clause = parsed.article.text[rest.end() : telling.trigger.start]
        yield f"{kind} which {'nearby' if len(clause) < 40 and event > name else 'far'}"
    if span.start < parsed.article.body:
        yield f"{kind} in title"
    if span.overlaps(telling.trigger):
        yield f"{kind} in its word"


def _apart(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end)


def _nearer(parsed: Parsed, telling: Telling, kind: str, name: int, own: int) -> Iterator[str]:
    lengths = []
    for other in telling.others:
        token = head_of(parsed, other)
        if token is not None and parsed.sent[token] == parsed.sent[name]:
            up, top, down = path(parsed, name, token)
            lengths.append(len(up) + len(down))
            if top == token and own > lengths[-1]:
                yield f"{kind} below another event"
    yield f"{kind} others {min(3, len(lengths))}"
    if lengths and min(lengths) < own:
        yield f"{kind} nearer to another event"
    elif lengths:
        yield f"{kind} nearest to this event"


def _of_place(place: Place, prep: str) -> Iterator[str]:
    level = place.level or "none"
    yield f"place level {level}"
    yield f"place {prep} level {level}"
    if place.near:
        yield "place near"


def _of_time(time: Time) -> Iterator[str]:
    value = time.value or "-"
    form = "weekday" if "WXX" in value else "ref" if "REF" in value else "long" if value.startswith("P") else "date"
    yield f"time {time.type}"
    yield f"time {time.type} {form} {'dated' if time.first else 'open'}"
