"""The layout of GDELT 2.0: an events table of 61 columns and a mentions table of 16, tab-separated, without header.

One event is one happening with all its reports; each report is a mention. Readers take the columns by position, so none
is added: the chain of sources stands in the mentions' Extras, as JSON. The events table has no field for doubt, so what
stands only under an accusation, a hedge or anything but an assertion stays out of both.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from sayso.model import Article, Level, Stance
from sayso.report.archive import Archive
from sayso.report.formats import chain
from sayso.report.formats.codes import cameo_actor, code_of, country_codes
from sayso.report.formats.files import Handed, Row, as_json, plain, write_tabbed
from sayso.report.formats.icews import sentence
from sayso.report.formats.told import (
    Days,
    Happening,
    Party,
    Telling,
    Where,
    beyond_month,
    fitting,
    happenings,
    moment,
    number_of,
)


def _actor_columns(side: str) -> tuple[str, ...]:
    names = (
        "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
        "Type2Code", "Type3Code",
    )  # fmt: skip
    return tuple(side + name for name in names)


def _geo_columns(side: str) -> tuple[str, ...]:
    names = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
    return tuple(f"{side}Geo_{name}" for name in names)


COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", *_actor_columns("Actor1"),
    *_actor_columns("Actor2"), "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass",
    "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone", *_geo_columns("Actor1"),
    *_geo_columns("Actor2"), *_geo_columns("Action"), "DATEADDED", "SOURCEURL",
)  # fmt: skip
MENTIONS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
_NOWHERE = 0  # GDELT's type of a place that is not known
_GEO_TYPES = {Level.COUNTRY: 1, Level.PROVINCE: 5, Level.DISTRICT: 4, Level.CITY: 4, Level.SITE: 4}
_AMERICAN = {1: 1, 5: 2, 4: 3}  # a state and a city of the United States have types of their own


def write(archive: Archive, folder: Path, every: bool = False) -> Handed:
    """Happenings dated to a month or less, with a mention for each report of them."""
    left: Counter[str] = Counter()
    told = []
    for one in happenings(archive, _plainly_told(archive, every, left)):
        reason = beyond_month(one.days)
        if reason is None:
            told.append(one)
        else:
            left[reason] += len(one.tellings)
    mentions = (_mention(happening, one) for happening in told for one in happening.tellings)
    events = write_tabbed(folder / "gdelt.export.CSV", COLUMNS, map(_row, told), header=False)
    return Handed([events, write_tabbed(folder / "gdelt.mentions.CSV", MENTIONS, mentions, header=False)], left)


def _plainly_told(archive: Archive, every: bool, left: Counter[str]) -> list[Telling]:
    found = []
    for one in fitting(archive, every, left):
        reason = _unsure(one)
        if reason is None:
            found.append(one)
        else:
            left[reason] += 1
    return found


def _unsure(one: Telling) -> str | None:
    """Why a telling would look more like a fact than it is in a table that has no field for it."""
    if one.stance not in (None, Stance.ASSERTS):
        return "not asserted by the source it stands on, which GDELT has no field for"
    if one.accused:
        return "stands only under an accusation, which GDELT has no field for"
    return "stands only under a hedge, which GDELT has no field for" if one.hedged else None


def _row(happening: Happening) -> Row:
    lead = happening.lead
    code = code_of(lead.event.type, happening.mode)
    assert happening.days is not None
    return {
        "GLOBALEVENTID": number_of(happening.id),
        **_dates(happening.days),
        **_actor("Actor1", happening.actors),
        **_actor("Actor2", happening.recipients),
        "IsRootEvent": int(any(map(_in_first_paragraph, happening.alike))),
        "EventCode": code.cameo,
        "EventBaseCode": code.cameo[:3],
        "EventRootCode": code.cameo[:2],
        "QuadClass": code.cameo_quad,
        "GoldsteinScale": code.goldstein,
        "NumMentions": len(happening.tellings),
        "NumSources": happening.origins,
        "NumArticles": len(happening.articles),
        **_geo("Actor1", None),
        **_geo("Actor2", None),
        **_geo("Action", happening.where),
        "DATEADDED": _added(happening),
        "SOURCEURL": next(filter(None, map(_address, happening.articles)), None),
    }


def _dates(days: Days) -> Row:
    first = date.fromisoformat(days.first)
    return {
        "SQLDATE": f"{first.year:04d}{first:%m%d}",
        "MonthYear": f"{first.year:04d}{first:%m}",
        "Year": f"{first.year:04d}",
        "FractionDate": f"{first.year + ((first.month - 1) * 30 + first.day) / 365:.4f}",
    }


def _actor(side: str, parties: tuple[Party, ...]) -> Row:
    """The first of the parties: GDELT has room for one."""
    if not parties:
        return {}
    country, group, roles = cameo_actor(parties[0].country, parties[0].sectors)
    types = {f"{side}Type{number}Code": role for number, role in enumerate(roles, 1)}
    return {
        f"{side}Code": country + group + "".join(roles),
        f"{side}Name": parties[0].name.upper(),
        f"{side}CountryCode": country,
        f"{side}KnownGroupCode": group,
        **types,
    }


def _geo(side: str, where: Where | None) -> Row:
    country = country_codes(where.country) if where else None
    if where is None or country is None or where.level not in _GEO_TYPES:
        return {f"{side}Geo_Type": _NOWHERE}
    type = _GEO_TYPES[where.level]
    parts = [where.name, where.province, country.name] if type != 1 else [country.name]
    whole = country.fips if type == 1 else None
    return {
        f"{side}Geo_Type": _AMERICAN[type] if where.country == "USA" else type,
        f"{side}Geo_FullName": ", ".join(dict.fromkeys(part for part in parts if part)),
        f"{side}Geo_CountryCode": country.fips,
        f"{side}Geo_ADM1Code": whole,
        f"{side}Geo_Lat": where.lat,
        f"{side}Geo_Long": where.lon,
        f"{side}Geo_FeatureID": whole,
    }


def _mention(happening: Happening, one: Telling) -> Row:
    return {
        "GLOBALEVENTID": number_of(happening.id),
        "EventTimeDate": _added(happening),
        "MentionTimeDate": _time(one.article),
        "MentionType": 1 if _address(one.article) else 2,
        "MentionSourceName": one.article.outlet,
        "MentionIdentifier": _address(one.article) or one.article.id,
        "SentenceID": sentence(one.article, one.event.trigger.start),
        "Actor1CharOffset": _offset(one.actors),
        "Actor2CharOffset": _offset(one.recipients),
        "ActionCharOffset": one.event.trigger.start,
        "InRawText": 1,
        "MentionDocLen": len(one.article.text),
        "Extras": as_json({"sayso": _extras(happening, one)}),
    }


def _extras(happening: Happening, one: Telling) -> dict[str, Any]:
    """The chain cells of the report itself, under the names of the other layouts' columns; only what is known."""
    found = {"happening": happening.id, **dict(zip(chain.KEYS, chain.cells(one), strict=True))}
    return {key: value for key, value in found.items() if value is not None}


def _address(article: Article) -> str:
    return plain(article.url or "")


def _offset(parties: tuple[Party, ...]) -> int:
    return next((party.start for party in parties if party.start is not None), -1)


def _in_first_paragraph(one: Telling) -> bool:
    text, body = one.article.text, one.article.body
    end = text.find("\n\n", body)
    return one.event.trigger.start < (end if end >= 0 else len(text))


def _added(happening: Happening) -> str:
    """When the first report of it came out, as far as known."""
    return next((time for article in happening.articles if (time := _time(article))), "")


def _time(article: Article) -> str:
    found = moment(article.published)
    return f"{found.year:04d}{found:%m%d%H%M%S}" if found else ""
