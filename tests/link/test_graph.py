"""Components of the graph of edges: at the lowest level at which they are no crowd, whatever node is asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.link.graph import LEVELS, component_of, connected, touched_components
from sayso.linkindex import MemoryIndex
from sayso.ports import Edge, Layer

NODES = "abcdefghij"
CROWD = 4

pairs = st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(lambda pair: pair[0] < pair[1])
graphs = st.dictionaries(pairs, st.integers(20, 100).map(lambda score: score / 100), max_size=25)


def index_of(graph: dict[tuple[str, str], float]) -> MemoryIndex:
    index = MemoryIndex({}.get)
    index.put_edges([Edge(Layer.NEWS, left, right, score) for (left, right), score in graph.items()])
    return index


def expected(graph: dict[tuple[str, str], float], node: str) -> frozenset[str]:
    for level in LEVELS:
        strong = [pair for pair, score in graph.items() if score >= level]
        found = next(group for group in connected(NODES, strong) if node in group)
        if len(found) <= CROWD or level == LEVELS[-1]:
            return frozenset(found)
    raise AssertionError


@given(graphs, st.sampled_from(NODES))
def test_a_component_is_what_the_lowest_level_without_a_crowd_joins(
    graph: dict[tuple[str, str], float], node: str
) -> None:
    found = component_of(index_of(graph), Layer.NEWS, node, CROWD)
    assert found.nodes == expected(graph, node)
    assert all(
        {left, right} <= found.nodes and score == graph[left, right] for (left, right), score in found.scores.items()
    )


@given(graphs, st.sampled_from(NODES))
def test_all_whose_component_a_new_node_changed_are_touched(graph: dict[tuple[str, str], float], new: str) -> None:
    before = {pair: score for pair, score in graph.items() if new not in pair}
    touched = touched_components(index_of(graph), Layer.NEWS, [new], crowd=CROWD)
    known = {node for component in touched for node in component.nodes}
    assert len(known) == sum(len(component.nodes) for component in touched)
    assert {node for node in NODES if expected(graph, node) != expected(before, node)} <= known
