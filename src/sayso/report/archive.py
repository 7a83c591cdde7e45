"""An archive held ready for reports: analyses and links with every record reachable by its id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from sayso.errors import InputError
from sayso.model import (
    Actor,
    Analysis,
    Article,
    Claim,
    Copy,
    Event,
    Incident,
    Label,
    Link,
    Links,
    Observation,
    Origin,
    Place,
    Rejected,
    Span,
    Time,
    Toll,
)
from sayso.ports import View
from sayso.report.lending import Lender
from sayso.report.register import Register
from sayso.text import fold, initials

Item = TypeVar("Item")


class Archive:
    """Read-only lookups over one state of a store. Holds all analyses, so its size is that of the archive.

    `analyses` are as they were made of one article each; in `actors` the register has filled what other articles say.
    """

    def __init__(self, analyses: Iterable[Analysis], links: Links, rejected: Iterable[Rejected] = ()) -> None:
        self.analyses: dict[str, Analysis] = {analysis.article.id: analysis for analysis in analyses}
        self.links = links
        self.rejected = tuple(rejected)
        self.places: dict[str, Place] = {}
        self.times: dict[str, Time] = {}
        self.claims: dict[str, Claim] = {}
        self.events: dict[str, Event] = {}
        self.tolls: dict[str, Toll] = {}
        self.labels: dict[str, list[Label]] = defaultdict(list)
        self.observed: dict[str, list[Observation]] = defaultdict(list)  # by event or toll
        for analysis in self.analyses.values():
            self._learn(analysis)
        self.incidents: dict[str, Incident] = {incident.id: incident for incident in links.incidents}
        full = _full_names(origin.name for origin in links.origins)
        self.origins: dict[str, Origin] = {
            origin.id: replace(origin, name=full.get(fold(origin.name), origin.name)) for origin in links.origins
        }
        self.origin_of: dict[str, str] = {article: origin.id for origin in links.origins for article in origin.articles}
        self.incident_of: dict[str, str] = {
            event: incident.id for incident in links.incidents for event in incident.events
        }

    @classmethod
    def of(cls, view: View) -> Archive:
        """The archive as it stands."""
        return cls(view.analyses(), view.links(), view.rejected())

    @cached_property
    def register(self) -> Register:
        """What the articles say of the names in them."""
        return Register(self.analyses.values())

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """Every actor, with what the register lends it."""
        lender = Lender(self.register)
        found = {actor.id: actor for analysis in self.analyses.values() for actor in analysis.actors}
        for analysis in self.analyses.values():
            found.update((actor.id, actor) for actor in lender.fill(analysis))
        return found

    @cached_property
    def taken(self) -> dict[str, tuple[Copy, ...]]:
        """The copies by the article that was taken from another."""
        return _grouped((copy.article, copy) for copy in self.links.copies)

    @cached_property
    def claims_on(self) -> dict[str, tuple[Claim, ...]]:
        """Claims by the event or toll that they are about."""
        return _grouped((about, claim) for claim in self.claims.values() for about in claim.about)

    @cached_property
    def tolls_of(self) -> dict[str, tuple[Toll, ...]]:
        """Tolls by the event whose harm they count."""
        return _grouped((toll.event, toll) for toll in self.tolls.values() if toll.event)

    def _learn(self, analysis: Analysis) -> None:
        self.places.update((place.id, place) for place in analysis.places)
        self.times.update((time.id, time) for time in analysis.times)
        self.claims.update((claim.id, claim) for claim in analysis.claims)
        self.events.update((event.id, event) for event in analysis.events)
        self.tolls.update((toll.id, toll) for toll in analysis.tolls)
        for label in analysis.labels:
            if label.target:
                self.labels[label.target].append(label)
        for observation in analysis.observations:
            for about in observation.about:
                self.observed[about].append(observation)

    def article(self, id: str) -> Article:
        return self.analyses[id].article

    def incident(self, id: str) -> Incident:
        """The one incident whose id begins so."""
        found = [incident for incident in self.links.incidents if incident.id.startswith(id)]
        if len(found) != 1:
            raise InputError("no incident has this id, or several begin with it", about=id, way_out="give more digits")
        return found[0]

    def quote(self, span: Span | None) -> str:
        """The characters a span stands for, white space closed up; "" for no span."""
        if span is None:
            return ""
        return " ".join(self.article(span.article).quote(span).split())

    def quotes(self, spans: Iterable[Span]) -> str:
        """Several spans as one reading, joined by an ellipsis."""
        return " … ".join(self.quote(span) for span in spans)

    def source(self, link: Link) -> str:
        """Who a link of a chain is, as briefly as can be: the actor's name, else the words of the text."""
        actor = self.actors.get(link.actor) if link.actor else None
        if actor:
            return actor.name
        return self.quote(link.span) or f"unnamed {link.kind}"

    def chain(self, claim: Claim) -> str:
        """The chain from the outlet to the origin, read from left to right."""
        return " ← ".join(
            f"{self.source(link)} ({link.kind}{', credited' if is_credit(link) else ''})" for link in claim.chain
        )

    def held(self, claims: Iterable[str]) -> list[Claim]:
        """These claims, as far as the archive has them."""
        return [self.claims[claim] for claim in claims if claim in self.claims]

    def voices(self, told: Event | Toll) -> str:
        """On whose say-so: the outlet's own voice, the chain of the innermost claim, or both."""
        held, own = self.held(told.claims), own_voice(self, told)
        outlet = self.outlet(told.trigger.article if isinstance(told, Event) else told.span.article)
        who = f"{outlet} (own voice)" if own else outlet
        if not held:
            return who
        innermost = max(held, key=depth)
        verb = "" if innermost.stance == "asserts" else f", who {innermost.stance} it"
        return f"{who}{', also' if own else ''} ← {self.chain(innermost)}{verb}"

    def outlet(self, article: str) -> str:
        return self.article(article).outlet or "unknown outlet"

    def names(self, actors: Iterable[str]) -> str:
        """Actors by name, each once."""
        return ", ".join(dict.fromkeys(self.actors[actor].name for actor in actors if actor in self.actors))

    def day(self, time: str | None) -> str:
        """A time as a date or a range of dates; "" where it is unknown."""
        record = self.times.get(time) if time else None
        return days(record.first, record.last) if record else ""


def _grouped(pairs: Iterable[tuple[str, Item]]) -> dict[str, tuple[Item, ...]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for key, item in pairs:
        found[key].append(item)
    return {key: tuple(items) for key, items in found.items()}


def _full_names(names: Iterable[str]) -> dict[str, str]:
    """The one full name that initials stand for among these; what several fit stays as it is."""
    fitting: dict[str, set[str]] = defaultdict(set)
    for name in names:
        if " " in name.strip():
            fitting[initials(name)].add(name)
    return {short: min(full) for short, full in fitting.items() if len(full) == 1 and len(short) > 1}


def own_voice(archive: Archive, told: Event | Toll | Label) -> bool:
    """Whether an outlet tells something itself, beside what it cites others with or citing nobody."""
    return (isinstance(told, Event) and told.own_voice) or not archive.held(told.claims)


def is_credit(link: Link) -> bool:
    """Whether a link is the agency whose copy the article says it carries, which no words cite."""
    return link.span is None and link.cue is None


def depth(claim: Claim) -> int:
    """How many sources the text passes a claim through; an agency in the credits is no further one."""
    return sum(1 for link in claim.chain if not is_credit(link))


def days(first: str | None, last: str | None) -> str:
    """ "2022-01-05", "2022-01-05 to 2022-01-07", "until 2022-01-07" or ""."""
    if first and last:
        return first if first == last else f"{first} to {last}"
    return f"from {first}" if first else f"until {last}" if last else ""


def bounds(low: int, high: int | None) -> str:
    """ "26", "10 to 15", "at least 12"."""
    if high is None:
        return f"at least {low:,}" if low else "unknown"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"
