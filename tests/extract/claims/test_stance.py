"""What a source does with what it says: read from the word of saying, else from the form of the content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.extract.claims.attribution import find_claims
from sayso.extract.mentions import find_mentions
from sayso.knowledge import table
from sayso.model import ClaimDraft, Parsed


def lines() -> Iterator[str]:
    """The cases of the file beside this one, then the examples of the table."""
    for line in Path(__file__).with_name("stances.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line
    for part in table("stances.toml").values():
        rows: list[dict[str, Any]] = part if isinstance(part, list) else [part]
        for row in rows:
            yield from row["examples"]


CASES = [tuple(line.split(" | ")) for line in lines()]


@pytest.mark.parametrize(("text", "words", "stance"), CASES, ids=[text[:50] for text, _, _ in CASES])
def test_stance(parse: Callable[[str], Parsed], text: str, words: str, stance: str) -> None:
    parsed = parse(text)

    def said(claim: ClaimDraft) -> str:
        return " … ".join(parsed.article.quote(span) for span in claim.content)

    holding = [claim for claim in find_claims(parsed, find_mentions(parsed)) if words in said(claim)]
    assert holding, "no such claim"
    inner = min(holding, key=lambda claim: len(said(claim)))
    assert stance in (inner.stance, f"{inner.stance} {inner.certainty}")


def test_marks_around_the_word_of_saying_too_are_another_speakers(parse: Callable[[str], Parsed]) -> None:
    parsed = parse("“My brother asked the soldier whether the road was open,” Halima Oduya said.")
    modes = {
        claim.chain[-1].cue and parsed.article.quote(claim.chain[-1].cue): claim.mode for claim in find_claims(parsed)
    }
    assert modes == {"said": "direct", "asked": "indirect"}
