"""Where it happened: incidents on a map, each point a link."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from markupsafe import Markup

from sayso.listing import IncidentEntry
from sayso.model import EventType
from sayso.report.plots.groups import Group, group_of
from sayso.report.plots.outline import outline
from sayso.report.plots.view import Numbers, View, fit
from sayso.report.plots.wording import country_name
from sayso.serve.looks import Address, clip

_WIDE, _TALL = 760.0, 430.0
_NAMED = 14  # places that are named
_LONGEST = 60  # characters of a name
_GRID = 5.0  # degrees
_Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Spot:
    """The incidents at one point, the weightiest first."""

    entries: tuple[IncidentEntry, ...]

    @property
    def lead(self) -> IncidentEntry:
        return self.entries[0]

    @property
    def name(self) -> str:
        """As it is shown; what an article calls a place may be long."""
        return clip(self.lead.place or country_name(self.lead.country), _LONGEST)

    @property
    def exact(self) -> bool:
        """False where only a country is known, at whose middle nothing happened."""
        return self.lead.place is not None and self.lead.place != country_name(self.lead.country)

    @property
    def words(self) -> str:
        """What happened here, in a line."""
        one = len(self.entries) == 1
        return f"{self.name}: " + (self.lead.summary[:160] if one else f"{len(self.entries)} incidents")

    def address(self, to: Address) -> str:
        """The incident, or the list of those at this place."""
        return (
            f"/incidents/{self.lead.id}"
            if len(self.entries) == 1
            else to(place=self.lead.place or country_name(self.lead.country))
        )


def draw_map(entries: Sequence[IncidentEntry], to: Address) -> Markup | None:
    """Incidents on a map, by the sign of the weightiest at each point; None where none has a point."""
    spots = spots_of(entries)
    if not spots:
        return None
    view = _view([(spot.lead.lon or 0.0, spot.lead.lat or 0.0) for spot in spots])
    drawn = Markup("").join(_spot(spot, view, to) for spot in reversed(spots))
    names = Markup("").join(_names(spots, view))
    title = f"Map of {len(entries)} incidents at {len(spots)} places"
    return Markup(
        '<svg class="map" viewBox="0 0 {w:g} {h:g}" role="group" aria-label="{title}">'
        '<rect class="sea" width="{w:g}" height="{h:g}"/>{ground}{names}{drawn}</svg>'
    ).format(w=_WIDE, h=_TALL, title=title, ground=_ground(view), drawn=drawn, names=names)


def warm_up() -> None:
    """Draw the ground of the whole world once: it takes half a second, which no reader should wait for."""
    _ground(fit([(-170.0, -50.0), (170.0, 70.0)], _WIDE, _TALL))


def spots_of(entries: Iterable[IncidentEntry]) -> list[Spot]:
    held: dict[tuple[float, float], list[IncidentEntry]] = defaultdict(list)
    for entry in entries:
        if entry.lat is not None and entry.lon is not None:
            held[entry.lat, entry.lon].append(entry)
    return sorted((Spot(tuple(group)) for group in held.values()), key=lambda spot: -len(spot.entries))


def _view(points: Sequence[tuple[float, float]]) -> View:
    """A view that holds the points, with corners on a grid, so that the ground under it is drawn once for many sets."""
    corners = {
        (_GRID * to(lon / _GRID), max(-85.0, min(_GRID * to(lat / _GRID), 85.0)))
        for lon, lat in points
        for to in (math.floor, math.ceil)
    }
    return fit(sorted(corners), _WIDE, _TALL)


@lru_cache(maxsize=128)
def _ground(view: View) -> Markup:
    """Land, coasts and borders."""
    world = outline()
    land = "".join(_path(part, view, closed=True) for part in world.land(view))
    coast = "".join(_path(line, view) for line in world.lines(view, shared=False))
    border = "".join(_path(line, view) for line in world.lines(view, shared=True))
    return Markup('<path class="land" d="{}"/><path class="coast" d="{}"/><path class="border" d="{}"/>').format(
        land, coast, border
    )


def _path(line: Numbers, view: View, closed: bool = False) -> str:
    """A line in steps of whole units from one corner to the next; "" for what is smaller than a few units."""
    points = [(round(x), round(view.height - y)) for x, y in line]
    kept = [point for at, point in enumerate(points) if not at or point != points[at - 1]]
    if len(kept) < 3 and (len(kept) < 2 or closed):
        return ""
    steps = (f"{x - a} {y - b}" for (a, b), (x, y) in pairwise(kept))
    return f"M{kept[0][0]} {kept[0][1]}l{' '.join(steps)}{'z' if closed else ''}"


def _spot(spot: Spot, view: View, to: Address) -> Markup:
    x, y = _point(spot, view)
    group = group_of(EventType(spot.lead.type))
    look = f"spot f-{group.letter.lower()}{'' if spot.exact else ' hollow'}"
    return Markup('<a href="{}" aria-label="{}"><title>{}</title>{}</a>').format(
        spot.address(to), spot.words, spot.words, shape(group, look, x, y, _size(spot))
    )


def key(group: Group) -> Markup:
    """The sign of a group as the map draws it, for the words that explain it."""
    drawn = shape(group, f"spot f-{group.letter.lower()}", 0.0, 0.0, 4.6)
    return Markup('<svg class="key" viewBox="-6 -6 12 12" aria-hidden="true">{}</svg>').format(drawn)


def shape(group: Group, look: str, x: float, y: float, size: float) -> Markup:
    """The sign of a group of types, about as large for each."""
    if group.marker == "o":
        return Markup('<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/>').format(look, x, y, size)
    corners = " ".join(f"{x + size * a:.1f},{y + size * b:.1f}" for a, b in _CORNERS[group.marker])
    return Markup('<polygon class="{}" points="{}"/>').format(look, corners)


_CORNERS: dict[str, tuple[tuple[float, float], ...]] = {
    "^": ((0, -1.2), (1.1, 0.8), (-1.1, 0.8)),
    "v": ((0, 1.2), (1.1, -0.8), (-1.1, -0.8)),
    "s": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "D": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    "*": tuple(
        (r * math.sin(turn * math.pi / 5), -r * math.cos(turn * math.pi / 5))
        for turn, r in ((at, 1.3 if at % 2 == 0 else 0.6) for at in range(10))
    ),
}


def _names(spots: Sequence[Spot], view: View) -> Iterable[Markup]:
    """Names beside the busiest points, none over another or over a sign."""
    taken = [_room(*_point(spot, view), _size(spot)) for spot in spots]
    for spot in spots[:_NAMED]:
        x, y = _point(spot, view)
        words = spot.name + (f" {len(spot.entries)}" if len(spot.entries) > 1 else "")
        away, wide = _size(spot) + 3.5, 6.2 * len(words)
        for left in (x + away, x - away - wide):
            box = (left, y - 9, left + wide, y + 5)
            if left >= 0 and box[2] < view.width and not any(_meet(box, other) for other in taken):
                taken.append(box)
                yield Markup('<text class="label" x="{:.1f}" y="{:.1f}" aria-hidden="true">{}</text>').format(
                    left, y + 4, words
                )
                break


def _size(spot: Spot) -> float:
    """Half of how wide a sign is: more where more happened."""
    return 4.5 + 2.2 * math.log2(1 + len(spot.entries))


def _room(x: float, y: float, half: float) -> _Box:
    return x - half, y - half, x + half, y + half


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _point(spot: Spot, view: View) -> tuple[float, float]:
    x, y = view.place(spot.lead.lon or 0.0, spot.lead.lat or 0.0)
    return x, view.height - y
