"""Turns sayings with their chains, which are tokens, into claims, which are characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from sayso.extract.claims.carried import carried
from sayso.extract.claims.chains import Chained
from sayso.extract.claims.direct import Quoted
from sayso.extract.claims.hedges import hedge_of, negation_of
from sayso.extract.claims.manner import addressee_range, channel_of, time_of, without_manner
from sayso.extract.claims.participants import Participants
from sayso.extract.claims.sayings import Saying, Voice
from sayso.extract.claims.sources import is_nameless, kind_of
from sayso.extract.claims.stance import stance_of
from sayso.extract.clauses import Range, dateline_end, has_word, merge, subtract, trim
from sayso.model import ClaimDraft, LinkDraft, Parsed, Reason, SayingMode, SourceKind, Span


def draft_all(
    parsed: Parsed, chained: Sequence[Chained], quotes: Sequence[Quoted], known: Participants
) -> tuple[ClaimDraft, ...]:
    """The claims of an article, each with the place of the one in whose content it stands."""
    places = {one.saying.cue: place for place, one in enumerate(chained)}
    drafts = [draft(parsed, one, quotes, known) for one in chained]
    outer = [None if one.outer is None else places.get(one.outer) for one in chained]
    return tuple(
        replace(inner, within=place if place is not None and _stands_in(inner, drafts[place]) else None)
        for inner, place in zip(drafts, outer, strict=True)
    )


def _stands_in(inner: ClaimDraft, outer: ClaimDraft) -> bool:
    """Whether the words that say who said it are content of the other; what is cut off its content may hold them."""
    cue = inner.chain[-1].cue
    return cue is None or any(span.covers(cue) for span in outer.content)


def draft(parsed: Parsed, one: Chained, quotes: Sequence[Quoted], known: Participants) -> ClaimDraft:
    saying = without_manner(parsed, one.saying)
    content = _readable(parsed, merge(_past_datelines(parsed, saying.content)))
    links = [_link(parsed, link, one.chain, known) for link in one.chain]
    if saying.part == "verb" and _speaks_unnamed(parsed, saying):
        links[-1] = replace(links[-1], kind=SourceKind.ANONYMOUS)
    negation = negation_of(parsed, saying)
    certainty, hedge = hedge_of(parsed, saying, negation)
    channel, addressee = channel_of(parsed, saying), addressee_range(parsed, saying)
    if channel is None and addressee is None:
        channel, addressee = carried(parsed, saying)
    return ClaimDraft(
        chain=tuple(links),
        content=tuple(parsed.span(*piece) for piece in content),
        mode=_mode(parsed, content, quotes, one.saying.links[-1].cue),
        stance=stance_of(parsed, saying, negation),
        certainty=certainty,
        addressee=_span(parsed, addressee),
        channel=_span(parsed, channel),
        time=_span(parsed, time_of(parsed, saying)),
        reasons=(Reason("cue", round(saying.share, 3), f"{saying.lemma} + {saying.frame}"),),
        hedge=_span(parsed, hedge),
        negation=_span(parsed, negation),
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


def _link(parsed: Parsed, link: Voice, chain: Sequence[Voice], known: Participants) -> LinkDraft:
    others = [other.head for other in chain if other.head is not None and other.head != link.head]
    return LinkDraft(
        source=_span(parsed, plain_source(parsed, link, others)),
        kind=link.kind or kind_of(parsed, link.head, link.source, known),
        cue=_span(parsed, link.cue),
    )


def plain_source(parsed: Parsed, link: Voice, others: Sequence[int] = ()) -> Range | None:
    """A source without relative clauses, what stands between commas after it, and what names another link's source."""
    if link.head is None or link.source is None or not link.source[0] <= link.head <= link.source[1]:
        return link.source
    first, last = link.source
    while first < link.head and parsed.pos[first] == "ADV" and parsed.pos[first + 1] in ("DET", "PRON"):
        first += 1  # "Earlier the channel", "Even the ministry"
    joined = max((token for token in parsed.children[link.head] if parsed.dep[token] == "conj"), default=-1)
    for token in range(link.head + 1, last + 1):
        clause = parsed.dep[token] == "relcl" or (parsed.dep[token] == "acl" and _holds(parsed, token, others))
        if token >= joined and (clause or _is_aside(parsed, token, link.head)):
            last = min(last, parsed.left[token] - 1)
            break
    return trim(parsed, first, max(last, link.head)) or link.source


def _holds(parsed: Parsed, node: int, heads: Sequence[int]) -> bool:
    return any(parsed.left[node] <= head <= parsed.right[node] for head in heads)


def _is_aside(parsed: Parsed, token: int, head: int) -> bool:
    """What is set off with a comma from the noun: "the mayor, a former teacher", "Olena, 34"."""
    before = parsed.left[token] - 1
    return (
        parsed.head[token] <= head
        and before > head
        and parsed.text[before] == ","
        and parsed.dep[token] not in ("conj", "cc", "punct")
    )


def _span(parsed: Parsed, found: Range | None) -> Span | None:
    return parsed.span(*found) if found is not None and found[0] <= found[1] else None


def _mode(parsed: Parsed, content: Sequence[Range], quotes: Sequence[Quoted], cue: Range) -> SayingMode:
    """In quotation marks, in the reporter's words, or partly each; marks around the cue too are somebody else's."""
    if not quotes:
        return SayingMode.INDIRECT
    quoted = 0
    for first, last in content:
        number = max(0, bisect_right(quotes, first, key=lambda quote: quote.first) - 1)
        for quote in quotes[number:]:
            if quote.first > last:
                break
            if not quote.first <= cue[0] <= cue[1] <= quote.last:
                quoted += _words(parsed, max(first, quote.first), min(last, quote.last))
    if not quoted:
        return SayingMode.INDIRECT
    total = sum(_words(parsed, first, last) for first, last in content)
    return SayingMode.DIRECT if quoted >= total else SayingMode.MIXED


def _words(parsed: Parsed, first: int, last: int) -> int:
    """How many words a range holds, marks left out."""
    return sum(any(map(str.isalnum, parsed.text[token])) for token in range(first, last + 1))
