"""Finds who is reported to say what, with the chain of sources.

parse ─▶ propose ─▶ widen by quotes ─▶ weigh ─▶ speakers, go_on ─▶ chains ─▶ drafts
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sayso.extract.chains import Chained, join_citations, nest, with_relays
from sayso.extract.clauses import Range, dateline_end, has_word, merge, subtract
from sayso.extract.colons import headings
from sayso.extract.cues import priors
from sayso.extract.direct import Quoted, go_on, quotation_at, quoted_ranges, speakers, widen
from sayso.extract.propose import Constructions, propose
from sayso.extract.sayings import Saying, Voice
from sayso.extract.sieve import is_claim
from sayso.extract.sources import Participants, is_nameless, is_own_reporter, kind_of, participants
from sayso.extract.stance import addressee_range, certainty_of, channel_of, stance_of, time_of
from sayso.model import ClaimDraft, LinkDraft, Mention, Parsed, Reason, SayingMode, SourceKind, Span

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
    kept = drop_repeats(go_on(parsed, quotes, kept))
    kept = [with_relays(parsed, saying) for saying in join_citations(parsed, kept)]
    known = participants(parsed, mentions)
    return tuple(
        _draft(parsed, one, quotes, known) for one in nest(parsed, kept, known) if _is_told(parsed, one, quotes)
    )


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


# --------------------------------------------------------------------------- tokens to characters


def _draft(parsed: Parsed, one: Chained, quotes: Sequence[Quoted], known: Participants) -> ClaimDraft:
    saying = one.saying
    content = _readable(parsed, merge(_past_datelines(parsed, saying.content)))
    links = [_link(parsed, link, known) for link in one.chain]
    if saying.part == "verb" and _speaks_unnamed(parsed, saying):
        links[-1] = replace(links[-1], kind=SourceKind.ANONYMOUS)
    return ClaimDraft(
        chain=tuple(links),
        content=tuple(parsed.span(*piece) for piece in content),
        mode=_mode(content, quotes),
        stance=stance_of(parsed, saying),
        certainty=certainty_of(parsed, saying),
        addressee=_span(parsed, addressee_range(parsed, saying)),
        channel=_span(parsed, channel_of(parsed, saying)),
        time=_span(parsed, time_of(parsed, saying)),
        reasons=(Reason("cue", round(saying.share, 3), f"{saying.lemma} + {saying.frame}"),),
    )


def _speaks_unnamed(parsed: Parsed, saying: Saying) -> bool:
    """ "a spokesman said, speaking on condition of anonymity"."""
    asides = [token for token in parsed.children[saying.cue] if parsed.dep[token] in ("advcl", "prep")]
    spans = [(parsed.left[token], parsed.right[token]) for token in asides]
    outside = subtract(spans, saying.content)
    return any(is_nameless(" ".join(parsed.text[first : last + 1])) for first, last in outside)


def _past_datelines(parsed: Parsed, content: Sequence[Range]) -> list[Range]:
    """Content without the dateline that opens the report."""
    pieces = ((max(first, dateline_end(parsed, first)), last) for first, last in content)
    return [piece for piece in pieces if piece[0] <= piece[1]] or list(content)


def _readable(parsed: Parsed, content: Sequence[Range]) -> list[Range]:
    """Pieces of content that hold a word; lone marks between them are left out."""
    pieces = [_from_that(parsed, piece) for piece in content if has_word(parsed, *piece)]
    whole = [piece for piece in pieces if piece[0] < piece[1] or parsed.pos[piece[0]] not in _EMPTY]
    return whole or pieces or list(content[:1])


_EMPTY = frozenset({"SCONJ", "DET", "PRON", "CCONJ", "ADP"})


def _from_that(parsed: Parsed, piece: Range) -> Range:
    """A piece from its "that" on: an adverb before it tells when it was said ("said later that ...")."""
    first, last = piece
    that = first + 1 < last and parsed.text[first + 1].lower() == "that" and parsed.tag[first + 1] == "IN"
    return (first + 1, last) if that and parsed.pos[first] in ("ADV", "AUX") else piece


def _link(parsed: Parsed, link: Voice, known: Participants) -> LinkDraft:
    return LinkDraft(
        source=_span(parsed, link.source),
        kind=kind_of(parsed, link.head, link.source, known),
        cue=_span(parsed, link.cue),
    )


def _span(parsed: Parsed, found: Range | None) -> Span | None:
    return parsed.span(*found) if found is not None and found[0] <= found[1] else None


def _mode(content: Sequence[Range], quotes: Sequence[Quoted]) -> SayingMode:
    """In quotation marks, in the reporter's words, or partly each."""
    total = sum(last - first + 1 for first, last in content)
    quoted = 0
    for first, last in content:
        quoted += sum(max(0, min(last, quote.last) - max(first, quote.first) + 1) for quote in quotes)
    if not quoted:
        return SayingMode.INDIRECT
    return SayingMode.DIRECT if quoted >= total - 1 else SayingMode.MIXED
