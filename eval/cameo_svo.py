"""Who did what to whom in a sentence: the class by words and the typer's head, participants by its marks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eval.harness import Figure, Line, read_jsonl, write_jsonl
from eval.schemes import SIDES, marked
from eval.wordings import scores

FIGURES = (
    Figure("penta macro F1", ("penta", "macro_f1"), "89.5 ConfliBERT fine-tuned", 0.0778, typed=True),
    Figure("actors F1", ("actors", "f1"), "74.0 ConfliBERT fine-tuned", 0.0, typed=True),
    Figure("actors_any F1", ("actors_any", "f1"), "-", 0.0, typed=True),
)


def predict(folder: Path, line: Line, work: Path) -> list[str]:
    rows = read_jsonl(folder / "dev.jsonl")
    write_jsonl(work / "pred.jsonl", (answer(row, line) for row in rows))
    return [str(folder / "dev.jsonl"), str(work / "pred.jsonl")]


def answer(row: dict[str, Any], line: Line) -> dict[str, Any]:
    """The likeliest class, and the marked participants over the row's own tokens."""
    model = line.typers.of(row["text"])
    encoded = model.encoder.encode([row["text"]])[0]
    tokens = locate(row["text"], row["tokens"]) if row.get("tokens") else []
    spans = [
        {"role": SIDES[mark.kind], **reach}
        for mark in marked(model.typer.marks("side", encoded), model.typer.steps("side"), encoded, row["text"])
        if (reach := _over(mark.first, mark.last, tokens))
    ]
    return {"id": row["id"], "penta": int(scores("penta", row["text"], row["text"], line).argmax()), "spans": spans}


def locate(text: str, tokens: list[str]) -> list[tuple[int, int]]:
    """Where each token stands in the text; a token not found is empty at the point reached."""
    found, at = [], 0
    for token in tokens:
        start = text.find(token, at)
        if start < 0:
            found.append((at, at))
            continue
        at = start + len(token)
        found.append((start, at))
    return found


def _over(start: int, end: int, tokens: list[tuple[int, int]]) -> dict[str, int] | None:
    inside = [number for number, (first, last) in enumerate(tokens) if first < end and start < last]
    return {"start": inside[0], "end": inside[-1] + 1} if inside else None
