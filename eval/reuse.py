"""How heavily one text was rewritten from another: the aligner's degree of reuse, cut into the benchmark's levels."""

from __future__ import annotations

from pathlib import Path

from eval.harness import Figure, Line, read_jsonl, write_jsonl
from sayso.link.align import reuse
from sayso.link.words import read_words
from sayso.model import Article

# Trivial: every answer is called derived from the source of task d (binary, source), or "none" is always said (levels).
FIGURES = (
    Figure("AUC", ("auc",), "0.981 word trigrams, cut-offs from this half (its README)", 0.5),
    Figure("derived F1", ("binary", "F"), "0.981 word trigrams", 0.75, in_sample=True),
    Figure("right source", ("source",), "0.963 word trigrams", 0.259),
    Figure("four levels accuracy", ("four", "accuracy"), "0.844 word trigrams", 0.4, in_sample=True),
)
# Chosen on this half, each to part the levels below it from those above; chosen without the writer whose answers are
# judged, the accuracy is 0.78 where 0.87 is printed (one answer is 0.02).
LEVELS = ((0.87, "near_copy"), (0.68, "light"), (0.21, "heavy"), (0.0, "none"))


def predict(folder: Path, line: Line, work: Path) -> list[str]:
    """Each answer with the source that it takes most from."""
    rows = list(read_jsonl(folder / "dev.jsonl"))
    words = {row["id"]: read_words(Article(row["text"], id=row["id"])) for row in rows}
    sources = sorted(row["id"] for row in rows if row["level"] == "source")
    found = []
    for row in rows:
        if row["level"] != "source":
            score, source = max((reuse(words[row["id"]], words[source]), source) for source in sources)
            level = next(name for least, name in LEVELS if score >= least)
            found.append({"id": row["id"], "source": source, "level": level, "score": round(score, 4)})
    write_jsonl(work / "pred.jsonl", found)
    return ["dev.jsonl", str(work / "pred.jsonl")]
