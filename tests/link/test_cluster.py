"""Average link: no chains, no dependence on order, and an analyst's word before all scores."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.link.cluster import average_link, ordered

NAMES = "abcdefg"
PAIRS = st.dictionaries(st.sampled_from([(a, b) for a in NAMES for b in NAMES if a < b]), st.floats(0, 1), max_size=21)


def test_a_chain_stays_cut() -> None:
    scores = {("a", "b"): 0.9, ("b", "c"): 0.6}
    assert average_link("abc", scores, 0.5) == [("a", "b"), ("c",)]


def test_same_joins_and_apart_parts() -> None:
    scores = {("a", "b"): 0.9}
    assert average_link("abc", scores, 0.5, same=[("a", "c")], apart=[("a", "b")]) == [("a", "c"), ("b",)]


@given(PAIRS, st.randoms())
def test_order_does_not_matter(scores: dict[tuple[str, str], float], random: object) -> None:
    shuffled = list(scores.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert average_link(NAMES, scores, 0.4) == average_link(reversed(NAMES), dict(shuffled), 0.4)


@given(PAIRS, st.lists(st.sampled_from([(a, b) for a in NAMES for b in NAMES if a < b]), max_size=4))
def test_apart_always_wins(scores: dict[tuple[str, str], float], apart: list[tuple[str, str]]) -> None:
    groups = average_link(NAMES, scores, 0.1, apart=apart)
    assert sorted(member for group in groups for member in group) == list(NAMES)
    for group in groups:
        assert not any(ordered(*pair) in apart for pair in ((a, b) for a in group for b in group if a < b))
