"""Finds how long something holds: "from 9 pm to 5 am", "until further notice", "for 30 days", "a night-time curfew"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from sayso.knowledge import table
from sayso.model import Parsed

Range = tuple[int, int]  # first and last token, inclusive

_CLOCK = re.compile(r"\d{1,2}([:.h]?\d\d)?(am|pm|h|hrs)?|\d{4}hrs?|[ap]\.?m\.?")
_FILL = frozenset("the at on about around least an a next another further local of in".split())


@cache
def measure_words(part: str, key: str) -> frozenset[str]:
    """A line of words of the table of measures."""
    return frozenset(table("measures.toml")[part][key].split())


@lru_cache(maxsize=1)
def _wholes() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in table("measures.toml")["term"]["whole"])


def term_runs(parsed: Parsed, first: int, last: int) -> Iterator[Range]:
    """The stretches of a sentence that say how long something holds, by token range."""
    token = first
    while token <= last:
        end = _whole(parsed, token, last) or _term(parsed, token, last)
        if end is not None:
            yield token, end
        token = token + 1 if end is None else end + 1


def modifier_terms(parsed: Parsed, first: int, last: int) -> Iterator[Range]:
    """What stands before a measure's name and says how long: "30-day", "dusk-to-dawn", "overnight"."""
    token = first
    while token <= last:
        end = token
        while end + 2 <= last and parsed.text[end + 1] in "-–":
            end += 2
        word = "".join(parsed.text[token : end + 1]).lower().replace("–", "-")
        unit = word.rpartition("-")[2].rstrip("s") in measure_words("term", "units") and "-" in word
        if unit or (end < last and word in measure_words("term", "modifiers")):
            yield token, end
        token = end + 1


def _term(parsed: Parsed, token: int, last: int) -> int | None:
    """The last token of a term that opens at a token, or None."""
    word = parsed.text[token].lower()
    if word in ("for", "by") or parsed.lemma[token].lower() == "last":
        end = _time(parsed, token + 1, last)
        return end if end is not None and _is_length(parsed, token + 1, end) else None
    if word == "as" and token < last and parsed.text[token + 1].lower() in ("of", "from"):
        token += 1
    elif word not in measure_words("term", "opening"):
        return None
    start = token + 1
    if start <= last and parsed.text[start].lower() in ("on", "at", "from"):
        start += 1
    end = _time(parsed, start, last)
    if end is None:
        return None
    joined = _joined(parsed, end, last)
    if word == "between" and joined is None and " and " not in _words(parsed, start, end):
        return None
    return _trail(parsed, joined or end, last)


def _joined(parsed: Parsed, end: int, last: int) -> int | None:
    """The end of "to 5 am" after "from 9 pm"."""
    if end + 1 <= last and parsed.text[end + 1].lower() in measure_words("term", "joining"):
        return _time(parsed, end + 2, last)
    return None


def _time(parsed: Parsed, token: int, last: int) -> int | None:
    """The last token of a time that opens at a token: what the parser calls one, a clock time, a part of the day."""
    end: int | None = None
    for at in range(token, last + 1):
        word = parsed.text[at].lower()
        timely = parsed.ent[at] in ("DATE", "TIME") or word in measure_words("term", "bare")
        if timely or (_CLOCK.fullmatch(word) and parsed.ent[at] not in ("MONEY", "PERCENT")):
            end = at
        elif not (word in _FILL and at - (end if end is not None else token) <= 1):
            break
    return end


def _is_length(parsed: Parsed, first: int, last: int) -> bool:
    """Whether a time is a length and no date: "30 days", "a week", "an indefinite period"."""
    words = {parsed.lemma[token].lower() for token in range(first, last + 1)}
    named = words & {"first", "second", "third", "last"}
    return bool(words & measure_words("term", "units")) and not named and "ago" not in words


def _trail(parsed: Parsed, end: int, last: int) -> int:
    """Take in "every night", "local time" after a term."""
    while end < last and parsed.text[end + 1].lower() in measure_words("term", "after"):
        end += 1
    return end


def _whole(parsed: Parsed, token: int, last: int) -> int | None:
    for words in _wholes():
        end = token + len(words) - 1
        if end <= last and tuple(word.lower() for word in parsed.text[token : end + 1]) == words:
            return end
    return None


def _words(parsed: Parsed, first: int, last: int) -> str:
    return " ".join(parsed.text[first : last + 1]).lower()
