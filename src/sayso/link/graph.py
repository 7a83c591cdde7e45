"""Walks the graph of what may belong together: components, which alone decide how their members are grouped.

Weak edges join almost everything that is written in a busy week. So a component is taken at the lowest level of
scores at which it is no crowd: where little is reported weak likeness counts, where much is it does not. As a crowd at
one level is one for all its members, each node is in one component whatever node is asked for, and a component never
costs more to find than a crowd.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sayso.link.cluster import Pair, ordered
from sayso.ports import Edge, Layer, LinkIndex
from sayso.union import Union

LEVELS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
CUT = LEVELS[0]  # a pair that belongs together less likely than this is no edge
CROWD = 120  # nodes
STRIDE = 8  # nodes whose edges are read at once: a crowd is known before all of its edges are


@dataclass(frozen=True, slots=True)
class Component:
    """Nodes that edges of one level join, with those edges."""

    nodes: frozenset[str]
    edges: tuple[Edge, ...]

    @property
    def scores(self) -> dict[Pair, float]:
        return {(edge.left, edge.right): edge.score for edge in self.edges}


class Graph:
    """One layer of edges as it stands, each node's edges read once; `without` are nodes that are left out.

    What one walk found to be a crowd at some level is one for all that it came by: they need no walk of their own.
    """

    def __init__(self, index: LinkIndex, layer: Layer, crowd: int = CROWD) -> None:
        self._index = index
        self._layer = layer
        self._crowd = crowd
        self._edges: dict[str, dict[str, Edge]] = {}  # of a node, by their other end

    def components(self, nodes: Iterable[str], without: Collection[str] = ()) -> Iterator[Component]:
        """The components of these nodes, each once, in order of their first asked node."""
        seen: set[str] = set()
        crowded: dict[float, set[str]] = defaultdict(set)
        for node in sorted(set(nodes)):
            if node not in seen:
                found = self._component(node, without, crowded)
                seen |= found.nodes
                yield found

    def neighbours(self, nodes: Collection[str]) -> set[str]:
        """The other ends of these nodes' edges."""
        self._read(sorted(nodes))
        return {end for node in nodes for end in self._edges[node]} - {*nodes}

    def _component(self, node: str, without: Collection[str], crowded: dict[float, set[str]]) -> Component:
        for level in LEVELS[:-1]:
            if node in crowded[level]:
                continue
            nodes, whole = self._reach(node, level, without, self._crowd)
            if whole:
                return self._cut(nodes, level, without)
            crowded[level] |= nodes
        return self._cut(self._reach(node, LEVELS[-1], without, None)[0], LEVELS[-1], without)

    def _reach(self, node: str, level: float, without: Collection[str], crowd: int | None) -> tuple[set[str], bool]:
        """What edges of a level reach, and whether it is all; a walk ends where it has become a crowd."""
        nodes = {node}
        border = [node]
        while border:
            some, border = border[:STRIDE], border[STRIDE:]
            self._read(some)
            for here in some:
                for end, edge in self._edges[here].items():
                    if edge.score >= level and end not in nodes and end not in without:
                        nodes.add(end)
                        border.append(end)
            if crowd is not None and len(nodes) > crowd:
                return nodes, False
        return nodes, True

    def _cut(self, nodes: set[str], level: float, without: Collection[str]) -> Component:
        """The component of these nodes with its edges."""
        found = {
            (edge.left, edge.right): edge
            for node in nodes
            for edge in self._edges[node].values()
            if edge.score >= level and edge.left not in without and edge.right not in without
        }
        return Component(frozenset(nodes), tuple(found[pair] for pair in sorted(found)))

    def _read(self, nodes: Sequence[str]) -> None:
        unread = {node: dict[str, Edge]() for node in nodes if node not in self._edges}
        if unread:
            for edge in self._index.edges(self._layer, list(unread), CUT):
                for here, end in ((edge.left, edge.right), (edge.right, edge.left)):
                    if here in unread:
                        unread[here][end] = edge
            self._edges.update(unread)


def component_of(index: LinkIndex, layer: Layer, node: str, crowd: int = CROWD) -> Component:
    """The component of a node."""
    return next(Graph(index, layer, crowd).components([node]))


def touched_components(
    index: LinkIndex, layer: Layer, fresh: Iterable[str], lost: Iterable[str] = (), crowd: int = CROWD
) -> list[Component]:
    """The components, as they are now, of all nodes whose component `fresh` ones may have changed, and of `lost`."""
    new = set(fresh)
    wanted = new | set(lost)
    graph = Graph(index, layer, crowd)
    before = graph.components(graph.neighbours(new) - wanted, without=new)
    wanted |= {node for component in before for node in component.nodes}
    return list(graph.components(wanted))


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
