"""Tells whether a content threatens: revenge, an ultimatum, what will be done to whoever does not listen."""

from __future__ import annotations

from dataclasses import replace

from sayso.extract.claims.forms import (
    NEGATIVE,
    OWNERS,
    SELF,
    WILL,
    Form,
    Rule,
    form_of,
    is_future,
    is_imperative,
    is_negated,
    is_own,
)
from sayso.extract.claims.leanings import leanings
from sayso.extract.claims.sayings import lemma_of
from sayso.extract.clauses import child, is_passive
from sayso.model import Stance


def reserved(form: Form) -> Stance | None:
    """ "reserves all options"."""
    told = "options" in form.words and any(word.startswith("reserv") for word in form.words)
    return Stance.THREATENS if told else None


def warned_of_oneself(form: Form) -> Stance | None:
    """ "warned that its men would shoot", "warned them to leave or be shot"."""
    if form.saying.lemma not in ("warn", "caution", "warning"):
        return None
    if form.parsed.tag[form.first] == "TO":
        return Stance.THREATENS if {"or", "otherwise"} & set(form.words) else None
    if form.lemma in leanings().sanctions and is_future(form) and is_passive(form.parsed, form.main):
        return Stance.THREATENS
    last = form_of(form.parsed, replace(form.saying, content=form.saying.content[-1:]))
    if last.subject is None or not any(True for _ in last.kids("MD")):
        return None
    whose = child(form.parsed, last.subject, "poss")
    owner = form.parsed.text[last.subject if whose is None else whose].lower()
    return Stance.THREATENS if owner in SELF | OWNERS else None


def revenge(form: Form) -> Stance | None:
    """ "will regret it", "would answer in kind", "swore revenge", "will not go unanswered"."""
    table, vows = leanings(), form.saying.lemma in _VOWS
    feared = table.reprisals if vows else table.warnings if form.saying.lemma == "warn" else None
    if feared and any(lemma_of(form.parsed, token) in feared for token in _nouns(form)):
        return Stance.THREATENS
    if not vows and not is_future(form):
        return None
    words = set(form.words)
    if words & table.impunity and words & NEGATIVE:
        return Stance.THREATENS
    if is_negated(form):
        return None
    verb = _doing(form)
    lemma = lemma_of(form.parsed, verb)
    if lemma in table.revenge:
        return Stance.THREATENS
    return Stance.THREATENS if lemma in table.answering and words & table.firmly else None


_VOWS = frozenset("vow swear promise pledge threaten threat".split())


def _nouns(form: Form) -> list[int]:
    """The main word with its object, and how the content begins."""
    kids = (kid for kid in form.parsed.children[form.main] if form.parsed.dep[kid] in ("dobj", "pobj"))
    return [form.main, *kids, *range(form.first, min(form.first + 4, form.last + 1))]


def _doing(form: Form) -> int:
    """The main word, past "go" and the like: "vowed to punish", "will be made to regret"."""
    found = child(form.parsed, form.main, "xcomp")
    return found if found is not None and form.lemma in ("go", "make", "live", "come") else form.main


def whoever(form: Form) -> Stance | None:
    """ "Anyone found outdoors will be shot"."""
    parsed = form.parsed
    if form.words[:1] == ("any",) and form.lemma in leanings().sanctions and is_passive(parsed, form.main):
        return Stance.THREATENS if is_future(form) and not is_negated(form) else None
    if not set(form.opening[:1]) & leanings().anyone:
        return None
    for token in range(form.first, form.last + 1):
        if lemma_of(parsed, token) in leanings().harm | leanings().answering:
            kids = {parsed.text[kid].lower() for kid in parsed.children[token]}
            if kids & WILL and not kids & NEGATIVE:
                return Stance.THREATENS
    return None


def or_else(form: Form) -> Stance | None:
    """ "Leave or be shelled", "Cut the power and we will open the sluices"."""
    if not is_imperative(form.parsed, form.first, form.last):
        return None
    for token in form.parsed.children[form.main]:
        if form.parsed.dep[token] != "conj" or token < form.main:
            continue
        joined = {form.parsed.text[kid].lower() for kid in form.parsed.children[form.main] if kid < token}
        passive = is_passive(form.parsed, token)
        future = any(form.parsed.text[kid].lower() in WILL for kid in form.parsed.children[token])
        if ("or" in joined and (passive or future)) or ("and" in joined and future):
            return Stance.THREATENS
    return None


def unless(form: Form) -> Stance | None:
    """ "we will boycott the vote unless the register is opened"; what else may follow when somebody warns."""
    if not is_future(form) or not {"unless", "failing", "otherwise"} & set(form.words):
        return None
    return Stance.THREATENS if form.saying.lemma == "warn" or is_own(form) else None


THREATS: tuple[Rule, ...] = (reserved, warned_of_oneself, revenge, whoever, or_else, unless)
