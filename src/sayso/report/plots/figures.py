"""What a plot of tolls shows: each report's figure on its day, and the range and best figure as they stood then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sayso.model import Incident, Toll, TollEstimate
from sayso.report.archive import Archive
from sayso.report.grounds import ground

_PANELS = 6


@dataclass(frozen=True, slots=True)
class Figure:
    """One report's figure."""

    toll: Toll
    day: date  # of the report; where it has none, the day that the figure stands for
    moment: date  # the day that the figure stands for, else of the report
    origin: str  # name of the outlet or agency it goes back to
    origin_id: str
    says: str  # on whose say-so
    standing: str  # counted, disagrees, withdrawn, superseded


@dataclass(frozen=True, slots=True)
class Step:
    """What was known from a day on."""

    day: date
    low: int
    best: int | None
    high: int | None  # None: open above


@dataclass(frozen=True, slots=True)
class Panel:
    """One harm of one incident over time."""

    incident: str
    title: str  # place and day of the incident
    first: str | None
    last: str | None
    harm: str
    figures: tuple[Figure, ...]  # by day
    steps: tuple[Step, ...]  # empty where every figure is withdrawn
    undated: int  # figures of reports without a date


@dataclass(frozen=True, slots=True)
class Tolls:
    """The panels of one picture, the largest first, and how many more there are."""

    panels: tuple[Panel, ...]
    more: int


Reconcile = Callable[[Sequence[Figure]], TollEstimate | None]  # what several figures amount to


def panels(archive: Archive, reconcile: Reconcile, id: str | None = None) -> Tolls:
    """Of one incident (first digits of its id) every harm; of all those that several figures tell, else all."""
    chosen = [archive.incident(id)] if id else list(archive.links.incidents)
    found = [
        panel
        for incident in chosen
        for estimate in incident.tolls
        if (panel := _panel(archive, incident, estimate, reconcile))
    ]
    told = found if id else [panel for panel in found if len(panel.figures) > 1] or found
    ranked = sorted(
        told, key=lambda one: (-len({figure.toll.low for figure in one.figures}), -_most(one), one.incident, one.harm)
    )
    return Tolls(tuple(ranked[:_PANELS]), len(ranked) - min(len(ranked), _PANELS))


def _most(panel: Panel) -> int:
    return max(figure.toll.high or figure.toll.low for figure in panel.figures)


def _panel(archive: Archive, incident: Incident, estimate: TollEstimate, reconcile: Reconcile) -> Panel | None:
    standing = dict.fromkeys(estimate.basis, "counted")
    standing |= dict.fromkeys(estimate.dissent, "disagrees") | dict.fromkeys(estimate.withdrawn, "withdrawn")
    events = set(incident.events)
    tolls = [
        toll
        for toll in archive.tolls.values()
        if toll.id in standing or (toll.event in events and toll.harm == estimate.harm)
    ]
    once = {_told(toll): toll for toll in sorted(tolls, key=lambda toll: (toll.id in standing, toll.id))}
    dated = [figure for toll in once.values() if (figure := _figure(archive, toll, standing))]
    if not dated:
        return None
    figures = sorted(dated, key=lambda one: (one.day, one.toll.low, one.toll.id))
    return Panel(
        incident=incident.id,
        title=incident.place or incident.country or "place not known",
        first=incident.first,
        last=incident.last,
        harm=estimate.harm,
        figures=tuple(figures),
        steps=tuple(_steps(figures, estimate, reconcile)),
        undated=len(once) - len(figures),
    )


def _told(toll: Toll) -> tuple[str, int, int | None]:
    """What makes it one figure: the title of an article and its body often tell the same."""
    return toll.span.article, toll.low, toll.high


def _figure(archive: Archive, toll: Toll, standing: dict[str, str]) -> Figure | None:
    article = archive.article(toll.span.article)
    as_of = archive.times.get(toll.as_of) if toll.as_of else None
    told = article.published and article.published[:10]
    stated = as_of and (as_of.last or as_of.first)
    if not (told or stated):
        return None
    origin = archive.origins.get(archive.origin_of.get(article.id, ""))
    return Figure(
        toll=toll,
        day=date.fromisoformat(str(told or stated)),
        moment=date.fromisoformat(str(stated or told)),
        origin=origin.name if origin else archive.outlet(article.id),
        origin_id=origin.id if origin else article.id,
        says=ground(archive, toll).says,
        standing=standing.get(toll.id, "superseded"),
    )


def _steps(figures: Sequence[Figure], final: TollEstimate, reconcile: Reconcile) -> list[Step]:
    """The estimate after each day's reports; the last is the one that the archive holds."""
    found: list[Step] = []
    standing = [figure for figure in figures if figure.standing != "withdrawn"]
    days = sorted({figure.day for figure in standing})
    for day in days:
        known = final if day == days[-1] else reconcile([figure for figure in standing if figure.day <= day])
        if known is not None and (known.basis or known.dissent):
            step = Step(day, known.low, known.best, known.high)
            if not found or (step.low, step.best, step.high) != (found[-1].low, found[-1].best, found[-1].high):
                found.append(step)
    return found
