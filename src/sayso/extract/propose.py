"""Proposes who says what, from every word that may be one of saying.

Proposals are many; `attribution` keeps those whose word in that construction mostly introduces somebody's words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sayso.extract.adjuncts import according, adjective, adverb, noun, view
from sayso.extract.cues import cues
from sayso.extract.sayings import Rule, Saying, lemma_of
from sayso.extract.verbs import about, aside, citing, clause, infinitive, relayed, thing
from sayso.model import Parsed

VERB_RULES: tuple[tuple[Rule, frozenset[str]], ...] = (  # each with the kinds of frame it proposes
    (aside, frozenset({"aside", "as"})),
    (infinitive, frozenset({"to"})),
    (thing, frozenset({"object", "named"})),
    (about, frozenset({"prep"})),
)
Constructions = Mapping[str, frozenset[str]]


def propose(parsed: Parsed, constructions: Constructions | None = None) -> Iterator[Saying]:
    """All sayings the grammar of the sentences suggests, in the order of their cues.

    With `constructions` only those that a verb may pass in; a clause always, as it may turn out to be a quotation.
    """
    table = cues()
    others = table.adverbs | table.adjectives.keys() | {"according"}
    nouns = {lemma for lemma, _ in table.nouns} | table.view_nouns
    for token, pos in enumerate(parsed.pos):
        if pos == "VERB":
            yield from _propose_verb(parsed, token, constructions)
        elif pos == "NOUN":
            lemma = parsed.lemma[token].lower()
            if lemma in nouns:
                yield from noun(parsed, token, lemma)
                yield from view(parsed, token, lemma)
        elif pos in _OTHER and (word := parsed.text[token].lower()) in others:
            for rule in (according, adverb, adjective):
                yield from rule(parsed, token, word)


_OTHER = frozenset({"ADP", "ADV", "ADJ", "SCONJ"})


def _propose_verb(parsed: Parsed, verb: int, constructions: Constructions | None) -> Iterator[Saying]:
    lemma = lemma_of(parsed, verb)
    if lemma in cues().quoting:
        yield from relayed(parsed, verb, lemma)
        yield from citing(parsed, verb, lemma)
    yield from clause(parsed, verb, lemma)
    if constructions is None:
        kinds = None
    elif not (kinds := constructions.get(lemma)):
        if lemma == "accord":
            yield from according(parsed, verb, lemma)
        return
    for rule, proposes in VERB_RULES:
        if kinds is None or kinds & proposes:
            yield from rule(parsed, verb, lemma)
    if kinds is None and lemma == "accord":
        yield from according(parsed, verb, lemma)
