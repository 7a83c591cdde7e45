"""The archive itself: where everything is, whether it is well, what failed, what ran, how many of what."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from sayso import __version__
from sayso.listing import Count, Wanted
from sayso.model import Rejected, Run
from sayso.serve.rest.answering import PREFIX, answer_list, answer_one, slice_of
from sayso.serve.rest.asking import Alone, Listed, Period, RejectedAsked
from sayso.serve.rest.describing import list_of, one_of
from sayso.serve.rest.negotiating import Form
from sayso.serve.rest.shapes import Health, Index
from sayso.serve.shelf import Shelf

router = APIRouter(tags=["archive"])
_LISTS = (
    "health incidents articles search claims events tolls sources stories copies judgements grades imports rejected"
    " runs facets"
).split()


@router.get("", summary="Where everything is", **one_of(Index))
def index(request: Request, asked: Annotated[Alone, Query()]) -> Response:
    """The addresses of all lists, of this description, and of its page for people."""
    links = {name: f"{PREFIX}/{name}" for name in _LISTS}
    links |= {"description": f"{PREFIX}/openapi.json", "documentation": "/api"}
    return answer_one(request, asked, lambda _: Index("sayso", __version__, links))


@router.get("/health", summary="Whether the archive can be read", **one_of(Health))
def health(request: Request, asked: Annotated[Alone, Query()]) -> Response:
    """The version of sayso, whether accounts are in force, how often the archive was written to, and how many records
    of each kind it holds."""
    accounts = request.app.state.door.needs_login()
    return answer_one(request, asked, lambda shelf: _health(shelf, accounts), also=accounts)


@router.get("/rejected", summary="What could not be used", **list_of(Rejected, Form.CSV))
def rejected(request: Request, asked: Annotated[RejectedAsked, Query()]) -> Response:
    """Files, lines and pages that were left out, and why."""
    reason, origin = asked.reason or "", asked.origin or ""
    return answer_list(request, asked, Rejected, lambda lists: lists.rejected(asked.limit, asked.after, reason, origin))


@router.get("/runs", summary="What wrote to the archive", **list_of(Run, Form.CSV))
def runs(request: Request, asked: Annotated[Listed, Query()]) -> Response:
    """Runs, the first first, with the versions that made the records."""
    project = request.app.state.shelf.project
    return answer_list(request, asked, Run, lambda _: slice_of(list(project.store.runs()), asked))


@router.get("/facets", summary="How many of what", **one_of(dict[str, list[Count]]))
def facets(request: Request, asked: Annotated[Period, Query()]) -> Response:
    """How many incidents have each country and type, and how many articles of these days each outlet has, the most
    common first."""
    return answer_one(request, asked, lambda shelf: _facets(shelf, Wanted(since=asked.since, until=asked.until)))


def _health(shelf: Shelf, accounts: bool) -> Health:
    with shelf.lists() as lists:
        first, last = lists.span()
        return Health("ok", __version__, accounts, lists.version(), lists.sizes(), first, last)


def _facets(shelf: Shelf, wanted: Wanted) -> dict[str, list[Count]]:
    def make() -> dict[str, list[Count]]:
        with shelf.lists() as lists:
            return lists.facets(wanted)

    return shelf.keep(("facets", wanted), make)
