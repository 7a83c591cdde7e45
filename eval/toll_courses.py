"""Tolls told over days, `gold/tolls/courses/`: what the whole line, from text to reconciled incident, makes of them.

Of each little archive the incident that most of its reports tell is judged, of equals the one with most tolls. `best`
and `bounds` are shares of the tolls coded, `standing` of the figures told: counted, disagreeing, superseded, corrected,
withdrawn, or a part that stands nowhere. `reports given` asks for the reconciling alone: all reports of an archive are
taken to tell one happening, as they do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eval.harness import Figure, Line
from gold.courses import HALVES, Course, GoldTotal, Standing, load
from sayso.link import link
from sayso.link.article_tolls import read_tolls
from sayso.link.courses import Share, reconcile_shares
from sayso.model import Analysis, Incident, Origin, Toll, TollEstimate
from sayso.text import fold

_ROWS = ("best", "bounds", "standing", "all right")
# The rules were written while reading dev; blind was written before them and only counts.
FIGURES = tuple(
    Figure(f"{half}: {name}{of}", (part, name), "", 0.0, in_sample=half == "dev")
    for half in HALVES
    for part, of in ((half, ""), (f"{half} given", ", reports given"))
    for name in _ROWS
)
Judged = tuple[Course, Sequence[TollEstimate], Mapping[str, Toll]]  # with all tolls of its reports by id


def measure(line: Line) -> dict[str, Any]:
    """The figures of each half."""
    found: dict[str, Any] = {}
    for half in HALVES:
        coded = [(course, list(line.code(course.reports))) for course in load(half)]
        found[half] = score([judge(course, linked_tolls(analyses), analyses) for course, analyses in coded])
        found[f"{half} given"] = score([judge(course, given_tolls(analyses), analyses) for course, analyses in coded])
    return found


def judge(course: Course, found: Sequence[TollEstimate], analyses: Sequence[Analysis]) -> Judged:
    return course, found, {toll.id: toll for analysis in analyses for toll in analysis.tolls}


def linked_tolls(analyses: Sequence[Analysis]) -> Sequence[TollEstimate]:
    """The tolls of the incident that the archive amounts to."""
    incident = main_incident(analyses)
    return incident.tolls if incident else ()


def given_tolls(analyses: Sequence[Analysis], weights: Mapping[str, float] | None = None) -> tuple[TollEstimate, ...]:
    """The tolls of all reports, taken to tell one happening."""
    bare = [Analysis(analysis.article) for analysis in analyses]
    origins = {id: origin for origin in link(bare).origins for id in origin.articles}
    shares = [whole_share(analysis, origins[analysis.article.id]) for analysis in analyses]
    return reconcile_shares(shares, weights=weights)


def whole_share(analysis: Analysis, origin: Origin) -> Share:
    """All that an article tells, as part of one happening."""
    events = frozenset(event.id for event in analysis.events)
    loose = frozenset(toll.id for toll in analysis.tolls)
    return Share(read_tolls(analysis), origin.id, fold(origin.name), events, loose, main=True)


def main_incident(analyses: Sequence[Analysis]) -> Incident | None:
    """The incident that most articles tell, of equals the one with most tolls."""
    found = link(analyses).incidents
    return max(found, key=lambda one: (len(one.articles), len(one.tolls), len(one.events), one.id), default=None)


def score(judged: Sequence[Judged]) -> dict[str, float]:
    """The rates of `measure`."""
    best = bounds = right = totals = figures = standing = 0
    for course, estimates, tolls in judged:
        for harm, gold in course.totals.items():
            found = next((one for one in estimates if one.harm is harm), None)
            own = standings(found, tolls)
            rows = [own.get(figure, Standing.PART) is standing for figure, standing in gold.figures.items()]
            hits = found is not None and found.best == gold.best, is_within(found, gold)
            totals, figures, standing = totals + 1, figures + len(rows), standing + sum(rows)
            best, bounds, right = best + hits[0], bounds + hits[1], right + (all(hits) and all(rows))
    shares = {"best": best, "bounds": bounds, "all right": right}
    return {**{name: hits / max(totals, 1) for name, hits in shares.items()}, "standing": standing / max(figures, 1)}


def is_within(found: TollEstimate | None, gold: GoldTotal) -> bool:
    """Whether both bounds are those coded."""
    return found is not None and (found.low, found.high) == (gold.low, gold.high)


_STANDINGS = {
    "basis": Standing.COUNTED,
    "dissent": Standing.DISAGREES,
    "superseded": Standing.SUPERSEDED,
    "corrected": Standing.CORRECTED,
    "withdrawn": Standing.WITHDRAWN,
}


def standings(found: TollEstimate | None, tolls: Mapping[str, Toll]) -> dict[int, Standing]:
    """How each figure stands, by its floor, of a ceiling by its top: the strongest of its tellings."""
    told: dict[int, Standing] = {}
    for id, standing in (found.standings if found else {}).items():
        told.setdefault(figure_of(tolls[id]), _STANDINGS[standing])
    return told


def figure_of(toll: Toll) -> int:
    """The figure as written: the floor, of "up to 40" the top."""
    return toll.high if toll.high is not None and toll.low == 1 < toll.high else toll.low
