"""RSS 2.0: an item an incident, the last reported first.

`guid` stays the same over exports and is no address. `source` names the outlet whose report tells it best; copies of
one wire are one item. A description is HTML inside of XML, so that what articles say is escaped twice.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Callable, Iterable
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
    Spot,
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
    root = etree.Element("rss", nsmap={"georss": _GEORSS}, version="2.0")
    channel = etree.SubElement(root, "channel")
    _put(channel, "title", title)
    _put(channel, "link", link)
    _put(channel, "description", "Incidents as news reports tell them, read by a machine, each with its sources.")
    _put(channel, "generator", f"sayso {__version__}")
    times = [out[-1] for one in found if (out := reported(one))]
    if times:
        _put(channel, "lastBuildDate", _rfc822(max(times)))
    for one in found:
        _item(channel, one, page)
    return etree.tostring(root, encoding="unicode", pretty_print=True)  # type: ignore[no-any-return]


def _item(channel: Any, one: Happening, page: Page | None) -> None:
    item = etree.SubElement(channel, "item")
    out, spot, report = reported(one), place_of(one), web(one.lead.article.url)
    _put(item, "title", _untagged(headline(one)))
    _put(item, "link", page(one.id) if page else report)
    _put(item, "description", _description(one))
    _put(item, "guid", f"sayso:incident:{one.id}", isPermaLink="false")
    _put(item, "pubDate", _rfc822(out[-1]) if out else None)
    _put(item, "category", one.lead.event.type.value)
    if spot and spot.country:
        _put(item, "category", spot.country, domain="ISO 3166-1 alpha-3")
    if report:
        _put(item, "source", one.lead.article.outlet or "unknown outlet", url=report)
    _georss(item, spot)


def _georss(item: Any, spot: Spot | None) -> None:
    if spot and spot.point:
        _put(item, f"{{{_GEORSS}}}point", "{:.6f} {:.6f}".format(*spot.point))
        _put(item, f"{{{_GEORSS}}}radius", str(spot.radius) if spot.radius else None)


def _description(one: Happening) -> str:
    lines = "".join(f"<li>{html.escape(line)}</li>" for line in told_lines(one))
    proofs = proofs_of(one)
    more = f"<p>and {len(proofs) - _QUOTES} more passages</p>" if len(proofs) > _QUOTES else ""
    return f"<ul>{lines}</ul>{''.join(map(_quote, proofs[:_QUOTES]))}{more}"


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
