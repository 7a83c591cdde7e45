"""Which articles may carry one another's words: keys that equal sentences have in common, whatever stands around them.

Each sentence in an article's own words gives `BANDS` keys, each of two MinHash values of its three-word runs: equal
sentences agree in all, sentences with a word changed in some. Sentences are sketched, not whole articles, because an
excerpt shares little of a long original (containment, not likeness). The method is Broder's (1997), the library rensa:
seventeen times as fast as datasketch on sentences, and it brings no scipy. Its values have 32 bits, so a key takes two.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b

from rensa import RMinHash

from sayso.link.told import read_told
from sayso.link.words import Words
from sayso.model import Article

BANDS = 2  # keys a sentence gives
RUN = 3  # words of a run
LEAST = 6  # words of a sentence that gives keys
SEED = 7
SCHEME = f"rensa-r{RMinHash.ALGORITHM_VERSION}-{BANDS}x2-{RUN}-{LEAST}"  # keys of different schemes never agree
_MASK = (1 << 63) - 1


@lru_cache(maxsize=2048)
def signature(article: Article) -> tuple[int, ...]:
    """Keys below 2**63, in order; two articles with one in common are worth laying side by side."""
    words = read_told(article)
    found = {key for first, last in sentence_ranges(words) for key in _keys(words, first, last)}
    if not found and words.text:
        found.add(_whole(words))
    return tuple(sorted(found))


def sentence_ranges(words: Words) -> Iterator[tuple[int, int]]:
    """(first, one past the last) word of each sentence."""
    first = 0
    for at in range(1, len(words.text) + 1):
        if at == len(words.text) or words.sentence[at] != words.sentence[first]:
            yield first, at
            first = at


def _keys(words: Words, first: int, last: int) -> Iterator[int]:
    """The keys of a sentence; none where it is short or said by others, since all reporters in the room have that."""
    if last - first < LEAST or sum(words.quoted[first:last]) > 0.8 * (last - first):
        return
    sketch = RMinHash(num_perm=2 * BANDS, seed=SEED)
    sketch.update([" ".join(words.text[at : at + RUN]) for at in range(first, last - RUN + 1)])
    values = sketch.digest()
    for band in range(BANDS):
        yield (band << 62 | values[2 * band] << 31 ^ values[2 * band + 1]) & _MASK


def _whole(words: Words) -> int:
    """One key for a text without a sentence of its own, so that its carriers still meet."""
    digest = blake2b(" ".join(words.text).encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest) & _MASK
