"""Noun phrases as an analyst would mark them: from the first premodifier to the head, determiners left out."""

from __future__ import annotations

from sayso.extract.lexicon import noun_at, words
from sayso.model import Parsed

_BEFORE = frozenset(
    ["compound", "amod", "nummod", "nmod", "poss", "quantmod", "advmod", "punct", "hmod", "npmod", "conj"]
)
_LONGEST = 9  # tokens before the head; longer premodifiers are parsing errors or clauses
_DROPPED = frozenset(["DET", "PUNCT", "SYM", "SPACE", "CCONJ", "ADP", "SCONJ", "PART", "AUX"])
_UNNAMED = words("focus") | {"such", "other", "own", "that", "these", "those"}
_BRACKETS = frozenset(["(", "[", "--", "—", "–", ",", ";", ":"])
_HYPHENS = frozenset("-‐‑–—")


def phrase_start(parsed: Parsed, head: int) -> int:
    """First token of the phrase that `head` ends: titles, numbers and adjectives in, determiners out."""
    first = head
    for child in reversed(parsed.children[head]):
        if child >= first:
            continue
        if parsed.dep[child] not in _BEFORE or parsed.right[child] != first - 1:
            break
        if head - parsed.left[child] > _longest(parsed, child) or parsed.text[child] in _BRACKETS:
            break
        first = parsed.left[child]
    return _skip_determiners(parsed, first, head)


def _longest(parsed: Parsed, child: int) -> int:
    """How far a premodifier may reach: a title with its complement farther than others."""
    noun = noun_at(parsed, child) if parsed.dep[child] in ("nmod", "compound") else None
    return 2 * _LONGEST if noun is not None and noun.kind == "office" else _LONGEST


def _skip_determiners(parsed: Parsed, first: int, head: int) -> int:
    while first < head and (
        parsed.pos[first] in _DROPPED
        or parsed.tag[first] in ("PRP$", "WP$", "PDT", "IN", "TO")
        or parsed.text[first].lower() in _UNNAMED
        or not any(map(str.isalnum, parsed.text[first]))
    ):
        if first and parsed.text[first] in _HYPHENS:
            return first - 1
        first += 1
    return first


def entity_edges(parsed: Parsed, first: int, last: int) -> tuple[int, int]:
    """An entity without its determiner and without a final possessive 's; `last` is exclusive."""
    while last - 1 > first and (parsed.tag[last - 1] == "POS" or not any(map(str.isalnum, parsed.text[last - 1]))):
        last -= 1
    while first < last - 1 and (
        parsed.text[first] in ("the", "The", "a", "A", "an", "An", "THE")
        or not any(map(str.isalnum, parsed.text[first]))
    ):
        first += 1
    return first, last


def head_within(parsed: Parsed, first: int, last: int) -> int:
    """The token of a stretch whose own head lies outside it; the last one where the parse is broken."""
    for token in range(first, last):
        if not first <= parsed.head[token] < last or parsed.head[token] == token:
            return token
    return last - 1


def complement_end(parsed: Parsed, head: int, end: int, preposition: str, depth: int = 2) -> int:
    """Last token with a short "of ..." that follows the phrase: "residents of Almaty", not a clause."""
    prep = end + 1
    if depth == 0 or prep >= len(parsed) or parsed.text[prep] != preposition or parsed.head[prep] not in (head, end):
        return end
    objects = [child for child in parsed.children[prep] if parsed.dep[child] == "pobj"]
    if not objects or not 0 < objects[0] - prep <= 7:
        return end
    inner = objects[0]
    return complement_end(parsed, inner, inner, preposition, depth - 1)
