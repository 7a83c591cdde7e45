"""When two reports tell one happening: place, day, people and words; and what never makes an incident."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.link import link
from sayso.model import Analysis, Judgement, Verdict
from tests.builders import analysis

KAZ = {"country": "KAZ", "lat": 43.25, "lon": 76.91, "level": "city", "geonameid": 1526384}


def report(text: str, day: str, *, place: str = "Almaty", time: str = "Friday", **more: Any) -> Analysis:
    """A report of one event, triggered by "burnt" unless said otherwise."""
    trigger = more.pop("trigger", "burnt")
    where = {place: {**KAZ, **more.pop("where", {})}} if place else {}
    event = {"trigger": trigger, "type": more.pop("type", "ASSAULT"), "evidence": [text], "time": time or None}
    event |= {"place": place or None, "status": more.pop("status", "occurred"), **more.pop("event", {})}
    return analysis(
        text,
        places=where,
        times={time: {"first": day, "last": day, "basis": "weekday"}} if time else {},
        events=[event],
        **more,
    )


A = report("Rioters burnt the city hall in Almaty on Friday.", "2022-01-07", outlet="One", published="2022-01-08")
B = report("On Friday the Almaty city hall was burnt by a crowd.", "2022-01-07", outlet="Two", published="2022-01-08")
LATER = report("Rioters burnt a bank in Almaty on Monday.", "2022-01-17", time="Monday", published="2022-01-18")
AWAY = report(
    "Rioters burnt the city hall in Aktau on Friday.",
    "2022-01-07",
    place="Aktau",
    where={"lat": 43.65, "lon": 51.16, "geonameid": 612287},
    published="2022-01-08",
)


def groups(*analyses: Analysis, judgements: tuple[Judgement, ...] = ()) -> list[tuple[str, ...]]:
    return sorted(incident.events for incident in link(analyses, judgements).incidents)


def event(told: Analysis) -> str:
    return told.events[0].id


def test_one_place_and_day_is_one_incident() -> None:
    (incident,) = link([A, B]).incidents
    assert incident.events == tuple(sorted((event(A), event(B))))
    assert (incident.id, incident.place, incident.country) == (min(incident.events), "Almaty", "KAZ")
    assert (incident.first, incident.last) == ("2022-01-07", "2022-01-07")
    assert len(incident.origins) == 2
    assert incident.summary in (A.article.text, B.article.text)
    assert {"place", "time", "words"} <= {reason.name for reason in incident.reasons}


@pytest.mark.parametrize("other", [LATER, AWAY], ids=["another week", "another town"])
def test_another_day_or_town_is_another_incident(other: Analysis) -> None:
    assert len(groups(A, other)) == 2


@pytest.mark.parametrize("status", ["planned", "threatened", "demanded", "hypothetical", "negated", "historical"])
def test_what_is_not_told_as_having_happened_makes_no_incident(status: str) -> None:
    assert groups(report("Rioters burnt the city hall in Almaty on Friday.", "2022-01-07", status=status)) == []


def test_an_event_that_its_only_source_denies_makes_no_incident() -> None:
    assert groups(denied()) == []


def test_what_the_outlet_tells_itself_makes_one_whoever_denies_it() -> None:
    assert len(groups(denied(reasons=[("own voice", 1.0, "shots")]))) == 1


def denied(**event: Any) -> Analysis:
    return analysis(
        "Police denied that soldiers fired on the crowd.",
        actors={"Police": {}},
        claims=[{"chain": [("Police", "denied")], "content": ["soldiers fired"], "stance": "denies"}],
        events=[{"trigger": "fired", "claims": ["denied"], **event}],
    )


def test_a_verbal_act_needs_a_place_or_a_day() -> None:
    assert groups(report("He accused them.", "", place="", time="", trigger="accused", type="ACCUSE")) == []


def test_place_and_day_stay_unknown_where_no_telling_gives_them() -> None:
    told = report("Rioters burnt a bus.", "", place="", time="", published="2022-01-08")
    (incident,) = link([told]).incidents
    assert (incident.place, incident.first, incident.last) == (None, None, None)


def test_an_analyst_joins_and_parts() -> None:
    def word(left: str, right: str, verdict: Verdict) -> tuple[Judgement, ...]:
        return (Judgement(left, right, verdict, "ana", "2022-02-01T00:00:00Z"),)

    assert len(groups(A, B, judgements=word(event(A), event(B), Verdict.NOT_SAME))) == 2
    assert len(groups(A, LATER, judgements=word(event(A), event(LATER), Verdict.SAME))) == 1
    joined = groups(A, B, LATER, judgements=word(event(LATER), min(event(A), event(B)), Verdict.SAME))
    assert len(joined) == 1, "the whole incident follows"


def test_reports_of_an_unknown_outlet_add_no_independence() -> None:
    text = "Flames rose from the Almaty city hall, which men had burnt on Friday, a reader wrote."
    unknown = report(text, "2022-01-07", published="2022-01-08")
    (incident,) = link([A, unknown, B]).incidents
    assert len(incident.articles) == 3 and len(incident.origins) == 2
    (alone,) = link([unknown]).incidents
    assert len(alone.origins) == 1


def test_tolls_of_an_incident_are_reconciled_over_its_reports() -> None:
    def dead(number: int, outlet: str, published: str) -> Analysis:
        text = f"Rioters burnt the city hall in Almaty on Friday, killing {number} guards."
        span = f"{number} guards"
        toll = {"span": span, "harm": "killed", "low": number, "high": number, "event": "burnt"}
        return report(text, "2022-01-07", outlet=outlet, published=published, tolls=[toll])

    (incident,) = link([dead(3, "One", "2022-01-08"), dead(5, "Two", "2022-01-11")]).incidents
    (toll,) = incident.tolls
    assert (toll.low, toll.best, toll.high) == (5, 5, 5)
