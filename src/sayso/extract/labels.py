"""Finds how each source calls participants and happenings."""

from __future__ import annotations

from sayso.model import EventDraft, LabelDraft, Mention, Parsed


def find_labels(
    parsed: Parsed, mentions: tuple[Mention, ...], events: tuple[EventDraft, ...]
) -> tuple[LabelDraft, ...]:
    return ()
