"""Finds "Police: 26 killed", the way headlines, captions and transcripts name who speaks."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.clauses import has_word, trim
from sayso.extract.cues import cues
from sayso.extract.direct import Quoted, quotation_at
from sayso.extract.sayings import Saying, Voice, lemma_of
from sayso.model import Parsed, SourceKind

_LONGEST = 9  # tokens before the colon
_LEAST = 3  # tokens after it


def headings(parsed: Parsed, quotes: Sequence[Quoted], sayings: Sequence[Saying]) -> list[Saying]:
    """Sentences that open with a speaker and a colon."""
    cue_sentences = {parsed.sent[saying.cue] for saying in sayings}
    found: list[Saying] = []
    for number, (first, last) in enumerate(parsed.sents):
        colon = next((at for at in range(first, min(last, first + _LONGEST)) if parsed.text[at] == ":"), None)
        if colon is None or colon == first or last - colon - 1 < _LEAST or number in cue_sentences:
            continue
        head = _speaker(parsed, first, colon)
        if head is None or quotation_at(quotes, colon) is not None or not has_word(parsed, colon + 1, last - 1):
            continue
        content = trim(parsed, colon + 1, last - 1)
        if content:
            link = Voice(head, (first, colon - 1), (colon, colon))
            found.append(Saying(colon, "colon", ":", "colon", (link,), (content,)))
    return found


def _speaker(parsed: Parsed, first: int, colon: int) -> int | None:
    """The head of the phrase before the colon if it names somebody who can speak, and nothing else."""
    tokens = range(first, colon)
    if any(
        parsed.pos[token] in ("VERB", "AUX", "NUM", "PUNCT") and parsed.text[token] not in (",", ".")
        for token in tokens
    ):
        return None
    if any("(" in parsed.text[token] or any(map(str.isdigit, parsed.text[token])) for token in tokens):
        return None
    for token in reversed(tokens):
        kind = cues().kinds.get(lemma_of(parsed, token))
        if kind in (SourceKind.DOCUMENT, SourceKind.ANONYMOUS) or (kind and "," in parsed.text[first:token]):
            return None
        if kind or parsed.ent[token] in ("PERSON", "ORG"):
            return token
        if parsed.pos[token] in ("NOUN", "PROPN"):
            return None
    return None
