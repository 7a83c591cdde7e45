"""Bodies, armed groups and peoples known by name, from `data/bodies.toml`: where they belong and whom they act for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sayso.knowledge import table
from sayso.model import Parsed
from sayso.text import fold

_LONGEST = 7  # words of a name
_GRAMMAR = frozenset({"PRON", "AUX", "DET", "ADP", "SCONJ", "CCONJ", "ADV"})  # "THE MAN WHO IS", all in capitals
BEYOND = frozenset({"UNO", "EUR", "IGO", "NGO"})  # belong to no state and have no sector by themselves


@dataclass(frozen=True, slots=True)
class Body:
    """What a name stands for; a people or a region has no sector of its own."""

    country: str
    sector: tuple[str, ...]
    is_people: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A known name inside a phrase, by tokens."""

    first: int
    last: int  # inclusive
    body: Body
    words: str

    def holds(self, token: int) -> bool:
        return self.first <= token <= self.last


@lru_cache(maxsize=1)
def _bodies() -> Mapping[str, tuple[str, Body]]:
    """Folded name to the name as listed and what it stands for."""
    data = table("bodies.toml")
    found: dict[str, tuple[str, Body]] = {}
    for country, names in data["people"].items():
        found.update({fold(name): (name, Body(country, (), is_people=True)) for name in names.split("|")})
    for row in data["body"]:
        body = Body(row["country"], tuple(row["sector"]))
        found.update({fold(name): (name, body) for name in row["names"].replace("\n", "|").split("|") if name})
    for country, names in data["part"].items():
        found.update({fold(name): (name, Body(country, ("PRE",))) for name in names.split("|")})
    return found


@lru_cache(maxsize=1)
def seats() -> Mapping[str, str]:
    """Cities whose bare name stands for an international body."""
    return {name: code for code, names in table("bodies.toml")["seat"].items() for name in names.split("|")}


@lru_cache(maxsize=1)
def marks() -> Mapping[str, str]:
    """Words that the news of one country alone uses, with the country: "lakh", "carabinieri"."""
    return {word: country for country, names in table("bodies.toml")["mark"].items() for word in names.split()}


@lru_cache(maxsize=1)
def _openings() -> frozenset[str]:
    """First words of all names: most phrases hold none of them."""
    return frozenset(name.split()[0].removesuffix("'s").removesuffix("'").split("-")[0] for name in _bodies())


@lru_cache(maxsize=1)
def _small_openings() -> frozenset[str]:
    """How names that are listed in small letters begin: "al" of "al-Shabaab"."""
    words = {name.split()[0] for name, _ in _bodies().values() if name[:1].islower()}
    return frozenset(word[:end] for word in words for end in range(1, len(word) + 1))


@lru_cache(maxsize=16_384)
def _opens(word: str) -> bool:
    """Whether a name may begin with a word; one in small letters only where the list has it so."""
    if word[:1].islower() and word not in _small_openings():
        return False
    return fold(word).split("-")[0] in _openings()


@lru_cache(maxsize=16_384)
def body_named(text: str) -> Body | None:
    """What a name stands for, or None; an acronym must be written as one, a name with its capital."""
    name = text.removesuffix("'s").removesuffix("’s").strip(" .,")
    name = name[4:] if name[:4] in ("the ", "The ", "THE ") else name
    listed = _bodies().get(fold(name))
    if listed is None:
        return None
    written, body = listed
    if written[:1].isupper() and not any(char.isupper() for char in name[:4]):
        return None
    if len(written) <= 5 and written.isupper() and not name.replace(".", "").isupper():
        return None
    return body


def names_in(parsed: Parsed, tokens: range) -> Iterator[Named]:
    """The known names in a stretch, the longest at each place."""
    at = tokens.start
    while at < tokens.stop:
        found = _name_at(parsed, at, tokens.stop)
        if found is not None:
            yield found
            at = found.last
        at += 1


def _name_at(parsed: Parsed, first: int, stop: int) -> Named | None:
    if not _opens(parsed.text[first]):
        return None
    text = parsed.article.text
    for last in range(min(first + _LONGEST, stop) - 1, first - 1, -1):
        if not parsed.text[last][-1].isalnum() and parsed.text[last] != ")":
            continue
        words = " ".join(text[parsed.start[first] : parsed.end[last]].split())
        body = body_named(words)
        if body is not None and not (first == last and parsed.pos[first] in _GRAMMAR):
            return Named(first, last, body, words)
    return None
