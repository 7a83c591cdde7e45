"""The page of one incident: what is known and on whose word, with the evidence one step away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.api import Project
from sayso.config import Config


def page_of(desk: TestClient, words: str) -> str:
    """The page of the incident that is told in these words."""
    found = re.search(
        rf'<a href="(/incidents/[0-9a-f]{{16}})"><bdi>[^<]*{re.escape(words)}', desk.get("/?since=all&limit=200").text
    )
    assert found, words
    answer = desk.get(found[1])
    assert answer.status_code == 200
    return answer.text


def test_it_says_what_is_known_and_on_whose_word(desk: TestClient) -> None:
    page = page_of(desk, "Crowd storms Almaty city hall")
    assert "1 independent origin in 3 reports; on the word of" in page
    assert "SNA (own voice)" in page


def test_tolls_have_their_range_their_course_and_who_says_so(desk: TestClient) -> None:
    page = page_of(desk, "The bodies of 225 people")
    assert "killed 225" in page
    assert re.search(r"164: Meridian Wire, withdrawn", page)
    assert page.count('<svg class="tolls"') == 3


def test_reports_are_grouped_by_origin_and_say_why(desk: TestClient) -> None:
    page = page_of(desk, "The bodies of 225 people")
    assert "3 independent origins" in page
    assert re.search(r"Eastgate Daily</bdi>, 2022-01-05; <bdi>exact, 100% of its words, from SNA", page)


def test_every_quotation_opens_its_article_at_its_place(desk: TestClient, demo_db: Path) -> None:
    page = page_of(desk, "The bodies of 225 people")
    links = re.findall(r'<q><a href="/articles/([0-9a-z]+)\?at=(\d+)-(\d+)#at"><bdi>(.*?)</bdi>', page, re.DOTALL)
    assert len(links) > 20
    with Project(Config(db=str(demo_db))) as project:
        for article, start, end, words in links:
            told = project.store.article(article)
            assert told is not None
            there = " ".join(told.text[int(start) : int(end)].split())
            shown = words.replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&").removesuffix(" …")
            assert shown in there or there in shown


def test_the_beginning_of_an_id_is_enough(desk: TestClient) -> None:
    (id,) = re.findall(r'/incidents/([0-9a-f]{16})"', desk.get("/?since=all&order=origins").text)[:1]
    short, full = (desk.get(f"/incidents/{given}").text.partition("<main")[2] for given in (id[:8], id))
    assert short == full


@pytest.mark.parametrize("id", ["ffffffffffffffff", "zz", "%3Cscript%3E"])
def test_an_unknown_id_is_told_plainly(desk: TestClient, id: str) -> None:
    answer = desk.get(f"/incidents/{id}")
    assert answer.status_code == 404
    assert "no incident has this id" in answer.text
    assert "<script>" not in answer.text.split("</head>")[1]
