"""Fits `src/sayso/data/cue_priors.json`: how often a word in a construction introduces somebody's words.

    python -m training.cue_priors TRAIN.jsonl [--cache FOLDER] [--limit N]

Counts the proposals of `extract.sayings` against annotated articles. A proposal whose cue stands inside an annotated
content is left out: that annotation flattens nesting and cannot tell whether the inner saying is one.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from eval.harness import Line, read_jsonl
from sayso.extract.attribution import candidates
from sayso.extract.direct import quoted_ranges, widen
from sayso.extract.sayings import Saying
from sayso.model import Article, Parsed

TARGET = Path(__file__).resolve().parent.parent / "src" / "sayso" / "data" / "cue_priors.json"
FLOOR = 0.3  # best F1 on articles left out of the fit
LEAST_DOCUMENTS = 2
WEIGHT = 3.0  # pseudo-counts given to the construction's share


def tokens(parsed: Parsed, spans: Iterable[Sequence[int]]) -> frozenset[int]:
    held = list(spans)
    if not held:
        return frozenset()
    return frozenset(
        token for token in range(len(parsed)) if any(parsed.start[token] < e and parsed.end[token] > s for s, e in held)
    )


def is_right(saying: Saying, gold: Iterable[dict[str, frozenset[int]]]) -> bool:
    """Whether an annotated attribution has this content (Jaccard at least 0.5) and shares a token of the source."""
    content = frozenset(token for first, last in saying.content for token in range(first, last + 1))
    source = saying.links[-1].source
    named = frozenset(range(source[0], source[1] + 1)) if source else frozenset()
    for one in gold:
        shared = len(content & one["content"])
        if shared * 2 >= len(content | one["content"]) and (named & one["source"] or not (named or one["source"])):
            return True
    return False


def count(pairs: Iterable[tuple[Parsed, dict[str, Any]]]) -> tuple[Counter[tuple[str, str, str, bool]], ...]:
    seen: Counter[tuple[str, str, str, bool]] = Counter()
    right: Counter[tuple[str, str, str, bool]] = Counter()
    documents: dict[tuple[str, str, str, bool], set[str]] = defaultdict(set)
    for parsed, row in pairs:
        gold = [{role: tokens(parsed, one[role]) for role in ("source", "content")} for one in row["attributions"]]
        covered = frozenset[int]().union(*(one["content"] for one in gold)) if gold else frozenset()
        quotes = quoted_ranges(parsed)
        for saying in (widen(one, quotes) for one in candidates(parsed)):
            if saying.cue in covered or saying.share == 0.0:
                continue
            key = (saying.part, saying.lemma, saying.frame, saying.entry is not None)
            seen[key] += 1
            right[key] += is_right(saying, gold)
            documents[key].add(row["id"])
    return seen, right, Counter({key: len(ids) for key, ids in documents.items()})


def fit(seen: Counter[Any], right: Counter[Any], documents: Counter[Any]) -> dict[str, Any]:
    general: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for (part, _, frame, known), number in seen.items():
        total = general[f"{part} {frame.split(':')[0]} {'known' if known else 'other'}"]
        total[0] += right[part, _, frame, known]
        total[1] += number
    frames = {name: round((hits + 0.2) / (number + 1), 3) for name, (hits, number) in general.items()}
    words = {}
    for (part, lemma, frame, known), number in sorted(seen.items()):
        if documents[part, lemma, frame, known] < LEAST_DOCUMENTS or not lemma.isalpha():
            continue
        base = frames[f"{part} {frame.split(':')[0]} {'known' if known else 'other'}"]
        share = (right[part, lemma, frame, known] + WEIGHT * base) / (number + WEIGHT)
        if known or share > 0.15:
            words[f"{part} {lemma} {frame}"] = round(share, 3)
    return {"floor": FLOOR, "frames": frames, "words": words}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--limit", type=int)
    chosen = parser.parse_args()
    rows = list(read_jsonl(chosen.train))[: chosen.limit]
    line = Line(chosen.cache)
    parses = line.parse(Article(row["text"], id=row["id"], title=row.get("title")) for row in rows)
    fitted = fit(*count(zip(parses, rows, strict=True)))
    TARGET.write_text(json.dumps(fitted, indent=0, sort_keys=True) + "\n", "utf-8")
    print(f"{len(rows)} articles, {len(fitted['words'])} words in constructions, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
