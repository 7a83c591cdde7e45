"""Loads the event tables: which words, in which company, name which act.

A frame is one entry of `data/events_*.toml`: a verb or noun with what must and must not stand around it. This module
knows the words; `grammar` knows who stands where, and `events` puts both together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sayso.knowledge import table
from sayso.model import EventType

TABLES = ("events_conflict.toml", "events_cooperation.toml")
ANY = "*"  # in a word set: any word will do
NONE = "-none"  # in a word set: it may be missing
_DEFAULT = ("object", "dative", "against", "on", "of", "at", "with", "to", "between")

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to name an act. A word set that is None asks for nothing."""

    type: EventType
    mode: str | None
    context: tuple[str, ...]
    object: Words | None  # head of the direct object
    subject: Words | None
    prep: Words | None  # a preposition that must be there
    prep_object: Words | None  # what must follow it
    complement: Words | None  # a word that completes the verb: "ablaze"
    comp: Words | None  # verb of an infinitive or clause
    modifier: Words | None  # a modifier of the noun, or of the verb's object
    support: Words | None  # the verb that supports the noun
    of: Words | None  # what must follow "of" after the noun
    unless: Words
    unless_subject: Words
    unless_prep: Words
    unless_prep_object: Words
    unless_modifier: Words
    unless_comp: Words
    recipient: tuple[str, ...]  # where the recipient stands, first hit wins
    subject_is: str  # actor, recipient or means
    of_actor: bool
    both: bool  # all parties are actors
    light_only: bool  # only where a verb says that it takes place
    content: bool  # mode and type follow what is asked, refused or promised
    ordered: bool  # only under an order
    particle: str | None = None
    rank: int = 0  # how much it asks for


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Frames by the lemma of the verb or noun that names the act, most demanding first."""

    verbs: Mapping[str, tuple[Frame, ...]]
    nouns: Mapping[str, tuple[Frame, ...]]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """All frames, compiled once."""
    verbs: dict[str, list[Frame]] = {}
    nouns: dict[str, list[Frame]] = {}
    for entry in entries():
        for word in entry.get("verbs", "").split():
            lemma, _, particle = word.partition("+")
            verbs.setdefault(lemma, []).append(_frame(entry, particle or None, verb=True))
        for word in entry.get("nouns", "").split():
            nouns.setdefault(word, []).append(_frame(entry, None, verb=False))
    return Lexicon(_ordered(verbs), _ordered(nouns))


def entries() -> list[Mapping[str, Any]]:
    """The entries as written, in order."""
    return [entry for name in TABLES for entry in table(name)["frame"]]


def _ordered(found: dict[str, list[Frame]]) -> Mapping[str, tuple[Frame, ...]]:
    return {lemma: tuple(sorted(frames, key=lambda frame: -frame.rank)) for lemma, frames in found.items()}


def _frame(entry: Mapping[str, Any], particle: str | None, verb: bool) -> Frame:
    def needs(key: str, wanted: bool = True) -> Words | None:
        return word_set(entry[key]) if wanted and key in entry else None

    def bars(key: str) -> Words:
        return word_set(entry.get(key, ""))

    required = {
        "object": needs("object", verb),
        "subject": needs("subject", verb),
        "prep": needs("prep"),
        "prep_object": needs("prep_object"),
        "complement": needs("complement", verb),
        "comp": needs("comp", verb),
        "modifier": needs("with"),
        "support": needs("support", not verb),
        "of": needs("of_object", not verb),
    }
    return Frame(
        type=EventType(entry["type"]),
        mode=entry.get("mode"),
        context=tuple(entry.get("context", ())),
        unless=bars("unless"),
        unless_subject=bars("unless_subject"),
        unless_prep=bars("unless_prep"),
        unless_prep_object=bars("unless_prep_object"),
        unless_modifier=bars("unless_with"),
        unless_comp=bars("unless_comp"),
        recipient=tuple(entry["recipient"].split()) if "recipient" in entry else _DEFAULT,
        subject_is=entry.get("subject_is", "actor"),
        of_actor=entry.get("of") == "actor",
        both=entry.get("both", False),
        light_only=entry.get("light_only", False) and not verb,
        content=entry.get("content", False),
        ordered=entry.get("ordered", False),
        particle=particle,
        rank=sum(words is not None for words in required.values())
        + 2 * (particle is not None)
        + 3 * bool(entry.get("ordered")),
        **required,
    )


@cache
def plain_frame(kind: EventType) -> Frame:
    """A frame that asks for nothing, for an act that no entry names."""
    return _frame({"type": kind.value}, None, verb=True)


@cache
def word_set(words: str) -> Words:
    """The lemmas a line of words stands for, its classes spelled out."""
    found: set[str] = set()
    for word in words.split():
        found |= word_class(word[1:]) if word.startswith("@") else {word}
    return frozenset(found)


@cache
def word_class(name: str) -> Words:
    """A class of `event_words.toml` by name."""
    words = table("event_words.toml")
    return word_set(words["nonactor"]["words"] if name == "nonactor" else words["class"][name])


@cache
def cue_words(part: str, key: str) -> Words:
    """A word list of `event_words.toml` outside the classes, such as the light verbs."""
    return word_set(table("event_words.toml")[part][key])


@lru_cache(maxsize=1)
def instruments() -> Mapping[str, str]:
    """Word of a weapon or means to the ASSAULT mode it tells."""
    found: dict[str, str] = {}
    for mode, words in table("event_words.toml")["instrument"].items():
        for word in words.split():
            found.setdefault(word, mode)
    return found


@lru_cache(maxsize=1)
def instrument_order() -> Mapping[str, int]:
    """Which mode wins when several weapons are named."""
    return {mode: order for order, mode in enumerate(table("event_words.toml")["instrument"])}


@lru_cache(maxsize=1)
def context_words() -> Mapping[str, str]:
    """Word to the PLOVER context it tells."""
    return {word: name for name, words in table("event_words.toml")["context"].items() for word in words.split()}
