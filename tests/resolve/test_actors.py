"""Actors: what each participant is, where it belongs, and on what ground."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.extract.mentions import find_mentions
from sayso.knowledge import table
from sayso.model import Actor, Level, Parsed
from sayso.ports import Candidate
from sayso.resolve.actors import resolve_actors
from sayso.resolve.roles import known_name

Parse = Callable[..., Parsed]


WORDS = {"Kazakh": "KAZ", "Kazakhstan": "KAZ", "Russia": "RUS", "Russian": "RUS", "US": "USA", "United States": "USA"}
CAPITALS = {"Astana": "KAZ", "Moscow": "RUS"}


class Countries:
    """A gazetteer of three countries."""

    name = "test"

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        country = CAPITALS.get(name)
        return (Candidate(name, 0.0, 0.0, country, None, Level.CITY, 1, None, True),) if country else ()

    def country(self, name: str) -> str | None:
        return WORDS.get(name.removeprefix("the ").removesuffix("'s"))

    def capital_of(self, name: str) -> str | None:
        return CAPITALS.get(name)


def actors(parsed: Parsed) -> dict[str, Actor]:
    return {actor.name: actor for actor in resolve_actors(parsed, find_mentions(parsed), Countries())}


@pytest.mark.parametrize(
    ("text", "name", "kind", "country", "sector", "title"),
    [
        ("Kazakh President Aidos Serikbay spoke.", "Aidos Serikbay", "person", "KAZ", ("GOV",), "Kazakh President"),
        (
            "He asked all to rally round President Aidos Serikbay.",
            "Aidos Serikbay",
            "person",
            None,
            ("GOV",),
            "President",
        ),
        ("Aidos Serikbay, a Kazakh lawmaker, spoke.", "Aidos Serikbay", "person", "KAZ", ("LEG",), "Kazakh lawmaker"),
        ("Russian police beat two men.", "Russian police", "organization", "RUS", ("COP",), None),
        ("The defence ministry denied it.", "defence ministry", "organization", None, ("GOV", "MIL"), None),
        ("A rebel leader was arrested.", "rebel leader", "office", None, ("REB",), None),
        ("A hospital worker counted the dead.", "hospital worker", "anonymous", None, ("MED",), None),
        ("Witnesses heard shots.", "Witnesses", "witness", None, ("CVL",), None),
        ("Officials declined to comment.", "Officials", "anonymous", None, ("GOV",), None),
        ("26 armed criminals were killed.", "26 armed criminals", "group", None, ("CRM",), None),
        ("Russia sent aid.", "Russia", "country", "RUS", (), None),
        ("Moscow rejected the plan.", "Moscow", "country", "RUS", (), None),
        ("The TV station showed the square.", "TV station", "media", None, ("JRN",), None),
        ("A former minister was jailed.", "former minister", "office", None, ("ELI",), None),
    ],
)
def test_an_actor_is_what_its_words_say(
    parse: Parse, text: str, name: str, kind: str, country: str | None, sector: tuple[str, ...], title: str | None
) -> None:
    actor = actors(parse(text))[name]
    assert (actor.kind, actor.country, actor.sector, actor.title) == (kind, country, sector, title)


def test_a_leader_without_a_country_is_of_the_one_country_an_article_is_about(parse: Parse) -> None:
    at_home = actors(parse("President Aidos Serikbay spoke in Kazakhstan. Rain fell in Kazakhstan and near Astana."))
    assert at_home["Aidos Serikbay"].country == "KAZ"
    abroad = actors(parse("President Aidos Serikbay spoke in Kazakhstan. Rain fell in Russia and near Moscow."))
    assert abroad["Aidos Serikbay"].country is None


def test_another_countrys_office_lends_no_country(parse: Parse) -> None:
    text = "President Aidos Serikbay spoke. The Russian president left. The Russian president came back."
    assert actors(parse(text))["Aidos Serikbay"].country is None


def test_a_people_is_no_country(parse: Parse) -> None:
    class Peoples(Countries):
        def country(self, name: str) -> str | None:
            return "KAZ" if name == "Kazakhs" else super().country(name)

    parsed = parse("Kazakhs voted on Sunday.")
    (actor,) = resolve_actors(parsed, find_mentions(parsed), Peoples())
    assert (actor.kind, actor.country) == ("group", "KAZ")


def test_a_report_begins_after_its_dateline(parse: Parse) -> None:
    parsed = parse("Kaduna, 17 January 2022 - Gunmen on motorcycles raided a village.")
    assert "Gunmen" in actors(parsed)


def test_an_office_joins_the_one_holder_of_its_country(parse: Parse) -> None:
    text = (
        "Kazakh President Aidos Serikbay met Russian President Oleg Vostrov. The President of Kazakhstan was pleased."
    )
    found = actors(parse(text))
    assert len(found["Aidos Serikbay"].spans) == 2
    assert len(found["Oleg Vostrov"].spans) == 1


def test_names_of_one_country_are_one_actor(parse: Parse) -> None:
    found = actors(parse("The United States protested. Later the US sent help."))
    assert [len(actor.spans) for actor in found.values() if actor.country == "USA"] == [2]


def test_bare_institutions_take_the_country_that_dominates_and_say_so(parse: Parse) -> None:
    found = actors(parse("Police closed roads in Astana. The curfew covers all of Kazakhstan, the mayor said."))
    assert found["Police"].country == "KAZ"
    assert any("located place names" in reason.detail for reason in found["Police"].reasons)


def test_no_country_dominates_two(parse: Parse) -> None:
    found = actors(parse("Police closed roads in Astana. Roads in Moscow were closed as well."))
    assert found["Police"].country is None


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("the United Nations", "organization", "UNO"),
        ("EU", "organization", "EUR"),
        ("NATO", "organization", "IGO"),
        ("Reuters", "agency", "GBR"),
        ("Human Rights Watch", "organization", "NGO"),
        ("Port Gazette", "media", None),
    ],
)
def test_known_names(name: str, kind: str, country: str | None) -> None:
    found = known_name(name)
    assert found is not None
    assert (found.kind, found.country) == (kind, country)


def test_a_word_is_no_acronym() -> None:
    assert known_name("is") is None


def test_ids_and_spans_are_those_of_the_text(parse: Parse) -> None:
    parsed = parse("Anna Orlova said that she had seen soldiers. Orlova left.")
    found = resolve_actors(parsed, find_mentions(parsed), Countries())
    assert found == resolve_actors(parsed, find_mentions(parsed), Countries())
    assert len({actor.id for actor in found}) == len(found)
    assert [parsed.article.quote(span) for span in found[0].spans] == ["Anna Orlova", "she", "Orlova"]


def test_qualifiers_of_the_table_have_known_sectors() -> None:
    sectors = set("GOV COP MIL JUD LEG PTY REB OPP CVL JRN MED EDU BUS SPY REL LAB ELI CRM UAF SOC REF PRM".split())
    rows = table("actors.toml")
    assert {row["sector"] for row in rows["qualifier"]} <= sectors
    assert {sector for row in rows["noun"] for sector in row["sector"]} <= sectors
