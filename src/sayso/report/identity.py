"""Who a source is over articles: a person by full name, an office by name and country.

What is described and not named (residents, an official, one who spoke on condition of anonymity) is one source in the
reports of one origin alone: two papers' "residents" are two groups of people until somebody names them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.model import Actor, Claim, Level, Link, SourceKind
from sayso.report.archive import Archive, is_credit
from sayso.text import fold

PRONOUNS = frozenset({"he", "she", "it", "they", "one", "who", "we", "i", "you", "somebody else", "unnamed anonymous"})
_DESCRIBED = frozenset({SourceKind.WITNESS, SourceKind.ANONYMOUS, SourceKind.REPORTERS})
_SMALL = frozenset("the a an of for in on at and its his her their our this that country".split())
_VAGUE = frozenset(
    """official officials spokesman spokeswoman spokesperson spokespeople authorities authority source sources press
    secretary local regional senior firm company member members office officer officers people countries staff
    secretariat statement employee employees residents some others leadership""".split()
)
UNKNOWN = "country unknown"
_PREFIX = 4  # letters that a people shares with its country: "Kazakh", "Kazakhstan"


def cited(claim: Claim) -> tuple[Link, ...]:
    """The sources that the text cites, from the nearest to the origin; the agency in the credits is none of them."""
    return tuple(link for link in claim.chain if not is_credit(link))


@dataclass(frozen=True, slots=True)
class Who:
    """One source over articles."""

    key: str  # the same on every run; what an analyst's grade is kept under
    named: bool
    words: frozenset[str]  # of its name
    country: str | None = None
    people: bool = False  # witnesses and unnamed persons: described alike by two reporters, they are two


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[str, ...]
    form: str  # country, proper, office, described
    country: str | None
    person: bool


class Sources:
    """The identity of every cited source of an archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._countries = _country_names(archive)
        self._story = {article: story.id for story in archive.links.stories for article in story.articles}
        self._names: dict[tuple[str | None, str, str], _Name] = {}
        self._people: set[tuple[str, ...]] = set()
        self._homes: dict[frozenset[str], set[str]] = defaultdict(set)  # countries that a name is known with
        self._local: dict[tuple[str | None, frozenset[str]], set[str]] = defaultdict(set)  # the same in one story
        self._written: dict[str, Counter[str]] = defaultdict(Counter)
        links = [(claim, link) for claim in archive.claims.values() for link in cited(claim)]
        for claim, link in links:
            self._learn(link, _article(claim))
        for claim, link in links:
            self._written[self.of(link, _article(claim)).key][archive.source(link)] += 1

    def _learn(self, link: Link, article: str) -> None:
        name = self._read(link)
        if name.person and name.form == "proper":
            self._people.add(name.words)
        if name.country and name.form != "described":
            self._homes[frozenset(name.words)].add(name.country)
            self._local[self._story.get(article), frozenset(name.words)].add(name.country)

    def of(self, link: Link, article: str) -> Who:
        """Who a link of a claim in an article is."""
        name = self._read(link)
        words, country = frozenset(name.words), name.country
        if name.form == "country":
            return Who(f"country {country}", True, words, country)
        if name.form == "proper" and name.words in self._people:
            return Who(f"person {' '.join(name.words)}", True, words)
        if country is None and name.form == "proper":
            country = _only(self._homes.get(words, ()))
        elif country is None and name.form == "office" and article in self._story:
            country = _only(self._local.get((self._story[article], words), ()))
        if name.form == "proper" or (name.form == "office" and country):
            return Who(f"office {' '.join(sorted(words))} / {country or UNKNOWN}", True, words, country)
        origin = self._archive.origin_of.get(article, article)
        called = " ".join(name.words) or fold(self._archive.source(link))
        return Who(f"described {called} / {origin}", False, words, country, link.kind in _DESCRIBED or name.person)

    def name(self, key: str) -> str:
        """A source's name as it is written most often, of equals the fullest."""
        return min(self._written[key], key=lambda name: (-self._written[key][name], -len(name), name))

    def names(self, key: str) -> tuple[str, ...]:
        """Every name a source goes by, the most common first."""
        return tuple(sorted(self._written[key], key=lambda name: (-self._written[key][name], -len(name), name)))

    def may_be_one(self, one: Who, two: Who) -> bool:
        """Whether two sources of one content can be one: "Tokayev" and the full name, an office without its country."""
        if one.key == two.key:
            return True
        if not (one.words and two.words) or one.key.startswith("country") or two.key.startswith("country"):
            return False
        small, large = sorted((one.words, two.words), key=len)
        known = {who.country for who in (one, two) if who.key.startswith("office") and who.country}
        return small <= large and not small <= _VAGUE and len(known) < 2

    def may_be_colleagues(self, one: Who, two: Who) -> bool:
        """Whether one may speak for the other, so that neither confirms it: one office under two descriptions, or a
        country and its ministry. Two reporters' witnesses are two sources."""
        if one.key == two.key or (not one.people and not two.people and self.may_be_one(one, two)):
            return True
        broad = [who.key.startswith("country") or (bool(who.words) and who.words <= _VAGUE) for who in (one, two)]
        same = one.country is not None and one.country == two.country
        return (same and any(broad)) or (
            not one.people and not two.people and bool(one.words) and one.words == two.words
        )

    def label(self, who: Who) -> str:
        """A source's name; with what is only described, whose report describes it."""
        if who.named:
            return self.name(who.key)
        origin = self._archive.origins.get(who.key.rsplit(" / ", 1)[-1])
        return f"{self.name(who.key)} ({f'in {origin.name}' if origin else 'unnamed'})"

    def _read(self, link: Link) -> _Name:
        said = self._archive.source(link)
        at = (link.actor, said, link.kind.value)
        if at not in self._names:
            self._names[at] = self._parse(said, self._archive.actors.get(link.actor or ""), link.kind)
        return self._names[at]

    def _parse(self, said: str, actor: Actor | None, kind: SourceKind) -> _Name:
        country = actor.country if actor else None
        person = kind is SourceKind.PERSON or (actor is not None and actor.kind == "person")
        if actor and actor.kind == "country" and country:
            return _Name((fold(said),), "country", country, False)
        home = self._countries.get(country or "", ())
        bare = re.sub(r"['’]s?\b", "", said)
        words = [word for word in re.findall(r"[^\W_]+(?:-[^\W_]+)*", bare) if word.casefold() not in _SMALL]
        kept = [word for word in words if person or not _of_country(fold(word), home)]
        folded = tuple(map(fold, kept))
        vague = not kept or set(folded) <= _VAGUE or fold(said) in PRONOUNS
        if vague or kind in _DESCRIBED or (actor is not None and actor.kind == "anonymous"):
            return _Name(folded, "described", country, False)
        capitals = sum(word[0].isupper() for word in kept)
        if person and capitals < 2:
            return _Name(folded, "described", country, True)
        begins = kept[0][0].isupper() and kept[0] in said.split()[:1]  # a capital that may be the sentence's
        known = kind in (SourceKind.MEDIA, SourceKind.AGENCY) or (kept[0].isupper() and len(kept[0]) > 1)
        proper = capitals - begins > 0 or (capitals > 0 and known)
        return _Name(folded, "proper" if proper else "office", country, person)


def _article(claim: Claim) -> str:
    return claim.content[0].article


def _only(found: Iterable[str]) -> str | None:
    left = list(found)
    return left[0] if len(left) == 1 else None


def _country_names(archive: Archive) -> dict[str, tuple[str, ...]]:
    """The names of countries as the archive's places give them, by code."""
    found: dict[str, set[str]] = defaultdict(set)
    for place in archive.places.values():
        if place.level is Level.COUNTRY and place.country:
            found[place.country].add(fold(place.name))
    return {code: tuple(sorted(names)) for code, names in found.items()}


def _of_country(word: str, names: Sequence[str]) -> bool:
    return len(word) >= _PREFIX and any(name.startswith(word[: max(_PREFIX, len(word) - 3)]) for name in names)
