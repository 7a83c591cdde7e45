"""A situation report as a record: sections of lines, each line with the numbers of the articles that it rests on.

Made from an archive by `contents`, and written as Markdown, HTML, PDF or text document from nothing but this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sayso.report.plots.calendar import Calendar
from sayso.report.plots.marks import Mapped


class Kind(StrEnum):
    """What a stretch of a line is, so that every form can show it in its own way."""

    PLAIN = "plain"
    HEAD = "head"  # what a line is about: a place, a figure
    TOLL = "toll"  # how many were harmed
    QUOTE = "quote"  # words of an article, without quotation marks
    ID = "id"  # first digits of a record's id, for `sayso show`
    REFS = "refs"  # numbers of articles


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a line; of references only the numbers, in order."""

    kind: Kind
    words: str = ""
    refs: tuple[int, ...] = ()

    @property
    def runs(self) -> tuple[tuple[int, ...], ...]:
        """The numbers with runs of three and more closed up: (2,), (5, 9) for 2 and 5 to 9."""
        return closed_up(self.refs)


@dataclass(frozen=True, slots=True)
class Line:
    """One statement with its references; a note states nothing of the world and has none."""

    parts: tuple[Part, ...]
    note: bool = False

    @property
    def refs(self) -> tuple[int, ...]:
        return tuple(number for part in self.parts for number in part.refs)


@dataclass(frozen=True, slots=True)
class Item:
    """What belongs together: a first line, lines that go on in the same paragraph, and lines listed under it."""

    line: Line
    more: tuple[Line, ...] = ()
    under: tuple[Line, ...] = ()
    day: str = ""  # of an item in a section that goes by days

    @property
    def lines(self) -> tuple[Line, ...]:
        return (self.line, *self.more, *self.under)


@dataclass(frozen=True, slots=True)
class Group:
    """Items of one day; of a section that does not go by days all of them, under ""."""

    day: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it."""

    title: str
    items: tuple[Item, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        """Items by day, in their order."""
        days = dict.fromkeys(item.day for item in self.items)
        return tuple(Group(day, tuple(item for item in self.items if item.day == day)) for day in days)


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the head, by what it answers."""

    name: str
    line: Line


@dataclass(frozen=True, slots=True)
class Cited:
    """An article that the report refers to."""

    number: int
    id: str
    outlet: str
    day: str  # of publication, or "undated"
    title: str
    origin: str


@dataclass(frozen=True, slots=True)
class Report:
    """A situation report."""

    title: str
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    articles: tuple[Cited, ...]
    map: Mapped | None  # None: no incident with a known place
    timeline: Calendar | None  # None: no incident with a date

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line above the list of articles."""
        told = (line for section in self.sections for item in section.items for line in item.lines)
        return (*(fact.line for fact in self.facts), *told)


def closed_up(numbers: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Numbers in order; of a run of three and more the first and the last, as a pair."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    found: list[tuple[int, ...]] = []
    for run in runs:
        found += [(run[0], run[-1])] if len(run) > 2 else [(number,) for number in run]
    return tuple(found)


def brackets(numbers: Sequence[int]) -> str:
    """ "[2][5]–[9]"."""
    return "".join("–".join(f"[{number}]" for number in run) for run in closed_up(numbers))
