"""What analysts' words come to, whatever their order; and that they always win."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.link import link
from sayso.link.cluster import average_link, ordered
from sayso.link.verdicts import Code, correct, read_code, read_verdicts, settle, touched
from sayso.model import Analysis, Article, EventType, Judgement, Verdict
from sayso.union import Union
from tests.builders import analysis, unrest
from tests.link.test_copies import copies_among
from tests.strategies import analyses

SAME, NOT_SAME, SPLIT = Verdict.SAME, Verdict.NOT_SAME, Verdict.SPLIT
WITHDRAWN, WRONG, COPY, NOT_COPY = Verdict.WITHDRAWN, Verdict.WRONG_CODE, Verdict.COPY, Verdict.NOT_COPY


def said(*words: str) -> list[Judgement]:
    """Words a day apart, as "a same b" or, by bo instead of ana, "a same b bo"."""
    found = []
    for day, word in enumerate(words, 1):
        left, verdict, right, *by = word.split(" ")
        found.append(
            Judgement(left, right, Verdict(verdict), by[0] if by else "ana", f"2022-01-{day:02}T10:00:00+00:00")
        )
    return found


def holds(*words: str) -> tuple[list[str], list[str]]:
    """Which of a to f are joined ("a=b") and parted ("a|b"), with all that follows."""
    verdicts = read_verdicts(said(*words))
    union = Union()
    for pair in verdicts.same("abcdef"):
        union.join(*pair)
    joined = [f"{a}={b}" for a, b in combinations("abcdef", 2) if union.find(a) == union.find(b)]
    return joined, ["|".join(pair) for pair in verdicts.apart("abcdef")]


@pytest.mark.parametrize(
    ("words", "joined", "parted"),
    [
        (["a same b", "b same c"], "a=b a=c b=c", ""),
        (["a same b", "a not-same c"], "a=b", "a|c b|c"),
        (["a not-same b", "b same a"], "a=b", ""),
        (["a same b", "b not-same a"], "", "a|b"),
        (["a same b", "b same c", "a not-same c"], "b=c", "a|b a|c"),
        (["a not-same c", "a same b", "b same c"], "b=c", "a|b a|c"),
        (["a same b", "a withdrawn b"], "", ""),
        (["a same b", "a withdrawn b", "a same b"], "a=b", ""),
        (["a not-same b", "b withdrawn a"], "", ""),
        (["a same b", "a split c", "a split d"], "a=b", "a|c a|d b|c b|d"),
        (["a same a"], "", ""),
        (["a same x", "x same b"], "a=b", ""),
    ],
)
def test_what_words_come_to(words: list[str], joined: str, parted: str) -> None:
    assert holds(*words) == (joined.split(), parted.split())


def test_words_of_one_moment_go_by_author() -> None:
    words = [replace(word, at="2022-01-01T00:00:00Z") for word in said("a same b bo", "a not-same b ana")]
    assert read_verdicts(words).same("ab") == [("a", "b")]


def test_moments_are_compared_whatever_their_zone() -> None:
    early = Judgement("a", "b", SAME, "ana", "2022-01-01T12:00:00+06:00")
    late = Judgement("a", "b", NOT_SAME, "ana", "2022-01-01T08:00:00Z")
    assert read_verdicts([late, early]).apart("ab") == [("a", "b")]


@pytest.mark.parametrize(
    ("words", "yields", "why"),
    [
        (["a same b", "a not-same b bo"], 0, "not-same was said later: bo, 2022-01-02"),
        (["a same b", "b same c", "a not-same c bo"], 0, "would join a and c, which are not-same: bo, 2022-01-03"),
        (["a copy b", "b copy a bo"], 0, "the other direction was said later: bo, 2022-01-02"),
        (["a copy b", "b copy c", "c copy a"], 0, "b was itself taken from a, as was said later"),
        (["a wrong-code PROTEST", "a wrong-code ASSAULT:beat bo"], 0, "another code was said later: bo, 2022-01-02"),
        (["a same b", "a withdrawn b bo"], 0, "withdrawn: bo, 2022-01-02"),
        (["a same a"], 0, "it is about one record alone"),
    ],
)
def test_what_is_overruled_is_told_with_what_overrules_it(words: list[str], yields: int, why: str) -> None:
    given = said(*words)
    assert read_verdicts(given).overruled == {given[yields]: why}


def test_those_who_agree_overrule_nobody() -> None:
    assert read_verdicts(said("a not-same b", "b split a bo", "a not-same b cy")).overruled == {}


def test_a_copy_has_the_direction_that_was_given() -> None:
    verdicts = read_verdicts(said("b copy a", "c not-copy a"))
    assert (verdicts.copies, verdicts.no_copies) == ({("a", "b"): "a"}, {("a", "c")})


def test_a_word_concerns_its_records_and_whatever_they_were_joined_with() -> None:
    same, wrong, _ = words = said("a same b", "c wrong-code PROTEST", "b not-same d")
    assert touched(same) == ("a", "b") and touched(wrong) == ("c",)
    assert read_verdicts(words).around(["a"]) == {"a", "b", "d"}
    assert read_verdicts(words).around(["x"]) == {"x"}


@pytest.mark.parametrize(
    ("text", "code"), [("assault:Firearms", Code(EventType.ASSAULT, "firearms")), ("AID", Code(EventType.AID))]
)
def test_a_code_is_read_whatever_its_case(text: str, code: Code) -> None:
    assert read_code(text) == code and read_code(str(code)) == code


@pytest.mark.parametrize(("text", "says"), [("RIOT", "no PLOVER type"), ("AID:riot", "no mode"), ("", "no PLOVER")])
def test_a_code_that_plover_does_not_have_is_named(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_code(text)


class TestCorrect:
    TOLD = analysis(
        "Police fired on rioters, killing 3 men, because prices rose, and marched off.",
        actors={"Police": {}},
        claims=[{"chain": [("Police", "because")], "content": ["prices rose"], "about": ["fired"]}],
        events=[{"trigger": "fired", "type": "ASSAULT", "mode": "beat"}, {"trigger": "marched", "type": "PROTEST"}],
        tolls=[{"span": "3 men", "low": 3, "event": "fired"}],
        labels=[{"target": "fired", "text": "rioters"}],
        observations=[{"who": "Police", "cue": "fired", "content": "rioters", "about": ["fired"]}],
    )
    FIRED = TOLD.events[0].id

    def test_another_code_keeps_the_id_and_names_who_gave_it(self) -> None:
        word = Judgement(self.FIRED, "ASSAULT:firearms", WRONG, "ana", "2022-01-08T10:00:00Z", "shots")
        judged = correct(self.TOLD, read_verdicts([word]))
        event = judged.events[0]
        assert (event.id, event.type, event.mode) == (self.FIRED, EventType.ASSAULT, "firearms")
        assert event.reasons[-1].name == "judgement"
        assert event.reasons[-1].detail == "ana, 2022-01-08: ASSAULT:firearms, not ASSAULT:beat; shots"
        assert correct(judged, read_verdicts([word])) == judged

    @pytest.mark.parametrize("right", ["", "ab" * 8])
    def test_no_code_leaves_the_event_out_and_nothing_refers_to_it(self, right: str) -> None:
        judged = correct(self.TOLD, read_verdicts([Judgement(self.FIRED, right, WRONG, "ana", "2022-01-08")]))
        assert [event.type for event in judged.events] == [EventType.PROTEST]
        assert judged.tolls[0].event is None and judged.claims[0].about == () == judged.observations[0].about
        assert judged.labels[0].target is None
        assert self.FIRED in {event.id for event in self.TOLD.events}

    def test_what_nobody_judged_is_as_it_was(self) -> None:
        told = unrest()
        assert correct(told, read_verdicts(said("a wrong-code PROTEST", "b same c"))) is told

    def test_incidents_are_of_the_corrected_code(self) -> None:
        word = Judgement(self.FIRED, "PROTEST:riot", WRONG, "ana", "2022-01-08T10:00:00Z")
        types = {event: one.type for one in link([self.TOLD], [word]).incidents for event in one.events}
        assert types[self.FIRED] is EventType.PROTEST
        left_out = link([self.TOLD], [replace(word, right="")])
        assert all(self.FIRED not in one.events for one in left_out.incidents)


# --------------------------------------------------------------------------- what always holds

IDS = "abcdefgh"
VERDICTS = st.sampled_from([SAME, NOT_SAME, SPLIT, WITHDRAWN])
WORDS = st.lists(
    st.builds(
        Judgement,
        st.sampled_from(IDS),
        st.sampled_from(IDS),
        VERDICTS,
        st.sampled_from(["ana", "bo"]),
        st.integers(1, 20).map(lambda day: f"2022-01-{day:02}"),
    ),
    max_size=12,
)
SCORES = st.dictionaries(
    st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).map(lambda pair: ordered(*pair)), st.floats(0, 1), max_size=20
)


def together(groups: Any) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


@given(WORDS, st.randoms())
def test_the_order_of_words_does_not_matter(words: list[Judgement], random: Any) -> None:
    mixed = [*words, *words[:3]]
    random.shuffle(mixed)
    assert read_verdicts(mixed) == read_verdicts(words)


@given(WORDS)
def test_what_holds_never_contradicts_itself(words: list[Judgement]) -> None:
    verdicts = read_verdicts(words)
    union = Union()
    for pair in verdicts.same(IDS):
        union.join(*pair)
    assert not [pair for pair in verdicts.apart(IDS) if union.find(pair[0]) == union.find(pair[1])]
    for word in set(words) - verdicts.overruled.keys():
        pair = ordered(word.left, word.right)
        if word.verdict is SAME:
            assert union.find(word.left) == union.find(word.right)
        elif word.verdict in (NOT_SAME, SPLIT):
            assert pair in verdicts.apart(IDS)


@given(WORDS, SCORES)
def test_a_judgement_wins_over_any_scores(words: list[Judgement], scores: dict[tuple[str, str], float]) -> None:
    verdicts = read_verdicts(words)
    same, apart = verdicts.same(IDS), verdicts.apart(IDS)
    for groups in (average_link(IDS, scores, 0.5, apart=apart), average_link(IDS, scores, 0.5), [IDS], list(IDS)):
        judged = settle(groups, same, apart)
        assert sorted(id for group in judged for id in group) == sorted(IDS)
        assert set(same) <= together(judged) and not set(apart) & together(judged)


@given(SCORES)
def test_groups_that_nobody_judged_stay(scores: dict[tuple[str, str], float]) -> None:
    groups = average_link(IDS, scores, 0.5)
    assert settle(groups, [], []) == groups


def test_whole_groups_join_unless_something_bars_it() -> None:
    groups = [("a", "b"), ("c", "d")]
    assert settle(groups, [("a", "c")], []) == [("a", "b", "c", "d")]
    assert settle(groups, [("a", "c")], [("b", "d")]) == [("a", "b", "c"), ("d",)]


TEXTS = [
    "Rioters burnt the city hall in Almaty on Friday. The city hall was set alight by a crowd, who torched it.",
    "On Friday the Almaty city hall was burnt by a crowd. It was set alight, and somebody torched a car.",
    "A crowd in Almaty on Friday burnt the hall; the crowd set alight the city hall and torched it all.",
]
REPORTS = [
    analysis(
        text,
        places={"Almaty": {"country": "KAZ", "lat": 43.25, "lon": 76.91, "level": "city", "geonameid": 1526384}},
        times={"Friday": {"first": "2022-01-07", "last": "2022-01-07", "basis": "weekday"}},
        events=[
            {"trigger": trigger, "evidence": [text], "place": "Almaty", "time": "Friday"}
            for trigger in ("burnt", "set alight", "torched")
        ],
        outlet=outlet,
        published="2022-01-08",
    )
    for text, outlet in zip(TEXTS, ("One", "Two", "Three"), strict=True)
]
EVENTS = [event.id for report in REPORTS for event in report.events]
REAL_WORDS = st.lists(
    st.builds(
        Judgement,
        st.sampled_from(EVENTS),
        st.sampled_from(EVENTS),
        VERDICTS,
        st.just("ana"),
        st.integers(1, 20).map(lambda day: f"2022-01-{day:02}"),
    ),
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(REAL_WORDS, st.randoms())
def test_a_judgement_wins_over_what_articles_tell_and_survives_a_rerun(words: list[Judgement], random: Any) -> None:
    found = link(REPORTS, words).incidents
    held = together(incident.events for incident in found)
    verdicts = read_verdicts(words)
    assert set(verdicts.same(EVENTS)) <= held and not set(verdicts.apart(EVENTS)) & held
    mixed = list(words)
    random.shuffle(mixed)
    assert link(REPORTS[::-1], mixed).incidents == found


@pytest.mark.parametrize("event", EVENTS)
def test_reports_of_one_happening_are_one_incident_until_judged(event: str) -> None:
    assert len(link(REPORTS).incidents) == 1
    words = [Judgement(event, other, SPLIT, "ana", "2022-01-09") for other in EVENTS if other != event]
    groups = [set(one.events) for one in link(REPORTS, words).incidents]
    assert {event} in groups
    others = {told.id for report in REPORTS for told in report.events if event not in {one.id for one in report.events}}
    assert any(others <= group for group in groups), "what other articles tell stays together"


@settings(max_examples=25, deadline=None)
@given(st.lists(analyses(), max_size=3, unique_by=lambda one: one.article.id), st.data())
def test_any_words_on_any_analyses_can_be_replayed(told: list[Analysis], data: st.DataObject) -> None:
    ids = [event.id for one in told for event in one.events] + [one.article.id for one in told] + ["gone"]
    word = st.builds(
        Judgement,
        st.sampled_from(ids),
        st.sampled_from([*ids, "", "PROTEST:riot"]),
        st.sampled_from(Verdict),
        st.just("ana"),
        st.sampled_from(["2022-01-08", "2022-01-09T00:00:00Z", "one day"]),
    )
    words = data.draw(st.lists(word, max_size=6))
    assert link(told, words) == link(told[::-1], words[::-1])


def test_copies_are_as_judged_with_all_originals_that_were_named() -> None:
    texts = ("Fishermen blocked the harbour road.", "A ferry ran aground off the cape.", "The mill will close in May.")
    articles = [Article(text, id=id, published="2021-05-03") for id, text in zip("abc", texts, strict=True)]
    assert copies_among(articles) == ()
    found = copies_among(articles, said("a copy b", "a copy c"))
    assert [(copy.article, copy.of) for copy in found] == [("a", "b"), ("a", "c")]
    assert copies_among(articles, said("a copy b", "a not-copy b")) == ()
    twice = [Article(texts[0], id=id, published=f"2021-05-0{day}") for day, id in enumerate("ab", 1)]
    assert [(copy.article, copy.of) for copy in copies_among(twice)] == [("b", "a")]
    assert [(copy.article, copy.of) for copy in copies_among(twice, said("a copy b"))] == [("a", "b")]
    assert copies_among(twice, said("a not-copy b")) == ()
