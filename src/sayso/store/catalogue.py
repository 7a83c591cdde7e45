"""Lists of an archive, a page at a time, and parts of it: what pages and the API read, never the whole.

One object reads one moment of the archive. Every list is found by an index and ends where its page ends.
"""

from __future__ import annotations

from sqlalchemy import select

from sayso.ports import LinkIndex
from sayso.store import schema
from sayso.store.lists.incidents import ORDERS, Incidents
from sayso.store.lists.links import Linked
from sayso.store.lists.sources import Sources
from sayso.store.lists.told import Told
from sayso.store.lists.upkeep import Upkeep

__all__ = ["ORDERS", "Catalogue"]


class Catalogue(Incidents, Linked, Sources, Told, Upkeep):
    """Reads one moment of an archive."""

    def version(self) -> int:
        """How many transactions have written: what was read of one version holds as long as it stands."""
        return self._on.execute(select(schema.state.c.number)).scalar() or 0

    def index(self) -> LinkIndex:
        """What linking keeps."""
        return self._index
