"""Who takes part in an act, ready to be compared with who takes part in another: by mention group, head word and name.

Two parties are the same, others, or it stays open: "They" after "gunmen" are the same, "nine miners" and "two miners"
others, "police" and "officers" may be either.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from sayso.extract.lexicon import noun_at, noun_key
from sayso.extract.numbers import number_value
from sayso.model import Mention, Parsed, Span

_STEM = 4  # letters that "Mali" and "Malian" share
_ENDING = 4  # letters that a demonym adds at most
# Heads that only say that there are people.
_VAGUE = frozenset(
    "people person man woman other others one civilian victim resident member group side both all".split()
)
_NEW = frozenset({"a", "an", "another"})


class Likeness(IntEnum):
    """How two parties compare."""

    OTHER = -2  # their names or numbers differ
    UNLIKE = -1  # they are called by other words
    OPEN = 0
    SAME = 1


@dataclass(frozen=True, slots=True)
class Party:
    """One participant: what its own words and the other mentions of its group say."""

    group: int | None
    heads: frozenset[str]
    names: frozenset[str]
    sectors: frozenset[str]
    number: float | None
    told: bool  # it is more than an unresolved pronoun
    new: bool = False  # "a post": not spoken of before


def compare(one: Party, two: Party) -> Likeness:
    """Whether two parties are one; numbers and names that differ part them, words that agree join them."""
    if one.group is not None and one.group == two.group:
        return Likeness.SAME
    if not one.told or not two.told:
        return Likeness.OPEN
    if one.number is not None and two.number is not None and one.number != two.number:
        return Likeness.OTHER
    shared_name = _shares_name(one.names, two.names)
    if one.names and two.names and not shared_name:
        return Likeness.OTHER
    counted = one.number is not None and one.number == two.number
    if counted and not (one.heads and two.heads):
        return Likeness.SAME  # "seven" and "seven demonstrators"
    shared_head = bool(one.heads & two.heads)
    if shared_head and (shared_name or counted or not one.heads & two.heads <= _VAGUE):
        return Likeness.SAME
    if shared_name and (not one.heads or not two.heads):
        return Likeness.SAME  # "Russia" and "Russian artillery"
    if one.sectors and two.sectors:
        return Likeness.OPEN if one.sectors & two.sectors else Likeness.UNLIKE
    vague = bool((one.heads | two.heads) & _VAGUE)
    bare = not one.heads or not two.heads  # a name may be anybody's
    return Likeness.OPEN if vague or bare or shared_head or shared_name else Likeness.UNLIKE


def compare_sides(one: Sequence[Party], two: Sequence[Party]) -> Likeness:
    """Whether two sides share a party; open where one is not told."""
    if not one or not two:
        return Likeness.OPEN
    return max(compare(left, right) for left in one for right in two)


def _shares_name(one: frozenset[str], two: frozenset[str]) -> bool:
    return bool(one & two) or any(_akin(left, right) for left in one for right in two)


def _akin(one: str, two: str) -> bool:
    """Whether one name is a form of the other: "russia" and "russian"."""
    shared = 0
    for left, right in zip(one, two, strict=False):
        if left != right:
            break
        shared += 1
    return shared >= _STEM and max(len(one), len(two)) - shared <= _ENDING and shared >= min(len(one), len(two)) - 1


class Parties:
    """Reads the participants of one article."""

    def __init__(self, parsed: Parsed, mentions: Iterable[Mention]) -> None:
        self._parsed = parsed
        self._actor: dict[int, Mention] = {}
        self._groups: dict[int, list[Mention]] = {}
        for mention in mentions:
            if mention.kind == "actor":
                self._actor.setdefault(mention.head, mention)
                if mention.label != "pronoun":
                    self._groups.setdefault(mention.group, []).append(mention)
        self._known: dict[Span, Party] = {}

    def read(self, spans: Iterable[Span]) -> tuple[Party, ...]:
        return tuple(self._party(span) for span in spans)

    def _party(self, span: Span) -> Party:
        if span not in self._known:
            self._known[span] = self._read(span)
        return self._known[span]

    def _read(self, span: Span) -> Party:
        tokens = tokens_of(self._parsed, span)
        heads = [
            token for token in tokens if self._parsed.head[token] not in tokens or self._parsed.head[token] == token
        ]
        mention = next((self._actor[token] for token in (*heads, *tokens) if token in self._actor), None)
        told = [tokens] if any(self._parsed.pos[token] in ("NOUN", "PROPN", "ADJ", "NUM") for token in tokens) else []
        alike = self._groups.get(mention.group, []) if mention else []
        told += [tokens_of(self._parsed, other.span) for other in alike[:6] if other.span != span]
        words = [self._words(part) for part in told]
        return Party(
            mention.group if mention else None,
            frozenset().union(*(heads for heads, _, _ in words)),
            frozenset().union(*(names for _, names, _ in words)),
            frozenset().union(*(sectors for _, _, sectors in words)),
            self._number(tokens),
            bool(told),
            self._is_new(tokens),
        )

    def _words(self, tokens: Sequence[int]) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """Head nouns, names and sectors of a phrase."""
        parsed = self._parsed
        names = {parsed.text[token].casefold() for token in tokens if _is_name(parsed, token)}
        nouns = [token for token in tokens if parsed.pos[token] in ("NOUN", "PROPN") and not _is_name(parsed, token)]
        heads = {noun_key(parsed, token) for token in nouns if parsed.dep[token] not in ("poss", "npadvmod")}
        roles = [noun for token in nouns if (noun := noun_at(parsed, token)) is not None]
        return frozenset(heads), frozenset(names), frozenset(sector for noun in roles for sector in noun.sector)

    def _is_new(self, tokens: Sequence[int]) -> bool:
        """Whether an indefinite article opens a phrase or stands before it."""
        opening = range(max(0, tokens[0] - 1), tokens[0] + 1) if tokens else range(0)
        return any(self._parsed.text[token].lower() in _NEW for token in opening)

    def _number(self, tokens: Sequence[int]) -> float | None:
        """The count of a phrase: of "at least 34 traders and 9 herders" none."""
        runs: list[list[str]] = []
        before = -2
        for token in tokens:
            if self._parsed.pos[token] == "NUM" or self._parsed.lemma[token] in ("dozen", "hundred", "thousand"):
                if token == before + 1:
                    runs[-1].append(self._parsed.text[token])
                else:
                    runs.append([self._parsed.text[token]])
                before = token
        return number_value(runs[0]) if len(runs) == 1 else None


def _is_name(parsed: Parsed, token: int) -> bool:
    if parsed.pos[token] not in ("PROPN", "ADJ", "NOUN") or not parsed.text[token][:1].isupper():
        return False
    return parsed.ent[token] in ("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC") and noun_at(parsed, token) is None


def tokens_of(parsed: Parsed, span: Span) -> range:
    """The tokens that a stretch touches; none where it lies outside the parse."""
    low, high = 0, len(parsed)
    while low < high:
        middle = (low + high) // 2
        if parsed.end[middle] <= span.start:
            low = middle + 1
        else:
            high = middle
    last = low
    while last < len(parsed) and parsed.start[last] < span.end:
        last += 1
    return range(low, last)
