"""Words that steer the direction of writing stay among themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.report.hostile import shown, steady

BEGIN, END, ISOLATE, DONE, MARK = "\u202e", "\u202c", "\u2067", "\u2069", "\u200f"


@pytest.mark.parametrize("words", [f"{BEGIN}a{END}", f"{ISOLATE}a{BEGIN}b{END}{DONE}c", f"a{MARK}b", "plain"])
def test_what_ends_itself_is_left_as_it_is(words: str) -> None:
    assert steady(words) == words


@pytest.mark.parametrize("words", [BEGIN, f"a{ISOLATE}", DONE, f"{BEGIN}{ISOLATE}{END}{DONE}", f"{DONE}{ISOLATE}"])
def test_what_would_steer_the_rest_of_the_page_is_shown_and_does_not(words: str) -> None:
    assert steady(words) == "".join("a" if one == "a" else "\ufffd" for one in words)


@given(st.text(f"a{BEGIN}{END}{ISOLATE}{DONE}{MARK}", max_size=12))
def test_every_character_keeps_its_place(words: str) -> None:
    assert len(steady(words)) == len(words)
    assert steady(steady(words)) == steady(words)
    assert shown(words).removeprefix("<bdi>").removesuffix("</bdi>") == steady(words)
