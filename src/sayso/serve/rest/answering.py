"""How every question is answered: the form that is liked, an ETag, 304 where nothing changed, else the work.

An answer holds as long as the archive, the address, the form and sayso stay the same, so its ETag is made of these
and tells before any work is done whether the asker has it already.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from hashlib import blake2b
from typing import Any, TypeVar

from fastapi import Request
from fastapi.responses import Response

from sayso import __version__
from sayso.errors import InputError
from sayso.listing import Page
from sayso.serve.rest.asking import Alone, Paged
from sayso.serve.rest.negotiating import MEDIA, Form, choose
from sayso.serve.rest.writing import WRITERS, Written, to_json
from sayso.serve.shelf import Missing, Shelf
from sayso.store import Catalogue

Entry = TypeVar("Entry")
PREFIX = "/api/v1"


def shelf_of(request: Request) -> Shelf:
    shelf: Shelf = request.app.state.shelf
    return shelf


def answer_one(request: Request, asked: Alone, make: Callable[[Shelf], object], also: object = None) -> Response:
    """One record, as JSON; `also` is what the answer depends on beside the archive."""
    return _answer(request, asked.format, (Form.JSON,), lambda _: to_json(make(shelf_of(request))), also=also)


def answer_text(request: Request, asked: Alone, make: Callable[[Shelf], str]) -> Response:
    """One record that is JSON already."""
    return _answer(request, asked.format, (Form.JSON,), lambda _: make(shelf_of(request)))


def answer_list(
    request: Request,
    asked: Paged,
    kind: type,
    make: Callable[[Catalogue], Page[Any]],
    forms: Sequence[Form] = (Form.JSON, Form.CSV),
    also: object = None,
) -> Response:
    """A page of a list; the header Link leads to the next. `also` is what it depends on beside the archive."""
    links: dict[str, str] = {}

    def work(form: Form) -> str:
        with shelf_of(request).lists() as lists:
            page = _page(make, lists)
        next = str(request.url.include_query_params(after=page.after)) if page.after else None
        base = f"{request.url.scheme}://{request.url.netloc}"
        next = next.removeprefix(base) if next else None
        if next:
            links["Link"] = f'<{next}>; rel="next"'
        return WRITERS[form](Written(page.entries, kind, next, page.total, base))

    return _answer(request, getattr(asked, "format", None), forms, work, links, also)


def slice_of(entries: Sequence[Entry], asked: Paged) -> Page[Entry]:
    """A page of a short list that only grows at its end."""
    after = asked.after or "0"
    if not after.isascii() or not after.isdigit() or len(after) > 9:
        raise Missing("is no page of this list", about=after, way_out="begin again without `after`")
    begin = int(after)
    end = begin + asked.limit
    return Page(entries[begin:end], str(end) if end < len(entries) else None, len(entries))


def kept(request: Request, key: Hashable, make: Callable[[], Entry]) -> Entry:
    """What `make` gives, kept for the next who asks while nothing is written."""
    return shelf_of(request).keep(("rest", key), make)


def _page(make: Callable[[Catalogue], Page[Any]], lists: Catalogue) -> Page[Any]:
    """A cursor that is none of a list leads to no page of it."""
    try:
        return make(lists)
    except InputError as fault:
        raise Missing(str(fault)) from fault


def _answer(
    request: Request,
    asked: str | None,
    forms: Sequence[Form],
    work: Callable[[Form], str],
    links: dict[str, str] | None = None,
    also: object = None,
) -> Response:
    form = choose(asked, request.headers.get("accept", ""), forms)
    tag = _tag(request, form, also)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept"}
    if tag in _held(request):
        return Response(None, 304, headers)
    body = work(form)
    return Response(body.encode(), 200, headers | (links or {}), MEDIA[form])


def _tag(request: Request, form: Form, also: object) -> str:
    shelf = shelf_of(request)
    told = (shelf.version(), shelf.project.config.db, request.url.path, request.url.query, form, __version__, also)
    return f'W/"{blake2b(repr(told).encode("utf-8", "replace"), digest_size=12).hexdigest()}"'


def _held(request: Request) -> frozenset[str]:
    """The ETags that the asker has answers of."""
    return frozenset(part.strip() for part in request.headers.get("if-none-match", "").split(","))
