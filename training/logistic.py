"""Logistic regression over named features, by L-BFGS from zero or from what is thought before, so that runs agree."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix


def fit(
    shown: Sequence[Collection[str]],
    right: Sequence[bool],
    texts: Sequence[str],
    least: int,
    ridge: float,
    steps: int,
    worth: Sequence[float] | None = None,
    prior: Mapping[str, float] | None = None,
    bounds: Mapping[str, tuple[float | None, float | None]] | None = None,
) -> dict[str, float]:
    """A weight for each feature that so many texts show; `right`, `texts`, `worth` (1 each) run beside the examples.

    The ridge draws each weight to its `prior`, 0 where none is given. `bounds` are the least and the most
    that one may weigh.
    """
    showing: dict[str, set[str]] = {}
    for names, text in zip(shown, texts, strict=True):
        for name in names:
            showing.setdefault(name, set()).add(text)
    place = {name: at for at, name in enumerate(sorted(name for name, seen in showing.items() if len(seen) >= least))}
    table = _table(shown, place)
    wanted = np.where(np.asarray(right), 1.0, -1.0)
    drawn_to = np.array([(prior or {}).get(name, 0.0) for name in place])
    counts = np.ones(len(wanted)) if worth is None else np.asarray(worth)

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        margin = wanted * (table @ weights)
        slope = -counts * wanted / (1 + np.exp(margin))
        value = float(counts @ np.logaddexp(0, -margin)) + ridge / 2 * float(
            (weights - drawn_to) @ (weights - drawn_to)
        )
        return value, table.T @ slope + ridge * (weights - drawn_to)

    within = [(bounds or {}).get(name, (None, None)) for name in place]
    found = minimize(loss, drawn_to, jac=True, method="L-BFGS-B", bounds=within, options={"maxiter": steps})
    return dict(zip(place, map(float, found.x), strict=True))


def _table(shown: Sequence[Collection[str]], place: dict[str, int]) -> csr_matrix:
    columns = [[place[name] for name in sorted(set(names)) if name in place] for names in shown]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.concatenate([np.array(found, dtype=np.int64) for found in columns])
    return csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(shown), len(place)))
