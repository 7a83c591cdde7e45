"""A map as a picture: size tells the toll, colour and shape the type, hollow marks a place that is roughly known."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Shape

from sayso.report.plots.groups import BY_NAME, in_use
from sayso.report.plots.marks import Mapped, Mark, Spot, spots
from sayso.report.plots.outline import CREDIT, outline
from sayso.report.plots.page import FAINT, GREY, INK, Box, Page, marker_at, page
from sayso.report.plots.picture import Picture
from sayso.report.plots.view import View, fit
from sayso.report.plots.wording import map_notes, map_subtitle, map_title
from sayso.report.plots.words import harmed, period, shortened

_EDGE = 18.0  # points beside the map
_LEGEND = 80.0  # points below it
_SMALL, _LARGE = 3.0, 17.0  # radius of a mark without a toll, and of the largest
_LEAST_MOST = 20  # where nobody harmed more, the largest mark is smaller
_WORLD = 0.7  # of these on a map of the world
_APART = 150  # incidents drawn one by one; of more, one mark is all of one type at a place
_LABELS = 8
_SEA, _LAND, _BORDER, _COAST = "#EAF0F4", "#FBFAF7", "#C9C5BD", "#A9B4BC"


def draw_map(mapped: Mapped, picture: Picture) -> None:
    """Write a map as SVG or PNG."""
    with page(picture, map_title(mapped), map_subtitle(mapped)) as (sheet, top):
        wide, tall = sheet.width - 2 * _EDGE, top + 4 - _EDGE - _LEGEND
        view = fit(extent_of(mapped), wide, tall)
        axes = sheet.box(_EDGE, _EDGE + _LEGEND, wide, tall, plain=True)
        _draw_ground(axes, view)
        signs = [(spot, _signs(spot, len(mapped.marks) <= _APART)) for spot in spots(mapped.marks)]
        scale = _Scale(max((sign.harmed for _, held in signs for sign in held), default=0), _WORLD if view.world else 1)
        drawn = _draw_marks(sheet, axes, view, signs, scale)
        within = (_EDGE + 2, _EDGE + _LEGEND + 2, _EDGE + wide - 2, _EDGE + _LEGEND + tall - 2)
        _draw_bar(sheet, axes, view)
        _label_spots(sheet, drawn, within)
        _name_countries(sheet, view, within)
        _draw_legend(sheet, mapped, scale)


def extent_of(mapped: Mapped) -> list[tuple[float, float]]:
    """Points (longitude, latitude) that a map must hold: its marks, and the country asked for."""
    return [(mark.lon, mark.lat) for mark in mapped.marks] + outline().bounds(mapped.country or "")


class _Scale:
    """Toll to radius: the area grows with the harmed, down to a size that can still be seen."""

    def __init__(self, most: int, size: float) -> None:
        self.most = max(most, _LEAST_MOST)
        self.least, self.largest = _SMALL * size, _LARGE * size

    def radius(self, harmed: int) -> float:
        return max(self.least, self.largest * math.sqrt(harmed / self.most)) if harmed else self.least

    def steps(self) -> list[int]:
        """Round tolls to show in a legend: up to three, each told apart by eye from the next."""
        top = 10 ** math.floor(math.log10(self.most))
        top *= 5 if self.most >= 5 * top else 2 if self.most >= 2 * top else 1
        found = [top, top // 4 if str(top)[0] == "2" else top // 5 if str(top)[0] == "5" else top // 4, top // 20]
        return sorted({step for step in found if step and self.radius(step) > 1.15 * self.least})


def _draw_ground(axes: Axes, view: View) -> None:
    axes.add_artist(Rectangle((0, 0), view.width, view.height, facecolor=_SEA, edgecolor="none", zorder=0))
    world = outline()
    rings = [Shape([*ring, ring[0]], closed=True) for ring in world.land(view)]
    if rings:
        land = Shape.make_compound_path(*rings)
        axes.add_artist(PathPatch(land, facecolor=_LAND, edgecolor="none", zorder=1, gid="land"))
    for shared, colour, wide in ((False, _COAST, 0.5), (True, _BORDER, 0.6)):
        lines = [Shape(line) for line in world.lines(view, shared)]
        if lines:
            drawn = Shape.make_compound_path(*lines)
            gid = "borders" if shared else "coasts"
            axes.add_artist(PathPatch(drawn, facecolor="none", edgecolor=colour, linewidth=wide, zorder=2, gid=gid))
    frame = Rectangle(
        (0, 0), view.width, view.height, facecolor="none", edgecolor=FAINT, linewidth=0.6, zorder=3, clip_on=False
    )
    axes.add_artist(frame)


@dataclass(frozen=True, slots=True)
class _Sign:
    """One mark on the sheet."""

    gid: str
    group: str
    exact: bool
    harmed: int


def _signs(spot: Spot, apart: bool) -> list[_Sign]:
    """What is drawn at a spot, the largest first: a mark an incident, or one for all of a group."""
    if apart:
        return [_Sign(f"incident-{one.incident}", one.group, one.exact, one.harmed) for one in spot.marks]
    held: dict[str, list[Mark]] = defaultdict(list)
    for mark in spot.marks:
        held[mark.group].append(mark)
    signs = [
        _Sign(f"incidents-{marks[0].incident}", name, marks[0].exact, sum(mark.harmed for mark in marks))
        for name, marks in held.items()
    ]
    return sorted(signs, key=lambda sign: (-sign.harmed, -len(held[sign.group]), sign.gid))


def _draw_marks(
    sheet: Page, axes: Axes, view: View, signs: Sequence[tuple[Spot, list[_Sign]]], scale: _Scale
) -> list[tuple[Spot, Box]]:
    """Every mark, those of one spot side by side around it; and the box that each spot takes on the sheet."""
    drawn = []
    for spot, shown in signs:
        x, y = view.place(spot.lead.lon, spot.lead.lat)
        circles = packed([scale.radius(sign.harmed) for sign in shown])
        for sign, (dx, dy, radius) in zip(shown, circles, strict=True):
            group = BY_NAME[sign.group]
            line = marker_at(x + dx, y + dy, group.marker, radius, group.colour, hollow=not sign.exact)
            line.set(gid=sign.gid, zorder=6 - radius / 100, clip_on=True)  # small ones over large ones
            axes.add_line(line)
        reach = max(math.hypot(dx, dy) + radius for dx, dy, radius in circles)
        box = (_EDGE + x - reach, _EDGE + _LEGEND + y - reach, _EDGE + x + reach, _EDGE + _LEGEND + y + reach)
        sheet.taken.append(box)
        drawn.append((spot, box))
    return drawn


def packed(radii: Sequence[float], gap: float = 0.8) -> list[tuple[float, float, float]]:
    """(x, y, radius) of circles side by side around a point, the first on it, none over another."""
    found: list[tuple[float, float, float]] = []
    for radius in radii:
        turn = 0.0
        while True:
            x, y = 0.55 * turn * math.cos(turn), 0.55 * turn * math.sin(turn)
            if not any(math.hypot(x - a, y - b) < radius + r + gap for a, b, r in found):
                found.append((x, y, radius))
                break
            turn += 0.15
    return found


def _label_spots(sheet: Page, drawn: Sequence[tuple[Spot, Box]], within: Box) -> None:
    """Names and tolls of the worst spots, each where nothing else stands."""
    for spot, box in drawn[:_LABELS]:
        title = shortened(spot.title, 32)
        lead = spot.lead
        toll = harmed(lead.killed, lead.injured)
        when = period(lead.first, lead.last) if toll else ""
        lines = [(title, 8.0, "bold", INK)] + ([(toll, 7.0, "normal", INK)] if toll else [])
        lines += [(when, 6.5, "normal", GREY)] if when else []
        wide = max(sheet.measure(words, size, fontweight=weight) for words, size, weight, _ in lines)
        tall = sum(size * 1.25 for _, size, *_ in lines)
        for left, above, align in _around(box, wide, tall, bool(toll)):
            words = (left, above - tall, left + wide, above)
            if sheet.free(words, within):
                _lead(sheet, box, words)
                _write_lines(sheet, left, above, wide, lines, align)
                sheet.taken.append((left - 2, above - tall - 1, left + wide + 2, above + 1))
                break


def _around(box: Box, wide: float, tall: float, far_too: bool) -> Iterator[tuple[float, float, str]]:
    """(left, above, alignment) of the places that words may stand at, the best first: beside the box, then farther."""
    middle, level = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    yield box[2] + 3, level + tall / 2, "left"
    yield box[0] - 3 - wide, level + tall / 2, "right"
    yield middle - wide / 2, box[1] - 2, "center"
    yield middle - wide / 2, box[3] + 2 + tall, "center"
    for far in (1, 16, 32, 48) if far_too else (1,):
        for above in (box[3] + far + tall * 0.6, box[1] - far + tall * 0.4):
            yield box[2] + far, above, "left"
            yield box[0] - far - wide, above, "right"
            yield middle - wide / 2, above + (tall if above > level else -tall) / 2, "center"
        yield box[2] + far, level + tall / 2, "left"
        yield box[0] - far - wide, level + tall / 2, "right"


def _lead(sheet: Page, box: Box, words: Box) -> None:
    """A thin line from words that stand apart to what they name."""
    near = [min(max((box[at] + box[at + 2]) / 2, words[at]), words[at + 2]) for at in (0, 1)]
    edge = [min(max(near[at], box[at] + 2), box[at + 2] - 2) for at in (0, 1)]
    if math.dist(near, edge) > 10:
        sheet.sheet.plot([near[0], edge[0]], [near[1], edge[1]], color=GREY, lw=0.6, zorder=1, clip_on=False)


def _write_lines(
    sheet: Page, left: float, above: float, wide: float, lines: Sequence[tuple[str, float, str, str]], align: str
) -> None:
    ground = {"facecolor": _LAND, "alpha": 0.7, "edgecolor": "none", "pad": 0.6}  # a halo would turn text into shapes
    x = {"left": left, "right": left + wide, "center": left + wide / 2}[align]
    for words, size, weight, colour in lines:
        above -= size * 1.25
        sheet.words(
            x, above + size * 0.3, words, size, fontweight=weight, color=colour, ha=align, bbox=ground, zorder=9
        )


def _name_countries(sheet: Page, view: View, within: Box) -> None:
    """Names of countries, small and grey, where there is room for them."""
    for name, rooms in outline().named(view):
        words, size = name.upper(), 6.2
        wide = sheet.measure(words, size)
        for room in rooms:
            left, below = _EDGE + room.x - wide / 2, _EDGE + _LEGEND + room.y - size / 2
            if wide < room.width * 0.9 and sheet.free((left, below, left + wide, below + size), within):
                sheet.words(left, below + 1, words, size, color="#9A958A")
                sheet.taken.append((left - 2, below - 2, left + wide + 2, below + size + 2))
                break


def _draw_bar(sheet: Page, axes: Axes, view: View) -> None:
    """A bar that says how far it is, where one scale holds for all of the map."""
    if view.km is None:
        return
    long = view.width * view.km / 6
    step = 10 ** math.floor(math.log10(long))
    km = step * max(times for times in (1, 2, 5) if times * step <= long)
    points = km / view.km
    left, below = 10.0, 10.0
    axes.plot([left, left, left + points, left + points], [below + 3, below, below, below + 3], color=GREY, lw=0.9)
    axes.text(left + points / 2, below + 4, f"{km:,.0f} km", fontsize=6.5, color=GREY, ha="center")
    sheet.taken.append((_EDGE + left - 4, _EDGE + _LEGEND, _EDGE + left + points + 4, _EDGE + _LEGEND + below + 16))


def _draw_legend(sheet: Page, mapped: Mapped, scale: _Scale) -> None:
    """What colours, shapes, sizes and hollow marks mean, and what is not on the map."""
    y = _EDGE + _LEGEND - 13
    x = _EDGE
    for group in in_use(mark.group for mark in mapped.marks):
        x += 5
        sheet.sign(x, y + 2.6, group.marker, 3.6, group.colour)
        x = sheet.words(x + 7, y, group.name, 7.5) + 10
    y -= 24
    x = _EDGE
    if any(mark.harmed for mark in mapped.marks):
        x = sheet.words(x, y, "killed and injured:", 7.0, color=GREY) + 6
        for step in scale.steps():
            radius = scale.radius(step)
            x += radius
            sheet.sign(x, y + 2.5, "o", radius, FAINT)
            x = sheet.words(x + radius + 3, y, f"{step:,}", 7.0, color=GREY) + 8
        x += 2.5
        sheet.sign(x, y + 2.5, "o", scale.least, FAINT)
        x = sheet.words(x + 6, y, "none told", 7.0, color=GREY) + 14
    if not all(mark.exact for mark in mapped.marks):
        sheet.sign(x + 4, y + 2.5, "o", 4, GREY, hollow=True)
        sheet.words(x + 12, y, "hollow: only the province or country is known; drawn at its centre", 7.0, color=GREY)
    crowded = len(mapped.marks) > _APART
    notes = ["A mark stands for all incidents of its type at a place, and adds up their figures."] if crowded else []
    sheet.folded(_EDGE, y - 27, " ".join([*notes, *map_notes(mapped), CREDIT]), 6.3, color=GREY)
