"""Archives of every kind, empty and fresh."""

from __future__ import annotations

import itertools
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sayso.model import Links
from sayso.ports import Gone
from sayso.store import MemoryStore, SqlStore, open_store

AnyStore = MemoryStore | SqlStore


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive without content, to copy: faster than making one for each example."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    open_store(str(path)).close()
    return path


@pytest.fixture(scope="module", params=["memory", "sqlite", "sqlite without an index"])
def fresh(
    request: pytest.FixtureRequest, empty: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], AnyStore]]:
    """Call it for one more empty archive."""
    folder = tmp_path_factory.mktemp("fresh")
    numbers = itertools.count()
    made: list[AnyStore] = []

    def make() -> AnyStore:
        for old in made:
            old.close()
        if request.param == "memory":
            made.append(open_store(":memory:"))
            return made[-1]
        path = folder / f"{next(numbers)}.db"
        shutil.copy(empty, path)
        if request.param == "sqlite without an index":
            with sqlite3.connect(path) as connection:
                connection.executescript(
                    "DROP TRIGGER articles_fts_insert; DROP TRIGGER articles_fts_delete; DROP TABLE articles_fts;"
                )
            connection.close()
        made.append(open_store(str(path), create=False))
        return made[-1]

    yield make
    for store in made:
        store.close()


@pytest.fixture
def store(fresh: Callable[[], AnyStore]) -> AnyStore:
    return fresh()


def keep(store: AnyStore, links: Links) -> None:
    """Replace all links of an archive."""
    with store.linking() as index:
        old = index.links()
        gone = Gone(
            tuple((copy.article, copy.of) for copy in old.copies),
            *(tuple(one.id for one in records) for records in (old.origins, old.incidents, old.stories)),
        )
        index.change(gone, links)


def tidy(links: Links) -> Links:
    """Links as an archive gives them back: each id once, in order."""
    copies = {(copy.article, copy.of): copy for copy in reversed(links.copies)}
    others = ({one.id: one for one in reversed(records)} for records in (links.origins, links.incidents, links.stories))
    records = (tuple(found[id] for id in sorted(found)) for found in others)
    return Links(tuple(copies[pair] for pair in sorted(copies)), *records)
