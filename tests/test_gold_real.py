"""Codings of real texts: they hold codes and characters alone, and are read only onto the very text that was coded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import gold.real
from eval.real_events import coded_texts
from gold.claims import GoldError
from gold.real import FOLDER, digest_of
from sayso.model import MODES, EventType, Status

TEXT = "Rebels took the port of Dorva. The governor fled."
KEYS = {"trigger", "type", "mode", "status", "actors", "recipients", "place", "time"}


def rows(part: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / f"{part}.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("part", ["train", "test", "second"])
def test_a_file_holds_no_words_and_only_codes_of_the_codebook(part: str) -> None:
    for row in rows(part):
        assert set(row) == {"set", "id", "start", "end", "digest", "events"}
        for event in row["events"]:
            assert set(event) == KEYS
            assert EventType(event["type"]) and Status(event["status"])
            assert event["mode"] is None or event["mode"] in MODES[EventType(event["type"])]
            spots = [event["trigger"], event["place"] or [0, 1], event["time"] or [0, 1]]
            for start, end, *codes in [*spots, *event["actors"], *event["recipients"]]:
                assert 0 <= start < end <= row["end"] - row["start"]
                assert all(code is None or len(code) <= 15 for code in codes)


def test_two_coders_read_the_same_texts() -> None:
    first, second = ([(row["set"], row["id"], row["digest"]) for row in rows(part)] for part in ("test", "second"))
    assert first == second


def test_no_stretch_is_fitted_on_and_measured() -> None:
    train, test = ({(row["set"], row["id"]) for row in rows(part)} for part in ("train", "test"))
    assert train and test and not train & test


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A benchmark of one text and its coding."""
    (tmp_path / "timex").mkdir()
    (tmp_path / "timex" / "dev.jsonl").write_text(json.dumps({"id": "a", "text": TEXT}) + "\n", "utf-8")
    event = {
        "trigger": [7, 11], "type": "COERCE", "mode": "seize", "status": "occurred", "actors": [[0, 6, None, "REB"]],
        "recipients": [], "place": [24, 29], "time": None,
    }  # fmt: skip
    coding = {"set": "timex", "id": "a", "start": 0, "end": 30, "digest": digest_of(TEXT[:30]), "events": [event]}
    (tmp_path / "some.jsonl").write_text(json.dumps(coding) + "\n", "utf-8")
    monkeypatch.setattr(gold.real, "FOLDER", tmp_path)
    return tmp_path


def test_a_coding_is_laid_on_its_text(bench: Path) -> None:
    (text,) = coded_texts("some", bench)
    (event,) = text.events
    assert text.article.text == TEXT[:30]
    assert [text.article.quote(span) for span in (event.trigger, event.actors[0].span, event.place) if span] == [
        "took", "Rebels", "Dorva",
    ]  # fmt: skip


def test_another_text_under_the_same_name_is_refused(bench: Path) -> None:
    (bench / "timex" / "dev.jsonl").write_text(json.dumps({"id": "a", "text": TEXT.replace("port", "fort")}), "utf-8")
    with pytest.raises(GoldError, match="timex a 0: the text is not the one that was coded"):
        coded_texts("some", bench)


def test_codings_of_a_benchmark_that_is_not_there_are_left_out(bench: Path) -> None:
    assert coded_texts("some", bench / "elsewhere") == []
