"""Reads a number with the words that bound it: "at least 12", "between 10 and 15", "half a million".

Knows numbers only: `extract.tolls.counts` knows what is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sayso.extract.numbers import SMALL, WORDS, digits_value, number_value, whole
from sayso.knowledge import table
from sayso.model import Parsed

_TO = frozenset({"to", "or", "-", "\u2013", "\u2014"})
_NO_FEWER = ("no fewer than", "no less than", "not fewer than", "not less than")
_SEVERAL = frozenset({"several", "few", "many"})
_LARGE = frozenset({"hundred", "thousand", "million", "billion"})


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many at least and at most; `high` None is open above."""

    low: int
    high: int | None

    @property
    def single(self) -> bool:
        return self.low == self.high == 1


@dataclass(frozen=True, slots=True)
class BoundWords:
    """The tables of bounds, compiled once."""

    vague: Mapping[str, int]
    exact: Mapping[str, int]
    floor: tuple[str, ...]
    ceiling: tuple[str, ...]
    about: tuple[str, ...]


@lru_cache(maxsize=1)
def bound_words() -> BoundWords:
    data: Mapping[str, Any] = table("tolls.toml")
    bounds = data["bounds"]
    return BoundWords(
        dict(data["vague"]),
        dict(data["exact"]),
        tuple(bounds["floor"]),
        tuple(bounds["ceiling"]),
        tuple(bounds["about"]),
    )


BoundRule = Callable[[str, Sequence[int]], Bounds | None]  # words before, one or two numbers; None: not my case


def floor(before: str, numbers: Sequence[int]) -> Bounds | None:
    """At least 12, more than 12: a floor and no ceiling."""
    return Bounds(min(numbers), None) if _ends(before, bound_words().floor) else None


def ceiling(before: str, numbers: Sequence[int]) -> Bounds | None:
    """Up to 40, fewer than 40: a ceiling; that somebody was harmed is still said."""
    told = _ends(before, bound_words().ceiling) and not _ends(before, _NO_FEWER)
    return Bounds(min(1, *numbers, max(numbers)), max(numbers)) if told else None


def interval(before: str, numbers: Sequence[int]) -> Bounds | None:
    """Between 10 and 15; a lone 12 runs from 12 to 12."""
    return Bounds(min(numbers), max(numbers))


# Order is the policy: "no more than" before "more than".
BOUND_RULES: tuple[BoundRule, ...] = (ceiling, floor, interval)


def bound_count(before: str, numbers: Sequence[int], rules: Sequence[BoundRule] = BOUND_RULES) -> Bounds:
    """The bounds that words before a number and the number itself give."""
    return next(found for rule in rules if (found := rule(before, numbers)))


def _ends(before: str, phrases: Sequence[str]) -> bool:
    return any(before == phrase or before.endswith(" " + phrase) for phrase in phrases)


# --------------------------------------------------------------------------- numbers in a parse


def number_at(parsed: Parsed, token: int) -> float | None:
    word = parsed.text[token].lower()
    return digits_value(word) if word[:1].isdigit() else number_value([word]) if word in WORDS else None


def number_run(parsed: Parsed, token: int, first: int, last: int) -> tuple[int, int, int] | None:
    """The number that a token is part of: first and last token, value; None where it is none or no count."""
    if not _numeric(parsed, token):
        return None
    start = end = token
    while start > first and (_numeric(parsed, start - 1) or _joins(parsed, start - 1, first, end)):
        start -= 1
    while end + 1 < last and (_numeric(parsed, end + 1) or _joins(parsed, end + 1, token, last - 1)):
        end += 1
    start = _before_and(parsed, start, first)
    end = _after_and(parsed, end, last)
    words = list(parsed.text[start : end + 1])
    if len(words) > 1 and all(word.isdigit() for word in words):  # "5 800"; but "10 2" is two numbers
        if any(len(word) != 3 for word in words[1:]):
            start, end, words = token, token, [parsed.text[token]]
        else:
            words = ["".join(words)]
    value = whole(number_value(words))
    if value is not None and end + 1 < last and parsed.text[end + 1].lower() == "dozen" and value < 20:
        return start, end + 1, value * 12
    return _with_half(parsed, start, end, value, first) if value is not None else None


def _after_and(parsed: Parsed, end: int, last: int) -> int:
    """ "A hundred and twenty": what follows a large number and belongs to it."""
    if parsed.text[end].lower() not in _LARGE or end + 2 >= last or parsed.text[end + 1].lower() != "and":
        return end
    small = parsed.text[end + 2].lower()
    return end + 2 if small in SMALL else end


def _before_and(parsed: Parsed, start: int, first: int) -> int:
    """The same from its other end."""
    if start - 2 < first or parsed.text[start - 1].lower() != "and" or parsed.text[start].lower() not in SMALL:
        return start
    if parsed.text[start - 2].lower() not in _LARGE:
        return start
    start -= 2
    while start > first and _numeric(parsed, start - 1):
        start -= 1
    return start


def _with_half(parsed: Parsed, start: int, end: int, value: int, first: int) -> tuple[int, int, int]:
    """ "Half a million" and "a hundred": what stands before a large number and belongs to it."""
    if parsed.text[start].lower() not in _LARGE or start <= first:
        return start, end, value
    if parsed.text[start - 1].lower() == "a":
        start -= 1
    if start > first and parsed.text[start - 1].lower() in {"half", "half-a"}:
        return start - 1, end, value // 2
    return start, end, value


def _numeric(parsed: Parsed, token: int) -> bool:
    word = parsed.text[token].lower()
    return word in WORDS or (word[:1].isdigit() and digits_value(word) is not None)


def _joins(parsed: Parsed, token: int, first: int, last: int) -> bool:
    """A hyphen inside "twenty-six"."""
    return (
        parsed.text[token] == "-"
        and first < token < last
        and parsed.text[token - 1].lower() in WORDS
        and parsed.text[token + 1].lower() in WORDS
    )


def words_before(parsed: Parsed, token: int, first: int) -> str:
    """The four words before a token, as one string."""
    return " ".join(parsed.text[max(first, token - 4) : token]).lower()


def bounded(parsed: Parsed, run: tuple[int, int, int], first: int, last: int) -> tuple[Bounds, int, int]:
    """Bounds of a number with the words around it: first and last token it takes."""
    start, end, value = run
    numbers = [value]
    if end + 2 < last and (word := parsed.text[end + 1].lower()) in {"and", *_TO}:
        paired = word != "and" or words_before(parsed, start, first).endswith("between")
        other = number_run(parsed, end + 2, end + 2, last) if paired else None
        if other and other[2] > value:
            numbers, end = [value, other[2]], other[1]
    if len(numbers) == 1 and start - 2 >= first and parsed.text[start - 1].lower() in {"and", *_TO}:
        other = number_run(parsed, start - 2, first, start - 1)
        paired = parsed.text[start - 1].lower() != "and" or (
            other is not None and words_before(parsed, other[0], first).endswith("between")
        )
        if other and paired and other[2] < value:
            numbers, start = [other[2], value], other[0]
    after = " ".join(parsed.text[end + 1 : end + 3]).lower()
    if len(numbers) == 1 and after == "or more":
        return Bounds(value, None), with_modifier(parsed, start, first), end + 2
    if start > first and parsed.text[start - 1].lower() in _SEVERAL and parsed.text[start].lower() in _LARGE:
        return Bounds(3 * value, None), start - 1, end  # "several hundred"
    bounds = bound_count(words_before(parsed, start, first), numbers)
    return bounds, with_modifier(parsed, start, first), end


def bound_number(parsed: Parsed, run: tuple[int, int, int], first: int) -> tuple[Bounds, int]:
    """Bounds of one number, whatever follows it, and where the words that bound it begin."""
    return bound_count(words_before(parsed, run[0], first), (run[2],)), with_modifier(parsed, run[0], first)


def with_modifier(parsed: Parsed, start: int, first: int) -> int:
    """Where "at least 12" begins."""
    words = bound_words()
    for length in (4, 3, 2, 1):
        if start - length >= first:
            shown = " ".join(parsed.text[start - length : start]).lower()
            if shown in words.floor or shown in words.ceiling or shown in words.about or shown == "between":
                return start - length
    return start


def is_year(parsed: Parsed, run: tuple[int, int, int]) -> bool:
    """Whether a bare number may be a calendar year."""
    return 1900 <= run[2] <= 2099 and parsed.text[run[0]].isdigit()
