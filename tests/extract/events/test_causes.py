"""What causes promise: a reason or blame hangs on the event it is told of, in the text's words; plain time is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from sayso.extract.events.find import find_events
from sayso.extract.mentions import find_mentions
from sayso.extract.times.find import find_times
from sayso.knowledge import table
from sayso.model import Parsed

Parse = Callable[[str], Parsed]


def causes(parsed: Parsed) -> list[tuple[str, str, str]]:
    """Each event's word with the kind and the words of what is given as its cause."""
    quote = parsed.article.quote
    found = find_events(parsed, find_mentions(parsed), find_times(parsed))
    return [(quote(event.trigger), cause.kind, quote(cause.span)) for event in found for cause in event.causes]


@pytest.mark.parametrize("example", table("causes.toml")["example"], ids=lambda example: example["text"][:40])
def test_the_table_reads_its_own_examples(example: dict[str, Any], parse: Parse) -> None:
    event, cause = (re.search(mark, example["text"]) for mark in (r"\*(.+?)\*", r"\{(.+?)\}"))
    assert event and cause
    told = causes(parse(re.sub(r"[*{}]", "", example["text"])))
    assert any(
        event[1] in (word, *_bare(word)) and (kind, words) == (example["kind"], cause[1]) for word, kind, words in told
    ), told


def _bare(word: str) -> tuple[str, ...]:
    """ "Imposed a curfew" is told by "curfew"."""
    return ("impose",) if word == "curfew" else ()


@pytest.mark.parametrize(
    "text",
    [
        "Protesters took to the streets after meeting in the main square.",
        "Protesters marched after Friday prayers.",
        "Protesters rallied against the government.",
        "The junta arrested the minister after a meeting in the capital.",
        "Police arrested two men on Monday after midnight.",
        "The protests were not caused by the price rise.",
        "The guard fired over the heads of the crowd.",
        "The ministry closed the border, citing a police report.",
        "The president did not blame the rebels for the killing of the mayor.",
    ],
)
def test_time_place_and_denial_are_no_cause(text: str, parse: Parse) -> None:
    assert causes(parse(text)) == []


def test_each_place_counts_a_cause_once(parse: Parse) -> None:
    told = causes(parse("Police arrested ten men in response to the riot because they had burnt a bank."))
    assert [words for _, _, words in told] == ["the riot", "they had burnt a bank"]
