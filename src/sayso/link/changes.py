"""What a copy changed: figures, names, places, quotations, qualifiers, sources, what it left out and what it put in.

Sentences of the two are laid side by side, and what stands in one of a pair and nowhere in the other text is a change.
It works on the two texts alone. In a copy that rewords every sentence only what does not bear rewording is compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import TypeVar

from rapidfuzz.fuzz import ratio

from sayso.link.candidates import sentence_ranges
from sayso.link.cues import DENIAL, VAGUE, qualifiers
from sayso.link.items import Name, Range, attributions, names, numbers, quotations
from sayso.link.told import read_told
from sayso.link.words import WORD, Words, carries_meaning, normal, stem
from sayso.model import Article, Change, ChangeKind, CopyKind, Span
from sayso.union import Union

Item = TypeVar("Item")
_CLOSE = re.compile(r"[.!?…]*[\"”’»)]*")

ALIKE = 0.34  # overlap (Dice) of two sentences that tell one thing
FAINT = 0.15  # the same between sentences that are known to tell one thing
WITHIN = 0.6  # share of a sentence's stems in another that has taken it up
KEPT = 0.5  # share of a sentence's stems somewhere in a sentence of the copy: it is not left out
LISTED = 12  # sentences left out, or put in, that are named one by one
VARIANT = 60  # likeness in percent of a name and its misspelling
SAME_QUOTE = 55  # likeness in percent of a quotation and its altered form
REWORDED = frozenset({CopyKind.REWRITTEN, CopyKind.TRANSLATED})


def _closed(text: str, end: int) -> int:
    """The end of a sentence with the marks that close it."""
    marks = _CLOSE.match(text, end)
    return marks.end() if marks else end


@dataclass(frozen=True, slots=True)
class Side:
    """An article ready for comparison: its words, sentences as word ranges, and the stems of each."""

    article: Article
    words: Words
    sentences: tuple[tuple[int, int], ...]
    stems: tuple[frozenset[str], ...]
    all: frozenset[str]  # its words as they are compared
    values: frozenset[float]  # its figures

    def characters(self, numbers: Sequence[int]) -> Range:
        """From the first character to the last of some sentences."""
        first, last = self.sentences[min(numbers)][0], self.sentences[max(numbers)][1] - 1
        return self.words.start[first], _closed(self.article.text, self.words.end[last])

    def span(self, range: Range) -> Span:
        return Span(self.article.id, *range)

    def quote(self, range: Range) -> str:
        return " ".join(self.article.text[range[0] : range[1]].split())


@dataclass(frozen=True, slots=True)
class Unit:
    """Sentences of the original and those of the copy that tell the same."""

    early: Side
    late: Side
    before: tuple[int, ...]  # sentence numbers
    after: tuple[int, ...]

    def items(self, find: Callable[[Words, int, int], Iterator[Item]]) -> tuple[list[Item], list[Item]]:
        """What `find` finds in the sentences of the original, and in those of the copy."""
        return (
            [item for number in self.before for item in find(self.early.words, *self.early.sentences[number])],
            [item for number in self.after for item in find(self.late.words, *self.late.sentences[number])],
        )

    def texts(self, find: Callable[[str, int, int], list[Range]]) -> tuple[list[Range], list[Range]]:
        """The same for what is found in characters."""
        return (
            [one for at in self.before for one in find(self.early.article.text, *self.early.characters([at]))],
            [one for at in self.after for one in find(self.late.article.text, *self.late.characters([at]))],
        )

    def change(self, kind: ChangeKind, before: Range | None, after: Range | None, detail: str = "") -> Change:
        told = [side.quote(place) for side, place in ((self.early, before), (self.late, after)) if place]
        return Change(
            kind,
            self.early.span(before) if before else None,
            self.late.span(after) if after else None,
            detail or " → ".join(told),
        )


def find_changes(late: Article, early: Article, kind: CopyKind) -> tuple[Change, ...]:
    """What `late`, taken from `early`, tells otherwise; by place in the original, then in the copy."""
    sides = read_side(early), read_side(late)
    if not sides[0].sentences or not sides[1].sentences:
        return ()
    units = align(*sides)
    found: list[Change] = []
    for unit in units:
        for rule in RULES:
            found.extend(rule(unit, kind in REWORDED))
    found += _left_out(*sides, {number for unit in units for number in unit.before})
    if kind is not CopyKind.EXCERPT:
        found += _put_in(*sides, {number for unit in units for number in unit.after})
    return tuple(sorted(dict.fromkeys(found), key=_place))


def _place(change: Change) -> tuple[int, int, str]:
    return (
        change.before.start if change.before else 10**9,
        change.after.start if change.after else 10**9,
        change.kind,
    )


@lru_cache(maxsize=512)
def read_side(article: Article) -> Side:
    words = read_told(article)
    ranges = tuple(sentence_ranges(words))
    stems = tuple(frozenset(stem(w) for w in words.text[a:b] if carries_meaning(w)) for a, b in ranges)
    values = frozenset(number.value for number in numbers(words, 0, len(words.text)))
    title = frozenset(normal(match.group()) for match in WORD.finditer(article.text, 0, article.body))
    return Side(article, words, ranges, stems, frozenset(words.text) | title, values)


# --------------------------------------------------------------------------- which sentences tell the same


def align(early: Side, late: Side) -> list[Unit]:
    """Sentences joined where one was taken from the other, was cut in two, or two were made one; in their order."""
    union = Union()
    taken: dict[int, int] = {}
    for after, stems in enumerate(late.stems):
        before = _best(stems, early.stems, after / max(1, len(late.stems)))
        if before is not None:
            taken[after] = before
    taken |= _between(early, late, taken)
    for after, before in taken.items():
        union.join(f"early {before}", f"late {after}")
    for before, stems in enumerate(early.stems):
        for after, others in enumerate(late.stems):
            shared = _weight(stems & others)
            if shared >= 3 and shared >= WITHIN * min(_sentence_weight(stems), _sentence_weight(others)):
                union.join(f"early {before}", f"late {after}")
    groups: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for at, side in enumerate((early, late)):
        for number in range(len(side.sentences)):
            groups[union.find(f"{('early', 'late')[at]} {number}")][at].append(number)
    return [Unit(early, late, tuple(a), tuple(b)) for a, b in groups.values() if a and b]


def _between(early: Side, late: Side, taken: Mapping[int, int]) -> dict[int, int]:
    """Sentences with little in common that stand between the same neighbours in both, and have something in common."""
    found, used = {}, set(taken.values())
    for after in range(len(late.stems)):
        if after in taken:
            continue
        low = max((before for at, before in taken.items() if at < after), default=-1)
        high = min((before for at, before in taken.items() if at > after), default=len(early.stems))
        free = [before for before in range(low + 1, high) if before not in used]
        best = max(free, key=lambda before: (_alike(late.stems[after], early.stems[before]), -before), default=None)
        if best is not None and _alike(late.stems[after], early.stems[best]) >= FAINT:
            found[after] = best
            used.add(best)
    return found


def _alike(one: frozenset[str], two: frozenset[str]) -> float:
    """Dice overlap of two sentences' stems."""
    shared = _weight(one & two)
    return 2 * shared / (_sentence_weight(one) + _sentence_weight(two)) if shared else 0.0


def _weight(stems: frozenset[str]) -> int:
    """How many stems; a figure counts three times."""
    return len(stems) + 2 * sum(stem[0].isdigit() for stem in stems) if stems else 0


_sentence_weight = lru_cache(maxsize=8192)(_weight)  # a sentence is weighed against every one of the other text


def _best(stems: frozenset[str], others: Sequence[frozenset[str]], place: float) -> int | None:
    """The sentence most like one, the nearest in place among equals; None where none is alike."""
    scored = [(_alike(stems, other), -abs(at / len(others) - place), -at) for at, other in enumerate(others)]
    best = max(scored, default=None)
    return -best[2] if best and best[0] >= ALIKE else None


# --------------------------------------------------------------------------- rules


Rule = Callable[[Unit, bool], Iterator[Change]]


def _numbers(unit: Unit, reworded: bool) -> Iterator[Change]:
    """Figures of one that the other text does not have at all; times of day only where nothing is reworded."""
    early, late = unit.items(numbers)
    gone = [n.span for n in early if n.value not in unit.late.values and not (reworded and n.clock)]
    new = [n.span for n in late if n.value not in unit.early.values and not (reworded and n.clock)]
    for before, after in zip_longest(gone, new):
        detail = "" if before and after else "left out" if before else "not in the original"
        yield unit.change(ChangeKind.NUMBER, before, after, detail)


def _names(unit: Unit, reworded: bool) -> Iterator[Change]:
    """Names, and places, that the other text does not have; each with the one that stands in its stead."""
    early, late = unit.items(names)
    here = {word for name in late for word in name.words}
    missing = [
        name for name in early if not here.issuperset(name.words) and not (reworded and _inflected(name, unit.late))
    ]
    new = [name for name in late if not unit.early.all.issuperset(name.words)]
    for name in missing:
        other = max(new, key=lambda one: _likeness(name, one), default=None)
        gone = not unit.late.all.issuperset(name.words)
        if other is not None and _likeness(name, other) >= (VARIANT if reworded or not gone else 0):
            new.remove(other)
            yield unit.change(_sort(name.place and other.place), name.span, other.span)
        elif gone and not unit.late.all.intersection(name.words):
            yield unit.change(_sort(name.place), name.span, None, "left out")


def _inflected(name: Name, side: Side) -> bool:
    """Whether all its words are there in some form: "Russian President" and "President of Russia"."""
    return all(word in side.all or any(one[:5] == word[:5] for one in side.all) for word in name.words)


def _sort(place: bool) -> ChangeKind:
    return ChangeKind.PLACE if place else ChangeKind.NAME


def _likeness(one: Name, two: Name) -> float:
    return ratio(" ".join(one.words), " ".join(two.words)) + 20 * (one.place == two.place)


def _qualifiers(unit: Unit, _: bool) -> Iterator[Change]:
    """Bounds and hedges that one of them lacks: a floor told as a figure, an allegation told as a fact."""
    texts = unit.texts(lambda text, low, high: [(low, high)])
    early, late = (
        [
            (word, low + start, low + end)
            for low, high in ranges
            for word, start, end in qualifiers(side.article.text[low:high])
        ]
        for side, ranges in zip((unit.early, unit.late), texts, strict=True)
    )
    for word in dict.fromkeys(word for word, _, _ in (*early, *late)):
        mine = [(start, end) for one, start, end in early if one == word]
        theirs = [(start, end) for one, start, end in late if one == word]
        for start, end in mine[len(theirs) :]:
            yield unit.change(ChangeKind.QUALIFIER, _bounded(unit.early, start, end), None, f"dropped: {word}")
        for start, end in theirs[len(mine) :]:
            yield unit.change(ChangeKind.QUALIFIER, None, _bounded(unit.late, start, end), f"put in: {word}")


def _bounded(side: Side, start: int, end: int) -> Range:
    """A qualifier with the word that it qualifies."""
    following = WORD.search(side.article.text, end)
    return (start, following.end()) if following and following.start() - end <= 2 else (start, end)


def _sources(unit: Unit, reworded: bool) -> Iterator[Change]:
    """What somebody said, told in the copy's own voice or as the word of nobody in particular."""
    early, late = unit.texts(attributions)
    if early and not late and not (reworded and _credited(unit.early, early[0], unit.late)):
        yield unit.change(ChangeKind.SOURCE, early[0], None, f"own voice: “{unit.early.quote(early[0])}” is gone")
        return
    gone = [one for one in early if not _credited(unit.early, one, unit.late)]
    vague = [
        one
        for one in late
        if VAGUE.search(unit.late.quote(one)) and unit.late.quote(one) not in unit.early.article.text
    ]
    for before, after in zip(gone, vague, strict=False):
        yield unit.change(ChangeKind.SOURCE, before, after)
    if not reworded and len(gone) > len(vague) and len(early) > len(late):
        yield unit.change(ChangeKind.SOURCE, gone[-1], None, f"own voice: “{unit.early.quote(gone[-1])}” is gone")


def _credited(side: Side, clause: Range, other: Side) -> bool:
    """Whether the words that name a source occur in the other text."""
    words = [normal(match.group()) for match in WORD.finditer(side.article.text, *clause)]
    told = [word for word in words if carries_meaning(word)]
    return sum(word in other.all for word in told) >= 0.67 * len(told)


def _quotations(unit: Unit, _: bool) -> Iterator[Change]:
    """Words between quotation marks that are others in the copy, fewer, or no longer between marks."""
    early, late = unit.texts(quotations)
    for before in early:
        said = _plain(unit.early.quote(before))
        if said in _plain(" ".join(map(unit.late.quote, late))) or said in _plain(unit.late.article.text):
            continue
        after = max(late, key=lambda one: ratio(said, _plain(unit.late.quote(one))), default=None)
        if after is None:
            yield unit.change(ChangeKind.QUOTATION, before, None, "not quoted")
        elif _plain(unit.late.quote(after)) in said:
            yield unit.change(ChangeKind.QUOTATION, before, after, "cut short")
        else:
            yield unit.change(ChangeKind.QUOTATION, before, after, "in other words")


def _plain(text: str) -> str:
    return " ".join(normal(match.group()) for match in WORD.finditer(text))


RULES: tuple[Rule, ...] = (_numbers, _names, _qualifiers, _sources, _quotations)


# --------------------------------------------------------------------------- left out, put in


def _left_out(early: Side, late: Side, told: set[int]) -> Iterator[Change]:
    """Sentences with a denial, a figure or a claim that no sentence of the copy takes up; neighbours as one."""
    gone = [
        at
        for at, stems in enumerate(early.stems)
        if at not in told and stems and max(len(stems & other) for other in late.stems) < KEPT * len(stems)
    ]
    for run in _runs(early, gone):
        text = early.article.text[slice(*early.characters(run))]
        holds = [name for name, rule in _WEIGHTY if rule(early, run, text)]
        if holds:
            yield Change(ChangeKind.OMISSION, early.span(early.characters(run)), None, f"with {' and '.join(holds)}")


_WEIGHTY: tuple[tuple[str, Callable[[Side, Sequence[int], str], bool]], ...] = (
    ("a denial", lambda side, run, text: bool(DENIAL.search(text))),
    ("a figure", lambda side, run, text: any(any(numbers(side.words, *side.sentences[at])) for at in run)),
    ("a claim", lambda side, run, text: bool(attributions(text, 0, len(text)))),
)


def _put_in(early: Side, late: Side, told: set[int]) -> Iterator[Change]:
    """Sentences of the copy that the original does not have; neighbours as one."""
    new = [
        at
        for at, stems in enumerate(late.stems)
        if at not in told and stems and max(len(stems & other) for other in early.stems) < KEPT * len(stems)
    ]
    for run in _runs(late, new):
        yield Change(
            ChangeKind.ADDITION, None, late.span(late.characters(run)), f"{len(run)} sentences" if run[1:] else ""
        )


def _runs(side: Side, chosen: Sequence[int]) -> list[list[int]]:
    """Sentence numbers in a row within a paragraph."""
    runs: list[list[int]] = []
    for at in chosen:
        if runs and runs[-1][-1] == at - 1 and "\n" not in side.article.text[slice(*side.characters([at - 1, at]))]:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs[:LISTED]
