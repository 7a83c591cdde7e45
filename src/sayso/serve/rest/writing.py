"""A page of a list as JSON, CSV, GeoJSON or RSS. Pure: entries in, text out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from xml.etree import ElementTree as xml

from pydantic import TypeAdapter

from sayso.listing import IncidentEntry
from sayso.report.export import flat
from sayso.serve.rest.negotiating import Form
from sayso.store.codec import dumps

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # in XML
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
    located = entry.lat is not None and entry.lon is not None
    return {
        "type": "Feature",
        "id": entry.id,
        "geometry": {"type": "Point", "coordinates": [entry.lon, entry.lat]} if located else None,
        "properties": entry,
    }


def _as_rss(page: Written) -> str:
    """RSS 2.0; the link of each incident is its page."""
    root = xml.Element("rss", version="2.0")
    channel = xml.SubElement(root, "channel")
    _child(channel, "title", "sayso: incidents")
    _child(channel, "link", page.base + "/")
    _child(channel, "description", "What happened, and on whose word")
    for entry in page.entries:
        _item(channel, entry, page.base)
    return xml.tostring(root, "unicode", xml_declaration=True).replace("us-ascii", "utf-8")


def _item(channel: xml.Element, entry: IncidentEntry, base: str) -> None:
    where = entry.place or entry.country or "place unknown"
    item = xml.SubElement(channel, "item")
    _child(item, "title", f"{entry.first or 'undated'}, {where}: {entry.summary or entry.type}"[:300])
    _child(item, "link", f"{base}/incidents/{entry.id}")
    _child(item, "description", "; ".join(filter(None, [entry.summary, entry.tolls])))
    _child(item, "category", entry.type)
    _child(item, "guid", f"sayso:incident:{entry.id}").set("isPermaLink", "false")
    if moment := _moment(entry.changed or entry.reported):
        _child(item, "pubDate", format_datetime(moment))


def _moment(written: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(written or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _child(parent: xml.Element, name: str, text: str) -> xml.Element:
    made = xml.SubElement(parent, name)
    made.text = _UNFIT.sub("\ufffd", text)
    return made


WRITERS: Mapping[Form, Callable[[Written], str]] = {
    Form.JSON: _as_json,
    Form.CSV: _as_csv,
    Form.GEOJSON: _as_geojson,
    Form.RSS: _as_rss,
}
