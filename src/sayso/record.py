"""One analysis as a line of JSON and back, and the JSON Schema it obeys.

Ids are local to the line (`a1`, `e3`), given in text order, so that a person can follow them; read back, every
record gets the content id it had. Lines that an earlier version wrote lack what came later, and are read as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sayso.errors import InputError
from sayso.model import (
    Actor,
    Analysis,
    Article,
    Basis,
    Cause,
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
    Place,
    Reason,
    SayingMode,
    SourceKind,
    Span,
    Stance,
    Status,
    Time,
    Toll,
    Use,
    VictimKind,
    claim_id,
    content_id,
    event_id,
    mention_id,
    toll_id,
)

SCHEMA = "sayso/1"
Json = dict[str, Any]


# --------------------------------------------------------------------------- out


def to_json(analysis: Analysis) -> Json:
    """The analysis record, ready for `json.dumps`."""
    local = _local_ids(analysis)
    return {
        "schema": SCHEMA,
        "article": _article(analysis, local),
        "actors": [_actor(actor, local) for actor in analysis.actors],
        "places": [_place(place, local) for place in analysis.places],
        "times": [_time(time, local) for time in analysis.times],
        "claims": [_claim(claim, local) for claim in analysis.claims],
        "events": _events(analysis, local),
        "tolls": [_toll(toll, local) for toll in analysis.tolls],
        "labels": [_label(label, local) for label in analysis.labels],
        "observations": [_observation(observation, local) for observation in analysis.observations],
    }


def _local_ids(analysis: Analysis) -> dict[str, str]:
    local: dict[str, str] = {}
    kinds: tuple[tuple[str, Sequence[Actor | Place | Time | Claim | Event | Toll]], ...] = (
        ("a", analysis.actors),
        ("p", analysis.places),
        ("t", analysis.times),
        ("c", analysis.claims),
        ("e", analysis.events),
        ("k", analysis.tolls),
    )
    for letter, records in kinds:
        local.update({record.id: f"{letter}{number}" for number, record in enumerate(records, 1)})
    return local


def _span(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _reasons(reasons: Iterable[Reason]) -> list[Json]:
    return [{"name": reason.name, "score": round(reason.score, 4), "detail": reason.detail} for reason in reasons]


def _ref(id: str | None, local: Mapping[str, str]) -> str | None:
    return local.get(id) if id else None


def _refs(ids: Iterable[str], local: Mapping[str, str]) -> list[str]:
    return [local[id] for id in ids if id in local]


def _article(analysis: Analysis, local: Mapping[str, str]) -> Json:
    article = analysis.article
    filed = article.dateline
    return {
        "id": article.id,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "byline": list(article.byline),
        "credits": list(article.credits),
        "dateline": {
            "place": _ref(analysis.dateline_place, local),
            "date": filed.date,
            "text": filed.place,
            "span": list(filed.span) if filed.span else None,
        }
        if filed
        else None,
        "published": article.published,
        "lang": article.lang,
        "origin": article.origin,
        "text": article.text,
    }


def _actor(actor: Actor, local: Mapping[str, str]) -> Json:
    return {
        "id": local[actor.id],
        "name": actor.name,
        "kind": actor.kind,
        "country": actor.country,
        "sector": list(actor.sector),
        "title": actor.title,
        "spans": _spans(actor.spans),
        "reasons": _reasons(actor.reasons),
    }


def _place(place: Place, local: Mapping[str, str]) -> Json:
    return {
        "id": local[place.id],
        "name": place.name,
        "lat": place.lat,
        "lon": place.lon,
        "country": place.country,
        "admin1": place.admin1,
        "geonameid": place.geonameid,
        "level": place.level,
        "use": place.use,
        "near": place.near,
        "span": _span(place.span),
        "reasons": _reasons(place.reasons),
    }


def _time(time: Time, local: Mapping[str, str]) -> Json:
    return {
        "id": local[time.id],
        "first": time.first,
        "last": time.last,
        "basis": time.basis,
        "type": time.type,
        "value": time.value,
        "span": _span(time.span),
    }


def _claim(claim: Claim, local: Mapping[str, str]) -> Json:
    return {
        "id": local[claim.id],
        "chain": [
            {"actor": _ref(link.actor, local), "kind": link.kind, "span": _span(link.span), "cue": _span(link.cue)}
            for link in claim.chain
        ],
        "content": _spans(claim.content),
        "mode": claim.mode,
        "stance": claim.stance,
        "certainty": claim.certainty,
        "addressee": _ref(claim.addressee, local),
        "channel": _span(claim.channel),
        "time": _ref(claim.time, local),
        "about": _refs(claim.about, local),
        "reasons": _reasons(claim.reasons),
        "hedge": _span(claim.hedge),
        "negation": _span(claim.negation),
        "within": _ref(claim.within, local),
        "addressed": _span(claim.addressed),
    }


def _events(analysis: Analysis, local: Mapping[str, str]) -> list[Json]:
    """Each event with how precisely its place and time are known."""
    where = {place.id: place.precision for place in analysis.places}
    when = {time.id: time.precision for time in analysis.times}
    return [
        _event(event, local)
        | {"place_precision": where.get(event.place or ""), "time_precision": when.get(event.time or "")}
        for event in analysis.events
    ]


def _event(event: Event, local: Mapping[str, str]) -> Json:
    return {
        "id": local[event.id],
        "type": event.type,
        "mode": event.mode,
        "context": list(event.context),
        "actors": _refs(event.actors, local),
        "recipients": _refs(event.recipients, local),
        "place": _ref(event.place, local),
        "time": _ref(event.time, local),
        "status": event.status,
        "trigger": _span(event.trigger),
        "evidence": _spans(event.evidence),
        "claims": _refs(event.claims, local),
        "causes": [_cause(cause, local) for cause in event.causes],
        "reasons": _reasons(event.reasons),
        "actor_spans": _spans(event.actor_spans),
        "recipient_spans": _spans(event.recipient_spans),
    }


def _cause(cause: Cause, local: Mapping[str, str]) -> Json:
    return {
        "kind": cause.kind,
        "span": _span(cause.span),
        "cue": _span(cause.cue),
        "event": _ref(cause.event, local),
        "claims": _refs(cause.claims, local),
    }


def _toll(toll: Toll, local: Mapping[str, str]) -> Json:
    return {
        "id": local[toll.id],
        "event": _ref(toll.event, local),
        "harm": toll.harm,
        "low": toll.low,
        "high": toll.high,
        "victims": toll.victims,
        "kind": toll.kind,
        "cumulative": toll.cumulative,
        "part": toll.part,
        "withdrawn": toll.withdrawn,
        "as_of": _ref(toll.as_of, local),
        "span": _span(toll.span),
        "claims": _refs(toll.claims, local),
        "reasons": _reasons(toll.reasons),
    }


def _label(label: Label, local: Mapping[str, str]) -> Json:
    return {
        "target": _ref(label.target, local),
        "text": label.text,
        "span": _span(label.span),
        "claims": _refs(label.claims, local),
    }


def _observation(observation: Observation, local: Mapping[str, str]) -> Json:
    return {
        "who": _span(observation.who),
        "cue": _span(observation.cue),
        "content": _span(observation.content),
        "about": _refs(observation.about, local),
    }


# --------------------------------------------------------------------------- back in


def from_json(line: Mapping[str, Any], about: str = "analysis") -> Analysis:
    """The analysis a JSON record stands for; InputError names what is wrong with it."""
    if line.get("schema") != SCHEMA:
        raise InputError(f"schema is {line.get('schema')!r}, not {SCHEMA!r}", about=about, way_out="use `sayso code`")
    try:
        return _Back(line).analysis()
    except (KeyError, TypeError, ValueError, AttributeError) as cause:
        raise InputError(f"is not an analysis record: {cause!r}", about=about, way_out="use `sayso code`") from cause


class _Back:
    """Reads one line; holds the article and the way from local to content ids."""

    def __init__(self, line: Mapping[str, Any]) -> None:
        self.line = line
        given = line["article"]
        filed = given.get("dateline")
        self.article = Article(
            text=given["text"],
            url=given.get("url"),
            outlet=given.get("outlet"),
            title=given.get("title"),
            byline=tuple(given.get("byline") or ()),
            credits=tuple(given.get("credits") or ()),
            dateline=Dateline(filed.get("text"), _pair(filed.get("span")), filed.get("date")) if filed else None,
            published=given.get("published"),
            lang=given.get("lang"),
            origin=given.get("origin"),
            id=given["id"],
        )
        self.ids: dict[str, str] = {}

    def span(self, pair: Sequence[int] | None) -> Span | None:
        return self.need(pair) if pair else None

    def need(self, pair: Sequence[int]) -> Span:
        span = Span(self.article.id, pair[0], pair[1])
        if span.end > len(self.article.text):
            raise ValueError(f"span {list(pair)} runs past the article")
        return span

    def spans(self, pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
        return tuple(self.need(pair) for pair in pairs)

    def ref(self, local: str | None) -> str | None:
        return self.ids[local] if local else None

    def refs(self, locals: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.ids[local] for local in locals)

    def analysis(self) -> Analysis:
        line = self.line
        self._learn(line)
        filed = line["article"].get("dateline")
        return Analysis(
            article=self.article,
            actors=tuple(map(self.actor, line["actors"])),
            places=tuple(map(self.place, line["places"])),
            times=tuple(map(self.time, line["times"])),
            claims=tuple(map(self.claim, line["claims"])),
            events=tuple(map(self.event, line["events"])),
            tolls=tuple(map(self.toll, line["tolls"])),
            labels=tuple(map(self.label, line["labels"])),
            observations=tuple(map(self.observation, line.get("observations", ()))),
            dateline_place=self.ref(filed.get("place")) if filed else None,
        )

    def _learn(self, line: Mapping[str, Any]) -> None:
        """Content ids first: records refer to one another in both directions."""
        for given in line["actors"]:
            first = given["spans"][0] if given["spans"] else None  # none: an agency that only the credits name
            self.ids[given["id"]] = (
                mention_id("actor", self.need(first)) if first else content_id("actor", given["name"])
            )
        for kind in ("place", "time"):
            for given in line[f"{kind}s"]:
                self.ids[given["id"]] = mention_id(kind, self.need(given["span"]))
        for given in line["claims"]:
            self.ids[given["id"]] = claim_id(self.spans(given["content"]), tuple(map(self.link, given["chain"])))
        for given in line["events"]:
            self.ids[given["id"]] = event_id(EventType(given["type"]), given["mode"], self.need(given["trigger"]))
        for given in line["tolls"]:
            self.ids[given["id"]] = toll_id(Harm(given["harm"]), given["low"], given["high"], self.need(given["span"]))

    def reasons(self, given: Iterable[Mapping[str, Any]]) -> tuple[Reason, ...]:
        return tuple(Reason(reason["name"], reason["score"], reason.get("detail", "")) for reason in given)

    def actor(self, given: Mapping[str, Any]) -> Actor:
        return Actor(
            id=self.ids[given["id"]],
            name=given["name"],
            kind=given["kind"],
            country=given["country"],
            sector=tuple(given["sector"]),
            title=given["title"],
            spans=self.spans(given["spans"]),
            reasons=self.reasons(given["reasons"]),
        )

    def place(self, given: Mapping[str, Any]) -> Place:
        return Place(
            id=self.ids[given["id"]],
            name=given["name"],
            lat=given["lat"],
            lon=given["lon"],
            country=given["country"],
            geonameid=given["geonameid"],
            level=Level(given["level"]) if given["level"] else None,
            span=self.need(given["span"]),
            reasons=self.reasons(given["reasons"]),
            admin1=given.get("admin1"),
            use=Use(given.get("use", Use.LOCATION)),
            near=given.get("near", False),
        )

    def time(self, given: Mapping[str, Any]) -> Time:
        return Time(
            id=self.ids[given["id"]],
            first=given["first"],
            last=given["last"],
            basis=Basis(given["basis"]),
            span=self.need(given["span"]),
            type=given.get("type", "DATE"),
            value=given.get("value"),
        )

    def link(self, given: Mapping[str, Any]) -> Link:
        return Link(
            self.ref(given["actor"]), SourceKind(given["kind"]), self.span(given["span"]), self.span(given["cue"])
        )

    def claim(self, given: Mapping[str, Any]) -> Claim:
        return Claim(
            id=self.ids[given["id"]],
            chain=tuple(map(self.link, given["chain"])),
            content=self.spans(given["content"]),
            mode=SayingMode(given["mode"]),
            stance=Stance(given["stance"]),
            certainty=Certainty(given["certainty"]),
            addressee=self.ref(given["addressee"]),
            channel=self.span(given["channel"]),
            time=self.ref(given["time"]),
            about=self.refs(given["about"]),
            reasons=self.reasons(given.get("reasons", ())),
            hedge=self.span(given.get("hedge")),
            negation=self.span(given.get("negation")),
            within=self.ref(given.get("within")),
            addressed=self.span(given.get("addressed")),
        )

    def event(self, given: Mapping[str, Any]) -> Event:
        return Event(
            id=self.ids[given["id"]],
            type=EventType(given["type"]),
            mode=given["mode"],
            context=tuple(given["context"]),
            actors=self.refs(given["actors"]),
            recipients=self.refs(given["recipients"]),
            place=self.ref(given["place"]),
            time=self.ref(given["time"]),
            status=Status(given["status"]),
            trigger=self.need(given["trigger"]),
            evidence=self.spans(given["evidence"]),
            claims=self.refs(given["claims"]),
            causes=tuple(map(self.cause, given["causes"])),
            reasons=self.reasons(given["reasons"]),
            actor_spans=self.spans(given.get("actor_spans", ())),
            recipient_spans=self.spans(given.get("recipient_spans", ())),
        )

    def cause(self, given: Mapping[str, Any]) -> Cause:
        return Cause(
            given["kind"],
            self.need(given["span"]),
            self.span(given["cue"]),
            self.ref(given.get("event")),
            self.refs(given.get("claims", ())),
        )

    def toll(self, given: Mapping[str, Any]) -> Toll:
        return Toll(
            id=self.ids[given["id"]],
            event=self.ref(given["event"]),
            harm=Harm(given["harm"]),
            low=given["low"],
            high=given["high"],
            victims=given["victims"],
            cumulative=given["cumulative"],
            as_of=self.ref(given["as_of"]),
            span=self.need(given["span"]),
            claims=self.refs(given["claims"]),
            reasons=self.reasons(given.get("reasons", ())),
            kind=VictimKind(given["kind"]) if given.get("kind") else None,
            part=given.get("part", False),
            withdrawn=given.get("withdrawn", False),
        )

    def label(self, given: Mapping[str, Any]) -> Label:
        return Label(self.ref(given["target"]), given["text"], self.need(given["span"]), self.refs(given["claims"]))

    def observation(self, given: Mapping[str, Any]) -> Observation:
        who, cue, content = (self.need(given[part]) for part in ("who", "cue", "content"))
        return Observation(who, cue, content, self.refs(given["about"]))


def _pair(given: Sequence[int] | None) -> tuple[int, int] | None:
    return (given[0], given[1]) if given else None
