"""Tells what kind of victims a counted phrase names: soldiers, children, houses; None where it joins several kinds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise

from sayso.extract.numbers import digits_value, number_value, whole
from sayso.extract.tolls.bounds import number_at
from sayso.extract.tolls.counts import Count, join_counts, lemma_of, noun_words, sharing
from sayso.knowledge import table
from sayso.model import Parsed, VictimKind

_UNTOLD = "told_not"
_KIN = "kin"
_OF = frozenset(
    {"volunteer", "member", "employee", "staff", "crew", "group", "family", "personnel", "unit", "head", "officer"}
)
_FORCES = {
    "police": VictimKind.POLICE, "sheriff": VictimKind.POLICE, "army": VictimKind.MILITARY, "air": VictimKind.MILITARY,
    "military": VictimKind.MILITARY, "navy": VictimKind.MILITARY, "naval": VictimKind.MILITARY,
    "rebel": VictimKind.COMBATANTS, "militant": VictimKind.COMBATANTS, "gang": VictimKind.COMBATANTS,
    "militia": VictimKind.COMBATANTS, "guerrilla": VictimKind.COMBATANTS, "insurgent": VictimKind.COMBATANTS,
    "armed": VictimKind.COMBATANTS, "masked": VictimKind.COMBATANTS, "terrorist": VictimKind.COMBATANTS,
}  # fmt: skip
# Heads that a force before them makes its own: "police recruits", "armed men"; but "police vans" are none.
_OWN = frozenset(
    "officer official recruit cadet commander chief general member engineer personnel captain instructor trainee "
    "staff pilot leader man fighter colonel major sergeant driver employee boss head figure agent operative".split()
)
_SIDES = {
    "gang": VictimKind.COMBATANTS, "militia": VictimKind.COMBATANTS, "cartel": VictimKind.COMBATANTS,
    "rebel": VictimKind.COMBATANTS, "army": VictimKind.MILITARY, "navy": VictimKind.MILITARY,
    "patrol": VictimKind.MILITARY,
    "military": VictimKind.MILITARY, "warship": VictimKind.MILITARY, "frigate": VictimKind.MILITARY,
    "journalist": VictimKind.JOURNALISTS, "newspaper": VictimKind.JOURNALISTS, "charity": VictimKind.AID_WORKERS,
    "defence": VictimKind.AID_WORKERS, "cross": VictimKind.AID_WORKERS, "crescent": VictimKind.AID_WORKERS,
    "police": VictimKind.POLICE, "brigade": VictimKind.MILITARY, "battalion": VictimKind.MILITARY,
}  # fmt: skip
_RALLY = frozenset("rally march protest demonstration sit-in vigil strike parade".split())
_SUSPECTED = frozenset({"suspected", "alleged", "would-be"})
_ADULT = 18


@lru_cache(maxsize=1)
def _nouns() -> Mapping[str, str]:
    """Noun, or two or three, to kind."""
    return {word.lower(): kind for kind, words in table("tolls.toml")["kind"].items() for word in words}


def kind_of(parsed: Parsed, count: Count) -> VictimKind | None:
    """The kind of whom a phrase counts; None where it names nobody, or joins several kinds."""
    counts = count.members or (count,)
    kinds = {_own_kind(parsed, each) for each in counts}
    if kinds == {_KIN}:
        return VictimKind.CIVILIANS
    if kinds == {_KIN, VictimKind.CHILDREN}:
        return VictimKind.CHILDREN
    if kinds == {_KIN, VictimKind.CIVILIANS}:
        return VictimKind.CIVILIANS
    kind = kinds.pop() if len(kinds) == 1 else None
    return VictimKind(kind) if kind else None


def by_kind(parsed: Parsed, count: Count) -> list[Count]:
    """A toll each for joined victims whose kinds differ: "two soldiers and a civilian"."""
    if not count.members or kind_of(parsed, count) or any(member.plain for member in count.members):
        return [count]
    groups: list[list[Count]] = []
    for member in count.members:
        if groups and kind_of(parsed, join_counts([*groups[-1], member])):
            groups[-1].append(member)
        else:
            groups.append([member])
    return [join_counts(group) for group in groups]


def _own_kind(parsed: Parsed, count: Count) -> str | None:
    if count.head is None:
        return None
    kinds = {noun_kind(parsed, noun) for noun in sharing(parsed, count.head)}
    return kinds.pop() if len(kinds) == 1 else None


def noun_kind(parsed: Parsed, head: int) -> str | None:
    """The kind a noun names, by its phrase; "kin" for "her brothers", who are of the kind of those they are with."""
    if parsed.pos[head] == "PRON" or parsed.tag[head] == "CD":
        return None
    lemma = lemma_of(parsed, head)
    if lemma in noun_words().property:
        return VictimKind.PROPERTY
    nouns = _nouns()
    before = _modifiers(parsed, head)
    for length in (3, 2, 1):
        words = [*(parsed.text[at].lower() for at in before[-(length - 1) :]), lemma] if length > 1 else [lemma]
        if len(words) == length and (kind := nouns.get(" ".join(words))):
            if length == 1:
                kind = _by_force(parsed, before, lemma) or kind
            if kind in {_KIN, VictimKind.CIVILIANS} and {"female", "women"} & {
                parsed.text[at].lower() for at in before
            }:
                return VictimKind.WOMEN
            if kind in {_KIN, VictimKind.CIVILIANS}:
                kind = _by_role(parsed, head, before) or (_by_age(parsed, head) if _is_minor(parsed, head) else kind)
            return None if kind == _UNTOLD else kind
    if any(parsed.text[at].lower() in _SUSPECTED for at in before):
        return VictimKind.COMBATANTS
    low = [parsed.text[at].lower() for at in before]
    if low[:1] == ["female"]:
        return VictimKind.WOMEN
    if {"red cross", "red crescent"} & {" ".join(pair) for pair in pairwise(low)}:
        return VictimKind.AID_WORKERS
    return _by_force(parsed, before, lemma) or _by_role(parsed, head, before) or _by_age(parsed, head)


def _is_minor(parsed: Parsed, head: int) -> bool:
    return _by_age(parsed, head) is VictimKind.CHILDREN


def names_people(parsed: Parsed, token: int) -> bool:
    """Whether a word is known to name a kind of people."""
    return _nouns().get(parsed.lemma[token].lower(), _UNTOLD) not in {_UNTOLD, _KIN}


def _modifiers(parsed: Parsed, head: int) -> list[int]:
    first = parsed.sents[parsed.sent[head]][0] if parsed.sents else 0
    at = head
    while at > first and parsed.head[at - 1] in range(at, head + 1) and parsed.pos[at - 1] in _PARTS_OF_NAMES:
        at -= 1
    return list(range(at, head))


_PARTS_OF_NAMES = frozenset({"NOUN", "PROPN", "ADJ", "VERB", "PART", "PUNCT", "NUM"})


def _by_force(parsed: Parsed, before: Iterable[int], lemma: str) -> VictimKind | None:
    """ "Police recruits", "armed men"."""
    if lemma not in _OWN:
        return None
    return next((_FORCES[low] for at in before if (low := parsed.text[at].lower()) in _FORCES), None)


def _by_role(parsed: Parsed, head: int, before: Iterable[int]) -> str | None:
    """ "Members of the security forces"; "Radio journalist Leila Haddad"; "Leila Haddad, a radio journalist"."""
    for child in parsed.children[head]:
        if parsed.text[child].lower() == "of" and lemma_of(parsed, head) in _OF:
            inner = [noun_kind(parsed, token) for token in parsed.children[child] if parsed.dep[token] == "pobj"]
            if inner and inner[0] not in {None, _KIN, VictimKind.PROPERTY}:
                return inner[0]
    if {parsed.text[at].lower() for at in range(max(0, head - 1), head)} & {"its", "their"} and lemma_of(
        parsed, head
    ) in _OF:
        first = parsed.sents[parsed.sent[head]][0]
        sides = [_SIDES[low] for at in range(first, head) if (low := parsed.lemma[at].lower()) in _SIDES]
        if sides:
            return sides[-1]
    if (
        lemma_of(parsed, head) in {"participant", "person", "people", "student", "activist", "man"}
        and _RALLY
        & {
            parsed.lemma[at].lower()
            for at in range(head + 1, min(len(parsed), head + 6))
            if parsed.pos[at] in {"NOUN", "PROPN"}
        }
        and parsed.text[head + 1 : head + 2]
        and parsed.text[head + 1].lower() in {"in", "at", "of", "from"}
        and lemma_of(parsed, head) == "participant"
    ):
        return VictimKind.PROTESTERS
    if parsed.pos[head] == "PROPN":
        nouns = _nouns()
        told = [nouns.get(parsed.lemma[at].lower()) for at in before]
        told += [
            noun_kind(parsed, child)
            for child in parsed.children[head]
            if parsed.dep[child] == "appos" and parsed.tag[child] != "NNS"
        ]
        return next((kind for kind in told if kind and kind not in {_UNTOLD, _KIN, VictimKind.PROPERTY}), None)
    return None


def _by_age(parsed: Parsed, head: int) -> VictimKind:
    """Whoever is under eighteen is a child; everybody else not told to be something is a civilian."""
    first = parsed.sents[parsed.sent[head]][0] if parsed.sents else 0
    for at in range(max(first, head - 6), head + 1):
        years = {word.lower() for word in parsed.text[at + 1 : at + 4]} & {"year", "years", "month", "months"}
        age = whole(number_at(parsed, at)) if years else None
        low = parsed.text[at].lower()
        if age is None and low.endswith("-old"):
            age = whole(_age_in(low.split("-")[0]))
        if age is not None and age < _ADULT:
            return VictimKind.CHILDREN
    if "aged" in (near := [word.lower() for word in parsed.text[head + 1 : head + 4]]):
        at = head + 1 + near.index("aged")
        ages = [whole(number_at(parsed, each)) for each in range(at + 1, min(len(parsed), at + 4))]
        told = [age for age in ages if age is not None]
        if told and max(told) < _ADULT and "months" not in near:
            return VictimKind.CHILDREN
    return VictimKind.CIVILIANS


def _age_in(word: str) -> float | None:
    return digits_value(word) if word[:1].isdigit() else number_value([word])
