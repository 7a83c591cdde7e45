"""Whatever the bytes, every reader yields articles and rejects, raises nothing, and opens nothing by itself."""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.config import Config
from sayso.model import Article, Rejected
from sayso.read.sources import read_stream

NAMES = ("x", "x.txt", "x.jsonl", "x.json", "x.html", "x.xml", "x.rss", "x.warc", "x.gz", "x.txt.gz")
PIECES = st.sampled_from(
    [
        b"WARC/1.0\r\n", b"WARC-Type: response\r\n", b"Content-Length: 20\r\n\r\n", 
        b"Content-Length: -5\r\n", b"HTTP/1.1 200 OK\r\n\r\n",
        b'{"text": "', b'"}', b"\n", b'{"title": 4, "text": ["a"], "published": {}}', 
        b"[[[[", b'{"source": {"uri": []}}',
        b"<html><body>", b"<p>Shops stayed shut, traders said.</p>", b"<a href='x'>", 
        b"</div>", b"<script type='application/ld+json'>",
        b'{"@graph": [{"@type": 1, "@id": {}}]}', b"</script>", b"<meta property='og:title' content='", 
        b"<!-- ", b"<![CDATA[",
        b"<?xml version='1.0' encoding='utf-7'?>", b"<rss><channel><item>", b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>",
        b"<source url='x'>", b"<pubDate>", b"<link>", b"<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>", b"&a;",
        b"\x1f\x8b\x08\x00",
        b"\xff\xfe", b"\xef\xbb\xbf", b"\x00", b"\xed\xa0\x80", b"By ", b"RUSTAVI, Jan 6 (AP) - ", 
        b" | ", b"Source: ",
        b"99999999999-12-31", b"\xc3", b"((((((((", b"A" * 300, b"\r", b"\xe2\x80\x94",
    ]
)  # fmt: skip
ODD = st.lists(PIECES | st.binary(max_size=30), max_size=25).map(b"".join)


@pytest.fixture(autouse=True)
def nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a reader reached for the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    yield


def check(data: bytes, name: str) -> None:
    for found in read_stream(io.BytesIO(data), name, Config()):
        assert isinstance(found, Article | Rejected)
        if isinstance(found, Article):
            assert found.text.encode()
            assert found.title is None or found.text.startswith(found.title)
            if found.dateline and found.dateline.span:
                assert found.text[slice(*found.dateline.span)] == found.dateline.place
        else:
            assert found.stage == "read"
            assert found.reason


@given(data=ODD, name=st.sampled_from(NAMES))
@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_bytes_break_a_reader(data: bytes, name: str) -> None:
    check(data, name)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "data",
    [
        b"", b"\x00" * 100, b"\xff\xfe", b"<", b"{", b"[", b"WARC/", b"\x1f\x8b", 
        b"\n" * 1000, b"<?xml", b"<rss", b"(" * 3000,
        b"A. " * 3000, b"By A" + b" B" * 3000, b"A, " * 2000 + b"(", b"A" * 100_000, 
        b"|" * 5000, b"/ A" * 3000, b"<p" * 3000, b"\xe2\x80\x94" * 3000,
    ],
)  # fmt: skip
def test_known_traps(data: bytes, name: str) -> None:
    check(data, name)
