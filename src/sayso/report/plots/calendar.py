"""What a timeline shows: how many incidents each day, week or month, how many were killed, and what took longer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sayso.model import Harm, Incident
from sayso.report.archive import Archive
from sayso.report.plots.groups import GROUPS, group_of
from sayso.report.plots.marks import figure, overlaps
from sayso.report.tables import weight

_BINS = 92  # a picture holds no more side by side
_AROUND = timedelta(days=31)  # what is told of other times than these around the reports is recalled or planned


@dataclass(frozen=True, slots=True)
class Bin:
    """A day, a week or a month."""

    first: date
    last: date
    counts: tuple[tuple[str, int], ...]  # incidents by name of their group, in the order of groups
    killed: int  # best figures of its incidents, added up
    worst: str  # place of the incident with most killed, "" where none was
    worst_killed: int

    @property
    def incidents(self) -> int:
        return sum(count for _, count in self.counts)


@dataclass(frozen=True, slots=True)
class Stretch:
    """An incident dated to more than one bin; None: open."""

    incident: str
    group: str
    first: date | None
    last: date | None
    place: str
    killed: int | None
    injured: int | None


@dataclass(frozen=True, slots=True)
class Calendar:
    """A timeline ready to draw; every incident of the archive is in it once."""

    first: date  # what is drawn; stretches may reach beyond it
    last: date
    step: str  # day, week, month
    bins: tuple[Bin, ...]  # all from first to last, empty ones too
    stretches: tuple[Stretch, ...]  # the weightiest first
    undated: int
    outside: int  # on other days than those drawn

    @property
    def incidents(self) -> int:
        return sum(bin.incidents for bin in self.bins) + len(self.stretches)

    @property
    def killed(self) -> bool:
        """Whether anybody is told to have been."""
        return any(bin.killed for bin in self.bins)


def calendar(
    archive: Archive, since: str | None = None, until: str | None = None, among: Collection[str] | None = None
) -> Calendar | None:
    """Incidents over days; unasked, those from a month before the first report to a month after the last.

    Only those `among` these ids where they are given. None where none has a date in that time.
    """
    asked = [one for one in archive.links.incidents if among is None or one.id in among]
    low, high = _around_reports(archive)
    low, high = since or low, until or high
    dated = [one for one in asked if one.first or one.last]
    told = [one for one in dated if overlaps(one, low, high)]
    ends = _ends(told, since, until)
    if not told or ends is None:
        return None
    first, last = ends
    step = next(step for step in ("day", "week", "month") if step == "month" or _many(first, last, step) <= _BINS)
    starts = tuple(_starts(first, last, step))
    held: dict[date, list[Incident]] = defaultdict(list)
    longer = []
    for one in told:
        one_first, one_last = (date.fromisoformat(day) if day else None for day in (one.first, one.last))
        if one_first and one_last and _start(one_first, step) == _start(one_last, step) in starts:
            held[_start(one_first, step)].append(one)
        else:
            longer.append(one)
    longer.sort(key=lambda one: (-(figure(one, Harm.KILLED) or 0), -weight(archive, one), one.id))
    return Calendar(
        first=first,
        last=last,
        step=step,
        bins=tuple(_bin(start, step, held[start]) for start in starts),
        stretches=tuple(map(_stretch, longer)),
        undated=len(asked) - len(dated),
        outside=len(dated) - len(told),
    )


def _ends(told: list[Incident], since: str | None, until: str | None) -> tuple[date, date] | None:
    """The days asked for, else those between which single days are told; where none is, all that are."""
    single = [day for one in told if one.first == one.last and (day := one.first)]
    days = single or [day for one in told for day in (one.first, one.last) if day]
    first, last = since or min(days, default=None), until or max(days, default=None)
    if not first or not last:
        return None
    return date.fromisoformat(min(first, last)), date.fromisoformat(max(first, last))


def _around_reports(archive: Archive) -> tuple[str | None, str | None]:
    days = [day[:10] for held in archive.analyses.values() if (day := held.article.published)]
    if not days:
        return None, None
    first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
    return (first - _AROUND).isoformat(), (last + _AROUND).isoformat()


def _start(day: date, step: str) -> date:
    """The first day of the bin that holds a day; weeks begin on Monday."""
    if step == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if step == "week" else day


def _after(start: date, step: str) -> date:
    if step == "month":
        return (start + timedelta(days=31)).replace(day=1)
    return start + timedelta(days=7 if step == "week" else 1)


def _starts(first: date, last: date, step: str) -> Iterator[date]:
    start = _start(first, step)
    while start <= last:
        yield start
        start = _after(start, step)


def _many(first: date, last: date, step: str) -> int:
    return (last - first).days // (7 if step == "week" else 1) + 1


def _bin(start: date, step: str, incidents: list[Incident]) -> Bin:
    counts = Counter(group_of(one.type).name for one in incidents)
    dead = [(figure(one, Harm.KILLED) or 0, one.place or one.country or "") for one in incidents]
    worst = max(dead, key=lambda found: found[0], default=(0, ""))
    return Bin(
        first=start,
        last=_after(start, step) - timedelta(days=1),
        counts=tuple((group.name, counts[group.name]) for group in GROUPS if counts[group.name]),
        killed=sum(count for count, _ in dead),
        worst=worst[1] if worst[0] else "",
        worst_killed=worst[0],
    )


def _stretch(incident: Incident) -> Stretch:
    return Stretch(
        incident=incident.id,
        group=group_of(incident.type).name,
        first=date.fromisoformat(incident.first) if incident.first else None,
        last=date.fromisoformat(incident.last) if incident.last else None,
        place=incident.place or incident.country or "",
        killed=figure(incident, Harm.KILLED),
        injured=figure(incident, Harm.INJURED),
    )
