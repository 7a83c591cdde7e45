"""How pages are made: the templates, what every page knows, and the words that several pages share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from sayso import __version__
from sayso.errors import InputError
from sayso.listing import HIT_BEGINS, HIT_ENDS
from sayso.model import EventType
from sayso.report.archive import bounds, days
from sayso.report.hostile import steady
from sayso.report.plots.groups import group_of
from sayso.report.plots.wording import country_name
from sayso.text import plural

STATIC = Path(__file__).parent / "static"
Address = Callable[..., str]  # parameters of a page, to an address
_CLIP = 220  # characters of a sentence in a list
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"  # that combine with letters of any script
_HEAPED = re.compile(f"([{_MARKS}]{{4}})[{_MARKS}]+")


def render(request: Request, template: str, status: int = 200, **known: Any) -> HTMLResponse:
    """A page from a template of `templates/`; every page knows who asks, where it is, and how forms are signed."""
    made = _PAGES.get_template(template).render(
        request=request,
        path=request.url.path,
        access=request.state.access,
        csrf=request.state.csrf,
        version=__version__,
        **known,
    )
    return HTMLResponse(made, status)


def address(path: str, values: Mapping[str, Any]) -> str:
    """A path with the parameters that are given, in order."""
    given = {name: value for name, value in values.items() if value not in (None, "", False)}
    return f"{path}?{urlencode(given)}" if given else path


def path(id: str) -> str:
    """An id as one step of a path: those of articles are as their outlets gave them, an address even."""
    return quote(id, safe="")


def clip(text: str, most: int = _CLIP) -> str:
    """Words up to a length, cut between words, which do not turn what follows; of marks on one letter the first few."""
    text = _HEAPED.sub(r"\1", " ".join(text[: 4 * most].split()))
    if len(text) > most:
        text = text[: text.rfind(" ", 0, most) if " " in text[:most] else most] + " …"
    return steady(text)


def sign(type: str) -> Markup:
    """A type of event as a coloured sign that differs in shape too, with its name for those who hear the page."""
    group = group_of(EventType(type))
    return Markup('<span class="sign g-{}" title="{}">{}</span>').format(
        group.letter.lower(), f"{type.lower()}: {group.name}", group.sign
    )


def hits(snippet: str) -> Markup:
    """A snippet of a search with its hits marked."""
    held = str(escape(snippet))
    begin, end = re.escape(HIT_BEGINS), re.escape(HIT_ENDS)
    return Markup(
        re.sub(f"{begin}([^{begin}{end}]*){end}", r"<mark>\1</mark>", held).translate({0xE000: "", 0xE001: ""})
    )


def iso_day(given: str) -> str | None:
    """A day that somebody asks for, checked; None for none."""
    try:
        return date.fromisoformat(given).isoformat() if given else None
    except ValueError as cause:
        raise InputError("is not a date", about=given, way_out="write YYYY-MM-DD") from cause


def asks_for_all(request: Request) -> bool:
    """Whether a form was sent whose days were left empty: no days, and not the days shown unasked."""
    return request.query_params.get("since") == "" and not request.query_params.get("until")


_PAGES = Environment(
    loader=PackageLoader("sayso.serve", "templates"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    extensions=["jinja2.ext.do"],
)
_PAGES.globals.update(address=address, plural=plural, sign=sign, days=days, bounds=bounds, country_name=country_name)
_PAGES.filters.update(clip=clip, hits=hits, path=path, steady=steady)
