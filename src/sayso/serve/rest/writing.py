"""A page of a list as JSON, CSV, GeoJSON or RSS. Pure: entries in, text out."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from pydantic import TypeAdapter

from sayso.listing import IncidentEntry
from sayso.report.archive import days
from sayso.report.export import flat
from sayso.report.formats import rss
from sayso.report.formats.facts import POINTS
from sayso.report.formats.files import plain, short
from sayso.report.formats.geojson import feature
from sayso.report.formats.told import moment
from sayso.report.plots.wording import country_name
from sayso.serve.rest.negotiating import Form
from sayso.store.codec import dumps

_LONG = 160  # characters of a title
_ANY: TypeAdapter[Any] = TypeAdapter(Any)


@dataclass(frozen=True, slots=True)
class Written:
    """A page of a list, to be written."""

    entries: Sequence[Any]
    kind: type  # of an entry
    next: str | None  # address of the next page
    total: int
    base: str  # address of this server: "http://127.0.0.1:8000"


def to_json(value: object) -> str:
    """Records as JSON."""
    return dumps(_ANY.dump_python(value, mode="json"))


def _as_json(page: Written) -> str:
    return to_json({"items": page.entries, "next": page.next, "total": page.total})


def _as_csv(page: Written) -> str:
    """A line a record under the names of its fields; lists are joined, and nothing runs as a formula."""
    out = io.StringIO()
    names = [one.name for one in fields(page.kind)]
    writer = csv.writer(out)
    writer.writerow(names)
    writer.writerows([[flat(getattr(entry, name)) for name in names] for entry in page.entries])
    return out.getvalue()


def _as_geojson(page: Written) -> str:
    """A FeatureCollection of RFC 7946; what lies nowhere that is known has no geometry."""
    return to_json(
        {
            "type": "FeatureCollection",
            "features": [_feature(entry) for entry in page.entries],
            "next": page.next,
            "total": page.total,
        }
    )


def _feature(entry: Any) -> dict[str, Any]:
    """A record as the exported GeoJSON has it: by the same names, and no mark at the middle of a country."""
    record = _ANY.dump_python(entry, mode="json")
    named = {"title": _title(entry), "first_day": entry.first, "last_day": entry.last}
    return feature(entry.id, entry.lat, entry.lon, entry.place_level, record | named)


def _title(entry: Any) -> str:
    """The words that tell an incident or event."""
    told = getattr(entry, "summary", None) or getattr(entry, "quote", None) or entry.type.capitalize()
    return short(plain(told), _LONG)


def _as_rss(page: Written) -> str:
    """RSS 2.0 as the exported feed, in the order of the list; the link of each incident is its page."""
    return '<?xml version="1.0" encoding="utf-8"?>\n' + rss.written(
        [_item(entry, page.base) for entry in page.entries], "Incidents", page.base + "/"
    )


def _item(entry: IncidentEntry, base: str) -> rss.Item:
    located = entry.lat is not None and entry.lon is not None and entry.place_level in POINTS
    return rss.Item(
        id=entry.id,
        title=_title(entry),
        link=f"{base}/incidents/{entry.id}",
        description=rss.listed(_lines(entry)),
        out=moment(entry.reported),
        type=entry.type,
        country=entry.country,
        point=(entry.lat or 0.0, entry.lon or 0.0) if located else None,
    )


def _lines(entry: IncidentEntry) -> Iterator[str]:
    nation = country_name(entry.country) if entry.country else None
    where = ", ".join(plain(part) for part in dict.fromkeys([entry.place, nation]) if part)
    yield f"When: {days(entry.first, entry.last) or 'undated'}"
    yield f"Where: {where or 'not told'}"
    if entry.tolls:
        yield f"Toll: {plain(entry.tolls)}"
    origins = "origin" if entry.origins == 1 else "origins"
    reports = "report" if entry.articles == 1 else "reports"
    yield f"{entry.origins} independent {origins} in {entry.articles} {reports}"


WRITERS: Mapping[Form, Callable[[Written], str]] = {
    Form.JSON: _as_json,
    Form.CSV: _as_csv,
    Form.GEOJSON: _as_geojson,
    Form.RSS: _as_rss,
}
