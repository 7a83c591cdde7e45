"""Who is cited, what belongs together, and who took what from whom: sources, stories, copies, origins."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from sayso.listing import CopyEntry, SourceEntry
from sayso.model import Origin, Story
from sayso.serve.rest.answering import PREFIX, answer_list, answer_one
from sayso.serve.rest.asking import Alone, CopiesAsked, Id, Listed, SourcesAsked
from sayso.serve.rest.describing import list_of, one_of
from sayso.serve.rest.negotiating import Form
from sayso.serve.rest.shapes import SourceView
from sayso.serve.shelf import Missing, Shelf

router = APIRouter(tags=["sources and lineage"])
_CITING = 50
Name = Annotated[
    str,
    Path(
        min_length=1,
        max_length=500,
        pattern=r"^[^\u0000]*$",
        description="The name of the source, whole.",
        examples=["Police"],
    ),
]


@router.get("/sources", summary="Who is cited", **list_of(SourceEntry, Form.CSV))
def sources(request: Request, asked: Annotated[SourcesAsked, Query()]) -> Response:
    """Sources by the names that articles give them, most cited first."""
    return answer_list(
        request, asked, SourceEntry, lambda lists: lists.sources(asked.q or "", asked.limit, asked.after)
    )


@router.get("/sources/{name:path}", summary="One source in numbers", **one_of(SourceView))
def source(request: Request, name: Name, asked: Annotated[Alone, Query()]) -> Response:
    """How often it is cited, by whom, with which stance and to whom, and the latest articles that cite it."""
    return answer_one(request, asked, lambda shelf: _source(shelf, name))


@router.get("/stories", summary="Which incidents belong together", **list_of(Story, Form.CSV))
def stories(request: Request, asked: Annotated[Listed, Query()]) -> Response:
    """Stories, those of most articles first."""
    return answer_list(request, asked, Story, lambda lists: lists.stories(asked.limit, asked.after))


@router.get("/stories/{id}", summary="One story", **one_of(Story))
def story(request: Request, id: Id, asked: Annotated[Alone, Query()]) -> Response:
    """A story with the ids of its incidents and articles."""
    return answer_one(request, asked, lambda shelf: _story(shelf, id))


@router.get("/copies", summary="Which article was taken from which", **list_of(CopyEntry, Form.CSV))
def copies(request: Request, asked: Annotated[CopiesAsked, Query()]) -> Response:
    """Copies, by id. What a copy changed stands at `/api/v1/articles/{id}/copies`."""
    return answer_list(
        request, asked, CopyEntry, lambda lists: lists.copies(asked.article, asked.kind, asked.limit, asked.after)
    )


@router.get("/origins/{id}", summary="One origin", **one_of(Origin))
def origin(request: Request, id: Id, asked: Annotated[Alone, Query()]) -> Response:
    """The reporter or agency that articles go back to, with these articles and why."""
    return answer_one(request, asked, lambda shelf: _origin(shelf, id))


def _source(shelf: Shelf, name: str) -> SourceView:
    with shelf.lists() as lists:
        found = lists.source(name)
        if found is None:
            raise Missing("nobody cites a source of this name", about=name, way_out=f"{PREFIX}/sources?q= finds names")
        citing = lists.article_entries(lists.citing(name, _CITING))
    told = sorted(citing.values(), key=lambda one: (one.published or "", one.id), reverse=True)
    called = quote(name, safe="")
    links = {"self": f"{PREFIX}/sources/{called}", "claims": f"{PREFIX}/claims?source={called}"}
    return SourceView(found, tuple(told), links)


def _story(shelf: Shelf, id: str) -> Story:
    full = shelf.find(id, "story")
    with shelf.lists() as lists:
        found = lists.story(full)
    if found is None:
        raise Missing("no story has this id", about=id)
    return found


def _origin(shelf: Shelf, id: str) -> Origin:
    full = shelf.find(id, "origin")
    with shelf.lists() as lists:
        found = lists.origin(full)
    if found is None:
        raise Missing("no origin has this id", about=id)
    return found
