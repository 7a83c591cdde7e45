"""Finds what the outlet's own people saw, heard, counted or were shown: "Our reporters counted nine lorries".

The outlet is itself the witness there, so such a passage is no claim. What somebody told a reporter is one.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.extract.claims.cues import cues
from sayso.extract.claims.direct import Quoted, quotation_at, quoted_ranges
from sayso.extract.claims.sayings import lemma_of
from sayso.extract.claims.sources import is_medium, is_own_reporter
from sayso.extract.claims.wording import wording
from sayso.extract.clauses import (
    Range,
    agent_of,
    child,
    cue_range,
    has_word,
    is_passive,
    own_subject,
    phrase,
    subject_of,
    trim,
)
from sayso.model import ClaimDraft, ObservationDraft, Parsed

_OWN = frozenset({"we", "i"})
_CONTENT = frozenset({"dobj", "ccomp", "xcomp", "prep", "advmod", "advcl", "oprd", "conj", "npadvmod"})


def find_observations(parsed: Parsed, claims: tuple[ClaimDraft, ...] = ()) -> tuple[ObservationDraft, ...]:
    """First-hand passages in the outlet's own voice, in order: none stands in a quotation or in a claim's content."""
    if not any(word in parsed.lemma for word in wording().seeing):
        return ()
    quotes: tuple[Quoted, ...] | None = None
    said = [span for claim in claims for span in claim.content]
    found: list[ObservationDraft] = []
    for verb, pos in enumerate(parsed.pos):
        if pos != "VERB" or lemma_of(parsed, verb) not in wording().seeing:
            continue
        for who, content in _seen(parsed, verb):
            one = _draft(parsed, verb, who, content)
            if one is None or any(span.overlaps(one.cue) for span in said):
                continue
            quotes = quoted_ranges(parsed) if quotes is None else quotes
            if quotation_at(quotes, verb) is None:
                found.append(one)
                break
    return tuple(found)


def _draft(parsed: Parsed, verb: int, who: int, content: Range) -> ObservationDraft | None:
    first, last = cue_range(parsed, verb)
    source = phrase(parsed, who)
    if source[0] <= verb <= source[1]:
        source = trim(parsed, source[0], max(who, first - 1)) or (who, who)
    told = trim(parsed, *content)
    if told is None or not has_word(parsed, *told):
        return None
    if source[0] <= verb <= source[1] or told[0] <= verb <= told[1]:
        return None
    return ObservationDraft(parsed.span(*source), parsed.span(first, last), parsed.span(*told))


def _seen(parsed: Parsed, verb: int) -> Iterator[tuple[int, Range]]:
    """Who of the outlet's people perceives, and what."""
    if any(parsed.dep[token] == "neg" for token in parsed.children[verb]):
        return  # "could not verify"
    shown = lemma_of(parsed, verb) in wording().showing
    if not is_passive(parsed, verb):
        who = subject_of(parsed, verb)
        if not shown and who is not None and is_observer(parsed, who, verb):
            yield who, _object(parsed, verb)
        return
    who, by = own_subject(parsed, verb), agent_of(parsed, verb)
    if shown and who is not None and is_observer(parsed, who, verb):
        yield who, _object(parsed, verb)
    if not shown and by is not None and who is not None and is_observer(parsed, by, verb):
        yield by, phrase(parsed, who)  # "shots were heard by our correspondent"


def _object(parsed: Parsed, verb: int) -> Range:
    """All that follows the verb and hangs on it."""
    after = [token for token in parsed.children[verb] if token > verb and parsed.dep[token] in _CONTENT]
    if not after:
        return verb, verb - 1
    return min(parsed.left[token] for token in after), max(parsed.right[token] for token in after)


def is_observer(parsed: Parsed, head: int, verb: int) -> bool:
    """Whether a subject is one of the outlet's people, "we", or the medium itself where it has seen something."""
    if parsed.text[head].lower() in _OWN:  # "we have seen this before" is no report
        return lemma_of(parsed, verb) in wording().witnessing and parsed.tag[verb] == "VBD"
    if is_own_reporter(parsed, head, lemma_of(parsed, verb)):
        return True
    if lemma_of(parsed, head) in cues().reporters:
        return True
    if lemma_of(parsed, verb) not in wording().examining or not is_medium(parsed, head, phrase(parsed, head)):
        return False
    thing = child(parsed, verb, "dobj")
    return thing is None or child(parsed, thing, "poss") is None  # not "saw its profits fall"
