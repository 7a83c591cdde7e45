"""Turns argument tokens into participant spans: the mention a token heads, else its base noun phrase."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.extract.events.frames import word_class
from sayso.extract.grammar import Grammar
from sayso.model import Mention, Parsed, Span

_DEAD = frozenset({"who", "whom", "which", "that", "what", "this", "these", "those", "there", "whose", "himself", "it"})
_BASE = frozenset({"compound", "amod", "nmod", "nummod", "poss", "det", "quantmod", "advmod", "punct", "case"})
_ACTING = frozenset({"NORP", "GPE", "ORG", "PERSON"})
_BODIES = frozenset("government state military coalition army rebel opposition ministry court parliament union".split())


class Roles:
    """Participants of one article by token."""

    def __init__(self, grammar: Grammar, mentions: tuple[Mention, ...]) -> None:
        self.grammar = grammar
        self.parsed: Parsed = grammar.parsed
        self._by_head: dict[int, Mention] = {}
        for mention in mentions:
            known = self._by_head.get(mention.head)
            if known is None or (known.kind != "actor" and mention.kind == "actor"):
                self._by_head[mention.head] = mention

    def can_act(self, token: int) -> bool:
        """Whether a token may name who acts: no weapon, act or abstract noun, no bare relative pronoun."""
        lemma, parsed = self.grammar.lemma[token], self.parsed
        if parsed.pos[token] not in ("NOUN", "PROPN", "PRON", "NUM", "ADJ"):
            return False
        if parsed.pos[token] == "PRON":
            return lemma not in _DEAD or token in self._by_head
        if parsed.pos[token] == "PROPN" and parsed.ent[token] in _ACTING:
            return True
        return lemma not in word_class("nonactor") and parsed.ent[token] not in ("DATE", "TIME", "PERCENT", "MONEY")

    def can_suffer(self, token: int) -> bool:
        """Whether a token may name who or what an act is done to."""
        parsed = self.parsed
        if parsed.pos[token] == "PRON":
            return self.grammar.lemma[token] not in _DEAD or token in self._by_head
        return parsed.pos[token] in ("NOUN", "PROPN", "NUM", "ADJ") and parsed.ent[token] not in ("DATE", "TIME")

    def is_body(self, token: int) -> bool:
        """Whether a modifier of an event noun names who acts: "police raid", "Russian strikes"."""
        lemma = self.grammar.lemma[token]
        if self.parsed.ent[token] in _ACTING or token in self._by_head:
            return True
        return (
            lemma in _BODIES
            or lemma in word_class("troops")
            or lemma in word_class("police")
            or (self.parsed.pos[token] == "NOUN" and lemma in word_class("person"))
        )

    def spans(self, tokens: Iterable[int]) -> tuple[Span, ...]:
        """The participants' spans in order, each once."""
        return tuple(dict.fromkeys(self.span(token) for token in tokens))

    def span(self, token: int) -> Span:
        """The mention a token heads, else its base noun phrase without article."""
        mention = self._by_head.get(token)
        span = mention.span if mention is not None else self.parsed.span(self.first(token), token)
        counting = self._counting(token)
        return span if counting is None else Span(span.article, self.parsed.start[self.first(counting)], span.end)

    def _counting(self, token: int) -> int | None:
        """The noun that counts another: "hundreds" of "hundreds of dockers", which is one phrase."""
        prep = self.parsed.head[token]
        above = self.parsed.head[prep]
        return above if above < prep < token and self.grammar.content(above) == token else None

    def first(self, token: int) -> int:
        """First token of the base noun phrase of a noun."""
        parsed, first = self.parsed, token
        for child in reversed(parsed.children[token]):
            if child > token:
                continue
            if parsed.dep[child] not in _BASE or parsed.right[child] != first - 1:
                break
            first = parsed.left[child]
        while first < token and (parsed.pos[first] in ("DET", "PUNCT") or parsed.dep[first] == "det"):
            first += 1
        return first


def is_thing(grammar: Grammar, token: int) -> bool:
    """Whether a noun names what acts for nobody: a weapon, an act, a ground, or a quality that is no people's."""
    parsed = grammar.parsed
    if parsed.ent[token] in _ACTING:
        return False
    return parsed.pos[token] == "ADJ" or (
        parsed.pos[token] == "NOUN" and grammar.lemma[token] in word_class("nonactor")
    )
