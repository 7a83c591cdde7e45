"""Fits the model of sectors on the open gold set and prints what it is worth on texts left out of a first fit.

    python -m training.sectors [--cache FOLDER] [--seen FILE]

Writes src/sayso/data/sectors.npz: for each feature of `sayso.resolve.leaning` that three texts show, a weight for each
PLOVER sector and for none. Softmax regression by Adagrad, fixed seed; about two minutes on one core, most of it for
reading the texts. `--seen` keeps what was read between runs.
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from eval.harness import Line
from gold.events import CodedText, load
from sayso.extract.mentions import find_mentions
from sayso.model import Actor, EventDraft, Parsed, Span
from sayso.resolve.actors import resolve_actors
from sayso.resolve.leaning import NONE, Model
from sayso.resolve.parties import seen_by_model
from sayso.resolve.places import resolve_places

OUT = Path(__file__).resolve().parent.parent / "src" / "sayso" / "data" / "sectors.npz"
SEED, EPOCHS, RATE, DECAY, LEAST = 7, 5, 0.15, 1e-3, 3
HELD = 4  # one text of so many is left out of the fit that is measured


@dataclass(frozen=True, slots=True)
class Example:
    """A participant as the model sees it, and the sectors that the coder gave."""

    text: str
    seen: tuple[str, ...]
    told: tuple[str, ...]
    weak: bool
    right: tuple[str, ...]


def examples(line: Line) -> Iterator[Example]:
    """Every party of the training parts whose words an actor of ours covers."""
    texts = [*load("train"), *load("more")]
    for text, parsed in zip(texts, line.parse(text.article for text in texts), strict=True):
        if text.events:
            yield from _of_text(text, parsed, line)


def _of_text(text: CodedText, parsed: Parsed, line: Line) -> Iterator[Example]:
    mentions = find_mentions(parsed)
    known = resolve_actors(parsed, mentions, line.gazetteer)
    drafts = list(_drafts(text, parsed))
    places = resolve_places(parsed, mentions, line.gazetteer)
    seen = list(seen_by_model(parsed, known, drafts, places, line.gazetteer))
    done = set()
    for event in text.events:
        for party in (*event.actors, *event.recipients):
            found = _covering(seen, party.span)
            if found is not None and (found[0].id, party.sectors) not in done:
                done.add((found[0].id, party.sectors))
                sure = any(reason.name == "sector" and reason.score > 0.5 for reason in found[0].reasons)
                yield Example(text.id, tuple(found[1]), found[0].sector, not sure, party.sectors)


def _drafts(text: CodedText, parsed: Parsed) -> Iterator[EventDraft]:
    """The coder's events as drafts."""
    for event in text.events:
        yield EventDraft(
            trigger=event.trigger, type=event.type, mode=event.mode, context=(),
            actors=tuple(party.span for party in event.actors),
            recipients=tuple(party.span for party in event.recipients),
            status=event.status, evidence=(parsed.span(0, 0),),
        )  # fmt: skip


def _covering(seen: Sequence[tuple[Actor, list[str]]], span: Span) -> tuple[Actor, list[str]] | None:
    exact = next((one for one in seen if span in one[0].spans), None)
    return exact or next((one for one in seen if any(other.overlaps(span) for other in one[0].spans)), None)


def fit(rows: Sequence[Example]) -> Model:
    """Weights by Adagrad, one example at a time."""
    texts: dict[str, set[str]] = {}
    for row in rows:
        for name in row.seen:
            texts.setdefault(name, set()).add(row.text)
    names = sorted(name for name, places in texts.items() if len(places) >= LEAST)
    place = {name: number for number, name in enumerate(names)}
    classes = sorted({_class(row) for row in rows})
    inputs = [np.array([place[name] for name in row.seen if name in place]) for row in rows]
    wanted = [classes.index(_class(row)) for row in rows]
    weights = np.zeros((len(names), len(classes)), np.float32)
    grown = np.full((len(names), 1), 0.1, np.float32)
    mean = np.zeros_like(weights)
    chance = np.random.default_rng(SEED)
    for epoch in range(EPOCHS):
        for number in chance.permutation(len(rows)):
            at = inputs[number]
            sums = weights[at].sum(axis=0)
            slope = np.exp(sums - sums.max())
            slope /= slope.sum()
            slope[wanted[number]] -= 1
            grown[at] += float(slope @ slope)
            weights[at] -= RATE / np.sqrt(grown[at]) * (slope + DECAY * weights[at])
        if epoch >= EPOCHS - 2:
            mean += weights / 2
    return Model(tuple(classes), place, mean)


def _class(row: Example) -> str:
    return row.right[0] if row.right else NONE


def measure(model: Model, rows: Sequence[Example]) -> Iterator[str]:
    """Accuracy with tables alone, with the model where they are not sure, and with the model alone."""
    counts: Counter[str] = Counter()
    for row in rows:
        leaned = model.lean(row.seen)
        best = () if leaned is None or leaned[0] == NONE else (leaned[0],)
        share = 0.0 if leaned is None else leaned[1]
        told = row.told[:1]
        answers = {"tables": told, "tables, then model": best if row.weak else told, "model": best}
        for limit in (0.6, 0.8, 0.9):
            answers[f"model where surer than {limit}"] = best if row.weak or share > limit else told
        for name, answer in answers.items():
            if row.right or answer:
                counts[name, "all"] += 1  # type: ignore[index]
                counts[name, "right"] += bool(answer) and answer[0] in row.right  # type: ignore[index]
    for name in answers:
        yield f"{name}: {counts[name, 'right'] / counts[name, 'all']:.3f} of {counts[name, 'all']}"  # type: ignore[index]


def is_held(row: Example) -> bool:
    return int(hashlib.md5(row.text.encode()).hexdigest(), 16) % HELD == 0


def write(model: Model, path: Path) -> None:
    """Weights in steps of one byte."""
    scale = float(np.abs(model.weights).max()) / 127
    small: npt.NDArray[np.int8] = np.round(model.weights / scale).astype(np.int8)
    kept = np.flatnonzero(np.abs(small).max(axis=1) > 1)
    names = list(model.rows)
    np.savez_compressed(
        path,
        features=np.frombuffer("\n".join(names[row] for row in kept).encode(), np.uint8),
        classes=np.frombuffer("\n".join(model.classes).encode(), np.uint8),
        weights=small[kept],
        scale=np.float32(scale),
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.sectors", description=__doc__)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--seen", type=Path)
    chosen = parser.parse_args()
    if chosen.seen and chosen.seen.is_file():
        rows = pickle.loads(chosen.seen.read_bytes())
    else:
        rows = list(examples(Line(chosen.cache)))
        if chosen.seen:
            chosen.seen.write_bytes(pickle.dumps(rows))
    held = [row for row in rows if is_held(row)]
    print(*measure(fit([row for row in rows if not is_held(row)]), held), sep="\n", flush=True)
    write(fit(rows), OUT)


if __name__ == "__main__":
    main()
