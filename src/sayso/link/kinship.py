"""Which codes may name one happening, how grave each is, and how near two places lie."""

from __future__ import annotations

import math
from collections.abc import Mapping, Set
from functools import lru_cache

from sayso.model import EventType, Level, Place

MATERIAL = frozenset(
    {EventType.AID, EventType.COOPERATE, EventType.RETREAT, EventType.PROTEST, EventType.SANCTION, EventType.MOBILIZE}
    | {EventType.COERCE, EventType.ASSAULT, EventType.CONSULT}
)
MEASURES = frozenset({"curfew", "martial-law", "restrict", "ban", "censor", "tax", "misinformation"})
# Deeds before words; what harms before what does not.
GRAVITY = (
    EventType.ASSAULT, EventType.PROTEST, EventType.COERCE, EventType.MOBILIZE, EventType.SANCTION, EventType.RETREAT,
    EventType.AID, EventType.COOPERATE, EventType.CONCEDE, EventType.THREATEN, EventType.CONSULT, EventType.REJECT,
    EventType.ACCUSE, EventType.AGREE, EventType.REQUEST, EventType.SUPPORT,
)  # fmt: skip
_P, _A, _C, _M = EventType.PROTEST, EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE
# How far two types may name one happening; pairs that are not here never do.
KIN: dict[frozenset[EventType], float] = {
    frozenset({_P, _A}): 0.6,  # a riot is told as an attack on a building
    frozenset({_A, _C}): 0.6,  # police fire on a crowd and break it up
    frozenset({_P, _C}): 0.4,  # occupying and seizing
    frozenset({_M, _A}): 0.3,
    frozenset({_M, EventType.AID}): 0.5,  # peacekeepers sent as help
    frozenset({_M, EventType.COOPERATE}): 0.5,
    frozenset({EventType.AID, EventType.SUPPORT}): 0.5,
    frozenset({EventType.AID, EventType.COOPERATE}): 0.5,
    frozenset({EventType.AGREE, EventType.COOPERATE}): 0.7,
    frozenset({EventType.AGREE, EventType.CONSULT}): 0.5,
    frozenset({EventType.AGREE, EventType.SUPPORT}): 0.5,
    frozenset({EventType.CONSULT, EventType.SUPPORT}): 0.5,
    frozenset({EventType.CONSULT, EventType.COOPERATE}): 0.5,
    frozenset({EventType.CONCEDE, EventType.RETREAT}): 0.7,
    frozenset({EventType.CONCEDE, EventType.AGREE}): 0.4,
    frozenset({EventType.ACCUSE, EventType.REJECT}): 0.4,
    frozenset({EventType.ACCUSE, EventType.THREATEN}): 0.4,
    frozenset({EventType.REQUEST, EventType.ACCUSE}): 0.3,
    frozenset({EventType.SANCTION, EventType.COERCE}): 0.4,
    frozenset({EventType.REJECT, EventType.COERCE}): 0.3,
}


@lru_cache(maxsize=4096)
def kinship(one: frozenset[EventType], two: frozenset[EventType]) -> float:
    """How far two tellings' types may name one happening, 0 to 1."""
    if one & two:
        return 1.0
    return max((KIN.get(frozenset({a, b}), 0.0) for a in one for b in two), default=0.0)


@lru_cache(maxsize=1)
def all_kin() -> Mapping[EventType, tuple[EventType, ...]]:
    """The types each type may be told as, itself first."""
    return {
        one: (one, *sorted(two for two in EventType if two is not one and frozenset({one, two}) in KIN))
        for one in EventType
    }


def gravity(type: EventType, modes: Set[str]) -> int:
    """The graver, the smaller; what keeps a crowd in check comes after what the crowd did."""
    return GRAVITY.index(EventType.COERCE if type is EventType.ASSAULT and modes == {"crowd-control"} else type)


def precise(place: Place | None) -> bool:
    """Whether a place is a town or finer."""
    return place is not None and place.level in (Level.SITE, Level.CITY, Level.DISTRICT)


def kilometres(one: Place, two: Place) -> float | None:
    """Distance over the ground; None where coordinates are missing."""
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return None
    a, b, wide = math.radians(one.lat), math.radians(two.lat), math.radians(one.lon - two.lon)
    half = math.sin((a - b) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(wide / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(half)))
