"""What one analysis looks like in the tables that people query: names and quotes beside ids and offsets.

Pure: an analysis in, rows by table out. Both archives use it, so that their digests can be compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from sqlalchemy import Table

from sayso.model import OWN_VOICE, Analysis, Anchor, Claim, Event, Judgement, Link, Reason, Rejected, Span, Verdict
from sayso.store import schema
from sayso.store.codec import Packed, plain

Row = dict[str, Any]
Rows = dict[Table, list[Row]]
_LARGEST = 2**63 - 1  # what a database holds; the record keeps larger numbers as they are


def bounded(number: int | None) -> int | None:
    """A count cut to what a database can hold."""
    return None if number is None else max(-_LARGEST, min(number, _LARGEST))


def why(reasons: Iterable[Reason]) -> str | None:
    """Reasons in one line: "verb burn 0.90; object named 0.80 (a bank)"."""
    said = (f"{each.name} {each.score:.2f}" + (f" ({each.detail})" if each.detail else "") for each in reasons)
    return "; ".join(said) or None


def sureness(reasons: Iterable[Reason]) -> float | None:
    """How sure an event is of its type, to the digits that `why` prints; None where nobody weighed it."""
    return next((round(each.score, 2) for each in reasons if each.name.startswith("typed ")), None)


def distinct(table: Table, rows: Iterable[Row]) -> list[Row]:
    """One row a key, the first: a record that is there twice must not cost the article."""
    key = [column.name for column in table.primary_key]
    kept: dict[tuple[object, ...], Row] = {}
    for row in rows:
        kept.setdefault(tuple(row[name] for name in key), row)
    return list(kept.values())


def article_key(id: str) -> int:
    """A row number made from the id, so that it depends on no order."""
    return int.from_bytes(blake2b(id.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


def rejected_row(rejected: Rejected) -> Row:
    made = Rejected(plain(rejected.origin), rejected.stage, plain(rejected.reason), plain(rejected.detail))
    return {
        "id": made.id,
        "origin": made.origin,
        "stage": made.stage,
        "reason": made.reason,
        "detail": made.detail,
    }


def rejected_of(row: Mapping[str, Any]) -> Rejected:
    return Rejected(row["origin"], row["stage"], row["reason"], row["detail"])


def judgement_row(judgement: Judgement) -> Row:
    """The word of an analyst; saying the very same again adds nothing."""
    return {
        "id": judgement.id,
        "left_id": judgement.left,
        "right_id": judgement.right,
        "verdict": judgement.verdict.value,
        "analyst": judgement.by,
        "at": judgement.at,
        "note": judgement.note,
        "group_id": judgement.group or None,
        **_anchor_row("left", judgement.left_anchor),
        **_anchor_row("right", judgement.right_anchor),
    }


def _anchor_row(side: str, anchor: Anchor | None) -> Row:
    return {
        f"{side}_article": anchor and anchor.article,
        f"{side}_start": anchor and anchor.start,
        f"{side}_stop": anchor and anchor.end,
        f"{side}_words": anchor and anchor.words,
    }


def judgement_of(row: Mapping[str, Any]) -> Judgement:
    return Judgement(
        left=row["left_id"],
        right=row["right_id"],
        verdict=Verdict(row["verdict"]),
        by=row["analyst"],
        at=row["at"],
        note=row["note"],
        group=row["group_id"] or "",
        left_anchor=_anchor_of("left", row),
        right_anchor=_anchor_of("right", row),
    )


def _anchor_of(side: str, row: Mapping[str, Any]) -> Anchor | None:
    at, words = (row[f"{side}_article"], row[f"{side}_start"], row[f"{side}_stop"]), row[f"{side}_words"]
    return Anchor(*at, words) if at[0] is not None else None


def rows_of(analysis: Analysis, packed: Packed, stamp: str) -> Rows:
    """Every row of one article."""
    made = _Projection(analysis).rows()
    made[schema.articles] = [_article(analysis, "coded" if packed.body else "uncoded", stamp)]
    made[schema.records] = [{"article": analysis.article.id, "head": packed.head, "body": packed.body}]
    return made


def _article(analysis: Analysis, status: str, stamp: str) -> Row:
    article = analysis.article
    filed = article.dateline
    place = next((place.name for place in analysis.places if place.id == analysis.dateline_place), None)
    row: Row = {
        "key": article_key(article.id),
        "id": article.id,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "published": article.published,
        "lang": article.lang,
        "dateline_place": place or (filed.place if filed else None),
        "dateline_date": filed.date if filed else None,
        "origin": article.origin,
        "status": status,
        "stamp": stamp if status == "coded" else "",
    }
    readable = {name: plain(value) if isinstance(value, str) else value for name, value in row.items() if name != "id"}
    return {**readable, "id": article.id, "text": article.text}


class _Projection:
    """Turns the records of one analysis into rows; holds the names that ids stand for."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.article = analysis.article
        self.names = {actor.id: plain(actor.name) for actor in analysis.actors}
        self.places = {place.id: place for place in analysis.places}
        self.times = {time.id: time for time in analysis.times}
        self.sources = {claim.id: " citing ".join(map(self.source, claim.chain)) for claim in analysis.claims}
        self.kinds = {each.id: "event" for each in analysis.events} | {each.id: "toll" for each in analysis.tolls}

    def rows(self) -> Rows:
        made: Rows = defaultdict(list)
        self._people(made)
        self._settings(made)
        for number, claim in enumerate(self.analysis.claims, 1):
            self._claim(made, number, claim)
        for number, event in enumerate(self.analysis.events, 1):
            self._event(made, number, event)
        self._tolls(made)
        self._labels(made)
        self._observations(made)
        return {table: distinct(table, rows) for table, rows in made.items()}

    # ----------------------------------------------------------------- reading

    def quote(self, span: Span | None) -> str | None:
        return " ".join(self.article.quote(span).split()) if span else None

    def quotes(self, spans: Iterable[Span]) -> str:
        return " … ".join(self.quote(span) or "" for span in spans)

    def source(self, link: Link) -> str:
        """Who a link names: the actor, else the words, else the kind of source."""
        return self.names.get(link.actor or "") or self.quote(link.span) or link.kind.value

    def said_by(self, claims: Sequence[str]) -> str | None:
        """The sources of these claims; None in the outlet's own voice."""
        return "; ".join(self.sources[claim] for claim in claims if claim in self.sources) or None

    def told_by(self, event: Event) -> str | None:
        """The sources of an event, "own voice" first where the outlet tells it itself too; None where only it does."""
        sources = self.said_by(event.claims)
        return f"{OWN_VOICE}; {sources}" if sources and event.own_voice else sources

    def days(self, time: str | None) -> tuple[str | None, str | None]:
        found = self.times.get(time or "")
        return (found.first, found.last) if found else (None, None)

    def row(self, number: int, /, **values: object) -> Row:
        return {"article": self.article.id, "position": number, **values}

    def at(self, span: Span | None, prefix: str = "") -> Mapping[str, int | None]:
        return {f"{prefix}start": span.start if span else None, f"{prefix}stop": span.end if span else None}

    # ----------------------------------------------------------------- writing

    def _people(self, made: Rows) -> None:
        for number, name in enumerate(self.article.byline, 1):
            made[schema.bylines].append(self.row(number, name=plain(name)))
        for number, agency in enumerate(self.article.credits, 1):
            made[schema.credits].append(self.row(number, agency=plain(agency)))
        for number, actor in enumerate(self.analysis.actors, 1):
            made[schema.actors].append(
                self.row(
                    number,
                    id=actor.id,
                    name=self.names[actor.id],
                    kind=actor.kind,
                    country=actor.country,
                    sector=", ".join(actor.sector) or None,
                    title=actor.title,
                    mentions=len(actor.spans),
                    why=why(actor.reasons),
                )
            )
            for mention, span in enumerate(actor.spans, 1):
                made[schema.actor_mentions].append(
                    self.row(mention, actor=actor.id, text=self.quote(span), **self.at(span))
                )

    def _settings(self, made: Rows) -> None:
        for number, place in enumerate(self.analysis.places, 1):
            made[schema.places].append(
                self.row(
                    number,
                    id=place.id,
                    name=place.name,
                    text=self.quote(place.span),
                    lat=degrees(place.lat),
                    lon=degrees(place.lon),
                    country=place.country,
                    admin1=place.admin1,
                    geonameid=bounded(place.geonameid),
                    level=place.level.value if place.level else None,
                    use=place.use.value,
                    near=place.near,
                    why=why(place.reasons),
                    **self.at(place.span),
                )
            )
        for number, time in enumerate(self.analysis.times, 1):
            made[schema.times].append(
                self.row(
                    number,
                    id=time.id,
                    first=time.first,
                    last=time.last,
                    text=self.quote(time.span),
                    basis=time.basis.value,
                    type=time.type,
                    value=time.value,
                    **self.at(time.span),
                )
            )

    def _claim(self, made: Rows, number: int, claim: Claim) -> None:
        first, last = self.days(claim.time)
        made[schema.claims].append(
            self.row(
                number,
                id=claim.id,
                sources=self.sources[claim.id],
                content=self.quotes(claim.content),
                mode=claim.mode.value,
                stance=claim.stance.value,
                certainty=claim.certainty.value,
                addressee=self.names.get(claim.addressee or "") or self.quote(claim.addressed),
                channel=self.quote(claim.channel),
                first=first,
                last=last,
                time=claim.time,
                why=why(claim.reasons),
                hedge=self.quote(claim.hedge),
                negation=self.quote(claim.negation),
                within=claim.within,
                **self.at(claim.content[0] if claim.content else None),
            )
        )
        for link_number, link in enumerate(claim.chain, 1):
            made[schema.chain_links].append(
                self.row(
                    link_number,
                    claim=claim.id,
                    actor=link.actor,
                    actor_name=self.names.get(link.actor or ""),
                    kind=link.kind.value,
                    source=self.quote(link.span),
                    cue=self.quote(link.cue),
                    **self.at(link.span),
                    **self.at(link.cue, "cue_"),
                )
            )
        for target in claim.about:
            self._about(made, claim.id, target)

    def _about(self, made: Rows, claim: str, target: str) -> None:
        kind = self.kinds.get(target)
        made[schema.claim_about].append({"article": self.article.id, "claim": claim, "target": target, "kind": kind})

    def _event(self, made: Rows, number: int, event: Event) -> None:
        place = self.places.get(event.place or "")
        first, last = self.days(event.time)
        made[schema.events].append(
            self.row(
                number,
                id=event.id,
                type=event.type.value,
                mode=event.mode,
                context=", ".join(event.context) or None,
                status=event.status.value,
                actors=self._named(event.actors),
                recipients=self._named(event.recipients),
                place=place.name if place else None,
                country=place.country if place else None,
                first=first,
                last=last,
                said_by=self.told_by(event),
                quote=self.quotes(event.evidence),
                trigger=self.quote(event.trigger),
                place_id=event.place,
                time_id=event.time,
                why=why(event.reasons),
                sure=sureness(event.reasons),
                **self.at(event.trigger),
            )
        )
        self._participants(made[schema.event_actors], event.id, event.actors, event.actor_spans)
        self._participants(made[schema.event_recipients], event.id, event.recipients, event.recipient_spans)
        self._causes(made, event)
        for claim in event.claims:
            self._about(made, claim, event.id)

    def _named(self, actors: Sequence[str]) -> str | None:
        return "; ".join(self.names.get(actor, actor) for actor in actors) or None

    def _participants(self, rows: list[Row], event: str, actors: Sequence[str], spans: Sequence[Span]) -> None:
        for number, actor in enumerate(actors, 1):
            span = spans[number - 1] if number <= len(spans) else None
            name = self.names.get(actor)
            rows.append(self.row(number, event=event, actor=actor, name=name, text=self.quote(span), **self.at(span)))

    def _causes(self, made: Rows, event: Event) -> None:
        for number, cause in enumerate(event.causes, 1):
            made[schema.event_causes].append(
                self.row(
                    number,
                    event=event.id,
                    kind=cause.kind,
                    text=self.quote(cause.span),
                    cue=self.quote(cause.cue),
                    **self.at(cause.span),
                    **self.at(cause.cue, "cue_"),
                )
            )

    def _tolls(self, made: Rows) -> None:
        for number, toll in enumerate(self.analysis.tolls, 1):
            first, last = self.days(toll.as_of)
            made[schema.tolls].append(
                self.row(
                    number,
                    id=toll.id,
                    event=toll.event,
                    harm=toll.harm.value,
                    low=bounded(toll.low),
                    high=bounded(toll.high),
                    victims=toll.victims,
                    kind=toll.kind.value if toll.kind else None,
                    cumulative=toll.cumulative,
                    part=toll.part,
                    withdrawn=toll.withdrawn,
                    as_of_first=first,
                    as_of_last=last,
                    said_by=self.said_by(toll.claims),
                    text=self.quote(toll.span),
                    why=why(toll.reasons),
                    **self.at(toll.span),
                )
            )
            for claim in toll.claims:
                self._about(made, claim, toll.id)

    def _labels(self, made: Rows) -> None:
        triggers = {event.id: event.trigger for event in self.analysis.events}
        for number, label in enumerate(self.analysis.labels, 1):
            target = label.target or ""
            kind = "actor" if target in self.names else "event" if target in triggers else None
            made[schema.labels].append(
                self.row(
                    number,
                    target=label.target,
                    target_kind=kind,
                    target_text=self.names.get(target) or self.quote(triggers.get(target)),
                    text=label.text,
                    said_by=self.said_by(label.claims),
                    **self.at(label.span),
                )
            )

    def _observations(self, made: Rows) -> None:
        for number, seen in enumerate(self.analysis.observations, 1):
            made[schema.observations].append(
                self.row(
                    number,
                    who=self.quote(seen.who),
                    cue=self.quote(seen.cue),
                    content=self.quote(seen.content),
                    **self.at(seen.who, "who_"),
                    **self.at(seen.cue, "cue_"),
                    **self.at(seen.content),
                )
            )
            for target in seen.about:
                made[schema.observation_about].append(self.row(number, target=target, kind=self.kinds.get(target)))


def degrees(value: float | None) -> float | None:
    """A coordinate without the sign of zero, which SQLite does not keep."""
    return value + 0.0 if value is not None else None
