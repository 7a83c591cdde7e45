"""The development halves as profiles with their gold groups, and denser streams made from them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from eval.gva_incidents import read_article as read_page
from eval.harness import read_jsonl
from eval.stories import read_article as read_story
from sayso.link.profile import Profile, profile
from sayso.link.rarity import Rarity
from sayso.model import Analysis


@dataclass(frozen=True, slots=True)
class Stream:
    """Articles with the group that each belongs to."""

    name: str
    profiles: tuple[Profile, ...]
    gold: Mapping[str, str]


def pages(bench: Path, rarity: Rarity | None = None) -> Stream:
    """News pages on shootings, grouped by incident."""
    folder = bench / "gva_incidents" / "dev"
    profiles = tuple(profile(Analysis(read_page(row)), rarity) for row in read_jsonl(folder / "docs.jsonl"))
    gold = {row["doc_id"]: row["incident_id"] for row in read_jsonl(folder / "links.jsonl")}
    return Stream("gva_incidents", profiles, gold)


def stories(bench: Path, corpus: str, rarity: Rarity | None = None) -> Stream:
    """The articles of a corpus of stories, grouped by story."""
    rows = [row for row in read_jsonl(bench / "stories" / "dev.jsonl") if row["corpus"] == corpus]
    profiles = tuple(profile(Analysis(read_story({**row, "date": spread(row)})), rarity) for row in rows)
    return Stream(corpus, profiles, {row["id"]: row["story"] for row in rows})


def spread(row: Mapping[str, Any]) -> str:
    """The article's date; where the week alone is known a day of it chosen by the id.

    Else a fit would take the exact Monday for evidence.
    """
    if row["date"]:
        return str(row["date"])
    return (date.fromisoformat(row["week"]) + timedelta(days=_number(row["id"]) % 6)).isoformat()


def denser(stream: Stream, times: int) -> Stream:
    """The stream with its groups moved, by whole weeks, into so many times fewer weeks; weekdays stay."""
    if times == 1:
        return stream
    days = {one.article: one.published or 0 for one in stream.profiles}
    first = min(days.values())
    span = max(1, round(((max(days.values()) - first) // 7 + 1) / times))
    starts: dict[str, int] = defaultdict(lambda: 10**9)
    for article, day in days.items():
        starts[stream.gold[article]] = min(day, starts[stream.gold[article]])
    moved = {group: 7 * (_number(group) % span - (day - first) // 7) for group, day in starts.items()}
    profiles = tuple(shifted(one, moved[stream.gold[one.article]]) for one in stream.profiles)
    return Stream(f"{stream.name}, {times} times denser", profiles, stream.gold)


def shifted(one: Profile, days: int) -> Profile:
    """An article as if it had been written so many days later."""
    told = {day + days: share for day, share in one.days.items()}
    return replace(one, published=None if one.published is None else one.published + days, days=told)


def _number(text: str) -> int:
    return int(hashlib.md5(text.encode()).hexdigest(), 16)
