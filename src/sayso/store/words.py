"""What a search asks for, and where an article first says it. Case and accents do not matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sayso.listing import HIT_BEGINS, HIT_ENDS
from sayso.model import Article, Span
from sayso.text import fold

# Letters and digits with the accents that follow them: what SQLite's full-text index calls a word.
_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")


def query_words(query: str) -> list[str]:
    """The words asked for, each once, in order; nothing else in a query has a meaning."""
    return list(dict.fromkeys(_WORD.findall(query)))


def first_hit(article: Article, words: Sequence[str]) -> tuple[Span, int] | None:
    """Where the first of the words stands and how often they occur; None unless all are there."""
    wanted = {fold(word) for word in words}
    missing = set(wanted)
    first: Span | None = None
    hits = 0
    for found in _WORD.finditer(article.text):
        word = fold(found.group())
        if word in wanted:
            hits += 1
            missing.discard(word)
            first = first or Span(article.id, found.start(), found.end())
    return (first, hits) if first and not missing else None


def hit_place(text: str, snippet: str) -> tuple[int, int] | None:
    """Where the first hit of a snippet stands in its text; None where the text holds the marks of hits itself."""
    before, begins, rest = snippet.partition(HIT_BEGINS)
    hit, ends, after = rest.partition(HIT_ENDS)
    if not begins or not ends:
        return None
    after = after.replace(HIT_BEGINS, "").replace(HIT_ENDS, "")
    words = before.removeprefix("…") + hit + after.removesuffix("…")
    at = text.find(words)
    start = at + len(before.removeprefix("…"))
    return (start, start + len(hit)) if at >= 0 else None


def rank(articles: Iterable[Article], words: Sequence[str], limit: int) -> list[tuple[Article, Span]]:
    """Articles that hold all words, those that repeat them most first."""
    found = [(article, hit) for article in articles if (hit := first_hit(article, words))]
    found.sort(key=lambda pair: (-pair[1][1], pair[0].id))
    return [(article, span) for article, (span, _) in found[: max(limit, 0)]]
