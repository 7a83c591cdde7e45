"""On whose say-so: an outlet that tells a thing itself and cites others with it tells it in both ways."""

from __future__ import annotations

import pytest

from sayso.link import link
from sayso.model import Analysis, Cause
from sayso.report import tables
from sayso.report.archive import Archive
from sayso.report.grounds import ground, ground_of, own_words
from sayso.report.show import show
from tests.builders import analysis, span_of

TEXT = "The depot burnt because of a leak. Rebels, police said, set the depot on fire out of revenge."


def story(claims: bool = True, own: bool = True, **claim: str) -> Analysis:
    """A fire told by the outlet, by police, or by both."""
    said = {"chain": [("police", "said", "office")], "content": ["set the depot on fire out of revenge"], **claim}
    return analysis(
        TEXT,
        actors={"Rebels": {}, "police": {"kind": "office"}},
        claims=[said] if claims else [],
        events=[
            {
                "trigger": "burnt",
                "claims": ["said"] if claims else [],
                "evidence": ["The depot burnt", "set the depot on fire"],
                "reasons": [("own voice", 1.0, "burnt")] if own and claims else [],
            }
        ],
        outlet="Harbour News",
        published="2022-01-08",
    )


def held(told: Analysis) -> Archive:
    return Archive([told], link([told]))


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (story(claims=False), "Harbour News (own voice)"),
        (story(own=False), "Harbour News ← police (office)"),
        (story(), "Harbour News (own voice), also ← police (office)"),
        (story(stance="denies"), "Harbour News (own voice), also ← police (office), who denies it"),
    ],
    ids=["own", "cited", "both", "denied"],
)
def test_a_line_says_who_tells_it(told: Analysis, says: str) -> None:
    archive, (event,) = held(told), told.events
    stands = ground(archive, event)
    assert stands.says == archive.voices(event) == says
    assert stands.own_voice == event.own_voice == ("own voice" in says)
    assert bool(stands.chain) == bool(event.claims)
    assert (stands.stance is None) == stands.own_voice
    assert f"  on whose say-so: {says}" in show(archive, "event", event.id)[1]


@pytest.mark.parametrize(
    ("told", "own", "cited"),
    [
        (story(claims=False), ["Harbour News"], []),
        (story(own=False), [], ["police"]),
        (story(), ["Harbour News"], ["police"]),
    ],
    ids=["own", "cited", "both"],
)
def test_an_incident_is_told_in_the_voices_of_its_events(told: Analysis, own: list[str], cited: list[str]) -> None:
    archive = held(told)
    (incident,) = archive.links.incidents
    assert tables.own_voices(archive, incident) == (own, cited)
    (row,) = tables.incidents(archive)
    assert row.attributed is not bool(own)


@pytest.mark.parametrize(
    ("words", "says"),
    [("a leak", "Harbour News (own voice)"), ("revenge", "Harbour News ← police (office)")],
)
def test_a_cause_stands_on_who_states_it(words: str, says: str) -> None:
    told = story()
    cause = Cause("reason", span_of(told.article, words))
    assert ground_of(held(told), told.events[0], cause).says == says


def test_the_outlets_own_words_are_those_that_no_source_is_cited_with() -> None:
    told = story()
    archive = held(told)
    assert [archive.quote(span) for span in own_words(archive, told.events[0])] == ["The depot burnt"]
