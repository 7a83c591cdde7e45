"""Who is known: every name that articles give a title or a country, with the days on which it was seen so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.report.archive import Archive
from sayso.report.register import Entry, Sighting, most_written
from sayso.text import fold


@dataclass(frozen=True, slots=True)
class ActorRow:
    """One name in one office. An office that two held at different dates is two rows, and so are a person's two."""

    name: str
    kind: str  # person, organization
    title: str | None
    titles: tuple[str, ...]  # every form of it, the most common first
    country: str | None
    sector: tuple[str, ...]
    first: str | None
    last: str | None
    articles: int
    unresolved: bool  # the name is seen with several countries: perhaps two of one name
    evidence: tuple[str, ...]  # article and characters, "3f2a91c0d4e5b6a7 124:139"


def actors(
    archive: Archive,
    name: str | None = None,
    country: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> list[ActorRow]:
    """Who is known, those that most articles tell of first; of part of a name or title, a country, seen in a period."""
    rows = (row for entries in map(archive.register.known, archive.register.entries) for row in _rows(entries))
    kept = [
        row
        for row in rows
        if (name is None or any(fold(name) in fold(one) for one in (row.name, *row.titles)))
        and (country is None or (row.country or "").casefold() == country.casefold())
        and (since is None or (row.last is not None and row.last >= since))
        and (until is None or (row.first is not None and row.first <= until))
    ]
    return sorted(kept, key=lambda row: (-row.articles, row.name, row.first or "9999", row.title or "", row.evidence))


def _rows(entries: Sequence[Entry]) -> Iterator[ActorRow]:
    """A name's offices; what is told without a country has that of the name, where it has one."""
    countries = {entry.country for entry in entries if entry.country}
    only = next(iter(countries)) if len(countries) == 1 else None
    return (_row(entry, entry.country or only, len(countries) > 1) for entry in entries)


def _row(entry: Entry, country: str | None, unresolved: bool) -> ActorRow:
    seen = entry.sightings
    return ActorRow(
        name=most_written(one.name for one in seen) or seen[0].name,
        kind=entry.kind,
        title=entry.title,
        titles=tuple(title for title, _ in Counter(one.title for one in seen if one.title).most_common()),
        country=country,
        sector=entry.sector,
        first=entry.dated[0].day if entry.dated else None,
        last=entry.dated[-1].day if entry.dated else None,
        articles=len({one.span.article for one in seen}),
        unresolved=unresolved,
        evidence=tuple(map(_at, seen)),
    )


def _at(seen: Sighting) -> str:
    return f"{seen.span.article} {seen.span.start}:{seen.span.end}"
