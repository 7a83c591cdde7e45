"""Turns time expressions into intervals of calendar days."""

from __future__ import annotations

from sayso.model import Parsed, Time, Timex


def resolve_times(parsed: Parsed, timexes: tuple[Timex, ...]) -> tuple[Time, ...]:
    return ()
