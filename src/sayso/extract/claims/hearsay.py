"""Proposes what somebody has from somebody else: "Parents heard from the driver that X", "he had it from a guard"."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.extract.claims.sayings import Saying, Voice, lemma_of, voice
from sayso.extract.claims.wording import wording
from sayso.extract.clauses import Range, child, cue_range, has_word, object_of, preposition, subject_of, trim
from sayso.model import Parsed

_HAVING = frozenset({"have", "get", "receive"})
_QUOTES = frozenset("\"'”’»“")
_WORD = frozenset({"it", "word", "news", "information"})


def hearsay(parsed: Parsed, verb: int, lemma: str) -> Iterator[Saying]:
    """Two links: who heard it, and from whom."""
    thing = child(parsed, verb, "dobj")
    if lemma in _HAVING and (thing is None or lemma_of(parsed, thing) not in _WORD):
        return
    if lemma not in _HAVING and lemma not in wording().learning:
        return
    prep = preposition(parsed, verb, "from")
    prep = preposition(parsed, thing, "from") if prep is None and thing is not None else prep
    hearer, source = subject_of(parsed, verb), object_of(parsed, prep) if prep is not None else None
    if prep is None or source is None or hearer is None or hearer > verb:
        return
    content = _clause_after(parsed, source, parsed.right[verb])
    if content is None:
        return
    end = content[0] - 2
    while end > source and parsed.text[end] in _QUOTES:
        end -= 1
    own = trim(parsed, parsed.left[source], end) or (source, source)
    links = (voice(parsed, hearer, cue_range(parsed, verb)), Voice(source, own, (prep, prep)))
    yield Saying(verb, "phrase", lemma, "hearsay", links, (content,))


def _clause_after(parsed: Parsed, source: int, last: int) -> Range | None:
    """What follows "that" after a source."""
    for token in range(source + 1, min(last, source + 12)):
        if parsed.text[token].lower() == "that" and parsed.tag[token] in ("IN", "WDT"):
            found = trim(parsed, token + 1, last)
            return found if found is not None and has_word(parsed, *found) else None
    return None
