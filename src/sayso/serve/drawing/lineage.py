"""Who took what from whom: reports on lanes of their outlets, in the order they came out, with arrows to the copies.

Time runs from left to right, compressed: each report has a place of its own, and hours between two push them further
apart. What goes back to one origin stands together.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from urllib.parse import quote

from markupsafe import Markup

from sayso.listing import ArticleEntry, Descent, Taken
from sayso.report.descent import UNDATED, Band, bands, in_order
from sayso.serve.looks import clip
from sayso.text import plural

_LEFT, _RIGHT, _ABOVE, _LANE, _HEAD = 178.0, 104.0, 24.0, 25.0, 31.0
_WIDE, _STEP, _PULL = 1120.0, 9.0, 0.55
_LETTER = 5.9  # width of one, about
_LABEL = 54.0  # room that a label needs
_DAY = 74.0  # room that the name of a day needs
_TITLED = 24  # reports up to which roots show their titles


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a report stands, and how much room is right of it."""

    x: float
    y: float
    room: float


@dataclass(frozen=True, slots=True)
class _Lane:
    name: str
    y: float
    reports: tuple[str, ...]
    missing: bool = False


def draw_lineage(shown: Descent) -> Markup | None:
    """The reports as a graph; None without any. Nodes lead to articles, arrows to what was changed."""
    if not shown.articles:
        return None
    ordered = in_order(shown)
    places = _across(ordered)
    wide = max(places.values()) + _RIGHT
    parts: list[Markup] = []
    spots: dict[str, _Spot] = {}
    y = _ABOVE
    held = bands(shown)
    for band in held:
        lanes = _lanes(band, y + _HEAD)
        spots |= _spots(lanes, places, wide)
        parts.append(_ground(band, lanes, y, wide))
        y = lanes[-1].y + _LANE * 0.75
    copied = {copy.article: copy for copy in reversed(shown.copies)}
    arrows = Markup("").join(_arrow(copy, spots) for copy in shown.copies)
    credited = Markup("").join(_credit(id, band, spots) for band in held for id in band.crediting)
    named = len(shown.articles) <= _TITLED
    nodes = Markup("").join(
        _node(entry, copied.get(entry.id), spots[entry.id], named, entry.id in shown.asked) for entry, _ in ordered
    )
    copies = plural(len(shown.copies), "copy", "copies")
    words = f"{plural(len(shown.articles), 'report')} by outlet and time, {copies}"
    return Markup(
        '<svg class="lineage" viewBox="0 0 {w:.0f} {h:.0f}" width="{w:.0f}" height="{h:.0f}" role="group"'
        ' aria-label="{words}">{head}{days}{bands}{credits}{arrows}{nodes}</svg>'
    ).format(
        w=wide, h=y + 4, words=words, head=_HEADS, days=_days(ordered, places, y), bands=Markup("").join(parts),
        credits=credited, arrows=arrows, nodes=nodes,
    )  # fmt: skip


_HEADS = Markup(
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"'
    ' orient="auto" markerUnits="userSpaceOnUse"><path class="tip" d="M0 0.5L8 4L0 7.5z"/></marker></defs>'
)


def _across(ordered: Sequence[tuple[ArticleEntry, datetime]]) -> dict[str, float]:
    """Where each report stands from left to right: a step each, and more the more hours lie between."""
    steps = [0.0]
    for (_, before), (_, after) in pairwise(ordered):
        hours = 24.0 if after == UNDATED != before else (after - before).total_seconds() / 3600
        steps.append(steps[-1] + 1 + _PULL * math.log1p(max(hours, 0.0)))
    unit = max(_STEP, (_WIDE - _LEFT - _RIGHT) / max(steps[-1], 1.0)) if len(ordered) > 6 else _few(steps[-1])
    return {entry.id: _LEFT + 12 + unit * step for (entry, _), step in zip(ordered, steps, strict=True)}


def _few(length: float) -> float:
    """Two reports need not stand at the two ends of a page."""
    return min(170.0, (_WIDE - _LEFT - _RIGHT) / max(length, 1.0))


def _lanes(band: Band, top: float) -> list[_Lane]:
    lanes = [_Lane(band.missing, top, (), True)] if band.missing else []
    for outlet in band.outlets:
        reports = tuple(entry.id for entry in band.reports if (entry.outlet or "unknown") == outlet)
        lanes.append(_Lane(outlet, top + _LANE * len(lanes), reports))
    return lanes


def _spots(lanes: Iterable[_Lane], places: Mapping[str, float], wide: float) -> dict[str, _Spot]:
    found = {}
    for lane in lanes:
        xs = [places[id] for id in lane.reports]
        for id, x, after in zip(lane.reports, xs, [*xs, wide][1:], strict=True):
            found[id] = _Spot(x, lane.y, after - x - 14)
    return found


def _ground(band: Band, lanes: Sequence[_Lane], top: float, wide: float) -> Markup:
    """The lanes of an origin with their names, and the agency that it goes back to where that is not here."""
    bottom = lanes[-1].y + _LANE / 2
    rows = Markup("").join(_row(lane, wide) for lane in lanes)
    return Markup(
        '<rect class="origin-ground" x="0" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="4"/>'
        '<text class="origin-name" x="8" y="{:.1f}">{}</text>{}'
    ).format(top + 2, wide, bottom - top - 2, top + 15, title_of(band), rows)


def title_of(band: Band) -> str:
    """What a group of reports has in common."""
    reports = plural(len(band.reports), "report")
    if band.missing and len(band.crediting) == len(band.reports):
        return f"Credited to {clip(band.name, 60)}: {reports}"
    if not band.name:
        return f"Each its own: {reports} that share no origin with another here"
    return f"{clip(band.name, 60)}: {reports}" + (f" of {len(band.outlets)} outlets" if len(band.outlets) > 1 else "")


def _row(lane: _Lane, wide: float) -> Markup:
    name = clip(lane.name, 26)
    line = Markup('<line class="lane" x1="{:.0f}" x2="{:.1f}" y1="{:.1f}" y2="{:.1f}"/>').format(
        _LEFT, wide, lane.y, lane.y
    )
    words = Markup('<a href="/sources/{}"><text class="outlet" x="16" y="{:.1f}">{}</text></a>').format(
        quote(lane.name[:400], safe=""), lane.y + 4, name
    )
    hollow = Markup('<circle class="missing" cx="{:.0f}" cy="{:.1f}" r="5"/>').format(_LEFT, lane.y)
    told = Markup('<text class="tick" x="{:.0f}" y="{:.1f}">its own report is not among these</text>').format(
        _LEFT + 12, lane.y + 3
    )
    return line + words + (hollow + told if lane.missing else Markup(""))


def _credit(id: str, band: Band, spots: Mapping[str, _Spot]) -> Markup:
    """From the agency, which stands above the first of those that credit it."""
    top = min(spots[entry.id].y for entry in band.reports) - _LANE
    words = f"credits {clip(band.missing, 60)}"
    return Markup('<path class="taken credit" marker-end="url(#arrow)" d="{}"><title>{}</title></path>').format(
        _curve(_LEFT, top, spots[id].x, spots[id].y, 7.0), words
    )


def _arrow(copy: Taken, spots: Mapping[str, _Spot]) -> Markup:
    here, there = spots[copy.of], spots[copy.article]
    line = _curve(here.x, here.y, there.x, there.y, 7.0)
    words = f"{clip(copy.outlet or 'unknown', 60)} from {clip(copy.of_outlet or 'unknown', 60)}: {told(copy)}"
    return Markup(
        '<a href="/articles/{}/copy/{}" aria-label="{}"><title>{}</title>'
        '<path class="near" d="{}"/><path class="taken {}" marker-end="url(#arrow)" d="{}"/></a>'
    ).format(quote(copy.article, safe=""), quote(copy.of, safe=""), words, words, line, copy.kind, line)


def told(copy: Taken) -> str:
    """ "edited, 82% of its words"."""
    return f"{copy.kind}, {copy.share:.0%} of its words"


def _curve(x: float, y: float, to_x: float, to_y: float, away: float = 0.0) -> str:
    """From one point to another, beginning and ending level; between two of one lane over it."""
    if abs(y - to_y) < 1:
        return f"M{x:.1f} {y:.1f}C{x:.1f} {y - 16:.1f} {to_x:.1f} {y - 16:.1f} {to_x:.1f} {y - away:.1f}"
    end = to_x - away if to_x >= x else to_x + away
    bend = max(3.0, min(60.0, 0.6 * abs(end - x)))
    lean = bend if to_x >= x else -bend
    return f"M{x:.1f} {y:.1f}C{x + lean / 3:.1f} {to_y:.1f} {end - lean:.1f} {to_y:.1f} {end:.1f} {to_y:.1f}"


def _node(entry: ArticleEntry, copy: Taken | None, spot: _Spot, named: bool, asked: bool) -> Markup:
    when = (entry.published or "undated")[:16].replace("T", " ")
    title = clip(entry.title or "untitled", 120)
    words = f"{clip(entry.outlet or 'unknown', 60)}, {when}: {title}" + (f" ({told(copy)})" if copy else "")
    shape = (
        Markup('<rect class="report copy{}" x="{:.1f}" y="{:.1f}" width="9" height="9"/>').format(
            "" if asked else " beside", spot.x - 4.5, spot.y - 4.5
        )
        if copy
        else Markup('<circle class="report{}" cx="{:.1f}" cy="{:.1f}" r="5.5"/>').format(
            "" if asked else " beside", spot.x, spot.y
        )
    )
    return Markup('<a href="/articles/{}" aria-label="{}"><title>{}</title>{}{}</a>').format(
        quote(entry.id, safe=""), words, words, shape, _label(copy, title, spot, named)
    )


def _label(copy: Taken | None, title: str, spot: _Spot, named: bool) -> Markup:
    """What stands right of a node, where there is room: how it was taken, or its title."""
    words = f"{copy.kind} {copy.share:.0%}" if copy else clip(title, max(int(spot.room / _LETTER), 1)) if named else ""
    if spot.room < _LABEL or len(words) * _LETTER > spot.room + 24 or not words:
        return Markup("")
    return Markup('<text class="label" x="{:.1f}" y="{:.1f}">{}</text>').format(spot.x + 9, spot.y + 4, words)


def _days(ordered: Sequence[tuple[ArticleEntry, datetime]], places: Mapping[str, float], tall: float) -> Markup:
    """The days, each above the first of its reports where there is room for its name."""
    return Markup("").join(
        Markup(
            '<line class="day" x1="{x:.1f}" x2="{x:.1f}" y1="20" y2="{y:.1f}"/>'
            '<text class="tick" x="{x:.1f}" y="14">{day}</text>'
        ).format(x=x - 8, y=tall, day=day)
        for x, day in _ticks(ordered, places)
    )


def _ticks(
    ordered: Sequence[tuple[ArticleEntry, datetime]], places: Mapping[str, float]
) -> Iterator[tuple[float, str]]:
    first: dict[str, float] = defaultdict(lambda: math.inf)
    for entry, _ in ordered:
        day = (entry.published or "undated")[:10]
        first[day] = min(first[day], places[entry.id])
    end = -math.inf
    for day, x in sorted(first.items(), key=lambda one: one[1]):
        if x >= end:
            yield x, day
            end = x + _DAY
