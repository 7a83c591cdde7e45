"""What `sayso show` tells of a record: every limit of a claim, every link of its chain, and who was there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.link import link
from sayso.model import Analysis
from sayso.report.archive import Archive, depth, is_credit
from sayso.report.claims import Desk
from sayso.report.show import show
from sayso.report.sitrep import make_report, render
from tests.builders import witnessed

ONE = witnessed()


@pytest.fixture(scope="module")
def archive() -> Archive:
    return Archive([ONE], link([ONE]))


def lines(archive: Archive, kind: str, id: str) -> list[str]:
    return [line.strip() for line in show(archive, kind, id)[1]]


def test_a_claim_that_was_not_made_says_so_and_names_the_credited_agency(archive: Archive) -> None:
    shown = lines(archive, "claim", ONE.claims[0].id)
    assert "Harbour News ← Silkroad Agency (agency, credited) ← The mayor (office)" in shown
    assert "not said: “did not”" in shown


def test_a_claim_inside_another_shows_its_hedge_and_the_other(archive: Archive) -> None:
    shown = lines(archive, "claim", ONE.claims[1].id)
    assert "hedged by “reportedly”" in shown
    assert any(line.endswith(", to him") for line in shown)  # words, where no actor is known
    outer = f"inside claim {ONE.claims[0].id[:8]}"
    assert f"{outer}: Silkroad Agency (agency, credited) ← The mayor (office), asserts" in shown


@pytest.mark.parametrize(
    ("kind", "id"), [("article", ONE.article.id), ("event", ONE.events[1].id), ("toll", ONE.tolls[0].id)]
)
def test_what_reporters_saw_stands_with_what_it_is_about(archive: Archive, kind: str, id: str) -> None:
    assert "first-hand: Our reporters … saw … “guards fire on 3 men”" in lines(archive, kind, id)


def test_what_nobody_saw_is_not_called_first_hand(archive: Archive) -> None:
    assert not any(line.startswith("first-hand") for line in lines(archive, "event", ONE.events[0].id))


def test_an_agency_without_words_shows_who_credits_it(archive: Archive) -> None:
    assert "credited by Harbour News, 1 article" in lines(archive, "actor", ONE.actors[-1].id)


def test_a_credit_is_no_further_source(archive: Archive) -> None:
    claim = ONE.claims[0]
    assert [is_credit(link) for link in claim.chain] == [True, False]
    assert depth(claim) == 1
    page = render(make_report(Desk(archive)), "md").decode()
    assert "who said it to whom" not in page.casefold()


def test_links_between_articles_do_not_depend_on_credit_links(demo_analyses: tuple[Analysis, ...]) -> None:
    assert any(is_credit(first) for one in demo_analyses for claim in one.claims for first in claim.chain)
    assert link(demo_analyses) == link(tuple(map(without_credit_links, demo_analyses)))


def without_credit_links(analysis: Analysis) -> Analysis:
    claims = tuple(
        replace(claim, chain=tuple(each for each in claim.chain if not is_credit(each))) for claim in analysis.claims
    )
    return replace(analysis, claims=claims, actors=tuple(actor for actor in analysis.actors if actor.spans))
