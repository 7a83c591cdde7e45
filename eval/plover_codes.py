"""PLOVER type of a source-target pair, by the typer's head for the fifteen types of these rows.

The pair is given, so this measures typing alone. The rows were converted from CAMEO, whose classes differ a little from
the manual's (a conviction is ACCUSE, the intent to yield AGREE), hence a head of their own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eval.harness import Figure, Line, read_jsonl, write_jsonl
from eval.schemes import PAIR_ROOTS
from sayso.extract.events.typer import ActView, Model

_ZSP = "76.0 / 74.3 ZSP (roberta-large NLI) on dev"
FIGURES = (
    Figure("root accuracy", ("root", "accuracy"), _ZSP, 0.1343, typed=True),
    Figure("root macro F1", ("root", "macro_f1"), _ZSP, 0.0158, typed=True),
    Figure("quad accuracy", ("quad", "accuracy"), "89.7 ZSP on held-out rows", 0.3143, typed=True),
)


def predict(folder: Path, line: Line, work: Path) -> list[str]:
    rows = read_jsonl(folder / "dev.jsonl")
    write_jsonl(work / "pred.jsonl", (answer(row, line.typers.of(row["text"])) for row in rows))
    return [str(folder / "dev.jsonl"), str(work / "pred.jsonl")]


def answer(row: dict[str, Any], model: Model) -> dict[str, Any]:
    """The likeliest type of what the source does to the target."""
    encoded = model.encoder.encode([row["text"]])[0]
    sides = (tuple((first, last) for first, last in row[key]) for key in ("source_spans", "target_spans"))
    scores = model.typer.answers("root", encoded, ActView((), *sides, ()))
    return {"id": row["id"], "root": PAIR_ROOTS[int(scores.argmax())]}
