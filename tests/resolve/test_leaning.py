"""The model of sectors: it looks at words and grammar, never at names, and says what moved it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sayso.linear import Linear
from sayso.model import Parsed
from sayso.resolve.leaning import NONE, Seen, Standing, lean, open_model, seen, view_of
from sayso.resolve.referents import Phrase
from sayso.resolve.sectors import NOTHING

Parse = Callable[..., Parsed]


def standing(parsed: Parsed, head: str) -> Standing:
    token = parsed.text.index(head)
    phrase = Phrase(parsed.left[token], token, token, 0)
    return Standing(phrase, ("ASSAULT to",), NOTHING, None, "group", (), ("MIL",), (), is_state=False)


def test_features_name_words_and_parts_but_no_names(parse: Parse) -> None:
    parsed = parse("Soldiers in Kadugli beat three dwellers of Abbasiya with Omar Bashari.")
    found = seen(parsed, standing(parsed, "dwellers")).features
    assert {"in ASSAULT to", "facing MIL", "number", "near beat"} <= set(found)
    assert not any(name in feature.lower() for feature in found for name in ("kadugli", "abbasiya", "omar", "bashari"))


def test_the_class_with_the_largest_sum_wins_and_says_what_moved_it() -> None:
    weights = np.array([[2.0, 0.0], [0.0, 1.0], [3.0, -1.0]], np.float32)
    model = Linear(("CVL", NONE), {"one": 0, "two": 1, "three": 2}, weights)
    share = float(1 / (1 + np.exp(np.float32(-1))))
    assert lean(model, Seen(("one", "two", "unheard"), None)) == ("CVL", share, ("one", "two"))
    assert lean(model, Seen(("unheard",), None)) is None


def test_what_the_network_sees_speaks_too_and_is_named() -> None:
    view = view_of([[3.0, 0.0], [5.0, 0.0]])
    assert view is not None and view.tolist() == [4.0, 0.0]
    model = Linear(
        ("CVL", NONE), {"one": 0}, np.array([[0.0, 1.0]], np.float32), np.array([[2, 0], [0, 0]], np.float32)
    )
    leaned = lean(model, Seen(("one",), view))
    assert leaned is not None and leaned[0] == "CVL" and leaned[2][0] == "its words as the network reads them"


def test_without_a_sight_of_it_there_is_no_view() -> None:
    assert view_of([]) is None


def test_the_shipped_model_fits_the_codebook() -> None:
    model = open_model()
    assert model is not None and model.weights.shape == (len(model.rows), len(model.classes))
    assert NONE in model.classes and "GOV" in model.classes
