"""Tells whether an event is told as having happened, from tense, modals, negation and what governs it."""

from __future__ import annotations

import re

from sayso.extract.events.frames import cue_words
from sayso.extract.grammar import Grammar
from sayso.model import Article, Status

_ORDER = (
    ("threatened", Status.THREATENED),
    ("demanded", Status.DEMANDED),
    ("negated", Status.NEGATED),
    ("planned", Status.PLANNED),
    ("hypothetical", Status.HYPOTHETICAL),
)
# Nouns that say of what they are about that it is asked for, feared or planned.
_NOUN_HEADS = {
    word: status
    for status, words in (
        (Status.THREATENED, "threat warning"),
        (Status.HYPOTHETICAL, "fear risk possibility prospect danger chance attempt power right ability"),
        (Status.DEMANDED, "call demand request appeal order"),
        (Status.PLANNED, "plan proposal preparation readiness intention decision effort offer promise pledge"),
        (Status.NEGATED, "lack absence refusal nothing"),
        (Status.HISTORICAL, "anniversary"),
    )
    for word in words.split()
}
_MODIFIERS = {
    "planned": Status.PLANNED, "upcoming": Status.PLANNED, "proposed": Status.PLANNED, "scheduled": Status.PLANNED,
    "possible": Status.HYPOTHETICAL, "potential": Status.HYPOTHETICAL, "future": Status.PLANNED,
    "threatened": Status.THREATENED, "imminent": Status.PLANNED, "no": Status.NEGATED, "foiled": Status.NEGATED,
    "further": None, "ongoing": Status.ONGOING, "any": Status.HYPOTHETICAL,
}  # fmt: skip
_LONG_AGO = re.compile(r"\b(?:years|decades|centuries) ago\b|\bcentury\b|\b(?:1[0-9])\d\ds\b", re.I)
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")


def verb_status(grammar: Grammar, verb: int, depth: int = 0) -> Status:
    """The status of what a verb tells."""
    parsed = grammar.parsed
    own = _auxiliaries(grammar, verb)
    if own is not None:
        return own
    dep, head = parsed.dep[verb], parsed.head[verb]
    if depth < 4 and head != verb:
        if dep == "conj" and parsed.pos[head] in ("VERB", "AUX") and not _finite(grammar, verb):
            return verb_status(grammar, head, depth + 1)
        if dep in ("xcomp", "ccomp", "acl", "pcomp"):
            inherited = _governed(grammar, verb, depth)
            if inherited is not None:
                return inherited
    if parsed.tag[verb] == "VB" and _has_to(grammar, verb):
        return Status.PLANNED
    return Status.OCCURRED


def purpose_status(grammar: Grammar, verb: int) -> Status:
    """The status of what an infinitive of purpose names and the act above it does: "blocked a road to protest"."""
    parsed, head = grammar.parsed, grammar.parsed.head[verb]
    serves = parsed.dep[verb] == "advcl" or (parsed.dep[verb] == "xcomp" and _class(grammar, head) is None)
    if not serves or parsed.tag[verb] != "VB" or parsed.pos[head] != "VERB":
        return Status.PLANNED
    return verb_status(grammar, head)


def named_status(grammar: Grammar, noun: int, support: int | None, measure: bool) -> Status:
    """The status of a named act; a measure takes place in being ordered or announced: "ordered a curfew"."""
    status = noun_status(grammar, noun, support)
    if support is None:
        return _foreseen(grammar, noun, status)
    word = grammar.lemma[support]
    if measure and word in ("order", "announce", "declare", "impose") and grammar.parsed.dep[noun] == "dobj":
        return verb_status(grammar, support)
    if status is Status.HYPOTHETICAL and word in cue_words("light", "seen") and _modal(grammar, support) == "could":
        return Status.OCCURRED  # "gunfire could be heard"
    if status is Status.DEMANDED and word == "call" and grammar.parsed.dep[noun] == "dobj":
        return Status.PLANNED  # "called a strike"
    if status is Status.DEMANDED and _modal(grammar, support) == "should" and word in ("be", "begin", "start", "end"):
        return Status.PLANNED  # "the pull-out should be complete by Friday"
    return status


def _foreseen(grammar: Grammar, noun: int, status: Status) -> Status:
    """ "In case of an attack" and "warned of an attack" tell of none."""
    parsed, prep = grammar.parsed, grammar.parsed.head[noun]
    if status is not Status.OCCURRED or parsed.dep[noun] != "pobj":
        return status
    above = parsed.head[prep]
    bare_case = grammar.lemma[above] in ("case", "event") and grammar.lemma[parsed.head[above]] == "in"
    warned = grammar.lemma[above] == "warn" and grammar.lemma[prep] in ("of", "about", "against")
    return Status.HYPOTHETICAL if (grammar.lemma[prep] == "of" and bare_case) or warned else status


def _modal(grammar: Grammar, verb: int) -> str:
    return next(
        (grammar.lemma[child] for child in grammar.parsed.children[verb] if grammar.parsed.tag[child] == "MD"), ""
    )


def noun_status(grammar: Grammar, noun: int, support: int | None) -> Status:
    """The status of what a noun tells; `support` is the verb that says it takes place, if any."""
    parsed = grammar.parsed
    for child in parsed.children[noun]:
        told = _MODIFIERS.get(grammar.lemma[child]) if child < noun else None
        if told is not None:
            return told
    if support is not None:
        above = _class(grammar, support) if grammar.lemma[support] != "offer" else None
        status = verb_status(grammar, support)
        if status is not Status.OCCURRED:
            return status
        return above if above in (Status.THREATENED, Status.DEMANDED, Status.PLANNED, Status.NEGATED) else status
    at = noun
    for _ in range(3):
        head = parsed.head[at]
        if head == at:
            return Status.OCCURRED
        if parsed.pos[head] == "NOUN" and grammar.lemma[head] in _NOUN_HEADS and parsed.dep[at] in ("pobj", "compound"):
            return _NOUN_HEADS[grammar.lemma[head]]
        if parsed.pos[head] in ("VERB", "AUX"):
            return _under(grammar, noun, at, head)
        at = head
    return Status.OCCURRED


def is_future(grammar: Grammar, verb: int) -> bool:
    """Whether a verb stands under "will", "would" or "shall"."""
    return any(grammar.lemma[child] in ("will", "would", "shall", "'ll") for child in grammar.parsed.children[verb])


def is_long_ago(article: Article, words: str) -> bool:
    """Whether a time expression tells of history: more than a year before the report, as far as that is known."""
    if _LONG_AGO.search(words):
        return True
    published = article.published or (article.dateline.date if article.dateline else None)
    years = [int(year) for year in _YEAR.findall(words)]
    return bool(published and published[:4].isdigit() and years and max(years) <= int(published[:4]) - 2)


def _under(grammar: Grammar, noun: int, at: int, verb: int) -> Status:
    lemma, dep = grammar.lemma[verb], grammar.parsed.dep[at]
    if dep in ("dobj", "nsubjpass") or (dep == "prep" and grammar.lemma[at] in ("for", "against", "from", "on")):
        told = _class(grammar, verb)
        if told is Status.DEMANDED and dep == "prep" and grammar.lemma[at] != "for":
            return Status.OCCURRED
        if told is Status.PLANNED and dep == "prep":
            return Status.OCCURRED
        if told is not None and lemma not in ("order", "warn", "deny", "reject", "stop", "fail", "agree", "oppose"):
            return told
        if lemma in ("hold", "stage", "launch"):
            return verb_status(grammar, verb)
    return Status.OCCURRED


def _auxiliaries(grammar: Grammar, verb: int) -> Status | None:
    parsed, modal, negated, present = grammar.parsed, "", False, False
    for child in parsed.children[verb]:
        dep, lemma = parsed.dep[child], grammar.lemma[child]
        if dep == "neg" or lemma in ("never", "hardly"):
            negated = True
        elif dep in ("aux", "auxpass"):
            if parsed.tag[child] == "MD":
                modal = lemma
            elif lemma == "be" and parsed.tag[child] in ("VBZ", "VBP") and parsed.tag[verb] == "VBG":
                present = True
        elif dep in ("nsubj", "nsubjpass") and _is_nobody(grammar, child):
            negated = True
        elif dep == "mark" and lemma in cue_words("status", "conditional"):
            return Status.HYPOTHETICAL if parsed.dep[verb] in ("advcl", "ccomp") and lemma != "until" else None
    if negated:
        return Status.NEGATED
    if modal in ("will", "shall", "'ll", "wo"):
        return Status.PLANNED
    if modal in ("must", "should"):
        return Status.DEMANDED
    if modal == "would" and not _has_condition(grammar, verb):
        return Status.PLANNED
    if modal:
        return Status.HYPOTHETICAL
    return Status.ONGOING if present else None


def _is_nobody(grammar: Grammar, subject: int) -> bool:
    """ "Nobody", "no state", "not everyone", "none of them"."""
    if grammar.lemma[subject] in ("nobody", "none", "no-one", "nothing", "neither"):
        return True
    children = [child for child in grammar.parsed.children[subject] if child < subject]
    return any(grammar.lemma[child] in ("no", "not", "neither") for child in children)


def _has_condition(grammar: Grammar, verb: int) -> bool:
    """Whether an "if" clause or "have" makes "would" a supposition."""
    parsed = grammar.parsed
    for child in parsed.children[verb]:
        if parsed.dep[child] == "aux" and grammar.lemma[child] == "have":
            return True
        if parsed.dep[child] == "advcl" and any(
            grammar.lemma[mark] in ("if", "unless") for mark in parsed.children[child]
        ):
            return True
    return False


def is_refused(grammar: Grammar, verb: int) -> bool:
    """Whether a verb is what somebody refused or failed to do."""
    parsed = grammar.parsed
    return parsed.dep[verb] == "xcomp" and grammar.lemma[parsed.head[verb]] in ("fail", "refuse", "decline", "neglect")


def _governed(grammar: Grammar, verb: int, depth: int) -> Status | None:
    """What the word above says of an infinitive or clause below it."""
    parsed, head = grammar.parsed, grammar.parsed.head[verb]
    if parsed.dep[verb] == "pcomp":
        if grammar.lemma[head] == "against" and grammar.lemma[parsed.head[head]] in ("warn", "caution", "advise"):
            return Status.HYPOTHETICAL
        if grammar.lemma[head] not in ("from", "for", "to", "on", "about"):
            return None
        prep, head = head, parsed.head[head]
        told = _class(grammar, head) if parsed.pos[head] == "VERB" else None
        return told if told is Status.NEGATED and grammar.lemma[prep] == "from" else None
    if parsed.dep[verb] == "acl":
        infinitive = _has_to(grammar, verb)
        return _NOUN_HEADS.get(grammar.lemma[head], Status.PLANNED) if infinitive else None
    if parsed.pos[head] not in ("VERB", "ADJ", "AUX"):
        return None
    told = _class(grammar, head)
    finite = parsed.dep[verb] == "ccomp" and _finite(grammar, verb)
    if told is not None and not (finite and told not in (Status.DEMANDED, Status.NEGATED, Status.HYPOTHETICAL)):
        if finite and grammar.lemma[head] not in ("demand", "deny", "doubt", "fear", "urge", "insist", "suspect"):
            return None
        return told
    if parsed.dep[verb] == "xcomp" and grammar.lemma[head] == "have":  # "had to fire" tells a shot, "has to fire" none
        return Status.OCCURRED if parsed.tag[head] == "VBD" else Status.DEMANDED
    if grammar.lemma[head] in ("continue", "keep"):
        return Status.ONGOING
    if parsed.dep[verb] == "xcomp":
        above = verb_status(grammar, head, depth + 1) if parsed.pos[head] == "VERB" else Status.OCCURRED
        if above is Status.OCCURRED and grammar.lemma[head] not in cue_words("status", "implicative"):
            return None
        return above
    return None


def _class(grammar: Grammar, word: int) -> Status | None:
    lemma = grammar.lemma[word]
    if lemma == "set" and any(grammar.parsed.dep[child] == "prt" for child in grammar.parsed.children[word]):
        return None  # "set off protests"
    return next((status for name, status in _ORDER if lemma in cue_words("status", name)), None)


def _finite(grammar: Grammar, verb: int) -> bool:
    return grammar.parsed.tag[verb] in ("VBD", "VBZ", "VBP", "MD") or any(
        grammar.parsed.dep[child] in ("aux", "auxpass") and grammar.parsed.tag[child] in ("VBD", "VBZ", "VBP", "MD")
        for child in grammar.parsed.children[verb]
    )


def _has_to(grammar: Grammar, verb: int) -> bool:
    return any(
        grammar.parsed.dep[child] == "aux" and grammar.lemma[child] == "to" for child in grammar.parsed.children[verb]
    )
