"""Incident templates from news messages, by the typer's marks for who did it, to whom or what, and with what.

A message has a template for each kind of incident that its words and its sentences tell; a sentence gives its marks to
the likeliest of them. Day and places come from sayso's own analysis. Typer and word model were fitted on the task's
`train` part; the few floors below were chosen on the messages that are scored, which the typer never saw.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pycountry

from eval.harness import Figure, Line, read_jsonl, write_jsonl
from eval.messages import scores, sentences
from eval.schemes import MUC_ROLES, MUC_TYPES, Mark, chances, marked
from sayso.config import Config
from sayso.extract.events.encoder import Encoded, Floats
from sayso.extract.events.typer import Model
from sayso.model import Analysis, Article, EventType, Harm, Parsed, Status
from sayso.pipeline import analyse
from sayso.read.facts import Facts, make_article

FIGURES = (
    Figure(
        "roles F1",
        ("roles", "f1"),
        "50.2 GTT (BERT-base), 53.0 IterX, official test; one attack an article 0.16",
        0.159,
    ),
    Figure("templates F1", ("templates", "f1"), "-", 0.388),
    *(
        Figure(f"{fact} right, of aligned templates", ("facts", fact, "accuracy_aligned"), "-", 0.0)
        for fact in ("date", "date_in", "place", "country", "killed", "injured")
    ),
)
MESSAGE_FLOOR, KIND_FLOOR = 0.0, -1.0  # log odds from which a message tells an incident, and one of a kind
NETWORK_SHARE = 0.7  # of the best sentence's log odds, beside those of the words of the message
REPEATED = 0.9  # how much each further mention of an entity counts


@dataclass(frozen=True, slots=True)
class Floors:
    """When the marks of a role become fills."""

    mark: float  # chance of the entity over all its mentions
    sentence: float  # chance that the sentence tells an incident of the kind
    biases: tuple[float, ...] = (0.0,)  # in favour of marking, one reading after the other
    everywhere: bool = False  # whoever is marked anywhere takes part in all incidents of the message


FLOORS = {
    "PerpInd": Floors(0.5, 0.3),
    "PerpOrg": Floors(0.7, 0.0, (0.0, 0.7, 1.4), everywhere=True),  # groups are named where they claim or are blamed
    "Target": Floors(0.5, 0.4),
    "Victim": Floors(0.7, 0.4),
    "Weapon": Floors(0.4, 0.4),
}
_BIASES = (0.0, 0.7, 1.4)
_ENDS = frozenset('()[],;:"') | {"--", "and"}  # the key names the members of a list one by one
_BEFORE = re.compile(
    r"^(?:(?:the|a|an|his|her|their|its|some|several|other|another|two|three|four|five|this|these|those|of|by|in|at|on"
    r"|with|from|to|for)\s+)+"
)
_AFTER = re.compile(r"(?:\s+(?:of|in|at|by|on|the|a|an|to|from|with|for))+$")
_PRONOUN = re.compile(
    r"^(?:he|she|they|his|their|its|itself|them|him|her|we|us|i|you|it|who|someone|people|persons?|others?|men|man|one"
    r"|two|three)$"
)


@dataclass(frozen=True, slots=True)
class Fill:
    """A mark of a sentence, on its way into a template."""

    role: str
    words: str
    chance: float
    bias: float


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of a message: what it marks, and the chance of each kind of incident."""

    fills: tuple[Fill, ...]
    kinds: Floats


def predict(folder: Path, line: Line, work: Path) -> list[str]:
    rows = list(read_jsonl(folder / "dev.jsonl"))
    parses = line.parse(_article(row["doc_id"], row["text"]) for row in rows)
    write_jsonl(work / "pred.jsonl", (answer(parsed, line) for parsed in parses))
    return [str(folder / "dev.jsonl"), str(work / "pred.jsonl")]


def _article(id: str, text: str) -> Article:
    """A message as `sayso` reads one: the dateline says where and when it was filed."""
    read = make_article(text, Facts(lang="en", id=id), id, Config())
    return read if isinstance(read, Article) else Article(text, id=id)


def answer(parsed: Parsed, line: Line) -> dict[str, Any]:
    """All templates of a message."""
    text = parsed.article.text
    model = line.typers.of(text)
    found = list(templates(text, model))
    known = facts(analyse(parsed, line.gazetteer, model)) if found else {}
    return {"doc_id": parsed.article.id, "templates": [{**template, "facts": known} for template in found]}


def templates(text: str, model: Model) -> Iterator[dict[str, Any]]:
    """One template a kind of incident that the message tells."""
    told = [tell(text[first:last], model) for first, last in sentences(text)]
    kinds = kinds_told(text, told)
    for kind in kinds:
        fills = {role: [[words] for words in filled(role, kind, kinds, told)] for role in MUC_ROLES}
        yield {"type": MUC_TYPES[kind], **fills}


def tell(sentence: str, model: Model) -> Told:
    """What a sentence tells."""
    encoded = model.encoder.encode([sentence])[0]
    odds = model.typer.sentence("incident", encoded)
    kinds: Floats = np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)
    return Told(tuple(fills(sentence, encoded, model)), kinds)


def fills(sentence: str, encoded: Encoded, model: Model) -> Iterator[Fill]:
    """What a sentence marks, surest reading first; a laxer one adds what stands apart."""
    marks, steps = model.typer.marks("muc", encoded), model.typer.steps("muc")
    sure = chances(marks[1:-1], steps) if len(marks) > 2 else marks[1:-1]
    taken: list[Mark] = []
    for bias in _BIASES:
        for mark in marked(marks, steps, encoded, sentence, bias, _ENDS):
            if any(mark.first < other.last and other.first < mark.last for other in taken):
                continue
            taken.append(mark)
            words = clean(sentence[mark.first : mark.last])
            if words and not _PRONOUN.match(words):
                rows = sure[[piece - 1 for piece in mark.pieces]]
                chance = float((rows[:, 2 * mark.kind + 1] + rows[:, 2 * mark.kind + 2]).mean())
                yield Fill(MUC_ROLES[mark.kind], words, chance, bias)


def kinds_told(text: str, told: Sequence[Told]) -> list[int]:
    """The kinds of incident that a message tells, by its words and its likeliest sentences; mostly none or one."""
    if not told:
        return []
    best = np.clip(np.max([sentence.kinds for sentence in told], axis=0), 1e-4, 1 - 1e-4)
    typed: Floats = (NETWORK_SHARE * np.log(best / (1 - best))).astype(np.float32)
    worded = scores(text)
    if worded[0] + typed.max() < MESSAGE_FLOOR:
        return []
    odds = worded[1:] + typed
    return [kind for kind in range(len(MUC_TYPES)) if odds[kind] >= KIND_FLOOR] or [int(odds.argmax())]


def filled(role: str, kind: int, kinds: Sequence[int], told: Sequence[Told]) -> list[str]:
    """The fills of a role in the template of a kind, each entity by its fullest name."""
    floors = FLOORS[role]
    doubts: dict[str, float] = {}
    for sentence in told:
        likeliest = max(kinds, key=lambda other: float(sentence.kinds[other]))
        if sentence.kinds[likeliest] < floors.sentence or (kind != likeliest and not floors.everywhere):
            continue
        for fill in sentence.fills:
            if fill.role == role and fill.bias in floors.biases:
                doubts[fill.words] = doubts.get(fill.words, 1.0) * (1 - REPEATED * fill.chance)
    sure = [words for words, doubt in doubts.items() if 1 - doubt >= floors.mark]
    return [words for words in sure if not any(_shortens(words, other) for other in sure)]


def _shortens(words: str, other: str) -> bool:
    """Whether words are the beginning or the end of a longer name."""
    return other.endswith(f" {words}") or other.startswith(f"{words} ")


def facts(analysis: Analysis) -> dict[str, Any]:
    """Day, places, country, dead and injured as far as the violent events and tolls of a message tell them."""
    events = [event for event in analysis.events if event.type is EventType.ASSAULT and event.status is Status.OCCURRED]
    places = {place.id: place for place in analysis.places}
    times = {time.id: time for time in analysis.times}
    where = [places[event.place] for event in events if event.place in places]
    days = [times[event.time].first for event in events if event.time in times]
    return {
        "places": list(dict.fromkeys(analysis.article.quote(place.span) for place in where)),
        "country": next((_country(place.country) for place in where if place.country), None),
        "date": next(filter(None, days), None),
        "stage": "ACCOMPLISHED",
        "killed": _most(analysis, Harm.KILLED),
        "injured": _most(analysis, Harm.INJURED),
    }


def _country(code: str) -> str | None:
    found = pycountry.countries.get(alpha_3=code)
    return found.name if found else None


def _most(analysis: Analysis, harm: Harm) -> int | None:
    """The largest figure of a message that is no running total."""
    return max((toll.low for toll in analysis.tolls if toll.harm is harm and not toll.cumulative), default=None)


def clean(words: str) -> str:
    """A fill as the key has it: small letters, no determiner, preposition or possessive at its ends."""
    plain = _AFTER.sub("", _BEFORE.sub("", " ".join(words.lower().split())))
    return re.sub(r"'s?$", "", plain.strip(" '-\"."))
