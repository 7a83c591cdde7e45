"""RSS 2.0: an item an incident, the last reported first.

`guid` stays the same over exports and is no address. `source` names the outlet whose report tells it best; copies of
one wire are one item. A description is HTML inside of XML, so that what articles say is escaped twice.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from lxml import etree

from sayso import __version__
from sayso.model import Incident
from sayso.report.archive import Archive
from sayso.report.formats.facts import (
    Proof,
    chosen,
    headline,
    of_incidents,
    place_of,
    proofs_of,
    reported,
    told_lines,
)
from sayso.report.formats.files import Handed, plain, short, web, write_text
from sayso.report.formats.told import Happening

Page = Callable[[str], str]  # the address of an incident's page by its id
_GEORSS = "http://www.georss.org/georss"
_MOST = 500  # items; readers fetch a feed whole
_QUOTES, _LONG = 6, 400  # passages in an item, characters of one
HOME = "https://localhost/"  # of a file that nobody serves: RSS requires an address
OLD = f"of an incident that is not among the {_MOST} last reported"


def write(archive: Archive, folder: Path, every: bool = False) -> Handed:
    """The incidents reported last; older ones are counted."""
    left: Counter[str] = Counter()
    found = _newest_first(chosen(archive, every, left))
    for one in found[_MOST:]:
        left[OLD] += len(one.tellings)
    text = _document(found[:_MOST], "Incidents", HOME, None)
    return Handed([write_text(folder / "incidents.rss", text, len(found[:_MOST]))], left)


def feed(archive: Archive, incidents: Iterable[Incident], title: str, link: str, page: Page | None = None) -> str:
    """These incidents as a feed of that title and home page; an item links to `page` of its id, else to its report."""
    return _document(_newest_first(of_incidents(archive, incidents)), title, link, page)


def _newest_first(found: list[Happening]) -> list[Happening]:
    """By the last report; what has no dated report comes last."""

    def age(one: Happening) -> tuple[float, str]:
        out = reported(one)
        return (-out[-1].timestamp() if out else float("inf")), one.id

    return sorted(found, key=age)


def _document(found: list[Happening], title: str, link: str, page: Page | None) -> str:
    return written([_item(one, page) for one in found], title, link)


@dataclass(frozen=True, slots=True)
class Item:
    """An incident as feed readers show it."""

    id: str
    title: str
    link: str | None
    description: str  # HTML
    out: datetime | None  # when it was reported last
    type: str
    country: str | None = None  # ISO 3166-1 alpha-3
    report: tuple[str, str] | None = None  # outlet and address of the report that tells it best
    point: tuple[float, float] | None = None  # latitude and longitude
    radius: int | None = None  # metres around the point


def written(items: Sequence[Item], title: str, link: str) -> str:
    """A feed of that title and home page."""
    root = etree.Element("rss", nsmap={"georss": _GEORSS}, version="2.0")
    channel = etree.SubElement(root, "channel")
    _put(channel, "title", title)
    _put(channel, "link", link)
    _put(channel, "description", "Incidents as news reports tell them, read by a machine, each with its sources.")
    _put(channel, "generator", f"sayso {__version__}")
    times = [one.out for one in items if one.out]
    if times:
        _put(channel, "lastBuildDate", _rfc822(max(times)))
    for one in items:
        _write_item(etree.SubElement(channel, "item"), one)
    return etree.tostring(root, encoding="unicode", pretty_print=True)  # type: ignore[no-any-return]


def _write_item(item: Any, one: Item) -> None:
    _put(item, "title", _untagged(one.title))
    _put(item, "link", one.link)
    _put(item, "description", one.description)
    _put(item, "guid", f"sayso:incident:{one.id}", isPermaLink="false")
    _put(item, "pubDate", _rfc822(one.out) if one.out else None)
    _put(item, "category", one.type)
    if one.country:
        _put(item, "category", one.country, domain="ISO 3166-1 alpha-3")
    if one.report:
        _put(item, "source", one.report[0], url=one.report[1])
    if one.point:
        _put(item, f"{{{_GEORSS}}}point", "{:.6f} {:.6f}".format(*one.point))
        _put(item, f"{{{_GEORSS}}}radius", str(one.radius) if one.radius else None)


def _item(one: Happening, page: Page | None) -> Item:
    out, spot, report = reported(one), place_of(one), web(one.lead.article.url)
    return Item(
        id=one.id,
        title=headline(one),
        link=page(one.id) if page else report,
        description=_description(one),
        out=out[-1] if out else None,
        type=one.lead.event.type.value,
        country=spot.country if spot else None,
        report=(one.lead.article.outlet or "unknown outlet", report) if report else None,
        point=spot.point if spot else None,
        radius=spot.radius if spot else None,
    )


def listed(lines: Iterable[str]) -> str:
    """Lines as an HTML list."""
    return "<ul>" + "".join(f"<li>{html.escape(line)}</li>" for line in lines) + "</ul>"


def _description(one: Happening) -> str:
    proofs = proofs_of(one)
    more = f"<p>and {len(proofs) - _QUOTES} more passages</p>" if len(proofs) > _QUOTES else ""
    return f"{listed(told_lines(one))}{''.join(map(_quote, proofs[:_QUOTES]))}{more}"


def _quote(proof: Proof) -> str:
    where = f"{proof.outlet}, article {proof.article}, characters {proof.start} to {proof.end}"
    name = html.escape(plain(where))
    link = f'<a href="{html.escape(proof.url)}">{name}</a>' if proof.url else name
    return f"<blockquote>{html.escape(short(plain(proof.quote), _LONG))}<br>{link}</blockquote>"


def _untagged(text: str) -> str:
    """A title without angle brackets: some readers take titles for text, others for HTML."""
    return text.replace("<", "‹").replace(">", "›")


def _rfc822(moment: datetime) -> str:
    return format_datetime(moment)


def _put(parent: Any, name: str, text: str | None, **attributes: str) -> None:
    """An element with this text; none where there is no text."""
    if text is not None:
        etree.SubElement(parent, name, {key: plain(value) for key, value in attributes.items()}).text = plain(text)
