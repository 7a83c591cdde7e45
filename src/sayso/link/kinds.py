"""What kind of copy one text is of another, by the words of the two alone; what is not certain is no copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from sayso.link.align import Passage, Retelling, common_passages, retellings, shares
from sayso.link.words import Words, carries_meaning, stem
from sayso.model import CopyKind

RETOLD = 6  # sentences that a retelling must match
WHOLE = 0.7  # share of the original from which a copy is no longer an excerpt
UNALTERED = 0.97  # share of the words between the first and the last common ones that are common
GAP = 25  # words between common passages that still belong to one stretch
TYPO = 80  # likeness in percent of a word and its misspelling
REQUOTED = 6  # runs of three quoted words that can tell
SLIPS = 0.02  # share of words that may be misspelt in an exact copy


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two texts have in common, left as seen from right and back."""

    left: float  # share of left's own words found in right
    right: float
    longest: int  # words of the longest common passage outside quotation marks
    passages: tuple[Passage, ...]
    retold: Retelling | None = None  # left's sentences in right, where passages say too little
    back: Retelling | None = None  # right's sentences in left


def liken(left: Words, right: Words) -> Likeness:
    """Compare two texts word for word and, where that says little, sentence by sentence."""
    return likenesses(left, right)[0]


def likenesses(left: Words, right: Words) -> tuple[Likeness, Likeness]:
    """Left as seen from right, and right from left; what one repeats is found each time that it stands there."""
    there = tuple(common_passages(left, right))
    back = tuple(common_passages(right, left)) if there else ()
    found = Likeness(*shares(left, right, there), there), Likeness(*shares(right, left, back), back)
    plain = max(found[0].left, found[0].right, found[1].left, found[1].right) >= 0.6
    if plain or min(sentence_count(left), sentence_count(right)) < RETOLD or not _may_retell(left, right):
        return found
    forth, reverse = retellings(left, right)
    return replace(found[0], retold=forth, back=reverse), replace(found[1], retold=reverse, back=forth)


def sentence_count(words: Words) -> int:
    return len(set(words.sentence))


def _may_retell(left: Words, right: Words) -> bool:
    """Whether enough words of meaning are common at all: cheap, and spares laying sentences side by side."""
    one, two = telling_stems(left), telling_stems(right)
    return bool(one and two) and len(one & two) >= 0.25 * max(len(one), len(two))


@lru_cache(maxsize=1024)
def telling_stems(words: Words) -> frozenset[str]:
    """The stems of an article's words of meaning."""
    return frozenset(stem(word) for word in words.text if carries_meaning(word))


def kind_of(like: Likeness, late: Words, early: Words) -> CopyKind | None:
    """What kind of copy the later text is; None where it is none, as where there is not a word to copy."""
    if not late.text or not early.text:
        return None
    if late.text == early.text or (min(like.left, like.right) >= 0.8 and is_same(late.text, early.text)):
        return CopyKind.EXACT
    return _verbatim(like, late, early) or _retold(like, late, early)


def is_same(late: Sequence[str], early: Sequence[str]) -> bool:
    """Whether two texts agree word for word but for misspellings of single words."""
    slips = 0
    for act, a, b, c, d in SequenceMatcher(None, late, early, autojunk=False).get_opcodes():
        if act == "equal":
            continue
        pairs = list(zip(late[a:b], early[c:d], strict=False))
        if b - a != d - c or not all(_misspelt(one, two) for one, two in pairs):
            return False
        slips += b - a
    return slips <= SLIPS * len(early)


def _misspelt(one: str, two: str) -> bool:
    return not (one[0].isdigit() or two[0].isdigit()) and ratio(one, two) >= TYPO


def _verbatim(like: Likeness, late: Words, early: Words) -> CopyKind | None:
    """A copy by its own words: most of the original, or a stretch of it as it stood."""
    words = like.left * late.quoted.count(False)
    unaltered = _density(like, late, early) >= UNALTERED
    if like.longest >= 25 and unaltered and max(p.size for p in like.passages) >= 50 and like.right < 0.5:
        return CopyKind.EXCERPT
    if like.longest < 12 or words < (30 if like.left >= 0.9 else 50):
        return None
    if unaltered and like.right < (WHOLE if like.left >= 0.97 else 0.5):
        return CopyKind.EXCERPT if like.left >= 0.75 or like.longest >= 25 else None
    if like.right < 0.4 and like.left >= 0.75:
        return CopyKind.EXCERPT
    return CopyKind.EDITED if like.left >= 0.35 or like.right >= 0.5 else None


def _density(like: Likeness, late: Words, early: Words) -> float:
    """Of the stretch that holds most common words, the share that is common, on the side that has more besides."""
    best: list[Passage] = []
    stretch: list[Passage] = []
    for passage in like.passages:
        if stretch and not _near(stretch[-1], passage):
            stretch = []
        stretch = [*stretch, passage]
        best = max(best, stretch, key=_size)
    if not best:
        return 0.0
    first, last = best[0], best[-1]
    longer = max(last.left + last.size - first.left, last.right + last.size - first.right)
    return _size(best) / longer


def _near(one: Passage, two: Passage) -> bool:
    return two.left - one.left - one.size <= GAP and 0 <= two.right - one.right - one.size <= GAP


def _size(passages: Sequence[Passage]) -> int:
    return sum(passage.size for passage in passages)


def _retold(like: Likeness, late: Words, early: Words) -> CopyKind | None:
    """A copy by its order: sentence after sentence says what the other says, and not only what was said to both."""
    told = like.retold
    if told is None or len(told.pairs) < RETOLD or told.own < 5 or told.order < 0.8 or told.matched < 0.5:
        return None
    back = like.back.share if like.back else 0.0
    if min(told.share, back) < 0.28 or told.share + back < 0.66:
        return None
    return CopyKind.TRANSLATED if _requoted(late, early) else CopyKind.REWRITTEN


def _requoted(late: Words, early: Words) -> bool:
    """Whether quotations were put in other words, as translation there and back does and rewriting does not."""
    quoted = _quotations(late)
    if len(quoted) < REQUOTED:
        return False
    there = {early.text[at : at + 3] for at in range(len(early.text) - 2)}
    return sum(run in there for run in quoted) < 0.5 * len(quoted)


def _quotations(words: Words) -> list[tuple[str, ...]]:
    """Its runs of three quoted words."""
    return [words.text[at : at + 3] for at in range(len(words.text) - 2) if all(words.quoted[at : at + 3])]
