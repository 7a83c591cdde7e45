"""`python -m training.messages TRAIN`: fits the linear model of `eval.messages` on the `train` part of MUC-4."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import scipy.sparse
from sklearn.linear_model import LogisticRegression

from eval.harness import read_jsonl
from eval.messages import HASHES, WEIGHTS, counts
from eval.schemes import MUC_TYPES

COST = 30.0  # how freely it may fit


def main(path: Path) -> None:
    rows = list(read_jsonl(path))
    table = scipy.sparse.lil_matrix((len(rows), HASHES), dtype=np.float32)
    for number, row in enumerate(rows):
        for at, count in counts(row["text"]).items():
            table[number, at] = count
    seen = np.asarray((table > 0).sum(axis=0)).ravel()
    rarity = np.log((1 + len(rows)) / (1 + seen)) + 1
    weighed = scipy.sparse.csr_matrix(table).multiply(rarity).tocsr()
    length = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    weighed = scipy.sparse.diags(1 / np.maximum(length, 1e-9)) @ weighed
    kinds = [{kind for template in row["templates"] for kind in template["type"].split(" / ")} for row in rows]
    targets = [[bool(found) for found in kinds], *([kind in found for found in kinds] for kind in MUC_TYPES)]
    models = [LogisticRegression(C=COST, max_iter=300).fit(weighed, target) for target in targets]
    weights = np.stack([model.coef_[0] for model in models], axis=1).astype(np.float16)
    bias = np.array([model.intercept_[0] for model in models], dtype=np.float32)
    np.savez_compressed(WEIGHTS, weights=weights, bias=bias, rarity=rarity.astype(np.float16))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
