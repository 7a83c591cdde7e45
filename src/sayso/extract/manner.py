"""Reads off a saying to whom, how and when it was said."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.extract.clauses import Range, bare_phrase, child, object_of, phrase, preposition
from sayso.extract.cues import cues
from sayso.extract.sayings import Saying, lemma_of
from sayso.extract.wording import wording
from sayso.model import Parsed

_TIME_LABELS = frozenset({"DATE", "TIME"})


def time_of(parsed: Parsed, saying: Saying) -> Range | None:
    """When it was said: a date that hangs on the cue or on its channel, not on the content."""
    if saying.part not in ("verb", "phrase") or parsed.pos[saying.cue] != "VERB":
        return None
    for token in _around(parsed, saying):
        if parsed.dep[token] in ("npadvmod", "advmod") and parsed.ent[token] in _TIME_LABELS:
            return _outside(saying, bare_phrase(parsed, token))
        if parsed.dep[token] == "prep":
            thing = child(parsed, token, "pobj")
            of_thing = saying.frame.startswith("object") and saying.content and token > saying.content[0][1]
            if thing is not None and parsed.ent[thing] in _TIME_LABELS and not of_thing:
                return _outside(saying, bare_phrase(parsed, thing))
    return None


def _around(parsed: Parsed, saying: Saying) -> Iterator[int]:
    """What hangs on the cue, then on its prepositions' nouns: "in a call on Friday", "in a filing late on Monday"."""
    kids = [token for token in parsed.children[saying.cue] if not _inside(saying, token)]
    yield from kids
    for token in kids:
        if parsed.dep[token] == "prep":
            thing = object_of(parsed, token)
            if thing is not None and lemma_of(parsed, thing) in cues().channel_nouns:
                yield from parsed.children[thing]
            yield from parsed.children[token]
        elif parsed.dep[token] == "advcl" and lemma_of(parsed, token) in wording().meeting:
            yield from parsed.children[token]


def channel_of(parsed: Parsed, saying: Saying) -> Range | None:
    """How it was said, with its preposition: "in a statement", "by telephone", "on Telegram"."""
    if saying.addressee is not None and lemma_of(parsed, saying.addressee) in wording().occasions:
        return _outside(saying, bare_phrase(parsed, saying.addressee))
    for node in _places(parsed, saying):
        for token in parsed.children[node]:
            found = _channel(parsed, token)
            if found is not None and (kept := _outside(saying, found)) is not None:
                return kept
    return None


def _places(parsed: Parsed, saying: Saying) -> Iterator[int]:
    """Where a channel can hang: on the cue, on the one addressed, on the thing said, on "speaking"."""
    yield saying.cue
    if saying.addressee is not None:
        yield saying.addressee
    for token in parsed.children[saying.cue]:
        if parsed.dep[token] in ("dobj", "advcl"):
            yield token
    head = saying.links[-1].head
    if head is not None:
        yield head
        for token in parsed.children[head]:  # "residents reached by telephone"
            if parsed.dep[token] in ("acl", "relcl") and lemma_of(parsed, token) in wording().meeting:
                yield token
    above = parsed.head[saying.cue]
    if parsed.dep[saying.cue] in ("conj", "xcomp") and above < saying.cue:  # "in an address, dissolved ... and ordered"
        yield above


def _channel(parsed: Parsed, prep: int) -> Range | None:
    if parsed.dep[prep] != "prep" or parsed.text[prep].lower() not in cues().channel_preps:
        return None
    thing = object_of(parsed, prep)
    if thing is None:
        return None
    names = set(parsed.text[parsed.left[thing] : thing + 1])
    if lemma_of(parsed, thing) not in cues().channel_nouns and not names & cues().channel_names:
        return None
    return prep, max(prep, bare_phrase(parsed, thing)[1])


def addressee_range(parsed: Parsed, saying: Saying) -> Range | None:
    """To whom it was said, unless the phrase is part of the content ("urged both sides to stop")."""
    head = saying.addressee
    if head is None:
        head = _listener(parsed, saying)
    if head is None or lemma_of(parsed, head) in wording().occasions:
        return None
    if any(head == link.head for link in saying.links):  # an outlet that was told is a link of the chain
        return None
    return phrase(parsed, head)


def _listener(parsed: Parsed, saying: Saying) -> int | None:
    """ "in a phone call with the king", "speaking to reporters", "wrote in a letter to the council"."""
    for token in parsed.children[saying.cue]:
        if parsed.dep[token] == "advcl" and lemma_of(parsed, token) in wording().meeting:
            nodes = [token]
        elif parsed.dep[token] == "prep" and (thing := object_of(parsed, token)) is not None:
            nodes = [thing] if lemma_of(parsed, thing) in wording().letters else []
        else:
            continue
        for node in nodes:
            for word in ("to", "with"):
                prep = preposition(parsed, node, word)
                heard = object_of(parsed, prep) if prep is not None else None
                if heard is not None and not _inside(saying, heard):
                    return heard
    return None


def _inside(saying: Saying, token: int) -> bool:
    return any(first <= token <= last for first, last in saying.content)


def _outside(saying: Saying, found: Range) -> Range | None:
    overlaps = any(first <= found[1] and found[0] <= last for first, last in saying.content)
    return None if overlaps else found
