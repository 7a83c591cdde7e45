"""What happened in a period: map, timeline and incidents, with what is new since the last visit."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from sayso.listing import Wanted
from sayso.model import Status
from sayso.serve.access import Role, may
from sayso.serve.drawing import draw_map, draw_timeline, key, legend
from sayso.serve.judged import as_judged
from sayso.serve.looks import address, asks_for_all, iso_day, render
from sayso.serve.shelf import Shelf

router = APIRouter(dependencies=[Depends(may(Role.READ))])
_PERIOD = 14  # days shown unasked, up to the last report
_LISTED, _MAPPED, _AHEAD = 30, 400, 12  # incidents; events that are still to come
_USUAL = {("origins", 1), ("order", "weight")}  # needs no word in an address
_VISIT = "sayso_visit"
_PAUSE = timedelta(minutes=30)  # without a request: the next one is a new visit


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of the page, as its address has them; `since` "all" is the whole archive."""

    since: str = ""
    until: str = ""
    country: str = ""
    type: str = ""
    status: str = ""
    outlet: str = ""
    actor: str = ""
    place: str = ""
    story: str = ""
    origins: int = 1
    order: str = "weight"
    new: bool = False


Filters = Annotated[Asked, Depends()]


@router.get("/")
def situation(request: Request, asked: Filters, after: Annotated[str, Query()] = "") -> Response:
    shelf: Shelf = request.app.state.shelf
    visit = Visit.of(request.cookies.get(_VISIT, "")).now()
    with shelf.lists() as lists:
        first, last = lists.span()
        asked = _period(request, asked, last)
        wanted = _wanted(asked, visit)
        listed = lists.incidents(wanted, asked.order, _LISTED, after or None)
        said = lists.said_by([entry.id for entry in listed.entries])
        seen = _around(shelf, wanted, asked, lists)
        announced = [] if after else lists.ahead(wanted.since, wanted.until, wanted.country, _AHEAD)
    corrections = shelf.corrections()
    ahead = [told for one in announced if not (told := as_judged(one, corrections)).no_event]
    response = render(
        request,
        "situation.html",
        asked=asked,
        listed=listed,
        said=said,
        visit=visit,
        ahead=ahead,
        first=first,
        last=last,
        api=address("", {name: value for name, value in asdict(wanted).items() if (name, value) not in _USUAL}),
        here=lambda **changes: _here(asked, **changes),
        key=key,
        statuses=[Status.OCCURRED.value, Status.ONGOING.value],
        **seen,
    )
    response.set_cookie(_VISIT, visit.written, max_age=31_536_000, httponly=True, samesite="lax")
    return response


@router.get("/map")
def large_map(request: Request, asked: Filters) -> Response:
    """A map to zoom. Bokeh writes styles of its own, so this page alone allows them; it holds no text but figures."""
    response = render(request, "map.html", data=f"/map.json{_here(asked)[1:]}", back=_here(asked))
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
        " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )
    return response


@router.get("/map.json")
def live(request: Request, asked: Filters) -> Response:
    """The incidents of a choice as a Bokeh document."""
    from sayso.serve.drawing.live import live_map  # only here: Bokeh takes a second to load

    shelf: Shelf = request.app.state.shelf
    with shelf.lists() as lists:
        asked = _period(request, asked, lists.span()[1])
        wanted = _wanted(asked, Visit.of(request.cookies.get(_VISIT, "")))
        to = lambda **changes: _here(asked, **changes)  # noqa: E731
        made = shelf.keep(("live", wanted), lambda: json.dumps(live_map(lists.located(wanted, _MAPPED), to)))
    return Response(made, media_type="application/json")


def _around(shelf: Shelf, wanted: Wanted, asked: Asked, lists: Any) -> dict[str, Any]:
    """What stands around the list, and is the same for every page of it."""

    def make() -> dict[str, Any]:
        located = lists.located(wanted, _MAPPED)
        to = lambda **changes: _here(asked, **changes)  # noqa: E731
        period = Wanted(since=wanted.since, until=wanted.until)
        return {
            "map": draw_map(located, to),
            "timeline": draw_timeline(lists.days(wanted), to),
            "groups": legend(entry.type for entry in located),
            "facets": shelf.keep(("facets", period), lambda: lists.facets(period)),
            "located": len(located),
        }

    return shelf.keep(("situation", wanted), make)


def _period(request: Request, asked: Asked, last: str | None) -> Asked:
    """Unasked, the days up to the last report."""
    if asks_for_all(request) and not asked.story:
        return replace(asked, since="all")
    if asked.since or asked.until or asked.story or not last:
        return asked
    return replace(asked, since=(date.fromisoformat(last) - timedelta(days=_PERIOD - 1)).isoformat(), until=last)


def _wanted(asked: Asked, visit: Visit) -> Wanted:
    return Wanted(
        since=None if asked.since == "all" else iso_day(asked.since),
        until=iso_day(asked.until),
        country=asked.country.upper() or None,
        type=asked.type.upper() or None,
        actor=asked.actor or None,
        outlet=asked.outlet or None,
        origins=asked.origins,
        status=asked.status or None,
        place=asked.place or None,
        story=asked.story or None,
        changed=visit.last if asked.new else None,
    )


def _here(asked: Asked, **changes: Any) -> str:
    """The address of this page with some filters changed."""
    values = asdict(replace(asked, **{name: value for name, value in changes.items() if name != "after"}))
    given = {name: value for name, value in values.items() if (name, value) not in _USUAL}
    return address("/", given | {"after": changes.get("after")})


# --------------------------------------------------------------------------- visits


@dataclass(frozen=True, slots=True)
class Visit:
    """When this reader was here: the last request of the visit before, and the last one of this."""

    last: str  # ISO 8601; "" on a first visit
    latest: str

    @classmethod
    def of(cls, cookie: str) -> Visit:
        """As the cookie tells; one that tells nothing sensible is a first visit."""
        last, _, latest = cookie.partition("|")
        visit = cls(last, latest)
        return visit if all(_is_moment(one) for one in (last, latest)) else cls("", "")

    def now(self) -> Visit:
        """After a request now."""
        here = datetime.now(UTC)
        if self.latest and here - datetime.fromisoformat(self.latest) > _PAUSE:
            return Visit(self.latest, here.isoformat(timespec="microseconds"))
        return Visit(self.last, here.isoformat(timespec="microseconds"))

    @property
    def written(self) -> str:
        return f"{self.last}|{self.latest}"


def _is_moment(text: str) -> bool:
    try:
        return not text or datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
