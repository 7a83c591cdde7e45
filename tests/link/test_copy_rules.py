"""What always holds of copies: furniture changes nothing, both sides see the same, quotations alone prove nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.link.copies import copy_of
from sayso.link.direction import direct
from sayso.link.told import read_told
from sayso.model import Article, CopyKind
from tests.link.test_copies import OTHER, WIRE

FURNITURE = [
    "Subscribe to our newsletter",
    "© Bay Post. All rights reserved.",
    "Last updated 3 hours ago",
    "By a staff reporter",
    "By Mara Lind",
    "Read also: Why the piers were shut",
    "Follow us on social media",
    "Source: Tern News Agency",
    "Bay Post, May 3, 2021",
    "(TNA)",
    "WORLD | Bay Post",
    "https://baypost.example/piers",
]
BODY = [sentence for text in (WIRE, OTHER) for sentence in text.split("\n\n")]
WORDS = "boats cod union harbour minister engineers prices winter pledge nobody answer courage quay".split()
STATEMENT = st.lists(st.sampled_from(WORDS), min_size=8, max_size=120).map(
    lambda words: " ".join(words).capitalize() + "."
)
MINE = "Snow fell on the ferry while a clerk in Dorn counted lamps. Two trams stood empty near the old brewery. "
THEIRS = "Radio listeners woke to a speech that few had expected. Shops in the east opened late, bakers said. "


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(FURNITURE), max_size=3), st.lists(st.sampled_from(FURNITURE), max_size=4))
def test_a_text_with_furniture_is_an_exact_copy(heads: list[str], feet: list[str]) -> None:
    carried = Article("\n\n".join([*heads, WIRE, *feet]), id="b", published="2021-05-05")
    found = copy_of(Article(WIRE, id="a", published="2021-05-03"), carried)
    assert found is not None and found.kind is CopyKind.EXACT and found.changes == ()


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_no_word_of_the_report(line: str) -> None:
    assert read_told(Article(f"{line}\n\n{OTHER}")).text == read_told(Article(OTHER)).text


def test_sentences_that_look_like_furniture_are_told() -> None:
    for line in (
        "Share prices fell by a tenth after the minister spoke.",
        "By noon the piers were shut.",
        "The parish newsletter called for prayers at dawn.",
        "Related strikes closed two more harbours.",
    ):
        assert len(read_told(Article(f"{OTHER}\n\n{line}")).text) > len(read_told(Article(OTHER)).text), line


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(BODY), min_size=1, max_size=6).map("\n\n".join),
    st.lists(st.sampled_from(BODY), min_size=1, max_size=6).map("\n\n".join),
    st.sampled_from([None, "2021-05-03", "2021-05-04T10:00:00Z"]),
)
def test_both_sides_see_the_same_copy(one: str, two: str, published: str | None) -> None:
    left, right = Article(one, id="a", published="2021-05-04"), Article(two, id="b", published=published)
    assert copy_of(left, right) == copy_of(right, left)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(BODY), min_size=2, max_size=6).map("\n\n".join),
    st.integers(1, 27),
    st.integers(1, 27),
)
def test_nothing_is_taken_from_a_later_report(body: str, first: int, second: int) -> None:
    one = Article(body, id="a", published=f"2021-05-{first:02}")
    two = Article(body + "\n\nThe end.", id="b", published=f"2021-05-{second:02}")
    found = copy_of(one, two)
    if found is not None and first != second:
        dates = {"a": first, "b": second}
        assert dates[found.of] < dates[found.article]


@settings(max_examples=60, deadline=None)
@given(STATEMENT, st.booleans(), st.booleans())
def test_a_statement_alone_makes_no_copy_whatever_its_length(said: str, marked: bool, set_out: bool) -> None:
    first = f'"{said}"' if marked or not set_out else said
    lead = "The statement reads in full:\n\n" if set_out else "She said: "
    one = Article(f"{MINE}\n\n{lead}{first}", id="a", published="2021-05-03")
    two = Article(f'{THEIRS}\n\nIn a statement the office said:\n\n"{said}"', id="b", published="2021-05-04")
    assert copy_of(one, two) is None


def test_an_undated_round_up_took_the_report_and_not_the_report_the_round_up() -> None:
    lead = "\n\n".join(WIRE.split("\n\n")[1:])
    round_up = Article(f"Here is the week abroad.\n\n{MINE}\n\n{THEIRS * 3}\n\n{lead}\n\n{MINE * 2}", id="a")
    found = copy_of(Article(WIRE, id="b"), round_up)
    assert found is not None and (found.article, found.of) == ("a", "b")


def test_direction_says_why() -> None:
    whole, bare = Article(WIRE, id="b"), Article(WIRE.split(" - ", 1)[1], id="a")
    early, _, reasons = direct(whole, bare)
    assert early is whole and "dateline" in {reason.name for reason in reasons}
    timed = direct(replace(whole, published="2021-05-04"), replace(bare, published="2021-05-03"))
    assert timed[0].id == "a" and timed[2][0].name == "published"
