"""Splits running text into sentences, by offsets, before any parser sees it.

Splitting first lets identical sentences (agency copy) be parsed once. Rules: a blank line always ends a sentence; a
single line break does unless the text is hard-wrapped; a full stop does unless it belongs to an abbreviation, an
initial, a number or a mid-sentence ellipsis; closing quotes and brackets stay with the sentence they close.
"""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sr jr st gen lt col maj capt cpl sgt cmdr adm brig pvt rev hon gov sen rep pres amb min sec "
    "messrs insp supt dept dist univ inc ltd corp co bros vs etc approx no nos vol fig art op cit al ave blvd rd mt ft "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun "
    "e.g i.e a.m p.m u.s u.k u.n u.s.a d.c e.u ph.d".split()
)
# Abbreviations that end a sentence often enough: a capital after them is read as a new sentence.
_MAY_END = frozenset("etc al inc ltd corp co a.m p.m u.s u.k u.n u.s.a d.c e.u jr sr ph.d".split())
_STARTERS = frozenset(
    "the a an he she it they we i you this that these those there his her its their our in on at by for from with as "
    "but and or if when while after before since although though however meanwhile also no not some many most all "
    "what who where why how one two".split()
)
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)")
_CLOSERS = "\"'”’»)]"
_OPENERS = "\"'“‘«(["
_BREAK = re.compile(r"[ \t\r\f\v]*\n[ \t\r\f\v]*(?:\n\s*)?")
_LONGEST = 40  # characters; no abbreviation is longer, and looking back farther takes time without end
_TERMINAL = ".!?…:;\"'”’»)]"


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Half-open character ranges of the sentences of a text, without surrounding white space, in order."""
    return [found for first, last in _blocks(text) for found in _split_block(text, first, last)]


def _is_wrapped(text: str) -> bool:
    """Whether single line breaks are there only to keep lines short, as in old wire copy and plain-text mail."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 4 or max(map(len, lines)) > 120:
        return False
    open_lines = sum(1 for line in lines if line.rstrip()[-1] not in _TERMINAL)
    return (open_lines / len(lines) > 0.5 and "\n\n" in text.strip()) or open_lines / len(lines) > 0.7


def _blocks(text: str) -> list[tuple[int, int]]:
    wrapped = _is_wrapped(text)
    blocks: list[tuple[int, int]] = []
    start = 0
    for found in _BREAK.finditer(text):
        blank = found.group().count("\n") > 1
        if not blank and wrapped:
            continue
        blocks.append((start, found.start()))
        start = found.end()
    blocks.append((start, len(text)))
    return [block for block in (_strip(text, *block) for block in blocks) if block[0] < block[1]]


def _strip(text: str, first: int, last: int) -> tuple[int, int]:
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return first, last


def _split_block(text: str, first: int, last: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = first
    for match in _END.finditer(text, first, last):
        if match.end() < last and _ends_sentence(text, start, match, last):
            found.append(_strip(text, start, match.end()))
            start = match.end()
    rest = _strip(text, start, last)
    if rest[0] < rest[1]:
        found.append(rest)
    return found


def _word_before(text: str, first: int, last: int) -> str:
    """The word that ends at `last`, in small letters, looked for no farther back than `first`."""
    at = last
    while at > first and (text[at - 1] in "._&'’-" or text[at - 1].isalnum()):
        at -= 1
    return text[at:last].lower().strip("'’")


def _ends_sentence(text: str, start: int, match: re.Match[str], last: int) -> bool:
    after = text[match.end() : min(last, match.end() + 40)].lstrip()
    if not after:
        return False
    opener = after.lstrip(_OPENERS + "-–— ")
    following = opener[:1]
    if following.islower() and match.group()[0] != "." and not match.group().strip("!?…" + _CLOSERS):
        return False  # "What now?" he asked
    if following.islower():
        return False
    if match.group()[0] != "." or len(match.group().rstrip(_CLOSERS)) > 1:
        return True
    token = _word_before(text, max(start, match.start() - _LONGEST), match.start())
    next_word = re.match(r"[\w'’]*", opener)
    starts = bool(next_word and next_word.group().lower() in _STARTERS)
    if len(token) == 1 and token.isalpha():  # an initial: "John F. Kennedy", but "Plan B. The ..."
        return starts
    if token in _ABBREVIATIONS or re.fullmatch(r"(?:[a-z]\.)+[a-z]", token):
        return starts and (token in _MAY_END or re.fullmatch(r"(?:[a-z]\.)+[a-z]", token) is not None)
    return not (token.isdigit() and following.isdigit())
