"""Archives: in memory, and in SQLite or PostgreSQL through SQLAlchemy Core."""

from __future__ import annotations

from sayso.store.catalogue import Catalogue
from sayso.store.digest import digest
from sayso.store.memory import MemoryStore
from sayso.store.sql import SqlStore

__all__ = ["Catalogue", "MemoryStore", "SqlStore", "digest", "open_store"]

_IN_MEMORY = frozenset({":memory:", "sqlite://", "sqlite:///:memory:"})


def open_store(db: str, create: bool = True) -> MemoryStore | SqlStore:
    """The archive at a path or URL; StoreError, with the way out, if it is missing, damaged, newer or locked."""
    return MemoryStore() if db in _IN_MEMORY else SqlStore(db, create)
