"""Plots as commands show them: a picture in a file, or characters in a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.cli.render import out, print_lines
from sayso.errors import InputError
from sayso.text import plural

if TYPE_CHECKING:
    from sayso.report.archive import Archive
    from sayso.report.plots.canvas import Line
    from sayso.report.plots.marks import Mapped
    from sayso.report.plots.picture import Picture

_WIDEST = 140  # columns; wider ones are hard to take in


def wanted(to: Path | None, size: str) -> Picture | None:
    """The picture asked for, checked before the archive is read; None for characters."""
    from sayso.report.plots.picture import read_picture

    return read_picture(to, size) if to else None


def show_map(mapped: Mapped, picture: Picture | None) -> None:
    """A map of incidents."""
    if not mapped.marks:
        where = f" in {mapped.country}" if mapped.country else ""
        unplaced = f"{plural(mapped.unplaced, 'incident')} without a known place; " if mapped.unplaced else ""
        raise InputError(
            f"no incident{where} to put on it", about="map", way_out=f"{unplaced}`sayso incidents` lists all"
        )
    if picture:
        from sayso.report.plots.draw_map import draw_map

        draw_map(mapped, picture)
        _say(picture, plural(len(mapped.marks), "incident"))
        return
    from sayso.report.plots.text_map import text_map

    _show(lambda columns, rows, unicode: text_map(mapped, columns, rows, unicode))


def show_timeline(archive: Archive, since: str | None, until: str | None, picture: Picture | None) -> None:
    """Incidents over days."""
    from sayso.report.plots.calendar import calendar

    shown = calendar(archive, since, until)
    if shown is None:
        raise InputError("no incident with a date to draw", about="timeline", way_out="`sayso incidents` lists all")
    if picture:
        from sayso.report.plots.draw_timeline import draw_timeline

        draw_timeline(shown, picture)
        _say(picture, plural(shown.incidents, "incident"))
        return
    from sayso.report.plots.text_timeline import text_timeline

    _show(lambda columns, _, unicode: text_timeline(shown, columns, unicode))


def show_tolls(archive: Archive, incident: str | None, picture: Picture | None) -> None:
    """Figures over time, of one incident or of those that several reports count."""
    from sayso.report.plots.figures import panels

    shown = panels(archive, incident)
    if not shown.panels:
        raise InputError("no toll with a date to draw", about=incident or "tolls", way_out="`sayso tolls` lists all")
    if picture:
        from sayso.report.plots.draw_tolls import draw_tolls

        draw_tolls(shown, picture)
        _say(picture, plural(sum(len(panel.figures) for panel in shown.panels), "figure"))
        return
    from sayso.report.plots.text_tolls import text_tolls

    _show(lambda columns, _, unicode: text_tolls(shown, columns, unicode))


def _say(picture: Picture, what: str) -> None:
    print_lines([f"{picture.path}  {what}"])


def _show(draw: Callable[[int, int, bool], Iterable[Line]]) -> None:
    """Lines as wide and high as the terminal has room for, in the characters that it can show."""
    from rich.text import Text

    columns = max(min(out().width, _WIDEST), 40)
    rows = max(min(out().height - 9, columns // 4), 12)
    for line in draw(columns, rows, out().encoding.lower().startswith("utf")):
        text = Text(no_wrap=True, overflow="ignore")
        for words, style in line:
            text.append(words, style=style or None)
        text.rstrip()
        out().print(text, soft_wrap=True)
