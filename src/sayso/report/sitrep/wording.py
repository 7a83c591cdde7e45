"""Words of articles made fit for every form of a report, and small phrases."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

QUOTE = 260  # characters of a quotation
NAME = 160  # characters of a title or a name

# Turn the direction of what follows (Unicode Bidirectional Algorithm, explicit formatting): they would reach beyond
# the words of the article. Letters of right-to-left scripts keep their own direction without them.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNPRINTED = frozenset({"Cc", "Cs", "Co", "Cn"})


def clean(words: str) -> str:
    """Words on one line, without what XML, PDF or a terminal cannot hold: controls, lone surrogates, noncharacters."""
    kept = (char if _printed(char) else " " for char in words)
    return " ".join("".join(kept).split())


def _printed(char: str) -> bool:
    return char.isprintable() or (char not in _OVERRIDES and unicodedata.category(char) not in _UNPRINTED)


def clip(words: str, most: int = QUOTE) -> str:
    """At most so many characters, cut between words where there is a gap in reach."""
    words = clean(words[: 4 * most])
    if len(words) <= most:
        return words
    gap = words.rfind(" ", most // 2, most)
    return words[: gap if gap > 0 else most].rstrip() + " …"


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def listed(names: Sequence[str], most: int) -> str:
    """ "SNA, Meridian Wire and 2 more"."""
    rest = len(names) - most
    return ", ".join(clip(name, NAME) for name in names[:most]) + (f" and {rest} more" if rest > 0 else "")
