"""What the article's mentions tell of its sources: which of them are one participant, which are persons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sayso.extract.lexicon import is_plural, noun_at
from sayso.model import Mention, Parsed

HE = frozenset("he she i him her his my me himself herself".split())


@dataclass(frozen=True, slots=True)
class Participants:
    """What the article's mentions tell of its sources, by the token that heads a mention."""

    groups: dict[int, int] = field(default_factory=dict)  # head -> number of the participant
    named: dict[int, int] = field(default_factory=dict)  # participant -> head of its first mention that is no pronoun
    persons: frozenset[int] = frozenset()  # participants once labelled a person
    names: frozenset[str] = frozenset()  # first and last names of people named in full

    def same(self, one: int | None, other: int | None) -> bool:
        """Whether two heads stand for one participant."""
        if one is None or other is None:
            return False
        return one == other or (one in self.groups and self.groups[one] == self.groups.get(other))


def participants(parsed: Parsed, mentions: Iterable[Mention]) -> Participants:
    """The article's actors, ready to be looked up."""
    groups: dict[int, int] = {}
    named: dict[int, int] = {}
    persons: set[int] = set()
    for mention in mentions:
        if mention.kind != "actor":
            continue
        groups.setdefault(mention.head, mention.group)
        if mention.label != "pronoun":
            named.setdefault(mention.group, mention.head)
        if mention.label == "PERSON" or _means_person(parsed, mention):
            persons.add(mention.group)
    full = [(first, last) for first, last, label in parsed.entities() if label == "PERSON" and last - first > 1]
    names = frozenset(parsed.text[token] for first, last in full for token in (first, last - 1))
    return Participants(groups, named, frozenset(persons), names)


def _means_person(parsed: Parsed, mention: Mention) -> bool:
    """A mention that only a person has: "he", "the president"."""
    if mention.label == "pronoun":
        return parsed.text[mention.head].lower() in HE
    noun = noun_at(parsed, mention.head) if mention.label == "nominal" else None
    return noun is not None and noun.kind in ("office", "person") and not is_plural(parsed, mention.head)
