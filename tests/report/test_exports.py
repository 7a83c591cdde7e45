"""What maps, timelines, case work, annotation and alerts read: each file reads back by its own tool."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from sayso.link import link
from sayso.model import Analysis, EventType, Harm, Incident, Links, Span, TollEstimate, TollStep, Turn
from sayso.report.archive import Archive
from sayso.report.formats import geojson, hand_out, rss
from sayso.report.formats.files import Handed, file_name
from sayso.report.formats.ftm import partial
from sayso.report.formats.told import Days
from tests import strategies
from tests.builders import analysis, unrest
from tests.report.readers import (
    CAP,
    READERS,
    check_features,
    check_feed,
    read_bundle,
    read_entities,
    read_messages,
    read_timesketch_rows,
)
from tests.report.test_formats import ODD, PLACE, alone, joined, story

HAPPENINGS = [layout for layout in READERS if layout != "inception"]
DATED = ("timesketch", "timelinejs")


def written(archive: Archive, layout: str, folder: Path, every: bool = False) -> tuple[list[Any], Handed]:
    """What the reader of a format gets."""
    handed = hand_out(archive, layout, folder, every)
    assert all(path.parent == folder and path.exists() for path, _ in handed.files)
    return READERS[layout](folder), handed


def reports(number: int, **more: Any) -> list[Analysis]:
    """So many reports of one happening, each by its own paper."""
    return [story({}, outlet=f"Paper {n}", url=f"https://paper{n}.example/a", **more) for n in range(number)]


def revised(archive: Archive, **changes: Any) -> Archive:
    """The archive with its one incident changed."""
    (incident,) = archive.links.incidents
    links = replace(archive.links, incidents=(replace(incident, **changes),))
    return Archive(archive.analyses.values(), links)


@pytest.fixture(scope="module")
def demo(demo_analyses: tuple[Analysis, ...]) -> Archive:
    return Archive(demo_analyses, link(demo_analyses))


# --------------------------------------------------------------------------- every format


@pytest.mark.parametrize("layout", READERS)
def test_an_empty_archive_gives_an_empty_file_that_reads_back(tmp_path: Path, layout: str) -> None:
    found, handed = written(Archive((), Links()), layout, tmp_path)
    assert found == [] and not handed.left


@pytest.mark.parametrize("layout", HAPPENINGS)
def test_three_reports_of_one_happening_are_one_record(tmp_path: Path, layout: str) -> None:
    found, handed = written(joined(*reports(3), origins=2), layout, tmp_path)
    assert len(found) == 1 and not handed.left


@pytest.mark.parametrize("layout", HAPPENINGS)
def test_what_is_denied_or_planned_goes_only_if_asked(tmp_path: Path, layout: str) -> None:
    archive = alone(story({}, {"stance": "denies"}), story({"status": "planned"}, outlet="Paper B", url="b"))
    found, handed = written(archive, layout, tmp_path)
    assert not found
    assert handed.left == {"denied or doubted by the source it stands on": 1, "told as planned": 1}
    found, handed = written(archive, layout, tmp_path, every=True)
    assert len(found) == 2 and not handed.left


@pytest.mark.parametrize("layout", HAPPENINGS)
def test_what_a_source_says_is_marked_wherever_it_is_read_first(tmp_path: Path, layout: str) -> None:
    written(alone(story({}, {})), layout, tmp_path)
    text = " ".join(path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file())
    assert "Harbour News ← the mayor" in text
    assert "[according to the mayor]" in text or layout == "hxl"


@pytest.mark.parametrize("layout", READERS)
@pytest.mark.parametrize(
    "odd", [ODD, "\ud800", "=1+1", "]]>", "<script>alert(1)</script>", "\ufffe\x00\x0b", "../../x"]
)
def test_nothing_that_an_article_says_breaks_a_format(tmp_path: Path, layout: str, odd: str) -> None:
    people = {
        "Guards": {"sector": ["MIL"], "name": odd},
        "drovers": {"sector": ["CVL"], "name": odd, "title": odd},
        "the mayor": {"name": odd},
    }
    place = {"Almaty": {**PLACE, "name": odd, "admin1": odd}}
    text = f"Guards shot two drovers in Almaty on Friday, the mayor said. {odd} 🙂 Nobody else did."
    fields = {"outlet": odd, "url": odd, "title": odd, "byline": (odd,), "lang": odd, "id": odd, "text": text}
    found, _ = written(alone(story({}, {}, actors=people, places=place, **fields)), layout, tmp_path)
    assert len(found) == 1
    assert {path.resolve().parent for path in tmp_path.rglob("*.xm*")} <= {tmp_path / "cap", tmp_path / "inception"}


@pytest.mark.parametrize("layout", READERS)
def test_a_title_of_a_megabyte_breaks_nothing(tmp_path: Path, layout: str) -> None:
    title = "Harbour blocked " * 65_000
    text = f"{title}\n\nGuards shot two drovers in Almaty on Friday, the mayor said."
    one = story({"evidence": [title.strip()]}, {}, title=title, text=text, outlet=title)
    found, _ = written(revised(joined(one), summary=title), layout, tmp_path)
    assert len(found) == 1


def written_or_left(layout: str, found: list[Any], handed: Handed, archive: Archive) -> bool:
    """Whether each event is in a record or counted; a record holds those of one incident."""
    happenings = {archive.incident_of.get(event, event) for event in archive.events}
    return len(found) <= len(happenings) and len(found) + handed.left.total() >= len(happenings)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    found=strategies.st.lists(strategies.analyses(), min_size=1, max_size=2, unique_by=lambda one: one.article.id),
    every=strategies.st.booleans(),
    together=strategies.st.booleans(),
)
def test_any_archive_reads_back(found: list[Analysis], every: bool, together: bool) -> None:
    archive = Archive(found, link(tuple(found)) if together else Links())
    for layout in READERS:
        with TemporaryDirectory() as folder:
            read, handed = written(archive, layout, Path(folder), every)
        if layout == "inception":
            assert len(read) == len(archive.analyses)
        else:
            assert written_or_left(layout, read, handed, archive), layout


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(one=strategies.analyses(), links=strategies.links())
def test_links_that_lead_nowhere_break_nothing(one: Analysis, links: Links) -> None:
    events = tuple(event.id for event in one.events)
    lost = Incident(
        "0f" * 8, EventType.ASSAULT, events, (one.article.id,), ("gone",), "Here", None, None, 1.0, None, None
    )
    archive = Archive([one], replace(links, incidents=(*links.incidents, lost)))
    check_features(geojson.features(archive, archive.links.incidents))
    check_feed(rss.feed(archive, archive.links.incidents, "Feed", "https://desk.example/"))


@pytest.mark.parametrize("layout", READERS)
def test_the_demo_reads_back_and_a_second_export_is_the_same(demo: Archive, tmp_path: Path, layout: str) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    found, handed = written(demo, layout, first)
    assert len(found) > 20
    if layout not in ("inception", *DATED):
        assert written_or_left(layout, found, handed, demo)
    written(demo, layout, second)
    files = [path.relative_to(first) for path in first.rglob("*") if path.is_file()]
    assert files and all((first / path).read_bytes() == (second / path).read_bytes() for path in files)


# --------------------------------------------------------------------------- GeoJSON


def test_geojson_has_longitude_first_and_says_how_far_the_place_reaches(tmp_path: Path) -> None:
    ((feature,), _) = written(joined(*reports(3), origins=2), "geojson", tmp_path)
    known = feature["properties"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [76.91, 43.25]}
    assert (known["place_level"], known["radius_m"], known["origins"], known["articles"]) == ("city", 10_000, 2, 3)
    assert (known["killed_low"], known["killed_best"], known["own_voice"]) == (2, 3, True)
    assert "killed_high" not in known  # open above
    proof = known["evidence"][0]
    assert proof["quote"] == "Guards shot two drovers in Almaty" and (proof["start"], proof["end"]) == (0, 33)
    assert {proof["outlet"] for proof in known["evidence"]} == {"Paper 0", "Paper 1", "Paper 2"}


@pytest.mark.parametrize(
    ("level", "metres"),
    [("site", 1_000), ("city", 10_000), ("district", 30_000), ("province", 105_000), ("country", 930_000)],
)
@pytest.mark.parametrize("near", [False, True])
def test_the_radius_follows_the_level_and_doubles_where_it_is_only_near(level: str, metres: int, near: bool) -> None:
    one = story({}, places={"Almaty": {**PLACE, "level": level}})
    archive = joined(replace(one, places=tuple(replace(place, near=near) for place in one.places)))
    (feature,) = geojson.features(archive, archive.links.incidents)["features"]
    assert feature["properties"]["radius_m"] == metres * (2 if near else 1)
    centre = [76.91, 43.25]
    if level == "country":  # whose middle is no location
        assert feature["geometry"] is None and feature["properties"]["area_centre"] == centre
    else:
        assert feature["geometry"]["coordinates"] == centre and "area_centre" not in feature["properties"]


def test_what_has_no_place_is_a_feature_without_geometry() -> None:
    archive = revised(joined(story({"place": None})), place=None, country=None, lat=None, lon=None)
    found = geojson.features(archive, archive.links.incidents)
    check_features(found)
    assert found["features"][0]["geometry"] is None


def test_a_country_alone_has_no_point() -> None:
    archive = revised(joined(story({"place": None})), place=None, lat=None, lon=None)
    (feature,) = geojson.features(archive, archive.links.incidents)["features"]
    assert feature["geometry"] is None and feature["properties"]["country"] == "KAZ"


def test_features_are_those_asked_for_in_their_order(demo: Archive) -> None:
    chosen = [demo.links.incidents[5], demo.links.incidents[2]]
    found = geojson.features(demo, chosen)
    check_features(found)
    assert [feature["id"] for feature in found["features"]] == [one.id for one in chosen]
    assert geojson.features(demo, [])["features"] == []


def test_several_origins_that_pass_on_one_source_are_named_as_such() -> None:
    archive = joined(*(story({}, {}, outlet=f"Paper {n}", url=f"https://p{n}.example/") for n in range(2)), origins=2)
    (feature,) = geojson.features(archive, archive.links.incidents)["features"]
    assert feature["properties"]["only_source"] == "the mayor"


def test_who_denies_it_goes_along() -> None:
    told = story({}, outlet="Paper A", url="https://a.example/")
    denied = story({}, {"stance": "denies", "about": ["shot"]}, outlet="Paper B", url="https://b.example/")
    archive = joined(told, denied, origins=2)
    (feature,) = geojson.features(archive, archive.links.incidents)["features"]
    known = feature["properties"]
    assert known["disputed"] and known["disputed_by"] == ["the mayor (organization)"]
    assert known["title"].endswith("[disputed]") and known["says"] == "Paper A (own voice)"


# --------------------------------------------------------------------------- tables


@pytest.mark.parametrize(("layout", "column"), [("hxl", "#geo+lat"), ("timesketch", "latitude")])
def test_numbers_below_zero_stay_numbers_and_formulas_do_not_run(tmp_path: Path, layout: str, column: str) -> None:
    place = {"Almaty": {**PLACE, "lat": -12.5, "lon": -76.0}}
    one = story({}, places=place, outlet="=cmd()", actors={"Guards": {"name": "@x"}, "drovers": {"name": "-x"}})
    ((row,), _) = written(alone(one), layout, tmp_path)
    assert float(row[column]) == -12.5
    text = next(tmp_path.glob("*.csv")).read_text("utf-8")
    assert re.search(r"(^|,)-12\.5(,|$)", text, re.M) and not re.search(r"(^|,)\"?[=@]", text, re.M)


@pytest.mark.parametrize(("layout", "column"), [("hxl", "#geo+lat"), ("timesketch", "latitude")])
def test_the_middle_of_a_country_is_in_no_table(tmp_path: Path, layout: str, column: str) -> None:
    one = story({}, places={"Almaty": {**PLACE, "level": "country"}})
    ((row,), _) = written(alone(one), layout, tmp_path)
    assert row[column] == ""


def test_hxl_has_a_tag_for_every_bound_of_a_toll(tmp_path: Path) -> None:
    ((row,), _) = written(joined(*reports(3), origins=2), "hxl", tmp_path)
    killed = [row[f"#affected+killed{bound}"] for bound in ("+min", "", "+max")]
    assert killed == ["2", "3", ""]  # open above
    assert (row["#country+code"], row["#country+name"], row["#loc+name"]) == ("KAZ", "Kazakhstan", "Almaty")
    assert (row["#meta+origins+num"], row["#meta+articles+num"], row["#geo+radius+m"]) == ("2", "3", "10000")
    assert (row["#date+start"], row["#date+reported"]) == ("2022-01-07", "2022-01-08")


@pytest.mark.parametrize("layout", DATED)
def test_what_has_no_day_is_left_out_of_a_timeline_and_counted(tmp_path: Path, layout: str) -> None:
    found, handed = written(alone(story({"time": None})), layout, tmp_path)
    ((reason, count),) = handed.left.items()
    assert not found and reason.startswith("undated") and count == 1


@pytest.mark.parametrize(("day", "kept"), [("1677-05-01", 0), ("1678-01-01", 1), ("2261-12-31", 1), ("2262-05-01", 0)])
def test_timesketch_gets_no_day_that_it_would_drop(tmp_path: Path, day: str, kept: int) -> None:
    times = {"Friday": {"first": day, "last": day}}
    found, handed = written(alone(story({}, times=times)), "timesketch", tmp_path)
    assert len(found) == kept and handed.left.total() == 1 - kept


def counted_up() -> Archive:
    """Two dead by a paper of the 8th, three by one of the 9th, and on the 10th the figure was taken back."""
    told = [
        story({}, outlet=f"Paper {day}", url=f"https://p{day}.example/", published=f"2022-01-{day:02}")
        for day in (8, 9, 10)
    ]
    archive = joined(*told, origins=3)
    ids = tuple(archive.tolls)
    steps = (
        TollStep("2022-01-08", Turn.FIRST, 2, 2, 2, ids[:1]),
        TollStep("2022-01-09", Turn.RISEN, 3, 3, 3, ids[1:2]),
        TollStep("2022-01-10", Turn.WITHDRAWN, 0, None, None, ids[2:]),
    )
    killed = TollEstimate(Harm.KILLED, 0, None, None, (), (), withdrawn=ids, steps=steps)
    return revised(archive, tolls=(killed,))


def test_timesketch_has_a_row_for_each_turn_of_a_toll(tmp_path: Path) -> None:
    written(counted_up(), "timesketch", tmp_path)
    rows = read_timesketch_rows(tmp_path)
    assert [(row["datetime"][:10], row["timestamp_desc"]) for row in rows] == [
        ("2022-01-07", "Happened"), ("2022-01-08", "Toll first told"), ("2022-01-09", "Toll risen"),
        ("2022-01-10", "Toll withdrawn"),
    ]  # fmt: skip
    assert rows[2]["message"].startswith("Toll risen: killed 3: ") and rows[3]["tolls"] == "killed: no figure stands"


@pytest.mark.parametrize(
    ("last", "shown"),
    [("2022-01-07", None), ("2022-01-09", "2022-01-07 to 2022-01-09"), (None, "from 2022-01-07")],
)
def test_a_slide_says_how_long_it_lasted(tmp_path: Path, last: str | None, shown: str | None) -> None:
    ((slide,), _) = written(revised(joined(story({})), last=last), "timelinejs", tmp_path)
    assert slide["start_date"] == {"year": 2022, "month": 1, "day": 7} and slide.get("display_date") == shown


def test_a_month_is_shown_as_a_month(tmp_path: Path) -> None:
    archive = revised(joined(story({})), first="2022-02-01", last="2022-02-28")
    ((slide,), _) = written(archive, "timelinejs", tmp_path)
    assert slide["display_date"] == "February 2022"


# --------------------------------------------------------------------------- case work


def test_stix_counts_independent_origins_and_keeps_its_ids(tmp_path: Path) -> None:
    ((incident,), _) = written(joined(*reports(3), origins=2), "stix", tmp_path)
    found = read_bundle(tmp_path)
    (sighting,) = [item for item in found if item["type"] == "sighting"]
    assert (sighting["count"], len(sighting["where_sighted_refs"])) == (2, 2)
    assert sighting["description"] == "2 independent origins in 3 reports"
    (place,) = [item for item in found if item["type"] == "location"]
    assert (place["latitude"], place["longitude"], place["precision"], place["country"]) == (43.25, 76.91, 10_000, "KZ")
    assert len([item for item in found if item["type"] == "report"]) == 3
    (known,) = incident["extensions"].values()
    assert (known["origins"], known["articles"], known["radius_m"]) == (2, 3, 10_000)
    assert all(item["id"].split("--")[1][14] == "5" for item in found)  # made of the content, not by chance
    again, _ = written(joined(*reports(4), origins=2), "stix", tmp_path)
    assert again[0]["id"] == incident["id"]


def test_stix_has_an_opinion_where_somebody_denies_it(tmp_path: Path) -> None:
    told = story({}, outlet="Paper A", url="https://a.example/")
    denied = story({}, {"stance": "denies", "about": ["shot"]}, outlet="Paper B", url="https://b.example/")
    ((incident,), _) = written(joined(told, denied, origins=2), "stix", tmp_path, every=True)
    (opinion,) = [item for item in read_bundle(tmp_path) if item["type"] == "opinion"]
    assert (opinion["opinion"], opinion["object_refs"]) == ("strongly-disagree", [incident["id"]])
    assert opinion["authors"] == ["the mayor (organization)"]
    (proof,) = opinion["external_references"]
    assert proof["external_id"].endswith(":0-33") and proof["url"] == "https://b.example/"


def test_an_article_without_a_date_is_no_report_in_stix(tmp_path: Path) -> None:
    ((incident,), _) = written(alone(story({}, published=None)), "stix", tmp_path)
    assert not [item for item in read_bundle(tmp_path) if item["type"] == "report"]
    assert incident["external_references"][0]["description"] == "Guards shot two drovers in Almaty"


def test_follow_the_money_has_people_by_name_and_the_evidence_beside(tmp_path: Path) -> None:
    people = {"Guards": {"kind": "organization", "country": "KAZ"}, "drovers": {"kind": "group"}}
    ((event,), _) = written(alone(story({}, actors=people)), "ftm", tmp_path)
    entities = read_entities(tmp_path)
    assert sorted(entity.schema.name for entity in entities.values()) == [
        "Address", "Article", "Event", "Mention", "Organization",
    ]  # fmt: skip
    assert event.get("date") == ["2022-01-07"] and event.get("country") == ["kz"]
    (proof,) = map(json.loads, (tmp_path / "evidence.jsonl").read_text("utf-8").splitlines())
    text = entities[proof["document"]].first("bodyText")
    assert text[proof["start"] : proof["end"]] == proof["quote"] == "Guards shot two drovers in Almaty"


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2022-01-07", "2022-01-07", "2022-01-07"),
        ("2022-02-01", "2022-02-28", "2022-02"),
        ("2022-01-01", "2022-12-31", "2022"),
        ("2022-01-01", "2022-02-28", None),
        ("2022-01-07", None, None),
    ],
)
def test_follow_the_money_takes_dates_as_coarse_as_they_are(first: str, last: str | None, told: str | None) -> None:
    assert partial(Days(first, last, "report")) == told


# --------------------------------------------------------------------------- RSS


def test_an_item_names_its_source_and_has_an_id_that_is_no_address(tmp_path: Path) -> None:
    ((item,), _) = written(joined(*reports(3), origins=2), "rss", tmp_path)
    assert item.link == "https://paper0.example/a" and item.source.title == "Paper 0"
    assert item.id.startswith("sayso:incident:") and not item.guidislink
    assert item.published == "Sat, 08 Jan 2022 03:30:00 +0000"
    assert "2 independent origins in 3 reports" in item.summary and "characters 0 to 33" in item.summary
    assert item.where["coordinates"] == (76.91, 43.25) and item.georss_radius == "10000"


def test_a_feed_links_to_pages_where_there_are_any(demo: Archive) -> None:
    chosen = demo.links.incidents[:4]
    text = rss.feed(
        demo, chosen, "Almaty & around", "https://desk.example/", "https://desk.example/incidents/{}".format
    )
    found = check_feed(text)
    assert {item.link for item in found} == {f"https://desk.example/incidents/{one.id}" for one in chosen}
    assert check_feed(rss.feed(demo, [], "None", "https://desk.example/")) == []


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://a b"])
def test_only_addresses_of_pages_become_links(tmp_path: Path, url: str) -> None:
    for layout in READERS:
        written(alone(story({}, url=url)), layout, tmp_path / layout)
    ((item,), _) = written(alone(story({}, url=url)), "rss", tmp_path)
    assert "link" not in item and "source" not in item
    texts = (path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".xmi")
    assert not any(url in text for text in texts)


# --------------------------------------------------------------------------- CAP


def certainty(archive: Archive, folder: Path, every: bool = False) -> str:
    ((alert,), _) = written(archive, "cap", folder, every)
    found: str = alert.find(CAP + "info").findtext(CAP + "certainty")
    return found


WITNESS = {"chain": [("the mayor", "said", "witness")]}


@pytest.mark.parametrize(
    ("event", "claim", "origins", "told"),
    [
        ({}, None, 1, "Possible"),  # one source alone
        ({}, None, 2, "Likely"),
        ({"actors": []}, {}, 2, "Possible"),  # two papers, one source
        ({}, WITNESS, 1, "Observed"),
        ({}, {"certainty": "possible"}, 2, "Possible"),
        ({}, {"chain": [("the mayor", "said", "office")]}, 2, "Possible"),  # an accusation
        ({}, {"stance": "denies"}, 2, "Unknown"),
        ({"status": "negated"}, None, 2, "Unlikely"),
        ({"status": "planned"}, None, 2, "Unknown"),
    ],
)
def test_certainty_follows_independent_corroboration(
    tmp_path: Path, event: dict[str, Any], claim: dict[str, Any] | None, origins: int, told: str
) -> None:
    people = {"Guards": {"sector": ["REB"]}, "drovers": {"sector": ["CVL"]}, "the mayor": {"sector": ["GOV"]}}
    papers = [
        story(event, claim, actors=people, outlet=f"Paper {n}", url=f"https://p{n}.example/") for n in range(origins)
    ]
    assert certainty(joined(*papers, origins=origins), tmp_path, every=True) == told


def test_what_is_disputed_is_no_more_than_possible(tmp_path: Path) -> None:
    archive = joined(*reports(3), origins=3)
    ids = tuple(archive.tolls)
    killed = TollEstimate(Harm.KILLED, 2, 2, 9, ids[:2], ids[2:])
    assert certainty(revised(archive, tolls=(killed,)), tmp_path) == "Possible"


def test_an_alert_is_a_draft_with_its_area_and_its_evidence(tmp_path: Path) -> None:
    ((alert,), _) = written(joined(*reports(3), origins=2), "cap", tmp_path)
    assert (alert.findtext(CAP + "status"), alert.findtext(CAP + "msgType")) == ("Draft", "Alert")
    assert alert.findtext(CAP + "sent") == "2022-01-08T03:30:00-00:00"  # never Z
    info = alert.find(CAP + "info")
    assert (info.findtext(CAP + "urgency"), info.findtext(CAP + "severity")) == ("Past", "Severe")
    assert info.find(CAP + "area").findtext(CAP + "circle") == "43.250000,76.910000 10"
    pairs = [(pair[0].text, pair[1].text) for pair in info.iter(CAP + "parameter")]
    assert ("sayso_origins", "2") in pairs and ("sayso_articles", "3") in pairs
    proofs = [json.loads(value) for name, value in pairs if name == "sayso_evidence"]
    assert len(proofs) == 3 and {proof["quote"] for proof in proofs} == {"Guards shot two drovers in Almaty"}


def test_each_turn_of_a_toll_is_an_update_that_knows_no_more_than_its_day(tmp_path: Path) -> None:
    written(counted_up(), "cap", tmp_path)
    alerts = read_messages(tmp_path)
    assert [alert.findtext(CAP + "msgType") for alert in alerts] == ["Alert", "Update", "Update"]
    assert [alert.findtext(CAP + "sent")[:10] for alert in alerts] == ["2022-01-08", "2022-01-09", "2022-01-10"]
    assert [alert.findtext(CAP + "source").count("Paper") for alert in alerts] == [1, 2, 3]
    tolls = [pair[1].text for alert in alerts for pair in alert.iter(CAP + "parameter") if pair[0].text == "sayso_toll"]
    assert [json.loads(toll).get("best") for toll in tolls] == [2, 3, None]
    assert len(alerts[2].findtext(CAP + "references").split()) == 2


def test_what_no_dated_report_tells_is_no_alert(tmp_path: Path) -> None:
    found, handed = written(alone(story({}, published=None)), "cap", tmp_path)
    assert not found and handed.left.total() == 1


# --------------------------------------------------------------------------- INCEpTION

EMOJI = "🙂 Sources: 🙂 "


def test_every_mark_lies_on_the_characters_of_its_span(tmp_path: Path) -> None:
    shifted = story({}, {}, text=f"{EMOJI}Guards shot two drovers in Almaty on Friday, the mayor said.\x0b\r\n\tEnd.")
    full = unrest()
    archive = Archive([shifted, full], Links())
    written(archive, "inception", tmp_path)
    for one in (shifted, full):
        (cas,) = [
            cas for cas in READERS["inception"](tmp_path) if _of(cas).documentId == file_name(one.article.id)
        ]  # fmt: skip
        assert len(cas.sofa_string) == len(one.article.text)
        assert marks(cas, "Event") == {(span.start, span.end) for span in (event.trigger for event in one.events)}
        assert marks(cas, "Claim") == {_pair(span) for claim in one.claims for span in claim.content}
        assert marks(cas, "Toll") == {_pair(toll.span) for toll in one.tolls}
        assert marks(cas, "Place") == {_pair(place.span) for place in one.places}
        assert marks(cas, "Time") == {_pair(time.span) for time in one.times}
        assert marks(cas, "Label") == {_pair(label.span) for label in one.labels}
        for event in cas.select("webanno.custom.SaysoEvent"):
            (span,) = [known.trigger for known in one.events if known.id == event.recordId]
            assert event.get_covered_text() == one.article.quote(span) and event.says


def test_the_document_knows_where_it_comes_from(tmp_path: Path) -> None:
    ((cas,), _) = written(Archive([unrest()], Links()), "inception", tmp_path)
    about = _of(cas)
    assert (about.documentTitle, about.collectionId, about.language) == ("Crowds burn city hall", "Harbour News", "en")
    assert len(cas.select("uima.tcas.DocumentAnnotation")) == 1


def test_an_article_without_events_goes_along(tmp_path: Path) -> None:
    ((cas,), _) = written(Archive([analysis("Nothing happened.")], Links()), "inception", tmp_path)
    assert cas.sofa_string == "Nothing happened."


def marks(cas: Any, layer: str) -> set[tuple[int, int]]:
    return {(mark.begin, mark.end) for mark in cas.select(f"webanno.custom.Sayso{layer}")}


def _pair(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _of(cas: Any) -> Any:
    (found,) = cas.select("de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData")
    return found
