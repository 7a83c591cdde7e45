"""The difference of two texts, word by word, in rows of paragraphs: fast enough for texts of any length we read.

Stretches of words that stand once in each text and in the same order are the same (the idea of patience diff); only
what lies between them is compared word with word, and what is too long for that is shown as replaced, and counted.
Case, white space and the shape of quotation marks and dashes are no difference.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

LONGEST = 200_000  # characters of each text that are compared
_CELLS = 60_000  # words by words that are compared one with another
_GRAMS = (5, 2, 1)  # words of a stretch that must stand once in each text, from the surest on
_AROUND = 25  # unchanged words beside a change that are shown with it
_TOKEN = re.compile(r"\w+(?:[’'.,\-]\w+)*|[^\w\s]")
_BREAK = re.compile(r"\n[^\S\n]*\n")
_ALIKE = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})


class Act(StrEnum):
    """What became of words."""

    SAME = "same"
    GONE = "gone"
    PUT = "put"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that the same became of, as each text prints them; "" where a text has none."""

    act: Act
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of the later text, or a part of a long one, beside what it was."""

    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        return any(piece.act is not Act.SAME for piece in self.pieces)

    @property
    def words(self) -> int:
        return sum(len(piece.after.split()) or len(piece.before.split()) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two texts as rows; each text is its side of all rows joined."""

    rows: tuple[Row, ...]
    cut: int = 0  # characters that were too many to be compared, of both texts
    coarse: int = 0  # stretches too long to be compared word by word

    @property
    def sections(self) -> list[tuple[bool, list[Row]]]:
        """The rows in groups that changed, or did not."""
        return [(changed, list(rows)) for changed, rows in groupby(self.rows, lambda row: row.changed)]


def compare(before: str, after: str) -> Difference:
    """The difference of two texts."""
    old, new = _tokens(before[:LONGEST]), _tokens(after[:LONGEST])
    blocks, coarse = _blocks([word.key for word in old], [word.key for word in new])
    steps = _steps(old, new, blocks)
    rows = tuple(_row(part) for whole in _paragraphs(steps) for part in _shortened(whole))
    cut = max(0, len(before) - LONGEST) + max(0, len(after) - LONGEST)
    return Difference(rows, cut, coarse)


def side_by_side(pairs: Iterable[tuple[str, str]], translated: bool = False) -> Difference:
    """Passages beside those that they came from, each pair a row; what is in two languages has no words in common."""
    rows = []
    for before, after in pairs:
        pieces = (Piece(Act.SAME, before, after),) if translated else tuple(
            piece for row in compare(before, after).rows for piece in row.pieces
        )  # fmt: skip
        rows.append(Row(pieces))
    return Difference(tuple(rows))


# --------------------------------------------------------------------------- words


@dataclass(frozen=True, slots=True)
class _Word:
    key: str  # what it is compared by
    text: str  # as printed, with the white space before it
    opens: bool  # a paragraph


def _tokens(text: str) -> list[_Word]:
    found, at = [], 0
    for match in _TOKEN.finditer(text):
        gap = text[at : match.start()]
        key = match.group().casefold().translate(_ALIKE)
        found.append(_Word(key, gap + match.group(), bool(_BREAK.search(gap))))
        at = match.end()
    if found and at < len(text):
        last = found[-1]
        found[-1] = _Word(last.key, last.text + text[at:], last.opens)
    return found


# --------------------------------------------------------------------------- what is the same

Block = tuple[int, int, int]  # where it begins in the earlier and in the later text, and how many words
_Range = tuple[int, int, int, int]  # from, to in the earlier text; from, to in the later


def _blocks(old: Sequence[str], new: Sequence[str]) -> tuple[list[Block], int]:
    """Stretches that are the same, in order; and how many ranges between them were too long to look at closely."""
    found: list[Block] = []
    waiting: list[tuple[_Range, int]] = [((0, len(old), 0, len(new)), 0)]
    coarse = 0
    while waiting:
        span, level = waiting.pop()
        a, b, c, d = span
        if a == b or c == d:
            continue
        if (b - a) * (d - c) <= _CELLS:
            found.extend(_close(old, new, span))
        elif level == len(_GRAMS):
            coarse += 1
        else:
            same = _anchored(old, new, span, _GRAMS[level])
            found.extend(same)
            waiting.extend((gap, level + 1) for gap in _between(same, span))
    return _slid(old, new, sorted(found)), coarse


def _close(old: Sequence[str], new: Sequence[str], span: _Range) -> Iterator[Block]:
    """A short range word by word; what only a little word or a comma joins is not the same."""
    a, b, c, d = span
    matcher = SequenceMatcher(None, old[a:b], new[c:d], autojunk=False)
    for i, j, size in matcher.get_matching_blocks():
        at_edge = i == 0 or j == 0 or a + i + size == b or c + j + size == d
        if size > 2 or at_edge or any(len(word) > 3 for word in old[a + i : a + i + size]):
            yield a + i, c + j, size


def _anchored(old: Sequence[str], new: Sequence[str], span: _Range, gram: int) -> list[Block]:
    """Stretches around words that stand once in each range, as many as are in the same order in both."""
    a, b, c, d = span
    mine, theirs = _once(old, a, b, gram), _once(new, c, d, gram)
    pairs = sorted((at, theirs[words]) for words, at in mine.items() if words in theirs)
    found: list[Block] = []
    i_end, j_end = a, c
    for i, j in _rising(pairs):
        if i < i_end or j < j_end:
            continue
        size = gram
        while i > i_end and j > j_end and old[i - 1] == new[j - 1]:
            i, j, size = i - 1, j - 1, size + 1
        while i + size < b and j + size < d and old[i + size] == new[j + size]:
            size += 1
        found.append((i, j, size))
        i_end, j_end = i + size, j + size
    return found


def _once(words: Sequence[str], start: int, end: int, gram: int) -> dict[tuple[str, ...], int]:
    """Where the runs of so many words stand that stand once."""
    runs = [tuple(words[at : at + gram]) for at in range(start, end - gram + 1)]
    counts = Counter(runs)
    return {run: start + at for at, run in enumerate(runs) if counts[run] == 1}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of pairs, sorted by the first number, whose second numbers rise too."""
    tops: list[int] = []  # the smallest last second number of a choice of each length
    ends: list[int] = []  # index of the pair that it belongs to
    before: list[int] = []
    for at, (_, second) in enumerate(pairs):
        length = bisect_left(tops, second)
        before.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [second]
        ends[length : length + 1] = [at]
    chosen, at = [], ends[-1] if ends else -1
    while at >= 0:
        chosen.append(pairs[at])
        at = before[at]
    return chosen[::-1]


def _slid(old: Sequence[str], new: Sequence[str], blocks: Sequence[Block]) -> list[Block]:
    """The same, where a sentence is gone or put in as a sentence: not from one full stop to before the next."""
    made = list(blocks)
    for at in range(len(made) - 1):
        i, j, size = made[at]
        a, b, room = made[at + 1]
        gap = old[i + size : a] if j + size == b else new[j + size : b] if i + size == a else ()
        while gap and room and not gap[0].isalnum() and gap[0] == old[a]:
            size, a, b, room, gap = size + 1, a + 1, b + 1, room - 1, [*gap[1:], old[a]]
        made[at : at + 2] = [(i, j, size), (a, b, room)]
    return made


def _between(same: Sequence[Block], span: _Range) -> Iterator[_Range]:
    a, b, c, d = span
    for i, j, size in [*same, (b, d, 0)]:
        yield a, i, c, j
        a, c = i + size, j + size


# --------------------------------------------------------------------------- rows

_Step = tuple[Act, _Word | None, _Word | None]


def _steps(old: Sequence[_Word], new: Sequence[_Word], blocks: Sequence[Block]) -> Iterator[_Step]:
    """Every word of both texts in order; between what is the same, the words that are gone before those put in."""
    at, to = 0, 0
    for i, j, size in [*blocks, (len(old), len(new), 0)]:
        yield from ((Act.GONE, word, None) for word in old[at:i])
        yield from ((Act.PUT, None, word) for word in new[to:j])
        yield from ((Act.SAME, old[i + k], new[j + k]) for k in range(size))
        at, to = i + size, j + size


def _paragraphs(steps: Iterable[_Step]) -> Iterator[list[_Step]]:
    """The steps of each paragraph; one put in the place of one that is gone stands beside it."""
    row: list[_Step] = []
    held: set[Act] = set()
    for step in steps:
        act, old, new = step
        word = new or old
        others = {Act.GONE} if act is Act.PUT else set()
        if word and word.opens and held - others:
            yield row
            row, held = [], set()
        row.append(step)
        held.add(act)
    if row:
        yield row


def _shortened(row: list[_Step]) -> Iterator[list[_Step]]:
    """A paragraph cut where many words are unchanged, so that what changed is not lost in them."""
    start = at = 0
    runs = [(act, len(list(run))) for act, run in groupby(row, lambda step: step[0])]
    for number, (act, size) in enumerate(runs):
        head, tail = _AROUND * (number > 0), _AROUND * (number < len(runs) - 1)
        if act is Act.SAME and len(runs) > 1 and size > head + tail + _AROUND:
            for cut in (at + head, at + size - tail):
                if cut > start and cut < len(row):
                    yield row[start:cut]
                    start = cut
        at += size
    yield row[start:]


def _row(steps: Sequence[_Step]) -> Row:
    pieces = []
    for act, run in groupby(steps, lambda step: step[0]):
        told = list(run)
        before = "".join(old.text for _, old, _ in told if old)
        pieces.append(Piece(act, before, "".join(new.text for _, _, new in told if new)))
    return Row(tuple(pieces))
