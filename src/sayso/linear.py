"""Linear models over named features, as `data/*.npz` hold them: weights in steps of one byte.

Each is written by `training.parties.write`; its card beside it says what it was fitted on.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from sayso.knowledge import blob


@dataclass(frozen=True, slots=True)
class Linear:
    """A row of weights for each feature and for each number of a view, a column for each class."""

    classes: tuple[str, ...]
    rows: Mapping[str, int]
    weights: npt.NDArray[np.float32]
    views: npt.NDArray[np.float32] | None = None

    def single(self) -> Mapping[str, float]:
        """The weights by feature, where there is one class."""
        return dict(zip(self.rows, map(float, self.weights[:, 0]), strict=True))


@cache
def open_linear(name: str) -> Linear:
    """The shipped model of a name; ModelMissing where there is none."""
    with np.load(io.BytesIO(blob(name)), allow_pickle=False) as arrays:
        names = arrays["features"].tobytes().decode("utf-8").split("\n")
        classes = tuple(arrays["classes"].tobytes().decode("utf-8").split("\n"))
        weights = arrays["weights"].astype(np.float32) * np.float32(arrays["scale"])
        views = arrays["views"].astype(np.float32) if "views" in arrays.files else None
    return Linear(classes, {name: row for row, name in enumerate(names)}, weights, views)
