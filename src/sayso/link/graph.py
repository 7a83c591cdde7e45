"""Walks the graph of what may belong together: components, which alone decide how their members are grouped.

Weak edges join almost everything that is written in a busy week. So a component is taken at the lowest level of
scores at which it is no crowd: where little is reported weak likeness counts, where much is it does not. As a crowd at
one level is one for all its members, each node is in one component whatever node is asked for, and a component never
costs more to find than a crowd.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sayso.link.cluster import Pair, ordered
from sayso.ports import Edge, Layer, LinkIndex
from sayso.union import Union

LEVELS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
CUT = LEVELS[0]  # a pair that belongs together less likely than this is no edge
CROWD = 120  # nodes


@dataclass(frozen=True, slots=True)
class Component:
    """Nodes that edges of one level join, with those edges."""

    nodes: frozenset[str]
    edges: tuple[Edge, ...]

    @property
    def scores(self) -> dict[Pair, float]:
        return {(edge.left, edge.right): edge.score for edge in self.edges}


def component_of(
    index: LinkIndex, layer: Layer, node: str, without: Collection[str] = (), crowd: int = CROWD
) -> Component:
    """The component of a node; `without` are nodes that are left out of the graph."""
    for level in LEVELS[:-1]:
        if found := _reach(index, layer, node, level, without, crowd):
            return found
    found = _reach(index, layer, node, LEVELS[-1], without, None)
    assert found is not None
    return found


def _reach(
    index: LinkIndex, layer: Layer, node: str, level: float, without: Collection[str], crowd: int | None
) -> Component | None:
    """All that edges of a level reach; None where that is a crowd."""
    nodes = {node}
    edges: dict[Pair, Edge] = {}
    border = {node}
    while border:
        found = {(edge.left, edge.right): edge for edge in index.edges(layer, sorted(border), level)}
        if without:
            found = {pair: edge for pair, edge in found.items() if pair[0] not in without and pair[1] not in without}
        edges.update(found)
        border = {end for pair in found for end in pair} - nodes
        nodes |= border
        if crowd is not None and len(nodes) > crowd:
            return None
    return Component(frozenset(nodes), tuple(edges[pair] for pair in sorted(edges)))


def touched_components(
    index: LinkIndex, layer: Layer, fresh: Iterable[str], lost: Iterable[str] = (), crowd: int = CROWD
) -> list[Component]:
    """The components, as they are now, of all nodes whose component `fresh` ones may have changed, and of `lost`."""
    new = set(fresh)
    wanted = new | set(lost)
    near = {end for edge in index.edges(layer, sorted(new), CUT) for end in (edge.left, edge.right)} - new
    for node in sorted(near):
        if node not in wanted:
            wanted |= component_of(index, layer, node, new, crowd).nodes
    return components_of(index, layer, wanted, crowd)


def components_of(index: LinkIndex, layer: Layer, nodes: Iterable[str], crowd: int = CROWD) -> list[Component]:
    """The components of these nodes, each once."""
    found = []
    left = sorted(set(nodes), reverse=True)
    seen: set[str] = set()
    while left:
        node = left.pop()
        if node not in seen:
            found.append(component_of(index, layer, node, crowd=crowd))
            seen |= found[-1].nodes
    return found


def connected(nodes: Iterable[str], pairs: Iterable[Pair]) -> list[list[str]]:
    """The connected groups of these nodes, each sorted, in order of their first member."""
    union = Union()
    known = sorted(set(nodes))
    for left, right in pairs:
        union.join(*ordered(left, right))
    groups: dict[str, list[str]] = {}
    for node in known:
        groups.setdefault(union.find(node), []).append(node)
    return sorted(groups.values())
