"""Tells how sure a source is said to be and by which words, and whether the saying itself is negated."""

from __future__ import annotations

from sayso.extract.claims.cues import cues
from sayso.extract.claims.leanings import leanings
from sayso.extract.claims.sayings import Saying, lemma_of
from sayso.extract.claims.wording import wording
from sayso.extract.clauses import Range, child, is_passive
from sayso.model import Certainty, Parsed

Hedge = tuple[Certainty, Range | None]
_SURE: Hedge = (Certainty.CERTAIN, None)
_RANK = {Certainty.CERTAIN: 0, Certainty.PROBABLE: 1, Certainty.POSSIBLE: 2}


def hedge_of(parsed: Parsed, saying: Saying, negation: Range | None = None) -> Hedge:
    """How sure the source is said to be, with the words that lower it: the strongest hedge there is."""
    if negation is not None:
        return _SURE  # that it was not said or thought is not in doubt
    if saying.frame == "adverb":
        return _word(parsed, saying.cue) or (Certainty.POSSIBLE, (saying.cue, saying.cue))
    found = [_in_content(parsed, saying)] if saying.content else []  # of two of one strength, the one in the content
    found += [_by_cue(parsed, saying), _on(parsed, saying.cue, saying) if saying.part == "verb" else _SURE]
    return max(found, key=lambda hedge: _RANK[hedge[0]])


def _by_cue(parsed: Parsed, saying: Saying) -> Hedge:
    """ "believes", "suspects", "it is feared": the word of saying itself is unsure."""
    if found := hedge_by_denial(parsed, saying):
        return Certainty.POSSIBLE, found
    entry = saying.entry
    if entry is None and saying.part == "verb" and saying.lemma in leanings().unsure:
        entry = cues().verbs.get((saying.lemma, "clause"))  # "feared a flood", "alleges abduction"
    if saying.part == "noun" and (doubted := _doubted(parsed, saying.cue)) is not None:
        return Certainty.POSSIBLE, (doubted, doubted)
    if entry is None or entry.certainty is Certainty.CERTAIN:
        return _SURE
    return entry.certainty, (saying.cue, saying.cue)


def _doubted(parsed: Parsed, noun: int) -> int | None:
    """ "[unconfirmed] reports of a blast"."""
    kids = (token for token in parsed.children[noun] if parsed.dep[token] == "amod")
    return next((token for token in kids if parsed.text[token].lower() in leanings().unproven), None)


def hedge_by_denial(parsed: Parsed, saying: Saying) -> Range | None:
    """ "could not rule out sabotage": who does not rule it out holds it possible."""
    verb = saying.cue
    if saying.part != "verb" or saying.lemma not in ("rule", "exclude"):
        return None
    if saying.lemma == "rule" and child(parsed, verb, "prt") is None:
        return None
    return _whole(parsed, verb) if _is_negated(parsed, verb) else None


def _on(parsed: Parsed, verb: int, saying: Saying) -> Hedge:
    """A hedge on the verb of saying: "reportedly said", "may have said", "appeared to say"."""
    for token in parsed.children[verb]:
        if parsed.dep[token] in ("aux", "advmod") and not _inside(saying, token) and (found := _word(parsed, token)):
            return found
    above = parsed.head[verb]
    if parsed.dep[verb] == "xcomp" and above < verb and lemma_of(parsed, above) in wording().seeming:
        return Certainty.PROBABLE, (above, verb - 1)
    if parsed.dep[verb] == "xcomp" and above < verb and is_passive(parsed, above):
        entry = cues().verbs.get((lemma_of(parsed, above), "clause"))  # "is expected to say"
        if entry is not None and entry.certainty is not Certainty.CERTAIN:
            return entry.certainty, (above, above)
    return _SURE


def _inside(saying: Saying, token: int) -> bool:
    return any(first <= token <= last for first, last in saying.content)


def _in_content(parsed: Parsed, saying: Saying) -> Hedge:
    """A hedge on the main verb of the content: "may", "probably", "it appears that", "is likely to"."""
    main = main_word(parsed, saying.content[0])
    best = _SURE
    first = saying.content[0][0]
    near = [at for at in range(max(first, main - 4), main) if parsed.pos[at] == "ADV"]  # parted by marks: "probably"
    for token in (main, *parsed.children[main], *near):
        if not _inside(saying, token):
            continue
        found = _word(parsed, token)
        if found and parsed.dep[token] == "aux" and _is_ability(parsed, token, main):
            found = None
        if found and _RANK[found[0]] > _RANK[best[0]]:
            best = found
    return max(best, _raised(parsed, main), key=lambda hedge: _RANK[hedge[0]])


def _word(parsed: Parsed, token: int) -> Hedge | None:
    word = parsed.text[token].lower()
    if word in wording().possible and (parsed.pos[token] != "PROPN"):
        return Certainty.POSSIBLE, (token, token)
    return (Certainty.PROBABLE, (token, token)) if word in wording().probable else None


def _is_ability(parsed: Parsed, modal: int, main: int) -> bool:
    """ "could see the smoke", "could not sleep": what somebody was able to do."""
    if parsed.text[modal].lower() != "could":
        return False
    if any(parsed.dep[token] == "neg" for token in parsed.children[main]):
        return True
    return lemma_of(parsed, main) in cues().perception


def _raised(parsed: Parsed, main: int) -> Hedge:
    """ "it appears that", "is believed to have", "could not be ruled out": a verb that keeps its distance."""
    lemma = lemma_of(parsed, main)
    if lemma in wording().seeming and child(parsed, main, "xcomp", "ccomp", "oprd", "acomp") is not None:
        return Certainty.PROBABLE, (main, main)
    if lemma in ("rule", "exclude") and _is_negated(parsed, main):
        return Certainty.POSSIBLE, _whole(parsed, main)
    passive = any(parsed.dep[token] == "auxpass" for token in parsed.children[main])
    if passive and child(parsed, main, "xcomp", "ccomp") is not None:
        entry = cues().verbs.get((lemma, "clause"))
        if entry is not None and entry.certainty is not Certainty.CERTAIN:
            return entry.certainty, (main, main)
    if lemma == "be":
        thing = child(parsed, main, "attr", "acomp", "nsubj")
        if thing is not None and lemma_of(parsed, thing) in wording().chances:
            return Certainty.POSSIBLE, (thing, thing)
        if (likely := child(parsed, main, "acomp")) is not None:
            return _word(parsed, likely) or _SURE
    return _SURE


def _is_negated(parsed: Parsed, verb: int) -> bool:
    return any(parsed.dep[token] == "neg" for token in parsed.children[verb])


def _whole(parsed: Parsed, verb: int) -> Range:
    """A verb with its auxiliaries and particle."""
    first, last = verb, verb
    while first - 1 in parsed.children[verb] and parsed.dep[first - 1] in ("aux", "auxpass", "neg"):
        first -= 1
    if last + 1 in parsed.children[verb] and parsed.dep[last + 1] == "prt":
        last += 1
    return first, last


def main_word(parsed: Parsed, content: Range) -> int:
    """The main verb of a content, else its first word."""
    first, last = content
    for token in range(first, last + 1):
        tops = not first <= parsed.head[token] <= last or parsed.head[token] == token
        if tops and parsed.pos[token] in ("VERB", "AUX"):
            return token
    return first


# --------------------------------------------------------------------------- the saying is negated


def negation_of(parsed: Parsed, saying: Saying) -> Range | None:
    """The words that negate the saying itself: "did not", "has never", "stopped short of"."""
    if parsed.pos[saying.cue] not in ("VERB", "AUX") or hedge_by_denial(parsed, saying):
        return None
    node = saying.cue
    for token in parsed.children[node]:
        if parsed.dep[token] == "neg" or (parsed.text[token].lower() == "never" and token < node):
            first = token
            while first - 1 in parsed.children[node] and parsed.dep[first - 1] in ("aux", "auxpass"):
                first -= 1
            return first, token
    if (nobody := _by_nobody(parsed, saying)) is not None:
        return nobody, nobody
    if verb_before := _yet_to(parsed, node):
        return verb_before
    opening = parsed.sents[parsed.sent[node]][0]
    if parsed.text[opening].lower() in ("not", "never") and parsed.tag[node] == "VB" and opening < node:
        return (opening, opening + 1) if parsed.text[opening].lower() == "not" else (opening, opening)
    return _short_of(parsed, node)


def _by_nobody(parsed: Parsed, saying: Saying) -> int | None:
    """ "No group has claimed responsibility", "neither side confirmed": the word that says nobody did."""
    head = saying.links[-1].head
    kids = parsed.children[head] if head is not None else ()
    return next((kid for kid in kids if parsed.text[kid].lower() in ("no", "neither")), None)


def _yet_to(parsed: Parsed, verb: int) -> Range | None:
    """ "has yet to explain", "would neither confirm nor deny"."""
    if verb > 2 and parsed.text[verb - 1] == "to" and parsed.text[verb - 2] == "yet":
        return verb - 3, verb - 1
    for token in range(max(0, verb - 3), verb):
        if parsed.text[token].lower() == "neither" and parsed.dep[token] not in ("nsubj", "det"):
            return token, token
    return None


def _short_of(parsed: Parsed, verb: int) -> Range | None:
    """ "stopped short of saying", "fell short of confirming"."""
    found = verb > 2 and parsed.text[verb - 1] == "of" and parsed.text[verb - 2] == "short"
    return (verb - 3, verb - 1) if found else None
