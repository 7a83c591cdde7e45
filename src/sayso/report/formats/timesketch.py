"""Timesketch: one row a dated happening, and one for each day on which its toll changed.

Timesketch takes what has a moment and a message. A day stands for its first second in UTC, and `date_precision` says
that it is a day; it keeps no day outside of the years 1678 to 2261, and no text longer than 32,766 bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from sayso.model import TollEstimate, TollStep, Turn
from sayso.report.archive import Archive
from sayso.report.formats.facts import Spot, chosen, counts_of, facts, headline, place_of
from sayso.report.formats.files import LONGEST, Handed, Row, as_json, within, write_commas
from sayso.report.formats.told import Days, Happening
from sayso.report.tables import estimate, origin_names

_REQUIRED = ("message", "datetime", "timestamp_desc", "timestamp")
_FACTS = (
    "id", "incident", "type", "mode", "status", "first_day", "last_day", "dated_by", "actors", "recipients", "place",
    "place_level", "radius_m", "country", "says", "own_voice", "first_hand", "stance", "accusation", "certainty",
    "hedge", "origins", "articles", "only_source", "disputed", "disputed_by", "outlets", "article", "start", "end",
    "quote",
)  # fmt: skip
COLUMNS = (*_REQUIRED, "date_precision", *_FACTS, "latitude", "longitude", "tolls", "evidence")
_TURNS = {Turn.FIRST: "first told"}
_YEARS = (1678, 2261)  # nanoseconds since 1970 in 64 bits
UNDATED, FAR = (
    "undated, and Timesketch has no place for it",
    "outside of the years 1678 to 2261, which Timesketch keeps",
)


def write(archive: Archive, folder: Path, every: bool = False) -> Handed:
    """What has a day; the rest is counted."""
    left: Counter[str] = Counter()
    rows: list[Row] = []
    for one in chosen(archive, every, left):
        reason = None if one.days and _holds(one.days.first) else FAR if one.days else UNDATED
        if reason or one.days is None:
            left[reason or UNDATED] += len(one.tellings)
        else:
            rows += [_happened(one, one.days), *_revisions(one)]
    rows.sort(key=lambda row: row["timestamp"])
    return Handed([write_commas(folder / "timesketch.csv", COLUMNS, map(within, rows))], left)


def _holds(day: str) -> bool:
    return _YEARS[0] <= int(day[:4]) <= _YEARS[1]


def _happened(one: Happening, days: Days) -> Row:
    precision = "day" if days.length == 1 else f"{days.length} days" if days.length else "open"
    return {**_at(days.first), "message": headline(one), "timestamp_desc": "Happened", "date_precision": precision,
            **_facts(one), "tolls": [count.words for count in counts_of(one)]}  # fmt: skip


def _revisions(one: Happening) -> Iterator[Row]:
    """A row for each day whose reports changed what was known of a toll."""
    for total in one.incident.tolls if one.incident else ():
        for step in total.steps:
            if step.day and _holds(step.day):
                yield _revised(one, total, step)


def _revised(one: Happening, total: TollEstimate, step: TollStep) -> Row:
    names = origin_names(one.lead.archive, step.origins)
    stands = step.best is not None or step.low > 0
    figure = TollEstimate(total.harm, step.low, step.best, step.high, step.tolls or ("",), ())
    words = estimate(figure) if stands else f"{total.harm}: no figure stands"
    by = f" ({', '.join(names)})" if names else ""
    desc = f"Toll {_TURNS.get(step.kind, step.kind)}"
    return {**_at(step.day or ""), "message": f"{desc}: {words}{by}: {headline(one)}", "timestamp_desc": desc,
            "date_precision": "day", **_facts(one), "tolls": [words]}  # fmt: skip


def _at(day: str) -> Row:
    moment = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
    return {"datetime": moment.isoformat(), "timestamp": int(moment.timestamp()) * 1_000_000}


def _facts(one: Happening) -> Row:
    known = facts(one)
    spot: Spot | None = place_of(one)
    return {
        **{name: known[name] for name in _FACTS},
        "latitude": spot.point[0] if spot and spot.point else None,
        "longitude": spot.point[1] if spot and spot.point else None,
        "evidence": as_json(_fitting(known["evidence"])),
    }


def _fitting(evidence: list[Row]) -> list[Row]:
    """As many of the stretches as a cell holds whole."""
    found, size = [], 2
    for proof in evidence:
        size += len(as_json(proof).encode("utf-8")) + 1
        if size > LONGEST:
            break
        found.append(proof)
    return found
