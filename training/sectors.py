"""Fits the model of sectors on coded texts and prints what it is worth on texts that no fit sees.

    python -m training.sectors --bench BENCH [--cache FOLDER] [--seen FILE]

Writes src/sayso/data/sectors.npz: for each feature of `sayso.resolve.leaning` that three texts show, a weight for each
PLOVER sector and for none. Softmax regression by Adagrad, fixed seed; about two minutes on one core, most of it for
reading the texts. `--seen` keeps what was read between runs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.harness import Line
from sayso.linear import Linear
from sayso.resolve.leaning import NONE, Seen, lean
from sayso.resolve.parties import seen_by_model
from training.parties import cases, paired, rows_and_held, write

SEED, EPOCHS, RATE, DECAY, LEAST = 7, 5, 0.15, 1e-3, 3
DENSE_RATE = 0.03  # of the weights of views


@dataclass(frozen=True, slots=True)
class Example:
    """A participant as the model sees it, and the sectors that the coder gave."""

    text: str
    seen: Seen
    told: tuple[str, ...]
    weak: bool
    right: tuple[str, ...]


def examples(line: Line, bench: Path) -> Iterator[Example]:
    """Every party of the training parts whose words an actor of ours covers."""
    for case in cases(line, bench):
        done = set()
        seen = seen_by_model(case.parsed, case.known, case.drafts, case.places, line.gazetteer)
        for party, actor, features in paired(case.text, seen):
            if (actor.id, party.sectors) not in done:
                done.add((actor.id, party.sectors))
                sure = any(reason.name == "sector" and reason.score > 0.5 for reason in actor.reasons)
                yield Example(case.text.id, features, actor.sector, not sure, party.sectors)


def fit(rows: Sequence[Example]) -> Linear:
    """Weights by Adagrad, one example at a time."""
    texts: dict[str, set[str]] = {}
    for row in rows:
        for name in row.seen.features:
            texts.setdefault(name, set()).add(row.text)
    names = sorted(name for name, places in texts.items() if len(places) >= LEAST)
    place = {name: number for number, name in enumerate(names)}
    classes = sorted({_class(row) for row in rows})
    inputs = [np.array([place[name] for name in row.seen.features if name in place]) for row in rows]
    views = [row.seen.view for row in rows]
    width = next((len(view) for view in views if view is not None), 0)
    wanted = [classes.index(_class(row)) for row in rows]
    weights = np.zeros((len(names), len(classes)), np.float32)
    grown = np.full((len(names), 1), 0.1, np.float32)
    dense = np.zeros((width, len(classes)), np.float32)
    mean, dense_mean, dense_grown = np.zeros_like(weights), np.zeros_like(dense), np.full_like(dense, 0.1)
    chance = np.random.default_rng(SEED)
    for epoch in range(EPOCHS):
        for number in chance.permutation(len(rows)):
            at, view = inputs[number], views[number]
            sums = weights[at].sum(axis=0) + (0 if view is None else view @ dense)
            slope = np.exp(sums - sums.max())
            slope /= slope.sum()
            slope[wanted[number]] -= 1
            grown[at] += float(slope @ slope)
            weights[at] -= RATE / np.sqrt(grown[at]) * (slope + DECAY * weights[at])
            if view is not None:
                turn = view[:, None] * slope + DECAY * dense
                dense_grown += turn * turn
                dense -= DENSE_RATE * turn / np.sqrt(dense_grown)
        if epoch >= EPOCHS - 2:
            mean += weights / 2
            dense_mean += dense / 2
    return Linear(tuple(classes), place, mean, dense_mean)


def _class(row: Example) -> str:
    return row.right[0] if row.right else NONE


def measure(model: Linear, rows: Sequence[Example]) -> Iterator[str]:
    """Accuracy with tables alone, with the model where they are not sure, and with the model alone."""
    counts: Counter[str] = Counter()
    for row in rows:
        leaned = lean(model, row.seen)
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


def main() -> None:
    rows, held = rows_and_held("sectors", __doc__, examples)
    model = fit([row for row in rows if row.text not in held])
    print(*measure(model, [row for row in rows if row.text in held]), sep="\n", flush=True)
    write("sectors.npz", list(model.rows), model.classes, model.weights, model.views)


if __name__ == "__main__":
    main()
