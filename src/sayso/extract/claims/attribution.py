"""Finds who is reported to say what, with the chain of sources.

parse ─▶ propose ─▶ rank all readings ─▶ speakers, go_on ─▶ chains ─▶ drafts
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sayso.extract.claims.asides import reread
from sayso.extract.claims.carryover import with_carried_kinds
from sayso.extract.claims.chains import Chained, nest
from sayso.extract.claims.citations import join_citations
from sayso.extract.claims.colons import headings, signed
from sayso.extract.claims.direct import Quoted, go_on, quotation_at, quoted_ranges, speakers
from sayso.extract.claims.drafting import draft_all
from sayso.extract.claims.echoes import resolve_echoes, with_echoes
from sayso.extract.claims.finding import find_sayings
from sayso.extract.claims.headlines import closings, to_the_end
from sayso.extract.claims.insertions import join_insertions
from sayso.extract.claims.participants import participants
from sayso.extract.claims.quoting import mend
from sayso.extract.claims.relays import with_relays
from sayso.extract.claims.sayings import Saying
from sayso.extract.claims.spans import fit
from sayso.extract.claims.speakers import beside, stated, with_narrated
from sayso.extract.claims.subjects import reseat
from sayso.extract.clauses import Range, has_word
from sayso.model import ClaimDraft, Mention, Parsed

_DESCRIBING = frozenset({"relcl", "acl", "xcomp", "conj", "advcl", "ccomp", "pcomp", "amod"})
_STRETCH = 32  # tokens
_FIRST_PERSON = frozenset({"i", "we", "me", "my", "our", "us"})


def find_claims(parsed: Parsed, mentions: tuple[Mention, ...] = ()) -> tuple[ClaimDraft, ...]:
    """Every claim of an article, in the order of their content."""
    if not len(parsed):
        return ()
    quotes = quoted_ranges(parsed)
    kept = to_the_end(parsed, drop_descriptions(parsed, reseat(parsed, find_sayings(parsed, quotes))))
    kept = reread(parsed, quotes, beside(parsed, quotes, kept))
    kept += speakers(parsed, quotes, kept)
    kept += headings(parsed, quotes, kept)
    kept += closings(parsed, quotes, kept)
    kept += signed(parsed, quotes, kept)
    kept = drop_repeats(
        fit(parsed, quotes, mend(parsed, quotes, drop_repeats(_with_free_quotations(parsed, quotes, kept))))
    )
    kept = [with_relays(parsed, saying) for saying in join_insertions(parsed, join_citations(parsed, kept))]
    kept = with_echoes(parsed, kept)
    known = participants(parsed, mentions)
    chained = resolve_echoes(parsed, nest(parsed, kept, known))
    told = [one for one in chained if _is_told(parsed, one, quotes)]
    return with_carried_kinds(parsed, draft_all(parsed, told, quotes, known))


def _with_free_quotations(parsed: Parsed, quotes: Sequence[Quoted], sayings: Sequence[Saying]) -> list[Saying]:
    """The sayings with the quotations that no word of saying introduces."""
    return with_narrated(parsed, quotes, go_on(parsed, quotes, stated(parsed, quotes, sayings)))


def drop_descriptions(parsed: Parsed, sayings: Sequence[Saying]) -> list[Saying]:
    """Leaves out what only describes another's source: "an official who asked not to be named"."""
    named = [link.source for saying in sayings for link in saying.links if link.source]
    return [
        saying
        for saying in sayings
        if saying.frame in ("clause", "quote")
        or (saying.lemma == "ask" and saying.frame == "to")
        or parsed.dep[saying.cue] not in _DESCRIBING
        or not any(first < saying.cue <= last for first, last in named)
    ]


def drop_repeats(sayings: Sequence[Saying]) -> list[Saying]:
    """Of two sayings with nearly the same content only the likelier: the other is a misreading."""
    kept: list[Saying] = []
    near: dict[int, list[Saying]] = defaultdict(list)  # kept ones by the stretches of text they touch
    for saying in sorted(sayings, key=lambda one: (one.part != "noun", -one.share, one.cue)):
        stretches = _stretches(saying)
        if not any(_repeats(saying, other) for stretch in stretches for other in near[stretch]):
            kept.append(saying)
            for stretch in stretches:
                near[stretch].append(saying)
    return sorted(kept, key=lambda one: one.cue)


def _stretches(saying: Saying) -> set[int]:
    """The numbers of the stretches of text that a saying touches; what repeats it touches one of them too."""
    ranges = (saying.links[-1].cue, (saying.content[0][0], saying.content[-1][1]))
    return {number for first, last in ranges for number in range(first // _STRETCH, last // _STRETCH + 1)}


def _repeats(one: Saying, other: Saying) -> bool:
    """Nearly the same content, and neither is said within the other; or the same words told twice ("voiced hope")."""
    if one.part != "phrase" and other.part != "phrase" and _share_cue(one, other):
        return True
    return (
        _alike(one.content, other.content)
        and not any(first <= one.cue <= last for first, last in other.content)
        and not any(first <= other.cue <= last for first, last in one.content)
    )


def _share_cue(one: Saying, other: Saying) -> bool:
    (a, b), (c, d) = one.links[-1].cue, other.links[-1].cue
    return a <= d and c <= b and one.content[-1][1] == other.content[-1][1]


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
