"""Joins quotations to sayings: whole quotes for half-parsed ones, speakers for the rest, continuation."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.extract.claims.cues import cues
from sayso.extract.claims.sayings import Saying, Voice, addressee_of, lemma_of, voice
from sayso.extract.clauses import (
    agent_of,
    child,
    cue_range,
    is_passive,
    merge,
    own_subject,
    subject_of,
    subtract,
    trim,
)
from sayso.extract.quotes import find_quotes
from sayso.model import Parsed, SourceKind

_NEXT = 3  # tokens between a quotation without a pause and its verb
_REACH = 24  # tokens between a quotation and the verb that goes with it
SHORT = 3  # words; shorter quotations are words held at a distance, not somebody's sentence


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation as tokens, marks included; `continues` when it goes on from the paragraph before."""

    first: int
    last: int
    continues: bool

    def holds(self, token: int) -> bool:
        return self.first <= token <= self.last


def quoted_ranges(parsed: Parsed) -> tuple[Quoted, ...]:
    """The quotations of an article as token ranges, in order."""
    found: list[Quoted] = []
    for quote in find_quotes(parsed.article.text):
        first = bisect_right(parsed.end, quote.start)
        last = bisect_left(parsed.start, quote.end) - 1
        if first <= last and (not found or first > found[-1].last) and not _names_medium(parsed, first, last):
            found.append(Quoted(first, last, quote.continues))
    return tuple(found)


def _names_medium(parsed: Parsed, first: int, last: int) -> bool:
    """'The newspaper "Voice of the Steppe" writes': a name in quotation marks, not words."""
    before = lemma_of(parsed, first - 1) if first else ""
    return last - first < 8 and cues().kinds.get(before) is SourceKind.MEDIA and parsed.text[first + 1][:1].isupper()


def quotation_at(quotes: Sequence[Quoted], token: int) -> Quoted | None:
    """The quotation a token stands in."""
    number = bisect_right(quotes, token, key=lambda quote: quote.first) - 1
    return quotes[number] if number >= 0 and quotes[number].holds(token) else None


def widen(saying: Saying, quotes: Sequence[Quoted]) -> Saying:
    """Content that touches a quotation takes it whole; a cue inside a quotation keeps its content inside."""
    around = quotation_at(quotes, saying.cue)
    if around is not None:
        inside = [
            (max(first, around.first + 1), min(last, around.last))
            for first, last in saying.content
            if first <= around.last and last > around.first
        ]
        kept = tuple(piece for piece in inside if piece[0] <= piece[1])
        return replace(saying, content=kept) if kept else replace(saying, share=0.0)
    ranges, direct = list(saying.content), False
    for first, last in saying.content:
        number = max(0, bisect_right(quotes, first, key=lambda quote: quote.first) - 1)
        for quote in quotes[number:]:
            if quote.first > last:
                break
            overlap = min(last, quote.last) - max(first, quote.first) + 1
            if overlap > 0:
                ranges.append((quote.first, quote.last))
                direct = direct or overlap * 2 > last - first
    if len(ranges) == len(saying.content):
        return saying
    holes = [link.cue for link in saying.links] + [link.source for link in saying.links if link.source]
    content = tuple(subtract(merge(ranges), holes))
    frame = "quote" if direct and saying.frame in ("clause", "aside", "object") else saying.frame
    return replace(saying, content=content or saying.content, frame=frame)


def speakers(parsed: Parsed, quotes: Sequence[Quoted], sayings: Sequence[Saying]) -> list[Saying]:
    """Sayings for the quotations that no saying covers and that a verb of speech stands beside."""
    said = covers(parsed, quotes, sayings)
    found: list[Saying] = []
    for quote in quotes:
        if quote.last - quote.first - 1 < SHORT or is_covered(quote, said) or is_title(parsed, quote):
            continue
        saying = _after(parsed, quote, quotes) or _before(parsed, quote, quotes)
        if saying is not None:
            found.append(saying)
    return found


def is_title(parsed: Parsed, quote: Quoted) -> bool:
    """The name of a film, book or show: few words, each with a capital."""
    words = [parsed.text[token] for token in range(quote.first, quote.last + 1) if parsed.text[token][:1].isalpha()]
    return 0 < len(words) < 6 and sum(word[0].isupper() for word in words) > max(1, len(words) - 2)


def covers(parsed: Parsed, quotes: Sequence[Quoted], sayings: Sequence[Saying]) -> bytearray:
    """For each token in how many contents it stands, not counting what is said inside a quotation."""
    said = bytearray(len(parsed))
    for saying in sayings:
        if quotation_at(quotes, saying.cue) is None:
            for first, last in saying.content:
                for token in range(first, last + 1):
                    said[token] = min(255, said[token] + 1)
    return said


def is_covered(quote: Quoted, said: bytearray) -> bool:
    return sum(said[quote.first : quote.last + 1]) * 2 > quote.last - quote.first


def _after(parsed: Parsed, quote: Quoted, quotes: Sequence[Quoted]) -> Saying | None:
    """ "X," said the mayor; "X," the mayor said."""
    at = quote.last + 1
    if at >= len(parsed) or parsed.sent[at] - parsed.sent[quote.last] > 1:
        return None
    if parsed.sent[at] != parsed.sent[quote.last] and not parsed.text[at][:1].islower():
        return None
    end = min(parsed.sents[parsed.sent[at]][1], at + _REACH)
    for token in range(at, end):
        if quotation_at(quotes, token) is not None:
            return None
        if parsed.pos[token] not in ("VERB", "AUX") or parsed.dep[token] in ("aux", "auxpass", "relcl", "acl", "amod"):
            continue
        if lemma_of(parsed, token) not in cues().speech and not _speaks(parsed, token, quote.last - 1):
            return None
        if not _pauses(parsed, quote) and token - at > _NEXT:
            return None  # "condemned “in the strongest terms” the raid, called for X"
        return spoken(parsed, token, quote, at)
    return None


def _pauses(parsed: Parsed, quote: Quoted) -> bool:
    """Whether a quotation ends as somebody's words do, before the speaker: with a stop inside, or a comma after."""
    last = parsed.text[quote.last - 1]
    return last in (",", "?", "!", ".", "…") or parsed.text[min(quote.last + 1, len(parsed) - 1)] in (
        ",",
        "-",
        "–",
        "—",
    )


def _before(parsed: Parsed, quote: Quoted, quotes: Sequence[Quoted]) -> Saying | None:
    """The mayor said: "X"; a sentence that ends in a colon counts for the quotation after it."""
    at = quote.first - 1
    if at < 0 or parsed.sent[quote.first] - parsed.sent[at] > 1:
        return None
    if parsed.sent[at] != parsed.sent[quote.first] and parsed.text[at] != ":":
        return None
    begin = max(parsed.sents[parsed.sent[at]][0], at - _REACH)
    colon = parsed.text[at] in (":", ",")
    for token in range(at, begin - 1, -1):
        if quotation_at(quotes, token) is not None:
            return None
        if parsed.pos[token] not in ("VERB", "AUX") or parsed.dep[token] in ("aux", "auxpass"):
            continue
        speech = lemma_of(parsed, token) in cues().speech or parsed.text[at] == ":"
        if speech and (colon or at - token <= 2):
            return spoken(parsed, token, quote, token)
        if not colon or parsed.dep[token] not in ("relcl", "acl", "xcomp", "advcl", "pcomp"):
            return None
    return None


def _speaks(parsed: Parsed, verb: int, closing: int) -> bool:
    """Whether any verb can be one of saying here: right after a quotation and its comma, with its own subject."""
    return parsed.text[closing] in (",", "?", "!") and own_subject(parsed, verb) is not None and verb - closing < 8


def spoken(parsed: Parsed, verb: int, quote: Quoted, first: int) -> Saying | None:
    source = own_subject(parsed, verb)
    if source is None:
        source = child(parsed, verb, "dobj", "attr") if verb < len(parsed) and first <= verb else None
        if source is not None and parsed.ent[source] != "PERSON":
            source = None
    if source is None:
        source = subject_of(parsed, verb)
    if source is not None and quote.holds(source):
        source = None
    lemma = lemma_of(parsed, verb)
    link = voice(parsed, source, cue_range(parsed, verb))
    links = quoted_voices(parsed, verb) if lemma in cues().quoting else ()
    if links and not any(one.source and quote.holds(one.source[0]) for one in links):
        return Saying(verb, "phrase", lemma, "as saying", links, ((quote.first, quote.last),))
    holes = [link.cue] + ([link.source] if link.source else [])
    content = tuple(subtract([(quote.first, quote.last)], holes))
    entry = cues().verbs.get((lemma, "quote"))
    return (
        Saying(verb, "verb", lemma, "quote", (link,), content, entry, addressee_of(parsed, verb)) if content else None
    )


def quoted_voices(parsed: Parsed, verb: int) -> tuple[Voice, ...]:
    """ "the deputy quoted the president as telling lawmakers"; "the mayor was quoted by the daily as saying"."""
    said = next((at for at in range(verb + 1, min(parsed.right[verb], verb + 20) + 1) if _is_said(parsed, at)), None)
    if said is None:
        return ()
    if is_passive(parsed, verb):
        origin, relay = own_subject(parsed, verb), agent_of(parsed, verb)
    else:
        origin, relay = child(parsed, verb, "dobj"), subject_of(parsed, verb)
    if origin is None:
        return ()
    links = [voice(parsed, relay, cue_range(parsed, verb))] if relay is not None else []
    spoken = voice(parsed, origin, (said - 1, said))
    if spoken.source and spoken.source[1] >= said - 1:
        spoken = replace(spoken, source=(spoken.source[0], max(origin, said - 2)))
    return (*links, spoken)


def _is_said(parsed: Parsed, token: int) -> bool:
    return parsed.tag[token] == "VBG" and parsed.text[token - 1].lower() == "as"


def go_on(parsed: Parsed, quotes: Sequence[Quoted], sayings: Sequence[Saying]) -> list[Saying]:
    """Quotations with no speaker of their own go to the saying that the sentence just before tells or ends."""
    kept = list(sayings)
    said = covers(parsed, quotes, sayings)
    last_of: dict[int, int] = {}  # sentence -> index of the outermost saying there, of a quotation rather than others
    for number, saying in sorted(enumerate(kept), key=lambda pair: (pair[1].frame == "quote", len_of(pair[1]))):
        if quotation_at(quotes, saying.cue) is None and saying.part in ("verb", "phrase"):
            last_of[parsed.sent[saying.cue]] = number
            for piece in saying.content:
                if quotation_at(quotes, piece[1]) is not None:
                    last_of[parsed.sent[piece[1]]] = number
    for quote in quotes:
        if is_covered(quote, said) or not (quote.continues or _is_whole_sentence(parsed, quote)):
            continue
        owner = last_of.get(parsed.sent[quote.first] - 1, last_of.get(parsed.sent[quote.first]))
        if owner is None or kept[owner].frame not in ("quote", "clause", "as saying", "aside"):
            continue
        widened = (*kept[owner].content, (quote.first, quote.last))
        kept[owner] = replace(kept[owner], content=tuple(merge(widened)))
        last_of[parsed.sent[quote.last]] = owner
    return kept


def len_of(saying: Saying) -> int:
    """How many tokens a saying's content holds."""
    return sum(last - first + 1 for first, last in saying.content)


def _is_whole_sentence(parsed: Parsed, quote: Quoted) -> bool:
    """Whether nothing but the quotation stands in its sentences, or it opens one and is most of it."""
    first = parsed.sents[parsed.sent[quote.first]][0]
    size = parsed.sents[parsed.sent[quote.last]][1] - first
    if quote.first == first and quote.last - quote.first > 0.6 * size:
        return True
    last = parsed.sents[parsed.sent[quote.last]][1] - 1
    rest = [piece for piece in ((first, quote.first - 1), (quote.last + 1, last)) if piece[0] <= piece[1]]
    return all(trim(parsed, *piece) is None for piece in rest)
