"""The page of what happened: a period, filters that can be sent, what is new since the last visit."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.api import Project
from sayso.config import Config
from sayso.model import Verdict
from sayso.serve.app import make_app


def listed(page: str) -> list[str]:
    """The ids of the incidents in the list of a page, in order."""
    return re.findall(r'class="told"><a href="/incidents/([0-9a-f]{16})"', page)


def number(page: str) -> int:
    """How many incidents a page says that fit."""
    found = re.search(r'id="list">([\d,]+) incident', page)
    assert found, page[:500]
    return int(found[1].replace(",", ""))


def test_unasked_it_shows_the_days_up_to_the_last_report(desk: TestClient) -> None:
    page = desk.get("/").text
    assert "2022-01-05 to 2022-01-18" in page
    assert 0 < number(page) < number(desk.get("/?since=all").text)


def test_each_incident_says_on_whose_word_and_how_many_origins(desk: TestClient) -> None:
    page = desk.get("/?since=all&country=KAZ&type=PROTEST").text
    assert "Crowd storms Almaty city hall" in desk.get("/?since=all").text
    assert re.search(r"1 independent origin.*: <bdi>own voice</bdi>", page)


@pytest.mark.parametrize(
    "asked",
    ["country=KAZ", "type=ASSAULT", "outlet=SNA", "status=ongoing", "origins=2", "place=Almaty", "actor=Police"],
)
def test_filters_leave_a_part(desk: TestClient, asked: str) -> None:
    assert 0 < number(desk.get(f"/?since=all&{asked}").text) < number(desk.get("/?since=all").text)


def test_pages_follow_one_another_without_gap_or_repetition(desk: TestClient) -> None:
    address, found = "/?since=all", []
    while address:
        page = desk.get(address).text
        found += listed(page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        address = more[1].replace("&amp;", "&") if more else ""
    assert len(found) == len(set(found)) == number(page)


def test_the_map_and_the_timeline_are_links(desk: TestClient) -> None:
    page = desk.get("/?since=all&country=KAZ").text
    assert re.search(r'<svg class="map".*<a href="/\?since=all&amp;country=KAZ&amp;place=Almaty"', page, re.DOTALL)
    assert re.search(
        r'<svg class="time".*<a href="/\?since=2022-01-05&amp;until=2022-01-05&amp;country=KAZ"', page, re.S
    )


def test_a_map_to_zoom_is_a_page_of_its_own(desk: TestClient) -> None:
    page = desk.get("/map?since=all")
    assert 'data-map="/map.json?since=all"' in page.text
    assert "'unsafe-inline'" not in page.headers["content-security-policy"].split("style-src")[0]
    assert desk.get("/map.json?since=all").json()["root_id"]


def test_a_wrong_date_says_what_to_write(desk: TestClient) -> None:
    answer = desk.get("/?since=yesterday")
    assert answer.status_code == 400
    assert "YYYY-MM-DD" in answer.text


def test_nothing_that_fits_shows_a_way_on(desk: TestClient) -> None:
    page = desk.get("/?since=1999-01-01&until=1999-01-02").text
    assert number(page) == 0
    assert "Show everything" in page


def test_an_empty_archive_says_where_to_begin(tmp_path: Path) -> None:
    with TestClient(make_app(Config(db=str(tmp_path / "new.db"))), base_url="http://127.0.0.1") as client:
        page = client.get("/").text
    assert 'href="/import"' in page


class TestVisits:
    def test_what_changed_since_the_last_visit_is_new(self, own_db: Path) -> None:
        before = (datetime.now(UTC) - timedelta(hours=2)).isoformat()
        with TestClient(make_app(Config(db=str(own_db))), base_url="http://127.0.0.1") as client:
            client.cookies.set("sayso_visit", f"{before}|{before}")
            page = client.get("/?since=all").text
            assert f"only what is new since {before[:10]}" in page
            assert number(client.get("/?since=all&new=true").text) == number(page)

    def test_what_nothing_changed_is_not_new(self, own_db: Path) -> None:
        with TestClient(make_app(Config(db=str(own_db))), base_url="http://127.0.0.1") as client:
            now = datetime.now(UTC).isoformat()
            client.cookies.set("sayso_visit", f"{now}|{now}")
            assert number(client.get("/?since=all&new=true").text) == 0
            with Project(Config(db=str(own_db))) as project:
                told = [one for one in project.store.links().incidents if not one.total]
                incident = max(told, key=lambda one: len(one.events))
                project.judge(incident.events[0], Verdict.NOT_SAME, [incident.events[-1]], by="ana")
            assert number(client.get("/?since=all&new=true").text) > 0

    @pytest.mark.parametrize("cookie", ["", "|", "nonsense", "2022-01-01|2022", "<script>|<script>"])
    def test_a_cookie_of_nonsense_is_a_first_visit(self, desk: TestClient, cookie: str) -> None:
        answer = desk.get("/?since=all", headers={"Cookie": f"sayso_visit={cookie}"})
        assert answer.status_code == 200
        assert "only what is new" not in answer.text


def test_a_filter_chosen_over_the_whole_archive_stays_with_the_whole_archive(desk: TestClient) -> None:
    """The form of such a page has no days to send."""
    chosen = desk.get("/", params={"since": "", "until": "", "country": "KAZ"}).text
    assert chosen.partition("<main")[2] == desk.get("/?since=all&country=KAZ").text.partition("<main")[2]
    assert "All that is known, Kazakhstan" in chosen
