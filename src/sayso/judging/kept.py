"""What analysts said, listed: who, when, of what, why, and whether it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sayso.judging.lookup import Lookup
from sayso.judging.statements import word_group
from sayso.link.verdicts import read_verdicts, said_at
from sayso.model import Anchor, Judgement, Verdict
from sayso.ports import View

IN_FORCE, IN_PART, OVERRULED = "in force", "in force in part", "overruled"


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """What was said at once: one statement, in one word or many."""

    id: str
    at: str  # ISO 8601 date-time
    by: str
    verdict: str
    left: tuple[str, ...]  # ids
    right: tuple[str, ...]  # ids; of a wrong code the right one, if given; of a grade the grade
    quotes: dict[str, str]  # by id: "burnt" of an event, its title of an article
    note: str
    standing: str  # in force, in force in part, overruled
    why: str  # what overrules it
    missing: tuple[str, ...]  # ids that are not in this archive, and so of no effect in it


def list_words(view: View, most: int | None = None, skip: int = 0) -> list[JudgementRow]:
    """All that was ever said, the latest last; or the latest so many after leaving out some later ones."""
    words = list(view.judgements())
    overruled = read_verdicts(words).overruled
    groups: dict[str, list[Judgement]] = {}
    for word in sorted(words, key=lambda word: (said_at(word), word.by, word_group(word), word.left, word.right)):
        groups.setdefault(word_group(word), []).append(word)
    lookup = Lookup(view)
    end = max(0, len(groups) - skip)
    chosen = list(groups.items())[0 if most is None else max(0, end - most) : end]
    return [
        _row(id, held, {word: overruled[word] for word in held if word in overruled}, lookup) for id, held in chosen
    ]


def missing_words(view: View, words: Iterable[Judgement]) -> Iterator[Judgement]:
    """Those of some words that are about records which are not here."""
    lookup = Lookup(view)
    for word in words:
        if any(not lookup.here(id, anchor) for id, anchor in _anchors([word]).items()):
            yield word


def _row(id: str, words: Sequence[Judgement], overruled: dict[Judgement, str], lookup: Lookup) -> JudgementRow:
    words = _current(words, lookup)
    first = words[0]
    left, right = _sides(words)
    anchors = _anchors(words)
    overruled = {word: why for word, why in overruled.items() if word in words}
    return JudgementRow(
        id=id,
        at=first.at,
        by=first.by,
        verdict=_verdict(words),
        left=left,
        right=right,
        quotes={id: anchor.words for id, anchor in anchors.items() if anchor},
        note=first.note,
        standing=IN_FORCE if not overruled else OVERRULED if len(overruled) == len(words) else IN_PART,
        why="; ".join(dict.fromkeys(overruled.values())),
        missing=tuple(id for id, anchor in anchors.items() if not lookup.here(id, anchor)),
    )


def _current(words: Sequence[Judgement], lookup: Lookup) -> Sequence[Judgement]:
    """Words without those on events that go by another id now, for which the same was said again."""
    sides = [(id, anchor) for word in words for id, anchor in _anchors([word]).items() if anchor and anchor.end]
    here = {(id, anchor): lookup.here(id, anchor) for id, anchor in sides}
    found = {anchor for (_, anchor), is_here in here.items() if is_here}
    gone = {id for (id, anchor), is_here in here.items() if not is_here and anchor in found}
    return [word for word in words if word.left not in gone and word.right not in gone] or words


def _verdict(words: Sequence[Judgement]) -> str:
    """A split is kept as words of two kinds."""
    verdicts = {word.verdict for word in words}
    return Verdict.SPLIT if Verdict.SPLIT in verdicts else min(verdicts)


def _sides(words: Sequence[Judgement]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands left and right of the verdict: of a split those that left and those that stayed."""
    leaving = [id for word in words if word.verdict is Verdict.SAME for id in (word.left, word.right)]
    if _verdict(words) is not Verdict.SPLIT or not leaving:
        leaving = []
    told = [word for word in words if not leaving or word.verdict is Verdict.SPLIT]
    left = dict.fromkeys([*leaving, *(word.left for word in told)])
    right = dict.fromkeys(word.right for word in told if word.right and word.right not in left)
    return tuple(left), tuple(right)


def _anchors(words: Sequence[Judgement]) -> dict[str, Anchor | None]:
    """Every record that the words are about; a grade is of a name, which nothing needs to hold."""
    found: dict[str, Anchor | None] = {}
    for word in words:
        if word.verdict is not Verdict.GRADE:
            found[word.left] = word.left_anchor
            if word.right and word.verdict is not Verdict.WRONG_CODE:
                found[word.right] = word.right_anchor
    return found
