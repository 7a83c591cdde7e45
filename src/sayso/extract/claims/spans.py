"""Lets each content begin and end where the words of its source do.

The parser draws the next clause into a content ("calls on them to leave and expresses hope"), leaves half of it out
("the guns, a delegate said, | were moved"), or cuts it at a quotation mark.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sayso.extract.claims.cues import cues
from sayso.extract.claims.direct import Quoted, quotation_at
from sayso.extract.claims.sayings import Saying, Voice, lemma_of
from sayso.extract.clauses import FINITE, SUBJECTS, Range, child, has_word, is_predicate, merge, subtract, trim
from sayso.model import Parsed

_OPENING = frozenset({"“", '"', "«", "‘", "„", "``", "''", "'"})
_TO_SOMEBODY = frozenset({"to", "in", "on", "at", "during", "after", "before", "through", "via"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_SHORT = 12  # tokens of a quotation that may be part of a sentence


def fit(parsed: Parsed, quotes: Sequence[Quoted], sayings: Sequence[Saying]) -> list[Saying]:
    """The sayings with their contents made whole and freed of what is not theirs."""
    fitted = [_fitted(parsed, quotes, saying) for saying in sayings]
    return _shared_sources(parsed, fitted)


_Rule = Callable[[Parsed, Sequence[Quoted], Saying], Sequence[Range] | None]


def _fitted(parsed: Parsed, quotes: Sequence[Quoted], saying: Saying) -> Saying:
    if quotation_at(quotes, saying.cue) is not None or saying.part == "phrase":
        return saying
    for rule in _RULES:
        content = rule(parsed, quotes, saying)
        if content is not None:
            pieces = [piece for part in content if (piece := trim(parsed, *part)) and has_word(parsed, *piece)]
            if pieces:
                saying = replace(saying, content=tuple(merge(pieces)))
    return saying


def _whole_quotation(parsed: Parsed, quotes: Sequence[Quoted], saying: Saying) -> Sequence[Range] | None:
    """From the report: “X. Y.”: a quotation that a content begins with is all said."""
    first, last = saying.content[0]
    around = quotation_at(quotes, first)
    if around is None or not around.first <= first <= around.first + 1 or last >= around.last or saying.cue > first:
        return None
    return [(around.first, around.last), *saying.content[1:]] if len(saying.content) == 1 else None


def _from_that(parsed: Parsed, quotes: Sequence[Quoted], saying: Saying) -> Sequence[Range] | None:
    """ "wrote to her twice, and again in May, that X", "reminded “those who kill” that X": from "that" on."""
    first, last = saying.content[0]
    if saying.part != "verb" or first < saying.cue or saying.frame not in ("clause", "quote", "object", "aside"):
        return None
    if (saying.lemma, "clause") not in cues().verbs or parsed.text[first].lower() == "that":
        return None
    opens_aside = (
        parsed.text[first].lower() in _TO_SOMEBODY
        or parsed.pos[first] == "ADV"
        or ((around := quotation_at(quotes, first)) is not None and around.last < last)
    )
    if not opens_aside or first > saying.links[-1].cue[1] + 1:
        return None
    for at in range(first + 1, last - 1):
        if parsed.text[at].lower() != "that" or parsed.dep[at] != "mark" or quotation_at(quotes, at) is not None:
            continue
        clause = parsed.head[at]
        if at < clause <= last and child(parsed, clause, *SUBJECTS) is not None:
            return [(at, last), *saying.content[1:]]
    return None


def _with_fragment(parsed: Parsed, quotes: Sequence[Quoted], saying: Saying) -> Sequence[Range] | None:
    """ "said they would not leave “until it is read out”": the words in quotation marks end the clause."""
    first, last = saying.content[-1]
    if saying.part != "verb" or last < saying.cue:
        return None
    at = last + 1
    if at >= len(parsed) or parsed.sent[at] != parsed.sent[last]:
        return None
    around = quotation_at(quotes, at)
    if around is None or around.first != at or around.last - at > 2 * _SHORT or parsed.end[last] == parsed.start[at]:
        return None
    word = next((token for token in range(at, around.last) if parsed.text[token][:1].isalnum()), None)
    if word is None or parsed.text[word][:1].isupper() or parsed.sent[around.last] != parsed.sent[last]:
        return None
    return [*saying.content[:-1], (first, around.last)]


def _before_fragment(parsed: Parsed, quotes: Sequence[Quoted], saying: Saying) -> Sequence[Range] | None:
    """ "The order “came from the palace”, a guard said": the clause begins before the quotation mark."""
    if saying.frame != "quote" or len(saying.content) != 1:
        return None
    first, last = saying.content[0]
    around = quotation_at(quotes, first)
    start = parsed.sents[parsed.sent[first]][0]
    if around is None or around.first != first or last > around.last or around.last > saying.cue or first - start < 2:
        return None
    word = next((token for token in range(first, last) if parsed.text[token][:1].isalnum()), first)
    top = _top(parsed, word, last)
    begin = min(parsed.left[top], first)
    if parsed.text[word][:1].isupper() or not start <= begin < first or parsed.text[first - 1] in (",", ":", ";"):
        return None
    if not any(parsed.dep[kid] in SUBJECTS and kid < first for kid in parsed.children[top]):
        return None
    taken = [link.source for link in saying.links if link.source] + [link.cue for link in saying.links]
    return subtract([(begin, last)], taken)


def _top(parsed: Parsed, first: int, last: int) -> int:
    """The word of a stretch that all others in it hang on."""
    top = first
    while first <= parsed.head[top] <= last and parsed.head[top] != top:
        top = parsed.head[top]
    return top


def _without_next(parsed: Parsed, quotes: Sequence[Quoted], saying: Saying) -> Sequence[Range] | None:
    """ "calls on them to leave | and expresses hope": a finite verb cannot go on with an infinitive or a noun."""
    if saying.part == "adjective" or saying.frame == "quote":
        return None
    found = next(
        (
            (piece, verb)
            for piece in saying.content
            if piece[0] > saying.cue
            for verb in range(piece[0] + 1, piece[1] + 1)
            if parsed.tag[verb] in FINITE and _goes_on_outside(parsed, saying, piece, verb)
        ),
        None,
    )
    if found is None:
        return None
    (first, _), verb = found
    before = [piece for piece in saying.content if piece[1] < first]
    return [*before, (first, _joint(parsed, verb) - 1)]


def _goes_on_outside(parsed: Parsed, saying: Saying, piece: Range, verb: int) -> bool:
    """Whether a verb in a content goes on with what its source does."""
    beside = parsed.head[verb]
    joint = _joint(parsed, verb)
    if parsed.dep[verb] not in ("conj", "ccomp", "dep", "advcl") or joint == verb or not piece[0] <= beside < verb:
        return False
    if child(parsed, verb, *SUBJECTS) is not None or child(parsed, verb, "mark") is not None or joint <= piece[0]:
        return False
    if parsed.tag[verb] != parsed.tag[_finite(parsed, saying.cue)]:
        return False
    return _is_bare(parsed, beside, piece) or _shifts_tense(parsed, beside, verb, joint)


def _joint(parsed: Parsed, verb: int) -> int:
    """Where ", and then left" begins; the verb itself where nothing joins it."""
    at = verb - 1
    while at > 0 and parsed.dep[at] in ("advmod", "aux", "neg") and parsed.head[at] == verb:
        at -= 1
    begin = verb
    if parsed.text[at].lower() in ("and", "but") and parsed.pos[at] == "CCONJ":
        begin = at
    elif parsed.text[at] == "," and parsed.text[at + 1].lower() == "then":
        begin = at + 1
    return begin


def _finite(parsed: Parsed, cue: int) -> int:
    """The finite word of a cue: its auxiliary, the verb that carries its noun, or itself."""
    if parsed.pos[cue] == "NOUN" and parsed.pos[parsed.head[cue]] == "VERB":
        cue = parsed.head[cue]
    return next((kid for kid in parsed.children[cue] if parsed.tag[kid] in FINITE and kid < cue), cue)


def _is_bare(parsed: Parsed, beside: int, piece: Range) -> bool:
    """An infinitive or a noun with no finite verb above it in the content."""
    node = beside
    for _ in range(8):
        if parsed.tag[node] in (*FINITE, "MD") or any(parsed.tag[kid] in ("MD", *FINITE) for kid in _aux(parsed, node)):
            return False
        above = parsed.head[node]
        if above == node or not piece[0] <= above <= piece[1]:
            return True
        node = above
    return False


def _aux(parsed: Parsed, verb: int) -> list[int]:
    return [kid for kid in parsed.children[verb] if parsed.dep[kid] in ("aux", "auxpass")]


def _shifts_tense(parsed: Parsed, beside: int, verb: int, joint: int) -> bool:
    """ "said the talks had failed, and then boarded a plane": back to the tense of "said"."""
    if parsed.tag[verb] != "VBD" or lemma_of(parsed, verb) == "be":
        return False
    forms = {parsed.text[kid].lower() for kid in _aux(parsed, beside)}
    modal = any(parsed.tag[kid] == "MD" for kid in _aux(parsed, beside))
    comma = parsed.text[joint - 1] == ","
    then = any(parsed.text[at].lower() in ("then", "later") for at in range(joint, verb))
    return modal or ("had" in forms and (comma or then)) or (then and comma)


def _rest_of_clause(parsed: Parsed, quotes: Sequence[Quoted], saying: Saying) -> Sequence[Range] | None:
    """ "The guns, a delegate said in a note, | were moved at night": the words go on behind the second comma."""
    if saying.part != "verb" or len(saying.content) != 1:
        return None
    first, last = saying.content[0]
    end = parsed.sents[parsed.sent[saying.cue]][1]
    if (
        last > saying.cue
        or parsed.text[min(last + 1, len(parsed) - 1)] != ","
        or parsed.pos[_top(parsed, first, last)] not in _NOUNS
    ):
        return None
    if any(
        parsed.tag[at] in FINITE or parsed.tag[at] == "MD"
        for at in range(first, last + 1)
        if parsed.dep[at] not in ("relcl", "aux", "auxpass")
    ):
        return None
    comma = next(
        (at for at in range(saying.cue + 1, end - 2) if parsed.text[at] == "," and is_predicate(parsed, at + 1)), None
    )
    return [(first, last), (comma + 1, end - 1)] if comma is not None else None


def _without_channel(parsed: Parsed, quotes: Sequence[Quoted], saying: Saying) -> Sequence[Range] | None:
    """ "appealed to them to spare the school, in a sermon carried by the radio": how it was said ends the sentence."""
    first, last = saying.content[-1]
    if saying.part != "verb" or first < saying.cue:
        return None
    for at in range(last - 1, max(first, last - 14), -1):
        if parsed.text[at] == "," and parsed.text[at + 1].lower() in ("in", "on", "during"):
            thing = child(parsed, at + 1, "pobj")
            whole = thing is not None and parsed.right[at + 1] >= last
            if whole and thing is not None and lemma_of(parsed, thing) in cues().channel_nouns:
                return [*saying.content[:-1], (first, at - 1)] if quotation_at(quotes, at) is None else None
    return None


_RULES: tuple[_Rule, ...] = (
    _whole_quotation,
    _from_that,
    _before_fragment,
    _without_next,
    _without_channel,
    _with_fragment,
    _rest_of_clause,
)


def _shared_sources(parsed: Parsed, sayings: Sequence[Saying]) -> list[Saying]:
    """What a further verb of the same source says has the source of the first: "calls ... and expresses hope"."""
    by_cue = {saying.cue: saying for saying in sayings}
    shared: list[Saying] = []
    for saying in sayings:
        verb = saying.cue
        if saying.part == "noun" and parsed.pos[parsed.head[verb]] == "VERB":
            verb = parsed.head[verb]
        outer = _governing(parsed, verb, by_cue)
        if outer is not None and outer.cue != saying.cue and _lacks_source(parsed, saying, verb, outer):
            link = outer.links[-1]
            saying = replace(saying, links=(Voice(link.head, link.source, saying.links[-1].cue, link.kind),))
        shared.append(saying)
    return shared


def _governing(parsed: Parsed, verb: int, by_cue: dict[int, Saying]) -> Saying | None:
    """The saying with whose verb this verb goes on, if the parser hung it on what that verb introduces."""
    if parsed.dep[verb] != "conj" or parsed.tag[verb] not in FINITE or child(parsed, verb, *SUBJECTS) is not None:
        return None
    node = parsed.head[verb]
    for _ in range(6):
        outer = by_cue.get(node)
        if outer is not None and node != parsed.head[verb]:
            free = not any(first <= verb <= last for first, last in outer.content)
            return outer if free and parsed.tag[node] == parsed.tag[verb] else None
        if parsed.head[node] == node:
            return None
        node = parsed.head[node]
    return None


def _lacks_source(parsed: Parsed, saying: Saying, verb: int, outer: Saying) -> bool:
    head = saying.links[-1].head
    return len(saying.links) == 1 and len(outer.links) == 1 and (head is None or outer.cue < head < verb)
