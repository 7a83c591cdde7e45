"""Linking article by article: what comes out is what linking all at once gives, in whatever order they come."""

from __future__ import annotations

import random

import pytest

from bench.generated import analyses
from sayso.link import link, relink
from sayso.linkindex import MemoryIndex
from sayso.model import Analysis, Links


@pytest.fixture(scope="module")
def press() -> list[Analysis]:
    return list(analyses(240))


@pytest.fixture(scope="module")
def at_once(press: list[Analysis]) -> Links:
    return link(press)


@pytest.mark.parametrize("seed", [1, 2])
def test_articles_that_come_in_any_order_are_linked_as_all_at_once(
    press: list[Analysis], at_once: Links, seed: int
) -> None:
    dice = random.Random(seed)
    order = dice.sample(press, len(press))
    index = MemoryIndex({analysis.article.id: analysis for analysis in press}.get)
    while order:
        some, order = order[: (size := dice.choice([1, 1, 1, 30]))], order[size:]
        for analysis in some:
            index.hold(analysis)
        relink(index)
    assert index.links() == at_once
