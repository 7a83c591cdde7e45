"""Lends an actor what other articles of the archive say of it: country, sector, title.

What an article says of an actor itself stands; the rest is lent by the register, where the article's day lies within
the days a name was seen so or at most `MARGIN` days off. A title ends where the same person is seen in another office
or as a former holder, and where somebody else is seen in the office. Two countries, or sectors that no one person has,
may be two people of one name: nothing is lent then, and the reasons say so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from sayso.model import Actor, Analysis, Reason, Span
from sayso.report.register import (
    Entry,
    Register,
    Sighting,
    alike,
    day_of,
    key_of,
    office_of,
    said_country,
    said_sector,
)
from sayso.text import fold

MARGIN = 31  # days: ministers stay about two years, so that within a month one in twenty-five has gone
_STATE = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "COP", "ELI"})  # one person is seen in several of these
REGISTER = "register"  # name of the reasons given here
_WITHIN, _NEAR = 0.8, 0.7


@dataclass(frozen=True, slots=True)
class _Asked:
    """A name with what an article itself says of it."""

    key: str
    country: str | None
    office: frozenset[str]
    sector: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rest:
    """A sighting that something rests on, and how sure that makes it."""

    seen: Sighting
    score: float


@dataclass(frozen=True, slots=True)
class _Lent:
    """What the register knows of it; a sighting under each field it rests on."""

    country: str | None = None
    title: str | None = None
    sector: tuple[str, ...] = ()
    rests: tuple[tuple[str, _Rest], ...] = ()  # ("country", where it was seen)
    note: str = ""  # why nothing is lent, or what was seen at other times


class Lender:
    """Fills the actors of articles from a register."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._cases: dict[_Asked, _Case] = {}
        self._given: dict[tuple[int, tuple[bool, bool, bool]], tuple[Reason, ...]] = {}

    def fill(self, analysis: Analysis) -> Iterator[Actor]:
        """The actors of an article that the register tells more of, filled."""
        day = day_of(analysis.article)
        if day is None:
            return
        named = {actor.id: key for actor in analysis.actors if (key := key_of(actor))}
        surnames = _surnames(analysis.actors, named)
        for actor in analysis.actors:
            full = surnames.get(fold(actor.name)) if actor.kind == "person" and actor.id not in named else None
            key = named.get(full.id if full else actor.id)
            if key is not None and (full is not None or key in self.register.entries):
                filled = self._fill(_with_full_name(actor, full), key, date.fromisoformat(day).toordinal())
                if filled is not actor:
                    yield filled

    def _fill(self, said: Actor, key: str, day: int) -> Actor:
        country, sector = said_country(said), said_sector(said)
        if country and said.title and sector:
            return said
        asked = _Asked(key, country, office_of(said), sector)
        if asked not in self._cases:
            self._cases[asked] = _Case(self.register, asked)
        lent = self._cases[asked].on(day)
        titled = said.title is None and lent.title is not None
        sectored = not sector and lent.sector not in ((), said.sector)
        placed = country is None and lent.country not in (None, said.country)
        if not (lent.note or titled or sectored or placed):
            return said
        return Actor(  # not `replace`, which takes thrice as long: an archive has tens of thousands
            id=said.id,
            name=said.name,
            kind=said.kind,
            country=lent.country if placed else said.country,
            sector=lent.sector if sectored else said.sector,
            title=said.title or lent.title,
            spans=said.spans,
            reasons=said.reasons + self._reasons(lent, (titled, sectored, placed)),
        )

    def _reasons(self, lent: _Lent, taken: tuple[bool, bool, bool]) -> tuple[Reason, ...]:
        """Those of title, sector and country as far as they were taken; made once for what is lent many times."""
        asked = id(lent), taken  # its case keeps what is lent
        if asked not in self._given:
            names = [name for name, filled in zip(("title", "sector", "country"), taken, strict=True) if filled]
            self._given[asked] = tuple(_reasons(lent, names))
        return self._given[asked]


class _Case:
    """All that the register has for a name about which an article says this much, to be asked by the day."""

    def __init__(self, register: Register, asked: _Asked) -> None:
        self._register = register
        self._office = asked.office
        self._entries = [entry for entry in register.known(asked.key) if _fits(register, entry, asked)]
        self._undated = [entry for entry in self._entries if len(entry.dated) < len(entry.sightings)]
        held = [entry for entry in self._entries if entry.office and entry.days]
        self._apart = {id(one): [two for two in held if not alike(one.office, two.office)] for one in held}
        self._days: dict[int, _Lent] = {}

    def on(self, day: int) -> _Lent:
        """What can be lent on a day."""
        if day not in self._days:
            self._days[day] = self._lend(day)
        return self._days[day]

    def _lend(self, day: int) -> _Lent:
        near = [entry for entry in self._entries if entry.distance(day) <= MARGIN]
        if not near:
            return _Lent(note=_at_other_times(self._entries, day))
        if len(self._entries) > 1 and (clash := _clash([*near, *self._undated])):
            return _Lent(note=clash)
        held = [entry for entry in near if self._holds(entry, day)]
        titled = _closest(_one_title(held), day)
        sector, told = _common_sector(
            [entry for entry in held if not self._office or alike(entry.office, self._office)]
        )
        sectored = _closest([entry.with_sector for entry in told], day)
        home = _closest([entry.with_country for entry in near if entry.country], day)
        rests = (("title", titled), ("sector", sectored), ("country", home))
        return _Lent(
            home.seen.country if home else None,
            titled.seen.title if titled else None,
            sector if sectored else (),
            tuple((name, rest) for name, rest in rests if rest),
            "" if held else _at_other_times([entry for entry in self._entries if entry.office], day),
        )

    def _holds(self, entry: Entry, day: int) -> bool:
        """Whether a title seen before and after, or near enough on one side, still or already stands on a day."""
        if not entry.office:
            return True
        before, after, apart = entry.before(day), entry.after(day), self._apart[id(entry)]
        still = before is not None and not any((one.before(day) or 0) > before for one in apart)
        already = after is not None and not any((one.after(day) or after) < after for one in apart)
        if before is not None and after is not None:
            return still or already
        if before is not None:
            return still and day - before <= MARGIN and not self._replaced(entry, before + 1, day)
        return already and after is not None and not self._replaced(entry, day, after - 1)

    def _replaced(self, entry: Entry, first: int, last: int) -> bool:
        """Whether somebody else was seen in the office in these days and never while its holder was."""
        office = self._register.post(entry)
        holders = self._register.holders.get(office, {}) if office else {}
        own = holders.get(entry.key)
        if own is None:
            return False
        return any(
            key != entry.key and (begin > own[1] or end < own[0]) and begin <= last and end >= first
            for key, (begin, end) in holders.items()
        )


def _fits(register: Register, entry: Entry, asked: _Asked) -> bool:
    """Whether what was seen elsewhere may be of the one whom the article means."""
    if not register.is_own(entry) or (asked.country and entry.country not in (None, asked.country)):
        return False
    if asked.office and entry.office and not alike(asked.office, entry.office):
        return bool(asked.sector and entry.sector) and _one_person(asked.sector, entry.sector)
    return _one_person(asked.sector, entry.sector)


def _surnames(actors: Iterable[Actor], named: Mapping[str, str]) -> dict[str, Actor]:
    """The one person whom an article names in full with a last name, by that name."""
    found: dict[str, dict[str, Actor]] = defaultdict(dict)
    for actor in actors:
        if actor.id in named and actor.kind == "person":
            found[fold(actor.name.split()[-1])].setdefault(named[actor.id], actor)
    return {last: next(iter(people.values())) for last, people in found.items() if len(people) == 1}


def _with_full_name(actor: Actor, full: Actor | None) -> Actor:
    """An actor with what its article says of the same person where it gives the full name."""
    if full is None or not _one_person(said_sector(actor), said_sector(full)):
        return actor
    if said_country(actor) and said_country(full) and actor.country != full.country:
        return actor
    taken = [
        name
        for name, own, other in (
            ("title", actor.title, full.title),
            ("country", said_country(actor), said_country(full)),
            ("sector", said_sector(actor), said_sector(full)),
        )
        if other and not own
    ]
    if not taken:
        return actor
    kept = tuple(one for one in actor.reasons if one.name not in taken)
    given = tuple(one for one in full.reasons if one.name in taken)
    return replace(
        actor,
        country=full.country if "country" in taken else actor.country,
        title=full.title if "title" in taken else actor.title,
        sector=full.sector if "sector" in taken else actor.sector,
        reasons=(*kept, *given, Reason(REGISTER, _WITHIN, f"the article names {full.name} in full")),
    )


def _one_person(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether one may be of both sectors: one in common, one not told, or both of the state."""
    return not one or not two or bool(set(one) & set(two)) or bool(_STATE & set(one) and _STATE & set(two))


def _clash(entries: Sequence[Entry]) -> str:
    """Why the entries cannot be of one, in words; "" if they can."""
    countries = {entry.country: entry for entry in entries if entry.country}
    if len(countries) > 1:
        told = sorted((country, entry.with_country.sightings[0]) for country, entry in countries.items() if country)
        return "unresolved: " + ", ".join(f"{country} {_where(seen)}" for country, seen in told)
    sectors = {entry.sector: entry for entry in entries}
    for one, two in combinations(sorted(sectors), 2):
        if not _one_person(one, two):
            return "unresolved: " + ", ".join(
                f"{', '.join(sector)} {_where(sectors[sector].with_sector.sightings[0])}" for sector in (one, two)
            )
    return ""


def _one_title(held: Sequence[Entry]) -> list[Entry]:
    """The title that is held, of forms that may be one the one told most; none where two that differ are held."""
    titled = [entry for entry in held if entry.office]
    if not all(alike(one.office, two.office) for one, two in combinations(titled, 2)):
        return []
    ranked = sorted(titled, key=lambda one: (-len(one.sightings), -len(one.office), sorted(one.office)))
    return [entry for entry in ranked if entry.office == ranked[0].office]


def _common_sector(held: Sequence[Entry]) -> tuple[tuple[str, ...], list[Entry]]:
    """What all that is held has in common, and what tells it."""
    told = [entry for entry in held if entry.sector]
    common = tuple(code for code in told[0].sector if all(code in one.sector for one in told)) if told else ()
    return common, told if common else []


def _closest(entries: Sequence[Entry], day: int) -> _Rest | None:
    """The sighting nearest to a day; surer where the day lies between the first and the last."""
    found = [seen for entry in entries if (seen := entry.nearest(day))]
    if not found:
        return None
    seen = min(found, key=lambda one: (abs(_ordinal(one) - day), one.day or "", one.span))
    return _Rest(seen, _WITHIN if any(entry.distance(day) == 0 for entry in entries) else _NEAR)


def _ordinal(seen: Sighting) -> int:
    return date.fromisoformat(seen.day or "").toordinal()


def _at_other_times(entries: Sequence[Entry], day: int) -> str:
    """As what a name was seen too long before, else too long after."""
    dated = [entry for entry in entries if entry.days]
    past = [(entry, entry.dated[-1]) for entry in dated if entry.days[-1] < day]
    future = [(entry, entry.dated[0]) for entry in dated if entry.days[0] > day]
    for word, found, sign in (("formerly", past, -1), ("later", future, 1)):
        if found:
            entry, seen = min(found, key=lambda one: (sign * _ordinal(one[1]), one[1].span))
            return f"{word} seen as {_what(entry)} {_where(seen)}"
    return ""


def _what(entry: Entry) -> str:
    told = (f"“{entry.title}”" if entry.title else "", entry.country or "", ", ".join(entry.sector))
    return ", ".join(filter(None, told[:2])) or told[2]


def _where(seen: Sighting) -> str:
    return f"in article {seen.span.article[:8]} of {seen.day or 'an unknown day'}"


def _reasons(lent: _Lent, filled: Sequence[str]) -> Iterator[Reason]:
    """One reason for each article that something was taken from, then what was not taken."""
    told = {"title": f"“{lent.title}”", "sector": ", ".join(lent.sector), "country": lent.country}
    taken: dict[tuple[Span, float], tuple[_Rest, list[str]]] = {}
    for name, rest in lent.rests:
        if name in filled:
            taken.setdefault((rest.seen.span, rest.score), (rest, []))[1].append(f"{name} {told[name]}")
    for rest, parts in taken.values():
        yield Reason(REGISTER, rest.score, f"{', '.join(parts)} {_where(rest.seen)}")
    if lent.note:
        yield Reason(REGISTER, 0.0, lent.note)
