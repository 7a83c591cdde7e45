"""Reads off a saying to whom, how and when it was said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sayso.extract.claims.cues import cues
from sayso.extract.claims.leanings import leanings
from sayso.extract.claims.orders import may_listen
from sayso.extract.claims.sayings import Saying, lemma_of
from sayso.extract.claims.wording import wording
from sayso.extract.clauses import (
    Range,
    agent_of,
    bare_phrase,
    child,
    is_passive,
    object_of,
    own_subject,
    preposition,
    trim,
)
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
    if parsed.dep[saying.cue] in ("advcl", "xcomp") and parsed.tag[saying.cue] == "VB":  # "appeared at dawn to say"
        yield from (token for token in parsed.children[parsed.head[saying.cue]] if not _inside(saying, token))


def channel_of(parsed: Parsed, saying: Saying) -> Range | None:
    """How it was said, with its preposition: "in a statement", "by telephone", "on Telegram"."""
    if saying.addressee is not None and lemma_of(parsed, saying.addressee) in wording().occasions:
        return _outside(saying, bare_phrase(parsed, saying.addressee))
    for node in _places(parsed, saying):
        for token in parsed.children[node]:
            found = channel_at(parsed, token)
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
    yield from _clauses_above(parsed, saying.cue)


def _clauses_above(parsed: Parsed, cue: int) -> Iterator[int]:
    """ "in an address, [dissolved] ... and ordered", "[appeared] on the channel to say", "[gave] an assurance"."""
    node = cue
    for _ in range(_CLIMBS):
        above, relation = parsed.head[node], parsed.dep[node]
        carried = relation == "dobj" and parsed.pos[node] == "NOUN"
        asides = relation == "advcl" and parsed.tag[node] in ("VBG", "VB")
        told = relation in ("conj", "xcomp") and not any(parsed.dep[kid] == "aux" for kid in parsed.children[node])
        to_say = relation == "xcomp" and parsed.tag[node] == "VB"
        if above == node or above > cue or not (carried or asides or told or to_say):
            return
        yield above
        node = above


_CLIMBS = 4


def channel_at(parsed: Parsed, prep: int) -> Range | None:
    """A phrase for how something was said that begins with this preposition."""
    if parsed.dep[prep] not in ("prep", "agent") or parsed.pos[prep] not in ("ADP", "SCONJ"):
        return None
    word, thing = parsed.text[prep].lower(), object_of(parsed, prep)
    if thing is None:
        return None
    lemma = lemma_of(parsed, thing)
    end = max(prep, bare_phrase(parsed, thing)[1])
    if lemma == "e" and parsed.text[thing + 1 : thing + 3] == ("-", "mail"):  # parsed as three words
        lemma, end = "mail", thing + 2
    names = set(parsed.text[parsed.left[thing] : thing + 1])
    ways = leanings()
    if f"{word} {lemma}" not in ways.ways:
        known = lemma in cues().channel_nouns or lemma in ways.channels or names & cues().channel_names
        if word not in cues().channel_preps or not known or f"{word} {lemma}" in ways.no_ways:
            return None
        if lemma in ways.bare and parsed.left[thing] == thing:
            return None  # "in reply"
    return prep, end


def without_manner(parsed: Parsed, saying: Saying) -> Saying:
    """A saying without how and to whom in its content: "The dam is safe, he wrote [in a note to the mayor]"."""
    content: list[Range] = []
    heard = consoled(parsed, saying)
    for first, last in saying.content:
        if heard is not None and first < heard <= last:
            last = next((at - 1 for at in range(heard, first, -1) if parsed.text[at].lower() == "to"), last)
        found = channel_at(parsed, first) if first == saying.links[-1].cue[1] + 1 else None
        begins = first if found is None else max(found[1], min(parsed.right[first], last)) + 1
        if begins > last and len(saying.content) > 1:
            continue
        after = parsed.text[begins].lower() if begins <= last else ""
        content.append((begins, last) if after in ("that", ":", ",") else (first, last))
    trimmed = [found for piece in content if (found := trim(parsed, *piece))]
    return replace(saying, content=tuple(trimmed)) if trimmed and tuple(trimmed) != saying.content else saying


def addressee_range(parsed: Parsed, saying: Saying) -> Range | None:
    """To whom it was said, unless the phrase is part of the content ("urged both sides to stop")."""
    heads = [saying.addressee, *(rule(parsed, saying) for rule in (_listener, _told, _asker, _audience))]
    head = next((head for head in heads if head is not None and _can_hear(parsed, saying, head)), None)
    head = consoled(parsed, saying) if head is None else head
    return None if head is None else hearer_range(parsed, head)


def _can_hear(parsed: Parsed, saying: Saying, head: int) -> bool:
    """Whether a head can be who was told; an outlet that was told is a link of the chain already."""
    lemma = lemma_of(parsed, head)
    if lemma in wording().occasions or lemma in leanings().deaf or parsed.text[head].lower() == "it":
        return False
    return may_listen(parsed, head) if _inside(saying, head) else all(head != link.head for link in saying.links)


def hearer_range(parsed: Parsed, head: int) -> Range:
    """The phrase for who was told without when, how and what: "the judge [why he fired]", "her aide [on Sunday]"."""
    first, last = bare_phrase(parsed, head)
    for token in parsed.children[head]:
        if token < head:
            continue
        thing = object_of(parsed, token) if parsed.dep[token] == "prep" else None
        when = thing is not None and parsed.ent[thing] in _TIME_LABELS
        if when or parsed.dep[token] in ("advcl", "ccomp", "xcomp") or channel_at(parsed, token) is not None:
            last = min(last, parsed.left[token] - 1)
    return trim(parsed, first, max(head, last)) or (head, head)


def consoled(parsed: Parsed, saying: Saying) -> int | None:
    """ "conveyed his condolences to [the families]", "wishes a speedy recovery to [the injured]"."""
    thing = child(parsed, saying.cue, "dobj")
    if thing is None or parsed.pos[saying.cue] != "VERB":
        return None
    if lemma_of(parsed, thing) not in wording().wishes and saying.lemma != "wish":
        return None
    to = (
        child(parsed, saying.cue, "dative") or preposition(parsed, saying.cue, "to") or preposition(parsed, thing, "to")
    )
    return object_of(parsed, to) if to is not None and parsed.text[to].lower() == "to" else None


def _told(parsed: Parsed, saying: Saying) -> int | None:
    """ "[He] had been told", "Asked why, [he] said", "as telling [lawmakers]", "tents from [the board]"."""
    cue = saying.cue
    if saying.part == "verb" and saying.lemma in leanings().telling:
        if is_passive(parsed, cue):
            return own_subject(parsed, cue)
        if saying.frame == "prep:against" and (warned := child(parsed, cue, "dobj")) is not None:
            return warned
        if parsed.dep[cue] == "advcl" and parsed.tag[cue] == "VBN" and child(parsed, cue, "dobj", "nsubj") is None:
            return own_subject(parsed, parsed.head[cue])
    last = saying.links[-1].cue[1]
    if (
        last != cue
        and lemma_of(parsed, last) in leanings().telling
        and (found := child(parsed, last, "dobj", "dative"))
    ):
        return object_of(parsed, found) if parsed.pos[found] == "ADP" else found
    if saying.lemma in leanings().pleading and (heard := preposition(parsed, cue, "with")) is not None:
        return object_of(parsed, heard)
    if saying.lemma in leanings().begging and (source := preposition(parsed, cue, "from")) is not None:
        return object_of(parsed, source)
    return None


def _audience(parsed: Parsed, saying: Saying) -> int | None:
    """ "addressing [the nation], he said", "officials briefing [reporters] said", "sent a note to [Kim], voicing"."""
    cue, head = saying.cue, saying.links[-1].head
    nodes = [token for token in parsed.children[cue] if parsed.dep[token] == "advcl"]
    if head is not None:
        nodes += [token for token in parsed.children[head] if parsed.dep[token] == "acl"]
    if parsed.dep[cue] == "advcl" and parsed.tag[cue] == "VBG":
        nodes.append(parsed.head[cue])
    for node in nodes:
        thing = child(parsed, node, "dobj")
        if thing is not None and lemma_of(parsed, node) in leanings().hearing and not is_passive(parsed, node):
            return thing
        if thing is not None and lemma_of(parsed, thing) in wording().letters:
            to = child(parsed, node, "dative") or preposition(parsed, thing, "to")
            return None if to is None else object_of(parsed, to)
    return None


def _asker(parsed: Parsed, saying: Saying) -> int | None:
    """ "Asked by [the judge] whether he had fired, he replied"."""
    if saying.lemma not in leanings().answers:
        return None
    for token in parsed.children[saying.cue]:
        if parsed.dep[token] in ("advcl", "acl") and lemma_of(parsed, token) in leanings().asked:
            return agent_of(parsed, token)
    return None


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
