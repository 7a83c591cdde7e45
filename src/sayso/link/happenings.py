"""Which tellings of two articles are of one happening: edges of the graph that incidents are cut from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.link.cards import Card
from sayso.link.cluster import ordered
from sayso.link.compare import compare_tellings, named_in_both
from sayso.link.graph import CUT
from sayso.link.neighbours import LATE
from sayso.link.tellings import Telling, akin, places_conflict
from sayso.ports import Edge, Layer

ALIKE = 0.3  # articles this likely to tell one happening have their main tellings compared
INSIDE = 0.5  # how likely two tellings of one article are told of one happening, before they are compared


def node_of(telling: Telling) -> str:
    """The name of a telling in the graph."""
    return f"{telling.article}/{telling.id}"


def article_in(node: str) -> str:
    """The article of a telling by its name; an outlet's own id, which may be an address with any number of strokes."""
    return node.rpartition("/")[0]


def event_in(node: str) -> str:
    """The event that a telling is named by."""
    return node.rpartition("/")[2]


def happening_edges(one: Sequence[Telling], two: Sequence[Telling], alike: float) -> Iterator[Edge]:
    """Edges between the tellings of two articles, which tell one main happening at `alike`."""
    for left in one:
        for right in two:
            if may_be_one(left, right, alike):
                yield from _edge(left, right, alike)


def inner_edges(card: Card) -> Iterator[Edge]:
    """Edges between the tellings of one article."""
    for at, left in enumerate(card.tellings):
        for right in card.tellings[at + 1 :]:
            if may_be_one(left, right, 0.0):
                yield from _edge(left, right, INSIDE)


def _edge(left: Telling, right: Telling, alike: float) -> Iterator[Edge]:
    score, _ = compare_tellings(left, right, alike)
    if score >= CUT:
        yield Edge(Layer.HAPPENING, *ordered(node_of(left), node_of(right)), round(score, 6))


def may_be_one(one: Telling, two: Telling, alike: float) -> bool:
    """Whether two tellings are worth comparing; running totals belong to their crisis instead."""
    if one.total or two.total or not akin(one, two) or places_conflict(one.place, two.place):
        return False
    if one.verbal and two.verbal and alike < 1 and not named_in_both(one, two):
        return False  # words are many and alike: they are one act only where the same people are named, or in a copy
    if one.days and two.days and max(one.days[0] - two.days[1], two.days[0] - one.days[1]) > 1:
        return False
    if alike >= ALIKE and one.main and two.main:
        return True
    return _near(one, two) and not one.keys.isdisjoint(two.keys)


def _near(one: Telling, two: Telling) -> bool:
    """Whether the days, or else those of publication, lie close enough; two days in a row may be one night."""
    left, right = one.days or _filed(one), two.days or _filed(two)
    if left is None or right is None:
        return True
    return max(left[0] - right[1], right[0] - left[1]) <= (1 if one.days and two.days else LATE + 1)


def _filed(telling: Telling) -> tuple[int, int] | None:
    return (telling.published, telling.published) if telling.published is not None else None
