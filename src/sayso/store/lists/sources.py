"""Lists of who is cited, and of who publishes and takes."""

from __future__ import annotations

from sqlalchemy import (
    func,
    select,
    true,
)

from sayso.listing import (
    OutletSummary,
    Page,
    SourceEntry,
    SourceSummary,
    Taken,
)
from sayso.store import schema
from sayso.store.lists import cited, taken
from sayso.store.lists.asking import Asking
from sayso.store.lists.cursors import bad_cursor, read_cursor, write_cursor

_incident, _article, _event, _times = schema.incidents.c, schema.articles.c, schema.events.c, schema.incident_times.c
_link, _told = schema.chain_links.c, schema.incident_articles.c


class Sources(Asking):
    """Sources and outlets, a page at a time and in numbers."""

    def sources(self, name: str = "", limit: int = 50, after: str | None = None) -> Page[SourceEntry]:
        """The cited sources that have a name, or this as part of it, most cited first."""
        by = _link.actor_name
        counted = select(by, func.count().label("number")).where(by.is_not(None)).group_by(by)
        grouped = counted.offset(0).subquery().c  # an offset keeps the part of a name out: names, not links, are read
        fits = grouped.actor_name.icontains(name, autoescape=True) if name else true()
        (skip,) = read_cursor(after, 1) if after else (0,)
        if not isinstance(skip, int) or skip < 0:
            raise bad_cursor(after)
        asked = select(grouped.actor_name).where(fits).order_by(grouped.number.desc(), grouped.actor_name)
        rows = self._on.execute(asked.limit(limit + 1).offset(skip)).all()
        total = self._number(select(func.count(grouped.actor_name)).where(fits))
        more = write_cursor(skip + limit) if len(rows) > limit else None
        return Page(cited.entries(self._on, [row.actor_name for row in rows[:limit]]), more, total)

    def source(self, name: str) -> SourceSummary | None:
        """A source in numbers; None if nobody cites one of that name."""
        return cited.summary(self._on, name)

    def citing(self, name: str, limit: int) -> list[str]:
        """The latest articles that cite a source of this name."""
        return list(self._on.execute(cited.CITING, {"name": name, "most": limit}).scalars())

    def outlet(self, name: str) -> OutletSummary | None:
        """An outlet in numbers; None if nothing of it is here and nobody credits it."""
        return taken.outlet_summary(self._on, name)

    def taken(self, since: str | None, until: str | None, outlet: str | None, most: int) -> list[Taken]:
        """The copies that came out in these days, the latest first; with an outlet those that it gave or took."""
        return taken.taken_in(self._on, since, until, outlet, most)
