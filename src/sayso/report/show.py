"""Any record with the words it rests on, as data and as lines to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import Any

from sayso.model import Claim, Event, Incident, Observation, Reason, Span, Toll
from sayso.report import copies
from sayso.report.agreement import AgreementRow, first_told, incident_rows, position_lines, story_rows
from sayso.report.archive import Archive, bounds, days
from sayso.report.checks import clip
from sayso.report.claims import Asked, Desk
from sayso.report.frames import OutletFrames, by_outlet
from sayso.report.grounds import ground_of
from sayso.report.lending import REGISTER
from sayso.report.reach import origin_of, reach
from sayso.report.tables import estimate

_SAYINGS = 12  # shown of an incident
_AROUND = 60  # characters of context on each side of a quote

# Reasons that are details of a state measure, and the words they are shown under.
_DETAILS = {"level": "measure", "scale": "level", "area": "holds", "term": "term", "allows": "allows or forbids"}

Json = dict[str, Any]
Shown = tuple[Json, list[str]]


def show(archive: Archive, kind: str, id: str) -> Shown:
    """A record of a kind as `View.find` names it; evidence is quoted and says where it stands."""
    shower = _SHOWERS.get(kind)
    if shower is None:
        raise KeyError(f"no way to show a {kind}")
    return shower(archive, id)


def evidence(archive: Archive, span: Span) -> str:
    """A quotation with its surroundings: who printed it, where it stands, ⟦the words⟧."""
    article = archive.article(span.article)
    before = article.text[max(0, span.start - _AROUND) : span.start]
    after = article.text[span.end : span.end + _AROUND]
    words = " ".join(f"{before}⟦{article.quote(span)}⟧{after}".split())
    return f"    {archive.outlet(article.id)} [{article.id[:8]} {span.start}:{span.end}] …{words}…"


def _quoted(archive: Archive, spans: Iterable[Span]) -> list[Json]:
    return [
        {"article": span.article, "span": [span.start, span.end], "quote": archive.article(span.article).quote(span)}
        for span in spans
    ]


def _reasons(reasons: Iterable[Reason]) -> list[str]:
    return [f"    because {reason.name} ({reason.score:.2f}) {reason.detail}".rstrip() for reason in reasons]


def _show_article(archive: Archive, id: str) -> Shown:
    analysis = archive.analyses[id]
    article = analysis.article
    taken = [copy for copy in archive.links.copies if id in (copy.article, copy.of)]
    lines = [
        f"article {id}",
        f"  {article.title or '(no title)'}",
        f"  {archive.outlet(id)}, published {article.published or 'unknown'}, language {article.lang or 'unknown'}",
        f"  by {', '.join(article.byline) or 'nobody named'}; credits {', '.join(article.credits) or 'none'}",
        f"  read from {article.origin or article.url or 'unknown'}",
        f"  {len(analysis.claims)} claims, {len(analysis.events)} events, {len(analysis.tolls)} tolls",
        *(_first_hand(archive, observation) for observation in analysis.observations),
    ]
    for copy in taken:
        way = f"taken from {copy.of[:8]}" if copy.article == id else f"taken over by {copy.article[:8]}"
        lines.append(f"  {way}: {copy.kind}, {copy.share:.0%} of its words")
    lines += ["", article.text]
    return asdict(article), lines


def _show_event(archive: Archive, id: str) -> Shown:
    event = archive.events[id]
    lines = [
        f"event {id}",
        f"  {event.type}{'/' + event.mode if event.mode else ''}, {event.status}",
        f"  who: {archive.names(event.actors) or 'unknown'}",
        f"  to whom: {archive.names(event.recipients) or 'nobody named'}",
        *_from_register(archive, (*event.actors, *event.recipients)),
        f"  when: {archive.day(event.time) or 'unknown'}; where: {_place(archive, event)}",
        f"  on whose say-so: {archive.voices(event)}",
        *(_first_hand(archive, observation) for observation in archive.observed.get(id, ())),
        *(f"  incident {archive.incident_of[id]}" for _ in range(id in archive.incident_of)),
        *(evidence(archive, span) for span in event.evidence),
        *_causes(archive, event),
        *_measure(event.reasons),
        *_reasons(reason for reason in event.reasons if reason.name not in _DETAILS),
    ]
    return {**asdict(event), "quotes": _quoted(archive, event.evidence)}, lines


def _from_register(archive: Archive, ids: Iterable[str]) -> Iterator[str]:
    """What other articles tell of the participants, each once."""
    for id in dict.fromkeys(ids):
        actor = archive.actors.get(id)
        for reason in actor.reasons if actor else ():
            if actor and reason.name == REGISTER:
                yield f"  {actor.name}: {reason.name}: {reason.detail}"


def _first_hand(archive: Archive, seen: Observation) -> str:
    return f"  first-hand: {archive.quote(seen.who)} … {archive.quote(seen.cue)} … “{archive.quote(seen.content)}”"


def _causes(archive: Archive, event: Event) -> Iterator[str]:
    """Each reason or blame in the text's words, who gives it, and the event that it is."""
    for cause in event.causes:
        told = f"; event {cause.event[:8]}" if cause.event else ""
        yield f"  {cause.kind}: “{archive.quote(cause.span)}”, {ground_of(archive, event, cause).says}{told}"


def _measure(reasons: Iterable[Reason]) -> Iterator[str]:
    """The details of a state measure, one line for each kind: "term: from 9 pm to 5 am"."""
    told = list(reasons)
    for name, words in _DETAILS.items():
        found = [reason.detail for reason in told if reason.name == name]
        if found:
            yield f"  {words}: {'; '.join(found)}"


def _place(archive: Archive, event: Event) -> str:
    place = archive.places.get(event.place or "")
    return f"{place.name}{', ' + place.country if place.country else ''}" if place else "unknown"


def _show_claim(archive: Archive, id: str) -> Shown:
    claim: Claim = archive.claims[id]
    addressee = archive.actors.get(claim.addressee or "")
    told = addressee.name if addressee else archive.quote(claim.addressed)
    lines = [
        f"claim {id}",
        f"  {archive.outlet(claim.content[0].article)} ← {archive.chain(claim)}",
        f"  {claim.mode}, {claim.stance}, {claim.certainty}"
        + (f", to {told}" if told else "")
        + (f", {archive.quote(claim.channel)}" if claim.channel else "")
        + (f", {archive.day(claim.time)}" if claim.time else ""),
        *_how_told(archive, claim),
        *(evidence(archive, span) for span in claim.content),
        *(f"  about {_brief(archive, about)}" for about in claim.about),
        *_reasons(claim.reasons),
    ]
    return {**asdict(claim), "quotes": _quoted(archive, claim.content)}, lines


def _how_told(archive: Archive, claim: Claim) -> Iterator[str]:
    """What limits it: a hedge, a saying that was not said, a claim around it."""
    if claim.hedge:
        yield f"  hedged by “{archive.quote(claim.hedge)}”"
    if claim.negation:
        yield f"  not said: “{archive.quote(claim.negation)}”"
    if outer := archive.claims.get(claim.within or ""):
        yield f"  inside claim {outer.id[:8]}: {archive.chain(outer)}, {outer.stance}"


def _brief(archive: Archive, id: str) -> str:
    if event := archive.events.get(id):
        return f"event {id[:8]} {event.type}, {event.status}: {archive.quote(event.trigger)}"
    toll: Toll = archive.tolls[id]
    return f"toll {id[:8]} {toll.harm} {bounds(toll.low, toll.high)}: {archive.quote(toll.span)}"


def _show_toll(archive: Archive, id: str) -> Shown:
    toll = archive.tolls[id]
    lines = [
        f"toll {id}",
        f"  {toll.harm} {bounds(toll.low, toll.high)}, victims: {toll.victims or 'not named'}"
        + (f" ({toll.kind})" if toll.kind else "")
        + (", a running total" if toll.cumulative else "")
        + (", a part of another figure" if toll.part else "")
        + (", withdrawn" if toll.withdrawn else ""),
        f"  on whose say-so: {archive.voices(toll)}",
        *(_first_hand(archive, observation) for observation in archive.observed.get(id, ())),
        *(f"  of {_brief(archive, toll.event)}" for _ in range(toll.event in archive.events) if toll.event),
        evidence(archive, toll.span),
        *_reasons(toll.reasons),
    ]
    return {**asdict(toll), "quotes": _quoted(archive, [toll.span])}, lines


def _show_actor(archive: Archive, id: str) -> Shown:
    actor = archive.actors[id]
    lines = [
        f"actor {id}",
        f"  {actor.name}{f' ({actor.title})' if actor.title else ''}, {actor.kind}",
        f"  country {actor.country or 'unknown'}, sector {', '.join(actor.sector) or 'unknown'}",
        *(evidence(archive, span) for span in actor.spans),
        *(f"  credited by {outlet}" for outlet in _crediting(archive, id) if not actor.spans),
        *_reasons(actor.reasons),
        *(f"  called “{label.text}”" for label in archive.labels.get(id, ())),
    ]
    return {**asdict(actor), "quotes": _quoted(archive, actor.spans)}, lines


def _crediting(archive: Archive, agency: str) -> list[str]:
    """The outlets whose articles name an agency in their credits, each with how many do."""
    found = Counter(
        archive.outlet(analysis.article.id)
        for analysis in archive.analyses.values()
        if any(actor.id == agency for actor in analysis.actors)
    )
    return [f"{outlet}, {count} {'article' if count == 1 else 'articles'}" for outlet, count in found.most_common()]


def _show_place(archive: Archive, id: str) -> Shown:
    place = archive.places[id]
    where = f"{place.lat:.3f}, {place.lon:.3f}" if place.lat is not None and place.lon is not None else "not located"
    lines = [
        f"place {id}",
        f"  {place.name}, {place.country or 'country unknown'}, {place.level or 'level unknown'}; {where}",
        evidence(archive, place.span),
        *_reasons(place.reasons),
    ]
    return {**asdict(place), "quotes": _quoted(archive, [place.span])}, lines


def _show_time(archive: Archive, id: str) -> Shown:
    time = archive.times[id]
    lines = [
        f"time {id}",
        f"  {days(time.first, time.last) or 'unknown days'} ({time.basis}); TIMEX3 {time.type} {time.value or '-'}",
        evidence(archive, time.span),
    ]
    return {**asdict(time), "quotes": _quoted(archive, [time.span])}, lines


def _show_incident(archive: Archive, id: str) -> Shown:
    incident, desk = archive.incidents[id], Desk(archive)
    lines = [
        f"incident {id}",
        f"  {incident.type}, {days(incident.first, incident.last) or 'undated'}, "
        f"{incident.place or 'place unknown'}{', ' + incident.country if incident.country else ''}",
        f"  “{incident.summary}”",
        *(f"  {estimate(toll)}" for toll in incident.tolls),
        *_first_told(desk, incident),
        *_reached(archive, incident.articles),
        *_reasons(incident.reasons),
        "  what the reports agree on:",
        *_positions(incident_rows(desk, incident)),
        *_said(desk, incident),
    ]
    for event_id in incident.events:
        event = archive.events[event_id]
        lines.append(f"  {event.type} {event_id[:8]}: {archive.voices(event)}")
        lines.extend(evidence(archive, span) for span in event.evidence[:1])
        lines.extend("  " + line for line in (*_measure(event.reasons), *_causes(archive, event)))
        lines.extend(f"    called “{label.text}”" for label in archive.labels.get(event_id, ()))
    first, source = first_told(desk, incident)
    return {
        **asdict(incident),
        "reach": asdict(reach(archive, incident.articles)),
        "first_report": asdict(first),
        "first_source": asdict(source) if source else None,
        "agreement": [asdict(row) for row in incident_rows(desk, incident)],
    }, lines


def _first_told(desk: Desk, incident: Incident) -> Iterator[str]:
    """Who reported it first, ties as ties, and the source its reports cite first."""
    archive = desk.archive
    first, source = first_told(desk, incident)
    told = [f"{archive.outlet(id)} [{id[:8]}], origin {origin_of(archive, id)}" for id in first.articles]
    tie = f", {len(told)} reports of one time, which of them was first is not known" if len(told) > 1 else ""
    undated = f"; {first.undated} undated may be earlier" if first.undated else ""
    yield f"  first reported {first.published or 'on an unknown day'}: {'; '.join(told)}{tie}{undated}"
    if source:
        when = (source.published or "undated")[:10]
        yield f"  source first cited: {source.name}, by {source.outlet} [{source.article[:8]}] {when}: {source.chain}"


def _reached(archive: Archive, articles: Iterable[str]) -> Iterator[str]:
    """Articles, outlets and origins, with who belongs to which and why."""
    told = reach(archive, articles)
    counts = (_count(told.articles, "report"), _count(len(told.outlets), "outlet"))
    yield f"  {', '.join(counts)}, {_count(told.origins, 'independent origin')}"
    for share in told.shares:
        alone = "" if share.independent else " (adds no independence)"
        yield f"    origin {share.name}{alone}"
        for one in share.articles:
            titled = f" “{one.title}”" if one.title else ""
            yield f"      {one.outlet} {(one.published or 'undated')[:10]} [{one.article[:8]}]{titled}: {one.why}"


def _count(count: int, noun: str) -> str:
    return f"{count} {noun if count == 1 else noun + 's'}"


def _positions(rows: Iterable[AgreementRow]) -> Iterator[str]:
    for row in rows:
        yield from (f"    {' ' * indent}{line}" for indent, line in position_lines(row))


def _said(desk: Desk, incident: Incident) -> Iterator[str]:
    """The sayings on an incident, each once, with the denials opposite."""
    rows = desk.said(Asked(about=incident.id))
    if rows:
        yield "  what was said of it:"
    for row in rows[:_SAYINGS]:
        spread = f"{_count(row.articles, 'report')}, {_count(row.origins, 'origin')}"
        yield f"    {', '.join(row.who[:2]) or row.first_outlet} {row.stance}: “{clip(row.content)}” ({spread})"
        yield from (f"      denied by {one}" for one in row.denied_by)
        yield from (f"      against {one}" for one in row.denies)
    if len(rows) > _SAYINGS:
        yield f"    … {len(rows) - _SAYINGS} more: sayso claims --about {incident.id[:8]}"


def _show_origin(archive: Archive, id: str) -> Shown:
    origin = archive.origins[id]
    lines = [f"origin {id}", f"  {origin.name}, first {origin.first or 'unknown'}"]
    lines += [
        f"  {archive.outlet(article)}: {archive.article(article).title or article}" for article in origin.articles
    ]
    return asdict(origin), lines + _reasons(origin.reasons)


def _show_copy(archive: Archive, id: str) -> Shown:
    copy = next(copy for copy in archive.links.copies if copies.copy_id(copy) == id)
    return asdict(copy), list(copies.lines(archive, copy))


def _show_story(archive: Archive, id: str) -> Shown:
    story = next(story for story in archive.links.stories if story.id == id)
    desk = Desk(archive)
    frames, rows = by_outlet(desk, story), story_rows(desk, story)
    lines = [
        f"story {id}",
        f"  {story.title}",
        f"  {days(story.first, story.last) or 'undated'}",
        *_reached(archive, story.articles),
        *(line for row in frames for line in _framed(row)),
        *(["  names and blame over all of them:"] if rows else []),
        *_positions(rows),
    ]
    lines += [f"  incident {one[:8]}: {archive.incidents[one].summary}" for one in story.incidents]
    return {
        **asdict(story),
        "reach": asdict(reach(archive, story.articles)),
        "frames": [asdict(row) for row in frames],
        "agreement": [asdict(row) for row in rows],
    }, lines


def _framed(row: OutletFrames) -> Iterator[str]:
    """How an outlet tells a story."""
    yield f"  {row.outlet} (origin {row.origin}) calls it and those in it"
    if row.own:
        yield f"    in its own voice: {', '.join(row.own)}"
    if row.passed_on:
        yield f"    passing on {'; '.join(row.passed_on)}"


_SHOWERS: dict[str, Callable[[Archive, str], Shown]] = {
    "article": _show_article,
    "actor": _show_actor,
    "place": _show_place,
    "time": _show_time,
    "claim": _show_claim,
    "event": _show_event,
    "toll": _show_toll,
    "incident": _show_incident,
    "origin": _show_origin,
    "story": _show_story,
    "copy": _show_copy,
}
