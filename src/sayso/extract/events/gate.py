"""Which sentences may tell of an act at all: most sentences of a day's news tell none, and reading one closely is dear.

A linear model over the words of a sentence, `data/gate.npz` (see `gate.card.md`), fitted by `training/gate.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from sayso.extract.events.match import Act
from sayso.extract.grammar import Grammar
from sayso.linear import open_linear

BAR = -3.5  # log-odds below which a sentence is passed over: a third of a day's news (gate.card.md)
_WORDS = frozenset({"NOUN", "VERB", "ADJ", "ADV", "ADP", "AUX", "PART", "SCONJ"})


def may_tell(grammar: Grammar, first: int, last: int, rules: Sequence[Act]) -> bool:
    """Whether a sentence, a token range, is worth a closer look; `rules` are the acts that the rules see in it."""
    weights = _weights()
    return sum(weights.get(name, 0.0) for name in features(grammar, first, last, rules)) >= BAR


def features(grammar: Grammar, first: int, last: int, rules: Sequence[Act]) -> set[str]:
    """What the model looks at: words with their part of speech, kinds of names, what the rules see."""
    return {"any", *_of_words(grammar, first, last), *(f"rules see {act.type}" for act in rules)}


def _of_words(grammar: Grammar, first: int, last: int) -> Iterator[str]:
    parsed = grammar.parsed
    for token in range(first, last):
        pos = parsed.pos[token]
        if parsed.ent[token]:
            yield f"a {parsed.ent[token]}"
        elif pos in _WORDS:
            yield f"{grammar.lemma[token]} {pos}"
    yield f"length {min(6, (last - first) // 8)}"


@cache
def _weights() -> Mapping[str, float]:
    return open_linear("gate.npz").single()
