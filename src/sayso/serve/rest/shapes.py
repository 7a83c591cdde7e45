"""What answers look like, as the description of the API tells it: our own records, in few envelopes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, JsonValue, Tag, WithJsonSchema

from sayso.listing import ArticleEntry, SourceSummary
from sayso.read.dates import read_date
from sayso.report.agreement import AgreementRow
from sayso.report.quotes import Quote
from sayso.report.tables import IncidentRow, TollRow
from sayso.serve.rest.asking import read_day, read_moment

Entry = TypeVar("Entry")
Links = dict[str, str]


def _told(words: str) -> ConfigDict:
    return ConfigDict(json_schema_extra={"description": words})


class ListOf(BaseModel, Generic[Entry]):
    """A page of a list."""

    model_config = _told("A page of a list.")

    items: list[Entry] = Field(description="The records of this page, in the order of the list.")
    next: str | None = Field(description="Address of the next page; null on the last.")
    total: int = Field(ge=0, description="How many records the whole list has.")


class Point(BaseModel):
    """Where it is."""

    type: Literal["Point"] = Field(description="Always Point.")
    coordinates: tuple[float, float] = Field(description="Longitude, then latitude, degrees, WGS 84.")


_DAY: dict[str, JsonValue] = {"anyOf": [{"type": "string"}, {"type": "null"}]}
_DRAWN: dict[str, JsonValue] = {  # what a feature holds beside its record
    "title": {"type": "string", "description": "What happened, in a line."},
    "first_day": {**_DAY, "description": "First day, ISO 8601."},
    "last_day": {**_DAY, "description": "Last day, ISO 8601."},
    "area_centre": {
        "anyOf": [{"type": "array", "items": {"type": "number"}}, {"type": "null"}],
        "description": "Longitude and latitude of the middle of a country or region, which is no place on a map.",
    },
}


class Feature(BaseModel, Generic[Entry]):
    """A record with its place."""

    model_config = _told("A record with its place.")
    type: Literal["Feature"] = Field(description="Always Feature.")
    id: str = Field(description="The id of the record.")
    geometry: Point | None = Field(description="Null where no place is known, or only its country or region.")
    properties: Entry = Field(
        description="The record, and the names that the exported GeoJSON has for the same.",
        json_schema_extra={"properties": _DRAWN, "required": list(_DRAWN)},
    )


class Features(BaseModel, Generic[Entry]):
    """A page of a list as GeoJSON (RFC 7946)."""

    model_config = _told("A page of a list as GeoJSON (RFC 7946).")
    type: Literal["FeatureCollection"] = Field(description="Always FeatureCollection.")
    features: list[Feature[Entry]] = Field(description="The records of this page, in the order of the list.")
    next: str | None = Field(description="Address of the next page; null on the last.")
    total: int = Field(ge=0, description="How many records the whole list has.")


@dataclass(frozen=True, slots=True)
class Index:
    """Where everything is."""

    name: str
    version: str
    links: Links  # by name


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the archive can be read, and what it holds."""

    status: Literal["ok"]
    version: str
    accounts: bool  # in force
    archive: int  # transactions that have written to it
    sizes: dict[str, int]
    first: str | None  # days of publication
    last: str | None


@dataclass(frozen=True, slots=True)
class IncidentView:
    """One happening: what is known, what is agreed and disputed, how many were harmed, in whose words."""

    incident: IncidentRow
    agreement: tuple[AgreementRow, ...]
    tolls: tuple[TollRow, ...]
    quotes: tuple[Quote, ...]
    story: str | None
    left_out: int  # reports that were not read, where very many tell it
    links: Links


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article without its text, and what it is linked to."""

    id: str
    url: str | None
    outlet: str | None
    title: str | None
    byline: tuple[str, ...]
    credits: tuple[str, ...]
    published: str | None
    lang: str | None
    origin: str | None  # where it was read
    status: str
    characters: int
    incidents: tuple[str, ...]
    origins: tuple[str, ...]
    story: str | None
    links: Links


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source in numbers, and the latest articles that cite it."""

    source: SourceSummary
    citing: tuple[ArticleEntry, ...]
    links: Links


@dataclass(frozen=True, slots=True)
class GradeEntry:
    """An analyst's grade on the Admiralty scale that stands."""

    of: str  # key of a source, or id of a claim
    grade: str
    meaning: str
    by: str
    at: str
    note: str


@dataclass(frozen=True, slots=True)
class ImportEntry:
    """Articles or files that were handed in together, and how far they are."""

    id: str
    state: Literal["waiting", "reading", "linking", "done", "failed", "stopped"]
    over: bool
    by: str
    at: str
    ended: str | None
    files: tuple[str, ...]
    seen: int  # so far
    added: int
    known: int
    kept: int
    changed: int  # incidents
    rejected: dict[str, int]  # by reason
    languages: dict[str, int]
    fault: str | None
    links: Links


@dataclass(frozen=True, slots=True)
class Word:
    """One kept word of an analyst on a pair of records."""

    left: str
    verdict: str
    right: str


@dataclass(frozen=True, slots=True)
class Said:
    """What was kept of a judgement, and the incidents that its events are in now."""

    id: str
    by: str
    at: str
    words: tuple[Word, ...]
    incidents: tuple[str, ...]


def _fit(given: str) -> str:
    """Text that an archive can hold."""
    if "\x00" in given or given.encode("utf-8", "ignore").decode() != given:
        raise ValueError("holds characters that no archive can keep")
    return given


def _published(given: str) -> str:
    """A day or a moment that exists, however long ago."""
    if read_date(given) is None:
        (read_moment if len(given) > len("2022-01-08") else read_day)(given)
    return given


_DATES = {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}
_Short = Annotated[str, Field(max_length=2000)]


class SentArticle(BaseModel):
    """An article as programs send it; its text is enough."""

    model_config = ConfigDict(
        extra="forbid", strict=True, json_schema_extra={"description": "An article to be added; its text is enough."}
    )

    text: str = Field(min_length=1, description="The text, as it is: every offset counts its characters.")
    id: str | None = Field(default=None, max_length=200, description="Your name for it; else it gets one of its words.")
    url: _Short | None = Field(default=None, description="Where it was published.")
    outlet: _Short | None = Field(default=None, description="Who published it.")
    title: _Short | None = Field(default=None, description="The headline.")
    published: Annotated[str, AfterValidator(_published), WithJsonSchema(_DATES)] | None = Field(
        default=None, description="ISO 8601 date or date-time."
    )
    byline: list[_Short] = Field(default=[], max_length=50, description="Who wrote it.")
    lang: Annotated[str, Field(pattern="^[a-z]{2,3}$")] | None = Field(default=None, description="Language, ISO 639.")


def _how_many(given: object) -> str:
    return "list" if isinstance(given, list) else "one"


# One article or a list; told apart first, so that a fault names its field in one of the two alone.
Sent = Annotated[
    Annotated[SentArticle, Tag("one")]
    | Annotated[list[SentArticle], Field(min_length=1, max_length=1000), Tag("list")],
    Discriminator(_how_many),
]


class GradeStatement(BaseModel):
    """An analyst's grade of a source or of a claim."""

    model_config = ConfigDict(extra="forbid", strict=True)

    of: Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\u0000]*$"), AfterValidator(_fit)] = Field(
        description="The name of the source, whole, or the id of the claim.", examples=["Police"]
    )
    grade: Annotated[str, Field(pattern="^[A-F][1-6]$")] = Field(
        description="A letter for the source and a digit for what it says; F6 where nothing can be told.",
        examples=["B2"],
    )
    note: Annotated[str, Field(max_length=2000, pattern=r"^[^\u0000]*$"), AfterValidator(_fit)] = Field(
        default="", description="Why, for those who read it later."
    )


_RecordId = Annotated[str, Field(min_length=4, max_length=500, pattern=r"^[^\u0000]*$"), AfterValidator(_fit)]


class Statement(BaseModel):
    """An analyst's word on records: it wins over every score, on every later run."""

    model_config = ConfigDict(extra="forbid", strict=True)

    what: _RecordId = Field(
        description="The id, or its first digits, of the event, incident or article that is judged.",
        examples=["3f2a91c0"],
    )
    verdict: Literal["same", "not-same", "split", "copy", "not-copy", "wrong-code"] = Field(
        description="Same or not the same happening as the others; `split`: the others leave this incident; a copy of"
        " the other article or none; wrongly coded.",
        examples=["not-same"],
    )
    others: list[_RecordId] = Field(
        default=[],
        max_length=50,
        description="The other records; of `wrong-code` the right code, TYPE or TYPE:mode, or none where it is no"
        " event at all.",
        examples=[["77ab02d1"]],
    )
    note: Annotated[str, Field(max_length=2000, pattern=r"^[^\u0000]*$"), AfterValidator(_fit)] = Field(
        default="", description="Why, for those who read it later."
    )
