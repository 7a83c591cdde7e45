"""The gate: sentences of everyday life are passed over, sentences of politics are looked at, and no name decides."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.extract.events.gate import features, may_tell
from sayso.extract.grammar import Grammar
from sayso.model import Parsed

Parse = Callable[..., Parsed]


def passes(parsed: Parsed) -> bool:
    return may_tell(Grammar(parsed), 0, len(parsed), ())


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shelled the port on Friday, killing nine people.",
        "The minister accused the opposition of planning a coup.",
        "Police arrested forty demonstrators outside parliament.",
        "Paris and Berlin agreed to resume talks with Ankara.",
        "The union called off its strike.",
    ],
)
def test_politics_is_looked_at(parse: Parse, text: str) -> None:
    assert passes(parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "Add the onions and cook until soft and golden.",
        "The phone has a bigger screen and a better battery than the old one.",
        "It was the best album of the year.",
    ],
)
def test_everyday_life_is_passed_over(parse: Parse, text: str) -> None:
    assert not passes(parse(text))


def test_names_are_no_features(parse: Parse) -> None:
    parsed = parse("Vladimir Putin met Xi Jinping in Beijing.")
    found = features(Grammar(parsed), 0, len(parsed), ())
    assert "meet VERB" in found and "a PERSON" in found
    assert not any(name in feature for feature in found for name in ("Putin", "Xi", "Beijing", "putin", "beijing"))
