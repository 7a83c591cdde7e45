"""Tolls as an analyst reads them: one row a toll with who stands behind it, and one toll's course over days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.model import Incident, Toll, TollEstimate, TollStep, Turn
from sayso.report.archive import Archive, bounds, days
from sayso.report.grounds import ground


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A reconciled toll in words; figures stand with the origins that give them."""

    incident: str
    when: str
    place: str | None
    harm: str
    toll: str  # "9", "11 (7 to 11)", "at least 16", "none stands"
    rests_on: tuple[str, ...]
    disagrees: tuple[str, ...]
    set_aside: tuple[str, ...]  # corrected and withdrawn
    why: str  # where more than the rules decided the best figure


@dataclass(frozen=True, slots=True)
class StepRow:
    """What was known after one day's reports."""

    harm: str
    day: str
    turn: str
    toll: str
    figures: tuple[str, ...]  # that day's, with who says so


def totals(archive: Archive, id: str | None = None) -> list[TotalRow]:
    """The reconciled tolls of all incidents by day, or of one (first digits of its id)."""
    return [_total(archive, incident, total) for incident in _chosen(archive, id) for total in incident.tolls]


def course(archive: Archive, id: str) -> list[StepRow]:
    """How the tolls of an incident came to be what they are, harm by harm and day by day."""
    tolls = [total for incident in _chosen(archive, id) for total in incident.tolls]
    return [_step(archive, total, step) for total in tolls for step in total.steps]


def homeless(archive: Archive) -> int:
    """How many figures belong to no incident's toll; parts of others are not among them."""
    told = {id for incident in archive.links.incidents for total in incident.tolls for id in total.standings}
    return sum(1 for id, toll in archive.tolls.items() if id not in told and not toll.part)


def toll_words(low: int, best: int | None, high: int | None) -> str:
    """ "9", "11 (7 to 11)", "at least 16", "16 (at least 12)"; a range alone where no figure is the best."""
    if best is None or (low, high) == (best, best):
        return bounds(low, high)
    return f"at least {best:,}" if high is None and low == best else f"{best:,} ({bounds(low, high)})"


def _chosen(archive: Archive, id: str | None) -> list[Incident]:
    if id is not None:
        return [archive.incident(id)]
    return sorted(archive.links.incidents, key=lambda one: (one.first or "9999", one.id))


def _total(archive: Archive, incident: Incident, total: TollEstimate) -> TotalRow:
    stands = bool(total.basis or total.dissent)
    corrected = dict.fromkeys(wrong for wrong, _ in total.corrected)
    return TotalRow(
        incident=incident.id,
        when=days(incident.first, incident.last),
        place=incident.place,
        harm=total.harm.value,
        toll=toll_words(total.low, total.best, total.high) if stands else "none stands",
        rests_on=tuple(_figures(archive, total.basis)),
        disagrees=tuple(_figures(archive, total.dissent)),
        set_aside=(
            *(f"{words}, corrected" for words in _figures(archive, corrected)),
            *(f"{words}, withdrawn" for words in _figures(archive, total.withdrawn)),
        ),
        why="; ".join(f"{reason.detail} ({reason.score:.2f})" for reason in total.reasons),
    )


def _figures(archive: Archive, ids: Iterable[str]) -> Iterator[str]:
    """ "26: Meridian Wire, Harbour Courier", one a figure, the lowest first; each origin once."""
    by_figure: dict[tuple[int, float], list[Toll]] = {}
    for id in ids:
        if (toll := archive.tolls.get(id)) is not None:
            top = float("inf") if toll.high is None else toll.high
            by_figure.setdefault((toll.low, top), []).append(toll)
    for _, tolls in sorted(by_figure.items()):
        names = dict.fromkeys(sorted(_origin(archive, toll) for toll in tolls))
        yield f"{bounds(tolls[0].low, tolls[0].high)}: {', '.join(names)}"


def _origin(archive: Archive, toll: Toll) -> str:
    origin = archive.origins.get(archive.origin_of.get(toll.span.article, ""))
    return origin.name if origin else archive.outlet(toll.span.article)


def _step(archive: Archive, total: TollEstimate, step: TollStep) -> StepRow:
    told = [archive.tolls[id] for id in step.tolls if id in archive.tolls]
    said = dict.fromkeys(f"{bounds(toll.low, toll.high)}: {ground(archive, toll).says}" for toll in told)
    empty = step.kind is Turn.WITHDRAWN and step.best is None and not step.low
    return StepRow(
        harm=total.harm.value,
        day=step.day or "no date",
        turn=step.kind.value,
        toll="none stands" if empty else toll_words(step.low, step.best, step.high),
        figures=tuple(said),
    )
