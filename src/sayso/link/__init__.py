"""Joins articles: copies, origins, incidents with their tolls, stories. Pure functions of analyses and judgements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sayso.link.engine import relink
from sayso.linkindex import MemoryIndex
from sayso.model import Analysis, Judgement, Links

__all__ = ["link", "relink"]


def link(analyses: Sequence[Analysis], judgements: Iterable[Judgement] = ()) -> Links:
    """Everything that joins these articles; the same whatever the order of analyses and judgements."""
    kept = {analysis.article.id: analysis for analysis in sorted(analyses, key=_key)}
    index = MemoryIndex(kept.get)
    for id in sorted(kept):
        index.hold(kept[id])
    relink(index, judgements)
    return index.links()


def _key(analysis: Analysis) -> tuple[str, int]:
    """By article; of two analyses of one article the fuller comes last and is kept."""
    return analysis.article.id, len(analysis.events) + len(analysis.claims) + len(analysis.tolls)
