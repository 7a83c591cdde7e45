"""The tolls of one incident from what its articles contribute, and their course: what was known after each day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sayso.link.article_tolls import ArticleTolls
from sayso.link.choice import choose
from sayso.link.counts import TakenBack, Told
from sayso.link.tolls import UNKNOWN, Count, reconcile_tolls
from sayso.model import Harm, TollEstimate, TollStep, Turn

_UNDATED = 0  # sorts before every day
_MOST = 60  # days whose estimate is worked out; of more the first and the last ones


@dataclass(frozen=True, slots=True)
class Share:
    """What one article contributes to one incident."""

    tolls: ArticleTolls
    origin: str  # -> Origin
    name: str = UNKNOWN  # of the origin; one name has one vote
    events: frozenset[str] = frozenset()  # those of its events that are of the incident
    loose: frozenset[str] = frozenset()  # its tolls tied to no event that are of the incident all the same
    main: bool = False  # the incident is what the article is about

    @property
    def counts(self) -> tuple[Count, ...]:
        return tuple(Count(told, self.origin, self.name) for told in self.tolls.told if self._holds(told))

    def _holds(self, told: Told) -> bool:
        """Of what is tied to no event, a figure that the article itself takes back counts nothing here."""
        if told.event in self.events:
            return True
        back = {recall.figure for recall in self.tolls.taken_back}
        return not self.loose.isdisjoint(told.tolls) and not told.gone and told.low not in back


@dataclass(frozen=True, slots=True)
class _Evidence:
    """All that the tolls of an incident rest on."""

    shares: tuple[Share, ...]
    recalls: tuple[TakenBack, ...]
    growing: bool
    weights: Mapping[str, float] | None

    def until(self, day: int) -> _Evidence:
        """What was there at the end of a day."""
        shares = tuple(share for share in self.shares if _day_of(share) <= day)
        return replace(self, shares=shares, recalls=tuple(one for one in self.recalls if (one.day or 0) <= day))

    def estimates(self) -> tuple[TollEstimate, ...]:
        counts = [count for share in self.shares for count in share.counts]
        own = [recall for share in self.shares for recall in share.tolls.taken_back]
        found = reconcile_tolls(counts, (*self.recalls, *own), self.growing)
        reports = [share.tolls.report for share in self.shares if share.main]
        return found if self.growing else choose(found, counts, reports, self.weights)


def reconcile_shares(
    shares: Iterable[Share],
    recalls: Iterable[TakenBack] = (),
    growing: bool = False,
    weights: Mapping[str, float] | None = None,
) -> tuple[TollEstimate, ...]:
    """The tolls of an incident with their course; the order of shares does not matter.

    `recalls` are figures that reports of the same story take back beside those of the shares; `growing` for running
    totals; `weights` of `headline`, those that ship unless others are given.
    """
    kept = tuple(sorted(shares, key=lambda share: share.tolls.article))
    evidence = _Evidence(kept, tuple(recalls), growing, weights)
    found = evidence.estimates()
    if not found:
        return ()
    days = _turning_days(evidence)
    known = [evidence.until(day).estimates() for day in days[:-1]] + [found]
    return tuple(replace(each, steps=tuple(_course(each.harm, evidence, days, known))) for each in found)


def _day_of(share: Share) -> int:
    return share.tolls.report.day or _UNDATED


def _turning_days(evidence: _Evidence) -> list[int]:
    """The days whose reports told a figure that no origin had told before, or took one back; the last one always."""
    seen: set[tuple[object, ...]] = set()
    days = set()
    for share in sorted(evidence.shares, key=_day_of):
        keys = {(count.told.harm, count.told.low, count.told.high, count.voice) for count in share.counts}
        if keys - seen or share.tolls.taken_back or any(count.told.gone for count in share.counts):
            days.add(_day_of(share))
        seen |= keys
    first = min((_day_of(share) for share in evidence.shares), default=_UNDATED)
    days |= {one.day for one in evidence.recalls if one.day is not None and one.day > first}
    found = sorted(days) or [first]
    return found if len(found) <= _MOST else [*found[: _MOST // 2], *found[-_MOST // 2 :]]


def _course(
    harm: Harm, evidence: _Evidence, days: Sequence[int], known: Sequence[tuple[TollEstimate, ...]]
) -> Iterable[TollStep]:
    before: TollEstimate | None = None
    for day, estimates in zip(days, known, strict=True):
        now = next((one for one in estimates if one.harm is harm), None)
        if now is None:
            continue
        kind = _turn(before, now)
        if kind is not None:
            tolls, origins = _of_day(evidence, now, day)
            iso = date.fromordinal(day).isoformat() if day else None
            yield TollStep(iso, kind, now.low, now.best, now.high, tolls, origins)
        before = now


def _turn(before: TollEstimate | None, now: TollEstimate) -> Turn | None:
    """What changed from one day to the next; None where nothing did."""
    stands, stood = bool(now.basis or now.dissent), before is not None and bool(before.basis or before.dissent)
    if before is None:
        return Turn.FIRST if stands else Turn.WITHDRAWN
    range_now, range_before = (now.low, now.best, now.high), (before.low, before.best, before.high)
    if {wrong for wrong, _ in now.corrected} - {wrong for wrong, _ in before.corrected} and range_now != range_before:
        return Turn.CORRECTED
    if set(now.withdrawn) - set(before.withdrawn) and (range_now != range_before or stands != stood):
        return Turn.WITHDRAWN
    if stands and not stood:
        return Turn.FIRST
    if (now.best or 0) != (before.best or 0):
        return Turn.RISEN if (now.best or 0) > (before.best or 0) else Turn.LOWERED
    if range_now != range_before:
        return Turn.DISPUTED if set(now.dissent) - set(before.dissent) else Turn.CONFIRMED
    return Turn.CONFIRMED if len(now.origins) > len(before.origins) else None


def _of_day(evidence: _Evidence, now: TollEstimate, day: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tolls that a day's reports told, as far as the estimate knows them, and their origins."""
    known = now.standings
    told = [
        (id, share.origin)
        for share in evidence.shares
        if _day_of(share) == day
        for count in share.counts
        if count.told.harm is now.harm
        for id in count.told.tolls
        if id in known
    ]
    return tuple(sorted({id for id, _ in told})), tuple(sorted({origin for _, origin in told}))
