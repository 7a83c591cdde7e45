"""Streams of articles with gold groups: made denser, and read as they come in."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sayso.link.articles import by_text, score_pairs
from sayso.link.cluster import average_link, ordered
from sayso.link.judge import Scorer
from sayso.link.profile import Profile


@dataclass(frozen=True, slots=True)
class Stream:
    """Articles with the group that each belongs to."""

    name: str
    profiles: tuple[Profile, ...]
    gold: Mapping[str, str]


def denser(stream: Stream, times: int) -> Stream:
    """The stream with its groups moved, by whole weeks, into so many times fewer weeks; weekdays stay."""
    if times == 1:
        return stream
    days = {one.article: one.published or 0 for one in stream.profiles}
    first = min(days.values())
    span = max(1, round(((max(days.values()) - first) // 7 + 1) / times))
    starts: dict[str, int] = defaultdict(lambda: 10**9)
    for article, day in days.items():
        starts[stream.gold[article]] = min(day, starts[stream.gold[article]])
    moved = {group: 7 * (number_of(group) % span - (day - first) // 7) for group, day in starts.items()}
    profiles = tuple(shifted(one, moved[stream.gold[one.article]]) for one in stream.profiles)
    return Stream(f"{stream.name}, {times} times denser", profiles, stream.gold)


def shifted(one: Profile, days: int) -> Profile:
    """An article as if it had been written so many days later."""
    told = {day + days: share for day, share in one.days.items()}
    return replace(one, published=None if one.published is None else one.published + days, days=told)


def number_of(text: str) -> int:
    """A large number that follows from a text alone."""
    return int(hashlib.md5(text.encode()).hexdigest(), 16)


def read_in_order(profiles: Sequence[Profile], purpose: str, judge: Scorer) -> list[tuple[str, ...]]:
    """Groups of article ids when each text is joined, by day of publication, to what came before it.

    Its likely pairs name the groups it touches; these alone are formed anew. No other group ever changes again.
    """
    texts = by_text(profiles)
    near: dict[str, dict[str, float]] = defaultdict(dict)
    for (one, two), score in score_pairs(texts, purpose, judge).items():
        near[texts[one].text][texts[two].text] = near[texts[two].text][texts[one].text] = score
    group: dict[str, tuple[str, ...]] = {}
    for text in sorted(texts, key=lambda text: (min(one.published or 0 for one in text.carriers), text.text)):
        touched = {member for other in near[text.text] if other in group for member in group[other]} | {text.text}
        scores = {ordered(a, b): score for a in touched for b, score in near[a].items() if b in touched}
        for formed in average_link(touched, scores, judge.threshold):
            group.update(dict.fromkeys(formed, formed))
    carried = {text.text: text.articles for text in texts}
    return [tuple(article for text in formed for article in carried[text]) for formed in sorted(set(group.values()))]


def pairs_f1(gold: Mapping[str, str], groups: Sequence[tuple[str, ...]]) -> float:
    """The F1 of pairs of articles that are in one group, 0 to 1."""
    found = {id: at for at, group in enumerate(groups) for id in group}
    both = _pairs(Counter((gold[id], found[id]) for id in gold))
    return 2 * both / max(1, _pairs(Counter(gold.values())) + _pairs(Counter(found.values())))


def _pairs(sizes: Counter[Any]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())
