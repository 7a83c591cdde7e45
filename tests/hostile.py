"""Every kind of bad input, as files: what each is, and what has to come of it."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

GOOD = """Dockers block harbour in Batumi over wages

BATUMI, 4 March 2021 (Invented News) - Dockers blocked the harbour of Batumi on Thursday, the port authority said.
Two people were injured when guards pushed the crowd back, a doctor at the city hospital told Invented News.
"""
SENTENCE = "Police detained four men in Batumi on Thursday, the interior ministry said. "


@dataclass(frozen=True, slots=True)
class Trap:
    """A bad file; `reason` is that of its reject, or None where it is a harmless article."""

    name: str
    data: bytes
    reason: str | None
    good: int = 0  # sound articles beside the bad one in the same file


def _warc(*records: tuple[int, bytes]) -> bytes:
    """Records with the length each claims to have."""
    return b"".join(
        b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: http://news.invalid/%d\r\n" % number
        + b"Content-Length: %d\r\n\r\n" % (len(text) + wrong)
        + text
        + b"\r\n\r\n"
        for number, (wrong, text) in enumerate(records)
    )


def _bomb() -> bytes:
    tenfold = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "boom">{tenfold}]>'
    body = "<channel><title>&a11;</title><item><title>&a11;</title></item></channel>"
    return f"{head}<rss version='2.0'>{body}</rss>".encode()


def _jsonl(*records: object) -> bytes:
    """Records a line each; a string stands for itself, broken as it is."""
    return "".join((item if isinstance(item, str) else json.dumps(item)) + "\n" for item in records).encode()


def _far_dates() -> bytes:
    dated = dict.fromkeys(("published", "date", "updated", "date_publish"), "9999-12-31T23:59:59Z")
    return _jsonl({**dated, "text": SENTENCE}, {"published": 253402300799, "text": SENTENCE + "Twice."})


FAR = "BATUMI, 31 December 9999 (Invented News) - A curfew began on 31 December 9999, police said. It ends in a week."
FAR_PAGE = (
    "<html><head><title>Far</title><meta property='article:published_time' content='9999-12-31T23:59:59+00:00'>"
    f"<meta name='date' content='99999-99-99'></head><body><article><p>{SENTENCE * 5}</p></article></body></html>"
)


FIRST, LAST = {"text": "First. " + SENTENCE}, {"text": "Last. " + SENTENCE}


def traps() -> list[Trap]:
    """All of them."""
    millions = SENTENCE.encode() * (50_000_000 // len(SENTENCE))
    wrong = _warc((0, GOOD.encode()), (900, GOOD.encode()), (0, SENTENCE.encode()))
    overrides = "\u202e" + SENTENCE[::-1] + "\u202c\u2066" + SENTENCE + "\u2069 \u200f" * 20
    return [
        Trap("empty.txt", b"", "empty"),
        Trap("blank.txt", b" \n\t\n" * 500, "empty"),
        Trap("binary.txt", bytes(range(256)) * 400, "not text"),
        Trap("zeros.txt", b"\x00" * 10_000, "not text"),
        Trap("half-utf8.txt", (SENTENCE + "Ж").encode()[:-1], None),
        Trap("one-line.txt", millions, "too long"),
        Trap("one-line.jsonl", b'{"text": "' + millions + b'"}', "too long"),
        Trap("no-body.html", b"<html><head><title>Nothing below</title></head></html>", "no body"),
        Trap("cut.txt.gz", gzip.compress(os.urandom(500).hex().encode() + GOOD.encode())[:-40], "cut off"),
        Trap("wrong-length.warc", wrong, "wrong length", 2),
        Trap("bomb.rss", _bomb(), "entities in XML"),
        Trap("broken.jsonl", _jsonl(FIRST, '{"text": "bro', LAST), "broken JSON", 2),
        Trap("far-dates.txt", FAR.encode(), None),
        Trap("far-dates.jsonl", _far_dates(), None, 1),
        Trap("far-dates.html", FAR_PAGE.encode(), None),
        Trap("long-title.jsonl", _jsonl({"title": "Harbour blocked " * 65_000, "text": SENTENCE}), None),
        Trap("long-title.html", b"<title>" + b"Harbour " * 130_000 + b"</title><p>" + SENTENCE.encode() * 5, None),
        Trap("overrides.txt", overrides.encode(), None),
        Trap("nuls.txt", SENTENCE.replace("four", "fo\x00ur").encode() * 2, None),
        Trap("nuls.jsonl", _jsonl({"text": SENTENCE + "\x00 said.", "title": "A\x00B", "outlet": "\x00"}), None),
        Trap("surrogates.jsonl", rb'{"text": "\ud800 said the mayor of Batumi on Thursday. \udfff"}', None),
        Trap("nested.html", b"<html><body>" + b"<div>" * 10_000 + b"<p>" + SENTENCE.encode() * 5, "no body"),
        Trap("nested.json", b'{"text":' + b"[" * 10_000, "broken JSON"),
        Trap("nested-quotes.txt", ("“" * 10_000 + SENTENCE + "”" * 10_000).encode(), None),
        Trap("quote-marks.txt", ('" ' * 10_000 + SENTENCE).encode(), None),
        Trap("said-quotes.txt", ('"Yes," he said, ' * 3_000).encode(), None),
        Trap("brackets.txt", ("(" * 10_000 + SENTENCE + "[{" * 5_000).encode(), None),
        Trap("punctuation.txt", b"?!... --- !!! ;;; ((( " * 2_000, "empty"),
        Trap("digits.txt", b"1234567890 " * 2_000, None),
        Trap("digit-run.txt", b"7" * 100_000, None),
        Trap("long-word.txt", b"a" * 200_000, None),
        Trap("long-capitals.txt", b"A" * 200_000, None),
        Trap("short-lines.txt", b"killed\n" * 5_000, None),
        Trap("short-names.txt", b"Batumi\n" * 5_000, None),
        Trap("dots.txt", ("U.S. " * 20_000).encode(), None),
        Trap("dashes.txt", ("BATUMI - " * 5_000).encode(), None),
        Trap("numbers.txt", ("twenty-one hundred and " * 5_000).encode(), None),
        Trap("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "unknown kind"),
    ]  # fmt: skip


def plant(folder: Path, keep: Callable[[Trap], bool] = lambda trap: True) -> list[Trap]:
    """Write the traps between two sound articles, with a folder that leads back to itself."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "0-first.txt").write_text(GOOD)
    (folder / "zz-last.txt").write_text(GOOD.replace("Batumi", "Poti"))
    chosen = [trap for trap in traps() if keep(trap)]
    for trap in chosen:
        (folder / trap.name).write_bytes(trap.data)
    (folder / "loop").mkdir(exist_ok=True)
    if not (folder / "loop" / "back").is_symlink():
        (folder / "loop" / "back").symlink_to(folder, target_is_directory=True)
    return chosen
