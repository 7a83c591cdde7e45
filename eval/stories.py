"""Which articles tell the same story: groups by the judge of pairs, since the stories are pieces of news."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eval.folds import open_folds
from eval.harness import Figure, Line, read_jsonl, write_jsonl
from sayso.link.articles import group_articles, profile_articles
from sayso.model import Analysis, Article

# Trivial: every article is a story of its own. The judge of pairs was fitted on this half: here each pair is judged by
# fits that never saw its stories.
FIGURES = (
    Figure("AS pairs F1", ("AS", "pairs", "F"), "0.609 TF-IDF one pass (its README)", 0.0, crossed=True),
    Figure("AS BCubed F1", ("AS", "bcubed", "F"), "0.815 TF-IDF one pass", 0.513, crossed=True),
    Figure("BASIL pairs F1", ("BASIL", "pairs", "F"), "0.977 TF-IDF one pass", 0.0, crossed=True),
    Figure("BASIL BCubed F1", ("BASIL", "bcubed", "F"), "0.985 TF-IDF one pass", 0.5, crossed=True),
)


def read_article(row: dict[str, Any]) -> Article:
    """A row as an article; AS gives the Monday of its week alone."""
    title = row["title"] or None
    return Article(
        f"{title}\n\n{row['text']}" if title else row["text"],
        outlet=row["outlet"],
        title=title,
        published=row["date"] or row["week"],
        lang="en",
        id=row["id"],
    )


def predict(folder: Path, line: Line, work: Path) -> list[str]:
    """The stories of each corpus on its own, as the benchmark scores them."""
    rows = list(read_jsonl(folder / "dev.jsonl"))
    found = []
    for corpus in sorted({row["corpus"] for row in rows}):
        articles = [read_article(row) for row in rows if row["corpus"] == corpus]
        judge = open_folds("story", {row["id"]: row["story"] for row in rows})
        groups = group_articles(profile_articles(Analysis(article) for article in articles), "story", judge=judge)
        found += [{"id": id, "cluster": group[0]} for group in groups for id in group]
    write_jsonl(work / "pred.jsonl", found)
    return ["dev.jsonl", str(work / "pred.jsonl")]
