"""Judges the acts that the rules propose for a sentence: joins, retypes and merges them.

Acts that stand inside others are joined with them ("refused to release", "agreed to send"), what is still to come is
retyped as PLOVER asks, and doubles within a sentence are merged.
"""

from __future__ import annotations

from sayso.extract.events.frames import cue_words
from sayso.extract.events.match import Act, propose
from sayso.extract.events.roles import Roles
from sayso.extract.events.screen import tells_something
from sayso.extract.events.status import is_future, is_refused, named_status, purpose_status, verb_status
from sayso.extract.grammar import Grammar
from sayso.model import EventType, Status

E = EventType
_COOPERATIVE = frozenset({E.CONSULT, E.SUPPORT, E.COOPERATE, E.AID, E.AGREE})
_YIELDING = frozenset({E.RETREAT, E.CONCEDE})
_HARSH = frozenset({E.ASSAULT, E.COERCE, E.SANCTION, E.MOBILIZE, E.PROTEST, E.THREATEN})
# Done in the very act that serves it: "blocked a road to protest", "telephoned to express his solidarity".
_DONE_BY_SAYING = frozenset({E.PROTEST, E.REQUEST, E.ACCUSE, E.SUPPORT})
_TO_COME = frozenset({Status.PLANNED, Status.THREATENED})
# The mode of a request or refusal is its content, that of a threat what is threatened.
_CONTENT_MODE = {E.AID: "assist", E.SUPPORT: "assist", E.COOPERATE: "assist", E.MOBILIZE: "assist", E.RETREAT: "yield",
                 E.CONCEDE: "yield", E.CONSULT: "meet"}  # fmt: skip
_THREAT_MODE = {E.ASSAULT: "violence", E.MOBILIZE: "violence", E.COERCE: "restrict", E.SANCTION: "restrict",
                E.REJECT: "relations"}  # fmt: skip
_CONTENT_WORDS = {
    "withdrawal": "yield", "release": "yield", "resignation": "yield", "access": "yield", "ceasefire": "yield",
    "help": "assist", "aid": "assist", "assistance": "assist", "support": "assist", "money": "assist", "loan": "assist",
    "troop": "assist", "intervention": "assist", "meeting": "meet", "talk": "meet", "dialogue": "meet",
    "negotiation": "meet", "visit": "meet", "apology": "yield",
}  # fmt: skip


def settled_acts(grammar: Grammar, roles: Roles, first: int, last: int) -> list[Act]:
    """The acts of one sentence, by token range, as the rules see them."""
    acts = propose(grammar, roles, first, last)
    return _settle(grammar, acts) if acts else []


def _settle(grammar: Grammar, acts: list[Act]) -> list[Act]:
    """Judge, join and merge the acts of one sentence."""
    acts = _drop_owned(acts)
    for act in acts:
        if act.named:
            act.status = named_status(grammar, act.trigger, act.support, act.type is E.COERCE)
        else:
            act.status = verb_status(grammar, act.verb)
            if act.status is Status.PLANNED and act.type in _DONE_BY_SAYING:
                act.status = purpose_status(grammar, act.verb)
    acts = [act for act in acts if tells_something(grammar, act)]
    acts = _join_content(grammar, acts)
    for act in acts:
        _retype(grammar, act)
    return _merge(grammar, acts)


def _drop_owned(acts: list[Act]) -> list[Act]:
    """Leave out nouns that only complete a verb: the sanctions of "lifted sanctions"."""
    owned = {token for act in acts if act.type not in (E.ACCUSE, E.REQUEST, E.ASSAULT) for token in act.objects}
    owned |= {token for act in acts for token in act.extra}
    return [act for act in acts if act.trigger not in owned]


def _join_content(grammar: Grammar, acts: list[Act]) -> list[Act]:
    """Give requests, refusals, promises and threats their mode and recipients from what they are about."""
    dropped: set[int] = set()
    for act in acts:
        if not (act.frame.content or act.type is E.THREATEN):
            continue
        inner = [other for other in acts if other is not act and _is_inside(grammar, other, act)]
        words = {_CONTENT_WORDS.get(grammar.lemma[token]) for token in act.objects}
        words |= {
            _CONTENT_WORDS.get(grammar.lemma[token])
            for name, token in grammar.arguments(act.verb).preps
            if name == "for"
        }
        first = inner[0] if inner else None
        if act.type in (E.REQUEST, E.REJECT) and act.mode is None:
            act.mode = _CONTENT_MODE.get(first.type) if first else next((word for word in words if word), None)
            act.mode = act.mode or ("change" if act.frame.content else None)
        elif act.type is E.THREATEN and act.mode is None and first is not None:
            act.mode = "arrest" if first.mode == "arrest" else _THREAT_MODE.get(first.type)
        elif act.type is E.AGREE and first is not None:
            _promise(grammar, act, first, dropped)
        if first is not None and not act.recipients:
            act.recipients = [token for token in first.recipients if token not in act.actors]
        if act.type in (E.REJECT, E.AGREE, E.CONCEDE) and id(act) not in dropped:
            dropped.update(id(other) for other in inner if not (act.type is E.AGREE and other.type in _HARSH))
    return [act for act in acts if id(act) not in dropped]


def _promise(grammar: Grammar, act: Act, inner: Act, dropped: set[int]) -> None:
    if inner.type in _YIELDING:
        act.type, act.mode, act.note = E.CONCEDE, None, f"{inner.type} still to come"
    elif inner.type is E.MOBILIZE:
        dropped.add(id(inner))
    elif inner.type in _HARSH and inner.status is not Status.NEGATED:
        if grammar.lemma[act.trigger] in ("vow", "promise", "pledge"):
            act.type, act.mode = E.THREATEN, _THREAT_MODE.get(inner.type)
        else:
            dropped.add(id(act))


def _is_inside(grammar: Grammar, inner: Act, outer: Act) -> bool:
    """Whether an act is the content of another: in its infinitive, or the noun it is about."""
    at = inner.verb
    for _ in range(3):
        if at in outer.complements:
            return True
        if grammar.parsed.dep[at] != "conj":
            break
        at = grammar.parsed.head[at]
    if inner.trigger in outer.objects:
        return True
    head = grammar.parsed.head[inner.trigger]
    return (
        grammar.parsed.dep[inner.trigger] == "pobj"
        and grammar.lemma[head] == "for"
        and grammar.parsed.head[head] == outer.trigger
    )


def _retype(grammar: Grammar, act: Act) -> None:
    """Type what is still to come, or will not come, as PLOVER does."""
    if act.type is E.MOBILIZE and _is_relief(grammar, act):
        act.type, act.mode = E.AID, None
    note = f"{act.type} still to come"
    if act.status in _TO_COME and act.type in _COOPERATIVE - {E.AGREE}:
        act.type, act.mode, act.note = E.AGREE, None, note
    elif act.status in _TO_COME and act.type is E.RETREAT:
        act.type, act.mode, act.note = E.CONCEDE, None, note
    elif (
        act.status is Status.NEGATED
        and act.type in _COOPERATIVE | _YIELDING
        and (is_future(grammar, act.verb) or is_refused(grammar, act.verb))
    ):
        act.mode, act.note = _CONTENT_MODE.get(act.type), f"no {act.type} to come"
        act.type, act.status = E.REJECT, Status.OCCURRED


def _is_relief(grammar: Grammar, act: Act) -> bool:
    """Whether troops are sent to keep the peace or to help after a disaster."""
    first, last = grammar.clause(act.verb)
    words = cue_words("relief", "words")
    return any(
        grammar.lemma[token] in words for token in range(max(first, act.trigger - 6), min(last, act.trigger + 14) + 1)
    )


def _merge(grammar: Grammar, acts: list[Act]) -> list[Act]:
    """One act for what a sentence tells twice: "killed in an attack", "ended the talks they held"."""
    kept: list[Act] = []
    for act in sorted(acts, key=lambda act: (act.named, act.trigger)):
        twin = next((other for other in kept if _is_twin(grammar, act, other)), None)
        if twin is None:
            kept.append(act)
            continue
        twin.actors = twin.actors or [token for token in act.actors if token not in twin.recipients]
        twin.recipients = twin.recipients or [token for token in act.recipients if token not in twin.actors]
        twin.mode = twin.mode or act.mode
    return sorted(kept, key=lambda act: act.trigger)


def _is_twin(grammar: Grammar, act: Act, other: Act) -> bool:
    """Whether two acts of one type tell one thing: a noun under the other's verb, or verbs of one clause."""
    if act.type is not other.type or act.status is not other.status:
        return False
    if not act.named:  # verbs tell things of their own, unless one only says how the other was done
        head = grammar.parsed.head[act.verb]
        gerund = grammar.parsed.dep[act.verb] in ("pcomp", "acl") and grammar.parsed.tag[act.verb] == "VBG"
        if gerund and grammar.governor(act.verb) == other.verb and not other.actors:
            return True  # "killed in police firing"
        return (
            grammar.parsed.dep[act.verb] in ("advcl", "xcomp", "conj", "pcomp", "acl")
            and _shares(act, other)
            and (head == other.verb or grammar.parsed.head[head] == other.verb)
        )
    if act.actors and other.actors and not set(act.actors) & set(other.actors):
        return False
    return other.verb in (act.verb, grammar.governor(act.trigger)) or other.verb == act.support


def _shares(act: Act, other: Act) -> bool:
    return bool(set(act.recipients) & set(other.recipients)) and set(act.actors) <= set(other.actors) | set(
        act.recipients
    )
