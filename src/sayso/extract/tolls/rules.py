"""The constructions that say how many people were harmed, one rule each; the first that fits a word speaks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sayso.extract.tolls.bounds import Bounds, bound_number, bound_words, is_year, number_run
from sayso.extract.tolls.counts import REFLEXIVE, Count, read_count, read_counts
from sayso.extract.tolls.kinds import names_people, noun_kind
from sayso.extract.tolls.victims import is_told, objects, passive_victims, subjects, verb_above
from sayso.knowledge import table
from sayso.model import PROPERTY, SHOT, Harm, Parsed, Reason, VictimKind


@dataclass(frozen=True, slots=True)
class HarmWords:
    """The tables of harm, compiled once: lemma or word to what it counts."""

    object: Mapping[str, Harm]
    subject: Mapping[str, Harm]
    state: Mapping[str, Harm]
    noun: Mapping[str, Harm]
    totals: frozenset[str]
    any: frozenset[str]  # every word that can set off a rule


@lru_cache(maxsize=1)
def harm_words() -> HarmWords:
    data: Mapping[str, Any] = table("tolls.toml")
    tables = {
        name: {word: Harm(harm) for word, harm in data[name].items()} for name in ("object", "subject", "state", "noun")
    }
    totals = frozenset(data["toll"]["heads"])
    known = (
        frozenset().union(*tables.values())
        | totals
        | {"lose", "claim", "cost", "number", "life", "live", "victim", "force", "custody"}
    )
    return HarmWords(**tables, totals=totals, any=known)


@lru_cache(maxsize=1)
def unreal_words() -> frozenset[str]:
    return frozenset(table("tolls.toml")["unreal"]["words"])


@dataclass(frozen=True, slots=True)
class Found:
    """One toll before it is written down."""

    count: Count
    harm: Harm
    trigger: int
    total: bool = False
    reasons: tuple[Reason, ...] = ()
    part: bool = False
    withdrawn: bool = False


Rule = Callable[[Parsed, int, HarmWords], Found | None]


# --------------------------------------------------------------------------- rules, one a construction


def lost_life(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """Twelve people lost their lives; the fire claimed 12 lives; it cost the lives of two soldiers."""
    named = parsed.text[token].lower() == "lives" and parsed.lemma[token - 1].lower() in {"claim", "take", "cost"}
    victims = parsed.lemma[token] == "victim" and parsed.lemma[parsed.head[token]] == "claim"
    if not named and not victims and (parsed.lemma[token] != "life" or parsed.pos[token] != "NOUN"):
        return None
    if named and (found := _of_people(parsed, token, Harm.KILLED)):
        return found
    verb = parsed.head[token]
    if {parsed.lemma[at].lower() for at in range(max(0, token - 2), token)} & {"claim", "take", "cost"} and (
        parsed.pos[verb] not in {"VERB", "AUX"}
    ):
        return _of_people(parsed, token, Harm.KILLED)  # "Avalanche claims lives of three skiers", a title
    if parsed.lemma[verb] == "lose":
        return told(parsed, verb, subjects(parsed, verb), Harm.KILLED)
    if (
        parsed.lemma[verb] in {"claim", "cost", "take"}
        and parsed.dep[token] in {"dobj", "obj"}
        and is_told(parsed, verb)
    ):
        counted = read_count(parsed, token)
        if counted:
            return Found(replace(counted, who=None), Harm.KILLED, token)
        return _of_people(parsed, token, Harm.KILLED)
    return None


def running_total(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """The death toll rose to 164; the number of dead stands at 12."""
    lemma = parsed.lemma[token].lower()
    harm = _total_harm(parsed, token, lemma, words)
    if harm is None:
        return None
    first, last = parsed.sents[parsed.sent[token]]
    if parsed.lemma[parsed.head[token]] == "include" and parsed.dep[token] == "nsubj":
        return None  # told by `parts.included`
    for at in range(token + 1, min(last, token + 16)):
        before = parsed.text[at - 1].lower()
        if at > token + 1 and parsed.text[at] in {";", "."}:
            break
        if before in _FROM or (parsed.head[at] != at and parsed.lemma[parsed.head[at]].lower() in _CALENDAR):
            continue
        run = number_run(parsed, at, at, last)
        if run is None or is_year(parsed, run):
            continue
        bounds, start = bound_number(parsed, run, first)
        if _passed(parsed, token, at):
            bounds = Bounds(run[2], None)
        who = _who_is_numbered(parsed, token)
        return Found(replace(who, bounds=bounds, first=start, last=run[1]) if who else
                     Count(bounds, start, run[1], None), harm, token, total=_grows(parsed, token, lemma))  # fmt: skip
    return None


_GROWTH = frozenset(
    "rise climb grow reach pass exceed top surpass increase stand bring jump swell soar mount near hit".split()
)


def _grows(parsed: Parsed, token: int, lemma: str) -> bool:
    """Whether a toll is told as one that runs on: any "death toll" is, a "number" where it rises or stands."""
    if lemma != "number":
        return True
    verb = verb_above(parsed, token)
    return verb is not None and (parsed.lemma[verb] in _GROWTH or parsed.lemma[verb] == "be")


def _who_is_numbered(parsed: Parsed, token: int) -> Count | None:
    """The number of *people* killed has risen."""
    for child in parsed.children[token]:
        for inner in parsed.children[child] if parsed.text[child].lower() == "of" else ():
            if parsed.dep[inner] == "pobj" and names_people(parsed, inner):
                return Count(Bounds(0, 0), inner, inner, (inner, inner), head=inner)
    return None


_FROM = frozenset({"from"})
_CALENDAR = frozenset(
    "january february march april may june july august september october november december day hour week month year "
    "jan. feb. mar. apr. aug. sept. oct. nov. dec. percent %".split()
)


def _total_harm(parsed: Parsed, token: int, lemma: str, words: HarmWords) -> Harm | None:
    if lemma == "number" or (
        lemma == "count" and parsed.tag[token] == "NN" and parsed.text[token - 1].lower() != "one"
    ):
        for child in parsed.children[token]:
            if parsed.text[child].lower() == "of":
                for inner in range(child + 1, parsed.right[child] + 1):
                    low = parsed.text[inner].lower()
                    if low in {"custody", "detainees"}:
                        return Harm.ARRESTED
                    harm = (
                        words.state.get(low)
                        or words.noun.get(parsed.lemma[inner])
                        or words.object.get(parsed.lemma[inner])
                    )
                    if harm:
                        return harm
        if lemma == "number":
            return None
    if lemma not in words.totals or parsed.pos[token] not in {"NOUN", "PROPN"}:
        return None
    before = parsed.text[token - 1].lower() if token else ""
    if before in {"death", "fatality", "body", "dead"}:
        return Harm.KILLED
    if before in {"injury", "wounded"}:
        return Harm.INJURED
    if before == "casualty":
        return Harm.AFFECTED
    known = before in {"the", "official", "latest", "confirmed"} or parsed.lemma[parsed.head[token]] in _GROWTH
    return Harm.KILLED if lemma == "toll" and known else None


def _passed(parsed: Parsed, token: int, at: int) -> bool:
    between = {lemma.lower() for lemma in parsed.lemma[token:at]}
    return bool(between & {"pass", "exceed", "top", "surpass", "past", "above"})


def fled(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """An estimated 20,000 fled their homes; hundreds were forced to flee; but a suspect who fled the scene is none."""
    if parsed.lemma[token] != "flee" or parsed.pos[token] != "VERB":
        return None
    targets = [child for child in parsed.children[token] if parsed.dep[child] in {"dobj", "obj", "npadvmod"}]
    for child in parsed.children[token]:
        if parsed.dep[child] == "prep":
            targets += [inner for inner in parsed.children[child] if parsed.dep[inner] == "pobj"]
    known = not any(parsed.lemma[target].lower() in _ESCAPED for target in targets)
    above = parsed.head[token]
    forced = parsed.dep[token] == "xcomp" and parsed.lemma[above] in {"force", "compel"}
    if not (known or forced):
        return None
    verb = above if forced else token
    toll = told(parsed, verb, passive_victims(parsed, verb) or subjects(parsed, verb), Harm.DISPLACED)
    return toll if toll and not _small(toll) else None


_ESCAPED = frozenset("scene police custody prison jail cell officer court justice".split())


def _small(toll: Found) -> bool:
    """One or two who flee may be suspects as well as people driven out."""
    return toll.count.bounds.high is not None and toll.count.bounds.high <= 2


def harmed(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """26 "armed criminals" had been killed; a bomb killed two; police arrested 40; 18 injured."""
    harm = words.object.get(parsed.lemma[token].lower())
    if harm is None or (parsed.pos[token] not in {"VERB", "AUX"} and not _participle(parsed, token)):
        return None
    if parsed.text[token + 1 : token + 3] == ("to", "death"):
        return None  # told by "death"
    reasons: tuple[Reason, ...] = ()
    if parsed.lemma[token] == "shoot":
        harm = _shot(parsed, token)
        if harm is None:
            return None
        if harm is Harm.INJURED:
            reasons = (Reason(SHOT, 1.0, "at least; some may have died of it"),)
    heads = passive_victims(parsed, token) or objects(parsed, token)
    if parsed.lemma[token] == "capture":
        harm = taken_by(parsed, token)
        heads = [head for head in heads if parsed.pos[head] != "PROPN"]  # "captured Goma"
    if heads and parsed.text[heads[0]].lower() in REFLEXIVE and not _joined(parsed, heads[0]):
        heads = subjects(parsed, token)  # "a deputy shot himself in the hand"
    toll = number_before(parsed, token, harm) or told(parsed, token, heads, harm)
    if toll is None and parsed.tag[token] in {"VBN", "VBD", "JJ"} and not objects(parsed, token):
        toll = _by_surface(parsed, token, harm)
    return _mixed(parsed, token, replace(toll, reasons=(*toll.reasons, *reasons)), words) if toll else None


def taken_by(parsed: Parsed, verb: int) -> Harm:
    """Who is taken by rebels is held by no law."""
    agents = [who for child in parsed.children[verb] if parsed.dep[child] == "agent" for who in parsed.children[child]]
    rebels = any(noun_kind(parsed, who) == VictimKind.COMBATANTS for who in (*subjects(parsed, verb), *agents))
    return Harm.ABDUCTED if rebels else Harm.ARRESTED


def _joined(parsed: Parsed, token: int) -> bool:
    return any(parsed.dep[child] == "conj" for child in parsed.children[token])


_HURT = frozenset({"killed", "wounded", "injured", "killing", "wounding", "injuring", "kill", "wound", "injure"})


def _shot(parsed: Parsed, token: int) -> Harm | None:
    """Shot dead, fatally shot: killed. "Shot and killed" is told by the other verb; who is shot is hurt at least."""
    first, last = parsed.sents[parsed.sent[token]]
    after = [word.lower() for word in parsed.text[token + 1 : min(last, token + 5)]]
    if after[:1] == ["and"] and set(after[1:3]) & _HURT:
        return None
    before = parsed.text[token - 1].lower() if token > first else ""
    deadly = [child for child in parsed.children[token] if parsed.text[child].lower() == "dead"]
    if "fatally" in {before, *after[:1]} or "dead" in after[:2] or deadly or after[:2] == ["to", "death"]:
        return Harm.KILLED
    return Harm.INJURED


def number_before(parsed: Parsed, token: int, harm: Harm) -> Found | None:
    """ "Eight officers had been killed and 317 hurt"; "Six killed, 30 hurt": the number right before is its own."""
    first, last = parsed.sents[parsed.sent[token]]
    at = token - 1
    while at > first and parsed.pos[at] == "AUX" and parsed.lemma[at] in {"be", "have"}:
        at -= 1
    if at < first or parsed.pos[at] != "NUM" or objects(parsed, token) or parsed.text[at - 1].lower() == "the":
        return None
    if parsed.dep[at] == "nummod" and parsed.head[at] != token:
        return None
    run = number_run(parsed, at, first, last)
    if run is None or run[1] != at or parsed.dep[token] == "amod" or is_year(parsed, run):
        return None
    if at < token - 1 and run[0] > first and parsed.text[run[0] - 1].lower() not in {"and", ",", ";", "but", "while"}:
        return None
    return _by_surface(parsed, token, harm)


def _participle(parsed: Parsed, token: int) -> bool:
    return parsed.tag[token] in {"VBN", "VBD", "JJ"} and parsed.pos[token] in {"ADJ", "NOUN", "PROPN"}


def _mixed(parsed: Parsed, token: int, toll: Found, words: HarmWords) -> Found | None:
    """ "Thirty people were killed or injured" counts neither: they are affected; of none, neither."""
    if toll.count.bounds.high == 0:
        return toll
    for other in (*parsed.children[token], parsed.head[token]):
        harm = words.object.get(parsed.lemma[other].lower()) if parsed.lemma[other] not in {"shoot", "stab"} else None
        if other == token or harm is None or {harm, toll.harm} != {Harm.KILLED, Harm.INJURED}:
            continue
        if parsed.dep[max(other, token)] != "conj":
            continue
        between = {word.lower() for word in parsed.text[min(other, token) : max(other, token)]}
        numbers = any(
            parsed.pos[i] == "NUM" or parsed.text[i].lower() in bound_words().vague
            for i in range(min(other, token), max(other, token))
        )
        first, second = sorted((other, token))
        shared = not (_own_victims(parsed, first) and _own_victims(parsed, second))
        if between & {"or", "and"} and not numbers and shared:
            tells = token < other or not _own_victims(parsed, first)
            return replace(toll, harm=Harm.AFFECTED) if tells else None
    return toll


def _own_victims(parsed: Parsed, verb: int) -> bool:
    helped = {parsed.lemma[child] for child in parsed.children[verb] if parsed.dep[child] == "aux"}
    passive = not objects(parsed, verb) and parsed.tag[verb] == "VBN" and "have" not in helped
    kinds = {"nsubjpass", "dobj", "obj"} | ({"nsubj"} if passive else set())
    return any(parsed.dep[child] in kinds for child in parsed.children[verb])


def suffered(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """Three police officers died; the 12 people who drowned."""
    harm = words.subject.get(parsed.lemma[token].lower())
    if harm is None or parsed.pos[token] != "VERB" or parsed.lemma[token] == "flee":
        return None
    return told(parsed, token, subjects(parsed, token), harm)


def state(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """Eighteen dead; 12 were missing; it left five people dead; six wounded protesters."""
    harm = words.state.get(parsed.text[token].lower())
    if (
        harm is None
        or parsed.pos[token] in {"ADV", "ADP", "PART"}
        or parsed.text[token - 1].lower() in {"half", "brain"}
    ):
        return None
    if not _state_is_told(parsed, token):
        return None
    if found := number_before(parsed, token, harm):
        return found
    counted = _state_count(parsed, token)
    if counted is None and any(parsed.dep[child] in _SUBJECTS for child in parsed.children[token]):
        return None
    if counted is None:
        return _by_surface(parsed, token, harm)
    return Found(counted, harm, token)


_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def _state_count(parsed: Parsed, token: int) -> Count | None:
    """The people a state is said of: its subject, the noun it stands at, or the number before it."""
    head, dep = parsed.head[token], parsed.dep[token]
    own = [child for child in parsed.children[token] if parsed.dep[child] in {"nsubj", "nsubjpass"}]
    for subject in own:
        if counted := read_counts(parsed, subject):
            return counted
    if own:
        return None
    numbers = [
        child for child in parsed.children[token] if parsed.dep[child] in {"nummod", "quantmod"} and child < token
    ]
    if numbers and (counted := read_count(parsed, numbers[-1])):
        return replace(counted, last=max(counted.last, numbers[-1]), who=None, plain=True)
    if dep == "pobj" and parsed.text[head].lower() == "of" and _is_quantity(parsed, parsed.head[head]):
        counted = read_count(parsed, parsed.head[head])  # "spoke of dozens of dead"
        return replace(counted, who=None, head=None, plain=True) if counted else None
    if dep == "pcomp" and parsed.text[head].lower() == "as":  # "lists 16 as missing"
        head = parsed.head[head]
        for subject in (*objects(parsed, head), *passive_victims(parsed, head)):
            if counted := read_counts(parsed, subject):
                return counted
        return None
    helped = any(parsed.lemma[child] == "be" for child in parsed.children[token])
    if dep == "conj" and helped and parsed.pos[head] == "VERB" and head < token:  # "was swept off and is missing"
        for subject in (*passive_victims(parsed, head), *subjects(parsed, head)):
            if counted := read_counts(parsed, subject):
                return counted
    if dep == "amod" and parsed.pos[head] in {"NOUN", "PROPN", "NUM"}:
        return read_count(parsed, head)
    if dep in {"acomp", "attr", "oprd", "ccomp", "xcomp", "amod", "advcl", "acl"} and head != token:
        for subject in (*objects(parsed, head), *passive_victims(parsed, head), *subjects(parsed, head)):
            if subject != token and (counted := read_counts(parsed, subject)):
                return counted
        if parsed.pos[head] in {"NOUN", "NUM", "PROPN"}:
            return read_count(parsed, head)
    return None


def _state_is_told(parsed: Parsed, token: int) -> bool:
    node = token if parsed.pos[token] == "VERB" or parsed.head[token] == token else parsed.head[token]
    return parsed.pos[node] not in {"VERB", "AUX"} or is_told(parsed, node)


def counted_noun(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """Twelve deaths; hundreds of arrests; the deaths of three soldiers; no casualties."""
    harm = words.noun.get(parsed.lemma[token].lower())
    if harm is None or parsed.pos[token] not in {"NOUN", "PROPN"}:
        return None
    if parsed.lemma[token] in {"shooting", "stabbing", "poisoning"}:  # two shootings may have hurt any number
        return _of_people(parsed, token, harm) if parsed.tag[token] in {"NN", "NNS"} else None
    if parsed.lemma[token] in {"hostage", "detainee"}:
        return None if parsed.dep[token] in {"oprd", "xcomp"} else _plain_noun(parsed, token, harm, people=True)
    if many := _manifold(parsed, token):
        count = Count(Bounds(many, many), token - 1, token, None)
        reasons = (Reason(SHOT, 1.0, "at least; some may have died of it"),) if harm is Harm.INJURED else ()
        return Found(count, harm, token, reasons=reasons)
    if parsed.dep[token] == "compound" or any(parsed.text[child] == "attempted" for child in parsed.children[token]):
        return None
    of_people = _of_people(parsed, token, harm) if parsed.tag[token] in {"NN", "NNS"} else None
    return of_people or _plain_noun(parsed, token, harm, people=False)


_MANIFOLD = {"double": 2, "triple": 3, "quadruple": 4, "quintuple": 5, "sextuple": 6}


def _manifold(parsed: Parsed, token: int) -> int:
    """ "A triple murder" has three victims."""
    return _MANIFOLD.get(parsed.text[token - 1].lower(), 0) if token else 0


def _plain_noun(parsed: Parsed, token: int, harm: Harm, people: bool) -> Found | None:
    """A count of the noun itself, or as the "of" of "dozens of arrests"."""
    if parsed.tag[token] == "NN" and not people:
        marks = {parsed.text[child].lower() for child in parsed.children[token]}
        if not marks & {"one", "no", "single"}:
            return None
    head = token
    above = parsed.head[token]
    if parsed.dep[token] == "pobj" and parsed.text[above].lower() == "of" and _is_quantity(parsed, parsed.head[above]):
        head = parsed.head[above]
    counted = read_count(parsed, head)
    verb = verb_above(parsed, token)
    if counted is None or (verb is not None and not is_told(parsed, verb, zero=counted.bounds.high == 0)):
        return None
    if counted.bounds.high == 0 and verb is None and parsed.sents[parsed.sent[token]][1] - token > 4:
        return None
    return Found(counted if people else _whose(parsed, token, counted), harm, token)


def _whose(parsed: Parsed, token: int, counted: Count) -> Count:
    """A count of deaths says whom it counts only by a word before the noun: "1,450 civilian deaths"."""
    for child in parsed.children[token]:
        if parsed.dep[child] in {"amod", "compound"} and names_people(parsed, child):
            return replace(counted, who=(child, child), head=child)
    return replace(counted, who=None, head=None)


def _is_quantity(parsed: Parsed, token: int) -> bool:
    low = parsed.text[token].lower()
    return low in bound_words().vague or low in bound_words().exact


def _of_people(parsed: Parsed, token: int, harm: Harm) -> Found | None:
    for child in parsed.children[token]:
        if parsed.text[child].lower() in {"of", "among"} and child > token:
            for inner in parsed.children[child]:
                counted = read_counts(parsed, inner) if parsed.dep[inner] == "pobj" else None
                verb = verb_above(parsed, token)
                if counted and (verb is None or is_told(parsed, verb)):
                    return Found(counted, harm, token)
    return None


def custody(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """Twelve people were taken into custody; 40 remain in custody."""
    if parsed.text[token].lower() != "custody":
        return None
    verb = verb_above(parsed, token)
    if verb is None:
        return None
    return told(
        parsed, verb, passive_victims(parsed, verb) or objects(parsed, verb) or subjects(parsed, verb), Harm.ARRESTED
    )


RULES: tuple[Rule, ...] = (lost_life, running_total, fled, harmed, suffered, state, counted_noun, custody)


# --------------------------------------------------------------------------- victims by structure


def told(parsed: Parsed, verb: int, heads: list[int], harm: Harm) -> Found | None:
    """A toll of the first phrase that counts, if the verb tells it as having happened."""
    for head in heads:
        counted = read_counts(parsed, head, harm in PROPERTY)
        if counted and counted.head is not None and parsed.lemma[counted.head] in {"body", "corpse"}:
            continue
        if counted and is_told(parsed, verb, zero=counted.bounds.high == 0):
            return Found(counted, harm, verb)
    return None


_SKIP = frozenset({"be", "have", "get", "fear", "believe", "report", "confirm", "presume", "leave"})


def _by_surface(parsed: Parsed, token: int, harm: Harm) -> Found | None:
    """A number or counted noun right before the word, whatever the parser made of it: "26 killed, 18 injured"."""
    first, _ = parsed.sents[parsed.sent[token]]
    at = token - 1
    while (
        at >= first and parsed.lemma[at] != "fear" and (parsed.lemma[at] in _SKIP or parsed.pos[at] in {"AUX", "ADV"})
    ):
        if not _helper_tells(parsed, at):
            return None
        at -= 1
    if at < first or parsed.pos[at] not in {"NOUN", "NUM", "PROPN", "PRON"} or token - at > 5:
        return None
    if at == token - 1 and parsed.pos[token] not in {"VERB", "ADJ", "NOUN"}:
        return None
    counted = read_count(parsed, at, harm in PROPERTY)
    return Found(counted, harm, token) if counted and counted.bounds.high != 0 else None


def _helper_tells(parsed: Parsed, token: int) -> bool:
    return parsed.tag[token] not in {"MD", "TO"} and parsed.text[token].lower() not in {"not", "n't", "never"}
