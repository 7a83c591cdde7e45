"""Which incidents of an archive held in memory somebody asks for; names may be given in part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sayso.errors import ConfigError, InputError
from sayso.model import EventType, Incident
from sayso.report.archive import Archive
from sayso.report.claims import resolve
from sayso.report.plots.marks import overlaps
from sayso.text import fold


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked of incidents; all of it must hold. ConfigError for a day or type that is none."""

    since: str | None = None  # ISO 8601 day; what has no day is in no period
    until: str | None = None
    country: str | None = None  # ISO 3166-1 alpha-3
    type: str | None = None  # PLOVER
    actor: str | None = None  # part of the name of who did or suffered it
    outlet: str | None = None  # part of the name of an outlet that reports it
    origins: int = 1  # at least so many independent ones
    place: str | None = None  # its name
    story: str | None = None  # id, or its first digits

    def __post_init__(self) -> None:
        for day in (self.since, self.until):
            _check_day(day)
        if self.type is not None and self.type.upper() not in set(EventType):
            raise ConfigError("is no event type", about=self.type, way_out=", ".join(EventType))


def _check_day(given: str | None) -> None:
    try:
        date.fromisoformat(given or "2000-01-01")
    except ValueError as cause:
        raise ConfigError("is not a date", about=given, way_out="write YYYY-MM-DD") from cause


def choose(archive: Archive, wanted: Choice) -> Iterator[Incident]:
    """The incidents that are asked for."""
    told = _story(archive, wanted.story)
    for incident in archive.links.incidents:
        if told is not None and incident.id not in told:
            continue
        if _is_there(incident, wanted) and _names(archive, incident, wanted):
            yield incident


def _story(archive: Archive, id: str | None) -> frozenset[str] | None:
    if id is None:
        return None
    kind, full = resolve(archive, id)
    if kind != "story":
        raise InputError(f"is the id of a {kind}", about=id, way_out="give that of a story")
    return next(frozenset(story.incidents) for story in archive.links.stories if story.id == full)


def _is_there(incident: Incident, wanted: Choice) -> bool:
    """What the incident itself says."""
    return (
        overlaps(incident, wanted.since, wanted.until)
        and (wanted.country is None or incident.country == wanted.country.upper())
        and (wanted.type is None or incident.type == wanted.type.upper())
        and (wanted.place is None or fold(incident.place or "") == fold(wanted.place))
        and len(incident.origins) >= wanted.origins
    )


def _names(archive: Archive, incident: Incident, wanted: Choice) -> bool:
    """Who is named in it and by whom it is told."""
    return (wanted.actor is None or any(fold(wanted.actor) in fold(name) for name in _actors(archive, incident))) and (
        wanted.outlet is None or any(fold(wanted.outlet) in fold(archive.outlet(id)) for id in incident.articles)
    )


def _actors(archive: Archive, incident: Incident) -> Iterator[str]:
    events = (archive.events[id] for id in incident.events if id in archive.events)
    return (archive.actors[id].name for event in events for id in (*event.actors, *event.recipients))
