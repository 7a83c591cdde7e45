"""Police activity by sentence, article and day, by its words and the typer's head for these labels.

A label holds where its score passes a threshold; an article has the labels of its sentences. A threshold is that of
the best F1, smoothed over seven steps. With folds each is chosen on the folds of other texts; without them those below
hold, which were chosen so on the whole dev half with cross-fitted scores (0.743 for articles there).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

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

_STEPS, _SMOOTH = np.arange(-1.2, 1.0, 0.05), 7

Row = dict[str, Any]
Floors = tuple[dict[str, float], dict[str, float]]  # of sentences, of articles


def predict(folder: Path, line: Line, work: Path) -> list[str]:
    rows = list(read_jsonl(folder / "dev.jsonl"))
    seen = [labels([sentence["text"] for sentence in row["sentences"]], _group(row), line) for row in rows]
    folds = [line.typers.fold(_group(row)) for row in rows]
    floors = {fold: chosen_floors(rows, seen, folds, fold) for fold in set(folds)}
    write_jsonl(work / "pred.jsonl", map(answer, rows, seen, (floors[fold] for fold in folds)))
    return [str(folder / "dev.jsonl"), str(work / "pred.jsonl")]


def answer(row: Row, chances: Floats, floors: Floors) -> Row:
    """One prediction a document, from its sentences."""
    best = _best(chances)
    return {
        "doc_id": row["doc_id"],
        "labels": _above(best, floors[1]),
        "scores": {label: float(chance) for label, chance in zip(POLICE, best, strict=True)},
        "sentences": [
            {"sent_id": sentence["sent_id"], "labels": _above(chance, floors[0])}
            for sentence, chance in zip(row["sentences"], chances, strict=True)
        ],
    }


def chosen_floors(rows: Sequence[Row], seen: Sequence[Floats], folds: Sequence[int | None], fold: int | None) -> Floors:
    """The thresholds of sentences and of articles for the texts of a fold, chosen on all others."""
    if fold is None:
        return SENTENCE_FLOORS, ARTICLE_FLOORS
    kept = [(row, chances) for row, chances, own in zip(rows, seen, folds, strict=True) if own != fold]
    told = [[_told(sentence) for sentence in row["sentences"]] for row, _ in kept]
    sentences = np.array([one for each in told for one in each]), np.concatenate([chances for _, chances in kept])
    articles = np.array([np.any(each, axis=0) for each in told]), np.array([_best(chances) for _, chances in kept])
    return _floors(*sentences), _floors(*articles)


def _told(sentence: Row) -> list[bool]:
    return [label in sentence["labels"] for label in POLICE]


def _best(chances: Floats) -> Floats:
    """(labels,) the highest score of any sentence."""
    found: Floats = chances.max(axis=0) if len(chances) else np.full(len(POLICE), -np.inf, dtype=np.float32)
    return found


def _floors(told: npt.NDArray[np.bool_], scores: Floats) -> dict[str, float]:
    return {label: _floor(told[:, at], scores[:, at]) for at, label in enumerate(POLICE)}


def _floor(told: npt.NDArray[np.bool_], scores: Floats) -> float:
    """The threshold of the best F1, smoothed over `_SMOOTH` steps."""
    hits = [scores > step for step in _STEPS]
    curve = np.array([2 * (hit & told).sum() / max(1, hit.sum() + told.sum()) for hit in hits])
    padded = np.pad(curve, _SMOOTH // 2, mode="edge")
    return float(_STEPS[np.convolve(padded, np.ones(_SMOOTH) / _SMOOTH, "valid").argmax()])


def _group(row: Row) -> str:
    return f"india {row['doc_id']}"


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
