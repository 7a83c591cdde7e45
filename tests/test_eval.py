"""The evaluation command: the scorer's own object, floors that are never lowered silently, and no data, no fuss."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import eval.__main__ as command
from eval.harness import Figure

ROOT = Path(__file__).parent.parent
BENCH = Path(os.environ.get("SAYSO_BENCH", ROOT.parent / "shared" / "bench"))


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "eval", *arguments], cwd=ROOT, capture_output=True, text=True)


def test_without_data_it_says_so_and_is_content(tmp_path: Path) -> None:
    done = run("polnear", "--bench", str(tmp_path))
    assert done.returncode == 0 and "no data" in done.stderr


@pytest.mark.skipif(not (BENCH / "reuse").is_dir(), reason="the benchmark data are not here")
def test_json_is_the_scorers_own_object() -> None:
    done = run("reuse", "--json", "--bench", str(BENCH))
    assert done.returncode == 0, done.stderr
    assert {"auc", "binary"} <= set(json.loads(done.stdout))


def test_floors_rise_and_fall_only_with_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "FLOORS", tmp_path / "floors.toml")
    figures = (Figure("F1", ("f1",), "0.5 elsewhere", 0.1), Figure("error", ("km",), "-", 900.0, lower_is_better=True))
    monkeypatch.setattr(command, "figures_of", lambda name: figures)
    command.pin("geo", {"f1": 0.7, "km": 100.0}, None)
    command.pin("geo", {"f1": 0.6, "km": 200.0}, None)
    assert command.read_floors() == {"geo": {"F1": 0.695, "error": 100.005}}
    assert command.print_figures("geo", {"f1": 0.6, "km": 50.0}) == 1
    command.pin("geo", {"f1": 0.6, "km": 200.0}, "another scorer")
    assert command.read_floors() == {"geo": {"F1": 0.595, "error": 200.005}}


def test_every_adapter_names_its_figures_and_trivial_answers() -> None:
    for name in command.NAMES:
        for figure in __import__(f"eval.{name}", fromlist=["FIGURES"]).FIGURES:
            assert figure.name and figure.path and figure.trivial >= 0
