"""The day a report was filed, by the calendar of the place it was filed from.

A report published at 20:30 UTC on a Friday was written on Saturday in Almaty, and "on Friday" is yesterday there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sayso.model import Article, Place
from sayso.ports import Gazetteer

_RIVAL = 0.1  # of the largest namesake's people, from which a namesake counts


def zone_of_report(article: Article, places: Sequence[Place], gazetteer: Gazetteer) -> str | None:
    """The IANA zone of the dateline's town; None where the report names none or the town is not settled."""
    dateline = article.dateline
    if dateline is None or not dateline.place or not _has_zone(article.published):
        return None
    options = [found for found in gazetteer.candidates(dateline.place) if found.timezone]
    if dateline.span is not None:
        first, last = dateline.span
        filed = next((place for place in places if place.span.start < last and first < place.span.end), None)
        if filed is None or filed.geonameid is None:
            return None
        return next((found.timezone for found in options if found.geonameid == filed.geonameid), None)
    large = max((found.population for found in options), default=0)
    zones = {found.timezone for found in options if found.population >= _RIVAL * large}
    return zones.pop() if len(zones) == 1 else None


def local_day(stated: str | None, zone: str | None) -> date | None:
    """The day of an ISO 8601 date or date-time, in a zone if both it and the hour's offset are known."""
    try:
        day = date.fromisoformat((stated or "")[:10])
    except ValueError:
        return None
    told, place = _moment(stated), _zone(zone) if zone else None
    if told is None or told.tzinfo is None or place is None:
        return day
    try:
        return told.astimezone(place).date()
    except (OverflowError, ValueError):
        return day


def _has_zone(stated: str | None) -> bool:
    told = _moment(stated)
    return told is not None and told.tzinfo is not None


def _moment(stated: str | None) -> datetime | None:
    """An hour of a day; None for a day alone."""
    try:
        return datetime.fromisoformat(stated) if stated and len(stated) > 10 else None
    except ValueError:
        return None


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo | None:
    """None where this system has no such zone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
