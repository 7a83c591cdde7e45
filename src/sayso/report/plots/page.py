"""A sheet to draw on, by matplotlib, and how it becomes a file. Lengths are points, 72 an inch, from below on the left.

Loaded by those who draw a picture only: matplotlib takes half a second to come.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sayso.errors import InputError
from sayso.report.plots.picture import Picture
from sayso.report.plots.words import clean

INK, GREY, FAINT = "#222222", "#666666", "#B5B5B5"
_WIDE = 8.0  # inches of every picture; more pixels make it finer, not emptier
Box = tuple[float, float, float, float]  # left, below, right, above


@contextmanager
def _our_settings() -> Iterator[None]:
    """matplotlib as it comes, whatever the user's own settings, and silent on letters that our font lacks."""
    with matplotlib.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        warnings.filterwarnings("ignore", message="Matplotlib currently does not support")
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(
            {
                "font.family": "sans-serif",
                "font.sans-serif": ["DejaVu Sans", "Verdana", "Noto Sans", "Arial", "sans-serif"],
                "text.parse_math": False,  # a name may hold a dollar
                "svg.hashsalt": "sayso",  # the same picture is the same file
                "svg.fonttype": "none",  # text stays text: to search, to edit, and in scripts that our font lacks
                "axes.unicode_minus": False,
            }
        )
        yield


@dataclass(slots=True)
class Page:
    """One picture, and where on it words stand already."""

    figure: Figure
    sheet: Axes  # all of it, in points
    width: float
    height: float
    taken: list[Box] = field(default_factory=list)

    def box(self, left: float, below: float, width: float, height: float, plain: bool = False) -> Axes:
        """Axes on a part of the sheet; `plain` ones without frame, in points as well."""
        axes = self.figure.add_axes((left / self.width, below / self.height, width / self.width, height / self.height))
        if plain:
            axes.set_axis_off()
            axes.set_xlim(0, width)
            axes.set_ylim(0, height)
        return axes

    def words(self, x: float, y: float, words: str, size: float = 8.0, **style: Any) -> float:
        """Words on the sheet, from their base line; where they end."""
        given = {"color": INK, "va": "baseline", **style}
        return self.extent(self.sheet.text(x, y, clean(words), fontsize=size, **given))[2]

    def folded(self, x: float, y: float, words: str, size: float, **style: Any) -> float:
        """Words over as many lines as they need; the base line below them."""
        line = ""
        for word in clean(words).split():
            longer = f"{line} {word}".strip()
            if line and self.measure(longer, size) > 0.96 * self.width - 2 * x:  # fonts differ by a little
                self.words(x, y, line, size, **style)
                line, y = word, y - 1.45 * size
            else:
                line = longer
        self.words(x, y, line, size, **style)
        return y - 1.45 * size

    def measure(self, words: str, size: float, **style: Any) -> float:
        """How wide words come out."""
        drawn = self.sheet.text(0, 0, words, fontsize=size, **style)
        box = self.extent(drawn)
        drawn.remove()
        return box[2] - box[0]

    def extent(self, drawn: Any) -> Box:
        """The box that something drawn takes on the sheet."""
        canvas: Any = self.figure.canvas
        box = drawn.get_window_extent(canvas.get_renderer())
        unit = 72.0 / self.figure.dpi
        return (box.x0 * unit, box.y0 * unit, box.x1 * unit, box.y1 * unit)

    def sign(self, x: float, y: float, marker: str, radius: float, colour: str, hollow: bool = False) -> None:
        """One marker on the sheet, as a legend shows it."""
        self.sheet.add_line(marker_at(x, y, marker, radius, colour, hollow))

    def free(self, box: Box, within: Box) -> bool:
        """Whether a box lies within another and touches nothing that is taken."""
        inside = within[0] <= box[0] and within[1] <= box[1] and box[2] <= within[2] and box[3] <= within[3]
        return inside and not any(touch(box, other) for other in self.taken)


def touch(one: Box, two: Box) -> bool:
    """Whether two boxes overlap."""
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


_REACH = {"^": 1.12, "v": 1.12, "s": 0.9, "D": 0.86, "*": 1.35}  # so that all shapes look equally large


def marker_at(x: float, y: float, marker: str, radius: float, colour: str, hollow: bool = False) -> Line2D:
    """A marker of a radius in points; hollow ones keep what lies below them in sight."""
    return Line2D(
        [x], [y], linestyle="none", marker=marker,
        markersize=2 * radius * _REACH.get(marker, 1.0),
        markerfacecolor=("white", 0.55) if hollow else colour,
        markeredgecolor=colour if hollow else "white",
        markeredgewidth=1.3 if hollow else 0.6,
        clip_on=False,
    )  # fmt: skip


@contextmanager
def page(picture: Picture, title: str, subtitle: str) -> Iterator[tuple[Page, float]]:
    """A sheet with its head, and the height below it that is free; written to a file when all is drawn."""
    size = picture.size
    with _our_settings():
        tall = _WIDE * size.height / size.width
        figure = Figure(figsize=(_WIDE, tall), dpi=size.width / _WIDE, facecolor="white")
        FigureCanvasAgg(figure)
        width, height = _WIDE * 72, tall * 72
        sheet = figure.add_axes((0, 0, 1, 1))
        sheet.set_axis_off()
        sheet.set_zorder(5)  # words stand on whatever is drawn
        sheet.set_xlim(0, width)
        sheet.set_ylim(0, height)
        made = Page(figure, sheet, width, height)
        below = made.folded(18, height - 25, title, 13, fontweight="bold") + 4
        below = made.folded(18, below, subtitle, 8.5, color=GREY) if subtitle else below
        yield made, below
        _write(figure, picture, clean(title))


def _write(figure: Figure, picture: Picture, title: str) -> None:
    about = {"Date": None, "Creator": "sayso", "Title": title} if picture.form == "svg" else {"Software": "sayso"}
    try:
        figure.savefig(picture.path, format=picture.form, metadata=about)
    except OSError as cause:
        raise InputError(
            f"cannot be written: {cause.strerror}",
            about=str(picture.path),
            way_out="name a file in a folder that takes it",
        ) from cause
