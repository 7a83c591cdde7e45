"""A timeline in characters: a line a day, a sign an incident, the killed beside it."""

from __future__ import annotations

from sayso.report.plots.calendar import Bin, Calendar, Stretch
from sayso.report.plots.canvas import Line, plain_words
from sayso.report.plots.groups import BY_NAME, in_use, sign_of
from sayso.report.plots.text import cut, folded, legend, padded
from sayso.report.plots.wording import stretch_words, timeline_notes, timeline_title
from sayso.report.plots.words import month_of, period

_KILLED = 26  # columns for the killed
_GAP = 3  # empty days in a row that are closed up
_STRETCHES = 6


def text_timeline(shown: Calendar, columns: int, unicode: bool) -> list[Line]:
    """Lines of at most so many columns."""
    lines: list[Line] = [[(plain_words(timeline_title(shown), unicode), "bold")]]
    label = max(len(_day(bin, shown)) for bin in shown.bins) + 2
    room = columns - label - (_KILLED if shown.killed else 0)
    most = max(bin.incidents for bin in shown.bins)
    each = -(-most // max(room - 5, 1)) if most else 1
    if shown.killed:
        lines.append([(padded("", label) + padded("incidents", room) + "killed", "dim")])
    empty = 0
    for at, bin in enumerate(shown.bins):
        empty = 0 if bin.incidents else empty + 1
        if empty and _run(shown.bins, at - empty + 1) >= _GAP:
            if empty == 1:
                lines.append([("⋮" if unicode else ":", "dim")])
            continue
        lines.append(_line(bin, shown, label, room, each, unicode))
    if shown.stretches:
        lines.append([(f"longer than one {shown.step}", "dim")])
        lines += [_stretch(one, columns, unicode) for one in shown.stretches[:_STRETCHES]]
        if (more := len(shown.stretches) - _STRETCHES) > 0:
            lines.append([(f"  and {more} more", "dim")])
    groups = [name for bin in shown.bins for name, _ in bin.counts] + [one.group for one in shown.stretches]
    lines += legend(in_use(groups), columns, unicode)
    notes = [f"One sign stands for {each} incidents or fewer."] if each > 1 else []
    hint = ["--since and --until choose the days."] if shown.outside else []
    lines += folded(" ".join([*notes, *timeline_notes(shown), *hint]), columns, unicode, "dim")
    return cut(lines, columns)


def _run(bins: tuple[Bin, ...], start: int) -> int:
    """How many empty bins follow one another from here."""
    stop = start
    while stop < len(bins) and not bins[stop].incidents:
        stop += 1
    return stop - start


def _day(bin: Bin, shown: Calendar) -> str:
    if shown.step == "month":
        return f"{month_of(bin.first)} {bin.first.year}"
    years = f" {bin.first.year}" if shown.bins[0].first.year != shown.bins[-1].first.year else ""
    return f"{bin.first.day:2} {month_of(bin.first)}{years}"


def _line(bin: Bin, shown: Calendar, label: int, room: int, each: int, unicode: bool) -> Line:
    line: Line = [(padded(_day(bin, shown), label), "dim")]
    used = 0
    for name, count in bin.counts:
        signs = sign_of(BY_NAME[name], False, unicode) * -(-count // each)
        line.append((signs, BY_NAME[name].colour))
        used += len(signs)
    if bin.incidents:
        line.append((f" {bin.incidents:,}", ""))
        used += 1 + len(f"{bin.incidents:,}")
    if bin.killed:
        of = f"{bin.worst} {bin.worst_killed:,}" if bin.worst_killed < bin.killed else bin.worst
        place = f" ({plain_words(of, unicode)})" if bin.worst else ""
        line += [(" " * (room - used), ""), (padded(f"{bin.killed:,}{place}", _KILLED).rstrip(), "bold")]
    return line


def _stretch(one: Stretch, columns: int, unicode: bool) -> Line:
    group = BY_NAME[one.group]
    when = period(one.first.isoformat() if one.first else None, one.last.isoformat() if one.last else None)
    words = padded(plain_words(f"{when}  {stretch_words(one)}", unicode), columns - 4).rstrip()
    return [("  ", ""), (sign_of(group, False, unicode), group.colour), (f" {words}", "")]
