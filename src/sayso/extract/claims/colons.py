"""Finds "Police: 26 killed" and "“We stay.” — Ada Bo": how headlines, captions and pull quotes name who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.extract.claims.cues import cues
from sayso.extract.claims.direct import Quoted, quotation_at
from sayso.extract.claims.sayings import Saying, Voice, lemma_of
from sayso.extract.clauses import Range, has_word, trim
from sayso.extract.lexicon import noun_at
from sayso.model import Parsed, SourceKind

_LONGEST = 9  # tokens before the colon
_LEAST = 2  # tokens after it


def headings(parsed: Parsed, quotes: Sequence[Quoted], sayings: Sequence[Saying]) -> list[Saying]:
    """Sentences that open with a speaker and a colon."""
    found: list[Saying] = []
    for first, last in _entries(parsed):
        colon = next((at for at in range(first, min(last, first + _LONGEST)) if parsed.text[at] == ":"), None)
        if colon is None or colon == first or last - colon - 1 < _LEAST:
            continue
        if any(first <= saying.cue < last for saying in sayings):
            continue
        head = _speaker(parsed, first, colon)
        if head is None or quotation_at(quotes, colon) is not None or not has_word(parsed, colon + 1, last - 1):
            continue
        quote = quotation_at(quotes, colon + 1)
        content = (quote.first, quote.last) if quote is not None else trim(parsed, colon + 1, last - 1)
        if content:
            link = Voice(head, (first, max(head, _phrase_end(parsed, first, colon) - 1)), (colon, colon))
            found.append(Saying(colon, "colon", ":", "colon", (link,), (content,)))
    return found


def _entries(parsed: Parsed) -> Iterator[Range]:
    """Sentences without bullets and clocks before them; "Junta: curfew stays; opposition: we stay" has two."""
    for start, end in parsed.sents:
        first = start
        for at in range(start, end):
            if parsed.text[at] == ";" and any(parsed.text[mark] == ":" for mark in range(first, at)):
                yield _past_bullets(parsed, first, at), at
                first = at + 1
        yield _past_bullets(parsed, first, end), end


def _past_bullets(parsed: Parsed, first: int, end: int) -> int:
    while first < end - 1 and (parsed.text[first] in _BULLETS or _CLOCK.fullmatch(parsed.text[first])):
        first += 1
    return first


def _speaker(parsed: Parsed, first: int, colon: int) -> int | None:
    """The head of the phrase before the colon if it names somebody who can speak, and nothing else."""
    tokens = range(first, colon)
    if any(_is_no_name(parsed, token) for token in tokens):
        return None
    for token in reversed(range(first, _phrase_end(parsed, first, colon))):
        kind = cues().kinds.get(lemma_of(parsed, token))
        if kind and "," in parsed.text[first:token]:
            return None
        if kind in (SourceKind.DOCUMENT, SourceKind.ANONYMOUS) and lemma_of(parsed, token) not in _SPEAKING:
            return None
        named = noun_at(parsed, token)
        if kind or parsed.ent[token] in ("PERSON", "ORG") or (named is not None and named.bare):
            return token
        if parsed.pos[token] in ("NOUN", "PROPN"):
            return None
    return None


def _is_no_name(parsed: Parsed, token: int) -> bool:
    text = parsed.text[token]
    if "(" in text or any(map(str.isdigit, text)):
        return True
    if parsed.pos[token] == "VERB" and parsed.dep[token] in ("compound", "amod"):
        return False  # "Aid agency", "Detained editor"
    return parsed.pos[token] in ("VERB", "AUX", "NUM", "PUNCT") and text not in (",", ".", "#")


def _phrase_end(parsed: Parsed, first: int, colon: int) -> int:
    """Where what only describes the speaker begins: "Minister | on strike", "Army | on X"."""
    return next((at for at in range(first + 1, colon) if parsed.text[at].lower() in _ABOUT), colon)


_ABOUT = frozenset("on after over in amid at for to".split())
_SPEAKING = frozenset("report memo minutes study poll survey official aide expert analyst diplomat insider".split())
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d")
_BULLETS = frozenset("-*•–—·▪►#")


def signed(parsed: Parsed, quotes: Sequence[Quoted], sayings: Sequence[Saying]) -> list[Saying]:
    """Quotations that a dash and a name close, with nothing after them in their line."""
    cues_taken = {saying.cue for saying in sayings}
    found: list[Saying] = []
    for quote in quotes:
        dash = quote.last + 1
        if dash + 1 >= len(parsed) or parsed.text[dash] not in DASHES or dash in cues_taken:
            continue
        end = _line_end(parsed, dash + 1)
        if not 0 < end - dash <= _LONGEST or quote.last - quote.first <= _LEAST + 1:
            continue
        heads = [token for token in range(dash + 1, end + 1) if parsed.pos[token] == "PROPN"]
        if heads and not any(parsed.pos[token] in ("VERB", "AUX") for token in range(dash + 1, end + 1)):
            link = Voice(heads[0], (dash + 1, end), (dash, dash))
            found.append(Saying(dash, "colon", "-", "colon", (link,), ((quote.first, quote.last),)))
    return found


def _line_end(parsed: Parsed, token: int) -> int:
    """The last token with a word in it before the line breaks, at most a name's length away."""
    end = token
    for at in range(token, min(len(parsed), token + _LONGEST + 1)):
        if at > token and "\n" in parsed.article.text[parsed.end[at - 1] : parsed.start[at]]:
            return end
        if parsed.text[at][:1].isalnum():
            end = at
    return end if end == len(parsed) - 1 else token - 2


DASHES = frozenset({"-", "--", "—", "–", "―"})
