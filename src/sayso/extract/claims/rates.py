"""How often a word, in a construction, introduced somebody's words in annotated articles; see `claims.card.md`.

Keys, from the general to the particular; a share leans on the one before it where cases are few:

- "say VERB": the word is a cue; "source official": the noun is somebody's source
- "VERB|ccomp", "say VERB|ccomp", "call VERB|prep|for": what the word governs in this way is somebody's words
- "VERB>subject", "say VERB>subject": who stands to the word in this relation is the source
- "say VERB#VBD", "say VERB<PERSON": the word is a cue in this form, with this kind of subject
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

LEAST = 3  # cases; what was seen less often counts as never seen
LEAN = 3.0  # pseudo-cases given to the more general share
_OPEN = {"VERB": 0.25, "NOUN": 0.03, "ADJ": 0.03, "ADV": 0.01, "ADP": 0.01, "AUX": 0.02}  # a word never seen
_ANY_NOUN = 0.3
_ANY_READING = 0.05


class Rates(Protocol):
    """Shares and counts by key."""

    def share(self, key: str) -> float:
        """The smoothed share, 0 to 1."""

    def seen(self, key: str) -> float:
        """In how many cases, 0 for less than `LEAST`."""


def wider(key: str) -> str | None:
    """The key that a key leans on; None for the most general."""
    for mark in "#<":
        if mark in key:
            return key.partition(mark)[0]
    if "|" in key:
        parts = key.split("|")
        if len(parts) == 3:
            return f"{parts[0]}|{parts[1]}"
        return f"{parts[0].rpartition(' ')[2]}|{parts[1]}" if " " in parts[0] else None
    if ">" in key:
        word, _, relation = key.rpartition(">")
        return f"{word.rpartition(' ')[2]}>{relation}" if " " in word else None
    return None


def general(key: str) -> float:
    """The share of a key that leans on no other and was never seen."""
    if "|" in key:
        return _ANY_READING
    if ">" in key or key.startswith("source "):
        return _ANY_NOUN
    return _OPEN.get(key.rpartition(" ")[2], 0.02)


def smooth(right: float, cases: float, base: float) -> float:
    """A share of few cases drawn towards the more general one."""
    return (right + LEAN * base) / (cases + LEAN)


class Table:
    """Shares fitted once; what a key does not hold is looked up under its wider one."""

    def __init__(self, counts: Mapping[str, tuple[float, float]]) -> None:
        self._counts = counts  # key -> (right, cases)
        self._shares: dict[str, float] = {}

    def share(self, key: str) -> float:
        known = self._shares.get(key)
        if known is None:
            base_key = wider(key)
            base = general(key) if base_key is None else self.share(base_key)
            right, cases = self._counts.get(key, (0.0, 0.0))
            known = self._shares[key] = smooth(right, cases, base) if cases else base
        return known

    def seen(self, key: str) -> float:
        return self._counts.get(key, (0.0, 0.0))[1]
