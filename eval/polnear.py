"""PolNeAR: who is cited for what in political news.

The corpus flattens nesting (each token belongs to one attribution at most) and marks a relative pronoun as the source
of its clause; both conventions are mapped here, nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.harness import Figure, Line, read_jsonl, write_jsonl
from sayso.extract.attribution import find_claims
from sayso.model import Article, ClaimDraft, Parsed, Span

FIGURES = (
    Figure("attribution F1", ("attribution", "F"), "0.653 learned ranking, 0.553 rules (findings.md)", 0.0),
    Figure("attribution precision", ("attribution", "P"), "0.677 learned ranking", 0.0),
    Figure("attribution recall", ("attribution", "R"), "0.630 learned ranking", 0.0),
    Figure("recall direct", ("recall.direct", "R"), "0.81 learned ranking, 0.97 annotators", 0.0),
    Figure("recall mixed", ("recall.mixed", "R"), "0.78 learned ranking", 0.0),
    Figure("recall indirect", ("recall.indirect", "R"), "0.64 learned ranking", 0.0),
)


def predict(folder: Path, line: Line, work: Path) -> list[str]:
    rows = list(read_jsonl(folder / "dev.jsonl"))
    articles = [Article(row["text"], id=row["id"], title=row.get("title")) for row in rows]
    out = work / "pred.jsonl"
    write_jsonl(out, (to_row(parsed, find_claims(parsed, ())) for parsed in line.parse(articles)))
    return ["dev.jsonl", str(out)]


def to_row(parsed: Parsed, claims: Sequence[ClaimDraft]) -> dict[str, Any]:
    """An article's claims in the corpus's layout, the outermost of nested ones only."""
    kept = [claim for claim in claims if not any(_holds(other, claim) for other in claims if other is not claim)]
    return {"id": parsed.article.id, "attributions": [_attribution(parsed, claim) for claim in kept]}


def _holds(outer: ClaimDraft, inner: ClaimDraft) -> bool:
    cue = inner.chain[-1].cue
    return cue is not None and any(piece.covers(cue) for piece in outer.content)


def _attribution(parsed: Parsed, claim: ClaimDraft) -> dict[str, Any]:
    link = claim.chain[-1]
    source = _relative(parsed, link.source, link.cue) if link.source and link.cue else link.source
    return {
        "source": _pairs([source] if source else []),
        "cue": _pairs([link.cue] if link.cue else []),
        "content": _pairs(claim.content),
    }


def _relative(parsed: Parsed, source: Span, cue: Span) -> Span:
    """The relative pronoun between an antecedent and its cue, which the corpus marks as the source."""
    before = (parsed.token_at(cue.start) or 0) - 1
    if before >= 0 and parsed.tag[before] == "WP" and source.start < parsed.start[before]:
        return parsed.span(before, before)
    return source


def _pairs(spans: Sequence[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
