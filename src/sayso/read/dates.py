"""Dates as pages, feeds and datelines state them, to ISO 8601. What is not stated, impossible or ambiguous is None."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

from sayso.knowledge import table

EARLIEST, LATEST = 1800, 2099  # a report from outside these years is a slip of a machine


@dataclass(frozen=True, slots=True)
class Stated:
    """A date found in a text: ISO 8601, and where it stands."""

    iso: str
    start: int
    end: int

    @property
    def day(self) -> str:
        """The calendar day alone."""
        return self.iso[:10]


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    names = table("filing_months.toml")
    return {name: number for number in range(1, 13) for name in names[str(number)]}


@lru_cache(maxsize=1)
def _month_words() -> str:
    return "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))


CLOCK = (
    r"(?:[T,]?\s*(?:at\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?(?:\s*(?P<zone>Z\b|GMT|UTC|[+-]\d\d:?\d\d\b))?)?"
)


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    month = rf"(?P<month>{_month_words()})\b\.?"
    tail = CLOCK
    return tuple(
        re.compile(source, re.IGNORECASE)
        for source in (
            rf"(?<!\d)(?P<year>\d{{4}})[-/](?P<number>\d{{1,2}})[-/](?P<day>\d{{1,2}})(?!\d){tail}",
            r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<number>[01]\d)(?P<day>[0-3]\d)(?:T(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<half>)(?P<zone>Z|[+-]\d\d:?\d\d)?)?(?!\d)",
            rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?[\s-]+(?:de\s+)?{month}(?:\s+de)?[\s,-]+(?P<year>\d{{4}})(?!\d)(?:\s*(?:года|г\.|року))?{tail}",
            rf"\b{month}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d){tail}",
            rf"(?<![\d.])(?P<day>\d{{1,2}})\.(?P<number>\d{{1,2}})\.(?P<year>\d{{4}})(?!\d){tail}",
        )
    )


@lru_cache(maxsize=1)
def _yearless() -> tuple[re.Pattern[str], ...]:
    month = rf"(?P<month>{_month_words()})\b\.?"
    return tuple(
        re.compile(source, re.IGNORECASE)
        for source in (
            rf"\b{month}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)",
            rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?:de\s+)?{month}",
        )
    )


def find_date(text: str) -> Stated | None:
    """The first full date (day, month and year) in a short text, with the time of day if one follows."""
    best: Stated | None = None
    for pattern in _patterns():
        for match in pattern.finditer(text):
            iso = _iso(match)
            if iso:
                if best is None or match.start() < best.start:
                    best = Stated(iso, match.start(), match.end())
                break
    return best


def find_short_date(text: str) -> Stated | None:
    """A date whose year has two digits ("4 FEB 90", "Jan. 6, '22"), as datelines of monitored broadcasts give it.

    From 31 on the year is of the last century.
    """
    month = rf"(?P<month>{_month_words()})\b\.?"
    for source in (
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?[\s-]+{month}[\s,-]+['’]?(?P<short>\d\d)(?![\d:.])",
        rf"\b{month}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+['’]?(?P<short>\d\d)(?![\d:.])",
    ):
        match = re.search(source, text, re.IGNORECASE)
        short = int(match["short"]) if match else 0
        year = short + (1900 if short > 30 else 2000)
        if match and (found := _day(year, _months()[match["month"].lower()], int(match["day"]))):
            return Stated(found.isoformat(), match.start(), match.end())
    return None


def find_day(text: str, near: str | None) -> Stated | None:
    """A date without a year ("Jan 6"), in the year that brings it within a month of `near`; None without `near`."""
    for pattern in _yearless():
        match = pattern.search(text)
        if not match:
            continue
        month, day = _months()[match["month"].lower()], int(match["day"])
        for year in _years(near):
            found = _day(year, month, day)
            if found and near and abs((found - date.fromisoformat(near[:10])).days) <= 31:
                return Stated(found.isoformat(), match.start(), match.end())
    return None


def has_day(text: str) -> bool:
    """Whether the text names a day of a month, with or without the year."""
    return bool(find_date(text)) or any(pattern.search(text) for pattern in _yearless())


def _years(near: str | None) -> tuple[int, ...]:
    return (int(near[:4]), int(near[:4]) - 1, int(near[:4]) + 1) if near else ()


def read_date(value: object) -> str | None:
    """A metadata value (ISO 8601, RFC 822, seconds since 1970, a date in words) to ISO 8601."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float) or (isinstance(value, str) and re.fullmatch(r"\d{9,13}", value.strip())):
        return _from_seconds(float(value))
    if not isinstance(value, str) or len(value) > 200:
        return None
    found = find_date(value)
    return found.iso if found else None


def date_of_address(url: str | None) -> str | None:
    """The day that an address spells out ("/2022/01/06/", "/20220106-", "2022-01-06"); None if it does not."""
    if not url:
        return None
    path = re.sub(r"^[a-z]+://[^/]*", "", url)
    match = re.search(r"(?<!\d)((?:19|20)\d\d)([-/_]?)([01]\d)\2([0-3]\d)(?!\d)", path)
    found = _day(int(match[1]), int(match[3]), int(match[4])) if match else None
    return found.isoformat() if found else None


def _from_seconds(value: float) -> str | None:
    seconds = value / 1000 if value > 1e11 else value
    if not 3e8 < seconds < 4.1e9:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if EARLIEST <= year <= LATEST else None
    except ValueError:
        return None


def _iso(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    month = _months()[parts["month"].lower()] if parts.get("month") else int(parts["number"])
    found = _day(int(parts["year"]), month, int(parts["day"]))
    if found is None:
        return None
    clock = _clock(parts)
    return found.isoformat() + clock if clock else found.isoformat()


def _clock(parts: dict[str, str | None]) -> str:
    if not parts.get("hour") or not parts.get("minute"):
        return ""
    hour, minute, second = int(parts["hour"] or 0), int(parts["minute"] or 0), parts.get("second")
    if parts.get("half"):
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if (parts["half"] or "").lower() == "p" else 0)
    if hour > 23 or minute > 59 or (second and int(second) > 59):
        return ""
    zone = (parts.get("zone") or "").upper()
    if zone in ("GMT", "UTC"):
        zone = "Z"
    elif len(zone) == 5:
        zone = f"{zone[:3]}:{zone[3:]}"
    if zone[:1] in "+-" and zone and (int(zone[1:3]) > 14 or int(zone[4:6]) > 59):
        zone = ""
    return f"T{hour:02}:{minute:02}" + (f":{second}" if second else "") + zone
