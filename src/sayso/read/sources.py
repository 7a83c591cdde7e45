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
from collections.abc import Callable, Iterator
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
    """Look at the first bytes of a stream, undo gzip, and hand it to the reader that fits."""
    try:
        buffered = io.BufferedReader(cast(io.RawIOBase, _Raw(stream)), 1 << 16)
        head = buffered.peek(PEEK)[:PEEK]
        packed = head[:2] == b"\x1f\x8b"
        if packed:
            buffered = io.BufferedReader(cast(io.RawIOBase, _Raw(gzip.GzipFile(fileobj=buffered))), 1 << 16)
            head = buffered.peek(PEEK)[:PEEK]
    except (OSError, EOFError, zlib.error, ValueError) as cause:
        yield rejected(origin, "cut off", str(cause))
        return
    name = re.sub(r"(?i)\.gz$", "", re.sub(r"[?#].*$", "", url or origin))
    yield from _dispatch(cast(BinaryIO, buffered), head, _suffix(name), origin, config, charset, url)


def _dispatch(
    stream: BinaryIO, head: bytes, suffix: str, origin: str, config: Config, charset: str | None, url: str | None
) -> Items:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"WARC/"):
        yield from read_warc(stream, origin, config)
    elif suffix in (".jsonl", ".ndjson") or (start.startswith(b"{") and suffix != ".json"):
        yield from read_jsonl(stream, origin, config)
    else:
        whole: Callable[[bytes], Items]
        if suffix == ".json" or (start.startswith(b"[") and re.match(rb"\[\s*[{\]]", start)):
            whole = lambda data: _read_json(data, origin, config)  # noqa: E731
        elif FEED.search(start) and not re.search(rb"(?i)<html[\s>]", start[: FEED.search(start).start()]):  # type: ignore[union-attr]
            whole = lambda data: read_feed(data, origin, config, charset)  # noqa: E731
        elif suffix in (".htm", ".html", ".xhtml") or (start.startswith(b"<") and PAGE.search(start)):
            whole = lambda data: read_page(data, origin, config, charset, url)  # noqa: E731
        elif suffix in (".rss", ".atom", ".rdf") or (suffix == ".xml" and XML.match(start)) or XML.match(start):
            whole = lambda data: read_feed(data, origin, config, charset)  # noqa: E731
        else:
            whole = lambda data: read_plain(data, origin, config, Facts(url=url), charset)  # noqa: E731
        yield from _read_whole(stream, origin, config, whole)


def _read_whole(stream: BinaryIO, origin: str, config: Config, reader: Callable[[bytes], Items]) -> Items:
    """Read a stream to its end, within the limit, and give it to a reader of bytes."""
    try:
        data = stream.read(config.max_bytes + 1)
    except (OSError, EOFError, zlib.error, ValueError) as cause:
        yield rejected(origin, "cut off", str(cause))
        return
    if len(data) > config.max_bytes:
        yield rejected(origin, "too long", f"over {config.max_bytes} bytes; raise max_bytes to read it")
        return
    yield from reader(data)


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
    """Any stream with `read` as a raw one, so that it can be looked ahead into."""

    def __init__(self, stream: BinaryIO | gzip.GzipFile) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        data = self._stream.read(len(view))
        view[: len(data)] = data
        return len(data)
