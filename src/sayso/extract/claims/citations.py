"""Finds whom a source cites: "the daily, quoting a diplomat, said X"; "the paper reported X, citing officials"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.extract.claims.cues import cues
from sayso.extract.claims.sayings import Saying, Voice, lemma_of, voice
from sayso.extract.claims.sources import kind_of
from sayso.extract.claims.wording import wording
from sayso.extract.clauses import Range, child, cue_range, object_of, own_subject, preposition, subtract, trim
from sayso.extract.lexicon import noun_at
from sayso.model import Parsed, SourceKind

_CITED = ("to", "from")  # "referring to officials", "with reference to", "on information from"


def beside(parsed: Parsed, saying: Saying) -> list[int]:
    """Where a citation can stand: right after the speaker, or hanging on the speaker or on the verb."""
    head = saying.links[-1].head
    if head is None:
        return []
    places = [*after_comma(parsed, head), *parsed.children[head]]
    return [*places, *parsed.children[saying.cue], saying.cue] if saying.part == "verb" else places


def after_comma(parsed: Parsed, head: int) -> list[int]:
    """The verb that follows a name and a comma, wherever the parser hung it: "The agency SUNA, quoting the army,"."""
    at, last = head + 1, len(parsed) - 2
    while at < min(last, head + 5) and parsed.pos[at] in ("PROPN", "NUM") and parsed.sent[at] == parsed.sent[head]:
        at += 1
    if at >= last or parsed.text[at] != ",":
        return []
    at += 1
    if parsed.tag[at] in ("WDT", "WP"):
        at += 1
        while at < last and (parsed.pos[at] == "ADV" or parsed.text[at].lower() in ("in", "turn", "itself")):
            at += 1
    lemma = lemma_of(parsed, at)
    return [at] if lemma in cues().citing or lemma in ("refer", "base", "rely") else []


def is_citable(parsed: Parsed, head: int) -> bool:
    """Whether somebody or something cited can be a source: "citing two officials", not "citing security concerns"."""
    lemma = lemma_of(parsed, head)
    if parsed.pos[head] != "NOUN" or lemma in cues().kinds:
        return True
    return lemma not in wording().grounds and (noun_at(parsed, head) is not None or not lemma.endswith(_ABSTRACT))


_ABSTRACT = ("ity", "ness", "ism", "ation", "ition", "ction", "sion", "ency", "ancy", "ment", "acy")


def cited(parsed: Parsed, places: Sequence[int]) -> Voice | None:
    """ "the daily, quoting a diplomat, said"; "the paper, which cited two officials"; "referring to witnesses"."""
    for node in places:
        if parsed.dep[node] not in ("acl", "relcl", "advcl", "prep") and node not in (places[0], places[-1]):
            continue
        found = _citation(parsed, node)
        if found is not None:
            return found
    return None


def _citation(parsed: Parsed, node: int) -> Voice | None:
    lemma = lemma_of(parsed, node)
    if lemma in cues().citing and parsed.tag[node] in ("VBG", "VBD", "VBZ", "VBP"):
        source = child(parsed, node, "dobj")
        if source is None or not is_citable(parsed, source):
            return None
        return voice(parsed, source, cue_range(parsed, node))
    if lemma in wording().learning and (prep := preposition(parsed, node, "from")) is not None:
        source = object_of(parsed, prep)
        return voice(parsed, source, (node, prep) if prep == node + 1 else (node, node)) if source is not None else None
    if lemma in _BASING and parsed.tag[node] in ("VBG", "VBN") and (on := preposition(parsed, node, "on")) is not None:
        source = object_of(parsed, on)
        return voice(parsed, source, (node, node)) if source is not None and is_citable(parsed, source) else None
    if lemma == "refer" and parsed.tag[node] == "VBG":
        return _referred(parsed, node, node)
    if parsed.dep[node] == "prep" and parsed.text[node].lower() != "in":  # "in reference to" tells the topic
        thing = object_of(parsed, node)
        if thing is not None and lemma_of(parsed, thing) in wording().references:
            return _referred(parsed, node, thing)
    return None


_BASING = frozenset({"base", "rely", "draw"})


def _referred(parsed: Parsed, first: int, thing: int) -> Voice | None:
    """ "with reference to the ministry", "referring to witnesses"; names are mostly topics after "referring to"."""
    for word in _CITED:
        prep = preposition(parsed, thing, word)
        source = object_of(parsed, prep) if prep is not None else None
        named = source is not None and first != thing and parsed.ent[source] in ("PERSON", "ORG")
        if prep is not None and source is not None and (named or cues().kinds.get(lemma_of(parsed, source))):
            return voice(parsed, source, (first, prep))
    return None


def join_citations(parsed: Parsed, sayings: Sequence[Saying]) -> list[Saying]:
    """One claim with both links: "The agency reported X, citing officials"; "he said X, according to a statement"."""
    sayings = _sentence_citations(parsed, [one for one in sayings if not _gives_reason(parsed, one)])
    by_cue = {saying.cue: number for number, saying in enumerate(sayings) if saying.frame != "citing"}
    joined, dropped = list(sayings), set()
    for number, saying in enumerate(sayings):
        target = by_cue.get(parsed.head[saying.cue])
        if target is None:
            joined[number] = _with_reporter(parsed, saying)
            continue
        if saying.frame == "according" and _is_vehicle(parsed, saying, sayings[target]):
            joined[target] = replace(joined[target], links=(*saying.links, *joined[target].links))
            dropped.add(number)
        if saying.frame != "citing":
            continue
        host, own = joined[target], (parsed.left[saying.cue], parsed.right[saying.cue])
        if (citing := _citing(parsed, host, saying, own)) is not None:
            joined[target] = citing
            dropped.add(number)
    return [saying for number, saying in enumerate(joined) if number not in dropped]


def _citing(parsed: Parsed, host: Saying, saying: Saying, own: Range) -> Saying | None:
    """A saying with whom it cites behind its links, and without the citation's own words in its content."""
    content = [piece for part in subtract(host.content, [own]) if (piece := trim(parsed, *part))]
    return replace(host, links=(*host.links, *saying.links), content=tuple(content)) if content else None


def _gives_reason(parsed: Parsed, saying: Saying) -> bool:
    """ "banned the march, citing security concerns": nobody is cited."""
    head = saying.links[-1].head
    return saying.frame.startswith("citing") and head is not None and not is_citable(parsed, head)


def _sentence_citations(parsed: Parsed, sayings: Sequence[Saying]) -> list[Saying]:
    """ "According to the ministry, citing a hospital, X": both stand for the whole sentence."""
    by_comma = {
        one.links[-1].source[1] + 2: number
        for number, one in enumerate(sayings)
        if one.frame == "according" and one.links[-1].source
    }
    joined, dropped = list(sayings), set()
    for number, saying in enumerate(sayings):
        target = by_comma.get(saying.cue)
        if target is None or saying.frame != "citing" or parsed.text[saying.cue - 1] != ",":
            continue
        host, source = joined[target], saying.links[-1].source
        own = (saying.cue, max(saying.cue, source[1] if source else saying.cue))
        if (citing := _citing(parsed, host, saying, own)) is not None:
            joined[target] = citing
            dropped.add(number)
    return [saying for number, saying in enumerate(joined) if number not in dropped]


def _with_reporter(parsed: Parsed, saying: Saying) -> Saying:
    """ "... the daily had reported, citing officials, that X": the parser hangs the citation on X."""
    verb = saying.cue - 2
    if saying.frame != "citing" or verb < 0 or parsed.text[verb + 1] != "," or parsed.pos[verb] != "VERB":
        return saying
    reporter = own_subject(parsed, verb) if lemma_of(parsed, verb) in cues().speech else None
    content = [piece for low, high in saying.content if (piece := trim(parsed, max(low, saying.cue + 1), high))]
    if reporter is None or not content:
        return saying
    return replace(
        saying, links=(voice(parsed, reporter, cue_range(parsed, verb)), *saying.links), content=tuple(content)
    )


def _is_vehicle(parsed: Parsed, saying: Saying, host: Saying) -> bool:
    """Whether "according to a statement" after "he said X" names what he said it in."""
    link = saying.links[0]
    if saying.cue < host.cue or host.part != "verb" or link.head is None:
        return False
    return kind_of(parsed, link.head, link.source) is SourceKind.DOCUMENT
