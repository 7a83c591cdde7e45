"""The description of the API in OpenAPI 3.1, made from the routes themselves, so that it stays true."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from sayso import __version__
from sayso.listing import EventEntry, IncidentEntry
from sayso.record_schema import schema as analysis_schema
from sayso.serve.rest.negotiating import MEDIA, Form
from sayso.serve.rest.problems import KINDS, Problem
from sayso.serve.rest.problems import MEDIA as PROBLEM
from sayso.serve.rest.shapes import Features, ListOf
from sayso.serve.rest.words import WORDS
from sayso.serve.signing import HEADER

Json = dict[str, Any]
Answers = dict[int, Json]  # by status
ANALYSIS = "AnalysisRecord"
_REF = "#/components/schemas/"
_ALWAYS = (400, 401, 403, 404, 406, 413, 414, 421, 422, 429, 431, 503)
_WRITING = (400, 401, 403, 404, 409, 413, 414, 421, 422, 429, 431, 500, 503)
_ABOUT = """Every event in the news, and on whose say-so: the records of one archive.

Lists come a page at a time: `next` of an answer, and its header `Link`, lead to the next page. Every answer has an
`ETag`; sent back as `If-None-Match` it brings `304 Not Modified` while nothing was written to the archive. Offsets are
characters of the article's text, half-open, counted from 0. Absent is `null`, never a guess. A parameter that a list
does not know is refused.

Where the desk has accounts, send `Authorization: Bearer TOKEN`, with a token that `sayso account add NAME --token`
gave, or the cookie of somebody who logged in at `/login`. Where it has none, nobody signs in. Without a token whatever
writes needs the header `X-CSRF` with the value that `GET /csrf` gives, and the cookie that comes with it."""
_EXTRA = (Problem, Features[IncidentEntry], Features[EventEntry])
_FEATURES = {IncidentEntry: Features[IncidentEntry], EventEntry: Features[EventEntry]}
_TEXT = {Form.CSV: "A line a record under the names of its fields.", Form.RSS: "RSS 2.0."}
_ETAG = {"schema": {"type": "string"}, "required": True, "description": "Changes when the archive is written to."}
_SCHEME = {"schema": {"type": "string"}, "required": True, "description": "Bearer: a token is needed."}
_WAIT = {"schema": {"type": "integer", "minimum": 0}, "description": "Seconds to wait."}
_TOLD_WITH = {401: {"WWW-Authenticate": _SCHEME}, 429: {"Retry-After": {**_WAIT, "required": True}},
              503: {"Retry-After": _WAIT}}  # headers of problems  # fmt: skip
_LINK = {"schema": {"type": "string"}, "description": 'The next page, `<...>; rel="next"`; none on the last.'}


# --------------------------------------------------------------------------- what a route says of itself


def list_of(kind: Any, *forms: Form) -> Json:
    """A list of records, as JSON and in these forms."""
    content = {MEDIA[form]: {"schema": _form(kind, form)} for form in forms}
    answer = {"description": "A page of the list.", "headers": {"ETag": _ETAG, "Link": _LINK}, "content": content}
    return {"response_model": ListOf[kind], "responses": {200: answer, **_unchanged(), **_problems(_ALWAYS)}}


def one_of(kind: Any) -> Json:
    """One record as JSON."""
    answer: Json = {"description": "The record.", "headers": {"ETag": _ETAG}}
    given: Json = {"responses": {200: answer, **_unchanged(), **_problems(_ALWAYS)}}
    if kind == ANALYSIS:
        answer["content"] = {MEDIA[Form.JSON]: {"schema": {"$ref": _REF + ANALYSIS}}}
        return given
    return {"response_model": kind, **given}


def written(kind: Any, status: int, *next: str) -> Json:
    """What was written; `next` names the operations that take the id in the answer."""
    place = {"Location": {"schema": {"type": "string"}, "required": True, "description": "Where it can be read."}}
    answer: Json = {"description": "What was kept.", "headers": place if status in (201, 202) else {}}
    if next:
        answer["links"] = {name: _by_id(name) for name in next}
    return {"response_model": kind, "responses": {status: answer, **_problems(_WRITING)}}


def _by_id(operation: str) -> Json:
    """What can be asked next, of the id in the answer."""
    return {"operationId": operation, "parameters": {"id": "$response.body#/id"}}


def _form(kind: Any, form: Form) -> Json:
    if form is Form.GEOJSON:
        return {"$ref": _REF + _name(_FEATURES[kind])}
    return {"type": "string", "description": _TEXT[form]}


def _unchanged() -> Answers:
    return {304: {"description": "Nothing was written since the answer with this ETag.", "headers": {"ETag": _ETAG}}}


def _problems(statuses: tuple[int, ...]) -> Answers:
    content = {PROBLEM: {"schema": {"$ref": _REF + "Problem"}}}
    return {
        status: {"description": KINDS[status][1], "headers": _TOLD_WITH.get(status, {}), "content": content}
        for status in statuses
    }


# --------------------------------------------------------------------------- all of it


def describe(app: FastAPI) -> Json:
    """The whole description."""
    made = get_openapi(title="sayso", version=__version__, description=_ABOUT, routes=app.routes)
    schemas = made["components"]["schemas"]
    schemas.update(_extra())
    analysis = analysis_schema()
    schemas[ANALYSIS] = {key: value for key, value in analysis.items() if not key.startswith("$")}
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for name, schema in schemas.items():
        if name != ANALYSIS:
            _word(name, schema)
    for method, operation in _operations(made):
        _complete(method, operation, schemas)
    made["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "Of `sayso account add NAME --token`."},
        "session": {"type": "apiKey", "in": "cookie", "name": "sayso", "description": "Given by /login and /csrf."},
        "csrf": {"type": "apiKey", "in": "header", "name": HEADER.upper(), "description": "Given by GET /csrf."},
    }
    return made


def at_desk(description: Json, cookie: str) -> Json:
    """The description with the name that the cookie has where somebody asks: it differs by port and encryption."""
    components = description["components"]
    schemes = components["securitySchemes"]
    named = schemes | {"session": schemes["session"] | {"name": cookie}}
    return description | {"components": components | {"securitySchemes": named}}


def _operations(made: Json) -> Iterator[tuple[str, Json]]:
    for path in made["paths"].values():
        yield from path.items()


def _complete(method: str, operation: Json, schemas: Json) -> None:
    """Who may ask, If-None-Match, and parameters without what no address can say."""
    reads: list[dict[str, list[str]]] = [{}, {"token": []}, {"session": []}]
    operation["security"] = reads if method == "get" else [{"token": []}, {"session": [], "csrf": []}]
    operation["operationId"] = re.sub(r"_api_v1.*", "", operation["operationId"]) + f"_{method}"
    for parameter in operation.get("parameters", ()):
        _plain(parameter["schema"], schemas)
        parameter.pop("example", None)
    if method == "get":
        operation.setdefault("parameters", []).append(
            {
                "name": "If-None-Match",
                "in": "header",
                "required": False,
                "description": "ETags of answers that you have.",
                "schema": {"type": "string"},
            }
        )


def _plain(schema: Json, schemas: Json) -> None:
    """A parameter is there or not; it is never null. A closed vocabulary stands where it is used."""
    kinds = [one for one in schema.pop("anyOf", ()) if one != {"type": "null"}]
    if len(kinds) == 1:
        schema.update(kinds[0])
    elif kinds:
        schema["anyOf"] = kinds
    if of := schema.pop("$ref", None):
        schema.update({name: told for name, told in schemas[of.removeprefix(_REF)].items() if name != "description"})
    if schema.get("default", "") is None:
        del schema["default"]


def _extra() -> Json:
    _, made = models_json_schema([(one, "serialization") for one in _EXTRA], ref_template=_REF + "{model}")
    found: Json = made["$defs"]
    return found


def _name(model: Any) -> str:
    names, _ = models_json_schema([(model, "serialization")], ref_template="{model}")
    return str(next(iter(names.values()))["$ref"])


def _word(name: str, schema: Json) -> None:
    """Say what each field is, in words."""
    for field, told in schema.get("properties", {}).items():
        if "description" not in told and (words := WORDS.get(f"{name}.{field}") or WORDS.get(field)):
            told["description"] = words


def known_parameters(made: Mapping[str, Any]) -> dict[tuple[str, str], frozenset[str]]:
    """The names of the parameters in the address, by path and method."""
    return {
        (path, method.upper()): frozenset(
            one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"
        )
        for path, operations in made["paths"].items()
        for method, operation in operations.items()
    }
