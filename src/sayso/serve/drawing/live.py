"""The map that answers to the mouse, as a Bokeh document: the places of the plain map, to move and to zoom."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from bokeh.embed import json_item
from bokeh.models import ColumnDataSource, HoverTool, OpenURL, Range1d, TapTool, WheelZoomTool
from bokeh.plotting import figure

from sayso.listing import IncidentEntry
from sayso.model import EventType
from sayso.report.archive import days
from sayso.report.plots.groups import GROUPS, group_of
from sayso.report.plots.outline import outline
from sayso.serve.drawing.places import Spot, spots_of
from sayso.serve.looks import Address

_MARKERS = {"o": "circle", "^": "triangle", "s": "square", "D": "diamond", "*": "star", "v": "inverted_triangle"}
_NAMED, _TOLD = 40, 3  # places with a name; incidents in a tooltip
_TIPS = "<div><strong>@name</strong> (@number)<br>@one<br>@two<br>@three</div>"


def live_map(entries: Sequence[IncidentEntry], to: Address) -> dict[str, Any]:
    """A map with a tooltip and a link at each place; tooltips show text, never mark-up."""
    spots = spots_of(entries)
    plot = figure(
        sizing_mode="stretch_both", tools="pan,box_zoom,reset", toolbar_location="above", match_aspect=True,
        x_range=_around([spot.lead.lon or 0.0 for spot in spots]), background_fill_color="#f4f7fa",
        y_range=_around([spot.lead.lat or 0.0 for spot in spots]),
    )  # fmt: skip
    plot.grid.visible = plot.axis.visible = False
    plot.patches(*_land(), fill_color="#e9e7e1", line_color="#b9b6ad", line_width=0.6)
    drawn: list[Any] = []
    for group in GROUPS:
        held = [spot for spot in spots if group_of(EventType(spot.lead.type)) is group]
        if held:
            mark = plot.scatter(
                "x",
                "y",
                source=_source(held, to),
                size="size",
                marker=_MARKERS[group.marker],
                fill_color=group.colour,
                fill_alpha="filled",
                line_color="white",
            )
            drawn.append(mark)
    named = _source(spots[:_NAMED], to)
    plot.text("x", "y", "label", source=named, x_offset=9, y_offset=4, text_font_size="11px", text_color="#1b232d")
    wheel = WheelZoomTool()
    tap = TapTool(renderers=drawn, callback=OpenURL(url="@address"))
    plot.add_tools(HoverTool(renderers=drawn, tooltips=_TIPS), tap, wheel)
    plot.toolbar.active_scroll = wheel
    plot.toolbar.logo = None
    made: dict[str, Any] = json_item(plot)  # type: ignore[assignment]
    return made


def _source(spots: Sequence[Spot], to: Address) -> ColumnDataSource:
    told = [[_line(entry) for entry in spot.entries[:_TOLD]] + [""] * _TOLD for spot in spots]
    return ColumnDataSource(
        {
            "x": [spot.lead.lon for spot in spots],
            "y": [spot.lead.lat for spot in spots],
            "name": [spot.name[:60] for spot in spots],
            "label": [spot.name[:40] + (f" {len(spot.entries)}" if len(spot.entries) > 1 else "") for spot in spots],
            "number": [len(spot.entries) for spot in spots],
            "address": [spot.address(to) for spot in spots],
            "size": [9 + 4 * float(np.log2(len(spot.entries))) for spot in spots],
            "filled": [0.85 if spot.exact else 0.3 for spot in spots],
            **{name: [lines[at] for lines in told] for at, name in enumerate(("one", "two", "three"))},
        }
    )


def _line(entry: IncidentEntry) -> str:
    return f"{days(entry.first, entry.last) or 'undated'}: {entry.summary[:120]}"


def _around(values: Sequence[float]) -> Range1d:
    low, high = min(values, default=-180.0), max(values, default=180.0)
    margin = max(3.0, 0.15 * (high - low))
    return Range1d(start=low - margin, end=high + margin)


@lru_cache(maxsize=1)
def _land() -> tuple[list[list[float]], list[list[float]]]:
    """The outlines of countries, to a twentieth of a degree."""
    rings = [np.round(ring.points * 20) / 20 for ring in outline().rings]
    kept = [ring[np.append(True, (np.diff(ring, axis=0) != 0).any(axis=1))] for ring in rings]
    large = [ring for ring in kept if len(ring) > 6]
    return [ring[:, 0].round(2).tolist() for ring in large], [ring[:, 1].round(2).tolist() for ring in large]
