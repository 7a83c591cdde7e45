"""The layout of POLECAT releases: one tab-separated row an event, 40 columns, then the chain of sources."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from sayso import __version__
from sayso.model import Level
from sayso.report.archive import Archive
from sayso.report.formats import chain
from sayso.report.formats.codes import code_of, country_codes, plover_country
from sayso.report.formats.files import Handed, Row, write_tabbed
from sayso.report.formats.told import Party, Telling, fitting, moment

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip


def write(archive: Archive, folder: Path, every: bool = False) -> Handed:
    """Events told as having happened, or all; one without a date has an empty cell."""
    left: Counter[str] = Counter()
    rows = map(_row, fitting(archive, every, left))
    return Handed([write_tabbed(folder / "polecat.tsv", (*COLUMNS, *chain.headers()), rows)], left)


def _row(one: Telling) -> Row:
    code = code_of(one.event.type, one.event.mode)
    return {
        "Event ID": one.id,
        "Event Date": one.days.first if one.days else None,
        "Event Type": one.event.type.value,
        "Event Mode": one.event.mode,
        "Intensity": code.score,
        "Quad Code": code.quad,
        "Contexts": one.event.context,
        **_party("Actor", one.actors),
        **_party("Recipient", one.recipients),
        **_place(one),
        "Source": one.article.outlet,
        "Publication Date": (one.article.published or "")[:10] if moment(one.article.published) else None,
        **_story(one),
        "Language": one.article.lang,
        "Version": f"sayso {__version__}",
        **dict(zip(chain.headers(), chain.cells(one), strict=True)),
    }


def _party(side: str, parties: tuple[Party, ...]) -> Row:
    """All parties of one side in each cell, in one order."""
    sectors = [sector for party in parties for sector in party.sectors]
    countries = [party.country for party in parties if party.country]
    cow = [codes.cow for country in countries if (codes := country_codes(country)) and codes.cow]
    return {
        f"{side} Name": [party.name for party in parties],
        f"{side} Country": list(dict.fromkeys(plover_country(country) for country in countries)),
        f"{side} COW": list(dict.fromkeys(cow)),
        f"Primary {side} Sector": sectors[0] if sectors else None,
        f"{side} Sectors": list(dict.fromkeys(sectors)),
        f"{side} Title": [party.title for party in parties if party.title],
        f"{side} Name Raw": [party.raw for party in parties],
    }


def _place(one: Telling) -> Row:
    where = one.where
    if where is None:
        return {}
    return {
        "Placename": where.name if where.level else None,
        "City": where.named(Level.CITY),
        "District": where.named(Level.DISTRICT),
        "Province": where.province,
        "Country": plover_country(where.country),
        "Latitude": where.lat,
        "Longitude": where.lon,
        "GeoNames ID": where.geonameid,
        "Raw Placename": where.raw,
    }


def _story(one: Telling) -> dict[str, Any]:
    """Who and what else the article names."""
    analysis = one.archive.analyses[one.article.id]
    people = [actor.name for actor in analysis.actors if actor.kind == "person"]
    bodies = [actor.name for actor in analysis.actors if actor.kind in ("organization", "media", "agency")]
    return {
        "Story People": list(dict.fromkeys(people)),
        "Story Organizations": list(dict.fromkeys(bodies)),
        "Story Locations": list(dict.fromkeys(place.name for place in analysis.places if place.is_location)),
    }
