"""Reads subjects, phrases and clauses off a parse; ranges are (first, last) tokens, both inclusive."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.extract.claims.cues import cues
from sayso.model import Parsed

Range = tuple[int, int]

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_AUXILIARIES = frozenset({"aux", "auxpass", "neg", "advmod"})
_EDGES = frozenset(",;:.-–—…")  # trimmed from the edges of a range; quotation marks are not
FINITE = frozenset({"VBD", "VBZ", "VBP"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_LONGEST_NAME = 45  # tokens; a "subject" longer than this is a misread clause
_CLIMBS = 5
_LAST_DATELINE = 4  # sentences; a dateline stands at the top
_LONGEST_DATELINE = 20  # tokens


def child(parsed: Parsed, head: int, *deps: str) -> int | None:
    """The first child of a token with one of these relations."""
    for token in parsed.children[head]:
        if parsed.dep[token] in deps:
            return token
    return None


def subtree(parsed: Parsed, head: int) -> Range:
    """All a token governs."""
    return parsed.left[head], parsed.right[head]


def trim(parsed: Parsed, first: int, last: int) -> Range | None:
    """A range without stops and commas at its edges; None if nothing else is left."""
    while first <= last and (
        parsed.text[first] in _EDGES or parsed.text[first] == "--" or not parsed.text[first].strip()
    ):
        first += 1
    while last >= first and (
        parsed.text[last] in _EDGES
        or parsed.text[last] == "--"
        or not parsed.text[last].strip()
        or parsed.pos[last] == "CCONJ"
    ):
        last -= 1
    return (first, last) if first <= last else None


def subtract(ranges: Iterable[Range], holes: Iterable[Range]) -> list[Range]:
    """What is left of the ranges outside the holes."""
    left = list(ranges)
    for low, high in holes:
        pieces = [
            piece for first, last in left for piece in ((first, min(last, low - 1)), (max(first, high + 1), last))
        ]
        left = [piece for piece in pieces if piece[0] <= piece[1]]
    return left


def merge(ranges: Iterable[Range]) -> list[Range]:
    """Ranges that touch or overlap made one, in order."""
    merged: list[Range] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def has_word(parsed: Parsed, first: int, last: int) -> bool:
    """Whether a range holds a letter or digit at all."""
    return any(any(char.isalnum() for char in parsed.text[token]) for token in range(first, last + 1))


def phrase(parsed: Parsed, head: int) -> Range:
    """The whole noun phrase of a source, with appositions and relative clauses, cut back where it looks misread."""
    if parsed.dep[head] == "poss":
        return possessor(parsed, head)
    first, last = subtree(parsed, head)
    if last - first > _LONGEST_NAME:
        last = max([head, *(token for token in parsed.children[head] if token <= head + 3)])
        first = max(first, head - 12)
    opening = dateline_end(parsed, head)
    if first < opening <= head:
        first = opening
    for token in parsed.children[head]:
        if (
            token > head
            and parsed.dep[token] == "relcl"
            and parsed.lemma[token].lower() in cues().speech
            and child(parsed, token, "ccomp")
        ):
            last = min(last, parsed.left[token] - 1)
        if token > head and parsed.dep[token] == "prep" and parsed.text[token - 1] == "," and token < last:
            last = min(last, token - 2)
        if token > head and parsed.dep[token] in ("punct", "cc") and parsed.text[token] in (":", "--", "—", "–", ";"):
            last = min(last, token - 1)
    return trim(parsed, first, last) or (head, head)


def bare_phrase(parsed: Parsed, head: int) -> Range:
    """A noun phrase without the clauses that describe it."""
    first, last = phrase(parsed, head)
    for token in parsed.children[head]:
        if token > head and parsed.dep[token] in ("acl", "relcl"):
            last = min(last, parsed.left[token] - 1)
    return trim(parsed, first, max(last, head)) or (head, head)


def dateline_end(parsed: Parsed, token: int) -> int:
    """Where the report begins after "ALMATY, 7 January (ABC) -" in a token's sentence, else the sentence's first."""
    first, last = parsed.sents[parsed.sent[token]]
    if parsed.sent[token] > _LAST_DATELINE:
        return first
    for at in range(first, min(last - 2, first + _LONGEST_DATELINE)):
        if parsed.text[at][-1:] not in _CLOSING:
            continue
        if parsed.text[at].endswith(")") and parsed.text[at + 1] in ("-", "--", "—", "–", ":"):
            return at + 2
        if parsed.text[at].endswith("):"):
            return at + 1
        if parsed.text[at] in _DASHES and at > first and _is_place_and_date(parsed, first, at):
            return at + 1
    return first


_DASHES = frozenset({"-", "--", "—", "–"})
_CLOSING = frozenset(")-—–:")  # what the last word of a dateline ends in


def _is_place_and_date(parsed: Parsed, first: int, end: int) -> bool:
    """ "XINING, Jan. 8 —": a place in capitals, and at most a date after it."""
    if not (parsed.text[first].isupper() and len(parsed.text[first]) > 2) or parsed.start[end] == parsed.end[end - 1]:
        return False
    return all(
        parsed.pos[token] in ("PROPN", "NUM", "PUNCT") or parsed.ent[token] == "DATE" for token in range(first + 1, end)
    )


def _past_dateline(parsed: Parsed, subject: int, verb: int) -> int:
    """The subject that a dateline hides: the last noun of the phrase that opens the report."""
    opening = dateline_end(parsed, subject)
    if not subject < opening < verb or verb - opening > _LONGEST_NAME:
        return subject
    found = subject
    for token in range(opening, verb):
        if parsed.pos[token] in ("NOUN", "PROPN"):
            found = token
        elif parsed.pos[token] not in ("DET", "ADJ", "NUM", "PART") and parsed.text[token] != "-":
            break
    return found


def possessor(parsed: Parsed, head: int) -> Range:
    """A possessor without its 's."""
    first, last = subtree(parsed, head)
    while last > head and parsed.tag[last] == "POS":
        last -= 1
    return trim(parsed, first, last) or (head, head)


def cue_range(parsed: Parsed, verb: int) -> Range:
    """A verb with the auxiliaries, negation, adverbs and particle next to it."""
    first, last = verb, verb
    kids = parsed.children[verb]
    while first - 1 in kids and parsed.dep[first - 1] in _AUXILIARIES:
        first -= 1
    if last + 1 in kids and parsed.dep[last + 1] == "prt":
        last += 1
    return first, last


def negated(parsed: Parsed, verb: int) -> bool:
    """Whether a verb is negated."""
    return any(parsed.dep[token] == "neg" for token in parsed.children[verb])


def own_subject(parsed: Parsed, verb: int) -> int | None:
    """The subject a verb itself has; relative pronouns stand for their antecedent."""
    subjects = [one for one in parsed.children[verb] if parsed.dep[one] in SUBJECTS and parsed.text[one][-1:].isalnum()]
    before = [one for one in subjects if one < verb]
    found = before[-1] if before else next(iter(subjects), None)
    if found is None:
        return None
    return antecedent(parsed, verb, _past_dateline(parsed, found, verb))


def antecedent(parsed: Parsed, verb: int, subject: int) -> int | None:
    if parsed.text[subject].lower() not in _RELATIVE or parsed.tag[subject] not in ("WP", "WDT", "IN"):
        return subject
    node = verb
    for _ in range(_CLIMBS):
        if parsed.dep[node] == "relcl":
            return parsed.head[node]
        if parsed.head[node] == node:
            break
        node = parsed.head[node]
    return subject


def subject_of(parsed: Parsed, verb: int) -> int | None:
    """Who does what a verb says: its own subject, or the one it shares with the clause above."""
    node = verb
    for _ in range(_CLIMBS):
        found = own_subject(parsed, node)
        if found is not None:
            return found
        relation, above = parsed.dep[node], parsed.head[node]
        if above == node:
            return None
        if relation == "conj" and is_misplaced(parsed, node):
            above = parsed.head[above]
        if relation == "conj" and parsed.tag[node] in FINITE:  # "demands the release of X and | calls on them"
            above = _finite_above(parsed, above)
        if relation == "acl" and parsed.pos[above] in ("NOUN", "PROPN", "PRON"):
            apposed = parsed.tag[node] == "VBN" and parsed.text[node - 1] == ","  # "Ivanov, who leads it, announced"
            return above if parsed.tag[node] == "VBG" or apposed else None
        if relation == "relcl":
            return None
        if relation not in ("conj", "xcomp", "advcl", "pcomp", "prep", "dep", "ccomp", "parataxis"):
            return None
        if relation == "ccomp" and parsed.tag[node] not in ("VBG", "VB"):
            return None
        node = above
    return None


def _finite_above(parsed: Parsed, node: int) -> int:
    """The nearest verb above a noun or an infinitive that a finite verb cannot go on with."""
    found = node
    for _ in range(_CLIMBS):
        if parsed.pos[found] in ("VERB", "AUX") and parsed.tag[found] not in ("VB", "VBG"):
            return found
        if any(parsed.tag[kid] in (*FINITE, "MD") for kid in parsed.children[found] if kid < found):
            return found
        if parsed.head[found] == found:
            return node
        found = parsed.head[found]
    return node


def is_misplaced(parsed: Parsed, verb: int) -> bool:
    """Whether a verb hung beside a content goes on with the clause above it: "said it was a lie, and accused them"."""
    beside = parsed.head[verb]
    above = parsed.head[beside]
    return (
        parsed.dep[verb] == "conj"
        and parsed.dep[beside] == "ccomp"
        and above < beside < verb
        and parsed.tag[verb] == parsed.tag[above]
        and parsed.tag[verb] in ("VBD", "VBZ", "VBP")
        and own_subject(parsed, verb) is None
        and (any(parsed.text[token] == "," for token in range(max(beside, verb - 4), verb)) or _shifts(parsed, verb))
    )


def _shifts(parsed: Parsed, verb: int) -> bool:
    """ "said three had been hurt and denied that ...": back from the past perfect, so another verb's companion."""
    beside = parsed.head[verb]
    return (
        parsed.lemma[verb].lower() in cues().speech
        and is_passive(parsed, beside)
        and any(parsed.text[token].lower() == "had" for token in parsed.children[beside])
        and not any(parsed.dep[token] in ("aux", "auxpass") for token in parsed.children[verb])
    )


def preposition(parsed: Parsed, head: int, word: str) -> int | None:
    """The prepositional child of a token that is this word."""
    for token in parsed.children[head]:
        if parsed.dep[token] in ("prep", "agent", "prt", "dative") and parsed.text[token].lower() == word:
            return token
    return None


def object_of(parsed: Parsed, prep: int) -> int | None:
    """What a preposition governs."""
    return child(parsed, prep, "pobj", "pcomp")


def agent_of(parsed: Parsed, verb: int) -> int | None:
    """The "by" phrase of a passive."""
    by = child(parsed, verb, "agent")
    if by is None:
        by = preposition(parsed, verb, "by")
    return object_of(parsed, by) if by is not None else None


def is_passive(parsed: Parsed, verb: int) -> bool:
    return any(parsed.dep[token] in ("auxpass", "nsubjpass") for token in parsed.children[verb])


def is_predicate(parsed: Parsed, at: int) -> bool:
    """Whether a clause whose subject came before goes on here: a finite verb with no subject next to it."""
    while at < len(parsed) - 1 and parsed.pos[at] == "ADV":
        at += 1
    if parsed.tag[at] not in (*FINITE, "MD"):
        return False
    verb = parsed.head[at] if parsed.dep[at] in ("aux", "auxpass") else at
    return not any(parsed.dep[kid] in SUBJECTS and kid > at for kid in parsed.children[verb])
