"""How alike two articles are, feature by feature: a function of their two profiles and of nothing else.

Sums are exact (`math.fsum`), so that the order in which words come out of a set never moves a feature.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from heapq import nlargest

from sayso.link.held import HELD, held
from sayso.link.profile import RARE, Profile, cosine, main_day

UNKNOWN_GAP = 7  # days taken to lie between publications where one is unknown
NEAR_HOURS = 15  # minutes by which two accounts of one hour may differ

MAIN = (
    "words", "lead", "scene", "scene in lead", "best shared word", "shared words", "shared lead words",
    "rare words", "share of rare words", "rare words in lead",
    "titles", "less of a title in lead", "more of a title in lead",
    "names", "rare names", "phrases", "share of phrases", "rare phrases",
    "numbers", "rare numbers",
    "published", "same day", "unknown day",
    "days agree", "days apart", "nearest days", "days told", "late days",
    "ages shared", "ages differ", "hours shared", "hours differ", "streets shared", "streets differ",
    "places", "places differ", "first place",
    "runs", "shorter", "longer", "less later", "more later",
)  # fmt: skip
FEATURES = (*MAIN, *HELD)


def compare(left: Profile, right: Profile) -> tuple[float, ...]:
    """The features of a pair in the order of FEATURES, the same whichever comes first."""
    return (
        *_words(left, right),
        *_names(left, right),
        *_numbers(left, right),
        *_published(left, right),
        *_days(left, right),
        *_met(left.ages, right.ages),
        *_hours(left.hours, right.hours),
        *_met(left.streets, right.streets),
        *_places(left, right),
        _overlap_of(left.runs, right.runs),
        *sorted((math.log1p(left.size), math.log1p(right.size))),
        *sorted((left.later, right.later)),
        *held(left, right),
    )


def day_gap(left: Profile, right: Profile) -> int | None:
    """Days between two publications; None where one is unknown."""
    if left.published is None or right.published is None:
        return None
    return abs(left.published - right.published)


def _words(left: Profile, right: Profile) -> tuple[float, ...]:
    shared = left.terms.keys() & right.terms.keys()
    opening = left.lead.keys() & right.lead.keys()
    products = [left.terms[term] * right.terms[term] for term in shared]
    rarity = left.rarity
    rare = sum(rarity[term] >= RARE for term in shared)
    return (
        math.fsum(products),
        math.fsum(left.lead[term] * right.lead[term] for term in opening),
        cosine(left.scene, right.scene),
        (cosine(left.scene, right.lead) + cosine(left.lead, right.scene)) / 2,
        sum(nlargest(3, products)),
        math.log1p(math.fsum(rarity[term] for term in shared)),
        math.log1p(math.fsum(rarity[term] for term in opening)),
        math.log1p(rare),
        rare / (min(left.totals.rare, right.totals.rare) + 2),
        math.log1p(sum(rarity[term] >= RARE for term in opening)),
        cosine(left.title, right.title),
        *sorted((cosine(left.title, right.lead), cosine(right.title, left.lead))),
    )


def _names(left: Profile, right: Profile) -> tuple[float, ...]:
    names = left.names
    shared = names.keys() & right.names.keys()
    phrases = {name for name in shared if " " in name}
    return (
        _overlap(names, shared, min(left.totals.names, right.totals.names)),
        math.log1p(sum(names[name] >= RARE for name in shared - phrases)),
        math.log1p(math.fsum(names[name] for name in phrases)),
        len(phrases) / (min(left.totals.phrases, right.totals.phrases) + 1),
        math.log1p(sum(names[name] >= RARE for name in phrases)),
    )


def _numbers(left: Profile, right: Profile) -> tuple[float, float]:
    numbers = left.numbers
    shared = numbers.keys() & right.numbers.keys()
    rare = sum(numbers[number] >= RARE for number in shared)
    return _overlap(numbers, shared, min(left.totals.numbers, right.totals.numbers)), math.log1p(rare)


def _overlap(weights: Mapping[str, float], shared: AbstractSet[str], smaller: float) -> float:
    """Share of the lighter side's weight that both have."""
    return min(1.0, math.fsum(weights[key] for key in shared) / smaller) if smaller else 0.0


def _overlap_of(left: AbstractSet[object], right: AbstractSet[object]) -> float:
    return len(left & right) / (min(len(left), len(right)) + 1)


def _published(left: Profile, right: Profile) -> tuple[float, float, float]:
    gap = day_gap(left, right)
    return math.log1p(UNKNOWN_GAP if gap is None else gap), float(gap is not None and gap <= 1), float(gap is None)


def _days(left: Profile, right: Profile) -> tuple[float, ...]:
    """What they say of days: how much agrees, how far the most told and the nearest lie apart, how many tell any."""
    told = float(bool(left.days)) + float(bool(right.days))
    one, two = _told(left), _told(right)
    if not one or not two:
        return 0.0, math.log1p(UNKNOWN_GAP), math.log1p(UNKNOWN_GAP), told, 0.0
    agree = math.fsum(min(share, two[day]) for day, share in one.items() if day in two)
    top = abs(main_day(one) - main_day(two))
    expected = math.fsum(a * b * min(30, abs(x - y)) for x, a in one.items() for y, b in two.items())
    late = [p.published - main_day(days) for p, days in ((left, one), (right, two)) if p.published is not None]
    return agree, math.log1p(top), math.log1p(expected), told, math.log1p(max(0, *late, 0))


def _told(profile: Profile) -> Mapping[int, float]:
    """The days told, else that of publication."""
    if profile.days or profile.published is None:
        return profile.days
    return {profile.published: 1.0}


def _met(left: AbstractSet[object], right: AbstractSet[object]) -> tuple[float, float]:
    """How many are shared; whether both have some and share none."""
    shared = len(left & right)
    return float(min(3, shared)), float(bool(left) and bool(right) and not shared)


def _hours(left: AbstractSet[int], right: AbstractSet[int]) -> tuple[float, float]:
    near = sum(any(abs(one - two) <= NEAR_HOURS for two in right) for one in left)
    back = sum(any(abs(one - two) <= NEAR_HOURS for two in left) for one in right)
    return float(min(3, near, back)), float(bool(left) and bool(right) and not near)


def _places(left: Profile, right: Profile) -> tuple[float, float, float]:
    shared = math.fsum(min(share, right.places[name]) for name, share in left.places.items() if name in right.places)
    both = bool(left.places) and bool(right.places)
    first = both and _first(left.places) == _first(right.places)
    return shared, float(both and not shared), float(first)


def _first(places: Mapping[str, float]) -> str:
    return max(places, key=lambda name: (places[name], name))
