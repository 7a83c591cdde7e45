"""An article's text with what was understood of it marked: who says what, what happened, how many, where and when.

Three steps, each of use by itself: `marks` says what is marked and on whose word, `segments` cuts the text where marks
begin and end, and `to_html` writes it, each kind told apart by the line under it and a letter, not by colour alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from operator import attrgetter

from sayso.model import Analysis, Claim, Event, Label, Link, Observation, Place, Span, Time, Toll, mention_id
from sayso.report.archive import Archive, bounds, days
from sayso.report.grounds import ground
from sayso.report.hostile import quoted, shown, titled


class MarkKind(StrEnum):
    """What a mark shows; of marks on the very same words an earlier kind stands around a later one."""

    CLAIM = "claim"
    OBSERVATION = "observation"
    SOURCE = "source"
    CUE = "cue"
    TOLL = "toll"
    LABEL = "label"
    EVENT = "event"
    PLACE = "place"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of an article's text that a record rests on; half-open, in characters of `Article.text`."""

    kind: MarkKind
    start: int
    end: int
    id: str  # of the record; of a source or cue the first claim it is a part of; of a label or observation its words
    title: str  # what it is and on whose word, in a line
    actors: tuple[str, ...] = ()  # -> Actor
    claims: tuple[str, ...] = ()  # -> Claim: the claim itself, or those that the record stands under


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text that the same marks cover from its first character to its last, the outermost mark first."""

    start: int
    text: str
    marks: tuple[Mark, ...] = ()

    @property
    def end(self) -> int:
        return self.start + len(self.text)


# --------------------------------------------------------------------------- what is marked


def marks(archive: Archive, article_id: str) -> tuple[Mark, ...]:
    """Everything that an analysed article's text can show, in reading order, what stands around other marks first."""
    analysis = archive.analyses[article_id]
    found = [
        *(mark for claim in analysis.claims for mark in _claim(archive, claim)),
        *_attributions(archive, analysis),
        *(_event(archive, event) for event in analysis.events),
        *(_toll(archive, toll) for toll in analysis.tolls),
        *(_place(place) for place in analysis.places),
        *(_time(time) for time in analysis.times),
        *(_label(archive, label) for label in analysis.labels),
        *(_observation(archive, seen) for seen in analysis.observations),
    ]
    return tuple(sorted(found, key=_order))


_RANK = {kind: rank for rank, kind in enumerate(MarkKind)}


def _order(mark: Mark) -> tuple[int, int, int, str]:
    return (mark.start, -mark.end, _RANK[mark.kind], mark.id)


def _claim(archive: Archive, claim: Claim) -> Iterator[Mark]:
    """A mark for each part of the content."""
    how = [claim.stance.value, claim.certainty.value, claim.mode.value]
    how += [f"hedged by “{archive.quote(claim.hedge)}”"] if claim.hedge else []
    how += [f"not said: “{archive.quote(claim.negation)}”"] if claim.negation else []
    title = f"claim: {', '.join(how)}; {archive.outlet(claim.content[0].article)} ← {archive.chain(claim)}"
    actors = tuple(dict.fromkeys(link.actor for link in claim.chain if link.actor))
    for part in claim.content:
        yield Mark(MarkKind.CLAIM, part.start, part.end, claim.id, title, actors, (claim.id,))


def _attributions(archive: Archive, analysis: Analysis) -> Iterable[Mark]:
    """Who is cited and the words that cite them: a mark for each stretch, with all the claims that hang on it."""
    found: dict[tuple[MarkKind, Span], Mark] = {}
    for claim in analysis.claims:
        for link in claim.chain:
            for mark, span in _link(archive, claim, link):
                before = found.setdefault((mark.kind, span), mark)
                if claim.id not in before.claims:
                    found[mark.kind, span] = replace(before, claims=(*before.claims, claim.id))
    return found.values()


def _link(archive: Archive, claim: Claim, link: Link) -> Iterator[tuple[Mark, Span]]:
    actors = (link.actor,) if link.actor else ()
    who = f"{archive.source(link)} ({link.kind})"
    told = ((MarkKind.SOURCE, link.span, f"source: {who}"), (MarkKind.CUE, link.cue, f"cue: makes {who} a source"))
    for kind, span, title in told:
        if span:
            yield Mark(kind, span.start, span.end, claim.id, title, actors, (claim.id,)), span


def _event(archive: Archive, event: Event) -> Mark:
    code = f"{event.type}{'/' + event.mode if event.mode else ''}, {event.status}"
    who, whom = archive.names(event.actors), archive.names(event.recipients)
    told = [f"event: {code}", f"who: {who}" if who else "", f"to whom: {whom}" if whom else ""]
    title = "; ".join(filter(None, [*told, f"on the word of {ground(archive, event).says}"]))
    actors = tuple(dict.fromkeys((*event.actors, *event.recipients)))
    return Mark(MarkKind.EVENT, event.trigger.start, event.trigger.end, event.id, title, actors, event.claims)


def _toll(archive: Archive, toll: Toll) -> Mark:
    notes = [name for name, is_so in (("withdrawn", toll.withdrawn), ("part of another figure", toll.part)) if is_so]
    figure = ", ".join([f"toll: {toll.harm} {bounds(toll.low, toll.high)}", *notes])
    title = f"{figure}; on the word of {ground(archive, toll).says}"
    return Mark(MarkKind.TOLL, toll.span.start, toll.span.end, toll.id, title, (), toll.claims)


def _place(place: Place) -> Mark:
    known = ", ".join(filter(None, [place.name, place.admin1, place.country, place.level]))
    title = f"place: {known}" + ("" if place.is_location else f"; here a {place.use}")
    return Mark(MarkKind.PLACE, place.span.start, place.span.end, place.id, title)


def _time(time: Time) -> Mark:
    title = f"time: {days(time.first, time.last) or time.value or 'unknown days'} ({time.basis})"
    return Mark(MarkKind.TIME, time.span.start, time.span.end, time.id, title)


def _label(archive: Archive, label: Label) -> Mark:
    actor = archive.actors.get(label.target or "")
    of = f" of {actor.name}" if actor else ""
    title = f"label: a name{of}; on the word of {ground(archive, label).says}"
    actors = (actor.id,) if actor else ()
    span = label.span
    return Mark(MarkKind.LABEL, span.start, span.end, mention_id("label", span), title, actors, label.claims)


def _observation(archive: Archive, seen: Observation) -> Mark:
    title = f"first-hand: {archive.quote(seen.who)} … {archive.quote(seen.cue)}"
    span = seen.content
    return Mark(MarkKind.OBSERVATION, span.start, span.end, mention_id("observation", span), title)


# --------------------------------------------------------------------------- the text, cut


def segments(text: str, marks: Iterable[Mark]) -> tuple[Segment, ...]:
    """The text as runs that lie on end, each with the marks that cover it: one pass over text and marks.

    Their texts joined are the text, and the runs that a mark covers are exactly its stretch. ValueError where a mark is
    empty or runs past the end.
    """
    ordered = sorted(marks, key=_order)
    for mark in ordered:
        if not 0 <= mark.start < mark.end <= len(text):
            raise ValueError(f"{mark.kind} {mark.id} at {mark.start}:{mark.end} is not in a text of {len(text)}")
    cuts = sorted({0, len(text), *map(attrgetter("start"), ordered), *map(attrgetter("end"), ordered)})
    found: list[Segment] = []
    active: tuple[Mark, ...] = ()
    waiting = 0
    for start, end in pairwise(cuts):
        first = waiting
        while waiting < len(ordered) and ordered[waiting].start == start:
            waiting += 1
        active = (*(mark for mark in active if mark.end > start), *ordered[first:waiting])
        found.append(Segment(start, text[start:end], active))
    return tuple(found)


# --------------------------------------------------------------------------- the text, written

# The letter and the line of each kind. Letters and lines, not colours, carry the difference: see `STYLE`.
LETTERS: dict[MarkKind, str] = {
    MarkKind.CLAIM: "C",
    MarkKind.OBSERVATION: "O",
    MarkKind.SOURCE: "S",
    MarkKind.CUE: "W",
    MarkKind.TOLL: "N",
    MarkKind.LABEL: "L",
    MarkKind.EVENT: "E",
    MarkKind.PLACE: "P",
    MarkKind.TIME: "T",
}
NAMES: dict[MarkKind, str] = {
    MarkKind.CLAIM: "what somebody is reported to say",
    MarkKind.OBSERVATION: "what the outlet's own people saw",
    MarkKind.SOURCE: "who is cited",
    MarkKind.CUE: "the words that cite",
    MarkKind.TOLL: "a count of people or property",
    MarkKind.LABEL: "a name given to it or them",
    MarkKind.EVENT: "what happened",
    MarkKind.PLACE: "where",
    MarkKind.TIME: "when",
}

# Contrast of every colour is at least 4.5 on white and on #111; lines of nested marks hang one below the other.
STYLE = """
.sayso-text { white-space: pre-wrap; overflow-wrap: anywhere; line-height: 2.1; max-width: 46em; }
.sayso-text .mark { text-decoration-line: underline; text-decoration-thickness: 1px; text-underline-offset: 3px; }
.sayso-text .mark:target { outline: 2px solid currentColor; outline-offset: 2px; }
.sayso-text .tag, .sayso-legend .tag { font: 600 .62em/1 sans-serif; vertical-align: super; margin-right: .15em;
  text-decoration: none; display: inline-block; user-select: none; color: inherit; }
.sayso-text .claim { text-decoration-style: solid; text-underline-offset: 9px; text-decoration-color: #767676; }
.sayso-text .observation { text-decoration-style: double; text-underline-offset: 9px; }
.sayso-text .source { text-decoration-style: dotted; text-decoration-thickness: 2px; font-weight: 600; }
.sayso-text .cue { text-decoration-style: dotted; font-style: italic; }
.sayso-text .toll { text-decoration-style: double; }
.sayso-text .label { text-decoration-style: wavy; text-underline-offset: 5px; }
.sayso-text .event { text-decoration-style: solid; text-decoration-thickness: 3px; }
.sayso-text .place { text-decoration-style: dashed; }
.sayso-text .time { text-decoration-style: dashed; text-decoration-thickness: 2px; text-underline-offset: 6px; }
.sayso-legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2em 1.4em; font-size: .9em; }
"""


def to_html(parts: Sequence[Segment], href: Callable[[Mark], str | None] = lambda mark: None) -> str:
    """The text as HTML: one element, without script or style, to be shown with `STYLE`; see `Pen`."""
    return f'<div class="sayso-text" dir="auto">{Pen(href).write(parts)}</div>'


class Pen:
    """Writes stretches of one text as HTML, one after the other: a title, paragraphs.

    A mark is a `<span class="mark KIND" data-id title>` that opens with its letter, and once, where the record first
    stands, with the anchor `KIND-ID`. Its letter is a link to what `href` says, if that says anything: links never
    stand in one another. A mark that overlaps another, or goes on in the next stretch, is closed and goes on as a span
    of class "more", without letter.
    """

    def __init__(
        self,
        href: Callable[[Mark], str | None] = lambda mark: None,
        words: Callable[[Segment], str] = lambda part: shown(part.text),
    ) -> None:
        self._href = href
        self._words = words  # how the words of a run are written
        self._begun: set[int] = set()
        self._anchors: set[str] = set()

    def write(self, parts: Iterable[Segment]) -> str:
        """A stretch; every mark that it opens is closed at its end."""
        written: list[str] = []
        open_: list[Mark] = []
        for part in parts:
            kept = _shared(open_, part.marks)
            written.append("</span>" * (len(open_) - kept))
            written.extend(map(self._open, part.marks[kept:]))
            open_[kept:] = part.marks[kept:]
            written.append(self._words(part))
        return "".join(written) + "</span>" * len(open_)

    def _open(self, mark: Mark) -> str:
        more = id(mark) in self._begun
        self._begun.add(id(mark))
        shared = f'data-id="{quoted(mark.id)}" title="{titled(mark.title)}"'
        if more:
            return f'<span class="mark {mark.kind} more" {shared}>'
        anchor = f"{mark.kind}-{mark.id}"
        named = "" if anchor in self._anchors else f' id="{quoted(anchor)}"'
        self._anchors.add(anchor)
        return f'<span class="mark {mark.kind}"{named} {shared}>{_tag(mark, self._href(mark))}'


def _shared(open_: Sequence[Mark], wanted: Sequence[Mark]) -> int:
    """How many of the open marks stay open."""
    for number, (one, other) in enumerate(zip(open_, wanted, strict=False)):
        if one is not other:
            return number
    return min(len(open_), len(wanted))


def _tag(mark: Mark, target: str | None) -> str:
    letter = LETTERS[mark.kind]
    if target is None:
        return f'<span class="tag">{letter}</span>'
    return f'<a class="tag" href="{quoted(target)}" aria-label="{titled(mark.title)}">{letter}</a>'


def legend(kinds: Iterable[MarkKind]) -> str:
    """A list of the letters and what they stand for, of these kinds."""
    wanted = set(kinds)
    items = (
        f'<li><span class="tag">{LETTERS[kind]}</span><span class="mark {kind}">{kind}</span>: {NAMES[kind]}</li>'
        for kind in MarkKind
        if kind in wanted
    )
    return f'<ul class="sayso-legend sayso-text">{"".join(items)}</ul>'
