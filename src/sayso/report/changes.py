"""What an archive says as of one day against what it said as of another, each line with the words it rests on.

The same incident before and after is told by its events: an event is its words, so that it keeps its id whatever is
added around it. What several incidents held before and one holds now was joined, the other way round it was split.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sayso.model import Analysis, Incident, Span, TollEstimate
from sayso.report import tables
from sayso.report.agreement import Evidence, about_incident, quote
from sayso.report.archive import Archive, days
from sayso.report.checks import clip
from sayso.report.claims import Desk
from sayso.report.facets import agree, denials_of
from sayso.report.frames import Frame
from sayso.report.positions import LIVE, Position, Standing, speaker
from sayso.report.sayings import independent
from sayso.text import fold


class ChangeKind(StrEnum):
    """What changed; in the order in which a desk wants to read it."""

    NEW = "new incident"
    JOINED = "joined"
    SPLIT = "split"
    GONE = "no longer told"
    TOLL = "toll"
    WITHDRAWN = "figure withdrawn"
    DENIAL = "new denial"
    STANDING = "standing"
    ORIGINS = "origins"
    REPORTS = "reports"
    CODE = "code"
    PLACE = "place"
    DAYS = "days"
    CLAIM = "new claim"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise than before."""

    kind: str
    incident: str  # id as of the later day; of what is no longer told, as of the earlier
    about: str
    what: str  # the harm, the facet with its position, or who speaks
    before: str
    after: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed between two days, and how many articles each side and neither side rests on."""

    first: str
    second: str
    articles: tuple[int, int]
    undated: int
    changes: tuple[Change, ...]


def published_until(analyses: Iterable[Analysis], day: str) -> list[Analysis]:
    """Analyses of the articles published up to the end of a day; what has no date is left out."""
    return [one for one in analyses if one.article.published and one.article.published[:10] <= day]


def changes(before: Desk, after: Desk) -> list[Change]:
    """What the later archive tells otherwise than the earlier, the weightiest incidents first."""
    ranks = {row.id: at for at, row in enumerate(tables.incidents(after.archive))}
    order = list(ChangeKind)
    found = _Comparison(before, after).all()
    return sorted(
        found, key=lambda one: (ranks.get(one.incident, len(ranks)), one.incident, order.index(ChangeKind(one.kind)))
    )


class _Comparison:
    """Two states of one archive."""

    def __init__(self, before: Desk, after: Desk) -> None:
        self.before, self.after = before, after
        self.old, self.new = before.archive, after.archive

    def all(self) -> list[Change]:
        found: list[Change] = []
        for incident in self.new.links.incidents:
            homes = _homes(incident, self.old)
            if not homes:
                spans = _told(self.new, incident)
                found.append(self._line(ChangeKind.NEW, incident, spans=spans))
                continue
            if len(homes) > 1:
                found.append(self._joined(incident, homes))
            found += self._changed(self.old.incidents[homes[0]], incident)
        for incident in self.old.links.incidents:
            found += self._parted(incident)
        return found

    def _line(
        self, kind: ChangeKind, incident: Incident, what: str = "", before: str = "", after: str = "",
        spans: Iterable[Span] = (), archive: Archive | None = None,
    ) -> Change:  # fmt: skip
        quotes = tuple(quote(archive or self.new, span) for span in dict.fromkeys(spans))
        return Change(kind, incident.id, about_incident(incident), what, before, after, quotes)

    # ----------------------------------------------------------------- which is which

    def _joined(self, incident: Incident, homes: Sequence[str]) -> Change:
        parts = [self.old.incidents[home] for home in homes]
        spans = [_told(self.old, part)[0] for part in parts]
        return self._line(
            ChangeKind.JOINED, incident, before=f"{len(parts)} incidents: {_list(parts)}", after="one", spans=spans
        )

    def _parted(self, incident: Incident) -> Iterator[Change]:
        """What became of an incident that is now several, or none."""
        homes = _homes(incident, self.new)
        if not homes:
            spans = _told(self.old, incident)
            yield self._line(ChangeKind.GONE, incident, spans=spans, archive=self.old)
        elif len(homes) > 1:
            parts = [self.new.incidents[home] for home in homes]
            spans = [_told(self.new, part)[0] for part in parts]
            after = f"{len(parts)} incidents: {_list(parts)}"
            yield self._line(ChangeKind.SPLIT, parts[0], before=f"one: {incident.id[:8]}", after=after, spans=spans)

    # ----------------------------------------------------------------- one incident

    def _changed(self, old: Incident, new: Incident) -> Iterator[Change]:
        yield from self._reach(old, new)
        yield from self._codes(old, new)
        yield from self._tolls(old, new)
        yield from self._standing(old, new)
        yield from self._said(old, new)

    def _reach(self, old: Incident, new: Incident) -> Iterator[Change]:
        """More origins; or more reports of those that told it already."""
        were, are = independent(self.old, old.articles), independent(self.new, new.articles)
        added = [id for id in new.articles if id not in old.articles]
        fresh = [id for id in added if independent(self.new, [id]) - were]
        if len(were) != len(are):
            spans = _told(self.new, new, fresh or added)
            yield self._line(ChangeKind.ORIGINS, new, "", str(len(were)), str(len(are)), spans)
        elif added:
            was, now = str(len(old.articles)), f"{len(new.articles)}, of as many origins as before"
            yield self._line(ChangeKind.REPORTS, new, "", was, now, _told(self.new, new, added))

    def _codes(self, old: Incident, new: Incident) -> Iterator[Change]:
        for kind, was, now in (
            (ChangeKind.CODE, old.type.value, new.type.value),
            (ChangeKind.PLACE, old.place or "unknown", new.place or "unknown"),
            (ChangeKind.DAYS, days(old.first, old.last) or "unknown", days(new.first, new.last) or "unknown"),
        ):
            if was != now:
                yield self._line(kind, new, "", was, now, _told(self.new, new, set(new.articles) - set(old.articles)))

    def _tolls(self, old: Incident, new: Incident) -> Iterator[Change]:
        """Reconciled figures that changed, and figures that were called back since."""
        were = {total.harm: total for total in old.tolls}
        for total in new.tolls:
            was = were.pop(total.harm, None)
            gone = set(total.withdrawn) - set(was.withdrawn if was else ())
            called_back = sorted(gone & self.old.tolls.keys())
            if called_back:
                figures = ", ".join(sorted({f"{self.new.tolls[id].low:,}" for id in called_back}))
                spans = [self.new.tolls[id].span for id in called_back]
                yield self._line(ChangeKind.WITHDRAWN, new, total.harm.value, figures, "withdrawn", spans)
            if was is None or _figure(was) != _figure(total):
                before = tables.estimate(was) if was else "not told"
                spans = [self.new.tolls[id].span for id in _fresh(was, total) if id in self.new.tolls]
                yield self._line(ChangeKind.TOLL, new, total.harm.value, before, tables.estimate(total), spans)
        for was in were.values():
            spans = [self.old.tolls[id].span for id in (*was.basis, *was.withdrawn) if id in self.old.tolls]
            yield self._line(ChangeKind.TOLL, new, was.harm.value, tables.estimate(was), "not told", spans)

    def _standing(self, old: Incident, new: Incident) -> Iterator[Change]:
        """Positions that stand otherwise, and new ones that are contested."""
        were, are = (_positions(desk, one) for desk, one in ((self.before, old), (self.after, new)))
        for (facet, key), position in are.items():
            was = were.get((facet, key))
            standing = was.standing if was else None
            moved = was is not None and standing is not position.standing and position.standing in LIVE
            opened = was is None and position.standing is Standing.CONTESTED
            if moved or opened:
                known = {held.evidence for held in was.holders} if was else set()
                spans = [held.evidence for held in position.holders if held.evidence not in known]
                against = f" (against {'; '.join(position.against)})" if position.against else ""
                after = f"{position.standing.value}{against}"
                yield self._line(
                    ChangeKind.STANDING, new, f"{facet}: {position.says}", standing.value if standing else "not told",
                    after, spans or [held.evidence for held in position.holders][:1],
                )  # fmt: skip

    def _said(self, old: Incident, new: Incident) -> Iterator[Change]:
        """New sayings on it, those that deny it apart."""
        denials = {claim.id: claim for claim in denials_of(self.after, new)}
        for claim in denials.values():
            if claim.id not in self.old.claims:
                who = speaker(self.after, claim)
                said = f"{claim.stance.value} “{clip(self.new.quotes(claim.content))}”"
                yield self._line(ChangeKind.DENIAL, new, who.name, "", said, claim.content)
        told = {*new.events, *(id for total in new.tolls for id in (*total.basis, *total.dissent))}
        claims = [claim for id in sorted(told) for claim in self.new.claims_on.get(id, ())]
        for saying in dict.fromkeys(self.after.sayings.of[claim.id] for claim in claims):
            first = saying.claims[0]
            if first.id in denials or any(claim.id in self.old.claims for claim in saying.claims):
                continue
            who = speaker(self.after, first)
            said = f"{first.stance.value} “{clip(self.new.quotes(first.content))}”"
            yield self._line(ChangeKind.CLAIM, new, who.name, "", said, first.content)


def _homes(incident: Incident, other: Archive) -> list[str]:
    """The incidents of another state that hold its events, the one that holds most of them first."""
    shared = Counter(home for event in incident.events if (home := other.incident_of.get(event)))
    return sorted(shared, key=lambda home: (-shared[home], home))


def _told(archive: Archive, incident: Incident, articles: Iterable[str] | None = None) -> list[Span]:
    """Where the articles tell it, one place each; all of them where none is named."""
    wanted = set(incident.articles if articles is None else articles)
    found: dict[str, Span] = {}
    for span in sorted(archive.events[id].trigger for id in incident.events):
        if span.article in wanted:
            found.setdefault(span.article, span)
    return sorted(found.values(), key=lambda span: (archive.article(span.article).published or "9999", span))


def _list(parts: Sequence[Incident]) -> str:
    return "; ".join(f"{part.id[:8]} “{clip(part.summary)}”" for part in parts)


def _figure(total: TollEstimate) -> tuple[int, int | None, int | None, bool]:
    """What a reader sees of a toll: its bounds, its best figure and whether others disagree."""
    return total.low, total.best, total.high, bool(total.dissent)


def _fresh(was: TollEstimate | None, now: TollEstimate) -> list[str]:
    """The tolls that the new estimate rests on and the old did not; all where nothing was added."""
    held = {*was.basis, *was.dissent} if was else set()
    return [id for id in (*now.basis, *now.dissent) if id not in held] or [*now.basis, *now.dissent]


def _positions(desk: Desk, incident: Incident) -> Mapping[tuple[str, str], Position]:
    """The positions on an incident by facet and by what they are called, frames by their kind."""
    return {
        (facet.name, position.value.value if isinstance(position.value, Frame) else fold(position.says)): position
        for facet in agree(desk, incident).facets
        for position in facet.positions
    }


def change_line(change: Change) -> str:
    """ "toll: killed 26 → killed 225", "new claim: Tokayev asserts “…”"."""
    moved = " → ".join(filter(None, (change.before, change.after)))
    what = change.what if change.kind != ChangeKind.TOLL else ""
    return ": ".join(filter(None, (change.kind, what, moved)))
