"""What sources call the same happening, and who uses which word."""

from __future__ import annotations

import pytest

from sayso.link import link
from sayso.model import Analysis, Links, Story
from sayso.report.archive import Archive
from sayso.report.labels import LabelRow, labels
from tests.builders import analysis


def told(outlet: str, word: str, source: str | None = None, stance: str = "asserts") -> Analysis:
    """An article that calls a happening by a word, in its own voice or in a source's."""
    claim = {"chain": [(source, "spoke", "office")], "content": [f"of a {word}"], "stance": stance} if source else None
    return analysis(
        f"{source or 'They'} spoke of a {word}.",
        actors={source: {"kind": "office", "country": "NOR"}} if source else {},
        claims=[claim] if claim else [],
        labels=[{"text": word, "claims": ["spoke"] if source else []}],
        outlet=outlet,
        url=f"https://{outlet}.example/{word.replace(' ', '-')}",
    )


@pytest.fixture
def rows() -> dict[str, LabelRow]:
    found = (
        told("Harbour", "riot"), told("Lantern", "riots"), told("Lantern", "uprising", "interior ministry"),
        told("Delta", "colour revolution", "China", "denies"),
    )  # fmt: skip
    story = Story("s1", "Shots in Port Vell", (), tuple(one.article.id for one in found))
    return {row.label: row for row in labels(Archive(found, Links(stories=(story,))))}


def test_names_of_one_happening_stand_together(rows: dict[str, LabelRow]) -> None:
    assert set(rows) == {"riot", "uprising", "colour revolution"}
    assert {row.target for row in rows.values()} == {"what happened: Shots in Port Vell"}


def test_a_word_that_no_source_is_cited_with_is_the_outlets_own(rows: dict[str, LabelRow]) -> None:
    assert rows["riot"].own_voice and rows["riot"].by == ("Harbour (own voice)", "Lantern (own voice)")
    assert not rows["uprising"].own_voice and rows["uprising"].by == ("interior ministry",)


def test_a_word_that_a_source_denies_is_not_given_as_its_own(rows: dict[str, LabelRow]) -> None:
    assert rows["colour revolution"].by == ("China, who denies it",)


def test_one_name_alone_is_shown_only_when_asked_for() -> None:
    archive = Archive((told("Harbour", "riot"),), Links())
    assert labels(archive) == [] and [row.label for row in labels(archive, of="what Harbour tells")] == ["riot"]


def test_the_demo_shows_who_calls_the_unrest_what(demo_analyses: tuple[Analysis, ...]) -> None:
    found = labels(Archive(demo_analyses, link(demo_analyses)), source="tokayev")
    assert {"terrorist", "bandits"} & {row.label for row in found}
    assert all(any("Tokayev" in name for name in row.by) for row in found)
