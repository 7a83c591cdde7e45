"""A report as PDF, read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import ConfigError
from sayso.report.sitrep import make_report, render
from sayso.report.sitrep.letters import displayed, ordered
from tests.report.sitrep.archives import FIELDS, hostile, shooting
from tests.report.sitrep.pdf import Read, read_pdf


@pytest.fixture(scope="module")
def made() -> Read:
    return read_pdf(render(make_report(hostile()), "pdf"))


def joined(text: str) -> str:
    """Words without the ends of lines."""
    return " ".join(text.split())


def test_a_pdf_tells_what_the_record_tells() -> None:
    text = joined(read_pdf(render(make_report(shooting()), "pdf")).text)
    assert "3 articles of 3 outlets go back to 3 independent origins and tell 1 incident" in text
    assert "“Soldiers shot at marchers in Vell on that day, killing 3 people.” [1] 015cb113" in text
    assert "disagrees: 5 ( “5 people” ): Northern Post (own voice)" in text
    assert "1 / 2" in text or "1 / 1" in text


def test_an_outline_leads_to_the_sections(made: Read) -> None:
    report = make_report(hostile())
    assert made.outline == ("Situation report", *(one.title for one in report.sections), "Articles cited")


def test_every_reference_is_a_link(made: Read) -> None:
    runs = [run for line in make_report(hostile()).lines for part in line.parts for run in part.runs]
    assert made.links == sum(map(len, runs)) > 30


def test_pages_are_numbered_and_pictures_described(made: Read) -> None:
    assert all(f"{number} / {len(made.pages)}" in page for number, page in enumerate(made.pages, 1))
    assert [alt.split()[0] for alt in made.alt] == ["Map", "Timeline"]


def test_hostile_words_are_only_words(made: Read) -> None:
    text = joined(made.text)
    assert "<script>alert('x')</script>" in text and "{{ 7 * 7 }}" in text
    assert len(make_report(hostile()).articles) == len(FIELDS)


def test_a_word_longer_than_a_line_goes_on_in_the_next() -> None:
    from dataclasses import replace

    report = make_report(shooting())
    (first, *rest) = report.articles
    long = "a" * 500
    text = read_pdf(render(replace(report, articles=(replace(first, title=long), *rest)), "pdf")).text
    assert text.count("a") >= 500 and max(map(len, text.splitlines())) < 140


def test_right_to_left_words_can_be_read(made: Read) -> None:
    assert "םולש" in made.text  # Hebrew as it stands on paper, from the left
    assert displayed("السلام") in made.text and displayed("السلام") != "السلام"


def test_letters_without_a_font_are_boxes(made: Read) -> None:
    assert "□□" in made.text and "你" not in made.text


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("Almaty", "Almaty"),
        ("שלום", "םולש"),
        ("(שלום)", "(םולש)"),
        ("بيت", "\ufe96\ufef4\ufe91"),  # beginning, middle and end, each in its shape
        ("دار", "\ufead\ufe8d\ufea9"),  # letters that join none after them
        ("لا", "\ufefb"),  # two that are one
        ("סעיף12", "12ףיעס"),
    ],
)
def test_a_word_as_it_stands_from_the_left(word: str, shown: str) -> None:
    assert displayed(word) == shown


def test_words_from_the_right_are_turned_around_as_a_run() -> None:
    right, neutral = [False, True, False, True, False], [False, False, True, False, True]
    assert ordered(right, neutral) == [0, 3, 2, 1, 4]
    assert ordered([False] * 3, [False] * 3) == [0, 1, 2]


def test_a_template_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="PDF takes no template"):
        render(make_report(shooting()), "pdf", tmp_path)
