"""WARC files: pages out of responses, texts out of conversions; wrong records are passed over."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zlib
from collections.abc import Iterator

import pytest

from sayso.config import Config
from sayso.model import Article, Rejected
from sayso.read.sources import read_stream
from sayso.read.warc import records

STORY = (
    "Shops along the quay stayed shut on Saturday, traders said. Nobody was hurt in the fire number {}, they added. "
)


def page(number: int) -> bytes:
    story = STORY.format(number)
    head = f"<html><head><title>Fair {number}</title></head>"
    return f"{head}<body><article><p>{story * 3}</p></article></body></html>".encode()


def record(
    kind: str, url: str, block: bytes, wrong: int = 0, content: str = "application/http; msgtype=response"
) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2022-01-06T00:00:00Z\r\n"
        f"Content-Type: {content}\r\nContent-Length: {len(block) + wrong}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def response(
    number: int, wrong: int = 0, headers: str = "", body: bytes | None = None, status: str = "200 OK"
) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n".encode()
    return record("response", f"https://post.example/{number}", head + (page(number) if body is None else body), wrong)


def read(data: bytes) -> list[Article | Rejected]:
    return list(read_stream(io.BytesIO(data), "x.warc", Config()))


def numbers(found: list[Article | Rejected]) -> list[str]:
    return [item.url[-1] if isinstance(item, Article) and item.url else getattr(item, "reason", "?") for item in found]


@pytest.mark.parametrize("packed", [False, True])
def test_responses_are_pages(packed: bool) -> None:
    parts = [
        record("warcinfo", "", b"software: x"),
        response(1),
        record("request", "https://post.example/1", b"GET /"),
        response(2),
    ]
    found = read(b"".join(gzip.compress(part) for part in parts) if packed else b"".join(parts))
    assert numbers(found) == ["1", "2"]
    first = found[0]
    assert isinstance(first, Article)
    assert first.title == "Fair 1"
    assert first.published is None  # the time of the crawl is not the time of publication
    assert first.outlet == "post.example"


@pytest.mark.parametrize("wrong", [-1000, -100, -1, 1, 100, 250, 10**6, 10**9])
def test_a_wrong_length_costs_one_record(wrong: int) -> None:
    found = read(response(1) + response(2, wrong) + response(3) + response(4))
    assert numbers(found)[0] == "1"
    if wrong < 10**7:  # a length beyond any page is believed, so as not to hold the file
        assert numbers(found)[-2:] == ["3", "4"]


def test_encodings_of_the_transfer_are_undone() -> None:
    chunks = (
        b"".join(f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in (page(1)[:50], page(1)[50:])) + b"0\r\n\r\n"
    )
    data = (
        response(1, headers="Transfer-Encoding: chunked\r\n", body=chunks)
        + response(2, headers="Content-Encoding: gzip\r\n", body=gzip.compress(page(2)))
        + response(3, headers="Content-Encoding: gzip\r\n")  # already undone by the crawler
        + response(4, headers="Content-Encoding: deflate\r\n", body=zlib.compress(page(4)))
    )
    assert numbers(read(data)) == ["1", "2", "3", "4"]


def test_redirects_and_pictures_are_no_rejects() -> None:
    picture = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"
    assert numbers(
        read(response(1, status="301 Moved") + record("response", "https://post.example/p", picture) + response(2))
    ) == ["2"]


def test_texts_of_a_conversion_file() -> None:
    (found,) = read(record("conversion", "https://post.example/7", STORY.format(7).encode(), content="text/plain"))
    assert isinstance(found, Article)
    assert found.text == STORY.format(7)


def test_a_cut_file_gives_what_is_whole() -> None:
    data = b"".join(gzip.compress(response(number)) for number in range(1, 6))
    assert numbers(read(data[:-30]))[:4] == ["1", "2", "3", "4"]
    assert numbers(read(data[:-30]))[4:] == ["cut off"]


def test_a_large_file_is_not_held() -> None:
    class Many(io.RawIOBase):
        left = 3000  # records of 20 kB: 60 MB
        part = b""

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: object) -> int:
            view = memoryview(buffer)  # type: ignore[arg-type]
            if not self.part and self.left:
                self.left -= 1
                self.part = record("metadata", "https://post.example/x", b"x" * 20_000)
            size = min(len(view), len(self.part))
            view[:size], self.part = self.part[:size], self.part[size:]
            return size

    def count(found: Iterator[object]) -> int:
        return sum(1 for _ in found)

    tracemalloc.start()
    assert count(records(io.BufferedReader(Many()))) == 3000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000
