"""Measuring the desk: what a server says of its time, which records a list names, what is late and what failed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from bench import _paint, desk
from bench.desk import Answer, by_kind, failures, find_paths, keys_of, percentile, read_together, server_time

SLOW = "/review"  # which this small desk cannot show


class SmallDesk(BaseHTTPRequestHandler):
    """Answers as `sayso serve` promises to, with two records of each kind."""

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        kind = path.rsplit("/", 1)[1]
        body = json.dumps({"total": 2, "items": [{"id": f"{kind}-1"}, {"key": "ministry of health"}]}).encode()
        self.send_response(500 if path == SLOW else 200)
        self.send_header("Server-Timing", "cache;dur=1, app;dur=12.5")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody wants to read it."""


@pytest.fixture
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), SmallDesk)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_every_kind_of_page_is_asked_for_and_every_record_that_the_api_lists(address: str) -> None:
    with httpx.Client(base_url=address) as client:
        paths = find_paths(client)
    assert set(desk.PAGES) <= set(paths)
    assert paths["/incidents/…"] == ["/incidents/incidents-1", "/incidents/ministry%20of%20health"]
    assert paths["/api/v1/articles/…"][0] == "/api/v1/articles/articles-1"
    assert "/search?q=detained%20police" in paths["/search"]


def test_readers_at_once_get_all_their_answers_and_what_fails_is_told(address: str) -> None:
    paths = {"/": ["/"], SLOW: [SLOW]}
    answers = read_together(address, paths, 5, lambda asked: asked >= 8)
    assert len(answers) == 40
    assert {answer.server for answer in answers} == {12.5}
    assert failures(answers) == ["500 /review"]


def test_no_answer_is_a_failure() -> None:
    with httpx.Client(base_url=f"http://127.0.0.1:{desk.free_port()}") as client:
        assert desk.ask(client, "/", "/").failed


@pytest.mark.parametrize(
    ("told", "milliseconds"),
    [("app;dur=12.5", 12.5), ('db;dur=3, app;desc="all";dur=40', 40.0), ("map;dur=3", None), ("", None)],
)
def test_the_time_of_the_server_is_that_of_the_application(told: str, milliseconds: float | None) -> None:
    assert server_time({"server-timing": told}) == milliseconds


def test_a_list_is_the_answer_or_in_it() -> None:
    assert keys_of([{"id": "a"}]) == keys_of({"next": None, "items": [{"id": "a"}]}) == ["a"]
    assert keys_of({"next": None}) == []


def test_a_page_is_late_at_the_median_or_at_the_tail() -> None:
    def row(*spent: float) -> dict[str, object]:
        return by_kind([Answer("/", "/", 200, 2 * each, each) for each in spent])[0]

    assert not row(*[150.0] * 19, 900.0)["late"]  # one in twenty may be
    assert row(*[150.0] * 18, 900.0, 900.0)["late"]
    assert row(*[151.0] * 20)["late"]
    assert row(10.0, 20.0, 30.0)["median ms"] == 20.0


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([float(each) for each in range(1, 101)], 0.95) == 95.0
    assert percentile([7.0], 0.95) == 7.0


def test_a_page_is_too_late_or_too_large_to_be_painted() -> None:
    def over(paint: float, size: int) -> bool:
        return _paint._over({"first paint ms": paint, "bytes": size})

    assert not over(1000.0, 1_500_000)
    assert over(1001.0, 10)
    assert over(10.0, 1_500_001)
    assert over(-1.0, 10)  # nothing was shown
