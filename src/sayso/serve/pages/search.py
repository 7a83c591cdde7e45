"""Full text of all articles, with filters; what is found leads to the words, and to the incidents they tell."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from sayso.listing import ArticleEntry, Count, Page, Sought
from sayso.ports import Found
from sayso.report.plots.wording import country_name
from sayso.serve.access import Role, may
from sayso.serve.looks import address, iso_day, path, render
from sayso.serve.shelf import Shelf
from sayso.store import Catalogue
from sayso.text import fold

router = APIRouter(dependencies=[Depends(may(Role.READ))])
_LISTED = 20  # articles
_NEAR = 3  # incidents under an article, and entries of each kind to jump to
_LONGEST = 300  # characters of a query
_ID = re.compile(r"[0-9a-f]{6,16}")
_NO_WORD = re.compile(r"\d[a-f]|[a-f]\d", re.IGNORECASE)  # "facade" and "20220105" are words, though they may be ids
_PLACES = {  # where a record is shown, by its kind
    "article": "/articles/{id}",
    "incident": "/incidents/{id}",
    "story": "/?story={id}&since=all",
    "copy": "/lineage?article={article}",
}
_IN_ARTICLE = "/articles/{article}"  # whatever else is part of an article


@dataclass(frozen=True, slots=True)
class Asked:
    """The search, as its address has it."""

    q: str = ""
    since: str = ""
    until: str = ""
    outlet: str = ""
    lang: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Jump:
    """What goes by the words searched for."""

    sources: tuple[Count, ...]
    outlets: tuple[Count, ...]
    places: tuple[Count, ...]
    countries: tuple[Count, ...]
    record: tuple[str, str] | None  # kind and address of what the words are the id of


@router.get("/search")
def search(request: Request, asked: Annotated[Asked, Depends()], after: Annotated[str, Query()] = "") -> Response:
    shelf: Shelf = request.app.state.shelf
    words = " ".join(asked.q[:_LONGEST].split())
    named = _named(shelf, words)
    if named and _NO_WORD.search(words):
        return RedirectResponse(_place(named), 303)
    known = shelf.keep(("search", asked, after), lambda: _known(shelf, asked, words, after))
    jump = shelf.keep(("jump", words), lambda: _jump(shelf, words, named)) if words and not after else None
    filters = shelf.keep("filters of articles", lambda: _filters(shelf))
    more = address("/search", asdict(asked) | {"after": known["listed"].after}) if known["listed"].after else None
    return render(request, "search.html", asked=asked, words=words, jump=jump, more=more, **known, **filters)


def _known(shelf: Shelf, asked: Asked, words: str, after: str) -> dict[str, Any]:
    """A page of what is found."""
    sought = Sought(
        words=words,
        since=iso_day(asked.since),
        until=iso_day(asked.until),
        outlet=asked.outlet or None,
        lang=asked.lang or None,
        country=asked.country.upper() or None,
    )
    with shelf.lists() as lists:
        listed = lists.articles(sought, _LISTED, after or None)
        told, entries = _incidents(lists, listed)
        at = lists.hits(listed.entries)
    return {"listed": listed, "at": at, "told": told, "entries": entries, "near": _NEAR}


def _incidents(lists: Catalogue, listed: Page[ArticleEntry]) -> tuple[dict[str, list[str]], dict[str, Any]]:
    """What each article tells, the weightiest first, and these incidents."""
    told = lists.incidents_of([entry.id for entry in listed.entries])
    entries = lists.entries(id for ids in told.values() for id in ids)
    for ids in told.values():
        ids.sort(key=lambda id: (-entries[id].weight, id))
    return told, entries


def _filters(shelf: Shelf) -> dict[str, Any]:
    with shelf.lists() as lists:
        return {"outlets": lists.outlets(), "langs": lists.languages(), "countries": lists.countries()}


# --------------------------------------------------------------------------- what goes by the words


def _named(shelf: Shelf, words: str) -> Found | None:
    """The record that the words are the id of, or the beginning of it."""
    return shelf.project.store.find(words.lower()) if _ID.fullmatch(words.lower()) else None


def _place(named: Found) -> str:
    """Where a record is shown."""
    where = _PLACES.get(named.kind, _IN_ARTICLE if named.article else "/")
    return where.format(id=path(named.id), article=path(named.article or ""))


def _jump(shelf: Shelf, words: str, named: Found | None) -> Jump:
    wanted = fold(words)
    with shelf.lists() as lists:
        sources = lists.sources(words, _NEAR).entries
        countries = [one for one in lists.countries() if fold(country_name(one.value)).startswith(wanted)]
        outlets = [one for one in lists.outlets() if wanted in fold(one.value)]
        places = lists.places(words, _NEAR)
    return Jump(
        sources=tuple(Count(one.name, one.claims) for one in sources),
        outlets=tuple(outlets[:_NEAR]),
        places=tuple(places),
        countries=tuple(countries[:_NEAR]),
        record=(named.kind, _place(named)) if named else None,
    )
