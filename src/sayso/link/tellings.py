"""What one article tells of one happening: its events joined into a `Telling`, ready for comparison with others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sayso.link.cluster import Pair, average_link
from sayso.link.days import ordinal, published_day
from sayso.link.kinship import GRAVITY, MATERIAL, MEASURES, gravity, kilometres, kinship, precise
from sayso.link.rarity import open_rarity
from sayso.link.sentences import sentence_around
from sayso.link.words import FUNCTION_WORDS, WORD, normal, stem
from sayso.model import (
    PROPERTY,
    Actor,
    Analysis,
    Event,
    EventType,
    Level,
    Place,
    Span,
    Stance,
    Status,
    Time,
    Toll,
    Use,
)
from sayso.text import fold

HAPPENED = frozenset({Status.OCCURRED, Status.ONGOING})
JOINED = 0.0  # grounds, less those against, at which two events of an article are one happening
LEAD = 400  # characters below the headline that still tell the main thing
WIDE = 5  # days: a count over so long is a total
CROWD, NEAR = 300, 20  # events: no report tells so many; how far apart mentions are compared in a list that does
SEVERAL = 5  # a count below it is no total
ABOUT = 0.3  # share of the places of an article in a country that it is about
RAREST = 3  # words that it can be found by
HUNDREDS = 100  # a count above it, in a sentence on a crisis, is one
_SAID_SO = frozenset({Stance.ASSERTS, Stance.DOUBTS})
# Words for a whole crisis: what is counted "in the unrest" or "since the riots began" is a running total.
_TURMOIL = frozenset(map(stem, "unrest violence disorder disorders disturbances turmoil crisis war riots".split()))
_TOTAL = re.compile(
    r"\bsince\s+(?:\S+\s+){0,5}?(?:began|begun|started|broke out|start|beginning|outbreak|coup)\b"
    r"|\bin several (?:regions|cities|provinces|towns)\b|\b(?:nationwide|countrywide|across the country)\b",
    re.IGNORECASE,
)
_VIOLENT = frozenset({EventType.ASSAULT, EventType.PROTEST})
_HEAD_ENDS = re.compile(r"\s+(?:of|in|from|who|whom|that|at|on|with|to|for)\s+|,")


@dataclass(frozen=True, slots=True)
class Telling:
    """A happening as one article tells it, in one event or several; `weak_*` come from the article around it."""

    events: tuple[Event, ...]  # by id
    types: frozenset[EventType]
    modes: frozenset[str]
    article: str
    origin: str
    place: Place | None
    filed: bool  # the place is no more than where the report was filed
    weak_country: str | None
    days: tuple[int, int] | None
    published: int | None
    time: Time | None
    who: Mapping[str, float]  # participants: names weigh 1, head words, countries and sectors less
    words: Mapping[str, float]  # stems of the evidence, by rarity
    acts: frozenset[str]  # stems of the words that tell it
    tolls: frozenset[tuple[str, int]]  # (harm, figure)
    evidence: tuple[Span, ...]
    main: float  # how far it is what the article is about, 0 to 1
    total: bool  # it counts a whole crisis, not one happening
    keys: frozenset[tuple[str, ...]] = frozenset()  # place, people, rare words: what it can be found by

    @property
    def id(self) -> str:
        return self.events[0].id

    @property
    def start(self) -> int:
        """Where the article first speaks of it."""
        return min(event.trigger.start for event in self.events)

    @property
    def verbal(self) -> bool:
        """Whether it is words alone: a demand, an accusation, a promise."""
        return not self.types & MATERIAL

    @property
    def measure(self) -> bool:
        """Whether it is a rule for everybody: an emergency, a curfew, a ban."""
        return self.types == {EventType.COERCE} and bool(self.modes & MEASURES)

    @property
    def type(self) -> EventType:
        """The gravest of its types."""
        return min(self.types, key=lambda kind: (GRAVITY.index(kind), kind))


def akin(one: Telling, two: Telling) -> float:
    """How far their codes may name one happening, 0 to 1: a curfew is no riot, whatever the place and day."""
    if one.measure != two.measure:
        return 0.0
    kin = kinship(one.types, two.types)
    return 0.85 if kin >= 1.0 and one.modes and two.modes and not one.modes & two.modes else kin


def tell(analysis: Analysis, origin: str, apart: Iterable[Pair] = ()) -> list[Telling]:
    """The happenings of one article, each once; what is planned, denied, wished or long past is left out."""
    told = _single_tellings(analysis, origin)
    by_id = {telling.id: telling for telling in told}
    scores = {
        (left.id, right.id) if left.id < right.id else (right.id, left.id): 1.0
        for left, right in _pairs(told)
        if one_happening(left, right, analysis.article.body) >= JOINED
    }
    apart = list(apart)
    groups = average_link(by_id, scores, 0.5, apart=apart)
    joined = [_join([by_id[id] for id in group]) for group in groups]
    marked = _mark_main([telling for telling in joined if _worth_telling(telling)], analysis.article.body)
    settled = _settle_counts(marked) if not apart else marked
    return [replace(telling, keys=frozenset(_keys(telling))) for telling in settled]


def _keys(telling: Telling) -> Iterator[tuple[str, ...]]:
    """Place, people and rare words: two tellings that share none of them are never compared."""
    if telling.place is not None and precise(telling.place):
        yield ("place", fold(telling.place.name))
    for name in telling.who:
        if name.startswith("name "):
            yield ("who", name)
    country = telling.place.country if telling.place and telling.place.country else telling.weak_country
    for word in sorted(telling.words, key=lambda word: (-telling.words[word], word))[:RAREST]:
        yield ("country", country or "", word)


def _pairs(told: Sequence[Telling]) -> Iterator[tuple[Telling, Telling]]:
    """Which mentions may be of one happening: all pairs, but in a list of hundreds only those near each other."""
    reach = len(told)
    if reach > CROWD:
        told, reach = sorted(told, key=lambda one: (one.events[0].trigger.start, one.id)), NEAR
    for at, left in enumerate(told):
        for right in told[at + 1 : at + 1 + reach]:
            yield left, right


def _single_tellings(analysis: Analysis, origin: str) -> list[Telling]:
    places = {place.id: place for place in analysis.places}
    times = {time.id: time for time in analysis.times}
    actors = {actor.id: actor for actor in analysis.actors}
    tolls: dict[str, list[Toll]] = {}
    for toll in analysis.tolls:
        if toll.event and toll.harm not in PROPERTY:
            tolls.setdefault(toll.event, []).append(toll)
    stances = {claim.id: claim.stance for claim in analysis.claims}
    weak = places.get(analysis.dateline_place or "")
    country = main_country(analysis, weak)
    found = []
    for event in sorted(analysis.events, key=lambda event: event.id):
        if event.status not in HAPPENED or not _asserted(event, stances):
            continue
        place, time = places.get(event.place or ""), times.get(event.time or "")
        counted = tolls.get(event.id, ())
        act = _stems(analysis.article.text[event.trigger.start : event.trigger.end])
        telling = Telling(
            events=(event,),
            types=frozenset({event.type}),
            modes=frozenset({event.mode} if event.mode else ()),
            article=analysis.article.id,
            origin=origin,
            place=place,
            filed=place is not None and event.place == analysis.dateline_place,
            weak_country=country,
            days=_interval(time),
            published=published_day(analysis.article),
            time=time,
            who=_who(event, actors),
            words={word: _rarity(word) for word in sorted(_stems(_evidence(analysis, event)))},
            acts=act,
            tolls=frozenset((toll.harm.value, toll.low) for toll in counted if toll.low > 0),
            evidence=event.evidence or (event.trigger,),
            main=0.0,
            total=False,
        )
        found.append(replace(telling, total=_is_total(analysis, telling, counted)))
    return found


def _asserted(event: Event, stances: Mapping[str, Stance]) -> bool:
    """Whether the outlet or at least one source says that it happened."""
    known = [stances[id] for id in event.claims if id in stances]
    return event.own_voice or not known or any(stance in _SAID_SO for stance in known)


def main_country(analysis: Analysis, filed_at: Place | None = None) -> str | None:
    """The country it names most places of; of equals the one it was filed in."""
    counts = Counter(place.country for place in analysis.places if place.country and place.use is not Use.DEMONYM)
    own = filed_at.country if filed_at else None
    return min(counts, key=lambda country: (-counts[country], country != own, country)) if counts else None


def about_countries(analysis: Analysis) -> tuple[str, ...]:
    """The countries that hold a good share of the places it names, the one named most first."""
    counts = Counter(place.country for place in analysis.places if place.country and place.use is not Use.DEMONYM)
    least = ABOUT * sum(counts.values())
    return tuple(sorted((c for c in counts if counts[c] >= least), key=lambda country: (-counts[country], country)))


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
        if actor.kind != "person" and (head := _head_word(actor.name)):
            found["head " + head] = 0.5
        if actor.country:
            found["country " + actor.country] = 0.3
        found.update({"sector " + sector: 0.4 for sector in actor.sector})
    return found


def _head_word(name: str) -> str | None:
    """ "residents" of "Several hundred residents of the town"."""
    words = WORD.findall(_HEAD_ENDS.split(name, maxsplit=1)[0])
    return stem(normal(words[-1])) if words and not words[-1][0].isdigit() else None


def _evidence(analysis: Analysis, event: Event) -> str:
    text = analysis.article.text
    read = " ".join(text[span.start : span.end] for span in event.evidence)
    return (read or text[event.trigger.start : event.trigger.end])[:1500]


def _stems(text: str) -> frozenset[str]:
    """Stems of meaning; no names of days, which the times speak for."""
    plain = (normal(word) for word in WORD.findall(text))
    return frozenset(stem(word) for word in plain if word not in FUNCTION_WORDS and len(word) > 1)


@lru_cache(maxsize=65_536)
def _rarity(word: str) -> float:
    return round(open_rarity().of(word), 2)


def _is_total(analysis: Analysis, telling: Telling, tolls: Sequence[Toll]) -> bool:
    """Whether it counts the harm of a whole crisis: a running total, or a count of no one place or day."""
    event = telling.events[0]
    sentence = sentence_around(analysis.article.text, event.trigger.start, event.trigger.end)[0]
    of_crisis = bool(_TOTAL.search(sentence) or telling.words.keys() & _TURMOIL)
    if any(toll.cumulative for toll in tolls) and (of_crisis or _width(telling) > 1 or _long_ago(telling)):
        return True
    if max((toll.low for toll in tolls), default=0) < SEVERAL:
        return False
    carried = telling.filed or any(reason.name == "place" for reason in event.reasons)
    wide_place = telling.place is None or carried or telling.place.level in (Level.COUNTRY, Level.REGION)
    wide_time = telling.days is not None and _width(telling) >= WIDE
    if (wide_place and wide_time) or telling.acts & _TURMOIL:
        return True
    return of_crisis and (wide_place or max(toll.low for toll in tolls) >= HUNDREDS)


# --------------------------------------------------------------------------- one article's mentions of one happening


def one_happening(one: Telling, two: Telling, body: int) -> float:
    """The grounds on which two events of one article are one happening, less those against; -9 where one bars it."""
    kin = akin(one, two)
    if not kin or _conflict(one, two):
        return -9.0
    if one.total != two.total:  # the headline's figure is the one told below as a total
        return 1.0 if any(figure >= SEVERAL for _, figure in one.tolls & two.tolls) else -9.0
    score = -2.4 + (kin if one.types & two.types else 0.3 * kin)
    score += 1.2 * bool(one.acts & two.acts)
    score += 1.2 * any(a.overlaps(b) for a in one.evidence for b in two.evidence)
    score += _headline_and_lead(one, two, body)
    score += _sides(one.who, two.who)
    score += 1.5 * _overlap(one.words, two.words)
    score += 0.4 * (one.place is not None and two.place is not None) + 0.4 * bool(one.days and two.days)
    return score + _same_counts(one, two)


def _conflict(one: Telling, two: Telling) -> bool:
    """Whether place or day say that they are two happenings."""
    if one.days and two.days and max(one.days[0] - two.days[1], two.days[0] - one.days[1]) > 0:
        return True
    return places_conflict(one.place, two.place)


def places_conflict(a: Place | None, b: Place | None) -> bool:
    """Whether two places cannot hold one happening."""
    if a is None or b is None or fold(a.name) == fold(b.name):
        return False
    if a.country and b.country and a.country != b.country:
        return True
    if not precise(a) or not precise(b):
        return False
    apart = kilometres(a, b)
    return apart is not None and apart > 40


def _headline_and_lead(one: Telling, two: Telling, body: int) -> float:
    """A headline tells what the lead tells."""
    first, second = sorted((one.events[0].trigger.start, two.events[0].trigger.start))
    return 1.2 if body and first < body <= second < body + LEAD else 0.0


def _sides(one: Mapping[str, float], two: Mapping[str, float]) -> float:
    mine, theirs = ({key for key in who if key[:5] in ("name ", "head ")} for who in (one, two))
    if not mine or not theirs:
        return 0.0
    return 0.8 if mine & theirs else -0.8


def _overlap(one: Mapping[str, float], two: Mapping[str, float]) -> float:
    shared = len(one.keys() & two.keys())
    return shared / min(len(one), len(two)) if shared else 0.0


def _same_counts(one: Telling, two: Telling) -> float:
    """Counts of one harm that agree join; that differ, part."""
    if one.tolls & two.tolls:
        return 1.5
    return -1.5 if {harm for harm, _ in one.tolls} & {harm for harm, _ in two.tolls} else 0.0


def _join(group: Sequence[Telling]) -> Telling:
    """One telling with what all of them say: the most precise place, the narrowest days, everybody named."""
    if len(group) == 1:
        return group[0]
    placed = [telling for telling in group if telling.place is not None]
    dated = [telling for telling in group if telling.days is not None]
    where = min(placed, key=lambda one: (one.filed, not precise(one.place), one.start), default=None)
    when = min(dated, key=lambda one: (_width(one), one.events[0].trigger.start), default=None)
    first = group[0]
    return replace(
        first,
        events=tuple(sorted((event for one in group for event in one.events), key=lambda event: event.id)),
        types=frozenset(kind for one in group for kind in one.types),
        modes=frozenset(mode for one in group for mode in one.modes),
        place=where.place if where else None,
        filed=where.filed if where else False,
        days=when.days if when else None,
        time=when.time if when else None,
        who={key: value for one in group for key, value in one.who.items()},
        words={key: value for one in group for key, value in one.words.items()},
        acts=frozenset(act for one in group for act in one.acts),
        tolls=frozenset(toll for one in group for toll in one.tolls),
        evidence=tuple(span for one in group for span in one.evidence),
        main=max(one.main for one in group),
        total=any(one.total for one in group),
    )


def _long_ago(telling: Telling) -> bool:
    """Whether its days are those from which something is counted, not those of the report."""
    return telling.days is not None and telling.published is not None and telling.published - telling.days[1] > WIDE


def _width(telling: Telling) -> int:
    return telling.days[1] - telling.days[0] if telling.days else 10**6


def _worth_telling(telling: Telling) -> bool:
    """Words alone are a happening where it is told who spoke, and when or where, or it stands in headline or lead."""
    if not telling.verbal:
        return True
    named = any(key.startswith(("name ", "country ")) for key in telling.who)
    placed = telling.place is not None or telling.time is not None
    return named and (placed or telling.start < LEAD)


def _mark_main(tellings: Sequence[Telling], body: int) -> list[Telling]:
    """How far each is what the article is about: the gravest of the headline, else of the lead, else of the rest.

    What is told below the lead of days long before the report is what led to it.
    """

    def zone(telling: Telling) -> int:
        return 0 if telling.start < body else 1 if telling.start < body + LEAD else 2

    ranked = sorted(
        (one for one in tellings if zone(one) < 2 or not _long_ago(one)),
        key=lambda one: (zone(one), one.verbal, not one.tolls, gravity(one.type, one.modes), one.start, one.id),
    )
    first = ranked[0].id if ranked else None
    return [replace(one, main=1.0 if one.id == first else 0.5 if zone(one) < 2 else 0.0) for one in tellings]


def _settle_counts(tellings: Sequence[Telling]) -> list[Telling]:
    """Counts of no place and day belong to the main happening where that was violent, else to the whole crisis."""
    loose = [one for one in tellings if one.tolls and one.place is None and one.days is None and not one.total]
    mains = [one for one in tellings if one.main and one not in loose and one.types & _VIOLENT]
    main = max(mains, key=lambda one: (one.main, one.id), default=None)
    if main is None or main.total:
        return [replace(one, total=True) if _several(one) and one in loose else one for one in tellings]
    taken = [one for one in loose if one is not main and akin(one, main)]
    return [_join([one, *taken]) if one is main else one for one in tellings if one not in taken]


def _several(telling: Telling) -> bool:
    return max((figure for _, figure in telling.tolls), default=0) >= SEVERAL
