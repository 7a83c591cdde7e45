"""Proposes one act per verb or event noun: the frame that fits its company, and who takes part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sayso.extract.events.frames import ANY, NONE, Frame, Words, cue_words, instrument_order, instruments, lexicon
from sayso.extract.events.roles import Roles
from sayso.extract.grammar import Arguments, Grammar
from sayso.model import EventType, Reason, Status

_NO_INFINITIVE_NEEDED = frozenset({"demand", "propose", "agree", "promise", "pledge", "vow", "threaten"})
_NAMING = frozenset({"NOUN", "PROPN"})
# Whoever asks for an act is not the one who does it.
_ASKING = frozenset({"demand", "urge", "request", "call", "want", "propose", "seek", "claim"})
_PERSONAL = frozenset({"he", "she", "they", "we", "i", "you", "him", "her", "them", "us", "me", "who", "whom"})
_LIGHT_PREPS = frozenset({"in", "to", "into", "on"})
_BY_DISTANCE = 14  # tokens around a trigger in which a weapon is looked for


@dataclass(slots=True)
class Act:
    """One candidate event of a sentence, as tokens."""

    trigger: int
    verb: int  # the predicate that carries tense: the trigger, or the verb that supports a noun
    frame: Frame
    type: EventType
    mode: str | None
    actors: list[int]
    recipients: list[int]
    extra: list[int] = field(default_factory=list)  # further trigger words: particle, "fire" of "opened fire"
    objects: list[int] = field(default_factory=list)  # nouns that belong to the act and name no other
    complements: list[int] = field(default_factory=list)
    support: int | None = None
    named: bool = False  # by a noun
    status: Status = Status.OCCURRED
    note: str = ""
    reasons: tuple[Reason, ...] = ()
    vectors: Mapping[int, Any] = field(default_factory=dict)  # of its participants, by the network


def propose(grammar: Grammar, roles: Roles, first: int, last: int) -> list[Act]:
    """The acts of one sentence, by token range."""
    found: list[Act] = []
    verbs, nouns = lexicon().verbs, lexicon().nouns
    for token in range(first, last):
        lemma, pos = grammar.lemma[token], grammar.parsed.pos[token]
        if lemma in verbs and (pos == "VERB" or (pos == "AUX" and lemma == "be")):
            act = _verb_act(grammar, roles, token)
            if act is not None:
                found.append(act)
                continue
        name = lemma if pos in _NAMING else grammar.parsed.text[token].lower()
        if name in nouns and (pos in _NAMING or _is_gerund(grammar, token)):
            act = _noun_act(grammar, roles, token, name)
            if act is not None:
                found.append(act)
    return found


# ------------------------------------------------------------------ verbs


def _verb_act(grammar: Grammar, roles: Roles, verb: int) -> Act | None:
    if grammar.parsed.dep[verb] in ("amod", "compound") or _is_adjective(grammar, verb):
        return None
    if grammar.lemma[verb] == "fight" and grammar.lemma[min(verb + 1, len(grammar.lemma) - 1)] == "back":
        return None  # a market or a team does so, and what an army does then is told by other words
    if grammar.lemma[verb] == "kill" and grammar.lemma[grammar.parsed.head[verb]] == "shoot":
        return None  # "shoot to kill" is one act
    args = grammar.arguments(verb)
    for frame in lexicon().verbs[grammar.lemma[verb]]:
        extra = _fits_verb(grammar, frame, verb, args)
        if extra is not None:
            return _build_verb(grammar, roles, frame, verb, args, extra)
    return None


def _is_adjective(grammar: Grammar, verb: int) -> bool:
    """ "On striking miners", "close by": a word that only looks like a verb in its place."""
    parsed = grammar.parsed
    if grammar.lemma[verb] == "close" and verb + 1 < len(parsed) and parsed.text[verb + 1].lower() == "by":
        return True
    opened = parsed.dep[verb] == "pcomp" and parsed.head[verb] == verb - 1
    if not opened or grammar.lemma[verb] not in ("strike", "protest", "riot") or parsed.tag[verb] != "VBG":
        return False
    return any(parsed.dep[child] == "dobj" and child - verb <= 3 for child in parsed.children[verb])


def _fits_verb(grammar: Grammar, frame: Frame, verb: int, args: Arguments) -> list[int] | None:
    """The further trigger words if a frame fits a verb, else None."""
    extra: list[int] = []
    if frame.particle is not None:
        particle = _particle(grammar, verb, frame.particle)
        if particle is None:
            return None
        extra.append(particle)
    objects = args.objects
    if frame.complement is not None:
        word = _completion(grammar, verb, frame.complement)
        if word is None:
            return None
        extra.append(word)
        objects = objects or _small_clause(grammar, verb)
    if not _fits_object(grammar, frame, objects) or not _fits_subject(grammar, frame, args):
        return None
    if not _fits_preps(grammar, frame, args, objects) or not _fits_comp(grammar, frame, verb, args):
        return None
    if frame.ordered and not _is_ordered(grammar, verb):
        return None
    if frame.prep_object is not None and frame.object is None and frame.prep is not None and len(frame.prep_object) < 8:
        extra.extend(
            token for name, token in args.preps if name in frame.prep and grammar.lemma[token] in frame.prep_object
        )
    return extra


def _fits_object(grammar: Grammar, frame: Frame, objects: Sequence[int]) -> bool:
    if any(grammar.lemma[token] in frame.unless for token in objects):
        return False
    if frame.object is None:
        return True
    if not objects:
        return NONE in frame.object
    if not any(matches(grammar, word, frame.object) for token in objects for word in grammar.senses(token)):
        return False
    if frame.modifier is None:
        return True
    return any(grammar.lemma[word] in frame.modifier for token in objects for word in grammar.modifiers(token))


def _fits_subject(grammar: Grammar, frame: Frame, args: Arguments) -> bool:
    if any(grammar.lemma[token] in frame.unless_subject for token in args.subjects):
        return False
    if frame.subject is None:
        return True
    return any(matches(grammar, token, frame.subject) for token in args.subjects)


def _fits_preps(grammar: Grammar, frame: Frame, args: Arguments, objects: Sequence[int]) -> bool:
    if any(name in frame.unless_prep for name, _ in args.preps):
        return False
    if frame.prep is None:
        return True
    preps = [*args.preps, *(pair for token in objects for pair in grammar.noun_preps(token))]
    for name, token in preps:
        if name in frame.prep and (frame.prep_object is None or matches(grammar, token, frame.prep_object)):
            return grammar.lemma[token] not in frame.unless_prep_object
    return False


def _fits_comp(grammar: Grammar, frame: Frame, verb: int, args: Arguments) -> bool:
    if frame.unless_comp and any(
        ANY in frame.unless_comp or grammar.lemma[token] in frame.unless_comp for token in args.complements
    ):
        return False
    if frame.comp is None:
        return True
    wanted = [token for token in args.complements if _is_content(grammar, verb, token)]
    return any(ANY in frame.comp or grammar.lemma[token] in frame.comp for token in wanted)


def _is_content(grammar: Grammar, verb: int, clause: int) -> bool:
    """Whether a clause is what is asked or promised ("to leave", "that they leave"), not merely reported."""
    parsed = grammar.parsed
    for child in parsed.children[clause]:
        lemma = grammar.lemma[child]
        if child < clause and (
            lemma == "to" or parsed.tag[child] == "MD" or (lemma == "that" and parsed.dep[child] == "mark")
        ):
            return True
    return grammar.lemma[verb] in _NO_INFINITIVE_NEEDED


def _is_ordered(grammar: Grammar, verb: int) -> bool:
    parsed, head = grammar.parsed, grammar.parsed.head[verb]
    if parsed.dep[verb] not in ("xcomp", "ccomp", "acl", "advcl") or head == verb:
        return False
    if parsed.tag[verb] != "VB":
        return False  # "tells us who is shooting"
    return grammar.lemma[head] in ("order", "instruct", "authorize", "authorise", "permit", "command", "tell", "allow")


def _particle(grammar: Grammar, verb: int, particle: str) -> int | None:
    for child in grammar.parsed.children[verb]:
        if grammar.lemma[child] == particle and grammar.parsed.dep[child] in ("prt", "advmod", "prep", "acomp", "oprd"):
            return child
    return verb + 1 if verb + 1 < len(grammar.lemma) and grammar.lemma[verb + 1] == particle else None


def _completion(grammar: Grammar, verb: int, words: Words) -> int | None:
    last = min(grammar.parsed.right[verb], verb + 14)
    return next((token for token in range(verb + 1, last + 1) if grammar.parsed.text[token].lower() in words), None)


def _small_clause(grammar: Grammar, verb: int) -> list[int]:
    """The noun of "set the hall ablaze" where the parser reads a clause of its own."""
    for clause in grammar.parsed.children[verb]:
        if grammar.parsed.dep[clause] in ("ccomp", "xcomp", "oprd", "advcl"):
            for child in grammar.parsed.children[clause]:
                if grammar.parsed.dep[child] in ("nsubj", "dobj", "compound", "nsubjpass"):
                    return grammar.expand(child)
    return []


def matches(grammar: Grammar, token: int, words: Words) -> bool:
    """Whether a token belongs to a word set, by lemma, entity label or part of speech."""
    if grammar.lemma[token] in words or ANY in words:
        return True
    label = grammar.parsed.ent[token]
    if label and f"ent:{label}" in words:
        return True
    if not label and "ent:PERSON" in words and grammar.parsed.pos[token] == "PROPN":
        return True  # a name the parser has no label for
    return "pron" in words and grammar.lemma[token] in _PERSONAL


def _build_verb(grammar: Grammar, roles: Roles, frame: Frame, verb: int, args: Arguments, extra: list[int]) -> Act:
    objects = args.objects or (_small_clause(grammar, verb) if frame.complement is not None else [])
    actors, recipients = list(args.subjects), _recipients(grammar, frame, args, objects)
    if frame.subject_is == "recipient":
        actors, recipients = [], list(args.subjects)
    elif frame.subject_is == "means":
        actors = []
    owned = [token for token in objects if frame.object is not None and "object" not in frame.recipient]
    if frame.object is not None and len(frame.object) < 12:
        extra = [*extra, *(token for token in objects if token == verb + 1 and grammar.lemma[token] in frame.object)]
    return Act(
        trigger=verb,
        verb=verb,
        frame=frame,
        type=frame.type,
        mode=frame.mode or _instrument(grammar, frame, verb),
        actors=[token for token in actors if roles.can_act(token)],
        recipients=[token for token in recipients if roles.can_suffer(token)],
        extra=extra,
        objects=[*owned, *(token for token in objects if frame.object is not None)],
        complements=list(args.complements),
    )


def _recipients(grammar: Grammar, frame: Frame, args: Arguments, objects: Sequence[int]) -> list[int]:
    preps = [*args.preps, *(pair for token in objects for pair in grammar.noun_preps(token))]
    for place in frame.recipient:
        if place == "object":
            found = list(objects)
        elif place == "dative":
            found = list(args.datives)
        elif place == "comp":
            found = [token for clause in args.complements for token in grammar.arguments(clause).objects]
        elif place == "disperse":
            found = []
        else:
            found = [token for name, token in preps if name == place]
        if found:
            return found
    if frame.object is not None and "object" not in frame.recipient:
        return [word for token in objects for word in grammar.modifiers(token) if _owns(grammar, word)]
    return []


def _owns(grammar: Grammar, word: int) -> bool:
    return grammar.parsed.dep[word] == "poss" and grammar.parsed.pos[word] != "PRON"


# ------------------------------------------------------------------ nouns


def _is_gerund(grammar: Grammar, token: int) -> bool:
    """Whether an -ing form names an act as a noun does: "killed in police firing"."""
    parsed = grammar.parsed
    if parsed.tag[token] != "VBG" or parsed.dep[token] not in ("pobj", "pcomp", "dobj", "nsubj"):
        return False
    return not any(parsed.dep[child] in ("dobj", "aux") for child in parsed.children[token])


def _noun_act(grammar: Grammar, roles: Roles, noun: int, name: str) -> Act | None:
    parsed = grammar.parsed
    if parsed.dep[noun] in ("compound", "nmod", "amod", "poss", "npadvmod"):
        return None
    preps = grammar.noun_preps(noun)
    # "the arrest of a leader by the army": the agent may hang on the victim.
    preps += [pair for name, token in preps if name == "of" for pair in grammar.noun_preps(token) if pair[0] == "by"]
    support, supporting = _support(grammar, noun)
    for frame in lexicon().nouns[name]:
        if _fits_noun(grammar, frame, noun, preps, support):
            act = _build_noun(grammar, roles, frame, noun, preps, support, supporting)
            return act if _is_told(grammar, roles, act) else None
    return None


def _fits_noun(
    grammar: Grammar, frame: Frame, noun: int, preps: Sequence[tuple[str, int]], support: int | None
) -> bool:
    modifiers = {grammar.lemma[token] for token in grammar.modifiers(noun)}
    if modifiers & frame.unless_modifier or (frame.modifier is not None and not modifiers & frame.modifier):
        return False
    if any(name in frame.unless_prep for name, _ in preps):
        return False
    if frame.support is not None and (support is None or grammar.lemma[support] not in frame.support):
        return False
    if frame.of is not None and not any(name == "of" and grammar.lemma[token] in frame.of for name, token in preps):
        return False
    if frame.prep is None:
        return True
    return any(
        name in frame.prep and (frame.prep_object is None or matches(grammar, token, frame.prep_object))
        for name, token in preps
    )


def _support(grammar: Grammar, noun: int) -> tuple[int | None, str]:
    """The verb that says a named act takes place, and how: its object, its subject, or neither."""
    parsed, at = grammar.parsed, noun
    for _ in range(4):
        if parsed.dep[at] != "conj":
            break
        at = parsed.head[at]
    dep, head = parsed.dep[at], parsed.head[at]
    if head == at:
        return None, ""
    lemma = grammar.lemma[head]
    if dep == "pobj":
        quantity = parsed.head[head]
        if lemma == "of" and grammar.lemma[quantity] in cue_words("quantity", "words") and quantity != head:
            return _support(grammar, quantity)
        verb = parsed.head[head]
        if lemma in _LIGHT_PREPS and parsed.pos[verb] == "VERB":
            light = grammar.lemma[verb] in ("engage", "participate", "resort", "take", "involve", "join", "enter", "go")
            return (verb, "object") if light else (None, "")
        return None, ""
    if parsed.pos[head] not in ("VERB", "AUX"):
        return None, ""
    particles = {grammar.lemma[child] for child in parsed.children[head]}
    if dep in ("dobj", "nsubjpass", "attr", "oprd"):
        if _listed(lemma, particles, cue_words("light", "verbs")):
            return head, "object"
        if dep == "nsubjpass" and _listed(lemma, particles, cue_words("light", "occurs")):
            return head, "subject"
        if lemma in cue_words("light", "seen") or (dep == "attr" and lemma == "be"):
            return head, "seen"
    if dep == "nsubj" and _listed(lemma, particles, cue_words("light", "occurs")):
        return head, "subject"
    return None, ""


def _listed(lemma: str, particles: set[str], words: Words) -> bool:
    return lemma in words or any(f"{lemma}+{particle}" in words for particle in particles)


def _build_noun(
    grammar: Grammar,
    roles: Roles,
    frame: Frame,
    noun: int,
    preps: Sequence[tuple[str, int]],
    support: int | None,
    supporting: str,
) -> Act:
    args = grammar.arguments(support) if support is not None and supporting == "object" else Arguments()
    everything = [*preps, *args.preps]
    asked = support is not None and grammar.lemma[support] in _ASKING
    actors = [token for name, token in everything if name == "by"] or ([] if asked else list(args.subjects))
    if not actors:
        actors = [token for token in grammar.modifiers(noun) if roles.is_body(token)]
    if not actors:
        actors = [child for child in grammar.parsed.children[noun] if grammar.parsed.dep[child] == "nsubj"]
    if not actors and frame.of_actor:
        actors = [token for name, token in preps if name == "of"]
    if not actors and frame.type is EventType.REQUEST:  # "calls from other states to negotiate"
        actors = [token for name, token in preps if name == "from"]
    between = [token for name, token in preps if name in ("between", "among")]
    actors = actors or between
    recipients = _recipients(grammar, frame, Arguments(preps=everything, datives=args.datives), ())
    if frame.of_actor and not recipients and frame.recipient and "of" in frame.recipient:
        recipients = [token for name, token in everything if name == "of"]
    taken = set(actors)
    return Act(
        trigger=noun,
        verb=support if support is not None else noun,
        frame=frame,
        type=frame.type,
        mode=frame.mode or _instrument(grammar, frame, noun),
        actors=[token for token in actors if roles.can_act(token)],
        recipients=[token for token in recipients if roles.can_suffer(token) and token not in taken],
        support=support,
        named=True,
        extra=[],
        objects=[],
        complements=[],
    )


def _is_told(grammar: Grammar, roles: Roles, act: Act) -> bool:
    """Whether a noun tells of an act here rather than of acts in general."""
    if act.frame.light_only:
        if act.support is not None:
            return True
        return bool(act.actors and act.recipients) or grammar.parsed.head[act.trigger] == act.trigger
    if act.support is not None or act.actors or act.recipients:
        return True
    # "after an attack", "the attack in the north": new or located; a bare "the unrest" points back
    children = grammar.parsed.children[act.trigger]
    return any(grammar.lemma[child] in ("a", "an", "in", "near", "at", "outside") for child in children)


def _instrument(grammar: Grammar, frame: Frame, trigger: int) -> str | None:
    """The ASSAULT mode that the weapon named nearby tells."""
    if frame.type is not EventType.ASSAULT:
        return None
    first, last = grammar.parsed.sents[grammar.parsed.sent[trigger]]
    window = range(max(first, trigger - _BY_DISTANCE), min(last, trigger + _BY_DISTANCE))
    modes = {mode for token in window if (mode := instruments().get(grammar.lemma[token]))}
    return min(modes, key=instrument_order().__getitem__) if modes else None
