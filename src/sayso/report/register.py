"""What the articles of an archive say of the names in them: a register that nobody has to maintain.

"Tanaka Ayumi, Japan's trade minister" in one article is one sighting: a name with a title, a country and a sector, on
the article's day, at these characters. Sightings of a name in one office and country are an entry with the days it
was first and last seen. Only what an article says itself is learnt: a country or sector that was inferred from what
stands around a name is not. Nothing here depends on the order of articles, and a further article only adds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from math import inf

from sayso.model import Actor, Analysis, Article, Span
from sayso.text import fold

SAID = 0.75  # what has a reason at least this sure stands in the article's words; below, it was inferred
_NAME = re.compile(r"[^\W\d_][^\W\d_.'’-]*(?:[.'’-]+[^\W\d_]*)*")
_SMALL = frozenset("the a an of for in on at to and its his her their our".split())
_APART = frozenset(  # words that make another office of the one that they stand with
    """former ex deputy vice acting assistant interim outgoing late designate elect candidate shadow prime
    spokesman spokeswoman spokesperson adviser advisor aide envoy secretary lawyer""".split()
)
_KIN = frozenset(  # what somebody is to another person tells nobody else who that is
    """uncle aunt mother father brother sister wife husband widow widower son daughter cousin nephew niece friend
    neighbour neighbor colleague grandmother grandfather grandson granddaughter partner fiance fiancee""".split()
)
_COMMON = frozenset(  # words of bodies that every country has
    """ministry minister ministries department office bureau agency authority authorities administration government
    cabinet council committee commission parliament senate congress assembly house chamber court tribunal prosecutor
    police army navy air force forces guard guards service services security interior defence defense foreign affairs
    finance justice health education emergency emergencies national federal state central regional local city general
    supreme constitutional high bank university hospital school institute centre center party union association
    federation group company corporation army's border customs intelligence presidential public people democratic
    republic royal new united international staff board mayor governor airport embassy consulate news press media
    television radio times daily post opposition labour labor social civil human rights human red cross""".split()
)

_At = tuple[str, str, frozenset[str], str | None]  # name, kind, office, country


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one article says of one name; `sector` () and None where it says nothing."""

    name: str  # as written
    title: str | None
    country: str | None
    sector: tuple[str, ...]
    day: str | None  # ISO 8601 date of the article; None: it has none
    span: Span  # where the article says so


@dataclass(frozen=True, eq=False)
class Entry:
    """A name in one office (none, for a name with a country only) of one country (None: not told), as it was seen."""

    key: str
    kind: str  # person, organization
    office: frozenset[str]
    country: str | None
    sightings: tuple[Sighting, ...]  # by day, then by article and place in it; never none

    @cached_property
    def dated(self) -> tuple[Sighting, ...]:
        return tuple(one for one in self.sightings if one.day)

    @cached_property
    def days(self) -> list[int]:
        """Of the dated sightings, as ordinals."""
        return [date.fromisoformat(one.day).toordinal() for one in self.dated if one.day]

    @cached_property
    def sector(self) -> tuple[str, ...]:
        """What every sighting with a sector agrees on."""
        told = [one.sector for one in self.sightings if one.sector]
        return tuple(code for code in told[0] if all(code in other for other in told)) if told else ()

    @cached_property
    def title(self) -> str | None:
        """As it is written most often, of equals the fullest."""
        return most_written(one.title for one in self.sightings)

    @cached_property
    def with_country(self) -> Entry:
        """Its sightings that tell the country."""
        return replace(self, sightings=tuple(one for one in self.sightings if one.country))

    @cached_property
    def with_sector(self) -> Entry:
        """Its sightings that tell the sector."""
        return replace(self, sightings=tuple(one for one in self.sightings if one.sector))

    def distance(self, day: int) -> float:
        """Days from a day to those on which it was seen; 0 between the first and the last."""
        return max(self.days[0] - day, day - self.days[-1], 0) if self.days else inf

    def before(self, day: int) -> int | None:
        """The last day not after this one on which it was seen."""
        at = bisect_left(self.days, day + 1)
        return self.days[at - 1] if at else None

    def after(self, day: int) -> int | None:
        """The first day not before this one on which it was seen."""
        at = bisect_left(self.days, day)
        return self.days[at] if at < len(self.days) else None

    def nearest(self, day: int) -> Sighting | None:
        """The dated sighting closest to a day, of equals the earliest."""
        near = [one for one in (self.before(day), self.after(day)) if one is not None]
        if not near:
            return None
        best = min(near, key=lambda one: (abs(one - day), one))
        return self.dated[bisect_left(self.days, best)]


class Register:
    """Every name that an article gives a title, a country or a sector."""

    def __init__(self, analyses: Iterable[Analysis]) -> None:
        seen: dict[_At, list[Sighting]] = defaultdict(list)
        called: set[str] = set()
        for analysis in analyses:
            day = day_of(analysis.article)
            for actor in analysis.actors:
                if actor.kind != "person":
                    called.add(actor.name)
                if (key := key_of(actor)) and (sighting := _sight(actor, analysis.article, day)):
                    seen[key, actor.kind, office_of(actor), sighting.country].append(sighting)
        self.entries: Mapping[str, tuple[Entry, ...]] = _entries(seen)
        self._common = {word for name in called for word in name.split() if word.islower()}
        self._settled: dict[str, tuple[Entry, ...]] = {}

    def known(self, key: str) -> tuple[Entry, ...]:
        """A name's entries; an office that is told of one country takes in its sightings that tell none."""
        if key not in self._settled:
            self._settled[key] = tuple(_settle(self.entries.get(key, ())))
        return self._settled[key]

    @cached_property
    def homes(self) -> Mapping[str, str]:
        """The country of each name that was seen with one only."""
        told = {key: {entry.country for entry in entries if entry.country} for key, entries in self.entries.items()}
        return {key: countries.pop() for key, countries in told.items() if len(countries) == 1}

    @cached_property
    def holders(self) -> Mapping[tuple[str, frozenset[str]], Mapping[str, tuple[int, int]]]:
        """Who was seen in an office of a country, with the first and last day."""
        found: dict[tuple[str, frozenset[str]], dict[str, tuple[int, int]]] = defaultdict(dict)
        for entry in (entry for entries in self.entries.values() for entry in entries):
            if (office := self.post(entry)) and entry.days:
                first, last = found[office].get(entry.key, (entry.days[0], entry.days[-1]))
                found[office][entry.key] = min(first, entry.days[0]), max(last, entry.days[-1])
        return found

    def is_own(self, entry: Entry) -> bool:
        """Whether a name can be its bearer's alone: a person's, or a body's that nobody writes in small letters."""
        return entry.kind == "person" or not self._common.issuperset(entry.key.split())

    def post(self, entry: Entry) -> tuple[str, frozenset[str]] | None:
        """The office with its country; None where the country is not known."""
        country = entry.country or self.homes.get(entry.key)
        return (country, entry.office) if country and entry.office else None


# --------------------------------------------------------------------------- what an article says


def day_of(article: Article) -> str | None:
    """The day an article speaks of as today: published, else of its dateline."""
    for given in (article.published, article.dateline.date if article.dateline else None):
        try:
            return date.fromisoformat((given or "")[:10]).isoformat()
        except ValueError:
            continue
    return None


def said_country(actor: Actor) -> str | None:
    """The country that the article's words give an actor, not one inferred from what it is about."""
    return actor.country if _is_said(actor, "country") else None


def said_sector(actor: Actor) -> tuple[str, ...]:
    """The sector that the article's words or its title give an actor, not one inferred from what it does."""
    words = [fold(one.detail) for one in actor.reasons if one.name == "sector"]
    titled = actor.title is not None and any(word and word in fold(actor.title) for word in words)
    return actor.sector if titled or _is_said(actor, "sector") else ()


def _is_said(actor: Actor, what: str) -> bool:
    scores = [reason.score for reason in actor.reasons if reason.name == what]
    return not scores or max(scores) >= SAID


def _sight(actor: Actor, article: Article, day: str | None) -> Sighting | None:
    """What an article says of an actor; None where it only names it."""
    country, title, sector = said_country(actor), actor.title, said_sector(actor)
    if actor.kind == "organization" and not _is_told_apart(actor):
        return None
    if title and _KIN & set(title_words(title)):
        title = None
        if country is None:
            return None  # "his uncle": also the sector is what he is to somebody
    if not (title or country or sector):
        return None
    told = (span for span in actor.spans if title and title in " ".join(article.quote(span).split()))
    return Sighting(actor.name, title, country, sector, day, next(told, actor.spans[0]))


def _is_told_apart(actor: Actor) -> bool:
    """Whether the country of a body stands beside its name, not in it: what the name tells, every article tells."""
    name = title_words(actor.name)
    details = [title_words(one.detail) for one in actor.reasons if one.name == "country" and one.score >= SAID]
    return any(not any(_same_stem(word, own) for word in words for own in name) for words in details)


def _entries(seen: Mapping[_At, list[Sighting]]) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for (key, kind, office, country), sightings in seen.items():
        by_day = sorted(sightings, key=lambda one: (one.day or "", one.span))
        found[key].append(Entry(key, kind, office, country, tuple(by_day)))
    return {key: tuple(sorted(found[key], key=_rank)) for key in sorted(found)}


def _settle(entries: Iterable[Entry]) -> Iterator[Entry]:
    offices: dict[tuple[str, frozenset[str]], list[Entry]] = defaultdict(list)
    for entry in entries:
        offices[entry.kind, entry.office].append(entry)
    for held in offices.values():
        told = {entry.country for entry in held if entry.country}
        if len(held) == 1 or len(told) > 1:
            yield from held
        else:
            seen = sorted((one for entry in held for one in entry.sightings), key=lambda one: (one.day or "", one.span))
            yield replace(held[0], country=next(iter(told), None), sightings=tuple(seen))


def _rank(entry: Entry) -> tuple[str, list[str], str]:
    return entry.sightings[0].day or "9999", sorted(entry.office), entry.country or ""


# --------------------------------------------------------------------------- names


def key_of(actor: Actor) -> str | None:
    """What a name is kept under; None for what is no full name: a surname alone, a body that every country has."""
    if not actor.spans:
        return None
    if actor.kind == "person":
        return person_key(actor.name)
    return _body_key(actor.name) if actor.kind == "organization" else None


@lru_cache(maxsize=65_536)
def person_key(name: str) -> str | None:
    """A person's full name: "Kassym-Jomart Tokayev" and "Kassym Jomart Tokayev" are one."""
    words = name.removesuffix("'s").removesuffix("’s").split()
    if len(words) < 2 or not all(map(_NAME.fullmatch, words)):
        return None
    if any(word.islower() or len(word.strip(".")) < 2 for word in (words[0], words[-1])):
        return None
    return " ".join(re.findall(r"[^\W_]+", fold(" ".join(words)).replace("'", "")))


@lru_cache(maxsize=65_536)
def _body_key(name: str) -> str | None:
    """An organisation's name, if a word of it is its own: "Interior Ministry" may be anybody's."""
    words = [word for word in re.findall(r"[^\W_]+", re.sub(r"['’]s\b", "", name)) if fold(word) not in _SMALL]
    own = [word for word in words if word[0].isupper() and len(word) > 2 and fold(word) not in _COMMON]
    return " ".join(map(fold, words)) if own and not any(map(str.islower, words)) else None


# --------------------------------------------------------------------------- offices


@lru_cache(maxsize=65_536)
def title_words(title: str) -> tuple[str, ...]:
    """The words of a title that say something."""
    words = re.findall(r"[^\W_]+", re.sub(r"'s?\b", "", fold(title)))
    return tuple(word for word in words if word not in _SMALL)


def office_of(actor: Actor) -> frozenset[str]:
    """The words of a title without the country's: "Russian President" and "President of Russia" are one office."""
    if not actor.title:
        return frozenset()
    words = title_words(actor.title)
    if _KIN & set(words):
        return frozenset()
    details = " ".join(one.detail for one in actor.reasons if one.name == "country")
    country = title_words(" ".join(word for word in details.split() if word[0].isupper()))
    kept = frozenset(word for word in words if not any(_same_stem(word, other) for other in country))
    return kept or frozenset(words)


def alike(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether two titles may be one office: "minister" and "trade minister", not "minister" and "deputy minister"."""
    return bool(one and two) and (one <= two or two <= one) and not (one ^ two) & _APART


def most_written(names: Iterable[str | None]) -> str | None:
    """The form written most often, of equals the fullest."""
    counts = Counter(name for name in names if name)
    return min(counts, key=lambda name: (-counts[name], -len(name), name), default=None)


def _same_stem(one: str, two: str) -> bool:
    """ "Sudan" and "Sudanese"; what is shorter than four letters only as it is."""
    return one == two or (min(len(one), len(two)) >= 4 and one[:4] == two[:4])
