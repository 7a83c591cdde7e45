"""Carries over from the sentence before how and to whom something is said: "She spoke by telephone. She said ..."."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.extract.claims.leanings import leanings
from sayso.extract.claims.manner import channel_at, hearer_range
from sayso.extract.claims.sayings import Saying, lemma_of
from sayso.extract.claims.wording import wording
from sayso.extract.clauses import Range, object_of, own_subject, preposition
from sayso.model import Parsed

_GOES_ON = frozenset({"he", "she", "they"})


def carried(parsed: Parsed, saying: Saying) -> tuple[Range | None, Range | None]:
    """Channel and addressee of a talk that the sentence before tells of, where its speaker goes on as "he" or "she"."""
    head, number = saying.links[-1].head, parsed.sent[saying.cue]
    if head is None or not number or parsed.text[head].lower() not in _GOES_ON or parsed.sent[head] != number:
        return None, None
    for token, channel in _channels(parsed, number - 1):
        talk = _talk(parsed, token)
        if talk is not None:
            return channel, _hearer(parsed, saying, token, talk)
    return None, None


def _channels(parsed: Parsed, number: int) -> Iterator[tuple[int, Range]]:
    for token in range(*parsed.sents[number]):
        if (found := channel_at(parsed, token)) is not None:
            yield token, found


def _talk(parsed: Parsed, prep: int) -> int | None:
    """The verb of a talk: "spoke by telephone", or any that "In a phone call" opens."""
    verb = parsed.head[prep]
    if parsed.pos[verb] != "VERB" or parsed.head[verb] != verb:
        return None
    thing = object_of(parsed, prep)
    opens = (
        prep == parsed.sents[parsed.sent[prep]][0] and thing is not None and lemma_of(parsed, thing) in leanings().talks
    )
    return verb if opens or lemma_of(parsed, verb) in wording().meeting else None


def _hearer(parsed: Parsed, saying: Saying, prep: int, verb: int) -> Range | None:
    """With whom the speaker talked, where it is the speaker who acts in the sentence before."""
    subject = own_subject(parsed, verb)
    heads = {link.head for link in saying.links}
    if subject is None or subject in heads:
        return None
    thing = object_of(parsed, prep)
    for node in (verb, thing):
        for word in ("with", "to"):
            found = None if node is None else preposition(parsed, node, word)
            heard = None if found is None else object_of(parsed, found)
            if heard is not None and heard not in heads:
                return hearer_range(parsed, heard)
    return None
