"""What a request of the API may ask: the parameters of each list, checked, and nothing else taken.

A parameter that no list knows is refused: a misspelt filter must not give everything.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime
from typing import Annotated, Literal

from fastapi import Path, Request
from fastapi.exceptions import RequestValidationError
from pydantic import AfterValidator, BaseModel, Field, WithJsonSchema
from starlette.exceptions import HTTPException

from sayso.listing import EventsAsked, SaidAsked, Sought, TollsAsked, Wanted
from sayso.model import CopyKind, EventType, Harm, SourceKind, Stance, Status, VictimKind

MOST = 200  # records on a page
LONGEST_ADDRESS = 8_000  # characters of path and query together
_NO_NUL = r"^[^\u0000]*$"  # which no database takes
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"([0-9-]{10})[Tt]([0-9:]{5}):([0-9]{2})(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})")


def read_day(given: str) -> str:
    if not _DAY.fullmatch(given):
        raise ValueError("is not a date: write YYYY-MM-DD")
    return date.fromisoformat(given).isoformat()


def read_moment(given: str) -> str:
    """A moment of RFC 3339 as archives note it, in UTC; a plus sign that was sent as it is arrives as a blank."""
    found = _MOMENT.fullmatch(given.replace(" ", "+"))
    if not found:
        raise ValueError("is not a date and time with a zone: write 2022-01-08T10:00:00Z")
    day, clock, second, fraction, zone = found.groups()
    read = datetime.fromisoformat(f"{day}T{clock}:{min(int(second), 59):02}{(fraction or '.0')[:7]:0<7}{zone.upper()}")
    try:
        return read.astimezone(UTC).isoformat(timespec="microseconds")
    except OverflowError:  # within a day of the years 1 and 9999
        return read.replace(tzinfo=UTC).isoformat(timespec="microseconds")


Word = Annotated[str, Field(min_length=1, max_length=300, pattern=_NO_NUL)]
Day = Annotated[str, AfterValidator(read_day), WithJsonSchema({"type": "string", "format": "date"})]
Moment = Annotated[str, AfterValidator(read_moment), WithJsonSchema({"type": "string", "format": "date-time"})]
Iso3 = Annotated[str, Field(pattern=r"^[A-Za-z]{3}$"), AfterValidator(str.upper)]
Id = Annotated[
    str,
    Path(
        min_length=1,
        max_length=500,
        pattern=_NO_NUL,
        description="The id of the record, or its first digits: at least four, and only one may begin so.",
        examples=["3f2a91c0"],
    ),
]


class Alone(BaseModel):
    """Asks for one record."""

    format: Literal["json"] | None = Field(None, description="How the record is written; goes before Accept.")


class Paged(BaseModel):
    """Asks for a stretch of a list."""

    limit: int = Field(50, ge=1, le=MOST, description="How many records a page has at most.")
    after: Word | None = Field(
        None, description="Where the page before ended: take it from `next` of that page as it is."
    )


class Listed(Paged):
    """Asks for a stretch of a list that is a table too."""

    format: Literal["json", "csv"] | None = Field(None, description="How the list is written; goes before Accept.")


class IncidentsAsked(Paged):
    """Which incidents."""

    since: Day | None = Field(None, description="It was not over before this day.", examples=["2022-01-05"])
    until: Day | None = Field(None, description="It had begun by this day.", examples=["2022-01-11"])
    country: Iso3 | None = Field(None, description="Where it happened, ISO 3166-1 alpha-3.", examples=["KAZ"])
    type: EventType | None = Field(None, description="What kind of event it is in PLOVER.", examples=["PROTEST"])
    status: Status | None = Field(None, description="A report tells it so.", examples=["occurred"])
    actor: Word | None = Field(None, description="Who did it or whom it was done to: the whole name.")
    outlet: Word | None = Field(None, description="An outlet that reports it: the whole name.")
    place: Word | None = Field(None, description="The name of its place, whole.", examples=["Almaty"])
    story: Word | None = Field(None, description="The id of a story that it is part of.")
    origins: int = Field(1, ge=1, le=1_000_000, description="It goes back to so many independent origins at least.")
    changed: Moment | None = Field(
        None, description="It was first linked, or what is told of it changed, after this moment."
    )
    order: Literal["weight", "date", "reported", "origins", "changed"] = Field(
        "weight",
        description="What comes first: the weightiest, the latest to happen, the latest to be reported,"
        " that of most origins, the last to change.",
    )
    format: Literal["json", "csv", "geojson", "rss"] | None = Field(
        None, description="How the list is written; goes before Accept."
    )

    def wanted(self) -> Wanted:
        given = self.model_dump(exclude={"limit", "after", "order", "format"})
        return Wanted(**given)


class ArticlesAsked(Listed):
    """Which articles."""

    q: Word | None = Field(None, description="All of these words stand in the text; the best fit comes first.")
    since: Day | None = Field(None, description="Published on this day or later.", examples=["2022-01-05"])
    until: Day | None = Field(None, description="Published on this day or earlier.", examples=["2022-01-11"])
    outlet: Word | None = Field(None, description="The outlet that published it: the whole name.")
    lang: str | None = Field(None, pattern=r"^[a-z]{2,3}$", description="Language, ISO 639.", examples=["en"])
    country: Iso3 | None = Field(None, description="A place in it lies in this country.", examples=["KAZ"])
    origin: Word | None = Field(None, description="The id of an origin that it goes back to.")

    def sought(self) -> Sought:
        return Sought(self.q or "", self.since, self.until, self.outlet, self.lang, self.country, self.origin)


class SearchAsked(ArticlesAsked):
    """Which articles, by their words."""

    q: Word = Field(description="All of these words stand in the text; the best fit comes first.", examples=["police"])


class _Published(Listed):
    since: Day | None = Field(None, description="Published on this day or later.", examples=["2022-01-05"])
    until: Day | None = Field(None, description="Published on this day or earlier.", examples=["2022-01-11"])


class ClaimsInside(_Published):
    """Which claims of an incident."""

    source: Word | None = Field(None, description="A source of the chain: the whole name.")
    stance: Stance | None = Field(None, description="What the source does with the content.", examples=["denies"])
    kind: SourceKind | None = Field(None, description="What kind of source is in the chain.", examples=["witness"])
    outlet: Word | None = Field(None, description="The outlet that reports it: the whole name.")

    def said(self, incident: str | None = None, article: str | None = None) -> SaidAsked:
        return SaidAsked(incident, article, self.source, self.stance, self.kind, self.outlet, self.since, self.until)


class ClaimsAsked(ClaimsInside):
    """Which claims."""

    incident: Word | None = Field(None, description="The id of an incident that they are about.")
    article: Word | None = Field(None, description="The id of the article that reports them.")


class EventsWanted(Paged):
    """Which events."""

    type: EventType | None = Field(None, description="What kind of event in PLOVER, as coded.", examples=["ASSAULT"])
    status: Status | None = Field(None, description="Whether it is told as having happened.", examples=["occurred"])
    actor: Word | None = Field(None, description="Who did it or whom it was done to: the whole name.")
    country: Iso3 | None = Field(None, description="Where it happened, ISO 3166-1 alpha-3.", examples=["KAZ"])
    incident: Word | None = Field(None, description="The id of the incident that it tells.")
    article: Word | None = Field(None, description="The id of the article that tells it.")
    since: Day | None = Field(None, description="It was not over before this day.", examples=["2022-01-05"])
    until: Day | None = Field(None, description="It had begun by this day.", examples=["2022-01-11"])
    format: Literal["json", "csv", "geojson"] | None = Field(
        None, description="How the list is written; goes before Accept."
    )

    def asked(self) -> EventsAsked:
        return EventsAsked(**self.model_dump(exclude={"limit", "after", "format"}))


class TollsWanted(_Published):
    """Which figures."""

    incident: Word | None = Field(None, description="The id of the incident whose toll they are figures of.")
    article: Word | None = Field(None, description="The id of the article that tells them.")
    harm: Harm | None = Field(None, description="What is counted.", examples=["killed"])
    victims: VictimKind | None = Field(None, description="Who is counted.", examples=["police"])

    def asked(self) -> TollsAsked:
        return TollsAsked(**self.model_dump(exclude={"limit", "after", "format"}))


class SourcesAsked(Listed):
    """Which sources."""

    q: Word | None = Field(None, description="Part of the name.", examples=["ministry"])


class CopiesAsked(Listed):
    """Which copies."""

    article: Word | None = Field(None, description="The id of an article that was taken from another, or taken.")
    kind: CopyKind | None = Field(None, description="How the article relates to its original.", examples=["exact"])


class RejectedAsked(Listed):
    """Which rejects."""

    reason: Word | None = Field(None, description="Why it could not be used: the whole reason.")
    origin: Word | None = Field(None, description="How the file, line or address begins that it was read from.")


class Period(Alone):
    """Which incidents are counted."""

    since: Day | None = Field(None, description="They were not over before this day.", examples=["2022-01-05"])
    until: Day | None = Field(None, description="They had begun by this day.", examples=["2022-01-11"])


def take_only(known: frozenset[str], request: Request) -> None:
    """Refuse what a route does not know, and what is given twice; 422 names the known ones."""
    if len(request.url.path) + len(request.url.query) > LONGEST_ADDRESS:
        raise HTTPException(414, f"an address has {LONGEST_ADDRESS:,} characters at most")
    given = Counter(name for name, _ in request.query_params.multi_items())
    unknown = f"is no parameter here; known are: {', '.join(sorted(known)) or 'none'}"
    faults = [
        {"loc": ("query", name), "msg": "is given more than once" if name in known else unknown}
        for name, times in given.items()
        if name not in known or times > 1
    ]
    if faults:
        raise RequestValidationError(faults)
