"""What the user named, to the reader that fits: by content first, by name second."""

from __future__ import annotations

import glob
import gzip
import io
import os
import re
import stat
import sys
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO, cast

from sayso.config import Config
from sayso.errors import InputError
from sayso.model import Article, Rejected
from sayso.read.facts import Facts, rejected
from sayso.read.feeds import read_feed
from sayso.read.fetch import fetch
from sayso.read.jsonl import read_json, read_jsonl
from sayso.read.pages import read_page
from sayso.read.plain import read_plain
from sayso.read.warc import read_warc

Items = Iterator[Article | Rejected]

# What is read out of a folder. Other files are named as rejects, so that nobody believes they were read.
SUFFIXES = frozenset(".txt .text .htm .html .xhtml .xml .rss .atom .rdf .json .jsonl .ndjson .warc .wet .gz".split())
PEEK = 4096
BUFFER = 1 << 16
PIECE = 1 << 20
WEB = re.compile(r"(?i)https?://")
PAGE = re.compile(rb"(?i)<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<article[\s>]|<div[\s>]|<p[\s>]")
FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
XML = re.compile(rb"^\s*<\?xml|^\s*<!DOCTYPE", re.IGNORECASE)


def read_source(source: str, config: Config) -> Items:
    """Everything one source holds: a file, a folder, a pattern, "-" for standard input, or a web address."""
    if source == "-":
        yield from read_stream(sys.stdin.buffer, "-", config)
    elif WEB.match(source):
        yield from _read_address(source, config)
    elif "\x00" in source:
        yield rejected(source, "not found", "no such file or folder")
    elif os.path.isdir(source):
        yield from _read_folder(source, config, ())
    elif not os.path.lexists(source) and glob.has_magic(source):
        yield from _read_pattern(source, config)
    else:
        yield from _read_file(source, config)


def _read_address(url: str, config: Config) -> Items:
    try:
        answer = fetch(url, config)
    except InputError as cause:
        yield rejected(url, "not fetched", str(cause))
        return
    with closing(answer.content):
        yield from read_stream(cast(BinaryIO, answer.content), url, config, answer.charset, answer.url)


def _read_pattern(pattern: str, config: Config) -> Items:
    found = sorted(glob.glob(pattern, recursive=True))
    if not found:
        yield rejected(pattern, "not found", "no file matches the pattern")
    for name in found:
        yield from read_source(name, config)


def _read_folder(folder: str, config: Config, above: tuple[tuple[int, int], ...]) -> Items:
    """All files below a folder in the order of their names; a link back to a folder above is named and left."""
    try:
        here = os.stat(folder)
        names = sorted(os.listdir(folder))
    except OSError as cause:
        yield rejected(folder, "not readable", cause.strerror or str(cause))
        return
    key = (here.st_dev, here.st_ino)
    if key in above:
        yield rejected(folder, "folder loop", "the link leads to a folder above it")
        return
    for name in names:
        path = os.path.join(folder, name)
        if name.startswith("."):
            continue
        if os.path.isdir(path):
            yield from _read_folder(path, config, (*above, key))
        elif _suffix(name) in SUFFIXES or "." not in name:
            yield from _read_file(path, config)
        else:
            yield rejected(path, "unknown kind", "name the file itself to have it read as text")


def _read_file(path: str, config: Config) -> Items:
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISSOCK(mode) or stat.S_ISBLK(mode):
            yield rejected(path, "unknown kind", "neither a file nor a stream")
            return
        stream = open(path, "rb")  # noqa: SIM115 - closed below, after the readers are done
    except FileNotFoundError:
        yield rejected(path, "not found", "no such file or folder")
        return
    except (OSError, ValueError) as cause:
        yield rejected(path, "not readable", getattr(cause, "strerror", None) or str(cause))
        return
    with stream:
        yield from read_stream(stream, path, config)


def read_stream(
    stream: BinaryIO, origin: str, config: Config, charset: str | None = None, url: str | None = None
) -> Items:
    """Look at the first bytes of a stream, undo gzip, and hand it to the reader that fits.

    Where the stream breaks off, what came whole before it is read, and the rest is one reject.
    """
    raw = _Raw(stream)
    buffered = io.BufferedReader(cast(io.RawIOBase, raw), BUFFER)
    head = buffered.peek(PEEK)[:PEEK]
    if head[:2] == b"\x1f\x8b":
        raw = _Raw(gzip.GzipFile(fileobj=buffered), raw)
        buffered = io.BufferedReader(cast(io.RawIOBase, raw), BUFFER)
        head = buffered.peek(PEEK)[:PEEK]
    name = re.sub(r"(?i)\.gz$", "", re.sub(r"[?#].*$", "", url or origin))
    held: Article | Rejected | None = None
    if head or not raw.broken:
        for item in _dispatch(buffered, raw, head, _suffix(name), origin, config, charset, url):
            if held:
                yield held
            held = item
    if raw.broken:
        held = held if isinstance(held, Article) else None  # a cut line or record is the same trouble again
    if held:
        yield held
    if raw.broken:
        yield rejected(origin, "cut off", raw.broken)


def _dispatch(
    stream: BinaryIO,
    raw: _Raw,
    head: bytes,
    suffix: str,
    origin: str,
    config: Config,
    charset: str | None,
    url: str | None,
) -> Items:
    """Lines and records are read as they come; everything else is read whole first, up to its limit."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"WARC/"):
        yield from read_warc(stream, origin, config)
        return
    if suffix in (".jsonl", ".ndjson") or (start.startswith(b"{") and suffix != ".json"):
        yield from read_jsonl(stream, origin, config)
        return
    kind = kind_of(start, suffix)
    limit = min(config.max_bytes, 4 * config.max_chars + 4) if kind == "text" else config.max_bytes
    data = _read_whole(stream, limit)
    if raw.broken:
        return
    if data is None:
        yield rejected(origin, "too long", f"over {limit} bytes; raise max_chars or max_bytes to read it")
    elif kind == "json":
        yield from _read_json(data, origin, config)
    elif kind == "feed":
        yield from read_feed(data, origin, config, charset)
    elif kind == "page":
        yield from read_page(data, origin, config, charset, url)
    else:
        yield from read_plain(data, origin, config, Facts(url=url), charset)


def kind_of(start: bytes, suffix: str) -> str:
    """What a file is by its first bytes, and by its suffix where they leave it open."""
    feed = FEED.search(start)
    if suffix == ".json" or re.match(rb"\[\s*[{\]]", start):
        return "json"
    if feed and not re.search(rb"(?i)<html[\s>]", start[: feed.start()]):
        return "feed"
    if suffix in (".htm", ".html", ".xhtml") or (start.startswith(b"<") and PAGE.search(start)):
        return "page"
    if suffix in (".rss", ".atom", ".rdf") or XML.match(start):
        return "feed"
    return "text"


def _read_whole(stream: BinaryIO, limit: int) -> bytes | None:
    """A stream to its end, piece by piece; None if it is longer than the limit."""
    parts: list[bytes] = []
    size = 0
    while part := stream.read(PIECE):
        size += len(part)
        if size > limit:
            return None
        parts.append(part)
    return b"".join(parts)


def _read_json(data: bytes, origin: str, config: Config) -> Items:
    """A JSON file; JSON lines under the name of one are read as lines."""
    lines = data.strip().split(b"\n", 1)
    if len(lines) == 2 and lines[0].rstrip().endswith(b"}") and lines[1].lstrip().startswith(b"{"):
        yield from read_jsonl(io.BytesIO(data), origin, config)
    else:
        yield from read_json(data, origin, config)


def _suffix(name: str) -> str:
    return Path(name).suffix.lower()


class _Raw(io.RawIOBase):
    """Any stream as a raw one that can be looked ahead into; a failure ends it and is kept in `broken`.

    If it raised instead, the buffer above would lose what it had already taken.
    """

    def __init__(self, stream: BinaryIO | gzip.GzipFile, below: _Raw | None = None) -> None:
        self._read = getattr(stream, "read1", stream.read)
        self._below = below
        self._problem = ""

    @property
    def broken(self) -> str:
        """Why the stream ended early; empty if it did not."""
        return self._problem or (self._below.broken if self._below else "")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        try:
            data = self._read(min(len(view), PIECE)) if not self._problem else b""
        except (OSError, EOFError, zlib.error, ValueError) as cause:
            self._problem = str(cause) or type(cause).__name__
            return 0
        view[: len(data)] = data
        return len(data)
