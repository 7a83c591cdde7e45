"""What every request must fulfil and every answer carries. No route can forget any of it: it stands before them all.

A request passes: a sound size and a name of this desk; somebody who may come in, not too often; for what changes
anything a signed form and a role, and a log that can be written. A route adds which role it needs (`access.may`).
"""

from __future__ import annotations

import inspect
import logging
import re
import time
from contextlib import suppress
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.errors import StoreError
from sayso.serve.access import NOBODY, Access, Role, Way
from sayso.serve.audit import Audit, note
from sayso.serve.bodies import Body, sent
from sayso.serve.door import Door
from sayso.serve.headers import headers
from sayso.serve.sessions import new_id
from sayso.serve.signing import HEADER, is_form, token_in

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OPEN = re.compile(r"/login|/static/.+")  # what nobody needs an account for
_EVERYBODY = frozenset({"/login", "/logout"})  # forms that need no role
_LARGE = re.compile(r"/import(/.*)?|/review/judgements")  # where files are sent
_RECORDS = re.compile(r"/api/v\d+/articles")  # where articles are sent as JSON, which is read whole
_BODY, _JSON = 1_000_000, 10_000_000  # bytes of any other form, and of articles as JSON
_ADDRESS, _HEAD = 8_192, 32_768  # bytes of an address, and of all headers
_log = logging.getLogger(__name__)


def guard(app: FastAPI, door: Door, audit: Audit, most: int) -> None:
    """Put the guard before every route of an app; files that are sent have `most` bytes."""
    app.state.door, app.state.audit = door, audit
    app.add_middleware(Guard, door=door, audit=audit, most=most)


class Guard:
    """Stands between the server and all routes."""

    def __init__(self, app: ASGIApp, door: Door, audit: Audit, most: int) -> None:
        self.app, self.door, self.audit, self.most = app, door, audit, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":  # no page uses a websocket
                await self.app(scope, receive, send)
            return
        request = Request(scope)
        request.state.access, request.state.csrf = NOBODY, ""
        body = Body(receive, self._most(request.scope["path"]))
        answer = Answer(request, send, self.door)
        try:
            refused = await self._refused(request, body)
            await (refused or self.app)(scope, body, answer)
        except Exception as fault:
            if answer.status:
                raise
            response = await _told(request, fault)
            await response(scope, body, answer)
        finally:
            self._note(request, body, answer.status)

    def _most(self, path: str) -> int:
        """How many bytes may be sent to a path."""
        if _RECORDS.fullmatch(path):
            return min(_JSON, self.most)
        return self.most if _LARGE.fullmatch(path) else _BODY

    async def _refused(self, request: Request, body: Body) -> Response | None:
        """Where to go instead, if anywhere; HTTPException where nothing can be done."""
        _check_size(request, body)
        self.door.check_host(request)
        access = request.state.access = self.door.enter(request)
        id = self.door.browser(request)
        request.state.browser = id or new_id()
        request.state.csrf = self.door.signer.sign(request.state.browser)
        path, safe = request.scope["path"], request.method in _SAFE
        if not path.startswith("/static/"):
            self.door.check_rate(request, access, safe)
        if access is NOBODY and not _OPEN.fullmatch(path):
            return _to_login(request)
        if not safe:
            await self._check_change(request, body, access, id)
        return None

    async def _check_change(self, request: Request, body: Body, access: Access, id: str) -> None:
        """Whether a request may change something, and was meant by who seems to send it."""
        if access.way is not Way.TOKEN:  # no browser sends a token by itself
            _check_origin(request)
            if not await self._is_signed(request, body, id):
                raise HTTPException(
                    403, "this form was not signed by this desk, or before it was started; reload the page"
                )
        if request.scope["path"] not in _EVERYBODY and access.roles <= {Role.READ}:
            raise HTTPException(403, "this needs another role than reading")
        self.audit.check()

    async def _is_signed(self, request: Request, body: Body, id: str) -> bool:
        signer, kind = self.door.signer, _kind(request)
        if given := request.headers.get(HEADER):
            return signer.holds(given, id)
        if is_form(kind):
            await body.ahead(lambda head: signer.holds(token_in(head, kind), id))
        return signer.holds(token_in(body.head, kind), id)

    def _note(self, request: Request, body: Body, status: int) -> None:
        """Every change by somebody known is noted, whatever came of it; 429 would fill the disk."""
        known = request.state.access is not NOBODY and status not in (413, 421, 429)
        if request.method in _SAFE or not known or request.scope["path"] in _EVERYBODY:
            return
        said: dict[str, Any] = {}
        with suppress(ValueError):
            said = sent(body, _kind(request))
        try:
            note(
                request,
                f"{request.method} {request.scope['path']}",
                status=status,
                **{f"sent_{key}": said[key] for key in said},
            )
        except (OSError, StoreError):
            _log.exception("the audit log cannot be written")


class Answer:
    """An answer on its way out: it gets its headers, and an id for the browser that got a form."""

    def __init__(self, request: Request, send: Send, door: Door) -> None:
        self.request, self.door, self.status = request, door, 0
        self._send, self._began = send, time.perf_counter()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._complete(MutableHeaders(scope=message))
        await self._send(message)

    def _complete(self, held: MutableHeaders) -> None:
        for name, value in headers(self.request):
            held.setdefault(name, value)
        held["Server-Timing"] = f"app;dur={1000 * (time.perf_counter() - self._began):.1f}"
        signs = self.request.scope["path"] == "/csrf" or held.get("content-type", "").startswith("text/html")
        known = not hasattr(self.request.state, "browser") or self.door.browser(self.request)
        if signs and not known and not any(self.door.gave(self.request, given) for given in held.getlist("set-cookie")):
            carrier = Response()
            self.door.remember(self.request, carrier, self.request.state.browser)
            held.append("set-cookie", carrier.headers["set-cookie"])


def _check_size(request: Request, body: Body) -> None:
    raw = request.scope.get("raw_path") or request.scope["path"].encode("utf-8", "surrogatepass")
    if len(raw) + len(request.scope["query_string"]) > _ADDRESS:
        raise HTTPException(414, f"an address has up to {_ADDRESS:,} bytes")
    if sum(len(name) + len(value) for name, value in request.scope["headers"]) > _HEAD:
        raise HTTPException(431, f"headers have up to {_HEAD:,} bytes")
    told = request.headers.get("content-length", "0")
    if not told.isdecimal() or int(told[:20]) > body.most:
        raise HTTPException(413, f"up to {body.most:,} bytes can be sent here")


def _check_origin(request: Request) -> None:
    """Refuse what a page of another site sends: the browser itself says so."""
    site = request.headers.get("sec-fetch-site", "none")
    origin = request.headers.get("origin")
    foreign = origin is not None and urlsplit(origin).netloc.lower() != request.headers["host"].lower()
    if site not in ("same-origin", "none") or foreign:
        raise HTTPException(403, "another site sent this")


def _to_login(request: Request) -> Response:
    """Pages lead to the login; for what scripts and programs ask a redirect would be a wrong answer."""
    page = request.method in ("GET", "HEAD") and not request.scope["path"].startswith("/api/")
    if page and request.headers.get("sec-fetch-mode", "navigate") == "navigate":
        query = request.scope["query_string"].decode("latin-1")
        raw = request.scope.get("raw_path") or quote(request.scope["path"]).encode()  # keeps "%2F" within a step
        asked = raw.decode("latin-1") + (f"?{query}" if query else "")
        return RedirectResponse("/login" if asked == "/" else f"/login?next={quote(asked, safe='/')}", 303)
    raise HTTPException(401, "come in first, at /login or with a token", {"WWW-Authenticate": "Bearer"})


async def _told(request: Request, fault: Exception) -> Response:
    """A fault as the app tells it: a page, or a problem where a program asks; never a trace of the program."""
    if isinstance(fault, StoreError):
        fault = HTTPException(500, str(fault))
    elif not isinstance(fault, AnyHTTPException):
        _log.error("%s %s failed", request.method, request.scope["path"], exc_info=fault)
        fault = HTTPException(500, "something is wrong in the program; its log says more")
    try:
        told = request.app.exception_handlers[AnyHTTPException](request, fault)
        response: Response = await told if inspect.isawaitable(told) else told
    except Exception:
        _log.exception("the page of a fault failed")
        response = PlainTextResponse(str(fault.detail), fault.status_code)
    response.headers.update(fault.headers or {})
    return response


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").lower()
