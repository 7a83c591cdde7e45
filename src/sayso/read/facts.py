"""Facts known of an article from outside its text, completed by the text's own head and tail to make an `Article`."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from urllib.parse import urlsplit

from sayso.config import Config
from sayso.model import Article, Dateline, Rejected
from sayso.read.agencies import distinct, is_agency, known_agency, same_name
from sayso.read.dates import date_of_address, find_day
from sayso.read.decode import storable
from sayso.read.heads import PHOTO_MARK, Head, read_head
from sayso.read.language import detect_language, language_code


@dataclass(frozen=True, slots=True)
class Facts:
    """Metadata from one kind of evidence; None where it says nothing."""

    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    place: str | None = None  # of the dateline
    published: str | None = None
    lang: str | None = None  # as given
    hint: str | None = None  # language of the page or feed around it, which is often wrong
    id: str = ""

    def over(self, other: Facts) -> Facts:
        """These facts, completed by weaker ones; credits add up."""
        filled = {item.name: getattr(self, item.name) or getattr(other, item.name) for item in fields(Facts)}
        filled["credits"] = distinct((*self.credits, *other.credits))
        return Facts(**filled)


def rejected(origin: str, reason: str, detail: str = "") -> Rejected:
    """A source, line or item that could not be read."""
    return Rejected(storable(origin), "read", reason, storable(detail))


def make_article(body: str, facts: Facts, origin: str, config: Config, beside: str = "") -> Article | Rejected:
    """The article: known title over the body, facts completed by what head and tail of the text say.

    `beside` is text that stood around the body (captions, notices) and may hold credits.
    """
    if len(body) > config.max_chars:
        return too_long(origin, config)
    body, title = storable(body), one_line(facts.title)
    text = body if not title or body.startswith(title) else f"{title}\n\n{body}" if body else title
    if not any(map(str.isalnum, body)) and not (title and not body):
        return rejected(origin, "empty", "holds no words")
    head = read_head(text, len(title or "") if text.startswith((title or "") + "\n\n") else 0, beside)
    return _assemble(text, replace(facts, title=title or head.title), head, origin)


def too_long(origin: str, config: Config) -> Rejected:
    """The reject for a text over the limit."""
    return rejected(origin, "too long", f"over {config.max_chars} characters; raise max_chars to read it")


def one_line(title: str | None) -> str | None:
    """A title without line breaks and outer blanks; None if nothing is left."""
    if not title:
        return None
    return storable(" ".join(title[:500].split())) or None


def host_of(url: str | None) -> str | None:
    """The host an address names, without "www."; None where there is none."""
    if not url:
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return re.sub(r"^www\d?\.", "", host) if host and "." in host else None


def _assemble(text: str, facts: Facts, head: Head, origin: str) -> Article:
    agencies = tuple(known_agency(name) or name for name in facts.byline if is_agency(name))
    persons = tuple(name for name in facts.byline if not is_agency(name))
    facts = replace(facts, byline=persons, credits=(*facts.credits, *agencies))
    outlet, credits = _outlet_and_credits(facts, head)
    published = facts.published or head.published or head.filed_date or date_of_address(facts.url)
    return Article(
        text=text,
        url=storable(facts.url) if facts.url else None,
        outlet=outlet,
        title=facts.title,
        byline=tuple(storable(name) for name in facts.byline or head.byline),
        credits=credits,
        dateline=_dateline(facts, head, published),
        published=published,
        lang=language_code(facts.lang) or detect_language(text) or language_code(facts.hint),
        origin=storable(origin),
        id=storable(facts.id),
    )


def _outlet_and_credits(facts: Facts, head: Head) -> tuple[str | None, tuple[str, ...]]:
    """Who published, and whose copy it says it carries.

    The parenthesis of a dateline names who filed. Beside an outlet known from elsewhere that is a credit; a name that
    stands alone is the outlet itself, unless it is an agency that others carry, for then the outlet is unknown.
    """
    outlet = facts.outlet or head.outlet
    filed = head.filed
    if outlet is None and filed and known_agency(filed[0]) is None and not head.credits:
        outlet = filed[0]
    if outlet is None:
        outlet = host_of(facts.url)
    if outlet and facts.outlet is None:
        long = next((name for name in head.credits if same_name(name, outlet)), outlet)
        outlet = max(outlet, long, key=len)
    agencies = distinct((*facts.credits, *filed, *head.credits), outlet)
    agencies = tuple(name for name in agencies if name.removesuffix(PHOTO_MARK) not in {*agencies, outlet} - {name})
    return (storable(outlet) if outlet else None), tuple(map(storable, agencies))


def _dateline(facts: Facts, head: Head, published: str | None) -> Dateline | None:
    if head.place_span is None and not facts.place and not head.filed_date:
        return None
    day = head.filed_date
    if day is None and head.filed_day:
        near = find_day(head.filed_day, published)
        day = near.day if near else None
    if head.place_span is not None:
        return Dateline(head.place, head.place_span, day)
    return Dateline(storable(facts.place) if facts.place else None, None, day)
