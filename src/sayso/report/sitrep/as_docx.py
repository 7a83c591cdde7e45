"""A report as a text document (Office Open XML): headings, references that lead to bookmarks, pictures, properties."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Made
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from sayso.errors import ConfigError
from sayso.report.sitrep.pictures import Shown
from sayso.report.sitrep.record import Cited, Item, Kind, Line, Part, Report

_WAY_OUT = "save it from a text processor as .docx, or leave --template out"
_INK, _SOFT, _TOLL = RGBColor(27, 35, 48), RGBColor(86, 97, 113), RGBColor(138, 28, 20)
_LINK = "1F4E86"
_SERIF, _SANS = "Georgia", "Arial"
_STYLES = ("Title", "Heading 1", "Heading 2", "List Bullet", "List Bullet 2", "Normal")  # that a template needs


def as_docx(report: Report, shown: Sequence[Shown], template: Path | None = None) -> bytes:
    """The report as a .docx file; with a template in its styles, page and head, below what stands in it."""
    document = _opened(template) if template else _plain_document()
    _describe(document, report)
    document.add_paragraph(report.title, style="Title")
    for fact in report.facts:
        paragraph = document.add_paragraph()
        _hang(paragraph, 26)
        paragraph.add_run(f"{fact.name}\t").bold = True
        _fill(paragraph, fact.line)
    document.add_paragraph().add_run("A number in brackets is an article, listed at the end.").italic = True
    for number, picture in enumerate(shown, 1):
        _add_picture(document, picture, number)
    for section in report.sections:
        document.add_heading(section.title, 1)
        for group in section.groups:
            if group.day:
                document.add_heading(group.day, 2)
            for item in group.items:
                _add_item(document, item)
    document.add_heading("Articles cited", 1)
    for article in report.articles:
        _add_article(document, article)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


# --------------------------------------------------------------------------- the document


def _opened(template: Path) -> Made:
    """A user's document; ConfigError where it is none, or lacks a style that the report is set in."""
    try:
        document = Document(str(template))
    except (PackageNotFoundError, KeyError, ValueError, OSError) as cause:
        raise ConfigError("is no .docx file", about=str(template), way_out=_WAY_OUT) from cause
    except Exception as cause:  # a broken archive or broken XML, in the words of zipfile and lxml
        raise ConfigError(f"is broken: {cause}", about=str(template), way_out=_WAY_OUT) from cause
    missing = [name for name in _STYLES if name not in {style.name for style in document.styles}]
    if missing:
        raise ConfigError(f"lacks the style {missing[0]!r}", about=str(template), way_out=_WAY_OUT)
    return document


def _plain_document() -> Made:
    """A4 in a serif, headings in a sans, page numbers below."""
    document = Document()
    (page,) = document.sections
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(24)
    page.top_margin, page.bottom_margin = Mm(22), Mm(22)
    for name, font, size in (
        ("Normal", _SERIF, 10.5), ("Title", _SANS, 22), ("Heading 1", _SANS, 14), ("Heading 2", _SANS, 10),
    ):  # fmt: skip
        _set_style(document, name, font, size)
    document.styles["Heading 2"].font.color.rgb = _SOFT
    _set_spacing(document, "Normal", 0, 4)
    _set_spacing(document, "List Bullet", 0, 4)
    _set_spacing(document, "List Bullet 2", 0, 2)
    _set_spacing(document, "Heading 1", 20, 6)
    _set_spacing(document, "Heading 2", 10, 3)
    _number_pages(page.footer.paragraphs[0])
    return document


def _set_style(document: Made, name: str, font: str, size: float) -> None:
    style: Any = document.styles[name]
    style.font.name, style.font.size, style.font.color.rgb = font, Pt(size), _INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # they win over the name
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:hAnsi"), font)


def _set_spacing(document: Made, name: str, before: float, after: float) -> None:
    style: Any = document.styles[name]
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _number_pages(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for field in ("PAGE", " / ", "NUMPAGES"):
        if field.isupper():
            made = OxmlElement("w:fldSimple")
            made.set(qn("w:instr"), field)
            paragraph._p.append(made)
        else:
            paragraph.add_run(field)


def _describe(document: Made, report: Report) -> None:
    about, now = document.core_properties, datetime.now(UTC).replace(tzinfo=None)
    about.title, about.author, about.subject = report.title[:255], "sayso", "Situation report"
    about.created = about.modified = now
    about.language, about.comments, about.last_modified_by = "en", "", "sayso"


# --------------------------------------------------------------------------- paragraphs


def _add_item(document: Made, item: Item) -> None:
    paragraph = document.add_paragraph(style="List Bullet")
    _fill(paragraph, item.line)
    if item.more:
        paragraph.add_run().add_break()
    for at, line in enumerate(item.more):
        paragraph.add_run(" " if at else "")
        _fill(paragraph, line)
    for line in item.under:
        _fill(document.add_paragraph(style="List Bullet 2"), line)


def _fill(paragraph: Paragraph, line: Line) -> None:
    for part in line.parts:
        _add_part(paragraph, part)


def _add_part(paragraph: Paragraph, part: Part) -> None:
    if part.kind is Kind.REFS:
        for run in part.runs:
            for at, number in enumerate(run):
                _add_link(paragraph, f"{'–' if at else ''}[{number}]", _bookmark(number))
        return
    made = paragraph.add_run(f"“{part.words}”" if part.kind is Kind.QUOTE else part.words)
    made.bold = part.kind in (Kind.HEAD, Kind.TOLL) or None
    if part.kind is Kind.TOLL:
        made.font.color.rgb = _TOLL
    if part.kind is Kind.ID:
        made.font.size, made.font.color.rgb = Pt(7.5), _SOFT


def _bookmark(number: int) -> str:
    return f"article_{number}"


def _add_link(paragraph: Paragraph, words: str, bookmark: str) -> None:
    """A link to a place in the document."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark)
    run = paragraph.add_run(words)
    run.font.size, run.font.color.rgb = Pt(8), RGBColor.from_string(_LINK)
    link.append(run._r)
    paragraph._p.append(link)


def _add_article(document: Made, article: Cited) -> None:
    """An article with its number as text, so that it is the number that the report cites whatever an editor does."""
    paragraph = document.add_paragraph()
    _hang(paragraph, 10)
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(article.number))
    start.set(qn("w:name"), _bookmark(article.number))
    paragraph._p.append(start)
    paragraph.add_run(
        f"{article.number}.\t{article.outlet}, {article.day}: {article.title} (origin: {article.origin}) "
    )
    paragraph._p.append(end)
    _add_part(paragraph, Part(Kind.ID, article.id))


def _hang(paragraph: Paragraph, column: float) -> None:
    """First words in a column of so many millimetres, the rest beside it."""
    form = paragraph.paragraph_format
    form.left_indent, form.first_line_indent = Mm(column), Mm(-column)
    form.tab_stops.add_tab_stop(Mm(column))


def _add_picture(document: Made, picture: Shown, number: int) -> None:
    """A picture under its title, as wide as the text, with words for those who cannot see it."""
    document.add_heading(picture.title, 2)
    page = document.sections[-1]
    sides = [side or 0 for side in (page.page_width, page.left_margin, page.right_margin)]
    made = document.add_picture(io.BytesIO(picture.drawn("png")), width=Mm((sides[0] - sides[1] - sides[2]) / 36_000))
    about = made._inline.docPr
    about.set("descr", picture.alt)
    about.set("name", f"{picture.title} {number}")
