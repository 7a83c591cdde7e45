"""What the formats of happenings carry of each: when, where and how precisely, tolls with bounds, on whose say-so.

The formats differ in where they have room for a fact, not in the facts. `facts` gives them all by name, and what the
published fields of a format do not hold goes along under these names.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sayso.knowledge import table
from sayso.model import Incident, Level, Place, SourceKind, Toll, TollEstimate
from sayso.report.archive import Archive, days
from sayso.report.formats import chain
from sayso.report.formats.codes import CountryCodes, country_codes
from sayso.report.formats.files import plain, short, web
from sayso.report.formats.told import Happening, Telling, fitting, happenings, moment
from sayso.report.identity import PRONOUNS
from sayso.report.tables import disputes, estimate
from sayso.text import fold

POINTS = frozenset({Level.SITE, Level.CITY, Level.DISTRICT, Level.PROVINCE})  # levels that a mark may stand for
_LONG = 160  # characters of a headline; CAP's own advice


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as a circle: it lies within so many metres of the point, as far as its level tells."""

    name: str
    lat: float | None
    lon: float | None
    level: str | None
    radius: int | None  # metres; None where nothing tells how large the place is
    country: str | None  # ISO 3166-1 alpha-3
    admin1: str | None
    geonameid: int | None

    @property
    def is_located(self) -> bool:
        return self.lat is not None and self.lon is not None

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude of a place that a mark on a map may stand for; a country's centre is no location."""
        if self.level not in POINTS or self.lat is None or self.lon is None:
            return None
        return self.lat, self.lon

    @property
    def codes(self) -> CountryCodes | None:
        return country_codes(self.country)

    @property
    def described(self) -> str:
        """ "Almaty, Kazakhstan (city, within 10 km)"."""
        nation = self.codes.name if self.codes else self.country
        names = ", ".join(plain(part) for part in dict.fromkeys([self.name, nation]) if part)
        within = f"within {self.radius / 1000:g} km" if self.radius and self.is_located else None
        notes = ", ".join(filter(None, [self.level, within]))
        return f"{names} ({notes})" if notes else names


@dataclass(frozen=True, slots=True)
class Count:
    """A toll as the formats carry it; no bounds where every figure was withdrawn."""

    harm: str
    low: int | None
    best: int | None
    high: int | None  # None: open above
    words: str  # "killed 26 (18 to 164, 1 report disagrees)"
    running: bool  # a running total, which belongs to more than this happening
    dissent: int = 0  # reports that disagree
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class Proof:
    """The words of one report, and on whose say-so it has them."""

    article: str
    start: int
    end: int
    quote: str
    outlet: str
    url: str | None
    published: str | None
    says: str


def chosen(archive: Archive, every: bool, left: Counter[str]) -> list[Happening]:
    """What an export writes: the happenings told as such, or with `every` all; by day."""
    return happenings(archive, fitting(archive, every, left))


def of_incidents(archive: Archive, incidents: Iterable[Incident]) -> list[Happening]:
    """These incidents in the same order: by the reports that tell them as having happened, else by all of them."""
    found = (_happening(archive, incident) for incident in incidents)
    return [one for one in found if one]


def _happening(archive: Archive, incident: Incident) -> Happening | None:
    told = [Telling(archive, archive.events[id]) for id in incident.events if id in archive.events]
    fit = tuple(one for one in told if one.unfit is None)
    return Happening(incident.id, incident, fit or tuple(told)) if told else None


def facts(one: Happening) -> dict[str, Any]:
    """Everything by name, flat but for `tolls` and `evidence`; None where it is not known."""
    spot = place_of(one)
    against = against_of(one)
    return {
        **dict(zip(chain.KEYS, chain.cells(one.lead, one), strict=True)),
        "type": one.lead.event.type.value,
        "mode": one.mode,
        "actors": [party.name for party in one.actors],
        "recipients": [party.name for party in one.recipients],
        "summary": summary_of(one),
        "place": spot.name if spot else None,
        "place_level": spot.level if spot else None,
        "radius_m": spot.radius if spot else None,
        "country": spot.country if spot else None,
        "geonameid": spot.geonameid if spot else None,
        "outlets": outlets_of(one),
        "only_source": only_source(one),
        "disputed": is_disputed(one),
        "disputed_by": against,
        "tolls": [asdict(count) for count in counts_of(one)],
        "evidence": [asdict(proof) for proof in proofs_of(one)],
    }


# --------------------------------------------------------------------------- in words


def summary_of(one: Happening) -> str:
    """The sentence that tells it best."""
    told = plain(one.incident.summary if one.incident else "") or plain(one.lead.evidence)
    return told or one.lead.event.type.value.capitalize()


def headline(one: Happening, most: int = _LONG) -> str:
    """What happened in a line, with a mark wherever it is not told as a plain fact."""
    marks = [f"told as {one.lead.event.status}"] if one.lead.unfit else []
    if not one.lead.ground.own_voice:
        named = [plain(name) for name in one.lead.ground.chain if fold(name) not in PRONOUNS]
        who = short(named[-1], 60) if named and named[-1] else "a source"
        marks.append(f"{'accusation by' if one.lead.accused else 'according to'} {who}")
    if is_disputed(one):
        marks.append("disputed")
    mark = f" [{'; '.join(marks)}]" if marks else ""
    return short(summary_of(one), most - len(mark)) + mark


def when(one: Happening) -> str:
    """ "2022-01-05", "2022-01-05 to 2022-01-07", "undated"."""
    return days(one.days.first, one.days.last) if one.days else "undated"


def spread(one: Happening) -> str:
    """ "2 independent origins in 5 reports", and whether all pass on one source."""
    origins = f"{one.origins} independent {'origin' if one.origins == 1 else 'origins'}"
    reports = f"{len(one.articles)} {'report' if len(one.articles) == 1 else 'reports'}"
    alone = only_source(one)
    return f"{origins} in {reports}" + (f", all on the word of {plain(alone)}" if alone else "")


def told_lines(one: Happening) -> list[str]:
    """What a reader needs beside the headline, a line each: when, where, who, tolls, who says so, who disputes it."""
    spot = place_of(one)
    lines = [
        f"When: {when(one)}",
        f"Where: {spot.described if spot else 'not told'}",
        *_who(one),
        *(f"Toll: {count.words}" for count in counts_of(one)),
        f"On whose say-so: {plain(one.lead.ground.says)} ({spread(one)})",
        *(f"Disputed by: {plain(who)}" for who in against_of(one)),
    ]
    if one.lead.unfit:
        lines.append(f"Not told as having happened: {one.lead.unfit}")
    return lines


def _who(one: Happening) -> list[str]:
    """Who did it to whom, as far as either is told."""
    doers, done = (", ".join(plain(party.name) for party in side) for side in (one.actors, one.recipients))
    return [f"Who: {doers or 'not told'}" + (f" → {done}" if done else "")] if doers or done else []


def outlets_of(one: Happening) -> list[str]:
    return list(dict.fromkeys(article.outlet or "unknown outlet" for article in one.articles))


# --------------------------------------------------------------------------- where


def place_of(one: Happening) -> Spot | None:
    """The incident's place with the precision of the reports that name it; a bare country where no more is told."""
    incident = one.incident
    if incident is None or incident.place is None:
        own = one.lead.archive.places.get(one.lead.event.place or "")
        country = incident.country if incident else None
        bare = Spot(country, None, None, None, None, country, None, None) if country else None
        return _spot(own) if own else bare
    archive = one.lead.archive
    events = [archive.events[id] for id in incident.events if id in archive.events]
    known = (archive.places.get(event.place or "") for event in (one.lead.event, *events))
    named = [place for place in known if place and place.name == incident.place]
    located = next((place for place in named if place.lat is not None and place.lon is not None), None)
    if located:
        return _spot(located)
    lat, lon = (incident.lat, incident.lon) if None not in (incident.lat, incident.lon) else (None, None)
    area = _reach(Level.COUNTRY, incident.country) if lat is not None else None
    return Spot(incident.place, lat, lon, None, area, incident.country, None, None)


def _spot(place: Place) -> Spot:
    known = place.level is not None and place.lat is not None and place.lon is not None
    lat, lon = (place.lat, place.lon) if known else (None, None)
    radius = _radius(place) if known else None
    level = place.level.value if place.level else None
    return Spot(place.name, lat, lon, level, radius, place.country, place.admin1, place.geonameid)


def _radius(place: Place) -> int | None:
    """Within how many metres of the point it happened; twice as far where it is only told to be near."""
    reach = _reach(place.level, place.country) if place.level else None
    return reach * 2 if reach and place.near else reach


def _reach(level: Level, country: str | None) -> int | None:
    """The radius of a place of a level; of a country, and of a region in one, that of a circle of its area."""
    if level in (Level.COUNTRY, Level.REGION):
        codes = country_codes(country)
        if codes and codes.area:
            return max(1000, round(math.sqrt(codes.area / math.pi)) * 1000)
    reach: int = table("formats.toml")["radius_km"][level.value] * 1000
    return reach


# --------------------------------------------------------------------------- tolls


def counts_of(one: Happening) -> list[Count]:
    """The reconciled tolls of an incident; of a report that stands alone, its own."""
    if one.incident:
        return [_reconciled(one.lead.archive, total) for total in one.incident.tolls]
    return [_reported(toll) for toll in one.lead.tolls if not toll.part]


def _reconciled(archive: Archive, total: TollEstimate) -> Count:
    basis = [archive.tolls[id] for id in total.basis if id in archive.tolls]
    gone = len(total.withdrawn) + len(total.corrected)
    words = estimate(total)
    if not total.basis and not total.dissent:
        return Count(total.harm.value, None, None, None, words, False, 0, gone)
    running = bool(basis) and all(toll.cumulative for toll in basis)
    note = " (a running total)" if running else ""
    dissent = len(total.dissent)
    return Count(total.harm.value, total.low, total.best, total.high, words + note, running, dissent, gone)


def _reported(toll: Toll) -> Count:
    best = toll.low if toll.low == toll.high else None
    words = estimate(TollEstimate(toll.harm, toll.low, best, toll.high, (toll.id,), ()))
    note = " (a running total)" if toll.cumulative else ""
    return Count(toll.harm.value, toll.low, best, toll.high, words + note, toll.cumulative)


# --------------------------------------------------------------------------- on whose say-so


def proofs_of(one: Happening) -> list[Proof]:
    """Every stretch of text that tells it, each once, the lead's first."""
    rest = (telling for telling in one.tellings if telling is not one.lead)
    found = [proof for telling in (one.lead, *rest) for proof in _proofs(telling)]
    once: dict[tuple[str, int, int], Proof] = {}
    for proof in found:
        once.setdefault((proof.article, proof.start, proof.end), proof)
    return list(once.values())


def _proofs(telling: Telling) -> list[Proof]:
    article, archive = telling.article, telling.archive
    outlet = article.outlet or "unknown outlet"
    says, url = telling.ground.says, web(article.url)
    return [
        Proof(span.article, span.start, span.end, archive.quote(span), outlet, url, article.published, says)
        for span in telling.event.evidence
    ]


def against_of(one: Happening) -> list[str]:
    """The chains of those who deny or doubt it."""
    if one.incident is None:
        return []
    archive = one.lead.archive
    return list(dict.fromkeys(archive.chain(claim) for claim in _disputes(one)))


def _disputes(one: Happening) -> list[Any]:
    incident, archive = one.incident, one.lead.archive
    known = incident and all(id in archive.analyses for id in incident.articles)
    return disputes(archive, incident) if incident and known else []


def is_disputed(one: Happening) -> bool:
    """Whether somebody denies or doubts it, or its tolls disagree."""
    return any(count.dissent or count.withdrawn for count in counts_of(one)) or bool(_disputes(one))


def only_source(one: Happening) -> str | None:
    """The one source that several origins all pass on, none of them in its own voice: no corroboration."""
    chains = [telling.ground.chain for telling in one.tellings]
    if one.origins < 2 or not all(chains) or any(telling.ground.own_voice for telling in one.tellings):
        return None
    ends = {fold(chain[-1]): chain[-1] for chain in chains}
    return next(iter(ends.values())) if len(ends) == 1 else None


def is_seen(one: Happening) -> bool:
    """Whether an outlet's own people or an eyewitness tell it as seen."""
    return any(
        telling.ground.first_hand
        or (not telling.ground.own_voice and telling.ground.kinds[-1:] == (SourceKind.WITNESS.value,))
        for telling in one.tellings
        if telling.unfit is None
    )


def reported(one: Happening) -> list[datetime]:
    """When its reports came out, in UTC, the first to come first; those without a date are none."""
    return sorted(found for article in one.articles if (found := moment(article.published)))
