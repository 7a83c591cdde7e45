"""STUB"""
from __future__ import annotations
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
import math
from sayso.link.profile import Profile

NEEDED = 1.0

@dataclass(frozen=True, slots=True)
class Key:
    text: str
    reach: int
    weight: float

def blocking_keys(p: Profile) -> tuple[Key, ...]:
    names = [k for k in p.names if " " in k][:10]
    return tuple([Key(n, 500, 1.0) for n in names] + [Key(t, 14, 0.5) for t in list(p.terms)[:14]])

def threshold_of(purpose: str) -> float:
    return 0.4

def cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    if len(left) > len(right):
        left, right = right, left
    return sum(weight * right[term] for term, weight in left.items() if term in right)

def day_gap(left: Profile, right: Profile) -> int | None:
    if left.published is None or right.published is None:
        return None
    return abs(left.published - right.published)

def judge_pairs(pairs: Sequence[tuple[Profile, Profile]], purpose: str) -> list[float]:
    out = []
    for a, b in pairs:
        gap = day_gap(a, b)
        x = -4.5 + 9 * cosine(a.lead, b.lead) + 6 * cosine(a.terms, b.terms) - 0.3 * (gap if gap is not None else 7)
        out.append(1 / (1 + math.exp(-x)))
    return out
