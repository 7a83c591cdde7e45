"""What a report is about, and the numbers that its articles get in the order in which it cites them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sayso.errors import InputError
from sayso.model import Claim, Incident, Span
from sayso.report import tables
from sayso.report.archive import Archive
from sayso.report.claims import Desk
from sayso.report.facets import Agreement, agree
from sayso.report.plots.marks import overlaps
from sayso.report.sitrep.record import Item, Kind, Line, Part
from sayso.report.sitrep.wording import clean, clip
from sayso.text import fold


@dataclass(frozen=True, slots=True)
class Scope:
    """Which incidents a report is about; what is None bounds nothing."""

    since: str | None = None
    until: str | None = None
    place: str | None = None  # a name of a place, or three letters of a country
    story: str | None = None  # first digits of its id

    def incidents(self, archive: Archive) -> list[Incident]:
        """The incidents in it, the weightiest first; InputError where no story, or more than one, has the id."""
        told = _story(archive, self.story) if self.story else None
        held = [one for one in archive.links.incidents if (told is None or one.id in told) and self._holds(one)]
        return tables.ranked(archive, held)

    def spans(self, day: str | None) -> bool:
        """Whether a day, or date and time, lies in the period; without a day only where there is none."""
        if not day:
            return not (self.since or self.until)
        return (self.since or "") <= day[:10] <= (self.until or "9999")

    def _holds(self, incident: Incident) -> bool:
        here = {fold(incident.place or ""), fold(incident.country or "")}
        return overlaps(incident, self.since, self.until) and (not self.place or fold(self.place) in here)


def _story(archive: Archive, id: str) -> frozenset[str]:
    found = [story for story in archive.links.stories if story.id.startswith(id)]
    if len(found) != 1:
        raise InputError("no story has this id, or several begin with it", about=id, way_out="give more digits")
    return frozenset(found[0].incidents)


ALL = Scope()  # the whole archive


@dataclass(slots=True)
class Bench:
    """What the sections of one report are written from; the numbers of its articles grow as it is written."""

    desk: Desk
    scope: Scope
    incidents: list[Incident]  # the weightiest first
    articles: frozenset[str] = field(init=False)
    numbers: dict[str, int] = field(default_factory=dict)  # by article, in order of first citation
    _agreed: dict[str, Agreement] = field(default_factory=dict)
    _denied: dict[str, list[Claim]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.articles = frozenset(article for incident in self.incidents for article in incident.articles)

    @property
    def archive(self) -> Archive:
        return self.desk.archive

    def tells(self, article: str) -> bool:
        """Whether an article tells an incident of the scope, or came out in its period."""
        return article in self.articles or self.scope.spans(self.archive.article(article).published)

    def agreed(self, incident: Incident) -> Agreement:
        """What the reports of an incident agree on; made once."""
        if incident.id not in self._agreed:
            self._agreed[incident.id] = agree(self.desk, incident)
        return self._agreed[incident.id]

    def denied(self, incident: Incident) -> list[Claim]:
        """Claims of a source that deny or doubt what others tell of an incident; found once."""
        if incident.id not in self._denied:
            found = tables.disputes(self.archive, incident)
            self._denied[incident.id] = [claim for claim in found if claim.chain]
        return self._denied[incident.id]

    def cite(self, articles: Iterable[str]) -> Part:
        """References to articles, each once, by number."""
        numbers = {self.numbers.setdefault(id, len(self.numbers) + 1) for id in dict.fromkeys(articles)}
        return Part(Kind.REFS, refs=tuple(sorted(numbers)))

    def words(self, span: Span) -> str:
        return clip(self.archive.quote(span))


def line(*parts: Part | str) -> Line:
    """A statement; bare words are plain. Blanks between parts are set here: none after "(" and before one of "):,;"."""
    made: list[Part] = []
    for given in parts:
        part = Part(Kind.PLAIN, clean(given)) if isinstance(given, str) else given
        if not (part.words or part.refs):
            continue
        if made and not made[-1].words.endswith("(") and not part.words.startswith((")", ":", ",", ";")):
            made.append(Part(Kind.PLAIN, " "))
        made.append(part)
    return Line(tuple(made))


def note(words: str) -> Line:
    """A line that states nothing of the world: what is left out, what was not found."""
    return Line((Part(Kind.PLAIN, words),), note=True)


def left_out(found: int, shown: int, command: str) -> Iterator[Item]:
    """A note on what a section has no room for, and the command that lists it."""
    if found > shown:
        yield Item(note(f"… and {found - shown:,} more; “sayso {command}” lists them all."))


def head(words: str) -> Part:
    return Part(Kind.HEAD, clip(words))


def quote(words: str) -> Part:
    return Part(Kind.QUOTE, clip(words))


def toll(words: str) -> Part:
    return Part(Kind.TOLL, clip(words))


def id_of(record: str) -> Part:
    return Part(Kind.ID, record[:8])
