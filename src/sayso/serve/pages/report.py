"""The situation report of a period, place or story, to read in the browser or to take along."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Lock
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from sayso.errors import ConfigError, InputError
from sayso.report.claims import Desk
from sayso.report.sitrep import FORMS, Scope, make_report
from sayso.report.sitrep import render as render_report
from sayso.serve.access import Role, may
from sayso.serve.looks import iso_day, render
from sayso.serve.shelf import Shelf

router = APIRouter(dependencies=[Depends(may(Role.READ))])
_MOST = 3000  # articles of a report made while somebody waits
_PERIOD = 7  # days offered
_ONE_AT_A_TIME = Lock()  # a report takes seconds of a core
# It brings its own style and no script.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'"


@router.get("/report")
def report(
    request: Request,
    since: Annotated[str, Query()] = "",
    until: Annotated[str, Query()] = "",
    place: Annotated[str, Query()] = "",
    story: Annotated[str, Query()] = "",
    format: Annotated[str, Query()] = "",
) -> Response:
    shelf: Shelf = request.app.state.shelf
    if not format:
        return _form(request, shelf, {"since": since, "until": until, "place": place, "story": story})
    if format not in FORMS:
        raise InputError("is no format of a report", about=format, way_out=", ".join(FORMS))
    scope = Scope(iso_day(since), iso_day(until), place or None, story or None)
    made = shelf.keep(("report", scope, format), lambda: _make(shelf, scope, format))
    name = "-".join(filter(None, ("sayso", scope.since, scope.until))) + f".{format}"
    place_it = "inline" if format == "html" else f'attachment; filename="{name}"'
    return Response(
        made,
        media_type=FORMS[format],
        headers={"Content-Disposition": place_it, "Content-Security-Policy": _POLICY},
    )


def _form(request: Request, shelf: Shelf, given: dict[str, str]) -> Response:
    """What to ask for; unasked, the last week that has reports."""
    with shelf.lists() as lists:
        first, last = lists.span()
        stories = lists.stories(30).entries
    if last and not any(given.values()):
        given |= {"since": (date.fromisoformat(last) - timedelta(days=_PERIOD - 1)).isoformat(), "until": last}
    return render(request, "report.html", given=given, first=first, last=last, stories=stories, forms=list(FORMS))


def _make(shelf: Shelf, scope: Scope, form: str) -> bytes:
    with _ONE_AT_A_TIME:
        return render_report(make_report(_desk(shelf, scope), scope), form)


def _desk(shelf: Shelf, scope: Scope) -> Desk:
    """The articles that a report is of."""
    with shelf.lists() as lists:
        if scope.story:
            told = lists.story(shelf.find(scope.story, "story"))
            articles = list(told.articles) if told else []
        elif scope.since or scope.until or lists.sizes()["articles"] <= _MOST:
            articles = lists.of_period(scope.since, scope.until)
        else:
            raise ConfigError(
                "a report needs a period or a story", about="report", way_out="give its first and last day"
            )
    if len(articles) > _MOST:
        way_out = "give fewer days, or run `sayso report`, which has time"
        raise InputError(
            f"{len(articles):,} articles are more than a page can wait for", about="report", way_out=way_out
        )
    return shelf.desk(articles)
