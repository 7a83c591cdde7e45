"""Puts records of links in place of those that stand under their ids; only the rows that differ are written.

A story of a thousand articles that gains one keeps its thousand rows, and the pages of the indexes they are found by.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, Column, Connection, Table, bindparam, update

from sayso.store import schema
from sayso.store.questions import among, ask, drop_row, each, found, put
from sayso.store.rows import Row, Rows

PARENTS = {"copy": schema.copies, "origin": schema.origins, "incident": schema.incidents, "story": schema.stories}
_record = schema.link_records.c
_ID: BindParameter[Any] = bindparam("of_id")
_CHANGE = {kind: update(parent).where(parent.c.id == _ID) for kind, parent in PARENTS.items()}
_CHANGE_RECORD = update(schema.link_records).where(_record.kind == bindparam("of_kind"), _record.id == _ID)
_OWNERS = {  # the columns by which rows of other tables belong to a record
    kind: tuple(column for table in schema.OF_LINKS for column in table.c if column.references(parent.c.id))
    for kind, parent in PARENTS.items()
}


def replace_records(on: Connection, kind: str, rows: Rows) -> int:
    """Write the records of one kind with all their rows; how many stood under no such id before."""
    parent = PARENTS[kind]
    made = rows.get(parent, [])
    known = {row.id for row in found(on, among(ask(parent.c.id), parent.c.id), [row["id"] for row in made])}
    records = [row for row in rows.get(schema.link_records, ()) if row["kind"] == kind]
    each(on, put(parent), [row for row in made if row["id"] not in known])
    each(on, put(schema.link_records), [row for row in records if row["id"] not in known])
    each(on, _CHANGE[kind], [_keyed(row, "id") for row in made if row["id"] in known])
    each(on, _CHANGE_RECORD, [_keyed(row, "kind", "id") for row in records if row["id"] in known])
    for owner in _OWNERS[kind]:
        _replace_members(on, owner, rows.get(owner.table, []), sorted(known))
    return len(made) - len(known)


def _keyed(row: Row, *key: str) -> Row:
    """A row to change another one to, found by its key."""
    return {f"of_{name}" if name in key else name: value for name, value in row.items()}


def _replace_members(on: Connection, owner: Column[Any], made: Sequence[Row], known: Sequence[str]) -> None:
    """Write what belongs to some records, of which these were known."""
    table = owner.table
    assert isinstance(table, Table)
    there = {tuple(row) for row in found(on, among(ask(*table.c), owner), known)}
    now = {tuple(row[column.name] for column in table.c): row for row in made}
    gone = (dict(zip(table.c.keys(), row, strict=True)) for row in there - now.keys())
    each(on, drop_row(table), [{f"of_{column.name}": row[column.name] for column in table.primary_key} for row in gone])
    each(on, put(table), [row for key, row in now.items() if key not in there])
