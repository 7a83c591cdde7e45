"""Running totals belong to the crisis they count, not to one shooting in it.

"Since the unrest began 26 have been killed" tells no happening of one place and day. Such tellings, and figures tied
to no event at all, are gathered in one incident for each story and country, where they can be reconciled over time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sayso.link.tellings import LEAD, Telling
from sayso.model import PROPERTY, Analysis, Toll


def crisis_totals(tellings: Iterable[Telling]) -> list[list[Telling]]:
    """The tellings that count one crisis, by country; unplaced ones count the country that most of them are about."""
    totals = [telling for telling in tellings if telling.total]
    named = Counter(telling.weak_country for telling in totals if telling.weak_country)
    home = min(named, key=lambda country: (-named[country], country), default=None)
    members: dict[str, list[Telling]] = defaultdict(list)
    for telling in totals:
        own = telling.place.country if telling.place and not telling.filed else None
        members[own or home or ""].append(telling)
    return [sorted(members[country], key=lambda telling: telling.id) for country in sorted(members)]


def crisis_tolls(group: Sequence[Telling], analyses: Mapping[str, Analysis]) -> frozenset[str]:
    """Ids of the figures tied to no event that these tellings' crisis takes in."""
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
