"""What was not understood of an article: what has no place, day, actor or incident, and what nothing was found in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sayso.model import Analysis, Span
from sayso.report.archive import Archive
from sayso.report.marked import Mark

# The end of a sentence: a full stop with what closes a quotation, before white space and what may begin another one;
# the end of a paragraph is always one. Abbreviations before a name ("Mr. Lind") are taken for no end.
_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St))(?<!\b(?:Mrs|Gen|Col|Lt\.|Sgt))[.!?…]+[”’\"')\]]*(?=\s+[“‘\"'(\[]*[^\Wa-z])"
    r"|\s*\n\s*\n\s*"
)


@dataclass(frozen=True, slots=True)
class Lack:
    """A record that something is missing of."""

    id: str
    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Records of one kind that the same is missing of."""

    what: str  # "places without coordinates"
    records: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class Silence:
    """The sentences of an article that nothing was found in."""

    sentences: int  # all of them, as punctuation tells
    silent: tuple[Span, ...]


def gaps(archive: Archive, article: str) -> tuple[Gap, ...]:
    """What is missing of an article's records, each kind of gap that there is."""
    analysis = archive.analyses[article]
    found = (Gap(what, tuple(_lacks(archive, finds(archive, analysis)))) for what, finds in _GAPS.items())
    return tuple(gap for gap in found if gap.records)


Found = Iterator[tuple[str, Span]]


def _lacks(archive: Archive, found: Found) -> Iterator[Lack]:
    return (Lack(id, span, archive.quote(span)) for id, span in found)


def _unplaced(_: Archive, analysis: Analysis) -> Found:
    return ((one.id, one.span) for one in analysis.places if one.lat is None or one.lon is None)


def _undated(_: Archive, analysis: Analysis) -> Found:
    return ((one.id, one.span) for one in analysis.times if one.first is None and one.last is None)


def _nowhere(_: Archive, analysis: Analysis) -> Found:
    return ((one.id, one.trigger) for one in analysis.events if one.place is None)


def _never(archive: Archive, analysis: Analysis) -> Found:
    return ((one.id, one.trigger) for one in analysis.events if not archive.day(one.time))


def _nobody(_: Archive, analysis: Analysis) -> Found:
    return ((one.id, one.trigger) for one in analysis.events if not one.actors)


def _uncounted(archive: Archive, analysis: Analysis) -> Found:
    counted = {id for incident in archive.links.incidents for toll in incident.tolls for id in toll.standings}
    return (
        (one.id, one.span) for one in analysis.tolls if one.event not in archive.incident_of and one.id not in counted
    )


def _about_nothing(_: Archive, analysis: Analysis) -> Found:
    return ((one.id, one.content[0]) for one in analysis.claims if not one.about)


_GAPS: dict[str, Callable[[Archive, Analysis], Found]] = {
    "places without coordinates": _unplaced,
    "times without days": _undated,
    "events without a place": _nowhere,
    "events without a day": _never,
    "events without an actor": _nobody,
    "tolls of no incident": _uncounted,
    "claims about nothing that was coded": _about_nothing,
}


# --------------------------------------------------------------------------- sentences


def silence(article: str, text: str, marks: Iterable[Mark]) -> Silence:
    """Which sentences carry no mark."""
    reach: list[tuple[int, int]] = []  # marked stretches that do not touch, in order
    for start, end in sorted((mark.start, mark.end) for mark in marks):
        if reach and start <= reach[-1][1]:
            reach[-1] = (reach[-1][0], max(end, reach[-1][1]))
        else:
            reach.append((start, end))
    ends = [end for _, end in reach]
    told = list(sentences(text))
    silent = []
    for start, end in told:
        at = bisect_left(ends, start + 1)
        if at == len(reach) or reach[at][0] >= end:
            silent.append(Span(article, start, end))
    return Silence(len(told), tuple(silent))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text stand, as its punctuation tells."""
    start = 0
    for stop in [*(match.end() for match in _END.finditer(text)), len(text)]:
        words = text[start:stop]
        if any(map(str.isalnum, words)):
            yield start + len(words) - len(words.lstrip()), start + len(words.rstrip())
        start = stop
