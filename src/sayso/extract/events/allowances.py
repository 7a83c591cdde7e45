"""Reads what a measure allows or forbids, each thing in the text's own words: "search homes", "banning rallies"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sayso.extract.events.terms import measure_words
from sayso.extract.grammar import Grammar
from sayso.model import Reason

Range = tuple[int, int]  # first and last token, inclusive

_BASE = frozenset("amod compound nmod nummod poss advmod punct quantmod npadvmod".split())
_QUOTES = frozenset("\"“”‘’'«»`")
_CUTTING = frozenset({"relcl", "advcl", "ccomp", "parataxis", "appos"})
_INNER = frozenset({"acl", "relcl", "advcl", "conj"})
_LOOSE = frozenset({"PUNCT", "SPACE", "CCONJ"})


@lru_cache(maxsize=1)
def colours() -> frozenset[str]:
    """The colours a scale of levels is told in."""
    return measure_words("scale", "colours")


class Phrases:
    """The words of one article by token: nouns and verbs with what belongs to them."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar, self.parsed = grammar, grammar.parsed

    def _phrase(self, noun: int) -> Range:
        """A noun with what stands before it and "of" or, for a ban, "on" what it is; without its article."""
        parsed, first, last = self.parsed, noun, noun
        for child in reversed([child for child in parsed.children[noun] if child < noun]):
            if (parsed.dep[child] not in _BASE and not self._is_quote(child)) or parsed.right[child] != first - 1:
                break
            if any(parsed.tag[token] in ("VBD", "VBZ", "VBP", "MD") for token in range(parsed.left[child], first)):
                break
            first = parsed.left[child]
        while first < noun and (
            (parsed.pos[first] in ("DET", "PUNCT") and not self._is_quote(first)) or parsed.tag[first] == "PRP$"
        ):
            first += 1
        linking = {"of", "on", "against"} if self.grammar.lemma[noun] in measure_words("noun", "limit") else {"of"}
        for child in parsed.children[noun]:
            if child == last + 1 and self._lower(child) in linking:
                last = self._end(child)
            elif child == noun + 1 and parsed.pos[child] == "NUM":
                last = child
        return first, last

    def _end(self, token: int) -> int:
        """Last token of a phrase, short of a clause in it and of where or when it holds."""
        parsed, last = self.parsed, self.parsed.right[token]
        for inner in range(token + 1, parsed.right[token] + 1):
            prep = parsed.pos[inner] == "ADP" and self._lower(inner) not in ("of", "with", "by", "than")
            if parsed.dep[inner] in _CUTTING or parsed.dep[inner] == "acl" or prep:
                last = min(last, parsed.left[inner] - 1)
        return self._trim(token, max(last, token))

    def _reason(self, name: str, words: Range) -> Reason:
        return Reason(name, 1.0, " ".join(self.parsed.article.quote(self.parsed.span(*words)).split()))

    def _trim(self, first: int, last: int) -> int:
        while last > first and self.parsed.pos[last] in _LOOSE and not self._closes(first, last):
            last -= 1
        return last

    def _closes(self, first: int, last: int) -> bool:
        """Whether a quotation mark closes one inside the words."""
        return self._is_quote(last) and any(self._is_quote(token) for token in range(first, last))

    def _within(self, first: int, last: int) -> range:
        return range(first, last + 1)

    def _sentence(self, token: int) -> Range:
        first, last = self.parsed.sents[self.parsed.sent[token]]
        return first, last - 1

    def _lower(self, token: int) -> str:
        return self.parsed.text[token].lower() if 0 <= token < len(self.parsed) else ""

    def _is_quote(self, token: int) -> bool:
        return self.parsed.text[token] in _QUOTES

    def _is_number(self, token: int) -> bool:
        word = self._lower(token)
        return bool(re.fullmatch(r"\d{1,2}", word)) or word in measure_words("scale", "numbers")

    def _is_time(self, token: int) -> bool:
        return self.parsed.ent[token] in ("DATE", "TIME")

    def _verb_phrase(self, verb: int) -> Range:
        """A verb with what it takes: "temporarily restrict the movement of people"."""
        parsed, first = self.parsed, verb
        for child in reversed([child for child in parsed.children[verb] if child < verb]):
            if parsed.dep[child] not in ("advmod", "neg", "aux", "auxpass") or parsed.right[child] != first - 1:
                break
            if self._lower(child) == "to" or (parsed.tag[child] == "MD" and not self._is_not(verb)):
                break
            first = child
        return first, self._trim(verb, self._verb_end(verb))

    def _is_not(self, verb: int) -> bool:
        return any(self.parsed.dep[child] == "neg" for child in self.parsed.children[verb])

    def _verb_end(self, verb: int) -> int:
        """Where a verb's own words end: short of verbs joined to it."""
        parsed = self.parsed
        ends = [
            parsed.left[child] - 1
            for child in parsed.children[verb]
            if child > verb and parsed.dep[child] == "conj" and parsed.pos[child] in ("VERB", "AUX")
        ]
        return min([parsed.right[verb], *(end for end in ends if end >= verb)])

    def _joined(self, verb: int) -> list[int]:
        """A verb and those coordinated with it."""
        found = [verb]
        for each in found:
            found += [
                child
                for child in self.parsed.children[each]
                if self.parsed.dep[child] == "conj" and self.parsed.pos[child] in ("VERB", "AUX") and len(found) < 9
            ]
        return found

    def _clause(self, verb: int, skip: Range) -> Range | None:
        """A clause short of the next one joined to it and of the phrase it holds under."""
        parsed = self.parsed
        first, last = parsed.left[verb], self._verb_end(verb)
        if first <= skip[0] <= last:
            if skip[0] <= verb:
                first = max(first, skip[1] + 1)
            else:
                last = min(last, skip[0] - 1)
        while first < verb and parsed.pos[first] in ("PUNCT", "CCONJ", "SPACE"):
            first += 1
        return (first, self._trim(first, last)) if first <= verb <= last else None


class Allowances(Phrases):
    """What the verbs of a measure's clause allow, forbid or require."""

    def _said_under(self, verb: int, skip: Range) -> list[Reason]:
        """Each clause that holds under a measure."""
        return [self._reason("allows", found) for each in self._joined(verb) if (found := self._clause(each, skip))]

    def _allowed(self, verb: int) -> list[Reason]:
        """What one verb of allowing, forbidding or meaning tells."""
        lemma = self.grammar.lemma[verb]
        if lemma in measure_words("allows", "bar") or (
            lemma in measure_words("allows", "enable") and self._turned(verb)
        ):
            return [self._reason("allows", self._verb_phrase(verb))]
        if lemma in measure_words("allows", "enable"):
            return [self._reason("allows", phrase) for phrase in self._enabled(verb)]
        if lemma in measure_words("allows", "give"):
            return [self._reason("allows", phrase) for phrase in self._empowered(verb)]
        if lemma in measure_words("allows", "mean"):
            return [self._reason("allows", phrase) for phrase in self._meaning(verb)]
        return []

    def _turned(self, verb: int) -> bool:
        """Whether it is not allowed, or the words before it say who is allowed."""
        return any(self.parsed.dep[child] in ("neg", "auxpass") for child in self.parsed.children[verb])

    def _enabled(self, verb: int) -> Iterator[Range]:
        """ "allows police to search homes and detain suspects": each thing to do; else the thing allowed."""
        parsed = self.parsed
        inner = [c for c in parsed.children[verb] if c > verb and parsed.dep[c] in ("ccomp", "xcomp")]
        todo = (c for c in range(verb + 2, parsed.right[verb] + 1) if self._lower(c - 1) == "to")
        inner = inner or [c for c in todo if parsed.tag[c] == "VB" and parsed.dep[c] in _INNER][:1]
        if inner:
            for each in self._joined(inner[0]):
                yield self._verb_phrase(each)
            return
        for child in parsed.children[verb]:
            if parsed.dep[child] == "dobj":
                yield from self._things(child)

    def _empowered(self, verb: int) -> Iterator[Range]:
        """ "gives police powers to search homes": what the powers are for, else the powers."""
        parsed = self.parsed
        for noun in range(verb + 1, parsed.right[verb] + 1):
            if self.grammar.lemma[noun] in measure_words("allows", "power") and self._lower(noun) != "authorities":
                todo = [c for c in parsed.children[noun] if parsed.dep[c] in ("acl", "relcl") and c > noun]
                todo = todo or [c for c in parsed.children[verb] if parsed.dep[c] in ("xcomp", "advcl") and c > noun]
                if todo:
                    yield from (self._verb_phrase(each) for each in self._joined(todo[0]))
                else:
                    yield self._phrase(noun)
                return

    def _meaning(self, verb: int) -> Iterator[Range]:
        """ "means that police can search homes", "involves the closure of schools"."""
        parsed = self.parsed
        for child in parsed.children[verb]:
            if parsed.dep[child] == "ccomp" and child > verb and not self._is_state(child):
                for each in self._joined(child):
                    yield self._can(each)
            elif parsed.dep[child] == "dobj":
                yield from self._things(child)

    def _is_state(self, verb: int) -> bool:
        """ "Meaning an attack is highly likely" says how things are, not what is allowed."""
        return self.grammar.lemma[verb] == "be" and not any(self._lower(c) == "to" for c in self.parsed.children[verb])

    def _can(self, verb: int) -> Range:
        """What may be done: of "authorities can carry out searches" the searching; else the whole clause."""
        parsed = self.parsed
        aids = [self._lower(child) for child in parsed.children[verb] if parsed.dep[child] in ("aux", "neg")]
        shared = parsed.dep[verb] == "conj" and not aids
        if shared or (aids and aids[0] in ("can", "may", "could", "might") and len(aids) == 1):
            return self._verb_phrase(verb)
        return self._clause(verb, (-1, -1)) or self._verb_phrase(verb)

    def _things(self, noun: int) -> Iterator[Range]:
        """A thing and those joined to it, each in full."""
        parsed = self.parsed
        joined = [child for child in parsed.children[noun] if parsed.dep[child] == "conj" and self._is_apart(child)]
        last = min([parsed.right[noun], *(parsed.left[child] - 1 for child in joined if child > noun)])
        while last > noun and (self._lower(last) in ("as", "well", "and", "or") or parsed.pos[last] == "PUNCT"):
            last -= 1
        yield parsed.left[noun], last
        for child in joined:
            yield from self._things(child)

    def _is_apart(self, noun: int) -> bool:
        """Whether it is a thing of its own in a list; "mobilization and readiness of all forces" is one."""
        before = self._lower(self.parsed.left[noun] - 1)
        return before in (",", ";") or (before == "as" and self._lower(self.parsed.left[noun] - 2) == "well")
