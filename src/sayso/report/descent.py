"""Who took what from whom: reports in the order they came out, as trees of copies, each under its origin."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

from sayso.listing import ArticleEntry, Count, Descent, Taken
from sayso.text import fold, same_name

UNDATED = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Branch:
    """A report with what was taken from it."""

    entry: ArticleEntry
    copy: Taken | None  # what it is to the one it was taken from; None for a root
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """Reports that go back to one origin; or the rest, which share nothing and have no name."""

    name: str
    missing: str  # the agency that they credit and whose own report is not among them; "" for none
    reports: tuple[ArticleEntry, ...]  # in order
    crediting: tuple[str, ...]  # of the reports, those that credit the missing agency and are no copies here
    roots: tuple[Branch, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """In the order of their first reports."""
        return tuple(dict.fromkeys(entry.outlet or "unknown" for entry in self.reports))


def moment(published: str | None) -> datetime:
    """When something came out, for sorting; a day is its beginning, and what is undated comes last."""
    try:
        found = datetime.fromisoformat(published or "")
    except ValueError:
        return UNDATED
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def is_timed(published: str | None) -> bool:
    """Whether an hour is told too, with its time zone."""
    try:
        return datetime.fromisoformat(published or "").tzinfo is not None
    except ValueError:
        return False


def hours_later(copy: Taken) -> float | None:
    """Hours from an original to its copy; None where either has only a day."""
    if not (is_timed(copy.published) and is_timed(copy.of_published)):
        return None
    return (moment(copy.published) - moment(copy.of_published)).total_seconds() / 3600


def lapse(hours: float | None) -> str:
    """ "40 minutes", "3 hours", "2 days"; "" for what is not known."""
    if hours is None:
        return ""
    if hours < 0:
        return f"{lapse(-hours)} before"
    for unit, size in (("day", 24.0), ("hour", 1.0)):
        if hours >= 2 * size or (unit == "hour" and hours >= size):
            number = round(hours / size)
            return f"{number} {unit}{'' if number == 1 else 's'}"
    number = round(hours * 60)
    return f"{number} minute{'' if number == 1 else 's'}"


# --------------------------------------------------------------------------- bands


def in_order(shown: Descent) -> list[tuple[ArticleEntry, datetime]]:
    """Reports by publication; a copy of which only the day is known comes after its original of that day."""
    entries = {entry.id: entry for entry in shown.articles}
    of = {copy.article: copy.of for copy in shown.copies}
    when: dict[str, tuple[datetime, int]] = {}

    def place(id: str, above: frozenset[str]) -> tuple[datetime, int]:
        if id not in when:
            own, depth = moment(entries[id].published), 0
            if (original := of.get(id)) and original not in above:
                theirs, depth = place(original, above | {id})
                depth += 1
                if not is_timed(entries[id].published) and own.date() == theirs.date():
                    own = max(own, theirs)
            when[id] = own, depth
        return when[id]

    ordered = sorted(entries, key=lambda id: (*place(id, frozenset({id})), id))
    return [(entries[id], when[id][0]) for id in ordered]


def bands(shown: Descent) -> list[Band]:
    """The reports by origin, those of the earliest first; those that stand alone come last, together."""
    ordered = [entry for entry, _ in in_order(shown)]
    taken = {copy.article: copy for copy in reversed(shown.copies)}
    groups: dict[tuple[str, str], list[ArticleEntry]] = defaultdict(list)
    for entry in ordered:
        groups[_group(shown, entry, taken)].append(entry)
    alone = groups.pop(("", ""), [])
    found = [_band(shown, name, group, taken) for (_, name), group in groups.items()]
    return [*found, *([_band(shown, "", alone, taken)] if alone else [])]


def _group(shown: Descent, entry: ArticleEntry, taken: Mapping[str, Taken]) -> tuple[str, str]:
    """What a report stands together with: its origin, else the agency it credits, else nothing."""
    id, name = shown.origins.get(entry.id, ("", ""))
    together = sum(1 for other in shown.articles if shown.origins.get(other.id, ("",))[0] == id)
    linked = entry.id in taken or any(copy.of == entry.id for copy in shown.copies)
    if id and (together > 1 or linked):
        return id, name
    agency = next(iter(_agencies(shown, entry)), "")
    return ("agency", agency) if agency else ("", "")


def _agencies(shown: Descent, entry: ArticleEntry) -> list[str]:
    """Others that a report credits."""
    return [one for one in shown.credits.get(entry.id, ()) if not same_name(one, entry.outlet or "")]


def _band(shown: Descent, name: str, group: Sequence[ArticleEntry], taken: Mapping[str, Taken]) -> Band:
    here = {entry.id for entry in group}
    roots = [entry for entry in group if entry.id not in taken or taken[entry.id].of not in here]
    missing = _missing(shown, group, roots) if name else ""
    crediting = tuple(entry.id for entry in roots if missing and _credits(shown, entry, missing))
    children: dict[str, list[ArticleEntry]] = defaultdict(list)
    for entry in group:
        if entry.id in taken and taken[entry.id].of in here:
            children[taken[entry.id].of].append(entry)

    def grow(entry: ArticleEntry, copy: Taken | None, above: frozenset[str]) -> Branch:
        below = (one for one in children[entry.id] if one.id not in above)
        return Branch(entry, copy, tuple(grow(one, taken[one.id], above | {one.id}) for one in below))

    tops = roots or group[:1]  # two that analysts called copies of each other have no root
    trees = tuple(grow(entry, None, frozenset({entry.id})) for entry in tops)
    return Band(name, missing, tuple(group), crediting, trees)


def _missing(shown: Descent, group: Iterable[ArticleEntry], roots: Iterable[ArticleEntry]) -> str:
    """The agency that most of the roots credit, if no report of its own is among them."""
    outlets = [entry.outlet for entry in group if entry.outlet]
    named = Counter(agency for entry in roots for agency in _agencies(shown, entry))
    return next((name for name, _ in named.most_common() if not any(same_name(name, one) for one in outlets)), "")


def _credits(shown: Descent, entry: ArticleEntry, agency: str) -> bool:
    return any(same_name(one, agency) for one in _agencies(shown, entry))


# --------------------------------------------------------------------------- givers and takers


@dataclass(frozen=True, slots=True)
class Taking:
    """What one outlet took from another."""

    outlet: str
    of: str
    copies: int
    kinds: tuple[Count, ...]
    share: float  # median share of a copy's words
    hours: float | None  # median time from original to copy; None where no two are told to the hour
    latest: Taken


@dataclass(frozen=True, slots=True)
class Family:
    """An original with everything that was taken from it, or from its copies."""

    original: str
    copies: int
    outlets: int  # that took it
    kinds: tuple[Count, ...]
    hours: float | None  # until its last copy


def takings(copies: Iterable[Taken]) -> list[Taking]:
    """Who took from whom, the busiest first."""
    pairs: dict[tuple[str, str], list[Taken]] = defaultdict(list)
    for copy in copies:
        pairs[copy.outlet or "unknown", copy.of_outlet or "unknown"].append(copy)
    found = [_taking(outlet, of, held) for (outlet, of), held in pairs.items()]
    return sorted(found, key=lambda one: (-one.copies, fold(one.of), fold(one.outlet)))


def _taking(outlet: str, of: str, held: Sequence[Taken]) -> Taking:
    hours = [hours for copy in held if (hours := hours_later(copy)) is not None]
    return Taking(
        outlet=outlet,
        of=of,
        copies=len(held),
        kinds=_kinds(held),
        share=median(copy.share for copy in held),
        hours=median(hours) if hours else None,
        latest=max(held, key=lambda copy: (copy.published or "", copy.article)),
    )


def families(copies: Sequence[Taken]) -> list[Family]:
    """Originals with most copies, direct or by way of others, first."""
    of = {copy.article: copy.of for copy in reversed(copies)}
    held: dict[str, list[Taken]] = defaultdict(list)
    for copy in copies:
        held[_root(copy.of, of)].append(copy)
    found = [_family(root, group) for root, group in held.items()]
    return sorted(found, key=lambda one: (-one.copies, -one.outlets, one.original))


def _root(id: str, of: Mapping[str, str]) -> str:
    seen = {id}
    while (above := of.get(id)) and above not in seen:
        seen.add(above)
        id = above
    return id


def _family(root: str, group: Sequence[Taken]) -> Family:
    began = next((copy.of_published for copy in group if copy.of == root), None)
    ended = max((copy.published for copy in group if is_timed(copy.published)), key=moment, default=None)
    timed = is_timed(began) and ended is not None
    return Family(
        original=root,
        copies=len({copy.article for copy in group}),
        outlets=len({copy.outlet for copy in group}),
        kinds=_kinds(group),
        hours=(moment(ended) - moment(began)).total_seconds() / 3600 if timed else None,
    )


def _kinds(copies: Iterable[Taken]) -> tuple[Count, ...]:
    counted = Counter(copy.kind for copy in copies)
    return tuple(Count(value, number) for value, number in sorted(counted.items(), key=lambda one: (-one[1], one)))
