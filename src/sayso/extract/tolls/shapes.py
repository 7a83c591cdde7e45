"""Rarer constructions of a toll: bodies brought in, people held, hurt "with wounds", "to death"; lists."""

from __future__ import annotations

from dataclasses import replace

from sayso.extract.tolls.bounds import bound_number, number_run
from sayso.extract.tolls.counts import Count, is_person, lemma_of, read_count, read_counts
from sayso.extract.tolls.kinds import noun_kind
from sayso.extract.tolls.rules import Found, HarmWords, told
from sayso.extract.tolls.victims import is_told, objects, passive_victims, subjects, verb_above
from sayso.model import Harm, Parsed, VictimKind

_RAISED = frozenset({"bring", "take", "raise", "push", "put", "lift"})
_FIGHT = frozenset({VictimKind.MILITARY, VictimKind.POLICE, VictimKind.COMBATANTS})
_ENDURED = frozenset({"suffer", "recover", "treat", "hospitalize", "hospitalise", "bleed", "die"})
_ESCAPED = frozenset({"escape", "survive", "emerge", "admit", "hospitalize"})
_UNITS = frozenset("army regiment unit battalion brigade division force squad platoon corps militia rebel navy".split())
_SUFFERED = frozenset({"get", "receive", "suffer", "sustain"})
_FATAL = frozenset("stab beat burn crush trample hack stone torture shoot bludgeon club knife batter".split())
_REMOVED = frozenset({"eliminate", "neutralise", "neutralize", "liquidate"})


def bodies(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """At least seven bodies had been brought to the ward: of whom is not said; the bodies of nine miners were found."""
    if parsed.lemma[token].lower() not in {"body", "corpse"} or parsed.pos[token] not in {"NOUN", "PROPN"}:
        return None
    verb = verb_above(parsed, token)
    if verb is not None and not is_told(parsed, verb):
        return None
    for child in parsed.children[token]:
        for inner in parsed.children[child] if parsed.text[child].lower() == "of" else ():
            if parsed.dep[inner] == "pobj" and (counted := read_counts(parsed, inner)):
                return Found(counted, Harm.KILLED, token)
    counted = read_count(parsed, token)
    if counted is None or counted.bounds.high == 0 or parsed.text[counted.first].lower() == "some":
        return None
    return Found(replace(counted, who=None, head=None), Harm.KILLED, token)


def held(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """2,000 persons were taken to police stations; police hold upwards of 3,000 people."""
    lemma = parsed.lemma[token]
    if lemma == "station" and "police" in {parsed.text[child].lower() for child in parsed.children[token]}:
        prep = parsed.head[token]
        verb = parsed.head[prep]
        if parsed.text[prep].lower() == "to" and parsed.lemma[verb] in {"take", "bring"}:
            return told(parsed, verb, passive_victims(parsed, verb) or objects(parsed, verb), Harm.ARRESTED)
        return None
    if lemma != "hold" or parsed.pos[token] != "VERB":
        return None
    heads = []
    for child in parsed.children[token]:
        if parsed.text[child].lower() == "upwards":
            heads += [p for of in parsed.children[child] for p in parsed.children[of] if parsed.dep[p] == "pobj"]
    return told(parsed, token, heads, Harm.ARRESTED)


def hurt(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """Eighteen got injuries; another 18 with wounds."""
    if parsed.lemma[token] not in {"wound", "injury", "burn", "fracture"} or parsed.pos[token] != "NOUN":
        return None
    head = parsed.head[token]
    if "self" in parsed.text[token - 1].lower() or "fatal" in {
        parsed.text[at].lower() for at in parsed.children[token]
    }:
        return None
    if parsed.dep[token] == "dobj" and parsed.lemma[head] in _SUFFERED:
        return told(parsed, head, subjects(parsed, head), Harm.INJURED)
    if parsed.text[head].lower() in {"from", "for", "of"} and parsed.lemma[parsed.head[head]] in _ENDURED:
        verb = parsed.head[head]
        harm = Harm.KILLED if parsed.lemma[verb] == "die" else Harm.INJURED
        return told(parsed, verb, passive_victims(parsed, verb) or subjects(parsed, verb), harm)
    if parsed.text[head].lower() == "with" and parsed.lemma[parsed.head[head]] in {"leave", "find"}:
        verb = parsed.head[head]
        return told(parsed, verb, objects(parsed, verb) or passive_victims(parsed, verb), Harm.INJURED)
    if parsed.text[head].lower() == "with" and parsed.lemma[parsed.head[head]] in _ESCAPED:
        return told(parsed, parsed.head[head], subjects(parsed, parsed.head[head]), Harm.INJURED)
    if parsed.text[head].lower() == "with" and parsed.pos[parsed.head[head]] in {"NUM", "NOUN"}:
        counted = read_count(parsed, parsed.head[head])
        return Found(counted, Harm.INJURED, token) if counted and counted.bounds.high != 0 else None
    return None


def to_death(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """A general was stabbed to death."""
    prep = parsed.head[token]
    if parsed.text[token].lower() != "death" or parsed.text[prep].lower() != "to":
        return None
    verb = parsed.head[prep]
    if parsed.lemma[verb] not in _FATAL:
        return None
    return told(parsed, verb, passive_victims(parsed, verb) or objects(parsed, verb), Harm.KILLED)


def removed(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """Dozens of attackers had been "eliminated"; but eliminated teams, jobs and errors are none."""
    if parsed.lemma[token] not in _REMOVED or parsed.pos[token] != "VERB":
        return None
    for head in passive_victims(parsed, token) or objects(parsed, token):
        counted = read_counts(parsed, head)
        if counted and counted.who and is_person(parsed, counted.who[1]) and is_told(parsed, token):
            return Found(counted, Harm.KILLED, token)
    return None


def raised(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """That brought to 56 the number killed."""
    verb = parsed.head[token]
    if parsed.lemma[token] != "number" or parsed.lemma[verb] not in _RAISED or parsed.dep[token] != "dobj":
        return None
    inside = [parsed.text[at].lower() for at in range(token, parsed.right[token] + 1)]
    harm = next((words.state[word] for word in inside if word in words.state), None)
    first, last = parsed.sents[parsed.sent[token]]
    for prep in parsed.children[verb]:
        if harm is None or parsed.text[prep].lower() not in {"to", "at"}:
            continue
        for number in parsed.children[prep]:
            run = number_run(parsed, number, first, last)
            if run is not None:
                bounds, start = bound_number(parsed, run, first)
                return Found(Count(bounds, start, run[1], None), harm, token, total=parsed.lemma[verb] != "put")
    return None


def lost(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """The army lost 12 soldiers; but a club that lost two players sold them."""
    if parsed.lemma[token] != "lose" or parsed.pos[token] != "VERB":
        return None
    for head in objects(parsed, token):
        counted = read_counts(parsed, head)
        kind = noun_kind(parsed, counted.head) if counted and counted.head is not None else None
        fighters = kind in _FIGHT or (
            counted is not None
            and counted.head is not None
            and lemma_of(parsed, counted.head) in {"man", "troop"}
            and any(lemma_of(parsed, who) in _UNITS for who in subjects(parsed, token))
        )
        if counted and fighters and is_told(parsed, token):
            return Found(counted, Harm.KILLED, token)
    return None


def for_the_loss(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """For the loss of a single lieutenant; with the loss of 12 lives."""
    if parsed.lemma[token] != "loss" or parsed.pos[token] != "NOUN":
        return None
    for child in parsed.children[token]:
        for inner in parsed.children[child] if parsed.text[child].lower() == "of" else ():
            counted = read_counts(parsed, inner)
            if counted and parsed.lemma[inner] in {"life", "man"}:
                return Found(replace(counted, who=None, head=None), Harm.KILLED, token)
            if counted and counted.head is not None and noun_kind(parsed, counted.head) in _FIGHT:
                return Found(counted, Harm.KILLED, token)
    return None


SHAPES = (bodies, held, hurt, to_death, removed, raised, lost, for_the_loss)
SHAPE_WORDS = (
    frozenset({"body", "corpse", "station", "hold", "wound", "injury", "burn", "fracture", "death", "number"})
    | {"lose", "loss"}
    | _REMOVED
)


# --------------------------------------------------------------------------- lists


def listed(parsed: Parsed, total: Found) -> list[Found]:
    """The other numbers of a total given as a list: "its count of the dead: 26 gunmen and 18 officers"."""
    head = parsed.head[total.count.last]
    if not total.total or parsed.dep[total.count.last] != "nummod" or parsed.dep[head] != "appos":
        return []
    found = [replace(total, count=own) for own in [read_count(parsed, head)] if own]
    for child in parsed.children[head]:
        counted = read_count(parsed, child) if parsed.dep[child] == "conj" else None
        if counted is not None:
            found.append(replace(total, count=counted))
    return found
