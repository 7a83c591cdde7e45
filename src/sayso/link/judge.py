"""The judge of pairs: whether two articles report one main happening, or belong to one piece of news.

A function of the two profiles alone: boosted trees over the features of `likeness`, calibrated, from
`training/fit_link.py`. `data/link.card.md` says on what they were fitted and how well they do.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

import numpy as np

from sayso.knowledge import blob
from sayso.link.likeness import FEATURES, compare
from sayso.link.profile import Profile, cosine
from sayso.trees import Rows, Trees

PURPOSES = ("incident", "story")  # one main happening; one piece of news
CHUNK = 128  # pairs whose ways through the trees stay in a processor's cache
NOTHING = 0.08  # cosine of words below which days and numbers that agree prove nothing

Pair = tuple[Profile, Profile]


class Scorer(Protocol):
    """What groups articles: probabilities of pairs, and the mean at which two groups join."""

    @property
    def threshold(self) -> float: ...

    def pairs(self, pairs: Sequence[Pair]) -> list[float]:
        """The probability of each pair, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Judge:
    """A fitted judge of pairs, and the mean probability at which two groups join."""

    trees: Trees
    threshold: float

    @classmethod
    def of(cls, arrays: Mapping[str, Any], name: str) -> Judge:
        """The judge stored in an NPZ file under names that begin with `name`."""
        return cls(Trees.of(arrays, name), float(arrays[f"{name}_joins"]))

    def pairs(self, pairs: Sequence[Pair]) -> list[float]:
        """The probability of each pair, 0 to 1."""
        return [float(score) for score in self.rows(features(pairs))]

    def rows(self, rows: Rows) -> np.ndarray[Any, np.dtype[np.float64]]:
        """The same of features, shape (pairs, len(FEATURES))."""
        parts = [self.trees.probability(rows[at : at + CHUNK]) for at in range(0, len(rows), CHUNK)]
        scores = np.concatenate([np.zeros(0), *parts])
        return np.where(rows[:, :2].max(axis=1, initial=0.0) < NOTHING, 0.0, scores)


@cache
def open_judge(purpose: str) -> Judge:
    """The judge that ships for "incident" or "story"."""
    with np.load(io.BytesIO(blob("link.npz")), allow_pickle=False) as arrays:
        return Judge.of(arrays, purpose)


def judge_both(pairs: Sequence[Pair]) -> list[tuple[float, float]]:
    """The probability that each pair tells one incident, and that it belongs to one story."""
    near = [at for at, pair in enumerate(pairs) if not _strangers(*pair)]
    rows = features([pairs[at] for at in near])
    incident, story = (open_judge(purpose).rows(rows).tolist() for purpose in PURPOSES)
    found = dict(zip(near, zip(incident, story, strict=True), strict=True))
    return [found.get(at, (0.0, 0.0)) for at in range(len(pairs))]


def _strangers(left: Profile, right: Profile) -> bool:
    """Whether two articles have so few words in common that no judge need look: `rows` gives them nothing either."""
    return cosine(left.terms, right.terms) < NOTHING and cosine(left.lead, right.lead) < NOTHING


def features(pairs: Sequence[Pair]) -> Rows:
    """The features of each pair, shape (pairs, len(FEATURES)); of a pair the article with the smaller id is first."""
    found = [compare(one, two) if one.article <= two.article else compare(two, one) for one, two in pairs]
    return np.array(found, np.float32).reshape(len(pairs), len(FEATURES))


def judge_pairs(pairs: Sequence[Pair], purpose: str) -> list[float]:
    """The probability, 0 to 1, that each pair tells one "incident", or belongs to one "story"."""
    return open_judge(purpose).pairs(pairs)
