"""Whom a participant most likely acts for where no table tells: a linear model over what stands in and around it.

`data/sectors.npz` holds the weights (see `sectors.card.md`), fitted by `training/sectors.py`. Features name words of
the language, never a name; each decision says which of them moved it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from sayso.errors import ModelMissing
from sayso.linear import Linear, open_linear
from sayso.model import Parsed
from sayso.resolve.referents import Phrase, is_pronoun
from sayso.resolve.sectors import Telling, noun_at, noun_key, qualifier

NONE = "-"  # the class of those that act for no sector
_SHOWN = 3  # features named in a reason
_BARE = frozenset({"DET", "PUNCT", "CCONJ", "PART", "SPACE"})
_NOUNS = frozenset({"NOUN", "VERB", "ADJ"})
_WINDOW = 12  # words on either side that are looked at
_LONG = 4.0  # length of a view: as much as so many features squared
_VIEW = "its words as the network reads them"


@dataclass(frozen=True, slots=True)
class Standing:
    """A participant as it stands in its text: its main phrase, what it does, who else is there."""

    phrase: Phrase
    roles: tuple[str, ...]  # "ASSAULT by", "ASSAULT to"
    told: Telling
    country: str | None
    kind: str
    beside: tuple[str, ...]  # sectors of those that act or suffer with it
    facing: tuple[str, ...]  # of those on the other side
    others: tuple[str, ...]  # of all others
    is_state: bool
    vectors: tuple[Sequence[float], ...] = ()  # what the typer's network sees at it, once an event


@dataclass(frozen=True, slots=True)
class Seen:
    """What the model looks at: features by name, and the direction in which the network's vectors point."""

    features: tuple[str, ...]
    view: npt.NDArray[np.float32] | None


def lean(model: Linear, seen: Seen) -> tuple[str, float, tuple[str, ...]] | None:
    """The likeliest class, its share, and what speaks most for it."""
    known = [name for name in seen.features if name in model.rows]
    if not known:
        return None
    own = model.weights[[model.rows[name] for name in known]]
    if seen.view is not None and model.views is not None:
        own = np.vstack([own, seen.view @ model.views])
        known.append(_VIEW)
    sums = own.sum(axis=0)
    shares = np.exp(sums - sums.max())
    shares /= shares.sum()
    best = int(shares.argmax())
    moved = own[:, best] - own.mean(axis=1)
    return model.classes[best], float(shares[best]), tuple(known[at] for at in moved.argsort()[::-1][:_SHOWN])


@lru_cache(maxsize=4)
def open_model(name: str = "sectors.npz") -> Linear | None:
    """The shipped weights; None before they are fitted."""
    try:
        return open_linear(name)
    except ModelMissing:
        return None


def seen(parsed: Parsed, standing: Standing) -> Seen:
    """What the model looks at; features have names that a reader understands."""
    names = {*_of_part(standing), *_of_phrase(parsed, standing), *_around(parsed, standing)}
    return Seen(tuple(sorted(names)), view_of(standing.vectors))


def view_of(vectors: Sequence[Sequence[float]]) -> npt.NDArray[np.float32] | None:
    """The direction in which some vectors point together, of length `_LONG`; None without any."""
    if not vectors:
        return None
    mean = np.mean(np.asarray(vectors, dtype=np.float32), axis=0)
    found: npt.NDArray[np.float32] = mean * np.float32(_LONG / max(float(np.linalg.norm(mean)), 1e-6))
    return found


def _of_part(standing: Standing) -> Iterator[str]:
    told = standing.told.sector[0] if standing.told.sector else NONE
    sure = "" if standing.told.weak else " surely"
    yield "any"
    yield f"tables say {told}{sure}"
    yield f"is a {standing.kind}"
    country = standing.country
    yield f"of {country if country in ('UNO', 'EUR', 'IGO', 'NGO', 'IMG', None) else 'a country'}"
    for role in standing.roles:
        yield f"in {role}"
        yield f"in {role}, tables say {told}"
        if standing.is_state:
            yield f"a state in {role}"
    yield from (f"with {sector}" for sector in standing.beside)
    yield from (f"facing {sector}" for sector in standing.facing)
    yield from (f"told with {sector}" for sector in standing.others)


def _of_phrase(parsed: Parsed, standing: Standing) -> Iterator[str]:
    phrase, head = standing.phrase, standing.phrase.head
    word = parsed.text[head].lower()
    above = parsed.head[head]
    yield f"{parsed.dep[head]} of {parsed.lemma[above].lower()}"
    if is_pronoun(parsed, head):
        yield f"pronoun {word}"
        yield from (f"pronoun in {role}" for role in standing.roles)
        return
    form = f"{parsed.tag[head]} {parsed.ent[head]}".strip()
    yield f"head is {form}"
    yield from (f"head is {form} in {role}" for role in standing.roles)
    yield f"ends in -{word[-4:]}"
    yield f"ends in -{word[-3:]}"
    noun = noun_at(parsed, head)
    yield f"noun of {'no list' if noun is None else noun.sector or NONE}"
    if _is_word(parsed, head):
        yield f"head {noun_key(parsed, head)}"
    if phrase.first:
        yield f"after {parsed.text[phrase.first - 1].lower()}"
    for token in range(phrase.first, phrase.last + 1):
        if token != head:
            yield from _of_modifier(parsed, token, "before it" if token < head else "after it")
    yield from _of_children(parsed, head)


def _of_modifier(parsed: Parsed, token: int, where: str) -> Iterator[str]:
    word = parsed.text[token].lower()
    if parsed.pos[token] in _BARE:
        return
    if parsed.pos[token] == "NUM":
        yield "number"
        return
    if _is_word(parsed, token):
        yield f"{where} {word}"
    noun, told = noun_at(parsed, token), qualifier(word)
    if told is not None:
        yield f"{where} a word of {told}"
    if noun is not None:
        yield f"{where} a noun of {noun.sector or NONE}"


def _of_children(parsed: Parsed, head: int) -> Iterator[str]:
    """Appositions, complements and owners by what they are."""
    for child in parsed.children[head]:
        dep = parsed.dep[child]
        if dep == "prep" and child > head:
            for inner in parsed.children[child]:
                noun = noun_at(parsed, inner)
                if _is_word(parsed, inner):
                    yield f"{parsed.text[child].lower()} {noun_key(parsed, inner)}"
                if noun is not None:
                    yield f"hangs on a noun of {noun.sector or NONE}"
        elif dep in ("appos", "poss", "relcl"):
            noun = noun_at(parsed, child)
            if noun is not None:
                yield f"{dep} a noun of {noun.sector or NONE}"
            if dep == "relcl":
                yield f"who {parsed.lemma[child].lower()}"


def _around(parsed: Parsed, standing: Standing) -> Iterator[str]:
    """The words of the sentence near it."""
    phrase = standing.phrase
    first, last = parsed.sents[parsed.sent[phrase.head]]
    for token in range(max(first, phrase.first - _WINDOW), min(last, phrase.last + _WINDOW)):
        if parsed.pos[token] in _NOUNS and not phrase.first <= token <= phrase.last and _is_word(parsed, token):
            yield f"near {parsed.lemma[token].lower()}"
            noun = noun_at(parsed, token)
            if noun is not None and noun.sector:
                yield f"near a noun of {noun.sector}"


def _is_word(parsed: Parsed, token: int) -> bool:
    """Whether a token is a word of the language, so that no name is learned by heart."""
    return parsed.text[token][:1].islower() or noun_at(parsed, token) is not None
