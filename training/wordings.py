"""`python -m training.wordings`: fits the linear models of `eval.wordings`, whole and for each part left out.

    python -m training.wordings SCHEME --bench BENCH [--typers FOLDER] [--cache FOLDER]

SCHEME is penta, acled, police or root. Without --typers, `eval/wordings/SCHEME.npz` is fitted on everything with the
shipped typer. FOLDER is what `training.typer export` wrote: each text is then read with the typer that never saw it,
and every model's own texts with that same typer, so that nothing of a text is in what is asked about it. Parts are
fifths of the typer's folds; written are `FOLDER/wordings/SCHEME-PART.npz` for `python -m eval --typers`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import scipy.sparse
from sklearn.svm import LinearSVC

from eval.harness import Line, group_key
from eval.schemes import ACLED, PAIR_ROOTS, POLICE
from eval.wordings import FOLDER, HASHES, Linear, Pair, Wording, read, save, stack
from sayso.extract.events.typer import Model, open_model
from sayso.model import Article, Parsed
from sayso.pipeline import analyse
from training.typer.__main__ import FOLDS
from training.typer.data import Example, cameo, case21, folds, india, plover

PARTS = 5 * FOLDS
SOURCES = {"penta": cameo, "acled": case21, "police": india, "root": plover}
CLASSES = {"penta": 5, "acled": len(ACLED), "police": len(POLICE), "root": len(PAIR_ROOTS)}
# How freely a model may fit, the weight of the encoder's mean, the share of the typer's head: chosen cross-fitted.
COST = {"penta": 1.0, "acled": 1.0, "police": 0.3, "root": 1.0}
VECTOR = {"penta": 0.0, "acled": 2.0, "police": 1.0, "root": 0.0}
SHARE = {"penta": 0.15, "acled": 0.05, "police": 0.1, "root": 0.1}


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m training.wordings", description=__doc__)
    parser.add_argument("scheme", choices=SOURCES)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--typers", type=Path, help="fit the folds with these; without it, what is shipped")
    parser.add_argument("--cache", type=Path)
    chosen = parser.parse_args(argv)
    name, line = chosen.scheme, Line(chosen.cache)
    examples = [example for example in SOURCES[name](chosen.bench) if name == "root" or name in example.sentence]
    labels = targets(examples, CLASSES[name])
    parts = np.array(folds(examples, PARTS))
    pairs = [(example.acts[0].actors, example.acts[0].recipients) if example.acts else None for example in examples]
    parsed = list(line.parse(Article(example.text) for example in examples))
    if chosen.typers is None:
        save(FOLDER / f"{name}.npz", fit(name, wordings(parsed, pairs, line, open_model()), labels))
        return 0
    for third in range(FOLDS):
        texts = wordings(parsed, pairs, line, open_model(chosen.typers / f"without-{third}"))
        for part in range(third, PARTS, FOLDS):
            kept = parts != part
            fitted = fit(name, [text for text, keep in zip(texts, kept, strict=True) if keep], labels[kept])
            save(chosen.typers / "wordings" / f"{name}-{part}.npz", fitted)
    table = {group_key(example.group): int(part) for example, part in zip(examples, parts, strict=True)}
    (chosen.typers / "wordings" / f"{name}.json").write_text(json.dumps(table), "utf-8")
    return 0


def wordings(parsed: Sequence[Parsed], pairs: Sequence[Pair | None], line: Line, model: Model) -> list[Wording]:
    """All texts, or pairs in them, as one typer sees them."""
    return [
        read(one, analyse(one, line.gazetteer, model), model.encoder.encode([one.article.text])[0], pair)
        for one, pair in zip(parsed, pairs, strict=True)
    ]


def targets(examples: Sequence[Example], classes: int) -> np.ndarray:
    """(texts, classes) of 0 and 1."""
    found = np.zeros((len(examples), classes), dtype=int)
    for row, example in enumerate(examples):
        for label in [*example.sentence.values(), *(act.labels["root"] for act in example.acts)]:
            found[row] = label if isinstance(label, list) else np.eye(classes, dtype=int)[label]
    return found


def fit(name: str, texts: Sequence[Wording], labels: np.ndarray) -> Linear:
    """One model a class against all others, classes balanced; a class never seen scores -1."""
    rows, columns, values = zip(*stack(texts), strict=True)
    counts = scipy.sparse.csr_matrix((values, (rows, columns)), shape=(len(texts), HASHES))
    rarity = np.log((1 + len(texts)) / (1 + np.bincount(columns, minlength=HASHES))) + 1
    weighed = counts.multiply(rarity).tocsr()
    length = np.sqrt(weighed.multiply(weighed).sum(axis=1)).A1
    words = scipy.sparse.diags(1 / np.maximum(length, 1e-9)) @ weighed
    vectors = VECTOR[name] * np.stack([text.mean for text in texts])
    inputs = scipy.sparse.hstack([words, vectors]).tocsr()
    weights = np.zeros((inputs.shape[1], labels.shape[1]), dtype=np.float32)
    bias = np.full(labels.shape[1], -1.0, dtype=np.float32)
    for column in range(labels.shape[1]):
        if labels[:, column].any():
            fitted = LinearSVC(C=COST[name], class_weight="balanced", random_state=1).fit(inputs, labels[:, column])
            weights[:, column], bias[column] = fitted.coef_[0], fitted.intercept_[0]
    weights[HASHES:] *= VECTOR[name]
    return Linear(weights, bias, rarity.astype(np.float32), SHARE[name])


if __name__ == "__main__":
    sys.exit(main())
