"""What two tellings are compared by: the same whichever is first, and from what the index keeps as from the cards."""

from __future__ import annotations

from math import exp

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.link.compare import compare_tellings, open_weights
from sayso.link.gist import pack_tellings, unpack_tellings
from sayso.link.happenings import may_be_one
from sayso.link.tellings import Telling, tell
from sayso.model import Analysis
from tests.strategies import analyses

ALIKE = st.floats(0, 1)
slow = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)


def kept(tellings: list[Telling]) -> tuple[Telling, ...]:
    """Tellings as a neighbour is known by: from the index alone."""
    if not tellings:
        return ()
    return unpack_tellings(pack_tellings(tellings), tellings[0].article, tellings[0].published)


@slow
@given(analyses(), analyses(), ALIKE)
def test_what_the_index_keeps_compares_as_the_cards_do(one: Analysis, two: Analysis, alike: float) -> None:
    left, right = tell(one, ""), tell(two, "")
    for own, packed in zip(left, kept(left), strict=True):
        for other, others in zip(right, kept(right), strict=True):
            assert may_be_one(own, others, alike) == may_be_one(own, other, alike)
            assert compare_tellings(own, others, alike) == compare_tellings(own, other, alike)
            assert compare_tellings(packed, others, alike) == compare_tellings(own, other, alike)


@slow
@given(analyses(), analyses(), ALIKE)
def test_either_may_come_first(one: Analysis, two: Analysis, alike: float) -> None:
    for left in tell(one, ""):
        for right in tell(two, ""):
            assert compare_tellings(left, right, alike) == compare_tellings(right, left, alike)
            assert may_be_one(left, right, alike) == may_be_one(right, left, alike)


@slow
@given(analyses(), analyses(), ALIKE)
def test_the_reasons_add_up_to_the_score(one: Analysis, two: Analysis, alike: float) -> None:
    for left in tell(one, ""):
        for right in tell(two, ""):
            score, reasons = compare_tellings(left, right, alike)
            if score:
                total = open_weights()["bias"] + sum(reason.score for reason in reasons)
                assert abs(score - 1 / (1 + exp(-total))) < 1e-9


def test_likeness_never_speaks_against_one_happening_nor_the_unknown_for_it() -> None:
    weights = open_weights()
    assert all(weight >= 0 for name, weight in weights.items() if name[-1].isdigit())
    assert weights["place same"] > 0 >= max(weights["place unknown"], weights["place perhaps one country"])
    assert weights["time agrees"] > 0 >= weights["time published together"]
    assert weights["participants differ"] <= 0 < weights["participants share name"]
