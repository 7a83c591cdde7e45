"""What a toll is split into: "nine people, including two children", "103 of them in the city", "three were among the
dead". A part is marked as one, so that nobody adds it to its whole.
"""

from __future__ import annotations

from dataclasses import replace

from sayso.extract.tolls.bounds import Bounds, bound_number, number_run
from sayso.extract.tolls.counts import Count, is_person, lemma_of, noun_words, read_counts
from sayso.extract.tolls.kinds import by_kind
from sayso.extract.tolls.rules import Found, HarmWords
from sayso.extract.tolls.victims import objects, subjects
from sayso.model import PROPERTY, Harm, Parsed, Reason

PART = "part"  # the name of the reason that marks a part of another toll

THEM = frozenset({"them", "whom", "these", "those"})
_REACH = 9  # tokens after "including" in which its people stand


def parts(parsed: Parsed, whole: Found) -> list[Found]:
    """What a toll's own sentence splits it into, each marked as a part of it."""
    if whole.count.bounds.high == 0 or whole.count.bounds.single:
        return []
    return [*_of_them(parsed, whole), *_including(parsed, whole)]


def _mark(parsed: Parsed, whole: Found, count: Count) -> Found:
    reason = Reason(PART, 1.0, f"of {parsed.article.quote(parsed.span(whole.count.first, whole.count.last))}")
    return Found(count, whole.harm, whole.trigger, whole.total, (reason,), part=True)


def _of_them(parsed: Parsed, whole: Found) -> list[Found]:
    """164 lives, 103 of them in the city; 12 others, three of them women; 30 people, of whom 12 were officers."""
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
        of_them = after[:1] == ["of"] and after[1:] and after[1] in THEM
        of_whom = before[-2:] == ["of", "whom"] or before[-2:] == ["of", "them"]
        own_clause = of_them and whole.harm in PROPERTY and parsed.pos[min(end + 3, last - 1)] == "AUX"
        if (of_them or of_whom) and fits(whole.count.bounds, value) and not own_clause:
            bounds, start = bound_number(parsed, run, first if of_whom else whole.count.last + 1)
            named = _named_after(parsed, end + (3 if of_them else 1), last)
            count = Count(bounds, start, named if named and of_them else end, whole.count.who, True, named)
            if named is not None:
                count = replace(count, plain=False, who=(named, named))
            if value > 1 or named is not None:
                found.append(_mark(parsed, whole, count))
        at = end + 1
    return found


def _named_after(parsed: Parsed, at: int, last: int) -> int | None:
    """The people whom "three of them" are said to be: "women", "were police officers", "a minor"."""
    while at < last and (parsed.lemma[at].lower() in {"be", "a", "an", "say", "believe", "report"} or
                         parsed.pos[at] in {"ADJ", "ADV"}):  # fmt: skip
        at += 1
    while at + 1 < last and parsed.dep[at] in {"compound", "amod"} and parsed.head[at] <= at + 2:
        at += 1
    if at < last and parsed.pos[at] in {"NOUN", "PROPN"} and (is_person(parsed, at) or parsed.tag[at] == "NNS"):
        return at if lemma_of(parsed, at) not in noun_words().things else None
    return None


def fits(whole: Bounds, value: int) -> bool:
    return whole.high is None or value < whole.high


def _including(parsed: Parsed, whole: Found) -> list[Found]:
    """Nine people, including two children and a nurse; among them an estimated 210,000 children."""
    _, last = parsed.sents[parsed.sent[whole.trigger]]
    cue = _cue(parsed, whole.count.last + 1, last)
    if cue is None:
        return []
    for at in range(cue, min(last, cue + _REACH)):
        if parsed.pos[at] not in {"NOUN", "NUM", "PROPN", "ADJ"} or parsed.text[at].lower() == "whom":
            continue
        if parsed.dep[at] in {"nummod", "compound", "amod", "quantmod", "nmod"} and at < parsed.head[at] <= at + _REACH:
            continue  # a word of the noun that follows
        counted = read_counts(parsed, at, whole.harm in PROPERTY)
        if counted is None or counted.first < cue - 1:
            continue
        within = [count for count in by_kind(parsed, counted) if fits(whole.count.bounds, count.bounds.low)]
        return [_mark(parsed, whole, count) for count in within]
    return []


def _cue(parsed: Parsed, first: int, last: int) -> int | None:
    """The token after "including" or "among them", if no other figure stands before it."""
    for at in range(first, last):
        low = parsed.text[at].lower()
        if low == "including" or (low == "include" and parsed.text[at - 1].lower() == "that"):
            return at + 1
        if low == "among" and at + 1 < last and parsed.text[at + 1].lower() in THEM:
            return at + 2
        if number_run(parsed, at, at, last) or parsed.text[at] in {";", "."}:
            return None
    return None


def among(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """Half a dozen aid workers were among the 17 people killed; the mayor is among the dead."""
    if parsed.text[token].lower() != "among" or parsed.lemma[parsed.head[token]] not in {"be", "count", "number"}:
        return None
    _, last = parsed.sents[parsed.sent[token]]
    inside = [parsed.text[at].lower() for at in range(token + 1, min(last, token + 8))]
    if inside[:1] == ["those"] and not set(inside) & words.state.keys():
        return None
    harm = next((words.state[low] for low in inside if low in words.state), None)
    if harm is None and not {"victims", "fatalities", "casualties"} & set(inside):
        return None
    verb = parsed.head[token]
    for subject in subjects(parsed, verb):
        counted = read_counts(parsed, subject)
        if counted and counted.bounds.high != 0:
            reason = Reason(PART, 1.0, f"among {' '.join(inside[:3])}")
            return Found(counted, harm or Harm.KILLED, token, reasons=(reason,), part=True)
    return None


def included(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """The dead included three women; among the injured were two officers."""
    low = parsed.text[token].lower()
    harm = words.state.get(low) or (Harm.KILLED if low in {"fatalities", "victims"} else None)
    harm = Harm.KILLED if low == "toll" else harm
    if harm is None or token == 0 or (low != "toll" and parsed.text[token - 1].lower() not in {"the", "those"}):
        return None
    verb = parsed.head[token]
    if parsed.lemma[verb] == "include" and parsed.dep[token] == "nsubj":
        heads = objects(parsed, verb)
    elif parsed.text[verb].lower() == "among" and parsed.lemma[parsed.head[verb]] == "be":
        heads = [head for head in subjects(parsed, parsed.head[verb]) if head > token]
        heads += [c for c in parsed.children[parsed.head[verb]] if parsed.dep[c] == "attr" and c > token]
    else:
        return None
    for head in heads:
        counted = read_counts(parsed, head)
        if counted and counted.bounds.high != 0:
            return Found(counted, harm, token, reasons=(Reason(PART, 1.0, f"of the {low}"),), part=True)
    return None


def of_the_dead(parsed: Parsed, token: int, words: HarmWords) -> Found | None:
    """Nineteen of the dead were officers: a part of a toll told elsewhere."""
    prep = parsed.head[token]
    low = parsed.text[token].lower()
    harm = words.state.get(low) or (Harm.KILLED if low in {"fatalities", "victims"} else None)
    if parsed.text[prep].lower() == "those" and parsed.dep[token] == "acl":  # "11 of those detained"
        prep = parsed.head[prep]
    elif parsed.dep[token] != "pobj" or parsed.text[token - 1].lower() not in {"the", "those"}:
        return None
    if harm is None or parsed.text[prep].lower() != "of":
        return None
    first, last = parsed.sents[parsed.sent[token]]
    run = number_run(parsed, parsed.head[prep], first, last)
    if run is None or run[1] != prep - 1:
        return None
    bounds, start = bound_number(parsed, run, first)
    named = _named_after(parsed, token + 1, last)
    who = (named, named) if named is not None else None
    count = Count(bounds, start, run[1], who, head=named)
    return Found(count, harm, token, reasons=(Reason(PART, 1.0, "of the dead"),), part=True)
