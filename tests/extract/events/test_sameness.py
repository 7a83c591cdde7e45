"""What joining promises: one act told twice is one event, two acts are two, and nothing that was told is lost.

In the cases `{1 shelled}` is a word that tells act 1; words with one number are one event. All acts of a case are of
its type, unless a word names another (`{1 seized:COERCE}`); `{2 shelled|negated}` is told with another status.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.extract.events.retelling import read_when, words
from sayso.extract.events.roles import Roles
from sayso.extract.events.sameness import same_events
from sayso.extract.events.sides import Likeness, Party, compare
from sayso.extract.grammar import Grammar
from sayso.extract.mentions import find_mentions
from sayso.extract.times.find import find_times
from sayso.knowledge import table
from sayso.model import EventDraft, EventType, Parsed, Span, Status

Parse = Callable[..., Parsed]
_MARK = re.compile(r"\{(\d) ([^}|:]+)(?::([A-Z]+))?(?:\|([a-z]+))?\}")

CASES = [
    # the headline's act below it, with the harm it did and the nouns that point back
    (
        "ASSAULT",
        "Rebels {1 shell} port of Hodeida\n\nHouthi rebels {1 shelled} the port of Hodeida on Tuesday, {1 killing} nine"
        " dockers. The {1 shelling} began at dawn. On Wednesday the rebels {2 shelled} the airport.",
    ),
    ("ASSAULT", "Gunmen {1 stormed} a market in Taiz on Monday. The {1 attack} lasted an hour."),
    ("ASSAULT", "A bomb {1 exploded} in Mosul on Monday. Four men were {1 killed}. A second {2 blast} hit a school."),
    ("ASSAULT", "Thai and Lao soldiers {1 clashed} on Sunday. Six were {1 killed} in the clash."),
    ("ASSAULT", "Seven {1 killed} in Omdurman\n\nSeven demonstrators were {1 shot} in Omdurman on Monday."),
    ("COERCE", "Police {1 arrested} the unionist Joseph Banda on Monday. His {1 arrest} led to a march."),
    ("COERCE", "Officers impose {1 curfew}\n\nThe junta imposed a {1 curfew} in Bissau on Thursday."),
    ("CONSULT", "Officials of Iran and Oman {1 met} in Muscat on Monday. The {1 talks} went on for three hours."),
    (
        "PROTEST",
        "Students {1 marched} through Tunis on Saturday. The {1 march} ended at noon. Another {2 march} failed.",
    ),
    ("RETREAT", "Rebels {1 free} 41 soldiers\n\nCongolese rebels {1 released} 41 captured soldiers on Monday."),
    ("SUPPORT", "Ministers {1 sign} a pact\n\nThe ministers {1 signed} the pact in Hanoi on Tuesday."),
    ("REQUEST", "Mayor {1 asks} for help\n\nThe mayor of Derna {1 asked} for help on Tuesday. He {2 asked} for tents."),
    ("COERCE", "Rebels {1 seize} a town\n\nRebels {1 seized:ASSAULT} the town of Sake on Friday."),
    # another day, place, number, actor
    ("ASSAULT", "Rebels {1 attacked} Gao on Monday. Rebels {2 attacked} Gao on Wednesday."),
    ("ASSAULT", "Rebels {1 attacked} a post in Gao. Rebels {2 attacked} a post in Kidal."),
    ("COERCE", "Police {1 detained} 40 miners in Shiraz. Police {2 detained} nine miners in Shiraz."),
    ("SANCTION", "France {1 expelled} a diplomat on Monday. Russia {2 expelled} a diplomat on Monday."),
    ("ASSAULT", "The army {1 bombed} a village. In a separate incident, the army {2 bombed} a village."),
    ("ASSAULT", "- Rebels {1 attacked} a post.\n- Rebels {2 attacked} a post."),
    ("COERCE", "Police {1 arrested} nine miners. Further {2 arrests} followed."),
    ("ASSAULT", "Gunmen {1 killed} a judge in Quetta. Gunmen {2 killed} a clerk in Wana. The {3 killings} go on."),
    ("ASSAULT", "Warplanes {1 hit} the airport on Friday. Some 18 people have been {2 killed} since Tuesday."),
    # other deeds of the same hour
    ("ASSAULT", "The columns {1 attacked} the camp and {2 burnt} the stores."),
    ("ASSAULT", "Fighters {1 killed} two guards and {2 burnt} the gate."),
    # told in another way
    ("ASSAULT", "Soldiers {1 shelled} the port on Monday. The army denied that soldiers {2 shelled|negated} the port."),
    ("CONSULT", "The ministers {1 met} in Oslo on Monday. The ministers will {2 meet|planned} in Oslo."),
    ("ASSAULT", "Rebels {1 shelled} the port on Monday. Rebels {2 shelled|historical} the port in 2011."),
]


def marked(parse: Parse, text: str, type: str) -> tuple[Parsed, list[tuple[int, EventDraft]]]:
    """A case's parse, and a draft of each marked word: subjects act, objects suffer, the sentence is the evidence."""
    bare, spots = "", []
    at = 0
    for mark in _MARK.finditer(text):
        bare += text[at : mark.start()]
        spots.append((len(bare), mark))
        bare, at = bare + mark[2], mark.end()
    bare += text[at:]
    title, _, body = bare.partition("\n\n")
    parsed = parse(bare, title=title) if body else parse(bare)
    grammar = Grammar(parsed)
    roles = Roles(grammar, find_mentions(parsed))
    drafts = []
    for start, mark in spots:
        token = parsed.token_at(start)
        assert token is not None
        around = grammar.arguments(token)
        first, last = parsed.sents[parsed.sent[token]]
        draft = EventDraft(
            Span(parsed.article.id, start, start + len(mark[2])),
            EventType(mark[3] or type),
            None,
            (),
            roles.spans(filter(roles.can_act, around.subjects)),
            roles.spans(filter(roles.can_suffer, around.objects)),
            Status(mark[4] or "occurred"),
            (parsed.span(first, last - 1),),
        )
        drafts.append((int(mark[1]), draft))
    return parsed, drafts


def join(parsed: Parsed, drafts: Sequence[EventDraft]) -> tuple[EventDraft, ...]:
    return same_events(parsed, find_mentions(parsed), find_times(parsed), drafts)


@pytest.mark.parametrize(("type", "text"), CASES)
def test_one_event_for_each_number(type: str, text: str, parse: Parse) -> None:
    parsed, drafts = marked(parse, text, type)
    wanted: dict[int, set[str]] = {}
    for number, draft in drafts:
        wanted.setdefault(number, set()).add(f"{draft.trigger.start} {parsed.article.quote(draft.trigger)}")
    found = [
        {f"{span.start} {parsed.article.quote(span)}" for span in (event.trigger, *event.again)}
        for event in join(parsed, [draft for _, draft in drafts])
    ]
    assert found == list(wanted.values())


def test_a_joined_event_says_what_was_joined_and_why(parse: Parse) -> None:
    parsed, drafts = marked(parse, CASES[0][1], "ASSAULT")
    event = join(parsed, [draft for _, draft in drafts])[0]
    assert [reason.detail for reason in event.reasons if reason.name == "told again"] == [
        "“shelled”: the headline's act",
        "“killing”: the harm it did",
        "“shelling”: the headline's act",
    ]


def test_what_the_first_telling_leaves_open_comes_from_the_others(parse: Parse) -> None:
    text = "Tear gas {1 fired} in Kitwe\n\nPolice {1 fired} tear gas at miners in Kitwe on Monday."
    parsed, [(_, first), (_, second)] = marked(parse, text, "ASSAULT")
    quote = parsed.article.quote
    time = find_times(parsed)[0].span
    second = EventDraft(
        second.trigger, second.type, "crowd-control", ("labor",), second.actors, (), Status.OCCURRED, second.evidence,
        time=time,
    )  # fmt: skip
    first = EventDraft(first.trigger, first.type, None, (), (), (), Status.OCCURRED, first.evidence)
    (event,) = join(parsed, [first, second])
    assert event.trigger == first.trigger
    assert (event.mode, event.context, event.time) == ("crowd-control", ("labor",), time)
    assert [quote(span) for span in event.actors] == ["Police"]
    assert event.evidence == (*first.evidence, *second.evidence)


def test_of_an_attack_and_its_harm_the_attack_names_the_event(parse: Parse) -> None:
    parsed, drafts = marked(parse, "Six were {1 killed} when gunmen {1 attacked} a mill.", "ASSAULT")
    (event,) = join(parsed, [draft for _, draft in drafts])
    assert parsed.article.quote(event.trigger) == "attacked"
    assert [parsed.article.quote(span) for span in event.again] == ["killed"]


@pytest.mark.parametrize("section", ["names", "alike", "outcome", "other"])
def test_examples_of_the_table_join_what_they_mark(section: str, parse: Parse) -> None:
    """*told* and /told again/ are one event."""
    for example in table("sameness.toml")[section]["examples"]:
        numbered = re.sub(r"[*/]([^*/]*?)(\w+)[*/]", r"\1{1 \2}", example)
        type = "RETREAT" if "released" in example else "COERCE" if "arrested" in example else "ASSAULT"
        parsed, drafts = marked(parse, numbered, type)
        assert len(join(parsed, [draft for _, draft in drafts])) == 1, example


def test_every_general_name_belongs_to_a_type() -> None:
    assert set(words().names) == set(EventType)


@pytest.mark.parametrize(
    ("one", "two", "bars"),
    [
        ("XXXX-WXX-2<", "XXXX-WXX-2TMO", False),  # on Tuesday, Tuesday morning
        ("XXXX-WXX-2<", "XXXX-WXX-3<", True),
        ("2022-01-07", "XXXX-01-07", False),
        ("2022-01-07", "XXXX-01-08", True),
        ("2016", "XXXX-WXX-2", True),  # in 2016, on Tuesday
        ("REF-1D", "XXXX-WXX-2", False),  # yesterday may be Tuesday
        ("REF-1D", "REF-2D", True),
        ("LAST+2D", "XXXX-WXX-2", True),  # two days later
    ],
)
def test_days_that_cannot_be_one(one: str, two: str, bars: bool) -> None:
    left, right = read_when(one), read_when(two)
    assert left is not None and right is not None
    assert (left.bars(right), right.bars(left)) == (bars, bars)


def party(heads: str = "", names: str = "", sectors: str = "", number: float | None = None) -> Party:
    return Party(None, frozenset(heads.split()), frozenset(names.split()), frozenset(sectors.split()), number, True)


@pytest.mark.parametrize(
    ("one", "two", "likeness"),
    [
        (party("soldier", number=41), party("soldier", number=41), Likeness.SAME),
        (party("soldier", number=41), party("soldier", number=9), Likeness.OTHER),
        (party("artillery", "russian"), party("", "russia"), Likeness.SAME),
        (party("soldier", "thai"), party("soldier", "lao"), Likeness.OTHER),
        (party("police", sectors="COP"), party("officer", sectors="COP MIL"), Likeness.OPEN),
        (party("police", sectors="COP"), party("rebel", sectors="REB"), Likeness.UNLIKE),
        (party("people"), party("people"), Likeness.OPEN),
        (party(number=7), party("demonstrator", number=7), Likeness.SAME),
    ],
)
def test_parties(one: Party, two: Party, likeness: Likeness) -> None:
    assert compare(one, two) is compare(two, one) is likeness


# --------------------------------------------------------------------------- always

TEXT = (
    "Rebels shell port\n\nHouthi rebels shelled the port of Hodeida on Tuesday, killing nine dockers. The attack began"
    " at dawn. Police arrested two men. Their arrest was condemned. In a separate incident, rebels shelled Mokha."
)


@pytest.fixture(scope="module")
def story(parser: object) -> Parsed:
    from sayso.model import Article

    (parsed,) = parser.parse([Article(TEXT, title="Rebels shell port")])  # type: ignore[attr-defined]
    assert isinstance(parsed, Parsed)
    return parsed


def drafts_of(article: str) -> st.SearchStrategy[list[EventDraft]]:
    """Acts anywhere, within words, across sentences and past the end."""
    spans = st.builds(lambda start, size: Span(article, start, start + size), st.integers(0, 260), st.integers(1, 30))
    people = st.lists(spans, max_size=2).map(tuple)
    draft = st.builds(
        EventDraft,
        trigger=spans.filter(lambda span: span.end < len(TEXT)),
        type=st.sampled_from([EventType.ASSAULT, EventType.COERCE, EventType.CONSULT]),
        mode=st.sampled_from([None, "arrest", "firearms"]),
        context=st.just(()),
        actors=people,
        recipients=people,
        status=st.sampled_from(list(Status)),
        evidence=st.lists(spans, min_size=1, max_size=2).map(tuple),
        place=st.none() | spans,
        time=st.none() | spans,
    )
    return st.lists(draft, max_size=9)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nothing_is_lost_whatever_the_order_and_however_often(story: Parsed, data: st.DataObject) -> None:
    drafts = data.draw(drafts_of(story.article.id))
    joined = join(story, drafts)
    assert {span for one in joined for span in one.evidence} == {span for one in drafts for span in one.evidence}
    told = sorted(span for one in joined for span in (one.trigger, *one.again))
    assert set(told) == {one.trigger for one in drafts}
    assert join(story, joined) == joined
    shuffled = data.draw(st.permutations(drafts))
    assert join(story, shuffled) == joined


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_told_with_another_status_stays_apart(story: Parsed, data: st.DataObject) -> None:
    drafts = {draft.trigger: draft for draft in data.draw(drafts_of(story.article.id))}
    for event in join(story, list(drafts.values())):
        statuses = {drafts[span].status for span in (event.trigger, *event.again)}
        assert len(statuses) == 1 or statuses == {Status.OCCURRED, Status.ONGOING}
