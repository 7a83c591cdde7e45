"""Chains that more than the words of one saying tell: who carried it, read it out, passed it on, was told it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.extract.attribution import find_claims
from sayso.model import Parsed

CASES = (  # text, the chains expected among its claims
    ("A memo of the port authority, obtained by the Evening Herald, says that the crane was never tested.",
     "the Evening Herald < A memo of the port authority"),
    ("The miller's lawyer said his client had paid the fine, the Herald newspaper reported.",
     "the Herald newspaper < The miller's lawyer"),
    ("Two teachers told the Evening Herald that the roof had fallen in, the newspaper reported on Monday.",
     "the newspaper < Two teachers"),
    ("A newsreader then read out a letter. It said that the ferry would not sail.",
     "A newsreader < It"),
    ("According to the harbour office, citing the pilots, six boats have sunk.",
     "the harbour office < the pilots"),
    ("The union says the bridge is safe; the mayor says that it is not.",
     "The union\nthe mayor"),
    ("A clerk said that the vault was empty, and that he believed the money was abroad.",
     "A clerk\nA clerk < he"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "chains"), CASES)
def test_each_claim_has_its_whole_chain(parse: Callable[[str], Parsed], text: str, chains: str) -> None:
    parsed = parse(text)
    told = {
        " < ".join(parsed.article.quote(link.source) if link.source else "-" for link in claim.chain)
        for claim in find_claims(parsed)
    }
    assert set(chains.splitlines()) <= told
