"""What is installed, which models and place index, and what is missing."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from sayso.config import Config
from sayso.demo import DEMO_SOURCE
from sayso.parse.spacy_parser import SpacyParser, load_pipeline
from sayso.resolve.gazetteer import default_path, open_gazetteer


@dataclass(frozen=True, slots=True)
class Item:
    """One thing sayso needs; `detail` says what it is, or what is wrong and the way out."""

    name: str
    ok: bool
    detail: str


def checkup(config: Config, *, light: bool = False) -> list[Item]:
    """One item for each thing that a run needs; a `light` one loads no pipeline and builds no place index."""
    looks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("sayso", lambda: f"{version('sayso')} on Python {'.'.join(map(str, sys.version_info[:3]))}"),
        ("pipeline", lambda: _installed(config.pipeline) if light else _pipeline(config.pipeline)),
        ("places", lambda: _places(config.gazetteer, light)),
        ("search", _search),
        ("demo", _demo),
    )
    return [_look(name, look) for name, look in looks]


def _look(name: str, look: Callable[[], str]) -> Item:
    try:
        return Item(name, True, look())
    except Exception as fault:  # whatever is wrong with it is the answer
        return Item(name, False, f"{type(fault).__name__}: {fault}")


def _pipeline(name: str) -> str:
    parser = SpacyParser(name)
    parts = ", ".join(load_pipeline(name).pipe_names)
    return f"{parser.name} for {', '.join(sorted(parser.languages))}: {parts}"


def _installed(name: str) -> str:
    parser = SpacyParser(name)
    return f"{parser.name} for {', '.join(sorted(parser.languages))}"


def _places(path: str, light: bool) -> str:
    if light and not (Path(path) if path else default_path()).is_file():
        return "not built yet; the first run builds the index, in about half a minute"
    described = open_gazetteer(Path(path) if path else None).describe()
    return "; ".join(f"{key} {value}" for key, value in described.items())


def _search() -> str:
    with sqlite3.connect(":memory:") as base:
        base.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
    return f"SQLite {sqlite3.sqlite_version} with full-text search"


def _demo() -> str:
    count = sum(1 for path in DEMO_SOURCE.rglob("*") if path.is_file())
    if not count:
        raise FileNotFoundError(f"{DEMO_SOURCE} is empty; reinstall sayso")
    return f"{count} files"
