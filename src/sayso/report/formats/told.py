"""What every layout writes from: each event with its parties, place, days and on whose say-so it stands.

A layout asks for events one by one (`tellings`) or for happenings (`happenings`: the events of an incident together,
an event without incident alone). What does not go in is counted with the reason in words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

from sayso.model import (
    Actor,
    Article,
    Certainty,
    Claim,
    Event,
    Harm,
    Incident,
    Level,
    Span,
    Stance,
    Status,
    Toll,
    content_id,
)
from sayso.report.archive import Archive
from sayso.report.formats.blame import is_accusation
from sayso.report.grounds import Ground, ground

MONTH = 31  # days: the coarsest date of the layouts that give one day
_DONE = frozenset({Status.OCCURRED, Status.ONGOING})
_AGAINST = frozenset({Stance.DENIES, Stance.DOUBTS})
# How far each stance is from telling that something happened.
_FROM_FACT = [
    Stance.ASSERTS, Stance.PROMISES, Stance.THREATENS, Stance.DEMANDS, Stance.ASKS, Stance.HOPES, Stance.DOUBTS,
    Stance.DENIES,
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Party:
    """An actor or recipient as one event tells it."""

    id: str
    name: str
    raw: str  # as the article writes it there
    kind: str
    country: str | None
    sectors: tuple[str, ...]
    title: str | None
    start: int | None  # character of the article

    @property
    def is_named(self) -> bool:
        """Whether it goes by a name, not by words such as "protesters" or "3,000 people"."""
        return self.name[:1].isalpha() and not self.name[:1].islower()


@dataclass(frozen=True, slots=True)
class Where:
    """A place with how precise it is."""

    name: str
    raw: str
    level: Level | None
    lat: float | None
    lon: float | None
    country: str | None  # ISO 3166-1 alpha-3
    admin1: str | None
    geonameid: int | None

    def named(self, *levels: Level) -> str | None:
        """Its name if it is of one of these levels."""
        return self.name if self.level in levels else None

    @property
    def province(self) -> str | None:
        return self.named(Level.PROVINCE) or self.admin1


@dataclass(frozen=True, slots=True)
class Days:
    """When: an interval of days, and whether the report dates it or only the other reports of the incident."""

    first: str
    last: str | None  # None: open
    basis: str  # "report" or "incident"

    @property
    def length(self) -> int | None:
        """How many days it spans; None if it is open."""
        if self.last is None:
            return None
        return (date.fromisoformat(self.last) - date.fromisoformat(self.first)).days + 1


@dataclass(frozen=True, eq=False)
class Telling:
    """One event as one article tells it, with all that it points at."""

    archive: Archive
    event: Event

    @property
    def id(self) -> str:
        return self.event.id

    @cached_property
    def article(self) -> Article:
        return self.archive.article(self.event.trigger.article)

    @cached_property
    def incident(self) -> Incident | None:
        return self.archive.incidents.get(self.archive.incident_of.get(self.event.id, ""))

    @cached_property
    def ground(self) -> Ground:
        return ground(self.archive, self.event)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        return tuple(self.archive.held(self.event.claims))

    @cached_property
    def stance(self) -> Stance | None:
        """Of the claims it stands under, the stance furthest from a fact; None: told in own voice.

        Of a saying that was not said ("did not say that ...") nothing is asserted.
        """
        if self.ground.own_voice:
            return None
        stances = [Stance.DOUBTS if claim.negation else claim.stance for claim in self.claims]
        return max(stances, key=_FROM_FACT.index, default=None)

    @cached_property
    def accused(self) -> bool:
        """Whether a source lays it at another's door rather than tells it."""
        return is_accusation(self.archive, self.event, self.claims)

    @property
    def standing(self) -> tuple[bool, bool]:
        """The better the less: own voice, then under a claim, then an accusation."""
        return self.accused, not self.ground.own_voice

    @property
    def hedged(self) -> bool:
        """Whether it stands only on sources one of which is said to be less than certain."""
        return not self.ground.own_voice and any(claim.certainty is not Certainty.CERTAIN for claim in self.claims)

    @cached_property
    def actors(self) -> tuple[Party, ...]:
        return tuple(self._parties(self.event.actors, self.event.actor_spans))

    @cached_property
    def recipients(self) -> tuple[Party, ...]:
        return tuple(self._parties(self.event.recipients, self.event.recipient_spans))

    def _parties(self, ids: Iterable[str], spans: tuple[Span, ...]) -> Iterator[Party]:
        seen: set[str] = set()
        for number, id in enumerate(ids):
            actor = self.archive.actors.get(id)
            if actor is not None and id not in seen:
                seen.add(id)
                yield _party(self.archive, actor, spans[number] if number < len(spans) else None)

    @cached_property
    def where(self) -> Where | None:
        place = self.archive.places.get(self.event.place or "")
        if place is None:
            return None
        level = place.level if place.lat is not None and place.lon is not None else None
        lat, lon = (place.lat, place.lon) if level else (None, None)
        raw = self.archive.quote(place.span)
        return Where(place.name, raw, level, lat, lon, place.country, place.admin1, place.geonameid)

    @cached_property
    def days(self) -> Days | None:
        """When the report says it was, else when the incident was; None where neither tells."""
        time = self.archive.times.get(self.event.time or "")
        if time and time.first:
            return Days(time.first, _not_before(time.first, time.last), "report")
        return _incident_days(self.incident)

    @cached_property
    def tolls(self) -> tuple[Toll, ...]:
        """What this report counts of the event and nobody in it denies."""
        found = (toll for toll in self.archive.analyses[self.article.id].tolls if toll.event == self.event.id)
        return tuple(toll for toll in found if not self._against(toll))

    def _against(self, toll: Toll) -> bool:
        return any(claim.stance in _AGAINST or claim.negation for claim in self.archive.held(toll.claims))

    @property
    def origins(self) -> int:
        """Independent origins of the incident; 1 for an event that no other report tells."""
        return len(self.incident.origins) or 1 if self.incident else 1

    @property
    def articles(self) -> int:
        return len(self.incident.articles) or 1 if self.incident else 1

    @cached_property
    def unfit(self) -> str | None:
        """Why it is not told as having happened, in words; None if it is."""
        if self.event.status not in _DONE:
            return f"told as {self.event.status}"
        return "denied or doubted by the source it stands on" if self.stance in _AGAINST else None

    @property
    def evidence(self) -> str:
        return self.archive.quotes(self.event.evidence)


@dataclass(frozen=True, eq=False)
class Happening:
    """One happening by all the reports that may be handed on; `lead` is the report that tells it best."""

    id: str
    incident: Incident | None
    tellings: tuple[Telling, ...]  # never none

    @cached_property
    def lead(self) -> Telling:
        """A telling of what happened, of the incident's own type: first in own voice, then the one that tells most."""
        return min(self.tellings, key=self._rank)

    def _rank(self, one: Telling) -> tuple[bool, bool, tuple[bool, bool], int, str, str]:
        parts = (one.actors, one.recipients, one.event.mode, one.where)
        aside = self.incident is not None and one.event.type != self.incident.type
        return (
            one.unfit is not None,
            aside,
            one.standing,
            -sum(map(bool, parts)),
            one.article.published or "9999",
            one.id,
        )

    @cached_property
    def alike(self) -> tuple[Telling, ...]:
        """The lead and the others of its type that stand as well as it, the lead first.

        Where the outlet itself tells that three were killed, whom a source blames for it is no part of that.
        """
        lead = (self.lead.event.type, self.lead.standing)
        others = (one for one in self.tellings if one is not self.lead and (one.event.type, one.standing) == lead)
        return self.lead, *others

    @cached_property
    def actors(self) -> tuple[Party, ...]:
        return next((one.actors for one in self.alike if one.actors), ())

    @cached_property
    def recipients(self) -> tuple[Party, ...]:
        return next((one.recipients for one in self.alike if one.recipients), ())

    @cached_property
    def mode(self) -> str | None:
        return next((one.event.mode for one in self.alike if one.event.mode), None)

    @cached_property
    def days(self) -> Days | None:
        return _incident_days(self.incident) or self.lead.days

    @cached_property
    def where(self) -> Where | None:
        """The incident's place, with what the reports that name it tell of it."""
        incident = self.incident
        if incident is None or incident.place is None:
            return self.lead.where
        named = (one.where for one in self.alike if one.where and one.where.name == incident.place)
        bare = Where(incident.place, incident.place, None, None, None, incident.country, None, None)
        return next(named, bare)

    @property
    def articles(self) -> tuple[Article, ...]:
        """Those whose telling is handed on, each once, the first published first."""
        found = {one.article.id: one.article for one in self.tellings}
        return tuple(sorted(found.values(), key=lambda one: (one.published or "9999", one.id)))

    @property
    def origins(self) -> int:
        """Independent origins of these articles, as the incident counts them: copies and reprints of one wire, and an
        agency that passes on another origin of it, are none of their own."""
        archive = self.lead.archive
        found = {archive.origin_of.get(article.id, article.id) for article in self.articles}
        return len(found.intersection(self.incident.origins) if self.incident else found) or 1


def tellings(archive: Archive) -> list[Telling]:
    """Every event, by day, then by id."""
    found = [Telling(archive, event) for event in archive.events.values()]
    return sorted(found, key=lambda one: (one.days.first if one.days else "9999", one.id))


def happenings(archive: Archive, told: Iterable[Telling]) -> list[Happening]:
    """These events by incident, an event of none alone; by day, then by id."""
    groups: dict[str, list[Telling]] = defaultdict(list)
    for one in told:
        groups[one.incident.id if one.incident else one.id].append(one)
    found = [Happening(id, archive.incidents.get(id), tuple(group)) for id, group in groups.items()]
    return sorted(found, key=lambda one: (one.days.first if one.days else "9999", one.id))


def fitting(archive: Archive, every: bool, left: Counter[str]) -> list[Telling]:
    """The events told as having happened, or with `every` all; what is left out is counted by reason."""
    found = []
    for one in tellings(archive):
        if one.unfit is None or every:
            found.append(one)
        else:
            left[one.unfit] += 1
    return found


def beyond_month(days: Days | None) -> str | None:
    """Why an event has no place in a layout that gives one day; None if it has."""
    if days is None:
        return "no date"
    if days.length is None or days.length > MONTH:
        return "dated to more than a month"
    return None


def moment(published: str | None) -> datetime | None:
    """A publication date as a moment, in UTC where it names a zone; midnight where it has no time."""
    try:
        found = datetime.fromisoformat(published or "")
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # the last hours of the year 9999 in another zone
        return None


def number_of(id: str) -> int:
    """A record's id as the positive 63-bit number that databases take; the same id gives the same number."""
    digits = id if len(id) == 16 and all(char in "0123456789abcdef" for char in id) else content_id("number", id)
    return int(digits, 16) >> 1


def toll_of(happening: Happening, harm: Harm) -> tuple[int | None, str]:
    """The lowest credible count after ACLED's rule, and what was made of it in words; None where none is told.

    The lowest figure that stands, for an incident of the reconciled ones; a running total belongs to more than this
    happening and is not divided here.
    """
    archive, incident = happening.lead.archive, happening.incident
    if incident is None:
        own = [toll for toll in happening.lead.tolls if toll.harm == harm and not toll.cumulative]
        return min((toll.low for toll in own), default=None), ""
    estimate = next((total for total in incident.tolls if total.harm == harm), None)
    if estimate is None:
        return None, ""
    basis = [archive.tolls[id] for id in estimate.basis if id in archive.tolls]
    if not basis:
        return None, "every figure was withdrawn"
    if all(toll.cumulative for toll in basis):
        return None, f"only a running total is told: {estimate.low}"
    return estimate.low, ""


def _party(archive: Archive, actor: Actor, span: Span | None) -> Party:
    raw = archive.quote(span) or actor.name
    start = span.start if span else None
    return Party(actor.id, actor.name, raw, actor.kind, actor.country, actor.sector, actor.title, start)


def _incident_days(incident: Incident | None) -> Days | None:
    if incident is None or not incident.first:
        return None
    return Days(incident.first, _not_before(incident.first, incident.last), "incident")


def _not_before(first: str, last: str | None) -> str | None:
    return max(first, last) if last else None
