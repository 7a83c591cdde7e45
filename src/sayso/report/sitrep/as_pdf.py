"""A report as PDF: A4, with an outline, page numbers, and references that lead to the list of articles.

The letters are DejaVu's, which come with matplotlib: Latin, Cyrillic, Greek, Armenian, Georgian, Hebrew and Arabic. Of
scripts that it lacks (Chinese, Devanagari) a box stands for each letter.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import matplotlib
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from sayso.report.sitrep.letters import displayed, is_right, ordered
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
_ROW = "row"
_BOX = "□"


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


@dataclass(frozen=True, slots=True)
class _Piece:
    """Letters of one style; with a number a link to that article."""

    kind: Kind
    words: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class _Word:
    """What no line is broken in."""

    pieces: tuple[_Piece, ...]
    close: bool = False  # without a gap before it

    @property
    def right(self) -> bool:
        return any(is_right(piece.words) for piece in self.pieces)

    @property
    def neutral(self) -> bool:
        return not any(char.isalpha() for piece in self.pieces for char in piece.words)


def _words(lines: Sequence[Line], fit: Callable[[str], str]) -> Iterator[_Word]:
    """The words of lines, over the bounds of their parts: a bracket stays with the quotation in it."""
    for line in lines:
        held: list[_Piece] = []
        close = False
        for piece, ends in (found for part in line.parts for found in _pieces(part)):
            if piece:
                held.append(replace(piece, words=fit(piece.words)))
            if ends and held:
                yield _Word(tuple(held), close)
                held = []
                close = ends == _ROW
        if held:
            yield _Word(tuple(held), close)


def _pieces(part: Part) -> Iterator[tuple[_Piece | None, str]]:
    """The pieces of a part, each with what ends a word after it: a blank, a row of references that goes on, or ""."""
    for left, run in zip(reversed(range(len(part.runs))), part.runs, strict=True):
        for at, number in enumerate(run):
            more = _ROW if left and at == len(run) - 1 else ""
            yield _Piece(part.kind, f"{'–' if at else ''}[{number}]", number), more
    words = f"“{part.words}”" if part.kind is Kind.QUOTE else part.words
    *first, last = words.split(" ")
    for word in first:
        yield _Piece(part.kind, word) if word else None, " "
    if last:
        yield _Piece(part.kind, last), ""


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
        held: Any = [self.fonts[_SERIF], self.fonts[_SANS]]
        self._letters = {chr(code) for font in held for code in font.cmap}
        self.set_margins(_EDGE, _EDGE, _EDGE)
        self.set_auto_page_break(True, 24)
        self.set_title(report.title)
        self.set_creator("sayso")
        self.set_lang("en")
        self.c_margin = 0.0
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
        self._gap(5)
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
        self._gap(8)
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
        """Lines one after another as a paragraph, in styles and with links, broken between words alone."""
        high, right = size * _POINT * _LEADING, self.w - self.r_margin
        left = self.l_margin + indent
        row: list[_Word] = []
        at = left
        for word in _words(lines, self._fit):
            wide, blank = self._width(word, size), self._blank(word, size)
            if row and at + blank + wide > right:
                self._row(row, left, high, size, colour)
                row, at = [], left
            at += wide + (blank if row else 0.0)
            row.append(word)
        self._row(row, left, high, size, colour)

    def _row(self, row: Sequence[_Word], left: float, high: float, size: float, colour: tuple[int, int, int]) -> None:
        """One line of letters."""
        if self.will_page_break(high):
            self.add_page()
        self.set_x(left)
        order = ordered([word.right for word in row], [word.neutral for word in row])
        for at, place in enumerate(order):
            self.set_x(self.get_x() + (self._blank(row[place], size) if at else 0.0))
            for piece in row[place].pieces:
                self._put(piece, left, high, size, colour)
        self.set_xy(self.l_margin, self.get_y() + high)

    def _put(self, piece: _Piece, left: float, high: float, size: float, colour: tuple[int, int, int]) -> None:
        self._choose(piece.kind, size)
        self.set_text_color(*(_STYLES[piece.kind].colour or colour))
        link = self._links[piece.number] if piece.number else ""
        words, right = piece.words, self.w - self.r_margin
        while (wide := self.get_string_width(words)) > right - self.get_x() + 0.1 and len(words) > 1:
            fits = max(1, int(len(words) * (right - self.get_x()) / wide) - 1)  # a word longer than a line
            self.cell(None, high, displayed(words[:fits]), link=link)
            words = words[fits:]
            self.set_xy(left, self.get_y() + high)
        lower = 0.3 * size * (1 - _STYLES[piece.kind].size) * _POINT  # small letters stand on the same base line
        self.set_xy(self.get_x(), self.get_y() + lower)
        self.cell(None, high, displayed(words), link=link)
        self.set_xy(self.get_x(), self.get_y() - lower)

    def _fit(self, words: str) -> str:
        """A box for each letter that no font of ours has; an accent or a sign without width is left out."""
        if self._letters.issuperset(words):
            return words
        return "".join(
            char if char in self._letters else _BOX for char in words if char in self._letters or char.isprintable()
        )

    def _choose(self, kind: Kind, size: float) -> None:
        style = _STYLES[kind]
        self.set_font(style.font, style.bold, size * style.size)

    def _width(self, word: _Word, size: float) -> float:
        wide = 0.0
        for piece in word.pieces:
            self._choose(piece.kind, size)
            wide += float(self.get_string_width(piece.words))
        return wide

    def _blank(self, word: _Word, size: float) -> float:
        """The gap before a word; none before a reference that goes on a row of them."""
        return 0.0 if word.close else 0.3 * size * _POINT

    def _margin_words(self, words: str) -> None:
        """A name or a day in the column on the left; what follows begins beside it."""
        y = self.get_y()
        self.set_font(_SANS, "B", 7.6)
        self.set_text_color(*_SOFT)
        rows: Any = self.multi_cell(_COLUMN - 3, 4, words, dry_run=True, output="LINES")
        for at, row in enumerate(rows):
            self.text(self.l_margin, y + 3.7 + 3.8 * at, row)
        self.set_xy(self.l_margin, y)

    def _rule(self, colour: tuple[int, int, int], wide: float) -> None:
        self.set_draw_color(*colour)
        self.set_line_width(wide)
        self.line(self.l_margin, self.get_y(), self.l_margin + self.epw, self.get_y())

    def _gap(self, height: float) -> None:
        """Room above something, which needs none at the head of a page."""
        if self.get_y() > self.t_margin + 1:
            self.ln(height)

    def _keep(self, height: float) -> None:
        """Begin a new page where so much of this one is not left."""
        if self.will_page_break(height):
            self.add_page()
