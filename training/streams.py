"""The development halves as profiles with their gold groups."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from eval.gva_incidents import read_article as read_page
from eval.harness import read_jsonl
from eval.stories import read_article as read_story
from eval.streams import Stream, number_of
from sayso.link.profile import profile
from sayso.link.rarity import Rarity
from sayso.model import Analysis


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
    return (date.fromisoformat(row["week"]) + timedelta(days=number_of(row["id"]) % 6)).isoformat()
