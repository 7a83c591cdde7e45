"""The killed and injured of one happening: who is shot is hurt at least, and each report has one vote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.link.counts import join_tolls
from sayso.link.headline import candidates, decide, features, headline, read_report
from sayso.model import SHOT, Analysis, Article, Harm, Reason, Span, Toll, toll_id

COUNTS = st.tuples(st.sampled_from([Harm.KILLED, Harm.INJURED]), st.integers(0, 9), st.booleans())


def report(text: str, *told: tuple[Harm, int, str], id: str = "a", day: str | None = None) -> Analysis:
    """An article whose figures stand on words of its text; "shot" after the words marks those who were shot."""
    article = Article(text, id=id, published=day)
    tolls = []
    for harm, low, words in told:
        plain, _, mark = words.partition("#")
        start = text.index(plain)
        span = Span(id, start, start + len(plain))
        reasons = (Reason(SHOT, 1.0),) if mark == "shot" else ()
        tolls.append(Toll(toll_id(harm, low, low, span), None, harm, low, low, None, False, None, span, (), reasons))
    return Analysis(article, tolls=tuple(tolls))


def decided(*reports: Analysis) -> tuple[int, int]:
    found = headline(reports)
    return found.killed, found.injured


def test_who_was_shot_and_died_is_no_longer_injured() -> None:
    told = report(
        "Two dead after five shot outside club\n\nFive people were shot outside a club on Friday. Two of them died and "
        "three are in hospital, police said.",
        (Harm.KILLED, 2, "Two dead"),
        (Harm.INJURED, 5, "five shot#shot"),
        (Harm.INJURED, 5, "Five people#shot"),
        (Harm.KILLED, 2, "Two of them"),
        (Harm.INJURED, 3, "three"),
    )
    assert decided(told) == (2, 3)


def test_a_lone_victim_who_died_leaves_nobody_injured() -> None:
    told = report(
        "A man was shot on Monday. The man was pronounced dead at a hospital. Police call it a homicide.",
        (Harm.INJURED, 1, "A man#shot"),
        (Harm.KILLED, 1, "The man"),
    )
    assert decided(told) == (1, 0)


def test_killed_and_injured_that_are_told_apart_stay_apart() -> None:
    told = report(
        "One killed, three wounded in shooting\n\nOne person was killed and three others were wounded, police said.",
        (Harm.KILLED, 1, "One killed"),
        (Harm.INJURED, 3, "three wounded"),
        (Harm.KILLED, 1, "One person"),
        (Harm.INJURED, 3, "three others"),
    )
    assert decided(told) == (1, 3)


def test_a_death_told_later_outweighs_the_first_report() -> None:
    first = report(
        "A woman was shot in the leg and is in hospital.", (Harm.INJURED, 1, "A woman#shot"), id="a", day="2020-05-01"
    )
    later = report(
        "A woman who was shot last week has died, the coroner said.",
        (Harm.KILLED, 1, "A woman"),
        id="b",
        day="2020-05-08",
    )
    assert decided(first, later) == (1, 0)


def test_joined_victims_of_several_kinds_are_one_figure() -> None:
    told = report("A boy and three women were hurt.", (Harm.INJURED, 1, "A boy"), (Harm.INJURED, 3, "three women"))
    ((toll, ids),) = join_tolls(told.article.text, told.tolls)
    assert (toll.low, toll.high, len(ids)) == (4, 4, 2)
    assert [figure.value for figure in read_report(told).injured] == [4]


def test_figures_of_two_sentences_are_not_joined() -> None:
    told = report("Two died. Three women fled.", (Harm.KILLED, 2, "Two"), (Harm.KILLED, 3, "Three women"))
    assert len(join_tolls(told.article.text, told.tolls)) == 2


def test_an_article_without_figures_is_still_decided() -> None:
    assert min(decided(report("Police are looking into a report of gunfire."))) >= 0


@pytest.mark.parametrize("text", ["", " ", "\n\n", "shot"])
def test_odd_texts_never_raise(text: str) -> None:
    headline([Analysis(Article(text))])


@given(st.lists(st.lists(COUNTS, max_size=4), min_size=1, max_size=4))
def test_the_order_of_reports_does_not_matter(told: list[list[tuple[Harm, int, bool]]]) -> None:
    text = "one two three four five six"
    words = text.split()
    reports = [
        report(text, *((harm, low, words[at] + "#shot" * shot) for at, (harm, low, shot) in enumerate(each)), id=str(n))
        for n, each in enumerate(told)
    ]
    found, turned = headline(reports), headline(reports[::-1])
    assert (found.killed, found.injured) == (turned.killed, turned.injured)
    pairs = candidates([read_report(each) for each in reports])
    assert found.killed in {dead for dead, _ in pairs} and found.injured in {hurt for _, hurt in pairs}
    assert 0 < found.sure_killed <= 1.0 + 1e-9 and 0 < found.sure_injured <= 1.0 + 1e-9


def test_every_weight_has_a_feature_and_no_weights_means_no_preference() -> None:
    told = read_report(report("Two people died.", (Harm.KILLED, 2, "Two people")))
    assert decide([told], {}).killed in {pair[0] for pair in candidates([told])}
    assert all(isinstance(value, float) for value in features(told, (2, 0)).values())
