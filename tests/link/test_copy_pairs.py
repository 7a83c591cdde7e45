"""The copy test: its pairs are made as committed, and the open half stays as it is told."""

from __future__ import annotations

from collections import Counter

import pytest

from eval.copy_pairs import score_half
from gold.copies import Pair, groups, make_pairs, originals, read_pairs
from sayso.link.candidates import signature
from sayso.link.copies import copy_of
from sayso.link.lineage import may_be_copy
from sayso.link.profile import profile
from sayso.model import Analysis

PAIRS = read_pairs()


def test_the_pairs_are_what_the_committed_seeds_make() -> None:
    assert list(PAIRS) == make_pairs()
    counts = Counter(pair.kind for pair in PAIRS)
    assert len(PAIRS) == 200 and counts[None] >= 70 and min(counts.values()) >= 16


def test_each_alteration_of_an_editing_list_stands_in_its_original() -> None:
    for name, report, alterations in originals():
        assert all(alteration.before in report.text for alteration in alterations), name
    assert all("A" in rows and "B" in rows for rows in groups().values())


def test_a_group_lies_in_one_half() -> None:
    halves = {(pair.group, pair.half) for pair in PAIRS}
    assert len(halves) == len({group for group, _ in halves})


def test_the_open_half_keeps_its_figures() -> None:
    told = score_half([pair for pair in PAIRS if pair.half == "dev"])
    assert told["kind"] >= 0.95 and told["direction"] >= 0.95 and told["false"] == 0
    assert told["changes"]["named"] >= 0.8 and told["changes"]["true"] >= 0.9


def test_whoever_shares_sentences_meets_by_them() -> None:
    verbatim = [pair.articles() for pair in PAIRS if pair.kind in ("exact", "edited", "excerpt")]
    met = sum(bool({*signature(one)} & {*signature(two)}) for one, two in verbatim)
    assert met >= 0.97 * len(verbatim)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.id)
def test_the_cheap_look_loses_no_copy(pair: Pair) -> None:
    one, two = pair.articles()
    shared = len({*signature(one)} & {*signature(two)})
    assert copy_of(one, two) is None or may_be_copy(profile(Analysis(one)), profile(Analysis(two)), shared)
