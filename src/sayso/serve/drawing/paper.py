"""An article's text as it is read: the title, paragraphs as written, the marks, and the place that somebody points at.

What is written here is escaped run by run by `report.marked.Pen`; the characters of title and paragraphs, with the
white space between them, are those of the article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from markupsafe import Markup

from sayso.model import Article
from sayso.report.hostile import shown
from sayso.report.marked import Mark, Pen, Segment, segments

_GAP = re.compile(r"\s*\n[^\S\n]*\n\s*")
_HEADING = 300  # characters; a longer title is a paragraph


@dataclass(frozen=True, slots=True)
class Paper:
    """The parts of a written text; joined, they are the whole of it."""

    heading: Markup  # empty where the text opens with no title
    body: Markup


def draw_paper(
    article: Article, marks: Iterable[Mark], href: Callable[[Mark], str | None], at: tuple[int, int] | None = None
) -> Paper:
    """The text with its marks; the stretch `at` has the id "at"."""
    runs = segments(article.text, marks)
    if at:
        runs = _cut(runs, at)
    pen = Pen(href, _pointing(at))
    title = article.body - 2 if 0 < article.body <= _HEADING else 0
    heading = Markup(pen.write(_stretch(runs, 0, title)))
    return Paper(heading, Markup("").join(_paragraphs(article.text, runs, pen, title)))


def _paragraphs(text: str, runs: Sequence[Segment], pen: Pen, start: int) -> Iterator[Markup]:
    """Each paragraph as an element, the white space between them as it is."""
    cursor = _Cursor(runs)
    for gap in [*_GAP.finditer(text, start), None]:
        end = gap.start() if gap else len(text)
        if end > start:
            yield Markup("<p>{}</p>").format(Markup(pen.write(cursor.to(start, end))))
        if gap:
            yield Markup("{}").format(gap.group())
            start = gap.end()


class _Cursor:
    """Gives stretches of runs from left to right, so that a long text is walked through once."""

    def __init__(self, runs: Sequence[Segment]) -> None:
        self._runs, self._at = runs, 0

    def to(self, start: int, end: int) -> Iterator[Segment]:
        while self._at < len(self._runs) and self._runs[self._at].end <= start:
            self._at += 1
        at = self._at
        while at < len(self._runs) and self._runs[at].start < end:
            yield _clip(self._runs[at], start, end)
            at += 1


def _stretch(runs: Iterable[Segment], start: int, end: int) -> Iterator[Segment]:
    return (_clip(run, start, end) for run in runs if run.start < end and run.end > start)


def _clip(run: Segment, start: int, end: int) -> Segment:
    first, last = max(run.start, start), min(run.end, end)
    return replace(run, start=first, text=run.text[first - run.start : last - run.start])


def _cut(runs: Iterable[Segment], at: tuple[int, int]) -> tuple[Segment, ...]:
    """The same runs, cut where the place that is pointed at begins and ends."""
    found: list[Segment] = []
    for run in runs:
        cuts = [run.start, *(cut for cut in at if run.start < cut < run.end), run.end]
        found.extend(_clip(run, first, last) for first, last in pairwise(cuts) if last > first)
    return tuple(found)


def _pointing(at: tuple[int, int] | None) -> Callable[[Segment], str]:
    """How the words of a run are written: inside of the place, as marked; its first run carries the id."""

    names = iter([' id="at" tabindex="-1"'])

    def write(run: Segment) -> str:
        if at is None or not (at[0] <= run.start and run.end <= at[1]) or not run.text.strip():
            return shown(run.text)
        return f'<mark class="at"{next(names, "")}>{shown(run.text)}</mark>'

    return write
