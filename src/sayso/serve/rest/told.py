"""Lists of what articles tell: claims, events and figures."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from sayso.listing import ClaimEntry, EventEntry, Page, TollEntry
from sayso.report.tables import STANDINGS
from sayso.serve.judged import as_judged, types_of
from sayso.serve.rest.answering import answer_list, shelf_of
from sayso.serve.rest.asking import ClaimsAsked, EventsWanted, TollsWanted
from sayso.serve.rest.describing import list_of
from sayso.serve.rest.negotiating import Form
from sayso.store import Catalogue

router = APIRouter(tags=["what is told"])


@router.get("/claims", summary="Who is reported to say what", **list_of(ClaimEntry, Form.CSV))
def claims(request: Request, asked: Annotated[ClaimsAsked, Query()]) -> Response:
    """Claims with their chains of sources, by article. Copies of a report repeat its claims."""
    said = asked.said(asked.incident, asked.article)
    return answer_list(request, asked, ClaimEntry, lambda lists: lists.claims(said, asked.limit, asked.after))


@router.get("/events", summary="Who did what to whom", **list_of(EventEntry, Form.CSV, Form.GEOJSON))
def events(request: Request, asked: Annotated[EventsWanted, Query()]) -> Response:
    """Events as each article tells them, by article, under the code that analysts found right, with the one that they
    were given at first beside it. What an analyst called no event stays in the list and says so."""
    corrections = shelf_of(request).corrections()

    def page(lists: Catalogue) -> Page[EventEntry]:
        found = lists.events(asked.asked(), asked.limit, asked.after, types_of(corrections))
        return replace(found, entries=[as_judged(one, corrections) for one in found.entries])

    return answer_list(request, asked, EventEntry, page, (Form.JSON, Form.CSV, Form.GEOJSON))


@router.get("/tolls", summary="How many were harmed, as each report has it", **list_of(TollEntry, Form.CSV))
def tolls(request: Request, asked: Annotated[TollsWanted, Query()]) -> Response:
    """Figures by article, each with its role in the reconciled toll of its incident."""
    return answer_list(
        request, asked, TollEntry, lambda lists: _standing(lists.tolls(asked.asked(), asked.limit, asked.after))
    )


def _standing(page: Page[TollEntry]) -> Page[TollEntry]:
    """Roles by the words that every table of tolls uses."""
    return replace(page, entries=[replace(one, role=STANDINGS[one.role] if one.role else None) for one in page.entries])
