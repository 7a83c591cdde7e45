"""Articles that programs send: they are added by a process beside the desk, and told; what is too much is refused."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from sayso.api import Project
from sayso.config import Config
from sayso.serve.app import make_app
from sayso.serve.imports import WAITING
from tests.serve.visitors import signing

PATIENCE = 60  # seconds
SENT = {
    "text": "SARDEL, 11 January 2022 - Miners marched in Sardel on Monday. Police said that nobody was hurt.",
    "id": "harbour/1",
    "url": "https://harbour.example/1",
    "outlet": "Harbour News",
    "title": "Miners march in Sardel",
    "published": "2022-01-11",
    "byline": ["Ilka Invented"],
    "lang": "en",
}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    config = Config(db=str(tmp_path / "own.db"), analyst="ana")
    Project(config).close()
    with TestClient(make_app(config), base_url="http://127.0.0.1") as client:
        yield signing(client)


def ended(client: TestClient, place: str) -> dict[str, Any]:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        told: dict[str, Any] = client.get(place).json()
        if told["over"]:
            return told
        time.sleep(0.1)
    raise AssertionError("the import did not end")


def test_articles_are_sent_and_followed_until_they_can_be_read(client: TestClient) -> None:
    answer = client.post("/api/v1/articles", json=[SENT, {"text": " "}])
    assert answer.status_code == 202
    place = answer.headers["location"]
    assert place == f"/api/v1/imports/{answer.json()['id']}" and answer.json()["by"] == "ana"
    first = client.get(place)
    told = ended(client, place)
    assert (told["state"], told["added"], sum(told["rejected"].values())) == ("done", 1, 1)
    assert client.get(place, headers={"If-None-Match": first.headers["etag"]}).status_code == 200, "it went on"
    (reject,) = client.get(told["links"]["rejected"]).json()["items"]
    assert reject["reason"] in told["rejected"] and reject["origin"].endswith("articles.jsonl:2")
    (article,) = client.get("/api/v1/articles").json()["items"]
    whole = client.get("/api/v1/articles/harbour%2F1").json()
    assert (article["id"], whole["published"], whole["byline"]) == ("harbour/1", "2022-01-11", ["Ilka Invented"])
    again = client.post("/api/v1/articles", json=SENT)
    assert ended(client, again.headers["location"])["known"] == 1
    listed = client.get("/api/v1/imports").json()["items"]
    assert [one["id"] for one in listed] == [again.json()["id"], told["id"]]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"text": ""}, "body.one.text"),
        ({"text": "a", "outlett": "x"}, "body.one.outlett"),
        ({"text": "a", "published": "lately"}, "body.one.published"),
        ([{"text": "a"}, {"title": "b"}], "body.list.1.text"),
        ([], "body.list"),
        ("words", "body.one"),
        ([{"text": "a"}] * 1001, "body.list"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_refused_whole_and_names_the_field(client: TestClient, body: Any, where: str) -> None:
    answer = client.post("/api/v1/articles", json=body)
    assert answer.status_code == 422
    assert where in {one["where"] for one in answer.json()["errors"]}
    assert client.get("/api/v1/imports").json()["total"] == 0


def test_too_much_at_once_is_refused(client: TestClient) -> None:
    answer = client.post("/api/v1/articles", json={"text": "a" * 10_000_001})
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")


def test_when_too_many_wait_others_are_told_to_come_back(client: TestClient) -> None:
    imports = client.app.state.imports  # type: ignore[attr-defined]
    imports.command = lambda: ["sleep", "60"]
    for _ in range(WAITING):
        imports.hand_in([], "ana")
    answer = client.post("/api/v1/articles", json=SENT)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "30")
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_unknown_import_is_not_there(client: TestClient) -> None:
    assert client.get("/api/v1/imports/00000000").status_code == 404
