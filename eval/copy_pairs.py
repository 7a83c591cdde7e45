"""Copies as desks make them: pairs of reports, with what each is known to be, against `copy_of`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from eval.harness import Figure, Line
from gold.copies import HALVES, Alteration, Pair, read_pairs
from sayso.link.copies import copy_of
from sayso.model import Article, Change, ChangeKind, Copy

_NONE = "none known; this set is ours"
# Trivial: everything is called an edited copy of the longer; or nothing is a copy.
FIGURES = tuple(
    figure
    for half in HALVES
    for figure in (
        Figure(f"{half} kind", (half, "kind"), _NONE, 0.28, in_sample=half == "dev"),
        Figure(f"{half} direction", (half, "direction"), _NONE, 0.7, in_sample=half == "dev"),
        Figure(f"{half} direction, undated", (half, "undated"), _NONE, 0.5, in_sample=half == "dev"),
        Figure(f"{half} changes found", (half, "changes", "found"), _NONE, 0.0, in_sample=half == "dev"),
        Figure(f"{half} changes named", (half, "changes", "named"), _NONE, 0.0, in_sample=half == "dev"),
        Figure(f"{half} changes true", (half, "changes", "true"), _NONE, 0.0, in_sample=half == "dev"),
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
        "changes": _changes(pairs, found),
        "confusion": dict(sorted(confusion.items())),
        "wrong": [
            pair.id for pair in pairs
            if _kind(found[pair.id]) != (pair.kind or "none") or (pair.kind and not _directed(pair, found[pair.id]))
        ],
    }  # fmt: skip


def _changes(pairs: Sequence[Pair], found: Mapping[str, Copy | None]) -> dict[str, Any]:
    """Of what an editing hand altered, the shares that are found and found of the right kind; how much of what is
    called altered is so (what was left out or put in is not asked: hands cut whole paragraphs too)."""
    there = named = total = true = called = 0
    for pair in (pair for pair in pairs if pair.kind == "edited"):
        copy = found[pair.id]
        changes = [c for c in copy.changes if c.kind not in _WHOLE] if copy else []
        sides = pair.articles() if pair.source == "one" else pair.articles()[::-1]
        hit: set[int] = set()
        for alteration in pair.alterations:
            at = [n for n, change in enumerate(copy.changes if copy else ()) if _meets(change, alteration, *sides)]
            total, there = total + 1, there + bool(at)
            named += any(copy is not None and str(copy.changes[n].kind) == alteration.kind for n in at)
            hit |= set(at)
        called += len(changes)
        true += sum(copy is not None and copy.changes[n].kind not in _WHOLE for n in hit)
    return {
        "found": _part(there, total), "named": _part(named, total), "true": _part(true, called), "altered": total,
        "called": called,
    }  # fmt: skip


_WHOLE = (ChangeKind.OMISSION, ChangeKind.ADDITION)


def _meets(change: Change, alteration: Alteration, early: Article, late: Article) -> bool:
    """Whether a change stands where a hand altered something, in the original or in the copy."""
    for span, words, article in ((change.before, alteration.before, early), (change.after, alteration.after, late)):
        start = article.text.find(words) if words else -1
        if span and start >= 0 and span.start < start + len(words) and start < span.end:
            return True
    return False


def _part(count: int, total: int) -> float:
    return round(count / total, 4) if total else 0.0


def _kind(copy: Copy | None) -> str:
    return str(copy.kind) if copy else "none"


def _directed(pair: Pair, copy: Copy | None) -> bool:
    """Whether the copy points at the side that it was taken from."""
    return copy is not None and copy.of == f"{pair.id}-{1 if pair.source == 'one' else 2}"


def _share(answers: Any) -> float:
    listed = list(answers)
    return round(sum(listed) / len(listed), 4) if listed else 0.0
