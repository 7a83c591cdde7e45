"""Fits the model that gives an event its place and time among those its sentence names, and prints what it is worth.

    python -m training.occasion --bench BENCH [--cache FOLDER]

Examples are the places and times that sayso finds in the sentences of coded events; right is the one that the coder
gave the event. Events whose place or time the coder saw elsewhere, or in words that sayso does not see, teach nothing.
Writes src/sayso/data/occasion.npz; two minutes on one core.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from eval.harness import Line
from eval.real_events import coded_texts
from gold.events import CodedText, GoldEvent, load
from sayso.extract.mentions import find_mentions
from sayso.extract.times.find import find_times
from sayso.model import Parsed, Place, Span, Time
from sayso.resolve.occasion import Telling, features, of_saying
from sayso.resolve.places import resolve_places
from sayso.resolve.settle import PLACE, TIME
from sayso.resolve.times import resolve_times
from training.logistic import fit
from training.parties import write

LEAST, RIDGE, STEPS = 2, 1.0, 300  # texts that show a feature, weight of squares, steps of the fit
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Question:
    """An event and what of a kind its sentence names: the features of each, and whether it is the event's own."""

    text: str
    kind: str
    has: bool  # the coder gave the event one
    options: tuple[tuple[frozenset[str], bool], ...]

    @property
    def fold(self) -> int:
        return int(sha256(self.text.encode()).hexdigest(), 16) % FOLDS

    @property
    def teaches(self) -> bool:
        return not self.has or any(right for _, right in self.options)


def questions(texts: Sequence[CodedText], line: Line) -> Iterator[Question]:
    """Both questions of each coded event."""
    for text, parsed in zip(texts, line.parse(text.article for text in texts), strict=True):
        found = resolve_places(parsed, find_mentions(parsed), line.gazetteer)
        places = [place for place in found if place.is_location]
        times = resolve_times(parsed, find_times(parsed))
        for event in text.events:
            yield _question(text, parsed, event, "place", places, event.place)
            yield _question(text, parsed, event, "time", times, event.time)


def _question(
    text: CodedText, parsed: Parsed, event: GoldEvent, kind: str, records: Sequence[Place | Time], own: Span | None
) -> Question:
    first, last = parsed.sents[parsed.sent[parsed.token_at(event.trigger.start) or 0]]
    extent = parsed.span(first, last - 1)
    telling = Telling(
        event.type,
        event.trigger,
        tuple(party.span for party in event.actors),
        tuple(party.span for party in event.recipients),
        tuple(other.trigger for other in text.events if other is not event),
    )
    named = [record for record in records if extent.covers(record.span)]
    spans = [record.span for record in named]
    beside = [record for record in named if not of_saying(parsed, telling, record.span)]
    shown = [frozenset(features(parsed, telling, record, spans)) for record in beside]
    right = [own is not None and record.span.overlaps(own) for record in beside]
    return Question(text.id, kind, own is not None, tuple(zip(shown, right, strict=True)))


def weights_of(asked: Sequence[Question]) -> dict[str, float]:
    """Weights under which the coder's answers are likeliest."""
    rows = [(names, right, one.text) for one in asked if one.teaches for names, right in one.options]
    shown, right, texts = zip(*rows, strict=True)
    return fit(shown, right, texts, LEAST, RIDGE, STEPS)


def measure(asked: Sequence[Question], weights: dict[str, float]) -> tuple[int, int, int]:
    """Right, given and wanted answers."""
    right = given = 0
    for one in asked:
        odds = [sum(weights.get(name, 0.0) for name in names) for names, _ in one.options]
        if odds and 1 / (1 + np.exp(-max(odds))) >= (PLACE if one.kind == "place" else TIME):
            given += 1
            right += one.options[int(np.argmax(odds))][1]
    return right, given, sum(one.has for one in asked)


def show(name: str, counts: Sequence[tuple[int, int, int]]) -> None:
    right, given, wanted = (sum(column) for column in zip(*counts, strict=True))
    precision, recall = right / max(1, given), right / max(1, wanted)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"{name}: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f} of {wanted}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.occasion", description=__doc__)
    parser.add_argument("--bench", type=Path, required=True, help="benchmark root: real texts stand there")
    parser.add_argument("--cache", type=Path)
    chosen = parser.parse_args()
    asked = list(questions([*load("train"), *coded_texts("train", chosen.bench)], Line(chosen.cache)))
    folds = [weights_of([one for one in asked if one.fold != fold]) for fold in range(FOLDS)]
    for kind in ("place", "time"):
        left_out = [[one for one in asked if one.kind == kind and one.fold == fold] for fold in range(FOLDS)]
        show(f"{kind}, left out", [measure(part, weights) for part, weights in zip(left_out, folds, strict=True)])
    fitted = weights_of(asked)
    write("occasion.npz", list(fitted), ["its own"], np.array(list(fitted.values()), np.float32)[:, None])


if __name__ == "__main__":
    main()
