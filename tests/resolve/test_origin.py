"""The model of countries: it looks at where names stand, never at which country they are, and says what weighed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.model import Parsed
from sayso.resolve.around import Surroundings
from sayso.resolve.gazetteer import open_gazetteer
from sayso.resolve.leaning import NONE
from sayso.resolve.origin import Bearings, choose, is_sure, open_choice, options
from sayso.resolve.referents import Phrase
from sayso.resolve.whence import Atlas, Whence

Parse = Callable[..., Parsed]


def offered(parsed: Parsed, head: str, own: Whence | None = None) -> dict[str, list[str]]:
    token = parsed.text.index(head)
    phrase = Phrase(parsed.left[token], token, token, 0)
    gazetteer = open_gazetteer()
    around = Surroundings(parsed, Atlas(parsed, (), gazetteer), gazetteer)
    return options(parsed, around, Bearings(phrase, ("PROTEST by",), "CVL", "group", own, (), (), {}, frozenset()))


def test_every_country_of_the_text_is_offered_and_none(parse: Parse) -> None:
    found = offered(parse("Dwellers of Mongu in Zambia marched after Angola shut the crossing."), "Dwellers")
    assert {"ZMB", "AGO", NONE} <= set(found)


def test_features_tell_where_a_name_stands_and_not_which_it_is(parse: Parse) -> None:
    one = offered(parse("Dwellers marched in Zambia on Monday."), "Dwellers")["ZMB"]
    two = offered(parse("Dwellers marched in Norway on Monday."), "Dwellers")["NOR"]
    assert one == two and "country where in its sentence" in one


def test_the_likeliest_option_is_taken_if_it_is_likely_enough() -> None:
    weights = {"told first": 2.0, "far": 0.5, "any": 0.0}
    found = choose({"ZMB": ["told first", "unheard"], "AGO": ["far"], NONE: ["any"]}, weights)
    assert found is not None and found.country == "ZMB" and "told first" in found.words
    assert choose({"ZMB": ["far"], "AGO": ["far"], NONE: ["any"]}, weights, least=0.5) is None
    assert choose({"ZMB": ["any"], NONE: ["told first"]}, weights) is None


@pytest.mark.parametrize(
    ("how", "country", "sure"), [("by name", "ZMB", True), ("by name", "IMG", False), ("by a place", "ZMB", False)]
)
def test_only_the_name_of_a_state_is_sure(how: str, country: str, sure: bool) -> None:
    assert is_sure(Whence(country, "words", 0.95, how=how)) is sure


def test_the_shipped_weights_place_who_acts_where_the_text_happens(parse: Parse) -> None:
    weights = open_choice()
    assert weights is not None
    found = choose(offered(parse("Dwellers marched in Zambia on Monday."), "Dwellers"), weights)
    assert found is not None and found.country == "ZMB" and "%" in found.words
    assert choose(offered(parse("Dwellers marched on Monday."), "Dwellers"), weights) is None
