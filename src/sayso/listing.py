"""What people ask lists of an archive for, and the entries they get: enough to read a line and to open the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from sayso.model import Run
from sayso.ports import Succession

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which incidents somebody asks for; all that is given must hold. Days are ISO 8601 and inclusive."""

    since: str | None = None  # it was not over before; one without a date is of the day of its first report
    until: str | None = None  # it had begun by then
    country: str | None = None  # ISO 3166-1 alpha-3
    type: str | None = None  # PLOVER event type
    actor: str | None = None  # name of an actor or recipient, whole
    outlet: str | None = None  # name of an outlet that reports it, whole
    origins: int = 1  # at least so many independent origins
    status: str | None = None  # one of its events is told so: occurred, planned, ...
    place: str | None = None  # name of its place, whole
    story: str | None = None  # id
    changed: str | None = None  # first linked or changed after this moment, ISO 8601 date-time


@dataclass(frozen=True, slots=True)
class IncidentEntry:
    """An incident in a list."""

    id: str
    type: str
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    first: str | None
    last: str | None
    tolls: str | None  # reconciled, in one line
    articles: int
    origins: int
    summary: str
    total: bool
    weight: float
    reported: str | None  # when its first report came out
    made: str | None  # when it was first linked; None: not known
    changed: str | None
    place_level: str | None = None  # site, city, district, ..., country: how precise the coordinates are


@dataclass(frozen=True, slots=True)
class Sought:
    """Which articles somebody asks for."""

    words: str = ""  # all of them must stand in the text
    since: str | None = None  # days of publication
    until: str | None = None
    outlet: str | None = None
    lang: str | None = None
    country: str | None = None  # a place in it lies there
    origin: str | None = None  # id


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """An article in a list."""

    id: str
    outlet: str | None
    title: str | None
    published: str | None
    lang: str | None
    url: str | None
    status: str  # coded, uncoded
    begins: str  # its first characters
    snippet: str = ""  # words around the first hit of a search; HIT_BEGINS and HIT_ENDS stand around each hit


@dataclass(frozen=True, slots=True)
class SaidAsked:
    """Which claims somebody asks for; all that is given must hold. Days are those of publication, inclusive."""

    incident: str | None = None  # id: what is said of its events and tolls
    article: str | None = None  # id
    source: str | None = None  # name of a source of the chain, whole
    stance: str | None = None
    kind: str | None = None  # of a source of the chain
    outlet: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One source of a chain."""

    name: str | None  # None: described only
    words: str | None  # what the text calls it; None for an agency that the credits name
    kind: str
    cue: str | None  # the words that make it a source
    start: int | None  # of its words
    end: int | None

    def __str__(self) -> str:
        return f"{self.name or self.words or 'unnamed'} ({self.kind})"


@dataclass(frozen=True, slots=True)
class ClaimEntry:
    """A claim in a list."""

    id: str
    article: str
    outlet: str | None
    published: str | None
    content: str
    stance: str
    certainty: str
    mode: str
    addressee: str | None
    channel: str | None
    first: str | None  # when it was said
    last: str | None
    hedge: str | None
    negation: str | None
    within: str | None
    start: int | None  # of the content
    end: int | None
    chain: tuple[ChainLink, ...] = ()  # from the source nearest the article to the origin
    about: tuple[str, ...] = ()  # -> events and tolls


@dataclass(frozen=True, slots=True)
class EventsAsked:
    """Which events somebody asks for; all that is given must hold. Days are those of the event, inclusive."""

    type: str | None = None
    status: str | None = None
    actor: str | None = None  # name of an actor or recipient, whole
    country: str | None = None
    incident: str | None = None
    article: str | None = None
    since: str | None = None  # it was not over before
    until: str | None = None  # it had begun by then


@dataclass(frozen=True, slots=True)
class EventEntry:
    """An event in a list, as one article tells it."""

    id: str
    article: str
    outlet: str | None
    published: str | None
    incident: str | None
    type: str
    mode: str | None
    context: str | None
    status: str
    actors: str | None
    recipients: str | None
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    first: str | None
    last: str | None
    said_by: str | None  # None: the outlet's own voice
    quote: str | None
    trigger: str | None
    start: int | None  # of the trigger
    end: int | None
    as_first_coded: str | None = None  # "ASSAULT:firearms" where an analyst gave another code
    place_level: str | None = None  # site, city, district, ..., country: how precise the coordinates are
    no_event: bool = False  # an analyst says that the words tell no event


@dataclass(frozen=True, slots=True)
class TollsAsked:
    """Which figures somebody asks for; all that is given must hold. Days are those of publication, inclusive."""

    incident: str | None = None
    article: str | None = None
    harm: str | None = None
    victims: str | None = None  # kind of victims
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class TollEntry:
    """One report's figure in a list."""

    id: str
    article: str
    outlet: str | None
    published: str | None
    incident: str | None  # of which it is a figure
    event: str | None
    harm: str
    low: int
    high: int | None  # None: open above
    victims: str | None
    kind: str | None
    cumulative: bool
    part: bool
    withdrawn: bool
    as_of_first: str | None
    as_of_last: str | None
    said_by: str | None  # None: the outlet's own voice
    quote: str | None
    start: int | None
    end: int | None
    role: str | None  # in the reconciled toll: basis, dissent, superseded, corrected, withdrawn


@dataclass(frozen=True, slots=True)
class CopyEntry:
    """A copy in a list."""

    id: str
    article: str
    outlet: str | None
    published: str | None
    original: str
    original_outlet: str | None
    original_published: str | None
    kind: str
    share: float
    why: str | None


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source by the name that articles give it, as far as it has one."""

    name: str
    kinds: tuple[str, ...]
    claims: int
    articles: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many entries have one value of a facet."""

    value: str
    number: int


@dataclass(frozen=True, slots=True)
class Feed:
    """A file, feed or address that articles were read from."""

    name: str
    articles: int
    latest: str | None  # when the last of them was published
    rejected: int


@dataclass(frozen=True, slots=True)
class Condition:
    """How an archive is."""

    runs: Sequence[Run]  # the last, the latest first
    stamps: Sequence[Count]  # analyses by what made them
    feeds: Sequence[Feed]
    successions: Sequence[tuple[str, Succession]]  # the last, with when
    changed: str | None  # when an incident last became new or was told otherwise, ISO 8601
    bytes: int


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """How often a source is cited, in numbers."""

    name: str
    claims: int
    credited: int  # of these, not cited in the text: the agency that the article credits
    articles: int
    outlets: tuple[Count, ...]
    stances: tuple[Count, ...]  # of what it is cited for in a text
    addressees: tuple[Count, ...]
    happenings: int  # incidents that its claims are about
    alone: int  # of these, told by one independent origin
    first: str | None  # days of publication of what cites it
    last: str | None


@dataclass(frozen=True, slots=True)
class OutletSummary:
    """What an outlet publishes and how much of it comes from elsewhere; numbers of articles."""

    name: str
    articles: int
    first: str | None  # days of publication
    last: str | None
    copied: int  # taken from another article of the archive
    carried: int  # no copy of any, but it credits an agency
    lent: int  # others took them
    kinds: tuple[Count, ...]  # of copies
    taken_from: tuple[Count, ...]  # outlets
    taken_by: tuple[Count, ...]
    credits: tuple[Count, ...]  # agencies that its articles credit
    credited_by: tuple[Count, ...]  # outlets whose articles credit it
    origins: tuple[Count, ...]  # who its articles go back to
    cites: tuple[Count, ...]  # sources, by claims

    @property
    def own(self) -> int:
        """Articles that are no copy and credit nobody."""
        return self.articles - self.copied - self.carried


@dataclass(frozen=True, slots=True)
class Taken:
    """That one article was taken from another, without its evidence."""

    article: str
    of: str
    kind: str
    share: float  # of its words
    outlet: str | None
    of_outlet: str | None
    published: str | None
    of_published: str | None


@dataclass(frozen=True, slots=True)
class Descent:
    """Some articles with who took what from whom among them, and whom each goes back to."""

    title: str  # of the incident, story or article whose lineage it is
    articles: tuple[ArticleEntry, ...]  # the earliest first
    total: int  # how many there are; more than `articles` where those are only the earliest
    copies: tuple[Taken, ...]
    credits: dict[str, tuple[str, ...]]  # agencies that an article says it carries
    origins: dict[str, tuple[str, str]]  # id and name of an article's origin
    asked: frozenset[str]  # those of the articles that were asked for; the others are what these were taken from


@dataclass(frozen=True, slots=True)
class Page(Generic[Entry]):
    """A stretch of a list; `after` asks for what follows, None at the end. `total` counts the whole list."""

    entries: Sequence[Entry]
    after: str | None
    total: int


class DoubtKind(StrEnum):
    """What may be wrong, and so is worth an analyst's word."""

    TELLINGS = "tellings"  # two events: one happening or two?
    COPIES = "copies"  # two articles: was the left one taken from the right one?
    CODES = "codes"  # one event: is it of this type?


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that was decided by a narrow margin."""

    kind: DoubtKind
    left: str  # event, or article of a copy
    right: str  # the same; "" of a code
    score: float  # of one happening, the share of words that were taken, how sure the type is; 0 to 1
    articles: tuple[str, ...]  # of left and right
    incidents: tuple[str | None, ...]  # that the events are in; of copies none
    after: str = ""  # asks for what follows it


@dataclass(frozen=True, slots=True)
class Doubted:
    """Which doubts somebody asks for."""

    kind: DoubtKind = DoubtKind.TELLINGS
    incident: str | None = None  # id: all that concerns it, however sure
    country: str | None = None  # ISO 3166-1 alpha-3


HIT_BEGINS, HIT_ENDS = "\ue000", "\ue001"  # private characters, which stand for nothing in a text
