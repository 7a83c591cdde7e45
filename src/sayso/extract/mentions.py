"""Finds the actors and places an article mentions."""

from __future__ import annotations

from sayso.model import Mention, Parsed


def find_mentions(parsed: Parsed) -> tuple[Mention, ...]:
    return ()
