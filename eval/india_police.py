"""Police activity by sentence, article and day: labels of events whose actor is the police."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from eval.harness import Figure, Line, read_jsonl, write_jsonl
from sayso.model import Analysis, Article, Event, EventType, Status

_GPT = "83.8 'GPT-5.6' zero-shot, 77.4 ConfliBERT, 60.2 keywords on dev; plain rules 72.0"
FIGURES = (
    Figure("documents, mean F1", ("docs", "mean_f1"), _GPT, 0.2243),
    Figure("sentences, mean F1", ("task1_sentences", "mean_f1"), "46.8 keywords; plain rules 57.5", 0.0513),
)
POLICE = re.compile(
    r"\b(?:police\w*|cops?|constables?|inspectors?|sub-inspectors?|jawans?|crpf|raf|srp|srpf|bsf|"
    r"security (?:forces|personnel)|(?:para-?military|reserve|action) forces?|cbi|law enforcement\w*)\b",
    re.IGNORECASE,
)
_KILLING = re.compile(r"\b(?:kill|die|dead|death|gunned|massacr|murder)", re.IGNORECASE)
_UNDONE = (Status.NEGATED, Status.HYPOTHETICAL, Status.DEMANDED, Status.THREATENED, Status.PLANNED)


def predict(folder: Path, line: Line, work: Path) -> list[str]:
    rows = read_jsonl(folder / "dev.jsonl")
    write_jsonl(work / "pred.jsonl", answers(rows, line))
    return [str(folder / "dev.jsonl"), str(work / "pred.jsonl")]


def answers(rows: Iterator[dict[str, Any]], line: Line) -> Iterator[dict[str, Any]]:
    """One prediction a document, from its own sentences."""
    while batch := list(islice(rows, 50)):
        articles = [
            Article(sentence["text"], id=f"{row['doc_id']}-{sentence['sent_id']}")
            for row in batch
            for sentence in row["sentences"]
        ]
        analyses = line.code(articles)
        for row in batch:
            found = [(sentence["sent_id"], labels(next(analyses))) for sentence in row["sentences"]]
            seen = sorted({label for _, told in found for label in told})
            yield {
                "doc_id": row["doc_id"],
                "labels": seen,
                "scores": {label: float(sum(label in told for _, told in found)) for label in seen},
                "sentences": [{"sent_id": number, "labels": sorted(told)} for number, told in found],
            }


def labels(analysis: Analysis) -> set[str]:
    """What the events of a sentence say that the police did."""
    told: set[str] = set()
    for event in analysis.events:
        told |= label(event, analysis)
    return told


def label(event: Event, analysis: Analysis) -> set[str]:
    """The labels of one event; arrests that name nobody are taken to be by the police."""
    quote = analysis.article.quote
    police = any(POLICE.search(quote(span)) for span in event.actor_spans)
    arrest = (event.type, event.mode) == (EventType.COERCE, "arrest")
    if police and (event.status is Status.NEGATED or event.type is EventType.REJECT):
        return {"FAIL"}
    if event.status in _UNDONE or not (police or (arrest and not event.actor_spans)):
        return set()
    found = {"ANY_ACTION"}
    if arrest:
        found.add("ARREST")
    if event.type is EventType.ASSAULT:
        found.add("FORCE")
        if _KILLING.search(quote(event.trigger)):
            found.add("KILL")
    return found
