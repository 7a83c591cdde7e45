"""How one article's mentions of one happening are joined, and what counts as a total of a whole crisis."""

from __future__ import annotations

from sayso.link import link
from sayso.link.origins import count_independent
from sayso.link.tellings import tell
from sayso.model import Analysis, Article, Harm
from tests.builders import analysis

TITLE = "Crowd storms port office in Mirbek"
BODY = (
    "Fishermen stormed the port office in Mirbek on Monday and smashed its windows. Police fired tear gas."
    " A curfew was declared in Mirbek on Monday."
)


def storming() -> Analysis:
    """A headline, the lead that tells it again, an act beside it, and a measure."""
    return analysis(
        f"{TITLE}\n\n{BODY}",
        title=TITLE,
        published="2021-05-03",
        outlet="Tern News Agency",
        actors={"Fishermen": {}, "Crowd": {}, "Police": {}},
        places={"Mirbek": {"country": "KAZ", "lat": 44.0, "lon": 77.0, "level": "city", "geonameid": 1}},
        times={"Monday": {"first": "2021-05-03", "last": "2021-05-03", "basis": "weekday"}},
        events=[
            {"trigger": "storms", "type": "ASSAULT", "actors": ["Crowd"], "evidence": [TITLE], "place": "Mirbek"},
            {"trigger": "stormed", "type": "ASSAULT", "actors": ["Fishermen"], "evidence": [BODY.split(".")[0]],
             "place": "Mirbek", "time": "Monday"},
            {"trigger": "declared", "type": "COERCE", "mode": "curfew", "place": "Mirbek", "time": "Monday",
             "evidence": ["A curfew was declared in Mirbek on Monday."]},
        ],
    )  # fmt: skip


def test_headline_and_lead_tell_one_happening_and_a_measure_is_another() -> None:
    told = {telling.acts: telling for telling in tell(storming(), "one")}
    assert set(told) == {frozenset({"storm"}), frozenset({"declar"})}
    storm = told[frozenset({"storm"})]
    assert len(storm.events) == 2 and storm.main == 1
    assert storm.days is not None, "the headline has the day of the lead"


def test_an_analyst_can_part_two_mentions() -> None:
    left, right = storming().events[:2]
    assert len(tell(storming(), "one", [(min(left.id, right.id), max(left.id, right.id))])) == 3


def toll_report(text: str, figure: str, number: int, published: str, outlet: str) -> Analysis:
    """A report of people killed, tied to no place of its own."""
    return analysis(
        text,
        published=published,
        outlet=outlet,
        places={"Mirbek": {"country": "KAZ", "lat": 44.0, "lon": 77.0, "level": "city", "geonameid": 1}},
        events=[{"trigger": "killed", "type": "ASSAULT", "evidence": [text.split(".")[0]]}],
        tolls=[{"span": figure, "harm": "killed", "low": number, "high": number, "event": "killed"}],
    )


def test_running_totals_over_days_are_one_incident() -> None:
    one = toll_report(
        "At least 18 people have been killed since the unrest over the closed piers of Mirbek began, the ministry said."
        " Fishermen kept the harbour road shut.",
        "18 people", 18, "2021-05-04", "Tern News Agency",
    )  # fmt: skip
    two = toll_report(
        "The unrest over the closed piers of Mirbek has killed 26 people, the ministry said. Fishermen still hold the"
        " harbour road.",
        "26 people", 26, "2021-05-06", "Bay Post",
    )  # fmt: skip
    (incident,) = [found for found in link([one, two]).incidents if found.tolls]
    (killed,) = incident.tolls
    assert (killed.harm, killed.low, killed.best, killed.high) == (Harm.KILLED, 26, 26, 26)
    assert len(incident.origins) == 2
    assert "crisis" in {reason.name for reason in incident.reasons}


def test_initials_and_full_name_are_one_origin() -> None:
    one = Analysis(Article("Piers shut in Mirbek, and boats lie three deep along the quay.", outlet="TNA", id="a"))
    two = Analysis(Article("Cod is dear this week.", outlet="Bay Post", credits=("Tern News Agency",), id="b"))
    origins = link([one, two]).origins
    assert len(origins) == 2
    assert len(count_independent(["a", "b"], origins)) == 1


def test_who_lends_a_hand_is_no_origin() -> None:
    text = "Piers shut in Mirbek, and boats lie three deep.\n\nAdditional reporting by Tern News Agency."
    (origin,) = link([Analysis(Article(text, outlet="Bay Post", credits=("Tern News Agency",)))]).origins
    assert origin.name == "Bay Post"
