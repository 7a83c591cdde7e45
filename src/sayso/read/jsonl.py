"""JSON lines, one article a line, under the field names that common crawlers and archives use."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from sayso.config import Config
from sayso.model import Article, Rejected
from sayso.read.agencies import credited
from sayso.read.body import fragment_text
from sayso.read.dates import read_date
from sayso.read.decode import decode
from sayso.read.facts import Facts, host_of, make_article, rejected, too_long

# The first field that is there and not empty counts.
TEXT = ("text", "maintext", "body", "content", "content_text", "raw_text", "event_text", "articleBody", "article")
URL = ("url", "link", "source_url", "external_url")
TITLE = ("title", "headline", "title_page", "title_rss")
OUTLET = ("outlet", "publisher", "media_name", "publication", "source_name", "site_name", "sitename", "source")
HOST = ("source_domain", "hostname", "domain", "source-hostname", "media_url")
PUBLISHED = (
    "published", "date_publish", "date_published", "published_at", "publish_date", "pub_date", "publication_date",
    "dateTimePub", "datePublished", "pubDate", "date", "dateTime", "seendate",
)  # fmt: skip
BYLINE = ("byline", "authors", "author", "creator")
CREDITS = ("credits", "credit", "agencies", "agency", "creditline")
LANG = ("lang", "language", "inLanguage")


def read_jsonl(stream: BinaryIO, origin: str, config: Config) -> Iterator[Article | Rejected]:
    """Articles line by line; a broken line is one reject with its number and the next lines go on."""
    limit = 6 * config.max_chars + 100_000  # an escaped character takes six bytes
    number = 0
    while line := stream.readline(limit):
        number += 1
        if len(line) >= limit and not line.endswith(b"\n"):
            yield too_long(f"{origin}:{number}", config)
            _skip_line(stream, limit)
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield from read_line(line, f"{origin}:{number}", config)


def read_json(data: bytes, origin: str, config: Config) -> Iterator[Article | Rejected]:
    """A whole JSON file: one record, or a list of records (also under "articles", "items" or "results")."""
    text = decode(data)
    try:
        value = json.loads(text) if text is not None else None
    except (ValueError, RecursionError) as cause:
        yield rejected(origin, "broken JSON", str(cause))
        return
    listed = value if isinstance(value, list) else _listed(value)
    if listed is not None:
        for number, record in enumerate(listed, 1):
            yield read_record(record, f"{origin}#{number}", config)
    else:
        yield read_record(value, origin, config)


def read_line(line: bytes, origin: str, config: Config) -> Iterator[Article | Rejected]:
    """One line of JSON: a record, or a list of records as a JSON Feed has it."""
    text = decode(line)
    if text is None:
        yield rejected(origin, "not text")
        return
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as cause:
        yield rejected(origin, "broken JSON", str(cause))
        return
    listed = _listed(value)
    if listed is None:
        yield read_record(value, origin, config)
        return
    for number, record in enumerate(listed, 1):
        yield read_record(record, f"{origin}#{number}", config)


def _listed(value: object) -> list[Any] | None:
    """The records in an object that holds a list of them under a usual name."""
    if not isinstance(value, dict) or _string(value, TEXT):
        return None
    return next((found for key in ("articles", "items", "results") if isinstance(found := value.get(key), list)), None)


def read_record(value: object, origin: str, config: Config) -> Article | Rejected:
    """One record to an article; its text stays as it is, character for character."""
    if not isinstance(value, dict):
        return rejected(origin, "not a record", "a JSON object with a text is needed")
    body = _string(value, TEXT) or fragment_text(_string(value, ("content_html",)) or "") or None
    facts = record_facts(value)
    if body is None and facts.title is None:
        return rejected(origin, "no text", "none of: " + ", ".join(TEXT[:5]))
    return make_article(body or "", facts, origin, config)


def record_facts(value: Mapping[str, Any]) -> Facts:
    """The metadata of one record."""
    url = _string(value, URL)
    given = value.get("id", value.get("guid", value.get("uri")))
    return Facts(
        url=url,
        outlet=_outlet(value) or _host(value),
        title=_string(value, TITLE),
        byline=tuple(_names(_first(value, BYLINE))),
        credits=tuple(name for words in _names(_first(value, CREDITS)) for name in credited(words)),
        published=next((found for name in PUBLISHED if (found := read_date(value.get(name)))), None),
        lang=_string(value, LANG),
        id=str(given).strip()[:200] if isinstance(given, str | int) and not isinstance(given, bool) else "",
    )


def _skip_line(stream: BinaryIO, limit: int) -> None:
    while (rest := stream.readline(limit)) and not rest.endswith(b"\n"):
        pass


def _first(value: Mapping[str, Any], names: Iterable[str]) -> Any:
    return next((value[name] for name in names if value.get(name)), None)


def _string(value: Mapping[str, Any], names: Iterable[str]) -> str | None:
    return next((found for name in names if isinstance(found := value.get(name), str) and found.strip()), None)


def _outlet(value: Mapping[str, Any]) -> str | None:
    """A name, or the name in an object such as {"title": "The Example", "uri": "example.org"}."""
    for name in OUTLET:
        found = value.get(name)
        if isinstance(found, dict):
            found = found.get("name") or found.get("title") or found.get("uri")
        if isinstance(found, str) and found.strip():
            if "/" in found:
                host = host_of(found)
                if host:
                    return host
            return found.strip()[:200]
    return None


def _host(value: Mapping[str, Any]) -> str | None:
    name = _string(value, HOST)
    return (host_of(name) if name and "/" in name else re.sub(r"^www\.", "", name.strip())) if name else None


def _names(value: Any) -> Iterator[str]:
    """Names in a string ("A, B and C"), a list of strings, or a list of objects with a name."""
    if isinstance(value, str):
        for part in re.split(r"\s*[;|]\s*|\s*,\s*|\s+and\s+", re.sub(r"(?i)^\s*by\s+", "", value)):
            if part.strip():
                yield part.strip()[:200]
    elif isinstance(value, dict):
        yield from _names(value.get("name"))
    elif isinstance(value, list):
        for item in value[:50]:
            if isinstance(item, str):
                if item.strip():
                    yield item.strip()[:200]
            else:
                yield from _names(item)
