"""Tolls told over days, `gold/tolls/courses/`: what the whole line, from text to reconciled incident, makes of them.

Of each little archive the incident that most of its reports tell is judged, of equals the one with most tolls. `best`
and `bounds` are shares of the tolls coded, `standing` of the figures told: counted, disagreeing, superseded, corrected,
withdrawn, or a part that stands nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eval.harness import Figure, Line
from gold.courses import HALVES, Course, GoldTotal, Standing, load
from sayso.link import link
from sayso.model import Analysis, Harm, Incident, Toll, TollEstimate

_ROWS = ("best", "bounds", "standing", "all right")
# The rules were written while reading dev; blind was written before them and only counts.
FIGURES = tuple(Figure(f"{half}: {name}", (half, name), "", 0.0, in_sample=half == "dev") for half in HALVES for name in _ROWS)


def measure(line: Line) -> dict[str, Any]:
    """The figures of each half."""
    return {half: score([(course, judge(course, line)) for course in load(half)]) for half in HALVES}


def judge(course: Course, line: Line) -> tuple[Incident | None, Mapping[str, Toll]]:
    """The incident that a course amounts to, and the tolls of its articles by id."""
    analyses = list(line.code(course.reports))
    return main_incident(analyses), {toll.id: toll for analysis in analyses for toll in analysis.tolls}


def main_incident(analyses: Sequence[Analysis]) -> Incident | None:
    """The incident that most articles tell, of equals the one with most tolls."""
    found = link(analyses).incidents
    return max(found, key=lambda one: (len(one.articles), len(one.tolls), len(one.events), one.id), default=None)


def score(judged: Sequence[tuple[Course, tuple[Incident | None, Mapping[str, Toll]]]]) -> dict[str, float]:
    """The rates of `measure`."""
    best = bounds = right = totals = figures = standing = 0
    for course, (incident, tolls) in judged:
        for harm, gold in course.totals.items():
            found = estimate_of(incident, harm)
            own = standings(found, tolls)
            rows = [own.get(figure, Standing.PART) is standing for figure, standing in gold.figures.items()]
            hits = found is not None and found.best == gold.best, is_within(found, gold)
            totals, figures, standing = totals + 1, figures + len(rows), standing + sum(rows)
            best, bounds, right = best + hits[0], bounds + hits[1], right + (all(hits) and all(rows))
    shares = {"best": best, "bounds": bounds, "all right": right}
    return {**{name: hits / max(totals, 1) for name, hits in shares.items()}, "standing": standing / max(figures, 1)}


def estimate_of(incident: Incident | None, harm: Harm) -> TollEstimate | None:
    return next((toll for toll in incident.tolls if toll.harm is harm), None) if incident else None


def is_within(found: TollEstimate | None, gold: GoldTotal) -> bool:
    """Whether both bounds are those coded."""
    return found is not None and (found.low, found.high) == (gold.low, gold.high)


def standings(found: TollEstimate | None, tolls: Mapping[str, Toll]) -> dict[int, Standing]:
    """How each figure stands, by its floor, of a ceiling by its top: the strongest of its tellings."""
    lists = {
        Standing.COUNTED: found.basis,
        Standing.DISAGREES: found.dissent,
        Standing.SUPERSEDED: getattr(found, "superseded", ()),
        Standing.CORRECTED: [wrong for wrong, _ in getattr(found, "corrected", ())],
        Standing.WITHDRAWN: found.withdrawn,
    } if found else {}  # fmt: skip
    told: dict[int, Standing] = {}
    for standing, ids in lists.items():
        for id in ids:
            told.setdefault(figure_of(tolls[id]), standing)
    return told


def figure_of(toll: Toll) -> int:
    """The figure as written: the floor, of "up to 40" the top."""
    return toll.high if toll.high is not None and toll.low == 1 < toll.high else toll.low
