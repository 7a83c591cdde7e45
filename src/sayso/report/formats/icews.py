"""The layout of ICEWS: one tab-separated row an event and pair of source and target, 20 columns, then the chain."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from sayso.model import Article, Level
from sayso.report.archive import Archive
from sayso.report.formats import chain
from sayso.report.formats.codes import code_of, country_codes, icews_sectors
from sayso.report.formats.files import Handed, Row, write_tabbed
from sayso.report.formats.told import Party, Telling, fitting, number_of

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
    "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
_END = re.compile(r"[.!?][\"'”’»)\]]*\s+|\n\s*\n")


def write(archive: Archive, folder: Path, every: bool = False) -> Handed:
    """Dated events told as having happened, or all dated ones."""
    left: Counter[str] = Counter()
    rows = _rows(fitting(archive, every, left), left)
    return Handed([write_tabbed(folder / "icews.tab", (*COLUMNS, *chain.headers()), rows)], left)


def _rows(told: list[Telling], left: Counter[str]) -> Iterator[Row]:
    for one in told:
        if one.days is None:
            left["no date, which with the event's number is the key of ICEWS"] += 1
            continue
        for source, target in product(one.actors or (None,), one.recipients or (None,)):
            yield _row(one, one.days.first, source, target)


def _row(one: Telling, day: str, source: Party | None, target: Party | None) -> Row:
    code, where = code_of(one.event.type, one.event.mode), one.where
    country = country_codes(where.country) if where else None
    return {
        "Event ID": number_of("-".join([one.id, *(party.id if party else "" for party in (source, target))])),
        "Event Date": day,
        **_party("Source", source),
        "Event Text": code.label,
        "CAMEO Code": code.cameo,
        "Intensity": code.goldstein,
        **_party("Target", target),
        "Story ID": number_of(one.article.id),
        "Sentence Number": sentence(one.article, one.event.trigger.start),
        "Publisher": one.article.outlet,
        "City": where.named(Level.CITY) if where else None,
        "District": where.named(Level.DISTRICT) if where else None,
        "Province": where.province if where else None,
        "Country": country.name if country else None,
        "Latitude": where.lat if where else None,
        "Longitude": where.lon if where else None,
        **dict(zip(chain.headers(), chain.cells(one), strict=True)),
    }


def _party(side: str, party: Party | None) -> Row:
    country = country_codes(party.country) if party else None
    return {
        f"{side} Name": party.name if party else None,
        f"{side} Sectors": icews_sectors(party.sectors) if party else None,
        f"{side} Country": country.name if country else None,
    }


def sentence(article: Article, at: int) -> int:
    """Which sentence of the article a character stands in, from 1, counted by its punctuation."""
    return 1 + sum(1 for _ in _END.finditer(article.text, 0, at))
