"""What was not understood of an article: each gap with the records that have it, and the sentences without a mark."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.link import link
from sayso.report.archive import Archive
from sayso.report.gaps import gaps, sentences, silence
from sayso.report.marked import Mark, MarkKind, marks
from tests.builders import analysis, unrest


def test_each_gap_names_the_records_that_have_it() -> None:
    told = analysis(
        "Guards beat men in Nowhereville once, he said. She said it rained. Guards left.",
        actors={"Guards": {}, "he": {}},
        places={"Nowhereville": {}},
        times={"once": {}},
        claims=[{"chain": [("he", "he said")], "content": ["beat men"]}],
        events=[{"trigger": "beat", "place": "Nowhereville", "time": "once"}],
    )
    archive = Archive([told], link([told]))
    assert {gap.what: [one.words for one in gap.records] for gap in gaps(archive, told.article.id)} == {
        "places without coordinates": ["Nowhereville"],
        "times without days": ["once"],
        "events without a day": ["beat"],
        "events without an actor": ["beat"],
        "claims about nothing that was coded": ["beat men"],
    }
    quiet = silence(told.article.id, told.article.text, marks(archive, told.article.id))
    assert [told.article.quote(span) for span in quiet.silent] == ["She said it rained.", "Guards left."]
    assert quiet.sentences == 3


def test_what_is_understood_is_no_gap_and_a_count_of_what_did_not_happen_is_one() -> None:
    told = unrest()
    found = gaps(Archive([told], link([told])), told.article.id)
    assert [(gap.what, [one.words for one in gap.records]) for gap in found] == [
        ("events without a place", ["fired"]),
        ("events without a day", ["fired"]),
        ("tolls of no incident", ["26 armed criminals"]),
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It rained. He left.", ["It rained.", "He left."]),
        ("“We left.” She stayed!", ["“We left.”", "She stayed!"]),
        ("Mr. Lind met J. Ruiz at 3.30 p.m. on Friday.", ["Mr. Lind met J. Ruiz at 3.30 p.m. on Friday."]),
        ("Port shut\n\nIt rained\n\n", ["Port shut", "It rained"]),
        ("Порт закрыт. Паромы стоят.", ["Порт закрыт.", "Паромы стоят."]),
        ("… — …", []),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == parts


@given(st.text("Ab. \n”", max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=4))
def test_a_sentence_is_silent_if_no_mark_touches_it(text: str, given_marks: list[tuple[int, int]]) -> None:
    found = [Mark(MarkKind.EVENT, start, start + size, "e", "") for start, size in given_marks]
    silent = {(span.start, span.end) for span in silence("a", text, found).silent}
    touched = {one for one in sentences(text) if any(mark.start < one[1] and one[0] < mark.end for mark in found)}
    assert silent == set(sentences(text)) - touched
