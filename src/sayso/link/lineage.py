"""Who took what from whom, and whom each report goes back to: edges, the copies chosen of them, and origins.

Two articles have an edge when one may be a copy of the other or both give one report of an agency. Of all that an
article may be a copy of, one original is chosen; articles that copies or a common agency join are one origin.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from sayso.link.cards import Cards
from sayso.link.cluster import Pair, ordered
from sayso.link.copies import copy_of
from sayso.link.credit import credited_agencies
from sayso.link.graph import connected, touched_components
from sayso.link.likeness import day_gap
from sayso.link.neighbours import Found
from sayso.link.originals import choose_copies
from sayso.link.origins import SAME_DAYS, SAME_REPORT, make_origin
from sayso.link.profile import Profile, cosine
from sayso.link.verdicts import Verdicts
from sayso.model import Article, Copy, CopyKind, Links, Origin, Reason
from sayso.ports import Edge, Gone, Layer, LinkIndex
from sayso.text import fold, same_name

CARRIED = 0.08  # share of the shorter one's sampled runs of words that a copy has too, or
MANY = 5  # so many of them, whatever they are a share of
SHORT = 10  # sampled runs below which an article has too few to tell
REWRITE = 0.38  # cosine of an article and what may be a retelling of it,
REWRITE_DAYS = 7  # within these days,
LONG = 60  # of at least so many words
WORD_FOR_WORD = 0.5  # cosine above which an agency's own article and one that credits it are one report


class Text(NamedTuple):
    """What lineage reads of an article."""

    article: Article
    profile: Profile


def lineage_edge(one: Text, two: Text, found: Found, verdicts: Verdicts) -> Edge | None:
    """The edge of two articles, with the copy that one may be of the other, still without evidence."""
    pair = ordered(one.article.id, two.article.id)
    original = verdicts.copies.get(pair)
    if pair not in verdicts.no_copies and (original or may_be_copy(one.profile, two.profile, found.runs)):
        copy = copy_of(one.article, two.article, original, whole=False)
        if copy is not None:
            return Edge(Layer.LINEAGE, *pair, 1.0, json.dumps({"copy": _note(copy)}, ensure_ascii=False))
    agency = common_agency(one, two)
    return Edge(Layer.LINEAGE, *pair, 1.0, json.dumps({"agency": agency}, ensure_ascii=False)) if agency else None


def is_copy(edge: Edge) -> bool:
    """Whether one of the two may be a copy of the other, and not only of one agency."""
    return edge.note.startswith('{"copy"')


def may_descend(one: Profile, two: Profile, runs: int) -> bool:
    """Whether one may be taken from the other, or both from one agency: worth reading the texts."""
    return may_be_copy(one, two, runs) or _may_be_one_report(one, two)


def may_be_copy(one: Profile, two: Profile, runs: int) -> bool:
    """Whether one may be a copy of the other, by what is kept of both; `runs`: keys of sentences that they share."""
    return _may_carry(one, two, runs) or _may_retell(one, two)


def _may_carry(one: Profile, two: Profile, runs: int) -> bool:
    """Whether one may hold the other's words as they stood: far less than any copy holds, far more than a phrase."""
    fewer = min(len(one.runs), len(two.runs))
    if runs == 0 or fewer < SHORT:
        return runs > 0
    shared = len(one.runs & two.runs)
    return shared >= MANY or shared >= max(1, CARRIED * fewer)


def _may_retell(one: Profile, two: Profile) -> bool:
    """Whether one may be the other in other words: days, length and words allow it."""
    gap = day_gap(one, two)
    long = min(one.size, two.size) >= LONG
    return long and (gap is None or gap <= REWRITE_DAYS) and cosine(one.terms, two.terms) >= REWRITE


def _may_be_one_report(one: Profile, two: Profile) -> bool:
    """Whether both may carry one report of an agency; an unknown day never says so."""
    gap = day_gap(one, two)
    return gap is not None and gap <= SAME_DAYS and cosine(one.terms, two.terms) >= SAME_REPORT


def _note(copy: Copy) -> list[object]:
    reasons = [[reason.name, reason.score, reason.detail] for reason in copy.reasons]
    return [copy.article, copy.of, copy.kind.value, copy.share, reasons]


def _copy_of_note(note: Sequence[object]) -> Copy:
    article, of, kind, share, reasons = note
    assert isinstance(reasons, list) and isinstance(share, float | int) and isinstance(kind, str)
    return Copy(str(article), str(of), CopyKind(kind), float(share), (), tuple(Reason(*reason) for reason in reasons))


def common_agency(one: Text, two: Text) -> str | None:
    """The agency whose one report two articles carry: they credit it, or one is its own, and their words agree."""
    left, right = one.article, two.article
    days = one.profile.published, two.profile.published
    if days[0] is None or days[1] is None or abs(days[0] - days[1]) > SAME_DAYS:
        return None
    if fold(left.outlet or "") == fold(right.outlet or " "):
        return None
    named = [credited_agencies(article) for article in (left, right)]
    if not (named[0] or named[1]):
        return None
    both = bool(named[0] and named[1])
    sources = [
        names | ({fold(article.outlet)} if article.outlet else set())
        for names, article in zip(named, (left, right), strict=True)
    ]
    shared = sorted(x for x in sources[0] for y in sources[1] if same_name(x, y))
    if not shared or cosine(one.profile.terms, two.profile.terms) < (SAME_REPORT if both else WORD_FOR_WORD):
        return None
    return shared[0]


# --------------------------------------------------------------------------- relinking a neighbourhood


def relink_lineage(
    index: LinkIndex, cards: Cards, fresh: set[str], lost: Iterable[str], verdicts: Verdicts
) -> frozenset[str]:
    """Choose copies and origins again where something may have changed; the articles that go back to another one now.

    An origin that only grows is to its other articles what it was.
    """
    changed: set[str] = set()
    for component in touched_components(index, Layer.LINEAGE, fresh, lost):
        notes = {(edge.left, edge.right): json.loads(edge.note) for edge in component.edges}
        options: dict[str, list[Copy]] = defaultdict(list)
        for note in notes.values():
            if "copy" in note:
                copy = _copy_of_note(note["copy"])
                options[copy.article].append(copy)
        changed |= _regroup(index, cards, sorted(component.nodes), options, notes, fresh, verdicts)
    return frozenset(changed)


def _regroup(
    index: LinkIndex,
    cards: Cards,
    group: Sequence[str],
    options: Mapping[str, Sequence[Copy]],
    notes: Mapping[Pair, Mapping[str, object]],
    fresh: set[str],
    verdicts: Verdicts,
) -> set[str]:
    """Copies and origins of one component."""
    own = {id: options[id] for id in group if id in options}
    published = {id: article.published for id, article in cards.articles(group).items()} if own else {}
    chosen = choose_copies(own, published)
    before = {(copy.article, copy.of): copy for copy in index.copies(group)}
    made = [
        copy
        for copy in chosen
        if fresh & {copy.article, copy.of} or not _same_copy(before.get((copy.article, copy.of)), copy)
    ]
    kept = {(copy.article, copy.of) for copy in chosen} - {(copy.article, copy.of) for copy in made}
    agencies = {pair: str(note["agency"]) for pair, note in notes.items() if "agency" in note}
    origins, old = _origins(index, cards, group, chosen, agencies, fresh)
    gone = Gone(copies=tuple(sorted(before.keys() - kept)), origins=tuple(origin.id for origin in old))
    index.change(gone, Links(copies=tuple(_with_evidence(copy, cards, verdicts) for copy in made), origins=origins))
    was, now = _roots(old), _roots(origins)
    return {id for id in was.keys() | now.keys() if was.get(id) != now.get(id)}


def _roots(origins: Iterable[Origin]) -> dict[str, tuple[str, str, str | None]]:
    """What an article's incidents know of its origin: id, name and first day."""
    return {id: (origin.id, origin.name, origin.first) for origin in origins for id in origin.articles}


def _same_copy(before: Copy | None, now: Copy) -> bool:
    return before is not None and (before.kind, before.share) == (now.kind, now.share)


def _with_evidence(copy: Copy, cards: Cards, verdicts: Verdicts) -> Copy:
    """The copy whole, read again from the two texts."""
    original = verdicts.copies.get(ordered(copy.article, copy.of))
    texts = cards.articles([copy.article, copy.of])
    whole = copy_of(texts[copy.article], texts[copy.of], original)
    if whole is None:
        return copy
    if whole.article == copy.article:
        return replace(whole, reasons=copy.reasons)
    return replace(copy, evidence=tuple((own, other) for other, own in whole.evidence), changes=())


def _origins(
    index: LinkIndex,
    cards: Cards,
    group: Sequence[str],
    chosen: Sequence[Copy],
    agencies: Mapping[Pair, str],
    fresh: set[str],
) -> tuple[tuple[Origin, ...], list[Origin]]:
    """The origins of a component that are new or changed, and those they replace."""
    why: dict[str, str] = {}
    for copy in chosen:
        why[copy.article] = why[copy.of] = "copies"
    for (left, right), agency in sorted(agencies.items()):
        why[left] = why[right] = f"credits {agency}"
    pairs = [*agencies, *((copy.article, copy.of) for copy in chosen)]
    before = {origin.id: origin for origin in index.origins(group)}
    taken = {copy.article for copy in chosen}
    made = []
    kept = set()
    for members in connected(group, pairs):
        origin = make_origin(list(cards.articles(members).values()), taken, why)
        if before.get(origin.id) == origin and not fresh & set(members):
            kept.add(origin.id)
        else:
            made.append(origin)
    return tuple(made), [origin for id, origin in sorted(before.items()) if id not in kept]
