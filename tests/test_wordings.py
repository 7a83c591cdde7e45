"""What the linear models of other schemes read: strings that an analyst could check by hand."""

from __future__ import annotations

from collections.abc import Callable

from eval.harness import Line
from eval.schemes import PAIR_ROOTS
from eval.wordings import pair_strings, scores, strings
from sayso.model import Parsed
from sayso.pipeline import analyse
from sayso.resolve.gazetteer import open_gazetteer

Parse = Callable[..., Parsed]
TEXT = "Chile condemned Peru for the arrest of two fishermen."
PAIR = (((0, 5),), ((16, 20),))


def test_words_grammar_and_coded_events_are_read(parse: Parse) -> None:
    parsed = parse(TEXT)
    found = set(strings(parsed, analyse(parsed, open_gazetteer())))
    assert {"condemn", "@GPE condemn", "arrest>prep", "ACCUSE"} <= found


def test_a_pair_is_masked_and_what_stands_between_is_told(parse: Parse) -> None:
    parsed = parse(TEXT)
    found = set(pair_strings(parsed, analyse(parsed, open_gazetteer()), PAIR))
    assert {"between condemn", "@S condemn @T", "@S first", "ACCUSE by S to T"} <= found


def test_the_shipped_weights_tell_what_one_does_to_the_other() -> None:
    told = scores("root", TEXT, TEXT, Line(), PAIR)
    assert PAIR_ROOTS[int(told.argmax())] == "ACCUSE"
