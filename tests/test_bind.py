"""What binding promises: claims hold what stands in their content, and their stance decides how it is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.model import Analysis, Event, Parsed, Span, Stance, Status
from sayso.pipeline import analyse
from sayso.resolve.gazetteer import open_gazetteer


@pytest.fixture(scope="module")
def coded(parse: Callable[..., Parsed]) -> Callable[[str], Analysis]:
    gazetteer = open_gazetteer()
    return lambda text: analyse(parse(text, published="2022-01-07", lang="en"), gazetteer)


def event(analysis: Analysis, word: str) -> Event:
    """The event whose trigger holds a word."""
    return next(one for one in analysis.events if word in analysis.article.quote(one.trigger))


def test_an_event_in_a_claim_belongs_to_it(coded: Callable[[str], Analysis]) -> None:
    analysis = coded("The ministry said soldiers had killed two men. Police detained an opposition leader.")
    (claim,) = [one for one in analysis.claims if one.stance is Stance.ASSERTS]
    killing, arrest = event(analysis, "killed"), event(analysis, "detained")
    assert killing.claims == (claim.id,) and killing.id in claim.about
    assert arrest.claims == ()  # the outlet's own voice


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("The army killed two men.", "killed", Status.OCCURRED),
        ("The army denied that it had killed two men.", "killed", Status.NEGATED),
        ("The union demanded that the army withdraw from the port.", "withdraw", Status.DEMANDED),
    ],
)
def test_stance_decides_how_the_main_event_is_told(
    coded: Callable[[str], Analysis], text: str, word: str, status: Status
) -> None:
    assert event(coded(text), word).status is status


def test_a_toll_belongs_to_its_event_and_claim(coded: Callable[[str], Analysis]) -> None:
    analysis = coded("Officials said soldiers had killed 12 miners in Zhanaozen on Friday.")
    (toll,) = analysis.tolls
    assert (toll.low, toll.high, toll.harm) == (12, 12, "killed")
    assert toll.event == event(analysis, "killed").id
    assert toll.claims and toll.claims == event(analysis, "killed").claims


def test_every_span_quotes_the_article(coded: Callable[[str], Analysis]) -> None:
    analysis = coded("“Leave now,” a soldier told Dias in Aktau on Monday; two people were hurt, he said.")
    spans: list[Span] = [span for actor in analysis.actors for span in actor.spans]
    spans += [place.span for place in analysis.places] + [time.span for time in analysis.times]
    spans += [span for claim in analysis.claims for span in claim.content]
    spans += [span for one in analysis.events for span in (one.trigger, *one.evidence)]
    assert spans and all(analysis.article.quote(span).strip() for span in spans)


def test_who_was_told_is_kept_in_words_and_is_not_their_owner(coded: Callable[[str], Analysis]) -> None:
    analysis = coded("The Omani foreign minister told his Kuwaiti colleague that the strait was open.")
    (claim,) = analysis.claims
    assert claim.addressed and analysis.article.quote(claim.addressed) == "his Kuwaiti colleague"
    assert claim.addressee is None or claim.addressee != claim.chain[-1].actor


def test_a_cause_is_given_by_the_claims_that_hold_it_and_knows_the_event_it_is(
    coded: Callable[[str], Analysis],
) -> None:
    analysis = coded("Hundreds protested in Aktau because soldiers killed two miners, the union said.")
    (cause,) = event(analysis, "protested").causes
    assert analysis.article.quote(cause.span) == "soldiers killed two miners"
    assert cause.event == event(analysis, "killed").id
    assert cause.claims == (analysis.claims[0].id,)


def test_a_cause_in_the_outlets_own_voice_has_no_claim(coded: Callable[[str], Analysis]) -> None:
    (cause,) = event(coded("Hundreds protested in Aktau over fuel prices."), "protested").causes
    assert (cause.event, cause.claims) == (None, ())
