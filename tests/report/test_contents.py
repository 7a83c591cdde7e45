"""When two reported contents say the same: the same words in order, the same numbers; what is negated is kept apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.report.contents import alike, alike_pairs, read_content

SAME = [
    ("that troops will leave the city on 9 May", "Troops will leave the city on 9 May"),
    ("that the bloc would send peacekeepers for a limited period", "the bloc would send peacekeepers for a period"),
    ("“They fired low at us”", '"They fired low at us."'),
    ("more than 1,000 people were hurt in Port Vell", "that more than 1000 people were hurt in Port Vell"),
    ("three ferries sank off Port Vell", "3 ferries sank off Port Vell"),
]
OTHER = [
    ("police shot at striking miners", "striking miners shot at police"),
    ("26 miners were killed at the gate", "27 miners were killed at the gate"),
    ("more than 100 miners were killed at the gate", "nearly 100 miners were killed at the gate"),
    ("the gate was shut", "the bridge over the river was shut by the guards before the miners reached the gate"),
    ("the first half of a statement stands here", "another half follows there, quite unlike"),
    ("Yes", "No"),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_the_same_in_other_dress(one: str, two: str) -> None:
    assert alike(read_content(one), read_content(two)) and alike(read_content(two), read_content(one))


@pytest.mark.parametrize(("one", "two"), OTHER)
def test_what_differs_in_order_number_or_length_is_not_the_same(one: str, two: str) -> None:
    assert not alike(read_content(one), read_content(two)) and not alike(read_content(two), read_content(one))


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("troops had fired", set()),
        ("troops had not fired", {"fired"}),
        ("troops didn’t fire", {"fire"}),
        ("no fewer than 12 died", set()),
        ("none of its soldiers had been killed", {"soldiers"}),
        ("the minister denied ordering it", {"ordering"}),
    ],
)
def test_what_a_content_negates(text: str, negated: set[str]) -> None:
    assert read_content(text).negated == negated


TEXTS = st.lists(st.sampled_from("troops fired at 3 4 miners not gate bridge guards left the city".split()), max_size=9)


@given(st.lists(TEXTS.map(" ".join), max_size=12), st.randoms())
def test_candidates_do_not_depend_on_order_and_are_alike(texts: list[str], random: object) -> None:
    named = {f"c{at}": read_content(text) for at, text in enumerate(texts)}
    found = list(alike_pairs(named))
    assert all(alike(named[one], named[two]) for one, two in found)
    assert found == list(alike_pairs(dict(reversed(named.items()))))


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert alike(read_content(text), read_content(text))
