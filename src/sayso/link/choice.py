"""When the fitted chooser outranks the rules of reconciling, and what an estimate becomes then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from sayso.link.headline import Report, decide
from sayso.link.tolls import Count
from sayso.model import Harm, Reason, TollEstimate

SURE = 0.5  # least chance at which the choice outranks the rules of reconciling
SURER = 0.7  # the same, of a figure that reconciling has weighed and left behind
VICTIMS = 20  # of one harm in a lead; more than the chooser was fitted on: the rules decide


def choose(
    estimates: Sequence[TollEstimate],
    counts: Sequence[Count],
    reports: Sequence[Report],
    weights: Mapping[str, float] | None = None,
) -> tuple[TollEstimate, ...]:
    """The estimates of one happening with the killed and injured that its reports make likeliest, where that is sure.

    `reports` are those that tell this happening above all, `counts` all its figures: only what they give or imply is
    chosen. What was there stays in the range; a harm of which no figure stands gets none.
    """
    told = {each.harm: _told(each, counts) for each in estimates if each.harm in _CHOSEN}
    if not told or not _is_of_a_kind(reports):
        return tuple(estimates)
    found = decide(reports, weights)
    chosen = {Harm.KILLED: (found.killed, found.sure_killed), Harm.INJURED: (found.injured, found.sure_injured)}
    implied = {0} | {count.told.low - found.killed for count in told.get(Harm.INJURED, ()) if count.told.shot}
    return tuple(
        _with_best(each, *chosen[each.harm], told[each.harm], implied if each.harm is Harm.INJURED else {0})
        if told.get(each.harm)
        else each
        for each in estimates
    )


def _is_of_a_kind(reports: Sequence[Report]) -> bool:
    """Whether it is what the weights were fitted on: most reports tell a shooting, none of them of many victims."""
    shootings = sum(report.words["shooting"][0] + report.words["shooting"][1] > 0 for report in reports)
    few = all(report.most(harm) <= VICTIMS for report in reports for harm in _CHOSEN)
    return few and 2 * shootings > len(reports)


def _told(estimate: TollEstimate, counts: Sequence[Count]) -> list[Count]:
    """The counts of a harm, but for those that somebody took back."""
    known = estimate.standings
    return [
        count
        for count in counts
        if count.told.harm is estimate.harm and known.get(count.told.id) not in ("corrected", "withdrawn")
    ]


def _with_best(
    estimate: TollEstimate, best: int, sure: float, counts: Sequence[Count], implied: Set[int]
) -> TollEstimate:
    """An estimate with another best figure, where counts give or imply it; these are sorted again by it."""
    given = {count.told.low for count in counts if count.told.high in (None, count.told.low)}
    known = estimate.standings
    weighed = best in {count.told.low for count in counts if known.get(count.told.id) in ("dissent", "superseded")}
    if sure < (SURER if weighed else SURE) or best == estimate.best or best not in given | implied:
        return estimate
    agree = [count for count in counts if _allows(count, best)]
    others = [count for count in counts if not _allows(count, best) and known.get(count.told.id) in _STANDING]
    basis = {id for count in agree for id in count.told.tolls}
    dissent = {id for count in others for id in count.told.tolls} - basis
    gives = {count.voice: count.origin for count in sorted(agree, key=lambda count: (count.origin, count.told.id))}
    highs = [count.told.high for count in (*agree, *others)]
    return replace(
        estimate,
        low=min(best, *(count.told.low for count in others), best),
        best=best,
        high=None if None in highs else max(best, *(high for high in highs if high is not None), best),
        basis=tuple(sorted(basis)),
        dissent=tuple(sorted(dissent)),
        superseded=tuple(id for id in estimate.superseded if id not in basis),
        origins=tuple(sorted(gives.values())),
        reasons=(*estimate.reasons, Reason("headline", round(sure, 2), "likeliest by where the reports tell it")),
    )


_CHOSEN = frozenset({Harm.KILLED, Harm.INJURED})
_STANDING = frozenset({"basis", "dissent"})


def _allows(count: Count, best: int) -> bool:
    least = 0 if count.told.shot else count.told.low
    return least <= best and (count.told.high is None or best <= count.told.high)
