"""Hypothesis strategies that make valid records of any content."""

from __future__ import annotations

from hypothesis import strategies as st

from sayso.model import (
    Actor,
    Analysis,
    Article,
    Basis,
    Cause,
    Certainty,
    Claim,
    Copy,
    CopyKind,
    Dateline,
    Event,
    EventType,
    Harm,
    Incident,
    Label,
    Level,
    Link,
    Links,
    Observation,
    Origin,
    Place,
    Reason,
    Rejected,
    SayingMode,
    SourceKind,
    Span,
    Stance,
    Status,
    Story,
    Time,
    Toll,
    TollEstimate,
    VictimKind,
    claim_id,
    content_id,
    event_id,
    mention_id,
    toll_id,
)

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)  # anything but halves of surrogate pairs
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)
DAYS = st.none() | st.dates().map(str)
CODES = st.none() | st.sampled_from(["KAZ", "RUS", "IGO"])
COUNTS = st.integers(0, 10**21)
SCORES = st.integers(0, 10_000).map(lambda number: number / 10_000)  # records keep four digits
REASONS = st.lists(st.builds(Reason, WORDS, SCORES, WORDS), max_size=2).map(tuple)


def spans(article: Article) -> st.SearchStrategy[Span]:
    """Any stretch of an article."""
    size = len(article.text)
    return st.integers(0, size - 1).flatmap(
        lambda start: st.integers(start + 1, size).map(lambda end: Span(article.id, start, end))
    )


@st.composite
def articles(draw: st.DrawFn) -> Article:
    text = draw(TEXTS)
    pair = st.tuples(st.integers(0, len(text) - 1), st.just(len(text)))
    return Article(
        text=text,
        url=draw(st.none() | WORDS),
        outlet=draw(st.none() | WORDS),
        title=draw(st.none() | st.just(text[: len(text) // 2])),
        byline=tuple(draw(st.lists(WORDS, max_size=2))),
        credits=tuple(draw(st.lists(WORDS, max_size=2))),
        dateline=draw(st.none() | st.builds(Dateline, st.none() | WORDS, st.none() | pair, DAYS)),
        published=draw(DAYS),
        lang=draw(st.none() | st.sampled_from(["en", "ru"])),
        origin=draw(st.none() | WORDS),
    )


@st.composite
def analyses(draw: st.DrawFn, of: st.SearchStrategy[Article] | None = None) -> Analysis:
    """A whole analysis: records with content ids that refer to one another, spans inside the text."""
    article = draw(of or articles())
    span = spans(article)
    actors = {one.id: one for one in draw(st.lists(_actors(span), max_size=3))}
    places = {one.id: one for one in draw(st.lists(_places(span), max_size=2))}
    times = {one.id: one for one in draw(st.lists(_times(span), max_size=2))}
    chains = st.lists(_links(span, list(actors)), min_size=1, max_size=2)
    said = {
        claim_id(tuple(content), tuple(chain)): (tuple(content), tuple(chain))
        for content, chain in draw(st.lists(st.tuples(st.lists(span, min_size=1, max_size=2), chains), max_size=3))
    }
    coded = {event.id: event for event in draw(st.lists(_events(span, actors, places, times, list(said)), max_size=3))}
    tolls = {toll.id: toll for toll in draw(st.lists(_tolls(span, coded, times, list(said)), max_size=2))}
    about = st.lists(st.sampled_from([*coded, *tolls]), max_size=2) if coded or tolls else st.just([])
    claims = [
        Claim(
            id=id,
            chain=chain,
            content=content,
            mode=draw(st.sampled_from(SayingMode)),
            stance=draw(st.sampled_from(Stance)),
            certainty=draw(st.sampled_from(Certainty)),
            addressee=draw(_one(actors)),
            channel=draw(st.none() | span),
            time=draw(_one(times)),
            about=tuple(draw(about)),
            reasons=draw(REASONS),
            hedge=draw(st.none() | span),
            addressed=draw(st.none() | span),
            negation=draw(st.none() | span),
            within=draw(_one(said)),
        )
        for id, (content, chain) in said.items()
    ]
    seen = st.builds(Observation, span, span, span, about.map(tuple))
    labels = st.builds(Label, _one(actors | coded), WORDS, span, _some(list(said)))
    return Analysis(
        article=article,
        actors=tuple(actors.values()),
        places=tuple(places.values()),
        times=tuple(times.values()),
        claims=tuple(claims),
        events=tuple(coded.values()),
        tolls=tuple(tolls.values()),
        labels=tuple(draw(st.lists(labels, max_size=2))),
        observations=tuple(draw(st.lists(seen, max_size=2))),
        dateline_place=draw(_one(places)) if article.dateline else None,
    )


def _one(ids: object) -> st.SearchStrategy[str | None]:
    known = list(ids)  # type: ignore[call-overload]
    return st.none() | st.sampled_from(known) if known else st.none()


def _some(ids: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(ids), max_size=2).map(tuple) if ids else st.just(())


@st.composite
def _actors(draw: st.DrawFn, span: st.SearchStrategy[Span]) -> Actor:
    found = tuple(draw(st.lists(span, max_size=3)))  # none: an agency that only the credits name
    sector = tuple(draw(st.lists(st.sampled_from(["GOV", "MIL"]), max_size=2)))
    kind = draw(st.sampled_from(["person", "group"]))
    title, name = draw(st.none() | WORDS), draw(WORDS)
    id = mention_id("actor", found[0]) if found else content_id("actor", name)
    return Actor(id, name, kind, draw(CODES), sector, title, found, draw(REASONS))


@st.composite
def _places(draw: st.DrawFn, span: st.SearchStrategy[Span]) -> Place:
    found = draw(span)
    degrees = st.none() | st.floats(-90, 90)
    level = draw(st.none() | st.sampled_from(Level))
    geonameid = draw(st.none() | st.integers(1, 10**7))
    id = mention_id("place", found)
    return Place(id, draw(WORDS), draw(degrees), draw(degrees), draw(CODES), geonameid, level, found, draw(REASONS))


@st.composite
def _times(draw: st.DrawFn, span: st.SearchStrategy[Span]) -> Time:
    found = draw(span)
    kind = draw(st.sampled_from(["DATE", "DURATION"]))
    basis = draw(st.sampled_from(Basis))
    return Time(mention_id("time", found), draw(DAYS), draw(DAYS), basis, found, kind, draw(st.none() | WORDS))


def _links(span: st.SearchStrategy[Span], actors: list[str]) -> st.SearchStrategy[Link]:
    """Any link; the one of an agency that is only credited has neither span nor cue."""
    return st.builds(Link, _one(actors), st.sampled_from(SourceKind), st.none() | span, st.none() | span)


@st.composite
def _events(
    draw: st.DrawFn,
    span: st.SearchStrategy[Span],
    actors: dict[str, Actor],
    places: dict[str, Place],
    times: dict[str, Time],
    claims: list[str],
) -> Event:
    trigger, type = draw(span), draw(st.sampled_from(EventType))
    mode = draw(st.none() | st.sampled_from(["firearms", "riot"]))
    doers, done = draw(_some(list(actors))), draw(_some(list(actors)))
    return Event(
        id=event_id(type, mode, trigger),
        type=type,
        mode=mode,
        context=tuple(draw(st.lists(st.sampled_from(["military", "political"]), max_size=2))),
        actors=doers,
        recipients=done,
        place=draw(_one(places)),
        time=draw(_one(times)),
        status=draw(st.sampled_from(Status)),
        trigger=trigger,
        evidence=tuple(draw(st.lists(span, min_size=1, max_size=2))),
        claims=draw(_some(claims)),
        causes=tuple(draw(st.lists(st.builds(Cause, st.just("reason"), span, st.none() | span), max_size=1))),
        reasons=draw(REASONS),
        actor_spans=tuple(draw(span) for _ in doers),
        recipient_spans=tuple(draw(span) for _ in done),
    )


@st.composite
def _tolls(
    draw: st.DrawFn, span: st.SearchStrategy[Span], events: dict[str, Event], times: dict[str, Time], claims: list[str]
) -> Toll:
    harm, low, found = draw(st.sampled_from(Harm)), draw(COUNTS), draw(span)
    high = draw(st.none() | COUNTS.map(lambda more: low + more))
    return Toll(
        id=toll_id(harm, low, high, found),
        event=draw(_one(events)),
        harm=harm,
        low=low,
        high=high,
        victims=draw(st.none() | WORDS),
        cumulative=draw(st.booleans()),
        as_of=draw(_one(times)),
        span=found,
        claims=draw(_some(claims)),
        reasons=draw(REASONS),
        kind=draw(st.none() | st.sampled_from(VictimKind)),
        part=draw(st.booleans()),
        withdrawn=draw(st.booleans()),
    )


# --------------------------------------------------------------------------- what joins articles

_IDS = st.integers(0, 2**64 - 1).map(lambda number: f"{number:016x}")
_LISTS = st.lists(_IDS, max_size=3).map(tuple)
_FREE_SPANS = st.builds(lambda id, start, size: Span(id, start, start + size), _IDS, st.integers(0, 99), st.just(5))
_FREE_REASONS = st.lists(st.builds(Reason, WORDS, st.floats(0, 1), WORDS), max_size=1).map(tuple)
_PAIRS = st.lists(st.tuples(_FREE_SPANS, _FREE_SPANS), max_size=2).map(tuple)
_DEGREES = st.none() | st.floats(-90, 90)
_ESTIMATES = st.builds(
    TollEstimate, st.sampled_from(Harm), COUNTS, st.none() | COUNTS, st.none() | COUNTS, _LISTS, _LISTS, _LISTS
)
_INCIDENTS = st.builds(
    Incident,
    id=_IDS,
    type=st.sampled_from(EventType),
    events=_LISTS,
    articles=_LISTS,
    origins=_LISTS,
    place=st.none() | WORDS,
    country=CODES,
    lat=_DEGREES,
    lon=_DEGREES,
    first=DAYS,
    last=DAYS,
    tolls=st.lists(_ESTIMATES, max_size=2).map(tuple),
    summary=WORDS,
    reasons=_FREE_REASONS,
)


def links() -> st.SearchStrategy[Links]:
    """Links of any content, between articles that need not be there."""
    copies = st.builds(Copy, _IDS, _IDS, st.sampled_from(CopyKind), st.floats(0, 1), _PAIRS, _FREE_REASONS)
    origins = st.builds(Origin, _IDS, WORDS, _LISTS, DAYS, _FREE_REASONS)
    stories = st.builds(Story, _IDS, WORDS, _LISTS, _LISTS, DAYS, DAYS)
    return st.builds(
        Links,
        st.lists(copies, max_size=2).map(tuple),
        st.lists(origins, max_size=2).map(tuple),
        st.lists(_INCIDENTS, max_size=2).map(tuple),
        st.lists(stories, max_size=2).map(tuple),
    )


REJECTS = st.builds(Rejected, WORDS, st.sampled_from(["read", "parse"]), st.sampled_from(["empty", "not text"]))
