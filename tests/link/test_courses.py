"""The tolls of an incident from what its articles contribute: their course over days, the chooser on shootings."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.link.article_tolls import ArticleTolls, pack_tolls, read_tolls, unpack_tolls
from sayso.link.counts import TakenBack
from sayso.link.courses import Share, reconcile_shares
from sayso.model import SHOT, Analysis, Article, Harm, Reason, Span, Toll, TollEstimate, Turn, toll_id
from tests.builders import unrest

Figure = tuple[Harm, int, str]


def article(id: str, day: int | None, text: str, *told: Figure, **fields: Any) -> ArticleTolls:
    """What an article contributes whose figures stand on words of its text; "#shot" marks those who were shot."""
    tolls = []
    for harm, low, words in told:
        plain, _, mark = words.partition("#")
        start = text.index(plain)
        span = Span(id, start, start + len(plain))
        reasons = (Reason(SHOT, 1.0),) if mark else ()
        tolls.append(Toll(toll_id(harm, low, low, span), None, harm, low, low, None, False, None, span, (), reasons))
    published = None if day is None else f"2022-01-{day:02}"
    return read_tolls(Analysis(Article(text, id=id, published=published, **fields), tolls=tuple(tolls)))


def share(tolls: ArticleTolls, main: bool = False, origin: str = "") -> Share:
    """All that an article tells, of an origin of its own."""
    loose = frozenset(id for told in tolls.told for id in told.tolls)
    return Share(tolls, origin or tolls.article, origin or tolls.article, frozenset(), loose, main)


def bombing() -> list[Share]:
    first = article("a", 1, "A bomb killed 5 people.", (Harm.KILLED, 5, "5 people"))
    other = article("b", 2, "The bomb killed 12 people.", (Harm.KILLED, 12, "12 people"))
    back = article("c", 4, "The figure of 12 dead was an error.")
    same = article("d", 5, "The bomb killed 5 people in all.", (Harm.KILLED, 5, "5 people"))
    return [share(one) for one in (first, other, back, same)]


def test_the_course_says_what_was_known_after_each_day_and_why_it_changed() -> None:
    (killed,) = reconcile_shares(bombing())
    assert [(step.day, step.kind, step.best) for step in killed.steps] == [
        ("2022-01-01", Turn.FIRST, 5), ("2022-01-02", Turn.RISEN, 12), ("2022-01-04", Turn.WITHDRAWN, 5),
        ("2022-01-05", Turn.CONFIRMED, 5),
    ]  # fmt: skip
    assert [len(step.tolls) for step in killed.steps] == [1, 1, 0, 1]
    assert killed.steps[1].origins == ("b",)


def test_the_last_step_is_what_is_known_now() -> None:
    (killed,) = reconcile_shares(bombing()[:3])
    last = killed.steps[-1]
    assert (last.low, last.best, last.high) == (killed.low, killed.best, killed.high)


def test_a_copy_makes_no_step() -> None:
    told = bombing()
    copy = article("x", 3, "The bomb killed 12 people, it was said.", (Harm.KILLED, 12, "12 people"))
    (before,), (after,) = reconcile_shares(told), reconcile_shares([*told, share(copy, origin="b")])
    assert before.steps == after.steps


def test_figures_called_back_elsewhere_in_the_story_are_withdrawn_from_that_day_on() -> None:
    (killed,) = reconcile_shares(bombing()[:2], recalls=[TakenBack("z", None, 12), TakenBack("z", 738160, 12)])
    assert killed.best == 5 and len(killed.withdrawn) == 1


def test_what_is_tied_to_no_event_and_taken_back_by_its_own_report_makes_no_toll() -> None:
    back = article("c", 4, "The figure of 64 dead was an error.", (Harm.KILLED, 64, "64 dead"))
    assert reconcile_shares([share(back)]) == ()


# --------------------------------------------------------------------------- the chooser


def shooting(killed: str = "A man", text: str = "") -> ArticleTolls:
    text = text or f"{killed} was shot on Monday. The victim was pronounced dead. Police call the shooting a homicide."
    return article("s", 3, text, (Harm.INJURED, 1, f"{killed}#shot"), (Harm.KILLED, 1, "The victim"))


def test_the_one_who_was_shot_and_died_leaves_nobody_hurt() -> None:
    killed, injured = reconcile_shares([share(shooting(), main=True)])
    assert (killed.best, injured.low, injured.best, injured.high) == (1, 0, 0, 1)
    assert [reason.name for reason in injured.reasons] == ["headline"]


def test_the_chooser_is_not_asked_about_what_an_article_tells_in_passing_nor_about_running_totals() -> None:
    for found in (
        reconcile_shares([share(shooting())]),
        reconcile_shares([share(shooting(), main=True)], growing=True),
    ):
        assert all(not estimate.reasons for estimate in found)


def test_the_chooser_is_not_asked_where_nobody_shot_or_many_died() -> None:
    bomb = article("s", 3, "A bomb killed 1 person and hurt 4.", (Harm.KILLED, 1, "1 person"), (Harm.INJURED, 4, "4"))
    many = article("s", 3, "Gunmen shot 60 people dead.", (Harm.KILLED, 60, "60 people"))
    for told in (bomb, many):
        assert all(not estimate.reasons for estimate in reconcile_shares([share(told, main=True)]))


FIGURES = st.lists(
    st.tuples(
        st.sampled_from([Harm.KILLED, Harm.INJURED]),
        st.integers(0, 9),
        st.sampled_from(["Two men", "a boy", "one", "nobody", "a boy#shot", "one#shot"]),
    ),
    max_size=3,
    unique_by=lambda figure: (figure[0], figure[2].partition("#")[0]),
)
TEXT = "Two men and a boy were shot; one died and nobody else was hurt."


@settings(deadline=None)
@given(st.lists(st.tuples(FIGURES, st.none() | st.integers(1, 9), st.booleans()), min_size=1, max_size=4), st.randoms())
def test_order_free_with_bounds_around_all_that_stands(
    reports: list[tuple[list[Figure], int | None, bool]], random: Any
) -> None:
    shares = [share(article(f"a{n}", day, TEXT, *told), main) for n, (told, day, main) in enumerate(reports)]
    found = reconcile_shares(shares)
    shuffled = list(shares)
    random.shuffle(shuffled)
    assert reconcile_shares(shuffled) == found
    by_id = {id: told for one in shares for told in one.tolls.told for id in told.tolls}
    for estimate in found:
        contains(estimate, [by_id[id].high for id in (*estimate.basis, *estimate.dissent)])
        last = estimate.steps[-1] if estimate.steps else None
        assert last is None or (last.low, last.best, last.high) == (estimate.low, estimate.best, estimate.high)


def contains(estimate: TollEstimate, highs: list[int | None]) -> None:
    assert estimate.high is None or all(high is not None and high <= estimate.high for high in highs)
    if estimate.best is not None:
        assert estimate.low <= estimate.best and (estimate.high is None or estimate.best <= estimate.high)


# --------------------------------------------------------------------------- what is kept of an article


@pytest.mark.parametrize("tolls", [read_tolls(unrest()), shooting(), article("e", None, "x")])
def test_what_an_article_contributes_survives_json(tolls: ArticleTolls) -> None:
    assert unpack_tolls(json.loads(json.dumps(pack_tolls(tolls)))) == tolls
