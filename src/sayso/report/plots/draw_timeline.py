"""A timeline as a picture: stacked bars by type, the killed below them, and what took longer as lines."""

from __future__ import annotations

from datetime import date, timedelta

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from sayso.report.plots.calendar import Bin, Calendar
from sayso.report.plots.groups import BY_NAME, in_use
from sayso.report.plots.page import FAINT, GREY, INK, Box, Page, page, touch
from sayso.report.plots.picture import Picture
from sayso.report.plots.wording import stretch_words, timeline_notes, timeline_subtitle, timeline_title
from sayso.report.plots.words import month_of, shortened

_LEFT, _RIGHT = 44.0, 18.0  # points
_LEGEND = 58.0
_LANE, _LANES = 13.0, 6  # points a line of a longer incident, and how many are drawn
_TICKS = 12
_NAMED = 6  # of the worst days the place is named
_HATCHES = {
    "violence": "", "protest": "////", "coercion and sanctions": "...", "mobilisation and threats": "xxxx",
    "relief and retreat": "----", "words and talks": "",
}  # fmt: skip


def draw_timeline(shown: Calendar, picture: Picture) -> None:
    """Write a timeline as SVG or PNG."""
    with page(picture, timeline_title(shown), timeline_subtitle(shown)) as (sheet, top):
        lanes = min(len(shown.stretches), _LANES)
        below = _LEGEND + (lanes * _LANE + 22 if lanes else 8)
        wide, tall = sheet.width - _LEFT - _RIGHT, top - below - 24
        dead = tall * 0.28 if shown.killed else 0.0
        bars = sheet.box(_LEFT, below + dead + 20, wide, tall - dead)
        _draw_bars(bars, shown)
        if shown.killed:
            _draw_killed(sheet, sheet.box(_LEFT, below, wide, dead), shown)
        if lanes:
            _draw_lanes(sheet.box(_LEFT, _LEGEND + 4, wide, lanes * _LANE), shown)
            sheet.words(_LEFT, _LEGEND + 8 + lanes * _LANE, f"longer than one {shown.step}", 7.0, color=GREY)
        _draw_legend(sheet, shown)


def _edges(shown: Calendar) -> tuple[float, float]:
    return _number(shown.bins[0].first), _number(shown.bins[-1].last + timedelta(days=1))


def _number(day: date) -> float:
    return float(day.toordinal())


def _wide(bin: Bin) -> float:
    return (bin.last - bin.first).days + 1.0


def _tick(bin: Bin, shown: Calendar) -> str:
    """ "5 Jan"; "Jan 2022" below months; with the year where it is a new one."""
    if shown.step == "month":
        return f"{month_of(bin.first)} {bin.first.year}"
    years = shown.bins[0].first.year != shown.bins[-1].first.year
    return f"{bin.first.day} {month_of(bin.first)}" + (f"\n{bin.first.year}" if years else "")


def _bare(axes: Axes, shown: Calendar) -> None:
    axes.set_xlim(*_edges(shown))
    axes.set_facecolor("none")
    axes.tick_params(length=0, labelsize=7, colors=GREY, pad=3)
    for side in axes.spines.values():
        side.set_visible(False)


def _draw_bars(axes: Axes, shown: Calendar) -> None:
    _bare(axes, shown)
    most = max((bin.incidents for bin in shown.bins), default=1) or 1
    axes.set_ylim(0, most * 1.06)
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.grid(axis="y", color="#E4E4E4", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.axhline(0, color=GREY, linewidth=0.8, zorder=4)
    axes.set_ylabel("incidents", fontsize=7.5, color=GREY)
    every = -(-len(shown.bins) // _TICKS)
    ticked = shown.bins[::every]
    axes.set_xticks([_number(bin.first) + _wide(bin) / 2 for bin in ticked], [_tick(bin, shown) for bin in ticked])
    for bin in shown.bins:
        wide = _wide(bin)
        floor = 0
        for name, count in bin.counts:
            axes.bar(
                _number(bin.first) + wide / 2, count, wide * 0.82, floor,
                color=BY_NAME[name].colour, hatch=_HATCHES[name], edgecolor="white", linewidth=0.5, zorder=3,
                gid=f"bar-{bin.first}-{name.split()[0]}",
            )  # fmt: skip
            floor += count


def _draw_killed(sheet: Page, axes: Axes, shown: Calendar) -> None:
    """Bars that hang down, so that the dead are not one more type of incident."""
    _bare(axes, shown)
    most = max(bin.killed for bin in shown.bins)
    axes.set_ylim(most * 1.75, 0)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_ylabel("killed", fontsize=7.5, color=GREY, labelpad=14)
    axes.axhline(0, color=GREY, linewidth=0.8, zorder=4)
    taken: list[Box] = []
    for bin in shown.bins:
        if bin.killed:
            (bar,) = axes.bar(
                _number(bin.first) + _wide(bin) / 2, bin.killed, _wide(bin) * 0.82, color=INK, zorder=3,
                gid=f"killed-{bin.first}",
            )  # fmt: skip
            taken.append(sheet.extent(bar))
    for rank, bin in enumerate(sorted(shown.bins, key=lambda bin: (-bin.killed, bin.first))):
        for words in (_dead_words(bin), f"{bin.killed:,}") if rank < _NAMED else (f"{bin.killed:,}",):
            if bin.killed and _write_dead(sheet, axes, bin, words, taken):
                break


def _write_dead(sheet: Page, axes: Axes, bin: Bin, words: str, taken: list[Box]) -> bool:
    """Words below a bar, where they touch nothing; whether there was room."""
    drawn = axes.annotate(
        words, (_number(bin.first) + _wide(bin) / 2, bin.killed), (0, -2), textcoords="offset points", ha="center",
        va="top", fontsize=6.5, color=INK,
    )  # fmt: skip
    box = sheet.extent(drawn)
    if any(touch(box, other) for other in taken):
        drawn.remove()
        return False
    taken.append((box[0] - 1, box[1], box[2] + 1, box[3]))
    return True


def _dead_words(bin: Bin) -> str:
    """ "7, Khartoum"; "21, of them 18 in Almaty" below one another."""
    if not bin.worst:
        return f"{bin.killed:,}"
    place = shortened(bin.worst, 18)
    return f"{bin.killed:,}\n{place}" + (f" {bin.worst_killed:,}" if bin.worst_killed < bin.killed else "")


def _draw_lanes(axes: Axes, shown: Calendar) -> None:
    _bare(axes, shown)
    axes.set_xticks([])
    axes.set_yticks([])
    low, high = _edges(shown)
    drawn = shown.stretches[:_LANES]
    axes.set_ylim(len(drawn), 0)
    for at, one in enumerate(drawn):
        start = max(_number(one.first), low) if one.first else low
        end = min(_number(one.last) + 1, high) if one.last else high
        colour = BY_NAME[one.group].colour
        axes.plot([start, end], [at + 0.5, at + 0.5], color=colour, linewidth=2.6, gid=f"incident-{one.incident}")
        for edge, cut, sign in (
            (low, one.first is None or _number(one.first) < low, 4),
            (high, one.last is None or _number(one.last) + 1 > high, 5),
        ):
            if cut:  # it began before, or goes on
                axes.plot([edge], [at + 0.5], marker=sign, markersize=6, color=colour, clip_on=False)
        inside, before = end - start > 0.4 * (high - low), end > low + 0.6 * (high - low)
        at_end, gap, side = (start, 14, "left") if inside else (start, -5, "right") if before else (end, 5, "left")
        axes.annotate(
            stretch_words(one), (at_end, at + 0.5), (gap, 0), textcoords="offset points", ha=side, va="center",
            fontsize=6.5, color=INK, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2},
        )  # fmt: skip


def _draw_legend(sheet: Page, shown: Calendar) -> None:
    from matplotlib.patches import Rectangle

    names = [name for bin in shown.bins for name, _ in bin.counts] + [one.group for one in shown.stretches[:_LANES]]
    x, y = 18.0, _LEGEND - 18
    for group in in_use(names):
        key = Rectangle(
            (x, y - 1.5), 9, 9, facecolor=group.colour, hatch=_HATCHES[group.name], edgecolor="white", linewidth=0.5
        )
        sheet.sheet.add_artist(key)
        x = sheet.words(x + 12, y, group.name, 7.5) + 11
    notes = timeline_notes(shown)
    if (more := len(shown.stretches) - _LANES) > 0:
        notes.insert(0, f"{more} more that took longer are not drawn.")
    sheet.folded(18, y - 16, " ".join(notes), 6.3, color=GREY)
    sheet.sheet.plot([18, sheet.width - 18], [y + 15, y + 15], color=FAINT, linewidth=0.4)
