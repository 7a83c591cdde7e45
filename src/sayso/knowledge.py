"""Loads the tables under `data/` into read-only lookups, each once per process.

A table states its source and licence in its head. Stages compile what they need (tries, patterns) from these
lookups and cache it themselves; nothing else reads `data/`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from sayso.errors import ModelMissing


def _read(name: str) -> bytes:
    try:
        return files("sayso").joinpath("data", name).read_bytes()
    except (FileNotFoundError, NotADirectoryError) as cause:
        raise ModelMissing("table is missing", about=name, way_out="reinstall sayso") from cause


@cache
def table(name: str) -> Mapping[str, Any]:
    """A TOML table of `data/` by file name; ModelMissing if it is not there."""
    return tomllib.loads(_read(name).decode("utf-8"))


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a tab-separated table of `data/`; lines that begin with # are its head."""
    lines = _read(name).decode("utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


@cache
def blob(name: str) -> bytes:
    """A binary table of `data/`, such as the weights of a model."""
    return _read(name)
