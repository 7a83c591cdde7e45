"""The killed and injured that an incident's record gives, on the shootings of gva_incidents with the archive's groups.

What `gva_incidents` asks of the chooser alone is asked here of all that stands behind `sayso tolls`: the figures of the
reports, reconciled, with the chooser's word where it is sure. Weights never saw the incident that they decide. A harm
of which no figure stands counts as none here.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from eval.gva_incidents import WEIGHTS, fold_of, read_article
from eval.harness import Figure, Line, read_jsonl
from eval.toll_courses import given_tolls
from sayso.model import Analysis, Harm, TollEstimate

# Trivial: killed 0, injured 1; a range from 0 to any number always holds.
FIGURES = (
    Figure("killed right", ("killed", "right"), "0.907 chooser alone, cross-fitted", 0.457),
    Figure("injured right", ("injured", "right"), "0.820 chooser alone, cross-fitted", 0.329),
    Figure("killed within the range", ("killed", "within"), "", 1.0),
    Figure("injured within the range", ("injured", "within"), "", 1.0),
)


def measure(line: Line, bench: Path) -> dict[str, Any]:
    """Shares of all incidents with the best figure right, and of those with a figure the share whose range holds it."""
    folder = bench / "gva_incidents" / "dev"
    analyses = {
        one.article.id: one for one in line.code(read_article(row) for row in read_jsonl(folder / "docs.jsonl"))
    }
    told: dict[str, list[Analysis]] = defaultdict(list)
    for row in read_jsonl(folder / "links.jsonl"):
        told[row["incident_id"]].append(analyses[row["doc_id"]])
    rows = [row for row in read_jsonl(folder / "incidents.jsonl") if told[row["incident_id"]]]
    folds: list[dict[str, float]] = json.loads(WEIGHTS.read_text("utf-8"))
    found = [given_tolls(told[row["incident_id"]], folds[fold_of(row["incident_id"])]) for row in rows]
    return {
        harm.value: _rates([(row[harm.value], _of(harm, each)) for row, each in zip(rows, found, strict=True)])
        for harm in (Harm.KILLED, Harm.INJURED)
    }


def _of(harm: Harm, estimates: tuple[TollEstimate, ...]) -> TollEstimate | None:
    return next((one for one in estimates if one.harm is harm), None)


def _rates(pairs: list[tuple[int, TollEstimate | None]]) -> dict[str, float]:
    right = sum(((found.best if found else None) or 0) == record for record, found in pairs)
    ranges = [(record, found) for record, found in pairs if found is not None and found.best is not None]
    within = sum(found.low <= record <= (record if found.high is None else found.high) for record, found in ranges)
    return {"right": right / max(len(pairs), 1), "within": within / max(len(ranges), 1)}
