"""Who took what from whom: as a graph and a list, and over a period."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from sayso.listing import ArticleEntry, Descent, Taken
from sayso.report.descent import Branch, bands, families, hours_later, in_order, lapse, takings
from sayso.serve.drawing import draw_lineage


def entry(id: str, outlet: str = "", published: str | None = "2022-05-06", title: str = "Fire") -> ArticleEntry:
    return ArticleEntry(id, outlet or f"Post {id}", title, published, "en", None, "coded", "")


def descent(*entries: ArticleEntry, took: str = "", credits: str = "", origins: str = "") -> Descent:
    """ "b<a" in `took`: b is a copy of a; "b:Wire": b credits Wire; "x:ab": a and b go back to x."""
    by = {one.id: one for one in entries}
    copies = [taken(by[pair[0]], by[pair[2]]) for pair in took.split()]
    home = {id: (group[0], f"origin {group[0]}") for group in origins.split() for id in group[2:]}
    return Descent(
        title="Fire",
        articles=entries,
        total=len(entries),
        copies=tuple(copies),
        credits={one[0]: (one[2:],) for one in credits.split()},
        origins={one.id: home.get(one.id, (one.id, one.outlet or "")) for one in entries},
        asked=frozenset(by),
    )


def taken(copy: ArticleEntry, of: ArticleEntry, kind: str = "edited", share: float = 0.8) -> Taken:
    return Taken(copy.id, of.id, kind, share, copy.outlet, of.outlet, copy.published, of.published)


def ids(branches: tuple[Branch, ...]) -> list[object]:
    return [[one.entry.id, *ids(one.branches)] if one.branches else one.entry.id for one in branches]


# --------------------------------------------------------------------------- trees


def test_copies_hang_under_what_they_were_taken_from_and_the_rest_stands_together() -> None:
    shown = descent(*map(entry, "abcde"), took="b<a c<b", origins="x:abc")
    first, rest = bands(shown)
    assert first.name == "origin x" and ids(first.roots) == [["a", ["b", "c"]]]
    assert rest.name == "" and ids(rest.roots) == ["d", "e"]


def test_a_copy_of_which_only_the_day_is_known_comes_after_its_original_of_that_day() -> None:
    early, late = entry("b", published="2022-05-06T18:00:00Z"), entry("a", published="2022-05-06")
    assert [one.id for one, _ in in_order(descent(late, early, took="a<b"))] == ["b", "a"]
    assert [one.id for one, _ in in_order(descent(late, early))] == ["a", "b"]


def test_reports_without_a_date_come_last_and_hours_count_the_time_zone() -> None:
    told = [
        entry("a", published=None),
        entry("b", published="2022-05-06T01:00:00+03:00"),
        entry("c", published="2022-05-05T23:00:00Z"),
    ]
    assert [one.id for one, _ in in_order(descent(*told))] == ["b", "c", "a"]
    assert hours_later(taken(told[2], told[1])) == 1.0
    assert hours_later(taken(told[0], told[1])) is None


def test_an_agency_that_is_credited_and_not_read_is_named_once_for_its_reports() -> None:
    shown = descent(*map(entry, "abc"), credits="a:Wire b:Wire")
    band, rest = bands(shown)
    assert (band.missing, band.crediting) == ("Wire", ("a", "b")) and ids(rest.roots) == ["c"]
    read = descent(entry("a"), entry("w", "Wire"), credits="a:Wire", took="a<w", origins="x:aw")
    assert [one.missing for one in bands(read)] == [""]


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=12))
def test_every_report_stands_in_one_band_and_any_copies_can_be_drawn(pairs: list[tuple[int, int]]) -> None:
    entries = [entry(str(at), published=f"2022-05-0{at + 1}") for at in range(8)]
    took = " ".join(f"{a}<{b}" for a, b in dict(pairs).items() if a != b)  # circles too: analysts may say so
    shown = descent(*entries, took=took, origins="x:0123")
    held = [one.id for band in bands(shown) for one in band.reports]
    assert sorted(held) == [one.id for one in entries]
    assert str(draw_lineage(shown)).count('class="report') == 8


# --------------------------------------------------------------------------- the picture


def test_a_picture_holds_a_link_for_each_report_and_each_copy() -> None:
    shown = descent(*map(entry, "abc"), took="b<a c<a", origins="x:abc", credits="a:Wire")
    drawn = str(draw_lineage(shown))
    assert len(re.findall(r'href="/articles/[abc]"', drawn)) == 3
    assert 'href="/articles/b/copy/a"' in drawn and "edited, 80% of its words" in drawn
    assert drawn.count('class="missing"') == 1 and "credits Wire" in drawn
    assert draw_lineage(replace(shown, articles=(), copies=())) is None


@pytest.mark.parametrize("number", [1, 2, 7, 60])
def test_a_picture_keeps_its_reports_apart_and_inside(number: int) -> None:
    entries = [entry(f"{at:02}", "One Post", f"2022-05-06T{at % 24:02}:{at // 24:02}:00Z") for at in range(number)]
    drawn = str(draw_lineage(descent(*entries)))
    wide = float(re.search(r'viewBox="0 0 (\d+)', drawn)[1])  # type: ignore[index]
    places = [float(x) for x in re.findall(r'class="report" cx="([\d.]+)"', drawn)]
    assert len(places) == number and max(places) < wide <= 1500
    assert all(b - a >= 8 for a, b in pairwise(places))


def test_hostile_titles_and_outlets_stay_text() -> None:
    evil = '"><script>alert(1)</script>'
    shown = descent(
        entry("a", evil, title=evil * 1000), entry("b", title="{{ 7 * 7 }}"), took="b<a", credits=f"a:{evil}"
    )
    drawn = str(draw_lineage(shown))
    assert "<script" not in drawn and len(drawn) < 9000


# --------------------------------------------------------------------------- a period


def test_givers_and_takers_are_counted_with_medians() -> None:
    wire = entry("w", "Wire", "2022-05-06T10:00:00Z")
    copies = [
        taken(entry(id, "Post", f"2022-05-06T{hour}:00:00Z"), wire, share=share)
        for id, hour, share in (("a", 11, 0.5), ("b", 12, 0.9), ("c", 16, 1.0))
    ]
    (one,) = takings(copies)
    assert (one.outlet, one.of, one.copies, one.share, one.hours) == ("Post", "Wire", 3, 0.9, 2.0)


def test_a_family_counts_copies_of_copies() -> None:
    a, b, c = (entry(id, published=f"2022-05-06T1{at}:00:00Z") for at, id in enumerate("abc"))
    (one,) = families([taken(c, b), taken(b, a)])
    assert (one.original, one.copies, one.outlets, one.hours) == ("a", 2, 2, 2.0)


def test_time_is_told_in_words() -> None:
    assert [lapse(hours) for hours in (None, 0.5, 1 / 60, 1.2, 30, 49, -3)] == [
        "", "30 minutes", "1 minute", "1 hour", "30 hours", "2 days", "3 hours before",
    ]  # fmt: skip


# --------------------------------------------------------------------------- pages


def test_the_page_of_an_article_shows_its_family_as_graph_and_as_list(desk: TestClient) -> None:
    found = re.search(r'/lineage\?article=([0-9a-f]+)"><bdi>Crowd storms Almaty', desk.get("/lineage?since=all").text)
    assert found
    page = desk.get(f"/lineage?article={found[1]}").text
    assert "3 reports of 3 outlets; 2 are copies" in page and '<svg class="lineage"' in page
    assert page.count("exact, 100% of its words") >= 4  # in the graph and in the list
    assert len(set(re.findall(r"/articles/\w+/copy/\w+", page))) == 2


def test_the_page_of_a_story_is_of_all_its_reports(desk: TestClient) -> None:
    story = re.search(
        r"story=([0-9a-f]{16})", desk.get(re.search(r"/incidents/\w+", desk.get("/?since=all").text)[0]).text
    )  # type: ignore[index]
    assert story
    page = desk.get(f"/lineage?story={story[1]}").text
    assert "reports of" in page and "As a list" in page


def test_a_period_lists_who_takes_from_whom(desk: TestClient) -> None:
    page = desk.get("/lineage?since=all").text
    assert "8 copies: 5 outlets took from 2." in page
    assert "What was taken most" in page
    assert "No report of these days was taken" in desk.get("/lineage?since=2023-01-01").text
    assert "2 copies" in desk.get("/lineage?since=all&outlet=Silk+Road+Monitor").text


@pytest.mark.parametrize("asked", ["incident=ffffffffffffffff", "article=nothing", "since=yesterday"])
def test_what_is_not_there_is_told(desk: TestClient, asked: str) -> None:
    assert desk.get(f"/lineage?{asked}").status_code in (400, 404)
