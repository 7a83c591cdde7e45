"""The situation report from the desk: asked for by a form, read in the browser or taken along."""

from __future__ import annotations

import io
import re

import docx
import pytest
from fastapi.testclient import TestClient


def test_the_form_offers_the_last_week_and_the_stories(desk: TestClient) -> None:
    page = desk.get("/report").text
    assert 'name="since" value="2022-01-12"' in page
    assert re.search(r'<option value="[0-9a-f]{16}">Crowd storms Almaty city hall', page)


def test_it_is_read_in_the_browser_without_any_script(desk: TestClient) -> None:
    answer = desk.get("/report?since=2022-01-05&until=2022-01-07&place=KAZ&format=html")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src" not in answer.headers["content-security-policy"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "<script" not in answer.text
    assert "Crowd storms Almaty city hall" in answer.text


def test_a_story_alone_can_be_told(desk: TestClient) -> None:
    (story,) = re.findall(r'<option value="([0-9a-f]{16})">Crowd storms', desk.get("/report").text)
    text = desk.get(f"/report?story={story}&format=md").text
    assert "Killed 225" in text
    assert "Khartoum" not in text


def test_it_can_be_taken_along(desk: TestClient) -> None:
    address = "/report?since=2022-01-05&until=2022-01-06&format="
    pdf = desk.get(f"{address}pdf")
    assert pdf.content.startswith(b"%PDF")
    assert pdf.headers["content-disposition"] == 'attachment; filename="sayso-2022-01-05-2022-01-06.pdf"'
    document = docx.Document(io.BytesIO(desk.get(f"{address}docx").content))
    assert any("Almaty" in paragraph.text for paragraph in document.paragraphs)


@pytest.mark.parametrize(
    ("asked", "told", "status"),
    [
        ("format=exe", "is no format of a report", 400),
        ("since=5 January&format=md", "YYYY-MM-DD", 400),
        ("story=ffffffff&format=md", "no story has this id", 404),
    ],
)
def test_what_cannot_be_made_says_why(desk: TestClient, asked: str, told: str, status: int) -> None:
    answer = desk.get(f"/report?{asked}")
    assert answer.status_code == status
    assert told in answer.text


def test_the_situation_hands_its_choice_on(desk: TestClient) -> None:
    page = desk.get("/?since=2022-01-05&until=2022-01-07&country=KAZ").text
    assert 'href="/report?since=2022-01-05&amp;until=2022-01-07&amp;place=KAZ&amp;story="' in page
    (geojson,) = re.findall(r'href="(/api/v1/incidents[^"]*format=geojson)"', page)
    found = desk.get(geojson.replace("&amp;", "&"))
    assert found.json()["type"] == "FeatureCollection"
