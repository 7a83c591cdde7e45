"""Streams in which many happenings share one crisis: its words, names, places and days are in all their reports.

Local news of unconnected happenings teach a judge that a rare name in common means one happening. In a crisis it does
not: every report names the same president, city and first day. Here groups of articles are moved into one crisis of
three weeks, and each report is given some of the crisis's own words, made up and below the floor of rarity.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from random import Random
from typing import TypeVar

from eval.streams import Stream, number_of, shifted
from sayso.link.profile import KEPT, LEAD, SCENE, Profile

T = TypeVar("T", str, int)

TOGETHER = 12  # groups of one crisis
WEEKS = 3
WORDS, NAMES = 24, 8  # a crisis's own words; the first of them are names, and two in a row a phrase
OFTEN = (0.15, 0.75)  # the rarest and the commonest of them are in such shares of the reports
KNOWN_DAYS = 2  # days that many reports recall
RARITY = 6.21


def in_crises(stream: Stream, salt: str = "") -> Stream:
    """The stream as a set of crises of TOGETHER groups each, every crisis in WEEKS weeks."""
    days: dict[str, int] = {}
    for one in stream.profiles:
        group = stream.gold[one.article]
        days[group] = min(days.get(group, 10**9), one.published or 0)
    first, count = min(days.values()), max(1, len(days) // TOGETHER)
    crisis = {group: number_of(salt + group) % count for group in days}
    begun = {number: number_of(f"{salt}{number}") % 100 for number in range(count)}
    moved = {
        group: 7 * (begun[crisis[group]] + number_of(f"{salt} {group}") % WEEKS - (day - first) // 7)
        for group, day in days.items()
    }
    profiles = []
    for one in stream.profiles:
        group = stream.gold[one.article]
        number = crisis[group]
        later = shifted(one, moved[group])
        profiles.append(told_in(later, f"{salt}{number}", first + 7 * begun[number]))
    return Stream(f"{stream.name}, in crises", tuple(profiles), stream.gold)


def told_in(one: Profile, crisis: str, begun: int) -> Profile:
    """The report with some of a crisis's own words, names, places and days."""
    chance = Random(number_of(f"{crisis} {one.article}"))
    words: dict[str, int] = {}
    for number in range(WORDS):
        often = OFTEN[0] + (OFTEN[1] - OFTEN[0]) * (number_of(f"{crisis} {number}") % 100) / 100
        if chance.random() < often:
            words[f"{crisis}~{number}"] = chance.choice((1, 1, 2, 3, 5))
    own = [word for word in words if int(word.rsplit("~", 1)[1]) < NAMES]
    names = {f"^{word}": RARITY for word in own}
    names |= {f"^{left} {right}": RARITY for left, right in pairwise(own) if chance.random() < 0.5}
    early = {word: count for word, count in words.items() if chance.random() < 0.5}
    told = {word: count for word, count in words.items() if chance.random() < 0.6}
    entitled = {word: 1 for word in early if chance.random() < 0.4}
    return replace(
        one,
        terms=_with(one.terms, one.rarity, words, KEPT),
        lead=_with(one.lead, one.rarity, early, LEAD),
        title=_with(one.title, one.rarity, entitled, LEAD) if one.title else one.title,
        scene=_with(one.scene, one.rarity, told, SCENE) if one.scene else one.scene,
        rarity={**one.rarity, **dict.fromkeys(words, RARITY)},
        names={**names, **one.names},
        places=_shared(one.places, dict.fromkeys(own[:2], 0.25)),
        days=_shared(one.days, {begun + 3 * at: 0.3 for at in range(KNOWN_DAYS) if chance.random() < 0.5}),
    )


def _with(
    vector: Mapping[str, float], rarity: Mapping[str, float], words: Mapping[str, int], most: int
) -> dict[str, float]:
    """A vector of length 1 with more words, told so many times, as if they had stood in the text."""
    length = max((rarity.get(term, RARITY) / weight for term, weight in vector.items() if weight), default=1.0)
    raw = {term: weight * length for term, weight in vector.items()}
    raw |= {word: (1 + math.log(count)) * RARITY for word, count in words.items()}
    kept = dict(sorted(raw.items(), key=lambda item: (-item[1], item[0]))[:most])
    whole = math.sqrt(sum(weight * weight for weight in kept.values()))
    return {term: round(weight / whole, 4) for term, weight in kept.items()}


def _shared(shares: Mapping[T, float], more: Mapping[T, float]) -> dict[T, float]:
    """Shares that add up to 1 again when some are added."""
    found: dict[T, float] = defaultdict(float)
    for part in (shares, more):
        for name, share in part.items():
            found[name] += share
    total = sum(found.values())
    return {name: round(share / total, 3) for name, share in found.items()}
