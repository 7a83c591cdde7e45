"""Fits the model that passes over sentences without acts, and prints what it is worth on texts that no fit sees.

    python -m training.gate --bench BENCH [--cache FOLDER]

Writes src/sayso/data/gate.npz: a weight for each feature of `sayso.extract.events.gate` that three texts show. A few
minutes on one core, most of them for reading the texts.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.harness import Line
from eval.real_events import coded_texts
from gold.events import load
from sayso.extract.events.gate import BAR, features
from sayso.extract.events.roles import Roles
from sayso.extract.events.settling import settled_acts
from sayso.extract.grammar import Grammar
from sayso.extract.mentions import find_mentions
from training.logistic import fit
from training.parties import HELD, write

LEAST, RIDGE, STEPS = 3, 1.5, 200  # texts that show a feature, weight of squares, steps of the fit
BARS = (BAR - 1, BAR, BAR + 1)


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence: is it of a real text, what it shows, how many acts it tells."""

    real: bool
    text: str
    seen: frozenset[str]
    acts: int


def sentences(line: Line, bench: Path) -> Iterator[Row]:
    """Every sentence of the training parts."""
    real = coded_texts("train", bench)
    texts = [*load("train"), *load("more"), *real]
    names = {text.id for text in real}
    for text, parsed in zip(texts, line.parse(text.article for text in texts), strict=True):
        grammar = Grammar(parsed)
        roles = Roles(grammar, find_mentions(parsed))
        for first, last in parsed.sents:
            low, high = parsed.start[first], parsed.end[last - 1]
            acts = sum(low <= event.trigger.start < high for event in text.events)
            rules = settled_acts(grammar, roles, first, last)
            yield Row(text.id in names, text.id, frozenset(features(grammar, first, last, rules)), acts)


def weights_of(rows: Sequence[Row]) -> dict[str, float]:
    """Weights under which it is likeliest which sentences tell of an act."""
    shown, told, texts = [row.seen for row in rows], [row.acts > 0 for row in rows], [row.text for row in rows]
    return fit(shown, told, texts, LEAST, RIDGE, STEPS)


def measure(weights: dict[str, float], rows: Sequence[Row]) -> Iterator[str]:
    """For each bar the share of acts that are lost below it, and of sentences that are passed over."""
    sums = np.array([sum(weights.get(name, 0.0) for name in row.seen) for row in rows])
    acts = np.array([row.acts for row in rows])
    for bar in BARS:
        below = sums < bar
        lost = acts[below].sum() / acts.sum()
        yield f"bar {bar}: {lost:.3f} of acts lost, {below.mean():.3f} of sentences passed over"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.gate", description=__doc__)
    parser.add_argument("--bench", type=Path, required=True, help="benchmark root: real texts stand there")
    parser.add_argument("--cache", type=Path)
    chosen = parser.parse_args()
    rows = list(sentences(Line(chosen.cache), chosen.bench))
    held = set(sorted({row.text for row in rows})[::HELD])
    weights = weights_of([row for row in rows if row.text not in held])
    for name, real in (("ours", False), ("real", True)):
        part = [row for row in rows if row.text in held and row.real is real]
        print(f"{name}, {len(part)} sentences left out:", *measure(weights, part), sep="\n  ", flush=True)
    fitted = weights_of(rows)
    write("gate.npz", list(fitted), ["weight"], np.array(list(fitted.values()), np.float32)[:, None])


if __name__ == "__main__":
    main()
