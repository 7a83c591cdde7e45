"""What a map shows: each located incident once, with how many it harmed and how well its place is known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sayso.model import Harm, Incident, Level
from sayso.report.archive import Archive
from sayso.report.plots.groups import group_of
from sayso.report.tables import weight

_EXACT = frozenset({Level.SITE, Level.CITY})  # `Place.precision` 1


@dataclass(frozen=True, slots=True)
class Mark:
    """One incident on the map."""

    incident: str
    type: str
    group: str  # name of a `Group`
    first: str | None
    last: str | None
    place: str
    country: str | None
    lat: float
    lon: float
    level: str | None
    exact: bool  # False: only a district, province, country or region is known, and the point is its centre
    killed: int | None  # best figure; None: none stands
    injured: int | None
    articles: int
    origins: int
    summary: str

    @property
    def harmed(self) -> int:
        """Killed and injured; 0 where no figure stands."""
        return (self.killed or 0) + (self.injured or 0)


@dataclass(frozen=True, slots=True)
class Mapped:
    """The marks of a map, those who harmed most first, and what cannot be on it."""

    marks: tuple[Mark, ...]
    first: str | None  # of the period drawn
    last: str | None
    country: str | None  # asked for
    bounded: bool  # whether a first or last day was asked for
    unplaced: int  # incidents of the period whose place is not known
    undated: int  # marks without a date, or what a period asked for left out for want of one


def locate(
    archive: Archive,
    since: str | None = None,
    until: str | None = None,
    country: str | None = None,
    among: Collection[str] | None = None,
) -> Mapped:
    """The incidents of a period that have a point, in one country (ISO 3166-1 alpha-3) or all over the world.

    Only those `among` these ids where they are given.
    """
    asked = [one for one in archive.links.incidents if among is None or one.id in among]
    told = [one for one in asked if overlaps(one, since, until)]
    levels = _levels(archive)
    ranked = sorted(told, key=lambda one: (-_harmed(one), -weight(archive, one), one.id))
    drawn = [one for one in ranked if country is None or one.country == country.upper()]
    marks = tuple(mark for one in drawn if (mark := _mark(archive, one, levels)))
    days = [day for mark in marks for day in (mark.first, mark.last) if day]
    left_out = sum(1 for one in asked if not (one.first or one.last)) if since or until else 0
    return Mapped(
        marks=marks,
        first=since or min(days, default=None),
        last=until or max(days, default=None),
        country=country.upper() if country else None,
        bounded=bool(since or until),
        unplaced=sum(1 for one in told if one.lat is None or one.lon is None),
        undated=left_out or sum(1 for mark in marks if not (mark.first or mark.last)),
    )


def overlaps(incident: Incident, since: str | None, until: str | None) -> bool:
    """Whether it may have happened on a day asked for; without a date only where no day is."""
    if not (since or until):
        return True
    first, last = incident.first or incident.last, incident.last or incident.first
    return bool(first and last) and (not since or str(last) >= since) and (not until or str(first) <= until)


def figure(incident: Incident, harm: Harm) -> int | None:
    """The best figure for a harm, its floor where there is no best; None where no figure stands."""
    return next(
        (
            toll.low if toll.best is None else toll.best
            for toll in incident.tolls
            if toll.harm == harm and (toll.basis or toll.dissent)
        ),
        None,
    )


def _harmed(incident: Incident) -> int:
    return (figure(incident, Harm.KILLED) or 0) + (figure(incident, Harm.INJURED) or 0)


def _levels(archive: Archive) -> dict[tuple[float, float], Level]:
    """How precise each point is, as most places at it say."""
    counts: dict[tuple[float, float], Counter[Level]] = defaultdict(Counter)
    for place in archive.places.values():
        if place.lat is not None and place.lon is not None and place.level:
            counts[place.lat, place.lon][place.level] += 1
    return {point: levels.most_common(1)[0][0] for point, levels in counts.items()}


def _mark(archive: Archive, incident: Incident, levels: dict[tuple[float, float], Level]) -> Mark | None:
    if incident.lat is None or incident.lon is None:
        return None
    level = levels.get((incident.lat, incident.lon))
    return Mark(
        incident=incident.id,
        type=incident.type,
        group=group_of(incident.type).name,
        first=incident.first,
        last=incident.last,
        place=incident.place or incident.country or "",
        country=incident.country,
        lat=incident.lat,
        lon=incident.lon,
        level=level,
        exact=level in _EXACT,
        killed=figure(incident, Harm.KILLED),
        injured=figure(incident, Harm.INJURED),
        articles=len(incident.articles),
        origins=len(incident.origins),
        summary=incident.summary,
    )


@dataclass(frozen=True, slots=True)
class Spot:
    """All marks at one point, in order of the map's."""

    marks: tuple[Mark, ...]

    @property
    def lead(self) -> Mark:
        """The mark that matters most here."""
        return self.marks[0]

    @property
    def title(self) -> str:
        """ "Almaty (8)" where several happened, "Aktau" where one did."""
        return self.lead.place + (f" ({len(self.marks)})" if len(self.marks) > 1 else "")


def spots(marks: tuple[Mark, ...]) -> tuple[Spot, ...]:
    """Marks by point: the worst first, then where most happened."""
    held: dict[tuple[float, float], list[Mark]] = defaultdict(list)
    for mark in marks:
        held[mark.lat, mark.lon].append(mark)
    found = [Spot(tuple(group)) for group in held.values()]
    return tuple(sorted(found, key=lambda spot: (-spot.lead.harmed, -len(spot.marks), spot.lead.incident)))
