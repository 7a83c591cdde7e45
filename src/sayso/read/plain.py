"""Plain text, one article a file."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.config import Config
from sayso.model import Article, Rejected
from sayso.read.decode import decode
from sayso.read.facts import Facts, make_article, rejected, too_long


def read_plain(
    data: bytes, origin: str, config: Config, facts: Facts | None = None, charset: str | None = None
) -> Iterator[Article | Rejected]:
    """One article from the bytes of a text file: decoded, without mark, line ends made one; else untouched."""
    if len(data) > 4 * config.max_chars + 4:  # no encoding needs more than four bytes a character
        yield too_long(origin, config)
        return
    if not data.strip(b" \t\r\n\x0b\x0c\xef\xbb\xbf"):
        yield rejected(origin, "empty")
        return
    text = decode(data, charset)
    if text is None:
        yield rejected(origin, "not text", "the bytes are in no encoding of text")
        return
    yield make_article(text.replace("\r\n", "\n").replace("\r", "\n"), facts or Facts(), origin, config)
