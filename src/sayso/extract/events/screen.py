"""Drops candidate acts that tell of nothing new: back-references, questions, names given to things, nature and games.

Each test answers for one way in which a word of violence or talk tells no event. The words they look for stand in
`data/event_words.toml`.
"""

from __future__ import annotations

from functools import lru_cache

from sayso.extract.events.frames import cue_words
from sayso.extract.events.match import Act
from sayso.extract.grammar import Grammar
from sayso.model import EventType, Status

E = EventType
_POINTING = frozenset({"the", "this", "that", "these", "those", "its", "such"})
_LOCATIVE = frozenset({"in", "at", "near", "outside", "across", "around", "inside", "on"})
_UNANSWERED = frozenset({"how", "whether", "if", "what"})
_BODILESS = frozenset({E.ASSAULT, E.THREATEN, E.PROTEST, E.MOBILIZE, E.REJECT, E.SUPPORT, E.CONSULT, E.AGREE})
_PLAYED = 3  # words of a game that an article about one has at least


def tells_something(grammar: Grammar, act: Act) -> bool:
    """Whether an act is one the sentence tells of, rather than names, asks about or compares with."""
    if _is_asked(grammar, act) or _is_nature(grammar, act):
        return False
    if act.type in _BODILESS and _is_game(grammar, act):
        return False
    if not act.named:
        return not _is_courtesy(grammar, act)
    return not (_is_absent(grammar, act) or _is_label(grammar, act) or _points_back(grammar, act))


def _is_asked(grammar: Grammar, act: Act) -> bool:
    """ "Declined to say how many had been killed": what is asked is not told."""
    parsed, verb = grammar.parsed, act.verb
    if act.named or parsed.pos[verb] not in ("VERB", "AUX"):
        return False
    for who in (*act.recipients, *act.actors):
        start = parsed.left[who]
        if _asks_number(grammar, start):
            return True
    inner = parsed.dep[verb] in ("ccomp", "csubj", "pcomp", "csubjpass")
    first = parsed.left[verb]
    opener = grammar.lemma[first]
    if not (inner or _is_unclear(grammar, verb)) or (opener == "if" and parsed.dep[verb] != "ccomp"):
        return False
    return opener in _UNANSWERED and (opener != "how" or _asks_number(grammar, first))


def _asks_number(grammar: Grammar, token: int) -> bool:
    return grammar.lemma[token : token + 1] == ["how"] and grammar.lemma[token + 1 : token + 2] in (["many"], ["much"])


def _is_unclear(grammar: Grammar, verb: int) -> bool:
    head = grammar.parsed.head[verb]
    return head != verb and grammar.lemma[head] in ("clear", "unclear", "known", "unknown", "uncertain")


def _is_nature(grammar: Grammar, act: Act) -> bool:
    """Whether an earthquake or a crash did the harm, and nobody who is armed is spoken of."""
    return (
        act.type is E.ASSAULT
        and _has(grammar, act.trigger, "disaster")
        and not _has(grammar, act.trigger, "force")
        and not act.frame.mode
    )


def _is_game(grammar: Grammar, act: Act) -> bool:
    return _is_sport(grammar) and not _has(grammar, act.trigger, "force")


@lru_cache(maxsize=1)  # asked for each act of one article in turn
def _is_sport(grammar: Grammar) -> bool:
    """Whether an article is about a game: several words that only games have."""
    words = cue_words("register", "sport")
    return len({lemma for lemma in map(str.lower, grammar.parsed.lemma) if lemma in words}) >= _PLAYED


def _has(grammar: Grammar, token: int, register: str) -> bool:
    first, last = grammar.parsed.sents[grammar.parsed.sent[token]]
    words = cue_words("register", register)
    return any(lemma in words for lemma in grammar.lemma[first:last])


def _is_courtesy(grammar: Grammar, act: Act) -> bool:
    """A source who "asked not to be named" or "asked where to buy bread" demands nothing."""
    if act.type is not E.REQUEST or grammar.lemma[act.trigger] != "ask":
        return False
    for clause in act.complements:
        first = grammar.lemma[grammar.parsed.left[clause]]
        if grammar.lemma[clause] in ("name", "identify", "quote") or (
            grammar.parsed.tag[grammar.parsed.left[clause]] in ("WRB", "WP", "WDT") or first in ("if", "whether")
        ):
            return True
    return False


def _is_absent(grammar: Grammar, act: Act) -> bool:
    """ "Fired without warning" tells of no warning."""
    head = grammar.parsed.head[act.trigger]
    if grammar.parsed.dep[act.trigger] == "pobj" and grammar.lemma[head] == "without":
        return True
    return act.type is E.THREATEN and act.status is Status.NEGATED


def _is_label(grammar: Grammar, act: Act) -> bool:
    """ "For the channel they are a terrorist attack" says what something is called; "there was an attack" tells it."""
    parsed, noun = grammar.parsed, act.trigger
    head = parsed.head[noun]
    if parsed.dep[noun] != "attr" or grammar.lemma[head] != "be" or act.actors or act.recipients:
        return False
    return not any(parsed.dep[child] == "expl" or grammar.lemma[child] == "there" for child in parsed.children[head])


def _points_back(grammar: Grammar, act: Act) -> bool:
    """ "The unrest", "last week's violence": known already, unless it says who, where, or that it begins."""
    parsed, noun = grammar.parsed, act.trigger
    vague = grammar.lemma[noun] in cue_words("register", "vague")
    adjectives = [token for token in act.actors if parsed.dep[token] in ("amod", "compound", "nmod")]
    if act.recipients or (act.actors and not (vague and len(adjectives) == len(act.actors))):
        return False  # "Libyan unrest" names a country, no participant
    if not vague and act.status not in (Status.OCCURRED, Status.ONGOING):
        return False
    if act.support is not None:
        particles = {grammar.lemma[child] for child in parsed.children[act.support]}
        word = grammar.lemma[act.support]
        begins = cue_words("register", "begins")
        if word in begins or any(f"{word}+{particle}" in begins for particle in particles):
            return False
        if not vague and parsed.dep[noun] in ("dobj", "nsubjpass") and word in cue_words("light", "verbs"):
            return False
    if _is_located(grammar, noun):
        return False
    pointing = any(grammar.lemma[child] in _POINTING for child in parsed.children[noun] if child < noun)
    return pointing or vague


def _is_located(grammar: Grammar, noun: int) -> bool:
    """Whether a place stands at the noun itself: "the clashes in Lviv", "at the border"."""
    parsed = grammar.parsed
    return any(
        name in _LOCATIVE and parsed.ent[token] not in ("DATE", "TIME") for name, token in grammar.noun_preps(noun)
    )
