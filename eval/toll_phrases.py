"""Toll phrases of `gold/tolls/`, coded after `gold/TOLLS.md`: harm, bounds and kind of victims as one report puts them.

Tolls whose words overlap are paired one to one, of the same harm first. A rate of harm, bounds or victims is a share
of the gold tolls, found or not; "all right" is F1, so that a made-up toll costs as much as a missed one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from eval.harness import Figure, Line
from gold.tolls import PARTS, GoldToll, TollText, is_here, load
from sayso.model import Article, Toll

_ROWS = (
    ("harm", 0.0),
    ("bounds", 0.0),
    ("victims", 0.0),
    ("all right F1", 0.0),
    ("recall", 0.0),
    ("precision", 0.0),
    ("cumulative", 0.0),
    ("part", 0.0),
    ("withdrawn", 0.0),
    ("free of tolls", 1.0),
)
# The rules were written while reading dev and more; nothing was ever fitted on blind.
FIGURES = tuple(
    Figure(f"{part}: {name}", (part, name), "", trivial, in_sample=part != "blind")
    for part in PARTS
    if is_here(part)
    for name, trivial in _ROWS
)


def measure(line: Line) -> dict[str, Any]:
    """The figures of each part that is here."""
    found: dict[str, Any] = {}
    for part in filter(is_here, PARTS):
        texts = load(part)
        coded = line.code(Article(text.text, lang="en", id=text.id) for text in texts)
        found[part] = score(texts, [analysis.tolls for analysis in coded])
    return found


Pair = tuple[GoldToll, Toll]


def score(texts: Sequence[TollText], coded: Iterable[Sequence[Toll]]) -> dict[str, float]:
    """The rates of `measure`; flags are judged on pairs of the same harm."""
    pairs: list[Pair] = []
    gold = found = empty = 0
    for text, tolls in zip(texts, coded, strict=True):
        pairs += match(text.tolls, tolls)
        gold, found = gold + len(text.tolls), found + len(tolls)
        empty += not text.tolls and not tolls
    same = [(one, two) for one, two in pairs if one.harm is two.harm]
    right = sum(_bounds(one, two) and one.kind is two.kind for one, two in same)
    return {
        "harm": len(same) / max(gold, 1),
        "bounds": sum(_bounds(*pair) for pair in pairs) / max(gold, 1),
        "victims": sum(one.kind is two.kind for one, two in pairs) / max(gold, 1),
        "all right F1": 2 * right / max(gold + found, 1),
        "recall": len(same) / max(gold, 1),
        "precision": len(same) / max(found, 1),
        "cumulative": _agree(same, "cumulative"),
        "part": _agree(same, "part"),
        "withdrawn": _agree(same, "withdrawn"),
        "free of tolls": empty / max(sum(not text.tolls for text in texts), 1),
    }


def match(gold: Sequence[GoldToll], found: Sequence[Toll]) -> list[Pair]:
    """Tolls whose words overlap, one to one: of the same harm first, then the same bounds, then the longest overlap."""
    ranked = sorted(
        (one.harm is not two.harm, not _bounds(one, two), -_shared(one, two), i, j)
        for i, one in enumerate(gold)
        for j, two in enumerate(found)
        if one.span.overlaps(two.span)
    )
    taken: tuple[set[int], set[int]] = set(), set()
    pairs = []
    for *_, i, j in ranked:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((gold[i], found[j]))
    return pairs


def _shared(one: GoldToll, two: Toll) -> int:
    return min(one.span.end, two.span.end) - max(one.span.start, two.span.start)


def _bounds(one: GoldToll, two: Toll) -> bool:
    return (one.low, one.high) == (two.low, two.high)


def _agree(pairs: Sequence[Pair], flag: str) -> float:
    return sum(getattr(one, flag) == getattr(two, flag) for one, two in pairs) / max(len(pairs), 1)
