"""PLOVER records: one JSON object a line and event, with everything the archive tells; `sayso` holds the chain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sayso import __version__
from sayso.model import Claim, Harm, Level, Link, Span, Stance, Status
from sayso.report.archive import Archive
from sayso.report.formats.codes import code_of, country_codes, plover_country
from sayso.report.formats.files import Handed, plain, write_lines
from sayso.report.formats.told import Party, Telling, Where, tellings

# PLOVER's auxiliary modes. What is not told as having happened carries one, by its status or by what its source does.
BY_STATUS = {
    Status.PLANNED: "future",
    Status.THREATENED: "future",
    Status.DEMANDED: "hypothetical",
    Status.HYPOTHETICAL: "hypothetical",
    Status.NEGATED: "negation",
    Status.HISTORICAL: "historical",
}
BY_STANCE = {
    Stance.DENIES: "negation",
    Stance.DOUBTS: "hypothetical",
    Stance.ASKS: "hypothetical",
    Stance.DEMANDS: "hypothetical",
    Stance.HOPES: "hypothetical",
    Stance.PROMISES: "future",
    Stance.THREATENS: "future",
}
RESOLUTION = {Level.SITE: 5, Level.CITY: 4, Level.DISTRICT: 3, Level.PROVINCE: 2, Level.COUNTRY: 1}
_SIZES = {Harm.KILLED: "dead", Harm.INJURED: "injured", Harm.ARRESTED: "arrested"}


def write(archive: Archive, folder: Path, every: bool = True) -> Handed:
    """All dated events; PLOVER has marks for what did not happen, so nothing else is left out."""
    left: Counter[str] = Counter()
    return Handed([write_lines(folder / "plover.jsonl", _records(archive, left))], left)


def _records(archive: Archive, left: Counter[str]) -> Iterator[dict[str, Any]]:
    for one in tellings(archive):
        if one.days:
            yield record(one)
        else:
            left["no date, which PLOVER requires"] += 1


def record(one: Telling) -> dict[str, Any]:
    """One event as PLOVER writes it; what is not known has no field."""
    event, days = one.event, one.days
    assert days is not None
    found = {
        "id": one.id,
        "has_event": True,
        "date": days.first,
        "enddate": days.last if days.last != days.first else None,
        "actor": [_entity(party) for party in one.actors],
        "recipient": [_entity(party) for party in one.recipients],
        "event": [event.type.value],
        "mode": [mode for mode in (event.mode, auxiliary(one)) if mode],
        "context": list(event.context),
        "event_loc": _location(one.where),
        "event_text": [one.archive.quote(event.trigger)],
        "size": _size(one),
        "quad_code": code_of(event.type, event.mode).quad,
        "event_scale": code_of(event.type, event.mode).score,
        "link": one.incident.id if one.incident else None,
        "text_info": {"start": event.evidence[0].start, "end": event.evidence[-1].end} if event.evidence else None,
        "cite_info": _known(
            {
                "url": one.article.url,
                "title": one.article.title,
                "language": one.article.lang,
                "publication": one.article.outlet,
            }
        ),
        "coder": f"sayso {__version__}",
        "sayso": _sayso(one),
    }
    return {**_known(found), "actor": found["actor"]}


def auxiliary(one: Telling) -> str | None:
    """PLOVER's mark for what is not told as having happened."""
    return BY_STATUS.get(one.event.status) or (BY_STANCE.get(one.stance) if one.stance else None)


def _entity(party: Party) -> dict[str, Any]:
    return _known(
        {
            "code": plover_country(party.country),
            "sector": list(party.sectors),
            "entity_text": plain(party.raw),
            "office": plain(party.title) if party.title else None,
            "sayso_name": plain(party.name),
        }
    )


def _location(where: Where | None) -> dict[str, Any] | None:
    if where is None:
        return None
    country = country_codes(where.country)
    return _known(
        {
            "extracted_place": where.raw,
            "resolved_place": plain(where.name) if where.level else None,
            "geonameid": where.geonameid,
            "lat": where.lat,
            "lon": where.lon,
            "city": where.named(Level.CITY),
            "district": where.named(Level.DISTRICT),
            "province": where.province,
            "country": country.name if country else None,
            "country_code": plover_country(where.country),
            "resolution": RESOLUTION.get(where.level) if where.level else None,
        }
    )


def _size(one: Telling) -> dict[str, int]:
    """Exact counts of the report itself; bounds stand under `sayso`."""
    exact = [toll for toll in one.tolls if toll.low == toll.high and toll.harm in _SIZES and not toll.cumulative]
    return {_SIZES[toll.harm]: toll.low for toll in exact}


def _sayso(one: Telling) -> dict[str, Any]:
    """On whose say-so: what no PLOVER field holds. Offsets are characters of the article's text, half-open."""
    archive, stands = one.archive, one.ground
    evidence = [_passage(archive, span) for span in one.event.evidence]
    return {
        "status": one.event.status.value,
        "says": stands.says,
        "own_voice": stands.own_voice,
        "first_hand": stands.first_hand,
        "stance": one.stance.value if one.stance else None,
        "accusation": one.accused,
        "certainty": stands.certainty,
        "claims": [_claim(archive, claim) for claim in one.claims],
        "origins": one.origins,
        "articles": one.articles,
        "dated_by": one.days.basis if one.days else None,
        "article": one.article.id,
        "trigger": [one.event.trigger.start, one.event.trigger.end],
        "evidence": evidence,
        "tolls": [
            {
                "id": toll.id,
                "harm": toll.harm.value,
                "low": toll.low,
                "high": toll.high,
                "victims": toll.victims,
                "victim_kind": toll.kind.value if toll.kind else None,
                "running_total": toll.cumulative,
                "part": toll.part,
                "withdrawn": toll.withdrawn,
                **_passage(archive, toll.span),
            }
            for toll in one.tolls
        ],
    }


def _claim(archive: Archive, claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "stance": claim.stance.value,
        "certainty": claim.certainty.value,
        "mode": claim.mode.value,
        "hedge": archive.quote(claim.hedge) or None,
        "not_said": archive.quote(claim.negation) or None,
        "chain": [_link(archive, link) for link in claim.chain],
        "content": [_passage(archive, span) for span in claim.content],
    }


def _link(archive: Archive, link: Link) -> dict[str, Any]:
    return {
        "source": archive.source(link),
        "kind": link.kind.value,
        "cue": archive.quote(link.cue) or None,
        "span": [link.span.start, link.span.end] if link.span else None,
    }


def _passage(archive: Archive, span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "quote": archive.quote(span)}


def _known(found: dict[str, Any]) -> dict[str, Any]:
    """Only what is known: no null and no empty list or object."""
    return {key: value for key, value in found.items() if value is not None and value != [] and value != {}}
