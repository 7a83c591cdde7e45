"""Chance that is the same on every machine, and cheap to begin anew: any report can be made without the others."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_ALL = 2**64 - 1


def seed_of(*parts: int) -> int:
    """One number from several, by the mixing steps of SplitMix64 (Steele, Lea and Flood 2014)."""
    mixed = 0
    for part in parts:
        mixed = (mixed + part + 0x9E3779B97F4A7C15) & _ALL
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _ALL
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _ALL
        mixed ^= mixed >> 31
    return mixed


class Dice:
    """A linear congruential generator (Knuth's MMIX constants) of which only the high bits are used."""

    __slots__ = ("_state",)

    def __init__(self, seed: int) -> None:
        self._state = seed

    def below(self, end: int) -> int:
        """A whole number from 0, less than `end`."""
        self._state = state = (self._state * 6364136223846793005 + 1442695040888963407) & _ALL
        return (state >> 33) % end

    def pick(self, options: Sequence[T]) -> T:
        self._state = state = (self._state * 6364136223846793005 + 1442695040888963407) & _ALL
        return options[(state >> 33) % len(options)]

    def share(self) -> float:
        """0 to 1, 1 left out."""
        return self.below(1 << 30) / (1 << 30)

    def chance(self, likely: float) -> bool:
        return self.share() < likely

    def wait(self, mean: float) -> float:
        """An exponential waiting time."""
        return -mean * math.log(1.0 - self.share())

    def heavy(self, exponent: float, most: int) -> int:
        """1 to `most`, how often falling as a power of the size (`exponent` > 1): many ones, a few giants."""
        low = (most + 1.0) ** (1.0 - exponent)
        return min(most, int((1.0 - self.share() * (1.0 - low)) ** (1.0 / (1.0 - exponent))))

    def weighted(self, options: Sequence[T], reach: Sequence[float]) -> T:
        """One of the options by their cumulative weights."""
        return options[min(len(options) - 1, bisect_right(reach, self.share() * reach[-1]))]

    def count(self, mean: float) -> int:
        """How many independent things happen where `mean` are expected (Poisson)."""
        limit, product, found = math.exp(-mean), self.share(), 0
        while product > limit:
            product *= self.share()
            found += 1
        return found
