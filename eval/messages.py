"""What a whole message tells, from its words: whether there is an incident at all, and of which kinds.

A linear model over words and pairs of words, hashed and weighed by rarity; `training.messages` fits it on the `train`
part of MUC-4, whose messages are in capitals and mostly tell of no incident.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np

from sayso.extract.events.encoder import Floats

HASHES = 1 << 14
WEIGHTS = Path(__file__).with_name("messages.npz")
_WORD = re.compile(r"[A-Z]{2,}")
_STOP = re.compile(r'(?<=[A-Z0-9"\])][A-Z0-9"\])])\.["\])]?\s+|\n\s*\n')  # full stops after more than one letter


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Sentences of a message in capitals, which misleads parsers; as the typer saw them when it was fitted."""
    start = 0
    for stop in _STOP.finditer(text):
        if text[start : stop.end()].strip():
            yield (start, stop.end())
        start = stop.end()
    if text[start:].strip():
        yield (start, len(text))


def counts(text: str) -> dict[int, float]:
    """Row -> 1 + log of how often."""
    words = _WORD.findall(text.upper())
    strings = [*words, *(" ".join(pair) for pair in pairwise(words))]
    found = Counter(crc32(string.encode()) % HASHES for string in strings)
    return {row: 1 + float(np.log(count)) for row, count in found.items()}


def scores(text: str) -> Floats:
    """Log odds: that there is an incident at all, then of each kind of `MUC_TYPES`."""
    weights, bias, rarity = _load()
    found = counts(text)
    rows = np.fromiter(found, dtype=np.int64, count=len(found))
    values = np.fromiter(found.values(), dtype=np.float32, count=len(found)) * rarity[rows]
    length = max(float(np.linalg.norm(values)), 1e-9)
    told: Floats = np.asarray(values @ weights[rows] / length + bias, dtype=np.float32)
    return told


@lru_cache(maxsize=1)
def _load() -> tuple[Floats, Floats, Floats]:
    with np.load(io.BytesIO(WEIGHTS.read_bytes())) as arrays:
        weights, bias, rarity = (np.asarray(arrays[name], dtype=np.float32) for name in ("weights", "bias", "rarity"))
    return weights, bias, rarity
