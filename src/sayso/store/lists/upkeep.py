"""How an archive is: how much it holds, what failed, what may be wrong."""

from __future__ import annotations

from sqlalchemy import (
    and_,
    func,
    select,
    true,
)

from sayso.listing import (
    Condition,
    Count,
    Doubt,
    Doubted,
    DoubtKind,
    Page,
)
from sayso.model import Rejected
from sayso.store import schema
from sayso.store.lists import doubts, health
from sayso.store.lists.asking import Asking
from sayso.store.lists.cursors import read_cursor, write_cursor
from sayso.store.rows import rejected_of

_incident, _article, _event, _times = schema.incidents.c, schema.articles.c, schema.events.c, schema.incident_times.c
_link, _told = schema.chain_links.c, schema.incident_articles.c


class Upkeep(Asking):
    """What failed, what is doubtful, what ran."""

    def uncertain(self, asked: Doubted, limit: int = 10, after: str | None = None) -> list[Doubt]:
        """What was decided by a narrow margin, the narrowest first, whether somebody judged it or not.

        Each doubt says by its own `after` how to ask for what follows it.
        """
        return doubts.uncertain(self._on, asked, limit, after)

    def number_of_doubts(self, kind: DoubtKind) -> int:
        return doubts.number(self._on, kind)

    def rejected(self, limit: int = 50, after: str | None = None, reason: str = "", origin: str = "") -> Page[Rejected]:
        """What could not be used, of one reason, and from what begins so."""
        table = schema.rejected
        fits = and_(
            true() if not reason else table.c.reason == reason,
            true() if not origin else table.c.origin.startswith(origin, autoescape=True),
        )
        asked = select(table).where(fits)
        if after:
            asked = asked.where(table.c.id > read_cursor(after, 1, [str])[0])
        rows = self._on.execute(asked.order_by(table.c.id).limit(limit + 1)).mappings().all()
        more = write_cursor(rows[limit - 1]["id"]) if len(rows) > limit else None
        total = self._number(select(func.count()).select_from(table).where(fits))
        return Page([rejected_of(dict(row)) for row in rows[:limit]], more, total)

    def reasons(self) -> list[Count]:
        """Why something was rejected, and how often."""
        reason = schema.rejected.c.reason
        return self._counts(select(reason, func.count()).group_by(reason))

    def sizes(self) -> dict[str, int]:
        """How many records of each kind there are."""
        tables = (schema.articles, schema.claims, schema.events, schema.tolls, schema.incidents, schema.stories,
                  schema.copies, schema.origins, schema.rejected, schema.judgements, schema.pending)  # fmt: skip
        counted = self._on.execute(
            select(*(select(func.count()).select_from(table).scalar_subquery() for table in tables))
        )
        return {table.name: number for table, number in zip(tables, counted.one(), strict=True)}

    def condition(self, most: int = 20) -> Condition:
        """How the archive is: of each list the first so many."""
        on = self._on
        return Condition(
            runs=health.runs(on, most),
            stamps=health.stamps(on),
            feeds=health.feeds(on, most),
            successions=health.successions(on, most),
            changed=health.last_change(on),
            bytes=health.size(on),
        )
