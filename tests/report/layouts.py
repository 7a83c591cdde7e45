"""Reads the layouts of other event data as their own users do, and checks every cell against the published lists.

Nothing here comes from the writers: the columns and vocabularies are typed off the formats' documentation.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

Check = Callable[[str], bool]
Row = dict[str, str]


def columns(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\n", " ").split(",")]


POLECAT = columns("""Event ID, Event Date, Event Type, Event Mode, Intensity, Quad Code, Contexts, Actor Name, Actor
Country, Actor COW, Primary Actor Sector, Actor Sectors, Actor Title, Actor Name Raw, Wikipedia Actor ID, Recipient
Name, Recipient Country, Recipient COW, Primary Recipient Sector, Recipient Sectors, Recipient Title, Recipient Name
Raw, Wikipedia Recipient ID, Placename, City, District, Province, Country, Latitude, Longitude, GeoNames ID, Raw
Placename, Feature Type, Source, Publication Date, Story People, Story Organizations, Story Locations, Language,
Version""")

ICEWS = columns("""Event ID, Event Date, Source Name, Source Sectors, Source Country, Event Text, CAMEO Code, Intensity,
Target Name, Target Sectors, Target Country, Story ID, Sentence Number, Publisher, City, District, Province, Country,
Latitude, Longitude""")

_ACTOR = """{0}Code, {0}Name, {0}CountryCode, {0}KnownGroupCode, {0}EthnicCode, {0}Religion1Code, {0}Religion2Code,
{0}Type1Code, {0}Type2Code, {0}Type3Code"""
_GEO = """{0}Geo_Type, {0}Geo_FullName, {0}Geo_CountryCode, {0}Geo_ADM1Code, {0}Geo_ADM2Code, {0}Geo_Lat, {0}Geo_Long,
{0}Geo_FeatureID"""
GDELT = columns(f"""GLOBALEVENTID, SQLDATE, MonthYear, Year, FractionDate, {_ACTOR.format("Actor1")},
{_ACTOR.format("Actor2")}, IsRootEvent, EventCode, EventBaseCode, EventRootCode, QuadClass, GoldsteinScale, NumMentions,
NumSources, NumArticles, AvgTone, {_GEO.format("Actor1")}, {_GEO.format("Actor2")}, {_GEO.format("Action")}, DATEADDED,
SOURCEURL""")

MENTIONS = columns("""GLOBALEVENTID, EventTimeDate, MentionTimeDate, MentionType, MentionSourceName, MentionIdentifier,
SentenceID, Actor1CharOffset, Actor2CharOffset, ActionCharOffset, InRawText, Confidence, MentionDocLen, MentionDocTone,
MentionDocTranslationInfo, Extras""")

ACLED = columns("""event_id_cnty, event_date, year, time_precision, disorder_type, event_type, sub_event_type, actor1,
assoc_actor_1, inter1, actor2, assoc_actor_2, inter2, interaction, civilian_targeting, iso, region, country, admin1,
admin2, admin3, location, latitude, longitude, geo_precision, source, source_scale, notes, fatalities, tags,
timestamp""")

TYPES = {
    1: "AGREE CONSULT SUPPORT CONCEDE",
    2: "COOPERATE AID RETREAT",
    3: "REQUEST ACCUSE REJECT THREATEN",
    4: "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
}
QUAD = {type: quad for quad, types in TYPES.items() for type in types.split()}
MODES = set(
    """visit third-party multilateral phone withdraw release disarm ceasefire access resign assist change yield meet
    disapprove investigate allege restrict arrest relations expel territory violence demo riot strike hunger boycott
    obstruct vandalize convict discontinue troops weapons police militia seize censor curfew martial-law deport withhold
    misinformation cyber abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial
    drone heavy-weapons crowd-control unconventional""".split()
)
AUXILIARY = {"historical", "future", "hypothetical", "negation"}
ACLED_EVENTS = {
    "Battles": "Armed clash; Government regains territory; Non-state actor overtakes territory",
    "Explosions/Remote violence": "Chemical weapon; Air/drone strike; Suicide bomb; Shelling/artillery/missile attack;"
    " Remote explosive/landmine/IED; Grenade",
    "Violence against civilians": "Sexual violence; Attack; Abduction/forced disappearance",
    "Protests": "Peaceful protest; Protest with intervention; Excessive force against protesters",
    "Riots": "Violent demonstration; Mob violence",
    "Strategic developments": "Agreement; Arrests; Change to group/activity; Disrupted weapons use; Headquarters or"
    " base established; Looting/property destruction; Non-violent transfer of territory; Other",
}


# --------------------------------------------------------------------------- what a cell may be


def matches(pattern: str) -> Check:
    return lambda cell: re.fullmatch(pattern, cell) is not None


def between(low: float, high: float) -> Check:
    return lambda cell: low <= float(cell) <= high


def one_of(words: Iterable[object]) -> Check:
    allowed = {str(word) for word in words}
    return lambda cell: cell in allowed


def maybe(check: Check) -> Check:
    return lambda cell: cell == "" or check(cell)


def is_day(cell: str) -> bool:
    return date.fromisoformat(cell).isoformat() == cell


def is_compact_day(cell: str) -> bool:
    return len(cell) == 8 and is_day(f"{cell[:4]}-{cell[4:6]}-{cell[6:]}")


def is_moment(cell: str) -> bool:
    return is_compact_day(cell[:8]) and datetime.strptime(cell[8:], "%H%M%S") is not None


def is_text(cell: str) -> bool:
    """One line of text that no spreadsheet runs."""
    return len(cell.splitlines()) <= 1 and "\0" not in cell and cell[:1] not in tuple('=+-@"\t')


INTEGER = matches(r"\d+")
INT64 = between(0, 2**63 - 1)
LATITUDE, LONGITUDE = maybe(between(-90, 90)), maybe(between(-180, 180))
COUNTRY = maybe(matches(r"[A-Z]{3}(;[A-Z]{3})*"))
SECTORS = maybe(matches(r"[A-Z]{3}(;[A-Z]{3})*"))

POLECAT_CELLS: dict[str, Check] = {
    "Event ID": matches(".+"),
    "Event Date": maybe(is_day),
    "Event Type": one_of(QUAD),
    "Event Mode": maybe(one_of(MODES)),
    "Intensity": between(-10, 10),
    "Quad Code": one_of(range(1, 5)),
    "Actor Country": COUNTRY,
    "Actor COW": maybe(matches(r"\d{1,3}(;\d{1,3})*")),
    "Recipient COW": maybe(matches(r"\d{1,3}(;\d{1,3})*")),
    "Actor Sectors": SECTORS,
    "Recipient Country": COUNTRY,
    "Recipient Sectors": SECTORS,
    "Country": COUNTRY,
    "Latitude": LATITUDE,
    "Longitude": LONGITUDE,
    "GeoNames ID": maybe(INTEGER),
    "Publication Date": maybe(is_day),
}
ICEWS_CELLS: dict[str, Check] = {
    "Event ID": INT64,
    "Event Date": is_day,
    "Event Text": matches(".+"),
    "CAMEO Code": matches(r"(0[1-9]|1\d|20)\d{1,2}"),
    "Intensity": between(-10, 10),
    "Story ID": INT64,
    "Sentence Number": between(1, 10**6),
    "Latitude": LATITUDE,
    "Longitude": LONGITUDE,
}
GDELT_CELLS: dict[str, Check] = {
    "GLOBALEVENTID": INT64,
    "SQLDATE": is_compact_day,
    "MonthYear": matches(r"\d{6}"),
    "Year": matches(r"\d{4}"),
    "FractionDate": matches(r"\d+\.\d{4}"),
    **{f"Actor{n}CountryCode": maybe(matches("[A-Z]{3}")) for n in "12"},
    **{f"Actor{n}Type{m}Code": maybe(matches("[A-Z]{3}")) for n in "12" for m in "123"},
    "IsRootEvent": one_of("01"),
    "EventCode": matches(r"(0[1-9]|1\d|20)\d{1,2}"),
    "EventBaseCode": matches(r"\d{3}"),
    "EventRootCode": matches(r"\d{2}"),
    "QuadClass": one_of("1234"),
    "GoldsteinScale": between(-10, 10),
    **{name: between(1, 10**9) for name in ("NumMentions", "NumSources", "NumArticles")},
    "AvgTone": maybe(between(-100, 100)),
    **{f"{side}Geo_Type": one_of("012345") for side in ("Actor1", "Actor2", "Action")},
    **{f"{side}Geo_CountryCode": maybe(matches("[A-Z]{2}")) for side in ("Actor1", "Actor2", "Action")},
    "ActionGeo_Lat": LATITUDE,
    "ActionGeo_Long": LONGITUDE,
    "DATEADDED": maybe(is_moment),
}
MENTION_CELLS: dict[str, Check] = {
    "GLOBALEVENTID": INT64,
    "EventTimeDate": maybe(is_moment),
    "MentionTimeDate": maybe(is_moment),
    "MentionType": one_of("123456"),
    "MentionIdentifier": matches(".+"),
    "SentenceID": between(1, 10**6),
    **{f"{part}CharOffset": between(-1, 10**9) for part in ("Actor1", "Actor2", "Action")},
    "InRawText": one_of("01"),
    "Confidence": maybe(between(0, 100)),
    "MentionDocLen": between(1, 10**9),
    "Extras": lambda cell: isinstance(json.loads(cell)["sayso"], dict),
}
ACLED_CELLS: dict[str, Check] = {
    "event_id_cnty": matches(r"([A-Z]{3})?\d+"),
    "event_date": is_day,
    "year": matches(r"\d{4}"),
    "time_precision": one_of("123"),
    "disorder_type": one_of(
        ["Political violence", "Demonstrations", "Strategic developments", "Political violence; Demonstrations"]
    ),
    "event_type": one_of(ACLED_EVENTS),
    "inter1": maybe(one_of(range(1, 9))),
    "inter2": maybe(one_of(range(1, 9))),
    "interaction": maybe(matches("[1-8][0-8]")),
    "civilian_targeting": maybe(one_of(["Civilian targeting"])),
    "iso": maybe(between(1, 999)),
    "latitude": LATITUDE,
    "longitude": LONGITUDE,
    "geo_precision": maybe(one_of("123")),
    "notes": matches(".+"),
    "fatalities": INTEGER,
    "timestamp": maybe(matches(r"-?\d+")),
}


# --------------------------------------------------------------------------- reading


def read_tabbed(path: Path, published: list[str], header: bool = True) -> list[Row]:
    """Rows as a reader sees that splits at tabs, which must be what a reader sees that knows quoting."""
    lines = path.read_bytes().decode("utf-8").split("\n")
    assert lines.pop() == ""
    cut = [line.split("\t") for line in lines]
    with path.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file, delimiter="\t")) == cut
    names = cut.pop(0) if header else published
    assert names[: len(published)] == published
    assert all(len(row) == len(names) for row in cut)
    return [dict(zip(names, row, strict=True)) for row in cut]


def check(rows: list[Row], cells: Mapping[str, Check]) -> list[Row]:
    for row in rows:
        for name, cell in row.items():
            rule = cells.get(name, is_text)
            assert rule(cell), (name, cell)
    return rows


def read_polecat(folder: Path) -> list[Row]:
    rows = check(read_tabbed(folder / "polecat.tsv", POLECAT), POLECAT_CELLS)
    assert all(int(row["Quad Code"]) == QUAD[row["Event Type"]] for row in rows)
    assert len({row["Event ID"] for row in rows}) == len(rows)
    return rows


def read_icews(folder: Path) -> list[Row]:
    rows = check(read_tabbed(folder / "icews.tab", ICEWS), ICEWS_CELLS)
    assert len({(row["Event ID"], row["Event Date"]) for row in rows}) == len(rows)
    return rows


def read_gdelt(folder: Path) -> tuple[list[Row], list[Row]]:
    """Events and mentions; every mention belongs to an event, and every event has the mentions it counts."""
    assert (len(GDELT), len(MENTIONS)) == (61, 16)
    events = check(read_tabbed(folder / "gdelt.export.CSV", GDELT, header=False), GDELT_CELLS)
    mentions = check(read_tabbed(folder / "gdelt.mentions.CSV", MENTIONS, header=False), MENTION_CELLS)
    ids = [row["GLOBALEVENTID"] for row in mentions]
    for row in events:
        code, number = row["EventCode"], int(row["NumMentions"])
        assert code.startswith(row["EventBaseCode"]) and code.startswith(row["EventRootCode"])
        assert ids.count(row["GLOBALEVENTID"]) == number >= int(row["NumArticles"]) >= int(row["NumSources"])
        assert row["SQLDATE"].startswith(row["MonthYear"]) and row["MonthYear"].startswith(row["Year"])
    assert set(ids) == {row["GLOBALEVENTID"] for row in events} and len(set(ids)) == len(events)
    return events, mentions


def read_acled(folder: Path) -> list[Row]:
    with (folder / "acled.csv").open(encoding="utf-8", newline="") as file:
        rows = check(list(csv.DictReader(file, strict=True)), ACLED_CELLS)
    header = (folder / "acled.csv").read_text("utf-8").splitlines()[0].split(",")
    assert header[:31] == ACLED
    for row in rows:
        assert row["sub_event_type"] in ACLED_EVENTS[row["event_type"]].split("; ")
        assert row["event_date"].startswith(row["year"])
        codes = "".join(sorted(row["inter1"] + row["inter2"]))
        assert row["interaction"] == (codes + "0" if len(codes) == 1 else codes)
        assert bool(row["latitude"]) == bool(row["longitude"]) == bool(row["geo_precision"])
    assert len({row["event_id_cnty"] for row in rows}) == len(rows)
    return rows


def read_plover(folder: Path) -> list[dict[str, Any]]:
    """Records by the manual: what is required is there, and each listed field is of its kind."""
    records: list[dict[str, Any]] = []
    for line in (folder / "plover.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        assert record["id"] and is_day(record["date"]) and isinstance(record["actor"], list)
        assert is_day(record.get("enddate", record["date"])) and record.get("enddate", "9999") >= record["date"]
        assert [QUAD[type] for type in record["event"]] == [record["quad_code"]]
        assert set(record.get("mode", ())) <= MODES | AUXILIARY
        assert -10 <= record["event_scale"] <= 10
        for entity in (*record["actor"], *record.get("recipient", ())):
            assert re.fullmatch("[A-Z]{3}", entity.get("code", "UNK")) and isinstance(entity["entity_text"], str)
            assert all(re.fullmatch("[A-Z]{3}", sector) for sector in entity.get("sector", ()))
        place = record.get("event_loc", {})
        assert place.get("resolution", 1) in range(1, 6)
        assert -90 <= place.get("lat", 0) <= 90 and -180 <= place.get("lon", 0) <= 180
        assert all(isinstance(count, int) for count in record.get("size", {}).values())
        assert {"says", "status", "stance", "certainty", "claims", "origins", "evidence"} <= record["sayso"].keys()
        records.append(record)
    assert len({record["id"] for record in records}) == len(records)
    return records


READERS: dict[str, Callable[[Path], Any]] = {
    "plover": read_plover,
    "polecat": read_polecat,
    "icews": read_icews,
    "gdelt": read_gdelt,
    "acled": read_acled,
}
