"""How counts of one harm become one range: latest, one vote an origin, never narrower than what it rests on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.link.counts import TakenBack, Told, read_counts, recalled_figures, same_source, taken_back
from sayso.link.tolls import Count, reconcile_tolls
from sayso.model import SHOT, Analysis, Article, Harm, Reason, Span, Toll, TollEstimate, VictimKind, content_id, toll_id
from tests.builders import analysis


def count(low: int, high: int | None, origin: str, day: int | None, at: int = 0, **fields: Any) -> Count:
    """A figure of an article of its own, whose origin is known by its name."""
    article = f"{origin} {day} {at}"
    given = {"article": article, "harm": Harm.KILLED, "day": day, "moment": day} | fields
    id = content_id("toll", low, high, article, given["harm"], given.get("source"))
    return Count(Told(id, low=low, high=high, **given), given.pop("report", origin), origin)


def only(*counts: Count, taken_back: tuple[TakenBack, ...] = (), growing: bool = False) -> TollEstimate:
    (estimate,) = reconcile_tolls(counts, taken_back, growing)
    return estimate


def bounds(found: TollEstimate) -> tuple[int, int | None, int | None]:
    return found.low, found.best, found.high


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
    found = only(count(164, 164, "channel", 3, gone=True), count(26, 26, "agency", 2))
    assert (found.best, found.high, len(found.withdrawn)) == (26, 26, 1)
    assert only(count(164, 164, "channel", 3, gone=True)).basis == ()


@pytest.mark.parametrize(
    ("text", "negation", "withdrawn"),
    [("The army denied that it killed 12 men.", None, True), ("The army did not deny it killed 12 men.", "not", False)],
)
def test_only_a_figure_that_was_denied_is_withdrawn(text: str, negation: str | None, withdrawn: bool) -> None:
    said = {"chain": [("army", "den")], "content": ["it killed 12 men"], "stance": "denies", "negation": negation}
    told = analysis(text, claims=[said], tolls=[{"span": "12 men", "low": 12, "claims": ["den"]}])
    (figure,) = read_counts(told)
    assert figure.gone is withdrawn


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
    found = only(count(317, 317, "agency", 1), count(18, 18, "paper", 2), growing=True)
    assert bounds(found) == (317, 317, 317)


# --------------------------------------------------------------------------- corrections, parts, copies


def test_who_gives_a_lower_count_later_has_corrected_himself_in_whichever_report() -> None:
    first, later = count(15, 15, "agency", 1, source="interior ministry"), count(9, 9, "paper", 2, source="ministry")
    found = only(first, later)
    assert bounds(found) == (9, 9, 9)
    assert found.corrected == ((first.told.id, later.told.id),)


def test_a_lower_count_of_somebody_else_corrects_nothing() -> None:
    found = only(count(18, 18, "agency", 1, source="doctors"), count(13, 13, "paper", 2, source="union"))
    assert bounds(found) == (13, 13, 18) and found.corrected == ()


def test_a_far_lower_count_of_the_same_voice_is_a_part() -> None:
    assert bounds(only(count(40, 40, "paper", 1), count(3, 3, "paper", 4))) == (40, 40, 40)


def test_children_are_a_part_of_all_who_died() -> None:
    found = only(count(31, 31, "paper", 1), count(9, 9, "agency", 2, kind=VictimKind.CHILDREN))
    assert bounds(found) == (31, 31, 31)


def test_two_sources_in_one_report_both_stand() -> None:
    found = only(count(6, 6, "paper", 1, source="army"), count(40, 40, "paper", 1, at=1, source="militants"))
    assert bounds(found) == (6, 6, 40) and len(found.dissent) == 1


def test_a_later_exact_count_settles_an_earlier_ceiling() -> None:
    ceiling, exact = count(1, 20, "paper", 1), count(14, 14, "agency", 3)
    found = only(ceiling, exact)
    assert bounds(found) == (14, 14, 14) and found.superseded == (ceiling.told.id,)
    assert bounds(only(ceiling, count(14, 14, "agency", 1))) == (1, 14, 20)


def test_a_figure_taken_back_elsewhere_is_withdrawn_or_corrected() -> None:
    wrong, stands = count(64, 64, "wire", 1), count(16, None, "paper", 1)
    found = only(wrong, stands, taken_back=(TakenBack("later", 3, 64),))
    assert bounds(found) == (16, 16, None) and found.withdrawn == (wrong.told.id,)
    found = only(wrong, stands, taken_back=(TakenBack("later", 3, 64, Harm.KILLED, None, stands.told.id),))
    assert found.corrected == ((wrong.told.id, stands.told.id),) and found.withdrawn == ()


def test_nobody_takes_back_what_is_told_after_him_or_by_somebody_else() -> None:
    later = count(64, 64, "wire", 5)
    assert only(later, taken_back=(TakenBack("before", 3, 64),)).best == 64
    rebels = count(64, 64, "wire", 1, source="rebels")
    assert only(rebels, taken_back=(TakenBack("later", 3, 64, Harm.KILLED, "police"),)).best == 64


def test_one_name_is_one_source() -> None:
    assert same_source("interior ministry", "ministry") and not same_source("doctors", "police")
    assert not same_source(None, None)


def test_an_unknown_origin_never_outvotes_a_known_one() -> None:
    unknown = [replace(count(11, 11, f"?{at}", 3), name="") for at in range(3)]
    assert only(count(7, 7, "agency", 3), *unknown).best == 7


def test_the_origins_of_the_best_are_named_once() -> None:
    again = count(7, 7, "agency", 3, at=1)
    found = only(count(7, 7, "agency", 3), replace(again, origin="agency again"), count(7, None, "paper", 3))
    assert found.origins == ("agency", "paper")


def test_a_text_that_lowers_a_figure_takes_the_old_one_back() -> None:
    told = analysis(
        "Police lowered the toll to nine people from 15 people.",
        tolls=[{"span": "nine people", "low": 9}, {"span": "15 people", "low": 15, "withdrawn": True}],
    )
    nine, fifteen = read_counts(told)
    assert fifteen.gone and fifteen.instead == nine.id
    assert [(one.figure, one.instead) for one in taken_back(told)] == [(15, nine.id)]


def test_a_denial_takes_nothing_back_that_others_say() -> None:
    told = analysis(
        "Police denied that officers killed 12 people.", tolls=[{"span": "12 people", "low": 12, "withdrawn": True}]
    )
    assert read_counts(told)[0].gone and taken_back(told) == ()


# --------------------------------------------------------------------------- what always holds

SOURCES = st.sampled_from([None, "police", "army", "interior ministry", "ministry"])
COUNT = st.builds(
    lambda low, more, origin, day, at, gone, source, kind, harm: count(
        low, None if more is None else low + more, origin, day, at, gone=gone, source=source, kind=kind, harm=harm
    ),
    st.integers(0, 60),
    st.none() | st.integers(0, 20),
    st.sampled_from(["a", "b", "c", "d", ""]),
    st.none() | st.integers(1, 9),
    st.integers(0, 30),
    st.booleans(),
    SOURCES,
    st.sampled_from([None, VictimKind.CIVILIANS, VictimKind.CHILDREN]),
    st.sampled_from([Harm.KILLED, Harm.INJURED]),
)
COUNTS = st.lists(COUNT, min_size=1, max_size=8, unique_by=lambda one: one.told.id)
RECALLS = st.lists(
    st.builds(TakenBack, st.just("x"), st.none() | st.integers(1, 9), st.integers(0, 60), st.none(), SOURCES),
    max_size=2,
)


def holds(counts: list[Count], estimate: TollEstimate) -> None:
    """Bounds are in order and contain all that stands; no toll is in two lists; nothing withdrawn is a basis."""
    by_id = {one.told.id: one.told for one in counts}
    standing = [by_id[id] for id in (*estimate.basis, *estimate.dissent)]
    assert all(told.low >= estimate.low and not told.gone for told in standing)
    assert estimate.high is None or all(told.high is not None and told.high <= estimate.high for told in standing)
    if estimate.best is not None:
        assert estimate.low <= estimate.best and (estimate.high is None or estimate.best <= estimate.high)
        assert any(told.low == estimate.best for told in standing)
    wrong = tuple(sorted({wrong for wrong, _ in estimate.corrected}))
    lists = (estimate.basis, estimate.dissent, estimate.superseded, wrong, estimate.withdrawn)
    assert len({id for ids in lists for id in ids}) == sum(map(len, lists))


@given(COUNTS, RECALLS, st.booleans(), st.randoms())
def test_order_free_and_never_narrower_than_its_evidence(
    counts: list[Count], recalls: list[TakenBack], growing: bool, random: Any
) -> None:
    found = reconcile_tolls(counts, recalls, growing)
    shuffled, turned = list(counts), recalls[::-1]
    random.shuffle(shuffled)
    assert reconcile_tolls(shuffled, turned, growing) == found
    for estimate in found:
        holds(counts, estimate)


@given(COUNTS, st.integers(0, 7), st.integers(0, 9))
def test_a_copy_changes_nothing_but_the_lists(counts: list[Count], which: int, later: int) -> None:
    taken = counts[which % len(counts)]
    day = None if taken.told.day is None else taken.told.day + later
    copied = replace(taken, told=replace(taken.told, id="copy", article="copy", day=day, moment=day))
    before, after = reconcile_tolls(counts), reconcile_tolls([*counts, copied])
    assert [bounds(one) for one in before] == [bounds(one) for one in after]
    assert [one.origins for one in before] == [one.origins for one in after]
    for old, new in zip(before, after, strict=True):
        assert {id: how for id, how in new.standings.items() if id != "copy"} == old.standings


@given(COUNTS, COUNT)
def test_more_evidence_never_leaves_what_stands_outside(counts: list[Count], more: Count) -> None:
    everything = [*(one for one in counts if one.told.id != more.told.id), more]
    for estimate in reconcile_tolls(everything):
        holds(everything, estimate)


# --------------------------------------------------------------------------- shot, joined, of other harms


def told(harm: Harm, low: int, origin: str, at: int, *reasons: Reason, **fields: bool) -> Toll:
    span = Span(origin, at, at + 3)
    return replace(
        Toll(toll_id(harm, low, low, span), None, harm, low, low, None, False, None, span, (), reasons), **fields
    )


def counted(toll: Toll, text: str = "x") -> Count:
    (figure,) = read_counts(Analysis(Article(text, id="a", published="2022-01-01"), tolls=(toll,)))
    return Count(figure, "a", "a")


def test_of_those_shot_who_died_is_not_injured() -> None:
    shot = told(Harm.INJURED, 5, "a", 0, Reason(SHOT, 1.0))
    dead = told(Harm.KILLED, 2, "a", 9)
    killed, injured = reconcile_tolls([counted(shot), counted(dead)])
    assert (killed.best, injured.low, injured.best, injured.high) == (2, 3, 3, 5)


def test_the_injured_who_were_not_shot_stay_as_told() -> None:
    hurt = told(Harm.INJURED, 5, "a", 0)
    _, injured = reconcile_tolls([counted(hurt), counted(told(Harm.KILLED, 2, "a", 9))])
    assert (injured.low, injured.best, injured.high) == (5, 5, 5)


def test_joined_victims_of_two_kinds_are_one_count() -> None:
    article = Article("two soldiers and a civilian", id="a")
    soldiers = replace(told(Harm.KILLED, 2, "a", 0), span=Span("a", 0, 12))
    civilian = replace(told(Harm.KILLED, 1, "a", 17), span=Span("a", 17, 27))
    (figure,) = read_counts(Analysis(article, tolls=(civilian, soldiers)))
    (found,) = reconcile_tolls([Count(figure, "a", "a")])
    assert (found.low, found.best, found.high) == (3, 3, 3)
    assert set(found.basis) == {soldiers.id, civilian.id}


def test_what_its_own_report_takes_back_is_set_aside() -> None:
    article = Article("first 40, later 31", id="a")
    gone, stands = told(Harm.KILLED, 40, "a", 6, withdrawn=True), told(Harm.KILLED, 31, "a", 15)
    figures = read_counts(Analysis(article, tolls=(gone, stands)))
    (found,) = reconcile_tolls([Count(figure, "a", "a") for figure in figures])
    assert (found.best, found.withdrawn) == (31, (gone.id,))


def test_property_is_reconciled_apart_from_people() -> None:
    counts = [counted(told(harm, 12, "a", at)) for at, harm in enumerate((Harm.DESTROYED, Harm.KILLED))]
    assert [(found.harm, found.best) for found in reconcile_tolls(counts)] == [(Harm.KILLED, 12), (Harm.DESTROYED, 12)]
