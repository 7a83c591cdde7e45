"""Statements of analysts on an archive: what is kept, what it changes, what can be taken back and handed on."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import Config, Project
from sayso.errors import ConfigError, InputError
from sayso.judging import read_lines, reattach, word_lines
from sayso.model import Anchor, Event, EventType, Incident, Judgement, Verdict, event_id
from tests.builders import analysis
from tests.link.test_verdicts import EVENTS, REPORTS

SAME, NOT_SAME, SPLIT, COPY, WRONG = Verdict.SAME, Verdict.NOT_SAME, Verdict.SPLIT, Verdict.COPY, Verdict.WRONG_CODE
AWAY = analysis(
    "Dockers struck in Aktau on Monday.",
    places={"Aktau": {"country": "KAZ", "lat": 43.65, "lon": 51.16, "level": "city", "geonameid": 612287}},
    times={"Monday": {"first": "2022-01-17", "last": "2022-01-17"}},
    events=[{"trigger": "struck", "type": "PROTEST", "mode": "strike", "place": "Aktau", "time": "Monday"}],
    title="Dockers strike",
)
STRUCK = AWAY.events[0].id


@pytest.fixture
def project() -> Project:
    """Three reports of one fire and one of a strike, linked."""
    made = Project(Config(db=":memory:", analyst="ana"))
    told = [*REPORTS, AWAY]
    made.store.put(told, [], [], "one")
    made.relink()
    return made


def incidents(project: Project) -> list[tuple[str, ...]]:
    return sorted(one.events for one in project.store.links().incidents)


def home(project: Project, event: str) -> Incident:
    return next(one for one in project.store.links().incidents if event in one.events)


FIRE = min(EVENTS)


def test_incidents_joined_are_one_and_parted_again_when_it_is_withdrawn(project: Project) -> None:
    before = incidents(project)
    project.judge(FIRE, SAME, [STRUCK])
    assert incidents(project) == [tuple(sorted([*EVENTS, STRUCK]))]
    project.judge(FIRE, SAME, [STRUCK], by="bo", withdraw=True)
    assert incidents(project) == before
    assert [(row.by, row.verdict, row.standing) for row in project.judgements()] == [
        ("ana", "same", "overruled"), ("bo", "withdrawn", "in force")
    ]  # fmt: skip


def test_events_split_off_form_an_incident_and_come_back(project: Project) -> None:
    before = incidents(project)
    leaving = [event for event in EVENTS if event != FIRE][:2]
    project.judge(FIRE[:8], SPLIT, leaving, note="a second fire")
    assert set(home(project, leaving[0]).events) == set(leaving)
    assert FIRE in home(project, FIRE).events
    (row,) = project.judgements()
    assert (row.verdict, set(row.left), row.note) == ("split", set(leaving), "a second fire")
    assert set(row.quotes.values()) == {"burnt", "set alight", "torched"}
    project.judge(leaving[0], SAME, [FIRE])
    assert incidents(project) == before


def test_the_last_of_two_analysts_counts(project: Project) -> None:
    project.judge(FIRE, SAME, [STRUCK])
    project.judge(STRUCK, NOT_SAME, [FIRE], by="bo")
    assert STRUCK not in home(project, FIRE).events
    assert [row.standing for row in project.judgements()] != ["in force", "in force"]


def test_a_copy_is_of_two_articles(project: Project) -> None:
    away, report = AWAY.article.id, REPORTS[0].article.id
    project.judge(away, COPY, [report])
    assert [(copy.article, copy.of) for copy in project.store.links().copies if copy.article == away] == [
        (away, report)
    ]
    with pytest.raises(InputError, match="is the id of an incident, not of an article"):
        project.judge(STRUCK, COPY, [report], withdraw=True)


def test_a_wrong_code_changes_tables_and_not_what_is_stored(project: Project) -> None:
    project.judge(STRUCK, WRONG, ["COERCE:arrest"])
    assert project.archive().events[STRUCK].type is EventType.COERCE
    assert home(project, STRUCK).type is EventType.COERCE
    project.judge(STRUCK, WRONG)
    assert STRUCK not in project.archive().events and len(incidents(project)) == 1
    assert project.store.analysis(AWAY.article.id) == AWAY
    project.judge(STRUCK, WRONG, withdraw=True)
    assert project.archive().events[STRUCK] == AWAY.events[0]


@pytest.mark.parametrize(
    ("what", "verdict", "others", "says"),
    [
        (FIRE, SPLIT, [STRUCK], "is no event of this incident .it is in incident"),
        (FIRE, SPLIT, EVENTS, "all its events would leave it"),
        (max(EVENTS), SPLIT, [FIRE], "is an event, not an incident .it is in incident"),
        (FIRE, NOT_SAME, [FIRE], "is the same as itself"),
        (AWAY.article.id, SAME, [FIRE], "is the id of an article, not of an event or incident"),
        (AWAY.article.id, COPY, [AWAY.article.id], "is no copy of itself"),
        (STRUCK, WRONG, ["PROTEST:strike"], "is coded PROTEST:strike as it is"),
        (STRUCK, WRONG, ["AID", "AID"], "one code at most"),
        (STRUCK, Verdict.GRADE, ["B2"], "cannot be said of records"),
    ],
)
def test_what_makes_no_sense_is_told(
    project: Project, what: str, verdict: Verdict, others: list[str], says: str
) -> None:
    with pytest.raises(InputError, match=says):
        project.judge(what, verdict, others)
    assert project.judgements() == []


def test_somebody_says_it() -> None:
    with pytest.raises(ConfigError, match="SAYSO_ANALYST"):
        Project(Config(db=":memory:")).judge("a", SAME, ["b"])


STATEMENTS = st.lists(
    st.tuples(
        st.sampled_from([*EVENTS, STRUCK]),
        st.sampled_from([SAME, NOT_SAME, SPLIT, WRONG]),
        st.sampled_from([*EVENTS, STRUCK]),
        st.booleans(),
    ),
    max_size=5,
)


@settings(max_examples=15, deadline=None)
@given(STATEMENTS)
def test_words_handed_on_make_the_same_links_and_nothing_is_ever_lost(
    statements: list[tuple[str, Verdict, str, bool]],
) -> None:
    one, other = (Project(Config(db=":memory:", analyst="ana")) for _ in range(2))
    for project in (one, other):
        project.store.put([*REPORTS, AWAY], [], [], "one")
        project.relink()
    held: list[Judgement] = []
    for what, verdict, of, withdraw in statements:
        with suppress(InputError):
            one.judge(what, verdict, [] if verdict is WRONG else [of], withdraw=withdraw)
        now = list(one.store.judgements())
        assert set(held) <= set(now)
        held = now
    lines = list(one.export_judgements())
    taken = other.import_judgements(lines)
    assert (taken.added, taken.bad, taken.missing) == (len(lines), (), ())
    assert other.store.links() == one.store.links()
    assert list(other.export_judgements()) == lines
    assert other.import_judgements(lines).added == 0


def recoded(event: Event) -> Event:
    return replace(event, id=event_id(EventType.PROTEST, "riot", event.trigger), type=EventType.PROTEST, mode="riot")


def test_a_word_passes_to_the_event_that_has_the_very_same_words(project: Project) -> None:
    project.judge(FIRE, SAME, [STRUCK])
    new = replace(AWAY, events=(recoded(AWAY.events[0]),))
    project.store.put([new], [], [], "two")
    lines = list(project.export_judgements())
    taken = project.import_judgements(lines)
    assert {(old.left, here.right) for old, here in taken.moved if old.right == STRUCK} == {(FIRE, new.events[0].id)}
    assert new.events[0].id in home(project, FIRE).events
    assert project.import_judgements(lines).moved == ()
    (row,) = project.judgements()
    assert (row.standing, row.missing) == ("in force", ()) and new.events[0].id in row.right


def test_that_a_code_is_wrong_does_not_pass_to_another_code(project: Project) -> None:
    project.judge(STRUCK, WRONG)
    project.store.put([replace(AWAY, events=(recoded(AWAY.events[0]),))], [], [], "two")
    assert list(reattach(project.store, project.store.judgements())) == []


def test_what_is_about_nothing_here_is_kept_and_told(project: Project) -> None:
    word = Judgement("ab" * 8, STRUCK, SAME, "bo", "2022-01-09T10:00:00Z", "", "", Anchor("cd" * 8, 3, 8, "burnt"))
    taken = project.import_judgements(word_lines([word]))
    assert taken.missing == (word,) and project.judgements()[0].missing == ("ab" * 8,)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"verdict": "alike"}, "no such verdict 'alike'"),
        ({"left": None}, "left is missing"),
        ({"left": {"id": 7}}, "id is missing or is no text"),
        ({"right": {"id": "a"}}, "about one record alone"),
        ({"by": " "}, "by is missing"),
        ({"at": "yesterday"}, "at 'yesterday' is not a date and time"),
        ({"note": "\ud800"}, "note holds characters"),
        ({"left": {"id": "a", "article": "x", "span": [5, 2]}}, "span .5, 2. is no stretch of text"),
        ({"verdict": "wrong-code", "value": "RIOT"}, "no PLOVER type"),
        ({"verdict": "grade", "value": "Z9"}, "is not an Admiralty grade"),
        ({"schema": "sayso-judgement/9"}, "is not sayso-judgement/1"),
    ],
)
def test_a_bad_line_is_named_and_the_next_goes_on(change: dict[str, object], says: str) -> None:
    word = Judgement("a", "b", SAME, "ana", "2022-01-09T10:00:00Z")
    (good,) = word_lines([word])
    words, (fault,) = read_lines([json.dumps({**json.loads(good), **change}), "", good], "ana.jsonl")
    assert words == [word]
    assert fault.startswith("ana.jsonl:1: ") and re.search(says, fault)


@pytest.mark.parametrize("line", ["[1]", "7", "null", '{"left":', "[" * 100_000])
def test_a_line_of_anything_costs_only_itself(line: str) -> None:
    words, faults = read_lines([line], "x")
    assert (words, len(faults)) == ([], 1)
