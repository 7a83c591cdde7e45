"""Reads gradient-boosted trees with numpy alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Trees:
    """Many binary trees in flat arrays; a leaf points at itself and its threshold is infinite."""

    roots: NDArray[np.int32]  # node number of each tree's root
    feature: NDArray[np.int32]  # column compared at each node
    threshold: NDArray[np.float32]  # at most this: to `left`, else to the node after it
    left: NDArray[np.int32]
    value: NDArray[np.float32]  # added to the score at a leaf
    depth: int
    base: float

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[np.float32]], name: str) -> Trees:
        """Trees stored in an NPZ file under names that begin with `name`."""
        depth, base = arrays[f"{name}_shape"]
        return cls(
            arrays[f"{name}_roots"].astype(np.int32),
            arrays[f"{name}_feature"].astype(np.int32),
            arrays[f"{name}_threshold"].astype(np.float32),
            arrays[f"{name}_left"].astype(np.int32),
            arrays[f"{name}_value"].astype(np.float32),
            int(depth),
            float(base),
        )

    def probability(self, rows: Rows) -> NDArray[np.float64]:
        """The probability that each row is a case, shape (rows,); rows are (rows, features)."""
        count, width = rows.shape
        flat, offsets = rows.ravel(), (np.arange(count, dtype=np.int32) * width)[:, None]
        node = np.broadcast_to(self.roots, (count, len(self.roots)))
        for _ in range(self.depth):
            asked = flat.take(self.feature.take(node) + offsets)
            node = self.left.take(node) + (asked > self.threshold.take(node))
        score: NDArray[np.float64] = self.base + self.value.take(node).sum(axis=1, dtype=np.float64)
        return 1.0 / (1.0 + np.exp(-score))
