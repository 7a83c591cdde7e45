"""Which days an article speaks of, from its analysis or, without one, from plain cues; and when it was published.

The cues are weak evidence for comparing articles. They never become the date of a record.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from sayso.model import Analysis, Article, Basis

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = (
    r"(?P<{}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_CUE = re.compile(
    rf"\b(?:{_MONTH.format('m1')}\s+(?P<d1>\d{{1,2}})(?!\d)(?:,?\s+(?P<y1>\d{{4}}))?"
    rf"|(?P<d2>\d{{1,2}})\s+{_MONTH.format('m2')}(?:\s+(?P<y2>\d{{4}}))?"
    rf"|(?P<weekday>{'|'.join(_WEEKDAYS)})|(?P<relative>yesterday|today|tonight|last night))\b",
    re.IGNORECASE,
)
_SURE = frozenset({Basis.STATED, Basis.PARTIAL, Basis.WEEKDAY, Basis.RELATIVE})


@lru_cache(maxsize=65_536)
def ordinal(iso: str | None) -> int | None:
    """The day number of an ISO date or date-time; None where it cannot be read."""
    try:
        return date.fromisoformat(iso[:10]).toordinal() if iso else None
    except ValueError:
        return None


def published_day(article: Article) -> int | None:
    """The day of publication, else of the dateline."""
    found = ordinal(article.published)
    return found if found is not None or article.dateline is None else ordinal(article.dateline.date)


def told_days(analysis: Analysis) -> dict[int, float]:
    """Days the article speaks of, with their share of all such words; early words count double."""
    votes: Counter[int] = Counter()
    half = max(600, len(analysis.article.text) // 3)
    for time in analysis.times:
        first, last = ordinal(time.first), ordinal(time.last)
        if first is not None and last is not None and last - first <= 1 and time.basis in _SURE:
            votes[first] += 2 if time.span.start < half else 1
    if not votes:
        votes = _cued_days(analysis.article)
    total = sum(votes.values())
    return {day: count / total for day, count in sorted(votes.items())}


def _cued_days(article: Article) -> Counter[int]:
    """Votes for the days that plain cues stand for."""
    votes: Counter[int] = Counter()
    half = max(600, len(article.text) // 3)
    for start, day in cued_days(article):
        votes[day] += 2 if start < half else 1
    return votes


def cued_days(article: Article) -> Iterator[tuple[int, int]]:
    """Where month-days, weekdays and "yesterday" stand, with their days, counted from publication backwards."""
    base = published_day(article)
    for match in _CUE.finditer(article.text, article.body):
        found = _day(match, base)
        if found is not None and (base is None or -400 < found - base < 60):
            yield match.start(), found


def _day(match: re.Match[str], base: int | None) -> int | None:
    month = match["m1"] or match["m2"]
    if month:
        number, day = _MONTHS.index(month[:3].lower()) + 1, int(match["d1"] or match["d2"])
        year = match["y1"] or match["y2"]
        return _date(int(year), number, day) if year else _nearest(base, number, day)
    if base is None:
        return None
    if match["weekday"]:
        return base - (date.fromordinal(base).weekday() - _WEEKDAYS.index(match["weekday"].lower())) % 7
    return base - (match["relative"].lower() in ("yesterday", "last night"))


def _nearest(base: int | None, month: int, day: int) -> int | None:
    """The month-day in the year that puts it nearest before the base, or up to 30 days after it."""
    if base is None:
        return None
    limit = date.fromordinal(base) + timedelta(days=30)
    found = _date(limit.year, month, day)
    return found if found is not None and found <= limit.toordinal() else _date(limit.year - 1, month, day)


def _date(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return None
