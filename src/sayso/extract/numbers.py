"""Reads numbers as newspapers write them: digits with any separator, number words, and mixtures ("1.2 million").

Knows nothing of what is counted. `None` means "not a number".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL: dict[str, int] = {word: value for value, word in enumerate(_ONES.split())} | {
    word: 10 * value for value, word in enumerate(_TENS.split(), 2)
}
SCALES: dict[str, int] = {
    "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000,
    "lakh": 100_000, "crore": 10_000_000, "dozen": 12, "score": 20, "m": 1_000_000, "mn": 1_000_000, "k": 1_000,
}  # fmt: skip
WORDS = frozenset(SMALL) | {"hundred", "thousand", "million", "billion", "lakh", "crore"}

# "5,800", "5.800" and "5 800" are one number; "5.8" is not 58.
_GROUPED = re.compile(r"\d{1,3}(?:[.,\u2019'\u00a0\u2009\u202f ]\d{3})+")
_DECIMAL = re.compile(r"\d+[.,]\d{1,2}|\d+\.\d+")
_PLAIN = re.compile(r"\d{1,15}")


def digits_value(text: str) -> float | None:
    """The number that digits stand for, whatever separates their groups; None if they are not a number."""
    if _PLAIN.fullmatch(text) and text.isascii():
        return int(text)
    if not text.isascii() and any(char.isdigit() and not char.isascii() for char in text):
        return None
    if len(text) <= 20 and _GROUPED.fullmatch(text):
        return int(re.sub(r"\D", "", text))
    return float(text.replace(",", ".")) if len(text) <= 20 and _DECIMAL.fullmatch(text) else None


def number_value(words: Sequence[str]) -> float | None:
    """The number that words and digits make together, such as ("1.2", "million") or ("twenty", "-", "six")."""
    total, current, seen = 0.0, 0.0, False
    for word in words:
        low = word.lower()
        if low in {"-", "and"}:
            continue
        if low in {"a", "an"}:
            current, seen = 1.0, True
        elif low in SMALL:
            current, seen = current + SMALL[low], True
        elif low in SCALES:
            scale = SCALES[low]
            current = (current if seen else 1.0) * scale
            seen = True
            if scale >= 1_000:
                total, current = total + current, 0.0
        elif (value := digits_value(low)) is not None:
            current, seen = current + value, True
        else:
            return None
    return total + current if seen else None


def year_value(words: Sequence[str]) -> int | None:
    """A year read aloud: ("nineteen", "ninety", "seven") is 1997; None where the words say something else."""
    parts = [word.lower() for word in words if word not in {"-", "and"}]
    if len(parts) < 2 or parts[0] not in {"sixteen", "seventeen", "eighteen", "nineteen", "twenty"}:
        return None
    if any(part not in SMALL for part in parts) or len(parts) > 3:
        return None
    rest = sum(SMALL[part] for part in parts[1:])
    tens = SMALL[parts[1]]
    if not 10 <= rest <= 99 or (len(parts) == 3 and (tens < 20 or SMALL[parts[2]] > 9)):
        return None
    return SMALL[parts[0]] * 100 + rest


def whole(value: float | None) -> int | None:
    """The number as a count, None where it is none: "2.5 people" is no count, "1.2 million" is."""
    return round(value) if value is not None and abs(value - round(value)) < 1e-6 and value < 1e10 else None
