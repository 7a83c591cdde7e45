"""Words of articles made fit to stand in a page: nothing in them can run, or turn what stands around them.

Escaping takes the meaning from markup. Characters that steer the direction of writing (Unicode Annex 9) would go on
past the words they came with and show "gpj.exe" as "exe.jpg", so words that hold any are isolated by `<bdi>`. Those
that are never ended, or end what they never began, would break out of that too, and are shown as U+FFFD. What no page
can hold (NUL, other control characters, halves of surrogate pairs) becomes U+FFFD, one for one.
"""

from __future__ import annotations

import html
import re

_STEERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ENDS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c",
         "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}  # fmt: skip
_BRACKETS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 400  # characters of a title text: what a reader takes in while pointing at something


def steady(words: str) -> str:
    """Words that cannot turn what follows them: as they are where all that steers in them is ended, in order."""
    open_: list[str] = []
    for mark in _BRACKETS.findall(words):
        if mark in _ENDS:
            open_.append(_ENDS[mark])
        elif not open_ or open_.pop() != mark:
            return _BRACKETS.sub("\ufffd", words)
    return _BRACKETS.sub("\ufffd", words) if open_ else words


def shown(words: object) -> str:
    """Words as the content of an element; white space is left as it is."""
    text = steady(str(words))
    safe = html.escape(_UNFIT.sub("\ufffd", text))
    return f"<bdi>{safe}</bdi>" if _STEERING.search(text) else safe


def quoted(words: object) -> str:
    """Words as the value of a quoted attribute that a program reads: an address, an id."""
    return html.escape(_UNFIT.sub("\ufffd", str(words)))


def titled(words: object, longest: int = _LONGEST) -> str:
    """Words as the value of an attribute that people read: on one line, so many characters, without steering."""
    line = " ".join(_STEERING.sub("", str(words)[: 4 * longest]).split())
    return quoted(line if len(line) <= longest else line[: longest - 1] + "…")
