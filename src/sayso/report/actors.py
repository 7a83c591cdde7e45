"""Who is known: every name that articles give a title or a country, with the days on which it was seen so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
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
    rows = (row for entries in archive.register.entries.values() for row in _rows(entries))
    kept = [
        row
        for row in rows
        if (name is None or any(fold(name) in fold(one) for one in (row.name, *row.titles)))
        and (country is None or (row.country or "").casefold() == country.casefold())
        and (since is None or (row.last is not None and row.last >= since))
        and (until is None or (row.first is not None and row.first <= until))
    ]
    return sorted(kept, key=lambda row: (-row.articles, row.name, row.first or "9999", row.title or "", row.evidence))


def _rows(entries: Iterable[Entry]) -> Iterator[ActorRow]:
    """By office; an office that is told of one country takes in the sightings that tell none."""
    entries = list(entries)
    countries = {entry.country for entry in entries if entry.country}
    offices: dict[tuple[str, frozenset[str]], list[Entry]] = defaultdict(list)
    for entry in entries:
        offices[entry.kind, entry.office].append(entry)
    for held in offices.values():
        told = {entry.country for entry in held if entry.country}
        if len(told) <= 1:
            yield _row(held, next(iter(told or (countries if len(countries) == 1 else ())), None), len(countries) > 1)
        else:
            yield from (_row([entry], entry.country, True) for entry in held)


def _row(entries: list[Entry], country: str | None, unresolved: bool) -> ActorRow:
    seen = sorted((one for entry in entries for one in entry.sightings), key=lambda one: (one.day or "9999", one.span))
    days = [one.day for one in seen if one.day]
    sectors = {entry.sector for entry in entries if entry.sector}
    return ActorRow(
        name=most_written(one.name for one in seen) or seen[0].name,
        kind=entries[0].kind,
        title=most_written(one.title for one in seen),
        titles=tuple(dict.fromkeys(title for one in seen if (title := one.title))),
        country=country,
        sector=min(sectors, key=lambda one: (len(one), one)) if sectors else (),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        articles=len({one.span.article for one in seen}),
        unresolved=unresolved,
        evidence=tuple(map(_at, seen)),
    )


def _at(seen: Sighting) -> str:
    return f"{seen.span.article} {seen.span.start}:{seen.span.end}"
