"""What claims say, made comparable: content words in order, numbers with their bounds, what is negated.

Two contents are alike when the shorter is found, in its order, in the other, with the same numbers. Candidates share
two words that stand together or one apart: what is that much alike shares several such pairs, and few others do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil

from sayso.text import fold

CONTAINED = 0.8  # of the shorter's words, found in the other in its order
FULL = 0.6  # of the longer's length, that the shorter needs: two halves of a long statement do not meet in it
FEWEST = 4  # content words below which only equal contents are alike
SHARED = 2  # pairs of words that two longer contents must share to be compared
CROWD = 150  # a pair of words in more contents than this proposes none

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_NEGATORS = frozenset(
    """no not never none nobody nothing neither nor without cannot deny denies denied denying refuse refuses refused
    refusing reject rejects rejected rejecting false falsely untrue wrong wrongly fail fails failed failing""".split()
)
_FUNCTION = frozenset(
    """a about after again all also although am among an and another any are around as at be because been before being
    between both but by can could did do does doing down during each else ever every few for from further had has have
    having he her here hers him his how however i if in into is it its itself just least less like many may me might
    more most much must my of off on once only onto or other our out over own per quite rather same shall she should
    since so some still such than that the their them themselves then there these they this those though through thus
    to too toward towards under until up upon upwards us very via was we were what when where whether which while who
    whom whose why will with within would yet you your nearly almost roughly fewer called""".split()
)
_NUMBERS = {word: str(at) for at, word in enumerate("two three four five six seven eight nine ten".split(), 2)}
_NUMBERS |= {"eleven": "11", "twelve": "12", "dozens": "12+"}
_BOUNDS = {
    "at least": ">", "upwards of": ">", "more than": ">", "over": ">", "no fewer": ">", "fewer than": "<",
    "less than": "<", "nearly": "<", "almost": "<", "up to": "<", "about": "~", "around": "~", "some": "~",
    "roughly": "~",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Content:
    """The words of a content as they are compared."""

    whole: str  # every word, without case, marks and a leading "that": equal for copies
    words: tuple[str, ...]  # what carries meaning, in order; numbers with their bounds (">1000")
    bag: frozenset[str]  # the same without order
    numbers: frozenset[str]
    negated: frozenset[str]  # the words that a "not", "no" or "denied" stands before


def read_content(text: str) -> Content:
    """Words, numbers and negations of one content."""
    tokens = list(map(_folded, _TOKEN.findall(text)))
    words: list[str] = []
    numbers, negated = set(), set()
    negating = False
    for at, token in enumerate(tokens):
        if token in _FUNCTION:
            continue
        if token in _NEGATORS or token.endswith("n't"):
            counting = token == "no" and tokens[at + 1 : at + 2] in (["fewer"], ["less"], ["more"])
            negating = negating or not counting
            continue
        word = token
        if token[0].isdigit() or token in _NUMBERS:
            word = _figure(token, tokens[max(0, at - 3) : at])
            numbers.add(word)
        elif token.endswith("'s"):
            word = token[:-2]
        words.append(word)
        if negating:
            negated.add(word)
            negating = False
    if negating:
        negated.add("")
    whole = " ".join(tokens[1:] if tokens[:1] == ["that"] else tokens)
    return Content(whole, tuple(words), frozenset(words), frozenset(numbers), frozenset(negated))


@lru_cache(maxsize=65_536)
def _folded(token: str) -> str:
    """A word without case and accents; plain words need no folding."""
    return token.lower() if token.isascii() else fold(token)


def _figure(token: str, before: Sequence[str]) -> str:
    """A number with its bound: "more than 1,000" is ">1000" and "three" is "3"."""
    number = _NUMBERS.get(token) or token.replace(",", "")
    near = [word for word in before if word != "the"][-2:]
    bound = _BOUNDS.get(" ".join(near)) or _BOUNDS.get(near[-1] if near else "", "")
    return (">" if near == ["fewer", "than"] and "no" in before else bound) + number


def alike(one: Content, two: Content) -> bool:
    """Whether two contents say the same of the same; whether one negates it is told by `negated`."""
    if one.whole == two.whole:
        return True
    short, long = (one.words, two.words) if len(one.words) <= len(two.words) else (two.words, one.words)
    need = ceil(CONTAINED * len(short))
    repeated = len(short) - len(one.bag if short is one.words else two.bag)
    if one.numbers != two.numbers or len(one.bag & two.bag) < need - repeated:
        return False
    if short == long:
        return len(short) > 1
    return len(short) >= max(FEWEST, FULL * len(long)) and _in_order(short, long) >= need


def _in_order(short: Sequence[str], long: Sequence[str]) -> int:
    """The length of the longest sequence of words common to both."""
    row = [0] * (len(long) + 1)
    for word in short:
        before = 0
        for at, other in enumerate(long, 1):
            held = row[at]
            row[at] = before + 1 if word == other else max(row[at], row[at - 1])
            before = held
    return row[-1]


def alike_pairs(contents: Mapping[str, Content]) -> Iterator[tuple[str, str]]:
    """Pairs of names whose contents are alike but not equal as a whole, each once, in order."""
    names = sorted(contents, key=lambda name: (len(contents[name].words), name))
    keys = [_keys(contents[name]) for name in names]
    numbered: dict[Hashable, int] = {}
    postings: list[list[int]] = []  # by number of the key: which contents hold it, the shorter first
    held: list[list[int]] = []
    for at, found in enumerate(keys):
        held.append([numbered.setdefault(key, len(numbered)) for key in found])
        postings.extend([] for _ in range(len(numbered) - len(postings)))
        for key in held[-1]:
            postings[key].append(at)
    pairs = []
    for at, name in enumerate(names):
        one = contents[name]
        for other in _partners(at, held[at], postings, SHARED if len(one.words) >= FEWEST else 1):
            two = contents[names[other]]
            if one.whole != two.whole and alike(one, two):
                pairs.append((min(name, names[other]), max(name, names[other])))
    yield from sorted(pairs)


def _partners(at: int, keys: Iterable[int], postings: Sequence[Sequence[int]], shared: int) -> list[int]:
    """Longer contents that share enough keys with one; crowded keys say nothing."""
    counts: Counter[int] = Counter()
    for key in keys:
        if 1 < len(postings[key]) <= CROWD:
            counts.update(postings[key])
    return [other for other, count in counts.items() if other > at and count >= shared]


def _keys(content: Content) -> set[Hashable]:
    """What a content can be found by: two words that stand together or one apart; short ones by all they have."""
    words = content.words
    if len(words) < FEWEST:
        return {words}
    return {*pairwise(words), *zip(words, words[2:], strict=False)}
