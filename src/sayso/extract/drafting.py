"""Turns sayings with their chains, which are tokens, into claims, which are characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.extract.chains import Chained
from sayso.extract.clauses import Range, dateline_end, has_word, merge, subtract
from sayso.extract.direct import Quoted
from sayso.extract.sayings import Saying, Voice
from sayso.extract.sources import Participants, is_nameless, kind_of
from sayso.extract.stance import addressee_range, certainty_of, channel_of, stance_of, time_of
from sayso.model import ClaimDraft, LinkDraft, Parsed, Reason, SayingMode, SourceKind, Span


def draft(parsed: Parsed, one: Chained, quotes: Sequence[Quoted], known: Participants) -> ClaimDraft:
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
