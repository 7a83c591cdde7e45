"""How an archive is: runs, what made it, where it was read from, what was renamed, how large it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select, text

from sayso.listing import Count, Feed
from sayso.model import Run
from sayso.ports import Succession
from sayso.store import schema

_article, _rejected = schema.articles.c, schema.rejected.c
_PLACE = "0123456789:#"  # what follows the name of a file: a line or item


def runs(on: Connection, limit: int) -> list[Run]:
    """The last runs, the latest first."""
    table = schema.runs
    rows = on.execute(select(table).order_by(table.c.started.desc(), table.c.stamp).limit(limit)).mappings()
    return [Run(**row) for row in rows]


def stamps(on: Connection) -> list[Count]:
    """How many analysed articles each version and setting made, the most first."""
    asked = select(_article.stamp, func.count()).where(_article.stamp != "").group_by(_article.stamp)
    found = [Count(stamp, number) for stamp, number in on.execute(asked)]
    return sorted(found, key=lambda one: (-one.number, one.value))


def feeds(on: Connection, limit: int) -> list[Feed]:
    """The files, feeds and addresses that most came from, whichever way it went."""
    origin: ColumnElement[str] = func.rtrim(_article.origin, _PLACE)
    asked = select(origin, func.count(), func.max(_article.published)).where(_article.origin.is_not(None))
    came = {name: (number, last) for name, number, last in on.execute(asked.group_by(origin))}
    failed: ColumnElement[str] = func.rtrim(_rejected.origin, _PLACE)
    lost = {row[0]: row[1] for row in on.execute(select(failed, func.count()).group_by(failed))}
    found = [Feed(name, *came.get(name, (0, None)), lost.get(name, 0)) for name in came.keys() | lost.keys()]
    return sorted(found, key=lambda one: (-one.articles - one.rejected, one.name))[:limit]


def successions(on: Connection, limit: int) -> list[tuple[str, Succession]]:
    """What was renamed, merged or split lately, with when."""
    table = schema.successions.c
    rows: Sequence[Any] = on.execute(
        select(schema.successions).order_by(table.at.desc(), table.kind, table.old, table.new).limit(limit)
    ).all()
    return [(row.at, Succession(row.kind, row.old, row.new or None, row.how)) for row in rows]


def last_change(on: Connection) -> str | None:
    """When an incident last became new or was told otherwise, ISO 8601."""
    found: str | None = on.execute(select(func.max(schema.incident_times.c.changed))).scalar()
    return found


def size(on: Connection) -> int:
    """Bytes on disk."""
    if on.dialect.name == "sqlite":
        return int(
            on.execute(text("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")).scalar() or 0
        )
    return int(on.execute(text("SELECT pg_database_size(current_database())")).scalar() or 0)
