"""What every request must fulfil and every answer carries: who asks, signed forms, headers that keep scripts out."""

from __future__ import annotations

import getpass
import time
from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response

from sayso.serve.access import Access, Role

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
        " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def guard(app: FastAPI) -> None:
    """Put the guard before every route of an app."""

    @app.middleware("http")
    async def watch(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
        began = time.perf_counter()
        request.state.access = Access(getpass.getuser(), frozenset(Role))
        request.state.csrf = ""
        response = await answer(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers["Server-Timing"] = f"app;dur={1000 * (time.perf_counter() - began):.1f}"
        return response
