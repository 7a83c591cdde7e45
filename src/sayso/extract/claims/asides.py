"""Puts right who says what where a speaker stands inside or behind the words: "X, says the union, Y"; "X, A told B".

The parser takes "the dam, insists the authority, will hold" for a dam that insists, and what somebody was told for
whom it was told to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.extract.claims.cues import cues
from sayso.extract.claims.direct import Quoted, quotation_at
from sayso.extract.claims.sayings import Saying, Voice, lemma_of
from sayso.extract.clauses import FINITE, Range, child, cue_range, is_predicate, own_subject, trim
from sayso.extract.lexicon import noun_at
from sayso.model import Parsed

_IN_NAMES = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PART", "PRON", "CCONJ"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_LINKS = frozenset({"of", "for", "in", "at", "from", "on"})
_STOPS = frozenset({",", ".", ";", ":", "–", "—", "-"})
_LONGEST_NAME = 12  # tokens
_TELLING = frozenset("tell inform notify brief assure remind warn".split())
_PRONOUNS = frozenset({"he", "she", "they", "we", "i"})
_SPEAKERS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
# without what follows these say nothing, so that a name after them is no speaker's
_NEED_OBJECTS = _TELLING | frozenset(
    "advise ask urge teach signal read broadcast carry release publish relate leak report repeat mention confirm deny "
    "record accept".split()
)


def reread(parsed: Parsed, quotes: Sequence[Quoted], sayings: Sequence[Saying]) -> list[Saying]:
    """The sayings with those mended or added whose speaker stands inside or behind what is said."""
    told = {saying.cue: saying for saying in sayings}
    for verb, tag in enumerate(parsed.tag):
        if tag not in FINITE or quotation_at(quotes, verb) is not None or lemma_of(parsed, verb) not in cues().speech:
            continue
        if verb < 3 or verb == parsed.sents[parsed.sent[verb]][0]:
            told |= {one.cue: one for one in _opening(parsed, told.get(verb))}
            continue
        found = _inverted(parsed, verb, told.get(verb), quotes)
        if found is None and verb in told:
            found = _told(parsed, quotes, told[verb]) or _begun_before(parsed, quotes, told[verb])
        if found is not None:
            told[verb] = found
    return list(told.values())


def _opening(parsed: Parsed, saying: Saying | None) -> Iterator[Saying]:
    """ "Said the archbishop: “Let there be peace.”": a verb that opens a sentence has its speaker behind it."""
    if saying is None or saying.links[-1].head is not None or len(saying.links) > 1 or saying.part != "verb":
        return
    last = _name_after(parsed, saying.cue, saying.content[0][0])
    if last is not None:
        link = Voice(_head(parsed, saying.cue + 1, last), (saying.cue + 1, last), saying.links[-1].cue)
        yield replace(saying, links=(link,), addressee=None)


def _inverted(parsed: Parsed, verb: int, known: Saying | None, quotes: Sequence[Quoted]) -> Saying | None:
    """ "The dam, insists the water authority, will hold": the name after the verb is the speaker's."""
    if parsed.text[verb - 1] != "," or lemma_of(parsed, verb) in _NEED_OBJECTS or quotation_at(quotes, verb - 2):
        return None
    end = parsed.sents[parsed.sent[verb]][1]
    last = _name_after(parsed, verb, end)
    if last is None:
        return None
    head = _head(parsed, verb + 1, last)
    if known is not None and known.links[-1].head is not None and verb < known.links[-1].head <= last:
        return _begun_before(parsed, quotes, known)
    before = _clause_before(parsed, verb - 1)
    goes_on = last + 2 < end and parsed.text[last + 1] == "," and _goes_on(parsed, last + 2)
    if before is None or not _can_speak(parsed, head) or not (goes_on or _is_clause(parsed, before)):
        return None
    pieces = [before]
    if goes_on:
        stop = next((at for at in range(last + 2, end) if parsed.text[at] == ";"), end)
        pieces += [rest] if (rest := trim(parsed, last + 2, stop - 1)) else []
    link = Voice(head, (verb + 1, last), cue_range(parsed, verb))
    lemma = lemma_of(parsed, verb)
    return Saying(verb, "verb", lemma, "aside", (link,), tuple(pieces), cues().verbs.get((lemma, "clause")))


def _name_after(parsed: Parsed, verb: int, end: int) -> int | None:
    """The last token of the noun phrase between a verb and the next stop."""
    at = verb + 1
    while at < min(end, verb + _LONGEST_NAME) and (
        parsed.pos[at] in _IN_NAMES or parsed.tag[at] == "POS" or (at > verb + 1 and parsed.text[at].lower() in _LINKS)
    ):
        at += 1
    stops = at >= end or parsed.text[at] in _STOPS
    named = (
        at > verb + 1 and parsed.pos[at - 1] in _NOUNS and parsed.text[verb + 1].lower() not in ("it", "this", "that")
    )
    return at - 1 if stops and named else None


def _head(parsed: Parsed, first: int, last: int) -> int:
    """The word of a phrase that the rest hangs on; the last noun before a preposition where the parse is broken."""
    for at in range(first, last + 1):
        if parsed.text[at].lower() in _LINKS and at > first:
            return at - 1
    return last


def _clause_before(parsed: Parsed, comma: int) -> Range | None:
    """What stands before a comma in its sentence, from its beginning or a semicolon on, if it is long enough."""
    first = parsed.sents[parsed.sent[comma]][0]
    first = next((at + 1 for at in range(comma - 1, first, -1) if parsed.text[at] == ";"), first)
    words = [at for at in range(first, comma) if parsed.text[at][:1].isalnum()]
    if not words or parsed.text[words[0]].lower() in ("if", "when", "while", "although", "though", "as", "after"):
        return None
    opens = len(words) > 1 or parsed.pos[words[0]] in _NOUNS
    return trim(parsed, first, comma - 1) if opens else None


def _can_speak(parsed: Parsed, head: int) -> bool:
    """Whether a noun names people or what speaks for people."""
    if (
        parsed.ent[head] in _SPEAKERS
        or lemma_of(parsed, head) in cues().kinds
        or parsed.text[head].lower() in _PRONOUNS
    ):
        return True
    noun = noun_at(parsed, head)
    return noun is not None and noun.kind in ("person", "office", "organization", "group", "people")


def _is_clause(parsed: Parsed, before: Range) -> bool:
    """Whether a stretch says something: a verb in it that is no mere participle before a noun."""
    return any(parsed.tag[at] in (*FINITE, "MD", "VBN") for at in range(before[0], before[1] + 1))


def _goes_on(parsed: Parsed, at: int) -> bool:
    """Whether the words go on behind the speaker: a verb without its subject, "but only just"."""
    word = parsed.text[at].lower()
    return is_predicate(parsed, at) or (word in ("but", "and", "not") and parsed.tag[at + 1] not in ("WP", "WDT"))


def _begun_before(parsed: Parsed, quotes: Sequence[Quoted], saying: Saying) -> Saying | None:
    """ "What worries them, said the head, | is the rain": the words begin before the speaker."""
    first = saying.content[0][0]
    if first < saying.cue or first < 2 or parsed.text[first - 1] != "," or saying.part != "verb":
        return None
    edges = [saying.cue, *(link.source[0] for link in saying.links if link.source)]
    comma = min(edges) - 1
    if comma < 1 or parsed.text[comma] != "," or quotation_at(quotes, comma) is not None:
        return None
    before = _clause_before(parsed, comma)
    if before is None:
        return None
    lacks_object = parsed.tag[comma - 1] in (*FINITE, "VBN", "VBG") and quotation_at(quotes, first) is not None
    return replace(saying, content=(before, *saying.content)) if is_predicate(parsed, first) or lacks_object else None


def _told(parsed: Parsed, quotes: Sequence[Quoted], saying: Saying) -> Saying | None:
    """ "X, the director told a press briefing on Thursday": X is told, not the briefing."""
    verb = saying.cue
    subject, listener = own_subject(parsed, verb), child(parsed, verb, "dobj", "dative")
    if saying.lemma not in _TELLING or subject is None or listener is None or not subject < verb < listener:
        return None
    if saying.content[0][0] < verb or child(parsed, verb, "ccomp", "xcomp") is not None or len(saying.links) > 1:
        return None
    if not any(first <= listener <= last for first, last in saying.content):
        return None
    comma = parsed.left[subject] - 1
    if comma < 3 or parsed.text[comma] != "," or quotation_at(quotes, comma - 1) is not None:
        return None
    before = _clause_before(parsed, comma)
    if before is None or not any(parsed.tag[at] in (*FINITE, "MD") for at in range(before[0], before[1] + 1)):
        return None
    entry = cues().verbs.get((saying.lemma, "clause"))
    return replace(saying, content=(before,), frame="clause", addressee=listener, entry=entry)
