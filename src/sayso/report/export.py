"""Writes an archive for other tools: one file a table, each row with its chain of sources."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sayso.errors import InputError
from sayso.record import to_json
from sayso.report import copies, tables
from sayso.report.actors import actors
from sayso.report.archive import Archive
from sayso.report.claims import Asked, Desk
from sayso.report.grades import Grade
from sayso.report.grounds import ground
from sayso.report.labels import uses
from sayso.report.sources import sources

Row = dict[str, Any]


def export(
    archive: Archive, form: str, folder: Path, grades: Mapping[str, Grade] | None = None
) -> Iterator[tuple[Path, int]]:
    """Write every table in a format; yields each file written with its number of rows."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in _tables(Desk(archive, grades or {})).items():
            path = folder / f"{name}.{form}"
            FORMATS[form](path, rows)
            yield path, len(rows)
        if form == "jsonl":
            path = folder / "analyses.jsonl"
            records = [to_json(analysis) for analysis in archive.analyses.values()]
            _jsonl(path, records)
            yield path, len(records)
    except OSError as cause:
        raise InputError(f"cannot be written: {cause.strerror}", about=str(folder)) from cause


def _tables(desk: Desk) -> dict[str, list[Row]]:
    archive = desk.archive
    return {
        "articles": list(_articles(archive)),
        "events": list(_events(archive)),
        "incidents": [asdict(row) for row in tables.incidents(archive)],
        "claims": [asdict(row) for row in desk.claims(Asked())],
        "sayings": [asdict(row) for row in desk.said(Asked())],
        "tolls": [asdict(row) for row in tables.tolls(archive)],
        "sources": [asdict(row) for row in sources(desk)],
        "actors": [asdict(row) for row in actors(archive)],
        "copies": [asdict(row) for row in copies.copies(archive)],
        "labels": [asdict(use) for use in uses(archive)],
    }


def _articles(archive: Archive) -> Iterator[Row]:
    for analysis in archive.analyses.values():
        article = analysis.article
        yield {
            "id": article.id,
            "outlet": article.outlet,
            "title": article.title,
            "published": article.published,
            "url": article.url,
            "lang": article.lang,
            "byline": article.byline,
            "credits": article.credits,
            "origin_id": archive.origin_of.get(article.id),
            "characters": len(article.text),
        }


def _events(archive: Archive) -> Iterator[Row]:
    for event in archive.events.values():
        place = archive.places.get(event.place or "")
        time = archive.times.get(event.time or "")
        article = event.trigger.article
        stands = ground(archive, event)
        yield {
            "id": event.id,
            "incident": archive.incident_of.get(event.id),
            "type": event.type,
            "mode": event.mode,
            "status": event.status,
            "first": time.first if time else None,
            "last": time.last if time else None,
            "actors": [archive.actors[id].name for id in event.actors],
            "actor_titles": [archive.actors[id].title for id in event.actors],
            "actor_countries": [archive.actors[id].country for id in event.actors],
            "actor_sectors": [",".join(archive.actors[id].sector) for id in event.actors],
            "recipients": [archive.actors[id].name for id in event.recipients],
            "recipient_titles": [archive.actors[id].title for id in event.recipients],
            "recipient_countries": [archive.actors[id].country for id in event.recipients],
            "recipient_sectors": [",".join(archive.actors[id].sector) for id in event.recipients],
            "place": place.name if place else None,
            "country": place.country if place else None,
            "lat": place.lat if place else None,
            "lon": place.lon if place else None,
            **asdict(stands),
            "claims": event.claims,
            "article": article,
            "outlet": archive.article(article).outlet,
            "start": event.trigger.start,
            "end": event.trigger.end,
            "quote": archive.quotes(event.evidence),
        }


def _jsonl(path: Path, rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _csv(path: Path, rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        if not rows:
            return
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        for row in rows:
            writer.writerow({key: flat(value) for key, value in row.items()})


def flat(value: Any) -> Any:
    """A cell a spreadsheet takes as text: lists joined, and nothing that it would run as a formula."""
    if isinstance(value, (list, tuple)):
        value = "; ".join("" if item is None else str(item) for item in value)
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value


def _parquet(path: Path, rows: Sequence[Row]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    listed = [{key: list(value) if isinstance(value, tuple) else value for key, value in row.items()} for row in rows]
    pq.write_table(pa.Table.from_pylist(listed), path)


FORMATS: dict[str, Callable[[Path, Sequence[Row]], None]] = {"jsonl": _jsonl, "csv": _csv, "parquet": _parquet}
