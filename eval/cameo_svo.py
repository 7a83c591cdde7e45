"""Who did what to whom in a sentence: class from the main event's quad, spans from all its participants."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eval.harness import Figure, Line, read_jsonl, write_jsonl
from eval.plover_codes import cameo_root
from sayso.model import Analysis, Article, Event, EventType, Span, Status

FIGURES = (
    Figure("penta macro F1", ("penta", "macro_f1"), "89.5 ConfliBERT fine-tuned; plain rules 64.7", 0.0778),
    Figure("actors F1", ("actors", "f1"), "74.0 ConfliBERT fine-tuned", 0.0),
    Figure("actors_any F1", ("actors_any", "f1"), "-", 0.0),
)
# The five classes follow CAMEO: 03-05 are 1, 06-08 (yielding included) 2, 09-13 and 16 (relations reduced) 3,
# 14, 15 and 17-20 are 4; statements (01) and appeals (02) are 0, which PLOVER files under REQUEST unless they demand.
PENTA = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT", "CONCEDE"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION"), 3),
    **dict.fromkeys(("PROTEST", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
_DEMANDS = ("demand", "order", "insist", "request", "ask", "instruct", "press")


def predict(folder: Path, line: Line, work: Path) -> list[str]:
    rows = list(read_jsonl(folder / "dev.jsonl"))
    analyses = line.code(Article(row["text"], id=row["id"]) for row in rows)
    write_jsonl(work / "pred.jsonl", (answer(row, analysis) for row, analysis in zip(rows, analyses, strict=True)))
    return [str(folder / "dev.jsonl"), str(work / "pred.jsonl")]


def answer(row: dict[str, Any], analysis: Analysis) -> dict[str, Any]:
    """The main event's class and participants over the row's own tokens."""
    events = analysis.events
    if not events:
        return {"id": row["id"], "penta": 0, "spans": []}
    best = max(events, key=weight)
    tokens = locate(row["text"], row["tokens"]) if row.get("tokens") else []
    both = best.type is EventType.CONSULT and not best.recipient_spans and len(best.actor_spans) > 1
    found = [("R" if both else "S", span) for span in best.actor_spans] + [("T", span) for span in best.recipient_spans]
    spans = [{"role": role, **reach} for role, span in found if (reach := _over(span, tokens))]
    return {"id": row["id"], "penta": penta(best, analysis), "spans": spans}


def penta(event: Event, analysis: Analysis) -> int:
    """The class of an event by the table above."""
    appeal = not analysis.article.quote(event.trigger).lower().startswith(_DEMANDS)
    if event.type is EventType.REQUEST and event.mode == "change" and appeal:
        return 0
    return PENTA[cameo_root(event)]


def weight(event: Event) -> tuple[float, int]:
    """The main event: told as done, with both participants, in the widest clause."""
    done = event.status in (Status.OCCURRED, Status.ONGOING, Status.PLANNED)
    width = sum(span.end - span.start for span in event.evidence)
    return bool(event.actor_spans) + 0.7 * bool(event.recipient_spans) + 0.4 * done + width / 400, -event.trigger.start


def locate(text: str, tokens: list[str]) -> list[tuple[int, int]]:
    """Where each token stands in the text; a token not found is empty at the point reached."""
    found, at = [], 0
    for token in tokens:
        start = text.find(token, at)
        if start < 0:
            found.append((at, at))
            continue
        at = start + len(token)
        found.append((start, at))
    return found


def _over(span: Span, tokens: list[tuple[int, int]]) -> dict[str, int] | None:
    inside = [number for number, (first, last) in enumerate(tokens) if first < span.end and span.start < last]
    return {"start": inside[0], "end": inside[-1] + 1} if inside else None
