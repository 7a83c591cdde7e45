"""Tolls over time as a picture: a mark each report's figure by its origin, the range as a band, the best as steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sayso.report.plots.figures import Figure, Panel, Tolls
from sayso.report.plots.page import FAINT, GREY, INK, Box, Page, page, touch
from sayso.report.plots.picture import Picture
from sayso.report.plots.wording import figure_words, tolls_notes, tolls_subtitle, tolls_title
from sayso.report.plots.words import month_of, period, shortened

_SIGNS = (
    ("#0072B2", "o"), ("#D55E00", "s"), ("#009E73", "D"), ("#CC79A7", "^"), ("#E69F00", "v"), ("#56B4E9", "P"),
    ("#7A7A7A", "*"), ("#222222", "X"),
)  # fmt: skip
_ABOVE = ((0, 6), "center", "bottom")  # where words stand at a mark: shift in points, what of them is there
_BESIDE = (((7, 0), "left", "center"), ((0, -6), "center", "top"), ((-7, 0), "right", "center"))
_LEFT, _RIGHT, _LEGEND = 40.0, 30.0, 42.0  # points


def draw_tolls(shown: Tolls, picture: Picture) -> None:
    """Write a plot of tolls as SVG or PNG."""
    with page(picture, tolls_title(shown), tolls_subtitle()) as (sheet, top):
        across = (1, 2, 3, 2, 3, 3)[len(shown.panels) - 1]
        down = -(-len(shown.panels) // across)
        wide, tall = (sheet.width - 18) / across, (top + 4 - _LEGEND) / down
        signs = _signs_of(shown)
        for at, panel in enumerate(shown.panels):
            left, above = 9 + wide * (at % across), top + 4 - tall * (at // across)
            head = 38 if len(shown.panels) > 1 else 14
            room = wide - _LEFT - _RIGHT
            axes = sheet.box(left + _LEFT, above - tall + 26, room, tall - 26 - head)
            if len(shown.panels) > 1:
                title = shortened(panel.title, int(wide / 6.5) - len(panel.harm) - 2)
                sheet.words(left + 9, above - 14, f"{title}: {panel.harm}", 8.5, fontweight="bold")
                sheet.words(left + 9, above - 25, period(panel.first, panel.last), 7.0, color=GREY)
            _draw_panel(sheet, axes, panel, signs)
            _tick_days(axes, panel, max(2, int(room / 48)))
        _draw_legend(sheet, shown, signs)


def _signs_of(shown: Tolls) -> dict[str, tuple[str, str]]:
    """A colour and a shape for each origin; when they run out the last stands for all others."""
    names = list(dict.fromkeys(figure.origin for panel in shown.panels for figure in panel.figures))
    return {name: _SIGNS[min(at, len(_SIGNS) - 1)] for at, name in enumerate(names)}


def _draw_panel(sheet: Page, axes: Axes, panel: Panel, signs: dict[str, tuple[str, str]]) -> None:
    first, last = panel.figures[0].day, panel.figures[-1].day
    pad = max((last - first).days * 0.08, 0.8)
    low, high = _number(first) - pad, _number(last) + pad * 3
    top = max(figure.toll.high or figure.toll.low for figure in panel.figures)
    axes.set_xlim(low, high)
    axes.set_ylim(0, max(top, 1) * 1.22)
    _style(axes, panel)
    _draw_known(axes, panel, high, top)
    placed = _spread(panel.figures)
    for figure, shift in placed:
        _draw_figure(axes, figure, _number(figure.day) + shift * pad * 0.28, signs[figure.origin])
    _label_figures(sheet, axes, panel, [(figure, _number(figure.day) + shift * pad * 0.28) for figure, shift in placed])


def _number(day: date) -> float:
    return float(day.toordinal())


def _style(axes: Axes, panel: Panel) -> None:
    axes.set_facecolor("none")
    axes.tick_params(length=0, labelsize=7, colors=GREY, pad=3)
    for name, side in axes.spines.items():
        side.set_visible(name == "bottom")
        side.set_color(FAINT)
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.grid(axis="y", color="#E8E8E8", linewidth=0.6)
    axes.set_axisbelow(True)


def _tick_days(axes: Axes, panel: Panel, most: int) -> None:
    first, last = panel.figures[0].day, panel.figures[-1].day
    step = max(1, -(-(last - first).days // most))
    days = [first + timedelta(days=at) for at in range(0, (last - first).days + 1, step)]
    axes.set_xticks([_number(day) for day in days], [f"{day.day} {month_of(day)}" for day in days])


def _draw_known(axes: Axes, panel: Panel, end: float, top: int) -> None:
    """The range as a band and the best figure as steps, each until the next report changed it."""
    starts = [_number(step.day) for step in panel.steps]
    for step, start, stop in zip(panel.steps, starts, [*starts[1:], end], strict=True):
        ceiling = top * 1.22 if step.high is None else step.high
        thick = max(top, 1) * 0.006  # so that a range of one figure can be seen
        axes.fill_between([start, stop], step.low - thick, ceiling + thick, color="#DDE3E8", linewidth=0, zorder=1)
    bests = [(start, step.best) for step, start in zip(panel.steps, starts, strict=True) if step.best is not None]
    if bests:
        days, values = [day for day, _ in bests] + [end], [best for _, best in bests] + [bests[-1][1]]
        axes.step(days, values, where="post", color=INK, linewidth=1.3, zorder=2, gid=f"best-{panel.incident}")
        axes.annotate(
            f"{values[-1]:,}", (end, values[-1]), (3, 0), textcoords="offset points", fontsize=8, fontweight="bold",
            va="center", color=INK, annotation_clip=False,
        )  # fmt: skip


def _spread(figures: Sequence[Figure]) -> list[tuple[Figure, int]]:
    """Figures of one day side by side: how many widths of a mark each stands to the right."""
    seen: dict[date, int] = {}
    found = []
    for figure in figures:
        at = seen.get(figure.day, 0)
        seen[figure.day] = at + 1
        found.append((figure, at))
    return found


def _draw_figure(axes: Axes, figure: Figure, x: float, sign: tuple[str, str]) -> None:
    colour, marker = sign
    low, high = figure.toll.low, figure.toll.high
    gone = figure.gone
    shade = "#A8A8A8" if gone else colour
    if high is None:  # at least so many
        axes.annotate(
            "", (x, low), (0, 17), textcoords="offset points", zorder=3,
            arrowprops={"arrowstyle": "<-", "color": shade, "lw": 1.1},
        )  # fmt: skip
    elif high > low:
        axes.plot([x, x], [low, high], color=shade, linewidth=1.6, zorder=3)
    axes.plot(
        [x], [low], marker=marker, markersize=6.5, color=shade, markeredgecolor="white", markeredgewidth=0.6,
        linestyle="none", zorder=4, gid=f"figure-{figure.toll.id}", clip_on=False,
    )  # fmt: skip
    if gone:
        axes.plot(
            [x], [low], marker="x", markersize=9, markeredgewidth=1.4, color=INK, linestyle="none", zorder=5,
            gid=f"withdrawn-{figure.toll.id}", clip_on=False,
        )  # fmt: skip


def _label_figures(sheet: Page, axes: Axes, panel: Panel, placed: Sequence[tuple[Figure, float]]) -> None:
    """The number at each mark, as far as they do not run into one another; equal ones of a day once."""
    unit = 72.0 / sheet.figure.dpi
    spots = [axes.transData.transform((x, figure.toll.low)) * unit for figure, x in placed]
    taken: list[Box] = [(x - 3.5, y - 3.5, x + 3.5, y + 3.5) for x, y in spots]
    told = {(panel.figures[-1].day, panel.steps[-1].best, False)} if panel.steps else set()  # by the line's end
    for figure, x in placed:
        gone = figure.gone
        key = (figure.day, figure.toll.low, gone)
        if key in told:
            continue
        for shift, side, level in _BESIDE if figure.toll.high is None else (_ABOVE, *_BESIDE):
            drawn = axes.annotate(
                figure_words(figure), (x, figure.toll.low), shift, textcoords="offset points", ha=side, va=level,
                fontsize=6.5, color=GREY if gone else INK, zorder=6, annotation_clip=False,
                bbox={"facecolor": "white", "alpha": 0.65, "edgecolor": "none", "pad": 0.4},
            )  # fmt: skip
            box = sheet.extent(drawn)
            if not any(touch(box, other) for other in taken):
                taken.append(box)
                told.add(key)
                break
            drawn.remove()


def _draw_legend(sheet: Page, shown: Tolls, signs: dict[str, tuple[str, str]]) -> None:
    x, y = 18.0, _LEGEND - 13
    names = list(signs)
    named = names if len(names) <= len(_SIGNS) else names[: len(_SIGNS) - 1]
    for name, (colour, marker) in [(name, signs[name]) for name in named] + (
        [("other origins", _SIGNS[-1])] if len(named) < len(names) else []
    ):
        words = shortened(name, 28)
        if x + 12 + sheet.measure(words, 7.0) > sheet.width - 18:
            break
        sheet.sign(x + 3, y + 2.5, marker, 3.2, colour)
        x = sheet.words(x + 9, y, words, 7.0) + 9
    sheet.folded(18, y - 14, " ".join(tolls_notes(shown)), 6.3, color=GREY)
