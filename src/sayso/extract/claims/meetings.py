"""Finds the outlet that spoke to somebody in one sentence, where that person says something in the next."""

from __future__ import annotations

from sayso.extract.claims.documents import READING, is_document, reader
from sayso.extract.claims.outlets import medium
from sayso.extract.claims.participants import Participants
from sayso.extract.claims.sayings import Saying, Voice, lemma_of
from sayso.extract.claims.wording import wording
from sayso.extract.clauses import (
    agent_of,
    child,
    cue_range,
    is_passive,
    object_of,
    own_subject,
    preposition,
    subject_of,
)
from sayso.extract.lexicon import is_plural, noun_at
from sayso.model import Parsed


def meeting(parsed: Parsed, sentence: int, saying: Saying, known: Participants) -> tuple[Voice, ...]:
    """The outlet of "The radio spoke to a nurse", if the nurse or "she" says something in the next sentence."""
    head, words = saying.links[0].head, wording()
    if head is None:
        return ()
    for verb in range(*parsed.sents[sentence]):
        if parsed.pos[verb] != "VERB":
            continue
        lemma = lemma_of(parsed, verb)
        if lemma not in words.meeting and lemma not in words.carrying and lemma not in READING:
            continue
        host = agent_of(parsed, verb) if parsed.tag[verb] == "VBN" else own_subject(parsed, verb)
        link = medium(parsed, host, Voice(None, None, cue_range(parsed, verb))) if host is not None else None
        if link is None and lemma in ("speak", "talk") and (link := _heard_by(parsed, verb)) is not None:
            guest = subject_of(parsed, verb)
            if guest is not None and (known.same(guest, head) or _may_be(parsed, guest, head)):
                return (link,)
            continue
        if link and _is_in_document(parsed, saying) and lemma_of(parsed, verb) in wording().carrying:
            return (link,)
        thing = child(parsed, verb, "dobj")
        if thing is not None and is_document(parsed, thing) and _is_it(parsed, thing, head):
            passed = reader(parsed, verb)
            return (passed,) if passed else ()
        guest = _guest(parsed, verb) if link and lemma in wording().meeting else None
        if link and guest is not None and (known.same(guest, head) or _may_be(parsed, guest, head)):
            return (link,)
    return ()


def _heard_by(parsed: Parsed, verb: int) -> Voice | None:
    """The outlet of "Speaking to the radio"."""
    for word in ("to", "with"):
        prep = preposition(parsed, verb, word)
        heard = object_of(parsed, prep) if prep is not None else None
        if prep is not None and heard is not None:
            return medium(parsed, heard, Voice(None, None, (verb, prep) if prep == verb + 1 else (verb, verb)))
    return None


def _is_in_document(parsed: Parsed, saying: Saying) -> bool:
    """Whether the saying has "In it" for its first link."""
    return len(saying.links) > 1 and parsed.text[saying.links[0].cue[0]].lower() == "in"


def _guest(parsed: Parsed, verb: int) -> int | None:
    """Whom an outlet spoke to."""
    if is_passive(parsed, verb):
        return own_subject(parsed, verb)
    for word in ("to", "with"):
        if (prep := preposition(parsed, verb, word)) is not None:
            return object_of(parsed, prep)
    return child(parsed, verb, "dobj")


def _may_be(parsed: Parsed, guest: int, head: int) -> bool:
    """Whether a pronoun or a repeated noun can go back to somebody just met."""
    word = parsed.text[head].lower()
    if word in ("both", "another", "some", "one", "several"):
        return is_plural(parsed, guest)
    if word in ("man", "woman"):
        return not is_plural(parsed, guest) and parsed.text[max(0, head - 1)].lower() == "the"
    if word in ("he", "she", "they", "him", "her", "them"):
        named_as_place = parsed.ent[guest] in ("GPE", "ORG", "LOC") and not _is_told_as_person(parsed, guest)
        return not named_as_place and (word in ("they", "them")) == is_plural(parsed, guest)
    return lemma_of(parsed, guest) == lemma_of(parsed, head)


def _is_told_as_person(parsed: Parsed, guest: int) -> bool:
    """ "Amira, a pharmacist": a name the parser took for a place or a body."""
    described = child(parsed, guest, "appos")
    noun = noun_at(parsed, described) if described is not None else None
    if described is None or (noun is not None and noun.kind not in ("person", "office", "group")):
        return False
    return parsed.text[parsed.left[described]].lower() in ("a", "an", "the") and not is_plural(parsed, described)


def _is_it(parsed: Parsed, thing: int, head: int) -> bool:
    """Whether a word goes back to a document just told of: "It", "The letter"."""
    return parsed.text[head].lower() == "it" or lemma_of(parsed, head) == lemma_of(parsed, thing)
