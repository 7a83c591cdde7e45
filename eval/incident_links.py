"""Which reports tell one shooting, by the incidents that `link` makes of all events of gva_incidents.

`gva_incidents` groups whole articles by the judge of pairs; here stands all that the program does: tellings, edges
between them, incidents. An article's incident is that of its main telling; one without such a telling is alone. The
judge is one that never saw what it judges; the weights of tellings did, so that the figures are in-sample. Pages are
coded by the rules alone, since the typer by its guide leaves ordinary crime uncoded. The scorer is the benchmark's.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.folds import CrossJudge, open_folds
from eval.gva_incidents import read_article
from eval.harness import Figure, Line, read_jsonl, score, write_jsonl
from sayso.link.engine import Relinking
from sayso.link.judge import Pair, judge_both
from sayso.link.tellings import tell
from sayso.link.verdicts import read_verdicts
from sayso.linkindex import MemoryIndex
from sayso.model import Analysis, Links
from sayso.pipeline import analyse_by

# Trivial: every page alone.
FIGURES = (
    Figure("pairwise F1", ("linking", "pairwise", "f1"), "0.862 whole articles grouped", 0.0, in_sample=True),
    Figure("pairwise precision", ("linking", "pairwise", "p"), "", 1.0, in_sample=True),
    Figure("pairwise recall", ("linking", "pairwise", "r"), "", 0.0, in_sample=True),
    Figure("B3 F1", ("linking", "b3", "f1"), "0.951 whole articles grouped", 0.761, in_sample=True),
    Figure(
        "B3 F1, several reports", ("linking", "multi_b3", "f1"), "0.936 whole articles grouped", 0.561, in_sample=True
    ),
    Figure("with a main telling", ("main",), "", 0.0),
)


def measure(line: Line, bench: Path) -> dict[str, Any]:
    """What the scorer says of the incidents, and the share of articles that have a main telling in one."""
    folder = bench / "gva_incidents"
    analyses = list(by_rules(line, folder))
    found = main_incidents(analyses, link_unseen(analyses, read_gold(folder)))
    return {**scored(folder, found), "main": sum(at is not None for at in found.values()) / max(1, len(found))}


def by_rules(line: Line, folder: Path) -> Iterator[Analysis]:
    """The pages coded by the rules alone: the typer leaves ordinary crime uncoded, and with it two pages of three."""
    pages = (read_article(row) for row in read_jsonl(folder / "dev" / "docs.jsonl"))
    return (analyse_by(parsed, line.gazetteer, None) for parsed in line.parse(pages))


def read_gold(folder: Path) -> dict[str, str]:
    """The incident of each page."""
    return {row["doc_id"]: row["incident_id"] for row in read_jsonl(folder / "dev" / "links.jsonl")}


def link_unseen(analyses: Sequence[Analysis], gold: Mapping[str, str]) -> Links:
    """What `link` makes of them where each pair is judged by weights that never saw its groups."""
    index = MemoryIndex({analysis.article.id: analysis for analysis in analyses}.get)
    for analysis in sorted(analyses, key=lambda one: one.article.id):
        index.hold(analysis)
    Relinking(index, read_verdicts(()), Unseen(open_folds("incident", gold)).both).run(index.pending())
    return index.links()


class Unseen:
    """Judges pairs of articles: by fold whether they tell one incident, as shipped whether they are of one story."""

    def __init__(self, judge: CrossJudge) -> None:
        self._judge = judge

    def both(self, pairs: Sequence[Pair]) -> list[tuple[float, float]]:
        """The probability of one incident, and of one story, of each pair."""
        stories = [story for _, story in judge_both(pairs)]
        return list(zip(self._judge.pairs(pairs), stories, strict=True))


def main_incidents(analyses: Sequence[Analysis], links: Links) -> dict[str, str | None]:
    """The incident of each article's main telling; None where it has none."""
    home = {event: incident.id for incident in links.incidents for event in incident.events}
    found: dict[str, str | None] = {}
    for analysis in analyses:
        main = [one for one in tell(analysis, "") if one.main >= 1]
        found[analysis.article.id] = home.get(main[0].id) if main else None
    return found


def scored(folder: Path, found: Mapping[str, str | None]) -> dict[str, Any]:
    """The benchmark's own scores of these incidents of articles."""
    groups: dict[str, list[str]] = defaultdict(list)
    for article, incident in sorted(found.items()):
        groups[incident or f"alone {article}"].append(article)
    with tempfile.TemporaryDirectory() as work:
        write_jsonl(Path(work) / "pred.jsonl", ({"doc_ids": group} for group in groups.values()))
        return score(folder, ["dev", str(Path(work) / "pred.jsonl")])
