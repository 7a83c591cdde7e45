"""Finds whom a verb of harm is said of, and whether it is told as having happened.

Reads the sentence's structure only: `extract.tolls` knows the words of harm, `extract.counts` the numbers.
"""

from __future__ import annotations

from sayso.model import Parsed


def passive_victims(parsed: Parsed, verb: int) -> list[int]:
    """Victims of a passive: its subject, the noun it describes, or the subject of the passive it is joined to."""
    children = parsed.children[verb]
    found = [_antecedent(parsed, child) for child in children if parsed.dep[child] == "nsubjpass"]
    if len(found) > 1 and ";" in parsed.text[found[0] : found[-1]]:
        return found[::-1]  # the parser joins what a semicolon parts
    if found:
        return found
    if (
        parsed.dep[verb] == "xcomp"
        and parsed.lemma[parsed.head[verb]] in _REPORTS
        and any(parsed.dep[child] == "auxpass" for child in children)
    ):
        return passive_victims(parsed, parsed.head[verb])  # "are thought to have been captured"
    if (
        parsed.dep[verb] in {"oprd", "acomp", "xcomp"}
        and parsed.tag[verb] == "VBN" == parsed.tag[parsed.head[verb]]
        and parsed.head[verb] < verb
    ):
        feared = parsed.lemma[parsed.head[verb]] == "fear"
        return [] if feared else passive_victims(parsed, parsed.head[verb])  # "was found hanged"
    if parsed.tag[verb] in {"VBN", "VBD", "JJ"} and not objects(parsed, verb):
        found = [_antecedent(parsed, child) for child in children if parsed.dep[child] == "nsubj"]
        if found and (parsed.tag[verb] == "VBN" or parsed.head[verb] == verb or parsed.dep[verb] in {"ccomp", "conj"}):
            helper = any(parsed.dep[child] == "aux" and parsed.lemma[child] == "have" for child in children)
            return [] if helper else found
        if parsed.dep[verb] in {"acl", "amod"} and parsed.tag[verb] in {"VBN", "JJ"}:
            return [parsed.head[verb]]
        if parsed.dep[verb] == "conj" and parsed.pos[parsed.head[verb]] == "VERB" and parsed.head[verb] < verb:
            return passive_victims(parsed, parsed.head[verb])
    return []


def objects(parsed: Parsed, verb: int) -> list[int]:
    found = [child for child in parsed.children[verb] if parsed.dep[child] in {"dobj", "obj"}]
    if not found:
        for child in parsed.children[verb]:  # "killed and wounded 12": the object hangs on the second verb
            if parsed.dep[child] == "conj" and parsed.pos[child] == "VERB" and parsed.tag[verb] != "VBN":
                found = [inner for inner in parsed.children[child] if parsed.dep[inner] in {"dobj", "obj"}]
                found = found if child - verb <= 2 else []
    if not found:  # "sickened 1 340 people", which the parser takes for a measure
        found = [
            child
            for child in parsed.children[verb]
            if parsed.dep[child] == "npadvmod" and parsed.tag[child] == "NNS" and child > verb
        ]
    return found


def subjects(parsed: Parsed, verb: int) -> list[int]:
    """Subject of an active verb: its own, that of the verb it is joined to, or the noun it describes."""
    found = [
        _antecedent(parsed, child) for child in parsed.children[verb] if parsed.dep[child] in {"nsubj", "nsubjpass"}
    ]
    if found:
        return found
    if parsed.dep[verb] == "conj" and parsed.head[verb] < verb:
        return subjects(parsed, parsed.head[verb])
    if parsed.dep[verb] == "xcomp" and parsed.lemma[parsed.head[verb]] in _REPORTS:
        return subjects(parsed, parsed.head[verb])  # "is believed to be holding"
    return (
        [parsed.head[verb]] if parsed.dep[verb] in {"acl"} and parsed.pos[parsed.head[verb]] in {"NOUN", "NUM"} else []
    )


def _antecedent(parsed: Parsed, subject: int) -> int:
    """For "who" and "that" the noun they stand for."""
    if parsed.tag[subject] not in {"WP", "WDT"}:
        return subject
    verb = parsed.head[subject]
    while parsed.dep[verb] in {"conj", "xcomp", "ccomp"} and parsed.head[verb] != verb:
        verb = parsed.head[verb]
    return parsed.head[verb] if parsed.dep[verb] == "relcl" else subject


def verb_above(parsed: Parsed, token: int) -> int | None:
    node = token
    for _ in range(8):
        if parsed.head[node] == node:
            return node if parsed.pos[node] in {"VERB", "AUX"} else None
        node = parsed.head[node]
        if parsed.pos[node] in {"VERB", "AUX"}:
            return node
    return None


# --------------------------------------------------------------------------- whether it is told as having happened

_MODALS = frozenset(
    {"could", "would", "may", "might", "can", "should", "must", "will", "shall", "'ll", "wo", "ca", "'d"}
)
_DOUBTS = frozenset({"if", "unless", "whether", "lest"})
_REPORTS = frozenset(
    "claim allege admit acknowledge suspect seem accuse boast believe report "
    "say think know fear understand find confirm presume".split()
)


def is_told(parsed: Parsed, verb: int, zero: bool = False) -> bool:
    """Whether a verb tells what happened: no modal, no condition, no purpose, no denial ("no one was hurt" apart)."""
    node = verb
    for _ in range(4):
        if not _verb_is_told(parsed, node, zero):
            return False
        if parsed.dep[node] not in {"conj", "xcomp"} or parsed.head[node] == node:
            return True
        if parsed.dep[node] == "conj" and any(parsed.dep[child] in {"aux", "auxpass", "nsubj", "nsubjpass"}
                                              for child in parsed.children[node]):  # fmt: skip
            return True
        node = parsed.head[node]
    return True


def _verb_is_told(parsed: Parsed, verb: int, zero: bool) -> bool:
    children = parsed.children[verb]
    if parsed.lemma[verb] == "fear":
        return False
    helpers = {parsed.lemma[child] for child in children if parsed.dep[child] == "aux"}
    perfect = "have" in helpers or (parsed.tag[verb] == "VBG" and "be" in helpers)
    for child in children:
        dep, low = parsed.dep[child], parsed.text[child].lower()
        if dep == "neg" or low in {"not", "n't", "never"}:
            return False
        if dep == "aux" and low in _MODALS:
            return False
        if dep == "mark" and low in _DOUBTS:
            return False
        if dep == "aux" and parsed.tag[child] == "TO" and not _reported(parsed, verb, perfect):
            return False
        if dep == "prep" and low == "without" and zero:
            return False
    return not (
        parsed.dep[verb] == "pcomp" and parsed.text[parsed.head[verb]].lower() in {"without", "of", "from", "against"}
    )


def _reported(parsed: Parsed, verb: int, perfect: bool) -> bool:
    """ "Is believed to have killed 12" and "were forced to flee" tell; "plotted to kill 12" does not."""
    above = parsed.lemma[parsed.head[verb]]
    return (perfect and above in _REPORTS) or above in {"force", "compel", "appear", "happen"}
