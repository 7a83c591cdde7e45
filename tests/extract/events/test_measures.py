"""What state measures promise: level, scale, area, term and what they allow, each in words of the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sayso.extract.events.find import find_events
from sayso.extract.mentions import find_mentions
from sayso.extract.times.find import find_times
from sayso.knowledge import table
from sayso.model import Parsed

Parse = Callable[[str], Parsed]
NAMES = ("level", "scale", "area", "term", "allows")


def details(parsed: Parsed) -> list[dict[str, list[str]]]:
    """The details of each measure of a text, by name."""
    found = []
    for event in find_events(parsed, find_mentions(parsed), find_times(parsed)):
        told = {name: [r.detail for r in event.reasons if r.name == name] for name in NAMES}
        if any(told.values()):
            found.append({name: words for name, words in told.items() if words})
    return found


def listed(words: str | list[str]) -> list[str]:
    return [words] if isinstance(words, str) else words


@pytest.mark.parametrize("example", table("measures.toml")["example"], ids=lambda example: example["text"][:40])
def test_the_table_reads_its_own_examples(example: dict[str, Any], parse: Parse) -> None:
    wanted = {name: listed(example[name]) for name in NAMES if name in example}
    assert details(parse(example["text"]))[0] == wanted


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("The ministry raised the threat level from yellow to orange.", "scale", ["orange"]),
        ("The cabinet raised the terror threat level to four on a scale of five.", "scale", ["four"]),
        ("The island was put under a state of emergency for 12 days.", "term", ["for 12 days"]),
        ("The junta imposed a curfew in two towns after clashes from Monday to Friday.", "term", []),
        ("Officials in the north imposed a curfew.", "area", []),
        ("The governor extended the state of emergency by six months.", "term", ["by six months"]),
        ("The army imposed a dusk-to-dawn curfew across the north.", "term", ["dusk-to-dawn"]),
        ("The state imposed a curfew on Friday. It said on Saturday that it regretted the deaths.", "term", []),
        ("The mayor imposed a curfew. The tax regime will run from May to June.", "term", []),
        ("The mayor imposed a curfew. Under the order, shops must close.", "allows", ["shops must close"]),
        ("The terror threat level was raised to severe, meaning an attack is highly likely.", "allows", []),
    ],
)  # fmt: skip
def test_a_detail_is_taken_from_the_measures_own_words_only(
    text: str, name: str, words: list[str], parse: Parse
) -> None:
    (measure,) = details(parse(text))[:1]
    assert measure.get(name, []) == words


def test_a_yellow_level_takes_nothing_of_a_red_one(parse: Parse) -> None:
    text = (
        "The council declared a red level of terrorist danger in the north. The council declared a yellow level of "
        "terrorist danger in the south. The red level allows police to search cars."
    )
    red, yellow = details(parse(text))
    assert red["allows"] == ["search cars"] and "allows" not in yellow


@pytest.mark.parametrize("text", ["", "Curfew", "from from until", "“", "It allows. Under. The level means that."])
def test_any_text_is_survived(text: str, parse: Parse) -> None:
    details(parse(text))


def test_other_coercion_has_no_details(parse: Parse) -> None:
    assert details(parse("Police arrested two men in the capital for three days.")) == []
