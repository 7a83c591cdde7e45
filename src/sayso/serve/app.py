"""The wiring of the desk: which routes there are, what guards them, how faults are told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse, Response
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from sayso import __version__
from sayso.api import Project
from sayso.config import Config
from sayso.errors import ConfigError, InputError, SaysoError
from sayso.serve import assets, pages
from sayso.serve.audit import Audit
from sayso.serve.door import Door
from sayso.serve.drawing import warm_up
from sayso.serve.guard import guard
from sayso.serve.heads import Heads
from sayso.serve.imports import Full, Imports
from sayso.serve.looks import render
from sayso.serve.rest import add_api
from sayso.serve.rest.problems import is_api, tell
from sayso.serve.shelf import Missing, Shelf

_STATUS = ((Missing, 404), (InputError, 400), (ConfigError, 400), (Full, 429))  # of a page that tells a fault


def make_app(config: Config, door: Door | None = None) -> FastAPI:
    """The desk over the archive of a configuration, which is made if it is missing; StoreError if it cannot be.

    Without a `door` it is for this machine alone.
    """
    door = door or Door(config)
    project = Project(config)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        Thread(target=warm_up, daemon=True).start()
        yield
        app.state.imports.close()
        project.close()

    app = FastAPI(
        title="sayso", version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None
    )
    app.state.shelf = Shelf(project)
    app.state.imports = Imports(config)
    guard(app, door, Audit(config.audit_file), 2 * config.max_bytes)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Heads)
    app.include_router(assets.router)
    for page in pages.ROUTERS:
        app.include_router(page, include_in_schema=False)
    add_api(app)
    _tell_faults(app)
    return app


def _tell_faults(app: FastAPI) -> None:
    """Say what is wrong and the way out: on a page, and to programs as problem details."""

    @app.exception_handler(HTTPException)
    def refused(request: Request, fault: HTTPException) -> Response:
        return _told(request, fault, fault.status_code, str(fault.detail))

    @app.exception_handler(SaysoError)
    def failed(request: Request, fault: SaysoError) -> Response:
        status = next((status for kind, status in _STATUS if isinstance(fault, kind)), 500)
        return _told(request, fault, status, str(fault))

    @app.exception_handler(RequestValidationError)
    def not_valid(request: Request, fault: RequestValidationError) -> Response:
        return _told(request, fault, 422, "; ".join(str(error["msg"]) for error in fault.errors()))

    @app.exception_handler(Exception)
    def crashed(request: Request, fault: Exception) -> Response:
        return tell(request, fault) if is_api(request) else PlainTextResponse("sayso failed; its log says where", 500)


def _told(request: Request, fault: Exception, status: int, message: str) -> Response:
    if is_api(request):
        return tell(request, fault)
    return render(request, "fault.html", status, message=message, way_out="")
