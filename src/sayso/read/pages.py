"""Saved or fetched web pages: the tree is built once, then asked for metadata and body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import lxml.etree
import lxml.html

from sayso.config import Config
from sayso.model import Article, Rejected
from sayso.read.body import Body, Element, find_body, fragment_text
from sayso.read.decode import declared_charset, decode
from sayso.read.facts import Facts, make_article, rejected, too_long
from sayso.read.heads import split_byline
from sayso.read.page_facts import linked_data, page_facts

LARGEST = 30_000_000  # bytes; a tree takes many times the memory of its page
SHORTEST = 250  # characters of a body that the quick way may call whole
SCRAP = 80  # characters; less, where the quick way found nothing, is a label or a notice
SHARE = 0.5  # of the page's running text; below it the quick way may have missed half of the article
RUNAWAY = 2.5  # times the quick text: then the thorough way has taken the neighbours along


def read_page(
    data: bytes, origin: str, config: Config, charset: str | None = None, url: str | None = None
) -> Iterator[Article | Rejected]:
    """One article from the bytes of a web page; `url` is where it was fetched from, if it was."""
    if len(data) > min(config.max_bytes, LARGEST):
        yield too_long(origin, config)
        return
    tree = build_tree(data, charset)
    if tree is None:
        yield rejected(origin, "not a page", "no markup could be read")
        return
    records = linked_data(tree)
    facts = page_facts(tree, records).over(Facts(url=url))
    body, beside = page_body(tree, records, facts.title)
    body, byline = without_byline(body)
    facts = facts.over(Facts(byline=byline))
    if not body:
        yield rejected(origin, "no body", "the page holds no running text")
        return
    yield make_article(body, facts, origin, config, beside)


def build_tree(data: bytes, charset: str | None = None) -> Element | None:
    """The page as a tree; no entity of its own is expanded, nothing is fetched. None if there is nothing in it."""
    text = decode(data, charset or declared_charset(data))
    if text is None or "<" not in text:
        return None
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None
    return tree


def page_body(tree: Element, records: list[dict[str, Any]], title: str | None) -> tuple[str, str]:
    """The body's text and the short texts around it: the quick way first, the thorough one if that finds too little."""
    quick = find_body(tree)
    text = without_title(quick, title)
    if len(text) >= SHORTEST and quick.share >= SHARE:
        return text, quick.beside
    given = next(
        (fragment_text(found) for record in records if isinstance(found := record.get("articleBody"), str)), ""
    )
    if len(text) < SHORTEST and len(given) > 2 * max(SHORTEST, len(text)):
        return given, quick.beside
    thorough = thorough_body(tree) if quick.seen >= SHORTEST else ""
    if not text and len(thorough) < SCRAP:
        return "", quick.beside
    if len(thorough) > len(text) and (len(text) < SHORTEST or len(thorough) < RUNAWAY * len(text)):
        return thorough, quick.beside
    return text, quick.beside


def without_title(body: Body, title: str | None) -> str:
    """The body's paragraphs without a first one that repeats the title."""
    paragraphs = list(body.paragraphs)
    if title and paragraphs and paragraphs[0].casefold() == title.casefold():
        paragraphs = paragraphs[1:]
    return "\n\n".join(paragraphs)


def without_byline(body: str) -> tuple[str, tuple[str, ...]]:
    """The body without a byline among its first paragraphs, and the names in that."""
    for paragraph in body.split("\n\n", 2)[:2]:
        if len(paragraph) < 100 and paragraph[:3].lower() == "by ":
            persons, agencies = split_byline(paragraph)
            if persons or agencies:
                return body.replace(paragraph, "", 1).replace("\n\n\n\n", "\n\n", 1).strip("\n"), (*persons, *agencies)
    return body, ()


def thorough_body(tree: Element) -> str:
    """The body by trafilatura's rules, over the tree we have; paragraphs parted by blank lines."""
    import trafilatura  # slow to import, and few pages need it

    try:
        found = trafilatura.extract(tree, include_comments=False, include_tables=True, deduplicate=False, fast=True)
    except (lxml.etree.LxmlError, ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return ""  # a page it cannot take is a page with what the quick way found
    return "\n\n".join(line for line in (found or "").split("\n") if line.strip())
