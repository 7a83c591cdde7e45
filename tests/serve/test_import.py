"""Import: what is handed in is added by a process of its own, and told; a fall is told plainly."""

from __future__ import annotations

import io
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from sayso.api import Project
from sayso.config import Config
from sayso.serve.app import make_app
from sayso.serve.imports import Imports, State, safe_name, why_it_ended

REPORT = (
    b"Miners march in Sardel\n\nSARDEL, 11 January 2022 (Harbour News) - Miners marched in Sardel on Monday."
    b" Police said that nobody was hurt.\n"
)
PATIENCE = 60  # seconds


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "own.db"
    Project(Config(db=str(path))).close()
    return path


@pytest.fixture
def client(db: Path) -> Iterator[TestClient]:
    with TestClient(make_app(Config(db=str(db))), base_url="http://127.0.0.1", follow_redirects=False) as client:
        yield client


def signed(client: TestClient) -> dict[str, str]:
    held = re.search(r'<meta name="csrf" content="([^"]*)">', client.get("/import").text)
    assert held
    return {"csrf": held[1]}


def ended(client: TestClient, page: str) -> dict[str, Any]:
    """What is told of a job once it is over."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        told: dict[str, Any] = client.get(f"{page}.json").json()
        if told["over"]:
            return told
        time.sleep(0.1)
    raise AssertionError("the import did not end")


def test_files_are_added_and_a_broken_one_is_told_with_its_name(client: TestClient, db: Path) -> None:
    files = [("files", ("miners.txt", REPORT)), ("files", ("broken.jsonl", b'{"text": "cut'))]
    answer = client.post("/import", files=files, data=signed(client))
    assert answer.status_code == 303
    page = answer.headers["location"]
    assert client.get(page).status_code == 200  # while it runs, the desk answers
    told = ended(client, page)
    assert (told["state"], told["added"], told["rejected"]) == ("done", 1, {"broken JSON": 1})
    shown = client.get(page).text
    assert "broken.jsonl" in shown and "broken JSON" in shown and "new or changed" in shown
    with Project(Config(db=str(db)), create=False) as project:
        (article,) = project.store.articles()
    assert re.fullmatch(r"upload-[\d-]+-\w+/miners\.txt", article.origin or "")
    assert "miners.txt" in client.get("/import").text


def test_nothing_handed_in_is_told(client: TestClient) -> None:
    answer = client.post("/import", files={"files": ("", b"")}, data=signed(client))
    assert answer.status_code == 400 and "nothing was handed in" in answer.text


def test_too_much_at_once_is_refused_before_it_is_read(db: Path) -> None:
    with TestClient(make_app(Config(db=str(db), max_bytes=1000)), base_url="http://127.0.0.1") as client:
        held = signed(client)
        assert client.post("/import", files={"files": ("a.txt", b"x" * 2000)}, data=held).status_code == 413


def test_an_unknown_import_is_not_there(client: TestClient) -> None:
    assert client.get("/import/0000").status_code == 404
    assert client.get("/import/0000.json").status_code == 404


# --------------------------------------------------------------------------- processes that fall over


class Falling(Imports):
    """Its process runs other words of Python."""

    def __init__(self, db: Path, words: str) -> None:
        super().__init__(Config(db=str(db)))
        self.words = words

    def command(self) -> list[str]:
        return [sys.executable, "-c", self.words]


def outcome(imports: Imports) -> tuple[State, str]:
    job = imports.hand_in([("a.txt", io.BytesIO(REPORT))], "ana")
    until = time.monotonic() + PATIENCE
    while not (job.over and job.ended) and time.monotonic() < until:
        time.sleep(0.02)
    return job.state, job.fault


@pytest.mark.parametrize(
    ("words", "state", "says"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", State.FAILED, "SIGKILL; the machine may have run"),
        ("raise ValueError('no such thing')", State.FAILED, "ValueError: no such thing"),
        ('print(\'{"fault": "no index (build it)"}\'); raise SystemExit(3)', State.FAILED, "no index (build it)"),
        ('print(\'{"stage": "done", "added": 3}\')', State.DONE, ""),
        ("print('no line of ours'); raise SystemExit(1)", State.FAILED, "status 1"),
    ],
)
def test_how_a_process_ends_is_told(db: Path, words: str, state: State, says: str) -> None:
    imports = Falling(db, words)
    try:
        found, fault = outcome(imports)
    finally:
        imports.close()
    assert found is state and says in fault


def test_a_job_can_be_stopped_and_the_next_one_goes_on(db: Path) -> None:
    imports = Falling(db, "import sys, time; job = sys.stdin.read(); time.sleep(60)")
    try:
        first = imports.hand_in([("a.txt", io.BytesIO(REPORT))], "ana")
        second = imports.hand_in([("b.txt", io.BytesIO(REPORT))], "ana")
        assert second.state is State.WAITING
        imports.stop(first)
        imports.words = 'print(\'{"stage": "done"}\')'
        until = time.monotonic() + PATIENCE
        while not second.over and time.monotonic() < until:
            time.sleep(0.02)
        assert (first.state, second.state) == (State.STOPPED, State.DONE)
    finally:
        imports.close()


def test_a_fall_without_words_is_told_too() -> None:
    assert "said nothing" in why_it_ended(1, "")


# --------------------------------------------------------------------------- names


@given(st.text(max_size=300))
def test_a_name_stays_in_its_folder_and_is_no_pattern(given: str) -> None:
    name = safe_name(given)
    assert name and len(name) <= 120 and name == Path(name).name
    assert not name.startswith((".", "-")) and not set(name) & set("/\\*?[]:\0\n")


def test_two_files_of_one_name_are_both_kept() -> None:
    assert safe_name("../../etc/a.html.gz", ["a.html.gz"]) == "a-2.html.gz"
