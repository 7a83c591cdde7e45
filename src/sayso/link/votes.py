"""What the tellings of an incident agree on: type, place, days, and the sentence that tells it best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from sayso.link.kinship import GRAVITY
from sayso.link.sentences import sentence_around
from sayso.link.tellings import Telling
from sayso.model import Analysis, Basis, EventType, Level, Place
from sayso.text import fold

LONGEST = 7  # days: a count over more is one of a whole crisis
_SURENESS = {Basis.STATED: 3.0, Basis.PARTIAL: 3.0, Basis.WEEKDAY: 2.0, Basis.RELATIVE: 2.0, Basis.DATELINE: 0.5}
_ASKING = ("How ", "Who ", "What ", "Why ", "Where ", "When ", "Which ", "Whether ")
_PRECISION = (Level.SITE, Level.CITY, Level.DISTRICT, Level.PROVINCE, Level.COUNTRY, Level.REGION)


def vote_type(group: Sequence[Telling]) -> EventType:
    """The type most origins give; of equals the graver."""
    votes = Counter(kind for _, kind in sorted({(telling.origin, telling.type) for telling in group}))
    return min(votes, key=lambda kind: (-votes[kind], GRAVITY.index(kind)))


def vote_place(group: Sequence[Telling]) -> Place | None:
    """The place most origins name in the country most name; a city before the country that holds it.

    Where a report was filed counts only where none says more.
    """
    group = [one for one in group if one.place and not one.filed] or group
    named = sorted(
        {(telling.origin, telling.place.country or "", fold(telling.place.name)) for telling in group if telling.place}
    )
    if not named:
        return None
    countries = Counter(country for _, country, _ in named)
    country = min(countries, key=lambda key: (-countries[key], key))
    votes = Counter(name for _, home, name in named if home == country)
    inside = [t.place for t in group if t.place is not None and (t.place.country or "") == country]
    rank = {level: at for at, level in enumerate(_PRECISION)}

    def order(place: Place) -> tuple[object, ...]:
        broad = place.level in (Level.COUNTRY, Level.REGION, Level.PROVINCE, None)
        return (
            broad,
            place.lat is None,
            -votes[fold(place.name)],
            rank.get(place.level, 9) if place.level else 9,
            place.name,
            place.id,
        )

    return min(inside, key=order)


def vote_days(group: Sequence[Telling]) -> tuple[str | None, str | None]:
    """The days on which most evidence agrees, one vote an origin and interval; None where none gives a day."""
    votes: dict[tuple[str, tuple[int, int]], float] = {}
    for telling in group:
        if telling.days and telling.time:
            key = (telling.origin, telling.days)
            votes[key] = max(votes.get(key, 0.0), _SURENESS.get(telling.time.basis, 1.0))
    if not votes:
        return None, None
    ends = sorted({day for (_, days) in votes for day in days})
    weight = {day: sum(vote for (_, days), vote in votes.items() if days[0] <= day <= days[1]) for day in ends}
    best = min(ends, key=lambda day: (-weight[day], day))
    agreed = [days for (_, days) in votes if days[0] <= best <= days[1]]
    first, last = max(days[0] for days in agreed), min(days[1] for days in agreed)
    return date.fromordinal(first).isoformat(), date.fromordinal(last).isoformat()


def span_of(group: Sequence[Telling]) -> tuple[str | None, str | None]:
    """The days that totals are counted over: since a day, else the longer intervals that are told."""
    old = [one.days[0] for one in group if one.days and one.published and one.published - one.days[1] > LONGEST * 3]
    if old:
        return date.fromordinal(min(old)).isoformat(), None
    return vote_days([one for one in group if one.days and one.days[1] - one.days[0] >= LONGEST])


def summary(group: Sequence[Telling], analyses: Mapping[str, Analysis]) -> str:
    """The sentence that says most: of a main telling, with place, time, sides and a toll; no fragment of one."""

    def order(option: tuple[Telling, str, int]) -> tuple[object, ...]:
        telling, sentence, start = option
        told = (telling.place, telling.days, telling.who, telling.tolls, telling.main >= 1)
        whole = (sentence[:1].isupper() or not sentence[:1].isalpha()) and not sentence.startswith(_ASKING)
        late = -(telling.published or 0) if telling.total else 0  # of running totals the last
        return (
            not whole,
            late,
            not 50 <= len(sentence) <= 320,
            -sum(map(bool, told)),
            start,
            telling.published or 0,
            telling.id,
        )

    options = [
        (telling, *sentence_around(analyses[telling.article].article.text, event.trigger.start, event.trigger.end))
        for telling in group
        for event in telling.events
    ]
    return min(options, key=order)[1]
