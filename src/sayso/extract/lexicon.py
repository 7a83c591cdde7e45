"""Nouns of actors, read once from `data/actors.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sayso.knowledge import table
from sayso.model import Parsed


@dataclass(frozen=True, slots=True)
class Noun:
    """What a noun says about the actor it heads."""

    kind: str
    sector: tuple[str, ...]
    bare: bool | str  # stands for an actor without any qualifier; "plural": in the plural only
    fixed: bool  # the same body each time one article uses it


@lru_cache(maxsize=1)
def nouns() -> dict[str, Noun]:
    """Singular noun in small letters to what it says."""
    found: dict[str, Noun] = {}
    for row in table("actors.toml")["noun"]:
        if "needs" not in row:
            found.update(_row_nouns(row))
    return found


@lru_cache(maxsize=1)
def nouns_with() -> dict[tuple[str, str], Noun]:
    """(Noun, sector of a qualifier) for nouns that mean something else beside it: a TV station, a news agency."""
    found: dict[tuple[str, str], Noun] = {}
    for row in table("actors.toml")["noun"]:
        if "needs" in row:
            found.update({(word, row["needs"]): noun for word, noun in _row_nouns(row).items()})
    return found


@lru_cache(maxsize=1)
def _ambiguous() -> frozenset[str]:
    return frozenset(word for word, _ in nouns_with())


@lru_cache(maxsize=1)
def qualifiers() -> dict[str, str]:
    """Qualifying word in small letters to the sector it gives."""
    return {word: row["sector"] for row in table("actors.toml")["qualifier"] for word in row["words"].split()}


def _row_nouns(row: dict[str, Any]) -> dict[str, Noun]:
    noun = Noun(row["kind"], tuple(row["sector"]), row.get("bare", True), row.get("fixed", False))
    return dict.fromkeys(row["words"].split(), noun)


@cache
def words(name: str) -> frozenset[str]:
    """A list of words of `data/actors.toml` by name."""
    return frozenset(table("actors.toml")["words"][name].split())


def noun_key(parsed: Parsed, token: int) -> str:
    """The singular in small letters under which a noun is looked up, "secretary-general" as one word."""
    if token > 1 and parsed.text[token - 1] == "-" and parsed.end[token - 1] == parsed.start[token]:
        joined = _singular(f"{parsed.text[token - 2].lower()}-{parsed.lemma[token].lower()}")
        if joined is not None:
            return joined
    return _key(parsed.lemma[token], parsed.text[token])


@lru_cache(maxsize=16_384)
def _key(lemma: str, text: str) -> str:
    low = lemma.lower()
    return _singular(low) or _singular(text.lower()) or low


@cache
def _lookup() -> frozenset[str]:
    return frozenset(nouns()) | {word for word, _ in nouns_with()}


@lru_cache(maxsize=16_384)
def _singular(word: str) -> str | None:
    """The known noun a word is a form of; the parse keeps the plural of capitalised words."""
    endings = (("ies", "y"), ("s", ""), ("men", "man"))
    forms = [word, *(word.removesuffix(end) + singular for end, singular in endings if word.endswith(end))]
    return next((form for form in forms if form in _lookup()), None)


def noun_at(parsed: Parsed, token: int) -> Noun | None:
    """What the noun at a token says about an actor, or None where it names none."""
    if parsed.pos[token] not in ("NOUN", "PROPN", "ADJ", "NUM"):
        return None
    key = noun_key(parsed, token)
    if key in _ambiguous():
        for before in range(max(0, token - 2), token):
            found = nouns_with().get((key, qualifiers().get(parsed.text[before].lower(), "")))
            if found is not None:
                return found
    return nouns().get(key)


def is_plural(parsed: Parsed, token: int) -> bool:
    """Whether a noun stands for several."""
    return parsed.tag[token] in ("NNS", "NNPS") or noun_key(parsed, token) in ("people", "police", "staff", "personnel")
