"""Tolls over time in characters: a line a figure, each at its place on one scale, the best below."""

from __future__ import annotations

from sayso.report.plots.canvas import Line, plain_words
from sayso.report.plots.figures import Figure, Panel, Step, Tolls
from sayso.report.plots.text import cut, folded, padded
from sayso.report.plots.wording import figure_words, panel_title, tolls_notes
from sayso.report.plots.words import month_of

_DAY, _NUMBER, _ORIGIN = 8, 18, 22  # columns


def text_tolls(shown: Tolls, columns: int, unicode: bool) -> list[Line]:
    """Lines of at most so many columns."""
    lines: list[Line] = []
    for panel in shown.panels:
        lines += [[(padded(plain_words(panel_title(panel), unicode), columns).rstrip(), "bold")]]
        lines += _panel(panel, columns, unicode)
        lines.append([])
    notes = ["A line is one report, with the origin it goes back to.", *tolls_notes(shown)[1:]]
    notes += ["`sayso tolls ID --plot` draws one incident."] if shown.more else []
    lines += folded(" ".join(notes), columns, unicode, "dim")
    return cut(lines, columns)


def _panel(panel: Panel, columns: int, unicode: bool) -> list[Line]:
    room = max(columns - _DAY - _NUMBER - _ORIGIN - 2, 6)
    top = max(max(figure.toll.high or figure.toll.low for figure in panel.figures), 1)
    lines = [_line(figure, room, top, unicode) for figure in panel.figures]
    if len(panel.steps) > 1:
        lines.append([("known then", "dim")])
        lines += [
            _known(step, f"{step.day.day:2} {month_of(step.day)}", "", room, top, unicode) for step in panel.steps
        ]
    elif panel.steps:
        lines.append(_known(panel.steps[-1], "best", "bold", room, top, unicode))
    return lines


def _known(step: Step, head: str, style: str, room: int, top: int, unicode: bool) -> Line:
    """The range as it stood from a day on, with the best in it and what changed."""
    words = f"{step.best:,}" if step.best is not None else "none"
    high = f" to {step.high:,}" if step.high is not None else "+"
    bar = _bar(step.low, step.high, step.best, room, top, "◆" if unicode else "#", unicode)
    ends = f" ({step.low:,}{high})" if (step.low, step.high) != (step.best, step.best) else ""
    turn = "" if head == "best" else step.kind.value
    return [
        (padded(head, _DAY), style or "dim"),
        (bar + "  ", style),
        (padded(words + ends, _NUMBER), style),
        (turn, "dim"),
    ]


def _line(figure: Figure, room: int, top: int, unicode: bool) -> Line:
    gone = figure.gone
    sign = ("✗" if gone else "●") if unicode else ("x" if gone else "o")
    style = "dim" if gone or figure.standing in ("", "superseded") else ""
    day = padded(f"{figure.day.day:2} {month_of(figure.day)}", _DAY)
    bar = _bar(figure.toll.low, figure.toll.high, figure.toll.low, room, top, sign, unicode)
    says = padded(plain_words(figure.origin, unicode), _ORIGIN).rstrip()
    words = figure_words(figure) + (f" {figure.standing}" if figure.standing == "disagrees" else "")
    return [(day, "dim"), (bar, style), ("  ", ""), (padded(words, _NUMBER), style), (says, style)]


def _bar(low: int, high: int | None, at: int | None, room: int, top: int, sign: str, unicode: bool) -> str:
    """A range on a scale from nothing to `top`, with a sign at one figure; an arrow where it is open above."""
    rule, point = ("─", "▸") if unicode else ("-", ">")
    cells = ["·" if unicode else "."] * room

    def column(figure: int) -> int:
        return min(round(figure / top * (room - 1)), room - 1)

    first, last = column(low), room - 1 if high is None else column(high)
    cells[first : last + 1] = [rule] * (last + 1 - first)
    if high is None:
        cells[-1] = point
    if at is not None:
        cells[column(at)] = sign
    return "".join(cells)
