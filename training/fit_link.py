"""Fits the judge of pairs on the development halves and prints what cross-fitting says it is worth.

    python -m training.fit_link --bench BENCH

Writes src/sayso/data/link.npz, and eval/link_folds.npz with a judge for each fold of the gold groups that never saw
one of them. Nothing but numbers leaves the data. "incident" is fitted on gva_incidents as it is, in streams made
denser and in made-up crises, and on the pieces of news of the AS and BASIL parts of stories, where many articles share
their politics; "story" on AS and BASIL, as they are and in crises. Seeds are fixed.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from eval.crises import in_crises
from eval.folds import FOLDS, JUDGES, fold_of
from eval.streams import Stream, denser, pairs_f1
from sayso.link.articles import SEEN
from sayso.link.cluster import average_link, ordered
from sayso.link.judge import PURPOSES, Judge
from sayso.link.keys import blocking_keys, proposed_pairs
from sayso.link.likeness import FEATURES, MAIN, compare
from training.boosting import flatten_mean
from training.streams import pages, stories

OUT = Path(__file__).resolve().parent.parent / "src" / "sayso" / "data" / "link.npz"
DENSITIES = (1, 6, 26)
GRID = (0.2, 0.22, 0.24, 0.26, 0.28, 0.3, 0.35, 0.4, 0.45, 0.5)


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a judge is fitted on, and how its trees grow."""

    streams: tuple[Stream, ...]
    weights: tuple[float, ...]  # of each stream's pairs
    leaves: int
    fewest: int  # pairs in a leaf
    models: int  # fits with other seeds whose scores are averaged
    columns: int  # features that it sees, the first of them
    threshold: float  # mean probability at which groups join, chosen once on the cross-fitted table


@dataclass(frozen=True, slots=True)
class Pairs:
    """The candidate pairs of a stream: features, whether they belong together, folds of the two sides."""

    stream: Stream
    names: tuple[tuple[str, str], ...]
    rows: NDArray[np.float32]
    right: NDArray[np.bool_]
    folds: NDArray[np.int64]  # shape (pairs, 2)


def read_pairs(stream: Stream) -> Pairs:
    keys = [blocking_keys(one) for one in stream.profiles]
    found = proposed_pairs(keys, [one.published for one in stream.profiles])
    pairs = [(stream.profiles[one], stream.profiles[two]) for one, two in found]
    groups = [(stream.gold[left.article], stream.gold[right.article]) for left, right in pairs]
    return Pairs(
        stream,
        tuple(ordered(left.article, right.article) for left, right in pairs),
        np.array([compare(left, right) for left, right in pairs], np.float32),
        np.array([one == two for one, two in groups]),
        np.array([(fold_of(one), fold_of(two)) for one, two in groups]),
    )


def grow(sets: Sequence[Pairs], purpose: Purpose, name: str, without: int | None = None) -> dict[str, Any]:
    """A judge fitted on all pairs, or on those that touch no group of a fold, as arrays under a name."""
    kept = [np.ones(len(one.right), bool) if without is None else (one.folds != without).all(axis=1) for one in sets]
    rows = np.concatenate([one.rows[mask, : purpose.columns] for one, mask in zip(sets, kept, strict=True)])
    right = np.concatenate([one.right[mask] for one, mask in zip(sets, kept, strict=True)])
    weights = np.repeat(purpose.weights, [mask.sum() for mask in kept])
    models = [
        HistGradientBoostingClassifier(
            learning_rate=0.06, max_leaf_nodes=purpose.leaves, min_samples_leaf=purpose.fewest, l2_regularization=5.0,
            max_iter=150, max_features=0.5, early_stopping=False, random_state=seed,
        ).fit(rows, right, sample_weight=weights)
        for seed in range(purpose.models)
    ]  # fmt: skip
    return {**flatten_mean(name, models), f"{name}_joins": np.float64(purpose.threshold)}


def crossed(one: Pairs, judges: Sequence[Judge]) -> NDArray[np.float64]:
    """The probability of each pair: the mean of the two judges that never saw the one's or the other's group."""
    scores = np.array([judge.rows(one.rows) for judge in judges])
    places = np.arange(len(one.right))
    return (scores[one.folds[:, 0], places] + scores[one.folds[:, 1], places]) / 2


def table(one: Pairs, scores: NDArray[np.float64]) -> Iterator[str]:
    """By threshold: pairs F1 and the size of the largest component of pairs that count."""
    held = {pair: float(score) for pair, score in zip(one.names, scores, strict=True) if score >= SEEN}
    gold = one.stream.gold
    recall = one.right.sum() / max(1, sum(n * (n - 1) // 2 for n in Counter(gold.values()).values()))
    yield f"{one.stream.name}: {2 * len(one.names) / len(gold):.1f} candidates an article, recall {recall:.3f}, "
    yield f"largest component {largest(held)}; pairs F1 by threshold: "
    yield ", ".join(f"{grid} {pairs_f1(gold, average_link(gold, held, grid)):.3f}" for grid in GRID)


def largest(scores: Mapping[tuple[str, str], float]) -> int:
    """Articles of the largest component that pairs with a score connect."""
    groups = average_link({id for pair in scores for id in pair}, {}, 2.0, same=scores)
    return max(map(len, groups), default=0)


def read_arrays(path: Path) -> dict[str, Any]:
    """What an earlier fit wrote."""
    with np.load(path, allow_pickle=False) as arrays:
        return dict(arrays)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--only", choices=PURPOSES, help="fit this judge alone and keep the other as it is")
    given = parser.parse_args()
    bench = given.bench
    shootings, news = pages(bench), tuple(stories(bench, corpus) for corpus in ("AS", "BASIL"))
    streams = (*(denser(shootings, times) for times in DENSITIES), in_crises(shootings), *news)
    purposes = {
        "incident": Purpose(streams, (1,) * len(streams), 12, 20, 1, len(FEATURES), 0.24),
        "story": Purpose((*news, *map(in_crises, news)), (4, 4, 1, 1), 12, 20, 3, len(MAIN), 0.4),
    }
    shipped, folded = (read_arrays(path) if given.only else {} for path in (OUT, JUDGES))
    for name, purpose in purposes.items():
        if given.only not in (None, name):
            continue
        sets = [read_pairs(stream) for stream in purpose.streams]
        for fold in range(FOLDS):
            folded.update(grow(sets, purpose, f"{name}{fold}", without=fold))
        judges = [Judge.of(folded, f"{name}{fold}") for fold in range(FOLDS)]
        for one in sets:
            print(name, "cross-fitted,", "".join(table(one, crossed(one, judges))), flush=True)
        shipped.update(grow(sets, purpose, name))
    np.savez_compressed(OUT, **shipped)
    np.savez_compressed(JUDGES, **folded)
    print(OUT, OUT.stat().st_size, "bytes;", JUDGES, JUDGES.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
