"""Joins drafts into one analysis: spans become ids, claims learn what they are about, events where and when.

Nothing is found here. What two drafts say of the same characters is put together: an event told inside a claim's
content belongs to that claim, and where it is the main thing said, the claim's stance decides how it is told
("denied that soldiers fired" tells no shooting).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sayso.model import (
    Actor,
    Analysis,
    Claim,
    ClaimDraft,
    Event,
    EventDraft,
    EventType,
    Harm,
    Label,
    LabelDraft,
    Level,
    Link,
    Parsed,
    Place,
    Reason,
    Span,
    Stance,
    Status,
    Time,
    Toll,
    TollDraft,
    claim_id,
    event_id,
    toll_id,
)

Located = TypeVar("Located", Place, Time)


@dataclass(frozen=True, slots=True)
class Drafts:
    """What `extract` found in one article."""

    claims: tuple[ClaimDraft, ...]
    events: tuple[EventDraft, ...]
    tolls: tuple[TollDraft, ...]
    labels: tuple[LabelDraft, ...]


# How a claim's stance tells the main event of its content.
_TOLD_AS = {
    Stance.DENIES: Status.NEGATED,
    Stance.DOUBTS: Status.HYPOTHETICAL,
    Stance.ASKS: Status.HYPOTHETICAL,
    Stance.HOPES: Status.HYPOTHETICAL,
    Stance.DEMANDS: Status.DEMANDED,
    Stance.PROMISES: Status.PLANNED,
    Stance.THREATENS: Status.THREATENED,
}
_REAL = frozenset({Status.OCCURRED, Status.ONGOING})
# Which event a toll of this harm can belong to, when no event shares its trigger.
_HARM_TYPES = {
    Harm.ARRESTED: frozenset({EventType.COERCE}),
    Harm.ABDUCTED: frozenset({EventType.ASSAULT, EventType.COERCE}),
    Harm.DISPLACED: frozenset({EventType.ASSAULT, EventType.COERCE, EventType.SANCTION}),
}
_TOWNS = frozenset({Level.SITE, Level.CITY, Level.DISTRICT})
_VIOLENT = frozenset({EventType.ASSAULT, EventType.PROTEST})


def bind(
    parsed: Parsed, drafts: Drafts, actors: tuple[Actor, ...], places: tuple[Place, ...], times: tuple[Time, ...]
) -> Analysis:
    """One article's analysis of its drafts and the records made of its mentions."""
    who = _ActorIndex(actors)
    claims = [_bind_claim(draft, who, times) for draft in _distinct(drafts.claims)]
    events = [_bind_event(parsed, draft, drafts.claims, claims, who, places, times) for draft in drafts.events]
    tolls = [_bind_toll(parsed, draft, claims, events, times) for draft in drafts.tolls]
    labels = [_bind_label(draft, claims, events, who) for draft in drafts.labels]
    article = parsed.article
    filed = article.dateline.span if article.dateline else None
    filed_at = _at(Span(article.id, *filed), places) if filed else None
    return Analysis(
        article=article,
        actors=actors,
        places=places,
        times=times,
        claims=tuple(_with_about(claim, events, tolls) for claim in claims),
        events=tuple(events),
        tolls=tuple(tolls),
        labels=tuple(labels),
        dateline_place=filed_at.id if filed_at else None,
    )


class _ActorIndex:
    """Which actor a stretch of text stands for: the one with the mention that shares most characters with it."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self._spans = sorted(((span, actor.id) for actor in actors for span in actor.spans), key=lambda pair: pair[0])

    def find(self, span: Span | None) -> str | None:
        if span is None:
            return None
        best: tuple[int, int, str] | None = None
        for mention, actor in self._spans:
            if mention.start >= span.end:
                break
            if not mention.overlaps(span):
                continue
            shared = min(mention.end, span.end) - max(mention.start, span.start)
            rank = (shared, -abs(mention.end - span.end), actor)
            best = max(best, rank) if best else rank
        return best[2] if best else None


def _distinct(drafts: Iterable[ClaimDraft]) -> list[ClaimDraft]:
    return list({(draft.chain, draft.content): draft for draft in drafts}.values())


def _at(span: Span | None, records: Iterable[Located]) -> Located | None:
    return next((record for record in records if span and record.span.overlaps(span)), None)


def _bind_claim(draft: ClaimDraft, who: _ActorIndex, times: tuple[Time, ...]) -> Claim:
    chain = tuple(Link(who.find(link.source), link.kind, link.source, link.cue) for link in draft.chain)
    when = _at(draft.time, times)
    return Claim(
        id=claim_id(draft.content, chain),
        chain=chain,
        content=draft.content,
        mode=draft.mode,
        stance=draft.stance,
        certainty=draft.certainty,
        addressee=who.find(draft.addressee),
        channel=draft.channel,
        time=when.id if when else None,
        reasons=draft.reasons,
    )


def _holds(claim: Claim, span: Span) -> bool:
    return any(part.covers(span) for part in claim.content)


def _holding(claims: Iterable[Claim], span: Span) -> tuple[Claim, ...]:
    """The claims whose content holds a span, the outermost first."""
    holding = [claim for claim in claims if _holds(claim, span)]
    return tuple(sorted(holding, key=lambda claim: (len(claim.chain), -sum(p.end - p.start for p in claim.content))))


def _bind_event(
    parsed: Parsed,
    draft: EventDraft,
    claim_drafts: tuple[ClaimDraft, ...],
    claims: Sequence[Claim],
    who: _ActorIndex,
    places: tuple[Place, ...],
    times: tuple[Time, ...],
) -> Event:
    told_by = _holding(claims, draft.trigger)
    status, reasons = _status(parsed, draft, told_by)
    actors = tuple((actor, span) for span in draft.actors if (actor := who.find(span)))
    recipients = tuple((actor, span) for span in draft.recipients if (actor := who.find(span)))
    of_saying = [claim.time for claim in claim_drafts if claim.time]
    beside = _near(parsed, draft.trigger, places, draft.actors + draft.recipients)
    where = _finest(_at(draft.place, places), beside) or _only(beside)
    when = _at(draft.time, times) or _only(
        [time for time in _near(parsed, draft.trigger, times, of_saying) if time.first and time.last]
    )
    return Event(
        id=event_id(draft.type, draft.mode, draft.trigger),
        type=draft.type,
        mode=draft.mode,
        context=draft.context,
        actors=tuple(actor for actor, _ in actors),
        recipients=tuple(actor for actor, _ in recipients),
        place=where.id if where else None,
        time=when.id if when else None,
        status=status,
        trigger=draft.trigger,
        evidence=draft.evidence,
        claims=tuple(claim.id for claim in told_by),
        causes=draft.causes,
        reasons=draft.reasons + reasons,
        actor_spans=tuple(span for _, span in actors),
        recipient_spans=tuple(span for _, span in recipients),
    )


def _only(found: Sequence[Located]) -> Located | None:
    """The one record, or the one all agree on; two different ones leave the question open."""
    if not found:
        return None
    first = found[0]
    if isinstance(first, Place):
        same = all(isinstance(other, Place) and other.geonameid == first.geonameid for other in found)
        return first if len(found) == 1 or (same and first.geonameid is not None) else None
    return first if len(found) == 1 else None


def _finest(place: Place | None, beside: Sequence[Place]) -> Place | None:
    """A country's or province's own town, where the sentence names just one: "in the country's largest city, Almaty"."""
    if place is None or place.level not in (Level.COUNTRY, Level.PROVINCE):
        return place
    finer = [other for other in beside if other.level in _TOWNS and other.country == place.country]
    return _only(finer) or place


def _near(parsed: Parsed, trigger: Span, records: Sequence[Located], taken: Sequence[Span]) -> list[Located]:
    """Records in the trigger's sentence whose words play no other part."""
    token = parsed.token_at(trigger.start)
    if token is None:
        return []
    first, last = parsed.sents[parsed.sent[token]]
    sentence = parsed.span(first, last - 1)
    inside = [record for record in records if sentence.covers(record.span)]
    return [record for record in inside if not any(span.overlaps(record.span) for span in taken)]


def _status(parsed: Parsed, draft: EventDraft, told_by: tuple[Claim, ...]) -> tuple[Status, tuple[Reason, ...]]:
    """The draft's status, unless the innermost claim's stance tells its main event otherwise."""
    if not told_by or draft.status not in _REAL:
        return draft.status, ()
    claim = told_by[-1]
    told_as = _TOLD_AS.get(claim.stance)
    if told_as is None or not _is_main(parsed, draft.trigger, claim):
        return draft.status, ()
    return told_as, (Reason("stance", 1.0, f"the source {claim.stance} it"),)


def _is_main(parsed: Parsed, trigger: Span, claim: Claim) -> bool:
    """Whether the trigger heads the content: nothing inside the content governs it but coordination and light verbs."""
    token = parsed.token_at(trigger.start)
    if token is None:
        return False
    for _ in range(3):
        head = parsed.head[token]
        if head == token or not _holds(claim, parsed.span(head, head)):
            return True
        if parsed.dep[token] not in {"conj", "xcomp", "dobj", "nsubj", "nsubjpass", "pobj", "prep"}:
            return False
        token = head
    return False


def _bind_toll(
    parsed: Parsed, draft: TollDraft, claims: Sequence[Claim], events: Sequence[Event], times: tuple[Time, ...]
) -> Toll:
    event = _event_of(parsed, draft, events)
    as_of = _at(draft.as_of, times)
    return Toll(
        id=toll_id(draft.harm, draft.low, draft.high, draft.span),
        event=event.id if event else None,
        harm=draft.harm,
        low=draft.low,
        high=draft.high,
        victims=draft.victims,
        cumulative=draft.cumulative,
        as_of=as_of.id if as_of else None,
        span=draft.span,
        claims=tuple(claim.id for claim in _holding(claims, draft.span)),
        reasons=draft.reasons,
    )


def _event_of(parsed: Parsed, draft: TollDraft, events: Sequence[Event]) -> Event | None:
    """The event the toll's own word triggers, else the nearest fitting event of its sentence."""
    shared = [event for event in events if draft.trigger and event.trigger.overlaps(draft.trigger)]
    if shared:
        return shared[0]
    token = parsed.token_at(draft.span.start)
    if token is None:
        return None
    first, last = parsed.sents[parsed.sent[token]]
    sentence = parsed.span(first, last - 1)
    fitting = _HARM_TYPES.get(draft.harm, _VIOLENT)
    near = [event for event in events if event.type in fitting and sentence.covers(event.trigger)]
    return min(near, key=lambda event: abs(event.trigger.start - draft.span.start), default=None)


def _bind_label(draft: LabelDraft, claims: Sequence[Claim], events: Sequence[Event], who: _ActorIndex) -> Label:
    event = next((event for event in events if event.trigger.overlaps(draft.target)), None)
    return Label(
        target=event.id if event else who.find(draft.target),
        text=draft.text,
        span=draft.span,
        claims=tuple(claim.id for claim in _holding(claims, draft.span)),
    )


def _with_about(claim: Claim, events: Sequence[Event], tolls: Sequence[Toll]) -> Claim:
    about = [event.id for event in events if claim.id in event.claims]
    return replace(claim, about=tuple(about + [toll.id for toll in tolls if claim.id in toll.claims]))
