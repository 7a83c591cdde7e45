"""Which names are news agencies, and what a credit's words name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from sayso.knowledge import table
from sayso.text import fold

# Words that fill the place of a name in a credit without naming anybody.
NOBODY = frozenset(
    "agency agencies news wires wire staff newsroom editor editors correspondent correspondents web desk our bureau "
    "reporter reporters us admin team archive file handout social media own internet getty images update".split()
)
QUOTES = "\"'«»“”„‘’()[]*_ \t"


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {
        fold(alias): agency["name"]
        for agency in table("agencies.toml")["agency"]
        for alias in (agency["name"], *agency["aliases"])
    }


def known_agency(name: str) -> str | None:
    """The agency's usual name, whatever alias it is given by; None if the table does not know it."""
    return _names().get(fold(name.strip(QUOTES + ".,;:")))


AGENCY_WORDS = re.compile(r"(?i)\b(?:(?:news|press|telegraph) agency|agency|newswire|wire|агентство|агенция|agence)\b")


def is_agency(name: str) -> bool:
    """Whether a name is a known agency's or says that it is one; persons and papers in the same place are not."""
    return known_agency(name) is not None or (bool(AGENCY_WORDS.search(name)) and is_name(name))


def credited(words: str) -> tuple[str, ...]:
    """The names in a credit ("Reuters/AFP", "the Example Wire and AP"), agencies by their usual names."""
    names: list[str] = []
    known = known_agency(words)
    parts = [words] if known else re.split(r"\s*[/,;&]\s*|\s+(?:and|und|et|y|и)\s+", words)
    for part in parts:
        name = re.sub(r"^(?:the|by|from)\s+(?=\S)", "", part.strip(QUOTES + ".,;:–—-"), flags=re.IGNORECASE)
        name = known_agency(part) or name
        if is_name(name) and name not in names:
            names.append(name)
    return tuple(names)


def is_name(words: str) -> bool:
    """Whether a few words can name an outlet or agency: short, with a capital, not only filler."""
    if not 2 <= len(words) <= 50 or not words[0].isalnum() or any(char in words for char in "?!;|@:\n"):
        return False
    parts = words.split()
    if len(parts) > 6 or all(fold(part) in NOBODY for part in parts):
        return False
    return known_agency(words) is not None or any(part[0].isupper() for part in parts) or not words.isascii()


def initials_of(short: str, long: str) -> bool:
    """Whether `short` abbreviates `long` by its first letters ("ENA", "Example News Agency")."""
    letters = "".join(word[0] for word in re.findall(r"\w+", long) if word[0].isupper() or not word.isascii())
    return len(short) >= 2 and short.isupper() and short == letters.upper()


def distinct(names: Iterable[str], outlet: str | None = None) -> tuple[str, ...]:
    """Credits in order, each once: no abbreviation beside its long form, not the outlet itself."""
    kept: list[str] = []
    for name in names:
        if outlet and same_name(name, outlet):
            continue
        twin = next((other for other in kept if same_name(name, other)), None)
        if twin is None:
            kept.append(name)
        elif len(name) > len(twin) and known_agency(twin) is None:
            kept[kept.index(twin)] = name
    return tuple(kept)


def same_name(one: str, other: str) -> bool:
    """Whether two names are one: without case, article and accents, or one the other's initials."""
    bare = [re.sub(r"^the ", "", fold(name)) for name in (one, other)]
    return bare[0] == bare[1] or initials_of(one, other) or initials_of(other, one)
