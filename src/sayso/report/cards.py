"""What stands beside an article's text: a card for each record, with the chain, the facts and the reasons of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sayso.model import Claim, Event, Label, Link, Observation, Place, Reason, Span, Time, Toll, mention_id
from sayso.report.archive import Archive, bounds, days, is_credit
from sayso.report.grounds import ground, ground_of
from sayso.report.marked import Mark, MarkKind

_LEADS = frozenset(MarkKind) - {MarkKind.SOURCE, MarkKind.CUE}  # marks of records, not of the parts of a claim


@dataclass(frozen=True, slots=True)
class Hop:
    """One box of a drawn chain; the outlet is the first, the origin the last."""

    name: str
    kind: str  # of the source; "outlet" for the outlet itself
    cue: str = ""  # the words that make it a source
    credited: bool = False  # an agency of the credits, which no words cite


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is known of a record, and the records of the same article that it leads to."""

    name: str
    words: str
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One record of an article as it is read beside the text."""

    kind: MarkKind
    id: str
    start: int  # where its words begin, in characters of `Article.text`
    end: int
    words: str
    name: str  # what it is: "ASSAULT/firearms", "killed 26"
    tags: tuple[str, ...] = ()  # status, stance: what changes how it is to be read
    facts: tuple[Fact, ...] = ()
    chain: tuple[Hop, ...] = ()
    stance: str = ""
    incident: str | None = None  # -> Incident
    reasons: tuple[Reason, ...] = ()


def heads(marks: Iterable[Mark]) -> list[Mark]:
    """The first mark of each record in order of the text: what has a card."""
    found: dict[str, Mark] = {}
    for mark in marks:
        if mark.kind in _LEADS:
            found.setdefault(mark.id, mark)
    return list(found.values())


def cards(archive: Archive, article: str, chosen: Sequence[Mark]) -> list[Card]:
    """The cards of these marks, in their order."""
    analysis = archive.analyses[article]
    unnamed: dict[str, Label | Observation] = {}
    unnamed |= {mention_id("label", label.span): label for label in reversed(analysis.labels)}
    unnamed |= {mention_id("observation", seen.content): seen for seen in reversed(analysis.observations)}
    return [_MAKERS[mark.kind](archive, mark, unnamed) for mark in chosen]


def facts(*told: tuple[str, str] | Fact) -> tuple[Fact, ...]:
    """Those that tell something."""
    made = (one if isinstance(one, Fact) else Fact(*one) for one in told)
    return tuple(one for one in made if one.words or one.refs)


# --------------------------------------------------------------------------- claims

_Unnamed = dict[str, "Label | Observation"]


def _claim(archive: Archive, mark: Mark, _: _Unnamed) -> Card:
    claim = archive.claims[mark.id]
    return Card(
        kind=mark.kind,
        id=claim.id,
        start=mark.start,
        end=mark.end,
        words=archive.quotes(claim.content),
        name=archive.outlet(claim.content[0].article),
        tags=tuple(_claim_tags(claim)),
        facts=facts(*_claim_facts(archive, claim)),
        chain=tuple(chain(archive, claim)),
        stance=claim.stance.value,
        reasons=claim.reasons,
    )


def _claim_tags(claim: Claim) -> Iterator[str]:
    if claim.negation:
        yield "not said"
    if claim.certainty != "certain":
        yield claim.certainty.value
    yield claim.mode.value


def _claim_facts(archive: Archive, claim: Claim) -> Iterator[tuple[str, str] | Fact]:
    addressee = archive.actors.get(claim.addressee or "")
    yield "to", addressee.name if addressee else archive.quote(claim.addressed)
    yield "by way of", archive.quote(claim.channel)
    yield _when(archive, "when", claim.time)
    yield "hedged by", archive.quote(claim.hedge)
    yield "not said", archive.quote(claim.negation)
    yield Fact("about", "" if claim.about else "nothing that was coded", claim.about)
    if outer := archive.claims.get(claim.within or ""):
        yield Fact("inside of", archive.chain(outer), (outer.id,))


def chain(archive: Archive, claim: Claim) -> Iterator[Hop]:
    """The way that content came, from the outlet that printed it to the origin."""
    yield Hop(archive.outlet(claim.content[0].article), "outlet")
    yield from (_hop(archive, link) for link in claim.chain)


def _hop(archive: Archive, link: Link) -> Hop:
    return Hop(archive.source(link), link.kind.value, archive.quote(link.cue), is_credit(link))


# --------------------------------------------------------------------------- events and tolls


def _event(archive: Archive, mark: Mark, _: _Unnamed) -> Card:
    event = archive.events[mark.id]
    return Card(
        kind=mark.kind,
        id=event.id,
        start=mark.start,
        end=mark.end,
        words=archive.quote(event.trigger),
        name=f"{event.type}{'/' + event.mode if event.mode else ''}",
        tags=(event.status.value, *event.context),
        facts=facts(*_event_facts(archive, event)),
        incident=archive.incident_of.get(event.id),
        reasons=event.reasons,
    )


def _event_facts(archive: Archive, event: Event) -> Iterator[tuple[str, str] | Fact]:
    yield "who", archive.names(event.actors) or "unknown"
    yield "to whom", archive.names(event.recipients) or "nobody named"
    place = archive.places.get(event.place or "")
    where = f"{place.name}{', ' + place.country if place.country else ''}" if place else "unknown"
    yield Fact("where", where, (place.id,) if place else ())
    yield _when(archive, "when", event.time) if event.time else Fact("when", "unknown")
    yield Fact("told by", ground(archive, event).says, event.claims)
    yield from (("first-hand", _seen_words(archive, seen)) for seen in archive.observed.get(event.id, ()))
    for cause in event.causes:
        yield cause.kind, f"“{archive.quote(cause.span)}”, {ground_of(archive, event, cause).says}"


def _toll(archive: Archive, mark: Mark, _: _Unnamed) -> Card:
    toll = archive.tolls[mark.id]
    told = (("running total", toll.cumulative), ("part of another figure", toll.part), ("withdrawn", toll.withdrawn))
    return Card(
        kind=mark.kind,
        id=toll.id,
        start=mark.start,
        end=mark.end,
        words=archive.quote(toll.span),
        name=f"{toll.harm} {bounds(toll.low, toll.high)}",
        tags=tuple(name for name, is_so in told if is_so),
        facts=facts(*_toll_facts(archive, toll)),
        incident=archive.incident_of.get(toll.event or ""),
        reasons=toll.reasons,
    )


def _toll_facts(archive: Archive, toll: Toll) -> Iterator[tuple[str, str] | Fact]:
    low, high = f"{toll.low:,}", "open" if toll.high is None else f"{toll.high:,}"
    yield "bounds", f"lowest {low}, highest {high}"
    yield "whom", f"{toll.victims or 'not named'}{f' ({toll.kind})' if toll.kind else ''}"
    yield _when(archive, "as of", toll.as_of)
    yield Fact("told by", ground(archive, toll).says, toll.claims)
    yield from (("first-hand", _seen_words(archive, seen)) for seen in archive.observed.get(toll.id, ()))
    yield Fact("of", "" if toll.event else "no event", (toll.event,) if toll.event else ())


# --------------------------------------------------------------------------- places, times, names, what was seen


def _place(archive: Archive, mark: Mark, _: _Unnamed) -> Card:
    place: Place = archive.places[mark.id]
    located = place.lat is not None and place.lon is not None
    return Card(
        kind=mark.kind,
        id=place.id,
        start=mark.start,
        end=mark.end,
        words=archive.quote(place.span),
        name=", ".join(filter(None, [place.name, place.admin1, place.country])),
        tags=tuple(filter(None, [place.level and place.level.value, "" if place.is_location else f"a {place.use}"])),
        facts=facts(
            ("coordinates", f"{place.lat:.3f}, {place.lon:.3f}" if located else "not located"),
            ("GeoNames", str(place.geonameid or "")),
            ("near", "close to it, not in it" if place.near else ""),
        ),
        reasons=place.reasons,
    )


def _time(archive: Archive, mark: Mark, _: _Unnamed) -> Card:
    time: Time = archive.times[mark.id]
    return Card(
        kind=mark.kind,
        id=time.id,
        start=mark.start,
        end=mark.end,
        words=archive.quote(time.span),
        name=days(time.first, time.last) or "unknown days",
        tags=(time.basis.value,),
        facts=facts((f"TIMEX3 {time.type.lower()}", time.value or "")),
    )


def _label(archive: Archive, mark: Mark, unnamed: _Unnamed) -> Card:
    label = unnamed[mark.id]
    assert isinstance(label, Label)
    actor = archive.actors.get(label.target or "")
    event = archive.events.get(label.target or "")
    of = Fact("names", actor.name if actor else "" if event else "nothing that was coded", (event.id,) if event else ())
    told = Fact("told by", ground(archive, label).says, label.claims)
    return Card(mark.kind, mark.id, mark.start, mark.end, archive.quote(label.span), label.text, facts=facts(of, told))


def _observation(archive: Archive, mark: Mark, unnamed: _Unnamed) -> Card:
    seen = unnamed[mark.id]
    assert isinstance(seen, Observation)
    about = Fact("about", "" if seen.about else "nothing that was coded", seen.about)
    words, name = archive.quote(seen.content), f"{archive.quote(seen.who)} … {archive.quote(seen.cue)}"
    return Card(mark.kind, mark.id, mark.start, mark.end, words, name, facts=facts(about))


def _seen_words(archive: Archive, seen: Observation) -> str:
    return f"{archive.quote(seen.who)} … {archive.quote(seen.cue)} … “{archive.quote(seen.content)}”"


def _when(archive: Archive, name: str, time: str | None) -> Fact:
    return Fact(name, (archive.day(time) or "unknown days") if time else "", (time,) if time else ())


_MAKERS: dict[MarkKind, Callable[[Archive, Mark, _Unnamed], Card]] = {
    MarkKind.CLAIM: _claim,
    MarkKind.EVENT: _event,
    MarkKind.TOLL: _toll,
    MarkKind.PLACE: _place,
    MarkKind.TIME: _time,
    MarkKind.LABEL: _label,
    MarkKind.OBSERVATION: _observation,
}


def brief(archive: Archive, id: str) -> tuple[str, Span] | None:
    """A record that a card points to, in a few words, and where it stands; None for one that is not held."""
    if event := archive.events.get(id):
        return f"{event.type.lower()}: {archive.quote(event.trigger)}", event.trigger
    if toll := archive.tolls.get(id):
        return f"{toll.harm} {bounds(toll.low, toll.high)}", toll.span
    if claim := archive.claims.get(id):
        return f"claim: {archive.quotes(claim.content)}", claim.content[0]
    if place := archive.places.get(id):
        return place.name, place.span
    if time := archive.times.get(id):
        return archive.quote(time.span), time.span
    return None
