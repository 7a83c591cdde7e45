"""The layout of an ACLED export: one row a happening, 31 columns, then the chain of sources.

Only what ACLED records goes in, and of violence only what tells who was armed. Fatalities follow its conservative rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sayso.model import Harm, Level
from sayso.report.archive import Archive
from sayso.report.formats import chain
from sayso.report.formats.codes import country_codes
from sayso.report.formats.files import Handed, Row, write_commas
from sayso.report.formats.sides import DISORDER, Clash, clash_of, targets_civilians
from sayso.report.formats.told import (
    Days,
    Happening,
    Party,
    Where,
    beyond_month,
    fitting,
    happenings,
    moment,
    number_of,
    toll_of,
)
from sayso.report.tables import disputes, estimate

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
_GEO_PRECISION = {Level.SITE: 1, Level.CITY: 1, Level.DISTRICT: 2, Level.PROVINCE: 3}


def write(archive: Archive, folder: Path, every: bool = False) -> Handed:
    """Happenings of kinds that ACLED records, dated to a month or less."""
    left: Counter[str] = Counter()
    columns = (*COLUMNS, *chain.headers("small"))
    rows = _rows(happenings(archive, fitting(archive, every, left)), left)
    return Handed([write_commas(folder / "acled.csv", columns, rows)], left)


def _rows(told: list[Happening], left: Counter[str]) -> Iterator[Row]:
    for one in told:
        clash = clash_of(one)
        reason = beyond_month(one.days) or (clash if isinstance(clash, str) else None)
        if reason or isinstance(clash, str) or one.days is None:
            left[reason or ""] += len(one.tellings)
        else:
            yield _row(one, one.days, clash)


def _row(one: Happening, days: Days, clash: Clash) -> Row:
    killed, remark = toll_of(one, Harm.KILLED)
    country = country_codes(one.where.country) if one.where else None
    stamps = [found for article in one.articles if (found := moment(article.published))]
    return {
        "event_id_cnty": f"{(one.where.country if country and one.where else None) or ''}{number_of(one.id)}",
        "event_date": days.first,
        "year": days.first[:4],
        "time_precision": time_precision(days),
        "disorder_type": DISORDER[clash.sub_event],
        "event_type": clash.event,
        "sub_event_type": clash.sub_event,
        **_side(1, *clash.sides[0]),
        **_side(2, *clash.sides[1]),
        "interaction": clash.interaction,
        "civilian_targeting": "Civilian targeting" if targets_civilians(clash) else None,
        "iso": country.number if country else None,
        "country": country.name if country else None,
        **_place(one.where),
        "source": list(dict.fromkeys(article.outlet or "unknown outlet" for article in one.articles)),
        "notes": _notes(one, remark),
        "fatalities": killed or 0,
        "timestamp": int(max(stamps).timestamp()) if stamps else None,
        **dict(zip(chain.headers("small"), chain.cells(one.lead, one), strict=True)),
    }


def time_precision(days: Days) -> int:
    """1: the day; 2: within a week; 3: within a month."""
    length = days.length or 99
    return 1 if length == 1 else 2 if length <= 7 else 3


def _side(number: int, parties: tuple[Party, ...], inter: int | None) -> Row:
    names = list(dict.fromkeys(party.name for party in parties))
    return {f"actor{number}": names[0] if names else None, f"assoc_actor_{number}": names[1:], f"inter{number}": inter}


def _place(where: Where | None) -> Row:
    """A country's centre is no location: where no more is told, the location stays empty."""
    if where is None:
        return {}
    precision = _GEO_PRECISION.get(where.level) if where.level else None
    return {
        "admin1": where.province,
        "admin2": where.named(Level.DISTRICT),
        "location": where.name if precision else None,
        "latitude": where.lat if precision else None,
        "longitude": where.lon if precision else None,
        "geo_precision": precision,
    }


def _notes(one: Happening, remark: str) -> str:
    """The evidence in quotation marks, who says so, and what the figures rest on and who disputes them."""
    lead = one.lead
    said = f"“{lead.evidence}” [{lead.ground.says}]"
    parts = [said]
    if lead.accused:
        parts.append("Only an accusation.")
    if lead.unfit:
        parts.append(f"Not told as having happened: {lead.unfit}.")
    if one.incident:
        parts += [f"Told: {estimate(toll)}." for toll in one.incident.tolls]
        against = dict.fromkeys(lead.archive.chain(claim) for claim in disputes(lead.archive, one.incident))
        parts += [f"Disputed by {who}." for who in against]
    if remark:
        parts.append(f"Fatalities 0 because {remark}.")
    return " ".join(parts)
