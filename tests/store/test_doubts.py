"""What was decided by a narrow margin: found in order, a page at a time, each once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.listing import Doubt, Doubted, DoubtKind
from sayso.ports import Edge, Layer
from sayso.store import SqlStore
from tests.serve.doubtful import doubtful_archive

EDGES = [
    Edge(Layer.HAPPENING, f"article{number:02}/event{number:02}", f"article{number:02}/other{number:02}", score)
    for number, score in enumerate((0.31, 0.69, 0.5, 0.5, 0.29, 0.71, 0.45, 0.55, 0.62))
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    store = SqlStore(str(doubtful_archive(tmp_path / "own.db")))
    with store.linking() as index:
        index.put_edges(EDGES)
    yield store
    store.close()


def pages(store: SqlStore, asked: Doubted, size: int) -> list[Doubt]:
    found: list[Doubt] = []
    with store.catalogue() as lists:
        while page := lists.uncertain(asked, size, found[-1].after if found else None):
            assert len(page) <= size
            found += page
    return found


@pytest.mark.parametrize("kind", DoubtKind)
@pytest.mark.parametrize("size", [1, 2, 50])
def test_pages_hold_each_doubt_once_and_in_order(store: SqlStore, kind: DoubtKind, size: int) -> None:
    found = pages(store, Doubted(kind), size)
    assert found == pages(store, Doubted(kind), 100)
    assert len({(one.left, one.right) for one in found}) == len(found)
    with store.catalogue() as lists:
        assert lists.number_of_doubts(kind) == len(found) > 0


def test_the_nearest_to_the_threshold_come_first_joined_or_not(store: SqlStore) -> None:
    margins = [abs(one.score - 0.5) for one in pages(store, Doubted(), 3)]
    assert margins == sorted(margins) and margins[0] == 0.0 and margins[-1] < 0.2
    scores = {one.score for one in pages(store, Doubted(), 3)}
    assert {0.31, 0.69, 0.45, 0.62} <= scores and not {0.29, 0.71} & scores


def test_of_a_country_are_the_doubts_of_its_incidents(store: SqlStore) -> None:
    found = pages(store, Doubted(country="KAZ"), 2)
    assert found and all(any(one.incidents) for one in found)
    assert pages(store, Doubted(country="FRA"), 2) == []
