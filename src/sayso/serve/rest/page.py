"""The API told to people: every address with its parameters and an example, made from its description."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from sayso.listing import Wanted
from sayso.serve.access import Role, may
from sayso.serve.looks import render
from sayso.serve.rest.problems import KINDS
from sayso.serve.shelf import Shelf

router = APIRouter(dependencies=[Depends(may(Role.READ))], include_in_schema=False)
_BODIES = {  # by the last step of the path
    "judgements": """'{"what": "INCIDENT", "verdict": "not-same", "others": ["INCIDENT"], "note": "two fires"}'""",
    "grades": """'{"of": "SOURCE", "grade": "B2", "note": "usually right"}'""",
    "articles": """'{"text": "Miners marched in Sardel on Monday.", "published": "2022-01-11"}'""",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter, ready to be shown."""

    name: str
    takes: str
    means: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked, ready to be shown."""

    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    forms: tuple[str, ...]
    example: str

    @property
    def anchor(self) -> str:
        return f"{self.method}-{self.path.strip('/').translate({ord(one): '-' for one in '/{}'})}"


@router.get("/api")
def documentation(request: Request) -> Response:
    """The API for people."""
    shelf: Shelf = request.app.state.shelf
    description = request.app.state.description
    ids = shelf.keep("api examples", lambda: _ids(shelf))
    base = f"{request.url.scheme}://{request.url.netloc}"
    return render(
        request,
        "api.html",
        about=description["info"]["description"].split("\n\n"),
        groups=_groups(description, base, ids),
        problems=KINDS,
        schemas=sorted(description["components"]["schemas"]),
    )


def _ids(shelf: Shelf) -> dict[str, str]:
    """An id of each kind that the archive has, for the examples."""
    with shelf.lists() as lists:
        incident = next((one.id for one in lists.incidents(Wanted(), limit=1).entries), None)
        found = {
            "incidents": incident,
            "articles": next(iter(lists.articles_of([incident])[incident]), None) if incident else None,
            "sources": next((one.name for one in lists.sources(limit=1).entries), None),
            "stories": next((one.id for one in lists.stories(1).entries), None),
            "judgements": None,
            "grades": next(iter(shelf.grades()), None),
        }
        if article := found["articles"]:
            found["origins"] = next((one.id for one in lists.origins_of([article])), None)
    return {kind: id or "ID" for kind, id in found.items()}


def _groups(description: Mapping[str, Any], base: str, ids: Mapping[str, str]) -> dict[str, list[Operation]]:
    found: dict[str, list[Operation]] = {}
    for path, operations in description["paths"].items():
        for method, told in operations.items():
            found.setdefault(told["tags"][0], []).append(_operation(method, path, told, base, ids))
    return found


def _operation(method: str, path: str, told: Mapping[str, Any], base: str, ids: Mapping[str, str]) -> Operation:
    answer = next(answer for status, answer in told["responses"].items() if status in ("200", "201", "202"))
    return Operation(
        method=method,
        path=path,
        summary=told["summary"],
        description=told.get("description", ""),
        parameters=tuple(_parameter(one) for one in told.get("parameters", ()) if one["in"] != "header"),
        forms=tuple(answer.get("content", ())),
        example=" ".join(_example(method, path, told, base, ids)),
    )


def _parameter(told: Mapping[str, Any]) -> Parameter:
    of = told["schema"]
    takes = ", ".join(of["enum"]) if "enum" in of else of.get("format", of.get("type", "text"))
    if "minimum" in of:
        takes += f", {of['minimum']:,} to {of['maximum']:,}"
    if told.get("required"):
        takes += " (required)"
    if "default" in of:
        takes += f"; {of['default']} unless given"
    return Parameter(told["name"], takes, told.get("description", ""))


def _example(method: str, path: str, told: Mapping[str, Any], base: str, ids: Mapping[str, str]) -> Iterator[str]:
    """The words of a command that works as it stands."""
    kind = path.split("/")[3] if path.count("/") > 2 else ""
    id = quote(ids.get(kind, "ID"), safe="")
    query = "&".join(
        f"{one['name']}={quote(str(examples[0]))}"
        for one in told.get("parameters", ())
        if one["in"] == "query" and (examples := one["schema"].get("examples"))
    )
    yield "curl"
    if method != "get":
        yield f"-X {method.upper()} -H 'Authorization: Bearer TOKEN'"
    if method == "post":
        body = _BODIES[kind].replace("INCIDENT", ids["incidents"][:8]).replace("SOURCE", ids["sources"])
        yield "-H 'Content-Type: application/json' -d " + body
    address = base + path.replace("{id}", id).replace("{name}", id).replace("{of}", id) + (f"?{query}" if query else "")
    yield f"'{address}'"
