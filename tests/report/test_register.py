"""The register learns from the archive who holds which office, and lends it where an article leaves it out.

An article is written as its day and what it says of each name, "2022-01-05: Tanaka Ayumi = trade minister, JPN, GOV";
"~JPN" and "~CVL" were only inferred, from the places in the article and from what somebody does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.link import link
from sayso.model import Actor, Analysis, Links
from sayso.report.actors import actors
from sayso.report.archive import Archive
from sayso.report.lending import MARGIN, REGISTER
from sayso.report.register import Register, Sighting, day_of, said_country, said_sector
from sayso.report.show import show
from tests.builders import analysis


def paper(line: str, id: str = "") -> Analysis:
    """An article of a line; `id` is made of the line where none is given."""
    day, _, told = line.partition(":")
    people = [tuple(map(str.strip, part.partition("=")[::2])) for part in told.split(";")]
    made = {f"{words.split(',')[0]} {name}".strip(): _actor(name, words) for name, words in people}
    return analysis(". ".join(made), actors=made, published=day if day != "undated" else None, id=id or line)


def _actor(name: str, words: str) -> dict[str, object]:
    told = [word.strip() for word in words.split(",") if word.strip()]
    codes = [word for word in told if word.isupper() and word[0] != "~"]
    country = next((code for code in codes if code not in SECTORS), None)
    guesses = [word[1:] for word in told if word.startswith("~")]
    inferred = next((code for code in guesses if code not in SECTORS), None)
    doing = [code for code in guesses if code in SECTORS]
    return {
        "name": name,
        "kind": "organization" if name in BODIES else "person",
        "title": next((word for word in told if not word.isupper()), None),
        "country": country or inferred,
        "sector": [code for code in codes if code in SECTORS] or doing,
        "reasons": [("country", 0.9 if country else 0.73, country or "around it")] * bool(country or inferred)
        + [("sector", 0.5, "who protest")] * bool(doing),
    }


SECTORS = {"GOV", "MIL", "ELI", "CVL", "BUS"}
BODIES = {"Uranprom", "Uranprom avenue", "Interior Ministry"}


def archive(*papers: Analysis) -> Archive:
    return Archive(papers, Links())


def known(lines: Iterable[str], line: str, name: str = "") -> str:
    """What stands of the first name of the last line in an archive of all."""
    last = paper(line, "asked")
    filled = archive(*map(paper, lines), last)
    actor = next(filled.actors[one.id] for one in last.actors if not name or one.name == name)
    return ", ".join(filter(None, (actor.title, actor.country, *actor.sector)))


def why(lines: Iterable[str], line: str) -> list[str]:
    """The register's reasons for the last name of the last line."""
    last = paper(line, "asked")
    filled = archive(*(paper(one, f"a{at}") for at, one in enumerate(lines)), last)
    return [one.detail for one in filled.actors[last.actors[-1].id].reasons if one.name == REGISTER]


TRADE = "2022-01-05: Tanaka Ayumi = trade minister, JPN, GOV"
AMERICAN = "2022-01-06: Tanaka Ayumi = senator, USA, GOV"
FORMER = "2022-01-20: Tanaka Ayumi = former trade minister, JPN, ELI"
MORI = "2022-01-15: Mori Kenta = trade minister, JPN, GOV"
MAYOR = "2022-01-05: Ana Ruiz = mayor, PER, GOV"


@pytest.mark.parametrize(
    ("archive_says", "article", "then"),
    [
        # what one article introduces, another may leave out
        ([TRADE], "2022-01-20: Tanaka Ayumi", "trade minister, JPN, GOV"),
        ([TRADE], "2021-12-20: Tanaka Ayumi", "trade minister, JPN, GOV"),
        ([TRADE, "2022-09-01: Tanaka Ayumi = trade minister"], "2022-05-01: Tanaka Ayumi", "trade minister, JPN, GOV"),
        # nothing beyond the margin, nothing without a day
        ([TRADE], "2022-03-01: Tanaka Ayumi", ""),
        ([TRADE], "undated: Tanaka Ayumi", ""),
        (["undated: Tanaka Ayumi = trade minister, JPN, GOV"], "2022-01-05: Tanaka Ayumi", ""),
        # the article's own word stands, and only what fits it is lent
        ([TRADE], "2022-01-06: Tanaka Ayumi = minister", "minister, JPN, GOV"),
        ([TRADE], "2022-01-06: Tanaka Ayumi = novelist, USA", "novelist, USA"),
        ([TRADE], "2022-01-06: Tanaka Ayumi = novelist", "novelist"),
        ([TRADE], "2022-01-06: Tanaka Ayumi = student, CVL", "student, CVL"),
        ([MAYOR], "2022-01-06: Ana Ruiz = former mayor, ELI", "former mayor, PER, ELI"),
        # what was inferred is neither learnt nor kept against what is told
        ([MAYOR.replace("PER", "~PER")], "2022-01-06: Ana Ruiz", "mayor, GOV"),
        ([MAYOR], "2022-01-06: Ana Ruiz = ~KAZ", "mayor, PER, GOV"),
        (["2022-01-05: Ana Ruiz = mayor, PER, ~CVL"], "2022-01-06: Ana Ruiz", "mayor, PER"),
        ([MAYOR], "2022-01-06: Ana Ruiz = ~CVL", "mayor, PER, GOV"),
        (["2022-01-05: Uranprom avenue = KAZ"], "2022-01-06: Uranprom avenue", ""),
        # two of one name stay unresolved
        ([TRADE, AMERICAN], "2022-01-07: Tanaka Ayumi", ""),
        ([TRADE, "undated: Tanaka Ayumi = senator, USA, GOV"], "2022-01-07: Tanaka Ayumi", ""),
        ([TRADE, "2022-01-06: Tanaka Ayumi = student, CVL"], "2022-01-07: Tanaka Ayumi", ""),
        ([TRADE, AMERICAN], "2022-01-07: Tanaka Ayumi = JPN", "trade minister, JPN, GOV"),
        ([TRADE, "2012-01-06: Tanaka Ayumi = senator, USA"], "2022-01-07: Tanaka Ayumi", "trade minister, JPN, GOV"),
        # two titles of one person: the plainer word adds nothing against, another office leaves it open
        ([TRADE, "2022-01-05: Tanaka Ayumi = minister, GOV"], "2022-01-07: Tanaka Ayumi", "trade minister, JPN, GOV"),
        ([TRADE, "2022-01-05: Tanaka Ayumi = party chief, JPN, GOV"], "2022-01-07: Tanaka Ayumi", "JPN, GOV"),
        # one office after another
        ([TRADE, "2022-01-20: Tanaka Ayumi = envoy, JPN, GOV"], "2022-01-25: Tanaka Ayumi", "envoy, JPN, GOV"),
        ([TRADE, "2022-01-20: Tanaka Ayumi = envoy, JPN, GOV"], "2022-01-10: Tanaka Ayumi", "JPN, GOV"),
        ([TRADE, FORMER], "2022-01-25: Tanaka Ayumi", "former trade minister, JPN, ELI"),
        ([TRADE, FORMER], "2022-01-10: Tanaka Ayumi", "JPN"),
        # somebody else in the office ends it; two who hold it at one time do not end each other
        ([TRADE, MORI], "2022-01-20: Tanaka Ayumi", "JPN"),
        ([TRADE, MORI], "2022-01-10: Tanaka Ayumi", "trade minister, JPN, GOV"),
        ([TRADE, MORI.replace("JPN", "KOR")], "2022-01-20: Tanaka Ayumi", "trade minister, JPN, GOV"),
        ([TRADE, MORI, MORI.replace("01-15", "01-02")], "2022-01-20: Tanaka Ayumi", "trade minister, JPN, GOV"),
        # names: hyphens and case are none, a part of a name is another
        (["2022-01-05: Ana-Lucía Ruiz = mayor, PER, GOV"], "2022-01-06: Ana Lucia Ruiz", "mayor, PER, GOV"),
        (["2022-01-05: Ruiz = mayor, PER, GOV"], "2022-01-06: Ruiz", ""),
        ([MAYOR], "2022-01-06: Ruiz", ""),
        ([MAYOR], "2022-01-06: Ruiz; Ana Ruiz", "mayor, PER, GOV"),
        ([MAYOR], "2022-01-06: Ruiz; Ana Ruiz; Omar Ruiz", ""),
        ([], "2022-01-06: Ruiz; Ana Ruiz = mayor, PER, GOV", "mayor, PER, GOV"),
        # what somebody is to another person tells nobody who that is
        (["2022-01-05: Ana Ruiz = aunt, CVL"], "2022-01-06: Ana Ruiz", ""),
        # bodies: by a name of their own
        (["2022-01-05: Uranprom = KAZ, BUS"], "2022-01-06: Uranprom", "KAZ, BUS"),
        (["2022-01-05: Interior Ministry = KAZ, GOV"], "2022-01-06: Interior Ministry", ""),
    ],
)  # fmt: skip
def test_what_is_lent(archive_says: list[str], article: str, then: str) -> None:
    assert known(archive_says, article) == then


def test_reasons_name_the_article_and_its_day() -> None:
    assert why([TRADE], "2022-01-20: Tanaka Ayumi") == [
        "title “trade minister”, sector GOV, country JPN in article a0 of 2022-01-05"
    ]


@pytest.mark.parametrize(
    ("archive_says", "article", "reason"),
    [
        ([TRADE], "2022-03-01: Tanaka Ayumi", "formerly seen as “trade minister”, JPN in article a0 of 2022-01-05"),
        ([TRADE], "2021-03-01: Tanaka Ayumi", "later seen as “trade minister”, JPN in article a0 of 2022-01-05"),
        (
            [TRADE, MORI],
            "2022-01-20: Tanaka Ayumi",
            "formerly seen as “trade minister”, JPN in article a0 of 2022-01-05",
        ),
        (
            [TRADE, AMERICAN],
            "2022-01-07: Tanaka Ayumi",
            "unresolved: JPN in article a0 of 2022-01-05, USA in article a1 of 2022-01-06",
        ),
        ([], "2022-01-06: Ana Ruiz = mayor, PER; Ruiz", "the article names Ana Ruiz in full"),
    ],
)
def test_reasons_say_what_was_not_lent_and_why(archive_says: list[str], article: str, reason: str) -> None:
    assert reason in why(archive_says, article)


def test_a_sector_that_the_title_tells_is_learnt_however_weak() -> None:
    told = {"kind": "person", "title": "President", "sector": ["GOV"], "reasons": [("sector", 0.5, "President")]}
    first = analysis("Ana Ruiz", actors={"Ana Ruiz": told}, published="2022-01-05")
    last = paper("2022-01-06: Ana Ruiz")
    assert archive(first, last).actors[last.actors[0].id].sector == ("GOV",)


def test_the_margin_is_the_last_day_lent() -> None:
    assert MARGIN == 31
    assert known([TRADE], "2022-02-05: Tanaka Ayumi") and not known([TRADE], "2022-02-06: Tanaka Ayumi")


def test_an_office_that_two_held_is_two_rows_and_forms_of_one_title_are_one() -> None:
    rows = actors(
        archive(
            paper(TRADE),
            paper("2022-02-07: Tanaka Ayumi = trade minister, GOV"),
            paper("2022-03-01: Mori Kenta = trade minister, JPN, GOV"),
        )
    )
    assert [(row.name, row.title, row.country, row.first, row.last, row.articles) for row in rows] == [
        ("Tanaka Ayumi", "trade minister", "JPN", "2022-01-05", "2022-02-07", 2),
        ("Mori Kenta", "trade minister", "JPN", "2022-03-01", "2022-03-01", 1),
    ]


def test_namesakes_are_rows_of_their_own_and_marked() -> None:
    rows = actors(archive(paper(TRADE), paper("2022-01-07: Tanaka Ayumi = trade minister, USA")))
    assert [(row.country, row.unresolved) for row in rows] == [("JPN", True), ("USA", True)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"name": "MINISTER"}, ["Tanaka Ayumi"]),
        ({"name": "ruiz"}, ["Ana Ruiz"]),
        ({"country": "per"}, ["Ana Ruiz"]),
        ({"since": "2022-01-06"}, ["Ana Ruiz"]),
        ({"until": "2022-01-06"}, ["Tanaka Ayumi"]),
        ({"name": "zeppelin"}, []),
    ],
)
def test_rows_can_be_asked_for(asked: dict[str, str], found: list[str]) -> None:
    rows = actors(archive(paper(TRADE), paper("2022-01-07: Ana Ruiz = mayor, PER, GOV")), **asked)
    assert [row.name for row in rows] == found


def test_rows_point_at_the_words_they_rest_on() -> None:
    one = paper(TRADE, "a1")
    (row,) = actors(archive(one))
    (evidence,) = row.evidence
    article, start, end = re.split("[ :]", evidence)
    assert article == "a1" and one.article.text[int(start) : int(end)] == "trade minister Tanaka Ayumi"


def test_show_says_what_the_register_adds_to_an_actor_and_to_an_event() -> None:
    told = analysis(
        "Tanaka Ayumi met Ana Ruiz.",
        actors={"Tanaka Ayumi": {"kind": "person"}, "Ana Ruiz": {"kind": "person"}},
        events=[{"trigger": "met", "type": "CONSULT", "actors": ["Tanaka Ayumi"], "recipients": ["Ana Ruiz"]}],
        published="2022-01-06",
    )
    both = [paper(TRADE, "a1"), told]
    held = Archive(both, link(both))
    reason = "title “trade minister”, sector GOV, country JPN in article a1 of 2022-01-05"
    actor = "\n".join(show(held, "actor", told.actors[0].id)[1])
    assert "Tanaka Ayumi (trade minister), person" in actor and f"because register (0.70) {reason}" in actor
    assert f"  Tanaka Ayumi: register: {reason}" in show(held, "event", told.events[0].id)[1]


def test_in_the_demo_putin_is_of_russia_wherever_he_is_named(demo_analyses: tuple[Analysis, ...]) -> None:
    held = Archive(demo_analyses, Links())
    named = [actor for actor in held.actors.values() if actor.name == "Vladimir Putin"]
    assert len(named) > 2 and {actor.country for actor in named} == {"RUS"}
    alone = [said_country(actor) for one in demo_analyses for actor in one.actors if actor.name == "Vladimir Putin"]
    assert {"RUS", None} == set(alone)  # what stands around a name is no word of the article on him


# --------------------------------------------------------------------------- what always holds

_DAYS = st.sampled_from(["2021-06-01", "2022-01-05", "2022-01-20", "2022-02-10", "2022-09-01", "undated"])
_TITLES = st.sampled_from(["", "minister", "trade minister", "former minister", "student"])
_CODES = st.sampled_from(["", "JPN", "KOR", "~JPN", "~KAZ"])
_SECTORS = st.sampled_from(["", "GOV", "ELI", "CVL", "~CVL"])
_NAMES = st.sampled_from(["Tanaka Ayumi", "Mori Kenta", "Ayumi", "Uranprom"])
_PEOPLE = st.lists(st.tuples(_NAMES, _TITLES, _CODES, _SECTORS), min_size=1, max_size=3, unique_by=lambda one: one[0])


@st.composite
def archives(draw: st.DrawFn) -> list[Analysis]:
    """A few articles on the same few names."""
    lines = draw(st.lists(st.tuples(_DAYS, _PEOPLE), min_size=1, max_size=6))
    return [
        paper(f"{day}: " + "; ".join(f"{name} = {', '.join(filter(None, told))}" for name, *told in people), f"a{at}")
        for at, (day, people) in enumerate(lines)
    ]


@given(archives(), st.randoms())
def test_the_order_of_articles_does_not_matter(papers: list[Analysis], random: Random) -> None:
    shuffled = list(papers)
    random.shuffle(shuffled)
    one, two = archive(*papers), archive(*shuffled)
    assert one.actors == two.actors and actors(one) == actors(two)


@given(archives())
def test_a_further_article_takes_away_nothing_that_others_say(papers: list[Analysis]) -> None:
    assert sightings(papers[:-1]) <= sightings(papers)


def sightings(papers: Sequence[Analysis]) -> set[Sighting]:
    return {one for entries in Register(papers).entries.values() for entry in entries for one in entry.sightings}


@given(archives())
def test_an_articles_own_word_stands(papers: list[Analysis]) -> None:
    held = archive(*papers)
    assert list(held.analyses.values()) == papers
    for actor in (actor for one in papers for actor in one.actors):
        now = held.actors[actor.id]
        assert (now.name, now.kind, now.spans) == (actor.name, actor.kind, actor.spans)
        assert actor.title in (None, now.title)
        assert said_country(actor) in (None, now.country)
        assert said_sector(actor) in ((), now.sector)


@given(archives())
def test_what_is_lent_was_said_of_the_name_and_the_reasons_say_where(papers: list[Analysis]) -> None:
    held = archive(*papers)
    for one in papers:
        for actor in one.actors:
            now = held.actors[actor.id]
            if now != actor:
                assert day_of(one.article) is not None
                assert len(now.reasons) > 0 and now.reasons[-1].name == REGISTER
                assert (now.country, now.title) == (actor.country, actor.title) or said_somewhere(now, papers)


def said_somewhere(now: Actor, papers: Sequence[Analysis]) -> bool:
    """Whether articles of the archive give a name, or the full name it stands for, this country and this title."""
    of = [one for paper in papers for one in paper.actors if now.name in one.name]
    titles, countries = {one.title for one in of}, {one.country for one in of}
    return now.title in titles and now.country in countries
