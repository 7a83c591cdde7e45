"""Which place and time of a sentence is an event's own: fitted weights, read through cases that a person can judge."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.mentions import find_mentions
from sayso.extract.times.find import find_times
from sayso.model import EventType, Parsed, Span
from sayso.resolve.gazetteer import open_gazetteer
from sayso.resolve.occasion import Telling, head_of, path, weigh
from sayso.resolve.places import resolve_places
from sayso.resolve.settle import PLACE, TIME
from sayso.resolve.times import resolve_times

A, P, C, M = EventType.ASSAULT, EventType.PROTEST, EventType.COERCE, EventType.MOBILIZE
# (text, type, word of the event, its place, its time); "-" is none. Published on Friday 7 January 2022.
CASES = [
    ("France condemned the killing of two soldiers in Aktau.", EventType.ACCUSE, "condemned", "-", "-"),
    ("France condemned the killing of two soldiers in Aktau.", A, "killing", "Aktau", "-"),
    ("Moscow sent paratroopers to Almaty on Thursday.", M, "sent", "Almaty", "Thursday"),
    ("Soldiers shot four men in Taraz on Monday and arrested thirty in Aktau.", A, "shot", "Taraz", "Monday"),
    ("Soldiers shot four men in Taraz on Monday and arrested thirty in Aktau.", C, "arrested", "Aktau", "Monday"),
    ("The ministry said on Thursday that soldiers had killed two men in Oral.", A, "killed", "Oral", "-"),
    ("The ministry said in Astana that soldiers had killed two men.", A, "killed", "-", "-"),
    ("Gunmen kidnapped twelve pupils from a school in Kaduna overnight.", A, "kidnapped", "Kaduna", "overnight"),
    ("Crowds stormed Almaty's city hall on Wednesday.", P, "stormed", "Almaty", "Wednesday"),
]


@pytest.mark.parametrize(("text", "kind", "word", "place", "time"), CASES)
def test_the_likeliest_place_and_time(
    parse: Callable[..., Parsed], text: str, kind: EventType, word: str, place: str, time: str
) -> None:
    parsed = parse(text, published="2022-01-07", lang="en")
    at = text.index(word)
    telling = Telling(kind, Span(parsed.article.id, at, at + len(word)), (), (), ())
    places = resolve_places(parsed, find_mentions(parsed), open_gazetteer())
    times = resolve_times(parsed, find_times(parsed))
    where = [one for one in weigh(parsed, telling, places) if one.chance >= PLACE]
    when = [one for one in weigh(parsed, telling, times) if one.chance >= TIME]
    assert (where[0].record.name if where else "-") == place
    assert (parsed.article.quote(when[0].record.span) if when else "-") == time


def test_every_weighed_record_says_what_spoke_for_it(parse: Callable[..., Parsed]) -> None:
    parsed = parse("Soldiers shot four men in Taraz on Monday.", published="2022-01-07", lang="en")
    telling = Telling(A, Span(parsed.article.id, 9, 13), (), (), ())
    (found,) = weigh(parsed, telling, resolve_times(parsed, find_times(parsed)))
    assert 0 <= found.chance <= 1
    assert found.why


@given(st.data())
def test_a_path_meets_at_a_token_that_governs_both_ends(parse: Callable[..., Parsed], data: st.DataObject) -> None:
    parsed = parse("Rebels who had fled Goma attacked a convoy near Bukavu on Tuesday, killing three drivers.")
    low, other = (data.draw(st.integers(0, len(parsed) - 1)) for _ in range(2))
    up, top, down = path(parsed, low, other)
    for token in (*up, *down):
        assert token != top
        assert top in _above(parsed, token)
    assert (up[0] if up else top, down[-1] if down else top) == (low, other)


def _above(parsed: Parsed, token: int) -> list[int]:
    found = [token]
    while parsed.head[found[-1]] != found[-1]:
        found.append(parsed.head[found[-1]])
    return found


def test_the_head_of_a_stretch_governs_its_other_words(parse: Callable[..., Parsed]) -> None:
    parsed = parse("Police near Republic Square fired.")
    span = Span(parsed.article.id, 12, 27)
    token = head_of(parsed, span)
    assert token is not None
    assert parsed.text[token] == "Square"
