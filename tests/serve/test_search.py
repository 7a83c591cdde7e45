"""Search: the words marked, the place opened, what goes by the words, filters, and honest numbers."""

from __future__ import annotations

import html
import re

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from sayso.listing import HIT_BEGINS, HIT_ENDS
from sayso.store.words import hit_place


def test_hits_are_marked_and_lead_to_their_place(desk: TestClient) -> None:
    page = desk.get("/search?q=paratroopers").text
    found = re.search(r"/articles/(\w+)\?at=(\d+)-(\d+)#at", page)
    assert found and re.search("<mark>paratroopers</mark>", page, re.IGNORECASE)
    with desk.app.state.shelf.lists() as lists:  # type: ignore[attr-defined]
        analyses, _ = lists.part([found[1]])
    assert analyses[0].article.text[int(found[2]) : int(found[3])].lower() == "paratroopers"


def test_all_words_must_stand_in_an_article_and_numbers_are_told(desk: TestClient) -> None:
    assert "15 articles hold all these words" in desk.get("/search?q=police+almaty").text
    page = desk.get("/search?q=xyzzy").text
    assert "0 articles hold this word" in page and "try fewer" in page


def test_without_words_the_latest_articles_come_first_page_by_page(desk: TestClient) -> None:
    page, seen = desk.get("/search").text, []
    for _ in range(5):
        seen += re.findall(r'<h3><a href="/articles/([^"?]+)', page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        if not more:
            break
        page = desk.get(html.unescape(more[1])).text
    assert len(seen) == len(set(seen)) == 51


def test_filters_narrow_what_is_found_and_stay_in_the_form(desk: TestClient) -> None:
    page = desk.get("/search?q=police&outlet=SNA&since=2022-01-08").text
    assert re.search(r"(\d+) articles? holds?", page)
    assert set(re.findall(r'<div class="small soft"><bdi>([^<]+)', page)) == {"SNA"}
    assert '<option value="SNA" selected>' in page and 'value="2022-01-08"' in page
    assert "0 articles" in desk.get("/search?q=police&country=ZZZ").text


def test_incidents_that_an_article_tells_stand_under_it(desk: TestClient) -> None:
    page = desk.get("/search?q=morgues").text
    (incident,) = set(re.findall(r'href="(/incidents/\w+)">2022-01-01', page))
    assert desk.get(incident).status_code == 200


@pytest.mark.parametrize(
    ("words", "kind", "where"),
    [
        ("borrell", "source", "/sources/Josep%20Borrell"),
        ("meridian", "outlet", "/sources/Meridian%20Wire"),
        ("alma", "place", "/?place=Almaty&amp;since=all"),
        ("kazakh", "country", "/?country=KAZ&amp;since=all"),
    ],
)
def test_names_that_hold_the_words_can_be_jumped_to(desk: TestClient, words: str, kind: str, where: str) -> None:
    assert f'<li>{kind} <a href="{where}">' in desk.get(f"/search?q={words}").text


def test_an_id_opens_its_record(desk: TestClient) -> None:
    incident = re.search(r"/incidents/(\w+)", desk.get("/?since=all").text)
    assert incident
    for asked in (incident[1], incident[1].upper()):
        answer = desk.get(f"/search?q={asked}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/incidents/{incident[1]}")
    assert desk.get("/search?q=deface").status_code == 200  # a word


def test_hostile_queries_are_words_and_nothing_else(desk: TestClient) -> None:
    for query in ('"><script>alert(1)</script>', 'NEAR("a" OR *', "\x00", "a" * 5000, "{{ 7*7 }}", "% _ \\", "\ue000"):
        answer = desk.get("/search", params={"q": query})
        assert answer.status_code == 200 and "<script>alert" not in answer.text
    assert desk.get("/search?since=soon").status_code == 400
    assert desk.get("/search?q=police&after=nonsense").status_code == 400


@given(st.text(st.characters(exclude_characters=HIT_BEGINS + HIT_ENDS), max_size=60), st.data())
def test_a_hit_is_found_where_its_snippet_stands(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    first, start, end, last = cuts
    snippet = f"{'…' if first else ''}{text[first:start]}{HIT_BEGINS}{text[start:end]}{HIT_ENDS}{text[end:last]}"
    place = hit_place(text, snippet + ("…" if last < len(text) else ""))
    assert place is not None and text[place[0] : place[1]] == text[start:end]
