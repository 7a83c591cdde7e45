"""Where and when each event was: its sentence first, then the sentences it goes on from.

News names the town once and goes on: "Protesters stormed the city hall of Aktau on Thursday. They set it on fire."
An event takes the place, or time, of its sentence that is likeliest its own. Else it takes that of the event before
it in the same paragraph; a lead without a place was filed where the dateline says; a headline
tells what the lead tells. What is taken from elsewhere says so in the event's reasons. The publication date is never
used.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise, repeat

from sayso.model import Event, EventType, Level, Parsed, Place, Reason, Span, Status, Time
from sayso.resolve.occasion import Record, Telling, weigh

_LEVELS = (Level.SITE, Level.CITY, Level.DISTRICT, Level.PROVINCE, Level.COUNTRY, Level.REGION)
_TOLD = frozenset({Status.OCCURRED, Status.ONGOING})
PLACE, TIME = 0.4, 0.5  # chances from which on a place, or a time, is taken (occasion.card.md)
_VIOLENT = frozenset({EventType.ASSAULT, EventType.PROTEST})
_REACH = 2  # sentences a place or day carries on within a paragraph


@dataclass(frozen=True, slots=True)
class Setting:
    """The places and times of an article."""

    parsed: Parsed
    places: tuple[Place, ...]
    times: tuple[Time, ...]

    def sentence(self, span: Span) -> int | None:
        token = self.parsed.token_at(span.start)
        return None if token is None else self.parsed.sent[token]

    def extent(self, sentence: int) -> Span:
        first, last = self.parsed.sents[sentence]
        return self.parsed.span(first, last - 1)

    def beside(self, trigger: Span, records: Sequence[Record]) -> list[Record]:
        """The places, or the times, that the sentence of a word names."""
        sentence = self.sentence(trigger)
        extent = None if sentence is None else self.extent(sentence)
        return [record for record in records if extent and extent.covers(record.span)]


def place_of(setting: Setting, telling: Telling) -> tuple[Place, Reason] | None:
    """The place of its sentence that an event most likely happened at, with the reason; the finest within it.

    None where none is likely enough, and where two stand side by side: "in Aktau and Taraz" are two, an event has one.
    """
    beside = setting.beside(telling.trigger, setting.places)
    weighed = [one for one in weigh(setting.parsed, telling, beside) if one.chance >= PLACE]
    if not weighed:
        return None
    best = weighed[0].record
    if any(_listed_with(setting, best, place) for place in beside):
        return None
    inner = [one for one in weighed if one.record is best or _within(one.record, best)]
    found = min(inner, key=lambda one: _LEVELS.index(one.record.level) if one.record.level else 0)
    return found.record, Reason("place", round(found.chance, 2), f"{found.record.name}: {found.why}")


def time_of(setting: Setting, telling: Telling) -> tuple[Time, Reason] | None:
    """The time of its sentence that an event most likely happened at, with the reason; None where none is likely."""
    weighed = weigh(setting.parsed, telling, setting.beside(telling.trigger, setting.times))
    if not weighed or weighed[0].chance < TIME:
        return None
    best = weighed[0]
    words = " ".join(setting.parsed.article.quote(best.record.span).split())
    return best.record, Reason("time", round(best.chance, 2), f"{words}: {best.why}")


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
    if lead_place is not None:
        carried = {n: _stay(setting, event, list(carried.values()), lead_place) for n, event in carried.items()}
    for number in ordered:
        carried[number] = _retell(setting, carried[number], list(carried.values()))
    return [carried[number] for number in range(len(events))]


def _filed(setting: Setting, event: Event, told: Iterable[Span], place: Place) -> Event:
    """A lead that names no other place tells what happened where the report was filed."""
    if event.place or event.status not in _TOLD:
        return event
    sentences = {sentence for span in told if (sentence := setting.sentence(span)) is not None}
    extent = next((one for one in map(setting.extent, sorted(sentences)) if one.covers(place.span)), None)
    if extent is None:
        return event
    others = (one for one in setting.places if extent.covers(one.span) and not one.span.overlaps(place.span))
    named = any(not _same(one, place) and not _within(place, one) for one in others)
    return event if named else _with_place(event, place, "filed there")


def _stay(setting: Setting, event: Event, events: Sequence[Event], place: Place) -> Event:
    """Violence told without a place stays where the report was filed and its lead was, until it names another town."""
    if event.place or event.status not in _TOLD or event.type not in _VIOLENT:
        return event
    by_id = {one.id: one for one in setting.places}
    opens = next((one for one in events if one.place and one.trigger.start >= place.span.end), None)
    if opens is None or opens.trigger.start > event.trigger.start or not _same(by_id[opens.place or ""], place):
        return event
    sentence = setting.sentence(event.trigger)
    end = event.trigger.end if sentence is None else setting.extent(sentence).end
    towns = (one for one in setting.places if one.span.start < end and one.level in (Level.CITY, Level.DISTRICT))
    if any(not _same(one, place) for one in towns) or _names_other_place(setting, event, place):
        return event
    return _with_place(event, place, "filed there, and no other town named so far")


def _go_on(setting: Setting, before: Event, after: Event) -> Event:
    """The later of two neighbouring events with what the earlier one settled, if it goes on from it."""
    if after.status not in _TOLD or before.status not in _TOLD or not _continues(setting, before, after):
        return after
    if not after.place and before.place:
        place = next(place for place in setting.places if place.id == before.place)
        if not _names_other_place(setting, after, place):
            after = _with_place(after, place, "carried from before")
    if not after.time and before.time:
        time = next(time for time in setting.times if time.id == before.time)
        if not _names_other_time(setting, after, time):
            after = _with_time(setting, after, time, "carried from before")
    return after


def _continues(setting: Setting, before: Event, after: Event) -> bool:
    first, second = setting.sentence(before.trigger), setting.sentence(after.trigger)
    if first is None or second is None or not 0 <= second - first <= _REACH:
        return False
    between = setting.parsed.article.text[before.trigger.end : after.trigger.start]
    return "\n" not in between


def _names_other_place(setting: Setting, event: Event, place: Place) -> bool:
    """Whether the event's sentence names a place that does not hold this one, so that it cannot be carried there."""
    return any(
        other.level not in (None, Level.COUNTRY) and not _same(other, place) and not _within(place, other)
        for other in setting.beside(event.trigger, setting.places)
    )


def _names_other_time(setting: Setting, event: Event, time: Time) -> bool:
    """Whether the event's sentence names other days."""
    beside = setting.beside(event.trigger, setting.times)
    return any(other.first and (other.first, other.last) != (time.first, time.last) for other in beside)


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
