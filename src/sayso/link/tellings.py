"""One event as one article tells it, ready for comparison with others; and how likely two tell one happening."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sayso.link.days import ordinal, published_day
from sayso.link.words import FUNCTION_WORDS, WORD, normal, stem
from sayso.model import Actor, Analysis, Event, EventType, Level, Place, Reason, Stance, Status, Time, Toll
from sayso.text import fold

HAPPENED = frozenset({Status.OCCURRED, Status.ONGOING})
MATERIAL = frozenset(
    {EventType.AID, EventType.COOPERATE, EventType.RETREAT, EventType.PROTEST, EventType.SANCTION, EventType.MOBILIZE}
    | {EventType.COERCE, EventType.ASSAULT, EventType.CONSULT}
)
_SAID_SO = frozenset({Stance.ASSERTS, Stance.DOUBTS})
_P, _A, _C, _M = EventType.PROTEST, EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE
# How far two types may name one happening; pairs that are not here never do.
KIN: dict[frozenset[EventType], float] = {
    frozenset({_P, _A}): 0.6,  # a riot is told as an attack on a building
    frozenset({_A, _C}): 0.6,  # police fire on a crowd and break it up
    frozenset({_P, _C}): 0.4,  # occupying and seizing
    frozenset({_M, _A}): 0.3,
    frozenset({_M, EventType.AID}): 0.5,  # peacekeepers sent as help
    frozenset({_M, EventType.COOPERATE}): 0.5,
    frozenset({EventType.AID, EventType.SUPPORT}): 0.5,
    frozenset({EventType.AID, EventType.COOPERATE}): 0.5,
    frozenset({EventType.AGREE, EventType.COOPERATE}): 0.7,
    frozenset({EventType.AGREE, EventType.CONSULT}): 0.5,
    frozenset({EventType.AGREE, EventType.SUPPORT}): 0.5,
    frozenset({EventType.CONSULT, EventType.SUPPORT}): 0.5,
    frozenset({EventType.CONSULT, EventType.COOPERATE}): 0.5,
    frozenset({EventType.CONCEDE, EventType.RETREAT}): 0.7,
    frozenset({EventType.CONCEDE, EventType.AGREE}): 0.4,
    frozenset({EventType.ACCUSE, EventType.REJECT}): 0.4,
    frozenset({EventType.ACCUSE, EventType.THREATEN}): 0.4,
    frozenset({EventType.REQUEST, EventType.ACCUSE}): 0.3,
    frozenset({EventType.SANCTION, EventType.COERCE}): 0.4,
    frozenset({EventType.REJECT, EventType.COERCE}): 0.3,
}


@dataclass(frozen=True, slots=True)
class Telling:
    """An event with what it says of place, time, people and numbers; `weak_*` come from the article around it."""

    event: Event
    article: str
    origin: str
    place: Place | None
    weak_country: str | None
    days: tuple[int, int] | None
    published: int | None
    time: Time | None
    who: Mapping[str, float]  # participants: names weigh 1, countries and sectors less
    words: Mapping[str, float]  # of the evidence, each 1 or by rarity once weighed
    tolls: frozenset[tuple[str, int]]  # (harm, figure)

    @property
    def id(self) -> str:
        return self.event.id


def tell(analysis: Analysis, origin: str) -> list[Telling]:
    """The happenings of one article, as told; what is planned, denied, wished or long past is left out."""
    places = {place.id: place for place in analysis.places}
    times = {time.id: time for time in analysis.times}
    actors = {actor.id: actor for actor in analysis.actors}
    tolls: dict[str, list[Toll]] = {}
    for toll in analysis.tolls:
        if toll.event:
            tolls.setdefault(toll.event, []).append(toll)
    stances = {claim.id: claim.stance for claim in analysis.claims}
    weak = places.get(analysis.dateline_place or "")
    found = []
    for event in sorted(analysis.events, key=lambda event: event.id):
        place, time = places.get(event.place or ""), times.get(event.time or "")
        if event.status not in HAPPENED or not _asserted(event, stances):
            continue
        if event.type not in MATERIAL and place is None and time is None:
            continue
        found.append(
            Telling(
                event=event,
                article=analysis.article.id,
                origin=origin,
                place=place,
                weak_country=weak.country if weak else _main_country(analysis),
                days=_interval(time),
                published=published_day(analysis.article),
                time=time,
                who=_who(event, actors),
                words=_words(analysis, event),
                tolls=frozenset((toll.harm.value, toll.low) for toll in tolls.get(event.id, ()) if toll.low > 0),
            )
        )
    return found


def _asserted(event: Event, stances: Mapping[str, Stance]) -> bool:
    """Whether the outlet or at least one source says that it happened."""
    known = [stances[id] for id in event.claims if id in stances]
    return not known or any(stance in _SAID_SO for stance in known)


def _main_country(analysis: Analysis) -> str | None:
    counts = Counter(place.country for place in analysis.places if place.country)
    return min(counts, key=lambda country: (-counts[country], country)) if counts else None


def _interval(time: Time | None) -> tuple[int, int] | None:
    first, last = (ordinal(time.first), ordinal(time.last)) if time else (None, None)
    return (first, last) if first is not None and last is not None and first <= last else None


def _who(event: Event, actors: Mapping[str, Actor]) -> dict[str, float]:
    found: dict[str, float] = {}
    for id in (*event.actors, *event.recipients):
        actor = actors.get(id)
        if actor is None:
            continue
        if actor.kind in ("person", "organization", "office"):
            found["name " + fold(actor.name)] = 1.0
        if actor.country:
            found["country " + actor.country] = 0.3
        found.update({"sector " + sector: 0.4 for sector in actor.sector})
    return found


def _words(analysis: Analysis, event: Event) -> dict[str, float]:
    """Stems of meaning in the evidence; no names of days, which the times speak for."""
    text = analysis.article.text
    read = (
        " ".join(text[span.start : span.end] for span in event.evidence)
        or text[event.trigger.start : event.trigger.end]
    )
    plain = (normal(word) for word in WORD.findall(read[:1500]))
    return {stem(word): 1.0 for word in plain if word not in FUNCTION_WORDS and len(word) > 1}


# --------------------------------------------------------------------------- pairs


def kinship(one: Event, two: Event) -> float:
    """How far two codes may name one happening, 0 to 1."""
    if one.type is two.type:
        return 1.0 if one.mode == two.mode else 0.9 if None in (one.mode, two.mode) else 0.7
    return KIN.get(frozenset({one.type, two.type}), 0.0)


def compare_tellings(
    one: Telling, two: Telling, alike: float, rarity: Mapping[str, float]
) -> tuple[float, tuple[Reason, ...]]:
    """The probability that two tell one happening, and why. `alike`: how likely their articles tell one main one."""
    kin = kinship(one.event, two.event)
    if not kin:
        return 0.0, ()
    reasons = [
        Reason("type", round(2.0 * kin - 2.0, 2), f"{one.event.type.value} and {two.event.type.value}"),
        _place_reason(one, two),
        _time_reason(one, two),
        _who_reason(one, two),
        _toll_reason(one, two),
        _words_reason(one, two, rarity),
        Reason("articles", round(1.2 * alike, 2), f"their articles tell one happening at {alike:.2f}"),
    ]
    total = BIAS + sum(reason.score for reason in reasons)
    return 1 / (1 + math.exp(-total)), tuple(reason for reason in reasons if reason.score)


BIAS = -3.6  # two events of one type with nothing else in common are two happenings


def _place_reason(one: Telling, two: Telling) -> Reason:
    a, b = one.place, two.place
    if a is None or b is None:
        countries = {x.country if x else weak for x, weak in ((a, one.weak_country), (b, two.weak_country))}
        if None in countries or len(countries) > 1:
            return Reason("place", 0.0 if None in countries else -1.0, "not known of both")
        return Reason("place", 0.3, f"perhaps both in {countries.pop()}")
    if (a.geonameid is not None and a.geonameid == b.geonameid) or fold(a.name) == fold(b.name):
        precise = _precise(a) or _precise(b)
        return Reason("place", 2.0 if precise else 1.0, f"both in {a.name}")
    if a.country and b.country and a.country != b.country:
        return Reason("place", -4.0, f"{a.name} and {b.name} lie in two countries")
    apart = kilometres(a, b)
    if _precise(a) and _precise(b):
        if apart is None:
            return Reason("place", -1.0, f"{a.name} and {b.name}")
        score = 1.0 if apart <= 10 else -0.5 if apart <= 40 else -4.0
        return Reason("place", score, f"{a.name} and {b.name} lie {apart:.0f} km apart")
    return Reason("place", 0.5, f"{a.name} and {b.name}, one perhaps in the other")


def _precise(place: Place) -> bool:
    return place.level in (Level.SITE, Level.CITY, Level.DISTRICT)


def kilometres(one: Place, two: Place) -> float | None:
    """Distance over the ground; None where coordinates are missing."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return None
    a, b, wide = math.radians(one.lat), math.radians(two.lat), math.radians(one.lon - two.lon)
    half = math.sin((a - b) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(wide / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(half)))


def _time_reason(one: Telling, two: Telling) -> Reason:
    if one.days and two.days:
        gap = max(one.days[0] - two.days[1], two.days[0] - one.days[1])
        wide = max(one.days[1] - one.days[0], two.days[1] - two.days[0])
        if gap > 0:
            return Reason("time", -1.5 if gap == 1 else -5.0, f"{gap} days apart")
        return Reason("time", 2.0 if wide <= 1 else 1.0 if wide <= 10 else 0.3, "the days agree")
    known = [(days, other) for days, other in ((one.days, two.published), (two.days, one.published)) if days]
    if known and known[0][1] is not None:
        days, filed = known[0][0], known[0][1]
        late = filed - days[1]
        return Reason("time", 0.5 if 0 <= late <= 2 else -1.0 if late <= 5 else -2.5, "day against publication")
    if one.published is not None and two.published is not None:
        gap = abs(one.published - two.published)
        return Reason("time", 0.4 if gap <= 1 else -0.5 if gap <= 3 else -2.0, f"published {gap} days apart")
    return Reason("time", -1.0, "not known of both")


def _who_reason(one: Telling, two: Telling) -> Reason:
    shared = sorted(one.who.keys() & two.who.keys())
    if not one.who or not two.who:
        return Reason("participants", 0.0)
    weight = sum(min(one.who[key], two.who[key]) for key in shared)
    if shared:
        return Reason("participants", round(min(1.5, weight), 2), ", ".join(shared[:3]))
    return Reason("participants", -0.7, "none in common")


def _toll_reason(one: Telling, two: Telling) -> Reason:
    shared = sorted(one.tolls & two.tolls)
    if shared:
        telling = max(figure for _, figure in shared)
        return Reason("tolls", 1.0 if telling > 2 else 0.5, ", ".join(f"{count} {harm}" for harm, count in shared[:2]))
    return Reason("tolls", 0.0)


def _words_reason(one: Telling, two: Telling, rarity: Mapping[str, float]) -> Reason:
    small, large = sorted((one.words, two.words), key=len)
    shared = sorted(word for word in small if word in large)
    if not shared:
        return Reason("words", -0.5, "none in common")
    both = sum(rarity.get(word, 1.0) ** 2 for word in shared)
    value = both / math.sqrt(_length(one.words, rarity) * _length(two.words, rarity))
    best = sorted(shared, key=lambda word: (-rarity.get(word, 1.0), word))[:4]
    return Reason("words", round(4.0 * min(1.0, value) - 0.2, 2), ", ".join(best))


def _length(words: Mapping[str, float], rarity: Mapping[str, float]) -> float:
    return sum(rarity.get(word, 1.0) ** 2 for word in words) or 1.0


def rarities(tellings: Sequence[Telling]) -> dict[str, float]:
    """How telling each stem is among these tellings, 1 upwards; told many times in one origin counts once."""
    spread: Counter[str] = Counter()
    for _, word in sorted({(telling.origin, word) for telling in tellings for word in telling.words}):
        spread[word] += 1
    origins = len({telling.origin for telling in tellings})
    return {word: math.log((origins + 20) / (count + 0.5)) for word, count in spread.items()}


@lru_cache(maxsize=1)
def all_kin() -> Mapping[EventType, tuple[EventType, ...]]:
    """The types each type may be told as, itself first."""
    return {
        one: (one, *sorted(two for two in EventType if two is not one and frozenset({one, two}) in KIN))
        for one in EventType
    }
