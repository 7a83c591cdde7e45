"""Lays two articles side by side: common passages word for word, and sentences that say the same in order."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.link.words import Words, carries_meaning, stem

SEED = 5  # words in a row that begin a common passage
QUOTED = 0.6  # share of quoted words from which a sentence is what somebody else said


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of words that both have: word numbers in each, and how many."""

    left: int
    right: int
    size: int


def common_passages(left: Words, right: Words, seed: int = SEED) -> list[Passage]:
    """The longest common passages from left to right, none overlapping in `left`; order in `right` is free."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(right.text) - seed + 1):
        places[right.text[at : at + seed]].append(at)
    found, at = [], 0
    while at <= len(left.text) - seed:
        starts = places.get(left.text[at : at + seed])
        if not starts:
            at += 1
            continue
        size, start = max((_run(left.text, right.text, at, start), -start) for start in starts[:20])
        found.append(Passage(at, -start, size))
        at += size
    return found


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
        sum(not quoted and at not in mine for at, quoted in enumerate(left.quoted)),
        sum(not quoted and at not in theirs for at, quoted in enumerate(right.quoted)),
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


def sentences(words: Words, common: frozenset[str] = frozenset()) -> list[Sentence]:
    """Sentences with at least four words of meaning. A number or a name weighs double, a `common` word half."""
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
                weight[term] = max(weight.get(term, 0.0), (2.0 if telling else 1.0) * (0.5 if term in common else 1.0))
        if len(weight) >= 4:
            inside = sum(words.quoted[first : last + 1]) / (last - first + 1)
            found.append(Sentence(first, last, weight, inside, sum(weight.values())))
    return found


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
    both = _frequent(left) & _frequent(right)
    own, other = sentences(left, both), sentences(right, both)
    if not own or not other:
        return Retelling(0.0, 0.0, 0.0, ())
    pairs: list[tuple[Sentence, Sentence, int]] = []
    for sentence in own:
        best, at = max((_alike(sentence, candidate), -number) for number, candidate in enumerate(other))
        if best >= least:
            pairs.append((sentence, other[-at], -at))
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
    """How much of left was taken from right, 0 to 1: the mean of what is word for word and what is retold.

    Runs of three words count here, so that light rewording shows; between news reports they prove nothing.
    """
    verbatim, _, _ = shares(left, right, common_passages(left, right, seed=3))
    return (verbatim + retelling(left, right).share) / 2


def _frequent(words: Words) -> frozenset[str]:
    """Stems that an article uses so often that they mark its topic, not one of its facts."""
    counts: dict[str, int] = defaultdict(int)
    for word in words.text:
        counts[stem(word)] += 1
    return frozenset(term for term, count in counts.items() if count >= 4)


def _shared(one: Sentence, two: Sentence) -> float:
    return sum(weight for term, weight in one.weight.items() if term in two.weight)


def _alike(one: Sentence, two: Sentence) -> float:
    """Dice overlap of two sentences' weights."""
    shared = sum(one.weight[term] + two.weight[term] for term in one.weight.keys() & two.weight.keys())
    return shared / (one.mass + two.mass)


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
