"""Groups things by scored pairs, without chains: average link, with an analyst's word before all scores."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping

from sayso.union import Union

Pair = tuple[str, str]

MISSING = 0.02  # what a pair that was never a candidate counts as


def ordered(left: str, right: str) -> Pair:
    """A pair of ids, the smaller first: how pairs are keyed everywhere."""
    return (left, right) if left <= right else (right, left)


def average_link(
    members: Iterable[str],
    scores: Mapping[Pair, float],
    threshold: float,
    same: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
    missing: float = MISSING,
) -> list[tuple[str, ...]]:
    """Groups, each sorted, in order of their first member; scores are probabilities 0 to 1, keyed by `ordered` pairs.

    Two groups join while the mean score over all pairs between them is at least `threshold`; the best mean first, ties
    by name; a pair without a score counts as `missing`. Pairs in `same` are joined before, pairs in `apart` never, even
    where both are asked for by a third.
    """
    known = sorted(set(members))
    group = {member: member for member in known}
    inside = {member: [member] for member in known}
    sums: dict[str, dict[str, float]] = defaultdict(dict)  # between groups: sum of (score - missing)
    for (left, right), score in sorted(scores.items()):
        if left in group and right in group and left != right:
            sums[left][right] = sums[right][left] = score - missing
    barred: dict[str, set[str]] = defaultdict(set)
    for left, right in apart:
        if left in group and right in group and left != right:
            barred[left].add(right)
            barred[right].add(left)

    def merge(left: str, right: str) -> str:
        """Fold the group with the larger name into the other; the name of what results."""
        keep, gone = ordered(left, right)
        inside[keep] += inside.pop(gone)
        for other, total in sums.pop(gone, {}).items():
            sums[other].pop(gone, None)
            if other != keep:
                sums[keep][other] = sums[other][keep] = sums[keep].get(other, 0.0) + total
        for other in barred.pop(gone, set()):
            barred[other].discard(gone)
            barred[other].add(keep)
            barred[keep].add(other)
        return keep

    def mean(left: str, right: str) -> float:
        return sums[left][right] / (len(inside[left]) * len(inside[right])) + missing

    joined = Union()
    for left, right in sorted(ordered(*pair) for pair in same):
        if left in group and right in group:
            one, two = joined.find(left), joined.find(right)
            if one != two and two not in barred[one]:
                joined.join(one, two)
                merge(one, two)
    queue = [(-mean(left, right), left, right) for left, row in sums.items() for right in row if left < right]
    heapq.heapify(queue)
    while queue and -queue[0][0] >= threshold:
        value, left, right = heapq.heappop(queue)
        if left not in inside or right not in inside or right in barred[left]:
            continue
        if right not in sums[left] or abs(mean(left, right) + value) > 1e-12:
            continue  # an older score of groups that have grown since
        keep = merge(left, right)
        for other in sums[keep]:
            one, two = ordered(keep, other)
            heapq.heappush(queue, (-mean(one, two), one, two))
    return sorted(tuple(sorted(group_members)) for group_members in inside.values())
