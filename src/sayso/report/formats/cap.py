"""CAP 1.2: an alert an incident, and an update for each later day whose reports changed its toll.

These are drafts: no authority stands behind them, and `status` is never Actual. CAP writes UTC as -00:00 and has no Z.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from lxml import etree

from sayso.model import EventType, Incident, Status, TollEstimate
from sayso.report.archive import Archive
from sayso.report.formats.facts import (
    Count,
    Spot,
    chosen,
    counts_of,
    facts,
    headline,
    is_disputed,
    is_seen,
    only_source,
    outlets_of,
    place_of,
    reported,
    told_lines,
)
from sayso.report.formats.files import Handed, as_json, file_name, language, plain, plainly, short, web
from sayso.report.formats.told import Happening, moment

_SPACE = "urn:oasis:names:tc:emergency:cap:1.2"
_SENDER = "sayso"
_NOTE = "Draft made by a machine from news reports. Not an official warning; no authority has checked it."
_RESCUE = frozenset({EventType.AID, EventType.SUPPORT})
_SECURITY = frozenset(
    {EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE, EventType.PROTEST, EventType.THREATEN,
     EventType.SANCTION, EventType.RETREAT}
)  # fmt: skip
_COMING = frozenset({Status.PLANNED, Status.THREATENED, Status.DEMANDED})
_LONG = 2_000  # characters of a parameter that is no list
UNSENT = "no report of it has a date of publication, and an alert needs one"


@dataclass(frozen=True, slots=True)
class Message:
    """One state of what is known: its number, the happening by the reports till then, and the moment of the last."""

    number: int
    told: Happening
    sent: str
    earlier: tuple[str, ...] = ()  # sender, identifier and sent of each message that it replaces


def write(archive: Archive, folder: Path, every: bool = False) -> Handed:
    """A folder with a file a message, `ID-1.xml` first; each update names those before it."""
    left: Counter[str] = Counter()
    place = folder / "cap"
    place.mkdir(exist_ok=True)
    count = 0
    for one in chosen(archive, every, left):
        messages = list(_messages(one))
        if not messages:
            left[UNSENT] += len(one.tellings)
        for message in messages:
            (place / f"{file_name(one.id)}-{message.number}.xml").write_bytes(_document(message))
            count += 1
    return Handed([(place, count)], left)


def _messages(one: Happening) -> Iterator[Message]:
    """The first alert with what the first day's reports told, then one for each later day that changed a toll."""
    out = reported(one)
    if not out:
        return
    first = out[0].date().isoformat()
    earlier: list[str] = []
    for number, until in enumerate([*sorted({day for day in _turns(one) if day > first}), None], 1):
        told = _before(one, until)
        sent = _moment(reported(told)[-1])
        yield Message(number, told, sent, tuple(earlier))
        earlier.append(f"{_SENDER},{_identifier(one, number)},{sent}")


def _before(one: Happening, until: str | None) -> Happening:
    """The happening by the reports that came out before a day, with the tolls as they stood; for None as it stands."""
    if until is None or one.incident is None:
        return one
    known = replace(one.incident, summary="", tolls=tuple(_known(one.incident, until)))
    dated = ((telling, moment(telling.article.published)) for telling in one.tellings)
    return Happening(one.id, known, tuple(telling for telling, at in dated if at and at.date().isoformat() < until))


def _turns(one: Happening) -> list[str]:
    """The days whose reports changed a toll."""
    totals = one.incident.tolls if one.incident else ()
    return [step.day for total in totals for step in total.steps if step.day]


def _known(incident: Incident, until: str) -> Iterator[TollEstimate]:
    """The tolls as they stood before a day."""
    for total in incident.tolls:
        steps = [step for step in total.steps if (step.day or "") < until]
        if steps:
            last = steps[-1]
            told = tuple(dict.fromkeys(id for step in steps for id in step.tolls))
            stands = last.best is not None or last.low > 0
            basis, gone = (told, ()) if stands else ((), told)
            yield TollEstimate(total.harm, last.low, last.best, last.high, basis, (), gone)


def _identifier(one: Happening, number: int) -> str:
    return f"sayso-{file_name(one.id)}-{number}"


def _moment(at: datetime) -> str:
    return at.replace(tzinfo=None, microsecond=0).isoformat() + "-00:00"


# --------------------------------------------------------------------------- the document


def _document(message: Message) -> bytes:
    one = message.told
    root = etree.Element(f"{{{_SPACE}}}alert", nsmap={None: _SPACE})
    _put(root, "identifier", _identifier(one, message.number))
    _put(root, "sender", _SENDER)
    _put(root, "sent", message.sent)
    _put(root, "status", "Draft")
    _put(root, "msgType", "Update" if message.earlier else "Alert")
    _put(root, "source", short(", ".join(map(plain, outlets_of(one))), _LONG))
    _put(root, "scope", "Public")
    _put(root, "note", _NOTE)
    _put(root, "references", " ".join(message.earlier) or None)
    _put(root, "incidents", file_name(one.id))
    _info(root, message)
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return data


def _info(root: Any, message: Message) -> None:
    one = message.told
    info = etree.SubElement(root, f"{{{_SPACE}}}info")
    _put(info, "language", language(one.lead.article.lang) or "en")
    _put(info, "category", _category(one.lead.event.type))
    _put(info, "event", one.lead.event.type.value.capitalize() + (f" ({one.mode})" if one.mode else ""))
    _put(info, "urgency", "Future" if one.lead.event.status in _COMING else "Past" if one.days else "Unknown")
    _put(info, "severity", severity(counts_of(one)))
    _put(info, "certainty", certainty(one))
    _put(info, "onset", f"{one.days.first}T00:00:00-00:00" if one.days else None)
    _put(info, "senderName", "sayso, reading the news by machine")
    _put(info, "headline", headline(one))
    _put(info, "description", short(" | ".join(told_lines(one)), _LONG))
    _put(info, "web", web(one.lead.article.url))
    for name, value in _parameters(message):
        _pair(info, "parameter", name, value)
    _area(info, place_of(one))


def _category(type: EventType) -> str:
    return "Security" if type in _SECURITY else "Rescue" if type in _RESCUE else "Other"


def severity(counts: list[Count]) -> str:
    """Severe where somebody is told to have been killed, Moderate where harmed; Unknown is no figure, not no harm."""
    harmed = {count.harm for count in counts if (count.best or count.low or 0) > 0 and not count.running}
    return "Severe" if "killed" in harmed else "Moderate" if harmed & {"injured", "missing", "abducted"} else "Unknown"


def certainty(one: Happening) -> str:
    """By independent corroboration: seen, told by two origins or more, or by one; contested is never likely."""
    if one.lead.unfit:
        return "Unlikely" if one.lead.event.status is Status.NEGATED else "Unknown"
    if one.lead.accused or one.lead.hedged or is_disputed(one):
        return "Possible"
    if is_seen(one):
        return "Observed"
    return "Likely" if one.origins > 1 and not only_source(one) else "Possible"


def _parameters(message: Message) -> Iterator[tuple[str, str]]:
    """Every fact that CAP has no element for; evidence as JSON."""
    known = plainly(facts(message.told))
    for name, value in known.items():
        if name == "evidence":
            yield from (("sayso_evidence", as_json(proof)) for proof in value)
        elif name != "tolls":
            yield f"sayso_{name}", _word(value)
    yield from (
        ("sayso_toll", as_json({**plainly(_bounds(count)), "words": count.words})) for count in counts_of(message.told)
    )


def _bounds(count: Count) -> dict[str, Any]:
    return {"harm": count.harm, "low": count.low, "best": count.best, "high": count.high}


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return short("; ".join(map(str, value)) if isinstance(value, list) else str(value), _LONG)


def _area(info: Any, spot: Spot | None) -> None:
    if spot is None:
        return
    area = etree.SubElement(info, f"{{{_SPACE}}}area")
    _put(area, "areaDesc", spot.described or "place unknown")
    if spot.is_located and spot.radius:
        _put(area, "circle", f"{spot.lat:.6f},{spot.lon:.6f} {spot.radius / 1000:g}")
    if spot.country:
        _pair(area, "geocode", "ISO 3166-1 alpha-3", spot.country)
    if spot.geonameid:
        _pair(area, "geocode", "GeoNames", str(spot.geonameid))


def _pair(parent: Any, name: str, key: str, value: str) -> None:
    pair = etree.SubElement(parent, f"{{{_SPACE}}}{name}")
    _put(pair, "valueName", key)
    _put(pair, "value", value)


def _put(parent: Any, name: str, text: str | None) -> None:
    """An element with this text; none where there is no text."""
    if text is not None:
        etree.SubElement(parent, f"{{{_SPACE}}}{name}").text = plain(text)
