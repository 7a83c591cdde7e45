"""The sentence around some characters, by its punctuation."""

from __future__ import annotations

import re

_STOP = re.compile(r"[.!?][\"”’»)]*\s+(?=[\"“‘«(]?[A-Z0-9])|\n+")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Gov|Sen|Rep|St|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|No))\.\s+$"
)
_DATELINE = re.compile(r"^[A-Z][A-Z/\-. ]{2,}(?:,? [\w .]{0,30})?(?: ?\([\w .]{2,40}\))?\s*(?:—|–|--|-)\s+")


def sentence_around(text: str, start: int, end: int) -> tuple[str, int]:
    """The sentence around some characters, without the dateline, and where it begins."""
    low = max(0, start - 600)
    stops = [m.end() for m in _STOP.finditer(text, low, start)]
    before = next((stop for stop in reversed(stops) if not _ABBREVIATED.search(text[low:stop])), low)
    after = next(
        (m.start() + len(m.group().rstrip()) for m in _STOP.finditer(text, end, end + 600)
         if not _ABBREVIATED.search(text[low : m.end()])),
        min(len(text), end + 600),
    )  # fmt: skip
    read = " ".join(text[before:after].split())
    return _DATELINE.sub("", read) or read, before
