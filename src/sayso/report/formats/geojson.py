"""GeoJSON (RFC 7946): a feature an incident, longitude first, WGS 84, with every fact and its evidence as properties.

A point is the middle of what is told: `radius_m` says within how many metres of it the place lies. What has no place,
or only a country, is a feature without geometry, so that a table of them is complete and no map marks the middle of a
country; that stands in `area_centre`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sayso.model import Incident
from sayso.report.archive import Archive
from sayso.report.formats.facts import POINTS, Count, Spot, chosen, counts_of, facts, headline, of_incidents, place_of
from sayso.report.formats.files import Handed, as_json, plainly, write_text
from sayso.report.formats.told import Happening

_DIGITS = 6  # of a degree: a tenth of a metre


def write(archive: Archive, folder: Path, every: bool = False) -> Handed:
    """One file, a line a feature, so that two exports can be compared."""
    left: Counter[str] = Counter()
    found = [as_json(_feature(one)) for one in chosen(archive, every, left)]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(found) + "\n]}\n"
    return Handed([write_text(folder / "incidents.geojson", text, len(found))], left)


def features(archive: Archive, incidents: Iterable[Incident]) -> dict[str, Any]:
    """These incidents as a FeatureCollection, in their order."""
    return {"type": "FeatureCollection", "features": [_feature(one) for one in of_incidents(archive, incidents)]}


def _feature(one: Happening) -> dict[str, Any]:
    spot = place_of(one) or Spot("", None, None, None, None, None, None, None)
    properties = {"title": headline(one), **facts(one), **dict(_flat(counts_of(one)))}
    made = feature(one.id, spot.lat, spot.lon, spot.level, properties)
    return made | {"properties": plainly(made["properties"])}


def feature(
    id: str, lat: float | None, lon: float | None, level: str | None, properties: Mapping[str, Any]
) -> dict[str, Any]:
    """A feature of a record whose place is of a level: a point, or none and the middle as `area_centre`."""
    at = None if lat is None or lon is None else [round(lon, _DIGITS), round(lat, _DIGITS)]
    point = {"type": "Point", "coordinates": at} if at and level in POINTS else None
    centre = {"area_centre": None if point else at}
    return {"type": "Feature", "id": id, "geometry": point, "properties": {**properties, **centre}}


def _flat(counts: list[Count]) -> Iterator[tuple[str, int | None]]:
    """Each toll as three properties of its own, which mapping tools can draw by."""
    for count in counts:
        yield from ((f"{count.harm}_{bound}", getattr(count, bound)) for bound in ("low", "best", "high"))
