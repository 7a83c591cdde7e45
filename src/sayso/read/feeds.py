"""RSS and Atom, from bytes: an item is an article, and its `<source>` element is kept as evidence of its origin."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from sayso.config import Config
from sayso.model import Article, Rejected
from sayso.read.agencies import credited, same_name
from sayso.read.body import fragment_text
from sayso.read.dates import read_date
from sayso.read.decode import declared_charset, decode
from sayso.read.facts import Facts, make_article, one_line, rejected, too_long
from sayso.read.heads import split_byline

LARGEST = 50_000_000  # bytes


def read_feed(data: bytes, origin: str, config: Config, charset: str | None = None) -> Iterator[Article | Rejected]:
    """Every item of a feed as an article; nothing that the feed points at is fetched."""
    if len(data) > min(config.max_bytes, LARGEST):
        yield too_long(origin, config)
        return
    text = decode(data, charset or declared_charset(data[:200]))
    if text is None:
        yield rejected(origin, "not text")
        return
    if "<!ENTITY" in text:  # no feed needs its own entities, and they can be made to grow without end
        yield rejected(origin, "entities in XML", "a feed that defines entities of its own is not read")
        return
    feed = _parse(text)
    if feed is None or not (feed.get("version") or feed.entries):
        yield rejected(origin, "not a feed", "neither RSS nor Atom")
        return
    if not feed.entries:
        yield rejected(origin, "empty", "the feed has no items")
    around = _feed_facts(feed)
    gathered = _gathers(feed.entries)
    for number, entry in enumerate(feed.entries, 1):
        yield _item(entry, around, gathered, f"{origin}#{number}", config)


def _parse(text: str) -> Any:
    import feedparser  # slow to import, and only feeds need it

    headers = {"content-type": "application/xml; charset=utf-8"}
    data = text.encode("utf-8", "replace")
    try:
        return feedparser.parse(
            io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception:  # the library's parsers raise what they like on broken markup; such a file is no feed
        return None


def _feed_facts(feed: Any) -> Facts:
    title = one_line(_string(feed.feed.get("title")))
    publisher = one_line(_string(feed.feed.get("publisher")))
    return Facts(outlet=_outlet(title) or publisher, hint=_string(feed.feed.get("language")))


def _outlet(title: str | None) -> str | None:
    """The outlet in a feed's title: what stands before the section ("The Example - World")."""
    if not title:
        return None
    for separator in (" | ", " - ", " – ", " — ", " » ", " :: ", ": "):
        if separator in title:
            return title.split(separator)[0].strip() or None
    return title


def _gathers(entries: list[Any]) -> bool:
    """Whether the feed collects other outlets' items, so that `<source>` names the outlet and not a supplier."""
    named = sum(bool(_source(entry)) for entry in entries)
    return len(entries) >= 3 and named >= 0.8 * len(entries)


def _source(entry: Any) -> str | None:
    source = entry.get("source")
    return one_line(_string(source.get("title"))) if isinstance(source, dict) else None


def _item(entry: Any, around: Facts, gathered: bool, origin: str, config: Config) -> Article | Rejected:
    title = one_line(fragment_text(_string(entry.get("title")) or ""))
    body = fragment_text(_content(entry))
    source = _source(entry)
    byline, agencies = split_byline(_string(entry.get("author")) or "")
    author = one_line(_string(entry.get("author")))
    suppliers = credited(source) if source and not gathered else ()
    if author and not byline and not agencies and not (around.outlet and same_name(author, around.outlet)):
        byline = (author,)
    if title and body.startswith(title):
        body = body[len(title) :].lstrip("\n ")
    facts = Facts(
        url=_string(entry.get("link")),
        outlet=source if gathered and source else None,
        title=title,
        byline=byline,
        credits=(*suppliers, *agencies),
        published=read_date(_string(entry.get("published"))) or read_date(_string(entry.get("date"))),
    )
    if not title and not body:
        return rejected(origin, "no text", "the item has neither title nor content")
    return make_article(body, facts.over(around), origin, config)


def _content(entry: Any) -> str:
    """The longest of the item's contents; its summary where there is none."""
    contents = [_string(part.get("value")) or "" for part in entry.get("content") or () if isinstance(part, dict)]
    return max(contents, key=len, default="") or _string(entry.get("summary")) or ""


def _string(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
