"""Gives quotations to the word of saying right beside them, and those without one to who acts beside them.

"“We need roads!” Castello said on Twitter": the parser may part the two. "The fishmonger shrugs. “They will come.”":
nobody says it, and the fishmonger does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from sayso.extract.claims.cues import cues
from sayso.extract.claims.direct import SHORT, Quoted, covers, is_covered, is_title, quotation_at, spoken
from sayso.extract.claims.sayings import Saying, Voice, lemma_of, voice
from sayso.extract.clauses import FINITE, Range, child, cue_range, own_subject, subtract, trim
from sayso.extract.lexicon import noun_at
from sayso.knowledge import table
from sayso.model import Parsed

_NAME = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "ADP", "PART", "ADV"})
_PAUSE = frozenset({",", "?", "!"})
_LONGEST_NAME = 8  # tokens between a quotation and its verb


@lru_cache(maxsize=2)
def _words(key: str) -> frozenset[str]:
    """A list of `speakers.toml`."""
    return frozenset(str(table("speakers.toml")["speakers"][key]).split())


def beside(parsed: Parsed, quotes: Sequence[Quoted], sayings: Sequence[Saying]) -> list[Saying]:
    """The sayings with each quotation given to the verb right after it, and taken from the one before."""
    by_cue = {saying.cue: number for number, saying in enumerate(sayings)}
    told = list(sayings)
    for quote in quotes:
        own = _right_after(parsed, quote, quotes)
        if own is None:
            continue
        number = by_cue.get(own.cue)
        if number is None:
            told.append(own)
        elif not _holds(told[number], quote):
            told[number] = replace(own, links=told[number].links, entry=told[number].entry or own.entry)
        told = [one if one.cue == own.cue else _without(parsed, quotes, one, quote, own.cue) for one in told]
    return told


def _right_after(parsed: Parsed, quote: Quoted, quotes: Sequence[Quoted]) -> Saying | None:
    """ "“X,” the mayor said", with nothing but a name between."""
    at = quote.last + 1
    if quote.last - quote.first < 2 or at >= len(parsed):
        return None
    if parsed.text[quote.last - 1] not in _PAUSE and parsed.text[at] != ",":
        return None
    if "\n" in parsed.article.text[parsed.end[quote.last] : parsed.start[at]]:
        return None
    verb = _verb_after(parsed, at)
    if verb is None or quotation_at(quotes, verb) is not None or lemma_of(parsed, verb) not in cues().speech:
        return None
    if child(parsed, verb, "ccomp") is not None and parsed.sent[verb] != parsed.sent[quote.last]:
        return None  # '"No!" The mayor said he had left.'
    if any(kid > verb for kid in parsed.children[verb] if parsed.dep[kid] == "ccomp"):
        return None
    return spoken(parsed, verb, quote, at)


def _verb_after(parsed: Parsed, at: int) -> int | None:
    """The finite verb that follows a name, or stands before it: "said the mayor"."""
    if parsed.text[at] == ",":
        at += 1
    for token in range(at, min(at + _LONGEST_NAME, len(parsed))):
        if parsed.pos[token] == "VERB" and parsed.tag[token] in FINITE:
            return token if token == at or own_subject(parsed, token) in range(at, token) else None
        if parsed.pos[token] not in _NAME:
            return None
    return None


def _holds(saying: Saying, quote: Quoted) -> bool:
    return any(first <= quote.last and quote.first <= last for first, last in saying.content)


def _without(parsed: Parsed, quotes: Sequence[Quoted], saying: Saying, quote: Quoted, cue: int) -> Saying:
    """A saying of an earlier sentence without a quotation that has its own verb."""
    if saying.cue > quote.first or parsed.sent[saying.cue] == parsed.sent[cue] or not _holds(saying, quote):
        return saying
    if quotation_at(quotes, saying.cue) is not None or len(saying.content) < 2:
        return saying
    pieces = [piece for part in subtract(saying.content, [(quote.first, quote.last)]) if (piece := trim(parsed, *part))]
    return replace(saying, content=tuple(pieces)) if pieces else saying


def stated(parsed: Parsed, quotes: Sequence[Quoted], sayings: Sequence[Saying]) -> list[Saying]:
    """The sayings with "issued a statement. “X.”" told by what the statement says."""
    said = covers(parsed, quotes, sayings)
    return [_stated(parsed, quotes, saying, said) for saying in sayings]


def _stated(parsed: Parsed, quotes: Sequence[Quoted], saying: Saying, said: bytearray) -> Saying:
    if saying.part != "verb" or not is_statement(parsed, saying.cue) or saying.content[0][0] < saying.cue:
        return saying
    number = next((number for number, one in enumerate(quotes) if one.first > saying.cue), None)
    if number is None:
        return saying
    quote, sentence = quotes[number], parsed.sent[saying.cue]
    inside = saying.content[0][0] < quote.first <= saying.content[-1][1]
    follows = parsed.sent[quote.first] == sentence + 1 and _is_alone(parsed, quote) and not is_covered(quote, said)
    opened = parsed.text[quote.first - 1] == ":" and parsed.sent[quote.first - 1] == sentence
    if not follows and not (opened and (inside or not is_covered(quote, said))):
        return saying
    return replace(saying, content=tuple(_run(parsed, quotes, number, said)), frame="quote")


def is_statement(parsed: Parsed, verb: int) -> bool:
    """Whether a verb brings out words: "issued a statement", "posted a message"."""
    thing = child(parsed, verb, "dobj")
    return thing is not None and thing > verb and lemma_of(parsed, thing) in _words("statements")


# --------------------------------------------------------------------------- nobody says it


_Acting = tuple[int, int]  # who, and the verb of what they do


def with_narrated(parsed: Parsed, quotes: Sequence[Quoted], sayings: Sequence[Saying]) -> list[Saying]:
    """The sayings with those for quotations of whole sentences whose speaker only acts in the sentence beside."""
    found = _narrated(parsed, quotes, sayings)
    cues_of = {saying.cue for saying in found}
    return [*(saying for saying in sayings if saying.cue not in cues_of), *found]


def _narrated(parsed: Parsed, quotes: Sequence[Quoted], sayings: Sequence[Saying]) -> list[Saying]:
    said = covers(parsed, quotes, sayings)
    found: list[Saying] = []
    for number, quote in enumerate(quotes):
        if quote.last - quote.first - 1 <= SHORT or is_covered(quote, said) or is_title(parsed, quote):
            continue
        if not _is_alone(parsed, quote):
            continue
        acting = _actor_before(parsed, quotes, quote) or _actor_after(parsed, quotes, quote)
        if acting is None:
            continue
        subject, verb = acting
        pieces = tuple(_run(parsed, quotes, number, said))
        link = voice(parsed, subject, cue_range(parsed, verb))
        if parsed.head[subject] == verb and parsed.dep[subject] == "compound":
            link = Voice(subject, (parsed.left[verb], subject), (verb, verb))
        found.append(Saying(verb, "phrase", lemma_of(parsed, verb), "beside", (link,), pieces))
        for first, last in pieces:
            said[first : last + 1] = bytes([1]) * (last + 1 - first)
    return found


def _is_alone(parsed: Parsed, quote: Quoted) -> bool:
    """Whether a quotation is whole sentences, with nothing beside them."""
    first = parsed.sents[parsed.sent[quote.first]][0]
    last = parsed.sents[parsed.sent[quote.last]][1] - 1
    rest = [piece for piece in ((first, quote.first - 1), (quote.last + 1, last)) if piece[0] <= piece[1]]
    ends = parsed.text[quote.last - 1][-1:] in ".!?…" or parsed.text[min(quote.last + 1, last)] in (".", "!", "?")
    return ends and all(trim(parsed, *piece) is None for piece in rest)


def _run(parsed: Parsed, quotes: Sequence[Quoted], number: int, said: bytearray) -> Iterator[Range]:
    """A quotation with those that go on from it in the next paragraphs."""
    yield quotes[number].first, quotes[number].last
    for quote in quotes[number + 1 :]:
        if not quote.continues or is_covered(quote, said):
            return
        yield quote.first, quote.last


def _actor_before(parsed: Parsed, quotes: Sequence[Quoted], quote: Quoted) -> _Acting | None:
    """Who does what in the sentence before, in the same paragraph."""
    sentence = parsed.sent[quote.first] - 1
    if sentence < 0 or _is_break(parsed, quote.first - 1, quote.first):
        return None
    return _acting(parsed, quotes, sentence)


def _actor_after(parsed: Parsed, quotes: Sequence[Quoted], quote: Quoted) -> _Acting | None:
    """Who does what in the sentence after, in the same paragraph, if the quotation opens that."""
    at = quote.last + 1
    if at >= len(parsed) or _is_break(parsed, quote.last, at):
        return None
    if quote.first and not _is_break(parsed, quote.first - 1, quote.first):
        return None
    acting = _acting(parsed, quotes, parsed.sent[at])
    return acting if acting is not None and parsed.pos[acting[0]] == "PROPN" else None


def _is_break(parsed: Parsed, before: int, after: int) -> bool:
    return "\n" in parsed.article.text[parsed.end[before] : parsed.start[after]]


def _acting(parsed: Parsed, quotes: Sequence[Quoted], sentence: int) -> _Acting | None:
    """The subject and the main verb of a sentence without quotations, if one person does something there."""
    first, end = parsed.sents[sentence]
    if any(quotation_at(quotes, at) is not None for at in (first, end - 1)):
        return None
    verb = next((at for at in range(first, end) if parsed.dep[at] == "ROOT"), None)
    if verb is None:
        return None
    gesture = lemma_of(parsed, verb) in _words("gestures")
    if gesture and parsed.tag[verb] == "NNS" and verb > first and verb + 2 >= end:  # "The baker shrugs."
        return verb - 1, verb
    subject = own_subject(parsed, verb) if parsed.pos[verb] in ("VERB", "AUX") and _is_finite(parsed, verb) else None
    if subject is None or subject > verb:
        return None
    person = _is_person(parsed, subject) or (gesture and parsed.tag[subject] in ("NN", "NNP"))
    return (subject, verb) if person or is_statement(parsed, verb) else None


def _is_finite(parsed: Parsed, verb: int) -> bool:
    return parsed.tag[verb] in FINITE or any(parsed.tag[kid] in FINITE for kid in parsed.children[verb] if kid < verb)


def _is_person(parsed: Parsed, token: int) -> bool:
    """A name of a person, "he" or "she", or a noun for one person."""
    if parsed.ent[token] == "PERSON" or parsed.text[token].lower() in ("he", "she"):
        return True
    if parsed.tag[token] == "NNP" and not parsed.ent[token]:
        return child(parsed, token, "compound") is not None and child(parsed, token, "det") is None
    noun = noun_at(parsed, token)
    return noun is not None and noun.kind in ("office", "person") and parsed.tag[token] in ("NN", "NNP")
