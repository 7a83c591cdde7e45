"""False alarms: reports of different outlets on one piece of news (BASIL) that are called copies of one another."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

from eval.harness import Figure, Line, read_jsonl
from eval.stories import read_article
from sayso.link.copies import copy_of

# A few of these pairs may carry one agency's words; most were written by three papers' own reporters.
FIGURES = (
    Figure(
        "BASIL pairs called copies", ("BASIL", "share"), "none published", 0.0, in_sample=True, lower_is_better=True
    ),
)


def measure(line: Line, bench: Path) -> dict[str, Any]:
    """The share of pairs of different outlets in one story that are called copies, of each kind."""
    stories: dict[str, list[dict[str, Any]]] = {}
    for row in read_jsonl(bench / "stories" / "dev.jsonl"):
        if row["corpus"] == "BASIL":
            stories.setdefault(row["story"], []).append(row)
    pairs = [
        (read_article(one), read_article(two))
        for rows in stories.values()
        for one, two in combinations(rows, 2)
        if one["outlet"] != two["outlet"]
    ]
    found = [copy for one, two in pairs if (copy := copy_of(one, two)) is not None]
    kinds = sorted({str(copy.kind) for copy in found})
    counts = {kind: sum(str(copy.kind) == kind for copy in found) for kind in kinds}
    return {"BASIL": {"pairs": len(pairs), "copies": len(found), "kinds": counts, "share": len(found) / len(pairs)}}
