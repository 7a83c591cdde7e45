"""Rarer constructions of a toll: bodies brought in, people held, hurt "with wounds", "to death"; parts of a toll."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.extract.tolls.counts import Bounds, Count, bound_number, is_person, number_run, read_count, read_counts
from sayso.extract.tolls.rules import Found, HarmWords
from sayso.extract.tolls.victims import is_told, objects, passive_victims, subjects
from sayso.model import Harm, Parsed, Reason

PART = "part"  # the name of the reason that marks a part of another toll

_FOUND = frozenset("bring take count carry deliver".split())  # to a morgue; bodies dug out may be of an older count
_HOLDERS = frozenset("police officer authority soldier army force troop government ministry junta".split())
_RAISED = frozenset({"bring", "take", "raise", "push", "put", "lift"})
_SUFFERED = frozenset({"get", "receive", "suffer", "sustain"})
_FATAL = frozenset("stab beat burn crush trample hack stone torture shoot bludgeon club knife batter".split())
_REMOVED = frozenset({"eliminate", "neutralise", "neutralize", "liquidate"})
_WHOLE = frozenset({"them", "whom", "these", "those"})


def bodies(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """At least seven bodies had been brought to the ward; of whom is not said."""
    if parsed.lemma[token] != "body" or parsed.tag[token] != "NNS" or parsed.dep[token] not in {"nsubjpass", "dobj"}:
        return None
    verb = parsed.head[token]
    counted = read_count(parsed, token)
    if parsed.lemma[verb] not in _FOUND or counted is None or not is_told(parsed, verb):
        return None
    return Found(replace(counted, who=None), Harm.KILLED, token)


def held(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """2,000 persons were taken to police stations; police hold upwards of 3,000 people."""
    lemma = parsed.lemma[token]
    if lemma == "station" and "police" in {parsed.text[child].lower() for child in parsed.children[token]}:
        prep = parsed.head[token]
        verb = parsed.head[prep]
        if parsed.text[prep].lower() == "to" and parsed.lemma[verb] in {"take", "bring"}:
            return _of(parsed, verb, passive_victims(parsed, verb) or objects(parsed, verb), Harm.ARRESTED)
        return None
    if lemma != "hold" or parsed.pos[token] != "VERB":
        return None
    if not any(parsed.lemma[who].lower() in _HOLDERS for who in subjects(parsed, token)):
        return None
    heads = objects(parsed, token)
    for child in parsed.children[token]:
        if parsed.text[child].lower() == "upwards":
            heads += [p for of in parsed.children[child] for p in parsed.children[of] if parsed.dep[p] == "pobj"]
    return _of(parsed, token, [head for head in heads if _are_people(parsed, head)], Harm.ARRESTED)


def _are_people(parsed: Parsed, head: int) -> bool:
    return parsed.lemma[head].lower() in {"people", "person"} or is_person(parsed, head) or parsed.pos[head] == "NUM"


def hurt(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """Eighteen got injuries; another 18 with wounds."""
    if parsed.lemma[token] not in {"wound", "injury"} or parsed.pos[token] != "NOUN":
        return None
    head = parsed.head[token]
    if parsed.dep[token] == "dobj" and parsed.lemma[head] in _SUFFERED:
        return _of(parsed, head, subjects(parsed, head), Harm.INJURED)
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
    return _of(parsed, verb, passive_victims(parsed, verb) or objects(parsed, verb), Harm.KILLED)


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
                return Found(Count(bounds, start, run[1], None), harm, token, total=True)
    return None


def of_the_dead(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """Nineteen of the dead were officers: a part of a toll told elsewhere."""
    prep = parsed.head[token]
    if parsed.text[token].lower() != "dead" or parsed.dep[token] != "pobj" or parsed.text[prep].lower() != "of":
        return None
    first, last = parsed.sents[parsed.sent[token]]
    run = number_run(parsed, parsed.head[prep], first, last)
    if run is None or run[1] != prep - 1:
        return None
    bounds, start = bound_number(parsed, run, first)
    return Found(Count(bounds, start, run[1], None), Harm.KILLED, token, reasons=(Reason(PART, 1.0, "of the dead"),))


SHAPES = (bodies, held, hurt, to_death, removed, raised, of_the_dead)
SHAPE_WORDS = frozenset({"body", "station", "hold", "wound", "injury", "death", "number"}) | _REMOVED


def _of(parsed: Parsed, verb: int, heads: Sequence[int], harm: Harm) -> Found | None:
    for head in heads:
        counted = read_counts(parsed, head)
        if counted and counted.bounds.high != 0 and is_told(parsed, verb):
            return Found(counted, harm, verb)
    return None


# --------------------------------------------------------------------------- parts and lists


def parts(parsed: Parsed, whole: Found) -> list[Found]:
    """What a toll's own sentence splits it into: "164 lives, 103 of them in the city"; marked as parts of it."""
    _, last = parsed.sents[parsed.sent[whole.trigger]]
    found: list[Found] = []
    at = whole.count.last + 1
    while at < last:
        run = number_run(parsed, at, at, last)
        if run is None:
            at += 1
            continue
        first, end, value = run
        before = [word.lower() for word in parsed.text[max(0, first - 3) : first]]
        after = [word.lower() for word in parsed.text[end + 1 : end + 3]]
        of_them = after[:1] == ["of"] and after[1:] and after[1] in _WHOLE
        if (of_them or before[-2:] == ["of", "whom"]) and value > 1 and _fits(whole.count.bounds, value):
            bounds, start = bound_number(parsed, run, first if before[-2:] == ["of", "whom"] else whole.count.last + 1)
            count = Count(bounds, start, end, whole.count.who, plain=True)
            reason = Reason(PART, 1.0, f"of {parsed.article.quote(parsed.span(whole.count.first, whole.count.last))}")
            found.append(Found(count, whole.harm, whole.trigger, reasons=(reason,)))
        at = end + 1
    return found


def _fits(whole: Bounds, value: int) -> bool:
    return whole.high is None or value < whole.high


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
