"""Walks the graph of what may belong together: components, which alone decide how their members are grouped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sayso.link.cluster import Pair, ordered
from sayso.ports import Edge, Layer, LinkIndex

CUT = 0.2  # a pair that belongs together less likely than this is no edge, so that components stay small


def component(
    index: LinkIndex, layer: Layer, start: Iterable[str], beside: Mapping[str, Iterable[str]] | None = None
) -> tuple[set[str], list[Edge]]:
    """All nodes that edges reach from some, and those edges; `beside` holds further neighbours that analysts named."""
    nodes: set[str] = set()
    edges: dict[Pair, Edge] = {}
    border = set(start)
    while border:
        nodes |= border
        found = index.edges(layer, sorted(border))
        edges.update((ordered(edge.left, edge.right), edge) for edge in found)
        reached = {end for edge in found for end in (edge.left, edge.right)}
        for node in border:
            reached.update((beside or {}).get(node, ()))
        border = reached - nodes
    return nodes, [edges[pair] for pair in sorted(edges)]


def components(nodes: Iterable[str], pairs: Iterable[Pair]) -> list[list[str]]:
    """The connected groups of these nodes, each sorted, in order of their first member."""
    from sayso.union import Union

    union = Union()
    known = sorted(set(nodes))
    for left, right in pairs:
        union.join(left, right)
    groups: dict[str, list[str]] = {}
    for node in known:
        groups.setdefault(union.find(node), []).append(node)
    return sorted(groups.values())
