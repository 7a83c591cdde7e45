"""The protocols between stages: what we accept. Records (`model`) are what we return."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from sayso.model import Analysis, Article, Judgement, Level, Links, Parsed, Rejected, Run, Span


class Reader(Protocol):
    """Turns one source (a file, folder, URL or stream) into articles and rejects; never raises on bad content."""

    def __call__(self, source: str) -> Iterator[Article | Rejected]: ...


class Parser(Protocol):
    """Turns articles into token columns, in order, one result an article."""

    @property
    def name(self) -> str:
        """Pipeline and version, part of every run's stamp."""
        ...

    @property
    def languages(self) -> frozenset[str]:
        """ISO 639-1 codes it has a pipeline for."""
        ...

    def parse(self, articles: Iterable[Article]) -> Iterator[Parsed | Rejected]: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """One gazetteer entry that a name may stand for."""

    name: str  # the gazetteer's own name
    lat: float
    lon: float
    country: str | None  # ISO 3166-1 alpha-3
    admin1: str | None  # name of the first-order division it lies in
    level: Level
    population: int
    geonameid: int | None
    capital: bool = False  # of its country
    timezone: str | None = None  # IANA name of a town's: "Asia/Almaty"


class Gazetteer(Protocol):
    """Names of places to coordinates; and of countries, capitals and peoples to country codes."""

    @property
    def name(self) -> str:
        """Sources and version, part of every run's stamp."""
        ...

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Every entry the name may stand for, most populous first; case and accents do not matter."""
        ...

    def country(self, name: str) -> str | None:
        """ISO 3166-1 alpha-3 for a country's name, short name, code, former name or demonym ("Kazakh", "Russians")."""
        ...

    def capital_of(self, name: str) -> str | None:
        """ISO 3166-1 alpha-3 of the country a name is the (current or former) capital of."""
        ...

    def domain(self, ending: str) -> str | None:
        """ISO 3166-1 alpha-3 of the country whose addresses end so: "kz"."""
        ...

    def homeland(self, name: str) -> Candidate | None:
        """The country, province or part of the world that an adjective of origin tells: "Kazakh", "European"."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """What an id stands for."""

    kind: str  # article, incident, story, origin, copy, event, claim, toll, actor, place, time
    id: str  # in full
    article: str | None  # None: it belongs to many


class Writer(Protocol):
    """Stores what a run derives. One writer at a time; each call is one transaction."""

    def put(
        self, analyses: Sequence[Analysis], stored: Sequence[Article], rejected: Sequence[Rejected], stamp: str
    ) -> None:
        """Store analyses whole (replacing older ones of the same article), articles kept unanalysed, and rejects."""
        ...

    def put_links(self, links: Links, stamp: str) -> None:
        """Replace all links: copies, origins, incidents, stories and reconciled tolls."""
        ...

    def judge(self, *judgements: Judgement) -> None:
        """Append analysts' words; one that was said before stays as it is."""
        ...

    def put_run(self, run: Run) -> None:
        """Note a run when it starts, and again when it ends."""
        ...

    def writing(self, wait: float = 30.0) -> AbstractContextManager[None]:
        """Keep other runs away until the block ends; StoreError if one holds the archive longer than `wait` seconds."""
        ...


class View(Protocol):
    """Reads an archive. Every method answers from what committed transactions left."""

    def has(self, ids: Sequence[str]) -> dict[str, str]:
        """Of these article ids the stored ones, each with the stamp of the code that analysed it ("" if unanalysed)."""
        ...

    def articles(self) -> Iterator[Article]: ...

    def article(self, id: str) -> Article | None: ...

    def analysis(self, id: str) -> Analysis | None:
        """The analysis of one article, equal to the one that was put."""
        ...

    def analyses(self) -> Iterator[Analysis]:
        """All analyses by article id; an article kept unanalysed comes as an empty analysis."""
        ...

    def links(self) -> Links: ...

    def links_stamp(self) -> str:
        """The stamp given with the links that stand; "" if none were ever put."""
        ...

    def ids(self) -> dict[str, str]:
        """Every stored article id with the stamp of the code that analysed it ("" if unanalysed)."""
        ...

    def rejected(self) -> Iterator[Rejected]: ...

    def judgements(self) -> Iterator[Judgement]: ...

    def find(self, id: str, kind: str | None = None) -> Found | None:
        """The record (of a kind) an id, or the beginning of one, belongs to; None if there is none or several."""
        ...

    def runs(self) -> Iterator[Run]:
        """Every run that wrote here, in the order they started."""
        ...

    def search(self, query: str, limit: int = 50) -> list[tuple[Article, Span]]:
        """Articles whose text holds all words of the query, best first, each with the first hit."""
        ...


class Store(Writer, View, Protocol):
    """An archive that can be written and read."""

    def close(self) -> None: ...
