"""Reads off a saying what its source does with the content, how sure it is, to whom, how and when it was said."""

from __future__ import annotations

from sayso.extract.clauses import Range, bare_phrase, child, negated, phrase
from sayso.extract.cues import cues
from sayso.extract.sayings import Saying, lemma_of
from sayso.model import Certainty, Parsed, Stance

_DENIALS = frozenset({"deny", "refute", "rebut"})
_TIME_LABELS = frozenset({"DATE", "TIME"})


def stance_of(parsed: Parsed, saying: Saying) -> Stance:
    """What the source does with the content."""
    base = saying.entry.stance if saying.entry else Stance.ASSERTS
    if saying.part in ("verb", "phrase") and parsed.pos[saying.cue] == "VERB" and negated(parsed, saying.cue):
        flipped = {Stance.DENIES: Stance.ASSERTS, Stance.HOPES: Stance.DENIES, Stance.PROMISES: Stance.DENIES}
        if base is Stance.ASSERTS:
            return Stance.DOUBTS if saying.entry and saying.entry.certainty is not Certainty.CERTAIN else Stance.DENIES
        return flipped.get(base, base)
    if base is Stance.ASSERTS and saying.content and _is_question(parsed, saying):
        return Stance.ASKS
    return base


def _is_question(parsed: Parsed, saying: Saying) -> bool:
    first, last = saying.content[-1]
    tail = parsed.text[max(first, last - 1) : last + 1]
    return "?" in tail or (saying.content[0][0] == first and parsed.text[first].lower() in ("whether", "if"))


def certainty_of(parsed: Parsed, saying: Saying) -> Certainty:
    """How sure the source is said to be: by the verb, else by a hedge on the content's main verb."""
    if saying.frame == "adverb":
        return Certainty.POSSIBLE
    base = saying.entry.certainty if saying.entry else Certainty.CERTAIN
    if base is Certainty.POSSIBLE:
        return base
    main = _main_verb(parsed, saying.content[0])
    words = {parsed.text[token].lower() for token in (*parsed.children[main], main)}
    if words & cues().possible:
        return Certainty.POSSIBLE
    return Certainty.PROBABLE if words & cues().probable else base


def _main_verb(parsed: Parsed, content: Range) -> int:
    first, last = content
    for token in range(first, last + 1):
        tops = not first <= parsed.head[token] <= last or parsed.head[token] == token
        if tops and parsed.pos[token] in ("VERB", "AUX"):
            return token
    return first


def time_of(parsed: Parsed, saying: Saying) -> Range | None:
    """When it was said: a date that hangs on the cue, not on the content."""
    if saying.part != "verb":
        return None
    for token in parsed.children[saying.cue]:
        if parsed.dep[token] in ("npadvmod", "advmod") and parsed.ent[token] in _TIME_LABELS:
            return _outside(saying, bare_phrase(parsed, token))
        if parsed.dep[token] == "prep":
            thing = child(parsed, token, "pobj")
            of_thing = saying.frame.startswith("object") and token > saying.content[0][1]
            if thing is not None and parsed.ent[thing] in _TIME_LABELS and not of_thing:
                return _outside(saying, bare_phrase(parsed, thing))
    return None


def channel_of(parsed: Parsed, saying: Saying) -> Range | None:
    """How it was said: in a statement, by telephone, on television."""
    if saying.part not in ("verb", "noun"):
        return None
    table = cues()
    if saying.addressee is not None and lemma_of(parsed, saying.addressee) in table.channel_nouns:
        return _outside(saying, bare_phrase(parsed, saying.addressee))
    nodes = [saying.cue, *(t for t in (saying.addressee,) if t is not None)]
    nodes += [token for token in parsed.children[saying.cue] if parsed.dep[token] in ("dobj", "advcl")]
    for node in nodes:
        for token in parsed.children[node]:
            if parsed.dep[token] != "prep" or parsed.text[token].lower() not in table.channel_preps:
                continue
            thing = child(parsed, token, "pobj")
            if thing is None:
                continue
            names = set(parsed.text[parsed.left[thing] : thing + 1])
            if lemma_of(parsed, thing) in table.channel_nouns or names & table.channel_names:
                return _outside(saying, bare_phrase(parsed, thing))
    return None


def addressee_range(parsed: Parsed, saying: Saying) -> Range | None:
    """To whom it was said, unless the phrase is part of the content ("urged both sides to stop")."""
    if saying.addressee is None or lemma_of(parsed, saying.addressee) in cues().channel_nouns:
        return None
    return phrase(parsed, saying.addressee)


def _outside(saying: Saying, found: Range) -> Range | None:
    overlaps = any(first <= found[1] and found[0] <= last for first, last in saying.content)
    return None if overlaps else found
