"""Every format carries the chain with each row: what stands under a claim is never given as fact."""

from __future__ import annotations

import ast
import csv
import json
from pathlib import Path
from typing import Any

import pytest

from sayso.link import link
from sayso.report.archive import Archive
from sayso.report.claims import Desk
from sayso.report.export import FORMATS, export
from sayso.report.sitrep import make_report, render
from tests.builders import unrest, witnessed

GROUND = {"own_voice", "first_hand", "kinds", "cues", "stance", "certainty", "says"}


@pytest.fixture(scope="module")
def archive() -> Archive:
    analyses = (unrest(), witnessed(url="https://harbour.example/2"))
    return Archive(analyses, link(analyses))


def read(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".parquet":
        import pyarrow.parquet

        found: list[dict[str, Any]] = pyarrow.parquet.read_table(path).to_pylist()
        return found
    if path.suffix == ".csv":
        rows = list(csv.DictReader(path.open(encoding="utf-8")))
        return [{**row, **{key: ast.literal_eval(row[key]) for key in ("own_voice",) if key in row}} for row in rows]
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("table", ["events", "tolls"])
def test_each_row_says_on_whose_say_so(archive: Archive, tmp_path: Path, form: str, table: str) -> None:
    assert dict(export(archive, form, tmp_path))
    rows = read(tmp_path / f"{table}.{form}")
    assert rows
    for row in rows:
        assert row.keys() >= GROUND
        if row["claims"]:
            assert not row["own_voice"] and row["kinds"] and row["cues"] and row["stance"] and row["certainty"]
        elif row.get("standing") != "reconciled":
            assert row["own_voice"] and not row["stance"] and "own voice" in row["says"]


@pytest.mark.parametrize("form", FORMATS)
def test_what_reporters_saw_is_marked(archive: Archive, tmp_path: Path, form: str) -> None:
    assert dict(export(archive, form, tmp_path))
    seen = [row for row in read(tmp_path / f"events.{form}") if row["first_hand"]]
    assert [row["first_hand"] for row in seen] == ["Our reporters … saw"]
    assert all(row["own_voice"] and "first-hand" in row["says"] for row in seen)


def test_hedges_and_sayings_that_were_not_said_are_kept(archive: Archive, tmp_path: Path) -> None:
    assert dict(export(archive, "jsonl", tmp_path))
    claims = read(tmp_path / "claims.jsonl")
    assert {row["hedge"] for row in claims} == {None, "reportedly"}
    assert {row["not_said"] for row in claims} == {None, "did not"}
    assert {row["stance"] for row in read(tmp_path / "sayings.jsonl")} == {"asserts", "denies"}


def test_the_report_marks_first_hand_and_what_only_sources_say(archive: Archive) -> None:
    page = render(make_report(Desk(archive)), "md").decode()
    assert "Harbour News (first-hand)" in page or "(own voice, first-hand)" in page
    assert "no outlet says it itself" in page
