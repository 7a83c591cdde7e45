"""One incident: what is known and on whose word, what is agreed and disputed, how many, who reports it, its names."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from sayso.model import Incident
from sayso.report.agreement import AgreementRow, first_told, incident_rows
from sayso.report.claims import Asked, Desk
from sayso.report.courses import course, totals
from sayso.report.facets import denials_of
from sayso.report.labels import labels
from sayso.report.plots.figures import panels
from sayso.report.quotes import quotes
from sayso.report.reach import reach
from sayso.report.tables import incident_row, tolls
from sayso.serve.access import Role, may
from sayso.serve.drawing import draw_tolls
from sayso.serve.looks import render
from sayso.serve.shelf import Shelf

router = APIRouter(dependencies=[Depends(may(Role.READ))])
_SAYINGS, _QUOTES = 20, 40


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
        "quotes": list(quotes(archive, told))[:_QUOTES],
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
