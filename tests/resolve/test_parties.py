"""Participants of events: every one becomes an actor, with the country and sector that the text tells."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.extract.mentions import find_mentions
from sayso.knowledge import table
from sayso.model import Actor, EventDraft, EventType, Parsed, Span, Status
from sayso.resolve.actors import resolve_actors
from sayso.resolve.bodies import body_named
from sayso.resolve.gazetteer import SqliteGazetteer, open_gazetteer
from sayso.resolve.parties import with_parties
from sayso.resolve.places import resolve_places
from sayso.resolve.sectors import sector_of

Parse = Callable[..., Parsed]
CASES = [
    tuple(part.strip() for part in line.split("|"))
    for line in Path(__file__).with_name("parties.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
_ACTS = {
    EventType.PROTEST: ("protest", "marched.", "marched through", "strike", "block"),
    EventType.ASSAULT: ("fired rockets", "clashed"),
    EventType.COERCE: ("took power",),
    EventType.MOBILIZE: ("marched past",),
}


@pytest.fixture(scope="module")
def gazetteer() -> SqliteGazetteer:
    return open_gazetteer()


def draft(parsed: Parsed, party: Span, type: EventType) -> EventDraft:
    return EventDraft(
        trigger=parsed.span(0, 0), type=type, mode=None, context=(), actors=(party,), recipients=(),
        status=Status.OCCURRED, evidence=(parsed.span(0, 0),), place=None, time=None, causes=(), reasons=(),
    )  # fmt: skip


def code(parsed: Parsed, party: Span, type: EventType, gazetteer: SqliteGazetteer) -> Actor:
    mentions = find_mentions(parsed)
    places = resolve_places(parsed, mentions, gazetteer)
    known = resolve_actors(parsed, mentions, gazetteer)
    actors = with_parties(parsed, known, [draft(parsed, party, type)], places, gazetteer)
    return max(
        (actor for actor in actors for span in actor.spans if span.overlaps(party)),
        key=lambda actor: max(
            min(span.end, party.end) - max(span.start, party.start) - abs(span.end - party.end) / 100
            for span in actor.spans
        ),
    )


def marked(parse: Parse, text: str) -> tuple[Parsed, Span]:
    """The parse of a text and the characters in its brackets, without the article."""
    start, end = text.index("["), text.index("]") - 1
    words = text[start + 1 : end + 1]
    start += len(words) - len(words.removeprefix("The ").removeprefix("the ").removeprefix("A ").removeprefix("a "))
    parsed = parse(text.replace("[", "").replace("]", ""))
    return parsed, Span(parsed.article.id, start, end)


@pytest.mark.parametrize(("text", "codes"), CASES)
def test_a_party_is_coded_as_the_text_tells(parse: Parse, gazetteer: SqliteGazetteer, text: str, codes: str) -> None:
    parsed, party = marked(parse, text)
    type = next((act for act, words in _ACTS.items() if any(word in text for word in words)), EventType.CONSULT)
    actor = code(parsed, party, type, gazetteer)
    assert f"{actor.country or '-'} {','.join(actor.sector) or '-'}" == codes


ROWS = [row for kind in ("noun", "qualifier", "over", "phrase") for row in table("parties.toml")[kind]]


@pytest.mark.parametrize("example", [example for row in ROWS for example in row["examples"]])
def test_examples_of_the_table_have_the_sector_they_stand_under(parse: Parse, example: str) -> None:
    phrase, sector = (part.strip() for part in example.split("|"))
    phrase = phrase.removeprefix("the ").removeprefix("a ")
    parsed = parse(f"On Monday the {phrase} arrived.")
    last = next(t for t in range(len(parsed)) if parsed.text[t] == "arrived") - 1
    head = next(t for t in range(3, last + 1) if not 3 <= parsed.head[t] <= last)
    assert (",".join(sector_of(parsed, 3, head, last).sector) or "-") == sector


def test_each_code_says_what_it_rests_on(parse: Parse, gazetteer: SqliteGazetteer) -> None:
    parsed, party = marked(parse, "[Miners] went on strike in Potosi, Bolivia.")
    actor = code(parsed, party, EventType.PROTEST, gazetteer)
    assert {reason.name for reason in actor.reasons} >= {"country", "sector"}


@pytest.mark.parametrize(
    ("name", "known"),
    [("ELN", True), ("eln", False), ("the Taliban", True), ("AU", True), ("Au", False), ("vox", False)],
)
def test_acronyms_and_names_are_known_as_they_are_written(name: str, known: bool) -> None:
    assert (body_named(name) is not None) is known


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cut=st.integers(0, 60), width=st.integers(1, 25))
def test_any_span_can_take_part(parse: Parse, cut: int, width: int) -> None:
    text = "“No,” said\n\nMali's army — it, we & THE US: [police] 12 of them… in Bamako!?"
    parsed = parse(text)
    party = Span(parsed.article.id, min(cut, len(text) - 1), min(cut + width, len(text)))
    mentions = find_mentions(parsed)
    places = resolve_places(parsed, mentions, open_gazetteer())
    with_parties(parsed, (), [draft(parsed, party, EventType.ASSAULT)], places, open_gazetteer())
