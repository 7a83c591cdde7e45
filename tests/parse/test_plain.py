"""Sentences are split by offsets, and nothing but white space lies between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.parse.plain import split_sentences

# "|" stands where one sentence ends and the next begins.
CASES = [
    "Shots were heard in the port.|Nobody was hurt.",
    "Gen. A. B. Karimov left for Washington, D.C., on Friday.|He did not comment.",
    "The toll rose to 1.250 by 5 p.m. local time.|Officials gave no reason.",
    "He works for the U.S. Treasury in St. Petersburg.",
    "Talks resumed in the U.S.|The envoy arrived late.",
    "“Leave the square,” the officer said.|“You have ten minutes.”",
    "“What do you want?” she asked.|Nobody answered.",
    "Plan B failed.|The army returned.",
    "Police (and soldiers.) stood by.|A fire burned.",
    "Wait... what happened?|Nothing.",
    "It was 3.5 km from the border.|Troops dug in.",
    "One line of a list\n|Another line of a list",
    "A headline without a stop\n\n|The first sentence.",
    "He named Smith & Co. as supplier.|The firm denied it.",
    "The blast hit No. 5 Market Street at 9 a.m. and killed two.",
]


@pytest.mark.parametrize("marked", CASES)
def test_sentences_end_where_a_reader_ends_them(marked: str) -> None:
    text = marked.replace("|", " ") if "\n" not in marked else marked.replace("|", "")
    wanted = [part.strip() for part in marked.split("|")]
    assert [text[first:last] for first, last in split_sentences(text)] == wanted


def test_hard_wrapped_text_is_not_cut_at_line_breaks() -> None:
    text = (
        "The governor of the province said on Sunday that\nthe road to the mine would stay closed until\n"
        "engineers had looked at the bridge, which was\ndamaged in a blast. No one was hurt in the attack\n"
        "and the army was searching the hills.\n"
    )
    assert len(split_sentences(text)) == 2


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_any_text_is_covered_but_for_white_space(text: str) -> None:
    at = 0
    for first, last in split_sentences(text):
        assert at <= first < last <= len(text)
        assert not text[at:first].strip()
        at = last
    assert not text[at:].strip()
