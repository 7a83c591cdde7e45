"""Finds who is reported to say what, with the chain of sources.

parse ─▶ propose ─▶ widen by quotes ─▶ weigh ─▶ speakers, go_on ─▶ chains ─▶ drafts
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sayso.extract.chains import Chained, nest
from sayso.extract.clauses import Range, has_word
from sayso.extract.colons import headings
from sayso.extract.cues import priors
from sayso.extract.direct import Quoted, go_on, quotation_at, quoted_ranges, speakers, widen
from sayso.extract.drafting import draft_all
from sayso.extract.propose import Constructions, propose
from sayso.extract.quoting import mend
from sayso.extract.relays import join_citations, with_relays
from sayso.extract.sayings import Saying
from sayso.extract.sieve import is_claim
from sayso.extract.sources import is_own_reporter, participants
from sayso.model import ClaimDraft, Mention, Parsed

_FIRST_PERSON = frozenset({"i", "we", "me", "my", "our", "us"})
_SURE = ("phrase", "colon")  # constructions that need no weighing


def find_claims(parsed: Parsed, mentions: tuple[Mention, ...] = ()) -> tuple[ClaimDraft, ...]:
    """Every claim of an article, in the order of their content."""
    if not len(parsed):
        return ()
    quotes = quoted_ranges(parsed)
    likely = (saying for saying in candidates(parsed, priors().constructions) if may_pass(saying))
    kept = choose(weigh(widen(saying, quotes) for saying in likely))
    kept = drop_descriptions(kept)
    kept += speakers(parsed, quotes, kept)
    kept += headings(parsed, quotes, kept)
    kept = mend(parsed, quotes, drop_repeats(go_on(parsed, quotes, kept)))
    kept = [with_relays(parsed, saying) for saying in join_citations(parsed, kept)]
    known = participants(parsed, mentions)
    told = [one for one in nest(parsed, kept, known) if _is_told(parsed, one, quotes)]
    return draft_all(parsed, told, quotes, known)


def candidates(parsed: Parsed, constructions: Constructions | None = None) -> Iterable[Saying]:
    """What the grammar proposes, without what an outlet's own people saw and what names no source at all."""
    for saying in propose(parsed, constructions):
        link = saying.links[-1]
        if is_own_reporter(parsed, link.head, saying.lemma):
            continue
        if link.head is None and not _may_be_sourceless(saying):
            continue
        if is_claim(parsed, saying):
            yield saying


def _may_be_sourceless(saying: Saying) -> bool:
    return (
        saying.part == "phrase"
        or "passive" in saying.frame
        or (saying.part == "noun" and not saying.frame.startswith("prep"))
    )


def weigh(sayings: Iterable[Saying]) -> list[Saying]:
    """Each saying with the share of cases in which its word, in this construction, introduces somebody's words."""
    fitted = priors()
    weighed = []
    for saying in sayings:
        if saying.part in _SURE:
            weighed.append(saying)
            continue
        share = fitted.share(saying.part, saying.lemma, saying.frame, saying.entry is not None)
        if saying.entry is not None and saying.entry.sure and saying.links[-1].head is not None:
            share = max(share, 0.5)
        weighed.append(replace(saying, share=min(share, saying.share)))
    return weighed


def may_pass(saying: Saying) -> bool:
    """Whether a saying could still be likely enough, be it that its content turns out to be a quotation."""
    if saying.part in _SURE or saying.frame in ("clause", "aside", "object"):
        return True
    fitted = priors()
    if saying.entry is not None and saying.entry.sure:
        return True
    return fitted.share(saying.part, saying.lemma, saying.frame, saying.entry is not None) >= fitted.floor


def choose(sayings: Iterable[Saying]) -> list[Saying]:
    """The best saying of each cue, if it is likely enough."""
    best: dict[int, Saying] = {}
    floor = priors().floor
    for saying in sayings:
        known = best.get(saying.cue)
        if saying.share >= floor and (known is None or saying.share > known.share):
            best[saying.cue] = saying
    return list(best.values())


def drop_descriptions(sayings: Sequence[Saying]) -> list[Saying]:
    """Leaves out what only describes another's source: "an official who asked not to be named"."""
    named = [link.source for saying in sayings for link in saying.links if link.source]
    return [
        saying
        for saying in sayings
        if saying.frame in ("clause", "quote") or not any(first < saying.cue <= last for first, last in named)
    ]


def drop_repeats(sayings: Sequence[Saying]) -> list[Saying]:
    """Of two sayings with nearly the same content only the likelier: the other is a misreading."""
    kept: list[Saying] = []
    for saying in sorted(sayings, key=lambda one: (-one.share, one.cue)):
        if not any(_repeats(saying, other) for other in kept):
            kept.append(saying)
    return sorted(kept, key=lambda one: one.cue)


def _repeats(one: Saying, other: Saying) -> bool:
    """Nearly the same content, and neither is said within the other."""
    return (
        _alike(one.content, other.content)
        and not any(first <= one.cue <= last for first, last in other.content)
        and not any(first <= other.cue <= last for first, last in one.content)
    )


def _alike(one: Sequence[Range], other: Sequence[Range]) -> bool:
    if one[0][0] > other[-1][1] or other[0][0] > one[-1][1]:
        return False
    shared = sum(max(0, min(b, d) - max(a, c) + 1) for a, b in one for c, d in other)
    total = sum(last - first + 1 for first, last in (*one, *other)) - shared
    return shared > 0.8 * total


def _is_told(parsed: Parsed, one: Chained, quotes: Sequence[Quoted]) -> bool:
    """Whether a claim is worth telling: not one in a quotation whose speaker is unknown, nor "I think" in it."""
    link, around = one.saying.links[-1], quotation_at(quotes, one.saying.cue)
    if around is not None and not one.inner and around.last - around.first > 4:
        return False
    if around is not None and link.head is not None and parsed.text[link.head].lower() in _FIRST_PERSON:
        return False
    return any(has_word(parsed, *piece) for piece in one.saying.content)
