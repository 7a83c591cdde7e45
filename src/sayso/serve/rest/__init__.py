"""The REST API under /api/v1, its description, and the page of it for people."""

from __future__ import annotations

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import Response

from sayso.serve.access import Role, may
from sayso.serve.door import cookie_of
from sayso.serve.rest import archive, articles, importing, incidents, judgements, sources, told
from sayso.serve.rest.answering import PREFIX, answer_text
from sayso.serve.rest.asking import Alone, take_only
from sayso.serve.rest.describing import at_desk, describe, known_parameters
from sayso.serve.rest.page import router as page
from sayso.store.codec import dumps

_PARTS = (archive, incidents, importing, articles, told, sources, judgements)


def add_api(app: FastAPI) -> None:
    """Put the API into an app."""
    for part in _PARTS:
        app.include_router(part.router, prefix=PREFIX, dependencies=[Depends(may(Role.READ)), Depends(_take_only)])
    app.state.description = describe(app)
    app.state.parameters = known_parameters(app.state.description)
    written = APIRouter(prefix=PREFIX, dependencies=[Depends(may(Role.READ))], include_in_schema=False)
    written.add_api_route("/openapi.json", _description)
    app.include_router(written)
    app.include_router(page)


def _take_only(request: Request) -> None:
    route = request.scope["route"]
    take_only(request.app.state.parameters.get((PREFIX + route.path_format, request.method), frozenset()), request)


def _description(request: Request) -> Response:
    """The description of the API, OpenAPI 3.1."""
    told = at_desk(request.app.state.description, cookie_of(request))
    return answer_text(request, Alone(format=None), lambda _: dumps(told))
