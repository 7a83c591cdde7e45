"""Writes a draft down and codes it: one article with every record that the line would ideally find in it.

Ids are made as `resolve.bind` makes them. What happened is known here, so beside the analysis stands which event of
the text is which happening.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from bench.generated.dice import Dice
from bench.generated.edition import dateline, edition
from bench.generated.names import Country, Party, Town
from bench.generated.newsroom import Draft, Piece, Planned
from bench.generated.scene import Count, Day, Scene
from bench.generated.wording import Cue, Mark, Trigger, fill
from bench.generated.world import Happening
from sayso.model import (
    Actor,
    Analysis,
    Article,
    Certainty,
    Claim,
    Event,
    EventType,
    Level,
    Link,
    Place,
    Reason,
    SayingMode,
    SourceKind,
    Span,
    Stance,
    Status,
    Time,
    Toll,
    claim_id,
    content_id,
    event_id,
    mention_id,
    toll_id,
)

_SOURCES = "STWOstV"  # slots of those who say things
_ROLES = {"O": SourceKind.OFFICE, "W": SourceKind.WITNESS, "V": SourceKind.ANONYMOUS}
_DENYING = frozenset({"denied", "rejected"})
_WHY_PLACE = (Reason("name", 0.9, "one place of this name in the country"),)
_WHY_ACTOR = (Reason("sector", 0.85, "its words"),)
_TIME_BEFORE = Reason("time", 0.5, "told before")
_WHY_CLAIM = (Reason("cue", 0.9, "verb + clause"),)

Taking = tuple[str, Span]  # an actor's id and the words that name it here
Who = dict[str, list[Taking]]  # by slot


@dataclass(slots=True)
class _Sentence:
    """A written sentence: where it stands, and its marks from there."""

    start: int
    end: int
    marks: list[Mark]
    of: Happening
    piece: Piece

    @property
    def past(self) -> bool:
        return self.piece.template.group == "histories"

    @property
    def aside(self) -> bool:
        """Whether it has little to do with the happening."""
        return self.piece.template.group == "background"


@dataclass(frozen=True, slots=True)
class _Said:
    """The claim of a sentence, before it is known what it is about."""

    id: str
    chain: tuple[Link, ...]
    content: Span
    stance: Stance
    quoted: bool

    def holding(self, span: Span) -> tuple[str, ...]:
        """The claim, where it holds these words."""
        return (self.id,) if self.content.covers(span) else ()


@dataclass(slots=True)
class Coding:
    """The records of one article as they are made; the dictionaries hold what ids stand for."""

    article: Article
    through: tuple[Link, ...]  # the agency whose copy it says it carries, before every chain of sources
    actors: dict[str, tuple[str, Party, list[Span]]] = field(default_factory=dict)  # by name: id, who, mentions
    places: list[Place] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    tolls: list[Toll] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)  # event -> what happened
    first_place: dict[str, Place] = field(default_factory=dict)  # by happening
    first_time: dict[str, Time] = field(default_factory=dict)

    def span(self, start: int, end: int) -> Span:
        return Span(self.article.id, start, end)


def write(report: Planned, draft: Draft, seed: int) -> tuple[Analysis, dict[str, str]]:
    """The article of a report with its analysis, and the happening that each of its events tells."""
    told = [report.happening, *report.others]
    scenes = [Scene(one, draft.told_at, draft.writer) for one in told]
    title, title_marks = _fill(draft.title, scenes)
    head = dateline(report, draft)
    parts, sentences = [title, "\n\n", head], [_Sentence(0, len(title), title_marks, report.happening, draft.title)]
    at = len(title) + 2 + len(head)
    breaks = Dice(report.seed)
    for number, piece in enumerate(draft.body):
        text, marks = _fill(piece, scenes)
        if number:
            gap = "\n\n" if breaks.chance(0.5) else " "
            parts.append(gap)
            at += len(gap)
        sentences.append(_Sentence(at, at + len(text), marks, told[piece.of], piece))
        parts.append(text)
        at += len(text)
    article = edition(report, draft, seed, title, "".join(parts), head)
    through = [Link(content_id("actor", name), SourceKind.AGENCY, None, None) for name in article.credits]
    coding = Coding(article, tuple(through))
    filed = _filed_at(coding, report.happening) if head else None
    for sentence in sentences:
        _code(coding, sentence)
    return _analysis(coding, filed), coding.told


def _fill(piece: Piece, scenes: Sequence[Scene]) -> tuple[str, list[Mark]]:
    return fill(piece.template, scenes[piece.of], Dice(piece.facts), Dice(piece.wording))


def _filed_at(coding: Coding, happening: Happening) -> Place:
    filed = coding.article.dateline
    assert filed and filed.span
    return _place(coding, happening.town, coding.span(*filed.span))


# --------------------------------------------------------------------------- its records


def _code(coding: Coding, sentence: _Sentence) -> None:
    """Everything that one sentence tells."""
    marks = [
        (mark, coding.span(sentence.start + mark.start, sentence.start + mark.end))
        for mark in sentence.marks
        if mark.end > mark.start
    ]
    who: Who = defaultdict(list)
    where: Place | None = None
    when: Time | None = None
    for mark, span in marks:
        value = mark.value
        if isinstance(value, Party):
            who[mark.role].append((_actor(coding, value, span), span))
        elif isinstance(value, Town | Country):
            place = _place(coding, value, span)
            where = place if mark.role == "P" or (sentence.aside and where is None) else where
        elif isinstance(value, Day):
            when = _time(coding, value, span)
    said = _said(coding, sentence, marks, who)
    events = [
        _event(coding, sentence, mark.value, span, who, (where, when), said)
        for mark, span in marks
        if isinstance(mark.value, Trigger)
    ]
    tolls = [_toll(mark.value, span, events, said) for mark, span in marks if isinstance(mark.value, Count)]
    if where and not sentence.aside:
        coding.first_place.setdefault(sentence.of.id, where)
    if when:
        coding.first_time.setdefault(sentence.of.id, when)
    coding.events += events
    coding.tolls += tolls
    if said:
        coding.claims.append(_claim(said, [*events, *tolls]))


def _actor(coding: Coding, party: Party, span: Span) -> str:
    """The id of a participant, of whom this is one mention."""
    known = coding.actors.get(party.name)
    if known is None:
        known = coding.actors[party.name] = (mention_id("actor", span), party, [])
    known[2].append(span)
    return known[0]


def _place(coding: Coding, value: Town | Country, span: Span) -> Place:
    town = isinstance(value, Town)
    place = Place(
        id=mention_id("place", span),
        name=value.name,
        lat=value.lat,
        lon=value.lon,
        country=value.country if isinstance(value, Town) else value.code,
        geonameid=value.geonameid if isinstance(value, Town) else None,
        level=Level.CITY if town else Level.COUNTRY,
        span=span,
        reasons=_WHY_PLACE,
    )
    coding.places.append(place)
    return place


def _time(coding: Coding, day: Day, span: Span) -> Time:
    time = Time(mention_id("time", span), day.first, day.first, day.basis, span, "DATE", day.first)
    coding.times.append(time)
    return time


def _said(
    coding: Coding, sentence: _Sentence, marks: Sequence[tuple[Mark, Span]], who: Mapping[str, Sequence[Taking]]
) -> _Said | None:
    """What is said in a sentence, and by whom: between its bounds, else all before the source ("..., X said")."""
    source = next(((role, who[role][0]) for role in _SOURCES if who.get(role)), None)
    bounds = [mark.start for mark in sentence.marks if mark.role in ("<", ">")]
    cue = next((span for mark, span in marks if isinstance(mark.value, Cue)), None)
    if source is None or not (bounds or cue):
        return None
    role, (actor, words) = source
    text = coding.article.text
    last = sentence.end - sentence.start - 1  # before the full stop
    start, end = (sentence.start + at for at in (*bounds, last)[:2]) if bounds else (sentence.start, words.start)
    end = start + len(text[start:end].rstrip(" ,"))
    if end <= start:
        return None
    content, kind = coding.span(start, end), _ROLES.get(role, SourceKind.PERSON)
    chain = (*coding.through, Link(actor, kind, words, cue))
    stance = Stance.DENIES if cue and coding.article.quote(cue) in _DENYING else Stance.ASSERTS
    return _Said(claim_id((content,), chain), chain, content, stance, text[start - 1] == "“")


def _claim(said: _Said, records: Sequence[Event | Toll]) -> Claim:
    return Claim(
        id=said.id,
        chain=said.chain,
        content=(said.content,),
        mode=SayingMode.DIRECT if said.quoted else SayingMode.INDIRECT,
        stance=said.stance,
        certainty=Certainty.CERTAIN,
        about=tuple(record.id for record in records if said.id in record.claims),
        reasons=_WHY_CLAIM,
    )


def _event(
    coding: Coding,
    sentence: _Sentence,
    told: Trigger,
    span: Span,
    who: Mapping[str, Sequence[Taking]],
    setting: tuple[Place | None, Time | None],
    said: _Said | None,
) -> Event:
    code = told.code or sentence.of.kind.code
    kind, _, mode = code.partition(".")
    claims = said.holding(span) if said else ()
    place, time, reasons = _setting(coding, sentence, *setting)
    actors = [taking for role in told.actors for taking in who.get(role, ())]
    recipients = [taking for role in told.recipients for taking in who.get(role, ())]
    denied = bool(claims) and said is not None and said.stance is Stance.DENIES
    event = Event(
        id=event_id(EventType(kind), mode or None, span),
        type=EventType(kind),
        mode=mode or None,
        context=(),
        actors=tuple(id for id, _ in actors),
        recipients=tuple(id for id, _ in recipients),
        place=place,
        time=time,
        status=Status.HISTORICAL if sentence.past else Status.NEGATED if denied else Status.OCCURRED,
        trigger=span,
        evidence=(said.content if said and claims else coding.span(sentence.start, sentence.end),),
        claims=claims,
        reasons=(_typed(kind), *reasons),
        actor_spans=tuple(at for _, at in actors),
        recipient_spans=tuple(at for _, at in recipients),
    )
    if event.status is Status.OCCURRED:
        coding.told[event.id] = _happening(coding, sentence, event, told)
    return event


def _happening(coding: Coding, sentence: _Sentence, event: Event, told: Trigger) -> str:
    """The happening an event tells; what belongs to one has its code beside, an aside its people and place too."""
    if not sentence.aside:
        return f"{sentence.of.id}/{told.code}" if told.code else sentence.of.id
    taking = {*event.actors, *event.recipients}
    who = sorted(name for name, (id, _, _) in coding.actors.items() if id in taking)
    where = next((place.name for place in coding.places if place.id == event.place), "")
    return "/".join((sentence.of.id, str(told.code), where, *who))


@cache
def _typed(kind: str) -> Reason:
    return Reason(f"typed {kind}", 0.8, "its words")


def _setting(
    coding: Coding, sentence: _Sentence, place: Place | None, time: Time | None
) -> tuple[str | None, str | None, list[Reason]]:
    """Where and when: as the sentence says, else as the article said before; nothing of what is long past."""
    if sentence.past or sentence.aside:
        return place and place.id, None, []
    reasons = []
    if place is None and (place := coding.first_place.get(sentence.of.id)):
        reasons.append(Reason("place", 0.5, f"{place.name}, told before"))
    if time is None and (time := coding.first_time.get(sentence.of.id)):
        reasons.append(_TIME_BEFORE)
    return place and place.id, time and time.id, reasons


def _toll(count: Count, span: Span, events: Sequence[Event], said: _Said | None) -> Toll:
    event = next((event for event in events if event.status is not Status.HISTORICAL), None)
    return Toll(
        id=toll_id(count.harm, count.low, count.high, span),
        event=event.id if event else None,
        harm=count.harm,
        low=count.low,
        high=count.high,
        victims=count.victims,
        cumulative=False,
        as_of=None,
        span=span,
        claims=said.holding(span) if said else (),
        kind=count.kind,
    )


def _analysis(coding: Coding, filed: Place | None) -> Analysis:
    actors = [_record(id, party, spans) for id, party, spans in coding.actors.values()]
    if coding.through and coding.claims:
        agency = coding.article.credits[0]
        actors.append(Actor(content_id("actor", agency), agency, "agency", None, ("JRN",), None, ()))
    return Analysis(
        article=coding.article,
        actors=tuple(actors),
        places=tuple(coding.places),
        times=tuple(coding.times),
        claims=tuple({claim.id: claim for claim in coding.claims}.values()),
        events=tuple(coding.events),
        tolls=tuple(coding.tolls),
        dateline_place=filed.id if filed else None,
    )


def _record(id: str, party: Party, spans: Sequence[Span]) -> Actor:
    return Actor(id, party.name, party.kind, party.country, party.sector, party.title, tuple(spans), _WHY_ACTOR)
