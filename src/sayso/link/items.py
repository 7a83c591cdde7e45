"""What a copy may change in a sentence: its numbers, names, quotations and the words that say who says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.link.cues import ATTRIBUTION
from sayso.link.words import Words, carries_meaning, quotation_spans

Range = tuple[int, int]  # characters of Article.text

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_SMALL = {word: value for value, word in enumerate(_ONES.split())} | {
    word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
PLACING = frozenset(
    "in at near on to from towards toward outside around off into through across east west north south".split()
)


@dataclass(frozen=True, slots=True)
class Number:
    """A figure, in digits or words; times of day are marked, since they are told in many ways."""

    value: float
    span: Range
    clock: bool


@dataclass(frozen=True, slots=True)
class Name:
    """Capitalised words in a row."""

    words: tuple[str, ...]
    span: Range
    place: bool  # stands where a place does: "in Belin"


def numbers(words: Words, first: int, end: int) -> Iterator[Number]:
    """The figures among some words; "one" alone is none."""
    at = first
    while at < end:
        value, size = _number(words.text, at, end)
        if size:
            clock = bool({":", "am", "pm"} & {*words.text[at], *words.text[at + size : at + size + 1]})
            yield Number(value, (words.start[at], words.end[at + size - 1]), clock)
        at += max(size, 1)


def _number(text: Sequence[str], at: int, end: int) -> tuple[float, int]:
    """(value, how many words) of the number that begins at a word; (0, 0) where none does."""
    word = text[at]
    if word[0].isdigit():
        digits = re.sub(r"\D", "", word) if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+|\d+", word) else word.replace(":", ".")
        value, size = _decimal(digits), 1
    elif word in _SMALL and word != "one":
        value, size = float(_SMALL[word]), 1
        if value >= 20 and at + 1 < end and 0 < _SMALL.get(text[at + 1], 0) < 10:
            value, size = value + _SMALL[text[at + 1]], 2
    else:
        return 0.0, 0
    while at + size < end and text[at + size] in _SCALES:
        value, size = value * _SCALES[text[at + size]], size + 1
    return value, size


def _decimal(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return float(re.sub(r"\D", "", text) or 0)


def names(words: Words, first: int, end: int) -> Iterator[Name]:
    """Runs of capitalised words that are not the first of their sentence, or follow its first."""
    run: list[int] = []
    for at in range(first, end + 1):
        opens = at < end and (at == 0 or words.sentence[at] != words.sentence[at - 1])
        if at < end and words.capital[at] and carries_meaning(words.text[at]) and not opens:
            if run and words.start[at] - words.end[at - 1] > 1:
                yield _name(words, run)
                run = []
            run.append(at)
        elif run:
            yield _name(words, run)
            run = []


def _name(words: Words, run: Sequence[int]) -> Name:
    before = words.text[max(0, run[0] - 4) : run[0]]
    near = before[-1:] if before[-1:] not in (("the",), ("of",), ("and",)) else before
    told = tuple(words.text[at] for at in run)
    return Name(told, (words.start[run[0]], words.end[run[-1]]), bool(PLACING & set(near)))


def quotations(text: str, low: int, high: int) -> list[Range]:
    """Quotations of four words or more that begin in a stretch, without their marks."""
    found = []
    for start, end in quotation_spans(text):
        if not low - 1 <= start < high:
            continue
        inside = text[start:end].strip("“”«»„\"‘’'.,")
        if len(inside.split()) >= 4:
            at = text.index(inside, start)
            found.append((at, at + len(inside)))
    return found


_LIMIT = re.compile(r"[,;:.!?\"“”\n—–]")


def attributions(text: str, low: int, high: int) -> list[Range]:
    """The clauses of a stretch that say who says it: "the hospital said", "according to two dockers"."""
    found: list[Range] = []
    for match in ATTRIBUTION.finditer(text, low, high):
        if found and match.start() < found[-1][1]:
            continue
        limits = [low, *(limit.end() for limit in _LIMIT.finditer(text, low, match.start()))]
        stop = _LIMIT.search(text, match.end(), high)
        end = stop.start() if stop else high
        if (
            not _OPENING.match(match.group())
            and (start := _subject(text, limits, match.start(), match.end(), end)) >= 0
        ):
            found.append((start + _blank(text[start : match.end()]), match.end()))
        else:  # the source follows: "according to two dockers", "said Idris Banno"
            found.append((match.start(), len(text[:end].rstrip())))
    return found


_OPENING = re.compile(r"according|quoting|citing|in |on ", re.IGNORECASE)


def _subject(text: str, limits: list[int], verb: int, end: int, stop: int) -> int:
    """Where the source before a verb of saying begins; -1 where it follows the verb."""
    if text[limits[-1] : verb].strip():
        return limits[-1]
    if text[end : end + 5] == " that":  # "The company, which the state owns, says that"
        return limits[0]
    aside = not text[end:stop].strip() and len(limits) > 1  # "his deputy, Grace Lomu, said"
    return limits[max(0, len(limits) - 3)] if aside else -1


def _blank(text: str) -> int:
    return len(text) - len(text.lstrip())
