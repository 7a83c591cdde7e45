"""One run of `add` or `redo`: what code and settings it used, when, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """A row of the table `runs`. Put once when it starts and again when it ends; `finished` None: cut short."""

    stamp: str
    started: str  # ISO 8601 date-time
    finished: str | None = None
    code: str | None = None  # version of sayso
    parser: str | None = None
    gazetteer: str | None = None
    config: str | None = None  # Config.digest
    added: int = 0
    redone: int = 0
    known: int = 0
    kept: int = 0
    rejected: int = 0
