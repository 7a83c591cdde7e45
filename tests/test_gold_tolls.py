"""The codings of toll phrases keep to their codebook, the loader says what does not, the scorer counts right."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.toll_phrases import match, score
from gold.claims import GoldError
from gold.tolls import PARTS, GoldToll, TollText, find_words, is_here, load, read
from sayso.model import Harm, Span, Toll, VictimKind

TEXT = "At least 26 rioters and a policeman were killed in Taraz, the ministry said, up from 12 on Monday."
ROW: dict[str, Any] = {
    "words": "26 rioters",
    "harm": "killed",
    "low": 26,
    "high": None,
    "victims": "protesters",
    "cumulative": False,
}
HERE = [part for part in PARTS if is_here(part)]


def read_rows(folder: Path, *rows: dict[str, Any]) -> tuple[TollText, ...]:
    (folder / "some.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return tuple(read(folder / "some.jsonl"))


@pytest.mark.parametrize("part", HERE)
def test_a_part_keeps_to_the_codebook(part: str) -> None:
    texts = load(part)
    assert len(texts) >= 50 and any(not text.tolls for text in texts)
    for text in texts:
        assert len({(toll.span, toll.harm) for toll in text.tolls}) == len(text.tolls)


def test_no_text_stands_in_two_parts() -> None:
    seen = Counter(text.text for part in HERE for text in load(part))
    assert not [text for text, count in seen.items() if count > 1]


def test_every_harm_but_casualties_is_there_twice() -> None:
    harms = Counter(toll.harm for text in load("dev") for toll in text.tolls)
    assert set(harms) == set(Harm) and all(count > 1 for harm, count in harms.items() if harm is not Harm.AFFECTED)


@pytest.mark.parametrize(
    "changed",
    [
        {"words": "27 rioters"},
        {"words": "26 rioters#2"},
        {"harm": "slain"},
        {"low": -1},
        {"low": "26"},
        {"high": 3},
        {"victims": "people"},
        {"cumulative": "no"},
        {"note": "no such key"},
    ],
    ids=str,
)
def test_what_breaks_the_codebook_is_named(tmp_path: Path, changed: dict[str, Any]) -> None:
    with pytest.raises(GoldError, match=r"some\.jsonl:1"):
        read_rows(tmp_path, {"text": TEXT, "tolls": [ROW | changed]})


def test_a_text_may_not_stand_twice(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"some\.jsonl:2: the same text"):
        read_rows(tmp_path, {"text": TEXT, "tolls": []}, {"text": TEXT, "tolls": [ROW]})


def test_words_may_name_their_second_place() -> None:
    assert find_words("t", "three drowned and three were hurt", "three#2") == Span("t", 18, 23)


def found(gold: GoldToll, **changed: Any) -> Toll:
    toll = Toll("", None, gold.harm, gold.low, gold.high, None, gold.cumulative, None, gold.span, kind=gold.kind)
    return replace(toll, **changed)


def test_a_spurious_toll_costs_as_much_as_a_missed_one(tmp_path: Path) -> None:
    (text,) = read_rows(tmp_path, {"text": TEXT, "tolls": [ROW]})
    (gold,) = text.tolls
    right, other = found(gold), found(gold, span=Span(text.id, 90, 92))
    assert score([text], [[right]])["all right F1"] == 1.0
    assert score([text], [[right, other]])["all right F1"] == pytest.approx(2 / 3)
    assert score([text], [[]])["all right F1"] == 0.0


def test_harm_bounds_and_victims_are_judged_apart(tmp_path: Path) -> None:
    (text,) = read_rows(tmp_path, {"text": TEXT, "tolls": [ROW]})
    (gold,) = text.tolls
    rates = score([text], [[found(gold, harm=Harm.INJURED, kind=VictimKind.POLICE)]])
    assert (rates["harm"], rates["bounds"], rates["victims"], rates["all right F1"]) == (0.0, 1.0, 0.0, 0.0)


def test_of_two_tolls_on_the_same_words_the_one_of_the_same_harm_is_meant(tmp_path: Path) -> None:
    (text,) = read_rows(tmp_path, {"text": TEXT, "tolls": [ROW]})
    (gold,) = text.tolls
    pairs = match(text.tolls, [found(gold, harm=Harm.ARRESTED), found(gold)])
    assert [two.harm for _, two in pairs] == [Harm.KILLED]
