"""Small hand-made records for tests: what a parse or an analysis would look like, without a model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sayso.model import (
    Actor,
    Analysis,
    Article,
    Basis,
    Certainty,
    Claim,
    Dateline,
    Event,
    EventType,
    Harm,
    Label,
    Level,
    Link,
    Observation,
    Parsed,
    Place,
    Reason,
    SayingMode,
    SourceKind,
    Span,
    Stance,
    Status,
    Time,
    Toll,
    VictimKind,
    claim_id,
    content_id,
    event_id,
    mention_id,
    toll_id,
)


def parsed(*tokens: tuple[str, str, str, str, int], text: str | None = None, **fields: object) -> Parsed:
    """One sentence from (text, lemma, pos, dep, head) rows, joined by single blanks; `head` is a token number."""
    words = [token[0] for token in tokens]
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    article = Article(text if text is not None else " ".join(words), **fields)  # type: ignore[arg-type]
    return Parsed(
        article=article,
        text=tuple(words),
        lemma=tuple(token[1] for token in tokens),
        pos=tuple(token[2] for token in tokens),
        tag=tuple(token[2] for token in tokens),
        dep=tuple(token[3] for token in tokens),
        head=tuple(token[4] for token in tokens),
        start=tuple(starts),
        end=tuple(start + len(word) for start, word in zip(starts, words, strict=True)),
        ent=("",) * len(tokens),
        ent_start=(False,) * len(tokens),
        sents=((0, len(tokens)),) if tokens else (),
    )


# --------------------------------------------------------------------------- analyses

Fields = Mapping[str, Any]


def span_of(article: Article, words: str, nth: int = 0) -> Span:
    """Where the words stand in an article, the first time or later."""
    at = -1
    for _ in range(nth + 1):
        at = article.text.index(words, at + 1)
    return Span(article.id, at, at + len(words))


def analysis(
    text: str,
    *,
    actors: Mapping[str, Fields] | None = None,
    places: Mapping[str, Fields] | None = None,
    times: Mapping[str, Fields] | None = None,
    claims: Sequence[Fields] = (),
    events: Sequence[Fields] = (),
    tolls: Sequence[Fields] = (),
    labels: Sequence[Fields] = (),
    observations: Sequence[Fields] = (),
    **article: Any,
) -> Analysis:
    """An analysis whose records are named by their words in the text, and refer to one another by these words.

    An actor, place or time is its words; a claim is the first cue of its chain; an event is its trigger; a toll is
    its counted phrase. An actor with `mentions=()` is an agency of that name which only the credits name; a link with
    the cue None is its link. Whatever is not given has a plain default:

        analysis(
            "Police said rioters burnt a bank in Almaty on Friday, killing 3 men.",
            actors={"Police": {"kind": "organization"}, "rioters": {}},
            places={"Almaty": {"country": "KAZ"}},
            times={"Friday": {"first": "2022-01-07", "last": "2022-01-07"}},
            claims=[{"chain": [("Police", "said")], "content": ["rioters burnt a bank"], "about": ["burnt", "3 men"]}],
            events=[{"trigger": "burnt", "type": "ASSAULT", "actors": ["rioters"], "place": "Almaty",
                     "time": "Friday", "claims": ["said"]}],
            tolls=[{"span": "3 men", "harm": "killed", "low": 3, "high": 3, "event": "burnt", "claims": ["said"]}],
        )
    """
    given = Article(text, **article)
    made = _Records(given)
    people = [made.actor(words, fields) for words, fields in (actors or {}).items()]
    where = [made.place(words, fields) for words, fields in (places or {}).items()]
    when = [made.time(words, fields) for words, fields in (times or {}).items()]
    made.name(claims, events, tolls)
    filed = given.dateline.span if given.dateline else None
    filed_at = next((place.id for place in where if filed == (place.span.start, place.span.end)), None)
    return Analysis(
        article=given,
        actors=tuple(people),
        places=tuple(where),
        times=tuple(when),
        claims=tuple(map(made.claim, claims)),
        events=tuple(map(made.event, events)),
        tolls=tuple(map(made.toll, tolls)),
        labels=tuple(map(made.label, labels)),
        observations=tuple(map(made.observation, observations)),
        dateline_place=filed_at,
    )


class _Records:
    """Makes records of words; `ids` holds what the words of each kind stand for."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.ids: dict[str, str] = {}

    def at(self, words: str | None) -> Span | None:
        return span_of(self.article, words) if words else None

    def need(self, words: str) -> Span:
        return span_of(self.article, words)

    def id(self, words: str | None) -> str | None:
        return self.ids[words] if words else None

    def all(self, words: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.ids[each] for each in words)

    def actor(self, words: str, given: Fields) -> Actor:
        spans = tuple(map(self.need, given.get("mentions", (words, *given.get("also", ())))))
        self.ids[words] = mention_id("actor", spans[0]) if spans else content_id("actor", given.get("name", words))
        return Actor(
            id=self.ids[words],
            name=given.get("name", words),
            kind=given.get("kind", "group"),
            country=given.get("country"),
            sector=tuple(given.get("sector", ())),
            title=given.get("title"),
            spans=spans,
            reasons=_reasons(given),
        )

    def place(self, words: str, given: Fields) -> Place:
        span = self.need(words)
        self.ids[words] = mention_id("place", span)
        return Place(
            id=self.ids[words],
            name=given.get("name", words),
            lat=given.get("lat"),
            lon=given.get("lon"),
            country=given.get("country"),
            geonameid=given.get("geonameid"),
            level=Level(given["level"]) if given.get("level") else None,
            span=span,
            reasons=_reasons(given),
        )

    def time(self, words: str, given: Fields) -> Time:
        span = self.need(words)
        self.ids[words] = mention_id("time", span)
        return Time(
            id=self.ids[words],
            first=given.get("first"),
            last=given.get("last"),
            basis=Basis(given.get("basis", "stated")),
            span=span,
            type=given.get("type", "DATE"),
            value=given.get("value"),
        )

    def name(self, claims: Iterable[Fields], events: Iterable[Fields], tolls: Iterable[Fields]) -> None:
        """Give ids first: claims, events and tolls refer to one another."""
        for given in claims:
            content, chain = self.said(given)
            self.ids[_cue(given)] = claim_id(content, chain)
        for given in events:
            self.ids[given["trigger"]] = event_id(self.type(given), given.get("mode"), self.need(given["trigger"]))
        for given in tolls:
            harm, span = Harm(given.get("harm", "killed")), self.need(given["span"])
            self.ids[given["span"]] = toll_id(harm, given["low"], given.get("high"), span)

    def said(self, given: Fields) -> tuple[tuple[Span, ...], tuple[Link, ...]]:
        content = tuple(map(self.need, given["content"]))
        chain = tuple(
            Link(
                actor=self.ids.get(source or ""),
                kind=SourceKind(kind[0] if kind else "organization"),
                span=self.at(source) if cue else None,
                cue=self.at(cue),
            )
            for source, cue, *kind in given["chain"]
        )
        return content, chain

    def claim(self, given: Fields) -> Claim:
        content, chain = self.said(given)
        return Claim(
            id=self.ids[_cue(given)],
            chain=chain,
            content=content,
            mode=SayingMode(given.get("mode", "indirect")),
            stance=Stance(given.get("stance", "asserts")),
            certainty=Certainty(given.get("certainty", "certain")),
            addressee=self.id(given.get("addressee")),
            channel=self.at(given.get("channel")),
            time=self.id(given.get("time")),
            about=self.all(given.get("about", ())),
            reasons=_reasons(given),
            hedge=self.at(given.get("hedge")),
            addressed=self.at(given.get("addressed")),
            negation=self.at(given.get("negation")),
            within=self.id(given.get("within")),
        )

    def type(self, given: Fields) -> EventType:
        return EventType(given.get("type", "ASSAULT"))

    def event(self, given: Fields) -> Event:
        trigger = self.need(given["trigger"])
        actors, recipients = given.get("actors", ()), given.get("recipients", ())
        return Event(
            id=self.ids[given["trigger"]],
            type=self.type(given),
            mode=given.get("mode"),
            context=tuple(given.get("context", ())),
            actors=self.all(actors),
            recipients=self.all(recipients),
            place=self.id(given.get("place")),
            time=self.id(given.get("time")),
            status=Status(given.get("status", "occurred")),
            trigger=trigger,
            evidence=tuple(map(self.need, given.get("evidence", ()))) or (trigger,),
            claims=self.all(given.get("claims", ())),
            causes=tuple(given.get("causes", ())),
            reasons=_reasons(given),
            actor_spans=tuple(map(self.need, actors)),
            recipient_spans=tuple(map(self.need, recipients)),
        )

    def toll(self, given: Fields) -> Toll:
        return Toll(
            id=self.ids[given["span"]],
            event=self.id(given.get("event")),
            harm=Harm(given.get("harm", "killed")),
            low=given["low"],
            high=given.get("high"),
            victims=given.get("victims"),
            cumulative=given.get("cumulative", False),
            as_of=self.id(given.get("as_of")),
            span=self.need(given["span"]),
            claims=self.all(given.get("claims", ())),
            reasons=_reasons(given),
            kind=VictimKind(given["kind"]) if given.get("kind") else None,
            part=given.get("part", False),
            withdrawn=given.get("withdrawn", False),
        )

    def label(self, given: Fields) -> Label:
        words = given["text"]
        return Label(self.id(given.get("target")), words, self.need(words), self.all(given.get("claims", ())))

    def observation(self, given: Fields) -> Observation:
        who, cue, content = (self.need(given[part]) for part in ("who", "cue", "content"))
        return Observation(who, cue, content, self.all(given.get("about", ())))


def _cue(claim: Fields) -> str:
    """The first cue of a chain, by which its claim is named."""
    cue: str = next(cue for _, cue, *_ in claim["chain"] if cue)
    return cue


def _reasons(given: Fields) -> tuple[Reason, ...]:
    return tuple(Reason(*reason) for reason in given.get("reasons", ()))


UNREST = (
    "Crowds burn city hall\n\nALMATY, 7 January 2022 (Harbour News) - Channel 9, citing eyewitnesses, said that rioters"
    " burnt the city hall in Almaty on Friday because of a price rise. Police said 26 armed criminals were killed, and"
    " denied that soldiers had fired first. The mayor called the unrest a colour revolution."
)


def unrest(text: str = UNREST, **changes: Any) -> Analysis:
    """One article with every kind of record in it; another `text` must begin with the same words."""
    title = "Crowds burn city hall"
    at = UNREST.index("ALMATY")
    article: dict[str, Any] = {
        "title": title,
        "outlet": "Harbour News",
        "url": "https://harbour.example/1",
        "byline": ("Ana Ruiz", "Bo Lind"),
        "credits": ("Silkroad Agency",),
        "dateline": Dateline("ALMATY", (at, at + 6), "2022-01-07"),
        "published": "2022-01-07T10:00:00Z",
        "lang": "en",
        "origin": "demo.jsonl:3",
    }
    return analysis(
        text,
        actors={
            "Channel 9": {"kind": "media"},
            "eyewitnesses": {"kind": "witness"},
            "rioters": {"also": ["armed criminals"], "sector": ["CVL", "REB"], "reasons": [("head noun", 0.5, "riot")]},
            "Police": {"kind": "organization", "country": "KAZ", "sector": ["COP"]},
            "soldiers": {"country": "KAZ", "sector": ["MIL"]},
            "The mayor": {"kind": "office", "title": "mayor"},
        },
        places={
            "ALMATY": {"name": "Almaty", "lat": 43.25, "lon": 76.91, "country": "KAZ", "level": "city"},
            "Almaty": {"lat": 43.25, "lon": 76.91, "country": "KAZ", "geonameid": 1526384, "level": "city"},
        },
        times={"Friday": {"first": "2022-01-07", "last": "2022-01-07", "basis": "weekday", "value": "2022-01-07"}},
        claims=[
            {
                "chain": [("Channel 9", "said", "media"), ("eyewitnesses", "citing", "witness")],
                "content": ["rioters burnt the city hall in Almaty on Friday because of a price rise"],
                "about": ["burnt"],
                "time": "Friday",
            },
            {
                "chain": [("Police", "Police said")],
                "content": ["26 armed criminals were killed"],
                "about": ["26 armed criminals"],
                "reasons": [("verb", 0.9, "said")],
            },
            {
                "chain": [("Police", "denied")],
                "content": ["soldiers had fired first"],
                "stance": "denies",
                "about": ["fired"],
            },
        ],
        events=[
            {
                "trigger": "burnt",
                "mode": "property",
                "context": ["political"],
                "actors": ["rioters"],
                "place": "Almaty",
                "time": "Friday",
                "evidence": ["rioters burnt the city hall in Almaty on Friday"],
                "claims": ["said"],
                "reasons": [("verb", 0.8, "burn")],
            },
            {"trigger": "fired", "actors": ["soldiers"], "recipients": ["rioters"], "status": "negated"},
        ],
        tolls=[{"span": "26 armed criminals", "low": 26, "high": 26, "event": "fired", "claims": ["Police said"]}],
        labels=[{"text": "colour revolution", "target": "burnt"}],
        **(article | changes),
    )


WITNESSED = (
    "The mayor did not say that police had reportedly told him guards fired on a crowd. Our reporters saw guards fire"
    " on 3 men."
)


def witnessed(**changes: Any) -> Analysis:
    """One article that an agency is credited with: hedged, negated and nested claims, and what reporters saw."""
    agency = ("Silkroad Agency", None, "agency")
    return analysis(
        WITNESSED,
        actors={
            "The mayor": {"kind": "office"},
            "police": {"kind": "organization"},
            "guards": {},
            "Silkroad Agency": {"kind": "agency", "sector": ["JRN"], "mentions": ()},
        },
        claims=[
            {
                "chain": [agency, ("The mayor", "say", "office")],
                "content": ["police had reportedly told him guards fired on a crowd"],
                "negation": "did not",
                "about": ["fired"],
            },
            {
                "chain": [agency, ("police", "told")],
                "content": ["guards fired on a crowd"],
                "hedge": "reportedly",
                "addressed": "him",
                "within": "say",
                "about": ["fired"],
            },
        ],
        events=[
            {"trigger": "fired", "mode": "firearms", "actors": ["guards"], "claims": ["say", "told"]},
            {"trigger": "fire on 3", "mode": "firearms", "reasons": [("first-hand", 1.0, "Our reporters saw")]},
        ],
        tolls=[{"span": "3 men", "harm": "injured", "low": 3, "high": 3, "event": "fire on 3"}],
        observations=[
            {
                "who": "Our reporters",
                "cue": "saw",
                "content": "guards fire on 3 men",
                "about": ["fire on 3", "3 men"],
            }
        ],
        **({"outlet": "Harbour News", "credits": ("Silkroad Agency",), "lang": "en"} | changes),
    )


def before(line: Mapping[str, Any]) -> dict[str, Any]:
    """A record as it was written before there were hedges, negation, nesting and observations."""
    new = ("hedge", "negation", "within", "addressed")
    claims = [{key: value for key, value in claim.items() if key not in new} for claim in line["claims"]]
    return {key: value for key, value in line.items() if key != "observations"} | {"claims": claims}
