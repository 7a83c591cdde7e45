"""The words of a report without the furniture of its page, and with public statements marked as quoted.

A page's furniture (subscription lines, share buttons, bylines, the dateline) differs between carriers of one text and
proves nothing; a statement of an office that is printed whole is public, with quotation marks or without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sayso.link.words import Words, read_words
from sayso.model import Article

LINE = 25  # words: no longer line is furniture
BRIEF = 10  # words: no longer line is, if it is known by its first words alone
_LINE = re.compile(r"[^\n]+")
_STANDING = re.compile(
    r"©|\(c\) \d{4}|\ball rights reserved|^\W*copyright\b| \| |\b(?:our|free|daily|weekly) newsletters?\b"
    r"|\bsubscribe (?:now|to|for)\b|\bsign up (?:now|to|for)\b|\bfollow us\b|(?:write|mail|contact|tips)\b.*\S@\S+\.\w"
    r"|^\W*follow \S.{0,40}? on (?:social media|twitter|x|facebook|instagram|telegram|whatsapp|youtube)\b",
    re.IGNORECASE,
)
_HEADED = re.compile(  # known by its first words, if it is no sentence
    r"^\W*(?:(?:read|see|watch|view)(?: also| more| next|:)|also read|related\b|share\b|print\b|e-?mail\b"
    r"|(?:last )?(?:updated|published|posted)\b|advertisement|sponsored|click here|download (?:our|the) app"
    r"|(?:file )?(?:photo|image|picture)s?\b.{0,3}[:/]|most read|recommended|https?://|www\."
    r"|(?:additional |further )?(?:reporting|editing|writing|translated) by|comments?\W*$|\d+ (?:comments|shares|min))"
    r"|^\W*[Bb]y (?:(?:our|a|an|the) )?[\w’'-]+(?: [\w’'.-]+){0,5}$",
    re.IGNORECASE,
)
# Lines of nothing but names and figures, with a date, a time or brackets: "Meridian Wire 2022-01-09 09:00 GMT".
_COLOPHON = re.compile(r"\W*(?:(?:[A-Z][\w.’'-]*|at|on|of|and|the|\d[\w:.,-]*)\W*){1,12}")
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}:\d\d\b|^\W*\(.*\)\W*$|^\W*(?:Source|Via|From|Credit)s?:")
DATELINE = re.compile(
    r"\s*(?:[A-Z][A-Z’'. -]{2,40}(?:, [\w .]{2,30})?(?: ?\([\w .&/-]{2,40}\))?\s*[—–-]{1,2}\s"
    r"|[A-Z][^\n().]{2,50}\([A-Z][\w .&/-]{1,40}\)\s*[—–:-]{1,2}\s)"
)
_COLON = re.compile(r":\s*\n")
_STATEMENT = re.compile(
    r"[^\n]{0,200}\b(?:statement|text|communiqu[eé]|declaration|letter|notice|resolution|appeal|message|read|reads)\b"
    r"[^\n]{0,120}:\s*\n+(?P<said>[^\n]+)",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def read_told(article: Article) -> Words:
    """The words of the report itself; all its words where nothing would be left."""
    words = read_words(article)
    left_out = [*_furniture(article)]
    public = _announced(article)
    kept = [at for at, start in enumerate(words.start) if not _within(start, left_out)]
    return _chosen(words, _joined(words, kept), public) if kept else words


def _announced(article: Article) -> list[tuple[int, int]]:
    """Statements printed in full after a colon that ends a line, which is looked for first: most articles have none."""
    if _COLON.search(article.text, article.body) is None:
        return []
    return [match.span("said") for match in _STATEMENT.finditer(article.text, article.body)]


def _furniture(article: Article) -> Iterator[tuple[int, int]]:
    """Lines that belong to the page and the dateline, by characters."""
    opened = False
    for match in _LINE.finditer(article.text, article.body):
        if _is_furniture(match.group()):
            yield match.span()
        elif not opened and match.group().strip():
            opened = True
            if line := DATELINE.match(article.text, match.start(), match.end()):
                yield line.span()


def _is_furniture(line: str) -> bool:
    size = len(line.split())
    if size > LINE:
        return False
    headed = size <= BRIEF and not line.rstrip().endswith((".", "!", "?", '"', "”")) and _HEADED.search(line)
    return bool(headed or _STANDING.search(line) or (_DATED.search(line) and _COLOPHON.fullmatch(line)))


def has_dateline(article: Article) -> bool:
    """Whether its report opens with place or agency: "ALMATY, 5 January (SNA) —"."""
    lines = (match for match in _LINE.finditer(article.text, article.body) if match.group().strip())
    first = next((line for line in lines if not _is_furniture(line.group())), None)
    return first is not None and DATELINE.match(article.text, first.start(), first.end()) is not None


def _within(at: int, ranges: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in ranges)


_HALVED = {("a", "m"): "am", ("p", "m"): "pm", ("per", "cent"): "percent"}


def _joined(words: Words, kept: list[int]) -> list[tuple[int, int, str]]:
    """(first, last, word) of the kept words, those that houses spell in one or two made one: "p.m.", "per cent"."""
    found: list[tuple[int, int, str]] = []
    for at in kept:
        if found and found[-1][1] == at - 1 and (one := _HALVED.get((found[-1][2], words.text[at]))):
            found[-1] = (at - 1, at, one)
        else:
            found.append((at, at, words.text[at]))
    return found


def _chosen(words: Words, rows: list[tuple[int, int, str]], public: list[tuple[int, int]]) -> Words:
    return Words(
        text=tuple(word for _, _, word in rows),
        start=tuple(words.start[first] for first, _, _ in rows),
        end=tuple(words.end[last] for _, last, _ in rows),
        quoted=tuple(words.quoted[first] or _within(words.start[first], public) for first, _, _ in rows),
        sentence=tuple(words.sentence[first] for first, _, _ in rows),
        capital=tuple(words.capital[first] for first, _, _ in rows),
    )
