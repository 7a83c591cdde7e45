"""The README shows real output: every line it quotes from the demo is printed by the demo."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")


def blocks(command: str) -> list[str]:
    """The lines that the README shows below a command, gaps ("…") left out."""
    (block,) = re.findall(rf"```console\n\$ {re.escape(command)}[^\n]*\n(.*?)```", README, re.DOTALL)
    return [line for line in block.splitlines() if line.strip() and line.strip() != "…"]


def run(*arguments: str, cwd: Path) -> list[str]:
    command = [sys.executable, "-m", "sayso.cli", *arguments]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, env={**os.environ}, timeout=300)
    assert done.returncode == 0, done.stderr
    return [line.rstrip() for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    folder = tmp_path_factory.mktemp("readme")
    return folder, run("demo", "--db", "demo.db", cwd=folder)


def test_the_demo_prints_what_the_readme_shows(demo: tuple[Path, list[str]]) -> None:
    printed = set(demo[1])
    assert [line for line in blocks("sayso demo") if line.rstrip() not in printed] == []


def test_show_prints_what_the_readme_shows(demo: tuple[Path, list[str]]) -> None:
    (id,) = re.findall(r"\$ sayso show (\w+) --db demo.db", README)
    shown = run("show", id, "--db", "demo.db", "--table", cwd=demo[0])
    assert blocks(f"sayso show {id} --db demo.db") == shown


def test_python_answers_as_the_readme_shows(demo: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(demo[0])
    (session,) = re.findall(r"```pycon\n(.*?)```", README, re.DOTALL)
    test = doctest.DocTestParser().get_doctest(session, {}, "README", "README.md", 0)
    assert len(test.examples) == 5 and doctest.DocTestRunner().run(test).failed == 0


def test_the_readme_names_the_two_commands() -> None:
    assert "$ make demo" in README and "$ make test" in README
