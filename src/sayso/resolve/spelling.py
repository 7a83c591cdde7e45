"""What two spellings of a name from another script share: "Jenin" and "Janīn", "Derna" and "Darnah"."""

from __future__ import annotations

import re
from functools import lru_cache

from sayso.text import fold

_ARTICLES = frozenset("al el as es ar er an ad ed at az ash the la le".split())
_ALIKE = str.maketrans("qcvzjdgx", "kkfsstkk", "aeiouywh")
_LEAST = 2  # letters that must be left to compare


@lru_cache(maxsize=20_000)
def skeleton(name: str) -> str:
    """The consonants of a name without its article, those that transcriptions mix up made one; doubled ones once."""
    words = [word for word in re.split(r"[\s'’‘ʻ`-]+", fold(name)) if word not in _ARTICLES]
    return re.sub(r"(.)\1+", r"\1", "".join(words)).translate(_ALIKE)


def spelt_alike(one: str, other: str) -> bool:
    """Whether two names may be spellings of one."""
    bones = skeleton(one)
    return len(bones) >= _LEAST and bones == skeleton(other)
