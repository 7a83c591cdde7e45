"""The coasts and borders that ship with sayso, laid on a view. Source, licence and limits: data/outline.card.md."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from sayso.report.plots.view import Numbers, View

Flags = npt.NDArray[np.bool_]

CREDIT = "Outline and borders: Natural Earth (public domain); sayso takes no side by them."
_UNITS = 100.0  # of a degree
_BEYOND = 12.0  # units outside the sheet that are still kept, so that no edge shows


@dataclass(frozen=True, slots=True)
class Ring:
    """One closed line of a country, in degrees."""

    country: int
    points: Numbers


@dataclass(frozen=True, slots=True)
class Room:
    """A level stretch inside a country, on the sheet."""

    x: float  # its middle
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Outline:
    """The countries of the world."""

    arcs: tuple[Numbers, ...]  # each with columns longitude, latitude
    shared: tuple[bool, ...]  # of each arc: a land border
    rings: tuple[Ring, ...]
    names: tuple[str, ...]
    codes: tuple[str, ...]  # ISO 3166-1 alpha-3, "" where there is none

    def land(self, view: View) -> list[Numbers]:
        """What to fill: the rings on the sheet."""
        return [
            part
            for ring in self.rings
            for x, y, _ in _laid(ring.points, view)
            if (part := _clipped(x, y, view)) is not None
        ]

    def lines(self, view: View, shared: bool) -> list[Numbers]:
        """Land borders (`shared`) or coasts on the sheet."""
        return [
            line
            for arc, border in zip(self.arcs, self.shared, strict=True)
            if border == shared
            for x, y, real in _laid(arc, view)
            for line in _inside(x, y, real, view)
        ]

    def bounds(self, code: str) -> list[tuple[float, float]]:
        """Two corners (longitude, latitude) that hold the largest part of a country; none for an unknown code."""
        if not code or code not in self.codes:
            return []
        own = [ring.points for ring in self.rings if self.codes[ring.country] == code]
        largest = max(own, key=lambda points: abs(_area(points)))
        (west, south), (east, north) = largest.min(axis=0), largest.max(axis=0)
        return [(float(west), float(south)), (float(east), float(north))]

    def named(self, view: View) -> list[tuple[str, list[Room]]]:
        """Names of the countries on the sheet, with where there is room for each; large countries first."""
        found: dict[int, tuple[float, str, list[Room]]] = {}
        for ring in self.rings:
            for x, y, _ in _laid(ring.points, view):
                part = _clipped(x, y, view, 0.0)
                if part is not None and (area := abs(_area(part))) > found.get(ring.country, (1.0,))[0]:
                    found[ring.country] = (area, self.names[ring.country], _rooms(part))
        return [(name, rooms) for _, name, rooms in sorted(found.values(), reverse=True)]


@lru_cache(maxsize=1)
def outline() -> Outline:
    """The outline that ships with sayso."""
    with files("sayso").joinpath("data", "outline.npz").open("rb") as file, np.load(file) as held:
        data = {name: held[name] for name in held}
    steps = np.split(data["steps"].astype(np.float64), np.cumsum(data["arc_sizes"])[:-1])
    arcs = tuple(np.cumsum(arc, axis=0) / _UNITS for arc in steps)
    parts = np.split(data["ring_arcs"].astype(np.int64), np.cumsum(data["ring_sizes"])[:-1])
    rings = tuple(
        Ring(int(country), _closed(np.concatenate([arcs[at] if at >= 0 else arcs[~at][::-1] for at in part.tolist()])))
        for country, part in zip(data["ring_country"], parts, strict=True)
    )
    names, codes = (tuple(map(str, data[name])) for name in ("names", "codes"))
    return Outline(arcs, tuple(map(bool, data["shared"])), rings, names, codes)


def _running_on(line: Numbers) -> Numbers:
    """A line whose longitudes do not jump at the date line."""
    return np.column_stack([np.unwrap(line[:, 0], period=360.0), line[:, 1]])


def _closed(ring: Numbers) -> Numbers:
    """A ring that runs on across the date line; one around a pole (Antarctica) is closed along the pole."""
    ring = _running_on(ring)
    if abs(ring[-1, 0] - ring[0, 0]) < 180.0:
        return ring
    pole = math.copysign(90.0, float(ring[:, 1].mean()))
    return np.concatenate([ring, [[ring[-1, 0], pole], [ring[0, 0], pole]]])


def _laid(points: Numbers, view: View) -> Iterator[tuple[Numbers, Numbers, Flags]]:
    """A line on the sheet, as often as the world comes by it, and which points are not moved to the date line."""
    for turn in (-360.0, 0.0, 360.0):
        lon = points[:, 0] + turn
        if view.world and (lon.max() < -180.0 or lon.min() > 180.0):
            continue
        near = np.clip(lon, -180.0, 180.0) if view.world else lon
        x, y = view.project(near, points[:, 1])
        if x.max() >= 0 and x.min() <= view.width and y.max() >= 0 and y.min() <= view.height:
            yield x, y, near == lon


def _clipped(x: Numbers, y: Numbers, view: View, beyond: float = _BEYOND) -> Numbers | None:
    """A ring cut at the edges of the sheet (Sutherland and Hodgman); None where nothing is left."""
    part = np.column_stack([x, y])
    for axis, edge, side in (
        (0, -beyond, 1.0), (0, view.width + beyond, -1.0), (1, -beyond, 1.0), (1, view.height + beyond, -1.0),
    ):  # fmt: skip
        depth = side * (part[:, axis] - edge)
        if (depth >= 0).all():
            continue
        after, depth_after = np.roll(part, -1, axis=0), np.roll(depth, -1)
        crossing = (depth >= 0) != (depth_after >= 0)
        share = np.divide(depth, depth - depth_after, out=np.zeros_like(depth), where=crossing)
        cut = part + (after - part) * share[:, None]
        part = np.stack([part, cut], axis=1)[np.column_stack([depth >= 0, crossing])]
        if len(part) < 3:
            return None
    part = _thinned(part)
    return part if len(part) > 2 else None


def _inside(x: Numbers, y: Numbers, real: Flags, view: View) -> Iterator[Numbers]:
    """The stretches of a line whose every step may touch the sheet."""
    low_x, high_x = np.minimum(x[:-1], x[1:]), np.maximum(x[:-1], x[1:])
    low_y, high_y = np.minimum(y[:-1], y[1:]), np.maximum(y[:-1], y[1:])
    on = (high_x > -_BEYOND) & (low_x < view.width + _BEYOND) & (high_y > -_BEYOND) & (low_y < view.height + _BEYOND)
    for steps in _runs(on & real[:-1] & real[1:]):
        part = slice(steps.start, steps.stop + 1)
        yield _thinned(np.column_stack([x[part], y[part]]))


def _runs(on: Flags) -> Iterator[slice]:
    edges = np.flatnonzero(np.diff(np.r_[False, on, False].astype(np.int8)))
    for start, stop in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        yield slice(start, stop)


def _thinned(line: Numbers, least: float = 0.5) -> Numbers:
    """A line to a tenth of a unit, without points nearer to the last one kept than the eye can tell."""
    kept = [0]
    for at in range(1, len(line)):
        if at == len(line) - 1 or max(abs(line[at] - line[kept[-1]])) >= least:
            kept.append(at)
    return np.round(line[kept], 1)


def _area(points: Numbers) -> float:
    x, y = points[:, 0], points[:, 1]
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


def _rooms(part: Numbers) -> list[Room]:
    """The stretches of a filled ring along some level cuts, the widest and most central first."""
    x, y = part[:, 0], part[:, 1]
    low, high = float(y.min()), float(y.max())
    found = []
    for share in (0.5, 0.42, 0.58, 0.34, 0.66, 0.25, 0.75):
        level = low + (high - low) * share
        ends = np.flatnonzero((y > level) != (np.roll(y, -1) > level))
        after = (ends + 1) % len(part)
        crossings = np.sort(x[ends] + (level - y[ends]) * (x[after] - x[ends]) / (y[after] - y[ends])).tolist()
        far = 1 + abs(share - 0.5)
        found += [
            ((right - left) / far, Room((left + right) / 2, level, right - left))
            for left, right in zip(crossings[::2], crossings[1::2], strict=False)
        ]
    return [room for _, room in sorted(found, key=lambda one: -one[0])]
