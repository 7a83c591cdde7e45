"""Proposes who says what, from every word that may be one of saying.

Proposals are many; set phrases stand, and of the rest `ranking` takes what a reader would.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.extract.claims.adjuncts import according, adjective, adverb, noun, per, view
from sayso.extract.claims.cues import cues
from sayso.extract.claims.hearsay import hearsay
from sayso.extract.claims.idioms import idiom, idioms, misread, tenet, travel, unowned, worded
from sayso.extract.claims.sayings import Rule, Saying, lemma_of
from sayso.extract.claims.verbs import about, aside, citing, clause, infinitive, relayed, thing
from sayso.model import Parsed

VERB_RULES: tuple[Rule, ...] = (clause, aside, infinitive, thing, about)
_OTHER = frozenset({"ADP", "ADV", "ADJ", "SCONJ"})


def propose(parsed: Parsed) -> Iterator[Saying]:
    """All sayings the grammar of the sentences suggests, in the order of their cues."""
    table = cues()
    others = table.adverbs | table.adjectives.keys() | {"according", "per"}
    nouns = {lemma for lemma, _ in table.nouns} | table.view_nouns | idioms().unowned
    misreadings = idioms().misread
    for token, pos in enumerate(parsed.pos):
        if pos in ("VERB", "AUX"):
            yield from _propose_idiom(parsed, token)
        elif parsed.text[token].lower() in misreadings:
            yield from misread(parsed, token)
        if pos == "VERB":
            yield from _propose_verb(parsed, token)
        elif pos == "NOUN":
            lemma = parsed.lemma[token].lower()
            if lemma in nouns:
                for rule in (noun, view, unowned):
                    yield from rule(parsed, token, lemma)
        elif pos in _OTHER and (word := parsed.text[token].lower()) in others:
            for rule in (according, per, adverb, adjective):
                yield from rule(parsed, token, word)


def _propose_idiom(parsed: Parsed, verb: int) -> Iterator[Saying]:
    lemma = lemma_of(parsed, verb)
    if lemma in idioms().verbs:
        yield from idiom(parsed, verb, lemma)
    for rule in (tenet, travel, worded):
        yield from rule(parsed, verb, lemma)


def _propose_verb(parsed: Parsed, verb: int) -> Iterator[Saying]:
    lemma = lemma_of(parsed, verb)
    if lemma in cues().quoting:
        yield from relayed(parsed, verb, lemma)
        yield from citing(parsed, verb, lemma)
    for rule in (hearsay, *VERB_RULES):
        yield from rule(parsed, verb, lemma)
    if lemma == "accord":
        yield from according(parsed, verb, lemma)
