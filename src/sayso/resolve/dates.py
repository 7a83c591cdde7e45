"""The calendar: TIMEX3 dates to first and last days, and the days of moving feasts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 1000, 2999
_SEASON = {"SP": 3, "SU": 6, "FA": 9}  # first month, northern convention


def days(value: str, winter: bool = False) -> tuple[date, date] | None:
    """First and last calendar day of a TIMEX3 date; None for what is no date or out of range.

    A winter is told by the year it began in or the year it ended in, so it has no days; `winter` gives the latter.
    """
    for pattern, build in _DAYS:
        if found := re.fullmatch(pattern, value):
            if "WI" in value and not winter:
                return None
            try:
                first, last = build(*found.groups())
            except (ValueError, OverflowError):
                return None
            return (first, last) if first.year >= FIRST_YEAR and last.year <= LAST_YEAR else None
    return None


def _year_days(year: str) -> tuple[date, date]:
    return date(int(year), 1, 1), date(int(year), 12, 31)


def _months(year: str, month: int, count: int) -> tuple[date, date]:
    years, over = divmod(month - 1 + count, 12)
    return date(int(year), month, 1), date(int(year) + years, over + 1, 1) - timedelta(days=1)


def _day(year: str, month: str, day: str) -> tuple[date, date]:
    found = date(int(year), int(month), int(day))
    return found, found


def _week(year: str, week: str, weekend: str | None) -> tuple[date, date]:
    monday = date.fromisocalendar(int(year), int(week), 1)
    return (monday + timedelta(days=5) if weekend else monday), monday + timedelta(days=6)


_DAYS: tuple[tuple[str, Callable[..., tuple[date, date]]], ...] = (
    (r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?", _day),
    (r"(\d{4})-(\d\d)", lambda year, month: _months(year, int(month), 1)),
    (r"(\d{4})", _year_days),
    (r"(\d{4})-W(\d\d)(-WE)?", _week),
    (r"(\d{4})-Q([1-4])", lambda year, number: _months(year, int(number) * 3 - 2, 3)),
    (r"(\d{4})-H([12])", lambda year, number: _months(year, int(number) * 6 - 5, 6)),
    (r"(\d{4})-(SP|SU|FA)", lambda year, name: _months(year, _SEASON[name], 3)),
    (r"(\d{4})-WI", lambda year: _months(f"{int(year) - 1}", 12, 3)),
    (r"(\d{3})", lambda decade: (date(int(decade) * 10, 1, 1), date(int(decade) * 10 + 9, 12, 31))),
    (r"(\d\d)", lambda century: (date(int(century) * 100 + 1, 1, 1), date(int(century) * 100 + 100, 12, 31))),
)


# --------------------------------------------------------------------------- feasts


def day_name(name: str, year: int) -> str:
    """Month and day; those of Easter, and of the fourth Thursday of November (11N4-4), from the year."""
    if counted := re.fullmatch(r"(\d\d)N(\d)-(\d)", name):
        return _counted_weekday(year, *(int(part) for part in counted.groups()))
    if not name.startswith("E"):
        return name
    try:
        return (easter(year) + timedelta(days=int(name[1:]))).isoformat()[5:]
    except (ValueError, OverflowError):
        return name


def _counted_weekday(year: int, month: int, number: int, weekday: int) -> str:
    """The fourth Thursday of a month as month and day; number 0 is the last."""
    first, last = _months(f"{year}", month, 1)
    day = first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (number - 1))
    if not number:
        day = last - timedelta(days=(last.isoweekday() - weekday) % 7)
    return day.isoformat()[5:]


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (anonymous algorithm of 1876)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap, quarter = century // 4, century % 4
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap - shift + 15) % 30
    day = (32 + 2 * quarter + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * day) // 451
    month, over = divmod(moon + day - 7 * late + 114, 31)
    return date(year, month, over + 1)
