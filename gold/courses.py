"""Little archives whose reports tell one toll over days, `tolls/courses/*.toml`, with what it should be reconciled to.

`TOLLS.md` says, in its last part, by which rules; what of them can be checked is checked here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from gold.claims import GoldError
from sayso.config import Config
from sayso.model import Article, Harm
from sayso.read.facts import Facts, make_article

FOLDER = Path(__file__).with_name("tolls") / "courses"
HALVES = ("dev", "blind")
_COURSE = frozenset({"id", "what", "invented", "report"})
_REPORT = frozenset({"outlet", "day", "text", "credit"})


class Standing(StrEnum):
    """How a figure stands in the end; of a figure told several times the first of these that one telling has."""

    COUNTED = "counted"
    DISAGREES = "disagrees"
    SUPERSEDED = "superseded"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    PART = "part"  # of a whole: in none of the lists


@dataclass(frozen=True, slots=True)
class GoldTotal:
    """What the figures of one harm amount to; `best` None: unknown, `high` None: open above."""

    low: int
    best: int | None
    high: int | None
    figures: Mapping[int, Standing]


@dataclass(frozen=True, slots=True)
class Course:
    """One happening told over days."""

    id: str
    what: str
    reports: tuple[Article, ...]
    totals: Mapping[Harm, GoldTotal]


def load(half: str) -> tuple[Course, ...]:
    """The courses of a half; GoldError, with file and course, where one breaks the rules or an id stands twice."""
    return tuple(read(FOLDER / f"{half}.toml"))


def read(path: Path) -> Iterator[Course]:
    seen: set[str] = set()
    for row in tomllib.loads(path.read_text("utf-8")).get("course", ()):
        try:
            if row["id"] in seen:
                raise ValueError("the id stands before")
            seen.add(row["id"])
            yield _course(row)
        except (ValueError, KeyError, TypeError) as wrong:
            raise GoldError(f"{path.name}: {row.get('id', 'a course without an id')}: {wrong}") from wrong


def _course(row: dict[str, Any]) -> Course:
    totals = {Harm(key): _total(value) for key, value in row.items() if key not in _COURSE}
    if not totals:
        raise ValueError("it has no toll")
    reports = tuple(_article(f"{row['id']}-{number}", report) for number, report in enumerate(row["report"], 1))
    return Course(row["id"], row["what"], reports, totals)


def _article(id: str, row: dict[str, Any]) -> Article:
    if set(row) - _REPORT:
        raise ValueError(f"keys of a report are {sorted(_REPORT)}; not {sorted(row)}")
    credits = (row["credit"],) if "credit" in row else ()
    title, blank, body = row["text"].strip().partition("\n\n")
    facts = Facts(outlet=row["outlet"], title=title, published=row["day"], credits=credits, lang="en", id=id)
    article = make_article(body, facts, id, Config())
    if not blank or not isinstance(article, Article):
        raise ValueError(f"{id} is no report with a title")
    return article


def _total(row: dict[str, Any]) -> GoldTotal:
    low, high = row["low"], None if row["high"] == "open" else row["high"]
    best = None if row["best"] == "unknown" else row["best"]
    figures = {int(figure): Standing(standing) for figure, standing in row["figures"].items()}
    if not (low <= (low if best is None else best) and (high is None or (low if best is None else best) <= high)):
        raise ValueError(f"low {low}, best {best} and high {high} are not in order")
    if Standing.COUNTED not in figures.values():
        raise ValueError("no figure counts")
    return GoldTotal(low, best, high, figures)
