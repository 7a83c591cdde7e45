"""How the archive and what made it are: sizes, runs, versions, feeds, what was rejected and the way out."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from sayso.api import place_index_ready
from sayso.checkup import checkup
from sayso.serve.access import Access, Role, may
from sayso.serve.looks import address, render
from sayso.serve.shelf import Shelf
from sayso.store import Catalogue

router = APIRouter(dependencies=[Depends(may(Role.READ))])
_LISTED = 20  # runs, feeds, outlets, successions
_REJECTS = 30
_LOGGED = 30  # of what was done last
_RECORDS = (
    "articles",
    "claims",
    "events",
    "tolls",
    "incidents",
    "stories",
    "origins",
    "copies",
    "judgements",
    "rejected",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rejects, as the address has it."""

    reason: str = ""
    origin: str = ""


@router.get("/health")
def health(request: Request, asked: Annotated[Asked, Depends()], after: Annotated[str, Query()] = "") -> Response:
    shelf: Shelf = request.app.state.shelf
    config = shelf.project.config
    access: Access = request.state.access
    with shelf.lists() as lists:
        known = shelf.keep("health", lambda: _known(lists))
        rejects = lists.rejected(_REJECTS, after or None, asked.reason, asked.origin)
    made = shelf.project.stamp() if place_index_ready(config) else ""
    return render(
        request,
        "health.html",
        asked=asked,
        rejects=rejects,
        here=lambda **changes: _here(asked, **changes),
        made=made,
        outdated=[one for one in known["condition"].stamps if made and one.value != made],
        items=checkup(config, light=True),
        log=request.app.state.audit.recent(_LOGGED) if access.may(Role.JUDGE) else None,
        signed_in=request.app.state.door.signed_in() if access.may(Role.JUDGE) else (),
        accounts=request.app.state.door.needs_login(),
        db=config.db.rsplit("/", 1)[-1],
        **known,
    )


def _known(lists: Catalogue) -> dict[str, Any]:
    sizes = lists.sizes()
    return {
        "records": [(name, sizes[name]) for name in _RECORDS],
        "pending": sizes["pending"],
        "condition": lists.condition(_LISTED),
        "languages": lists.languages(),
        "outlets": lists.outlets()[:_LISTED],
        "reasons": lists.reasons(),
    }


def _here(asked: Asked, **changes: Any) -> str:
    values = asdict(replace(asked, **{name: value for name, value in changes.items() if name != "after"}))
    return address("/health", values | {"after": changes.get("after")}) + "#rejects"
