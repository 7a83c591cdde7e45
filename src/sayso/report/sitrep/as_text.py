"""A report by a template: Markdown or HTML, the shipped one or a user's own.

A template may come from a colleague, so it runs in Jinja's sandbox and sees nothing but the report; in HTML every
word is escaped unless the template says otherwise. What is wrong with one is told with its file and line.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    DictLoader,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from sayso.errors import ConfigError
from sayso.report.sitrep.pictures import Shown
from sayso.report.sitrep.record import Report, brackets

FORMS = ("md", "html")


@dataclass(frozen=True, slots=True)
class Described:
    """A picture as a template sees it: it can be shown, not drawn into files."""

    name: str  # map, timeline
    title: str
    alt: str


def shipped(form: str) -> str:
    """The template that sayso comes with."""
    return (files("sayso.report.sitrep") / "templates" / f"report.{form}.j2").read_text("utf-8")


def as_text(
    report: Report, form: str, shown: Sequence[Shown], links: Mapping[str, str], template: Path | None = None
) -> str:
    """The report as Markdown or HTML; `links` are the files of the pictures that stand beside a Markdown file.

    ConfigError where a user's template cannot be read, or is broken.
    """
    made = _template(form, template, {one.name: one for one in shown})
    pictures = [Described(one.name, one.title, one.alt) for one in shown]
    try:
        return made.render(report=report, pictures=pictures, links=links)
    except Exception as fault:  # whatever a user's template may do
        if template is None:
            raise
        raise _broken(template, form, fault) from fault


def _template(form: str, own: Path | None, drawn: Mapping[str, Shown]) -> Template:
    environment = ImmutableSandboxedEnvironment(
        loader=_loader(form, own), autoescape=form == "html", undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    environment.filters.update(plain=plain, brackets=brackets, inline=partial(_inline, drawn))
    try:
        return environment.get_template(f"report.{form}.j2")
    except TemplateError as fault:
        if own is None:
            raise
        raise _broken(own, form, fault) from fault


def _loader(form: str, own: Path | None) -> BaseLoader:
    """A user's folder may hold other templates to include; of a file its neighbours are none of its business."""
    name, ours = f"report.{form}.j2", DictLoader({f"shipped.{each}.j2": shipped(each) for each in FORMS})
    if own is None:
        return DictLoader({name: shipped(form)})
    if own.is_dir():
        return ChoiceLoader([FileSystemLoader(own), ours])
    try:
        return ChoiceLoader([DictLoader({name: own.read_text("utf-8")}), ours])
    except (OSError, UnicodeDecodeError) as cause:
        why = cause.strerror if isinstance(cause, OSError) else "it is not text in UTF-8"
        raise ConfigError(f"cannot be read: {why}", about=str(own), way_out=_way_out(form)) from cause


def _way_out(form: str) -> str:
    return f"`sayso report --print-template {form}` prints one that works"


def _broken(own: Path, form: str, fault: Exception) -> ConfigError:
    """One error for all that can be wrong with a template: which file, which line, what."""
    if isinstance(fault, TemplateNotFound):
        return ConfigError(f"no template {fault.name} in it", about=str(own), way_out=_way_out(form))
    name, number = _where(fault)
    file = own / name if own.is_dir() and name else own
    what = str(fault) or type(fault).__name__
    about = f"{file}:{number}" if number else str(file)
    return ConfigError(f"is broken: {what}", about=about, way_out=_way_out(form))


def _where(fault: Exception) -> tuple[str, int | None]:
    """The template and line: of what cannot be compiled its own, else the last line of a template that ran."""
    if isinstance(fault, TemplateSyntaxError):
        return fault.name or "", fault.lineno
    ran = [step for step in traceback.extract_tb(fault.__traceback__) if _is_template(step.filename)]
    return (Path(ran[-1].filename).name.strip("<>"), ran[-1].lineno) if ran else ("", None)


def _is_template(filename: str) -> bool:
    return filename == "<template>" or filename.endswith(".j2")


# --------------------------------------------------------------------------- filters


def plain(words: str) -> str:
    """Words with nothing left in them that Markdown or HTML would read as mark-up."""
    return re.sub(r"([\\`*_\[\]<>#|&~])", r"\\\1", re.sub(r"\s+", " ", str(words)))


def _inline(drawn: Mapping[str, Shown], each: Any) -> Markup:
    """A picture as SVG inside a page."""
    if not isinstance(each, Described):
        raise TypeError("“inline” is for the pictures of the report")
    return Markup(drawn[each.name].svg)  # drawn by us, its words escaped by who draws it
