"""What is promised of what one article holds of the other: the same from either side, whole where it is all told."""

from __future__ import annotations

from hypothesis import given, settings

from sayso.link.held import HELD, held
from sayso.link.profile import Profile
from tests.link.test_pairs import ELSEWHERE, ONE, PROFILES, TWO, told


def features(one: Profile, two: Profile) -> dict[str, float]:
    return dict(zip(HELD, held(one, two), strict=True))


@given(PROFILES, PROFILES)
@settings(max_examples=60, deadline=None)
def test_a_pair_is_compared_the_same_from_either_side(one: Profile, two: Profile) -> None:
    assert held(one, two) == held(two, one)


def test_a_flash_is_held_whole_by_the_account_that_begins_with_it() -> None:
    found = features(told(ONE), told(f"{ONE} {ELSEWHERE}"))
    assert found["rarity held"] == 1.0
    assert found["more of a lead held"] == 1.0
    assert found["ages held"] == 0.5


def test_another_report_of_it_holds_more_than_one_of_another_happening() -> None:
    same, other = features(told(ONE), told(TWO)), features(told(ONE), told(ELSEWHERE))
    for name in ("rarity held", "telling rarity held", "more of a lead in body", "rarity of shared names"):
        assert same[name] > other[name]
    assert same["rarest shared phrase"] > 0 == other["rarest shared phrase"]


def test_days_are_laid_beside_publication_only_where_it_is_known() -> None:
    assert features(told(ONE, None), told(TWO))["days told from other publication"] == -1.0
    assert features(told(ONE), told(TWO))["days told from other publication"] >= 0.0
