"""The tables people ask for: incidents, tolls, copies, timeline. An `Archive` in, rows out.

Every row says on whose say-so, and counts origins beside articles: forty copies of one agency story are one origin.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.gravity import gravity
from sayso.model import Claim, Incident, SourceKind, Status, TollEstimate, TollStep
from sayso.report.archive import Archive, bounds, days, depth, is_credit, own_voice
from sayso.report.grounds import ground
from sayso.report.identity import PRONOUNS
from sayso.report.reach import OriginShare, reach


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One happening over all reports."""

    id: str
    first: str | None
    last: str | None
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    type: str
    modes: tuple[str, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    tolls: tuple[str, ...]
    articles: int
    outlets: int
    origins: int
    outlet_names: tuple[str, ...]
    by_origin: tuple[OriginShare, ...]  # which articles go back to which origin, and why
    sources: tuple[str, ...]  # the chains it is told on; "own voice" where an outlet says it itself
    attributed: bool  # every report tells it under a claim, none in its own voice
    first_hand: tuple[str, ...]  # outlets whose own people were there
    disputed: bool  # somebody denies or doubts it, or tolls disagree
    summary: str


# How a report's figure stands to the reconciled one, by the list of `TollEstimate` that holds it.
STANDINGS = {
    "basis": "counted", "dissent": "disagrees", "superseded": "superseded", "corrected": "corrected",
    "withdrawn": "withdrawn",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TollRow:
    """A reconciled toll of an incident, or (level "report") one report's figure."""

    level: str
    id: str
    incident: str | None
    when: str
    place: str | None
    harm: str
    low: int
    best: int | None
    high: int | None
    victims: str | None
    victim_kind: str | None
    says: str
    standing: str  # counted, disagrees, superseded, corrected, withdrawn; "part" of another figure
    quote: str
    own_voice: bool  # of a reconciled toll: of any report that it rests on
    first_hand: str | None
    kinds: tuple[str, ...]
    cues: tuple[str | None, ...]
    stance: str | None
    certainty: str | None
    hedge: str | None
    claims: tuple[str, ...]
    origins: tuple[str, ...] = ()  # of a reconciled toll: whose figure the best one is
    steps: tuple[TollStep, ...] = ()  # of a reconciled toll: its course over time


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One day's happening."""

    day: str
    place: str | None
    what: str
    tolls: str
    origins: int
    articles: int
    says: str
    incident: str
    then: str = ""  # what is told since the first day asked for: "new", or what changed
    earlier: bool = False  # it was over by then, and is here for what changed


_DENIED = frozenset({Status.NEGATED, Status.HYPOTHETICAL})
_QUESTION = re.compile(r"(?:how|what|which|who|whom|whose|where|when|why|whether)\b", re.IGNORECASE)


def incidents(archive: Archive) -> list[IncidentRow]:
    """Incidents, the weightiest first: by what was done, who was harmed, and how many independent origins tell it."""
    return [incident_row(archive, incident) for incident in ranked(archive, archive.links.incidents)]


def ranked(archive: Archive, held: Iterable[Incident]) -> list[Incident]:
    """Incidents by weight, the weightiest first."""
    return sorted(held, key=lambda one: (-weight(archive, one), -len(one.articles), one.first or "9999", one.id))


def weight(archive: Archive, incident: Incident) -> float:
    """How much an incident matters to a reader who has time for few."""
    return gravity(
        incident, min((day for id in incident.articles if (day := archive.article(id).published)), default=None)
    )


def disputes(archive: Archive, incident: Incident) -> list[Claim]:
    """Claims that deny or doubt what others tell of an incident; a reporter's "could not be verified" is none."""
    events = [archive.events[id] for id in incident.events if id in archive.events]
    types = {event.type for event in events}
    told = set(incident.events) | {id for toll in incident.tolls for id in toll.standings}
    found: list[Claim] = []
    for article in incident.articles:
        analysis = archive.analyses[article]
        denied = {event.id for event in analysis.events if event.status in _DENIED and event.type in types}
        against = told | denied
        found += [
            claim
            for claim in analysis.claims
            if claim.stance in ("denies", "doubts") and against & set(claim.about) and _disputing(archive, claim)
        ]
    return found


def _disputing(archive: Archive, claim: Claim) -> bool:
    own = claim.chain and claim.chain[-1].kind in (SourceKind.REPORTERS, SourceKind.MEDIA, SourceKind.AGENCY)
    return not own and not _QUESTION.match(archive.quotes(claim.content))


def own_voices(archive: Archive, incident: Incident) -> tuple[list[str], list[str]]:
    """Whose own voice an incident is told in, copies under their origin's name; and the sources others tell it by.

    "(first-hand)" where its own people say that they were there.
    """
    own: Counter[str] = Counter()
    told: Counter[str] = Counter()
    seen = set()
    for id in incident.events:
        event = archive.events.get(id)
        if event is None:
            continue
        if own_voice(archive, event):
            origin = archive.origins.get(archive.origin_of.get(event.trigger.article, ""))
            name = origin.name if origin else archive.outlet(event.trigger.article)
            own[name] += 1
            if id in archive.observed:
                seen.add(name)
        if held := archive.held(event.claims):
            links = max(held, key=depth).chain
            cited = [archive.source(link) for link in links if not is_credit(link)]
            names = [name for name in cited if name.casefold() not in PRONOUNS]
            if names:
                told[" ← ".join(dict.fromkeys(names))] += 1
    voices = [f"{name} (first-hand)" if name in seen else name for name, _ in own.most_common()]
    return voices, [name for name, _ in told.most_common()]


def incident_row(archive: Archive, incident: Incident) -> IncidentRow:
    """One incident as its reports tell it, with the origins that they go back to."""
    events = [archive.events[id] for id in incident.events if id in archive.events]
    grounds = [ground(archive, event) for event in events]
    voices = Counter(one.says for one in grounds)
    told = reach(archive, incident.articles)
    seen = [event.trigger.article for event, one in zip(events, grounds, strict=True) if one.first_hand]
    return IncidentRow(
        id=incident.id,
        first=incident.first,
        last=incident.last,
        place=incident.place,
        country=incident.country,
        lat=incident.lat,
        lon=incident.lon,
        type=incident.type,
        modes=_common(event.mode for event in events),
        actors=_common(archive.actors[id].name for event in events for id in event.actors),
        recipients=_common(archive.actors[id].name for event in events for id in event.recipients),
        tolls=tuple(estimate(toll) for toll in incident.tolls),
        articles=len(incident.articles),
        outlets=len(told.outlets),
        origins=len(incident.origins),
        outlet_names=told.outlets,
        by_origin=told.shares,
        sources=tuple(voice for voice, _ in voices.most_common(8)),
        attributed=bool(grounds) and not any(one.own_voice for one in grounds),
        first_hand=tuple(dict.fromkeys(map(archive.outlet, seen))),
        disputed=any(toll.dissent or toll.corrected or toll.withdrawn for toll in incident.tolls)
        or bool(disputes(archive, incident)),
        summary=incident.summary,
    )


def _common(names: Iterable[str | None], most: int = 5) -> tuple[str, ...]:
    return tuple(name for name, _ in Counter(name for name in names if name).most_common(most))


def estimate(toll: TollEstimate) -> str:
    """ "killed 26 (18 to 164, 1 report disagrees, 1 withdrawn)"; "killed: 1 figure, withdrawn" where none stands."""
    if not toll.basis and not toll.dissent:
        gone = len(toll.withdrawn) + len(toll.corrected)
        return f"{toll.harm}: {gone} {'figure' if gone == 1 else 'figures'}, withdrawn"
    best = f"{toll.best:,}" if toll.best is not None else bounds(toll.low, toll.high)
    notes = []
    if toll.best is not None and toll.high is None:
        best = f"at least {best}"
    elif toll.best is not None and (toll.low, toll.high) != (toll.best, toll.best):
        notes.append(bounds(toll.low, toll.high))
    if toll.dissent:
        notes.append(f"{len(toll.dissent)} {'report disagrees' if len(toll.dissent) == 1 else 'reports disagree'}")
    if toll.corrected:
        notes.append(f"{len({wrong for wrong, _ in toll.corrected})} corrected")
    if toll.withdrawn:
        notes.append(f"{len(toll.withdrawn)} withdrawn")
    return f"{toll.harm} {best}" + (f" ({', '.join(notes)})" if notes else "")


def tolls(archive: Archive, id: str | None = None) -> list[TollRow]:
    """Reconciled tolls with the reports under each; then the tolls that belong to no incident.

    Of one incident alone where the first digits of its id are given.
    """
    if id is not None:
        return list(_of_incident(archive, archive.incident(id)))
    incidents = sorted(archive.links.incidents, key=lambda one: (one.first or "9999", one.id))
    rows = [row for incident in incidents for row in _of_incident(archive, incident)]
    told = {id for incident in incidents for total in incident.tolls for id in total.standings}
    return rows + [_reported(archive, id, None, "counted") for id in sorted(set(archive.tolls) - told)]


def _of_incident(archive: Archive, incident: Incident) -> Iterator[TollRow]:
    for total in incident.tolls:
        yield _reconciled(archive, incident, total)
        for id, standing in total.standings.items():
            if id in archive.tolls:
                yield _reported(archive, id, incident, STANDINGS[standing])


def _reconciled(archive: Archive, incident: Incident, total: TollEstimate) -> TollRow:
    """A reconciled toll; it stands on what the reports stand on that it is made of."""
    grounds = [ground(archive, archive.tolls[id]) for id in total.basis if id in archive.tolls]
    return TollRow(
        level="incident",
        id=incident.id,
        incident=incident.id,
        when=days(incident.first, incident.last),
        place=incident.place,
        harm=total.harm,
        low=total.low,
        best=total.best,
        high=total.high,
        victims=None,
        victim_kind=None,
        says=_who(archive, total),
        standing="reconciled",
        quote=incident.summary,
        own_voice=any(one.own_voice for one in grounds),
        first_hand="; ".join(sorted({one.first_hand for one in grounds if one.first_hand})) or None,
        kinds=tuple(dict.fromkeys(kind for one in grounds for kind in one.kinds)),
        cues=tuple(dict.fromkeys(cue for one in grounds for cue in one.cues)),
        stance="; ".join(dict.fromkeys(one.stance for one in grounds if one.stance)) or None,
        certainty="; ".join(dict.fromkeys(one.certainty for one in grounds if one.certainty)) or None,
        hedge="; ".join(dict.fromkeys(one.hedge for one in grounds if one.hedge)) or None,
        claims=tuple(claim for id in total.basis if id in archive.tolls for claim in archive.tolls[id].claims),
        origins=origin_names(archive, total.origins),
        steps=total.steps,
    )


def origin_names(archive: Archive, ids: Iterable[str]) -> tuple[str, ...]:
    """Origins by name, each once."""
    return tuple(dict.fromkeys(sorted(archive.origins[id].name for id in ids if id in archive.origins)))


def _who(archive: Archive, total: TollEstimate) -> str:
    """The origins of the best figure, and how many reports it rests on."""
    reports = len({archive.tolls[id].span.article for id in total.basis if id in archive.tolls})
    names = origin_names(archive, total.origins)
    return "; ".join(filter(None, [", ".join(names), f"{reports} report{'' if reports == 1 else 's'}"]))


def _reported(archive: Archive, id: str, incident: Incident | None, standing: str) -> TollRow:
    toll = archive.tolls[id]
    if standing == "counted" and (toll.withdrawn or toll.part):
        standing = "withdrawn" if toll.withdrawn else "part"
    event = archive.events.get(toll.event) if toll.event else None
    place = archive.places.get(event.place) if event and event.place else None
    stands = ground(archive, toll)
    return TollRow(
        level="report",
        id=id,
        incident=incident.id if incident else None,
        when=archive.day(toll.as_of) or (archive.day(event.time) if event else ""),
        place=place.name if place else None,
        harm=toll.harm,
        low=toll.low,
        best=None,
        high=toll.high,
        victims=toll.victims,
        victim_kind=toll.kind,
        says=stands.says,
        standing=standing,
        quote=archive.quote(toll.span),
        own_voice=stands.own_voice,
        first_hand=stands.first_hand,
        kinds=stands.kinds,
        cues=stands.cues,
        stance=stands.stance,
        certainty=stands.certainty,
        hedge=stands.hedge,
        claims=toll.claims,
    )


def timeline(archive: Archive, since: str | None = None, until: str | None = None) -> list[TimelineRow]:
    """Dated incidents day by day. Undated ones are left out; `undated` counts them."""
    rows = [
        moment(archive, incident)
        for incident in archive.links.incidents
        if incident.first
        and (since is None or (incident.last or incident.first) >= since)
        and (until is None or incident.first <= until)
    ]
    return sorted(rows, key=lambda row: (row.day, -row.origins, row.incident))


def undated(archive: Archive) -> int:
    """How many incidents have no date and stand on no timeline."""
    return sum(1 for incident in archive.links.incidents if not incident.first)


def moment(archive: Archive, incident: Incident) -> TimelineRow:
    """An incident as a timeline tells it."""
    row = incident_row(archive, incident)
    return TimelineRow(
        day=days(incident.first, incident.last),
        place=incident.place,
        what=incident.summary or row.type,
        tolls="; ".join(row.tolls),
        origins=row.origins,
        articles=row.articles,
        says=row.sources[0] if row.sources else "",
        incident=incident.id,
    )
