"""The protocols between stages: what we accept. Records (`model`) are what we return."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from sayso.model import (
    Analysis,
    Article,
    Copy,
    Incident,
    Judgement,
    Level,
    Links,
    Origin,
    Parsed,
    Rejected,
    Run,
    Span,
    Story,
)


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


# --------------------------------------------------------------------------- what linking keeps between runs


class Layer(StrEnum):
    """What two nodes of the graph may have in common."""

    LINEAGE = "lineage"  # articles, of which one may be taken from the other, or both from one agency
    NEWS = "news"  # articles on one piece of news
    HAPPENING = "happening"  # tellings (article/event) of one happening


class Edge(NamedTuple):
    """A scored pair of nodes, the smaller first; `note` is what the layer wants to remember of it."""

    layer: Layer
    left: str
    right: str
    score: float  # probability, 0 to 1
    note: str = ""


@dataclass(frozen=True, slots=True)
class Linked:
    """What the index keeps of an article, so that its neighbours can be grouped without its analysis."""

    article: str
    text: str  # digest of the body's words: equal for word-for-word copies
    day: int | None  # of publication, as a proleptic ordinal
    countries: tuple[str, ...]  # that it is about, the one named most first
    title: str
    topic: tuple[tuple[int, int], ...]  # hashed heaviest terms, a vector of length 10,000
    profile: str  # what it is about, packed
    tellings: str  # what it tells, packed
    totals: bool = False  # it counts a whole crisis
    recalls: bool = False  # it calls figures withdrawn
    keys: tuple[tuple[int, int | None], ...] = ()  # (code, day) under which it can be found


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of news: the articles that report it, what they are about, and the chapter of a story it is part of."""

    id: str  # its smallest article
    articles: tuple[str, ...]
    texts: int  # articles without word-for-word copies
    title: str
    country: str | None
    first: int | None  # days
    last: int | None
    topic: tuple[tuple[int, int], ...]
    chapter: str = ""  # the smallest piece of its chapter


@dataclass(frozen=True, slots=True)
class Chapter:
    """The pieces of one story within one window of days; `then` is the chapter that goes on with it."""

    id: str
    country: str | None
    window: int
    then: str | None
    story: str


class LinkIndex(Protocol):
    """What linking reads and writes: one transaction, in which an article is found by its keys, never by a scan."""

    def stamp(self) -> str:
        """The code that made the links; "" if none did."""
        ...

    def start_over(self, stamp: str) -> None:
        """Forget all links, so that this code makes them anew."""
        ...

    def touch(self, articles: Iterable[str]) -> None:
        """Note that these articles are to be linked again."""
        ...

    def pending(self, limit: int | None = None) -> list[str]:
        """Articles that were put or touched since they were last linked, the earliest published first; so many."""
        ...

    def settle(self, ids: Sequence[str]) -> None:
        """Note that these are linked."""
        ...

    def analyses(self, ids: Sequence[str]) -> dict[str, Analysis]: ...

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        """The articles alone, without reading what they tell."""
        ...

    def articles_of(self, events: Sequence[str]) -> dict[str, str]:
        """The article of each of these events, as far as they are stored."""
        ...

    def linked(self, ids: Sequence[str], whole: bool = False) -> dict[str, Linked]:
        """What is kept of these articles, without keys; unless `whole`, profile and tellings need not be told either.

        Those two are nearly all of it, and only comparing reads them.
        """
        ...

    def put_linked(self, each: Linked) -> None:
        """Make an article known, in place of what was known of it."""
        ...

    def sharing(self, codes: Sequence[int], first: int | None, last: int | None) -> list[tuple[int, str]]:
        """(code, article) of articles under these codes between two days, and of those without a day."""
        ...

    def edges(self, layer: Layer, nodes: Sequence[str], least: float) -> list[Edge]:
        """Every edge with an end among these nodes and at least this score."""
        ...

    def put_edges(self, edges: Sequence[Edge]) -> None: ...

    def nodes(self, article: str) -> list[tuple[Layer, str]]:
        """The nodes of an article that have edges."""
        ...

    def drop_edges(self, article: str) -> None:
        """Forget the edges of an article in all layers."""
        ...

    def pieces_of(self, articles: Sequence[str]) -> list[Piece]: ...

    def pieces_in(self, chapters: Sequence[str]) -> list[Piece]: ...

    def pieces_at(self, country: str, first: int, last: int) -> list[Piece]:
        """Pieces about a country that began between two days."""
        ...

    def put_pieces(self, gone: Sequence[str], made: Sequence[Piece]) -> None: ...

    def chapters(self, ids: Sequence[str]) -> list[Chapter]: ...

    def chapters_before(self, ids: Sequence[str]) -> list[Chapter]:
        """Chapters that go on in one of these."""
        ...

    def put_chapters(self, gone: Sequence[str], made: Sequence[Chapter]) -> None: ...

    def copies(self, articles: Sequence[str]) -> list[Copy]:
        """The copies that these articles are."""
        ...

    def origins(self, articles: Sequence[str]) -> list[Origin]:
        """The origins of these articles."""
        ...

    def incidents(self, ids: Sequence[str]) -> list[Incident]: ...

    def incidents_of(self, articles: Sequence[str]) -> list[Incident]:
        """The incidents that these articles tell."""
        ...

    def incident_of(self, events: Sequence[str]) -> dict[str, str]:
        """The incident of each of these events."""
        ...

    def stories(self, ids: Sequence[str]) -> list[Story]: ...

    def stories_of(self, articles: Sequence[str]) -> dict[str, str]:
        """The story of each of these articles."""
        ...

    def stories_telling(self, incidents: Sequence[str]) -> dict[str, str]:
        """The story that each of these incidents is part of."""
        ...

    def flagged(self, stories: Sequence[str]) -> list[tuple[str, Linked]]:
        """(story, article) of those that count a crisis or call figures withdrawn; they need not be told whole."""
        ...

    def change(self, gone: Gone, made: Links) -> None:
        """Take some records away, then put others in, in place of those that stand under their ids."""
        ...

    def retire(self, successions: Sequence[Succession]) -> None:
        """Record what became of ids that stand no more."""
        ...

    def links(self) -> Links:
        """All that is linked; its size is that of the archive."""
        ...


@dataclass(frozen=True, slots=True)
class Gone:
    """Ids of link records that stand no more; a copy goes by the ids of its article and of the original."""

    copies: tuple[tuple[str, str], ...] = ()
    origins: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Succession:
    """What became of an incident or story: `new` took up most of what `old` was."""

    kind: str  # incident, story
    old: str
    new: str | None  # None: nothing is left of it
    how: str  # renamed, merged, split, dissolved


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

    def linking(self) -> AbstractContextManager[LinkIndex]:
        """What linking reads and writes, as one transaction: whole when the block ends, or undone."""
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

    def links_of(self, ids: Sequence[str]) -> Links:
        """The incidents that hold these events, and the copies that these articles are."""
        ...

    def counts(self) -> dict[str, int]:
        """How many copies, origins, incidents and stories there are."""
        ...

    def successions(self, id: str | None = None) -> Iterator[tuple[str, Succession]]:
        """(time, what became of an id) of incidents and stories that were renamed, merged or split, in that order.

        Of one `id` only those that it was given up for, or that were given up for it.
        """
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
