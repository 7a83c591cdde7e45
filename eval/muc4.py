"""Incident templates from news messages, by the typer's marks for who did it, to whom or what, and with what.

Sentences of one kind of incident make one template; its day and places come from sayso's own analysis. The typer was
fitted on the task's `train` part, not on the messages that are scored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from eval.harness import Figure, Line, read_jsonl, write_jsonl
from eval.schemes import MUC_ROLES, MUC_TYPES, marked
from sayso.extract.events.encoder import Encoded
from sayso.extract.events.typer import Model
from sayso.model import Analysis, Article, Event, EventType, Parsed, Status
from sayso.pipeline import analyse

FIGURES = (
    Figure(
        "roles F1",
        ("roles", "f1"),
        "50.2 GTT (BERT-base), 53.0 IterX, official test; one attack an article 0.16",
        0.159,
    ),
    Figure("templates F1", ("templates", "f1"), "-", 0.388),
)
KIND_FLOOR = 0.5  # chance from which on a sentence tells an incident of a kind; chosen on `train`
_PRONOUN = re.compile(
    r"^(?:he|she|they|his|their|its|itself|them|him|her|we|us|i|you|it|who|someone|people|persons?|others?|men|man)$",
    re.I,
)


@dataclass(slots=True)
class Template:
    """One incident on its way: fills by role in order, each once."""

    kind: str
    fills: dict[str, list[str]] = field(default_factory=lambda: {role: [] for role in MUC_ROLES})
    chance: float = 0.0


def predict(folder: Path, line: Line, work: Path) -> list[str]:
    rows = list(read_jsonl(folder / "dev.jsonl"))
    parses = line.parse(Article(row["text"], id=row["doc_id"]) for row in rows)
    write_jsonl(work / "pred.jsonl", (answer(parsed, line) for parsed in parses))
    return [str(folder / "dev.jsonl"), str(work / "pred.jsonl")]


def answer(parsed: Parsed, line: Line) -> dict[str, Any]:
    """All templates of a message."""
    model = line.typers.of(parsed.article.text)
    known = facts(analyse(parsed, line.gazetteer, model))
    found = [
        {"type": template.kind, **{role: [[words] for words in fills] for role, fills in template.fills.items()}}
        for template in templates(parsed, model)
    ]
    return {"doc_id": parsed.article.id, "templates": [{**template, "facts": known} for template in found]}


def templates(parsed: Parsed, model: Model) -> Iterator[Template]:
    """One template a kind of incident that the message tells."""
    found: dict[str, Template] = {}
    text = parsed.article.text
    sentences = [text[parsed.start[first] : parsed.end[last - 1]] for first, last in parsed.sents]
    for sentence, encoded in zip(sentences, model.encoder.encode(sentences), strict=True):
        chances = 1 / (1 + np.exp(-model.typer.sentence("incident", encoded)))
        best = int(chances.argmax())
        if chances[best] < KIND_FLOOR:
            continue
        template = found.setdefault(MUC_TYPES[best], Template(MUC_TYPES[best]))
        template.chance = max(template.chance, float(chances[best]))
        for role, words in fills(sentence, encoded, model):
            if words not in template.fills[role]:
                template.fills[role].append(words)
    yield from (template for template in found.values() if any(template.fills.values()))


def fills(sentence: str, encoded: Encoded, model: Model) -> Iterator[tuple[str, str]]:
    """(role, words) that a sentence marks."""
    for first, last, kind in marked(model.typer.marks("muc", encoded), model.typer.steps("muc"), encoded):
        words = clean(sentence[first:last])
        if words and not _PRONOUN.match(words):
            yield MUC_ROLES[kind], words


def facts(analysis: Analysis) -> dict[str, Any]:
    """Day, places and stage as far as the violent events of a message tell them."""
    events = [event for event in analysis.events if event.type is EventType.ASSAULT and event.status is Status.OCCURRED]
    places = {place.id: place for place in analysis.places}
    times = {time.id: time for time in analysis.times}
    found = [places[event.place].name.upper() for event in events if event.place in places]
    return {
        "places": list(dict.fromkeys(found)),
        "country": None,
        "date": next((day for day in _days(events, times) if day), None),
        "stage": "ACCOMPLISHED",
    }


def _days(events: Iterable[Event], times: dict[str, Any]) -> Iterator[str | None]:
    for event in events:
        if event.time in times:
            yield times[event.time].first


def clean(words: str) -> str:
    """A fill as the key has it: small letters, no determiner."""
    return re.sub(
        r"^(?:the|a|an|his|her|their|some|several|two|three|four|five)\s+", "", " ".join(words.lower().split())
    )
