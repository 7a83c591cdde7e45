"""The articles that ship with sayso: written for it, on documented events, by invented outlets."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

DEMO_SOURCE = Path(str(files("sayso").joinpath("data", "demo")))
