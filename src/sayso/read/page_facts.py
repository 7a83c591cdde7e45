"""What a page's markup says of its article: JSON-LD, meta names, elements with a known role."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sayso.read.agencies import credited, is_agency, is_name, known_agency
from sayso.read.body import Element
from sayso.read.dates import read_date
from sayso.read.facts import Facts, host_of, one_line
from sayso.read.heads import split_byline

KINDS = re.compile(r"(?i)(?:article|posting|report|review)$")
PUBLISHED_NAMES = (
    "article:published_time", "og:published_time", "og:article:published_time", "parsely-pub-date", "datepublished",
    "sailthru.date", "dc.date.issued", "dcterms.created", "dcterms.issued", "dc.date", "dcterms.date",
    "dc.date.created", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date",
    "article_date_original",
    "originalpublicationdate", "cxenseparse:recs:publishtime", "date", "article.published", "article:published",
    "displaydate",
)  # fmt: skip
TITLE_NAMES = (
    "og:title",
    "twitter:title",
    "parsely-title",
    "dc.title",
    "dcterms.title",
    "sailthru.title",
    "headline",
    "title",
)
AUTHOR_NAMES = (
    "author",
    "parsely-author",
    "dc.creator",
    "dcterms.creator",
    "article:author",
    "sailthru.author",
    "byl",
    "citation_author",
)
OUTLET_NAMES = (
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "application-name",
    "publisher",
    "twitter:site_name",
    "al:android:app_name",
)
ORIGIN_NAMES = ("syndication-source", "original-source")
LARGEST_RECORD = 2_000_000


def page_facts(tree: Element, records: list[dict[str, Any]]) -> Facts:
    """The facts of one page, the strongest statement of each first."""
    names = meta_names(tree)
    found = record_facts(records).over(meta_facts(names)).over(element_facts(tree))
    return replace(found, title=without_outlet(found.title, found.outlet))


def without_outlet(title: str | None, outlet: str | None) -> str | None:
    """A title without the outlet's name behind it ("Headline | The Example")."""
    if not title or not outlet:
        return title
    cut = re.sub(rf"\s*[|–—·:-]\s*{re.escape(outlet)}(?:\.\w+)?\s*$", "", title, flags=re.IGNORECASE)
    return cut if len(cut) > 5 else title


# --------------------------------------------------------------------------- JSON-LD


def linked_data(tree: Element) -> list[dict[str, Any]]:
    """Every JSON-LD record of the page that describes an article, with references to other records filled in."""
    everything: list[dict[str, Any]] = []
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        text = (script.text or "").strip().removeprefix("<![CDATA[").removesuffix("]]>")
        if not text or len(text) > LARGEST_RECORD:
            continue
        try:
            everything.extend(_flat(json.loads(text.strip().rstrip(";"), strict=False), 0))
        except (ValueError, RecursionError):
            continue
    by_id = {record["@id"]: record for record in everything if isinstance(record.get("@id"), str) and len(record) > 1}
    return [
        {key: _filled(value, by_id) for key, value in record.items()} for record in everything if _is_article(record)
    ]


def _flat(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(value, list) and depth < 5:
        for item in value[:200]:
            yield from _flat(item, depth + 1)
    elif isinstance(value, dict) and depth < 5:
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _flat(value.get(key), depth + 1)


def _is_article(record: dict[str, Any]) -> bool:
    kinds = record.get("@type")
    return any(isinstance(kind, str) and KINDS.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _filled(value: Any, by_id: dict[str, dict[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_filled(item, by_id) for item in value[:100]]
    if isinstance(value, dict) and isinstance(value.get("@id"), str) and "name" not in value:
        return by_id.get(value["@id"], value)
    return value


def record_facts(records: list[dict[str, Any]]) -> Facts:
    """The facts in JSON-LD; what the copy is based on and who is credited are credits."""
    facts = Facts()
    for record in records:
        outlet = next(iter(_names(record.get("publisher"))), None)
        byline, agencies = _authors(record.get("author") or record.get("creator"), outlet)
        sources = [
            *_names(record.get("isBasedOn")),
            *_names(record.get("sourceOrganization")),
            *_names(record.get("creditText")),
        ]
        facts = facts.over(
            Facts(
                url=_address(record.get("url")) or _address(record.get("mainEntityOfPage")),
                outlet=outlet,
                title=_text(record.get("headline")) or _text(record.get("name")),
                byline=byline,
                credits=(*agencies, *_credits(sources)),
                place=_text(record.get("dateline")) or next(iter(_names(record.get("locationCreated"))), None),
                published=read_date(record.get("datePublished")),
                hint=_text(record.get("inLanguage")),
            )
        )
    return replace(facts, place=re.split(r"[,(]|\s[—–-]", facts.place)[0].strip() or None) if facts.place else facts


def _authors(value: Any, outlet: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Persons and desks in the author field, and the organisations that it credits.

    An organisation that shares a word with the outlet is the outlet or one of its desks.
    """
    authors = value if isinstance(value, list) else [value]
    bodies = [author for author in authors if isinstance(author, dict) and "Organization" in str(author.get("@type"))]
    byline, agencies = _people(_names([author for author in authors if author not in bodies]))
    own = set((outlet or "").casefold().split()) - {"the", "news"}
    names = [name for words in _names(bodies) for name in credited(words)]
    others = [name for name in names if is_agency(name) or not own & set(name.casefold().split())]
    desks = [name for name in names if name not in others and len(bodies) == len(authors) and name != outlet]
    return tuple(dict.fromkeys((*byline, *desks))), tuple(dict.fromkeys((*agencies, *others)))


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = next(iter(value), None)
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    return one_line(_unescaped(value)) if isinstance(value, str) else None


def _unescaped(value: str) -> str:
    return html.unescape(value) if "&" in value else value


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value.strip():
            yield _unescaped(value.strip())[:200]
    elif isinstance(value, dict):
        yield from _names(value.get("name") or value.get("url") or value.get("@id"))
    elif isinstance(value, list):
        for item in value[:50]:
            yield from _names(item)


def _address(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value.strip() if isinstance(value, str) and re.match(r"https?://", value.strip()) else None


def _people(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Persons and agencies among author names; addresses and empty words are neither."""
    persons: list[str] = []
    agencies: list[str] = []
    for words in names:
        if re.match(r"https?://|@", words):
            continue
        split, credited_here = split_byline(words)
        if split or credited_here:
            persons.extend(split)
            agencies.extend(credited_here)
        elif is_name(words):
            persons.append(words)
    return tuple(dict.fromkeys(persons)), tuple(dict.fromkeys(agencies))


def _credits(words: Iterable[str]) -> tuple[str, ...]:
    """Names in credit fields; an address stands for its host."""
    names: list[str] = []
    for part in words:
        host = host_of(part) if re.match(r"https?://", part) else None
        names.extend([known_agency(host.split(".")[0]) or host] if host else credited(part))
    return tuple(dict.fromkeys(names))


# --------------------------------------------------------------------------- meta names and elements


def meta_names(tree: Element) -> dict[str, list[str]]:
    """All `meta` contents by name or property, in small letters."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content[:2000])
    return found


def meta_facts(names: dict[str, list[str]]) -> Facts:
    """The facts in meta names: Open Graph, Parse.ly, Dublin Core, syndication source."""

    def first(wanted: Iterable[str]) -> str | None:
        return next((names[name][0] for name in wanted if name in names), None)

    authors = next((names[name] for name in AUTHOR_NAMES if name in names), [])
    byline, agencies = _people(authors)
    published = next(
        (found for name in PUBLISHED_NAMES for value in names.get(name, ()) if (found := read_date(value))), None
    )
    origins = _credits(value for name in ORIGIN_NAMES for value in names.get(name, ()))
    here = host_of(first(("og:url",)))
    return Facts(
        url=_address(first(("og:url",))),
        outlet=one_line(first(OUTLET_NAMES)),
        title=one_line(first(TITLE_NAMES)),
        byline=byline,
        credits=(*agencies, *(name for name in origins if name != here)),
        published=published,
        hint=first(("og:locale", "content-language", "dc.language", "language")),
    )


def element_facts(tree: Element) -> Facts:
    """The facts in elements: canonical link, time, headings, byline."""
    canonical = next((link.get("href") for link in tree.iterfind(".//link[@rel='canonical']")), None)
    heading = next((one_line(" ".join(element.itertext())) for element in tree.iter("h1")), None)
    title = next((one_line(element.text) for element in tree.iter("title")), None)
    byline, agencies = split_byline(" and ".join(_byline_elements(tree)))
    return Facts(
        url=_address(canonical),
        title=heading or title,
        byline=byline,
        credits=agencies,
        published=_time_element(tree),
        hint=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
    )


def _time_element(tree: Element) -> str | None:
    """The first stated time of the article; times inside lists of other articles come later in the page."""
    marked = list(tree.iterfind(".//*[@itemprop='datePublished']"))
    for element in (*marked, *tree.iter("time")):
        found = read_date(
            element.get("datetime") or element.get("content") or "".join(element.itertext())[:100].strip()
        )
        if found:
            return found
    return None


def _byline_elements(tree: Element) -> Iterator[str]:
    for path in (".//*[@itemprop='author']", ".//a[@rel='author']", ".//*[@class='byline']", ".//*[@class='author']"):
        texts = [" ".join("".join(element.itertext()).split()) for element in list(tree.iterfind(path))[:5]]
        texts = [text for text in texts if 3 < len(text) < 140]
        if texts:
            yield from texts
            return
