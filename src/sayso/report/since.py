"""A timeline from a day on, with what was told since then of what began earlier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sayso.report import tables
from sayso.report.archive import Archive
from sayso.report.changes import Change, ChangeKind, change_line
from sayso.report.tables import TimelineRow

# What a timeline tells of an incident that began before its first day.
_NEWS = (
    ChangeKind.JOINED, ChangeKind.SPLIT, ChangeKind.TOLL, ChangeKind.WITHDRAWN, ChangeKind.DENIAL, ChangeKind.STANDING,
    ChangeKind.ORIGINS, ChangeKind.REPORTS, ChangeKind.CODE, ChangeKind.PLACE, ChangeKind.DAYS,
)  # fmt: skip


def since_then(found: Iterable[Change]) -> dict[str, str]:
    """What is new of each incident, in a line; "new" for one that nobody had told."""
    lines: dict[str, list[str]] = defaultdict(list)
    for change in found:
        if change.kind == ChangeKind.NEW:
            lines[change.incident].append("new")
        elif change.kind in _NEWS:
            lines[change.incident].append(change_line(change))
    return {id: "; ".join(told) for id, told in lines.items()}


def told_since(
    archive: Archive, since: str, until: str | None, then: Mapping[str, str]
) -> tuple[list[TimelineRow], list[TimelineRow]]:
    """The timeline from a day on, with what was told of each since then; and what began before and has changed."""
    rows = [replace(row, then=then.get(row.incident, "")) for row in tables.timeline(archive, since, until)]
    shown = {row.incident for row in rows}
    past = [
        replace(tables.moment(archive, incident), then=then[incident.id], earlier=True)
        for incident in archive.links.incidents
        if incident.id in then and incident.id not in shown and incident.first and (incident.last or "") < since
    ]
    return rows, sorted(past, key=lambda row: (row.day, row.incident))
