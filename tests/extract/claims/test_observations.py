"""What first-hand observation promises: the outlet's own eyes and ears, and nobody's claim."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from sayso.extract.claims.attribution import find_claims
from sayso.extract.claims.observations import find_observations
from sayso.extract.mentions import find_mentions
from sayso.knowledge import table
from sayso.model import Parsed

CASES = [
    *table("cues.toml")["perception"]["examples"],
    "[Reuters reporters] <heard> {explosions and gunshots as military vehicles moved forward}.",
    "[An AFP journalist] <counted> {eleven bodies in the courtyard of the clinic}.",
    "[Reporters at the scene] <could see> {burned-out cars}.",
    "[Our reporters] <were shown> {the cellar where the men had been held}.",
    "[A team from our channel] <saw> {soldiers loading boxes onto a truck}.",
    "[The paper] <has seen> {the letter}.",
    "[We] <counted> {nine lorries at the gate}.",
    "[A photographer for the Associated Press] <saw> {at least three wounded soldiers}.",
    "A resident told our reporter that the shooting began at dawn.",
    "The mayor said reporters had seen the damage.",
    "“We saw nine lorries,” the guard said.",
    "The company saw its profits fall.",
    "Residents heard two blasts.",
    "The journalist said she had seen tanks.",
]
_MARK = re.compile(r"\[(?P<who>[^\]]*)\]|<(?P<cue>[^>]*)>|\{(?P<content>[^}]*)\}")


@pytest.mark.parametrize("case", CASES)
def test_first_hand(parse: Callable[[str], Parsed], case: str) -> None:
    """Marked are who, <the word of seeing> and {what}; a line without marks holds no observation."""
    parts = {str(m.lastgroup): m[m.lastgroup or 0] for m in _MARK.finditer(case)}
    parsed = parse(_MARK.sub(lambda m: m[m.lastgroup or 0], case))
    claims = find_claims(parsed, find_mentions(parsed))
    quote = parsed.article.quote
    found = [
        {"who": quote(one.who), "cue": quote(one.cue), "content": quote(one.content)}
        for one in find_observations(parsed, claims)
    ]
    assert found == ([parts] if parts else [])
    if parts:
        assert not claims


def test_what_a_reporter_was_told_is_a_claim(parse: Callable[[str], Parsed]) -> None:
    parsed = parse("A resident told our reporter that the shooting began at dawn.")
    (claim,) = find_claims(parsed, find_mentions(parsed))
    assert claim.addressee is not None
    assert parsed.article.quote(claim.addressee) == "our reporter"
    assert len(claim.chain) == 1
