"""One incident: what is known and on whose word, what is agreed and disputed, how many, who reports it, its names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from sayso.model import Event, Incident, Span
from sayso.report.agreement import AgreementRow, first_told, incident_rows
from sayso.report.archive import Archive, own_voice
from sayso.report.claims import Asked, Desk
from sayso.report.courses import course, totals
from sayso.report.facets import denials_of
from sayso.report.labels import labels
from sayso.report.plots.figures import panels
from sayso.report.reach import reach
from sayso.report.tables import incident_row, tolls
from sayso.serve.access import Role, may
from sayso.serve.drawing import draw_tolls
from sayso.serve.looks import render
from sayso.serve.shelf import Shelf

router = APIRouter(dependencies=[Depends(may(Role.READ))])
_SAYINGS, _QUOTES = 20, 40


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a report that tell the incident, and on whose word it tells them."""

    article: str
    outlet: str
    published: str | None
    span: Span
    words: str
    says: str
    code: str
    status: str
    own: bool


@router.get("/incidents/{id}")
def incident(request: Request, id: str) -> Response:
    shelf: Shelf = request.app.state.shelf
    desk, told, whole = shelf.incident(id)
    known = shelf.keep(("incident", whole.id), lambda: _known(desk, told, whole))
    return render(request, "incident.html", **known)


def _known(desk: Desk, told: Incident, whole: Incident) -> dict[str, Any]:
    """Everything the page shows of an incident; `told` is what of it is in the part of the archive that was read."""
    archive = desk.archive
    first, source = first_told(desk, told)
    story = next((one for one in archive.links.stories if told.id in one.incidents), None)
    sayings = desk.said(Asked(about=told.id))
    return {
        "incident": whole,
        "left_out": len(whole.articles) - len(told.articles),
        "row": incident_row(archive, told),
        "facets": _facets(desk, told),
        "totals": totals(archive, told.id),
        "steps": course(archive, told.id),
        "figures": [row for row in tolls(archive, told.id) if row.level == "report"],
        "where_figures": {id: toll.span for id, toll in archive.tolls.items()},
        "plot": draw_tolls(panels(archive, told.id)),
        "reach": reach(archive, told.articles),
        "names": labels(archive, told.id),
        "quotes": list(_quotes(archive, told))[:_QUOTES],
        "denials": [(archive.chain(claim), archive.quotes(claim.content), claim) for claim in denials_of(desk, told)],
        "sayings": sayings[:_SAYINGS],
        "more_sayings": len(sayings) - _SAYINGS,
        "where_said": {id: claim.content[0] for id, claim in archive.claims.items()},
        "first": first,
        "first_source": source,
        "outlet_of": archive.outlet,
        "story": story,
    }


def _facets(desk: Desk, incident: Incident) -> dict[str, list[AgreementRow]]:
    """The positions by facet, in the order of the facets."""
    held: dict[str, list[AgreementRow]] = {}
    for row in incident_rows(desk, incident):
        held.setdefault(row.facet, []).append(row)
    return held


def _quotes(archive: Archive, incident: Incident) -> Iterator[Quote]:
    """The events of an incident, those told first before."""
    events = (archive.events[id] for id in incident.events if id in archive.events)
    for event in sorted(events, key=lambda one: _when(archive, one)):
        article = archive.article(event.trigger.article)
        words = event.evidence[0] if event.evidence else event.trigger
        yield Quote(
            article=article.id,
            outlet=archive.outlet(article.id),
            published=article.published,
            span=words,
            words=archive.quote(words),
            says=archive.voices(event),
            code=f"{event.type.lower()}{f', {event.mode}' if event.mode else ''}",
            status=event.status.value,
            own=own_voice(archive, event),
        )


def _when(archive: Archive, event: Event) -> tuple[str, str]:
    return archive.article(event.trigger.article).published or "9999", event.id
