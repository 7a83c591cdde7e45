"""Finds who carried, read out or showed the document that tells something, and whose document it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.extract.claims.outlets import medium
from sayso.extract.claims.sayings import Saying, Voice, lemma_of, voice
from sayso.extract.claims.sources import kind_of
from sayso.extract.claims.wording import wording
from sayso.extract.clauses import agent_of, child, cue_range, object_of, own_subject
from sayso.model import Parsed, SourceKind


def in_it(parsed: Parsed, saying: Saying) -> Voice | None:
    """ "In it, they call upon the president": a document that the sentence before told of."""
    for prep in parsed.children[saying.cue]:
        if parsed.dep[prep] == "prep" and parsed.text[prep].lower() == "in":
            what = object_of(parsed, prep)
            after = what + 2 if what is not None and parsed.text[min(what + 1, len(parsed) - 1)] == "," else prep + 2
            source = saying.links[-1].source
            if what == prep + 1 and parsed.text[what].lower() in ("it", "them") and source and source[0] == after:
                return replace(voice(parsed, what, (prep, prep)), kind=SourceKind.DOCUMENT)
    return None


def in_which(parsed: Parsed, saying: Saying) -> Voice | None:
    """ "a letter in which the mayor wrote that X"."""
    verb = saying.cue
    while parsed.dep[verb] in ("xcomp", "ccomp", "pcomp", "prep", "conj") and parsed.head[verb] < saying.cue:
        verb = parsed.head[verb]  # "a recording on which a man can be heard ordering", "in which he is said to ask"
    thing = parsed.head[verb]
    if parsed.dep[verb] == "relcl" and parsed.dep[thing] == "pobj" and not is_document(parsed, thing):
        thing = parsed.head[parsed.head[thing]]  # "a letter by the guards in which"
    if parsed.dep[verb] != "relcl" or not is_document(parsed, thing):
        return None
    for prep in parsed.children[verb]:
        which = object_of(parsed, prep) if parsed.dep[prep] == "prep" else None
        if which is not None and parsed.tag[which] == "WDT":
            named = voice(parsed, thing, (prep, which))
            return replace(named, kind=SourceKind.DOCUMENT) if named.head not in _heads(saying.links) else None
    return None


def _heads(links: Sequence[Voice]) -> list[int | None]:
    return [link.head for link in links]


def is_document(parsed: Parsed, head: int) -> bool:
    source = (parsed.left[head], head)
    return parsed.pos[head] == "NOUN" and kind_of(parsed, head, source) is SourceKind.DOCUMENT


def carried(parsed: Parsed, saying: Saying) -> Voice | None:
    """ "in a statement carried by the news agency"; "a report, which the paper has seen, said"."""
    nodes = [saying.cue, parsed.head[saying.cue]] if parsed.dep[saying.cue] == "conj" else [saying.cue]
    preps = (token for node in nodes for token in parsed.children[node] if parsed.dep[token] == "prep")
    for thing in (saying.links[0].head, *(object_of(parsed, prep) for prep in preps)):
        if thing is None:
            continue
        for verb in describing(parsed, thing):
            lemma = lemma_of(parsed, verb)
            heard = lemma in wording().meeting and parsed.tag[verb] == "VBN" and agent_of(parsed, verb) is None
            passes = heard or lemma in wording().carrying or lemma in READING
            if passes and (link := _carrier(parsed, thing, verb)) is not None:
                return link
        above = parsed.head[thing]
        read = parsed.dep[thing] == "dobj" and above < thing and is_document(parsed, thing)
        if read and (link := reader(parsed, above)) is not None:
            return link
    return None


def describing(parsed: Parsed, thing: int) -> Iterator[int]:
    """The verbs that describe a noun or the noun after it, with those joined to them: "a memo of the board, dated
    3 March and seen by the agency"; then participles that follow it, wherever the parser hung them."""
    found = dict.fromkeys(_hung(parsed, thing))
    yield from found
    yield from (verb for verb in _following(parsed, thing) if verb not in found)


def _following(parsed: Parsed, thing: int) -> Iterator[int]:
    """Participles with their preposition that come after a noun and before its clause goes on."""
    last = min(parsed.sents[parsed.sent[thing]][1] - 2, thing + _FAR)
    for token in range(thing + 1, last):
        if parsed.tag[token] == "WDT" and (verb := _verb_over(parsed, token)) is not None:
            yield verb  # "a log, of which the paper has a copy, records"
            return
        if parsed.text[token] in _ENDS or parsed.tag[token] in _OTHER_CLAUSE or parsed.text[token].lower() == "that":
            return
        if parsed.tag[token] in ("VBN", "VBD") and parsed.pos[token] == "VERB":
            after = token + 1 + (parsed.dep[token + 1] == "prt" or parsed.pos[token + 1] == "ADV")
            if parsed.text[min(after, last)].lower() not in ("by", "in", "on", "to"):
                return
            yield token


def _verb_over(parsed: Parsed, which: int) -> int | None:
    """The verb of a relative clause in which somebody carries or has seen what it describes."""
    verb = which
    while parsed.pos[verb] != "VERB" and parsed.head[verb] != verb:
        verb = parsed.head[verb]
    carries = parsed.pos[verb] == "VERB" and verb > which and lemma_of(parsed, verb) in wording().carrying
    return verb if carries and child(parsed, verb, "nsubj") is not None else None


_OTHER_CLAUSE = frozenset({"WP$", "VBZ", "VBP", "MD", "WRB"})
_FAR = 20  # tokens after a noun
_ENDS = frozenset({";", ":", '"', "“", "”", "«", "»"})


def _hung(parsed: Parsed, thing: int) -> Iterator[int]:
    inner = (object_of(parsed, prep) for prep in parsed.children[thing] if parsed.dep[prep] == "prep" and prep > thing)
    for noun in (thing, *inner):
        for verb in parsed.children[noun] if noun is not None else ():
            if parsed.dep[verb] in ("acl", "relcl"):
                yield verb
                yield from (token for token in parsed.children[verb] if parsed.dep[token] == "conj")


def _carrier(parsed: Parsed, thing: int, verb: int) -> Voice | None:
    """Who carried a document: "seen by the agency", "which the paper has published"."""
    cue = Voice(None, None, cue_range(parsed, verb))
    agent = agent_of(parsed, verb)
    if agent is not None:
        if lemma_of(parsed, verb) in READING and parsed.tag[verb] == "VBN":
            return voice(parsed, agent, cue.cue)
        return medium(parsed, agent, cue)
    for prep in parsed.children[verb] if parsed.tag[verb] in ("VBN", "VBD") else ():
        place = object_of(parsed, prep) if parsed.text[prep].lower() in ("on", "to", "in") else None
        if place is not None and (link := medium(parsed, place, cue, guess=False)) is not None:
            return link  # "read on state radio", "leaked to the daily"
    host = child(parsed, verb, "nsubj") if parsed.dep[verb] in ("relcl", "advcl", "acl") else None
    which = child(parsed, verb, "dobj")
    copied = which is not None and lemma_of(parsed, which) in _COPIES  # "of which the paper has a copy"
    if host is None or which is None or (parsed.tag[which] != "WDT" and not copied) or host == thing:
        return None
    return medium(parsed, host, cue)


_COPIES = frozenset({"copy", "extract", "excerpt", "part", "version", "transcript"})


def reader(parsed: Parsed, verb: int) -> Voice | None:
    """Who passed on a document that tells something: "The radio carried a letter", "A presenter read out a letter"."""
    lemma = lemma_of(parsed, verb)
    host = own_subject(parsed, verb) if lemma in wording().carrying or lemma in READING else None
    if host is None:
        return None
    link = voice(parsed, host, cue_range(parsed, verb))
    if lemma in READING and parsed.pos[verb] == "VERB":
        return link
    return link if link.source and kind_of(parsed, host, link.source) in _MEDIA else medium(parsed, host, link)


READING = frozenset({"read", "recite"})


_MEDIA = (SourceKind.MEDIA, SourceKind.AGENCY)
