"""Who took what from whom: of an incident, a story or an article as a graph; of a period who gives and who takes."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from sayso.model import CopyKind
from sayso.report.descent import bands, families, hours_later, lapse, takings
from sayso.serve.access import Role, may
from sayso.serve.drawing import draw_lineage
from sayso.serve.drawing.lineage import title_of, told
from sayso.serve.looks import address, asks_for_all, iso_day, render
from sayso.serve.shelf import MOST_REPORTS, Shelf

router = APIRouter(dependencies=[Depends(may(Role.READ))])
_PERIOD = 30  # days shown unasked, up to the last report
_COPIES = 10_000  # read for the lists of a period
_PAIRS, _FAMILIES = 40, 15


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose lineage: of one of the three, or of a period; `since` "all" is the whole archive."""

    incident: str = ""
    story: str = ""
    article: str = ""
    since: str = ""
    until: str = ""
    outlet: str = ""

    def scope(self) -> tuple[str, str] | None:
        """Kind and id, or the beginning of it."""
        kinds = ("incident", "story", "article")
        return next(((kind, id) for kind in kinds if (id := getattr(self, kind))), None)


@router.get("/lineage")
def lineage(request: Request, asked: Annotated[Asked, Depends()]) -> Response:
    shelf: Shelf = request.app.state.shelf
    if scope := asked.scope():
        kind, id = scope[0], shelf.find(scope[1], scope[0])
        known = shelf.keep(("lineage", kind, id), lambda: _graph(shelf, kind, id))
        return render(request, "lineage.html", **known)
    with shelf.lists() as lists:
        first, last = lists.span()
    asked = _period(request, asked, last)
    known = shelf.keep(("lineage", asked), lambda: _busiest(shelf, asked))
    to = lambda **changes: address("/lineage", asdict(replace(asked, **changes)))  # noqa: E731
    return render(request, "takings.html", asked=asked, first=first, last=last, here=to, lapse=lapse, **known)


# --------------------------------------------------------------------------- one scope


def _graph(shelf: Shelf, kind: str, id: str) -> dict[str, Any]:
    with shelf.lists() as lists:
        shown = lists.descent(kind, id, MOST_REPORTS)
    of = {copy.article: copy for copy in reversed(shown.copies)}
    return {
        "kind": kind,
        "id": id,
        "shown": shown,
        "bands": bands(shown),
        "taken": {copy.article for copy in shown.copies},
        "outlets": len({entry.outlet for entry in shown.articles}),
        "picture": draw_lineage(shown),
        "kinds": [kind.value for kind in CopyKind if any(copy.kind == kind for copy in of.values())],
        "told": told,
        "title_of": title_of,
        "later": lambda copy: lapse(hours_later(copy)),
    }


# --------------------------------------------------------------------------- a period


def _period(request: Request, asked: Asked, last: str | None) -> Asked:
    """Unasked, the days up to the last report."""
    if asks_for_all(request):
        return replace(asked, since="all")
    if asked.since or asked.until or not last:
        return asked
    return replace(asked, since=(date.fromisoformat(last) - timedelta(days=_PERIOD - 1)).isoformat(), until=last)


def _busiest(shelf: Shelf, asked: Asked) -> dict[str, Any]:
    since = None if asked.since == "all" else iso_day(asked.since)
    with shelf.lists() as lists:
        copies = lists.taken(since, iso_day(asked.until), asked.outlet or None, _COPIES)
        kin = families(copies)
        entries = lists.article_entries([one.original for one in kin[:_FAMILIES]])
        outlets = lists.outlets()
    pairs = takings(copies)
    return {
        "copies": len(copies),
        "bounded": len(copies) == _COPIES,
        "pairs": pairs[:_PAIRS],
        "more_pairs": len(pairs) - _PAIRS,
        "givers": len({one.of for one in pairs}),
        "takers": len({one.outlet for one in pairs}),
        "families": [(one, entries[one.original]) for one in kin[:_FAMILIES] if one.original in entries],
        "more_families": len(kin) - _FAMILIES,
        "outlets": outlets,
    }
