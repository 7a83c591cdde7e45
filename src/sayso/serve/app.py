"""The wiring of the desk: which routes there are, what guards them, how faults are told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread

from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from sayso import __version__
from sayso.api import Project
from sayso.config import Config
from sayso.errors import ConfigError, InputError, SaysoError
from sayso.serve import assets, pages
from sayso.serve.drawing import warm_up
from sayso.serve.guard import guard
from sayso.serve.imports import Imports
from sayso.serve.looks import render
from sayso.serve.shelf import Missing, Shelf


def make_app(config: Config) -> FastAPI:
    """The desk over the archive of a configuration, which is made if it is missing; StoreError if it cannot be."""
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
    guard(app)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.include_router(assets.router)
    for page in pages.ROUTERS:
        app.include_router(page, include_in_schema=False)
    _tell_faults(app)
    return app


def _tell_faults(app: FastAPI) -> None:
    """Say on a page what is wrong and the way out."""

    @app.exception_handler(HTTPException)
    def refused(request: Request, fault: HTTPException) -> Response:
        return render(request, "fault.html", fault.status_code, message=str(fault.detail), way_out="")

    @app.exception_handler(SaysoError)
    def failed(request: Request, fault: SaysoError) -> Response:
        status = 404 if isinstance(fault, Missing) else 400 if isinstance(fault, (InputError, ConfigError)) else 500
        return render(request, "fault.html", status, message=str(fault), way_out="")
