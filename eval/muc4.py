"""Incident templates from news messages: events of one kind in an article become one template.

The task leaves out clashes between state forces and combatants and acts by the state, so events whose only actors are
soldiers or police are not reported. Weapons are the words in an event's evidence that name one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from eval.harness import Figure, Line, read_jsonl, write_jsonl
from sayso.model import Analysis, Article, Event, EventType, Span, Status

FIGURES = (
    Figure(
        "roles F1",
        ("roles", "f1"),
        "50.2 GTT (BERT-base), 53.0 IterX, official test; one attack an article 0.16",
        0.159,
    ),
    Figure("templates F1", ("templates", "f1"), "-", 0.388),
)
E = EventType
_MODES = {"explosives": "bombing", "suicide-attack": "bombing", "abduct": "kidnapping", "aerial": "bombing"}
_ARSON = re.compile(r"\b(?:burn\w*|torch\w*|arson|set \w*\s*fire|ablaze|on fire)\b", re.IGNORECASE)
_STATE = re.compile(
    r"\b(?:army|soldiers?|troops?|police\w*|military|government|air force|navy|battalion|patrol|brigade|armed forces|"
    r"president|minister|court|judge|marines?|authorities|united states|u\.s\.?)\b",
    re.IGNORECASE,
)
_ORGANIZATION = re.compile(r"\b(?:front|army|party|movement|cartel|mafia|liberation|organization)\b", re.IGNORECASE)
_THINGS = re.compile(
    r"\b(?:building|house|home|office|station|bridge|tower|pylon|pipeline|bank|embassy|car|vehicle|bus|truck|church|"
    r"headquarters|facilit|plant|farm|base|barracks|post|town|city|store|restaurant|hotel|railway|train|newspaper|"
    r"residence|installation|property|business|airport|helicopter|plane|school|consulate|line|road|substation)\w*\b",
    re.IGNORECASE,
)
_WEAPON = re.compile(
    r"\b(?:car bombs?|bombs?|dynamite|explosives?|grenades?|rockets?|mortars?|machine ?guns?|submachine guns?|rifles?|"
    r"pistols?|guns?|mines?|missiles?|molotov cocktails?|explosive devices?|shotguns?|knives|machetes?)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"^(?:he|she|they|his|their|its|itself|them|him|her|we|us|i|you|it|who|someone|people|persons?|others?|men|man)$",
    re.I,
)


def predict(folder: Path, line: Line, work: Path) -> list[str]:
    rows = list(read_jsonl(folder / "dev.jsonl"))
    analyses = line.code(Article(row["text"], id=row["doc_id"]) for row in rows)
    write_jsonl(
        work / "pred.jsonl", ({"doc_id": found.article.id, "templates": list(templates(found))} for found in analyses)
    )
    return [str(folder / "dev.jsonl"), str(work / "pred.jsonl")]


def templates(analysis: Analysis) -> Iterator[dict[str, Any]]:
    """One template a kind of incident."""
    groups: dict[str, list[Event]] = {}
    for event in analysis.events:
        kind = incident(event, analysis)
        if kind is not None:
            groups.setdefault(kind, []).append(event)
    for kind, events in groups.items():
        yield template(kind, events, analysis)


def incident(event: Event, analysis: Analysis) -> str | None:
    """The kind of incident an event tells, or None where the task has none for it."""
    quote = analysis.article.quote
    actors = [quote(span) for span in event.actor_spans]
    if actors and all(_STATE.search(actor) for actor in actors):
        return None
    if event.status not in (Status.OCCURRED, Status.ONGOING) or not (event.actors or event.recipients):
        return None
    if event.type is E.ASSAULT:
        if event.mode == "primitive" and _ARSON.search(quote(event.trigger)):
            return "arson"
        return _MODES.get(event.mode or "", "attack")
    return None


def template(kind: str, events: Iterable[Event], analysis: Analysis) -> dict[str, Any]:
    """The fills of one template: all participants, weapons and places its events name."""
    quote = analysis.article.quote
    slots: dict[str, list[str]] = {"PerpInd": [], "PerpOrg": [], "Target": [], "Victim": [], "Weapon": []}
    kinds = {actor.id: actor.kind for actor in analysis.actors}
    for event in events:
        for actor, span in zip(event.actors, event.actor_spans, strict=False):
            organization = kinds.get(actor) == "organization" or _ORGANIZATION.search(quote(span))
            slots["PerpOrg" if organization else "PerpInd"].append(clean(quote(span)))
        for span in event.recipient_spans:
            words = clean(quote(span))
            slots["Target" if _THINGS.search(words) else "Victim"].append(words)
        slots["Weapon"].extend(weapon.lower() for span in event.evidence for weapon in _weapons(span, analysis))
    filled = {
        role: [[words] for words in dict.fromkeys(fills) if words and not _PRONOUN.match(words)]
        for role, fills in slots.items()
    }
    return {"type": kind, **filled, "facts": facts(events, analysis)}


def facts(events: Iterable[Event], analysis: Analysis) -> dict[str, Any]:
    """Day, country, places and stage as far as resolved."""
    places = {place.id: place for place in analysis.places}
    times = {time.id: time for time in analysis.times}
    found = [places[event.place] for event in events if event.place in places]
    days = [times[event.time].first for event in events if event.time in times]
    return {
        "places": [place.name.upper() for place in found],
        "country": None,
        "date": next((day for day in days if day), None),
        "stage": "ACCOMPLISHED",
    }


def clean(words: str) -> str:
    """A fill as the key has it: small letters, no determiner."""
    return re.sub(
        r"^(?:the|a|an|his|her|their|some|several|two|three|four|five)\s+", "", " ".join(words.lower().split())
    )


def _weapons(span: Span, analysis: Analysis) -> list[str]:
    return _WEAPON.findall(analysis.article.quote(span))
