"""Which mentions of an article are the same participant: precision first, unresolved rather than wrong."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.model import Parsed


@dataclass(frozen=True, slots=True)
class Draft:
    """An actor mention by tokens: `first` to `last`, both inclusive, and the name inside it (`end` exclusive)."""

    first: int
    last: int
    head: int
    label: str
    name: int
    end: int


def number_groups(parsed: Parsed, drafts: list[Draft]) -> list[int]:
    """A number for each mention; equal numbers are one participant."""
    numbers: dict[object, int] = {}
    found = []
    for place, draft in enumerate(drafts):
        key: object = place
        if draft.label not in ("nominal", "pronoun"):
            key = " ".join(parsed.text[draft.name : draft.end]).casefold()
        found.append(numbers.setdefault(key, len(numbers)))
    return found
