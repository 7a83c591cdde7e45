"""The difference of two texts: nothing of either is lost, what is the same is found, and long texts take no longer."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.report.differences import Act, Difference, compare, side_by_side

WORDY = st.lists(st.sampled_from("a b c the dead . , said 12 13 killed \n\n".split(" ")), max_size=40).map(" ".join)


def told(found: Difference) -> str:
    """The difference in a line: "same [-gone-] {+put+}", rows on lines of their own."""
    signs = {Act.SAME: "{}", Act.GONE: "[-{}-]", Act.PUT: "{{+{}+}}"}
    rows = (
        " ".join(signs[one.act].format((one.after or one.before).strip()) for one in row.pieces) for row in found.rows
    )
    return "\n".join(rows)


@given(WORDY, WORDY)
def test_each_text_is_its_side_of_all_rows(before: str, after: str) -> None:
    pieces = [piece for row in compare(before, after).rows for piece in row.pieces]
    assert "".join(one.before for one in pieces).split() == before.split()
    assert "".join(one.after for one in pieces).split() == after.split()
    assert all(not one.after for one in pieces if one.act is Act.GONE)
    assert all(not one.before for one in pieces if one.act is Act.PUT)


@given(WORDY)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert not any(row.changed for row in compare(text, text).rows)


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [
        ("At least 12 died.", "At least 15 died.", "At least [-12-] {+15+} died."),
        ("“Twelve died,” he said", '"twelve died," he said', '"twelve died," he said'),
        ("It rained. Nobody came. We left.", "It rained. We left.", "It rained. [-Nobody came.-] We left."),
        ("One.\n\nTwo is old.\n\nSix.", "One.\n\nSix.", "One.\n[-Two is old.-]\nSix."),
        ("One.\n\nSix.", "One.\n\nTwo is new.\n\nSix.", "One.\n{+Two is new.+}\nSix."),
        ("", "New.", "{+New.+}"),
    ],
)
def test_a_change_is_as_small_as_a_reader_would_have_it(before: str, after: str, difference: str) -> None:
    assert told(compare(before, after)) == difference


def test_what_changed_in_a_long_paragraph_is_not_lost_in_it() -> None:
    words = [f"word{number}" for number in range(400)]
    found = compare(" ".join(words), " ".join([*words[:200], "new", *words[200:]]))
    assert [row.changed for row in found.rows] == [False, True, False]
    assert found.rows[1].words == 51


def long_pair(size: int) -> tuple[str, str]:
    """A text of about so many characters with few different words, and a copy of it with every 50th left out."""
    draw = random.Random(7)
    words = [draw.choice(["the", "of", "said", "police", "on", f"w{draw.randrange(3000)}"]) for _ in range(size // 5)]
    return " ".join(words), " ".join(word for at, word in enumerate(words) if at % 50)


def test_a_hundred_kilobytes_are_compared_in_well_under_a_second() -> None:
    before, after = long_pair(100_000)
    began = time.perf_counter()
    found = compare(before, after)
    assert time.perf_counter() - began < 3  # all words with all words would take minutes
    gone = sum(len(one.before.split()) for row in found.rows for one in row.pieces if one.act is Act.GONE)
    assert len(before.split()) // 50 <= gone < len(before.split()) // 40


def test_texts_that_have_nothing_in_common_are_compared_as_fast_and_say_how() -> None:
    before, after = "one " * 30_000, "two " * 30_000
    began = time.perf_counter()
    assert compare(before, after).coarse == 1
    assert time.perf_counter() - began < 3  # all words with all words would take minutes


def test_what_is_too_long_is_cut_and_counted() -> None:
    assert compare("a " * 150_000, "a").cut == 100_000


def test_passages_in_two_languages_stand_side_by_side() -> None:
    (row,) = side_by_side([("Der Hafen ist zu.", "The port is shut.")], translated=True).rows
    assert [(one.before, one.after) for one in row.pieces] == [("Der Hafen ist zu.", "The port is shut.")]
