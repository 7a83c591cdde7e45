"""Finds who is reported to say what, with the chain of sources."""

from __future__ import annotations

from sayso.model import ClaimDraft, Mention, Parsed


def find_claims(parsed: Parsed, mentions: tuple[Mention, ...]) -> tuple[ClaimDraft, ...]:
    return ()
