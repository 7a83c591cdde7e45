"""Which article was taken from which and what it changed: rows for a table, and the difference to read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sayso.model import Article, Change, ChangeKind, Copy, CopyKind, Span, content_id
from sayso.report.archive import Archive

KEPT = 7  # unchanged words shown on each side of a change
LONGEST = 45  # words of a stretch left out or put in that are shown
_REWORDED = frozenset({CopyKind.REWRITTEN, CopyKind.TRANSLATED})
_PLURALS = {ChangeKind.ADDITION: "additions"} | {
    kind: f"{kind}s" for kind in ChangeKind if kind is not ChangeKind.ADDITION
}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One thing that a copy tells otherwise, in the words of both."""

    kind: str
    before: str | None
    after: str | None
    detail: str


@dataclass(frozen=True, slots=True)
class CopyRow:
    """One article taken from another."""

    id: str
    article: str
    outlet: str | None
    title: str | None
    of: str
    of_outlet: str | None
    kind: str
    share: float
    passages: int
    changed: str  # how many changes of which kind; "" for none
    why: str
    evidence: str
    changes: tuple[ChangeRow, ...]


def copies(archive: Archive, article: str | None = None) -> list[CopyRow]:
    """Which article was taken from which, closest first; of one article what it was taken from, and from it."""
    found = (copy for copy in archive.links.copies if article in (None, copy.article, copy.of))
    return sorted((_row(archive, copy) for copy in found), key=lambda row: (-row.share, row.article))


def copy_id(copy: Copy) -> str:
    """A copy has no id of its own: it is its two articles."""
    return content_id("copy", copy.article, copy.of)


def copies_of(archive: Archive, id: str) -> list[Copy]:
    """The copies that a beginning of an id means: of a copy itself, or of either of its articles."""
    return [
        copy
        for copy in archive.links.copies
        if any(one.startswith(id) for one in (copy_id(copy), copy.article, copy.of))
    ]


def _row(archive: Archive, copy: Copy) -> CopyRow:
    article, of = archive.article(copy.article), archive.article(copy.of)
    longest = max((pair[0] for pair in copy.evidence), key=lambda span: span.end - span.start, default=None)
    return CopyRow(
        id=copy_id(copy),
        article=article.id,
        outlet=article.outlet,
        title=article.title,
        of=of.id,
        of_outlet=of.outlet,
        kind=copy.kind,
        share=round(copy.share, 3),
        passages=len(copy.evidence),
        changed=changed(copy.changes),
        why="; ".join(f"{reason.name}: {reason.detail}" if reason.detail else reason.name for reason in copy.reasons),
        evidence=archive.quote(longest),
        changes=tuple(_change(archive, change) for change in copy.changes),
    )


def _change(archive: Archive, change: Change) -> ChangeRow:
    before, after = (archive.quote(span) if span else None for span in (change.before, change.after))
    return ChangeRow(change.kind, before, after, change.detail)


def changed(changes: Sequence[Change]) -> str:
    """How many of which kind: "2 numbers, 1 source"."""
    counts = Counter(change.kind for change in changes)
    return ", ".join(
        f"{counts[kind]} {kind if counts[kind] == 1 else _PLURALS[kind]}" for kind in ChangeKind if counts[kind]
    )


# --------------------------------------------------------------------------- to read


def lines(archive: Archive, copy: Copy) -> Iterator[str]:
    """What was taken from where, why we think so, what was changed, and the difference of the two texts."""
    yield f"copy {copy_id(copy)}"
    yield f"  {copy.kind}, {copy.share:.0%} of its words"
    for name, id in (("article", copy.article), ("taken from", copy.of)):
        yield f"  {name} {id[:8]}: {archive.outlet(id)}: {archive.article(id).title or '(no title)'}"
    for reason in copy.reasons:
        yield f"    because {reason.name} ({reason.score:.2f}) {reason.detail}".rstrip()
    yield f"  changed: {changed(copy.changes) or 'nothing that we look for'}"
    for change in copy.changes:
        yield f"    {change.kind:10} {_told(archive, change)}"
    early, late = archive.article(copy.of), archive.article(copy.article)
    if copy.kind in _REWORDED:
        yield "  sentence beside sentence, original (-) and copy (+):"
        yield from _beside(early, late, copy)
    else:
        yield "  the difference, [-only in the original-] {+only in the copy+}:"
        yield from (f"    {line}" for line in difference(early, late))


def _told(archive: Archive, change: Change) -> str:
    row = _change(archive, change)
    before, after = (_short(text.split()) if text else None for text in (row.before, row.after))
    if before and after:
        return f"“{before}” → “{after}”" + (f" ({change.detail})" if "→" not in change.detail else "")
    return f"“{before or after}”" + (f" ({change.detail})" if change.detail else "")


def _beside(early: Article, late: Article, copy: Copy) -> Iterator[str]:
    for mine, theirs in copy.evidence:
        yield f"    - {_line(early, theirs)}"
        yield f"    + {_line(late, mine)}"
        yield ""


def _line(article: Article, span: Span) -> str:
    return " ".join(article.quote(span).split())


def difference(early: Article, late: Article) -> list[str]:
    """The two bodies as one, paragraph by paragraph; unchanged stretches are shortened to what stands at a change."""
    old, new = _words(early), _words(late)
    parts = []
    steps = SequenceMatcher(
        None, [w.casefold() for w in old], [w.casefold() for w in new], autojunk=False
    ).get_opcodes()
    for at, (act, a, b, c, d) in enumerate(steps):
        if act == "equal":
            parts.append(_same(old[a:b], at == 0, at == len(steps) - 1))
            continue
        gone, put = _short(old[a:b]), _short(new[c:d])
        parts.append((f"[-{gone}-]" if gone else "") + (" " if gone and put else "") + (f"{{+{put}+}}" if put else ""))
    return [line for part in " ".join(parts).split("¶") if (line := " ".join(part.split()))]


def _words(article: Article) -> list[str]:
    """The words of the body, the end of a paragraph as a word of its own."""
    return re.sub(r"\s*\n\s*\n\s*", " ¶ ", article.text[article.body :].strip()).split()


def _same(words: Sequence[str], first: bool, last: bool) -> str:
    head, tail = ([] if first else words[:KEPT]), ([] if last else words[-KEPT:])
    if len(words) <= 2 * KEPT + 4:
        return " ".join(words)
    return " ".join([*head, "…", *tail])


def _short(words: Sequence[str]) -> str:
    """A stretch, the middle of a long one left out."""
    told = [word for word in words if word != "¶"]
    if len(told) <= LONGEST:
        return " ".join(told)
    return " ".join([*told[: LONGEST // 2], f"… {len(told) - 2 * (LONGEST // 2)} words …", *told[-(LONGEST // 2) :]])
