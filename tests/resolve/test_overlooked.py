"""Place names that the parser took for something else, and what each does; read with the real parser.

Cases mark what must be found as [name:use]; a name that is not marked must not be found.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pytest

from sayso.extract.mentions import find_mentions
from sayso.model import Parsed, Place
from sayso.resolve.gazetteer import open_gazetteer
from sayso.resolve.places import resolve_places

Parse = Callable[[str], Parsed]
MARK = re.compile(r"\[([^\]:]+):(\w+)\]")
CASES = """
[Moscow:metonym] said it would respond, and [Kyiv:metonym] denied the claim.
The village was shelled from [Moscow:location].
Fighting raged outside [Bakhmut:location] on Friday.
[Syria:location] has seen eleven years of war.
The rebels are backed by [Iran:metonym] and live in [Lebanon:location].
[Russian:demonym] forces shelled [Kharkiv:location].
A [European:demonym] delegation met [Chechen:demonym] elders in [Grozny:location].
The [South Korean:demonym] navy fired warning shots.
Russians and Ukrainians met in [Istanbul:location].
The [Toronto:name] Police Services Board met on Monday.
A professor at the University of [Texas:name] spoke.
The Battle of [Mosul:location] lasted nine months.
Fighters of the [Sudanese:demonym] army left [El Fasher:location] for [Port Sudan:location].
People fled [Gaza City:location] for [Khan Younis:location] and [Rafah:location].
Soldiers in [Benghazi:location], [Misrata:location] and [Tobruk:location] were put on alert.
Rebels hold the last part of eastern [Ghouta:location].
Cases of West Nile virus were found in [Texas:location].
African-American voters marched in [Atlanta:location].
"""


def places(parse: Parse, text: str) -> tuple[Place, ...]:
    parsed = parse(text)
    return resolve_places(parsed, find_mentions(parsed), open_gazetteer())


@pytest.mark.parametrize("marked", CASES.strip().splitlines())
def test_names_are_found_with_what_they_do(parse: Parse, marked: str) -> None:
    text = MARK.sub(r"\1", marked)
    found = [(text[place.span.start : place.span.end], place.use.value) for place in places(parse, text)]
    assert found == MARK.findall(marked)


@pytest.mark.parametrize(
    "text",
    [
        "The gulf between rich and poor widened.",
        "A swan was seen on the pond.",
        "The MoD named the officer.",
        "It cost 40 US dollars in May.",
    ],
)
def test_common_words_acronyms_and_months_are_no_towns(parse: Parse, text: str) -> None:
    assert [place.name for place in places(parse, text) if place.country != "USA"] == []


def test_nothing_overlaps(parse: Parse) -> None:
    text = " ".join(MARK.sub(r"\1", line) for line in CASES.strip().splitlines())
    spans = [place.span for place in places(parse, text)]
    assert all(one.end <= two.start for one, two in pairwise(spans))
