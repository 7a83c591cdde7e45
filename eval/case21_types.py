"""ACLED-style type of a snippet: an explicit mapping from the gravest PLOVER event in it.

Types that PLOVER does not know (organised crime, disasters, claims of responsibility, new headquarters) get no answer.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eval.harness import Figure, Line, read_jsonl, write_jsonl
from sayso.model import Analysis, Article, Event, EventType, Status

FIGURES = (
    Figure("weighted F1, 25 types", ("subtask1", "weighted_f1"), "83.9 best team, trained on ACLED notes", 0.0118),
    Figure(
        "weighted F1, 30 types", ("subtask3", "weighted_f1"), "77.1 best team; words + SVM cross-fitted 60.9", 0.0079
    ),
)
E = EventType
# (type, mode) to ACLED type; (type, None) stands for every other mode. Order is gravity: the first found is reported.
MAPPING: dict[tuple[EventType, str | None], str] = {
    (E.ASSAULT, "suicide-attack"): "SUIC_BOMB",
    (E.ASSAULT, "sexual"): "SEX_VIOL",
    (E.ASSAULT, "abduct"): "ABDUCT_DISSAP",
    (E.ASSAULT, "unconventional"): "CHEM_WEAP",
    (E.ASSAULT, "aerial"): "AIR_STRIKE",
    (E.ASSAULT, "drone"): "AIR_STRIKE",
    (E.ASSAULT, "heavy-weapons"): "ART_MISS_ATTACK",
    (E.ASSAULT, "crowd-control"): "FORCE_AGAINST_PROTEST",
    (E.ASSAULT, "explosives"): "REM_EXPLOS",
    (E.ASSAULT, "destroy"): "PROPERTY_DISTRUCT",
    (E.RETREAT, "disarm"): "DISR_WEAP",
    (E.ASSAULT, None): "ATTACK",
    (E.PROTEST, "riot"): "VIOL_DEMONSTR",
    (E.COERCE, "arrest"): "ARREST",
    (E.PROTEST, None): "PEACE_PROTEST",
    (E.RETREAT, "withdraw"): "NON_VIOL_TERRIT_TRANSFER",
    (E.COERCE, "seize"): "NON_STATE_ACTOR_OVERTAKES_TER",
    (E.MOBILIZE, None): "CHANGE_TO_GROUP_ACT",
    (E.SUPPORT, None): "AGREEMENT",
    (E.AGREE, None): "AGREEMENT",
    (E.CONCEDE, None): "AGREEMENT",
    (E.RETREAT, "ceasefire"): "AGREEMENT",
    (E.SANCTION, None): "DIPLO",
    (E.CONSULT, None): "DIPLO",
    (E.ACCUSE, None): "DIPLO",
    (E.THREATEN, None): "DIPLO",
    (E.REJECT, None): "DIPLO",
    (E.COERCE, "restrict"): "DIPLO",
}
_GRAVITY = {name: order for order, name in enumerate(MAPPING)}
_CLASH = ("clash", "battle", "fight", "skirmish", "combat", "exchange", "gunbattle", "firefight", "shootout")
_ARMED = ("soldier", "troop", "force", "army", "rebel", "militant", "fighter", "guerrilla", "insurgent", "taliban")
_WEAPONS = ("weapon", "explosive", "ammunition", "rifle", "gun", "bomb", "mine", "grenade", "missile", "rocket")
_STATE = ("government", "army", "security forces", "troops", "military", "police")
_HAND = ("beat", "primitive")


def predict(folder: Path, line: Line, work: Path) -> list[str]:
    rows = list(read_jsonl(folder / "dev.jsonl"))
    analyses = line.code(Article(row["text"], id=row["id"]) for row in rows)
    write_jsonl(work / "pred.jsonl", (answer(row, analysis) for row, analysis in zip(rows, analyses, strict=True)))
    return [str(folder / "dev.jsonl"), str(work / "pred.jsonl")]


def answer(row: dict[str, Any], analysis: Analysis) -> dict[str, Any]:
    """The snippet's type by its gravest event that is told as done; null where the mapping has none."""
    told = (Status.OCCURRED, Status.ONGOING, Status.HISTORICAL, Status.PLANNED)
    events = [event for event in analysis.events if event.status in told and key(event) in MAPPING]
    if not events:
        return {"id": row["id"], "type": None}
    best = min(events, key=lambda event: (_GRAVITY[key(event)], event.trigger.start))
    return {"id": row["id"], "type": acled(best, events, analysis)}


def key(event: Event) -> tuple[EventType, str | None]:
    exact = (event.type, event.mode)
    return exact if exact in MAPPING else (event.type, None)


def acled(best: Event, events: list[Event], analysis: Analysis) -> str:
    """The mapped type, refined by who takes part and what is used, as ACLED's definitions ask."""
    name = MAPPING[key(best)]
    words = analysis.article.text[best.evidence[0].start : best.evidence[0].end].lower()
    protest = any(event.type is E.PROTEST for event in events)
    if name == "REM_EXPLOS" and "grenade" in words:
        return "GRENADE"
    if name == "NON_STATE_ACTOR_OVERTAKES_TER":
        taken = " ".join(analysis.article.quote(span).lower() for span in best.recipient_spans)
        if any(word in taken for word in _WEAPONS):
            return "DISR_WEAP"
        by = " ".join(analysis.article.quote(span).lower() for span in best.actor_spans)
        return "GOV_REGAINS_TERIT" if any(word in by for word in _STATE) else name
    if name == "PROPERTY_DISTRUCT" and any(word in words for word in _WEAPONS):
        return "DISR_WEAP"
    if name == "FORCE_AGAINST_PROTEST" and any(event.mode == "riot" for event in events):
        return "VIOL_DEMONSTR"
    if name == "ARREST" and protest:
        return "PROTEST_WITH_INTER"
    if name == "ATTACK":
        trigger = analysis.article.quote(best.trigger).lower()
        sides = " ".join(analysis.article.quote(span).lower() for span in (*best.actor_spans, *best.recipient_spans))
        if any(word in trigger for word in _CLASH) or sum(word in sides for word in _ARMED) > 1:
            return "VIOL_DEMONSTR" if protest else "ARMED_CLASH"
        if best.mode in _HAND:
            return "MOB_VIOL"
    return name
