"""Copies as desks make them: pairs of reports, with what each is known to be, against `copy_of`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from eval.harness import Figure, Line
from gold.copies import HALVES, Pair, read_pairs
from sayso.link.copies import copy_of
from sayso.model import Copy

_NONE = "none known; this set is ours"
# Trivial: everything is called an edited copy of the longer; or nothing is a copy.
FIGURES = tuple(
    figure
    for half in HALVES
    for figure in (
        Figure(f"{half} kind", (half, "kind"), _NONE, 0.28, in_sample=half == "dev"),
        Figure(f"{half} direction", (half, "direction"), _NONE, 0.7, in_sample=half == "dev"),
        Figure(f"{half} direction, undated", (half, "undated"), _NONE, 0.5, in_sample=half == "dev"),
        Figure(f"{half} independent as copies", (half, "false"), _NONE, 0.0, half == "dev", lower_is_better=True),
    )
)


def measure(line: Line) -> dict[str, Any]:
    """The figures of each half, with the confusion of kinds and the pairs that went wrong."""
    pairs = read_pairs()
    return {half: score_half([pair for pair in pairs if pair.half == half]) for half in HALVES}


def score_half(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Shares over all true copies, a missed one being wrong; and the share of independent pairs called copies."""
    found = {pair.id: copy_of(*pair.articles()) for pair in pairs}
    true = [pair for pair in pairs if pair.kind]
    undated = [pair for pair in true if pair.one.published is None]
    own = [pair for pair in pairs if pair.kind is None]
    confusion = Counter(f"{pair.kind or 'none'} as {_kind(found[pair.id])}" for pair in pairs)
    return {
        "pairs": len(pairs),
        "kind": _share(_kind(found[pair.id]) == pair.kind for pair in true),
        "direction": _share(_directed(pair, found[pair.id]) for pair in true),
        "undated": _share(_directed(pair, found[pair.id]) for pair in undated),
        "false": _share(found[pair.id] is not None for pair in own),
        "confusion": dict(sorted(confusion.items())),
        "wrong": [
            pair.id for pair in pairs
            if _kind(found[pair.id]) != (pair.kind or "none") or (pair.kind and not _directed(pair, found[pair.id]))
        ],
    }  # fmt: skip


def _kind(copy: Copy | None) -> str:
    return str(copy.kind) if copy else "none"


def _directed(pair: Pair, copy: Copy | None) -> bool:
    """Whether the copy points at the side that it was taken from."""
    return copy is not None and copy.of == f"{pair.id}-{1 if pair.source == 'one' else 2}"


def _share(answers: Any) -> float:
    listed = list(answers)
    return round(sum(listed) / len(listed), 4) if listed else 0.0
