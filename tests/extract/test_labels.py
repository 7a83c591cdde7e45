"""Labels: how a text calls people and happenings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.extract.labels import find_labels
from sayso.extract.mentions import find_mentions
from sayso.knowledge import table
from sayso.model import EventDraft, EventType, Parsed, Status

Parse = Callable[..., Parsed]
EXAMPLES = [
    (example["text"], example["label"])
    for kind in ("people", "happenings")
    for row in table("labels.toml")[kind]
    for example in row["examples"]
]


def labels(parsed: Parsed, *events: EventDraft) -> list[tuple[str, str]]:
    """Label and what it is a label of."""
    found = find_labels(parsed, find_mentions(parsed), events)
    return [(label.text, parsed.article.quote(label.target)) for label in found]


@pytest.mark.parametrize(("text", "label"), EXAMPLES)
def test_examples_of_the_table(parse: Parse, text: str, label: str) -> None:
    assert label in [found for found, _ in labels(parse(text))]


@pytest.mark.parametrize(
    ("text", "label", "target"),
    [
        ('The ministry said 26 "armed criminals" had been killed.', "armed criminals", '26 "armed criminals"'),
        ("The governor described the strikers as terrorists.", "terrorists", "strikers"),
        ("He warned on Monday against a “velvet coup” in the republic.", "velvet coup", "velvet coup"),
    ],
)
def test_a_label_points_at_what_it_names(parse: Parse, text: str, label: str, target: str) -> None:
    assert (label, target) in labels(parse(text))


def test_a_happening_that_is_an_event_is_labelled_by_its_trigger(parse: Parse) -> None:
    parsed = parse("Officials blamed foreigners for the violent unrest in the port.")
    trigger = parsed.span(parsed.text.index("unrest"), parsed.text.index("unrest"))
    event = EventDraft(trigger, EventType.PROTEST, None, (), (), (), Status.OCCURRED, (trigger,))
    assert ("violent unrest", "unrest") in labels(parsed, event)


@pytest.mark.parametrize("text", ["", '"We shall stay," he said.', "The bridge was painted.", "“”", '"', "so-called"])
def test_plain_words_get_no_label(parse: Parse, text: str) -> None:
    assert labels(parse(text)) == []
