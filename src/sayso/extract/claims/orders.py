"""Parts whom an order, request or promise goes to from what is ordered: "urged [both sides] to stop firing"."""

from __future__ import annotations

from dataclasses import replace

from sayso.extract.claims.cues import Cue, cues
from sayso.extract.claims.sayings import Saying, lemma_of
from sayso.extract.claims.wording import wording
from sayso.extract.clauses import merge
from sayso.extract.lexicon import noun_at
from sayso.model import Parsed, Stance

_ORDERS = frozenset({Stance.DEMANDS, Stance.ASKS, Stance.PROMISES, Stance.THREATENS})


def order_entry(parsed: Parsed, saying: Saying) -> Cue | None:
    """What the table says of the word, where "to" follows also as an order: "was told to", "call upon somebody to"."""
    verbs, lemma = cues().verbs, saying.lemma
    if saying.part != "verb":
        return saying.entry
    if saying.frame.startswith("to") and (found := verbs.get((lemma, "to"))) is not None:
        return found
    for token in parsed.children[saying.cue]:
        key = (lemma, "prep:" + parsed.text[token].lower())
        if parsed.dep[token] in ("prep", "prt") and token > saying.cue and key in verbs and lemma in wording().calling:
            return verbs[key]
    return saying.entry


def part_listener(parsed: Parsed, saying: Saying) -> Saying:
    """An order whose content is what is to be done, and whose addressee is who shall do it."""
    if saying.part != "verb" or parsed.pos[saying.cue] != "VERB":
        return saying
    entry = order_entry(parsed, saying)
    if (
        entry is not None
        and entry.stance in (Stance.DENIES, Stance.DOUBTS)
        and saying.frame.startswith(("object", "prep:as"))
    ):
        return _part_denied(parsed, saying)
    if entry is None or entry.stance not in _ORDERS:
        return saying
    first, last = saying.content[0][0], saying.content[-1][1]
    to = _infinitive(parsed, saying, first, last)
    if to is None or to == first or to - first > 30:
        return saying if entry is saying.entry else replace(saying, entry=entry)
    listener = _head(parsed, first, to - 1)
    if listener is None or not may_listen(parsed, listener):
        return saying
    content = merge((max(low, to), high) for low, high in saying.content if high >= to)
    return replace(saying, content=tuple(content), addressee=listener, entry=entry)


def _part_denied(parsed: Parsed, saying: Saying) -> Saying:
    """ "dismissed as rumours the claims that X": what is denied is X, unless somebody is named who claims it."""
    nouns = cues().nouns
    inside = (token for low, high in saying.content for token in range(low, high + 1) if parsed.pos[token] == "NOUN")
    thing = next((token for token in inside if (lemma_of(parsed, token), "clause") in nouns), None)
    if thing is None:
        return saying
    if any(parsed.text[token].lower() in ("by", "from", "of") for token in parsed.children[thing] if token > thing):
        return saying
    for token in parsed.children[thing]:
        if parsed.dep[token] == "poss":
            return saying
        first = parsed.left[token]
        if first > thing and parsed.dep[token] in ("acl", "ccomp", "relcl") and parsed.text[first].lower() == "that":
            return replace(saying, content=((first, parsed.right[token]),))
    return saying


def _infinitive(parsed: Parsed, saying: Saying, first: int, last: int) -> int | None:
    """Where "to do it" begins: the infinitive of the verb of saying, or one that its object took."""
    for token in range(first, last + 1):
        if parsed.tag[token] != "TO" or parsed.pos[token] != "PART":
            continue
        doing = parsed.head[token]
        above = parsed.head[doing]
        if above == saying.cue or parsed.head[above] == saying.cue or parsed.dep[doing] in ("xcomp", "ccomp"):
            begins = token
            if parsed.text[token - 1].lower() in ("not", "never") and parsed.head[token - 1] == doing:
                begins = token - 1
            return begins
        return None
    return None


def _head(parsed: Parsed, first: int, last: int) -> int | None:
    """The head of the phrase that a range holds."""
    for token in range(first, last + 1):
        if not first <= parsed.head[token] <= last and parsed.pos[token] in ("NOUN", "PROPN", "PRON", "NUM"):
            return token
    return None


def may_listen(parsed: Parsed, head: int) -> bool:
    """Whether somebody can be told to do something: not "an order to"."""
    if parsed.pos[head] in ("PROPN", "PRON") or parsed.ent[head]:
        return True
    return noun_at(parsed, head) is not None or lemma_of(parsed, head) in cues().kinds or _is_people(parsed, head)


def _is_people(parsed: Parsed, head: int) -> bool:
    return parsed.tag[head] == "NNS" and parsed.lemma[head].endswith(("er", "or", "ist", "ian", "ant", "an", "ee"))
