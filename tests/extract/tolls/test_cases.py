"""How toll phrases are coded, after `gold/TOLLS.md`: harm, bounds, kind of victims, and whether a figure is a part,
withdrawn, or a running total.

A line of `cases.txt` is a sentence, `|`, and its tolls as `harm low-high kind`, with `part`, `withdrawn` and `*` for a
running total; no high is open above, `-` no kind. Nothing after the bar: the sentence tells of no toll.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.extract.tolls.find import find_tolls
from sayso.model import PROPERTY, Parsed, TollDraft, VictimKind

Parse = Callable[[str], Parsed]
CASES = [
    tuple(part.strip() for part in line.split("|"))
    for line in Path(__file__).with_name("cases.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def line_of(toll: TollDraft) -> str:
    high = "" if toll.high is None else toll.high
    marks = " part" * toll.part + " withdrawn" * toll.withdrawn + " *" * toll.cumulative
    return f"{toll.harm} {toll.low}-{high} {toll.kind or '-'}{marks}"


@pytest.mark.parametrize(("text", "tolls"), CASES, ids=[text[:60] for text, _ in CASES])
def test_a_phrase_is_coded_as_the_codebook_says(parse: Parse, text: str, tolls: str) -> None:
    assert "; ".join(map(line_of, find_tolls(parse(text)))) == tolls


@pytest.mark.parametrize("text", [text for text, _ in CASES], ids=[text[:60] for text, _ in CASES])
def test_property_is_never_of_people(parse: Parse, text: str) -> None:
    for toll in find_tolls(parse(text)):
        assert (toll.harm in PROPERTY) == (toll.kind is VictimKind.PROPERTY)


@pytest.mark.parametrize("text", [text for text, _ in CASES], ids=[text[:60] for text, _ in CASES])
def test_a_part_says_of_what(parse: Parse, text: str) -> None:
    for toll in find_tolls(parse(text)):
        assert toll.part == any(reason.name == "part" for reason in toll.reasons)
