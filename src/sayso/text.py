"""Text helpers that all stages share: quoting, folding of case and accents, sentence splitting."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """A name without case, accents and odd spaces, for lookups: "Almatý" and "ALMATY" agree."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.sub(r"[\u2019\u02bc`']", "'", kept).split())


def same_name(one: str, two: str) -> bool:
    """Whether two names may stand for one outlet: equal, or one is the other's initials ("SNA")."""
    left, right = fold(one), fold(two)
    if left == right:
        return True
    short, long = sorted((left, right), key=len)
    return len(short) >= 2 and " " in long and short == initials(long)


@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    """ "sna" of "Steppe News Agency"; small words have none."""
    return "".join(word[0] for word in re.findall(r"\w+", fold(name)) if word not in ("the", "of", "and", "for"))


def plural(count: int, one: str, many: str = "") -> str:
    """ "1 report", "1,204 reports"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
