"""What went wrong, told to a program: RFC 9457 problem details for everything below /api/."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from sayso.errors import ConfigError, InputError, SaysoError, StoreError
from sayso.serve.imports import Full
from sayso.serve.shelf import Missing

MEDIA = "application/problem+json"
# What each status means here: the name that its type ends with, and what to do.
KINDS: Mapping[int, tuple[str, str]] = {
    400: (
        "not-readable",
        "The body is not JSON (send it with Content-Type: application/json), or the Host header names nothing.",
    ),
    401: (
        "not-signed-in",
        "Send Authorization: Bearer TOKEN with a token of `sayso account add NAME --token`, or log in at /login.",
    ),
    403: (
        "not-allowed",
        "The account has not the role that this needs; or without a token the header X-CSRF of GET /csrf is missing.",
    ),
    404: ("not-found", "There is no such address, record, or page of a list."),
    405: ("method-not-allowed", "The header Allow names the methods that this address takes."),
    406: ("not-acceptable", "The record cannot be written as Accept asks; the detail names what there is."),
    409: ("conflict", "What was sent cannot be said of what the archive holds."),
    413: ("too-large", "Send it in parts."),
    414: ("address-too-long", "Shorten the address."),
    421: ("another-desk", "Call the desk by its own name; `sayso serve --allow-host NAME` gives it another."),
    422: ("not-valid", "A parameter or field is unknown or has a value it cannot have; see `errors`."),
    429: ("too-many-requests", "Wait as long as the header Retry-After says."),
    431: ("headers-too-large", "Send fewer or shorter headers."),
    500: ("fault", "sayso failed, and its log says where; or the audit log cannot be written. Nothing was changed."),
    503: ("busy", "The archive cannot be read or written now; try again."),
}


class Fault(BaseModel):
    """One thing that is wrong with a request."""

    where: str = Field(description="Which part of the request: query.limit, path.id, body.verdict.")
    message: str = Field(description="What is wrong with it.")


class Problem(BaseModel):
    """Why a request was not answered (RFC 9457)."""

    type: str = Field(description="Address of what this kind of problem means.", examples=["/api#not-found"])
    title: str = Field(description="The kind of problem in words.")
    status: int = Field(description="The status of the answer.", ge=400, le=599)
    detail: str = Field(description="What is wrong this time, and the way out.")
    instance: str = Field(description="The address that was asked for.")
    errors: list[Fault] = Field(default=[], description="Each fault of a request that is not valid.")


def is_api(request: Request) -> bool:
    """Whether a program asks, by the address."""
    return request.url.path.startswith("/api/")


@dataclass(frozen=True, slots=True)
class _Told:
    status: int
    detail: str
    headers: Mapping[str, str] | None = None
    errors: Sequence[Fault] = ()


def tell(request: Request, fault: Exception) -> Response:
    """The problem details of what was raised; who asks by OPTIONS what an address takes is told just that."""
    told = _read(request, fault)
    if told.status == 405 and request.method == "OPTIONS":
        return Response(None, 204, told.headers)
    kind, _ = KINDS.get(told.status, ("fault", ""))
    problem = Problem(
        type=f"/api#{kind}",
        title=HTTPStatus(told.status).phrase,
        status=told.status,
        detail=told.detail,
        instance=request.url.path,
        errors=list(told.errors),
    )
    headers = {"Cache-Control": "no-store", **(told.headers or {})}
    return JSONResponse(problem.model_dump(), told.status, headers, MEDIA)


def _read(request: Request, fault: Exception) -> _Told:
    if isinstance(fault, RequestValidationError):
        return _not_valid(fault)
    if isinstance(fault, HTTPException):
        headers = dict(fault.headers or {})
        if fault.status_code == 405:
            headers["Allow"] = ", ".join(sorted({"GET", "HEAD", "OPTIONS", *_methods(request)}))
        return _Told(fault.status_code, str(fault.detail), headers)
    if isinstance(fault, SaysoError):
        waits = isinstance(fault, (StoreError, Full))
        return _Told(_status(fault), str(fault), {"Retry-After": "30"} if waits else None)
    return _Told(500, "sayso failed; its log says where")


def _status(fault: SaysoError) -> int:
    kinds: tuple[tuple[type[SaysoError], int], ...] = (
        (Missing, 404), (InputError, 409), (ConfigError, 409), (StoreError, 503), (Full, 429)
    )  # fmt: skip
    return next((status for kind, status in kinds if isinstance(fault, kind)), 500)


def _not_valid(fault: RequestValidationError) -> _Told:
    if any(error.get("type") == "json_invalid" for error in fault.errors()):
        return _Told(400, "the body is not JSON")
    errors = [Fault(where=".".join(map(str, error["loc"])), message=_message(error)) for error in fault.errors()]
    return _Told(422, "; ".join(f"{one.where}: {one.message}" for one in errors[:5])[:1000], None, errors)


def _message(error: Mapping[str, Any]) -> str:
    return str(error["msg"]).removeprefix("Value error, ")


def _methods(request: Request) -> Iterator[str]:
    """The methods that an address takes."""
    for path, operations in request.app.state.description["paths"].items():
        if re.fullmatch(re.sub(r"{\w+}", ".+", path), request.url.path):
            yield from (method.upper() for method in operations)
