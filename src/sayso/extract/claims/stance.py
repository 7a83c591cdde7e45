"""Reads off a saying what its source does with the content.

The verb or noun of saying tells the stance; where it only asserts, the content's own form may tell more: a question,
an order, a promise, condolences, a report that is called false (see `intents`), a threat (see `threats`).
"""

from __future__ import annotations

from sayso.extract.claims.cues import Cue, cues
from sayso.extract.claims.forms import Form, first_of, form_of, is_negated
from sayso.extract.claims.hedges import hedge_by_denial
from sayso.extract.claims.intents import FORMS, wants_to_know
from sayso.extract.claims.leanings import leanings
from sayso.extract.claims.orders import order_entry
from sayso.extract.claims.sayings import Saying, lemma_of
from sayso.extract.claims.threats import THREATS
from sayso.extract.claims.wording import wording
from sayso.extract.clauses import Range, child
from sayso.model import Parsed, Stance

_MAY_THREATEN = frozenset({Stance.ASSERTS, Stance.DEMANDS, Stance.PROMISES})


def stance_of(parsed: Parsed, saying: Saying, negation: Range | None = None) -> Stance:
    """What the source does with the content."""
    base = _by_word(parsed, saying)
    if not saying.content:
        return base
    form = form_of(parsed, saying)
    if base in _MAY_THREATEN and (found := first_of(THREATS, form)):
        return found
    if negation is not None:
        neither = parsed.text[negation[0]].lower() in ("neither", "nor")
        return Stance.ASSERTS if neither else base
    if base is Stance.DENIES and _speaks_for_itself(form):
        return Stance.ASSERTS
    if base in (Stance.HOPES, Stance.DEMANDS, Stance.ASKS):
        return wants_to_know(form) or base
    return (first_of(FORMS, form) or base) if base is Stance.ASSERTS else base


# --------------------------------------------------------------------------- what the word of saying tells


def _by_word(parsed: Parsed, saying: Saying) -> Stance:
    if found := _by_particle(parsed, saying) or _by_noun(parsed, saying) or _by_adjective(parsed, saying):
        return found
    entry = order_entry(parsed, saying)
    return entry.stance if entry else _leaning(saying)


def _by_particle(parsed: Parsed, saying: Saying) -> Stance | None:
    """ "ruled out fresh talks", "brushed aside fears that"; who "did not rule it out" holds it possible."""
    particle = child(parsed, saying.cue, "prt") if saying.part == "verb" else None
    if particle is None or f"{saying.lemma} {parsed.text[particle].lower()}" not in leanings().waving:
        return None
    return Stance.ASSERTS if hedge_by_denial(parsed, saying) else Stance.DENIES


def _by_noun(parsed: Parsed, saying: Saying) -> Stance | None:
    """ "expressed condolences", "voiced doubts", "issued a threat": the noun tells, the verb only carries it."""
    if saying.part != "verb":
        return None
    thing = child(parsed, saying.cue, "dobj")
    lemma = "" if thing is None else lemma_of(parsed, thing)
    if saying.lemma in leanings().throwing:
        if lemma in leanings().doubts:
            return Stance.DOUBTS
        if lemma in leanings().scorn:
            return Stance.DENIES
    if saying.lemma not in cues().light or thing is None:
        return None
    if lemma in wording().wishes:
        return Stance.HOPES
    entry: Cue | None = cues().nouns.get((lemma, "clause")) or cues().nouns.get((lemma, "to"))
    return entry.stance if entry else None


def _by_adjective(parsed: Parsed, saying: Saying) -> Stance | None:
    """ "is not hopeful that", "was not sure that": who is not so doubts it."""
    if saying.part != "adjective" or saying.entry is None:
        return None
    be = parsed.head[saying.cue]
    if not any(parsed.dep[kid] == "neg" for node in (be, saying.cue) for kid in parsed.children[node]):
        return None
    return Stance.DOUBTS if saying.entry.stance is Stance.HOPES or saying.lemma in leanings().sure else None


def _leaning(saying: Saying) -> Stance:
    """The stance of a word in a construction that the tables of cues do not know: "wants the decree withdrawn"."""
    return leanings().leaning.get(saying.lemma, Stance.ASSERTS)


def _speaks_for_itself(form: Form) -> bool:
    """Whether a denial quotes the source's own sentence, "We never fired": the content is then what it asserts."""
    quoted = form.is_quoted and form.saying.frame.startswith("quote") and form.subject is not None
    return quoted and form.parsed.pos[form.main] in ("VERB", "AUX") and is_negated(form)
