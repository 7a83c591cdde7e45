"""How rare a word is in the news, from a fixed table that ships: no archive's own counts.

A word's weight then never depends on what else is stored, and adding an article changes no other pair's score. What
the table does not hold is rarer than its floor, and all of it counts as equally rare: the table tells "police" from
"harbour", never one person's name from another's. `data/rarity.card.md` says on what it was counted.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

import numpy as np

from sayso.knowledge import blob

STEPS = 10_000  # of a share, as the file holds them


@dataclass(frozen=True, slots=True)
class Rarity:
    """Shares of texts that hold a term, by the term's hash; nothing below the floor is told apart."""

    shares: Mapping[int, float]
    floor: float

    def of(self, term: str) -> float:
        """The natural logarithm of one in how many texts holds a term: 0 for one that all hold."""
        return -math.log(self.shares.get(hashed(term), self.floor))

    @property
    def most(self) -> float:
        """The weight of every term below the floor."""
        return -math.log(self.floor)


def hashed(term: str) -> int:
    """The 32-bit number that stands for a term in the table."""
    return int.from_bytes(blake2b(term.encode("utf-8", "replace"), digest_size=4).digest(), "big")


@cache
def open_rarity() -> Rarity:
    """The table that ships."""
    with np.load(io.BytesIO(blob("rarity.npz")), allow_pickle=False) as arrays:
        terms, steps, floor = arrays["terms"], arrays["shares"], float(arrays["floor"])
    return Rarity(dict(zip(terms.tolist(), (steps / STEPS).tolist(), strict=True)), floor)
