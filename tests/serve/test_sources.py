"""The pages of sources: who is cited, what each said and who says otherwise, what an outlet gave and took."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.api import Project
from sayso.config import Config
from sayso.serve.app import make_app
from tests.builders import analysis

EVIL = "<script>alert(1)</script>"


def test_sources_are_listed_the_most_cited_first_and_found_by_a_part_of_the_name(desk: TestClient) -> None:
    page = desk.get("/sources").text
    assert page.index("Kassym-Jomart Tokayev") < page.index("Josep Borrell")
    found = desk.get("/sources?q=bORR").text
    assert "1 cited source" in found and "Josep Borrell" in found and "Tokayev" not in found


def test_a_list_goes_on_where_its_page_ended(desk: TestClient) -> None:
    first = desk.get("/sources").text
    more = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = desk.get(more).text
    assert ">Kassym-Jomart Tokayev<" in first and ">Kassym-Jomart Tokayev<" not in second


def test_a_source_is_told_in_numbers_and_in_what_it_said_with_its_place(desk: TestClient) -> None:
    page = desk.get("/sources/Kassym-Jomart Tokayev").text
    assert "Cited in 52 claims of 12 articles by 7 outlets" in page
    assert "Of the latest 12 reports that cite it: 2 confirmed, 30 told by it alone" in page
    assert "Security Council" in page  # to whom
    assert "Forces of the Russian-led CSTO will begin to withdraw" in page and "#at" in page
    assert "SNA ← Kassym-Jomart Tokayev (person)" in page


def test_an_agency_that_is_only_credited_is_not_said_to_be_cited(desk: TestClient) -> None:
    page = desk.get("/sources/Meridian Wire").text
    assert "Cited in no text; credited as the agency in 4 articles by 2 outlets" in page
    assert "To whom it said so" not in page and "Grade it" not in page


def test_an_outlet_tells_what_is_its_own_and_what_it_took(desk: TestClient) -> None:
    page = desk.get("/sources/Eastgate Daily").text
    assert "As an outlet: 9 articles" in page
    assert "<dt>taken</dt><dd>3 (33%)" in page
    assert "Takes from" in page and "Goes back to" in page


def test_the_numbers_of_an_outlet_add_up(demo_db: Path) -> None:
    with Project(Config(db=str(demo_db))) as project, project.catalogue() as lists:
        for one in lists.outlets():
            told = lists.outlet(one.value)
            assert told is not None and told.articles == one.number
            assert told.own >= 0 and told.copied <= sum(kind.number for kind in told.kinds)
            assert sum(kind.number for kind in told.kinds) == sum(one.number for one in told.taken_from)
        assert lists.outlet("nobody at all") is None


def test_a_grade_is_shown_with_who_gave_it_and_the_form_is_signed(own_db: Path) -> None:
    with Project(Config(db=str(own_db))) as project:
        project.grade("Josep Borrell", "B2", by="ana", note="on the record")
    with TestClient(make_app(Config(db=str(own_db))), base_url="http://127.0.0.1") as client:
        page = client.get("/sources/Josep Borrell").text
    assert "<strong>B2</strong> by <bdi>ana</bdi>: usually reliable, probably true; <bdi>on the record</bdi>" in page
    assert 'action="/review/grade"' in page and 'name="csrf"' in page and '<option value="B2" selected>' in page


@pytest.mark.parametrize("name", ["nobody at all", "", "../../etc/passwd"])
def test_a_name_that_nobody_bears_is_told_with_the_way_out(desk: TestClient, name: str) -> None:
    answer = desk.get("/sources/" + name.replace("/", "%2F"))
    assert answer.status_code == 404 or answer.url.path == "/sources"


def test_hostile_names_are_text_and_nothing_else(tmp_path: Path) -> None:
    db = str(tmp_path / "evil.db")
    report = analysis(
        f"{EVIL} said rebels burnt a bank in Vell.",
        actors={EVIL: {"kind": "person"}, "rebels": {}},
        claims=[{"chain": [(EVIL, "said", "person")], "content": ["rebels burnt a bank"]}],
        outlet=f"Post/{EVIL}?#%",
        title=EVIL,
        published="2022-05-06",
    )
    with Project(Config(db=db)) as project:
        project.store.put([report], [], [], "test")
        project.relink()
    with TestClient(make_app(Config(db=db)), base_url="http://127.0.0.1") as client:
        pages = [
            client.get("/sources").text,
            client.get("/search").text,
            client.get("/lineage?article=" + report.article.id).text,
        ]
        for href in {part.split('"')[0] for page in pages for part in page.split('href="')[1:]}:
            if href.startswith("/sources/"):
                answer = client.get(href.replace("&amp;", "&"))
                assert answer.status_code == 200
                pages.append(answer.text)
    assert len(pages) >= 5
    assert all(EVIL not in page for page in pages)
