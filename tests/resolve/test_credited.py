"""Whose copy an article carries is the outermost link of its chains, where that can be told."""

from __future__ import annotations

import pytest

from sayso.model import Actor, Analysis, Article, Claim, Link, SourceKind, claim_id, content_id
from sayso.resolve.credited import credited_agency, through_credits
from tests.builders import analysis

TEXT = (
    "Police said a depot burnt. Silkroad Agency quoted a driver as saying he fled. A guard told Harbour News it fell."
)


def told(*credits: str, outlet: str = "Harbour News", agency_kind: str = "agency") -> Analysis:
    """Three claims: of police, of a driver through the agency, and of a guard to the outlet itself."""
    return analysis(
        TEXT,
        outlet=outlet,
        credits=credits,
        actors={
            "Police": {},
            "Silkroad Agency": {"kind": agency_kind},
            "a driver": {"kind": "witness"},
            "Harbour News": {"kind": "media"},
        },
        claims=[
            {"chain": [("Police", "said")], "content": ["a depot burnt"]},
            {
                "chain": [("Silkroad Agency", "quoted", "agency"), ("a driver", "as saying", "witness")],
                "content": ["he fled"],
            },
            {"chain": [("Harbour News", "told", "media"), ("A guard", "told", "witness")], "content": ["it fell"]},
        ],
    )


def credited(given: Analysis) -> tuple[tuple[Actor, ...], tuple[Claim, ...]]:
    return through_credits(given.article, given.actors, given.claims)


@pytest.mark.parametrize(
    ("credits", "outlet", "text", "agency"),
    [
        ((), "Harbour News", "", None),
        (("Silkroad Agency",), "Harbour News", "", "Silkroad Agency"),
        (("Silkroad  Agency", "SILKROAD AGENCY"), "Harbour News", "", "Silkroad Agency"),
        (("Silkroad News Agency", "SNA"), "Harbour News", "", "Silkroad News Agency"),  # a name and its initials
        (("Silkroad Agency", "Meridian Wire"), "Harbour News", "", None),  # nobody can tell which
        (("Silkroad Agency (photo)",), "Harbour News", "", None),
        (("Meridian Wire (photo)", "Silkroad Agency"), "Harbour News", "", "Silkroad Agency"),
        (("Silkroad News Agency",), "SNA", "", None),  # the outlet itself
        (("The Harbour News",), "Harbour News", "", None),
        (("Agency", "", " "), "Harbour News", "", None),  # names nobody
        (("Meridian Wire",), None, "It rained.\n\nAdditional reporting by Meridian Wire.", None),  # it only helped
    ],
)
def test_the_one_agency_credited(credits: tuple[str, ...], outlet: str | None, text: str, agency: str | None) -> None:
    assert credited_agency(Article(text or "It rained.", outlet=outlet, credits=credits)) == agency


def test_a_credited_agency_is_the_outermost_link() -> None:
    given = told("Meridian Wire")
    actors, claims = credited(given)
    agency = actors[-1]
    assert (agency.id, agency.kind, agency.spans) == (content_id("actor", "Meridian Wire"), "agency", ())
    link = Link(agency.id, SourceKind.AGENCY, None, None)
    assert [claim.chain[0] == link for claim in claims] == [True, True, False]  # the outlet was told the last itself
    assert [claim.chain[1:] for claim in claims[:2]] == [claim.chain for claim in given.claims[:2]]


def test_no_id_depends_on_a_credit() -> None:
    given = told("Meridian Wire")
    _, claims = credited(given)
    assert [claim.id for claim in claims] == [claim.id for claim in given.claims]
    assert [claim.id for claim in claims] == [claim_id(claim.content, claim.chain) for claim in claims]


@pytest.mark.parametrize("credit", ["Silkroad Agency", "silkroad agency", "SA"])
def test_an_agency_that_the_text_cites_is_one_participant_and_one_link(credit: str) -> None:
    given = told(credit)
    actors, claims = credited(given)
    assert actors == given.actors
    own = given.actors[1].id
    assert [claim.chain[0].actor for claim in claims] == [own, own, given.actors[3].id]
    assert claims[1] == given.claims[1]


def test_a_person_of_that_name_is_no_agency() -> None:
    given = told("Silkroad Agency", agency_kind="person")
    actors, _ = credited(given)
    assert actors[-1].spans == ()


@pytest.mark.parametrize("credits", [(), ("Meridian Wire", "Silkroad Agency"), ("Meridian Wire (photo)",)])
def test_without_a_single_agency_nothing_changes(credits: tuple[str, ...]) -> None:
    given = told(*credits)
    assert credited(given) == (given.actors, given.claims)


def test_an_article_without_claims_names_no_agency() -> None:
    given = analysis("It rained.", credits=("Meridian Wire",))
    assert credited(given) == ((), ())
