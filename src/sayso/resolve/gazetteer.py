"""The place index: names to coordinates, built once from pinned packages."""

from __future__ import annotations

from pathlib import Path

from sayso.ports import Candidate, Gazetteer


class SqliteGazetteer:
    """Placeholder until the index is built."""

    name = "none"

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        return ()

    def country(self, name: str) -> str | None:
        return None

    def capital_of(self, name: str) -> str | None:
        return None


def open_gazetteer(path: Path | None = None) -> Gazetteer:
    """The place index at `path`, or in the user's cache folder, built on first use."""
    return SqliteGazetteer()
