"""Police activity by sentence, article and day, by its words and the typer's head for these labels.

A label holds where its score passes a threshold; an article has the labels of its sentences. Thresholds are those of
the best F1 on the dev half, smoothed over seven steps of 0.05, with cross-fitted scores: articles reach 0.743 so, and
0.725 where the thresholds too are chosen on the other folds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from eval.harness import Figure, Line, read_jsonl, write_jsonl
from eval.schemes import POLICE
from eval.wordings import scores
from sayso.extract.events.encoder import Floats

_GPT = "83.8 'GPT-5.6' zero-shot, 77.4 ConfliBERT, 60.2 keywords on dev"
FIGURES = (
    Figure("documents, mean F1", ("docs", "mean_f1"), _GPT, 0.2243, typed=True),
    Figure("sentences, mean F1", ("task1_sentences", "mean_f1"), "46.8 keywords", 0.0513, typed=True),
)
SENTENCE_FLOORS = {"ANY_ACTION": 0.25, "ARREST": 0.1, "FAIL": -0.3, "FORCE": 0.25, "KILL": 0.05}
ARTICLE_FLOORS = {"ANY_ACTION": 0.5, "ARREST": 0.3, "FAIL": -0.2, "FORCE": -0.1, "KILL": -0.25}


def predict(folder: Path, line: Line, work: Path) -> list[str]:
    write_jsonl(work / "pred.jsonl", answers(read_jsonl(folder / "dev.jsonl"), line))
    return [str(folder / "dev.jsonl"), str(work / "pred.jsonl")]


def answers(rows: Iterable[dict[str, Any]], line: Line) -> Iterator[dict[str, Any]]:
    """One prediction a document, from its sentences."""
    for row in rows:
        sentences = [sentence["text"] for sentence in row["sentences"]]
        chances = labels(sentences, f"india {row['doc_id']}", line)
        best = chances.max(axis=0) if len(chances) else np.zeros(len(POLICE))
        yield {
            "doc_id": row["doc_id"],
            "labels": _above(best, ARTICLE_FLOORS),
            "scores": {label: float(chance) for label, chance in zip(POLICE, best, strict=True)},
            "sentences": [
                {"sent_id": sentence["sent_id"], "labels": _above(chance, SENTENCE_FLOORS)}
                for sentence, chance in zip(row["sentences"], chances, strict=True)
            ],
        }


def labels(sentences: list[str], group: str, line: Line) -> Floats:
    """(sentences, labels) scores."""
    found = [scores("police", sentence, group, line) for sentence in sentences]
    return np.array(found, dtype=np.float32).reshape(len(sentences), len(POLICE))


def _above(chances: Floats, floors: dict[str, float]) -> list[str]:
    """The labels that hold; who killed or used force acted, and whoever killed used force."""
    found = {label for label, chance in zip(POLICE, chances, strict=True) if chance > floors[label]}
    if "KILL" in found:
        found.add("FORCE")
    if found & {"FORCE", "ARREST"}:
        found.add("ANY_ACTION")
    return sorted(found)
