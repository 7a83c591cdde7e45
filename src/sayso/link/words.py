"""Reads an article as words with their places: what is quoted, what begins a sentence, what carries meaning.

Works on any language that `\\w` can split (Chinese and Japanese character by character) and needs no parse, so that
articles without an analysis take part in copies and stories too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sayso.model import Article

WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_END = re.compile(
    r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[ap]\.m(?=\.\s[a-z]))[.!?…。！？]+[\"”’»)\]]*\s+|\n+|[。！？]"
)
_QUOTED = re.compile(
    r"“[^”\n]*(?:”|$)|«[^»\n]*»|„[^“”\n]*[“”]|\"[^\"\n]*(?:\"|$)|(?<!\w)[‘'](?=\w)[^‘\n]{8,}?[’'](?!\w)", re.M
)
FUNCTION_WORDS = frozenset(
    """a about above across after again against all almost along already also although always am among an and another
    any anyone anything are around as at away back be became because become been before behind being below between both
    but by came can cannot could did do does doing done down during each either else even ever every few first for from
    further get gets getting give given go goes going gone got had has have having he her here hers herself him himself
    his how however i if in including into is it its itself just last least less like made make makes making many may me
    might more most much must my near need never next no nobody none nor not nothing now of off often on once one only
    onto or other others our out over own per perhaps put rather s said same say saying says see seen several shall she
    should since so some something soon still such t take taken than that the their them themselves then there these
    they thing this those though three through thus time to today together told too toward towards two under until up
    upon us use used very via was way we well went were what when where whether which while who whole whom whose why
    will with within without would year years yesterday yet you your according added monday tuesday wednesday thursday
    friday saturday sunday january february march april june july august september october november december
    updated update posted share email print news reuters comment comments advertisement""".split()
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an article's body as parallel columns; title words are left out, for copies change titles."""

    text: tuple[str, ...]  # without case, possessive or curled apostrophe
    start: tuple[int, ...]  # characters of Article.text
    end: tuple[int, ...]
    quoted: tuple[bool, ...]
    sentence: tuple[int, ...]
    capital: tuple[bool, ...]  # written with a capital


@lru_cache(maxsize=1024)
def read_words(article: Article) -> Words:
    """The words of the body, or of the title where there is nothing else."""
    body = article.body if article.text[article.body :].strip() else 0
    text = article.text
    found = [(match.group(), match.start(), match.end()) for match in WORD.finditer(text, body)]
    return Words(
        text=tuple(normal(word) for word, _, _ in found),
        start=tuple(start for _, start, _ in found),
        end=tuple(end for _, _, end in found),
        quoted=_inside(quotation_spans(text, body), [start for _, start, _ in found]),
        sentence=_numbers(
            [match.end() for match in _SENTENCE_END.finditer(text, body)], [start for _, start, _ in found]
        ),
        capital=tuple(word[0].isupper() for word, _, _ in found),
    )


@lru_cache(maxsize=512)
def quotation_spans(text: str, first: int = 0) -> tuple[tuple[int, int], ...]:
    """The quotations of a text from a character on, with their marks."""
    return tuple(match.span() for match in _QUOTED.finditer(text, first))


def normal(word: str) -> str:
    """A word as it is compared: "Kazakhstan’s" and "KAZAKHSTAN" agree."""
    plain = word.casefold().replace("’", "'")
    return plain[:-2] if plain.endswith("'s") else plain


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A crude common stem: "protesters" and "protester", "stormed" and "storming" agree; numbers stay."""
    if len(word) < 5 or not word.isascii() or word[0].isdigit():
        return word.replace(",", "") if word[:1].isdigit() else word
    for ending, kept in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not (ending == "s" and word.endswith("ss")):
            base = word[: len(word) - len(ending)] + kept
            return base[:-1] if len(base) > 4 and base[-1] == base[-2] and base[-1] not in "ls" else base
    return word


def carries_meaning(word: str) -> bool:
    """Whether a word can tell one story from another; lone letters and function words cannot."""
    return word not in FUNCTION_WORDS and (len(word) > 1 or not word.isascii())


def _inside(ranges: Sequence[tuple[int, int]], starts: list[int]) -> tuple[bool, ...]:
    flags, at = [], 0
    for start in starts:
        while at < len(ranges) and ranges[at][1] <= start:
            at += 1
        flags.append(at < len(ranges) and ranges[at][0] <= start)
    return tuple(flags)


def _numbers(ends: list[int], starts: list[int]) -> tuple[int, ...]:
    numbers, number, at, fresh = [], -1, 0, True
    for start in starts:
        while at < len(ends) and ends[at] <= start:
            at, fresh = at + 1, True
        number, fresh = number + fresh, False
        numbers.append(number)
    return tuple(numbers)
