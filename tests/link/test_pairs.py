"""What is promised of the judge of pairs: alone, symmetric, packed without loss, never at a loss."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.link.explain import explain_pair
from sayso.link.judge import PURPOSES, judge_pairs
from sayso.link.keys import FAR, are_candidates, blocking_keys, proposed_pairs
from sayso.link.likeness import FEATURES, compare, day_gap
from sayso.link.packing import pack_profile, unpack_profile
from sayso.link.profile import Profile, profile
from sayso.model import Analysis, Article
from tests.link.test_copies import OTHER, WIRE

SENTENCES = [sentence + "." for text in (WIRE, OTHER) for sentence in text.replace("\n\n", " ").split(". ")]
BODIES = st.lists(st.sampled_from(SENTENCES), max_size=8).map(" ".join) | st.text(max_size=60)
PROFILES = st.builds(
    lambda body, title, day: profile(Analysis(Article(body, title=title, published=day and f"2021-05-{day:02}"))),
    BODIES,
    st.none() | st.text(max_size=20),
    st.none() | st.integers(1, 28),
)


def told(text: str, published: str | None = "2022-01-05", title: str | None = None) -> Profile:
    return profile(Analysis(Article(text, title=title, published=published)))


ONE = (
    "MIRBEK, Jan 5 - Gunmen shot dead the harbour master Olga Brandt outside the fish hall on Tuesday night, police "
    "said. Brandt, 52, was hit at about 9:30 p.m. on Quay Street."
)
TWO = (
    "The head of Mirbek's port, Olga Brandt, was killed by gunmen near the fish hall on Tuesday. A colleague of the "
    "52-year-old harbour master said the shots fell at 9:30 p.m."
)
ELSEWHERE = (
    "Two men were wounded when police fired on a march in Tarsk on Friday, a hospital said. The marchers had asked for "
    "the release of the editor Ilya Petrenko, 34, who was arrested in December."
)


@given(PROFILES)
@settings(max_examples=60, deadline=None)
def test_a_profile_comes_back_from_json_as_it_was(one: Profile) -> None:
    back = unpack_profile(json.loads(json.dumps(pack_profile(one))))
    assert back == one
    assert blocking_keys(back) == blocking_keys(one)


@given(PROFILES, PROFILES)
@settings(max_examples=60, deadline=None)
def test_a_pair_is_judged_the_same_from_either_side(one: Profile, two: Profile) -> None:
    assert compare(one, two) == compare(two, one)
    assert len(compare(one, two)) == len(FEATURES)
    for purpose in PURPOSES:
        (score,) = judge_pairs([(one, two)], purpose)
        assert [score] == judge_pairs([(two, one)], purpose)
        assert 0 <= score <= 1
        assert explain_pair(one, two, purpose)[0].score == round(score, 3)


@given(st.lists(PROFILES, max_size=6))
@settings(max_examples=40, deadline=None)
def test_whether_a_pair_is_a_candidate_does_not_depend_on_a_third(found: list[Profile]) -> None:
    keys = [blocking_keys(one) for one in found]
    pairs = {
        (one, two)
        for one in range(len(found))
        for two in range(one + 1, len(found))
        if are_candidates(keys[one], keys[two], day_gap(found[one], found[two]))
    }
    assert set(proposed_pairs(keys, [one.published for one in found])) == pairs
    assert all(key.reach <= FAR for own in keys for key in own)


def test_a_pair_is_judged_alone_or_among_others_alike() -> None:
    pairs = [(told(ONE), told(TWO)), (told(ONE), told(ELSEWHERE))]
    assert judge_pairs(pairs, "incident") == [judge_pairs([pair], "incident")[0] for pair in pairs]
    assert judge_pairs([], "incident") == []


def test_two_reports_of_one_killing_are_likelier_one_incident_than_of_two_happenings() -> None:
    same, other = judge_pairs([(told(ONE), told(TWO)), (told(ONE), told(ELSEWHERE))], "incident")
    assert same > 0.5 > 0.1 > other


def test_reasons_name_what_can_be_checked() -> None:
    reasons = {reason.name: reason.detail for reason in explain_pair(told(ONE), told(TWO), "incident")}
    assert "Olga Brandt" in reasons["names"]
    assert "2022-01-04" in reasons["days"]
    assert "52" in reasons["ages"]
    assert "21:30" in reasons["hours"]
    assert reasons["published"] == "published on one day"


def test_an_article_proposes_a_pair_by_a_rare_name_months_later_and_by_words_within_days() -> None:
    later = told("The trial of two men over the death of Olga Brandt opened in Mirbek.", "2022-11-05")
    words = told("Harbour masters and gunmen: the fish hall after the shots on the quay", "2022-11-05")
    keys = blocking_keys(told(ONE))
    assert are_candidates(keys, blocking_keys(later), 304)
    assert not are_candidates(keys, blocking_keys(words), 304)
    assert are_candidates(keys, blocking_keys(words), 3)


def test_what_has_no_words_is_like_nothing() -> None:
    empty = told("", None)
    assert judge_pairs([(empty, empty), (empty, told(ONE))], "incident") == [0.0, 0.0]
    assert blocking_keys(empty) == ()


def test_a_carrier_of_a_text_differs_by_its_own_dates_and_title_alone() -> None:
    one, two = told(ONE), told(ONE, "2022-01-09", "Harbour master killed")
    assert one.text == two.text
    assert (one.terms, one.names, one.runs, one.ages) == (two.terms, two.names, two.runs, two.ages)
    assert blocking_keys(one, titles=False) == blocking_keys(two, titles=False)
