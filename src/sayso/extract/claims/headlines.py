"""Finds who speaks at the end of a headline, caption or list entry: "Ceasefire holds: navy", "26 dead (ministry)".

Such lines are no sentences, so the parser's tree of them is worth little and the words themselves are read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from sayso.extract.claims.colons import DASHES
from sayso.extract.claims.cues import cues
from sayso.extract.claims.direct import Quoted, quotation_at
from sayso.extract.claims.sayings import TELLING, Saying, Voice, lemma_of
from sayso.extract.clauses import Range, has_word, trim
from sayso.extract.lexicon import noun_at
from sayso.model import Parsed, SourceKind

_LONGEST = 8  # tokens of a speaker with what stands around it
_LEAST = 2  # tokens of what is said
_STOPS = frozenset({".", "!", "?", "…", "..."})
_CREDITS = frozenset(
    "photo picture image video credit source by author editor editing reporting writing caption".split()
)
_HEARING = frozenset({"hear", "learn", "rule", "find"})  # "Guard was drunk, court hears"
_GOES_ON = frozenset("after over in at before amid despite for against on near during since under".split())

_FRAMES = ("object", "clause", "object-on", "to")

Ending = tuple[int, Range, Range, Range]  # the speaker's head, the speaker, the cue, what is said


def closings(parsed: Parsed, quotes: Sequence[Quoted], sayings: Sequence[Saying]) -> list[Saying]:
    """Lines that close with who says what stands before."""
    taken = {parsed.sent[saying.cue] for saying in sayings}
    found: list[Saying] = []
    for number, (first, end) in enumerate(parsed.sents):
        for rule in RULES:
            ending = rule(parsed, first, end)
            if ending is None or quotation_at(quotes, ending[2][0]) is not None:
                continue
            head, speaker, cue, content = ending
            if number in taken:
                continue
            if (content[1] > content[0] or content[0] > cue[0]) and has_word(parsed, *content):
                lemma = misread_verbs().get(parsed.text[cue[0]].lower()) or lemma_of(parsed, cue[0])
                entry = next((kept for frame in _FRAMES if (kept := cues().verbs.get((lemma, frame)))), None)
                found.append(Saying(cue[0], "colon", lemma, "colon", (Voice(head, speaker, cue),), (content,), entry))
                break
    return found


# --------------------------------------------------------------------------- marks


def after_mark(parsed: Parsed, first: int, end: int) -> Ending | None:
    """ "Ceasefire holds: navy", "Drone crossed border – Defence Ministry"."""
    if parsed.text[end - 1] in _STOPS:
        return None
    for at in range(end - 2, max(first + _LEAST - 1, end - _LONGEST - 1), -1):
        colon = parsed.text[at] == ":"
        if not colon and not (parsed.text[at] in DASHES and parsed.start[at] > parsed.end[at - 1]):
            continue
        head = speaker(parsed, at + 1, end - 1, places=colon)
        if head is None or _is_credit(parsed, first, at) or (not colon and _is_medium(parsed, head)):
            return None
        content = trim(parsed, first, at - 1)
        return (head, (at + 1, end - 1), (at, at), content) if content else None
    return None


def in_brackets(parsed: Parsed, first: int, end: int) -> Ending | None:
    """ "Toll: 26 (health ministry)", "Injured: 114 (source: Red Crescent)"."""
    last = end - 1
    while last > first and parsed.text[last] in _STOPS:
        last -= 1
    if parsed.text[last] != ")":
        return None
    opening = next((at for at in range(last - 1, max(first, last - _LONGEST), -1) if parsed.text[at] == "("), None)
    if opening is None or opening - first < _LEAST:
        return None
    start = opening + 1
    named = parsed.text[start].lower() in ("source", "per", "via", "sources")
    if named:
        start += 1 + (parsed.text[start + 1] == ":")
    if start > last - 1 or (not named and last != end - 1 and not _has_number(parsed, first, opening)):
        return None
    head = speaker(parsed, start, last - 1, places=False)
    if head is None and named:
        head = last - 1
    content = trim(parsed, first, opening - 1)
    if head is None or content is None or (not named and _is_medium(parsed, head)):
        return None
    return head, (start, last - 1), (opening, start - 1), content


def _has_number(parsed: Parsed, first: int, end: int) -> bool:
    return any(parsed.pos[token] == "NUM" for token in range(first, end))


def _is_credit(parsed: Parsed, first: int, end: int) -> bool:
    return any(parsed.text[token].lower() in _CREDITS for token in (first, end - 1))


def _is_medium(parsed: Parsed, head: int) -> bool:
    """ "... – The Daily Post" is where a line stood, not who says it."""
    kind, name = cues().kinds.get(lemma_of(parsed, head)), parsed.text[head]
    if kind is None and name.isupper() and len(name) > 1:
        return name in cues().media_names or name in cues().agencies
    return kind in (None, SourceKind.MEDIA, SourceKind.AGENCY)


# --------------------------------------------------------------------------- verbs


def _telling(parsed: Parsed, first: int, last: int) -> int | None:
    """The verb that only has a listener behind it."""
    verb = next((token for token in range(first, last) if lemma_of(parsed, token) in TELLING), None)
    if verb is None or parsed.tag[verb] not in ("VBP", "VBZ", "VB"):
        return None
    named = all(parsed.pos[token] in ("DET", "ADJ", "NOUN", "PROPN") for token in range(verb + 1, last + 1))
    return verb if named else None


def after_comma(parsed: Parsed, first: int, end: int) -> Ending | None:
    """ "Two generals held, state radio reports", "Pupils 'well', says negotiator", "Leave, rebels tell villages"."""
    last = end - 1
    while last > first and parsed.text[last] in _STOPS:
        last -= 1
    comma = next((at for at in range(last - 1, max(first, last - _LONGEST), -1) if parsed.text[at] == ","), None)
    if comma is None or comma - first < _LEAST:
        return None
    if _says(parsed, last):
        verb, where = last, (comma + 1, last - 1)
    elif _says(parsed, comma + 1):
        verb, where = comma + 1, (comma + 2, _before_clause(parsed, comma + 2, last))
    elif (telling := _telling(parsed, comma + 2, last)) is not None:
        verb, where = telling, (comma + 1, telling - 1)
    else:
        return None
    head = speaker(parsed, *where, places=True) if where[0] <= where[1] else None
    if head is None and _is_line(parsed, end) and lemma_of(parsed, verb) in cues().speech:
        head = _any_noun(parsed, *where)
    content = trim(parsed, first, comma - 1)
    if head is None or content is None:
        return None
    if lemma_of(parsed, verb) in _HEARING and cues().kinds.get(lemma_of(parsed, head)) is None:
        return None
    return head, where, (verb, verb), content


def _any_noun(parsed: Parsed, first: int, last: int) -> int | None:
    """ "Delay 'normal', says poll body": whoever says it speaks, known for a speaker or not."""
    named = first <= last and all(parsed.pos[at] in ("NOUN", "PROPN", "ADJ", "DET") for at in range(first, last + 1))
    return last if named and parsed.pos[last] in ("NOUN", "PROPN") else None


def _before_clause(parsed: Parsed, first: int, last: int) -> int:
    """Where a speaker ends: "says priest | who saw them"."""
    return next((at - 1 for at in range(first + 1, last) if parsed.tag[at] in ("WP", "WDT")), last)


def _says(parsed: Parsed, verb: int) -> bool:
    lemma = lemma_of(parsed, verb)
    return (
        parsed.pos[verb] == "VERB"
        and parsed.tag[verb] in ("VBZ", "VBP", "VBD")
        and (lemma in cues().speech or lemma in _HEARING)
    )


# --------------------------------------------------------------------------- verbs that the parser takes for nouns


def misread(parsed: Parsed, first: int, end: int) -> Ending | None:
    """ "Ministry blames crows", "Minister pledges evacuation of delta"."""
    if not _is_line(parsed, end):
        return None
    start = next((at + 1 for at in range(end - 1, first, -1) if parsed.text[at] in _PARTS), first)
    for verb in range(start + 1, min(end - 1, start + _LONGEST)):
        lemma = misread_verbs().get(parsed.text[verb].lower())
        if lemma is None or parsed.tag[verb] not in ("NNS", "VBZ") or parsed.dep[verb] in ("ROOT", "ccomp", "conj"):
            continue
        head = speaker(parsed, start, verb - 1, places=True)
        finite = parsed.tag[verb + 1] in ("VBD", "VBZ", "VBP", "MD") and parsed.dep[verb] != "aux"
        if head is not None and not finite:  # "Police claims were false"
            content = trim(parsed, verb + 1, end - 1)
            return (head, (start, verb - 1), (verb, verb), content) if content else None
    return None


_PARTS = frozenset({":", ";", ",", "?", "–", "—"})


@lru_cache(maxsize=1)
def misread_verbs() -> Mapping[str, str]:
    """Verbs that take an object or an order, as headlines write them: "blames" to "blame"."""
    lemmas = {
        lemma for lemma, frame in cues().verbs if frame in ("object", "object-on", "clause") and lemma[-1] not in "sy"
    }
    return {lemma + "s": lemma for lemma in lemmas}


RULES: tuple[Callable[[Parsed, int, int], Ending | None], ...] = (after_mark, in_brackets, after_comma, misread)


def speaker(parsed: Parsed, first: int, last: int, *, places: bool) -> int | None:
    """The head of a stretch if it is a noun phrase that names somebody who can speak."""
    while first < last and parsed.pos[first] in ("DET", "PUNCT"):
        first += 1
    stop = next((at for at in range(first + 1, last + 1) if parsed.pos[at] == "ADP"), last + 1)
    tokens = range(first, last + 1)
    if first > last or any(_is_no_name(parsed, at) for at in tokens):
        return None
    if any(parsed.pos[at] == "DET" and parsed.pos[at - 1] != "ADP" for at in tokens):
        return None  # "a claim the army denies"
    head = stop - 1
    kind = cues().kinds.get(lemma_of(parsed, head))
    if kind in (SourceKind.DOCUMENT, SourceKind.ANONYMOUS) and lemma_of(parsed, head) not in _SPEAKING:
        return None
    kinds = ("PERSON", "ORG", "GPE", "NORP") if places else ("PERSON", "ORG")
    named = noun_at(parsed, head)
    return head if kind or parsed.ent[head] in kinds or (named is not None and named.bare) else None


def _is_no_name(parsed: Parsed, at: int) -> bool:
    if parsed.pos[at] == "VERB" and parsed.dep[at] in ("amod", "compound"):
        return False  # "embattled mayor"
    return parsed.pos[at] in _NO_NAME or parsed.text[at] in _BREAKS


_NO_NAME = frozenset({"VERB", "AUX", "NUM", "PRON", "SCONJ", "ADV"})
_BREAKS = frozenset({",", ":", ";", "(", ")", "?", "!"})
_SPEAKING = frozenset("report study poll survey source official expert analyst critic aide insider diplomat".split())


# --------------------------------------------------------------------------- how far a headline goes


def to_the_end(parsed: Parsed, sayings: Sequence[Saying]) -> list[Saying]:
    """ "Army vows revenge after blast": in a headline what follows the verb is said, but for when and how."""
    return [_widened(parsed, saying, sayings) for saying in sayings]


def _widened(parsed: Parsed, saying: Saying, sayings: Sequence[Saying]) -> Saying:
    if saying.part != "verb" or len(saying.content) != 1 or saying.frame == "quote":
        return saying
    (first, last), (_, end) = saying.content[0], parsed.sents[parsed.sent[saying.cue]]
    rest = range(last + 1, end)
    if first < saying.cue or not rest or parsed.text[last + 1].lower() not in _GOES_ON or not _is_line(parsed, end):
        return saying
    if any(other.cue in rest or any(a in rest for a, _ in other.content) for other in sayings):
        return saying
    nouns = [at for at in rest if parsed.pos[at] in ("NOUN", "PROPN")]
    if not nouns or any(parsed.text[at] in _BREAKS for at in rest) or _tells_when_or_how(parsed, nouns[0]):
        return saying
    return replace(saying, content=((first, end - 1),))


def _tells_when_or_how(parsed: Parsed, noun: int) -> bool:
    return parsed.ent[noun] in ("DATE", "TIME") or lemma_of(parsed, noun) in cues().channel_nouns


def _is_line(parsed: Parsed, end: int) -> bool:
    """Whether a sentence ends without a stop at the end of its line."""
    if not parsed.text[end - 1][-1:].isalnum():
        return False
    after = parsed.article.text[parsed.end[end - 1] : parsed.start[end]] if end < len(parsed) else "\n"
    return "\n" in after
