"""How counts of one harm become one range: latest, one vote an origin, never narrower than what it rests on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.link.tolls import Count, count_tolls, recalled_figures, reconcile_tolls
from sayso.model import SHOT, Analysis, Article, Harm, Reason, Span, Toll, TollEstimate, toll_id
from tests.builders import analysis


def count(low: int, high: int | None, origin: str, day: int | None, at: int = 0, **fields: bool) -> Count:
    span = Span(origin, at, at + 1)
    id = toll_id(Harm.KILLED, low, high, span)
    return Count(Toll(id, None, Harm.KILLED, low, high, None, False, None, span), origin, day, **fields)


def only(*counts: Count) -> TollEstimate:
    (estimate,) = reconcile_tolls(counts)
    return estimate


def test_the_later_count_supersedes_the_one_it_has_grown_from() -> None:
    found = only(count(18, 18, "ministry", 1), count(26, 26, "agency", 3))
    assert (found.low, found.best, found.high, found.dissent) == (26, 26, 26, ())


def test_counts_of_one_time_that_differ_make_a_range_and_the_lower_is_best() -> None:
    found = only(count(7, 7, "agency", 3), count(11, 11, "channel", 3))
    assert (found.low, found.best, found.high, len(found.dissent)) == (7, 7, 11, 1)


def test_two_origins_outweigh_one() -> None:
    assert only(count(7, 7, "agency", 3), count(11, 11, "channel", 3), count(11, 11, "paper", 3)).best == 11


def test_an_origin_votes_once_with_its_latest_count() -> None:
    found = only(count(30, 30, "agency", 2), count(26, 26, "agency", 3, at=5))
    assert (found.low, found.best, found.high) == (26, 26, 26)


def test_parts_do_not_vote_beside_the_whole() -> None:
    assert only(count(225, 225, "agency", 3), count(19, 19, "agency", 3, at=5)).low == 225


def test_at_least_is_open_above() -> None:
    assert only(count(12, None, "agency", 3)).high is None


def test_a_ceiling_alone_has_no_best() -> None:
    found = only(count(0, 1000, "agency", 3))
    assert (found.low, found.best, found.high) == (0, None, 1000)


def test_a_withdrawn_count_is_kept_apart() -> None:
    found = only(count(164, 164, "channel", 3, withdrawn=True), count(26, 26, "agency", 2))
    assert (found.best, found.high, len(found.withdrawn)) == (26, 26, 1)
    assert only(count(164, 164, "channel", 3, withdrawn=True)).basis == ()


@pytest.mark.parametrize(
    ("text", "negation", "withdrawn"),
    [("The army denied that it killed 12 men.", None, True), ("The army did not deny it killed 12 men.", "not", False)],
)
def test_only_a_figure_that_was_denied_is_withdrawn(text: str, negation: str | None, withdrawn: bool) -> None:
    said = {"chain": [("army", "den")], "content": ["it killed 12 men"], "stance": "denies", "negation": negation}
    told = analysis(text, claims=[said], tolls=[{"span": "12 men", "low": 12, "claims": ["den"]}])
    (vote,) = count_tolls(told, told.tolls, "agency")
    assert vote.withdrawn is withdrawn


def test_figures_called_withdrawn_are_read_from_the_text() -> None:
    text = "The ministry said on Monday that the figure of 164 dead was an error, withdrawn. It gave 44 names."
    assert recalled_figures(Analysis(Article(text, published="2022-01-10"))) == (738165, frozenset({164}))
    moved = "The 2,500 soldiers were withdrawn on Monday."
    assert recalled_figures(Analysis(Article(moved, published="2022-01-10"))) is None


def test_words_of_withdrawal_must_govern_the_figure() -> None:
    for text in (
        "The count of 44 dead, made public on 9 May and disowned the next day, had been the highest.",
        "The port authority takes back the figure of 44 dead.",
    ):
        found = recalled_figures(Analysis(Article(text, published="2021-05-12")))
        assert found is not None and found[1] == {44}
    for text in (
        "Police withdrew after 12 people were killed.",
        "The bank retracted its offer on 9 May; the toll stood at a handful.",
    ):
        assert recalled_figures(Analysis(Article(text, published="2021-05-12"))) is None


def test_a_running_total_never_falls() -> None:
    (found,) = reconcile_tolls([count(317, 317, "agency", 1), count(18, 18, "paper", 2)], growing=True)
    assert (found.low, found.best, found.high) == (317, 317, 317)


COUNTS = st.lists(
    st.builds(
        lambda low, more, origin, day, at, gone: count(
            low, None if more is None else low + more, origin, day, at, withdrawn=gone
        ),
        st.integers(0, 300),
        st.none() | st.integers(0, 50),
        st.sampled_from("abcd"),
        st.none() | st.integers(1, 9),
        st.integers(0, 30),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


@given(COUNTS, st.randoms())
def test_order_free_and_never_narrower_than_its_evidence(counts: list[Count], random: object) -> None:
    found = reconcile_tolls(counts)
    shuffled = list(counts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert reconcile_tolls(shuffled) == found
    by_id = {one.toll.id: one.toll for one in counts}
    for estimate in found:
        kept = [by_id[id] for id in (*estimate.basis, *estimate.dissent)]
        assert all(toll.low >= estimate.low for toll in kept)
        assert estimate.high is None or all(toll.high is not None and toll.high <= estimate.high for toll in kept)
        if estimate.best is not None:
            assert estimate.low <= estimate.best and (estimate.high is None or estimate.best <= estimate.high)


def told(harm: Harm, low: int, origin: str, at: int, *reasons: Reason, **fields: bool) -> Toll:
    span = Span(origin, at, at + 3)
    return replace(
        Toll(toll_id(harm, low, low, span), None, harm, low, low, None, False, None, span, (), reasons), **fields
    )


def test_of_those_shot_who_died_is_not_injured() -> None:
    shot = told(Harm.INJURED, 5, "a", 0, Reason(SHOT, 1.0))
    dead = told(Harm.KILLED, 2, "a", 9)
    killed, injured = reconcile_tolls([Count(shot, "a", 3), Count(dead, "a", 3)])
    assert (killed.best, injured.low, injured.best, injured.high) == (2, 3, 3, 5)


def test_the_injured_who_were_not_shot_stay_as_told() -> None:
    hurt = told(Harm.INJURED, 5, "a", 0)
    _, injured = reconcile_tolls([Count(hurt, "a", 3), Count(told(Harm.KILLED, 2, "a", 9), "a", 3)])
    assert (injured.low, injured.best, injured.high) == (5, 5, 5)


def test_joined_victims_of_two_kinds_are_one_count() -> None:
    article = Article("two soldiers and a civilian", id="a")
    soldiers = replace(told(Harm.KILLED, 2, "a", 0), span=Span("a", 0, 12))
    civilian = replace(told(Harm.KILLED, 1, "a", 17), span=Span("a", 17, 27))
    (count,) = count_tolls(Analysis(article, tolls=(soldiers, civilian)), [civilian, soldiers], "a")
    (found,) = reconcile_tolls([count])
    assert (found.low, found.best, found.high) == (3, 3, 3)
    assert set(found.basis) == {soldiers.id, civilian.id}


def test_what_its_own_report_takes_back_is_set_aside() -> None:
    article = Article("first 40, later 31", id="a")
    gone, stands = told(Harm.KILLED, 40, "a", 6, withdrawn=True), told(Harm.KILLED, 31, "a", 15)
    (found,) = reconcile_tolls(count_tolls(Analysis(article, tolls=(gone, stands)), [gone, stands], "a"))
    assert (found.best, found.withdrawn) == (31, (gone.id,))


def test_property_is_reconciled_apart_from_people() -> None:
    counts = [Count(told(harm, 12, "a", at), "a", 3) for at, harm in enumerate((Harm.DESTROYED, Harm.KILLED))]
    assert [(found.harm, found.best) for found in reconcile_tolls(counts)] == [(Harm.KILLED, 12), (Harm.DESTROYED, 12)]
