"""What a desk reads first: deeds before words, figures with their standing, real disputes alone."""

from __future__ import annotations

import re

import pytest

from sayso.link import link
from sayso.model import Analysis, Harm, TollEstimate
from sayso.report import tables
from sayso.report.archive import Archive
from sayso.report.sitrep import sitrep


@pytest.fixture(scope="module")
def demo(demo_analyses: tuple[Analysis, ...]) -> Archive:
    return Archive(demo_analyses, link(demo_analyses))


@pytest.fixture(scope="module")
def page(demo: Archive) -> str:
    return sitrep(demo, None, None, None, None, "md")


def section(page: str, title: str) -> list[str]:
    """The lines under a heading."""
    (body,) = re.findall(rf"^## {title}\n(.*?)(?=^## |\Z)", page, re.M | re.S)
    return [line for line in body.splitlines() if line.strip()]


def test_deeds_come_before_words(demo: Archive) -> None:
    first = [row.type for row in tables.incidents(demo)[:15]]
    assert set(first) <= {"ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "RETREAT"}


def test_what_happened_is_short_and_in_order_of_date(page: str) -> None:
    heads = [line for line in section(page, "What happened") if line.startswith("- **")]
    assert 5 <= len(heads) <= 15
    days = [found[0] for line in heads if (found := re.findall(r"\d{4}-\d\d-\d\d", line.split("**")[1]))]
    assert days == sorted(days)


def test_no_figure_is_called_unknown(page: str) -> None:
    harmed = section(page, "How many were harmed")
    assert harmed and not any("unknown (" in line or "killed unknown" in line.casefold() for line in harmed)
    assert any("withdrawn: 164" in line for line in harmed)


def test_every_number_in_brackets_is_an_article_cited(page: str) -> None:
    cited = {int(line.split(".")[0]) for line in section(page, "Articles cited")}
    used = {int(number) for number in re.findall(r"\[(\d+)\]", page)}
    assert used <= cited


def test_an_html_page_stands_alone(demo: Archive) -> None:
    text = sitrep(demo, None, None, None, None, "html")
    assert "<style>" in text and "http" not in text.split("</style>")[0]


@pytest.mark.parametrize(
    ("toll", "said"),
    [
        (TollEstimate(Harm.KILLED, 26, 26, 26, ("a",), ()), "killed 26"),
        (TollEstimate(Harm.KILLED, 7, 7, 11, ("a",), ("b",)), "killed 7 (7 to 11, 1 report disagrees)"),
        (TollEstimate(Harm.INJURED, 12, 12, None, ("a",), ()), "injured at least 12"),
        (TollEstimate(Harm.KILLED, 0, None, None, (), (), ("a",)), "killed: 1 figure, withdrawn"),
    ],
)
def test_an_estimate_in_words(toll: TollEstimate, said: str) -> None:
    assert tables.estimate(toll) == said
