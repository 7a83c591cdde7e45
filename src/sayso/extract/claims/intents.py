"""Reads off the form of a content what its source does with it, where the word of saying only says that it was said.

A question, an order, a promise, a wish, a report that is called false: each rule knows one of them and passes on what
is not its case. The list of rules at the end is the policy.
"""

from __future__ import annotations

from sayso.extract.claims.cues import cues
from sayso.extract.claims.forms import OWNERS, Form, Rule, is_future, is_imperative, is_negated, is_own, is_self
from sayso.extract.claims.leanings import leanings
from sayso.extract.claims.sayings import lemma_of
from sayso.extract.claims.wording import wording
from sayso.extract.clauses import child, is_passive
from sayso.model import Parsed, Stance

# --------------------------------------------------------------------------- questions


def question(form: Form) -> Stance | None:
    """ "Who gave the order?", "whether the road was open"."""
    parsed, (_, last) = form.parsed, form.saying.content[-1]
    stops = [word for word in form.words if word in (".", "?", "!", "?!", "…")]
    ends = "?" in parsed.text[max(form.first, last - 1) : last + 1]
    if ends and all("?" in stop for stop in stops):
        return Stance.ASKS
    return Stance.ASKS if form.words[0] == "whether" else None


def wants_to_know(form: Form) -> Stance | None:
    """ "demanded to know why the files had been burned", "I want to know who did this"."""
    opening = form.opening[2:] if form.opening[1:2] in (("want",), ("demand",)) else form.opening
    told = opening[:2] == ("to", "know") and {"who", "why", "what", "whether", "if", "how", "when", "where", "which"}
    return Stance.ASKS if told and told & set(form.words[2:12]) else None


# --------------------------------------------------------------------------- orders


def order(form: Form) -> Stance | None:
    """ "Leave the square now", in quotation marks or in a heading."""
    parsed = form.parsed
    opens = form.first == parsed.sents[parsed.sent[form.first]][0] and form.last < form.saying.cue
    told = form.first - 1 == form.saying.cue and form.saying.lemma in ("say", "tell", "shout", "write")
    if not form.is_quoted and form.saying.part != "colon" and not opens and not told:
        return None
    ranges = [
        (max(low, parsed.sents[number][0]), min(high, parsed.sents[number][1] - 1))
        for low, high in form.saying.content
        for number in range(parsed.sent[low], parsed.sent[high] + 1)
    ]
    orders = sum(is_imperative(parsed, *found) for found in ranges)
    if orders and 2 * orders >= len(ranges):
        return Stance.DEMANDS
    return Stance.DEMANDS if _is_slogan(form) else None


def _is_slogan(form: Form) -> bool:
    """ "Down with the colonels!", "Resign! Resign!": shouted, or with a mark of exclamation."""
    if form.opening[:1] == ("no",) and "without" in form.words and form.parsed.pos[form.main] not in ("VERB", "AUX"):
        return True  # "No deal without amnesty"
    if form.saying.lemma not in leanings().chanting and "!" not in form.words:
        return False
    opening = " ".join(form.opening)
    return any(opening == slogan or opening.startswith(slogan + " ") for slogan in leanings().slogans)


def duty(form: Form) -> Stance | None:
    """ "The pumps must be started", "No body is to be released"."""
    parsed = form.parsed
    if form.subject is None or parsed.text[form.subject].lower() in ("i", "it") or parsed.pos[form.main] != "VERB":
        return None
    kids = {parsed.text[kid].lower() for kid in parsed.children[form.main]}
    if kids & {"have", "been"}:
        return None
    return Stance.DEMANDS if kids & leanings().deontic else None


def against(form: Form) -> Stance | None:
    """ "warned against crossing the river"."""
    told = form.saying.frame == "prep:against" and form.saying.lemma in ("warn", "caution", "advise")
    return Stance.DEMANDS if told or _is_insisted_on(form) else None


def _is_insisted_on(form: Form) -> bool:
    """ "insisted on a recount", not "on his innocence"."""
    thing = form.parsed.text[form.first].lower()
    return form.saying.lemma == "insist" and form.saying.frame == "prep:on" and thing not in OWNERS


def insisted(form: Form) -> Stance | None:
    """ "insisted that the soldiers leave", "proposed that the vote be put off": what shall be, not what is."""
    if form.saying.lemma not in leanings().subjunctive or form.subject is None or any(True for _ in form.kids("MD")):
        return None
    told = form.parsed.tag[form.saying.cue] in ("VBD", "VBN")
    if any(form.parsed.lemma[kid] == "do" for kid in form.kids("VB", "VBZ", "VBP", "VBD")):
        return None  # "insists that it does not negotiate"
    bare = form.parsed.tag[form.main] == "VB" or "be" in (form.parsed.text[kid].lower() for kid in form.kids("VB"))
    plain = told and form.parsed.tag[form.main] == "VBP" and form.lemma != "be" and not any(form.kids("VBP", "VBD"))
    return Stance.DEMANDS if bare or plain else None


# --------------------------------------------------------------------------- wishes and words of one's own


def first_person(form: Form) -> Stance | None:
    """ "I hope he comes", "We demand our wages", "please send someone": the quoted words say what they do."""
    if "please" in form.words[: form.last - form.first + 1]:
        return Stance.ASKS
    parsed, main = form.parsed, form.main
    if parsed.pos[main] != "VERB" or parsed.tag[main] not in ("VBP", "VB"):
        return None
    if form.subject is None or parsed.text[form.subject].lower() not in ("i", "we"):
        return None
    if form.lemma in ("believe", "think") and is_negated(form) and child(parsed, main, "ccomp"):
        return Stance.DOUBTS
    if child(parsed, main, "aux", "neg"):
        return None
    if form.lemma in _FELT or main - form.first > 5:
        return None
    found = next((entry for frame in _FRAMES if (entry := cues().verbs.get((form.lemma, frame)))), None)
    return found.stance if found and found.stance in _DONE_BY_SAYING else None


_FELT = frozenset("need like love hate dream prefer want plan mean aim".split())
_FRAMES = ("clause", "to", "object", "prep:for", "prep:on")
_DONE_BY_SAYING = frozenset({Stance.HOPES, Stance.DEMANDS, Stance.ASKS, Stance.DENIES, Stance.DOUBTS, Stance.PROMISES})


def reported_self(form: Form) -> Stance | None:
    """ "said she hoped that the road would open"."""
    if form.lemma not in leanings().own or not is_self(form) or is_negated(form) or is_passive(form.parsed, form.main):
        return None
    found = next((entry for frame in _FRAMES if (entry := cues().verbs.get((form.lemma, frame)))), None)
    return found.stance if found else None


def wish(form: Form) -> Stance | None:
    """ "extended condolences", "God willing, he will come", "May they rest in peace"."""
    opening = " ".join(form.opening)
    if opening.startswith(leanings().wishing):
        return Stance.HOPES
    if form.opening[:1] == ("may",) and form.is_quoted and form.parsed.tag[form.first + 1] == "MD":
        return Stance.HOPES
    if not form.saying.frame.startswith(("object", "thing")):
        return None
    thing = child(form.parsed, form.saying.cue, "dobj")
    told = thing is not None and form.first <= thing <= form.last and lemma_of(form.parsed, thing) in wording().wishes
    return Stance.HOPES if told else None


def called_false(form: Form) -> Stance | None:
    """ "called the report a lie", "described the claims as baseless"."""
    parsed, verb = form.parsed, form.saying.cue
    frames = ("named", "object", "prep:as", "quote")
    if not form.saying.frame.startswith(frames) or form.saying.lemma not in _NAMING:
        return None
    named = [token for token in parsed.children[verb] if parsed.dep[token] in ("oprd", "appos")]
    for token in parsed.children[verb]:
        if parsed.text[token].lower() == "as":
            named += [kid for kid in parsed.children[token] if parsed.dep[kid] in ("pobj", "amod", "pcomp")]
    named.append(next((at for at in range(form.last, form.first, -1) if parsed.text[at][0].isalnum()), form.last))
    return (
        Stance.DENIES if any(lemma_of(parsed, token) in wording().false | leanings().false for token in named) else None
    )


_NAMING = frozenset(
    "call describe dismiss label brand dub term denounce reject characterise characterize decry".split()
)


# --------------------------------------------------------------------------- promises


def assured(form: Form) -> Stance | None:
    """ "assured them that the road would stay open"."""
    told = form.saying.lemma in leanings().assuring and is_future(form)
    return Stance.PROMISES if told else None


def own_future(form: Form) -> Stance | None:
    """ "said it would rebuild the mill": what one will do oneself."""
    parsed = form.parsed
    if form.saying.part in ("noun", "adjective") or form.source is None or not is_own(form):
        return None
    if form.words[:1] == ("it",) and form.lemma in leanings().impersonal:
        return None  # "said it would take two years"
    if _is_planned(form):
        return Stance.PROMISES
    if form.lemma in wording().states or not is_future(form) or is_passive(parsed, form.main):
        return None
    opens_with_clause = any(parsed.dep[kid] == "advcl" for kid in parsed.children[form.main] if kid < form.main)
    return None if opens_with_clause or parsed.pos[form.main] != "VERB" else Stance.PROMISES


def _is_planned(form: Form) -> bool:
    """ "is ready to", "plans to", "is going to"."""
    parsed, main = form.parsed, form.main
    if form.lemma in leanings().planning or (form.lemma == "go" and parsed.tag[main] == "VBG"):
        return child(parsed, main, "xcomp") is not None
    state = child(parsed, main, "acomp") if form.lemma == "be" else main
    if state is None or lemma_of(parsed, state) not in leanings().ready or is_negated(form):
        return False
    return child(parsed, state, "xcomp") is not None


def measure(form: Form) -> Stance | None:
    """ "announced a curfew"."""
    if form.saying.lemma not in leanings().announcing or not form.saying.frame.startswith("object"):
        return None
    thing = child(form.parsed, form.saying.cue, "dobj")
    told = thing is not None and (lemma_of(form.parsed, thing) in leanings().measures or _is_rule(form.parsed, thing))
    return Stance.PROMISES if told else None


def _is_rule(parsed: Parsed, thing: int) -> bool:
    """ "a state of emergency"."""
    of = child(parsed, thing, "prep")
    return parsed.text[thing].lower() == "state" and of is not None


FORMS: tuple[Rule, ...] = (
    question, wants_to_know, first_person, order, against, reported_self, insisted, called_false, wish, assured,
    own_future, measure, duty,
)  # fmt: skip
