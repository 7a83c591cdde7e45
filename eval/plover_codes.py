"""PLOVER type of a source-target pair, by words around the pair and the typer's head for these fifteen types.

The pair is given, so this measures typing alone. The rows were converted from CAMEO, whose classes differ a little from
the manual's (a conviction is ACCUSE, the intent to yield AGREE), hence a head of their own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eval.harness import Figure, Line, read_jsonl, write_jsonl
from eval.schemes import PAIR_ROOTS
from eval.wordings import Pair, scores

_ZSP = "76.0 / 74.3 ZSP (roberta-large NLI) on dev"
FIGURES = (
    Figure("root accuracy", ("root", "accuracy"), _ZSP, 0.1343, typed=True),
    Figure("root macro F1", ("root", "macro_f1"), _ZSP, 0.0158, typed=True),
    Figure("quad accuracy", ("quad", "accuracy"), "89.7 ZSP on held-out rows", 0.3143, typed=True),
)


def predict(folder: Path, line: Line, work: Path) -> list[str]:
    rows = read_jsonl(folder / "dev.jsonl")
    write_jsonl(work / "pred.jsonl", (answer(row, line) for row in rows))
    return [str(folder / "dev.jsonl"), str(work / "pred.jsonl")]


def answer(row: dict[str, Any], line: Line) -> dict[str, Any]:
    """The likeliest type of what the source does to the target."""
    return {
        "id": row["id"],
        "root": PAIR_ROOTS[int(scores("root", row["text"], row["text"], line, pair(row)).argmax())],
    }


def pair(row: dict[str, Any]) -> Pair:
    """Where source and target of a row stand."""
    source, target = (tuple((first, last) for first, last in row[key]) for key in ("source_spans", "target_spans"))
    return source, target
