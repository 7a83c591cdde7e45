"""Gradient-boosted trees of scikit-learn as the flat arrays that `sayso.trees` reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier


def flatten(name: str, model: HistGradientBoostingClassifier) -> dict[str, Any]:
    """The trees as flat arrays in which the right child follows the left one."""
    feature: list[int] = []
    threshold: list[float] = []
    left: list[int] = []
    value: list[float] = []
    roots: list[int] = []
    depth = 0
    for (tree,) in model._predictors:
        nodes = tree.nodes
        depth = max(depth, int(nodes["depth"].max()))
        start = len(feature)
        place = {0: start}
        roots.append(start)
        order, size = [0], 1
        for node in order:
            if not nodes[node]["is_leaf"]:
                for child in (int(nodes[node]["left"]), int(nodes[node]["right"])):
                    place[child] = start + size
                    size += 1
                    order.append(child)
        for node in order:
            leaf = bool(nodes[node]["is_leaf"])
            feature.append(0 if leaf else int(nodes[node]["feature_idx"]))
            threshold.append(np.inf if leaf else float(nodes[node]["num_threshold"]))
            left.append(place[node] if leaf else place[int(nodes[node]["left"])])
            value.append(float(nodes[node]["value"]) if leaf else 0.0)
    return {
        f"{name}_feature": np.asarray(feature, np.int16),
        f"{name}_threshold": np.asarray(threshold, np.float32),
        f"{name}_left": np.asarray(left, np.int32),
        f"{name}_value": np.asarray(value, np.float32),
        f"{name}_roots": np.asarray(roots, np.int32),
        f"{name}_shape": np.asarray([depth, float(model._baseline_prediction.ravel()[0])]),
    }


def flatten_mean(name: str, models: Sequence[HistGradientBoostingClassifier]) -> dict[str, Any]:
    """Several models as one, whose score is the mean of theirs."""
    parts = [flatten(name, model) for model in models]
    starts = np.cumsum([0, *(len(part[f"{name}_feature"]) for part in parts[:-1])])
    shapes = np.array([part[f"{name}_shape"] for part in parts])
    found = {key: np.concatenate([part[f"{name}_{key}"] for part in parts]) for key in ("feature", "threshold")}
    for key in ("left", "roots"):
        moved = [part[f"{name}_{key}"] + start for part, start in zip(parts, starts, strict=True)]
        found[key] = np.concatenate(moved).astype(np.int32)
    found["value"] = np.concatenate([part[f"{name}_value"] for part in parts]) / np.float32(len(parts))
    found["shape"] = np.array([shapes[:, 0].max(), shapes[:, 1].mean()])
    return {f"{name}_{key}": values for key, values in found.items()}
