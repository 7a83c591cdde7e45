"""Articles: the list, a search, one without its text, all that it tells, and its copies."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from sayso.listing import HIT_BEGINS, HIT_ENDS, ArticleEntry, Page
from sayso.model import Article
from sayso.record import to_json
from sayso.report.copies import CopyRow
from sayso.report.copies import copies as copy_rows
from sayso.serve.rest.answering import PREFIX, answer_list, answer_one, answer_text, kept, shelf_of, slice_of
from sayso.serve.rest.asking import Alone, ArticlesAsked, Id, Listed, SearchAsked
from sayso.serve.rest.describing import ANALYSIS, list_of, one_of
from sayso.serve.rest.negotiating import Form
from sayso.serve.rest.shapes import ArticleView
from sayso.serve.shelf import Missing, Shelf
from sayso.store.codec import dumps

router = APIRouter(tags=["articles"])
_NO_MARKS = {ord(HIT_BEGINS): "", ord(HIT_ENDS): ""}


@router.get("/articles", summary="Which articles there are", **list_of(ArticleEntry, Form.CSV))
def articles(request: Request, asked: Annotated[ArticlesAsked, Query()]) -> Response:
    """Articles, the latest published first; those that hold the words of `q`, the best fit first."""
    return _listed(request, asked)


@router.get("/search", summary="Search all articles", **list_of(ArticleEntry, Form.CSV))
def search(request: Request, asked: Annotated[SearchAsked, Query()]) -> Response:
    """Articles whose text holds all words, the best fit first, each with the words around the first hit."""
    return _listed(request, asked)


@router.get("/articles/{id:path}/analysis", summary="All that one article tells", **one_of(ANALYSIS))
def analysis(request: Request, id: Id, asked: Annotated[Alone, Query()]) -> Response:
    """The analysis record `sayso/1`, as `sayso code` prints it, with the text of the article."""
    return answer_text(request, asked, lambda shelf: _analysis(shelf, id))


@router.get("/articles/{id:path}/copies", summary="Copies of an article", **list_of(CopyRow, Form.CSV))
def copies(request: Request, id: Id, asked: Annotated[Listed, Query()]) -> Response:
    """From which article it was taken, and which were taken from it, with what each copy changed."""

    def rows() -> tuple[CopyRow, ...]:
        desk, full = shelf_of(request).article(id)
        return tuple(row for row in copy_rows(desk.archive) if full in (row.article, row.of))

    return answer_list(request, asked, CopyRow, lambda _: slice_of(kept(request, ("copies", id), rows), asked))


@router.get("/articles/{id:path}", summary="One article", **one_of(ArticleView))
def article(request: Request, id: Id, asked: Annotated[Alone, Query()]) -> Response:
    """An article without its text, and what it is linked to."""
    return answer_one(request, asked, lambda shelf: _view(shelf, id))


def _listed(request: Request, asked: ArticlesAsked) -> Response:
    def plain(page: Page[ArticleEntry]) -> Page[ArticleEntry]:
        return replace(page, entries=[replace(one, snippet=one.snippet.translate(_NO_MARKS)) for one in page.entries])

    return answer_list(
        request, asked, ArticleEntry, lambda lists: plain(lists.articles(asked.sought(), asked.limit, asked.after))
    )


def _analysis(shelf: Shelf, id: str) -> str:
    found = shelf.project.store.analysis(shelf.find(id, "article"))
    if found is None:
        raise Missing("no article has this id", about=id)
    return dumps(to_json(found))


def _view(shelf: Shelf, id: str) -> ArticleView:
    full = shelf.find(id, "article")
    held = shelf.project.store.article(full)
    if held is None:
        raise Missing("no article has this id", about=id)
    with shelf.lists() as lists:
        status = lists.article_entries([full])[full].status
        incidents = lists.incidents_of([full]).get(full, [])
        origins = [one.id for one in lists.origins_of([full])]
        story = lists.stories_of([full]).get(full)
    return _shown(held, status, tuple(sorted(incidents)), tuple(origins), story)


def _shown(
    held: Article, status: str, incidents: tuple[str, ...], origins: tuple[str, ...], story: str | None
) -> ArticleView:
    name = quote(held.id, safe="")
    here = f"{PREFIX}/articles/{name}"
    return ArticleView(
        id=held.id,
        url=held.url,
        outlet=held.outlet,
        title=held.title,
        byline=held.byline,
        credits=held.credits,
        published=held.published,
        lang=held.lang,
        origin=held.origin,
        status=status,
        characters=len(held.text),
        incidents=incidents,
        origins=origins,
        story=story,
        links={
            "self": here,
            "analysis": f"{here}/analysis",
            "copies": f"{here}/copies",
            "claims": f"{PREFIX}/claims?article={name}",
            "events": f"{PREFIX}/events?article={name}",
            "tolls": f"{PREFIX}/tolls?article={name}",
            "page": f"/articles/{name}",
        },
    )
