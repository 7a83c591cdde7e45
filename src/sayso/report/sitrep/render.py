"""A report in the form asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from sayso.errors import ConfigError, InputError
from sayso.report.sitrep import as_text
from sayso.report.sitrep.pictures import Shown, pictures
from sayso.report.sitrep.record import Report

FORMS: dict[str, str] = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # with the media type of each
_Writer = Callable[[Report, Sequence[Shown], Path | None], bytes]


def render(report: Report, form: str, template: Path | None = None, show: bool = True) -> bytes:
    """The report as a file of one of `FORMS`; with `show` its map and timeline are in it, which Markdown cannot hold.

    `template` is a user's own: a Jinja file or a folder with `report.md.j2` or `report.html.j2`, or a .docx file whose
    styles and head the document takes. ConfigError where it is broken, or the form has none.
    """
    shown = tuple(pictures(report)) if show else ()
    return _write(report, form, shown, {}, template)


def write(report: Report, form: str, path: Path, template: Path | None = None, show: bool = True) -> list[Path]:
    """Write the report to a file, with the pictures of Markdown beside it; the files, the report first."""
    shown = tuple(pictures(report)) if show else ()
    beside = {one.name: path.with_name(f"{path.stem}-{one.name}.svg") for one in shown if form == "md"}
    links = {name: file.name.replace(" ", "%20") for name, file in beside.items()}
    text = _write(report, form, shown, links, template)
    try:
        path.write_bytes(text)
    except OSError as cause:
        raise InputError(f"cannot be written: {cause.strerror}", about=str(path)) from cause
    for one in shown:
        if one.name in beside:
            one.write(beside[one.name])
    return [path, *beside.values()]


def _write(report: Report, form: str, shown: Sequence[Shown], links: Mapping[str, str], template: Path | None) -> bytes:
    if form not in FORMS:
        raise ConfigError(f"no such format {form!r}", about="--format", way_out=", ".join(FORMS))
    if form in as_text.FORMS:
        return as_text.as_text(report, form, shown, links, template).encode()
    return _DRAWN[form](report, shown, template)


def _pdf(report: Report, shown: Sequence[Shown], template: Path | None) -> bytes:
    from sayso.report.sitrep.as_pdf import as_pdf

    if template:
        raise ConfigError("PDF takes no template", about="--template", way_out="print --format html from a browser")
    return as_pdf(report, shown)


def _docx(report: Report, shown: Sequence[Shown], template: Path | None) -> bytes:
    from sayso.report.sitrep.as_docx import as_docx

    return as_docx(report, shown, template)


_DRAWN: dict[str, _Writer] = {"pdf": _pdf, "docx": _docx}
