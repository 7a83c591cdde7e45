"""Which language a text is in, offline; None where it is too short to tell."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pycountry

SHORTEST = 60  # characters; below, headlines in neighbouring languages cannot be told apart
ENOUGH = 1000  # characters that settle the question
SURE = 0.9


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # loads a model: only when a text needs it

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect_language(text: str) -> str | None:
    """ISO 639-1 code of the text's language, or None if it is short or mixed."""
    sample = text[:ENOUGH]
    if sum(map(str.isalpha, sample)) < SHORTEST:
        return None
    code, share = _identifier().classify(sample)
    return language_code(str(code)) if share >= SURE else None


@lru_cache(maxsize=4096)
def language_code(name: str | None) -> str | None:
    """ISO 639-1 code for a code, locale or English name ("en-GB", "eng", "English"); None if there is none."""
    if not name or len(name) > 40:
        return None
    short = name.strip().replace("_", "-").split("-")[0].lower()
    try:
        if len(short) == 2:
            found = pycountry.languages.get(alpha_2=short)
        elif len(short) == 3:
            found = pycountry.languages.get(alpha_3=short) or pycountry.languages.get(bibliographic=short)
        else:
            found = pycountry.languages.get(name=short.title())
    except (KeyError, LookupError):
        return None
    code = getattr(found, "alpha_2", None) if found else None
    return str(code) if code else None
