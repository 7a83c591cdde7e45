"""Finds quoted stretches by their marks alone, on any text, whatever is missing or doubled.

Knows: curly, straight, doubled-single and German marks, guillemets both ways, apostrophes that are no marks, quotations
whose paragraphs each open with a mark and that close once, and marks that are never closed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted stretch with its marks; `continues` when it goes on from the paragraph before."""

    start: int
    end: int
    continues: bool = False
    closed: bool = True


# What closes each opening mark. "''" (two apostrophes) is how old wire systems write a double mark.
_CLOSERS: dict[str, tuple[str, ...]] = {
    "“": ("”", "“", '"'),
    "„": ("“", "”", '"'),
    "‟": ("”",),
    "«": ("»",),
    "»": ("«",),
    '"': ('"', "”"),
    "''": ("''", '"'),
    "``": ("''", '"'),
    "‘": ("’",),
    "'": ("'", "’"),
    "‹": ("›",),
    "‚": ("‘", "’"),
}
_ALWAYS = frozenset({"“", "„", "‟", "«", "``"})  # these open wherever they stand
_SINGLE = frozenset("‘'‚‹")
_MARK = re.compile(r"''|``|[“”„‟«»\"‘’'‚‹›]")
_PARAGRAPH = re.compile(r"[^\n]+")
_BEFORE_OPENING = frozenset(" \t\r\u00a0([{<—–-/:\u2009\u202f")
_AFTER_CLOSING = frozenset(" \t\r\u00a0)]}>.,;:!?—–-/…")
_NESTED_CLOSERS = "”“»\"'’"
_LONGEST_SINGLE = 400  # characters; a single mark left open further back than this was an apostrophe


def find_quotes(text: str) -> tuple[Quote, ...]:
    """The outermost quoted stretches of a text, in order, never overlapping, each within one paragraph."""
    found: list[Quote] = []
    carried = ""  # the mark a quotation was opened with that the paragraph before left open
    for paragraph in _PARAGRAPH.finditer(text):
        quotes, still_open = _scan(text, paragraph.start(), paragraph.end(), carried)
        found.extend(quotes)
        carried = still_open
    return _close_open_ends(text, found)


def _scan(text: str, first: int, last: int, carried: str) -> tuple[list[Quote], str]:
    """The quotes of one paragraph and the mark it leaves open."""
    found: list[Quote] = []
    opened: tuple[str, int] | None = None
    continues = False
    inner: list[str] = []
    for match in _MARK.finditer(text, first, last):
        mark, at = match.group(), match.start()
        opens, closes = _sides(text, at, match.end(), first, last)
        if opened is None:
            if _can_open(text, mark, at, match.end(), first, last, opens, closes):
                opened = (mark, at)
                continues = bool(carried) and not text[first:at].strip() and _same(mark, carried)
                inner = []
        elif inner and mark in _CLOSERS[inner[-1]] and closes and not (opens and mark in _CLOSERS[opened[0]]):
            inner.pop()
        elif _closes(opened[0], mark, opens, closes):
            found.append(Quote(opened[1], match.end(), continues))
            opened = None
        elif opens and not closes and mark in _CLOSERS and mark != opened[0] and opened[0] not in _SINGLE:
            inner.append(mark)
    if opened is None:
        return found, ""
    mark, at = opened
    if mark in _SINGLE:  # an apostrophe after all
        return found, ""
    found.append(Quote(at, _rstrip(text, at, last), continues, closed=False))
    return found, mark


def _sides(text: str, at: int, end: int, first: int, last: int) -> tuple[bool, bool]:
    """Whether a mark stands where one opens, and where one closes."""
    before = text[at - 1] if at > first else " "
    after = text[end] if end < last else " "
    opens = (before in _BEFORE_OPENING or before in "“„«\"'‘" or before.isspace()) and not after.isspace()
    closes = (after in _AFTER_CLOSING or after in _NESTED_CLOSERS or after.isspace()) and not before.isspace()
    return opens, closes


def _can_open(text: str, mark: str, at: int, end: int, first: int, last: int, opens: bool, closes: bool) -> bool:
    if mark not in _CLOSERS:
        return False
    if mark == '"' and at > first and text[at - 1].isdigit():
        return False  # 6" is six inches
    if mark in _ALWAYS:
        return True
    if not opens or (closes and mark != '"'):
        return False
    if mark == "»":
        return text.find("«", end, last) > 0
    if mark in _SINGLE:
        follows = text[end] if end < last else " "
        close = _single_close(text, mark, end, last)
        return not follows.isdigit() and close is not None and close - end > 1  # rock 'n' roll
    return True


def _single_close(text: str, mark: str, end: int, last: int) -> int | None:
    """Where a single mark is closed: not between letters, and not after the s of a plural if another comes."""
    limit = min(last, end + _LONGEST_SINGLE)
    for at in range(end, limit):
        if text[at] in _CLOSERS[mark]:
            after = text[at + 1] if at + 1 < last else " "
            if (after in _AFTER_CLOSING or after in _NESTED_CLOSERS or after.isspace()) and not text[at - 1].isspace():
                return at
    return None


def _closes(opener: str, mark: str, opens: bool, closes: bool) -> bool:
    if mark not in _CLOSERS[opener]:
        return False
    if mark == "“" and opener == "“":
        return closes and not opens
    if opener in _SINGLE:
        return closes
    return closes or not opens


def _same(mark: str, carried: str) -> bool:
    return mark == carried or {mark, carried} <= {"''", "``"}


def _rstrip(text: str, first: int, last: int) -> int:
    while last > first + 1 and text[last - 1].isspace():
        last -= 1
    return last


def _close_open_ends(text: str, found: list[Quote]) -> tuple[Quote, ...]:
    """Unclosed quotes that no later paragraph continues end with their sentence: a mark was forgotten."""
    kept: list[Quote] = []
    for number, quote in enumerate(found):
        follows = found[number + 1] if number + 1 < len(found) else None
        if not quote.closed and not (follows and follows.continues) and not quote.continues:
            stop = re.compile(r"[.!?…](?=\s|$)").search(text, quote.start, quote.end)
            if stop:
                quote = Quote(quote.start, stop.end(), quote.continues, closed=False)
        if quote.end - quote.start > 1:
            kept.append(quote)
    return tuple(kept)
