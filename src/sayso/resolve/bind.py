"""Joins drafts into one analysis: spans become ids, claims learn what they are about, events where and when."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.model import (
    Actor,
    Analysis,
    ClaimDraft,
    EventDraft,
    LabelDraft,
    Parsed,
    Place,
    Time,
    TollDraft,
)


@dataclass(frozen=True, slots=True)
class Drafts:
    """What `extract` found in one article."""

    claims: tuple[ClaimDraft, ...]
    events: tuple[EventDraft, ...]
    tolls: tuple[TollDraft, ...]
    labels: tuple[LabelDraft, ...]


def bind(
    parsed: Parsed, drafts: Drafts, actors: tuple[Actor, ...], places: tuple[Place, ...], times: tuple[Time, ...]
) -> Analysis:
    return Analysis(parsed.article, actors, places, times)
