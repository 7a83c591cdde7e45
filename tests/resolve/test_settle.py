"""Where and when events were: own words first, then what the text carries on, never the publication date."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.model import Analysis, Dateline, Parsed
from sayso.pipeline import analyse
from sayso.resolve.gazetteer import open_gazetteer

# (text, word of the event, place, day); "-" is unknown. The reports were published on Friday 7 January 2022.
CASES = [
    ("Soldiers killed two men in Aktau on Thursday.", "killed", "Aktau", "2022-01-06"),
    (
        "Protesters stormed Almaty's city hall on Wednesday, in the south of Kazakhstan.",
        "stormed",
        "Almaty",
        "2022-01-05",
    ),
    ("Police arrested 40 men in Aktau on Thursday. They beat two of them with batons.", "beat", "Aktau", "2022-01-06"),
    ("Police arrested 40 men in Aktau on Thursday.\n\nSoldiers killed a nurse.", "killed", "-", "-"),
    ("Soldiers killed two men.", "killed", "-", "-"),
    ("Crowds clashed with police in Aktau and Taraz.", "clashed", "-", "-"),
    ("The ministry said on Thursday that soldiers had killed two men in Oral.", "killed", "Oral", "-"),
]


@pytest.mark.parametrize(("text", "word", "place", "day"), CASES)
def test_events_are_where_and_when_the_text_says(
    parse: Callable[..., Parsed], text: str, word: str, place: str, day: str
) -> None:
    analysis = coded(parse, text)
    event = next(one for one in analysis.events if word in analysis.article.quote(one.trigger))
    where = next((one.name for one in analysis.places if one.id == event.place), "-")
    when = next((one.first for one in analysis.times if one.id == event.time), "-")
    assert (where, when) == (place, day)


def test_what_is_carried_says_so(parse: Callable[..., Parsed]) -> None:
    analysis = coded(parse, "Police arrested 40 men in Aktau on Thursday. They beat two of them with batons.")
    event = next(one for one in analysis.events if analysis.article.quote(one.trigger) == "beat")
    assert {reason.name for reason in event.reasons} >= {"place", "time"}


def test_a_lead_happened_where_it_was_filed(parse: Callable[..., Parsed]) -> None:
    """The parse takes "ALMATY" for the one who acts; a dateline is a location all the same."""
    text = "ALMATY, Jan 5 (Meridian Wire) - Soldiers shot four men after a crowd burned the city hall."
    analysis = coded(parse, text, dateline=Dateline("ALMATY", (0, 6), "2022-01-05"))
    (event,) = (one for one in analysis.events if analysis.article.quote(one.trigger) == "shot")
    assert [place.name for place in analysis.places if place.id == event.place] == ["Almaty"]


def coded(parse: Callable[..., Parsed], text: str, dateline: Dateline | None = None) -> Analysis:
    return analyse(parse(text, published="2022-01-07", lang="en", dateline=dateline), open_gazetteer())
