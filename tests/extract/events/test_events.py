"""What events promise: every table entry codes its own examples, hard cases stay silent, status follows the grammar."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.extract.events.find import find_events
from sayso.extract.events.frames import entries
from sayso.extract.mentions import find_mentions
from sayso.extract.times.find import find_times
from sayso.model import Article, EventDraft, Parsed
from sayso.parse import SpacyParser

Parse = Callable[[str], Parsed]
MARKS = re.compile(r"[{}\[\]*]")
EXAMPLES = [(entry["type"], entry.get("mode"), text) for entry in entries() for text in entry["examples"]]


def plain(marked: str) -> str:
    return MARKS.sub("", marked)


def found(parsed: Parsed) -> tuple[EventDraft, ...]:
    return find_events(parsed, find_mentions(parsed), find_times(parsed))


@pytest.fixture(scope="module")
def parsed_examples(parser: SpacyParser) -> dict[str, Parsed]:
    """All examples of the tables, parsed in one go."""
    articles = [Article(text) for text in dict.fromkeys(plain(marked) for _, _, marked in EXAMPLES)]
    return {result.article.text: result for result in parser.parse(articles) if isinstance(result, Parsed)}


def test_every_entry_has_an_example() -> None:
    missing = [entry for entry in entries() if not entry["examples"]]
    assert not missing


@pytest.mark.parametrize(("type", "mode", "marked"), EXAMPLES)
def test_table_codes_its_own_examples(
    type: str, mode: str | None, marked: str, parsed_examples: dict[str, Parsed]
) -> None:
    parsed = parsed_examples[plain(marked)]
    quote = parsed.article.quote
    trigger = re.search(r"\*(.+?)\*", marked)
    assert trigger, "an example marks its trigger"
    words = plain(trigger.group(1))
    hits = [
        event
        for event in found(parsed)
        if event.type == type and (mode is None or event.mode == mode) and words.split()[0] in quote(event.trigger)
    ]
    assert hits, f"no {type}/{mode} at {words!r} in {marked!r}"
    actors = [quote(span) for span in hits[0].actors]
    recipients = [quote(span) for span in hits[0].recipients]
    for wanted in re.findall(r"\{(.+?)\}", marked):
        assert any(overlap(plain(wanted), have) for have in actors), (wanted, actors)
    for wanted in re.findall(r"\[(.+?)\]", marked):
        assert any(overlap(plain(wanted), have) for have in recipients), (wanted, recipients)


def overlap(one: str, other: str) -> bool:
    return one in other or other in one


@pytest.mark.parametrize(
    "text",
    [
        "The minister said so.",
        "The spokeswoman told reporters about her garden.",
        "The airline is locked in a price war with its rivals.",
        "The manager came under fire from critics.",
        "Shares rallied on Monday.",
        "She shot a film in Chile.",
        "The team won the championship.",
        "He has a reputation for honesty.",
        "The drug killed the pain.",
        "Heavy rain hit the coast.",
        "The committee met its deadline.",
        "The results met expectations.",
        "The earthquake destroyed hundreds of houses.",
        "Firefighters battled the blaze for hours.",
        "The results demonstrated the value of patience.",
        "The price of bread fell.",
        "The governor flew in because of the unrest.",
        "The violence was on every front page.",
        "A spokesman could not say how many people had been killed.",
        "It was unclear how many had been wounded.",
        "How many people were killed in the square depends on whom one asks.",
        "The trader, who asked not to be named, sold bread.",
        "They asked where to buy bread.",
        "She recognised the smell of the river.",
        "The soldiers left without warning.",
        "For the channel it was a terrorist attack.",
        "An earthquake of magnitude six killed nine people.",
        "Flames were seen at the palace close by.",
        "The dollar fought back.",
        "The striker attacked from the left, the goalkeeper fought and the referee was beaten in the derby.",
        "",
    ],
)
def test_no_event(text: str, parse: Parse) -> None:
    if text:
        assert [(event.type, event.status) for event in found(parse(text))] == []


@pytest.mark.parametrize(
    ("text", "type", "status"),
    [
        ("Soldiers killed two farmers.", "ASSAULT", "occurred"),
        ("Soldiers did not kill the farmers.", "ASSAULT", "negated"),
        ("Police are arresting protesters.", "COERCE", "ongoing"),
        ("The army will deploy troops in the valley.", "MOBILIZE", "planned"),
        ("The army may deploy troops in the valley.", "MOBILIZE", "hypothetical"),
        ("The rebels threatened to bomb the airport.", "ASSAULT", "threatened"),
        ("The union demanded the release of the prisoners.", "RETREAT", "demanded"),
        ("If soldiers attack the town, residents will flee.", "ASSAULT", "hypothetical"),
        ("Police foiled an attack on the embassy.", "ASSAULT", "negated"),
        ("The council plans to ban the rally.", "COERCE", "planned"),
        ("The rebels attacked the village decades ago.", "ASSAULT", "historical"),
        ("Farmers gathered outside to demand compensation.", "REQUEST", "occurred"),
        ("The governor ordered a curfew in two districts.", "COERCE", "occurred"),
        ("Gunfire could be heard near the port.", "ASSAULT", "occurred"),
        ("The pull-out of the troops should be complete by Friday.", "CONCEDE", "planned"),
        ("The rise set off protests in the port.", "PROTEST", "occurred"),
        ("Nobody attacked the convoy.", "ASSAULT", "negated"),
        ("The envoy warned the general against invading the valley.", "ASSAULT", "hypothetical"),
        ("Residents will be moved in case of an attack.", "ASSAULT", "hypothetical"),
    ],
)
def test_status(text: str, type: str, status: str, parse: Parse) -> None:
    assert (type, status) in [(event.type, event.status) for event in found(parse(text))]


@pytest.mark.parametrize(
    ("text", "type", "why"),
    [
        ("The premier will meet the rebels on Monday.", "AGREE", "a meeting still to come is an agreement"),
        ("The rebels will withdraw from the town.", "CONCEDE", "a withdrawal still to come is a concession"),
        ("The junta will not release the prisoners.", "REJECT", "what will not be done is refused"),
        ("The junta refused to release the prisoners.", "REJECT", "so is what was refused"),
        ("The ministry agreed to send food to the island.", "AGREE", "help promised is an agreement"),
    ],
)
def test_what_is_to_come(text: str, type: str, why: str, parse: Parse) -> None:
    assert [event.type for event in found(parse(text))] == [type], why


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("Unrest erupted in the south on Monday.", "PROTEST"),
        ("The violence in Rakhine has emptied four villages.", "ASSAULT"),
        ("The protest ended at dusk.", "PROTEST"),
        ("Police arrested nine fans after the derby, the referee and a striker said.", "COERCE"),
        ("Nobody tells us who is shooting at whom.", "ASSAULT"),
    ],
)
def test_what_looks_like_no_event_but_is_one(text: str, type: str, parse: Parse) -> None:
    assert type in [event.type for event in found(parse(text))]


def test_whoever_calls_is_the_actor_of_a_call(parse: Parse) -> None:
    parsed = parse("Calls from other countries to negotiate were nonsense, he said.")
    event = next(event for event in found(parsed) if event.type == "REQUEST")
    assert [parsed.article.quote(span) for span in event.actors] == ["countries"]


def test_request_takes_its_mode_from_what_is_asked(parse: Parse) -> None:
    events = found(parse("The government asked its allies to send troops."))
    assert ("REQUEST", "assist", "occurred") in [(event.type, event.mode, event.status) for event in events]
    assert ("MOBILIZE", "troops", "demanded") in [(event.type, event.mode, event.status) for event in events]


@pytest.mark.parametrize(
    ("text", "actors", "recipients"),
    [
        ("Soldiers who stormed the camp shot two men.", ["Soldiers"], ["camp"]),
        ("Police and soldiers arrested students and teachers.", ["Police", "soldiers"], ["students", "teachers"]),
        ("The general ordered the marines to attack the camp.", ["marines"], ["camp"]),
        ("Dozens of protesters were arrested by police.", ["police"], ["protesters"]),
    ],
)
def test_participants(text: str, actors: list[str], recipients: list[str], parse: Parse) -> None:
    parsed = parse(text)
    quote = parsed.article.quote
    told = [
        ([quote(span) for span in event.actors], [quote(span) for span in event.recipients]) for event in found(parsed)
    ]
    assert any(
        len(mine) == len(actors)
        and all(overlap(a, b) for a, b in zip(actors, mine, strict=True))
        and all(any(overlap(wanted, have) for have in theirs) for wanted in recipients)
        for mine, theirs in told
    ), told


def test_state_measures_name_their_level(parse: Parse) -> None:
    parsed = parse("The authorities have declared an orange level of terrorist danger in the region.")
    (event,) = found(parsed)
    assert (event.type, event.mode) == ("COERCE", "restrict")
    assert [reason.name for reason in event.reasons] == ["level", "scale", "area"]
    assert "orange level of terrorist danger" in event.reasons[0].detail


def test_an_order_to_fire_is_a_state_measure(parse: Parse) -> None:
    (event,) = found(parse("Soldiers were ordered to shoot to kill."))
    assert (event.type, event.status) == ("COERCE", "demanded")


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Drivers protested over fuel prices.", "reason", "fuel prices"),
        ("Workers protested because the mill cut their pay.", "reason", "the mill cut their pay"),
        ("The police arrested ten men in response to the riot.", "reason", "the riot"),
    ],
)
def test_causes(text: str, kind: str, words: str, parse: Parse) -> None:
    parsed = parse(text)
    causes = [(cause.kind, parsed.article.quote(cause.span)) for event in found(parsed) for cause in event.causes]
    assert (kind, words) in causes


def test_one_act_told_twice_is_one_event(parse: Parse) -> None:
    events = found(parse("Two guards were killed in an attack by rebels."))
    assert [(event.type, len(event.actors), len(event.recipients)) for event in events] == [("ASSAULT", 1, 1)]


def test_works_without_mentions_and_times(parse: Parse) -> None:
    parsed = parse("Armed rebels attacked the old fort.")
    (event,) = find_events(parsed, (), ())
    assert [parsed.article.quote(span) for span in (*event.actors, *event.recipients)] == ["Armed rebels", "old fort"]
    assert event.place is None and event.time is None


WORDS = st.sampled_from(
    "police rebels the army of protest killed arrested to refused talks between and in on sanctions , . who said will "
    "not if by attack - ceasefire agreed curfew \" ' ( was ordered shoot troops".split()
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, min_size=1, max_size=25), noise=st.text(max_size=12))
def test_any_text_is_survived_and_every_span_quotes(words: list[str], noise: str, parser: SpacyParser) -> None:
    for parsed in parser.parse([Article(" ".join(words) + noise)]):
        assert isinstance(parsed, Parsed)
        events: tuple[EventDraft, ...] = found(parsed)
        assert len({event.trigger for event in events}) == len(events)
        for event in events:
            assert event.evidence[0].covers(event.trigger)
            spans: list[Any] = [*event.actors, *event.recipients, *(cause.span for cause in event.causes)]
            assert all(parsed.article.quote(span) for span in spans)
