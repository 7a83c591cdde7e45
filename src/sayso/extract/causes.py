"""Finds what the report gives as reason for an event, or on whom it lays the blame, in the text's own words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sayso.extract.grammar import Grammar
from sayso.knowledge import table
from sayso.model import Cause, EventType, Span

_ANSWERS = frozenset({EventType.PROTEST})  # acts done over something
_BROADER = frozenset({EventType.COERCE, EventType.SANCTION, EventType.ACCUSE, EventType.RETREAT})
_VAGUE = ("amid", "after", "following", "in the wake of")


@lru_cache(maxsize=1)
def _cues() -> tuple[tuple[str, ...], ...]:
    phrases = table("event_words.toml")["cause"]["reason"]
    return tuple(sorted((tuple(phrase.split()) for phrase in phrases), key=len, reverse=True))


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    return frozenset(cue[0] for cue in _cues())


def find_reasons(grammar: Grammar, anchors: Sequence[int], type: EventType) -> tuple[Cause, ...]:
    """The reasons attached to an event; `anchors` are its trigger, supporting verb and object."""
    found: list[Cause] = []
    for anchor in anchors:
        for child in grammar.parsed.children[anchor]:
            cause = _phrase(grammar, child, type) or _clause(grammar, child, type)
            if cause is not None and cause not in found:
                found.append(cause)
    return tuple(found)


def _phrase(grammar: Grammar, child: int, type: EventType) -> Cause | None:
    """A cue phrase and all that depends on it: "over fuel prices"."""
    parsed = grammar.parsed
    first, last = parsed.left[child], parsed.right[child]
    if parsed.dep[child] not in ("prep", "advmod", "amod", "acomp", "agent") or _word(grammar, first) not in _openers():
        return None
    for cue in _cues():
        end = first + len(cue)
        if end > last or tuple(_word(grammar, token) for token in range(first, end)) != cue:
            continue
        if not _fits(" ".join(cue), type):
            return None
        return Cause("reason", parsed.span(end, _trim(grammar, end, last)), parsed.span(first, end - 1))
    return None


def _clause(grammar: Grammar, child: int, type: EventType) -> Cause | None:
    """A clause under "because", or for what people do in answer to something under "after"."""
    parsed = grammar.parsed
    if parsed.dep[child] != "advcl":
        return None
    for mark in parsed.children[child]:
        word = _word(grammar, mark)
        if (
            parsed.dep[mark] == "mark"
            and mark < child
            and (word == "because" or (word == "after" and type in _ANSWERS))
        ):
            return Cause(
                "reason", parsed.span(mark + 1, _trim(grammar, child, parsed.right[child])), parsed.span(mark, mark)
            )
    return None


def blame(span: Span, cue: Span) -> Cause:
    """Blame laid on somebody."""
    return Cause("blame", span, cue)


def _fits(cue: str, type: EventType) -> bool:
    if cue not in table("event_words.toml")["cause"]["narrow"]:
        return True
    return type in _ANSWERS or (type in _BROADER and cue not in _VAGUE)


def _trim(grammar: Grammar, first: int, last: int) -> int:
    while last > first and grammar.parsed.pos[last] in ("PUNCT", "SPACE"):
        last -= 1
    return last


def _word(grammar: Grammar, token: int) -> str:
    return grammar.parsed.text[token].lower()
