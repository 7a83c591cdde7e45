"""Finds who did what to whom."""

from __future__ import annotations

from sayso.model import EventDraft, Mention, Parsed, Timex


def find_events(parsed: Parsed, mentions: tuple[Mention, ...], timexes: tuple[Timex, ...]) -> tuple[EventDraft, ...]:
    return ()
