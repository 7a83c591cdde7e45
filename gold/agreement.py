"""`python -m gold.agreement FIRST SECOND`: how far two annotations of the same texts agree.

Claims are paired as `eval.gold_claims` pairs gold and predicted ones (at least half of the words of both contents) and
chains are compared as it compares them, so that these figures say how high its figures can go.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.gold_claims import agreeing_links, chain_is_right, match
from gold.claims import GoldClaim, GoldError, GoldText, read
from sayso.model import Analysis, Claim, Link, SourceKind, Span

_LABELS = ("stance", "certainty", "mode")
_PLACES = ("addressee", "channel", "time", "hedge", "negation")


@dataclass(frozen=True, slots=True)
class Rate:
    """One row of the table; `total` is the number of items that could agree."""

    name: str
    value: float
    total: int


@dataclass(frozen=True, slots=True)
class Shared:
    """A claim that both annotators have."""

    text: GoldText
    numbers: tuple[int, int]  # its place in the text of the first and of the second annotator
    first: GoldClaim
    second: GoldClaim


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m gold.agreement", description=__doc__)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    chosen = parser.parse_args(argv)
    try:
        rates = agreement(read(chosen.first), read(chosen.second))
    except GoldError as fault:
        print(fault, file=sys.stderr)
        return 2
    for rate in rates:
        print(f"{rate.name:<28}{rate.value:>7.3f}{rate.total:>6}")
    return 0


def agreement(first: Sequence[GoldText], second: Sequence[GoldText]) -> list[Rate]:
    """The rows of the table; GoldError if the two did not annotate the same texts."""
    if [text.article for text in first] != [text.article for text in second]:
        raise GoldError("the two files do not hold the same texts in the same order")
    claims = sum(len(text.claims) for text in (*first, *second))
    both = [pair for one, two in zip(first, second, strict=True) for pair in shared(one, two)]
    long = [pair for pair in both if max(len(pair.first.chain), len(pair.second.chain)) > 1]
    return [
        Rate("claims F1", _ratio(2 * len(both), claims), claims),
        _share("chain", [_same_chain(pair) for pair in both]),
        _share("chain, two links or more", [_same_chain(pair) for pair in long]),
        *(rate for name in _LABELS for rate in _labels(name, [_label(pair, name) for pair in both])),
        *_labels("kind of source", [kinds for pair in both for kinds in _kinds(pair)]),
        *(_places(name, both) for name in _PLACES),
        _nesting(both),
    ]


def shared(first: GoldText, second: GoldText) -> list[Shared]:
    """The claims of a text that both annotators have, one to one, best first."""
    pairs = match(first, Analysis(second.article, claims=tuple(_handed_in(second))))
    return [
        Shared(first, (pair.number, int(pair.claim.id)), pair.gold, second.claims[int(pair.claim.id)]) for pair in pairs
    ]


def kappa(labels: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa: agreement beyond what two would have by chance, each with the labels that they gave."""
    total = len(labels)
    one, two = Counter(label for label, _ in labels), Counter(label for _, label in labels)
    chance = sum(_ratio(one[label], total) * _ratio(two[label], total) for label in one)
    seen = _ratio(sum(left == right for left, right in labels), total)
    return 1.0 if chance == 1 else (seen - chance) / (1 - chance)


def _handed_in(text: GoldText) -> Iterator[Claim]:
    for number, claim in enumerate(text.claims):
        yield _as_claim(str(number), claim)


def _as_claim(name: str, claim: GoldClaim) -> Claim:
    chain = tuple(Link(None, link.kind or SourceKind.PERSON, link.source, link.cue) for link in claim.chain)
    return Claim(name, chain, claim.content, claim.mode, claim.stance, claim.certainty)


def _same_chain(pair: Shared) -> bool:
    return chain_is_right(pair.text, pair.first, _as_claim("", pair.second))


def _label(pair: Shared, name: str) -> tuple[str, str]:
    return getattr(pair.first, name), getattr(pair.second, name)


def _kinds(pair: Shared) -> Iterator[tuple[str, str]]:
    """The kinds of each source that both have in their chains."""
    for one, two in agreeing_links(pair.text, pair.first, _as_claim("", pair.second)):
        if one.source and one.kind:
            yield one.kind, two.kind


def _labels(name: str, labels: Sequence[tuple[str, str]]) -> tuple[Rate, Rate]:
    return _share(name, [left == right for left, right in labels]), Rate(f"{name}, kappa", kappa(labels), len(labels))


def _places(name: str, pairs: Sequence[Shared]) -> Rate:
    """F1 of what only some claims have, right where it overlaps."""
    found: list[tuple[Span | None, Span | None]] = [
        (getattr(pair.first, name), getattr(pair.second, name)) for pair in pairs
    ]
    right = sum(bool(one and two and one.overlaps(two)) for one, two in found)
    given = sum(span is not None for spans in found for span in spans)
    return Rate(f"{name} F1", _ratio(2 * right, given), given)


def _nesting(pairs: Sequence[Shared]) -> Rate:
    """F1 of `within`, right where both have the claim in the same claim."""
    same = {(pair.text.id, *pair.numbers) for pair in pairs}
    right = sum((pair.text.id, pair.first.within, pair.second.within) in same for pair in pairs)
    given = sum(claim.within is not None for pair in pairs for claim in (pair.first, pair.second))
    return Rate("within F1", _ratio(2 * right, given), given)


def _share(name: str, right: Sequence[bool]) -> Rate:
    return Rate(name, _ratio(sum(right), len(right)), len(right))


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


if __name__ == "__main__":
    sys.exit(main())
