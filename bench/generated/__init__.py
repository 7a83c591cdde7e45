"""An invented press: any number of articles, coded as the line would code them, and what is true of them.

Everything is drawn from a seed and made when it is asked for, in order of publication, in flat memory; the first
thousand of a million are the thousand. Places are real (GeoNames), whatever happens there and whoever does it is not.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count as numbers
from itertools import islice

from bench.generated.coding import write
from bench.generated.edition import article_id
from bench.generated.newsroom import COPIED, Made, Planned, draft_of, plan
from bench.generated.world import DAY, Happening, happenings
from sayso.model import Analysis

__all__ = ["COPIED", "Made", "Report", "analyses", "reports"]

SEED = 1
_RECENT = 600  # happenings that a round-up may go back to: about four days


@dataclass(frozen=True, slots=True)
class Report:
    """A coded article and what is true of it."""

    analysis: Analysis
    happening: str  # the main one
    copy_of: str | None  # article it was taken from
    made: Made
    told: Mapping[str, str]  # happening by event; what merely belongs to it ("h12/ACCUSE.allege") has its own name
    crisis: str | None


def analyses(count: int, seed: int = SEED, start: int = 0) -> Iterator[Analysis]:
    """The coded articles alone."""
    return (report.analysis for report in reports(count, seed, start))


def reports(count: int, seed: int = SEED, start: int = 0) -> Iterator[Report]:
    """`count` reports from number `start` on, in order of publication; those before are planned but not written."""
    for planned, number in islice(_published(seed), start, start + count):
        report = planned[number]
        analysis, told = write(report, draft_of(planned, number), seed)
        source, crisis = report.copy_of, report.happening.crisis
        yield Report(
            analysis=analysis,
            happening=report.happening.id,
            copy_of=None if source is None else article_id(seed, report.happening, source),
            made=report.made,
            told=told,
            crisis=f"c{crisis.number}" if crisis else None,
        )


def _published(seed: int) -> Iterator[tuple[tuple[Planned, ...], int]]:
    """All reports of a happening and the number of the one that comes out next."""
    waiting: list[tuple[int, int, tuple[Planned, ...], int]] = []
    recent: deque[Happening] = deque(maxlen=_RECENT)
    order = numbers()
    for day, today in enumerate(happenings(seed)):
        for happening in today:
            recent.append(happening)
            planned = tuple(plan(happening, recent))
            for number, report in enumerate(planned):
                heapq.heappush(waiting, (report.minute, next(order), planned, number))
        while waiting and waiting[0][0] < (day + 1) * DAY:
            _, _, planned, number = heapq.heappop(waiting)
            yield planned, number
