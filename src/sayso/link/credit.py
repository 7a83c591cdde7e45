"""Whose copy an article says it carries: credits, an agency in the dateline, names and their initials."""

from __future__ import annotations

import re
from functools import lru_cache

from sayso.model import Article
from sayso.text import fold, same_name

_HEAD = re.compile(r"\(\s*(?:with\s+)?([A-Z][\w .&/-]{1,38}?)\s*\)\s*[—–:.-]")
_TAIL = re.compile(r"\(([A-Z][\w .&-]{1,38}?)\)\s*$|[—–-]\s*([A-Z][\w .&-]{1,38})\s*$")
_HELPED = re.compile(r"\b(?:[Aa]dditional|[Ff]urther|[Oo]ther) reporting by ([A-Z][\w &-]{1,38}?)\s*(?:[.;,)\n]|$)")
_NAMELESS = frozenset(
    {"agency", "agencies", "news agency", "news agencies", "wire", "wires", "staff", "reuse", "ap photo"}
)


@lru_cache(maxsize=16_384)
def credited_agencies(article: Article) -> frozenset[str]:
    """Folded names of the agencies whose copy it carries, by its credits or by "(SNA) —" at its head."""
    helped = _helpers(article)
    of_text = (fold(credit) for credit in article.credits if not credit.endswith("(photo)"))
    names = {name for name in of_text if not any(same_name(name, helper) for helper in helped)}
    head = _HEAD.search(article.text, article.body, article.body + 160)
    if head:
        names.update(fold(part) for part in re.split(r"[/]| and ", head[1]))
    return frozenset(name for name in names if name and name not in _NAMELESS)


def _helpers(article: Article) -> list[str]:
    """Who lent a hand ("Additional reporting by Meridian Wire") without writing the report."""
    return [fold(match[1]) for match in _HELPED.finditer(article.text, max(0, len(article.text) - 600))]


def credits_outlet(article: Article, outlet: str | None) -> bool:
    """Whether it credits this outlet, by name or initials; an outlet does not credit itself."""
    if not outlet or (article.outlet and fold(article.outlet) == fold(outlet)):
        return False
    return any(same_name(name, outlet) for name in credited_agencies(article)) or _signed(article, outlet)


def files_own_copy(article: Article) -> bool:
    """Whether its head names its own outlet as an agency does: "ALMATY, 5 January (SNA) —"."""
    head = _HEAD.search(article.text, article.body, article.body + 160)
    return bool(head and article.outlet and any(same_name(part, article.outlet) for part in re.split(r"[/]", head[1])))


def _signed(article: Article, outlet: str) -> bool:
    """Whether the last words name it in brackets or after a dash."""
    tail = _TAIL.search(article.text.rstrip()[-80:])
    return bool(tail) and same_name((tail[1] or tail[2]) if tail else "", outlet)
