"""Whom a pronoun, a bare title or "the group" means, so that it takes the codes of whom the text named before.

Only for codes: nobody is joined with anybody here. The nearest one before that fits in number and kind, subjects first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sayso.model import Parsed
from sayso.resolve.sectors import noun_at, noun_key, words

_ONE = frozenset("he she him her his hers himself herself".split())
_MANY = frozenset("they them their theirs themselves those".split())
_THING = frozenset("it its itself".split())
_SPEAKER = frozenset("we us our ours i me my mine ourselves".split())
PRONOUNS = _ONE | _MANY | _THING | _SPEAKER | {"you", "your", "who"}
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_PLURAL = frozenset({"NNS", "NNPS"})
_REACH = 2  # sentences back


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a party by tokens, and which party's it is."""

    first: int
    head: int
    last: int
    party: int


def is_pronoun(parsed: Parsed, head: int) -> bool:
    """Whether a phrase is a bare pronoun; "US" is none."""
    text = parsed.text[head]
    return text.lower() in PRONOUNS and text not in ("US", "IT")


class Referents:
    """The phrases of one article in order of their heads."""

    def __init__(self, parsed: Parsed, phrases: Sequence[Phrase], kinds: Sequence[str]) -> None:
        self.parsed, self.kinds = parsed, kinds
        self._phrases = sorted(phrases, key=lambda phrase: phrase.head)
        self._named = [phrase for phrase in self._phrases if not is_pronoun(parsed, phrase.head)]
        self._by_head = {phrase.head: phrase.party for phrase in self._phrases}
        self._by_noun: dict[str, list[Phrase]] = {}
        for phrase in self._named:
            self._by_noun.setdefault(noun_key(parsed, phrase.head), []).append(phrase)

    def of_pronoun(self, head: int, barred: Collection[int] = ()) -> int | None:
        """The party that a pronoun stands for, as far as one fits: none that it faces in an event."""
        text = self.parsed.text[head].lower()
        if text in _SPEAKER:
            return self._speaker(head)
        fits = self._is_one if text in _ONE else self._are_many if text in _MANY else self._is_body
        doer = self._doer(head)
        found = [
            phrase
            for phrase in self._before(head)
            if fits(phrase) and phrase.party not in barred and phrase.head != doer
        ]
        subjects = [phrase for phrase in found if self.parsed.dep[phrase.head] in _SUBJECT]
        return next((phrase.party for phrase in (*subjects, *found)), None)

    def _doer(self, head: int) -> int | None:
        """The subject of the verb that a pronoun is the object of, whom it cannot mean: "the guards beat them"."""
        parsed, verb = self.parsed, self.parsed.head[head]
        if parsed.dep[head] not in ("dobj", "dative", "pobj") or parsed.text[head].lower().endswith(("self", "selves")):
            return None
        for _ in range(4):
            for child in parsed.children[verb]:
                if parsed.dep[child] in _SUBJECT:
                    return child
            if parsed.dep[verb] not in ("conj", "prep", "xcomp", "prt"):
                return None
            verb = parsed.head[verb]
        return None

    def owner(self, phrase: Phrase) -> int | None:
        """Whose a phrase says it is: "its fighters", "his men"."""
        for child in self.parsed.children[phrase.head]:
            if child < phrase.head and self.parsed.tag[child] == "PRP$":
                known = self._by_head.get(child)
                return known if known is not None else self.of_pronoun(child)
        return None

    def alike(self, phrase: Phrase) -> Iterator[int]:
        """Parties called by the same noun: "the army", after "Sudan's army"; those before first, the nearest first."""
        called = self._by_noun.get(noun_key(self.parsed, phrase.head), ())
        same = [other for other in called if other.party != phrase.party and other.head != phrase.head]
        before = [other for other in reversed(same) if other.head < phrase.head]
        yield from (other.party for other in (*before, *(other for other in same if other.head > phrase.head)))

    def meant(self, phrase: Phrase) -> int | None:
        """The body that "the group" means: the nearest one named before it."""
        before = self.parsed.text[phrase.first - 1].lower() if phrase.first else ""
        bare = phrase.first == phrase.head and (before in ("the", "this", "that") or self.owned(phrase))
        if not bare or noun_key(self.parsed, phrase.head) not in words("anaphoric"):
            return None
        return next((other.party for other in self._before(phrase.head, 4) if self._is_named_body(other)), None)

    def owned(self, phrase: Phrase) -> bool:
        return any(self.parsed.tag[child] == "PRP$" for child in self.parsed.children[phrase.head])

    def _before(self, head: int, reach: int = _REACH) -> Iterator[Phrase]:
        sentence = self.parsed.sent[head]
        for phrase in reversed(self._named):
            if phrase.last < head and sentence - self.parsed.sent[phrase.head] <= reach:
                yield phrase

    def _speaker(self, head: int) -> int | None:
        """Who says the sentence that a "we" stands in, or the one after it."""
        parsed = self.parsed
        sentence = parsed.sent[head]
        for near in (sentence, sentence + 1, sentence - 1):
            for phrase in self._phrases:
                verb = parsed.head[phrase.head]
                told = parsed.lemma[verb].lower() in words("speaking") and parsed.dep[phrase.head] == "nsubj"
                if told and parsed.sent[phrase.head] == near and parsed.text[phrase.head].lower() not in _SPEAKER:
                    return phrase.party
        return None

    def _is_one(self, phrase: Phrase) -> bool:
        kind = self.kinds[phrase.party]
        return kind in ("person", "office", "anonymous") and self.parsed.tag[phrase.head] not in _PLURAL

    def _are_many(self, phrase: Phrase) -> bool:
        return self.parsed.tag[phrase.head] in _PLURAL or noun_key(self.parsed, phrase.head) in ("police", "people")

    def _is_body(self, phrase: Phrase) -> bool:
        return self.parsed.tag[phrase.head] not in _PLURAL and self.kinds[phrase.party] in (
            "organization",
            "country",
            "group",
        )

    def _is_named_body(self, phrase: Phrase) -> bool:
        named = self.parsed.pos[phrase.head] == "PROPN" or noun_at(self.parsed, phrase.head) is not None
        return (named and phrase.first < phrase.head) or self.parsed.ent[phrase.head] in ("ORG", "NORP")
