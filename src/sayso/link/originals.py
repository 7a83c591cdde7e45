"""Of all the reports that a copy may have been taken from, the one that it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sayso.model import Copy, CopyKind


def choose_copies(options: Mapping[str, Sequence[Copy]], published: Mapping[str, str | None]) -> list[Copy]:
    """Each copy with the original it fits best, or with all that analysts name; `options` by the copy's article."""
    best = {id: min(options[id], key=lambda copy: _preference(copy, published)) for id in sorted(options)}
    copies = {id: _from_source(best[id], best, options[id]) for id in sorted(best)}
    copies.update(_left_alone(copies, options))
    found = {(copy.article, copy.of): copy for copy in copies.values()}
    found |= {(copy.article, copy.of): copy for held in options.values() for copy in held if _is_judged(copy)}
    return [found[pair] for pair in sorted(found)]


def _is_judged(copy: Copy) -> bool:
    return any(reason.name == "judgement" for reason in copy.reasons)


def _preference(copy: Copy, published: Mapping[str, str | None]) -> tuple[object, ...]:
    """Of several originals: the judged, then the credited, then the one that explains more words, then the earliest."""
    names = {reason.name for reason in copy.reasons}
    return (
        "judgement" not in names,
        "credit" not in names,
        -round(copy.share, 1),
        published.get(copy.of) or "9999",
        -copy.share,
        copy.of,
    )


def _from_source(copy: Copy, best: Mapping[str, Copy], options: Sequence[Copy]) -> Copy:
    """Of a text and its copies, all as near, the text: nothing then says that the copy was the source."""
    above = best.get(copy.of)
    if above is None or {"credit", "judgement"} & {reason.name for reason in copy.reasons}:
        return copy
    return next((one for one in options if one.of == above.of and one.share >= copy.share - 0.1), copy)


def _left_alone(copies: Mapping[str, Copy], options: Mapping[str, Sequence[Copy]]) -> Iterator[tuple[str, Copy]]:
    """Carriers of a text that was taken from elsewhere: what seemed their copy has another source, so they are its."""
    related = {*copies, *(copy.of for copy in copies.values())}
    for id in sorted(options):
        for one in options[id]:
            if one.kind is CopyKind.EXACT and one.of not in related:
                yield one.of, replace(one, article=one.of, of=id, evidence=tuple((of, own) for own, of in one.evidence))
