"""The demo's manifest says which tolls a reader finds; here the line is held to most of them, and to few others."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest

from sayso.config import Config
from sayso.model import PROPERTY, Analysis, Toll
from sayso.pipeline import code
from sayso.read import read_sources

_RECALL = 0.8
_PRECISION = 0.9

Pair = tuple[dict[str, Any], Analysis]


@pytest.fixture(scope="session")
def told() -> list[Pair]:
    """The manifest's articles, each with its analysis."""
    with as_file(files("sayso") / "data") as data:
        manifest = tomllib.loads((data / "demo.toml").read_text())
        config = Config(processes=1)
        outcomes = list(code(read_sources([str(data / "demo")], config), config))
    found = {Path(one.article.origin or "").name: one for one in outcomes if isinstance(one, Analysis)}
    rows = [(row, found.get(origin_of(row))) for row in manifest["article"]]
    return [(row, analysis) for row, analysis in rows if analysis is not None]


def origin_of(row: dict[str, Any]) -> str:
    """The name of the file with its line or item."""
    name = str(row["file"])
    if "line" in row:
        return f"{name}:{row['line']}"
    return f"{name}#{row['item']}" if "item" in row else name


def wanted(told: list[Pair]) -> Iterator[tuple[dict[str, Any], Analysis]]:
    for row, analysis in told:
        for toll in row.get("toll", ()):
            if toll.get("status") != "historical":
                yield toll, analysis


def is_found(toll: dict[str, Any], analysis: Analysis) -> bool:
    return any(fits(toll, own) and touches(toll, own, analysis) for own in analysis.tolls)


def fits(toll: dict[str, Any], own: Toll) -> bool:
    """The same harm and bounds; "more than N" may start at N, dozens at one dozen, and a ceiling may have any floor."""
    low = toll.get("low")
    lows = {low, low - 1, 12 if low == 24 else low} if low is not None else {own.low}
    return own.harm == toll["harm"] and own.low in lows and own.high == toll.get("high")


def touches(toll: dict[str, Any], own: Toll, analysis: Analysis) -> bool:
    at = analysis.article.text.find(toll["quote"])
    return at >= 0 and own.span.start < at + len(toll["quote"]) and own.span.end > at


def test_most_tolls_of_the_manifest_are_found_with_their_bounds(told: list[Pair]) -> None:
    """Missing are mostly figures whose harm stands in another sentence: "the ministry's 26", "by Friday it said 26"."""
    found = [is_found(toll, analysis) for toll, analysis in wanted(told)]
    assert len(found) > 70
    assert sum(found) / len(found) >= _RECALL


def test_few_tolls_are_others(told: list[Pair]) -> None:
    """Right is what the manifest has, or what repeats its bounds (a title does), or says that nobody was harmed.

    Parts of figures and property are not in the manifest, and are not judged.
    """
    right = total = 0
    for row, analysis in told:
        rows = row.get("toll", ())
        for own in analysis.tolls:
            if own.part or own.harm in PROPERTY:
                continue
            total += 1
            right += own.high == 0 or any(fits(toll, own) for toll in rows)
    assert right / total >= _PRECISION


def test_parts_are_marked_and_stand_for_no_event(told: list[Pair]) -> None:
    for toll, analysis in wanted(told):
        for own in analysis.tolls:
            if toll.get("subset") and fits(toll, own) and touches(toll, own, analysis):
                assert [reason.name for reason in own.reasons] == ["part"] and own.event is None
