"""Marked text: cut without loss, nested right, told apart without colour, and harmless whatever the article holds."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement

from sayso.link import link
from sayso.model import Analysis
from sayso.report.archive import Archive
from sayso.report.marked import LETTERS, NAMES, Mark, MarkKind, Segment, legend, marks, segments, to_html
from tests.builders import UNREST, unrest, witnessed

ANY_TEXT = st.text(max_size=60)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    """A text and marks anywhere in it: nested, overlapping, on the very same words."""
    text = draw(ANY_TEXT)
    places = st.integers(0, max(0, len(text) - 1)).flatmap(
        lambda start: st.tuples(st.just(start), st.integers(start + 1, max(start + 1, len(text))))
    )
    found = draw(st.lists(st.tuples(st.sampled_from(MarkKind), places, ANY_TEXT), max_size=8)) if text else []
    return text, [
        Mark(kind, start, end, str(number), title) for number, (kind, (start, end), title) in enumerate(found)
    ]


def archive_of(*analyses: Analysis) -> Archive:
    return Archive(analyses, link(analyses))


def page(text: str, found: list[Mark] | tuple[Mark, ...]) -> HtmlElement:
    return lxml.html.fragment_fromstring(to_html(segments(text, found)))


def words_in(element: HtmlElement) -> str:
    """The text of an element without the letters of the marks."""
    return "".join(element.xpath(".//text()[not(parent::*[@class='tag'])]"))


# --------------------------------------------------------------------------- segments


@given(marked_texts())
def test_runs_joined_are_the_text_and_cover_each_mark_exactly(case: tuple[str, list[Mark]]) -> None:
    text, found = case
    runs = segments(text, found)
    assert "".join(run.text for run in runs) == text
    assert [run.start for run in runs[1:]] == [run.end for run in runs[:-1]]
    for mark in found:
        covering = [run for run in runs if mark in run.marks]
        assert (covering[0].start, covering[-1].end) == (mark.start, mark.end)
        assert "".join(run.text for run in covering) == text[mark.start : mark.end]


@given(marked_texts())
def test_runs_next_to_one_another_differ_and_name_the_outermost_first(case: tuple[str, list[Mark]]) -> None:
    runs = segments(*case)
    assert all(one.marks != other.marks for one, other in pairwise(runs))
    for run in runs:
        assert [mark.start for mark in run.marks] == sorted(mark.start for mark in run.marks)


def test_overlapping_marks_share_the_run_that_both_cover() -> None:
    one, other = Mark(MarkKind.CLAIM, 0, 4, "c", "said"), Mark(MarkKind.EVENT, 2, 6, "e", "done")
    assert segments("abcdefg", [other, one]) == (
        Segment(0, "ab", (one,)),
        Segment(2, "cd", (one, other)),
        Segment(4, "ef", (other,)),
        Segment(6, "g"),
    )


@pytest.mark.parametrize(("start", "end"), [(0, 4), (2, 2), (-1, 2)])
def test_a_mark_outside_of_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=rf"event e1 at {start}:{end} is not in a text of 3"):
        segments("abc", [Mark(MarkKind.EVENT, start, end, "e1", "")])


def test_a_long_article_with_many_marks_takes_no_longer_by_the_mark() -> None:
    def seconds(many: int) -> float:
        text = "word " * (many * 4)
        found = [Mark(MarkKind.EVENT, 20 * one, 20 * one + 30, str(one), "") for one in range(many - 1)]
        begun = time.perf_counter()
        to_html(segments(text, found))
        return time.perf_counter() - begun

    seconds(100)
    assert min(seconds(20_000) for _ in range(3)) < 40 * min(seconds(2_000) for _ in range(3))


# --------------------------------------------------------------------------- HTML


@given(marked_texts())
def test_the_page_shows_the_very_text_with_every_mark_around_its_words(case: tuple[str, list[Mark]]) -> None:
    text, found = case
    text = text.translate(dict.fromkeys([*range(9), *range(11, 32), *range(127, 160), 65534, 65535], "?"))
    root = page(text, found)
    assert words_in(root) == text
    for mark in found:
        pieces = root.xpath(".//span[@data-id=$id]", id=mark.id)
        assert "".join(map(words_in, pieces)) == text[mark.start : mark.end]
        assert len([piece for piece in pieces if "more" not in piece.get("class").split()]) == 1


def test_a_mark_that_overlaps_goes_on_without_a_second_letter_or_anchor() -> None:
    one, other = Mark(MarkKind.CLAIM, 0, 4, "c", "said"), Mark(MarkKind.EVENT, 2, 6, "e", "done")
    assert to_html(segments("abcdef", [one, other])) == (
        '<div class="sayso-text" dir="auto">'
        '<span class="mark claim" id="claim-c" data-id="c" title="said"><span class="tag">C</span>ab'
        '<span class="mark event" id="event-e" data-id="e" title="done"><span class="tag">E</span>cd</span></span>'
        '<span class="mark event more" data-id="e" title="done">ef</span></div>'
    )


def test_a_record_in_two_places_has_one_anchor() -> None:
    found = [Mark(MarkKind.CLAIM, 0, 1, "c", "said"), Mark(MarkKind.CLAIM, 2, 3, "c", "said")]
    assert to_html(segments("a b", found)).count(' id="claim-c"') == 1


def test_letters_are_links_where_asked_and_never_in_one_another() -> None:
    found = [Mark(MarkKind.CLAIM, 0, 4, "c", "said"), Mark(MarkKind.EVENT, 1, 3, "e", "done")]
    root = lxml.html.fragment_fromstring(to_html(segments("abcd", found), lambda mark: f"/x?a=1&b={mark.id}"))
    links = root.xpath(".//a")
    assert [(one.get("href"), one.text, one.get("aria-label")) for one in links] == [
        ("/x?a=1&b=c", "C", "said"),
        ("/x?a=1&b=e", "E", "done"),
    ]
    assert not root.xpath(".//a//a")


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</span></div><iframe src=javascript:alert(1)>",
    "{{ 7*7 }} {% include 'x' %} ${7*7}",
    "\u202egnp.exe\u2066",
    "\x00\x08 \ud800 \uffff",
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_in_an_article_can_run_or_steer_the_page(words: str) -> None:
    found = [Mark(MarkKind.EVENT, 0, len(words), words, words), Mark(MarkKind.CLAIM, 1, len(words), words, words)]
    written = to_html(segments(words, found), lambda mark: "#" + words)
    written.encode("utf-8")
    root = lxml.html.fragment_fromstring(written)
    assert {element.tag for element in root.iter()} <= {"div", "span", "a", "bdi"}
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]
    assert "\u202e" not in root.xpath("string(.//@title)")
    steering = root.xpath(".//text()[contains(., '\u202e')]")
    assert all(run.getparent().tag == "bdi" for run in steering)


def test_a_title_of_a_megabyte_is_cut() -> None:
    found = [Mark(MarkKind.EVENT, 0, 1, "e", "long " * 200_000)]
    assert len(to_html(segments("a", found))) < 2_000


# --------------------------------------------------------------------------- marks of an article


def marked(analysis: Analysis) -> list[tuple[str, str, str]]:
    """(kind, words, title) of each mark."""
    text = analysis.article.text
    return [
        (mark.kind, text[mark.start : mark.end], mark.title)
        for mark in marks(archive_of(analysis), analysis.article.id)
    ]


def test_each_mark_says_what_it_is_and_on_whose_word() -> None:
    found = {(kind, words): title for kind, words, title in marked(unrest())}
    assert found["event", "burnt"] == (
        "event: ASSAULT/property, occurred; who: rioters; on the word of "
        "Harbour News ← Channel 9 (media) ← eyewitnesses (witness)"
    )
    assert found["toll", "26 armed criminals"].startswith("toll: killed 26; on the word of Harbour News ← Police")
    assert found["source", "eyewitnesses"] == "source: eyewitnesses (witness)"
    assert found["cue", "citing"] == "cue: makes eyewitnesses (witness) a source"
    assert found["place", "Almaty"] == "place: Almaty, KAZ, city"
    assert found["time", "Friday"] == "time: 2022-01-07 (weekday)"
    assert found["claim", "26 armed criminals were killed"].startswith(
        "claim: asserts, certain, indirect; Harbour News"
    )


def test_what_reporters_saw_is_marked() -> None:
    assert ("observation", "guards fire on 3 men", "first-hand: Our reporters … saw") in marked(witnessed())


def test_a_source_of_two_claims_is_one_mark_with_both() -> None:
    one = unrest()
    twice = replace(one, claims=(*one.claims, replace(one.claims[1], id="other", content=one.claims[0].content)))
    (police,) = [
        mark
        for mark in marks(archive_of(twice), one.article.id)
        if mark.kind is MarkKind.SOURCE and one.claims[1].id in mark.claims
    ]
    assert {one.claims[1].id, "other"} <= set(police.claims)


def test_marks_of_a_whole_article_are_shown_with_a_legend_of_their_kinds() -> None:
    found = marks(archive_of(unrest()), unrest().article.id)
    assert words_in(page(UNREST, found)) == UNREST
    shown = lxml.html.fragment_fromstring(legend(mark.kind for mark in found))
    assert len(shown) == len({mark.kind for mark in found})


def test_every_kind_has_a_letter_of_its_own_and_a_meaning() -> None:
    assert set(LETTERS) == set(NAMES) == set(MarkKind)
    assert len(set(LETTERS.values())) == len(MarkKind)
