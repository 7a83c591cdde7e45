"""Whether an analyst has said already what a doubt asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sayso.link.cluster import ordered
from sayso.link.verdicts import Verdicts
from sayso.listing import Doubt, DoubtKind


def is_settled(doubt: Doubt, verdicts: Verdicts, events: Mapping[str, Sequence[str]]) -> bool:
    """Whether there is a word on it; `events` are those of the incidents concerned, by incident.

    Of two incidents that were parted by any of their tellings, no other two are asked about.
    """
    if doubt.kind is DoubtKind.CODES:
        return doubt.left in verdicts.corrections
    if doubt.kind is DoubtKind.COPIES:
        pair = ordered(doubt.left, doubt.right)
        return pair in verdicts.copies or pair in verdicts.no_copies
    one, two = verdicts.class_of.get(doubt.left), verdicts.class_of.get(doubt.right)
    if one is not None and two is not None and (one == two or two in verdicts.barred.get(one, ())):
        return True
    return _are_parted(doubt, verdicts, events)


def _are_parted(doubt: Doubt, verdicts: Verdicts, events: Mapping[str, Sequence[str]]) -> bool:
    left, right = (frozenset(events.get(incident or "", ())) for incident in doubt.incidents)
    if not left or not right or left == right:
        return False
    return any((one in left) != (two in left) for one, two in verdicts.apart(left | right))
