"""Measuring how linking scales: the arithmetic, a run that is cut short, and the picture."""

from __future__ import annotations

import importlib.util
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import linking
from bench.generated import reports
from bench.generated.rightness import agreement, copies
from sayso.model import Copy, CopyKind, Links
from sayso.store import open_store

ROOT = Path(__file__).parent.parent.parent


def test_the_slope_is_the_power_with_which_time_grows() -> None:
    assert linking.slope([(10, 3.0), (100, 30.0), (1000, 300.0)]) == 1.0
    assert linking.slope([(10, 1.0), (100, 100.0), (1000, 10_000.0)]) == 2.0
    assert linking.slope([(10, 3.0)]) is None


def test_agreement_counts_pairs_of_events_of_different_articles() -> None:
    told = {"e1": ("a", "fire"), "e2": ("a", "fire"), "e3": ("b", "fire"), "e4": ("c", "flood")}
    right = {"e1": "i1", "e2": "i1", "e3": "i1", "e4": "i2"}
    assert agreement(told, right) == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "pairs": 2}
    joined = dict.fromkeys(told, "i1")
    assert agreement(told, joined)["precision"] == 0.4  # two right ones of five
    apart = {"e1": "i1", "e2": "i1"}
    assert agreement(told, apart)["recall"] == 0.0


def test_a_copy_is_found_if_it_is_said_to_come_from_a_relative() -> None:
    some = list(reports(300))
    true = [report for report in some if report.copy_of]
    links = Links(copies=tuple(Copy(r.analysis.article.id, str(r.copy_of), CopyKind.EXACT, 1.0, ()) for r in true))
    assert (copies(some, links)["found"], copies(some, links)["false"]) == (1.0, 0.0)
    strange = Copy(some[0].analysis.article.id, some[1].analysis.article.id, CopyKind.EXACT, 1.0, ())
    found = copies(some, Links(copies=(strange,)))
    assert found["found"] == 0.0
    assert found["false"] > 0


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield tmp_path_factory.mktemp("work")


@pytest.mark.slow
def test_an_archive_goes_on_where_it_stopped(work: Path) -> None:
    first = linking.archive([20], work, added=4, own=60)["rows"]
    both = linking.archive([20, 60], work, added=4, own=60)["rows"]
    assert both[0] == first[0]
    assert [row["articles"] for row in both] == [20, 60]
    assert all(0 < row["median ms"] <= row["max ms"] for row in both)
    store = open_store(str(work / "archive.db"), create=False)
    expected = [report.analysis.article.id for report in reports(60 + 4 + linking.WARM)]
    assert sorted(store.ids()) == sorted(expected)
    store.close()


@pytest.mark.slow
def test_an_archive_past_its_own_articles_grows_backwards(work: Path) -> None:
    row = linking.archive([100], work / "old", added=4, own=40)["rows"][0]
    assert (row["articles"], row["own articles"]) == (100, 40 + 4 + linking.WARM)
    own = {report.analysis.article.id for report in reports(40 + 4 + linking.WARM)}
    with sqlite3.connect(work / "old" / "archive.db") as archive:
        days = dict(archive.execute("SELECT id, published FROM articles"))
        keys = dict(archive.execute("SELECT article, count(*) FROM link_keys GROUP BY article"))
        linked = {id for (id,) in archive.execute("SELECT article FROM incident_articles")}
    past = days.keys() - own
    assert len(past) == 60 and own <= days.keys() and linked <= own
    assert max(days[id] for id in past) < min(days[id] for id in own)
    assert past <= keys.keys()


def test_figures_of_several_measurements_stand_side_by_side(tmp_path: Path) -> None:
    kept = tmp_path / "linking.json"
    linking.keep(kept, "bulk", {"slope": 2.0})
    linking.keep(kept, "right", {"articles": 5})
    linking.keep(kept, "bulk", {"slope": 1.0})
    assert json.loads(kept.read_text("utf-8")) == {"bulk": {"slope": 1.0}, "right": {"articles": 5}}


def test_the_picture_shows_both_ways_and_how_bulk_grows(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("linking_picture", ROOT / "docs" / "linking_picture.py")
    assert spec and spec.loader
    drawing = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(drawing)
    bulk = {"rows": [{"articles": 1000, "ms an article": 6.0}, {"articles": 9000, "ms an article": 7.0}], "slope": 1.07}
    single = {"rows": [{"articles": 1000, "median ms": 20.0, "p90 ms": 40.0}]}
    drawing.draw({"bulk": bulk, "archive": single}, tmp_path / "linking.svg")
    drawn = (tmp_path / "linking.svg").read_text("utf-8")
    assert all(words in drawn for words in ("1.07th power", "all at once", "one more", "100 ms"))
