"""What is asked of a database for linking, each question written once and asked again with other values.

To write a statement with SQLAlchemy costs more than to run it where it finds a handful of rows by an index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Connection,
    Delete,
    Executable,
    Insert,
    Select,
    Table,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    union_all,
    update,
)

from sayso.ports import Layer
from sayso.store import schema

MANY = 500  # values in one question: databases limit how many it may name
UNKNOWN_DAY = -1

DAYS = 32  # in a month of keys

T = TypeVar("T")


def month_of(day: int) -> int:
    """The part of the table of keys that a day is in: what is new stays together, however old the archive."""
    return day // DAYS


_SOME: BindParameter[Any] = bindparam("some", expanding=True)
_key, _edge, _piece, _count = schema.link_keys.c, schema.link_edges.c, schema.pieces.c, schema.link_counts.c
_parts = (schema.articles.c.id, schema.articles.c.text, schema.records.c.head, schema.records.c.body)
_whole = tuple(column for column in schema.linked_articles.c if column.name != "keys")
_linked = tuple(column for column in _whole if column.name not in ("profile", "tellings"))


@cache
def ask(*columns: ColumnElement[Any]) -> Select[Any]:
    """All rows of some columns."""
    return select(*columns)


@cache
def among(asked: Select[Any], column: ColumnElement[Any]) -> Select[Any]:
    """Those of the rows asked for whose column holds one of `some` values."""
    return asked.where(column.in_(_SOME))


@cache
def drop(column: ColumnElement[Any]) -> Delete:
    """Delete the rows of a table whose column holds one of `some` values."""
    return delete(column.table).where(column.in_(_SOME))


@cache
def drop_row(table: Table) -> Delete:
    """Delete the row of a key, whose columns are given as `of_` and their name."""
    return delete(table).where(*(column == bindparam(f"of_{column.name}") for column in table.primary_key))


@cache
def put(table: Table) -> Insert:
    return insert(table)


# --------------------------------------------------------------------------- asking


def found(on: Connection, asked: Executable, values: Iterable[Any], **named: object) -> Iterator[Any]:
    """The rows of a question that names `some` values."""
    for some in chunks(sorted(set(values))):
        yield from on.execute(asked, {"some": some, **named}).all()


def run(on: Connection, statement: Executable, values: Iterable[Any], **named: object) -> int:
    """Run a statement that names `some` values; how many rows it changed."""
    return sum(on.execute(statement, {"some": some, **named}).rowcount for some in chunks(values))


def each(on: Connection, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
    """Run a statement once for each row."""
    if rows:
        on.execute(statement, list(rows))


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """A few hundred values at a time."""
    left = iter(values)
    while some := list(islice(left, MANY)):
        yield some


# --------------------------------------------------------------------------- articles

ANALYSES = select(*_parts).join_from(schema.articles, schema.records)
TEXTS = select(*_parts[:3]).join_from(schema.articles, schema.records)
LINKED, WHOLE = select(*_linked), select(*_whole)
KEYS = select(schema.linked_articles.c["keys"])
FLAGGED = (
    select(schema.story_articles.c.story, *_linked)
    .join_from(
        schema.story_articles,
        schema.linked_articles,
        schema.story_articles.c.article == schema.linked_articles.c.article,
    )
    .where(or_(schema.linked_articles.c.totals, schema.linked_articles.c.recalls))
)

# --------------------------------------------------------------------------- keys and edges

_sharing = select(_key.code, _key.article).where(_key.code.in_(_SOME))
SHARING = _sharing.where(
    _key.month.in_(bindparam("months", expanding=True)),
    or_(_key.month == month_of(UNKNOWN_DAY), _key.day.between(bindparam("first"), bindparam("last"))),
)
MONTHS = select(
    select(func.min(_key.month)).scalar_subquery(),
    select(func.max(_key.month)).scalar_subquery(),
)
PENDING = (
    select(schema.pending.c.article)
    .outerjoin(schema.articles, schema.articles.c.id == schema.pending.c.article)
    .order_by(schema.articles.c.published, schema.pending.c.article)
)
EDGES = select(_edge.node, _edge.other, _edge.score, _edge.note).where(
    _edge.layer == bindparam("of_layer"), _edge.score >= bindparam("least")
)
_ENDS = select(_edge.layer, _edge.node, _edge.other)
ENDS: CompoundSelect[Any] = union_all(  # of the edges that begin at an article, or between two names at its tellings
    *(
        _ENDS.where(_edge.layer == layer.value, _edge.node == bindparam("article"))
        for layer in Layer
        if layer is not Layer.HAPPENING
    ),
    _ENDS.where(_edge.layer == Layer.HAPPENING.value, _edge.node >= bindparam("first"), _edge.node < bindparam("last")),
)

# --------------------------------------------------------------------------- records

PIECES_AT = select(schema.pieces).where(
    _piece.country == bindparam("of_country"), _piece.first.between(bindparam("early"), bindparam("late"))
)
RECORDS = select(schema.link_records.c.record).where(schema.link_records.c.kind == bindparam("of_kind"))
DROP_RECORDS = delete(schema.link_records).where(
    schema.link_records.c.kind == bindparam("of_kind"), schema.link_records.c.id.in_(_SOME)
)
PUBLISHED = select(schema.articles.c.id, schema.articles.c.published)
STANDING = select(schema.link_records.c.id, schema.link_records.c.record).where(
    schema.link_records.c.kind == "incident"
)
TIMES = select(schema.incident_times)
WROTE = update(schema.state).where(schema.state.c.name == "writes").values(number=schema.state.c.number + 1)
COUNT = (
    update(schema.link_counts)
    .where(_count.records == bindparam("of_table"))
    .values(number=_count.number + bindparam("more"))
)
