"""A report as PDF: A4, with an outline, page numbers, and references that lead to the list of articles.

The letters are DejaVu's, which come with matplotlib: Latin, Cyrillic, Greek, Armenian, Georgian, Hebrew and Arabic. Of
scripts that it lacks (Chinese, Devanagari) a box stands for each letter. Arabic letters stand unjoined.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from sayso.report.sitrep.pictures import Shown
from sayso.report.sitrep.record import Cited, Item, Kind, Line, Part, Report

logging.getLogger("fpdf").setLevel(logging.ERROR)  # it names every letter that a font lacks
logging.getLogger("fontTools").setLevel(logging.ERROR)

_SERIF, _SANS, _MONO = "serif", "sans", "mono"
_FONTS = (
    (_SERIF, "", "DejaVuSerif"), (_SERIF, "B", "DejaVuSerif-Bold"), (_SANS, "", "DejaVuSans"),
    (_SANS, "B", "DejaVuSans-Bold"), (_MONO, "", "DejaVuSansMono"),
)  # fmt: skip
_INK, _SOFT, _RULE, _LINK, _TOLL = (27, 35, 48), (86, 97, 113), (213, 218, 225), (31, 78, 134), (138, 28, 20)
_EDGE, _COLUMN = 22.0, 27.0  # millimetres: margins, and the column of days and names
_LEADING = 1.5  # of a line, in sizes of its letters
_POINT = 25.4 / 72  # millimetres


@dataclass(frozen=True, slots=True)
class _Style:
    font: str
    bold: str
    size: float  # of that of the line
    colour: tuple[int, int, int] | None = None  # None: that of the line


_STYLES = {
    Kind.PLAIN: _Style(_SERIF, "", 1.0),
    Kind.QUOTE: _Style(_SERIF, "", 1.0),
    Kind.HEAD: _Style(_SANS, "B", 0.95),
    Kind.TOLL: _Style(_SERIF, "B", 1.0, _TOLL),
    Kind.ID: _Style(_MONO, "", 0.75, _SOFT),
    Kind.REFS: _Style(_SANS, "", 0.75, _LINK),
}


def as_pdf(report: Report, shown: Sequence[Shown]) -> bytes:
    """The report as a PDF file."""
    pdf = _Pages(report)
    pdf.write_head()
    for picture in shown:
        pdf.write_picture(picture)
    for section in report.sections:
        pdf.write_title(section.title)
        for group in section.groups:
            pdf.write_day(group.day)
            for item in group.items:
                pdf.write_item(item, _COLUMN if group.day else 0.0)
    pdf.write_title("Articles cited")
    for article in report.articles:
        pdf.write_article(article)
    return bytes(pdf.output())


class _Pages(FPDF):
    """The sheet as it is written, from above; lengths are millimetres, sizes of letters points."""

    def __init__(self, report: Report) -> None:
        super().__init__(format="A4")
        self._report = report
        folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
        for family, style, file in _FONTS:
            self.add_font(family, style, folder / f"{file}.ttf")
        self.set_fallback_fonts([_SANS], exact_match=False)
        self.set_margins(_EDGE, _EDGE, _EDGE)
        self.set_auto_page_break(True, 24)
        self.set_title(report.title)
        self.set_creator("sayso")
        self.set_lang("en")
        self.set_page_background(None)
        self.add_page()
        self._links = {article.number: self.add_link() for article in report.articles}

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font(_SANS, "", 7)
        self.set_text_color(*_SOFT)
        title = self._report.title
        self.cell(self.epw * 0.8, 5, title if len(title) <= 90 else title[:89] + "…")
        self.cell(self.epw * 0.2, 5, f"{self.page_no()} / {{nb}}", align="R")

    # ------------------------------------------------------------- parts of the report

    def write_head(self) -> None:
        """Title and the lines that answer first."""
        self.set_font(_SANS, "B", 19)
        self.set_text_color(*_INK)
        self.start_section(self._report.title, level=0)
        self.multi_cell(0, 9, self._report.title, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(3)
        self._rule(_INK, 0.5)
        self.ln(3.5)
        for fact in self._report.facts:
            self._margin_words(fact.name)
            self._flow([fact.line], 9.5, _INK, _COLUMN)
            self.ln(1.2)
        self.ln(1.5)
        self._rule(_RULE, 0.2)
        self.ln(2)
        self.set_font(_SANS, "", 7.5)
        self.set_text_color(*_SOFT)
        self.cell(0, 5, "A number in brackets is an article, listed at the end.", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def write_picture(self, picture: Shown) -> None:
        """A picture over the whole width, on one page with its title."""
        shape = picture.shape
        height = self.epw * shape.height / shape.width
        self._keep(height + 12)
        self.ln(5)
        self.set_font(_SANS, "B", 8.5)
        self.set_text_color(*_SOFT)
        self.cell(0, 6, picture.title, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        drawn = io.BytesIO(picture.drawn("png"))
        self.image(drawn, w=self.epw, h=height, alt_text=picture.alt)
        self.set_draw_color(*_RULE)
        self.set_line_width(0.2)
        self.rect(self.l_margin, self.get_y() - height, self.epw, height)

    def write_title(self, title: str) -> None:
        """The heading of a section, also in the outline; never the last thing on a page."""
        self._keep(42)
        self.ln(8)
        self._rule(_INK, 0.5)
        self.ln(2.5)
        self.set_font(_SANS, "B", 12)
        self.set_text_color(*_INK)
        self.start_section(title, level=1)
        self.cell(0, 7, title, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(2)

    def write_day(self, day: str) -> None:
        """A day in the margin, above a thin line from the day before."""
        if not day:
            return
        self._keep(24)
        self._rule(_RULE, 0.2)
        self.ln(2)
        self._margin_words(day)

    def write_item(self, item: Item, indent: float) -> None:
        self._keep(18)
        self._flow([item.line], 9.5, _INK, indent)
        if item.more:
            self.ln(0.6)
            self._flow(item.more, 8.6, _SOFT, indent)
        for line in item.under:
            self.ln(0.6)
            self._keep(8)
            self._flow([line], 8.6, _SOFT, indent + 5)
        self.ln(2.4)

    def write_article(self, article: Cited) -> None:
        """One article of the list, where references to it lead."""
        self._keep(10)
        self.set_link(self._links[article.number], y=self.get_y(), page=self.page)
        self.set_font(_SANS, "", 7)
        self.set_text_color(*_SOFT)
        self.set_xy(self.l_margin, self.get_y())
        self.cell(8, 8.6 * _POINT * _LEADING, f"{article.number}.", align="R")
        words = f"{article.outlet}, {article.day}: {article.title} (origin: {article.origin}) "
        line = Line((Part(Kind.PLAIN, words), Part(Kind.ID, article.id)))
        self._flow([line], 8.6, _INK, 10)
        self.ln(0.8)

    # ------------------------------------------------------------- letters

    def _flow(self, lines: Sequence[Line], size: float, colour: tuple[int, int, int], indent: float) -> None:
        """Lines one after another as a paragraph, in styles and with links."""
        left = self.l_margin
        self.set_left_margin(left + indent)
        self.set_x(left + indent)
        for at, line in enumerate(lines):
            for part in (*((Part(Kind.PLAIN, " "),) if at else ()), *line.parts):
                self._part(part, size, colour)
        self.set_left_margin(left)
        self.ln(size * _POINT * _LEADING)

    def _part(self, part: Part, size: float, colour: tuple[int, int, int]) -> None:
        style = _STYLES[part.kind]
        self.set_font(style.font, style.bold, size * style.size)
        self.set_text_color(*(style.colour or colour))
        high = size * _POINT * _LEADING
        if part.kind is Kind.REFS:
            for run in part.runs:
                for at, number in enumerate(run):
                    self.write(high, f"{'–' if at else ''}[{number}]", self._links[number])
            return
        self.write(high, f"“{part.words}”" if part.kind is Kind.QUOTE else part.words)

    def _margin_words(self, words: str) -> None:
        """A name or a day in the column on the left; what follows begins beside it."""
        page, y = self.page, self.get_y()
        self.set_font(_SANS, "B", 7.6)
        self.set_text_color(*_SOFT)
        for at, row in enumerate(self.multi_cell(_COLUMN - 3, 4, words, dry_run=True, output="LINES")):
            self.text(self.l_margin, y + 3.7 + 3.8 * at, row)
        assert page == self.page
        self.set_xy(self.l_margin, y)

    def _rule(self, colour: tuple[int, int, int], wide: float) -> None:
        self.set_draw_color(*colour)
        self.set_line_width(wide)
        self.line(self.l_margin, self.get_y(), self.l_margin + self.epw, self.get_y())

    def _keep(self, height: float) -> None:
        """Begin a new page where so much of this one is not left."""
        if self.will_page_break(height):
            self.add_page()
