"""What an archive says on one day and did not say, or said otherwise, on an earlier one."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from sayso.link import link
from sayso.model import Analysis, Copy, CopyKind
from sayso.report.archive import Archive
from sayso.report.changes import Change, changes, published_until
from sayso.report.claims import Desk
from sayso.report.since import since_then, told_since
from tests.report.told import desk, report

ONE = report("Harbour News")


def lines(found: list[Change]) -> dict[str, list[tuple[str, str, str]]]:
    """(what, before, after) of each kind of change."""
    told: dict[str, list[tuple[str, str, str]]] = {}
    for change in found:
        told.setdefault(change.kind, []).append((change.what, change.before, change.after))
    return told


def since(*later: Analysis, copies: tuple[Copy, ...] = ()) -> dict[str, list[tuple[str, str, str]]]:
    """What changes when reports are added to the one of Harbour News."""
    return lines(changes(desk(ONE), desk(ONE, *later, copies=copies)))


def test_nothing_added_nothing_changed() -> None:
    assert since() == {}


def test_an_incident_nobody_told_before_is_new() -> None:
    (change,) = changes(desk(), desk(ONE))
    assert change.kind == "new incident" and change.evidence[0].quote == "shot"


def test_another_origin_is_counted_and_what_it_confirms_is_told() -> None:
    told = since(report("Lantern"))
    assert told["origins"] == [("", "1", "2")]
    assert ("where: Vell", "single-source", "undisputed") in told["standing"]


def test_a_copy_is_a_report_more_and_no_origin() -> None:
    copy = report("Lantern", published="2022-05-08")
    told = since(copy, copies=(Copy(copy.article.id, ONE.article.id, CopyKind.EXACT, 1.0, ()),))
    assert told == {"reports": [("", "1", "2, of as many origins as before")]}


def test_a_toll_that_grows_shows_both_figures_and_where_the_new_one_stands() -> None:
    found = changes(desk(ONE), desk(ONE, report("Lantern", killed="9 people", published="2022-05-08")))
    (toll,) = [change for change in found if change.kind == "toll"]
    assert (toll.before, toll.after) == ("killed 3", "killed 9")
    assert [(one.outlet, one.quote) for one in toll.evidence] == [("Lantern", "9 people")]


def test_an_account_that_differs_makes_a_facet_contested() -> None:
    told = since(report("Lantern", place="Harrow"))
    assert ("where: Vell", "single-source", "contested (against Lantern: Harrow)") in told["standing"]
    assert ("where: Harrow", "not told", "contested (against Harbour News: Vell)") in told["standing"]


def test_a_new_denial_is_told_apart_from_other_new_claims() -> None:
    told = since(report("Lantern", by="Ana Ruiz", kind="person", denial="that soldiers had shot at marchers"))
    assert told["new denial"] == [("mayor of Vell", "", "denies “that soldiers had shot at marchers”")]
    assert told["new claim"] == [("Ana Ruiz", "", "asserts “Soldiers shot at marchers”")]


def test_incidents_that_were_two_are_joined_and_the_other_way_round_split() -> None:
    other = report("Lantern", published="2022-05-08")
    apart, joined = desk(ONE, other, together=False), desk(ONE, other)
    assert "joined" in lines(changes(apart, joined))
    ((_, before, after),) = lines(changes(joined, apart))["split"]
    assert before.startswith("one: ") and after.startswith("2 incidents: ")


def test_articles_count_up_to_the_end_of_a_day_and_undated_ones_never() -> None:
    dated = [report("Harbour News", published="2022-05-06T23:50Z"), report("Lantern", published="2022-05-07")]
    kept = published_until([*dated, report("Delta", published=None)], "2022-05-06")
    assert [one.article.outlet for one in kept] == ["Harbour News"]


def test_a_timeline_says_what_was_told_since_of_what_began_before() -> None:
    after = desk(ONE, report("Lantern", killed="9 people", published="2022-05-08"))
    then = since_then(changes(desk(ONE), after))
    rows, past = told_since(after.archive, "2022-05-07", None, then)
    assert rows == [] and [row.earlier for row in past] == [True]
    assert "toll: killed 3 → killed 9" in past[0].then and "origins: 1 → 2" in past[0].then


@pytest.fixture(scope="module")
def demo_changes(demo_analyses: tuple[Analysis, ...]) -> list[Change]:
    """The demo archive as of 8 January 2022 against all of it."""
    early = published_until(demo_analyses, "2022-01-08")
    return changes(Desk(Archive(early, link(early))), Desk(Archive(demo_analyses, link(demo_analyses))))


def test_the_demo_after_a_week(demo_changes: list[Change]) -> None:
    crisis = [change for change in demo_changes if change.about.startswith("2022-01-01 to 2022-01-31, Kazakhstan")]
    told = lines(crisis)
    killed = next((before, after) for what, before, after in told["toll"] if what == "killed")
    assert killed == ("killed 44", "killed 225 (4 withdrawn)")
    assert told["origins"] == [("", "1", "3")]
    assert Counter(change.kind for change in demo_changes)["new incident"] > 10


def test_every_change_in_the_demo_says_where_it_stands(demo_changes: list[Change]) -> None:
    assert demo_changes and all(change.evidence for change in demo_changes)
    assert all(re.fullmatch(r"[0-9a-f]{16}", change.incident) for change in demo_changes)


def test_the_order_of_articles_changes_no_line(demo_analyses: tuple[Analysis, ...]) -> None:
    turned = demo_analyses[::-1]
    early = published_until(turned, "2022-01-08")
    found = changes(Desk(Archive(early, link(early))), Desk(Archive(turned, link(turned))))
    straight = published_until(demo_analyses, "2022-01-08")
    assert found == changes(Desk(Archive(straight, link(straight))), Desk(Archive(demo_analyses, link(demo_analyses))))
