"""What a plot of tolls shows: each report's figure on its day, and the range and best figure as they stood then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sayso.model import Incident, Toll, TollEstimate, Turn
from sayso.report.archive import Archive
from sayso.report.grounds import ground
from sayso.report.tables import STANDINGS

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
    standing: str  # counted, disagrees, superseded, corrected, withdrawn; "" where the toll does not rest on it

    @property
    def gone(self) -> bool:
        """Whether nobody stands by it any longer."""
        return self.standing in ("corrected", "withdrawn")


@dataclass(frozen=True, slots=True)
class Step:
    """What was known from a day on."""

    day: date
    kind: Turn
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
    steps: tuple[Step, ...]  # empty where no report has a date, or the archive was linked before steps were kept
    undated: int  # figures of reports without a date


@dataclass(frozen=True, slots=True)
class Tolls:
    """The panels of one picture, the largest first, and how many more there are."""

    panels: tuple[Panel, ...]
    more: int


def panels(archive: Archive, id: str | None = None) -> Tolls:
    """Of one incident (first digits of its id) every harm; of all those that several figures tell, else all."""
    chosen = [archive.incident(id)] if id else list(archive.links.incidents)
    found = [
        panel for incident in chosen for estimate in incident.tolls if (panel := _panel(archive, incident, estimate))
    ]
    told = found if id else [panel for panel in found if len(panel.figures) > 1] or found
    ranked = sorted(
        told, key=lambda one: (-len({figure.toll.low for figure in one.figures}), -_most(one), one.incident, one.harm)
    )
    return Tolls(tuple(ranked[:_PANELS]), len(ranked) - min(len(ranked), _PANELS))


def _most(panel: Panel) -> int:
    return max(figure.toll.high or figure.toll.low for figure in panel.figures)


def _panel(archive: Archive, incident: Incident, estimate: TollEstimate) -> Panel | None:
    standing = {id: STANDINGS[standing] for id, standing in estimate.standings.items()}
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
        steps=tuple(_steps(estimate)),
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
        standing=standing.get(toll.id, ""),
    )


def _steps(estimate: TollEstimate) -> Iterator[Step]:
    """The estimate after each day that changed it, as the archive holds it."""
    for step in estimate.steps:
        if step.day is not None:
            yield Step(date.fromisoformat(step.day), step.kind, step.low, step.best, step.high)
