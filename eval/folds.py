"""Judges of pairs that never saw what they judge: one for each fold of the groups that the shipped was fitted on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sayso.link.judge import Judge, Pair

FOLDS = 5
JUDGES = Path(__file__).with_name("link_folds.npz")  # written by training/fit_link.py


def fold_of(group: str) -> int:
    """The fold of a group of articles, such as an incident, from its id alone."""
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % FOLDS


@dataclass(frozen=True, slots=True)
class CrossJudge:
    """Judges each pair by the mean of the two judges that were fitted without the one's or the other's group."""

    judges: Sequence[Judge]
    fold: Mapping[str, int]  # of each article
    threshold: float

    def pairs(self, pairs: Sequence[Pair]) -> list[float]:
        """The probability of each pair, 0 to 1."""
        found = np.zeros(len(pairs))
        sides = [[self.fold[pair[side].article] for pair in pairs] for side in (0, 1)]
        for number, judge in enumerate(self.judges):
            for side in sides:
                mine = [at for at, fold in enumerate(side) if fold == number]
                found[mine] += np.array(judge.pairs([pairs[at] for at in mine])) / 2
        return [float(score) for score in found]


def open_folds(purpose: str, groups: Mapping[str, str]) -> CrossJudge:
    """The judges of a purpose, for articles whose groups are known."""
    with np.load(JUDGES, allow_pickle=False) as arrays:
        judges = [Judge.of(arrays, f"{purpose}{fold}") for fold in range(FOLDS)]
    threshold = sum(judge.threshold for judge in judges) / FOLDS
    return CrossJudge(judges, {article: fold_of(group) for article, group in groups.items()}, threshold)
