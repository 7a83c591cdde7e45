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
