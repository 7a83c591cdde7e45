"""The lexicon of words that name acts: every row is well formed, and phrases are found where they stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.extract.events.actwords import TABLES, codes_of
from sayso.extract.grammar import Grammar
from sayso.knowledge import rows
from sayso.model import MODES, EventType, Parsed


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_known_codes(table: str) -> None:
    for row in rows(table):
        pos, words, codes = row
        assert pos in ("v", "n") and words == words.lower().strip(), row
        for code in codes.split(","):
            kind, _, mode = code.strip().partition("/")
            assert not mode or mode in MODES[EventType(kind)], row


@pytest.mark.parametrize("table", TABLES)
def test_no_row_stands_twice(table: str) -> None:
    heads = [row[:2] for row in rows(table)]
    assert len(heads) == len(set(heads))


@pytest.mark.parametrize(
    ("text", "word", "code"),
    [
        ("Guards opened fire on the queue.", "opened", "ASSAULT/firearms"),
        ("Dockers downed tools at noon.", "downed", "PROTEST/strike"),
        ("A mass kidnapping shook the valley.", "kidnapping", "ASSAULT/abduct"),
        ("The court handed the colonel a sentence of nine years.", "handed", "SANCTION/convict"),
        ("Clerks ate their lunch.", "ate", None),
    ],
)
def test_a_phrase_is_found_from_its_head(
    parse: Callable[[str], Parsed], text: str, word: str, code: str | None
) -> None:
    parsed = parse(text)
    codes, _ = codes_of(Grammar(parsed), parsed.text.index(word), len(parsed))
    assert (code in codes) if code else codes == ()
