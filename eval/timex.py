"""Time expressions: TimeBank, AQUAINT and WikiWars; the creation time is given as the date of publication."""

from __future__ import annotations

from pathlib import Path

from eval.harness import Figure, Line, read_jsonl, write_jsonl
from sayso.model import Article

_TB, _AQ = "HeidelTime, TimeBank dev", "HeidelTime, AQUAINT dev"
# Trivial: each weekday, month name and four-digit year is an expression; a year stands for itself, all else for the
# creation time.
FIGURES = (
    Figure("TB value F1", ("TB", "value", "F"), f"0.796 ({_TB})", 0.13),
    Figure("TB strict F1", ("TB", "strict", "F"), f"0.854 ({_TB})", 0.27),
    Figure("TB relaxed F1", ("TB", "relaxed", "F"), f"0.920 ({_TB})", 0.4),
    Figure("TB day F1", ("TB", "day", "F"), f"0.861 ({_TB})", 0.12),
    Figure("AQ value F1", ("AQ", "value", "F"), f"0.762 ({_AQ})", 0.3),
    Figure("AQ day F1", ("AQ", "day", "F"), f"0.894 ({_AQ})", 0.35),
    Figure("WW value F1", ("WW", "value", "F"), "0.796 (HeidelTime, WikiWars held out)", 0.2),
    Figure("WW day F1", ("WW", "day", "F"), "0.807 (HeidelTime, WikiWars held out)", 0.0),
)


def predict(folder: Path, line: Line, work: Path) -> list[str]:
    gold = list(read_jsonl(folder / "dev.jsonl"))
    articles = (Article(row["text"], published=row["dct"], lang="en", id=row["id"]) for row in gold)
    rows = (
        {
            "id": analysis.article.id,
            "timexes": [
                {"start": time.span.start, "end": time.span.end, "type": time.type, "value": time.value}
                for time in analysis.times
            ],
        }
        for analysis in line.code(articles)
    )
    write_jsonl(work / "pred.jsonl", rows)
    return ["dev.jsonl", str(work / "pred.jsonl")]
