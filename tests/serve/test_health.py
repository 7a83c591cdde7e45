"""Health: what there is, what made it, what was rejected and why, without loading what adding needs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.api import Project
from sayso.config import Config
from sayso.model import Rejected, Run
from sayso.serve.app import make_app
from tests.serve.doubtful import REPORTS

BAD = [Rejected(f"feeds/daily.xml#{number}", "read", "no body", "the page holds no text") for number in range(40)]


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("health") / "own.db"
    with Project(Config(db=str(path))) as project:
        project.store.put(REPORTS[:4], [], [*BAD, Rejected("<b>x.html", "read", "empty", "")], "sayso 0.0.1; old")
        project.store.put_run(
            Run("old", "2022-01-11T10:00:00+00:00", "2022-01-11T10:01:00+00:00", added=4, rejected=41)
        )
        project.store.put_run(Run("old", "2022-01-12T10:00:00+00:00"))
        project.relink()
        project.store.put(REPORTS[4:], [], [], "sayso 0.0.1; old")
    return path


@pytest.fixture(scope="module")
def client(db: Path) -> Iterator[TestClient]:
    with TestClient(make_app(Config(db=str(db))), base_url="http://127.0.0.1") as client:
        yield client


def test_what_is_wrong_is_told_with_the_way_out(client: TestClient) -> None:
    page = client.get("/health").text
    assert "2 articles are not linked yet" in page
    assert "6 analyses were made by another version" in page and "sayso add --redo" in page
    assert "cut short or under way" in page


def test_rejects_are_listed_by_reason_and_feed_a_page_at_a_time(client: TestClient) -> None:
    page = client.get("/health", params={"reason": "no body"}).text
    assert "40 rejects" in page and 'rel="next"' in page and page.count("the page holds no text") == 30
    feeds = client.get("/health", params={"origin": "feeds/daily.xml"}).text
    assert "40 rejects" in feeds
    whole = client.get("/health").text
    assert "<b>x.html" not in whole and "&lt;b&gt;x.html" in whole


def test_the_feed_is_counted_as_one(db: Path) -> None:
    with Project(Config(db=str(db)), create=False) as project, project.catalogue() as lists:
        (feed,) = (one for one in lists.condition().feeds if one.name.startswith("feeds/"))
    assert (feed.name, feed.rejected) == ("feeds/daily.xml", 40)


def test_the_parser_is_not_loaded(db: Path) -> None:
    words = (
        "import sys; from fastapi.testclient import TestClient; from sayso.config import Config;"
        "from sayso.serve.app import make_app;"
        f"desk = TestClient(make_app(Config(db={str(db)!r})), base_url='http://127.0.0.1');"
        "assert desk.get('/health').status_code == 200; print('spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "False"


def test_keys_are_told(client: TestClient) -> None:
    page = client.get("/keys").text
    assert all(f"<kbd>{key}</kbd>" in page for key in "jksdcnwyuxo?")
