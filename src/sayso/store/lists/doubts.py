"""What may be wrong, the narrowest decision first: tellings near the threshold, small copies, codes of little weight.

Each list is read from an index that holds the doubtful rows alone (`schema.NEAR` and its like), a page at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, literal_column, or_, select, text, tuple_

from sayso.listing import Doubt, Doubted, DoubtKind
from sayso.store import schema
from sayso.store.lists.cursors import read_cursor, write_cursor
from sayso.store.sqlindex import SqlIndex

_edge, _copy, _event = schema.link_edges.c, schema.copies.c, schema.events.c
_inside, _told, _incident = schema.incident_events.c, schema.incident_articles.c, schema.incidents.c
_NEAR = f"layer = 'happening' AND {schema.NEAR}"
_BY: ColumnElement[float] = literal_column(schema.DOUBT)


def uncertain(on: Connection, asked: Doubted, limit: int, after: str | None) -> list[Doubt]:
    """Doubts, the greatest first; each says how to ask for what follows it."""
    return _LISTS[asked.kind](on, asked, limit, after)


def number(on: Connection, kind: DoubtKind) -> int:
    """How many doubts of a kind there are."""
    table, rows = _TABLES[kind]
    return int(on.execute(select(func.count()).select_from(table).where(text(rows))).scalar() or 0)


# --------------------------------------------------------------------------- tellings


def _tellings(on: Connection, asked: Doubted, limit: int, after: str | None) -> list[Doubt]:
    """Pairs of tellings; of a country those of which an incident lies there."""
    fits = _all(
        (asked.incident, _of_incident(on, asked.incident or "")),
        (not asked.incident, text(_NEAR)),
        (asked.country, or_(*(_lies_in(on, node, asked.country) for node in (_edge.node, _edge.other)))),
    )
    question = select(_edge.node, _edge.other, _edge.score, _BY.label("by")).select_from(schema.link_edges).where(fits)
    rows = _page(on, question, (_BY, _edge.node, _edge.other), limit, after)
    return list(_pairs(on, rows))


def _of_incident(on: Connection, incident: str) -> ColumnElement[bool]:
    """All pairs of an incident's tellings, and of one of them with another's: each edge from one end alone."""
    events = list(on.execute(select(_inside.event).where(_inside.incident == incident)).scalars())
    nodes = [f"{article}/{event}" for event, article in SqlIndex(on).articles_of(events).items()]
    here = and_(_edge.layer == "happening", _edge.node.in_(nodes))
    return and_(here, or_(_edge.node < _edge.other, _edge.other.not_in(nodes)))


def _lies_in(on: Connection, node: ColumnElement[str], country: str | None) -> ColumnElement[bool]:
    """Whether the incident of a node, "article/event", lies in a country."""
    slash = (func.instr if on.dialect.name == "sqlite" else func.strpos)(node, "/")
    home = schema.incident_events.join(schema.incidents, _incident.id == _inside.incident)
    return exists().select_from(home).where(_inside.event == func.substr(node, slash + 1), _incident.country == country)


def _pairs(on: Connection, rows: Sequence[Any]) -> Iterator[Doubt]:
    ends = {node: node.split("/", 1) for row in rows for node in (row.node, row.other)}
    home = SqlIndex(on).incident_of([event for _, event in ends.values()])
    for row in rows:
        (one, left), (two, right) = ends[row.node], ends[row.other]
        at_home = (home.get(left), home.get(right))
        after = write_cursor(row.by, row.node, row.other)
        yield Doubt(DoubtKind.TELLINGS, left, right, row.score, (one, two), at_home, after)


# --------------------------------------------------------------------------- copies and codes


def _copies(on: Connection, asked: Doubted, limit: int, after: str | None) -> list[Doubt]:
    """Articles of which little is word for word in the other, the least first."""
    telling = select(_told.article).where(_told.incident == asked.incident)
    of = select(_told.incident).where(_told.article == _copy.article)
    there = exists().where(_incident.id.in_(of), _incident.country == asked.country)
    fits = _all(
        (asked.incident, or_(_copy.article.in_(telling), _copy.original.in_(telling))),
        (asked.country, there),
        (not asked.incident, text(schema.UNSURE_COPY)),
    )
    question = select(_copy.id, _copy.article, _copy.original, _copy.share.label("by")).where(fits)
    rows = _page(on, question, (_copy.share, _copy.id), limit, after)
    return [
        Doubt(DoubtKind.COPIES, row.article, row.original, row.by, (row.article, row.original), (), _after(row))
        for row in rows
    ]


def _codes(on: Connection, asked: Doubted, limit: int, after: str | None) -> list[Doubt]:
    """Events by how little speaks for their type."""
    inside = select(_inside.event).where(_inside.incident == asked.incident)
    fits = _all(
        (asked.incident, _event.id.in_(inside)),
        (asked.country, _event.country == asked.country),
        (not asked.incident, text(schema.UNSURE_CODE)),
    )
    by = func.coalesce(_event.sure, 1.0) if asked.incident else _event.sure
    question = select(_event.id, _event.article, by.label("by")).where(fits)
    rows = _page(on, question, (by, _event.id), limit, after)
    home = SqlIndex(on).incident_of([row.id for row in rows])
    return [
        Doubt(DoubtKind.CODES, row.id, "", row.by, (row.article,), (home.get(row.id),), _after(row)) for row in rows
    ]


def _all(*rules: tuple[object, Any]) -> ColumnElement[bool]:
    return and_(*(rule for given, rule in rules if given))


def _page(on: Connection, question: Any, order: tuple[Any, ...], limit: int, after: str | None) -> Sequence[Any]:
    if after:
        question = question.where(tuple_(*order) > tuple_(*read_cursor(after, len(order))))
    return on.execute(question.order_by(*order).limit(limit)).all()


def _after(row: Any) -> str:
    return write_cursor(row.by, row.id)


_LISTS = {DoubtKind.TELLINGS: _tellings, DoubtKind.COPIES: _copies, DoubtKind.CODES: _codes}
_TABLES = {
    DoubtKind.TELLINGS: (schema.link_edges, _NEAR),
    DoubtKind.COPIES: (schema.copies, schema.UNSURE_COPY),
    DoubtKind.CODES: (schema.events, schema.UNSURE_CODE),
}
