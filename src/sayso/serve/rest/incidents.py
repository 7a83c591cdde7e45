"""Incidents: the list, one whole, its figures, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from sayso.listing import ClaimEntry, IncidentEntry, Page
from sayso.report.agreement import incident_rows
from sayso.report.quotes import quotes
from sayso.report.tables import TollRow, incident_row
from sayso.report.tables import tolls as toll_rows
from sayso.serve.rest.answering import PREFIX, answer_list, answer_one, kept, shelf_of, slice_of
from sayso.serve.rest.asking import Alone, ClaimsInside, Id, IncidentsAsked, Listed
from sayso.serve.rest.describing import list_of, one_of
from sayso.serve.rest.negotiating import Form
from sayso.serve.rest.shapes import IncidentView
from sayso.serve.shelf import Shelf
from sayso.store import Catalogue

router = APIRouter(tags=["incidents"])
_QUOTES = 200


@router.get("/incidents", summary="What happened", **list_of(IncidentEntry, Form.CSV, Form.GEOJSON, Form.RSS))
def incidents(request: Request, asked: Annotated[IncidentsAsked, Query()]) -> Response:
    """Happenings over all their reports. All filters that are given must hold."""

    def page(lists: Catalogue) -> Page[IncidentEntry]:
        found = lists.incidents(asked.wanted(), asked.order, asked.limit, asked.after)
        return replace(found, entries=lists.levels(found.entries))

    return answer_list(request, asked, IncidentEntry, page, (Form.JSON, Form.CSV, Form.GEOJSON, Form.RSS))


@router.get("/incidents/{id}", summary="One incident whole", **one_of(IncidentView))
def incident(request: Request, id: Id, asked: Annotated[Alone, Query()]) -> Response:
    """What is known and on whose word, what is agreed and disputed, every figure with its standing, the reports by
    origin, and the words of the reports with their places."""
    return answer_one(request, asked, lambda shelf: view(shelf, id))


@router.get("/incidents/{id}/tolls", summary="The tolls of an incident", **list_of(TollRow, Form.CSV))
def incident_tolls(request: Request, id: Id, asked: Annotated[Listed, Query()]) -> Response:
    """Each reconciled toll, with its course over time, and then every report's figure with its standing."""

    def rows() -> tuple[TollRow, ...]:
        desk, told, _ = shelf_of(request).incident(id)
        return tuple(toll_rows(desk.archive, told.id))

    return answer_list(request, asked, TollRow, lambda _: slice_of(kept(request, ("tolls", id), rows), asked))


@router.get("/incidents/{id}/claims", summary="What is said of an incident", **list_of(ClaimEntry, Form.CSV))
def incident_claims(request: Request, id: Id, asked: Annotated[ClaimsInside, Query()]) -> Response:
    """Claims about its events and figures, by article."""

    def page(full: str) -> Page[ClaimEntry]:
        with shelf_of(request).lists() as lists:
            return lists.claims(asked.said(full), asked.limit, asked.after)

    return answer_list(request, asked, ClaimEntry, lambda _: page(shelf_of(request).find(id, "incident")))


def view(shelf: Shelf, id: str) -> IncidentView:
    """One incident as the API shows it."""
    full = shelf.find(id, "incident")
    return shelf.keep(("rest", "incident", full), lambda: _view(shelf, full))


def _view(shelf: Shelf, id: str) -> IncidentView:
    desk, told, whole = shelf.incident(id)
    archive, here = desk.archive, f"{PREFIX}/incidents/{id}"
    row = incident_row(archive, told)
    story = next((one.id for one in archive.links.stories if id in one.incidents), None)
    links = {
        "self": here,
        "tolls": f"{here}/tolls",
        "claims": f"{here}/claims",
        "events": f"{PREFIX}/events?incident={id}",
        "page": f"/incidents/{id}",
    }
    return IncidentView(
        incident=replace(row, articles=len(whole.articles), origins=len(whole.origins)),
        agreement=tuple(incident_rows(desk, told)),
        tolls=tuple(toll_rows(archive, id)),
        quotes=tuple(quotes(archive, told))[:_QUOTES],
        story=story,
        left_out=len(whole.articles) - len(told.articles),
        links=links | ({"story": f"{PREFIX}/stories/{story}"} if story else {}),
    )
