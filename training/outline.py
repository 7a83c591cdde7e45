"""Writes the outline of the world's countries that maps are drawn on.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m training.outline package/countries-50m.json

Writes src/sayso/data/outline.npz from the TopoJSON of the npm package world-atlas (Natural Earth 4.1.0, 1:50 million).
Its arcs are kept: where two countries share one it is a land border, else a coast. Points are hundredths of a degree,
about a kilometre, which is finer than the source is true.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pycountry

TARGET = Path(__file__).parent.parent / "src" / "sayso" / "data" / "outline.npz"
UNITS = 100  # of a degree
# Natural Earth gives these no ISO number; Kosovo's code is the one in common use.
UNNUMBERED = {"Kosovo": "XKX"}


def write(source: Path, target: Path) -> None:
    """Arcs as steps from point to point, rings as lists of arcs, each ring with its country."""
    topology = json.loads(source.read_text("utf-8"))
    arcs = [points(arc, topology["transform"]) for arc in topology["arcs"]]
    countries = topology["objects"]["countries"]["geometries"]
    rings = [(at, ring) for at, country in enumerate(countries) for ring in rings_of(country)]
    used = Counter(index if index >= 0 else ~index for _, ring in rings for index in ring)
    np.savez_compressed(
        target,
        steps=np.concatenate([np.diff(arc, axis=0, prepend=0) for arc in arcs]).astype(np.int16),
        arc_sizes=np.array([len(arc) for arc in arcs], np.int32),
        shared=np.array([used[at] > 1 for at in range(len(arcs))]),
        ring_arcs=np.array([index for _, ring in rings for index in ring], np.int16),
        ring_sizes=np.array([len(ring) for _, ring in rings], np.int32),
        ring_country=np.array([at for at, _ in rings], np.int16),
        names=np.array([country["properties"]["name"] for country in countries]),
        codes=np.array([code(country) for country in countries]),
    )


def points(arc: list[list[int]], transform: dict[str, list[float]]) -> np.ndarray[Any, np.dtype[np.int16]]:
    """Longitude and latitude, running on across the date line, less points that fall on the one before."""
    degrees = np.cumsum(np.array(arc), axis=0) * transform["scale"] + transform["translate"]
    degrees[:, 0] = np.unwrap(degrees[:, 0], period=360.0)
    rounded = np.rint(degrees * UNITS).astype(np.int16)
    kept = np.r_[True, np.any(np.diff(rounded, axis=0), axis=1)]
    kept[-1] = True  # neighbours meet in it
    return rounded[kept]


def rings_of(country: dict[str, Any]) -> Iterator[list[int]]:
    """The rings of a country, holes among them: they are filled by the even-odd rule."""
    polygons = {"Polygon": [country.get("arcs", [])], "MultiPolygon": country.get("arcs", [])}
    for polygon in polygons[country["type"]]:
        yield from polygon


def code(country: dict[str, Any]) -> str:
    """ISO 3166-1 alpha-3, "" where there is none."""
    known = pycountry.countries.get(numeric=country["id"]) if "id" in country else None
    return known.alpha_3 if known else UNNUMBERED.get(country["properties"]["name"], "")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("source", type=Path, help="countries-50m.json of world-atlas")
    options.add_argument("--out", type=Path, default=TARGET)
    given = options.parse_args()
    write(given.source, given.out)
