"""How the round earth is laid on a sheet: a region true to scale at its middle, or the whole world with equal areas."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

_MARGIN = 1.3  # what is shown, as a multiple of what holds the points
_LEAST = 6.0  # degrees from south to north, so that one town still shows what lies around
_WIDE, _TALL = 150.0, 95.0  # degrees; beyond that the whole world is shown
_SOUTH, _NORTH = -57.0, 84.0  # the inhabited world
_KM = 111.32  # in one degree from south to north
# Equal Earth (Šavrič, Patterson and Jenny 2018).
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_HALF = 2 * math.pi / (math.sqrt(3) * _A[0])  # its equator, from the middle


@dataclass(frozen=True, slots=True)
class View:
    """A stretch of the earth on a sheet of `width` and `height` units, with its origin below on the left."""

    width: float
    height: float
    world: bool
    lon: float  # the middle
    lat: float
    scale: float  # units a degree from south to north, or a unit of Equal Earth

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point lies, the short way round from the middle."""
        near = lon if self.world else self.lon + (lon - self.lon + 180.0) % 360.0 - 180.0
        x, y = self.project(np.array([near]), np.array([lat]))
        return float(x[0]), float(y[0])

    def project(self, lon: Numbers, lat: Numbers) -> tuple[Numbers, Numbers]:
        """Where points lie, with longitudes that run on across the date line."""
        if self.world:
            x, y = equal_earth(lon, lat)
            middle = float(equal_earth(np.zeros(1), np.array([self.lat]))[1][0])
            return self.width / 2 + x * self.scale, self.height / 2 + (y - middle) * self.scale
        x = (lon - self.lon) * math.cos(math.radians(self.lat))
        return self.width / 2 + x * self.scale, self.height / 2 + (lat - self.lat) * self.scale

    @property
    def km(self) -> float | None:
        """Kilometres a unit; None where no one scale holds."""
        return None if self.world else _KM / self.scale


def equal_earth(lon: Numbers, lat: Numbers) -> tuple[Numbers, Numbers]:
    """Degrees to the plane of the Equal Earth projection."""
    a1, a2, a3, a4 = _A
    t = np.arcsin(math.sqrt(3) / 2 * np.sin(np.radians(lat)))
    t2, t6 = t**2, t**6
    x = 2 * math.sqrt(3) * np.radians(lon) * np.cos(t) / (3 * (9 * a4 * t**8 + 7 * a3 * t6 + 3 * a2 * t2 + a1))
    return x, t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))


def fit(points: Sequence[tuple[float, float]], width: float, height: float) -> View:
    """The view that holds all points (longitude, latitude) with a margin; of the world where they lie far apart."""
    middle, across = _across([lon for lon, _ in points])
    south, north = min(lat for _, lat in points), max(lat for _, lat in points)
    if across > _WIDE or north - south > _TALL:
        return _world(south, north, width, height)
    tall = max((north - south) * _MARGIN, _LEAST)
    lat = (south + north) / 2
    shrink = math.cos(math.radians(lat))
    scale = min(height / tall, width / max(across * shrink * _MARGIN, 1e-9))
    reach = height / scale / 2
    if reach < 88.0:  # no sheet beyond the poles
        lat = min(max(lat, reach - 90.0), 90.0 - reach)
        scale = min(scale, width / max(across * math.cos(math.radians(lat)) * _MARGIN, 1e-9))
    return View(width, height, False, middle, lat, scale)


def _across(lons: Sequence[float]) -> tuple[float, float]:
    """The middle of the shortest arc that holds all longitudes, and its degrees."""
    ordered = sorted({lon % 360.0 % 360.0 for lon in lons})  # -1e-99 % 360 is 360
    gaps = [(ordered[(at + 1) % len(ordered)] - lon) % 360.0 or 360.0 for at, lon in enumerate(ordered)]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    start, across = ordered[(widest + 1) % len(ordered)], 360.0 - gaps[widest]
    return (start + across / 2 + 180.0) % 360.0 - 180.0, across


def _world(south: float, north: float, width: float, height: float) -> View:
    low, high = (_SOUTH if south > _SOUTH else -90.0), (_NORTH if north < _NORTH else 90.0)
    below, above = (float(y) for y in equal_earth(np.zeros(2), np.array([low, high]))[1])
    scale = min(width / (2 * _HALF), height / (above - below))
    lats = np.linspace(-90.0, 90.0, 3601)
    middle = float(np.interp((below + above) / 2, equal_earth(np.zeros_like(lats), lats)[1], lats))
    return View(width, height, True, 0.0, middle, scale)
