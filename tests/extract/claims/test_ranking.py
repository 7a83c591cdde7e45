"""What the ranking of readings promises: shares lean on wider ones, trees decide as they stand, no text breaks it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.claims.direct import quoted_ranges
from sayso.extract.claims.propose import propose
from sayso.extract.claims.ranking import rank
from sayso.extract.claims.rates import Table, general, wider
from sayso.extract.claims.readings import readings
from sayso.model import Parsed
from sayso.trees import Trees


def test_a_rare_word_leans_on_its_part_of_speech() -> None:
    table = Table({"VERB|ccomp": (60.0, 100.0), "say VERB|ccomp": (970.0, 1000.0), "aver VERB|ccomp": (3.0, 3.0)})
    assert table.share("say VERB|ccomp") == pytest.approx(0.97, abs=0.01)
    assert table.share("VERB|ccomp") < table.share("aver VERB|ccomp") < table.share("say VERB|ccomp")
    assert table.share("opine VERB|ccomp") == table.share("VERB|ccomp")
    assert table.share("call VERB|prep|for") == table.share("call VERB|prep") == general("VERB|prep")


@given(st.text(alphabet="a >|VERB", max_size=12))
def test_any_key_has_a_share(key: str) -> None:
    assert 0.0 <= Table({}).share(key) <= 1.0
    steps = 0
    while (found := wider(key)) is not None and steps < 10:
        key, steps = found, steps + 1
    assert steps < 10


def test_trees_add_the_leaves_that_a_row_falls_into() -> None:
    """One tree: at most 0.5 in the first column goes left to +2, else right to -2."""
    trees = Trees(
        roots=np.array([0], np.int32),
        feature=np.array([0, 0, 0], np.int32),
        threshold=np.array([0.5, np.inf, np.inf], np.float32),
        left=np.array([1, 1, 2], np.int32),
        value=np.array([0.0, 2.0, -2.0], np.float32),
        depth=1,
        base=0.0,
    )
    low, high = trees.probability(np.array([[0.5, 9.0], [0.6, 9.0]], np.float32))
    assert low == pytest.approx(1 / (1 + np.exp(-2))) and high == pytest.approx(1 - low)


def test_readings_hold_no_word_of_their_cue_and_each_content_once(parse: Callable[[str], Parsed]) -> None:
    parsed = parse("The mayor said the bridge was safe, and urged drivers to wait.")
    said = parsed.text.index("said")
    contents = [reading.content for reading in readings(parsed, said, quoted_ranges(parsed))]
    assert len(contents) == len(set(contents)) > 1
    assert not any(first <= said <= last for content in contents for first, last in content)


@pytest.mark.parametrize(
    "text",
    ["", ">", "a>b said c>d.", "x|y said|that z|.", "“““ said ”", "Said.", "HE SAID >> SHE SAID | IT WAS SAID THAT >"],
)
def test_odd_texts_are_ranked_like_any_other(parse: Callable[[str], Parsed], text: str) -> None:
    parsed = parse(text)
    for saying in rank(parsed, quoted_ranges(parsed), propose(parsed)):
        assert 0.0 < saying.share <= 1.0
        assert all(0 <= first <= last < len(parsed) for first, last in saying.content)
