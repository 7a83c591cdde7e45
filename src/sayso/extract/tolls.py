"""Finds bounded counts of people harmed."""

from __future__ import annotations

from sayso.model import Parsed, TollDraft


def find_tolls(parsed: Parsed) -> tuple[TollDraft, ...]:
    return ()
