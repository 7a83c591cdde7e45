"""Which report was taken from which: exact, edited, excerpted, rewritten or translated copies, with aligned passages.

A pair is a copy by its words outside quotation marks, since two reporters in one room quote the same statement; or,
with no passage in common, when sentence after sentence retells the other in its order. The rules look at the two texts
alone, never at the rest of the archive, so that a third report can neither make nor unmake a copy. What is not certain
is no copy.
"""

from __future__ import annotations

from sayso.link.changes import find_changes
from sayso.link.direction import direct
from sayso.link.kinds import Likeness, kind_of, likenesses
from sayso.link.told import read_told
from sayso.model import Article, Copy, CopyKind, Reason, Span

EVIDENCE = 40  # aligned passages kept


def copy_of(one: Article, two: Article, judged: str | None = None, whole: bool = True) -> Copy | None:
    """The copy relation of two articles, None if there is none; `judged` is the original where an analyst named it.

    What the copy changed and the passages that show it are left out unless it is wanted `whole`.
    """
    one, two = sorted((one, two), key=lambda article: (article.id, article.text))
    likes = likenesses(read_told(one), read_told(two))
    kinds = _kind(likes[0], one, two), _kind(likes[1], two, one)  # of the first as the copy, of the second
    if kinds == (None, None) and not judged:
        return None
    early, late, reasons = _judged(one, two, judged) if judged else direct(one, two)
    like, kind = (likes[0], kinds[0] or _turned(kinds[1])) if late is one else (likes[1], kinds[1] or _turned(kinds[0]))
    retold = like.retold.share if like.retold else 0.0
    share = max(like.left, retold) if kind in (CopyKind.REWRITTEN, CopyKind.TRANSLATED, None) else like.left
    return Copy(
        article=late.id,
        of=early.id,
        kind=kind or CopyKind.REWRITTEN,
        share=round(min(1.0, share), 4),
        evidence=_evidence(late, early, like) if whole else (),
        reasons=(*_reasons(like, kind), *reasons),
        changes=() if kind is CopyKind.EXACT or not whole else find_changes(late, early, kind or CopyKind.REWRITTEN),
    )


def _judged(one: Article, two: Article, original: str) -> tuple[Article, Article, tuple[Reason, ...]]:
    early, late = (one, two) if one.id == original else (two, one)
    return early, late, (Reason("judgement", 1.0, "an analyst says that it is a copy, and of which"),)


def _turned(kind: CopyKind | None) -> CopyKind | None:
    """The kind seen from the other side: who came first does not unmake a copy."""
    return CopyKind.EDITED if kind is CopyKind.EXCERPT else kind


def _kind(like: Likeness, late: Article, early: Article) -> CopyKind | None:
    return kind_of(like, read_told(late), read_told(early))


# --------------------------------------------------------------------------- evidence


def _evidence(late: Article, early: Article, like: Likeness) -> tuple[tuple[Span, Span], ...]:
    left, right = read_told(late), read_told(early)
    found = [(p.left, p.left + p.size - 1, p.right, p.right + p.size - 1) for p in like.passages]
    if like.retold is not None and like.left < 0.35:
        found += [(one.first, one.last, two.first, two.last) for one, two in like.retold.pairs]
    longest = sorted(found, key=lambda row: (row[0] - row[1], row))[:EVIDENCE]
    return tuple(
        (Span(late.id, left.start[a], left.end[b]), Span(early.id, right.start[c], right.end[d]))
        for a, b, c, d in sorted(longest)
    )


def _reasons(like: Likeness, kind: CopyKind | None) -> tuple[Reason, ...]:
    words = Reason("words", round(like.left, 3), f"{like.left:.0%} of its own words there, {like.right:.0%} back")
    if kind in (CopyKind.REWRITTEN, CopyKind.TRANSLATED) and like.retold is not None:
        told = like.retold
        return (words, Reason("order", round(told.order, 3), f"{len(told.pairs)} sentences retold in the same order"))
    return (words, Reason("passage", float(like.longest), f"longest common passage of {like.longest} words"))
