"""WARC files as crawls leave them: pages out of response records, texts out of conversion records.

Records are framed here rather than by a library, because files with wrong lengths must cost one record and not the
rest of the file. One record is held in memory at a time, and large ones are passed over unread.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from sayso.config import Config
from sayso.model import Article, Rejected
from sayso.read.decode import declared_charset
from sayso.read.facts import Facts, rejected
from sayso.read.pages import read_page
from sayso.read.plain import read_plain

LARGEST = 10_000_000  # bytes of a record; pages of news are a hundredth of that
MARK = b"WARC/"
HEADER_LINES = 200
CHUNK = 1 << 16


@dataclass(slots=True)
class _Tape:
    """A stream that can be put back."""

    stream: BinaryIO
    held: bytes = b""

    def readline(self) -> bytes:
        line = b""
        if self.held:
            end = self.held.find(b"\n") + 1
            line, self.held = (self.held[:end], self.held[end:]) if end else (self.held, b"")
            if end:
                return line
        return line + self.stream.readline(CHUNK)

    def read(self, size: int) -> bytes:
        taken, self.held = self.held[:size], self.held[size:]
        parts = [taken]
        missing = size - len(taken)
        while missing > 0:
            part = self.stream.read(min(missing, CHUNK))
            if not part:
                break
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)

    def skip(self, size: int) -> None:
        while size > 0:
            part = self.read(min(size, CHUNK))
            if not part:
                return
            size -= len(part)

    def put_back(self, data: bytes) -> None:
        self.held = data + self.held


@dataclass(slots=True)
class Record:
    """One record: its headers in small letters, and its block; `problem` says why there is no sound block."""

    headers: dict[str, str] = field(default_factory=dict)
    block: bytes = b""
    problem: str = ""


def read_warc(stream: BinaryIO, origin: str, config: Config) -> Iterator[Article | Rejected]:
    """The articles of a WARC or WET file, record by record; a record that cannot be used is one reject."""
    for number, record in enumerate(records(stream), 1):
        yield from _read_record(record, f"{origin}#{number}", config)


def records(stream: BinaryIO) -> Iterator[Record]:
    """The records of a file in order; after a wrong length it goes on at the next record."""
    tape = _Tape(stream)
    while True:
        line = tape.readline()
        if not line:
            return
        if not line.startswith(MARK):
            continue
        headers = _headers(tape)
        yield _block(tape, headers)


def _headers(tape: _Tape) -> dict[str, str]:
    headers: dict[str, str] = {}
    for _ in range(HEADER_LINES):
        line = tape.readline()
        if not line.strip():
            break
        name, colon, value = line.decode("utf-8", "replace").partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    return headers


def _block(tape: _Tape, headers: dict[str, str]) -> Record:
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 16):
        return Record(headers, problem="no length")
    size = int(length)
    wanted = headers.get("warc-type", "").lower() in ("response", "conversion", "resource")
    if size > LARGEST or not wanted:
        tape.skip(size)
        return Record(headers, problem="too long" if wanted else "")
    block = tape.read(size)
    at = _next_record(block)
    if at is not None:  # the length was too great: the next record lies inside this one
        tape.put_back(block[at:])
        return Record(headers, problem="wrong length")
    if len(block) < size:
        return Record(headers, problem="cut off")
    behind = tape.read(4)
    tape.put_back(behind.lstrip(b"\r\n") if not behind.strip(b"\r\n") else behind)
    if behind and not behind.startswith((b"\r\n", b"\n", MARK[:4])):
        return Record(headers, problem="wrong length")
    return Record(headers, block)


def _next_record(block: bytes) -> int | None:
    """Where another record begins inside a block: its first line behind an empty one, with a type in its headers."""
    at = block.find(b"\r\n\r\n" + MARK)
    while at >= 0:
        if b"WARC-Type" in block[at + 4 : at + 600]:
            return at + 4
        at = block.find(b"\r\n\r\n" + MARK, at + 4)
    return None


def _read_record(record: Record, origin: str, config: Config) -> Iterator[Article | Rejected]:
    kind = record.headers.get("warc-type", "").lower()
    url = record.headers.get("warc-target-uri", "").strip("<>") or None
    named = f"{origin} {url}" if url else origin
    if record.problem:
        yield rejected(named, record.problem, "record passed over")
    elif kind == "conversion":
        yield from read_plain(record.block, named, config, Facts(url=url))
    elif kind == "response":
        yield from _read_response(record.block, url, named, config)
    elif kind == "resource" and "html" in record.headers.get("content-type", ""):
        yield from read_page(record.block, named, config, url=url)


def _read_response(block: bytes, url: str | None, origin: str, config: Config) -> Iterator[Article | Rejected]:
    head, gap, body = block.partition(b"\r\n\r\n")
    if not gap:
        head, gap, body = block.partition(b"\n\n")
    status, headers = http_head(head)
    if status is not None and status != 200:
        return  # redirects and errors are part of every crawl, not of the news
    kind = headers.get("content-type", "").lower()
    if kind and "html" not in kind and not kind.startswith("text/plain"):
        return
    content = http_body(body, headers)
    if content is None:
        yield rejected(origin, "not decoded", headers.get("content-encoding", ""))
        return
    charset = declared_charset(kind.encode("ascii", "ignore"))
    if kind.startswith("text/plain"):
        yield from read_plain(content, origin, config, Facts(url=url), charset)
    else:
        yield from read_page(content, origin, config, charset, url)


def http_head(head: bytes) -> tuple[int | None, dict[str, str]]:
    """Status and headers of a stored response."""
    first, *lines = head.decode("latin-1").replace("\r\n", "\n").split("\n")
    words = first.split()
    status = (
        int(words[1]) if len(words) > 1 and words[1].isascii() and words[1].isdigit() and len(words[1]) == 3 else None
    )
    headers = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    return status, headers


def http_body(body: bytes, headers: Mapping[str, str]) -> bytes | None:
    """The payload without its transfer and content encodings; None if they cannot be undone.

    Crawlers often store the payload decoded and keep the headers, so a payload that is none of what its header says
    is taken as it is.
    """
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    encoding = headers.get("content-encoding", "").lower()
    if encoding in ("gzip", "x-gzip", "deflate") and body[:2] in (b"\x1f\x8b", b"\x78\x9c", b"\x78\x01", b"\x78\xda"):
        try:
            return zlib.decompressobj(47).decompress(body, LARGEST)
        except zlib.error:
            return None
    if encoding == "br" and b"<" not in body[:1000]:
        return None
    return body


def _unchunked(body: bytes) -> bytes:
    parts: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\r\n", at, at + 30)
        size = body[at:end].split(b";")[0].strip() if end >= 0 else b""
        try:
            count = int(size, 16)
        except ValueError:
            return b"".join(parts) if parts else body
        if count <= 0:
            return b"".join(parts) if parts else body
        parts.append(body[end + 2 : end + 2 + count])
        at = end + 2 + count + 2
