"""Locates toponyms: each mention of a place gets one entry of the gazetteer, or stays open with its candidates.

What decides: the name itself (main names before alternate ones, countries and capitals before namesakes), how many
people live there, words around it ("Springfield, Ill.", "Idlib province"), and the other places of the article. One
name has one sense in an article. Two candidates that come out about equal and lie apart leave the place unlocated.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from sayso.model import Article, Level, Mention, Parsed, Place, Reason, Span, Use, content_id
from sayso.ports import Candidate, Gazetteer
from sayso.resolve.spelling import spelt_alike
from sayso.resolve.toponyms import Toponym, find_toponyms, lies_within
from sayso.text import fold

NEAR = 161.0  # km, 100 miles: candidates closer than this are one place for most purposes
SAME = 60.0  # km between a division's middle and a town of its name, below which the town is meant: Almaty, Moscow
MARGIN = 0.15  # difference of score below which first and second are about equal
ROUNDS = 2  # how often the places of the article tell one another apart
ANCHORS = 24  # other places a candidate is compared with
SHARED = 3  # candidates of another name that may pull
LEAST = 0.1  # share below which they do not
UNCOUNTED = {Level.SITE: 100_000, Level.CITY: 50_000, Level.DISTRICT: 200_000, Level.PROVINCE: 1_000_000}
UNCOUNTED[Level.REGION] = 1_000_000  # people taken for an entry of the own tables, which tell none
LARGE = 100_000  # people; such towns are called by the first word: "Newcastle" upon Tyne
HAMLET = 2_000  # people
FAR = 5.0  # degrees of latitude beyond which a neighbour has no pull
REACH = 100.0  # km over which a neighbour's pull falls to a third
WEIGHTS: Mapping[str, float] = {
    "people": 5.0,
    "main name": 1.5,
    "spelt alike": 1.2,
    "another's name": -1.0,
    "outlet's country": 0.6,
    "hamlet": -0.7,
    "its people named": 4.0,
    "in a land named": 0.4,
    "country": 3.0,
    "province": 0.5,
    "district": -1.0,
    "region": 1.0,
    "capital": 1.5,
    "qualified": 6.0,
    "not as qualified": -2.0,
    "same country": 2.5,
    "same province": 3.0,
    "nearby": 2.0,
    "kind as said": 2.5,
    "other kind": -1.5,
}

# A site is known no finer than what it lies in; that something lies in a country does not make it the country.
_OF_SITES = {Level.PROVINCE: Level.PROVINCE, Level.COUNTRY: Level.REGION, Level.REGION: Level.REGION}
_WIDE = frozenset({Level.COUNTRY, Level.REGION})

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Sense:
    """One candidate of a name with what speaks for it."""

    candidate: Candidate
    features: Features
    score: float


@dataclass(frozen=True, slots=True)
class Anchor:
    """What another name of the article most likely stands for, and how much that counts."""

    key: str
    candidate: Candidate
    weight: float


def resolve_places(parsed: Parsed, mentions: tuple[Mention, ...], gazetteer: Gazetteer) -> tuple[Place, ...]:
    """One place per toponym mention, in order of the text."""
    toponyms = find_toponyms(parsed, mentions, gazetteer)
    senses = choose_senses(toponyms, home=home_of(parsed.article, gazetteer))
    shown = [toponym for toponym in toponyms if not toponym.hidden]
    located = {toponym.span: senses.get(toponym.key, ()) for toponym in shown}
    return tuple(_in_its_use(make_place(toponym, located, parsed), toponym) for toponym in shown)


# --------------------------------------------------------------------------- choosing


def home_of(article: Article, gazetteer: Gazetteer) -> str | None:
    """The country of an outlet, by the ending of its address or a country in its name: "Times of India"."""
    host = urlsplit(article.url or "").hostname or ""
    told = gazetteer.domain(host.rpartition(".")[2])
    words = re.findall(r"[^\W\d_]+", article.outlet or "")
    named = (gazetteer.country(word) or gazetteer.capital_of(word) for word in words if word[:1].isupper())
    return told or next((country for country in named if country), None)


def choose_senses(
    toponyms: Sequence[Toponym], weights: Mapping[str, float] = WEIGHTS, home: str | None = None
) -> dict[str, tuple[Sense, ...]]:
    """For each name of the article its candidates, best first; `home` is the country of the outlet."""
    groups: dict[str, list[Toponym]] = {}
    for toponym in toponyms:
        if toponym.options:
            groups.setdefault(toponym.key, []).append(toponym)
    own = {key: [(c, own_features(c, group, home)) for c in options(group)] for key, group in groups.items()}
    senses = {key: rank(rated, weights) for key, rated in own.items()}
    for _ in range(ROUNDS):
        anchors = [anchor for key, ranked in senses.items() for anchor in anchors_of(key, ranked)]
        senses = {
            key: rank([(c, {**features, **shared_features(c, key, anchors)}) for c, features in rated], weights)
            for key, rated in own.items()
        }
    return senses


def options(group: Sequence[Toponym]) -> list[Candidate]:
    """The candidates of one name; a division around its own town counts only where a word says that it is meant."""
    found = list(dict.fromkeys(candidate for toponym in group for candidate in toponym.options))
    kinds = {toponym.kind for toponym in group}
    towns = [c for c in found if c.level is Level.CITY]
    return [
        c
        for c in found
        if c.level not in (Level.PROVINCE, Level.DISTRICT)
        or c.level in kinds
        or not any(town.country == c.country and distance(town, c) < SAME for town in towns[:5])
    ]


def rank(rated: Iterable[tuple[Candidate, Features]], weights: Mapping[str, float]) -> tuple[Sense, ...]:
    """Candidates by the weighted sum of what speaks for them."""
    senses = [Sense(c, f, sum(weights.get(name, 0.0) * value for name, value in f.items())) for c, f in rated]
    return tuple(sorted(senses, key=lambda sense: -sense.score))


def anchors_of(key: str, ranked: Sequence[Sense]) -> list[Anchor]:
    """The likeliest candidates of a name, each with its share."""
    odds = [math.exp(sense.score - ranked[0].score) for sense in ranked]
    shares = ((sense.candidate, own / sum(odds)) for sense, own in zip(ranked[:SHARED], odds, strict=False))
    return [Anchor(key, candidate, share) for candidate, share in shares if share >= LEAST]


def own_features(candidate: Candidate, group: Sequence[Toponym], home: str | None = None) -> Features:
    """What name, size, the words around and the outlet's country say for a candidate."""
    first = group[0]
    people = candidate.population or (UNCOUNTED.get(candidate.level, 0) if candidate.geonameid is None else 0)
    features: Features = {"people": math.log10(people + 10) / 7}
    shortened = people >= LARGE and candidate.name[: len(first.name) + 1] == f"{first.name} "
    if fold(candidate.name) in main_names(first) or (shortened and candidate.name[len(first.name) + 1 :][:1].islower()):
        features["main name"] = 1.0
    elif spelt_alike(candidate.name, first.key):
        features["spelt alike"] = 1.0
    elif any(fold(option.name) == first.key for option in first.options):
        features["another's name"] = 1.0
    if people < HAMLET:
        features["hamlet"] = 1.0
    if candidate.level is not Level.CITY:
        features[candidate.level.value] = 1.0
    if home is not None and candidate.country == home and candidate.level is not Level.COUNTRY:
        features["outlet's country"] = 1.0
    if candidate.capital:
        features["capital"] = 1.0
    kinds = {toponym.kind for toponym in group if toponym.kind is not None}
    if kinds:
        features["kind as said" if candidate.level in kinds else "other kind"] = 1.0
    if any(toponym.use is Use.DEMONYM and candidate in toponym.options for toponym in group):
        features["its people named"] = 1.0
    named = [toponym.qualifiers for toponym in group if toponym.qualifiers]
    if named:
        fits = any(lies_within(candidate, outer) for qualifiers in named for outer in qualifiers)
        features["qualified" if fits else "not as qualified"] = 1.0
    return features


def main_names(toponym: Toponym) -> tuple[str, ...]:
    """The gazetteer's names that are the one written: "New York" is New York City, but "Mexico" not Mexico City."""
    key = toponym.key.removeprefix("the ")
    if any(option.level is Level.COUNTRY for option in toponym.options):
        return (key,)
    return key, f"{key} city", key.removesuffix(" city")


def shared_features(candidate: Candidate, key: str, anchors: Sequence[Anchor]) -> Features:
    """What the other places of the article say for a candidate."""
    others = [anchor for anchor in anchors if anchor.key != key]
    total = sum(anchor.weight for anchor in others)
    if not total or candidate.level is Level.REGION:
        return {}
    country = sum(a.weight for a in others if a.candidate.country == candidate.country and candidate.country)
    told = max((a.weight for a in others if lies_within(candidate, a.candidate)), default=0.0)
    province = sum(a.weight for a in others if same_province(candidate, a.candidate))
    near = max((a.weight * pull(candidate, a.candidate) for a in others[:ANCHORS]), default=0.0)
    return {
        "same country": country / total,
        "same province": province / total,
        "nearby": near,
        "in a land named": told,
    }


def same_province(one: Candidate, other: Candidate) -> bool:
    if one.country != other.country:
        return False
    province = one.name if one.level is Level.PROVINCE else one.admin1
    return province is not None and province == (other.name if other.level is Level.PROVINCE else other.admin1)


def pull(one: Candidate, other: Candidate) -> float:
    """How near two towns are, 1 for the same spot, falling with distance."""
    if _WIDE & {one.level, other.level} or abs(one.lat - other.lat) > FAR:
        return 0.0
    return math.exp(-distance(one, other) / REACH)


def distance(one: Candidate, other: Candidate) -> float:
    """Kilometres on a sphere."""
    lat, other_lat = math.radians(one.lat), math.radians(other.lat)
    half = math.sin((other_lat - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(other_lat) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(half)))


# --------------------------------------------------------------------------- making records


def make_place(toponym: Toponym, located: Mapping[Span, Sequence[Sense]], parsed: Parsed) -> Place:
    """The record of one toponym: located, lying in another one, or open."""
    ranked = located[toponym.span]
    if not ranked and toponym.site_of is not None and located.get(toponym.site_of):
        host = located[toponym.site_of]
        if rival(host) is None:
            return _site(toponym, host[0], toponym.name)
    if not ranked:
        return _place(toponym, None, (Reason("not in the gazetteer", 0.0, toponym.name),))
    other = rival(ranked)
    if other is not None:
        reasons = tuple(Reason("candidate", round(sense.score, 3), describe(sense)) for sense in (ranked[0], other))
        return _place(toponym, None, reasons)
    if toponym.kind is Level.SITE:
        return _site(toponym, ranked[0], parsed.article.text[toponym.span.start : toponym.span.end])
    reasons = (Reason("chosen", round(ranked[0].score, 3), describe(ranked[0])),)
    reasons += tuple(Reason("instead of", round(sense.score, 3), describe(sense)) for sense in ranked[1:2])
    return _place(toponym, ranked[0].candidate, reasons)


def _in_its_use(place: Place, toponym: Toponym) -> Place:
    """The record with what the name does there, and whether only its surroundings are meant."""
    near = bool(toponym.beside) and toponym.use is Use.LOCATION
    reasons = (*place.reasons, Reason("near", 0.5, toponym.beside)) if near else place.reasons
    return replace(place, use=toponym.use, near=near, reasons=reasons)


def rival(ranked: Sequence[Sense]) -> Sense | None:
    """A second candidate that is about as good and lies elsewhere."""
    for sense in ranked[1:4]:
        if ranked[0].score - sense.score >= MARGIN:
            return None
        best, other = ranked[0].candidate, sense.candidate
        nested = lies_within(best, other) or lies_within(other, best)  # New York, the city or the state
        if distance(best, other) > NEAR and not nested:
            return sense
    return None


def describe(sense: Sense) -> str:
    """A candidate in words: "Paris, Texas, USA (city): main name, qualified"."""
    c = sense.candidate
    where = ", ".join(part for part in (c.name, c.admin1, c.country) if part)
    signs = ", ".join(f"{name} {value:.2f}" for name, value in sense.features.items() if value)
    return f"{where} ({c.level.value}): {signs}"


def _site(toponym: Toponym, host: Sense, name: str) -> Place:
    c = host.candidate
    level = _OF_SITES.get(c.level, Level.SITE)
    reason = Reason("lies in", round(host.score, 3), describe(host))
    span = toponym.span
    identity = content_id("place", span.article, span.start, span.end)
    return Place(
        identity, " ".join(name.split()), c.lat, c.lon, c.country, c.geonameid, level, span, (reason,), c.admin1
    )


def _place(toponym: Toponym, c: Candidate | None, reasons: tuple[Reason, ...]) -> Place:
    span = toponym.span
    identity = content_id("place", span.article, span.start, span.end)
    if c is None:
        return Place(identity, toponym.name, None, None, None, None, None, span, reasons)
    level = Level.REGION if toponym.part and c.level is Level.COUNTRY else c.level
    return Place(identity, c.name, c.lat, c.lon, c.country, c.geonameid, level, span, reasons, c.admin1)
