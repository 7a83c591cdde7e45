"""What linking asks of a database, each question written once and asked again with other values.

To write a statement with SQLAlchemy costs more than to run it where it finds a handful of rows by an index.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Delete,
    Insert,
    Select,
    Table,
    bindparam,
    delete,
    insert,
    or_,
    select,
    union_all,
    update,
)

from sayso.ports import Layer
from sayso.store import schema

UNKNOWN_DAY = -1

_SOME: BindParameter[Any] = bindparam("some", expanding=True)
_key, _edge, _piece, _count = schema.link_keys.c, schema.link_edges.c, schema.pieces.c, schema.link_counts.c
_parts = (schema.articles.c.id, schema.articles.c.text, schema.records.c.head, schema.records.c.body)
_linked = tuple(column for column in schema.linked_articles.c if column.name != "keys")


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
def put(table: Table) -> Insert:
    return insert(table)


# --------------------------------------------------------------------------- articles

ANALYSES = select(*_parts).join_from(schema.articles, schema.records)
TEXTS = select(*_parts[:3]).join_from(schema.articles, schema.records)
LINKED = select(*_linked)
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

SHARING = select(_key.code, _key.article)
SHARING_NEAR: CompoundSelect[Any] = union_all(
    SHARING.where(_key.code.in_(_SOME), _key.day.between(bindparam("first"), bindparam("last"))),
    SHARING.where(_key.code.in_(_SOME), _key.day == UNKNOWN_DAY),
)
DROP_KEY = delete(schema.link_keys).where(
    _key.code == bindparam("of_code"), _key.day == bindparam("of_day"), _key.article == bindparam("of_article")
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
DROP_EDGE = delete(schema.link_edges).where(
    _edge.layer == bindparam("of_layer"), _edge.node == bindparam("of_node"), _edge.other == bindparam("of_other")
)

# --------------------------------------------------------------------------- records

PIECES_AT = select(schema.pieces).where(
    _piece.country == bindparam("of_country"), _piece.first.between(bindparam("early"), bindparam("late"))
)
RECORDS = select(schema.link_records.c.record).where(schema.link_records.c.kind == bindparam("of_kind"))
DROP_RECORDS = delete(schema.link_records).where(
    schema.link_records.c.kind == bindparam("of_kind"), schema.link_records.c.id.in_(_SOME)
)
COUNT = (
    update(schema.link_counts)
    .where(_count.records == bindparam("of_table"))
    .values(number=_count.number + bindparam("more"))
)
