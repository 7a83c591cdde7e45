"""What an analyst is asked, the narrowest decisions first, with the words of the reports that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.judging import is_settled
from sayso.listing import Doubt, Doubted, DoubtKind, IncidentEntry
from sayso.model import MODES, Event, EventType, Reason, Span
from sayso.report.archive import Archive
from sayso.serve.shelf import Shelf

ASKED = 8  # questions on a page
_READ = 3 * ASKED  # doubts looked at at once: some are settled, some ask of the same two incidents
_TURNS = 40  # times, before a page may come short
_CLOSES = tuple(".,;:!?)”’…-–—'\"")  # what stands at the end of a word without a space
_AROUND = 160  # characters on each side of a quotation
_BEGINS = 600  # characters of an article
_PASSAGES = 4  # of a copy that are shown, the longest
# Types that a wrong code is most often replaced by: one key each.
_USUAL = (
    EventType.PROTEST, EventType.ASSAULT, EventType.COERCE, EventType.MOBILIZE, EventType.THREATEN, EventType.ACCUSE,
    EventType.REQUEST, EventType.REJECT, EventType.CONSULT, EventType.AGREE,
)  # fmt: skip
ALL_CODES = tuple(
    (kind.value, (kind.value, *(f"{kind.value}:{mode}" for mode in sorted(MODES.get(kind, ()))))) for kind in EventType
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two, or the one, that is asked about: an event as its article tells it, or an article."""

    id: str
    article: str
    outlet: str
    title: str
    published: str
    span: Span | None = None  # of the words that tell it
    before: str = ""
    words: str = ""  # up to the trigger; of an article its beginning
    trigger: str = ""
    rest: str = ""
    after: str = ""
    code: str = ""
    status: str = ""
    facts: tuple[tuple[str, str], ...] = ()  # ("who", "soldiers")
    incident: IncidentEntry | None = None
    choices: tuple[str, ...] = ()  # types that it may be instead

    @property
    def gaps(self) -> tuple[str, str]:
        """What stands before and after the trigger."""
        return (" " if self.words else "", "" if not self.rest or self.rest[0] in _CLOSES else " ")

    @property
    def gap(self) -> str:
        """What stands after the quotation."""
        return "" if self.after[:1] in _CLOSES else " "

    @property
    def link(self) -> str:
        return f"/articles/{self.article}?at={self.span.start}-{self.span.end}#at" if self.span else self.plain_link

    @property
    def plain_link(self) -> str:
        return f"/articles/{self.article}"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that stand in both articles."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Question:
    """A doubt as it is put to an analyst."""

    doubt: Doubt
    sides: tuple[Side, ...]
    held: str  # what holds now: "joined", "apart", "edited", ...
    reasons: tuple[Reason, ...] = ()
    passages: tuple[Passage, ...] = ()
    more_passages: int = 0

    @property
    def key(self) -> str:
        return "-".join(part for part in (self.doubt.kind.value, self.doubt.left, self.doubt.right) if part)

    @property
    def pro(self) -> list[Reason]:
        return sorted((one for one in self.reasons if one.score > 0), key=lambda one: -one.score)

    @property
    def contra(self) -> list[Reason]:
        return sorted((one for one in self.reasons if one.score < 0), key=lambda one: one.score)


def ask(shelf: Shelf, asked: Doubted, after: str | None) -> tuple[list[Question], str | None]:
    """Questions that nobody has answered, and how to ask for what follows them."""
    found, more = shelf.keep(("doubts", asked, after), lambda: _unsettled(shelf, asked, after))
    return _questions(shelf, found), more


def _unsettled(shelf: Shelf, asked: Doubted, after: str | None) -> tuple[list[Doubt], str | None]:
    """Doubts that nobody spoke of, one for each two incidents."""
    verdicts = shelf.keep("verdicts", shelf.project.verdicts)
    chosen: dict[object, Doubt] = {}
    with shelf.lists() as lists:
        for _ in range(_TURNS):
            read = lists.uncertain(asked, _READ, after)
            events = lists.events_of(id for doubt in read for id in doubt.incidents if id)
            for doubt in read:
                if not is_settled(doubt, verdicts, events):
                    chosen.setdefault(_about(doubt), doubt)
            after = read[-1].after if len(read) == _READ else None
            if after is None or len(chosen) > ASKED:
                break
    found = list(chosen.values())
    return found[:ASKED], found[ASKED - 1].after if len(found) > ASKED else after


def _about(doubt: Doubt) -> object:
    """What is asked once: two incidents, not each two of their tellings."""
    known = frozenset(id for id in doubt.incidents if id)
    return known if doubt.kind is DoubtKind.TELLINGS and len(known) > 1 else (doubt.left, doubt.right)


# --------------------------------------------------------------------------- as they are shown


def _questions(shelf: Shelf, doubts: Sequence[Doubt]) -> list[Question]:
    archive = shelf.desk(article for doubt in doubts for article in doubt.articles).archive
    with shelf.lists() as lists:
        homes = lists.entries(id for doubt in doubts for id in doubt.incidents if id)
    pairs = [doubt for doubt in doubts if doubt.kind is DoubtKind.TELLINGS]
    reasons = shelf.project.why([((one.articles[0], one.left), (one.articles[1], one.right)) for one in pairs])
    why = {(one.left, one.right): held for one, held in zip(pairs, reasons, strict=True)}
    asked = (_question(archive, doubt, homes) for doubt in doubts)
    return [replace(one, reasons=why.get((one.doubt.left, one.doubt.right), one.reasons)) for one in asked if one]


def _question(archive: Archive, doubt: Doubt, homes: dict[str, IncidentEntry]) -> Question | None:
    """A doubt with its evidence; None where a record went meanwhile."""
    if doubt.kind is DoubtKind.COPIES:
        return _of_copy(archive, doubt)
    ids = [id for id in (doubt.left, doubt.right) if id]
    events = [archive.events[id] for id in ids if id in archive.events]
    if len(events) < len(ids):
        return None
    at = [homes.get(id or "") for id in doubt.incidents]
    sides = tuple(_side(archive, event, home) for event, home in zip(events, at, strict=True))
    if doubt.kind is DoubtKind.CODES:
        return Question(doubt, sides, "", tuple(events[0].reasons[:1]))
    joined = doubt.incidents[0] is not None and doubt.incidents[0] == doubt.incidents[1]
    return Question(doubt, sides, "one incident" if joined else "two incidents")


def _side(archive: Archive, event: Event, home: IncidentEntry | None) -> Side:
    article = archive.article(event.trigger.article)
    span = event.evidence[0] if event.evidence else event.trigger
    text, trigger = article.text, event.trigger
    within = span.start <= trigger.start and trigger.end <= span.end
    place = archive.places.get(event.place or "")
    return Side(
        id=event.id,
        article=article.id,
        outlet=archive.outlet(article.id),
        title=article.title or "",
        published=article.published or "",
        span=span,
        before=_before(text, span.start),
        words=_line(text[span.start : trigger.start] if within else text[span.start : span.end]),
        trigger=_line(text[trigger.start : trigger.end]) if within else "",
        rest=_line(text[trigger.end : span.end]) if within else "",
        after=_line(text[span.end : span.end + _AROUND].split("\n")[0]),
        code=f"{event.type}:{event.mode}" if event.mode else str(event.type),
        status=event.status.value,
        facts=(
            ("who", archive.names(event.actors)),
            ("to whom", archive.names(event.recipients)),
            ("where", ", ".join(part for part in (place.name, place.country or "") if part) if place else ""),
            ("when", archive.day(event.time)),
            ("on whose word", archive.voices(event)),
        ),
        incident=home,
        choices=tuple(kind.value for kind in _USUAL if kind is not event.type)[:9],
    )


def _before(text: str, start: int) -> str:
    """The words before a quotation, of its paragraph, from the beginning of one."""
    held = text[max(0, start - _AROUND) : start].split("\n")
    return _line(held[-1] if len(held) > 1 or start <= _AROUND else held[0].partition(" ")[2])


def _line(text: str) -> str:
    return " ".join(text.split())


# --------------------------------------------------------------------------- copies


def _of_copy(archive: Archive, doubt: Doubt) -> Question | None:
    copy = next((one for one in archive.links.copies if (one.article, one.of) == (doubt.left, doubt.right)), None)
    if copy is None:
        return None
    held = sorted(copy.evidence, key=lambda pair: pair[0].start - pair[0].end)
    return Question(
        doubt,
        tuple(_article(archive, id) for id in (copy.article, copy.of)),
        copy.kind.value,
        copy.reasons,
        tuple(_passages(archive, sorted(held[:_PASSAGES]))),
        max(0, len(held) - _PASSAGES),
    )


def _article(archive: Archive, id: str) -> Side:
    article = archive.article(id)
    begins = " ".join(article.text[article.body :][:_BEGINS].split())
    return Side(id, id, archive.outlet(id), article.title or "", article.published or "", words=begins)


def _passages(archive: Archive, pairs: Iterable[tuple[Span, Span]]) -> Iterator[Passage]:
    return (Passage(archive.quote(left), archive.quote(right)) for left, right in pairs)
