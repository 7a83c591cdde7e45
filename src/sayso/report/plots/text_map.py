"""A map in characters: coasts and borders in dots, a sign at each place, names beside the worst."""

from __future__ import annotations

from collections import Counter

from sayso.report.plots.canvas import TALL, WIDE, Canvas, Line, plain_words, width_of
from sayso.report.plots.groups import BY_NAME, in_use, sign_of
from sayso.report.plots.marks import Mapped, Spot, spots
from sayso.report.plots.outline import CREDIT, outline
from sayso.report.plots.text import cut, folded, legend
from sayso.report.plots.view import fit
from sayso.report.plots.wording import map_notes, map_subtitle, map_title
from sayso.report.plots.words import harmed, shortened

_LABELS = 10


def text_map(mapped: Mapped, columns: int, rows: int, unicode: bool) -> list[Line]:
    """Lines of at most so many columns; `rows` of them are the map."""
    canvas = Canvas(columns, rows, unicode)
    world = outline()
    points = [(mark.lon, mark.lat) for mark in mapped.marks] + world.bounds(mapped.country or "")
    view = fit(points, columns * WIDE, rows * TALL)
    for shared in (False, True):
        for line in [] if shared and view.world else world.lines(view, shared):  # there borders would be a blot
            canvas.line((x, view.height - 1 - y) for x, y in line.tolist())
    drawn = []
    for spot in reversed(spots(mapped.marks)):  # the worst last, on top
        x, y = view.place(spot.lead.lon, spot.lead.lat)
        column, row = min(int(x // WIDE), columns - 1), min(int((view.height - 1 - y) // TALL), rows - 1)
        group = _group(spot)
        canvas.write(column, row, sign_of(BY_NAME[group], not spot.lead.exact, unicode), BY_NAME[group].colour)
        drawn.append((spot, column, row))
    for spot, column, row in list(reversed(drawn))[:_LABELS]:
        _label(canvas, spot, column, row)
    lines: list[Line] = [[(plain_words(map_title(mapped), unicode), "bold")]]
    lines += folded(map_subtitle(mapped), columns, unicode, "dim")
    lines += canvas.lines()
    rough = ["hollow" if unicode else "small letter"] if not all(mark.exact for mark in mapped.marks) else []
    notes = [f"A {word} sign: only the province or country is known, drawn at its centre." for word in rough]
    lines += legend(in_use(_group(spot) for spot in spots(mapped.marks)), columns, unicode)
    lines += folded(" ".join([*notes, *map_notes(mapped), CREDIT]), columns, unicode, "dim")
    return cut(lines, columns)


def _group(spot: Spot) -> str:
    """The group that a place stands for: that of its worst incident, else the most frequent."""
    if spot.lead.harmed:
        return spot.lead.group
    return Counter(mark.group for mark in spot.marks).most_common(1)[0][0]


def _label(canvas: Canvas, spot: Spot, column: int, row: int) -> None:
    """Name and toll beside a sign, as much of it as there is room for."""
    title = plain_words(shortened(spot.title, 24), canvas.unicode)
    tolls = (harmed(spot.lead.killed, spot.lead.injured), harmed(spot.lead.killed, None))
    for words in [*(f"{title}: {toll}" for toll in tolls if toll), title]:
        wide = width_of(words)
        for start, level in ((column + 1, row), (column - 2 - wide, row), (column, row - 1), (column, row + 1)):
            if canvas.is_free(start, level, wide + 2):
                canvas.write(start, level, f" {words} ", "bold")
                return
