"""Notes when an incident was first linked, and when what is told of it last changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection

from sayso.store import schema
from sayso.store.questions import STANDING, TIMES, among, ask, drop, each, found, put, run
from sayso.store.rows import Row

_ID = schema.incident_times.c.incident


def note_times(on: Connection, records: Iterable[Row]) -> None:
    """Note now for the incidents whose record is not the one that stands; call it before they are written."""
    told = {row["id"]: row["record"] for row in records}
    standing = dict(found(on, among(STANDING, schema.link_records.c.id), told))
    changed = [id for id, record in told.items() if standing.get(id) != record]
    made = _made(on, changed)
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    _put(on, [{"incident": id, "made": made.get(id, now), "changed": now} for id in changed])


def inherit_times(on: Connection, heirs: Mapping[str, str]) -> None:
    """Let an incident be as old as the one that it took the place of; `heirs`: new id to old id."""
    rows = {row.incident: row for row in found(on, among(TIMES, _ID), [*heirs, *heirs.values()])}
    pairs = [(rows[new], rows[old]) for new, old in heirs.items() if new in rows and old in rows]
    _put(
        on, [{"incident": new.incident, "made": min(new.made, old.made), "changed": new.changed} for new, old in pairs]
    )


def forget_times(on: Connection, gone: Iterable[str]) -> None:
    """Drop what was noted of incidents that stand no more."""
    ids = set(gone)
    standing = {row.id for row in found(on, among(STANDING, schema.link_records.c.id), ids)}
    run(on, drop(_ID), sorted(ids - standing))


def _made(on: Connection, ids: Iterable[str]) -> dict[str, str]:
    return dict(found(on, among(ask(_ID, schema.incident_times.c.made), _ID), ids))


def _put(on: Connection, rows: list[Row]) -> None:
    run(on, drop(_ID), [row["incident"] for row in rows])
    each(on, put(schema.incident_times), rows)
