"""Reads the codings of toll phrases in `tolls/` and says what in them breaks the codebook, `TOLLS.md`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gold.claims import GoldError
from sayso.model import Harm, Span, VictimKind

FOLDER = Path(__file__).with_name("tolls")
PARTS = ("dev", "more", "blind")
_KEYS = frozenset({"words", "harm", "low", "high", "victims", "cumulative"})
_MORE = frozenset({"part", "withdrawn"})


@dataclass(frozen=True, slots=True)
class GoldToll:
    """One toll as coded; `span` is of its words."""

    span: Span
    harm: Harm
    low: int
    high: int | None
    kind: VictimKind | None
    cumulative: bool
    part: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class TollText:
    """A text and its tolls, in order of the coding; none where nothing was counted."""

    id: str
    text: str
    tolls: tuple[GoldToll, ...]


def is_here(part: str) -> bool:
    return (FOLDER / f"{part}.jsonl").is_file()


def load(part: str) -> tuple[TollText, ...]:
    """The texts of a part; GoldError, with the line, where one breaks the codebook or stands twice."""
    return tuple(read(FOLDER / f"{part}.jsonl"))


def read(path: Path) -> Iterator[TollText]:
    seen: set[str] = set()
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            if set(row) != {"text", "tolls"}:
                raise ValueError(f"keys are text and tolls, not {sorted(row)}")
            if row["text"] in seen:
                raise ValueError("the same text stands before")
            seen.add(row["text"])
            name = f"{path.stem}-{number}"
            yield TollText(name, row["text"], tuple(_toll(name, row["text"], toll) for toll in row["tolls"]))
        except (ValueError, KeyError, TypeError) as wrong:
            raise GoldError(f"{path.name}:{number}: {wrong}") from wrong


def _toll(name: str, text: str, row: dict[str, Any]) -> GoldToll:
    if not set(row) >= _KEYS or set(row) - _KEYS - _MORE:
        raise ValueError(f"keys of a toll are {sorted(_KEYS)}, and {sorted(_MORE)} where true; not {sorted(row)}")
    low, high = row["low"], row["high"]
    if type(low) is not int or low < 0 or (high is not None and (type(high) is not int or high < low)):
        raise ValueError(f"bounds {low} to {high}")
    flags = [row.get(key, False) for key in ("cumulative", "part", "withdrawn")]
    if any(type(flag) is not bool for flag in flags):
        raise ValueError(f"flags are true or false, not {flags}")
    kind = VictimKind(row["victims"]) if row["victims"] is not None else None
    return GoldToll(find_words(name, text, row["words"]), Harm(row["harm"]), low, high, kind, *flags)


def find_words(name: str, text: str, words: str) -> Span:
    """Where words stand; `#2` after them means the second place. ValueError where they do not, or twice unmarked."""
    plain, mark, number = words.rpartition("#")
    place = int(number) if mark and number.isdigit() else 1
    plain = plain if mark and number.isdigit() else words
    start = -1
    for _ in range(place):
        start = text.find(plain, start + 1)
        if start < 0 or not plain:
            raise ValueError(f"“{words}” is not in the text")
    return Span(name, start, start + len(plain))
