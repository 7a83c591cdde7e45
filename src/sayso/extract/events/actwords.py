"""The lexicon of words that name acts: verbs, nouns and set phrases with the types they may tell.

Entries are rows of `data/acts_*.tsv`: part of speech, lemmas in the order in which they follow each other, codes. They
are no rules: the typer reads them as traits and learns how far each is to be trusted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sayso.extract.grammar import Grammar
from sayso.knowledge import rows

TABLES = ("acts_conflict.tsv", "acts_words.tsv")
_PREPOSITIONS = frozenset("of on in to for against with from at by over into between under without".split())
_REACH = 6  # tokens after the first word in which the others of a phrase stand
_POS = {"v": ("VERB", "AUX"), "n": ("NOUN", "PROPN", "VERB")}  # an -ing form that names an act is often read as a verb


@dataclass(frozen=True, slots=True)
class Entry:
    """One row around its head: lemmas right before it and after it; codes such as "COERCE/arrest", likeliest first."""

    pos: str
    before: tuple[str, ...]
    rest: tuple[str, ...]
    codes: tuple[str, ...]


@lru_cache(maxsize=1)
def entries() -> Mapping[str, tuple[Entry, ...]]:
    """All entries by their head, longest first; the head of "mass kidnapping of" is the word before the preposition."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for name in TABLES:
        for pos, words, codes in rows(name):
            lemmas = tuple(words.split())
            head = _head(lemmas) if pos == "n" else 0
            told = tuple(code.strip() for code in codes.split(","))
            found[lemmas[head]].append(Entry(pos, lemmas[:head], lemmas[head + 1 :], told))
    return {
        head: tuple(sorted(known, key=lambda entry: -len(entry.before + entry.rest))) for head, known in found.items()
    }


def _head(lemmas: tuple[str, ...]) -> int:
    return next((at - 1 for at, lemma in enumerate(lemmas) if at and lemma in _PREPOSITIONS), len(lemmas) - 1)


def codes_of(grammar: Grammar, token: int, last: int) -> tuple[tuple[str, ...], bool]:
    """The codes of the longest entry that begins at a token and ends before `last`, and whether it is a phrase."""
    pos = grammar.parsed.pos[token]
    for entry in entries().get(grammar.lemma[token], ()):
        first = token - len(entry.before)
        if pos not in _POS[entry.pos] or first < 0 or tuple(grammar.lemma[first:token]) != entry.before:
            continue
        if _follows(grammar, token, entry.rest, last):
            return entry.codes, bool(entry.before or entry.rest)
    return (), False


def _follows(grammar: Grammar, token: int, rest: tuple[str, ...], last: int) -> bool:
    """Whether the other words stand after a token in their order, or its object before it ("was shown the door")."""
    at, end = token + 1, min(last, token + 1 + _REACH)
    for word in rest:
        while at < end and grammar.lemma[at] != word:
            at += 1
        if at >= end:
            break
        at += 1
    else:
        return True
    if len(rest) != 1:
        return False
    return any(grammar.lemma[object_] == rest[0] for object_ in grammar.arguments(token).objects)
