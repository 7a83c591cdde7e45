"""Coming in and leaving, for people in browsers."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from sayso.serve.access import Way
from sayso.serve.audit import note
from sayso.serve.door import Door, address_of
from sayso.serve.looks import render

router = APIRouter()
_HERE = re.compile(
    r"/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,2000}"
)  # a path of this desk: no "//other.example", no control character
_NAME = 64  # characters of a name that count


@router.get("/login")
def ask(request: Request, next: str = "/") -> Response:
    """The form; who is in already goes on."""
    if request.state.access.way is not Way.NONE:
        return RedirectResponse(_here(next), 303)
    return render(request, "login.html", name="", next=_here(next), wrong="")


@router.post("/login")
def come_in(
    request: Request,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",
) -> Response:
    """Open a session for a name and its password; what is wrong is told without saying which of the two."""
    door: Door = request.app.state.door
    if not door.needs_login():
        return RedirectResponse(_here(next), 303)
    name, address = name.strip()[:_NAME], address_of(request)
    whose = f"{name} {address}"
    wait = max(door.coming_in.wait(address), door.failures.wait(whose, address), door.failures_of_name.wait(name))
    if wait:
        return _again(
            request, name, next, f"Too many attempts. Try again in {wait} s.", 429, {"Retry-After": str(wait)}
        )
    account = door.prove(name, password)
    if account is None:
        door.failures.add(whose, address)
        door.failures_of_name.add(name)
        note(request, "login failed", name=name)
        return _again(request, name, next, "No account has this name and password.", 403)
    door.failures.clear(whose)
    door.failures_of_name.clear(name)
    response = RedirectResponse(_here(next), 303)
    door.begin(request, response, account)
    note(request, "login", who=name)
    return response


@router.post("/logout")
def leave(request: Request) -> Response:
    """End the session: its cookie opens nothing any more, wherever it is."""
    door: Door = request.app.state.door
    response = RedirectResponse("/login" if door.needs_login() else "/", 303)
    door.leave(request, response)
    note(request, "logout")
    return response


@router.get("/csrf")
def signature(request: Request) -> Response:
    """What a script sends as the header X-CSRF, with its cookies, to change something."""
    return JSONResponse({"csrf": request.state.csrf})


def _again(
    request: Request, name: str, next: str, wrong: str, status: int, headers: dict[str, str] | None = None
) -> Response:
    response = render(request, "login.html", status, name=name, next=_here(next), wrong=wrong)
    response.headers.update(headers or {})
    return response


def _here(next: str) -> str:
    """Where to go on: a path of this desk, whatever an address says."""
    return next if _HERE.fullmatch(next) else "/"
