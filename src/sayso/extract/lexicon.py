"""Nouns of actors, read once from `data/actors.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sayso.knowledge import table
from sayso.model import Parsed


@dataclass(frozen=True, slots=True)
class Noun:
    """What a noun says about the actor it heads."""

    kind: str
    sector: tuple[str, ...]
    bare: bool  # stands for an actor without any qualifier
    fixed: bool  # the same body each time one article uses it


@lru_cache(maxsize=1)
def nouns() -> dict[str, Noun]:
    """Singular noun in small letters to what it says."""
    found: dict[str, Noun] = {}
    for row in table("actors.toml")["noun"]:
        noun = Noun(row["kind"], tuple(row["sector"]), row.get("bare", True), row.get("fixed", False))
        for word in row["words"].split():
            found.setdefault(word, noun)
    return found


@lru_cache(maxsize=None)
def words(name: str) -> frozenset[str]:
    """A list of words of `data/actors.toml` by name."""
    return frozenset(table("actors.toml")["words"][name].split())


def noun_key(parsed: Parsed, token: int) -> str:
    """The singular in small letters, under which a noun is looked up; capitalised plurals keep theirs in the parse."""
    known = nouns()
    for key in (parsed.lemma[token].lower(), parsed.text[token].lower()):
        if key in known:
            return key
        if key.endswith("ies") and key[:-3] + "y" in known:
            return key[:-3] + "y"
        if key.endswith("s") and key[:-1] in known:
            return key[:-1]
        if key.endswith("men") and key[:-2] + "an" in known:
            return key[:-2] + "an"
    return parsed.lemma[token].lower()


def noun_at(parsed: Parsed, token: int) -> Noun | None:
    """What the noun at a token says about an actor, or None where it names none."""
    return nouns().get(noun_key(parsed, token)) if parsed.pos[token] in ("NOUN", "PROPN", "ADJ", "NUM") else None


def is_plural(parsed: Parsed, token: int) -> bool:
    """Whether a noun stands for several."""
    return parsed.tag[token] in ("NNS", "NNPS") or noun_key(parsed, token) in ("people", "police", "staff", "personnel")
