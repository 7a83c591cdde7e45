"""Lists of incidents: by what is asked for, in an order, on a map, by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    func,
    select,
    tuple_,
)

from sayso.listing import (
    Count,
    IncidentEntry,
    Page,
    Sought,
    Wanted,
)
from sayso.model import Incident
from sayso.store import schema
from sayso.store.lists.asking import Asking
from sayso.store.lists.conditions import DAY, INCIDENTS, fitting, seeking
from sayso.store.lists.cursors import read_cursor, write_cursor

_incident, _article, _event, _times = schema.incidents.c, schema.articles.c, schema.events.c, schema.incident_times.c
_link, _told = schema.chain_links.c, schema.incident_articles.c
_ENTRY = select(
    _incident.id, _incident.type, _incident.place, _incident.country, _incident.lat, _incident.lon, _incident.first,
    _incident.last, _incident.tolls, _incident.articles, _incident.origins, _incident.summary, _incident.total,
    _incident.weight, _incident.reported, _times.made, _times.changed,
).outerjoin_from(schema.incidents, schema.incident_times, _times.incident == _incident.id)  # fmt: skip
# How a list of incidents is ordered: by its name a column, from the highest down; ties by id.
ORDERS: dict[str, ColumnElement[Any]] = {
    "weight": func.coalesce(_incident.weight, 0.0),
    "date": func.coalesce(DAY, ""),
    "reported": func.coalesce(_incident.reported, ""),
    "origins": _incident.origins,
    "changed": func.coalesce(_times.changed, ""),
}
_NUMBERS = frozenset({"weight", "origins"})  # orders by a number, the others by text


class Incidents(Asking):
    """Incidents, a page at a time."""

    def incidents(
        self, wanted: Wanted, order: str = "weight", limit: int = 50, after: str | None = None
    ) -> Page[IncidentEntry]:
        """A page of the incidents that fit, from the highest of an order of ORDERS down."""
        by = ORDERS[order]
        asked = select(by.label("by"), _incident.id).select_from(INCIDENTS).where(fitting(wanted))
        if after:
            kinds = (float if order in _NUMBERS else str, str)
            asked = asked.where(tuple_(by, _incident.id) < tuple_(*read_cursor(after, 2, kinds)))
        rows = self._on.execute(asked.order_by(by.desc(), _incident.id.desc()).limit(limit + 1)).all()
        found = self.entries(row.id for row in rows)  # only now: rows are wide, and sorting carries them along
        last = rows[limit - 1] if len(rows) > limit else None
        entries = [found[row.id] for row in rows[:limit]]
        total = len(rows) if not after and last is None else self.number_of_incidents(wanted)
        return Page(entries, write_cursor(last.by, last.id) if last else None, total)

    def number_of_incidents(self, wanted: Wanted) -> int:
        """How many incidents fit."""
        return self._number(select(func.count()).select_from(INCIDENTS).where(fitting(wanted)))

    def entries(self, ids: Iterable[str]) -> dict[str, IncidentEntry]:
        """These incidents as they stand in lists."""
        rows = self._some(_ENTRY, _incident.id, ids)
        return {row.id: IncidentEntry(**row._mapping) for row in rows}

    def levels(self, entries: Sequence[IncidentEntry]) -> list[IncidentEntry]:
        """These entries with how precise their places are, as the first report that names each tells."""
        inside, place = schema.incident_events.c, schema.places.c
        asked = (
            select(inside.incident, place.name, func.min(place.level).label("level"))
            .join(schema.events, _event.id == inside.event)
            .join(schema.places, and_(place.article == _event.article, place.id == _event.place_id))
            .where(place.lat.is_not(None))
            .group_by(inside.incident, place.name)
        )
        rows = self._some(asked, inside.incident, (one.id for one in entries))
        found = {(row.incident, row.name): row.level for row in rows}
        return [replace(one, place_level=found.get((one.id, one.place or ""))) for one in entries]

    def located(self, wanted: Wanted, limit: int) -> list[IncidentEntry]:
        """The weightiest that fit and have coordinates."""
        asked = _ENTRY.where(fitting(wanted), _incident.lat.is_not(None)).order_by(
            ORDERS["weight"].desc(), _incident.id
        )
        return [IncidentEntry(**row._mapping) for row in self._on.execute(asked.limit(limit))]

    def places(self, name: str, limit: int) -> list[Count]:
        """Places that have this as part of their name, those of most incidents first."""
        place = _incident.place
        named = select(place, func.count().label("number")).where(place.icontains(name, autoescape=True))
        return self._counts(named.group_by(place).order_by(func.count().desc(), place).limit(limit))

    def countries(self) -> list[Count]:
        """Where incidents lie, those of most incidents first."""
        country = _incident.country
        return self._counts(select(country, func.count()).where(country.is_not(None)).group_by(country))

    def days(self, wanted: Wanted) -> list[tuple[str, str, int]]:
        """(day, type, number) of the dated incidents that fit, those of more than a day on their first."""
        asked = (
            select(_incident.first, _incident.type, func.count())
            .select_from(INCIDENTS)
            .where(fitting(wanted), _incident.first.is_not(None))
            .group_by(_incident.first, _incident.type)
            .order_by(_incident.first, _incident.type)
        )
        return [(day, type, number) for day, type, number in self._on.execute(asked)]

    def facets(self, wanted: Wanted) -> dict[str, list[Count]]:
        """How many of the incidents that fit have each country and type, and how many articles of their days are of
        each outlet; the most common first."""
        asked = {
            name: select(column, func.count())
            .select_from(INCIDENTS)
            .where(fitting(wanted), column.is_not(None))
            .group_by(column)
            for name, column in (("country", _incident.country), ("type", _incident.type))
        }
        reports = select(_article.outlet, func.count()).where(
            seeking(Sought(since=wanted.since, until=wanted.until)), _article.outlet.is_not(None)
        )
        asked["outlet"] = reports.group_by(_article.outlet)
        return {name: self._counts(question) for name, question in asked.items()}

    def said_by(self, incidents: Sequence[str]) -> dict[str, list[str | None]]:
        """On whose say-so each is told: the sources of its events, None where an outlet tells it itself."""
        inside = schema.incident_events.c
        asked = (
            select(inside.incident, _event.said_by)
            .join(schema.events, _event.id == inside.event)
            .distinct()
            .order_by(inside.incident, _event.said_by)
        )
        found: dict[str, list[str | None]] = {}
        for row in self._some(asked, inside.incident, incidents):
            found.setdefault(row.incident, []).append(row.said_by)
        return found

    def incident(self, id: str) -> Incident:
        """One incident whole, by its full id; KeyError where there is none."""
        found = self._index.incidents([id])
        if not found:
            raise KeyError(id)
        return found[0]

    def articles_of(self, incidents: Sequence[str]) -> dict[str, list[str]]:
        """The articles of each of these incidents."""
        found: dict[str, list[str]] = {}
        for row in self._some(select(_told.incident, _told.article), _told.incident, incidents):
            found.setdefault(row.incident, []).append(row.article)
        return found

    def incidents_of(self, articles: Sequence[str]) -> dict[str, list[str]]:
        """The incidents that each of these articles tells."""
        found: dict[str, list[str]] = {}
        for row in self._some(select(_told.article, _told.incident), _told.article, articles):
            found.setdefault(row.article, []).append(row.incident)
        return found

    def events_of(self, incidents: Iterable[str]) -> dict[str, list[str]]:
        """The events of each of these incidents."""
        inside = schema.incident_events.c
        found: dict[str, list[str]] = {}
        for row in self._some(select(inside.incident, inside.event), inside.incident, incidents):
            found.setdefault(row.incident, []).append(row.event)
        return found
