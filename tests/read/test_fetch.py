"""Web addresses, from a real server on this machine: what the user named and nothing else is asked for."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sayso.config import Config
from sayso.model import Article, Rejected
from sayso.read import read_sources

STORY = "Shops along the quay stayed shut on Saturday, traders said. Nobody was hurt in the fire, they added. "
PAGE = (
    '<html><head><title>Fair opens</title><link rel="stylesheet" href="/style.css"></head>'
    f'<body><img src="/a.png"><article><p>{STORY * 3}</p></article><iframe src="/frame"></iframe></body></html>'
).encode()
FEED = b"""<rss version="2.0"><channel><title>Quayside Post</title><item><title>Fair</title><link>/page</link>
<description>Shops shut.</description></item></channel></rss>"""


class Site(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/page")
            self.end_headers()
            return
        if self.path == "/loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
            self.end_headers()
            return
        if self.path == "/slow":
            time.sleep(1.5)
        answers = {
            "/page": ("text/html; charset=utf-8", PAGE),
            "/feed": ("application/rss+xml", FEED),
            "/text": ("text/plain", STORY.encode()),
            "/rows.jsonl.gz": ("application/gzip", gzip.compress(b'{"text": "Shops shut, traders said."}\n' * 2)),
            "/big": ("text/plain", b"x" * 300_000),
            "/slow": ("text/plain", b"x"),
        }
        kind, body = answers.get(self.path, ("", b""))
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind or "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def read(*sources: str, config: Config | None = None) -> list[Article | Rejected]:
    return list(read_sources(sources, config or Config()))


def test_a_page_a_feed_a_text_and_packed_lines(site: str) -> None:
    found = read(f"{site}/page", f"{site}/feed", f"{site}/text", f"{site}/rows.jsonl.gz")
    assert all(isinstance(item, Article) for item in found)
    assert [str(item.origin).removeprefix(site) for item in found] == [
        "/page", "/feed#1", "/text", "/rows.jsonl.gz:1", "/rows.jsonl.gz:2",
    ]  # fmt: skip
    assert Site.asked == ["/page", "/feed", "/text", "/rows.jsonl.gz"]  # no picture, no frame, no linked page


def test_a_redirect_is_followed_and_a_loop_is_not(site: str) -> None:
    first, second = read(f"{site}/moved", f"{site}/loop")
    assert isinstance(first, Article)
    assert first.url == f"{site}/page"
    assert isinstance(second, Rejected)
    assert second.reason == "not fetched"


def test_failures_are_rejects_and_the_rest_goes_on(site: str) -> None:
    quick = replace(Config(), timeout=0.4, max_bytes=100_000)
    found = read(
        f"{site}/none", f"{site}/slow", f"{site}/big", "http://127.0.0.1:1/", "http://", f"{site}/text", config=quick
    )
    assert [item.reason if isinstance(item, Rejected) else "article" for item in found] == ["not fetched"] * 5 + [
        "article"
    ]
    assert "404" in found[0].detail  # type: ignore[union-attr]
