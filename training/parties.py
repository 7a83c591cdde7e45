"""What the models of parties are fitted on: the participants that coders named, in our texts and in real ones.

Every tenth text is left out of every fit, the same ones that all folds of the typer leave out, and measures.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from eval.harness import Line
from eval.real_events import coded_texts
from gold.events import CodedText, GoldParty, load
from sayso.extract.events.encoder import Encoded, Encoder
from sayso.extract.events.typer import open_model
from sayso.extract.mentions import find_mentions
from sayso.model import Actor, EventDraft, Parsed, Place, Span
from sayso.resolve.actors import resolve_actors
from sayso.resolve.places import resolve_places
from training.typer.data import Example, folds, head_of

DATA = Path(__file__).resolve().parent.parent / "src" / "sayso" / "data"
HELD = 10  # one text of so many is left out, as in training.typer

Seen = TypeVar("Seen")
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Case:
    """A coded text ready for the stage that codes its parties."""

    text: CodedText
    parsed: Parsed
    known: tuple[Actor, ...]
    places: tuple[Place, ...]
    drafts: tuple[EventDraft, ...]  # the coder's events


def cases(line: Line, bench: Path) -> Iterator[Case]:
    """Every text of the training parts that tells of an event."""
    encoder = open_model().encoder
    for text, parsed in _parsed(line, bench):
        if text.events:
            mentions = find_mentions(parsed)
            known = resolve_actors(parsed, mentions, line.gazetteer)
            places = resolve_places(parsed, mentions, line.gazetteer)
            yield Case(text, parsed, tuple(known), tuple(places), tuple(_drafts(text, parsed, encoder)))


def left_out(line: Line, bench: Path) -> frozenset[str]:
    """The texts that no fit sees."""
    examples = [
        Example(parsed.article.text[parsed.start[first] : parsed.end[last - 1]], f"own {text.id}", "gold", tokens={})
        for text, parsed in _parsed(line, bench)
        for first, last in parsed.sents
    ]
    parts = folds(examples, HELD)
    return frozenset(
        example.group.removeprefix("own ") for example, part in zip(examples, parts, strict=True) if part == 0
    )


def _parsed(line: Line, bench: Path) -> Iterator[tuple[CodedText, Parsed]]:
    texts = [*load("train"), *load("more"), *coded_texts("train", bench)]
    return zip(texts, line.parse(text.article for text in texts), strict=True)


def _drafts(text: CodedText, parsed: Parsed, encoder: Encoder) -> Iterator[EventDraft]:
    views = _Views(parsed, encoder)
    for event in text.events:
        yield EventDraft(
            trigger=event.trigger, type=event.type, mode=event.mode, context=(),
            actors=tuple(party.span for party in event.actors),
            recipients=tuple(party.span for party in event.recipients),
            status=event.status, evidence=(parsed.span(0, 0),), place=event.place,
            vectors=dict(views.of(party.span for party in (*event.actors, *event.recipients))),
        )  # fmt: skip


class _Views:
    """What the typer's network sees at phrases of a text: at their heads, as `typed` has it."""

    def __init__(self, parsed: Parsed, encoder: Encoder) -> None:
        self.parsed, self.encoder = parsed, encoder
        self._seen: dict[int, Encoded] = {}

    def of(self, spans: Iterable[Span]) -> Iterator[tuple[Span, Sequence[float]]]:
        parsed = self.parsed
        for span in spans:
            token = parsed.token_at(span.start)
            if token is None:
                continue
            first, last = parsed.sents[parsed.sent[token]]
            if first not in self._seen:
                text = parsed.article.text[parsed.start[first] : parsed.end[last - 1]]
                (self._seen[first],) = self.encoder.encode([text])
            head = head_of(parsed, span, first, last)
            low = parsed.start[first]
            vector = self._seen[first].at([(parsed.start[head] - low, parsed.end[head] - low)])
            if vector is not None:
                yield span, vector


def paired(text: CodedText, seen: Iterable[tuple[Actor, Seen]]) -> Iterator[tuple[GoldParty, Actor, Seen]]:
    """Each party of the coder with the actor whose words cover it."""
    found = list(seen)
    for event in text.events:
        for party in (*event.actors, *event.recipients):
            pair = _covering(found, party.span)
            if pair is not None:
                yield party, *pair


def _covering(seen: Sequence[tuple[Actor, Seen]], span: Span) -> tuple[Actor, Seen] | None:
    exact = next((one for one in seen if span in one[0].spans), None)
    return exact or next((one for one in seen if any(other.overlaps(span) for other in one[0].spans)), None)


def write(
    name: str, rows: Sequence[str], classes: Sequence[str], weights: npt.NDArray[np.float32],
    views: npt.NDArray[np.float32] | None = None,
) -> None:  # fmt: skip
    """Weights in steps of one byte, without the features that hardly weigh; those of views in half precision."""
    scale = float(np.abs(weights).max()) / 127
    small: npt.NDArray[np.int8] = np.round(weights / scale).astype(np.int8)
    kept = np.flatnonzero(np.abs(small).max(axis=1) > (1 if len(classes) > 1 else 0))
    np.savez_compressed(
        DATA / name,
        features=np.frombuffer("\n".join(rows[row] for row in kept).encode(), np.uint8),
        classes=np.frombuffer("\n".join(classes).encode(), np.uint8),
        weights=small[kept],
        scale=np.float32(scale),
        **({} if views is None else {"views": views.astype(np.float16)}),
    )


def rows_and_held(
    name: str, doc: str | None, examples: Callable[[Line, Path], Iterator[Row]]
) -> tuple[list[Row], frozenset[str]]:
    """The examples that the command line asks for, and the texts that no fit sees; `--seen` keeps both between runs."""
    parser = argparse.ArgumentParser(prog=f"python -m training.{name}", description=doc)
    parser.add_argument("--bench", type=Path, required=True, help="benchmark root: real texts stand there")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--seen", type=Path)
    chosen = parser.parse_args()
    if chosen.seen and chosen.seen.is_file():
        kept: tuple[list[Row], frozenset[str]] = pickle.loads(chosen.seen.read_bytes())
        return kept
    line = Line(chosen.cache)
    found = list(examples(line, chosen.bench)), left_out(line, chosen.bench)
    if chosen.seen:
        chosen.seen.write_bytes(pickle.dumps(found, protocol=5))
    return found
