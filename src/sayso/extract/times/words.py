"""Turns text into atoms of time language: each word, number or mark gets a class, one character a class.

The grammar of `extract.times` then runs over the string of classes instead of the text, which is short and of few
letters; a rule such as `MONTH DAY COMMA YEAR` is a regular expression of four characters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sayso.extract.numbers import SMALL, WORDS
from sayso.knowledge import table

OTHER = "."  # a word that no time expression contains

_NAMES = (
    "MONTH WEEKDAY SEASON UNIT1 UNITS QUARTER CENTURY PART DEIXIS VAGUE RATE DECADE HOLIDAY OWORD FEW APPROX NUMW BIG "
    "DAY NUM YEAR YY DATED CLOCK ORD AMPM BC FRAC QN POSS HYPH COMMA DOT SLASH OPEN CLOSE BREAK"
).split()
_SECTIONS = {
    "month": "MONTH", "weekday": "WEEKDAY", "season": "SEASON", "unit": "UNITS", "daypart": "PART", "deixis": "DEIXIS",
    "vague": "VAGUE", "rate": "RATE", "decade": "DECADE", "holiday": "HOLIDAY", "ordinal": "OWORD", "few": "FEW",
}  # fmt: skip
_MARKS = {"-": "HYPH", "\u2013": "HYPH", "\u2010": "HYPH", "\u2011": "HYPH", ",": "COMMA", ".": "DOT", "/": "SLASH",
          "(": "OPEN", ")": "CLOSE"}  # fmt: skip
# In small letters these are verbs, or no English words at all.
_CAPITAL = frozenset({"may", "march", "mar", "jan", "dec", "sun", "sat", "mon", "wed", "fri", "thu", "tue"})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the grammar looks up, compiled once."""

    classes: Mapping[str, str]  # class name -> its character
    words: Mapping[str, str]  # word in small letters -> character
    values: Mapping[str, Mapping[str, str]]  # section -> word -> value
    phrases: re.Pattern[str]  # of several words
    heads: frozenset[str]  # first words of phrases


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    data = table("times.toml")
    names = dict.fromkeys([*_NAMES, *data["words"]])
    classes = {name: chr(0x100 + number) for number, name in enumerate(names)}
    words = {word: classes["NUMW" if word in SMALL else "BIG"] for word in WORDS}
    values: dict[str, dict[str, str]] = {}
    for section, name in _SECTIONS.items():
        values[section] = {word: str(value) for word, value in data[section].items()}
        words.update(dict.fromkeys(data[section], classes[name]))
    values["approx"] = dict(data["approx"])
    words.update(dict.fromkeys(data["approx"], classes["APPROX"]))
    for word in data["unit"]:
        name = {"quarter": "QUARTER", "century": "CENTURY"}.get(word, "UNITS" if word.endswith("s") else "UNIT1")
        words[word] = classes[name]
    for name, listed in data["words"].items():
        words.update(dict.fromkeys(listed, classes[name]))
    phrases = sorted((word for word in words if " " in word), key=len, reverse=True)
    joined = "|".join(phrase.replace(" ", r"\s+").replace("'", "['\u2019]") for phrase in phrases)
    heads = frozenset(phrase.split()[0] for phrase in phrases)
    both = heads | {head.replace("'", "\u2019") for head in heads}
    return Lexicon(classes, words, values, re.compile(rf"(?i:{joined})\b"), both)


_CHUNKS = re.compile(r"\n[ \t\r]*\n\s*|\S+")
_ATOMS = re.compile(  # what a chunk with digits or marks in it is cut into
    r"""(?P<OCLOCK>[oO]['\u2019]clock\b)
    |(?P<WORD>[^\W\d_]{3,}|[^\W\d_]{1,2}(?![\w.]))
    |(?P<AMPM>[AaPp]\.\s?[Mm]\b\.?|[AaPp][Mm]\b)
    |(?P<BC>B\.\s?C\b\.?(?:E\b\.?)?|BCE?\b)
    |(?P<QN>(?:Q[1-4]|[1-4]Q)\b)
    |(?P<LETTERS>[^\W\d_]+)
    |(?P<DATED>(?<![\d.,/-])(?:20(?:1[3-9]|[2-9]\d)-(?:0[1-9]|1[0-2])(?!-?\d)|\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z?)?
              |\d{1,2}(?P<sep>[./-])\d{1,2}(?P=sep)(?:\d{4}|\d\d))(?![\d/-]))
    |(?P<CLOCK>[0-2]\d[0-5]\d(?=\s?(?:GMT|UTC)\b)|0\d[0-5]\d(?=\s?(?:hrs?|hours)\b)|[0-2]?\d[:.][0-5]\d(?=\s?[AaPp]\.?[Mm]\b)|[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?!\d))
    |(?P<DECADE>\d{2,3}0['\u2019]?s\b|['\u2019][2-9]0['\u2019]?s\b)
    |(?P<ORD>[0-3]?\d(?:st|nd|rd|th)\b)
    |(?P<NUM>\d{1,3}(?:,\d{3})+(?!\d)|\d+\.\d+)
    |(?P<FRAC>1/[2-9]\b)
    |(?P<DIGITS>\d+)
    |(?P<YY>['\u2019]\d\d\b)
    |(?P<POSS>['\u2019]s\b)
    |(?P<MARK>\S)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Atoms:
    """A text cut up: one class character, start and end an atom."""

    text: str
    classes: str
    atoms: list[tuple[str, int, int]]  # class, start, end

    def words(self, first: int, last: int) -> list[str]:
        """The atoms from `first` up to `last`, in small letters."""
        return [_plain(self.text[start:end]) for _, start, end in self.atoms[first:last]]


def cut(text: str) -> Atoms:
    """The atoms of a text with their classes; `starts` and `ends` are characters of the text."""
    lex = lexicon()
    words, heads, end_of_paragraph = lex.words, lex.heads, lex.classes["BREAK"]
    found: list[tuple[str, int, int]] = []
    past = 0  # where the last atom ended
    for chunk in _CHUNKS.finditer(text):
        first, last = chunk.span()
        if first < past:
            first = past
            if first >= last:
                continue
        whole = text[first:last]
        low = whole.lower()
        if low in heads and (phrase := lex.phrases.match(text, first)):
            past = phrase.end()
            found.append((words[_plain(phrase.group())], first, past))
        elif whole.isalpha():
            char = words.get(low, OTHER)
            found.append((char if char == OTHER else _word(low, whole, words), first, last))
        elif low[-1] in ",." and low[:-1].isalpha():  # the commonest chunk that is no plain word
            found.append((_word(low[:-1], whole, words), first, last - 1))
            found.append((lex.classes[_MARKS[low[-1]]], last - 1, last))
        elif low[0] == "\n":
            found.append((end_of_paragraph, first, last))
        else:
            past = _pieces(text, first, last, lex, found)
    return Atoms(text, "".join(atom[0] for atom in found), found)


def _pieces(text: str, first: int, last: int, lex: Lexicon, found: list[tuple[str, int, int]]) -> int:
    """Cut a chunk that is no plain word; where its last atom ends."""
    while first < last and (piece := _ATOMS.match(text, first)):
        kind, shown = piece.lastgroup or "MARK", piece.group()
        low = shown.lower()
        if kind in {"WORD", "LETTERS"}:
            if low in lex.heads and (phrase := lex.phrases.match(text, first)):
                found.append((lex.words[_plain(phrase.group())], first, phrase.end()))
                first = phrase.end()
                continue
            char = _word(low, shown, lex.words)
        elif kind == "MARK":
            char = lex.classes[_MARKS[shown]] if shown in _MARKS else OTHER
        else:
            char = lex.classes[_digits(shown) if kind == "DIGITS" else kind]
        found.append((char, first, piece.end()))
        first = piece.end()
    return max(first, last)


def _word(low: str, shown: str, words: Mapping[str, str]) -> str:
    char = words.get(low, OTHER)
    return OTHER if char != OTHER and low in _CAPITAL and not shown[0].isupper() else char


def _plain(phrase: str) -> str:
    return " ".join(phrase.lower().replace("\u2019", "'").split())


def _digits(text: str) -> str:
    """The class of a run of digits: what could be a day of the month, a year, or just a number."""
    if len(text) <= 2 and text.isascii() and 1 <= int(text) <= 31:
        return "DAY"
    return "YEAR" if len(text) == 4 and text.isascii() and text[0] in "12" else "NUM"
