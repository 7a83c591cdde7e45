"""Where and when each event was: its own clause first, then its sentence, then the sentences it goes on from.

News names the town once and goes on: "Protesters stormed the city hall of Aktau on Thursday. They set it on fire."
An event keeps what its own clause says. Else it takes the one place, or day, that its sentence leaves it; else that
of the event before it in the same paragraph; a lead without a place was filed where the dateline says; a headline
tells what the lead tells. What is taken from elsewhere says so in the event's reasons. The publication date is never
used.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise, repeat

from sayso.model import Event, Level, Parsed, Place, Reason, Span, Status, Time

_LEVELS = (Level.SITE, Level.CITY, Level.DISTRICT, Level.PROVINCE, Level.COUNTRY, Level.REGION)
_TOLD = frozenset({Status.OCCURRED, Status.ONGOING})
_REACH = 2  # sentences a place or day carries on within a paragraph


@dataclass(frozen=True, slots=True)
class Setting:
    """The places and times of an article, and which words are taken by something else."""

    parsed: Parsed
    places: tuple[Place, ...]
    times: tuple[Time, ...]
    of_saying: tuple[Span, ...]  # times at which something was said, not done

    def sentence(self, span: Span) -> int | None:
        token = self.parsed.token_at(span.start)
        return None if token is None else self.parsed.sent[token]

    def extent(self, sentence: int) -> Span:
        first, last = self.parsed.sents[sentence]
        return self.parsed.span(first, last - 1)


def place_of(
    setting: Setting, trigger: Span, attached: Span | None, actors: Sequence[Span], recipients: Sequence[Span]
) -> Place | None:
    """The place its own words give an event: the attached one or a finer one within it, else the sentence's only.

    A toponym inside an actor's name tells who ("China's ministry"); inside a recipient's it tells where ("Almaty's
    city hall was stormed"), unless it is the recipient.
    """
    own = next((place for place in setting.places if attached and place.span.overlaps(attached)), None)
    sentence = setting.sentence(trigger)
    if sentence is None:
        return own
    extent = setting.extent(sentence)
    beside = [
        place
        for place in setting.places
        if extent.covers(place.span)
        and not any(span.overlaps(place.span) for span in actors)
        and not any(place.span.covers(span) for span in recipients)
    ]
    if own is None:
        return _innermost(beside)
    if any(_listed_with(setting, own, place) for place in beside):
        return None  # "in Aktau and Taraz": two places, and an event has one
    if own.level in (Level.COUNTRY, Level.PROVINCE, Level.REGION):
        return _innermost([own, *(place for place in beside if _within(place, own))]) or own
    return own


def time_of(setting: Setting, trigger: Span, attached: Span | None) -> Time | None:
    """The days its own words give an event: the attached time, else the sentence's only dated one."""
    own = next((time for time in setting.times if attached and time.span.overlaps(attached)), None)
    sentence = setting.sentence(trigger)
    if (own and own.first) or sentence is None:
        return own
    extent = setting.extent(sentence)
    dated = [
        time
        for time in setting.times
        if time.first
        and time.last
        and extent.covers(time.span)
        and not any(span.overlaps(time.span) for span in setting.of_saying)
    ]
    return dated[0] if len({(time.first, time.last) for time in dated}) == 1 else None


def _listed_with(setting: Setting, own: Place, other: Place) -> bool:
    """Whether two places stand side by side in a list: "Aktau and Taraz", but not "Aktau, Kazakhstan"."""
    first, second = sorted((own, other), key=lambda place: place.span.start)
    between = setting.parsed.article.text[first.span.end : second.span.start].strip(" ,").casefold()
    apart = not (_same(first, second) or _within(first, second) or _within(second, first))
    return apart and between in ("", "and", "or", "and in", "as well as")


def _within(inner: Place, outer: Place) -> bool:
    if inner.level is None or outer.level is None:
        return False
    finer = _LEVELS.index(inner.level) < _LEVELS.index(outer.level)
    return finer and (outer.level is Level.REGION or inner.country == outer.country)


def _innermost(places: Sequence[Place]) -> Place | None:
    """The one place that all the others hold or name again; None where two lie apart."""
    located = [place for place in places if place.level is not None]
    if not located:
        return places[0] if len(places) == 1 else None
    finest = min(located, key=lambda place: (_LEVELS.index(place.level or Level.REGION), place.span.start))
    if all(place is finest or _same(place, finest) or _within(finest, place) for place in places):
        return finest
    return None


def _same(one: Place, other: Place) -> bool:
    return one.geonameid == other.geonameid if one.geonameid is not None else one.name == other.name


def carry(
    setting: Setting, events: Sequence[Event], lead_place: Place | None, again: Sequence[tuple[Span, ...]] = ()
) -> list[Event]:
    """Give events without a place or day those of the event they go on from, with the reason; order is kept.

    `again` holds for each event, if given, the words that tell it again elsewhere.
    """
    ordered = sorted(range(len(events)), key=lambda number: events[number].trigger.start)
    carried = {number: events[number] for number in ordered}
    if lead_place is not None:
        told = [(event.trigger, *more) for event, more in zip(events, chain(again, repeat(())), strict=False)]
        carried = {n: _filed(setting, event, told[n], lead_place) for n, event in carried.items()}
    for before, after in pairwise(ordered):
        carried[after] = _go_on(setting, carried[before], carried[after])
    for number in ordered:
        carried[number] = _retell(setting, carried[number], list(carried.values()))
    return [carried[number] for number in range(len(events))]


def _filed(setting: Setting, event: Event, told: Iterable[Span], place: Place) -> Event:
    """A lead that names no place tells what happened where the report was filed."""
    if event.place or event.status not in _TOLD:
        return event
    sentences = {sentence for span in told if (sentence := setting.sentence(span)) is not None}
    extent = next((one for one in map(setting.extent, sorted(sentences)) if one.covers(place.span)), None)
    if extent is None:
        return event
    others = [one for one in setting.places if extent.covers(one.span) and not one.span.overlaps(place.span)]
    return event if others else _with_place(event, place, "filed there")


def _go_on(setting: Setting, before: Event, after: Event) -> Event:
    """The later of two neighbouring events with what the earlier one settled, if it goes on from it."""
    if after.status not in _TOLD or before.status not in _TOLD or not _continues(setting, before, after):
        return after
    if not after.place and before.place and not _names_place(setting, after):
        place = next(place for place in setting.places if place.id == before.place)
        after = _with_place(after, place, "carried from the sentence before")
    if not after.time and before.time and not _names_time(setting, after):
        time = next(time for time in setting.times if time.id == before.time)
        after = _with_time(setting, after, time, "carried from the sentence before")
    return after


def _continues(setting: Setting, before: Event, after: Event) -> bool:
    first, second = setting.sentence(before.trigger), setting.sentence(after.trigger)
    if first is None or second is None or not 0 <= second - first <= _REACH:
        return False
    between = setting.parsed.article.text[before.trigger.end : after.trigger.start]
    return "\n" not in between


def _names_place(setting: Setting, event: Event) -> bool:
    """Whether the event's sentence names a place of its own, so that none need be carried into it."""
    sentence = setting.sentence(event.trigger)
    if sentence is None:
        return True
    extent = setting.extent(sentence)
    return any(extent.covers(place.span) and place.level not in (None, Level.COUNTRY) for place in setting.places)


def _names_time(setting: Setting, event: Event) -> bool:
    sentence = setting.sentence(event.trigger)
    if sentence is None:
        return True
    extent = setting.extent(sentence)
    return any(extent.covers(time.span) and time.first for time in setting.times)


def _retell(setting: Setting, event: Event, events: Sequence[Event]) -> Event:
    """A headline's event with the place and day of the same kind of event in the opening sentences."""
    body = setting.parsed.article.body
    if not body or event.trigger.start >= body or (event.place and event.time):
        return event
    opening = [other for other in events if other.trigger.start >= body and other.type is event.type][:2]
    for other in opening:
        if not event.place and other.place:
            place = next(place for place in setting.places if place.id == other.place)
            event = _with_place(event, place, "told again below the headline")
        if not event.time and other.time:
            time = next(time for time in setting.times if time.id == other.time)
            event = _with_time(setting, event, time, "told again below the headline")
    return event


def _with_place(event: Event, place: Place, why: str) -> Event:
    return replace(event, place=place.id, reasons=(*event.reasons, Reason("place", 0.5, f"{place.name}, {why}")))


def _with_time(setting: Setting, event: Event, time: Time, why: str) -> Event:
    words = setting.parsed.article.quote(time.span)
    return replace(event, time=time.id, reasons=(*event.reasons, Reason("time", 0.5, f"{words}, {why}")))
