"""Finds bounded counts of people harmed: who is said to be killed, injured, arrested, missing or driven out, how many.

A word of harm (verb, state or noun) names its victims through the sentence's structure; `extract.counts` reads how many
they are. What is only threatened, feared to come, denied or asked for gives no toll.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sayso.extract.counts import Bounds, Count, bound_number, number_run, quote_who, read_count, read_counts
from sayso.extract.times import scan
from sayso.knowledge import table
from sayso.model import Harm, Parsed, Reason, Span, TollDraft


@dataclass(frozen=True, slots=True)
class HarmWords:
    """The tables of harm, compiled once: lemma or word to what it counts."""

    object: Mapping[str, Harm]
    subject: Mapping[str, Harm]
    state: Mapping[str, Harm]
    noun: Mapping[str, Harm]
    flight: frozenset[str]
    totals: frozenset[str]
    any: frozenset[str]  # every word that can set off a rule


@lru_cache(maxsize=1)
def harm_words() -> HarmWords:
    data: Mapping[str, Any] = table("tolls.toml")
    tables = [{word: Harm(harm) for word, harm in data[name].items()} for name in ("object", "subject", "state", "noun")]
    totals = frozenset(data["toll"]["heads"])
    known = frozenset().union(*tables) | totals | {"lose", "claim", "cost", "number", "life", "force", "custody"}
    return HarmWords(*tables, frozenset(data["flight"]["words"]), totals, known)


@dataclass(frozen=True, slots=True)
class Found:
    """One toll before it is written down."""

    count: Count
    harm: Harm
    trigger: int
    total: bool = False
    reasons: tuple[Reason, ...] = ()


Rule = Callable[[Parsed, int, HarmWords], Found | None]


def find_tolls(parsed: Parsed) -> tuple[TollDraft, ...]:
    """All tolls of an article, title included, in order of the text."""
    words = harm_words()
    found: list[Found] = []
    for token, lemma in enumerate(parsed.lemma):
        if lemma.lower() in words.any or parsed.text[token].lower() in words.state:
            toll = next((toll for rule in RULES if (toll := rule(parsed, token, words))), None)
            if toll:
                found.append(toll)
    kept = _without_repeats(parsed, sorted(found, key=lambda toll: (toll.count.first, toll.trigger)))
    return tuple(_write(parsed, toll, kept) for toll in kept)


# --------------------------------------------------------------------------- rules, one a construction


def lost_life(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """Twelve people lost their lives; the fire claimed 12 lives; it cost the lives of two soldiers."""
    if parsed.lemma[token] != "life" or parsed.pos[token] != "NOUN":
        return None
    verb = parsed.head[token]
    if parsed.lemma[verb] == "lose":
        return _told(parsed, verb, _subject(parsed, verb), Harm.KILLED)
    if parsed.lemma[verb] in {"claim", "cost", "take"} and parsed.dep[token] in {"dobj", "obj"} and is_told(parsed, verb):
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
    for at in range(token + 1, min(last, token + 16)):
        before = parsed.text[at - 1].lower()
        if at > token + 1 and parsed.text[at] in {";", "."}:
            break
        if before in _FROM or (parsed.head[at] != at and parsed.lemma[parsed.head[at]].lower() in _CALENDAR):
            continue
        run = number_run(parsed, at, at, last)
        if run is None or (run[2] in range(1900, 2100) and before in {"in", "since"}):
            continue
        bounds, start = bound_number(parsed, run, first)
        if _passed(parsed, token, at):
            bounds = Bounds(run[2], None)
        return Found(Count(bounds, start, run[1], None), harm, token, total=True)
    return None


_FROM = frozenset({"from"})
_CALENDAR = frozenset(
    "january february march april may june july august september october november december day hour week month year "
    "jan. feb. mar. apr. aug. sept. oct. nov. dec. percent %".split()
)


def _total_harm(parsed: Parsed, token: int, lemma: str, words: HarmWords) -> Harm | None:
    if lemma == "number":
        for child in parsed.children[token]:
            if parsed.text[child].lower() == "of":
                for inner in range(child + 1, parsed.right[child] + 1):
                    low = parsed.text[inner].lower()
                    harm = words.state.get(low) or words.noun.get(parsed.lemma[inner]) or words.object.get(parsed.lemma[inner])
                    if harm:
                        return harm
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
    return Harm.KILLED if lemma == "toll" and before in {"the", "official", "latest", "confirmed"} else None


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
    known = any(parsed.lemma[target].lower() in words.flight or parsed.ent[target] in {"GPE", "LOC"} for target in targets)
    above = parsed.head[token]
    forced = parsed.dep[token] == "xcomp" and parsed.lemma[above] in {"force", "compel"}
    if not (known or forced):
        return None
    verb = above if forced else token
    toll = _told(parsed, verb, _passive(parsed, verb) or _subject(parsed, verb), Harm.DISPLACED)
    return toll if toll and not _small(toll) else None


def _small(toll: Found) -> bool:
    """One or two who flee may be suspects as well as people driven out."""
    return toll.count.bounds.high is not None and toll.count.bounds.high <= 2


def harmed(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """26 "armed criminals" had been killed; a bomb killed two; police arrested 40; 18 injured."""
    harm = words.object.get(parsed.lemma[token].lower())
    if harm is None or parsed.pos[token] not in {"VERB", "AUX"} and not _participle(parsed, token):
        return None
    if parsed.lemma[token] == "shoot":
        harm = _shot(parsed, token)
        if harm is None:
            return None
    heads = _passive(parsed, token) or _object(parsed, token)
    toll = _told(parsed, token, heads, harm)
    if toll is None and parsed.tag[token] in {"VBN", "VBD", "JJ"} and not _object(parsed, token):
        toll = _by_surface(parsed, token, harm)
    return _mixed(parsed, token, toll, words) if toll else None


def _shot(parsed: Parsed, token: int) -> Harm | None:
    """Shot dead, shot to death, fatally shot: killed. Shot and killed is told by "killed"; else shot is hurt at least."""
    first, last = parsed.sents[parsed.sent[token]]
    near = {word.lower() for word in parsed.text[max(first, token - 2) : min(last, token + 6)]}
    if near & {"dead", "fatally"} or ({"to", "death"} <= near):
        return Harm.KILLED
    return None if near & {"killed", "wounded", "injured", "killing", "wounding", "injuring"} else Harm.INJURED


def _participle(parsed: Parsed, token: int) -> bool:
    return parsed.tag[token] in {"VBN", "VBD", "JJ"} and parsed.pos[token] in {"ADJ", "NOUN", "PROPN"}


def _mixed(parsed: Parsed, token: int, toll: Found, words: HarmWords) -> Found | None:
    """"Thirty people were killed or injured" counts neither: they are affected."""
    for other in (*parsed.children[token], parsed.head[token]):
        harm = words.object.get(parsed.lemma[other].lower())
        if other == token or harm is None or {harm, toll.harm} != {Harm.KILLED, Harm.INJURED}:
            continue
        if parsed.dep[max(other, token)] != "conj":
            continue
        between = {word.lower() for word in parsed.text[min(other, token) : max(other, token)]}
        numbers = any(parsed.pos[i] == "NUM" for i in range(min(other, token), max(other, token)))
        if between & {"or", "and"} and not numbers and not _own_victims(parsed, max(other, token)):
            return replace(toll, harm=Harm.AFFECTED) if token < other else None
    return toll


def _own_victims(parsed: Parsed, verb: int) -> bool:
    return any(parsed.dep[child] in {"nsubjpass", "nsubj", "dobj", "obj"} for child in parsed.children[verb])


def suffered(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """Three police officers died; the 12 people who drowned."""
    harm = words.subject.get(parsed.lemma[token].lower())
    if harm is None or parsed.pos[token] != "VERB" or parsed.lemma[token] == "flee":
        return None
    return _told(parsed, token, _subject(parsed, token), harm)


def state(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """Eighteen dead; 12 were missing; it left five people dead; six wounded protesters."""
    harm = words.state.get(parsed.text[token].lower())
    if harm is None or parsed.pos[token] in {"ADV", "ADP", "PART"}:
        return None
    if not _state_is_told(parsed, token):
        return None
    counted = _state_count(parsed, token)
    if counted is None:
        return _by_surface(parsed, token, harm)
    return Found(counted, harm, token)


def _state_count(parsed: Parsed, token: int) -> Count | None:
    """The people a state is said of: its subject, the noun it stands at, or the number before it."""
    head, dep = parsed.head[token], parsed.dep[token]
    own = [child for child in parsed.children[token] if parsed.dep[child] in {"nsubj", "nsubjpass"}]
    for subject in own:
        if counted := read_counts(parsed, subject):
            return counted
    numbers = [child for child in parsed.children[token] if parsed.dep[child] in {"nummod", "quantmod"} and child < token]
    if numbers and (counted := read_count(parsed, numbers[-1])):
        return replace(counted, last=max(counted.last, numbers[-1]), who=None, plain=True)
    if dep == "amod" and parsed.pos[head] in {"NOUN", "PROPN", "NUM"}:
        return read_count(parsed, head)
    if dep in {"acomp", "attr", "oprd", "ccomp", "xcomp", "amod", "advcl", "acl"} and head != token:
        for subject in (*_object(parsed, head), *_passive(parsed, head), *_subject(parsed, head)):
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
    if parsed.lemma[token] in {"hostage", "detainee"}:
        return None if parsed.dep[token] in {"oprd", "xcomp"} else _plain_noun(parsed, token, harm, people=True)
    if parsed.dep[token] == "compound":
        return None
    of_people = _of_people(parsed, token, harm) if parsed.tag[token] in {"NN", "NNS"} else None
    return of_people or _plain_noun(parsed, token, harm, people=False)


def _plain_noun(parsed: Parsed, token: int, harm: Harm, people: bool) -> Found | None:
    """A count of the noun itself, or as the "of" of "dozens of arrests"."""
    if parsed.tag[token] == "NN" and not people:
        marks = {parsed.text[child].lower() for child in parsed.children[token]}
        if not marks & {"one", "no", "single"}:
            return None
    head = token
    above = parsed.head[token]
    if parsed.dep[token] == "pobj" and parsed.text[above].lower() == "of" and parsed.pos[parsed.head[above]] == "NOUN":
        head = parsed.head[above]
    counted = read_count(parsed, head)
    verb = _verb_above(parsed, token)
    if counted is None or (verb is not None and not is_told(parsed, verb, zero=counted.bounds.high == 0)):
        return None
    if counted.bounds.high == 0 and verb is None and parsed.sents[parsed.sent[token]][1] - token > 4:
        return None
    return Found(counted if people else replace(counted, who=None), harm, token)


def _of_people(parsed: Parsed, token: int, harm: Harm) -> Found | None:
    for child in parsed.children[token]:
        if parsed.text[child].lower() in {"of", "among"} and child > token:
            for inner in parsed.children[child]:
                counted = read_counts(parsed, inner) if parsed.dep[inner] == "pobj" else None
                verb = _verb_above(parsed, token)
                if counted and (verb is None or is_told(parsed, verb)):
                    return Found(counted, harm, token)
    return None


def custody(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """Twelve people were taken into custody; 40 remain in custody."""
    if parsed.text[token].lower() != "custody":
        return None
    verb = _verb_above(parsed, token)
    if verb is None:
        return None
    return _told(parsed, verb, _passive(parsed, verb) or _object(parsed, verb) or _subject(parsed, verb), Harm.ARRESTED)


RULES: tuple[Rule, ...] = (lost_life, running_total, fled, harmed, suffered, state, counted_noun, custody)


# --------------------------------------------------------------------------- victims by structure


def _told(parsed: Parsed, verb: int, heads: list[int], harm: Harm) -> Found | None:
    """A toll of the first phrase that counts, if the verb tells it as having happened."""
    for head in heads:
        counted = read_counts(parsed, head)
        if counted and is_told(parsed, verb, zero=counted.bounds.high == 0):
            return Found(counted, harm, verb)
    return None


def _passive(parsed: Parsed, verb: int) -> list[int]:
    """Victims of a passive: its subject, the noun it describes, or the subject of the passive it is joined to."""
    children = parsed.children[verb]
    found = [_antecedent(parsed, child) for child in children if parsed.dep[child] == "nsubjpass"]
    if found:
        return found
    if parsed.tag[verb] in {"VBN", "VBD", "JJ"} and not _object(parsed, verb):
        found = [_antecedent(parsed, child) for child in children if parsed.dep[child] == "nsubj"]
        if found and (parsed.tag[verb] == "VBN" or parsed.head[verb] == verb or parsed.dep[verb] in {"ccomp", "conj"}):
            helper = any(parsed.dep[child] == "aux" and parsed.lemma[child] == "have" for child in children)
            return [] if helper else found
        if parsed.dep[verb] in {"acl", "amod"} and parsed.tag[verb] in {"VBN", "JJ"}:
            return [parsed.head[verb]]
        if parsed.dep[verb] == "conj" and parsed.pos[parsed.head[verb]] == "VERB" and parsed.head[verb] < verb:
            return _passive(parsed, parsed.head[verb])
    return []


def _object(parsed: Parsed, verb: int) -> list[int]:
    found = [child for child in parsed.children[verb] if parsed.dep[child] in {"dobj", "obj"}]
    if not found:
        for child in parsed.children[verb]:  # "killed and wounded 12": the object hangs on the second verb
            if parsed.dep[child] == "conj" and parsed.pos[child] == "VERB" and parsed.tag[verb] != "VBN":
                found = [inner for inner in parsed.children[child] if parsed.dep[inner] in {"dobj", "obj"}]
                found = found if child - verb <= 2 else []
    return found


def _subject(parsed: Parsed, verb: int) -> list[int]:
    """Subject of an active verb: its own, that of the verb it is joined to, or the noun it describes."""
    found = [_antecedent(parsed, child) for child in parsed.children[verb] if parsed.dep[child] in {"nsubj", "nsubjpass"}]
    if found:
        return found
    if parsed.dep[verb] == "conj" and parsed.head[verb] < verb:
        return _subject(parsed, parsed.head[verb])
    return [parsed.head[verb]] if parsed.dep[verb] in {"acl"} and parsed.pos[parsed.head[verb]] in {"NOUN", "NUM"} else []


def _antecedent(parsed: Parsed, subject: int) -> int:
    """For "who" and "that" the noun they stand for."""
    if parsed.tag[subject] not in {"WP", "WDT"}:
        return subject
    verb = parsed.head[subject]
    while parsed.dep[verb] in {"conj", "xcomp", "ccomp"} and parsed.head[verb] != verb:
        verb = parsed.head[verb]
    return parsed.head[verb] if parsed.dep[verb] == "relcl" else subject


_SKIP = frozenset({"be", "have", "get", "fear", "believe", "report", "confirm", "presume", "leave"})


def _by_surface(parsed: Parsed, token: int, harm: Harm) -> Found | None:
    """A number or counted noun right before the word, whatever the parser made of it: "26 killed, 18 injured"."""
    first, _ = parsed.sents[parsed.sent[token]]
    at = token - 1
    while at >= first and (parsed.lemma[at] in _SKIP or parsed.pos[at] in {"AUX", "ADV"}):
        if not _helper_tells(parsed, at):
            return None
        at -= 1
    if at < first or parsed.pos[at] not in {"NOUN", "NUM", "PROPN", "PRON"} or token - at > 5:
        return None
    if at == token - 1 and parsed.pos[token] not in {"VERB", "ADJ", "NOUN"}:
        return None
    counted = read_count(parsed, at)
    return Found(counted, harm, token) if counted and counted.bounds.high != 0 else None


def _helper_tells(parsed: Parsed, token: int) -> bool:
    return parsed.tag[token] not in {"MD", "TO"} and parsed.text[token].lower() not in {"not", "n't", "never"}


def _verb_above(parsed: Parsed, token: int) -> int | None:
    node = token
    for _ in range(8):
        if parsed.head[node] == node:
            return node if parsed.pos[node] in {"VERB", "AUX"} else None
        node = parsed.head[node]
        if parsed.pos[node] in {"VERB", "AUX"}:
            return node
    return None


# --------------------------------------------------------------------------- whether it is told as having happened

_MODALS = frozenset({"could", "would", "may", "might", "can", "should", "must", "will", "shall", "'ll", "wo", "ca", "'d"})
_DOUBTS = frozenset({"if", "unless", "whether", "lest"})
_REPORTS = frozenset({"believe", "report", "say", "think", "know", "fear", "understand", "find", "confirm", "presume"})


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
    perfect = any(parsed.lemma[child] == "have" for child in children if parsed.dep[child] == "aux")
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
    return not (parsed.dep[verb] == "pcomp" and parsed.text[parsed.head[verb]].lower() in {"without", "of", "from", "against"})


def _reported(parsed: Parsed, verb: int, perfect: bool) -> bool:
    """"Is believed to have killed 12" and "were forced to flee" tell; "plotted to kill 12" does not."""
    above = parsed.lemma[parsed.head[verb]]
    return (perfect and above in _REPORTS) or above in {"force", "compel", "appear", "happen"}


# --------------------------------------------------------------------------- writing them down


def _without_repeats(parsed: Parsed, found: list[Found]) -> list[Found]:
    """One toll a phrase and harm; a phrase counted by several words keeps the first."""
    kept: list[Found] = []
    for toll in found:
        same = [
            other
            for other in kept
            if other.harm == toll.harm and other.count.first <= toll.count.last and toll.count.first <= other.count.last
        ]
        if not same:
            kept.append(toll)
    return kept


_CUMULATIVE = re.compile(
    r"\b(?:so far|to date|in (?:all|total)|a total of|altogether|overall|since|up to now)\b"
    r"|\b(?:in|during|amid) (?:the |weeks of |days of |months of |days-long )*(?:\w+ )?"
    r"(?:unrest|conflict|war|crisis|protests|demonstrations|violence|fighting|uprising|crackdown|outbreak|epidemic|campaign)\b",
    re.IGNORECASE,
)


def _write(parsed: Parsed, toll: Found, all_of: list[Found]) -> TollDraft:
    cumulative = toll.total or _is_cumulative(parsed, toll)
    return TollDraft(
        span=parsed.span(toll.count.first, toll.count.last),
        harm=toll.harm,
        low=toll.count.bounds.low,
        high=toll.count.bounds.high,
        victims=_victims(parsed, toll, all_of),
        cumulative=cumulative,
        trigger=parsed.span(toll.trigger, toll.trigger),
        as_of=_as_of(parsed, toll, cumulative),
        reasons=toll.reasons,
    )


def _victims(parsed: Parsed, toll: Found, all_of: list[Found]) -> str | None:
    """Who, in the source's words; "and 18 injured" are of those named before in the sentence."""
    if not toll.count.plain and toll.count.who:
        return quote_who(parsed, _without_trigger(toll.count.who, toll.trigger))
    sentence = parsed.sent[toll.trigger]
    before = [
        other.count.who
        for other in all_of
        if other is not toll and other.count.who and not other.count.plain and other.count.last < toll.count.first
        and parsed.sent[other.trigger] == sentence
    ]  # fmt: skip
    return quote_who(parsed, before[-1] if before else toll.count.who)


def _without_trigger(who: tuple[int, int], trigger: int) -> tuple[int, int]:
    """"Six wounded protesters" are protesters."""
    return (trigger + 1, who[1]) if who[0] <= trigger < who[1] and trigger - who[0] <= 1 else who


def _is_cumulative(parsed: Parsed, toll: Found) -> bool:
    """A running total: "so far", "a total of", or the perfect with a whole war or unrest as its time."""
    first, last = parsed.sents[parsed.sent[toll.trigger]]
    text = parsed.article.text[parsed.start[first] : parsed.end[last - 1]]
    found = _CUMULATIVE.search(text)
    if found is None:
        return False
    if found.group().lower() in {"so far", "to date", "up to now", "altogether", "overall"} or "tal" in found.group():
        return True
    verbs = (toll.trigger, parsed.head[toll.trigger])
    return any(parsed.lemma[child] == "have" and parsed.dep[child] == "aux" for verb in verbs for child in parsed.children[verb])


_AS_OF = re.compile(r"(?:as of|as at|by|until)\s+$", re.IGNORECASE)


def _as_of(parsed: Parsed, toll: Found, cumulative: bool) -> Span | None:
    """The day a toll is counted to: after "as of" or "by", else the only day a running total's sentence names."""
    first, last = parsed.sents[parsed.sent[toll.trigger]]
    begin = parsed.start[first]
    text = parsed.article.text[begin : parsed.end[last - 1]]
    times = [found for found in scan(text) if found[2] in {"DATE", "TIME"} and "_REF" not in found[3]]
    stated = [found for found in times if _AS_OF.search(text[max(0, found[0] - 8) : found[0]])]
    chosen = stated[:1] or (times if cumulative and len(times) == 1 else [])
    return Span(parsed.article.id, begin + chosen[0][0], begin + chosen[0][1]) if chosen else None

