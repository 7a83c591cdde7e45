"""Lays two articles side by side: common passages word for word, and sentences that say the same in order."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from sayso.link.words import Words, carries_meaning, stem

SEED = 5  # words in a row that begin a common passage
RUN = 3  # words of a run in which rewording shows
FREQUENT = 4  # uses of a stem from which it marks the topic and none of the facts
QUOTED = 0.6  # share of quoted words from which a sentence is what somebody else said


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A stretch of words that both have: word numbers in each, and how many."""

    left: int
    right: int
    size: int


def common_passages(left: Words, right: Words, seed: int = SEED) -> list[Passage]:
    """The longest common passages from left to right, none overlapping in `left`; order in `right` is free."""
    places = _places(right, seed)
    runs = [places.get(run) for run in _runs(left.text, seed)]
    found, at = [], 0
    while at < len(runs):
        starts = runs[at]
        if not starts:
            at += 1
            continue
        size, start = max((_run(left.text, right.text, at, start), -start) for start in starts[:20])
        found.append(Passage(at, -start, size))
        at += size
    return found


@lru_cache(maxsize=512)
def _places(words: Words, size: int) -> Mapping[tuple[str, ...], Sequence[int]]:
    """Where each run of so many words begins."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, run in enumerate(_runs(words.text, size)):
        places[run].append(at)
    return dict(places)


def _runs(text: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    """Each run of so many words, in order."""
    return zip(*(text[at:] for at in range(size)), strict=False)


def _run(left: Sequence[str], right: Sequence[str], i: int, j: int) -> int:
    size = 0
    while i + size < len(left) and j + size < len(right) and left[i + size] == right[j + size]:
        size += 1
    return size


def shares(left: Words, right: Words, passages: Sequence[Passage]) -> tuple[float, float, int]:
    """Share of the words of left, and of right, in common passages, and the longest passage in words.

    Only words outside quotation marks count: two reporters in one room quote the same statement word for word, and
    one of them may print it without the marks.
    """
    if not passages:
        return 0.0, 0.0, 0
    own = [
        [at for at in range(p.size) if not (left.quoted[p.left + at] or right.quoted[p.right + at])] for p in passages
    ]
    mine = {p.left + at for p, kept in zip(passages, own, strict=True) for at in kept}
    theirs = {p.right + at for p, kept in zip(passages, own, strict=True) for at in kept}
    sizes = _unquoted(left, right, passages)
    longest = max(map(len, own), default=0)
    return len(mine) / sizes[0] if sizes[0] else 0.0, len(theirs) / sizes[1] if sizes[1] else 0.0, longest


def _unquoted(left: Words, right: Words, passages: Sequence[Passage]) -> tuple[int, int]:
    """How many words of each are its own: outside quotation marks, there and where the other carries the same words."""
    mine = {p.left + at for p in passages for at in range(p.size) if right.quoted[p.right + at]}
    theirs = {p.right + at for p in passages for at in range(p.size) if left.quoted[p.left + at]}
    return (
        left.quoted.count(False) - sum(not left.quoted[at] for at in mine),
        right.quoted.count(False) - sum(not right.quoted[at] for at in theirs),
    )


# --------------------------------------------------------------------------- sentences


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a bag of weighted stems, with its word range."""

    first: int
    last: int  # inclusive
    weight: Mapping[str, float]
    quoted: float  # share of its words in quotation marks
    mass: float  # sum of the weights


@lru_cache(maxsize=1024)
def _bags(words: Words) -> tuple[tuple[Sentence, ...], frozenset[str]]:
    """Sentences with at least four words of meaning, where a number or a name weighs double; and the frequent stems."""
    ranges: list[tuple[int, int]] = []
    for at, number in enumerate(words.sentence):
        if at and number == words.sentence[at - 1]:
            ranges[-1] = (ranges[-1][0], at)
        else:
            ranges.append((at, at))
    found = []
    for first, last in ranges:
        weight: dict[str, float] = {}
        for at in range(first, last + 1):
            if carries_meaning(words.text[at]):
                telling = words.text[at][0].isdigit() or (words.capital[at] and at > first)
                term = stem(words.text[at])
                weight[term] = max(weight.get(term, 0.0), 2.0 if telling else 1.0)
        if len(weight) >= 4:
            inside = sum(words.quoted[first : last + 1]) / (last - first + 1)
            found.append(Sentence(first, last, weight, inside, sum(weight.values())))
    counts = Counter(map(stem, words.text))
    return tuple(found), frozenset(term for term, count in counts.items() if count >= FREQUENT)


def sentences(words: Words, common: frozenset[str] = frozenset()) -> list[Sentence]:
    """Sentences with at least four words of meaning. A number or a name weighs double, a `common` word half."""
    return [_halved(sentence, common) if common else sentence for sentence in _bags(words)[0]]


def _halved(sentence: Sentence, common: frozenset[str]) -> Sentence:
    topical = common & sentence.weight.keys()
    if not topical:
        return sentence
    weight = {**sentence.weight, **{term: 0.5 * sentence.weight[term] for term in topical}}
    return replace(sentence, weight=weight, mass=sum(weight.values()))


@dataclass(frozen=True, slots=True)
class Retelling:
    """How far one article retells another sentence by sentence; the shares are of what is not mainly quotation."""

    share: float  # of the meaning-bearing weight of matched sentences that is found in the other
    matched: float  # share of sentences that have a match
    order: float  # share of matches that keep the other's order
    pairs: tuple[tuple[Sentence, Sentence], ...]
    own: int = 0  # pairs of which neither is mainly quotation


def retelling(left: Words, right: Words, least: float = 0.3) -> Retelling:
    """Match each sentence of left to the sentence of right that shares most; `least` is the overlap that counts."""
    return retellings(left, right, least)[0]


def retellings(left: Words, right: Words, least: float = 0.3) -> tuple[Retelling, Retelling]:
    """How far left retells right, and right left."""
    both = _bags(left)[1] & _bags(right)[1]
    own, other = sentences(left, both), sentences(right, both)
    overlap = _overlaps(own, other)
    forth = [(one, two, value) for (one, two), value in overlap.items() if value >= least]
    back = [(two, one, value) for one, two, value in forth]
    return _retold(own, other, forth), _retold(other, own, back)


def _overlaps(own: Sequence[Sentence], other: Sequence[Sentence]) -> dict[tuple[int, int], float]:
    """Dice overlap of the weights of each two sentences that share a stem."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, sentence in enumerate(other):
        for term in sentence.weight:
            holders[term].append(number)
    shared: dict[tuple[int, int], float] = defaultdict(float)
    for at, sentence in enumerate(own):
        for term in sentence.weight.keys() & holders.keys():
            for number in holders[term]:
                shared[at, number] += sentence.weight[term] + other[number].weight[term]
    return {(one, two): value / (own[one].mass + other[two].mass) for (one, two), value in shared.items()}


def _retold(own: Sequence[Sentence], other: Sequence[Sentence], alike: Iterable[tuple[int, int, float]]) -> Retelling:
    best: dict[int, tuple[float, int]] = {}
    for one, two, value in alike:
        best[one] = max(best.get(one, (0.0, 0)), (round(value, 9), -two))
    pairs = [(own[one], other[-best[one][1]], -best[one][1]) for one in sorted(best)]
    told = [sentence for sentence in own if sentence.quoted < QUOTED]
    plain = [pair for pair in pairs if max(pair[0].quoted, pair[1].quoted) < QUOTED]
    inorder = [plain[at] for at in _longest_rise([number for _, _, number in plain])]
    total = sum(sentence.mass for sentence in told)
    return Retelling(
        share=sum(_shared(one, two) for one, two, _ in inorder) / total if total else 0.0,
        matched=len(plain) / len(told) if told else 0.0,
        order=len(inorder) / len(plain) if plain else 0.0,
        pairs=tuple((pairs[at][0], pairs[at][1]) for at in _longest_rise([number for _, _, number in pairs])),
        own=len(inorder),
    )


def reuse(left: Words, right: Words) -> float:
    """How much of left was taken from right, 0 to 1: the mean of what is word for word, in order, and retold.

    Runs of three words count here, so that light rewording shows; between news reports they prove nothing. One alone
    misleads: runs miss rewording, order counts function words, and retelling counts the topic's own words.
    """
    if len(left.text) < RUN:
        return float(bool(left.text) and left.text == right.text)
    there = {right.text[at : at + RUN] for at in range(len(right.text) - RUN + 1)}
    runs = [left.text[at : at + RUN] in there for at in range(len(left.text) - RUN + 1)]
    inorder = LCSseq.similarity(left.text, right.text) / len(left.text)
    return (sum(runs) / len(runs) + inorder + retelling(left, right).share) / 3


def _shared(one: Sentence, two: Sentence) -> float:
    return sum(weight for term, weight in one.weight.items() if term in two.weight)


def _longest_rise(numbers: Sequence[int]) -> list[int]:
    """Positions of a longest run of values that do not fall."""
    tails: list[int] = []
    tops: list[int] = []
    before: list[int | None] = []
    for at, number in enumerate(numbers):
        place = bisect_left(tops, number + 1)
        before.append(tails[place - 1] if place else None)
        if place == len(tops):
            tops.append(number)
            tails.append(at)
        else:
            tops[place], tails[place] = number, at
    kept: list[int] = []
    step = tails[-1] if tails else None
    while step is not None:
        kept.append(step)
        step = before[step]
    return kept[::-1]
