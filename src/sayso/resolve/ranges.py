"""Joins the two ends of a range: "from 3 to 5 January", "between Monday and Wednesday" are one interval each.

Each end stays an expression of its own, with its own value; but both stand for all the days of the range, so that an
event tied to either happened within it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sayso.model import Parsed, Timex
from sayso.resolve.dates import days


@dataclass(frozen=True, slots=True)
class Told:
    """What an expression came to: its value, and first and last day."""

    value: str | None
    interval: tuple[date, date] | None


_FINE = r"(?:\s+(?:the|on|in|early|late|mid))*\s*"
_TO = re.compile(rf"\s*(?:-|\u2013|\u2014|to|until|till|through){_FINE}", re.IGNORECASE)
_AND = re.compile(rf"\s*and{_FINE}", re.IGNORECASE)
_BETWEEN = re.compile(rf"\bbetween{_FINE}$", re.IGNORECASE)
_MOVED = frozenset("move postpone reschedule shift delay change defer advance bring push put switch".split())


def joined(parsed: Parsed, timexes: Sequence[Timex], told: Sequence[Told]) -> list[Told]:
    """The same, with the days of a whole range for both its ends."""
    found = list(told)
    for at in range(len(found) - 1):
        if not _is_range(parsed, timexes[at], timexes[at + 1]):
            continue
        left, right = _in_order(timexes[at], found[at], timexes[at + 1], found[at + 1])
        if (
            left.interval
            and right.interval
            and left.interval <= right.interval
            and left.interval[1] <= right.interval[1]
        ):
            whole = left.interval[0], right.interval[1]
            found[at], found[at + 1] = replace(left, interval=whole), replace(right, interval=whole)
    return found


def _is_range(parsed: Parsed, left: Timex, right: Timex) -> bool:
    if {left.type, right.type} - {"DATE", "TIME"}:
        return False
    text = parsed.article.text
    between = text[left.span.end : right.span.start]
    if _AND.fullmatch(between):
        return bool(_BETWEEN.search(text[max(0, left.span.start - 24) : left.span.start]))
    return bool(_TO.fullmatch(between)) and not _is_moved(parsed, left.token)


def _is_moved(parsed: Parsed, token: int) -> bool:
    """Whether a date is left for another: "the vote was moved from Monday to Friday"."""
    for _ in range(4):
        token = parsed.head[token]
        if parsed.lemma[token] in _MOVED:
            return True
    return False


def _in_order(left: Timex, first: Told, right: Timex, last: Told) -> tuple[Told, Told]:
    """A range does not run backwards: "from Monday to Thursday", told on a Tuesday, began the week before."""
    if not first.interval or not last.interval or first.interval[0] <= last.interval[0]:
        return first, last
    if right.value.startswith("XXXX-") and (">" in left.value or ">" in right.value):
        return first, _moved(last, right, 1)
    if left.value.startswith("XXXX-"):
        return _moved(first, left, -1), last
    return first, _moved(last, right, 1) if right.value.startswith("XXXX-") else last


def _moved(told: Told, timex: Timex, steps: int) -> Told:
    """A weekday in the next week, a month or day in the next year, or the one before."""
    value = told.value or ""
    if timex.value.startswith("XXXX-WXX") and told.interval:
        try:
            moved = (told.interval[0] + timedelta(weeks=steps)).isoformat() + value[10:]
        except OverflowError:
            return told
    elif re.match(r"\d{4}-", value):
        moved = f"{int(value[:4]) + steps:04d}{value[4:]}"
    else:
        return told
    interval = days(moved)
    return Told(moved, interval) if interval else told
