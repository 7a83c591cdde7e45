"""Lets neighbours lend each other what they leave out: "6 and 7 January", "May 4-6, 1951", "July to November 1954"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sayso.extract.times.rules import compile_pattern
from sayso.extract.times.values import Match
from sayso.extract.times.words import Atoms


@dataclass(frozen=True, slots=True)
class Found:
    """An expression by its atoms: first, one past the last, and what it says."""

    first: int
    last: int
    type: str
    value: str
    mod: str | None


def complete(atoms: Atoms, found: Sequence[Found]) -> list[Found]:
    """The expressions with those that only their neighbours make expressions, each with its neighbour's year."""
    return _with_years(atoms, list(_with_tails(atoms, found)))


# --------------------------------------------------------------------------- what follows


@lru_cache(maxsize=1)
def _tails() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A second day after a month and a day; the last digits of a second year."""
    no_day = "UNIT1|UNITS|QUARTER|CENTURY|BIG|NUMW|AMPM|CLOCK|OCLOCK|MONTH|HYPH|FRAC|DAY|NUM"
    return (
        compile_pattern(f"(?:HYPH|AND)(?P<x>THE?(?P<d>DAY|ORD)(?:COMMA?(?P<y>YEAR))?)(?!{no_day})"),
        compile_pattern(f"(?:HYPH|SLASH)(?P<x>(?P<d>DAY|NUM))(?!{no_day})"),
    )


def _with_tails(atoms: Atoms, found: Sequence[Found]) -> Iterator[Found]:
    """Each expression, and after it the day or year that leans on it."""
    past = 0
    for item in found:
        if item.first < past:
            continue  # the year of "March 5-9, 1918" belongs to the 9th
        yield item
        tail = _second_day(atoms, item) or _second_year(atoms, item)
        while tail is not None:
            past = tail.last
            yield tail
            tail = _second_day(atoms, tail)


_DAY_VALUE = re.compile(r"(\d{4}|XXXX)-(\d\d)-(\d\d)")


def _second_day(atoms: Atoms, item: Found) -> Found | None:
    """The 9th after "March 5" in "March 5-9", in whatever year."""
    day, last = _DAY_VALUE.fullmatch(item.value), atoms.words(item.last - 1, item.last)[0]
    if day is None or not re.fullmatch(r"\d\d?(?:st|nd|rd|th)?", last):
        return None
    tail = _tails()[0].match(atoms.classes, item.last)
    if tail is None:
        return None
    told = Match(atoms, tail)
    number = int(re.sub(r"\D", "", told.word("d")))
    if number <= int(day.group(3)):
        return None
    year = told.word("y") or day.group(1)
    first, past = tail.span("x")
    return Found(first, past, "DATE", f"{year}-{day.group(2)}-{number:02d}", item.mod)


def _second_year(atoms: Atoms, item: Found) -> Found | None:
    """The second year of "1990-94"."""
    tail = _tails()[1].match(atoms.classes, item.last) if re.fullmatch(r"\d{4}", item.value) else None
    if tail is None:
        return None
    digits = Match(atoms, tail).word("d")
    if len(digits) != 2 or digits <= item.value[2:]:
        return None
    return Found(*tail.span("x"), "DATE", item.value[:2] + digits, item.mod)


# --------------------------------------------------------------------------- years

_JOINED = re.compile(
    r"\s*,\s*|\W*(?:-|\u2013|to|and|or|until|till|through)(?:\s+(?:early|late|mid|the|in|on|of|from|between))*\W*",
    re.IGNORECASE,
)
_OPEN_YEAR = re.compile(r"XXXX-(\d\d|Q\d|S[PU]|FA|WI)(?:-\d\d)?$")
_STATED = re.compile(r"(BC)?(\d{4})-(\d\d|Q\d|S[PU]|FA|WI)(?:-\d\d)?$")
_ORDER = {"SP": "03", "SU": "06", "FA": "09", "WI": "00", "Q1": "01", "Q2": "04", "Q3": "07", "Q4": "10"}


def _with_years(atoms: Atoms, found: list[Found]) -> list[Found]:
    """A month, day or season takes the year of the one it is joined with: "April and June 1955"."""
    for at in range(len(found) - 2, -1, -1):
        left, right = found[at], found[at + 1]
        bare, stated = _OPEN_YEAR.match(left.value), _STATED.match(right.value)
        if bare and stated and _JOINED.fullmatch(_between(atoms, left, right)):
            era, year = stated.group(1) or "", int(stated.group(2))
            over = _place(bare.group(1)) > _place(stated.group(3)) and not era
            found[at] = replace(left, value=f"{era}{year - over:04d}{left.value[4:]}")
    return found


def _place(name: str) -> str:
    """Where in the year: two digits that sort."""
    return _ORDER.get(name, name)


def _between(atoms: Atoms, left: Found, right: Found) -> str:
    return atoms.text[atoms.atoms[left.last - 1][2] : atoms.atoms[right.first][1]]
