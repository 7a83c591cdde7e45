"""What the quotation scanner promises: it finds marked stretches and never fails."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.quotes import find_quotes

CASES = [
    ("He said, “Go home.”", ["“Go home.”"]),
    ('He said, "Go home."', ['"Go home."']),
    ("He said, ''Go home.''", ["''Go home.''"]),
    ("He said, ``Go home.''", ["``Go home.''"]),
    ("He said, «Go home.»", ["«Go home.»"]),
    ("Er sagte: „Geh heim.“", ["„Geh heim.“"]),
    ("Er sagte: »Geh heim.«", ["»Geh heim.«"]),
    ("He said, ‘Go home.’", ["‘Go home.’"]),
    ("He said, 'Go home now.'", ["'Go home now.'"]),
    ("“He told me ‘go home’ twice,” she said.", ["“He told me ‘go home’ twice,”"]),
    ("\"He told me 'go home' twice,\" she said.", ["\"He told me 'go home' twice,\""]),
    ("“One,” he said, “and two.”", ["“One,”", "“and two.”"]),
    ("“It’s late,” he said.", ["“It’s late,”"]),
    ("''We don't know,'' he said.", ["''We don't know,''"]),
    ("The workers' hall and the miners' club", []),
    ("In the '90s it wasn't there", []),
    ("Rock 'n' roll isn’t dead", []),
    ('The pole was 6" thick', []),
    ("“First paragraph.\n“Second paragraph.”", ["“First paragraph.", "“Second paragraph.”"]),
    ("“Never closed. And then the report goes on.", ["“Never closed."]),
    ("", []),
    ('"', []),
    ("”", []),
]


@pytest.mark.parametrize(("text", "quotes"), CASES)
def test_quotes(text: str, quotes: list[str]) -> None:
    assert [text[quote.start : quote.end] for quote in find_quotes(text)] == quotes


def test_a_paragraph_that_opens_with_a_mark_goes_on_with_the_quotation_left_open() -> None:
    first, second = find_quotes("“We waited all night.\n\n“Nobody came.”")
    assert not first.closed
    assert second.continues


@given(st.text(alphabet="ab \"'`“”‘’«»„‚‹›.,6\n—", max_size=80))
def test_quotes_are_ordered_apart_and_inside_the_text(text: str) -> None:
    at = 0
    for quote in find_quotes(text):
        assert at <= quote.start < quote.end <= len(text)
        at = quote.end
