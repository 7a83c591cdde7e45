"""Reads what other tools read as these tools do: by each format's own library, or a schema typed off its documentation.

Each reader gives one record a happening that was written; that of INCEpTION one an article.
"""

from __future__ import annotations

import csv
import html.parser
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unicodedata import normalize

import cassis
import feedparser
import hxl
import jsonschema
import lxml.etree
import pandas
import stix2
from followthemoney import model
from followthemoney.exc import InvalidData

Record = dict[str, Any]
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
_NUMBER = {"type": "integer"}

# RFC 7946, sections 2, 3 and 4: as far as a feature without or with a point goes; no `crs`, longitude first.
GEOJSON = {
    "type": "object",
    "required": ["type", "features"],
    "additionalProperties": False,
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "geometry", "properties"],
                "additionalProperties": False,
                "properties": {
                    "type": {"const": "Feature"},
                    "id": {"type": ["string", "number"]},
                    "properties": {
                        "type": "object",
                        "required": ["title", "type", "status", "says", "own_voice", "origins", "articles", "disputed",
                                     "tolls", "evidence"],
                    },
                    "geometry": {
                        "oneOf": [
                            {"type": "null"},
                            {
                                "type": "object",
                                "required": ["type", "coordinates"],
                                "additionalProperties": False,
                                "properties": {
                                    "type": {"const": "Point"},
                                    "coordinates": {
                                        "type": "array",
                                        "minItems": 2,
                                        "maxItems": 2,
                                        "prefixItems": [
                                            {"type": "number", "minimum": -180, "maximum": 180},
                                            {"type": "number", "minimum": -90, "maximum": 90},
                                        ],
                                    },
                                },
                            },
                        ]
                    },
                },
            },
        },
    },
}  # fmt: skip

# https://timeline.knightlab.com/docs/json-format.html
_DATE = {
    "type": "object",
    "required": ["year"],
    "additionalProperties": False,
    "properties": {
        "year": _NUMBER,
        "month": {"type": "integer", "minimum": 1, "maximum": 12},
        "day": {"type": "integer", "minimum": 1, "maximum": 31},
        "hour": {"type": "integer", "minimum": 0, "maximum": 23},
        "minute": {"type": "integer", "minimum": 0, "maximum": 59},
        "second": {"type": "integer", "minimum": 0, "maximum": 59},
        "millisecond": _NUMBER,
        "display_date": {"type": "string"},
        "format": {"type": "string"},
    },
}
_TEXT = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"headline": {"type": "string"}, "text": {"type": "string"}},
}
_SLIDE = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "start_date": _DATE,
        "end_date": _DATE,
        "text": _TEXT,
        "media": {"type": "object", "required": ["url"]},
        "group": {"type": "string"},
        "display_date": {"type": "string"},
        "background": {"type": "object"},
        "autolink": {"type": "boolean"},
        "unique_id": {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"},
    },
}
TIMELINEJS = {
    "type": "object",
    "required": ["events"],
    "additionalProperties": False,
    "properties": {
        "title": _SLIDE,
        "eras": {"type": "array"},
        "scale": {"enum": ["human", "cosmological"]},
        "events": {"type": "array", "items": {**_SLIDE, "required": ["start_date"]}},
    },
}


class Tags(html.parser.HTMLParser):
    """What markup a browser would see in a text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def check_markup(text: str) -> None:
    """Only the tags that a writer makes itself, and links to pages."""
    for tag, attributes in Tags(text).seen:
        assert tag in {"ul", "li", "p", "br", "blockquote", "a"}, tag
        assert attributes.keys() <= {"href", "rel"}
        assert re.match("https?://", attributes.get("href") or "http://")


def check_plain(text: str) -> None:
    """No sign that turns, breaks or ends what stands around it."""
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]", text)


def loaded(text: str) -> Any:
    """JSON as strict readers take it: no NaN, no name twice, nothing that UTF-8 cannot hold."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len({name for name, _ in pairs}) == len(pairs)
        return dict(pairs)

    def never(name: str) -> None:
        raise AssertionError(name)

    return json.loads(text, object_pairs_hook=once, parse_constant=never)


def read_geojson(folder: Path) -> list[Record]:
    found = loaded((folder / "incidents.geojson").read_text("utf-8"))
    check_features(found)
    features: list[Record] = found["features"]
    return features


def check_features(found: Record) -> None:
    jsonschema.validate(found, GEOJSON)
    ids = [feature["id"] for feature in found["features"]]
    assert len(set(ids)) == len(ids)
    for feature in found["features"]:
        known = feature["properties"]
        check_plain(json.dumps(known, ensure_ascii=False))
        if feature["geometry"]:
            assert known.get("radius_m") is None or known["radius_m"] >= 1000
        for toll in known["tolls"]:
            assert toll.get("low") is None or toll.get("high") is None or toll["low"] <= toll["high"]
        assert known["origins"] <= max(known["articles"], 1) and known["evidence"]


def read_hxl(folder: Path) -> list[Record]:
    """Rows by their hashtags, as libhxl finds them; and the second line of the file is that of the tags."""
    path = folder / "incidents.hxl.csv"
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file, strict=True))
    assert all(re.fullmatch(r"#[a-z]+[1-5]?(\+[a-z][a-z0-9_]*)*", tag) for tag in lines[1]) and len(
        set(lines[1])
    ) == len(lines[1])
    assert all(len(line) == len(lines[1]) for line in lines)
    assert not any(cell[:1] in ("=", "+", "-", "@", "\t") and not _is_number(cell) for line in lines for cell in line)
    with hxl.data(str(path), hxl.InputOptions(allow_local=True)) as source:
        tags = [column.display_tag for column in source.columns]
        rows = [dict(zip(tags, row.values, strict=True)) for row in source]
    assert tags == lines[1] and len(rows) == len(lines) - 2
    return rows


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def read_stix(folder: Path) -> list[Record]:
    """The incidents of a bundle that stix2 takes without custom content; every reference leads somewhere in it."""
    text = (folder / "bundle.stix.json").read_text("utf-8")
    bundle = stix2.parse(loaded(text), allow_custom=False)
    found = {item.id: loaded(item.serialize()) for item in bundle.objects}
    assert len(found) == len(bundle.objects)
    for item in found.values():
        for name, value in item.items():
            if name.endswith("_ref") or name.endswith("_refs"):
                assert set([value] if isinstance(value, str) else value) <= found.keys(), name
        assert item["created"] <= item["modified"]
        assert item.get("extensions", {}).keys() <= found.keys()
    for extension in (item for item in found.values() if item["type"] == "extension-definition"):
        schema = json.loads(extension["schema"])
        for item in found.values():
            if extension["id"] in item.get("extensions", {}):
                jsonschema.validate(item["extensions"][extension["id"]], schema)
    return [item for item in found.values() if item["type"] == "incident"]


def read_bundle(folder: Path) -> list[Record]:
    """All objects of a bundle."""
    found: list[Record] = json.loads((folder / "bundle.stix.json").read_text("utf-8"))["objects"]
    return found


def read_entities(folder: Path) -> dict[str, Any]:
    """Entities by id that lose nothing when FollowTheMoney cleans them, and whose references lead to the right kind."""
    found = {}
    for line in (folder / "entities.ftm.json").read_text("utf-8").split("\n")[:-1]:
        data = loaded(line)
        proxy = model.get_proxy(data, cleaned=False)
        try:
            proxy.schema.validate(data)
        except InvalidData as cause:  # its own message does not say what
            raise AssertionError((cause.errors, data)) from cause
        for name, values in data["properties"].items():
            if (
                name != "bodyText" and proxy.schema.get(name).type.name != "address"
            ):  # it sets commas and quotes its way
                assert set(proxy.get(name)) == {normalize("NFC", value) for value in values}, (name, values)
        found[proxy.id] = proxy
    for proxy in found.values():
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert found[value].schema.is_a(prop.range), (prop, value)
    return found


def read_ftm(folder: Path) -> list[Any]:
    """The events; the evidence beside lies inside of the texts as they are written."""
    entities = read_entities(folder)
    written = map(json.loads, (folder / "entities.ftm.json").read_text("utf-8").split("\n")[:-1])
    texts = {data["id"]: data["properties"].get("bodyText", [""])[0] for data in written}
    for line in (folder / "evidence.jsonl").read_text("utf-8").split("\n")[:-1]:
        proof = loaded(line)
        assert proof["entity"] in entities
        assert 0 <= proof["start"] < proof["end"] <= len(texts[proof["document"]])
    return [entity for entity in entities.values() if entity.schema.name == "Event"]


def read_timesketch_rows(folder: Path) -> list[Record]:
    """Rows as Timesketch's own importer takes them: by pandas, with the columns that it wants and its limits."""
    table = pandas.read_csv(folder / "timesketch.csv", dtype=str, keep_default_na=False)
    assert {"message", "datetime", "timestamp_desc", "timestamp"} <= set(table.columns)
    times = pandas.to_datetime(table["datetime"], format="ISO8601", errors="coerce", utc=True)
    assert not times.isna().any()
    rows: list[Record] = [dict(row) for row in table.to_dict("records")]
    for row, time in zip(rows, times, strict=True):
        assert time.value // 1000 == int(row["timestamp"]) and row["message"] and row["timestamp_desc"]
        assert all(len(cell.encode("utf-8")) <= 32_766 for cell in row.values())
        for cell in row.values():
            check_plain(cell)
        assert isinstance(loaded(row["evidence"]), list)
    return rows


def read_timesketch(folder: Path) -> list[Record]:
    return [row for row in read_timesketch_rows(folder) if row["timestamp_desc"] == "Happened"]


def read_timelinejs(folder: Path) -> list[Record]:
    found = loaded((folder / "timeline.json").read_text("utf-8"))
    jsonschema.validate(found, TIMELINEJS)
    slides: list[Record] = found["events"]
    assert len({slide["unique_id"] for slide in slides}) == len(slides)
    for slide in slides:
        assert not Tags(slide["text"]["headline"]).seen
        check_markup(slide["text"]["text"])
        check_plain(json.dumps(slide, ensure_ascii=False))
    return slides


def read_rss(folder: Path) -> list[Record]:
    return check_feed((folder / "incidents.rss").read_text("utf-8"))


def check_feed(text: str) -> list[Record]:
    """Items as feedparser finds them, with nothing that it would have to take out."""
    raw = lxml.etree.fromstring(text.encode("utf-8"))
    found = feedparser.parse(text)
    assert not found.bozo and found.version == "rss20"
    assert all(found.feed.get(name) for name in ("title", "link", "description"))
    for item, entry in zip(raw.iter("item"), found.entries, strict=True):
        assert item.findtext("title") and "<" not in item.findtext("title")
        check_markup(item.findtext("description"))
        assert item.find("guid").get("isPermaLink") == "false" and entry.id == item.findtext("guid")
        assert item.find("source") is None or re.match("https?://", item.find("source").get("url"))
        assert item.find("pubDate") is None or entry.published_parsed
    ids = [entry.id for entry in found.entries]
    assert len(set(ids)) == len(ids)
    return list(found.entries)


def read_messages(folder: Path) -> list[Any]:
    """Alerts by the schema of CAP 1.2; what an update refers to is there and was sent before it."""
    schema = lxml.etree.XMLSchema(lxml.etree.parse(str(Path(__file__).parent / "cap12.xsd")))
    found = [lxml.etree.parse(str(path)).getroot() for path in sorted((folder / "cap").iterdir())]
    sent = {alert.findtext(CAP + "identifier"): alert.findtext(CAP + "sent") for alert in found}
    assert len(sent) == len(found)
    for alert in found:
        schema.assertValid(alert)
        assert alert.findtext(CAP + "status") in ("Draft", "Test")
        references = (alert.findtext(CAP + "references") or "").split()
        assert (alert.findtext(CAP + "msgType") == "Update") == bool(references)
        for reference in references:
            sender, identifier, at = reference.split(",")
            assert sender == alert.findtext(CAP + "sender") and sent[identifier] == at
            assert at <= alert.findtext(CAP + "sent")
    return found


def read_cap(folder: Path) -> list[Any]:
    """The last message of each incident."""
    return list({alert.findtext(CAP + "incidents"): alert for alert in read_messages(folder)}.values())


def read_inception(folder: Path) -> list[Any]:
    """Documents as cassis loads them with the type system beside them."""
    with (folder / "inception" / "TypeSystem.xml").open("rb") as file:
        types = cassis.load_typesystem(file)
    found = []
    for path in sorted((folder / "inception").glob("*.xmi")):
        with path.open("rb") as file:
            found.append(cassis.load_cas_from_xmi(file, typesystem=types))
    return found


READERS: dict[str, Callable[[Path], list[Any]]] = {
    "geojson": read_geojson,
    "hxl": read_hxl,
    "stix": read_stix,
    "ftm": read_ftm,
    "timesketch": read_timesketch,
    "timelinejs": read_timelinejs,
    "rss": read_rss,
    "cap": read_cap,
    "inception": read_inception,
}
