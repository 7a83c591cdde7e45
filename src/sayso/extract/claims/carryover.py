"""Tells what "it" is, which says something after somebody else did: what that source is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.model import ClaimDraft, LinkDraft, Parsed, SourceKind

_NEAR = 2  # sentences back
_THINGS = frozenset({SourceKind.OFFICE, SourceKind.MEDIA, SourceKind.AGENCY, SourceKind.DOCUMENT})
_BODIES = _THINGS | {SourceKind.ORGANIZATION}


def with_carried_kinds(parsed: Parsed, drafts: Sequence[ClaimDraft]) -> tuple[ClaimDraft, ...]:
    """Claims in which "it" has the kind of the body or document that spoke last before it."""
    if not any(_is_it(parsed, link) for draft in drafts for link in draft.chain):
        return tuple(drafts)
    sources = sorted(
        (
            (link.source.start, link)
            for draft in drafts
            for link in draft.chain
            if link.source and not _is_it(parsed, link)
        ),
        key=lambda found: found[0],
    )
    return tuple(
        replace(draft, chain=tuple(_carried(parsed, link, sources) for link in draft.chain)) for draft in drafts
    )


def _is_it(parsed: Parsed, link: LinkDraft) -> bool:
    return link.source is not None and parsed.article.quote(link.source).lower() in ("it", "its")


def _carried(parsed: Parsed, link: LinkDraft, sources: Sequence[tuple[int, LinkDraft]]) -> LinkDraft:
    if not _is_it(parsed, link) or link.source is None or link.kind is not SourceKind.ORGANIZATION:
        return link
    start = link.source.start
    for at, other in reversed(sources):
        if at < start and other.kind in _BODIES:
            near = sum(at < parsed.start[first] <= start for first, _ in parsed.sents) <= _NEAR
            return replace(link, kind=other.kind) if near and other.kind in _THINGS else link
    return link
