"""Counts how common words are in the news, for weights that no archive changes.

    python -m training.rarity --bench BENCH [--without gva_incidents,stories]

Writes src/sayso/data/rarity.npz: for each stem, name and phrase that at least one in 500 texts of some collection
holds, its hash and the share of texts that hold it, averaged over the collections. No word, and no name that few texts
hold, is in it or can be read from it.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np

from eval.harness import read_jsonl
from sayso.link.profile import read_terms
from sayso.link.rarity import STEPS, hashed
from sayso.model import Article

OUT = Path(__file__).resolve().parent.parent / "src" / "sayso" / "data" / "rarity.npz"
FLOOR = 1 / 500
# Collections of about equal kind; each weighs by the square root of its size, lest one subject decide what is common.
COLLECTIONS = {
    "gva_incidents": ("gva_incidents/dev/docs.jsonl",),
    "stories": ("stories/dev.jsonl",),
    "polnear": ("polnear/train.jsonl", "polnear/dev.jsonl"),
    "muc4": ("muc4/train.jsonl", "muc4/dev.jsonl"),
    "india_police": ("india_police/dev.jsonl",),
    "geoparse": ("geoparse/dev.jsonl",),
    "timex": ("timex/dev.jsonl",),
}


def texts(bench: Path, name: str) -> Iterator[Article]:
    for file in COLLECTIONS[name]:
        for row in read_jsonl(bench / file):
            text = row["text"]
            # MUC's texts are in capitals: words only, since every word would seem a name.
            yield Article(text.lower() if text.isupper() else text)


def counted(articles: Iterable[Article]) -> tuple[Counter[str], int]:
    """In how many texts each term stands, and of how many."""
    counts: Counter[str] = Counter()
    size = 0
    for article in articles:
        counts.update(read_terms(article))
        size += 1
    return counts, size


def shares(tables: Mapping[str, tuple[Counter[str], int]], floor: float = FLOOR) -> dict[str, float]:
    """The mean share of each term over collections, by the square root of their sizes; those above the floor."""
    weights = {name: math.sqrt(size) for name, (_, size) in tables.items()}
    found: Counter[str] = Counter()
    for name, (counts, size) in tables.items():
        for term, count in counts.items():
            found[term] += weights[name] * count / size  # type: ignore[assignment]
    total = sum(weights.values())
    return {term: share / total for term, share in found.items() if share / total >= floor}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--without", default="", help="collections left out, to see whether they matter")
    parser.add_argument("--out", type=Path, default=OUT)
    chosen = parser.parse_args()
    names = [name for name in COLLECTIONS if name not in chosen.without.split(",")]
    found = shares({name: counted(texts(chosen.bench, name)) for name in names})
    write(found, chosen.out)
    print(json.dumps({"terms": len(found), "bytes": chosen.out.stat().st_size}))


def write(found: Mapping[str, float], out: Path) -> None:
    rows = sorted((hashed(term), min(STEPS, max(1, round(share * STEPS)))) for term, share in found.items())
    np.savez_compressed(
        out,
        terms=np.array([term for term, _ in rows], np.uint32),
        shares=np.array([step for _, step in rows], np.uint16),
        floor=np.float64(FLOOR),
    )


if __name__ == "__main__":
    main()
