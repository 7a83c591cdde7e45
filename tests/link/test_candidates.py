"""Keys of sentences: equal everywhere, met by excerpts of any length, and no business of quotations."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.link.candidates import SCHEME, signature
from sayso.model import Article
from tests.link.test_copies import OTHER, WIRE

LONG = Article("\n\n".join([WIRE, *(f"Item {n}: {OTHER}" for n in range(30))]), id="long")


def keys(text: str) -> set[int]:
    return {*signature(Article(text))}


def test_keys_are_the_same_on_every_machine_and_version() -> None:
    assert SCHEME == "rensa-r2-2x2-3-6"
    assert signature(Article("Fishermen blocked the harbour road on Monday after the port closed two piers.")) == PINNED


PINNED = (1301589923021316790, 4940263525767050890)


def test_one_sentence_in_a_long_text_is_enough() -> None:
    assert keys(WIRE.split("\n\n")[2]) & {*signature(LONG)}


def test_a_shared_quotation_proposes_nobody() -> None:
    said = '"We will open nothing that may fall into the sea under our people and their children," she said.'
    assert not keys(f"{said} The fish hall was cold and full of people all morning.") & keys(
        f"{said} Nobody on the quay believed a word of what was announced there."
    )


def test_short_texts_meet_when_they_are_equal() -> None:
    assert keys("Strike over.") == keys("Strike over!") and keys("Strike over.") != keys("Strike on.")


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_keys_fit_a_signed_column_and_come_in_order(text: str) -> None:
    found = signature(Article(text))
    assert list(found) == sorted(set(found)) and all(0 <= key < 2**63 for key in found)
