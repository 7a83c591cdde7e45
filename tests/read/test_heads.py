"""What the first and last lines of news copy say, in copy written for these tests."""

from __future__ import annotations

import pytest

from sayso.config import Config
from sayso.knowledge import table
from sayso.model import Article
from sayso.read.facts import Facts, make_article
from sayso.read.heads import headline, read_head, split_byline

STORY = "Shops along the quay stayed shut on Saturday, traders said. Nobody was hurt."


def article(text: str, **known: object) -> Article:
    made = make_article(text, Facts(**known), "test", Config())  # type: ignore[arg-type]
    assert isinstance(made, Article)
    return made


@pytest.mark.parametrize(
    ("line", "place", "date", "outlet", "credits"),
    [
        ("Rustavi, 11 March 2021 (QDN): ", "Rustavi", "2021-03-11", "QDN", ()),
        ("RUSTAVI, 11 March 2021 (Quayside Wire) — ", "RUSTAVI", "2021-03-11", "Quayside Wire", ()),
        ("RUSTAVI (AP) — ", "RUSTAVI", None, None, ("AP",)),
        ("Rustavi (AFP) – ", "Rustavi", None, None, ("AFP",)),
        ("RUSTAVI, March 11 (Reuters) - ", "RUSTAVI", None, None, ("Reuters",)),
        ("RUSTAVI/TBILISI, March 11 (Reuters) - ", "RUSTAVI", None, None, ("Reuters",)),
        ("RUSTAVI, March 11. /TASS/. ", "RUSTAVI", None, None, ("TASS",)),
        ("RUSTAVI. March 11 (Interfax) - ", "RUSTAVI", None, None, ("Interfax",)),
        ("PARIS, Texas (AP) — ", "PARIS", None, None, ("AP",)),
        ("THE HAGUE, Jan 6 (Reuters) - ", "THE HAGUE", None, None, ("Reuters",)),
        ("New Delhi, Jan 8 (PTI) ", "New Delhi", None, None, ("PTI",)),
        ("РУСТАВИ, 11 марта 2021 года («Набережная») — ", "РУСТАВИ", "2021-03-11", "Набережная", ()),
        ("RUSTAVI — ", "RUSTAVI", None, None, ()),
        ("RUSTAVI, March 11, 2021 — ", "RUSTAVI", "2021-03-11", None, ()),
        ("Rustavi (Agency) — ", "Rustavi", None, None, ()),
        ("(Bloomberg) -- ", None, None, None, ("Bloomberg",)),
    ],
)
def test_a_dateline_names_place_day_and_who_filed(
    line: str, place: str | None, date: str | None, outlet: str | None, credits: tuple[str, ...]
) -> None:
    made = article(line + STORY)
    assert (made.outlet, made.credits) == (outlet, credits)
    if place is None:
        assert made.dateline is None
        return
    assert made.dateline is not None
    assert (made.dateline.place, made.dateline.date) == (place, date)
    assert made.dateline.span is not None
    assert made.text[slice(*made.dateline.span)] == place
    assert made.published == date


@pytest.mark.parametrize(
    "line",
    [
        "Mayor Kakha Beridze (right) said on Friday that the quay was safe.",
        "President Beridze (70) told the police: go home.",
        "BREAKING — Police seal off the quay.",
        "WATCH: (Video) — the quay from above.",
        "The union (Tavisupleba) - which owns the quay - said so.",
        "In Rustavi, on January 5, 2021 - the day of the fair - it rained.",
        "On Friday (January 7) the police said so.",
        "Friday, January 7 - the day of the fair.",
        "Mother's Day — a holiday here — passed quietly.",
    ],
)
def test_prose_is_no_dateline(line: str) -> None:
    made = article(f"{line} {STORY}")
    assert made.dateline is None
    assert made.outlet is None
    assert made.credits == ()


def test_a_day_without_a_year_takes_the_year_of_publication() -> None:
    made = article(f"RUSTAVI, Dec 31 (Reuters) - {STORY}", published="2022-01-01T02:00:00Z")
    assert made.dateline is not None
    assert made.dateline.date == "2021-12-31"


def test_the_parenthesis_beside_a_known_outlet_is_a_credit() -> None:
    made = article(f"Fair opens\n\nThe Quayside Post, Jan. 5, 2021\n\nRUSTAVI (QW) — {STORY}\n\nSource: Quayside Wire")
    assert made.title == "Fair opens"
    assert made.outlet == "The Quayside Post"
    assert made.credits == ("Quayside Wire",)
    assert made.published == "2021-01-05"


def test_a_head_line_with_bars_gives_byline_outlet_and_time() -> None:
    head = "By NINO KAPANADZE in Rustavi and LUC MORET in Paris | Quayside Daily | Update: 2021-03-11 07:32"
    caption = "People walk along the quay. NINO KAPANADZE / REUTERS"
    made = article(f"{head}\n\n{caption}\n\n{STORY}")
    assert made.title is None
    assert made.byline == ("NINO KAPANADZE", "LUC MORET")
    assert made.outlet == "Quayside Daily"
    assert made.published == "2021-03-11T07:32"
    assert made.credits == ("Reuters (photo)",)


@pytest.mark.parametrize(
    ("line", "outlet", "published"),
    [
        ("Quayside Post | Region | 6 January 2022", "Quayside Post", "2022-01-06"),
        ("Quayside Post | 6.1.2022 23:00", "Quayside Post", "2022-01-06T23:00"),
        ("Quayside Post · Thursday, 6 January 2022, 14:00", "Quayside Post", "2022-01-06T14:00"),
        ("The Quayside Post, Friday 7 January 2022", "The Quayside Post", "2022-01-07"),
        ("Quayside Post | Updated: 2022-01-08 11:50", "Quayside Post", "2022-01-08T11:50"),
        ("Published: 6 January 2022, 5:45 pm", None, "2022-01-06T17:45"),
    ],
)
def test_a_stamp_line_names_outlet_and_time(line: str, outlet: str | None, published: str) -> None:
    for text in (f"Fair opens early\n\n{line}\n\n{STORY}", f"Fair opens early\n\n{STORY}\n\n{line}"):
        made = article(text)
        assert (made.outlet, made.published) == (outlet, published)


@pytest.mark.parametrize(
    ("line", "credits", "byline"),
    [
        ("Source: Quayside Wire", ("Quayside Wire",), ()),
        ("(With input from Quayside Wire)", ("Quayside Wire",), ()),
        ("With inputs from AFP and Reuters.", ("AFP", "Reuters"), ()),
        ("Reporting by Nino Kapanadze; editing by Luc Moret", (), ("Nino Kapanadze",)),
        ("(Reporting by Nino Kapanadze and Luc Moret; Editing by Ana Diaz)", (), ("Nino Kapanadze", "Luc Moret")),
        ("Luc Moret reported from Paris. Additional reporting by Quayside Wire.", ("Quayside Wire",), ()),
        ("© AFP", ("AFP",), ()),
        ("© 2021 Agence France-Presse", ("AFP",), ()),
        ("© 2021 The Quayside Post", (), ()),
        ("(Quayside Wire)", ("Quayside Wire",), ()),
        ("Quayside Wire", ("Quayside Wire",), ()),
        ("— Reuters", ("Reuters",), ()),
        ("This story was first published by Quayside Wire.", ("Quayside Wire",), ()),
        ("Photo: AP", ("AP (photo)",), ()),
        ("Photograph: the quay on Friday. Nino Kapanadze/The Quayside Post", (), ()),
    ],
)
def test_last_lines_credit_agencies_and_name_reporters(
    line: str, credits: tuple[str, ...], byline: tuple[str, ...]
) -> None:
    made = article(f"Fair opens early\n\n{STORY}\n\n{line}", outlet="The Quayside Post")
    assert (made.credits, made.byline) == (credits, byline)


@pytest.mark.parametrize(
    ("words", "persons", "agencies"),
    [
        ("Jane Roe", ("Jane Roe",), ()),
        ("By Jane Roe and José de la Cruz", ("Jane Roe", "José de la Cruz"), ()),
        ("Jane Roe, Associated Press", ("Jane Roe",), ("AP",)),
        ("JANE ROE in Rome and LI WEI in Beijing", ("JANE ROE", "LI WEI"), ()),
        ("Reuters", (), ("Reuters",)),
        ("the time it was over, many had left", (), ()),
        ("Jane Roe, senior correspondent", ("Jane Roe",), ()),
    ],
)
def test_a_byline_holds_persons_and_agencies(words: str, persons: tuple[str, ...], agencies: tuple[str, ...]) -> None:
    assert split_byline(words) == (persons, agencies)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Fair opens early\n\nIt rained.", "Fair opens early"),
        ("Will the fair open?\n\nIt rained.", "Will the fair open?"),
        ("The fair opened early.\n\nIt rained.", None),  # a sentence
        ("Fair opens early\nIt rained.", None),  # no blank line
        ("Fair opens early\n\n", None),  # nothing under it
        ("By Jane Roe\n\nIt rained.", None),
        ("RUSTAVI (AP) — Fair opens\n\nIt rained.", None),
        ("x" * 300 + "\n\nIt rained.", None),
    ],
)
def test_a_headline_is_a_first_line_that_reads_like_one(text: str, title: str | None) -> None:
    assert headline(text) == title
    if title:
        assert article(text).text.startswith(title + "\n\n")


@pytest.mark.parametrize("agency", table("agencies.toml")["agency"], ids=lambda agency: agency["name"])
def test_every_agency_of_the_table_is_found_in_a_dateline_or_source_line(agency: dict[str, object]) -> None:
    for name in (agency["name"], *agency["aliases"]):  # type: ignore[misc]
        for text in (f"RUSTAVI ({name}) — {STORY}", f"{STORY}\n\nSource: {name}"):
            assert article(text, outlet="Quayside Post").credits == (agency["name"],)


def test_head_of_nothing_is_empty() -> None:
    assert read_head("").byline == ()
