"""What somebody asks of incidents and articles, as conditions on their rows. Pure."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select, true, union_all

from sayso.listing import Sought, Wanted
from sayso.store import schema

_incident, _article, _event, _times = schema.incidents.c, schema.articles.c, schema.events.c, schema.incident_times.c
_told = schema.incident_articles.c
_SIDES = (schema.event_actors, schema.event_recipients)
INCIDENTS = schema.incidents.outerjoin(schema.incident_times, _times.incident == _incident.id)
DAY: ColumnElement[Any] = func.coalesce(_incident.first, func.substr(_incident.reported, 1, 10))
LAST: ColumnElement[Any] = func.coalesce(_incident.last, DAY)


def fitting(wanted: Wanted) -> ColumnElement[bool]:
    """What a row of INCIDENTS must fulfil."""
    inside = schema.incident_events.c
    told = select(_told.incident).join(schema.articles, _article.id == _told.article)
    held = select(schema.story_incidents.c.incident).where(schema.story_incidents.c.story == wanted.story)
    sides = [
        select(inside.incident).join(of, of.c.event == inside.event).where(of.c.name == wanted.actor) for of in _SIDES
    ]
    rules: tuple[tuple[object, ColumnElement[bool]], ...] = (
        (wanted.since, (wanted.since or "") <= LAST),
        (wanted.until, (wanted.until or "") >= DAY),
        (wanted.country, _incident.country == wanted.country),
        (wanted.type, _incident.type == wanted.type),
        (wanted.place, _incident.place == wanted.place),
        (wanted.origins > 1, _incident.origins >= wanted.origins),
        (wanted.changed, _times.changed > (wanted.changed or "")),
        (wanted.actor, _incident.id.in_(union_all(*sides))),
        (wanted.status, _told_as(wanted.status or "", wanted != Wanted(status=wanted.status))),
        (wanted.outlet, _incident.id.in_(told.where(_article.outlet == wanted.outlet))),
        (wanted.story, _incident.id.in_(held)),
    )
    return and_(true(), *(rule for given, rule in rules if given))


def _told_as(status: str, narrowed: bool) -> ColumnElement[bool]:
    """An event of the incident is told so. Most events are told as having occurred: where other filters leave few
    incidents, looking at the events of each is far less work than listing all events that are told so."""
    inside = schema.incident_events.c
    if narrowed:
        fits = exists().where(_event.id == inside.event, _event.status == status)
        return exists().where(inside.incident == _incident.id, fits)
    return _incident.id.in_(
        select(inside.incident).join(schema.events, _event.id == inside.event).where(_event.status == status)
    )


def seeking(sought: Sought) -> ColumnElement[bool]:
    """What a row of `articles` must fulfil."""
    place, member = schema.places.c, schema.origin_articles.c
    rules: tuple[tuple[object, ColumnElement[bool]], ...] = (
        (sought.since, _article.published >= (sought.since or "")),
        (sought.until, _article.published < f"{sought.until}\U0010ffff"),
        (sought.outlet, _article.outlet == sought.outlet),
        (sought.lang, _article.lang == sought.lang),
        (sought.country, _article.id.in_(select(place.article).where(place.country == sought.country))),
        (sought.origin, _article.id.in_(select(member.article).where(member.origin == sought.origin))),
    )
    return and_(true(), *(rule for given, rule in rules if given))
