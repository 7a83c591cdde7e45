"""Which positions on one matter cannot both be true, and which lie inside one another.

The rules err on the side of no dispute: what may be one place, one night, one group of people or one growing count
excludes nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sayso.model import Actor, EventType, Level, Place, Time
from sayso.report.identity import PRONOUNS
from sayso.report.positions import Position
from sayso.text import fold

FAR = 0.4  # degrees of latitude, some 45 km: what lies further apart is no one place
FORCE = frozenset({EventType.ASSAULT, EventType.COERCE})

# Sectors that do not act for one another; between them, who did it is in dispute.
_STATE = frozenset({"COP", "GOV", "MIL", "PRM", "SPY", "JUD"})
_AGAINST = frozenset({"REB", "UAF", "CRM", "PRE"})
_PRECISE = frozenset({Level.SITE, Level.CITY, Level.DISTRICT})
_HEAD_ENDS = re.compile(r"\s+(?:of|in|from|who|whom|that|at|on|with|to|for)\s+|,")
_NUMBER = (
    r"(?:[\d.,]+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|dozens?|several|many)"
)
_COUNTED = re.compile(
    rf"^(?:(?:at least|more than|about|some|nearly|over|up to|the|an?)\s+)*"
    rf"{_NUMBER}(?:[\s-]+{_NUMBER})*\s+(?:of\s+)?",
    re.IGNORECASE,
)
_ONLY_COUNT = re.compile(rf"{_NUMBER}", re.IGNORECASE)
_QUOTES = "“”‘’\"'"
_NOBODY = frozenset("people person other some number victim life".split())  # nouns that tell nobody apart


def never(one: Position, two: Position) -> bool:
    return False


def widened(positions: Sequence[Position], within: Callable[[Any, Any], bool]) -> list[Position]:
    """Each position with the holders of those that lie inside it: who says Almaty says Kazakhstan."""
    return [
        replace(one, holders=tuple(who for two in (one, *_parts(one, positions, within)) for who in two.holders))
        for one in positions
    ]


def _parts(one: Position, positions: Sequence[Position], within: Callable[[Any, Any], bool]) -> list[Position]:
    return [two for two in positions if within(two.value, one.value)]


def within(inner: Place, outer: Place) -> bool:
    """Whether a place is told to lie in another: a city in its province or country, a site in its city."""
    if inner.id == outer.id or inner.country != outer.country or outer.country is None:
        return False
    if outer.level is Level.COUNTRY:
        return inner.level is not Level.COUNTRY
    if outer.level is Level.PROVINCE:
        return inner.admin1 is not None and fold(inner.admin1) == fold(outer.name) and inner.level in _PRECISE
    return outer.level is Level.CITY and inner.level is Level.SITE and not _far(inner, outer)


def elsewhere(one: Position, two: Position) -> bool:
    """Whether two places cannot hold one happening."""
    a, b = one.value, two.value
    if not isinstance(a, Place) or not isinstance(b, Place) or fold(a.name) == fold(b.name):
        return False
    if a.country and b.country and a.country != b.country:
        return True
    return a.level in _PRECISE and b.level in _PRECISE and _far(a, b)


def _far(a: Place, b: Place) -> bool:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return False
    east = abs(a.lon - b.lon) * math.cos(math.radians(a.lat))
    return math.hypot(a.lat - b.lat, min(east, 360 - east)) > FAR


Days = tuple[int, int]


def interval(time: Time) -> Days:
    assert time.first and time.last
    return date.fromisoformat(time.first).toordinal(), date.fromisoformat(time.last).toordinal()


def inside(inner: Days, outer: Days) -> bool:
    return inner != outer and outer[0] <= inner[0] and inner[1] <= outer[1]


def _gap(one: Position, two: Position) -> int:
    """Days between two intervals: 1 for two days in a row, 0 or less where they meet."""
    a, b = one.value, two.value
    if not isinstance(a, tuple) or not isinstance(b, tuple):
        return 0
    return int(max(a[0] - b[1], b[0] - a[1]))


def other_days(one: Position, two: Position) -> bool:
    return _gap(one, two) > 1


def next_day(one: Position, two: Position) -> bool:
    return _gap(one, two) > 0


def other_figure(one: Position, two: Position) -> bool:
    """Whether the bounds of two figures do not meet."""
    a, b = one.value, two.value
    if not isinstance(a, tuple) or not isinstance(b, tuple):
        return False
    return bool((a[1] is not None and a[1] < b[0]) or (b[1] is not None and b[1] < a[0]))


def low_of(one: Position) -> int:
    return one.value[0] if isinstance(one.value, tuple) else 0


def day_of(one: Position) -> str:
    """The last day on which somebody gives a figure."""
    return max(((who.published or "")[:10] for who in one.holders), default="")


# --------------------------------------------------------------------------- participants


def country_names(actors: Iterable[Actor]) -> dict[str, str]:
    """The codes of countries by the names they act under: "Kazakhstan" and "Republic of Kazakhstan" are one."""
    return {fold(actor.name): actor.country for actor in actors if actor.kind == "country" and actor.country}


def side(actor: Actor, countries: Mapping[str, str]) -> str | None:
    """What a participant is compared by over articles: a name of its own, else the noun that describes it."""
    if is_pronoun(actor.name) or _ONLY_COUNT.fullmatch(actor.name):
        return None
    if code := countries.get(fold(actor.name)):
        return f"country {code}"
    if actor.kind in ("organization", "office", "media", "agency", "country"):
        return fold(actor.name).removeprefix("the ")
    words = _HEAD_ENDS.split(uncounted(actor.name), maxsplit=1)[0].split()
    head = fold(words[-1]) if words else ""
    bare = head.removesuffix("s") if len(head) > 3 and not head.endswith("ss") else head
    return None if bare in _NOBODY else bare or None


def is_pronoun(name: str) -> bool:
    """Whether a name tells nobody apart."""
    return fold(name) in PRONOUNS


def uncounted(name: str) -> str:
    """ "armed criminals" of "18 “armed criminals”": a toll tells how many."""
    return _COUNTED.sub("", name).strip(_QUOTES) or name


def camp(actor: Actor) -> str | None:
    """Which side of a conflict a participant stands on, where its sector tells."""
    sectors = set(actor.sector)
    if sectors and sectors <= _STATE:
        return "state"
    return "armed" if sectors and sectors <= _AGAINST else None


def by_key(positions: list[Position]) -> list[Position]:
    """Positions of one participant as one."""
    held: dict[object, list[Position]] = {}
    for one in positions:
        assert isinstance(one.value, tuple)
        held.setdefault(one.value[0], []).append(one)
    return [
        replace(
            same[0],
            holders=tuple(dict.fromkeys(who for one in same for who in one.holders)),
            value=tuple(one.value for one in same),
        )
        for same in held.values()
    ]


def other_camp(one: Position, two: Position) -> bool:
    """Whether the one is the state and the other its enemies, in force of one mode against the same: one did it."""
    assert isinstance(one.value, tuple) and isinstance(two.value, tuple)
    return any(
        mine and other and mine != other and not force.isdisjoint(force_too)
        for _, mine, force in one.value
        for _, other, force_too in two.value
    )
