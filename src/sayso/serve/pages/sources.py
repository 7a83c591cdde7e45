"""Who is cited, and one source or outlet: what it said, to whom, who says otherwise, what it took from whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from sayso.listing import Count
from sayso.model import Span
from sayso.report.grades import CREDIBILITY, RELIABILITY
from sayso.report.sources import SourceNote, SourceRow, notes, pick, sources
from sayso.serve.access import Role, may
from sayso.serve.looks import address, render
from sayso.serve.shelf import Missing, Shelf
from sayso.text import fold

router = APIRouter(dependencies=[Depends(may(Role.READ))])
_LISTED, _OUTLETS = 50, 40
_READ = 40  # of the latest reports that cite a source
_SHOWN = 60  # of what it said in these


@dataclass(frozen=True, slots=True)
class Said:
    """What was said in the latest reports that cite a source."""

    reports: int
    rows: tuple[SourceRow, ...]  # those that go by the name; several where a name is borne by several
    notes: tuple[SourceNote, ...]  # the latest first
    more: int
    where: dict[str, Span]  # the words of each claim
    standing: tuple[Count, ...]


@router.get("/sources")
def list_sources(request: Request, q: Annotated[str, Query()] = "", after: Annotated[str, Query()] = "") -> Response:
    shelf: Shelf = request.app.state.shelf
    name = " ".join(q.split())
    listed, outlets = shelf.keep(("sources", name, after), lambda: _list(shelf, name, after))
    more = address("/sources", {"q": name, "after": listed.after}) if listed.after else None
    return render(request, "sources.html", asked=name, listed=listed, outlets=outlets, more=more, most=_OUTLETS)


def _list(shelf: Shelf, name: str, after: str) -> tuple[Any, list[Count]]:
    with shelf.lists() as lists:
        listed = lists.sources(name, _LISTED, after or None)
        return listed, [one for one in lists.outlets() if fold(name) in fold(one.value)]


@router.get("/sources/{name:path}")
def source(request: Request, name: str) -> Response:
    shelf: Shelf = request.app.state.shelf
    known = shelf.keep(("source", name), lambda: _known(shelf, name))
    back = request.url.path
    return render(request, "source.html", **known, reliability=RELIABILITY, credibility=CREDIBILITY, back=back)


def _known(shelf: Shelf, name: str) -> dict[str, Any]:
    with shelf.lists() as lists:
        cited, outlet = lists.source(name), lists.outlet(name)
        latest = lists.citing(name, _READ) if cited else []
    if cited is None and outlet is None:
        raise Missing("no source and no outlet has this name", about=name, way_out="search for a part of it")
    return {"name": name, "cited": cited, "outlet": outlet, "said": _said(shelf, name, latest)}


def _said(shelf: Shelf, name: str, latest: list[str]) -> Said:
    """What the latest reports have it say; an agency that is only credited says nothing in a text."""
    desk = shelf.desk(latest)
    rows = [row for row in pick(sources(desk), name) if any(fold(one) == fold(name) for one in row.names)]
    keys = {row.key for row in rows}
    found = [note for note in notes(desk, name) if note.key in keys] if rows else []
    found.sort(key=lambda note: (note.saying.first or "", note.saying.id), reverse=True)
    return Said(
        reports=len(latest),
        rows=tuple(rows),
        notes=tuple(found[:_SHOWN]),
        more=len(found) - _SHOWN,
        where={note.saying.id: desk.archive.claims[note.saying.id].content[0] for note in found[:_SHOWN]},
        standing=tuple(
            Count(standing, number)
            for standing in ("confirmed", "disputed", "alone")
            if (number := sum(note.standing == standing for note in found))
        ),
    )
