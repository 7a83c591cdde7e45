"""Joins drafts into one analysis: spans become ids, claims learn what they are about, events where and when.

Nothing is found here. What two drafts say of the same characters is put together: an event told inside a claim's
content belongs to that claim, and where it is the main thing said, the claim's stance decides how it is told
("denied that soldiers fired" tells no shooting). An event told in several places belongs to the claims of all of them;
if one of these places is the outlet's own voice, a reason "own voice" says so.
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
    Link,
    LinkDraft,
    Observation,
    ObservationDraft,
    Parsed,
    Place,
    Reason,
    SourceKind,
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
from sayso.resolve.credited import through_credits
from sayso.resolve.occasion import Telling
from sayso.resolve.settle import Setting, carry, place_of, time_of

Located = TypeVar("Located", Place, Time)
Told = tuple[Span, Event]  # words that tell an event, and the event


@dataclass(frozen=True, slots=True)
class Drafts:
    """What `extract` found in one article."""

    claims: tuple[ClaimDraft, ...]
    events: tuple[EventDraft, ...]
    tolls: tuple[TollDraft, ...]
    labels: tuple[LabelDraft, ...]
    observations: tuple[ObservationDraft, ...] = ()


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
# The kind of a link whose words say no more than "somebody", by the kind of actor it stands for.
_OPEN_KINDS = frozenset({SourceKind.PERSON, SourceKind.ORGANIZATION})
_HELD = frozenset({"office", "anonymous", "group", "organization"})  # kinds of actor that a person may be taken for
_KIND_OF = {
    "person": SourceKind.PERSON,
    "office": SourceKind.OFFICE,
    "organization": SourceKind.ORGANIZATION,
    "media": SourceKind.MEDIA,
    "agency": SourceKind.AGENCY,
    "country": SourceKind.OFFICE,
    "witness": SourceKind.WITNESS,
    "anonymous": SourceKind.ANONYMOUS,
}
_POSSESSIVE = frozenset({"his", "her", "its", "their", "my", "our"})
_VIOLENT = frozenset({EventType.ASSAULT, EventType.PROTEST})


def bind(
    parsed: Parsed, drafts: Drafts, actors: tuple[Actor, ...], places: tuple[Place, ...], times: tuple[Time, ...]
) -> Analysis:
    """One article's analysis of its drafts and the records made of its mentions."""
    who = _ActorIndex(actors, parsed.article.text)
    claims = _bind_claims(drafts.claims, who, times)
    filed_at = _filed_at(parsed, places)
    setting = Setting(parsed, tuple(place for place in places if place.is_location or place is filed_at), times)
    triggers = tuple(draft.trigger for draft in drafts.events)
    bound = [_bind_event(setting, draft, triggers, claims, who, drafts.observations) for draft in drafts.events]
    events = carry(setting, bound, filed_at, [draft.again for draft in drafts.events])
    told_at = [(span, event) for draft, event in zip(drafts.events, events, strict=True) for span in _places(draft)]
    events = [_with_causes(parsed, event, claims, told_at) for event in events]
    tolls = [_bind_toll(parsed, draft, claims, told_at, times) for draft in drafts.tolls]
    labels = [_bind_label(draft, claims, told_at, who) for draft in drafts.labels]
    article = parsed.article
    about = [_with_about(claim, events, tolls) for claim in claims]
    actors, passed_on = through_credits(article, actors, about)  # last: only words decide what stands in what
    return Analysis(
        article=article,
        actors=actors,
        places=places,
        times=times,
        claims=passed_on,
        events=tuple(events),
        tolls=tuple(tolls),
        labels=tuple(labels),
        observations=tuple(_bind_observation(draft, told_at, tolls) for draft in drafts.observations),
        dateline_place=filed_at.id if filed_at else None,
    )


def _filed_at(parsed: Parsed, places: tuple[Place, ...]) -> Place | None:
    """The place of the dateline, where the text has one."""
    filed = parsed.article.dateline.span if parsed.article.dateline else None
    return _at(Span(parsed.article.id, *filed), places) if filed else None


class _ActorIndex:
    """Which actor a stretch of text stands for: the one with the mention that shares most characters with it."""

    def __init__(self, actors: Sequence[Actor], text: str) -> None:
        self._text = text
        self._kinds = {actor.id: actor.kind for actor in actors}
        self._spans = sorted(((span, actor.id) for actor in actors for span in actor.spans), key=lambda pair: pair[0])

    def kind(self, actor: str) -> str:
        return self._kinds[actor]

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

    def find_told(self, span: Span | None) -> str | None:
        """Who was told; not who only owns the words: "his" or "Serbia's" in "his Serbian colleague"."""
        if span is None:
            return None
        first = next((m for m, _ in self._spans if m.start == span.start and m.end < span.end), None)
        owner = first and self._text[first.start : first.end].lower() in _POSSESSIVE
        return self.find(Span(span.article, first.end, span.end) if first and owner else span)


def _at(span: Span | None, records: Iterable[Located]) -> Located | None:
    return next((record for record in records if span and record.span.overlaps(span)), None)


def _bind_claims(drafts: Sequence[ClaimDraft], who: _ActorIndex, times: tuple[Time, ...]) -> list[Claim]:
    """Each claim once, with the claim in whose content it stands: drafts know that one by its place among them."""
    bound = [_bind_claim(draft, who, times) for draft in drafts]
    claims: dict[str, Claim] = {}
    for draft, claim in zip(drafts, bound, strict=True):
        outer = bound[draft.within].id if draft.within is not None and draft.within < len(bound) else None
        earlier = claims.get(claim.id)
        if outer in (None, claim.id):
            outer = earlier.within if earlier else None
        claims[claim.id] = replace(claim, within=outer)
    return list(claims.values())


def _bind_claim(draft: ClaimDraft, who: _ActorIndex, times: tuple[Time, ...]) -> Claim:
    chain = tuple(_bind_link(link, who) for link in draft.chain)
    when = _at(draft.time, times)
    return Claim(
        id=claim_id(draft.content, chain),
        chain=chain,
        content=draft.content,
        mode=draft.mode,
        stance=draft.stance,
        certainty=draft.certainty,
        addressee=who.find_told(draft.addressee),
        channel=draft.channel,
        time=when.id if when else None,
        reasons=draft.reasons,
        hedge=draft.hedge,
        negation=draft.negation,
        addressed=draft.addressee,
    )


def _bind_link(draft: LinkDraft, who: _ActorIndex) -> Link:
    """A link with its actor; where the words left its kind open, the actor's kind decides."""
    actor = who.find(draft.source)
    kind = draft.kind
    known = who.kind(actor) if actor is not None and kind in _OPEN_KINDS else None
    told = (kind is SourceKind.PERSON and known in _HELD) or (kind is SourceKind.ORGANIZATION and known == "anonymous")
    if known is not None and not told:
        kind = _KIND_OF.get(known, kind)
    return Link(actor, kind, draft.source, draft.cue)


def _holds(claim: Claim, span: Span) -> bool:
    return any(part.covers(span) for part in claim.content)


def _holding(claims: Iterable[Claim], *spans: Span) -> tuple[Claim, ...]:
    """The claims whose content holds one of the spans, the outermost first."""
    holding = [claim for claim in claims if any(_holds(claim, span) for span in spans)]
    return tuple(sorted(holding, key=lambda claim: (len(claim.chain), -sum(p.end - p.start for p in claim.content))))


def _places(draft: EventDraft) -> tuple[Span, ...]:
    """The words that tell an event, wherever they stand: its trigger first."""
    return draft.trigger, *draft.again


def _bind_event(
    setting: Setting,
    draft: EventDraft,
    triggers: Sequence[Span],
    claims: Sequence[Claim],
    who: _ActorIndex,
    observations: Sequence[ObservationDraft],
) -> Event:
    status, reasons = _status(setting.parsed, draft, claims)
    reasons += _first_hand(setting.parsed, draft, observations) + _own_voice(setting.parsed, draft, claims)
    actors = tuple((actor, span) for span in draft.actors if (actor := who.find(span)))
    recipients = tuple((actor, span) for span in draft.recipients if (actor := who.find(span)))
    others = tuple(trigger for trigger in triggers if trigger != draft.trigger)
    tellings = [Telling(draft.type, at, draft.actors, draft.recipients, others) for at in _places(draft)]
    where = next(filter(None, (place_of(setting, telling) for telling in tellings)), None)
    when = next(filter(None, (time_of(setting, telling) for telling in tellings)), None)
    reasons += tuple(found[1] for found in (where, when) if found)
    return Event(
        id=event_id(draft.type, draft.mode, draft.trigger),
        type=draft.type,
        mode=draft.mode,
        context=draft.context,
        actors=tuple(actor for actor, _ in actors),
        recipients=tuple(actor for actor, _ in recipients),
        place=where[0].id if where else None,
        time=when[0].id if when else None,
        status=status,
        trigger=draft.trigger,
        evidence=draft.evidence,
        claims=tuple(claim.id for claim in _holding(claims, *_places(draft))),
        causes=draft.causes,
        reasons=draft.reasons + reasons,
        actor_spans=tuple(span for _, span in actors),
        recipient_spans=tuple(span for _, span in recipients),
    )


def _with_causes(parsed: Parsed, event: Event, claims: Sequence[Claim], told_at: Sequence[Told]) -> Event:
    """An event whose causes know the claims that give them and the events that they are."""
    bound = tuple(
        replace(
            cause,
            event=_told_as(parsed, cause.span, event, told_at),
            claims=tuple(claim.id for claim in _holding(claims, cause.span)),
        )
        for cause in event.causes
    )
    return replace(event, causes=bound) if bound else event


def _told_as(parsed: Parsed, span: Span, of: Event, told_at: Sequence[Told]) -> str | None:
    """The event that a cause's words tell first of all: the one whose word stands highest in the sentence."""
    inside = [(_depth(parsed, at), at, event.id) for at, event in told_at if span.covers(at) and event.id != of.id]
    return min(inside)[2] if inside else None


def _depth(parsed: Parsed, span: Span) -> int:
    """Steps from a word up to the head of its sentence."""
    token, steps = parsed.token_at(span.start) or 0, 0
    while parsed.head[token] != token and steps < len(parsed):
        token, steps = parsed.head[token], steps + 1
    return steps


def _status(parsed: Parsed, draft: EventDraft, claims: Sequence[Claim]) -> tuple[Status, tuple[Reason, ...]]:
    """The draft's status where any place tells it as such, else as the sources take it."""
    if draft.status not in _REAL:
        return draft.status, ()
    stances = [_stance(parsed, span, _holding(claims, span)) for span in _places(draft)]
    if stances[0] is None or None in stances:
        return draft.status, ()
    return _TOLD_AS[stances[0]], (Reason("stance", 1.0, f"the source {stances[0]} it"),)


def _stance(parsed: Parsed, trigger: Span, told_by: tuple[Claim, ...]) -> Stance | None:
    """What the innermost claim does with its main event; None where it only asserts it or tells it by the way."""
    claim = told_by[-1] if told_by else None
    if claim is None or claim.negation is not None:  # who "did not deny it" takes no stance
        return None
    return claim.stance if claim.stance in _TOLD_AS and _is_main(parsed, trigger, claim) else None


def _own_voice(parsed: Parsed, draft: EventDraft, claims: Sequence[Claim]) -> tuple[Reason, ...]:
    """That an event told under claims is told in the outlet's own voice as well, by these words."""
    own = [span for span in _places(draft) if not _holding(claims, span)]
    if not draft.again or not own or len(own) == len(_places(draft)):
        return ()
    return (Reason("own voice", 1.0, ", ".join(" ".join(parsed.article.quote(span).split()) for span in own)),)


def _first_hand(parsed: Parsed, draft: EventDraft, observations: Sequence[ObservationDraft]) -> tuple[Reason, ...]:
    """That the outlet's own people witnessed it, in the words of the text."""
    quote = parsed.article.quote
    seen = (one for one in observations if any(one.content.covers(span) for span in _places(draft)))
    return tuple(Reason("first-hand", 1.0, " ".join(f"{quote(one.who)} {quote(one.cue)}".split())) for one in seen)


def _is_main(parsed: Parsed, trigger: Span, claim: Claim) -> bool:
    """Whether the trigger heads the content: nothing inside the content governs it but coordination and light verbs."""
    token = parsed.token_at(trigger.start)
    if token is None:
        return False
    for _ in range(3):
        head = parsed.head[token]
        if head == token or not _holds(claim, parsed.span(head, head)):
            return True
        if parsed.dep[token] not in {"conj", "xcomp", "dobj", "nsubj", "nsubjpass", "pobj", "prep", "acl"}:
            return False
        token = head
    return False


def _bind_toll(
    parsed: Parsed, draft: TollDraft, claims: Sequence[Claim], told_at: Sequence[Told], times: tuple[Time, ...]
) -> Toll:
    event = _event_of(parsed, draft, told_at)
    as_of = _at(draft.as_of, times)
    holding = _holding(claims, draft.span)
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
        claims=tuple(claim.id for claim in holding),
        reasons=draft.reasons,
        kind=draft.kind,
        part=draft.part,
        withdrawn=draft.withdrawn or (draft.low > 0 and any(map(_denies, holding))),
    )


def _denies(claim: Claim) -> bool:
    """Whether its source denies the content; who "did not deny" a figure has not denied it."""
    return claim.stance is Stance.DENIES and claim.negation is None


def _event_of(parsed: Parsed, draft: TollDraft, told_at: Sequence[Told]) -> Event | None:
    """The event the toll's own word triggers, else the nearest fitting event of its sentence; none for a part."""
    if draft.part:
        return None  # an event's tolls are read as totals
    shared = [event for span, event in told_at if draft.trigger and span.overlaps(draft.trigger)]
    if shared:
        return shared[0]
    token = parsed.token_at(draft.span.start)
    if token is None:
        return None
    first, last = parsed.sents[parsed.sent[token]]
    sentence = parsed.span(first, last - 1)
    fitting = _HARM_TYPES.get(draft.harm, _VIOLENT)
    near = [(span, event) for span, event in told_at if event.type in fitting and sentence.covers(span)]
    return min(near, key=lambda told: abs(told[0].start - draft.span.start), default=(None, None))[1]


def _bind_label(draft: LabelDraft, claims: Sequence[Claim], told_at: Sequence[Told], who: _ActorIndex) -> Label:
    event = next((event for span, event in told_at if span.overlaps(draft.target)), None)
    return Label(
        target=event.id if event else who.find(draft.target),
        text=draft.text,
        span=draft.span,
        claims=tuple(claim.id for claim in _holding(claims, draft.span)),
    )


def _bind_observation(draft: ObservationDraft, told_at: Sequence[Told], tolls: Sequence[Toll]) -> Observation:
    happened = list(dict.fromkeys(event.id for span, event in told_at if draft.content.covers(span)))
    counted = [toll.id for toll in tolls if draft.content.covers(toll.span)]
    return Observation(draft.who, draft.cue, draft.content, tuple(happened + counted))


def _with_about(claim: Claim, events: Sequence[Event], tolls: Sequence[Toll]) -> Claim:
    about = [event.id for event in events if claim.id in event.claims]
    return replace(claim, about=tuple(about + [toll.id for toll in tolls if claim.id in toll.claims]))
