"""What linking article by article promises: the links of all at once, in any order; nothing else changes."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.generated import Report, reports
from sayso.link import link, relink
from sayso.link.verdicts import read_verdicts
from sayso.linkindex import MemoryIndex
from sayso.model import Analysis, Article, Judgement, Links, Verdict
from tests.builders import unrest
from tests.link.test_incidents import AWAY, LATER, A, report
from tests.strategies import analyses

SLOW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@lru_cache(maxsize=1)
def press() -> tuple[Report, ...]:
    """A few days of an invented press: agencies, copies, follow-ups, round-ups."""
    return tuple(islice(reports(90, seed=7), 90))


def one_by_one(told: Sequence[Analysis], sizes: Iterable[int], words: Sequence[Judgement] = ()) -> Links:
    """The links of articles that come in batches."""
    stored: dict[str, Analysis] = {}
    index = MemoryIndex(stored.get)
    rest = list(told)
    for size in sizes:
        for analysis in rest[:size]:
            stored[analysis.article.id] = analysis
            index.hold(analysis)
        del rest[:size]
        relink(index, words)
        if not rest:
            return index.links()
    raise AssertionError("sizes end before the articles do")


def endless(random: random.Random) -> Iterable[int]:
    while True:
        yield random.choice([1, 1, 2, 5])


@SLOW
@given(st.lists(st.integers(0, 89), min_size=2, max_size=40, unique=True), st.randoms(use_true_random=False))
def test_articles_that_come_in_any_order_are_linked_as_all_at_once(which: list[int], random: random.Random) -> None:
    told = [press()[at].analysis for at in which]
    assert one_by_one(told, endless(random)) == link(told)


@SLOW
@given(
    st.lists(analyses(), min_size=1, max_size=5, unique_by=lambda one: one.article.id),
    st.randoms(use_true_random=False),
)
def test_so_are_articles_of_any_content(told: list[Analysis], random: random.Random) -> None:
    assert one_by_one(told, endless(random)) == link(told)


@SLOW
@given(st.lists(st.integers(0, 89), min_size=2, max_size=20, unique=True), st.randoms(use_true_random=False))
def test_an_article_that_is_read_again_leaves_nothing_of_what_it_told(which: list[int], random: random.Random) -> None:
    told = [press()[at].analysis for at in which]
    again = random.randrange(len(told))
    before = {one.article.id: one for one in told} | {told[again].article.id: Analysis(told[again].article)}
    index = MemoryIndex(before.get)
    for analysis in before.values():
        index.hold(analysis)
    relink(index)
    before[told[again].article.id] = told[again]
    index.hold(told[again])
    relink(index)
    assert index.links() == link(told)


@SLOW
@given(st.lists(st.integers(0, 89), min_size=2, max_size=25, unique=True), st.integers(0, 24))
def test_a_copy_more_raises_no_count_of_origins(which: list[int], copied: int) -> None:
    told = [press()[at].analysis for at in which]
    original = told[copied % len(told)].article
    copy = Analysis(replace(original, id="copy", outlet="The Copyist", url=None, credits=(), published="2031-01-01"))
    before, after = link(told), link([*told, copy])
    assert len(after.origins) <= len(before.origins)
    counted = {incident.events: len(incident.origins) for incident in before.incidents}
    for incident in after.incidents:
        assert len(incident.origins) <= counted.get(incident.events, 99)


@SLOW
@given(
    st.lists(st.integers(0, 89), min_size=3, max_size=25, unique=True),
    st.data(),
)
def test_a_judgement_wins_and_survives_whatever_comes_later(which: list[int], data: st.DataObject) -> None:
    told = [press()[at].analysis for at in which]
    events = [event.id for one in told for event in one.events]
    pairs = st.tuples(st.sampled_from(events), st.sampled_from(events))
    verdicts = st.sampled_from([Verdict.SAME, Verdict.NOT_SAME])
    words = [
        Judgement(left, right, verdict, "ana", f"2031-01-0{at + 1}T00:00:00Z")
        for at, ((left, right), verdict) in enumerate(data.draw(st.lists(st.tuples(pairs, verdicts), max_size=3)))
    ]
    early = data.draw(st.integers(1, len(told)))
    links = one_by_one(told, [early, len(told)], words)
    assert links == link(told, words)
    home = {event: incident.id for incident in links.incidents for event in incident.events}
    held = read_verdicts(words)
    for left, right in held.same(home):
        assert home[left] == home[right]
    for left, right in held.apart(home):
        assert home[left] != home[right]


@SLOW
@given(st.lists(st.integers(0, 89), min_size=2, max_size=30, unique=True))
def test_reconciled_bounds_contain_the_figures_they_rest_on(which: list[int]) -> None:
    told = [press()[at].analysis for at in which]
    figures = {toll.id: toll for one in told for toll in one.tolls}
    for incident in link(told).incidents:
        for estimate in incident.tolls:
            for id in (*estimate.basis, *estimate.dissent):
                assert estimate.low <= figures[id].low
                assert estimate.high is None or figures[id].high is None or figures[id].low <= estimate.high
            assert estimate.best is None or estimate.low <= estimate.best
            assert estimate.best is None or estimate.high is None or estimate.best <= estimate.high


def test_reports_of_one_town_do_not_chain_into_a_giant() -> None:
    """Forty days of shootings in one town, each like the one before: none runs over weeks."""
    days = [f"2022-{3 + at // 28:02}-{1 + at % 28:02}" for at in range(40)]
    told = [
        report(
            f"Rioters burnt shop number {at} in Almaty on Friday.",
            day,
            url=f"https://one.example/{at}",
            published=f"{day}T20:00:00+00:00",
        )
        for at, day in enumerate(days)
    ]
    assert max(len(incident.articles) for incident in link(told).incidents) <= 4


def test_happenings_far_apart_are_never_compared() -> None:
    apart = link([A, LATER, AWAY])
    assert len(apart.incidents) == 3


def test_an_article_without_words_date_or_analysis_is_linked_alone() -> None:
    links = link([Analysis(Article("")), Analysis(Article("…", url="x")), A])
    assert len(links.stories) == 3 and len(links.origins) == 3 and not links.copies


def test_articles_may_have_addresses_as_their_ids() -> None:
    named = [unrest(id="https://press.example/2022/1"), unrest(id="https://press.example/2022/2", outlet="Gulf Post")]
    links = one_by_one(named, [1, 1])
    assert links == link(named)
    assert {one.articles for one in links.incidents} == {tuple(one.article.id for one in named)}
