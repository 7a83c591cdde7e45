"""Running totals belong to the crisis they count, not to one shooting in it.

"Since the unrest began 26 have been killed" tells no happening of one place and day. Such tellings, and figures tied
to no event at all, are gathered in one incident for each crisis and country, where they can be reconciled over time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sayso.link.cluster import Pair
from sayso.link.tellings import LEAD, Telling
from sayso.model import PROPERTY, Analysis, Toll


def crisis_chains(tellings: Iterable[Telling], crisis_of: Mapping[str, int]) -> list[Pair]:
    """Pairs that join the tellings which count one crisis in one country; unplaced ones count the crisis' own."""
    tellings = list(tellings)
    named: dict[int, Counter[str]] = defaultdict(Counter)
    for telling in tellings:
        if telling.weak_country and telling.article in crisis_of:
            named[crisis_of[telling.article]][telling.weak_country] += 1
    members: dict[tuple[int, str | None], list[str]] = defaultdict(list)
    for telling in tellings:
        if telling.total and telling.article in crisis_of:
            crisis = crisis_of[telling.article]
            own = telling.place.country if telling.place and not telling.filed else None
            home = min(named[crisis], key=lambda country: (-named[crisis][country], country), default=None)
            members[crisis, own or home].append(telling.id)
    return [(group[0], other) for group in map(sorted, members.values()) for other in group[1:]]


def crisis_tolls(group: Sequence[Telling], analyses: Mapping[str, Analysis]) -> frozenset[str]:
    """Ids of the figures tied to no event that these tellings' crisis takes in."""
    if not all(telling.total for telling in group):
        return frozenset()
    return frozenset(
        toll.id
        for telling in group
        for toll in analyses[telling.article].tolls
        if toll.event is None and toll.low > 0 and not toll.part and (telling.main >= 1 or _running(toll))
    )


def main_tolls(group: Sequence[Telling], analyses: Mapping[str, Analysis]) -> frozenset[str]:
    """Ids of the figures tied to no event that title or lead give: they count what the article is about."""
    return frozenset(
        toll.id
        for telling in group
        if telling.main >= 1
        for toll in analyses[telling.article].tolls
        if toll.event is None and not toll.part and not toll.cumulative and toll.harm not in PROPERTY
        if toll.span.start < analyses[telling.article].article.body + LEAD
    )


def _running(toll: Toll) -> bool:
    return toll.cumulative or toll.as_of is not None
