"""PolNeAR: who is cited for what in political news.

The corpus flattens nesting (each token belongs to one attribution at most) and marks a relative pronoun as the source
of its clause; both conventions are mapped here, nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.harness import Figure, Line, read_jsonl, write_jsonl
from sayso.model import Analysis, Article, Claim, Span

FIGURES = (
    Figure("attribution F1", ("attribution", "F"), "0.653 learned ranking, 0.553 rules", 0.0),
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
    write_jsonl(out, map(to_row, line.code(articles)))
    return ["dev.jsonl", str(out)]


def to_row(analysis: Analysis) -> dict[str, Any]:
    """An article's claims in the corpus's layout, the outermost of nested ones only."""
    claims = analysis.claims
    kept = [claim for claim in claims if not any(_holds(other, claim) for other in claims if other is not claim)]
    return {"id": analysis.article.id, "attributions": [_attribution(analysis.article, claim) for claim in kept]}


def _holds(outer: Claim, inner: Claim) -> bool:
    cue = inner.chain[-1].cue
    return cue is not None and any(piece.covers(cue) for piece in outer.content)


def _attribution(article: Article, claim: Claim) -> dict[str, Any]:
    link = claim.chain[-1]
    source = _relative(article, link.span, link.cue) if link.span and link.cue else link.span
    return {
        "source": _pairs([source] if source else []),
        "cue": _pairs([link.cue] if link.cue else []),
        "content": _pairs(claim.content),
    }


def _relative(article: Article, source: Span, cue: Span) -> Span:
    """The relative pronoun between an antecedent and its cue, which the corpus marks as the source."""
    between = article.text[source.start : cue.start]
    found = re.search(r"\bwhom?(?=\s+$)", between)
    if found is None:
        found = re.compile(r",? ?\b(?:who|whom|which|that)\b(?=[^.,;:\"“”]*$)").match(
            between, source.end - source.start
        )
    if found is None:
        return source
    end = source.start + found.end()
    return Span(article.id, end - len(found[0].lstrip(", ")), end)


def _pairs(spans: Sequence[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
