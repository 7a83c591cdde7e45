"""Events of lists as analysts judged them. What is stored stays as it was coded, so lists read it so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sayso.link.verdicts import Code, Correction
from sayso.listing import EventEntry
from sayso.model import EventType

Corrections = Mapping[str, Correction]  # by event


def types_of(corrections: Corrections) -> dict[str, str]:
    """The right type of each event that has another code than it was given."""
    return {id: one.code.type.value for id, one in corrections.items() if one.code}


def as_judged(entry: EventEntry, corrections: Corrections) -> EventEntry:
    """An event under the code that is right, with the one it was given; one that is none keeps its code and says so."""
    found = corrections.get(entry.id)
    if found is None:
        return entry
    if found.code is None:
        return replace(entry, no_event=True)
    was = Code(EventType(entry.type), entry.mode)
    if found.code == was:
        return entry
    return replace(entry, type=found.code.type.value, mode=found.code.mode, as_first_coded=str(was))
