"""What programs are promised: whole lists by pages, filters that hold, answers known by their tags, told faults."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as xml

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from sayso.api import Project
from sayso.config import Config
from sayso.model import Analysis
from sayso.record import to_json
from sayso.record_schema import schema
from sayso.report.formats import geojson, rss
from sayso.report.formats.facts import POINTS
from sayso.serve.app import make_app
from tests.builders import unrest
from tests.serve.small import small_archive
from tests.serve.visitors import signing

Row = dict[str, Any]
DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "api.md"
LISTS = "incidents articles claims events tolls sources stories copies judgements grades imports rejected runs".split()


@pytest.fixture(scope="module")
def small_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_archive(tmp_path_factory.mktemp("rest") / "small.db")


@pytest.fixture(scope="module")
def small(small_db: Path) -> Iterator[TestClient]:
    """The desk over the small archive, to be read only."""
    with TestClient(make_app(Config(db=str(small_db)))) as client:
        yield signing(client)


@pytest.fixture
def mine(small_db: Path, tmp_path: Path) -> Iterator[TestClient]:
    """The desk over a copy of the small archive, to write to."""
    db = shutil.copy(small_db, tmp_path / "mine.db")
    with TestClient(make_app(Config(db=str(db), analyst="ana")), raise_server_exceptions=False) as client:
        yield signing(client)


def walk(client: TestClient, address: str | None) -> Iterator[Row]:
    """Every record of a list, page after page."""
    while address:
        answer = client.get(address).json()
        yield from answer["items"]
        address = answer["next"]


def all_of(client: TestClient, name: str) -> list[Row]:
    return list(walk(client, f"/api/v1/{name}?limit=200"))


def add(client: TestClient, analysis: Analysis) -> None:
    """Put an article into the archive and link it, as another run does."""
    project = client.app.state.shelf.project  # type: ignore[attr-defined]
    project.store.put([analysis], [], [], "test")
    project.relink()


# --------------------------------------------------------------------------- pages


@pytest.mark.parametrize("name", LISTS)
def test_pages_of_two_hold_every_record_once(desk: TestClient, name: str) -> None:
    whole = all_of(desk, name)
    assert list(walk(desk, f"/api/v1/{name}?limit=2")) == whole
    assert desk.get(f"/api/v1/{name}?limit=1").json()["total"] == len(whole)


@pytest.mark.parametrize("name", ["claims", "events", "tolls", "incidents", "articles"])
def test_paging_meets_every_record_once_while_articles_are_added(mine: TestClient, name: str) -> None:
    before = {row["id"] for row in all_of(mine, name)}
    met, address, number = [], f"/api/v1/{name}?limit=1", 0
    while address:
        answer = mine.get(address).json()
        met += [row["id"] for row in answer["items"]]
        address, number = answer["next"], number + 1
        if number <= 3:
            add(mine, unrest(url=f"https://other.example/{number}", published=f"2021-0{number}-01"))
    assert len(met) == len(set(met))
    assert before <= set(met)


def test_the_next_page_stands_in_the_header_too(desk: TestClient) -> None:
    answer = desk.get("/api/v1/incidents?limit=1&order=date")
    assert answer.headers["link"] == f'<{answer.json()["next"]}>; rel="next"'
    assert "limit=1&order=date" in answer.json()["next"]
    last = desk.get("/api/v1/incidents?limit=200")
    assert last.json()["next"] is None and "link" not in last.headers


def test_a_list_is_ordered_as_asked(desk: TestClient) -> None:
    for order in ("weight", "origins"):
        values = [row[order] for row in walk(desk, f"/api/v1/incidents?order={order}&limit=7")]
        assert values == sorted(values, reverse=True)


@pytest.mark.parametrize("after", ["x", "W10", "WzFlOTk5LCAieCJd", "WyJcdWQ4MDAiLCAieCJd", "W3t9XQ"])
@pytest.mark.parametrize("name", LISTS)
def test_what_is_no_cursor_leads_to_no_page(small: TestClient, name: str, after: str) -> None:
    assert small.get(f"/api/v1/{name}", params={"after": after}).status_code == 404


def test_a_cursor_is_of_one_order_alone(desk: TestClient) -> None:
    after = desk.get("/api/v1/incidents?order=weight&limit=1").json()["next"].partition("after=")[2]
    assert desk.get(f"/api/v1/incidents?order=origins&after={after}").status_code == 200  # both are numbers
    assert desk.get(f"/api/v1/incidents?order=date&after={after}").status_code == 404


# --------------------------------------------------------------------------- filters

Fits = Callable[[Row], object]


def said(row: Row) -> str:
    return (row["published"] or "")[:10]


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("incidents?type=PROTEST", lambda row: row["type"] == "PROTEST"),
        ("incidents?country=kaz", lambda row: row["country"] == "KAZ"),
        ("incidents?origins=3", lambda row: row["origins"] >= 3),
        ("incidents?place=Almaty&type=ASSAULT", lambda row: row["place"] == "Almaty" and row["type"] == "ASSAULT"),
        (
            "incidents?since=2022-01-06&until=2022-01-07",
            lambda row: (
                (row["last"] or row["first"] or row["reported"] or "")[:10] >= "2022-01-06"
            ) and "" < (row["first"] or row["reported"] or "")[:10] <= "2022-01-07",
        ),
        ("articles?lang=en", lambda row: row["lang"] == "en"),
        ("articles?since=2022-01-08&until=2022-01-09", lambda row: "2022-01-08" <= said(row) <= "2022-01-09"),
        ("claims?stance=denies", lambda row: row["stance"] == "denies"),
        ("claims?kind=witness", lambda row: any(link["kind"] == "witness" for link in row["chain"])),
        (
            "claims?source=Kassym-Jomart%20Tokayev&stance=asserts",
            lambda row: row["stance"] == "asserts"
            and any(link["name"] == "Kassym-Jomart Tokayev" for link in row["chain"]),
        ),
        ("claims?since=2022-01-08&until=2022-01-08", lambda row: said(row) == "2022-01-08"),
        ("events?type=ASSAULT&status=occurred", lambda row: (row["type"], row["status"]) == ("ASSAULT", "occurred")),
        ("events?country=KAZ", lambda row: row["country"] == "KAZ"),
        (
            "events?since=2022-01-05&until=2022-01-06",
            lambda row: (row["last"] or row["first"] or "") >= "2022-01-05"
            and "" < (row["first"] or row["last"] or "") <= "2022-01-06",
        ),
        ("tolls?harm=killed", lambda row: row["harm"] == "killed"),
        ("tolls?victims=police", lambda row: row["kind"] == "police"),
        ("tolls?until=2022-01-07", lambda row: "" < said(row) <= "2022-01-07"),
        ("copies?kind=exact", lambda row: row["kind"] == "exact"),
        ("sources?q=minist", lambda row: "minist" in row["name"].lower()),
    ],
)  # fmt: skip
def test_a_filter_leaves_what_fits_and_all_of_it(desk: TestClient, address: str, fits: Fits) -> None:
    whole = all_of(desk, address.partition("?")[0])
    found = list(walk(desk, f"/api/v1/{address}&limit=7"))
    wanted = [row for row in whole if fits(row)]
    assert sorted(map(json.dumps, found)) == sorted(map(json.dumps, wanted))
    assert len(found) < len(whole)


def test_lists_by_a_record_are_those_of_the_record(desk: TestClient) -> None:
    events, tolls, claims = all_of(desk, "events"), all_of(desk, "tolls"), all_of(desk, "claims")
    for incident in all_of(desk, "incidents")[:10]:
        inside = {row["id"] for row in events if row["incident"] == incident["id"]}
        figures = {row["id"] for row in tolls if row["incident"] == incident["id"]}
        counted = {row["id"] for row in tolls if row["event"] in inside}
        about = {row["id"] for row in claims if {*row["about"]} & (inside | figures | counted)}
        for name, wanted in (("events", inside), ("tolls", figures), ("claims", about)):
            found = walk(desk, f"/api/v1/{name}?incident={incident['id']}")
            assert {row["id"] for row in found} == wanted
        assert {row["id"] for row in walk(desk, f"/api/v1/incidents/{incident['id']}/claims")} == about


def test_a_search_finds_what_holds_all_words(desk: TestClient) -> None:
    found = list(walk(desk, "/api/v1/search?q=police%20almaty&limit=3"))
    texts = [desk.get(f"/api/v1/articles/{row['id']}/analysis").json()["article"]["text"].lower() for row in found]
    assert found and all("police" in text and "almaty" in text for text in texts)
    assert all("\ue000" not in row["snippet"] for row in found)


@pytest.mark.parametrize("name", [*LISTS, "health", "facets", "search"])
def test_a_misspelt_filter_is_refused_and_the_known_ones_are_named(small: TestClient, name: str) -> None:
    answer = small.get(f"/api/v1/{name}?cuontry=KAZ")
    assert answer.status_code == 422
    assert "format" in next(one["message"] for one in answer.json()["errors"] if one["where"] == "query.cuontry")


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=201", "since=2022-1-5", "since=2022-02-30", "country=Kazakhstan",
              "type=protest", "order=best", "limit=1&limit=2", "place=", "place=%00", "changed=now", "format=xml"],
)  # fmt: skip
def test_a_value_that_makes_no_sense_is_refused(small: TestClient, query: str) -> None:
    answer = small.get(f"/api/v1/incidents?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] == f"query.{query.partition('=')[0]}"


def test_what_changed_after_a_moment(mine: TestClient) -> None:
    made = max(row["changed"] for row in all_of(mine, "incidents"))
    assert not list(walk(mine, f"/api/v1/incidents?changed={made}"))  # its plus sign comes as a blank
    assert list(walk(mine, "/api/v1/incidents?changed=2022-01-01T00:00:00Z"))


# --------------------------------------------------------------------------- records


def test_the_analysis_is_the_record_that_the_command_prints(desk: TestClient, demo_db: Path) -> None:
    validator = Draft202012Validator(schema())
    with Project(Config(db=str(demo_db))) as project:
        for analysis in project.store.analyses():
            record = desk.get(f"/api/v1/articles/{analysis.article.id}/analysis").json()
            validator.validate(record)
            assert record == to_json(analysis)


def test_an_incident_is_told_whole(desk: TestClient) -> None:
    for entry in all_of(desk, "incidents")[:5]:
        told = desk.get(f"/api/v1/incidents/{entry['id'][:10]}").json()
        assert (told["incident"]["id"], told["incident"]["origins"]) == (entry["id"], entry["origins"])
        assert sum(len(one["articles"]) for one in told["incident"]["by_origin"]) == entry["articles"]
        for quote in told["quotes"]:
            text = desk.get(f"/api/v1/articles/{quote['article']}/analysis").json()["article"]["text"]
            assert " ".join(text[quote["start"] : quote["end"]].split()) == quote["words"]
        assert told["tolls"] == desk.get(f"/api/v1/incidents/{entry['id']}/tolls?limit=200").json()["items"]


def test_every_link_leads_somewhere(desk: TestClient) -> None:
    seen = set()
    open = ["/api/v1"]
    for name in ("incidents", "articles", "sources"):
        first = all_of(desk, name)[0]
        open.append(f"/api/v1/{name}/{first.get('id') or first['name']}")
    while open:
        address = open.pop()
        answer = desk.get(address + ("?q=police" if address == "/api/v1/search" else ""))
        assert answer.status_code == 200 or address.startswith("/articles/"), address
        seen.add(address)
        if answer.headers["content-type"] == "application/json" and "openapi" not in address:
            links = answer.json().get("links", {}).values()
            open += [link for link in links if link not in seen]
    assert len(seen) > 25


def test_an_article_is_found_by_an_id_with_a_slash(small: TestClient) -> None:
    told = small.get("/api/v1/articles/named%2Fby%20its%20input%3F").json()
    assert told["id"] == "named/by its input?"
    assert small.get(told["links"]["analysis"]).json()["article"]["id"] == told["id"]
    assert small.get(told["links"]["claims"]).json()["total"] > 0


def test_an_origin_and_a_story_hold_their_articles(small: TestClient) -> None:
    article = small.get(f"/api/v1/articles/{all_of(small, 'articles')[-1]['id']}").json()
    assert article["id"] in small.get(f"/api/v1/origins/{article['origins'][0]}").json()["articles"]
    assert article["id"] in small.get(f"/api/v1/stories/{article['story']}").json()["articles"]


def test_copies_of_an_article_tell_what_they_changed(small: TestClient) -> None:
    listed = all_of(small, "copies")
    for copy in listed:
        whole = small.get(f"/api/v1/articles/{copy['original']}/copies").json()["items"]
        assert copy["id"] in {one["id"] for one in whole}
        assert {copy["id"]} <= {one["id"] for one in walk(small, f"/api/v1/copies?article={copy['article']}")}


# --------------------------------------------------------------------------- tags


@pytest.mark.parametrize("address", ["incidents", "incidents?format=csv", "health", "facets", "", "openapi.json"])
def test_what_did_not_change_is_not_sent_again(mine: TestClient, address: str) -> None:
    address = f"/api/v1/{address}".rstrip("/")
    first = mine.get(address)
    tag = first.headers["etag"]
    again = mine.get(address, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert first.headers["cache-control"] == "private, no-cache"
    assert "Accept" in first.headers["vary"]
    add(mine, unrest(url="https://more.example/"))
    assert mine.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_forms_and_addresses_have_tags_of_their_own(small: TestClient) -> None:
    asked = [("incidents", "*/*"), ("incidents", "text/csv"), ("incidents?limit=7", "*/*"), ("events", "*/*")]
    tags = {small.get(f"/api/v1/{to}", headers={"Accept": accept}).headers["etag"] for to, accept in asked}
    assert len(tags) == len(asked)
    assert all(tag.startswith('W/"') for tag in tags)


# --------------------------------------------------------------------------- forms


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/*", "text/csv; charset=utf-8"),
        ("application/json;q=0.5, application/geo+json", "application/geo+json"),
        ("application/geo+json;q=0.1, application/json;q=0.2", "application/json"),
        ("*/*, application/json;q=0", "text/csv; charset=utf-8"),
        ("application/rss+xml, */*;q=0.1", "application/rss+xml"),
        ("nonsense, text/csv;q=high, application/geo+json", "application/geo+json"),
    ],
)
def test_the_form_is_the_one_liked_best(small: TestClient, accept: str, media: str) -> None:
    assert small.get("/api/v1/incidents", headers={"Accept": accept}).headers["content-type"] == media


def test_a_form_that_there_is_not_is_told(small: TestClient) -> None:
    for address, accept in (("incidents", "image/png"), ("claims", "application/geo+json"), ("health", "text/csv")):
        answer = small.get(f"/api/v1/{address}", headers={"Accept": accept})
        assert (answer.status_code, answer.headers["content-type"]) == (406, "application/problem+json")
        assert "application/json" in answer.json()["detail"]
    assert small.get("/api/v1/incidents?format=csv", headers={"Accept": "image/png"}).status_code == 200


GEOMETRY = {
    "anyOf": [
        {"type": "null"},
        {
            "type": "object",
            "required": ["type", "coordinates"],
            "properties": {
                "type": {"const": "Point"},
                "coordinates": {
                    "type": "array",
                    "prefixItems": [
                        {"type": "number", "minimum": -180, "maximum": 180},
                        {"type": "number", "minimum": -90, "maximum": 90},
                    ],
                    "minItems": 2,
                    "maxItems": 3,
                },
            },
        },
    ]
}
GEOJSON = {  # RFC 7946, as far as points go
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "geometry", "properties"],
                "properties": {
                    "type": {"const": "Feature"},
                    "id": {"type": "string"},
                    "geometry": GEOMETRY,
                    "properties": {"type": "object"},
                },
            },
        },
    },
    "not": {"anyOf": [{"required": [name]} for name in ("coordinates", "geometries", "geometry", "properties")]},
}


@pytest.mark.parametrize("name", ["incidents", "events"])
def test_geojson_is_geojson_of_the_same_records(desk: TestClient, name: str) -> None:
    plain = desk.get(f"/api/v1/{name}?limit=200").json()["items"]
    drawn = desk.get(f"/api/v1/{name}?limit=200&format=geojson").json()
    Draft202012Validator(GEOJSON).validate(drawn)
    for one, record in zip(drawn["features"], plain, strict=True):
        told = one["properties"]
        assert told | record == told
        assert (told["first_day"], told["last_day"]) == (record["first"], record["last"])
        assert told["title"]
        assert (told["area_centre"] is None) or one["geometry"] is None
        if record["lat"] is not None:
            assert (one["geometry"] is None) == (record["place_level"] not in POINTS)
            assert one["geometry"] or told["area_centre"]
    located = [one for one in drawn["features"] if one["geometry"]]
    assert located
    assert all(
        one["geometry"]["coordinates"] == [round(one["properties"][name], 6) for name in ("lon", "lat")]
        for one in located
    )


@pytest.mark.parametrize("name", LISTS)
def test_csv_reads_back_as_the_same_records(desk: TestClient, name: str) -> None:
    plain = desk.get(f"/api/v1/{name}?limit=200").json()["items"]
    answer = desk.get(f"/api/v1/{name}?limit=200&format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8"), newline="")))
    assert len(rows) == len(plain)
    for row, record in zip(rows, plain, strict=True):
        assert list(row) == list(record)
        for field, value in record.items():
            if isinstance(value, str) and value[:1] not in "=+-@\t\r":
                assert row[field] == value
            elif value is None:
                assert row[field] == ""


def test_nothing_in_csv_runs_as_a_formula(small: TestClient) -> None:
    rows = csv.reader(io.StringIO(small.get("/api/v1/articles?format=csv").text))
    cells = [cell for row in rows for cell in row]
    assert any(cell.startswith("'=Formula") for cell in cells)
    assert not any(cell[:1] in ("=", "+", "-", "@") for cell in cells)


def test_rss_has_an_item_an_incident(desk: TestClient) -> None:
    root = xml.fromstring(desk.get("/api/v1/incidents?format=rss&limit=5").content)
    wanted = desk.get("/api/v1/incidents?limit=5").json()["items"]
    links = [item.findtext("link") for item in root.iter("item")]
    assert links == [f"http://127.0.0.1/incidents/{one['id']}" for one in wanted]


def test_lists_and_exports_draw_and_feed_incidents_alike(desk: TestClient, demo_db: Path) -> None:
    with Project(Config(db=str(demo_db))) as project:
        archive = project.archive()
    held = {one.id: one for one in archive.links.incidents}
    listed = desk.get("/api/v1/incidents?limit=200&format=geojson").json()["features"]
    exported = {one["id"]: one for one in geojson.features(archive, held.values())["features"]}
    for one in listed:
        other, told = exported[one["id"]], one["properties"]
        assert one["geometry"] == other["geometry"]
        for name in ("place", "place_level", "country", "area_centre"):  # exports leave out what is not known
            assert told[name] == other["properties"].get(name), (name, one["id"])
        for name in ("origins", "articles"):  # exports count the reports that tell it as having happened
            assert 1 <= other["properties"][name] <= max(told[name], 1), (name, one["id"])
    feeds = [
        desk.get("/api/v1/incidents?limit=200&format=rss").content,
        rss.feed(archive, held.values(), "Incidents", "http://127.0.0.1/").encode(),
    ]
    mine, theirs = ({item.findtext("guid"): item for item in xml.fromstring(feed).iter("item")} for feed in feeds)
    assert set(mine) <= set(theirs)
    for guid, item in mine.items():
        for name in ("category", "{http://www.georss.org/georss}point"):
            assert item.findtext(name) == theirs[guid].findtext(name), guid


# --------------------------------------------------------------------------- faults


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/api/nothing", 404),
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1/incidents/ffff0000ffff", 404),
        ("GET", "/api/v1/articles/abc", 404),
        ("GET", "/api/v1/sources/Nobody%20At%20All", 404),
        ("GET", "/api/v1/stories/ffff", 404),
        ("GET", "/api/v1/incidents/%00", 422),
        ("DELETE", "/api/v1/incidents", 405),
        ("PUT", "/api/v1/judgements/ffff", 405),
        ("DELETE", "/api/v1/judgements/ffff", 404),
        ("GET", "/api/v1/incidents?place=" + "x" * 9_000, 414),
        ("GET", "/api/v1/search", 422),
    ],
)
def test_every_fault_is_told_to_programs(small: TestClient, method: str, address: str, status: int) -> None:
    answer = small.request(method, address)
    told = answer.json()
    assert (answer.status_code, told["status"]) == (status, status)
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "detail", "instance"} <= set(told)
    assert bool(told["errors"]) == (status == 422)
    assert f'id="{told["type"].partition("#")[2]}"' in small.get("/api").text


def test_a_wrong_method_is_told_the_right_ones(small: TestClient) -> None:
    assert small.put("/api/v1/judgements").headers["allow"] == "GET, HEAD, OPTIONS, POST"
    assert small.put("/api/v1/judgements/ffff").headers["allow"] == "DELETE, GET, HEAD, OPTIONS"
    assert small.put("/api/v1/openapi.json").headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", ["incidents", "articles", "judgements/ffff", "sources/Police", "openapi.json"])
def test_an_address_says_what_it_takes(small: TestClient, path: str) -> None:
    answer = small.options(f"/api/v1/{path}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert {"GET", "HEAD", "OPTIONS"} <= set(answer.headers["allow"].split(", "))
    assert small.options("/api/v1/nothing").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/api/v1/incidents", "/api/v1/incidents?limit=2&format=csv", "/api/v1/nothing", "/api/v1/claims?x=1", "/"],
)
def test_head_answers_as_get_without_the_body(small: TestClient, address: str) -> None:
    bare, whole = small.head(address), small.get(address)
    assert (bare.status_code, bare.content) == (whole.status_code, b"")
    assert whole.content
    for name in ("content-type", "etag", "link", "content-encoding", "allow"):
        assert bare.headers.get(name) == whole.headers.get(name)
    tag = whole.headers.get("etag")
    if tag:
        assert small.head(address, headers={"If-None-Match": tag}).status_code == 304


def test_a_failure_of_ours_shows_no_code(mine: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mine.app.state.shelf, "lists", lambda: 1 / 0)  # type: ignore[attr-defined]
    answer = mine.get("/api/v1/incidents")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "division" not in answer.text and "Traceback" not in answer.text


def test_pages_tell_their_faults_on_pages(small: TestClient) -> None:
    assert small.get("/nothing").headers["content-type"].startswith("text/html")


# --------------------------------------------------------------------------- judgements


def test_a_judgement_is_kept_and_taken_back(mine: TestClient) -> None:
    event = mine.get("/api/v1/events?type=ASSAULT").json()["items"][0]["id"]
    said = mine.post("/api/v1/judgements", json={"what": event, "verdict": "wrong-code", "others": ["COERCE"]})
    assert said.status_code == 201
    kept = mine.get(said.headers["location"]).json()
    assert (kept["verdict"], kept["standing"], kept["left"], kept["right"]) == (
        "wrong-code", "in force", [event], ["COERCE"]
    )  # fmt: skip
    assert mine.delete(said.headers["location"]).status_code == 200
    assert mine.get(said.headers["location"]).status_code == 404
    assert {row["id"] for row in all_of(mine, "judgements")} > {kept["id"]}  # that it was said stays on record


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"what": "ffff0000", "verdict": "not-same", "others": ["eeee0000"]}', 404),
        ('{"what": "EVENT", "verdict": "same", "others": ["EVENT"]}', 409),
        ('{"what": "EVENT", "verdict": "grade"}', 422),
        ('{"what": "EVENT", "verdict": "wrong-code", "by": "somebody else"}', 422),
        ('{"what": "EVENT", "verdict": "wrong-code", "note": "\\ud800"}', 422),
        ('{"what": "EVENT", "verdict": "wrong-code", "note": "\\u0000"}', 422),
        ('{"what": 7, "verdict": "same"}', 422),
        ("[]", 422),
        ("{", 400),
        ("", 422),
    ],
)
def test_what_cannot_be_said_is_refused(mine: TestClient, body: str, status: int) -> None:
    event = mine.get("/api/v1/events?type=ASSAULT").json()["items"][0]["id"]
    sent = body.replace("EVENT", event)
    answer = mine.post("/api/v1/judgements", content=sent, headers={"Content-Type": "application/json"})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(all_of(mine, "judgements")) == 2


def test_events_are_shown_as_judged_with_the_code_that_they_had(mine: TestClient) -> None:
    first, second = (row["id"] for row in list(walk(mine, "/api/v1/events?type=ASSAULT"))[:2])
    was = next(row for row in all_of(mine, "events") if row["id"] == first)
    assert (was["as_first_coded"], was["no_event"]) == (None, False)
    for what, right in ((first, ["COERCE:arrest"]), (second, [])):
        said = {"what": what, "verdict": "wrong-code", "others": right}
        assert mine.post("/api/v1/judgements", json=said).status_code == 201
    now = {row["id"]: row for row in all_of(mine, "events")}
    coded = was["type"] + (f":{was['mode']}" if was["mode"] else "")
    assert (now[first]["type"], now[first]["mode"], now[first]["as_first_coded"]) == ("COERCE", "arrest", coded)
    assert (now[second]["type"], now[second]["as_first_coded"], now[second]["no_event"]) == ("ASSAULT", None, True)
    for kind in ("ASSAULT", "COERCE"):
        found = {row["id"] for row in walk(mine, f"/api/v1/events?type={kind}&limit=2")}
        assert found == {id for id, row in now.items() if row["type"] == kind}


def test_grades_that_stand_are_listed(small: TestClient) -> None:
    (grade,) = all_of(small, "grades")
    assert (grade["of"], grade["grade"], grade["by"]) == ("police", "C3", "ana")


def test_sources_and_claims_are_graded(mine: TestClient) -> None:
    name = next(row["name"] for row in all_of(mine, "sources"))
    claim = all_of(mine, "claims")[0]["id"]
    for of, grade in ((name, "B2"), (name, "A1"), (claim, "F6")):
        given = mine.post("/api/v1/grades", json={"of": of, "grade": grade, "note": "on record"})
        assert given.status_code == 201, given.text
        kept = mine.get(given.headers["location"]).json()
        assert (kept, kept["grade"], kept["by"]) == (given.json(), grade, "ana")
    assert sorted(row["grade"] for row in all_of(mine, "grades")) == ["A1", "C3", "F6"]


@pytest.mark.parametrize(
    ("of", "grade", "status"),
    [("Nobody At All", "B2", 404), ("ffff0000ffff0000", "B2", 404), ("Police", "G7", 422), ("", "B2", 422)],
)
def test_what_cannot_be_graded_is_refused(mine: TestClient, of: str, grade: str, status: int) -> None:
    assert mine.post("/api/v1/grades", json={"of": of, "grade": grade}).status_code == status


# --------------------------------------------------------------------------- description


def test_every_parameter_and_field_is_described_in_words(small: TestClient) -> None:
    told = small.get("/api/v1/openapi.json").json()
    for path, operations in told["paths"].items():
        for operation in operations.values():
            assert operation["summary"] and operation["description"], path
            assert all(one.get("description") for one in operation.get("parameters", ())), path
    for name, record in told["components"]["schemas"].items():
        for field, words in record.get("properties", {}).items():
            assert name == "AnalysisRecord" or words.get("description"), f"{name}.{field}"


def test_the_examples_on_the_page_work_as_they_stand(mine: TestClient) -> None:
    page = mine.get("/api").text
    examples = re.findall(r"<pre class=\"call\"><code><bdi>(curl .*?)</bdi>", page)
    assert len(examples) == sum(map(len, mine.app.state.description["paths"].values()))  # type: ignore[attr-defined]
    for example in examples:
        words = shlex.split(example.replace("&#39;", "'").replace("&amp;", "&").replace("&#34;", '"'))
        if "-X" not in words and not re.search("(judgements|imports)/", words[-1]):
            assert mine.get(words[-1]).status_code == 200, example


def test_the_commands_in_the_documents_work(mine: TestClient) -> None:
    event = mine.get("/api/v1/events?type=ASSAULT").json()["items"][0]["id"]
    said = mine.post("/api/v1/judgements", json={"what": event, "verdict": "wrong-code"}).json()["id"]
    incidents = [row["id"] for row in all_of(mine, "incidents")]
    given = {
        "INCIDENT": incidents[0],
        "OTHER": incidents[-1],
        "ARTICLE": all_of(mine, "events")[0]["article"],
        "JUDGEMENT": said,
        "SOURCE": all_of(mine, "sources")[0]["name"],
        "ETAG": mine.get("/api/v1/incidents").headers["etag"][3:-1],
    }
    commands = re.findall(r"^\$ curl (.*)$", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    assert len(commands) > 8
    for command in commands:
        words = shlex.split(re.sub("|".join(given), lambda found: given[found.group()], command))
        headers = dict(words[at + 1].split(": ", 1) for at, word in enumerate(words) if word == "-H")
        method = words[words.index("-X") + 1] if "-X" in words else "GET"
        body = words[words.index("-d") + 1] if "-d" in words else None
        address = words[-1].removeprefix("http://127.0.0.1:8765")
        answer = mine.request(method, address, headers=headers, content=body)
        sends = 202 if address == "/api/v1/articles" else 201
        wanted = sends if method == "POST" else 304 if "If-None-Match" in headers else 200
        assert answer.status_code == wanted, (command, answer.text)
