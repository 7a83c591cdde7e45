"""Fits the linker's weights on the development halves and prints what cross-fitting says they are worth.

    python training/fit_link.py ../shared/bench

Writes src/sayso/data/link.json. Nothing but numbers leaves the data. "incident" is fitted on gva_incidents, "story" on
the AS and BASIL parts of stories; AS knows the week only, so its articles are spread over the week's days by a hash of
their id before fitting, or the fit would take the exact Monday for evidence.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from sayso.link.articles import FEATURES, candidate_pairs, compare, profile_articles
from sayso.link.cluster import average_link
from sayso.model import Analysis, Article

OUT = Path(__file__).resolve().parent.parent / "src" / "sayso" / "data" / "link.json"
C = 1.0  # inverse strength of the L2 penalty
SLACK = 0.5  # points of pairs F1 given up for a higher threshold: precision first
GRID = tuple(round(0.3 + 0.05 * step, 2) for step in range(7))


def read(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def digest(text: str) -> int:
    return int(hashlib.md5(text.encode()).hexdigest(), 16)


def article(row: dict[str, str], published: str | None) -> Analysis:
    title = row.get("title") or None
    text = f"{title}\n\n{row['text']}" if title else row["text"]
    return Analysis(Article(text, title=title, published=published, id=row.get("doc_id") or row["id"]))


def spread(row: dict[str, str]) -> str:
    """The article's date, or a day of its week chosen by its id."""
    if row["date"]:
        return row["date"]
    return (date.fromisoformat(row["week"]) + timedelta(days=digest(row["id"]) % 6)).isoformat()


def collections(bench: Path) -> dict[str, list[tuple[list[Analysis], dict[str, str]]]]:
    docs = read(bench / "gva_incidents" / "dev" / "docs.jsonl")
    gold = {row["doc_id"]: row["incident_id"] for row in read(bench / "gva_incidents" / "dev" / "links.jsonl")}
    stories = []
    for corpus in ("AS", "BASIL"):
        rows = [row for row in read(bench / "stories" / "dev.jsonl") if row["corpus"] == corpus]
        stories.append(([article(row, spread(row)) for row in rows], {row["id"]: row["story"] for row in rows}))
    return {"incident": [([article(row, row["date"]) for row in docs], gold)], "story": stories}


def pairs_f1(gold: dict[str, str], groups: list[tuple[str, ...]]) -> float:
    def count(sizes: Counter) -> int:  # type: ignore[type-arg]
        return sum(size * (size - 1) // 2 for size in sizes.values())

    found = {id: at for at, group in enumerate(groups) for id in group}
    both = count(Counter((gold[id], found[id]) for id in gold))
    return 200 * both / max(1, count(Counter(gold.values())) + count(Counter(found.values())))


def fit(parts: list[tuple[list[Analysis], dict[str, str]]]) -> dict[str, object]:
    rows, labels, halves, names, golds, ties = [], [], [], [], [], []
    for analyses, gold in parts:
        profiles = profile_articles(analyses)
        tie = [(p.articles[0], other) for p in profiles for other in p.articles[1:]]
        for one, two in candidate_pairs(profiles):
            left, right = sorted((profiles[one].articles[0], profiles[two].articles[0]))
            rows.append(compare(profiles[one], profiles[two]))
            labels.append(gold[left] == gold[right])
            halves.append((digest(gold[left]) % 2, digest(gold[right]) % 2))
            names.append((len(golds), left, right))
        golds.append(gold)
        ties.append(tie)
    x, y, half = np.array(rows), np.array(labels), np.array(halves)
    models = [LogisticRegression(C=C, max_iter=5000).fit(x[m], y[m]) for m in [(half == 1 - f).all(1) for f in (0, 1)]]
    scores = np.array([model.predict_proba(x)[:, 1] for model in models])
    own = half[:, 0] == half[:, 1]
    crossed = np.where(own, scores[half[:, 0], np.arange(len(y))], scores.mean(0))
    table = {}
    for threshold in GRID:
        f1 = []
        for part, gold in enumerate(golds):
            chosen = {(a, b): s for (p, a, b), s in zip(names, crossed, strict=True) if p == part and s > 0.05}
            f1.append(pairs_f1(gold, average_link(gold, chosen, threshold, ties[part])))
        table[threshold] = [round(value, 1) for value in f1]
    print("cross-fitted pairs F1 by threshold:", table)
    final = LogisticRegression(C=C, max_iter=5000).fit(x, y)
    mean = {threshold: sum(row) / len(row) for threshold, row in table.items()}
    best = max(threshold for threshold in GRID if mean[threshold] >= max(mean.values()) - SLACK)
    weights = {name: round(float(w), 3) for name, w in zip(FEATURES, final.coef_[0], strict=True)}
    return {"bias": round(float(final.intercept_[0]), 3), "weights": weights, "threshold": best}


if __name__ == "__main__":
    found = {purpose: fit(parts) for purpose, parts in collections(Path(sys.argv[1])).items()}
    OUT.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    print(OUT.read_text("utf-8"))
