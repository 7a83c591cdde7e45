"""How much an incident matters to a reader who has time for few: what was done, who was harmed, how many tell it."""

from __future__ import annotations

import math
from datetime import date, timedelta

from sayso.model import Incident

# What a desk wants first: deeds before words, force before the rest.
_GRAVITY = {
    "ASSAULT": 4.0, "PROTEST": 3.0, "COERCE": 3.0, "MOBILIZE": 3.0, "SANCTION": 2.0, "RETREAT": 2.0, "AID": 1.5,
    "COOPERATE": 1.0, "CONCEDE": 1.0, "THREATEN": 1.0, "CONSULT": 0.5,
}  # fmt: skip
_HARMS = {
    "killed": 1.0, "missing": 0.7, "abducted": 0.7, "injured": 0.5, "arrested": 0.4, "displaced": 0.4,
    "destroyed": 0.1, "damaged": 0.1,
}  # fmt: skip
_HARMING = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST"})
_RECALLED = 4.0  # what a happening of long ago loses


def gravity(incident: Incident, reported: str | None) -> float:
    """The weight of an incident whose first report came out on a day (None: unknown).

    What is recalled from long ago matters less, and words harm nobody: the toll they speak of is that of a deed.
    """
    tolls = incident.tolls if incident.type in _HARMING else ()
    harmed = max((_HARMS.get(toll.harm, 0.2) * math.log2(1 + (toll.best or toll.low)) for toll in tolls), default=0.0)
    settled = (incident.place is not None) + (incident.first is not None)
    spread = 1.5 * (min(len(incident.origins), 6) - 1) + 0.3 * (min(len(incident.articles), 6) - 1)
    return _GRAVITY.get(incident.type, 0.0) + harmed + settled + spread - _RECALLED * _recalled(incident, reported)


def _recalled(incident: Incident, reported: str | None) -> bool:
    """Whether its first report came out more than a month after it ended."""
    if reported is None or incident.last is None:
        return False
    return date.fromisoformat(reported[:10]) - date.fromisoformat(incident.last) > timedelta(days=31)
