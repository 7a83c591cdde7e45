"""The records every stage exchanges: frozen, slotted, identified by their content.

Two families. *Drafts* (`Mention`, `Timex`, `EventDraft`, `ClaimDraft`, ...) are what `extract` finds: they point at
characters only. *Records* (`Actor`, `Place`, `Time`, `Event`, `Claim`, `Toll`, `Label`) are what `resolve` makes of
them: they point at one another by id. An `Analysis` holds the records of one article; `Links` what joins articles.

Everything derived rests on at least one `Span`, and every `Span` is in characters of `Article.text`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from typing import Any

# --------------------------------------------------------------------------- vocabularies


class Harm(StrEnum):
    """What a toll counts."""

    KILLED = "killed"
    INJURED = "injured"
    ARRESTED = "arrested"
    MISSING = "missing"
    DISPLACED = "displaced"
    ABDUCTED = "abducted"
    SICK = "sick"
    AFFECTED = "affected"  # casualties of no told kind
    DESTROYED = "destroyed"
    DAMAGED = "damaged"


PROPERTY = frozenset({Harm.DESTROYED, Harm.DAMAGED})  # counts of houses and vehicles, never of people


class VictimKind(StrEnum):
    """Whom or what a toll counts; joined victims of several kinds have none."""

    CIVILIANS = "civilians"  # people, residents, passengers: whoever is not said to be anything else
    PROTESTERS = "protesters"
    CHILDREN = "children"
    WOMEN = "women"
    POLICE = "police"
    MILITARY = "military"
    COMBATANTS = "combatants"
    OFFICIALS = "officials"
    JOURNALISTS = "journalists"
    AID_WORKERS = "aid_workers"
    PRISONERS = "prisoners"
    PROPERTY = "property"


class SayingMode(StrEnum):
    """How a claim gives its content: in quotation marks, in the reporter's words, or partly each."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Stance(StrEnum):
    """What the source does with the content."""

    ASSERTS = "asserts"
    DENIES = "denies"
    DOUBTS = "doubts"
    ASKS = "asks"
    DEMANDS = "demands"
    HOPES = "hopes"
    PROMISES = "promises"
    THREATENS = "threatens"


class Certainty(StrEnum):
    """How sure the source is said to be."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"


class SourceKind(StrEnum):
    """What kind of source a link of a chain is."""

    PERSON = "person"
    OFFICE = "office"
    ORGANIZATION = "organization"
    MEDIA = "media"
    AGENCY = "agency"
    WITNESS = "witness"
    ANONYMOUS = "anonymous"
    DOCUMENT = "document"
    REPORTERS = "reporters"


class Status(StrEnum):
    """Whether an event is told as having happened."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    PLANNED = "planned"
    THREATENED = "threatened"
    DEMANDED = "demanded"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"
    HISTORICAL = "historical"


class EventType(StrEnum):
    """The sixteen PLOVER event types."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


# Modes of the types that have any.
MODES: Mapping[str, frozenset[str]] = {
    "CONSULT": frozenset("visit third-party multilateral phone".split()),
    "RETREAT": frozenset("withdraw release disarm ceasefire access resign".split()),
    "REQUEST": frozenset("assist change yield meet".split()),
    "ACCUSE": frozenset("disapprove investigate allege".split()),
    "REJECT": frozenset("assist change yield meet".split()),
    "THREATEN": frozenset("restrict arrest relations expel territory violence".split()),
    "PROTEST": frozenset("demo riot strike hunger boycott obstruct vandalize".split()),
    "SANCTION": frozenset("convict expel withdraw discontinue".split()),
    "MOBILIZE": frozenset("troops weapons police militia".split()),
    "COERCE": frozenset("seize restrict censor curfew martial-law arrest deport withhold misinformation cyber".split()),
    "ASSAULT": frozenset(
        "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
        "heavy-weapons crowd-control unconventional".split()
    ),
}


class Level(StrEnum):
    """How precise a place is, from a square in a city to a part of the world."""

    SITE = "site"
    CITY = "city"
    DISTRICT = "district"
    PROVINCE = "province"
    COUNTRY = "country"
    REGION = "region"


class Use(StrEnum):
    """What the name of a place does in its sentence. Only a location tells where something happened."""

    LOCATION = "location"  # "in Moscow"
    METONYM = "metonym"  # stands for those who act: "Moscow said"
    DEMONYM = "demonym"  # an adjective of nationality or origin: "the Russian delegation"
    NAME = "name"  # part of the name of something else: "Moscow Times"


class Basis(StrEnum):
    """What a date rests on."""

    STATED = "stated"  # "7 January 2022"
    PARTIAL = "partial"  # "7 January": the year comes from the reference date
    WEEKDAY = "weekday"  # "on Friday"
    RELATIVE = "relative"  # "yesterday", "last week"
    DATELINE = "dateline"


class CopyKind(StrEnum):
    """How an article relates to the one it was taken from."""

    EXACT = "exact"
    EDITED = "edited"
    EXCERPT = "excerpt"
    REWRITTEN = "rewritten"
    TRANSLATED = "translated"


class ChangeKind(StrEnum):
    """What a copy changed of its original."""

    NUMBER = "number"
    NAME = "name"
    QUOTATION = "quotation"
    PLACE = "place"
    QUALIFIER = "qualifier"  # a bound or hedge dropped or put in: "at least", "reportedly"
    SOURCE = "source"  # told in its own voice, or by another source
    OMISSION = "omission"  # a sentence with a figure, claim or denial left out
    ADDITION = "addition"


class Verdict(StrEnum):
    """What an analyst says of `Judgement.left` and `right`."""

    SAME = "same"  # two events are of one happening
    NOT_SAME = "not-same"
    SPLIT = "split"  # the left event leaves the incident that the right one stays in; holds as not-same does
    COPY = "copy"  # the left article was taken from the right one
    NOT_COPY = "not-copy"
    WRONG_CODE = "wrong-code"  # of the left event; right is the code it should have, "" where it is no event at all
    GRADE = "grade"  # a source's reliability and information's credibility on the Admiralty scale, "B2"
    WITHDRAWN = "withdrawn"  # nothing that was said of these two (right "": of the left one's code) stands any longer


# --------------------------------------------------------------------------- identity and evidence


def content_id(kind: str, *parts: object) -> str:
    """Sixteen hexadecimal digits that depend on the kind of record and its content alone.

    `parts` are joined with a separator no article contains, so that ("ab", "c") and ("a", "bc") differ.
    """
    packed = "\x1f".join([kind, *("" if part is None else str(part) for part in parts)])
    return blake2b(packed.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of an article's text: the evidence under everything else."""

    article: str
    start: int  # in characters of Article.text, the only coordinate space
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"empty or negative span {self.start}:{self.end}")

    def covers(self, other: Span) -> bool:
        """Whether the other span lies inside this one."""
        return self.article == other.article and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.article == other.article and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a score is what it is, in words a reader can check."""

    name: str
    score: float
    detail: str = ""


# --------------------------------------------------------------------------- articles


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when the report says it was filed: "Almaty, 11 January 2022 (ABC):"."""

    place: str | None = None  # as written
    span: tuple[int, int] | None = None  # of the place in Article.text; None when it came from metadata
    date: str | None = None  # ISO 8601 date


@dataclass(frozen=True, slots=True)
class Article:
    """One report as published. `text` is the title, a blank line and the body where there is a title."""

    text: str
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()  # agencies whose copy it says it carries; "X (photo)" whose picture
    dateline: Dateline | None = None
    published: str | None = None  # ISO 8601 date or date-time, never guessed
    lang: str | None = None  # ISO 639-1
    origin: str | None = None  # where it was read: a path or URL, with line or item; no part of the identity
    id: str = ""  # given by the input, else from text and url

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", content_id("article", self.text, self.url))

    @property
    def body(self) -> int:
        """Where the body begins in `text`: past the title, if `text` opens with it."""
        if self.title and self.text.startswith(self.title + "\n\n"):
            return len(self.title) + 2
        return 0

    def quote(self, span: Span) -> str:
        """The characters a span stands for; ValueError if it belongs to another article or runs past the end."""
        if span.article != self.id or span.end > len(self.text):
            raise ValueError(f"span {span} is not in article {self.id}")
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Rejected:
    """What could not be used and why, so that coverage can be counted."""

    origin: str  # file, line, item or URL
    stage: str  # read, parse, extract, ...
    reason: str  # one short phrase from a small set, e.g. "empty", "not text"
    detail: str = ""  # what to do about it

    @property
    def id(self) -> str:
        return content_id("rejected", self.origin, self.stage, self.reason)


# --------------------------------------------------------------------------- parses


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article with its tokens as parallel columns (one entry a token) and sentences as token ranges.

    `start`, `end` are characters of the article's text; `head` is a token index, a root points at itself;
    `pos` universal, `tag` Penn Treebank, `dep` ClearNLP labels; `ent` an entity label or "" with `ent_start`
    true on the first token of each entity. Children and subtree edges are derived once.
    """

    article: Article
    text: tuple[str, ...]
    lemma: tuple[str, ...]
    pos: tuple[str, ...]
    tag: tuple[str, ...]
    dep: tuple[str, ...]
    head: tuple[int, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]
    ent: tuple[str, ...]
    ent_start: tuple[bool, ...]
    sents: tuple[tuple[int, int], ...]  # half-open token ranges, in order
    children: tuple[tuple[int, ...], ...] = field(init=False, repr=False, compare=False)
    left: tuple[int, ...] = field(init=False, repr=False, compare=False)  # first token of the subtree
    right: tuple[int, ...] = field(init=False, repr=False, compare=False)  # last token of the subtree, inclusive
    sent: tuple[int, ...] = field(init=False, repr=False, compare=False)  # sentence number of each token

    def __post_init__(self) -> None:
        size = len(self.text)
        children: list[list[int]] = [[] for _ in range(size)]
        left, right = list(range(size)), list(range(size))
        for token, head in enumerate(self.head):
            if head != token:
                children[head].append(token)
        for token in range(size):  # walk up from each token; parses are shallow
            node, steps = token, 0
            while self.head[node] != node and steps < size:
                node, steps = self.head[node], steps + 1
                left[node] = min(left[node], token)
                right[node] = max(right[node], token)
        numbers = [0] * size
        for number, (first, last) in enumerate(self.sents):
            numbers[first:last] = [number] * (last - first)
        object.__setattr__(self, "children", tuple(map(tuple, children)))
        object.__setattr__(self, "left", tuple(left))
        object.__setattr__(self, "right", tuple(right))
        object.__setattr__(self, "sent", tuple(numbers))

    def __len__(self) -> int:
        return len(self.text)

    def span(self, first: int, last: int) -> Span:
        """The characters from token `first` to token `last`, the latter inclusive."""
        return Span(self.article.id, self.start[first], self.end[last])

    def entities(self) -> list[tuple[int, int, str]]:
        """(first token, one past the last, label) of each named entity, in order."""
        found: list[tuple[int, int, str]] = []
        for token, label in enumerate(self.ent):
            if not label:
                continue
            if self.ent_start[token] or not found or found[-1][1] != token:
                found.append((token, token + 1, label))
            else:
                found[-1] = (found[-1][0], token + 1, label)
        return found

    def token_at(self, char: int) -> int | None:
        """The token that holds a character, or None where there is none."""
        low, high = 0, len(self.start)
        while low < high:
            middle = (low + high) // 2
            if self.end[middle] <= char:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self.start) and self.start[low] <= char else None


# --------------------------------------------------------------------------- drafts: what extract finds


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch that names or describes an actor or a place."""

    span: Span
    kind: str  # "actor" or "place"
    label: str  # entity label of the parser, "nominal" or "pronoun"
    head: int  # token index in the parse
    group: int  # mentions of one participant share a number, article-wide


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression, understood as far as it can be without knowing the reference date."""

    span: Span
    type: str  # DATE, TIME, DURATION, SET
    value: str  # TIMEX3 where it is absolute; else a reference form that only `resolve.times` reads
    mod: str | None = None  # TIMEX3 mod: APPROX, START, MID, END, ...
    token: int = 0  # first token index


@dataclass(frozen=True, slots=True)
class EventDraft:
    """Who did what to whom, by characters only."""

    trigger: Span
    type: EventType
    mode: str | None
    context: tuple[str, ...]
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    status: Status
    evidence: tuple[Span, ...]  # the clause or sentence
    place: Span | None = None
    time: Span | None = None
    causes: tuple[Cause, ...] = ()
    reasons: tuple[Reason, ...] = ()
    again: tuple[Span, ...] = ()  # the words that tell it again elsewhere in the article
    # What the network sees at its participants, for those who code them.
    vectors: Mapping[Span, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class LinkDraft:
    """One link of a chain of sources: who, and the words that make them a source."""

    source: Span | None
    kind: SourceKind
    cue: Span | None


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """Content somebody is reported to say, with the chain from the nearest source to the origin."""

    chain: tuple[LinkDraft, ...]
    content: tuple[Span, ...]
    mode: SayingMode
    stance: Stance
    certainty: Certainty
    addressee: Span | None = None
    channel: Span | None = None
    time: Span | None = None
    reasons: tuple[Reason, ...] = ()
    hedge: Span | None = None  # the words that lower the certainty
    negation: Span | None = None  # the words that negate the saying itself: it was not said
    within: int | None = None  # place in the article's drafts of the claim in whose content this one stands


@dataclass(frozen=True, slots=True)
class ObservationDraft:
    """What the outlet's own people saw, heard, counted or were shown."""

    who: Span  # "Our reporters"
    cue: Span  # "counted"
    content: Span  # "nine lorries"


@dataclass(frozen=True, slots=True)
class TollDraft:
    """A bounded count of people harmed or of property lost, by characters only."""

    span: Span  # the counted phrase, e.g. "26 armed criminals"
    harm: Harm
    low: int
    high: int | None  # None: open above
    victims: str | None  # as the source names them
    cumulative: bool
    trigger: Span | None = None  # the word of harm ("killed"), which the event may share
    as_of: Span | None = None
    reasons: tuple[Reason, ...] = ()
    kind: VictimKind | None = None
    part: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class LabelDraft:
    """What a source calls an event or a participant."""

    target: Span  # an event's trigger or an actor's mention
    text: str
    span: Span


# --------------------------------------------------------------------------- records: what resolve makes

SHOT = "shot"  # reason of a toll of the injured of whom some may have died of it
OWN_VOICE = "own voice"  # reason of an event under claims that other words of the article tell outside of all of them


@dataclass(frozen=True, slots=True)
class Cause:
    """A reason given or blame laid, in the text's own words."""

    kind: str  # reason, blame
    span: Span  # the words that state the cause
    cue: Span | None = None  # "because of", "blamed on"
    event: str | None = None  # -> Event, where the cause is one that the article tells
    claims: tuple[str, ...] = ()  # -> Claim in whose content it stands; none: the outlet gives it itself


@dataclass(frozen=True, slots=True)
class Actor:
    """A participant of one article with all its mentions; none for an agency that only the credits name."""

    id: str
    name: str
    kind: str  # person, office, organization, media, agency, group, country, witness, anonymous
    country: str | None  # ISO 3166-1 alpha-3 or a PLOVER code (IGO, UNO, EUR, NGO, IMG, ...)
    sector: tuple[str, ...]
    title: str | None
    spans: tuple[Span, ...]
    reasons: tuple[Reason, ...] = ()


_WHERE_PRECISION = {
    Level.SITE: 1, Level.CITY: 1, Level.DISTRICT: 3, Level.PROVINCE: 4, Level.REGION: 5, Level.COUNTRY: 6
}  # fmt: skip
_DATE_PRECISION = ((1, 1), (2, 6), (3, 7), (4, 31))  # code and the most days it stands for


@dataclass(frozen=True, slots=True)
class Place:
    """One toponym mention, located where one candidate is left."""

    id: str
    name: str  # gazetteer name, else as written
    lat: float | None  # degrees, WGS 84
    lon: float | None
    country: str | None  # ISO 3166-1 alpha-3
    geonameid: int | None
    level: Level | None
    span: Span
    reasons: tuple[Reason, ...] = ()
    admin1: str | None = None  # name of the first-order division it lies in
    use: Use = Use.LOCATION
    near: bool = False  # what is told lies close to it, not in it: "north of Aleppo", "the road to Gardez"

    @property
    def is_location(self) -> bool:
        """Whether something may have happened there; a metonym, demonym or part of a name tells who, not where."""
        return self.use is Use.LOCATION

    @property
    def precision(self) -> int | None:
        """`where_prec` of the UCDP GED codebook: 1 a spot, 2 near one, 3 district, 4 province, 5 region, 6 country."""
        known = _WHERE_PRECISION.get(self.level) if self.level else None
        return 2 if known == 1 and self.near else known


@dataclass(frozen=True, slots=True)
class Time:
    """An interval of calendar days, both ends inclusive; None where the text does not tell."""

    id: str
    first: str | None  # ISO 8601 date
    last: str | None
    basis: Basis
    span: Span
    type: str = "DATE"  # TIMEX3 type
    value: str | None = None  # TIMEX3 value

    @property
    def precision(self) -> int | None:
        """`date_prec` of the UCDP GED codebook: 1 the day, 2 two to six days, 3 a week, 4 a month, 5 longer."""
        if self.first is None or self.last is None:
            return None
        days = (date.fromisoformat(self.last) - date.fromisoformat(self.first)).days + 1
        return next((code for code, most in _DATE_PRECISION if days <= most), 5)


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom, as one article tells it. `actor_spans` runs beside `actors`, and so for recipients."""

    id: str
    type: EventType
    mode: str | None
    context: tuple[str, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None
    time: str | None
    status: Status
    trigger: Span
    evidence: tuple[Span, ...]
    claims: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    reasons: tuple[Reason, ...] = ()
    actor_spans: tuple[Span, ...] = ()
    recipient_spans: tuple[Span, ...] = ()

    @property
    def own_voice(self) -> bool:
        """Whether the outlet tells it itself: under no claim, or beside its claims in words outside of all of them."""
        return not self.claims or any(reason.name == OWN_VOICE for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Link:
    """One source of a chain; the agency an article credits has neither span nor cue."""

    actor: str | None
    kind: SourceKind
    span: Span | None
    cue: Span | None


@dataclass(frozen=True, slots=True)
class Claim:
    """Content that somebody is reported to say; `chain` runs from the source nearest the article to the origin."""

    id: str
    chain: tuple[Link, ...]
    content: tuple[Span, ...]
    mode: SayingMode
    stance: Stance
    certainty: Certainty
    addressee: str | None = None  # -> Actor
    channel: Span | None = None
    time: str | None = None
    about: tuple[str, ...] = ()  # -> Event or Toll
    reasons: tuple[Reason, ...] = ()
    hedge: Span | None = None  # the words that lower the certainty
    negation: Span | None = None  # the words that negate the saying itself: it was not said
    within: str | None = None  # -> Claim in whose content this one stands
    addressed: Span | None = None  # the words for whom it was said to, known as an actor or not


@dataclass(frozen=True, slots=True)
class Observation:
    """First-hand: what the outlet's own people saw, heard, counted or were shown, in its own voice."""

    who: Span
    cue: Span
    content: Span
    about: tuple[str, ...] = ()  # -> Event or Toll


@dataclass(frozen=True, slots=True)
class Toll:
    """A bounded count of people harmed or of property lost; `high` None is open above."""

    id: str
    event: str | None
    harm: Harm
    low: int
    high: int | None
    victims: str | None
    cumulative: bool
    as_of: str | None  # -> Time
    span: Span
    claims: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    kind: VictimKind | None = None  # None: several kinds, or not told
    part: bool = False  # of another figure: "nine people, including two children"
    withdrawn: bool = False  # the same text says that it was wrong, retracted, denied or replaced


@dataclass(frozen=True, slots=True)
class Label:
    """What a source calls an event or a participant."""

    target: str | None  # -> Event or Actor; None where it names a happening that no event codes
    text: str
    span: Span
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that one article tells. Never edited: a rerun replaces it whole."""

    article: Article
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    claims: tuple[Claim, ...] = ()
    events: tuple[Event, ...] = ()
    tolls: tuple[Toll, ...] = ()
    labels: tuple[Label, ...] = ()
    observations: tuple[Observation, ...] = ()
    dateline_place: str | None = None  # -> Place


def claim_id(content: tuple[Span, ...], chain: tuple[Link, ...]) -> str:
    """A claim is what is said, and the words that say who says it; an agency that only the credits name adds none."""
    said = [(span.article, span.start, span.end) for span in content]
    worded = [link for link in chain if link.span or link.cue]
    by = [(part.start, part.end) if part else None for link in worded for part in (link.span, link.cue)]
    return content_id("claim", said, by)


def event_id(type: EventType, mode: str | None, trigger: Span) -> str:
    """An event is its code and the words that tell it."""
    return content_id("event", type.value, mode, trigger.article, trigger.start, trigger.end)


def toll_id(harm: Harm, low: int, high: int | None, span: Span) -> str:
    """A toll is its harm, its bounds and the counted phrase."""
    return content_id("toll", harm.value, low, high, span.article, span.start, span.end)


def mention_id(kind: str, span: Span) -> str:
    """An actor is its first mention, a place or time its only one."""
    return content_id(kind, span.article, span.start, span.end)


# --------------------------------------------------------------------------- links: what joins articles


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a copy tells otherwise than its original; at least one of the two places is given."""

    kind: ChangeKind
    before: Span | None  # in the original
    after: Span | None  # in the copy
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """`article` was taken from `of`; `share` is the part of its words found there, 0 to 1."""

    article: str
    of: str
    kind: CopyKind
    share: float
    evidence: tuple[tuple[Span, Span], ...]  # aligned passages: in the copy, in the original
    reasons: tuple[Reason, ...] = ()
    changes: tuple[Change, ...] = ()  # in the order of the original


@dataclass(frozen=True, slots=True)
class Origin:
    """Articles that go back to one reporter or agency; the unit in which independence is counted."""

    id: str
    name: str  # the agency or outlet it goes back to
    articles: tuple[str, ...]
    first: str | None  # published date of the first
    reasons: tuple[Reason, ...] = ()


class Turn(StrEnum):
    """How a day's reports changed what is known of a toll."""

    FIRST = "first"
    RISEN = "risen"
    LOWERED = "lowered"
    CORRECTED = "corrected"  # a figure was replaced by the source that had given it
    WITHDRAWN = "withdrawn"  # a figure was taken back or denied, and none was given in its place
    DISPUTED = "disputed"  # another figure came beside the best, which stays
    CONFIRMED = "confirmed"  # another origin gives the best figure too


@dataclass(frozen=True, slots=True)
class TollStep:
    """What was known of a toll once a day's reports were in; a day that changed nothing has none."""

    day: str | None  # ISO 8601 date of the reports; None: those without a date, which come first
    kind: Turn
    low: int
    best: int | None
    high: int | None
    tolls: tuple[str, ...]  # -> Toll: the day's figures, those that were set aside that day too
    origins: tuple[str, ...] = ()  # -> Origin, of those figures


@dataclass(frozen=True, slots=True)
class TollEstimate:
    """A reconciled toll: never narrower than the evidence it rests on. Each toll stands in one list at most."""

    harm: Harm
    low: int
    best: int | None
    high: int | None
    basis: tuple[str, ...]  # -> Toll
    dissent: tuple[str, ...]  # -> Toll
    withdrawn: tuple[str, ...] = ()  # -> Toll: denied, retracted or called wrong, and nothing stands in its place
    superseded: tuple[str, ...] = ()  # -> Toll: earlier counts that later ones have grown from or made exact
    corrected: tuple[tuple[str, str], ...] = ()  # -> Toll that was wrong, -> Toll that replaced it
    origins: tuple[str, ...] = ()  # -> Origin: those that give the best figure, one a name
    steps: tuple[TollStep, ...] = ()  # by day
    reasons: tuple[Reason, ...] = ()  # of the best figure, where more than the rules decided it

    @property
    def standings(self) -> dict[str, str]:
        """How each toll stands that the estimate knows of."""
        lists = {
            "basis": self.basis,
            "dissent": self.dissent,
            "superseded": self.superseded,
            "corrected": tuple(wrong for wrong, _ in self.corrected),
            "withdrawn": self.withdrawn,
        }
        return {id: standing for standing, ids in lists.items() for id in ids}


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening, told by many events."""

    id: str
    type: EventType
    events: tuple[str, ...]
    articles: tuple[str, ...]
    origins: tuple[str, ...]  # independent ones, copies folded
    place: str | None  # name
    country: str | None
    lat: float | None
    lon: float | None
    first: str | None  # ISO 8601 date
    last: str | None
    tolls: tuple[TollEstimate, ...] = ()
    summary: str = ""  # a sentence quoted from the article that tells it best
    reasons: tuple[Reason, ...] = ()
    total: bool = False  # it counts the harm of a whole crisis


@dataclass(frozen=True, slots=True)
class Story:
    """Incidents and articles that belong together."""

    id: str
    title: str
    incidents: tuple[str, ...]
    articles: tuple[str, ...]
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words a judged record stands in: what it is known by where its id is not."""

    article: str
    start: int  # of an event's trigger, in characters of Article.text
    end: int
    words: str  # the trigger as printed; of an article its title


@dataclass(frozen=True, slots=True)
class Judgement:
    """An analyst's word on two ids: appended, never edited."""

    left: str
    right: str
    verdict: Verdict
    by: str
    at: str  # ISO 8601 date-time
    note: str = ""
    group: str = ""  # words that were given together share it; "" for a word by itself
    left_anchor: Anchor | None = None
    right_anchor: Anchor | None = None

    @property
    def id(self) -> str:
        """Who said what, when and why: the very same again is the same word."""
        return content_id("judgement", self.left, self.right, self.verdict.value, self.by, self.at, self.note)


@dataclass(frozen=True, slots=True)
class Links:
    """Everything derived from many articles; recomputable from analyses and judgements."""

    copies: tuple[Copy, ...] = ()
    origins: tuple[Origin, ...] = ()
    incidents: tuple[Incident, ...] = ()
    stories: tuple[Story, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A row of the table `runs`. Put once when it starts and again when it ends; `finished` None: cut short."""

    stamp: str
    started: str  # ISO 8601 date-time
    finished: str | None = None
    code: str | None = None  # version of sayso
    parser: str | None = None
    gazetteer: str | None = None
    config: str | None = None  # Config.digest
    added: int = 0
    redone: int = 0
    known: int = 0
    kept: int = 0
    rejected: int = 0
