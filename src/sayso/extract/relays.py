"""Lengthens the chain of one saying: the outlet that was told or carried it before the speaker, the cited after.

"X, the mayor told the agency"; "in a statement carried by the channel"; "the daily, quoting a diplomat, said X"; "X,
according to a teacher quoted by the radio"; "the paper reported X, citing officials".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.extract.clauses import (
    agent_of,
    child,
    cue_range,
    is_passive,
    object_of,
    own_subject,
    preposition,
    subject_of,
    subtract,
    trim,
)
from sayso.extract.cues import cues
from sayso.extract.lexicon import is_plural, noun_at
from sayso.extract.orders import part_listener
from sayso.extract.sayings import Saying, Voice, addressee_of, lemma_of, voice
from sayso.extract.sources import Participants, is_known_body, is_medium, kind_of
from sayso.extract.wording import wording
from sayso.model import Parsed, SourceKind

_CITED = ("to", "from")  # "referring to officials", "with reference to", "on information from"


def with_relays(parsed: Parsed, saying: Saying) -> Saying:
    """A saying with the links that its own words put before and after its speaker."""
    saying = part_listener(parsed, _addressed(parsed, saying))
    links = saying.links
    if links[-1].head is None:
        return saying
    for find in (_through, _in_it, _in_which, _told, _carried, _quoted_by, _met):
        before = find(parsed, replace(saying, links=links))
        if before is not None and _is_new(before, links) and not _in_content(saying, before):
            links = (before, *links)
    places = _beside(parsed, saying)
    while (after := _cited(parsed, places)) and _is_new(after, links) and not _in_content(saying, after):
        links = (*links, after)
        places = list(parsed.children[after.head]) if after.head is not None else []  # "..., who cited early data"
    return replace(saying, links=links) if links is not saying.links else saying


def _addressed(parsed: Parsed, saying: Saying) -> Saying:
    """To whom it was said, where only the parse tells: "was ordered by the court to", "asked donors to"."""
    if saying.addressee is not None or saying.part != "verb" or parsed.pos[saying.cue] != "VERB":
        return saying
    told = addressee_of(parsed, saying.cue)
    if told is None and is_passive(parsed, saying.cue):
        told = own_subject(parsed, saying.cue)
    if told is None and parsed.tag[to := saying.content[0][0]] == "TO" and to > saying.cue:
        told = child(parsed, parsed.head[to], "nsubj")
    if told is None or told in _heads(saying.links) or any(low <= told <= high for low, high in saying.content):
        return saying
    return replace(saying, addressee=told)


def _is_new(link: Voice, links: Sequence[Voice]) -> bool:
    return all(link.head != other.head for other in links)


def _in_content(saying: Saying, link: Voice) -> bool:
    return link.head is not None and any(first <= link.head <= last for first, last in saying.content)


# --------------------------------------------------------------------------- before the speaker


def _through(parsed: Parsed, saying: Saying) -> Voice | None:
    """ "said through an aide"."""
    for prep in parsed.children[saying.cue]:
        if parsed.dep[prep] == "prep" and parsed.text[prep].lower() == "through":
            who = object_of(parsed, prep)
            if who is not None and (noun_at(parsed, who) or lemma_of(parsed, who) in cues().kinds):
                return voice(parsed, who, (prep, prep))
    return None


def _in_it(parsed: Parsed, saying: Saying) -> Voice | None:
    """ "In it, they call upon the president": a document that the sentence before told of."""
    for prep in parsed.children[saying.cue]:
        if parsed.dep[prep] == "prep" and parsed.text[prep].lower() == "in":
            what = object_of(parsed, prep)
            after = what + 2 if what is not None and parsed.text[min(what + 1, len(parsed) - 1)] == "," else prep + 2
            source = saying.links[-1].source
            if what == prep + 1 and parsed.text[what].lower() in ("it", "them") and source and source[0] == after:
                return replace(voice(parsed, what, (prep, prep)), kind=SourceKind.DOCUMENT)
    return None


def _in_which(parsed: Parsed, saying: Saying) -> Voice | None:
    """ "a letter in which the mayor wrote that X"."""
    thing = parsed.head[saying.cue]
    if parsed.dep[saying.cue] == "relcl" and parsed.dep[thing] == "pobj" and not _is_document(parsed, thing):
        thing = parsed.head[parsed.head[thing]]  # "a letter by the guards in which"
    if parsed.dep[saying.cue] != "relcl" or not _is_document(parsed, thing):
        return None
    for prep in parsed.children[saying.cue]:
        which = object_of(parsed, prep) if parsed.dep[prep] == "prep" else None
        if which is not None and parsed.tag[which] == "WDT":
            named = voice(parsed, thing, (prep, which))
            return replace(named, kind=SourceKind.DOCUMENT) if named.head not in _heads(saying.links) else None
    return None


def _heads(links: Sequence[Voice]) -> list[int | None]:
    return [link.head for link in links]


def _is_document(parsed: Parsed, head: int) -> bool:
    source = (parsed.left[head], head)
    return parsed.pos[head] == "NOUN" and kind_of(parsed, head, source) is SourceKind.DOCUMENT


def _told(parsed: Parsed, saying: Saying) -> Voice | None:
    """ "told the radio", "said in an interview with the daily", "speaking to the channel"."""
    first = saying.links[0]
    if saying.part != "verb" or saying.frame.startswith("to") or parsed.tag[saying.content[0][0]] == "TO":
        return None
    if saying.addressee is not None:
        return _medium(parsed, saying.addressee, first, guess=saying.lemma not in _PRIVATE)
    for node, prep in _talks(parsed, saying):
        heard = object_of(parsed, prep)
        if heard is not None and (link := _medium(parsed, heard, Voice(None, None, (node, prep)))):
            return link if node + 1 == prep else replace(link, cue=(node, node))
    return None


def _met(parsed: Parsed, saying: Saying) -> Voice | None:
    """ "The daily spoke to two bakers, who said"; "the paper interviewed a baker who said"."""
    head = saying.links[0].head
    if head is None or parsed.dep[saying.cue] != "relcl":
        return None
    above = parsed.head[head]
    verb = parsed.head[above] if parsed.dep[head] == "pobj" else above
    if parsed.pos[verb] != "VERB" or verb > head or lemma_of(parsed, verb) not in wording().meeting | cues().citing:
        return None
    host = own_subject(parsed, verb)
    return _medium(parsed, host, Voice(None, None, cue_range(parsed, verb))) if host is not None else None


def _talks(parsed: Parsed, saying: Saying) -> Iterator[tuple[int, int]]:
    """Each word of speaking to somebody beside the cue ("speaking", "interview") with its preposition."""
    head = saying.links[-1].head
    described = parsed.children[head] if head is not None else ()
    for token in (*parsed.children[saying.cue], *described):
        if parsed.dep[token] in ("advcl", "relcl", "acl") and lemma_of(parsed, token) in ("speak", "talk"):
            for word in ("to", "with"):
                if (prep := preposition(parsed, token, word)) is not None:
                    yield token, prep
    for token in parsed.children[saying.cue]:
        thing = object_of(parsed, token) if parsed.dep[token] == "prep" else None
        if thing is not None and lemma_of(parsed, thing) in wording().talks:
            for word in ("with", "to"):
                if (prep := preposition(parsed, thing, word)) is not None:
                    yield thing, prep


_PRIVATE = frozenset({"assure", "inform", "notify", "brief", "remind", "promise", "ask", "urge"})  # seldom an outlet


def _medium(parsed: Parsed, head: int, like: Voice, guess: bool = True) -> Voice | None:
    """An outlet other than the article's own, with the cue of another link; `guess` allows names of no table."""
    medium = voice(parsed, head, like.cue)
    if medium.source is None or is_own_outlet(parsed, head):
        return None
    if is_medium(parsed, head, medium.source):
        return medium
    return replace(medium, kind=SourceKind.MEDIA) if guess and _may_be_medium(parsed, head) else None


def _may_be_medium(parsed: Parsed, head: int) -> bool:
    """A name of no table that somebody told something, seldom anything but an outlet; "the radio's foreign service"."""
    owner = child(parsed, head, "poss")
    if owner is not None and parsed.pos[head] == "NOUN" and lemma_of(parsed, head) in _PARTS:
        return is_medium(parsed, owner, (parsed.left[owner], owner))
    named = parsed.ent[head] == "ORG" or (head > 0 and parsed.text[parsed.left[head]].lower() == "the")
    if not named or parsed.ent[head] in ("GPE", "NORP", "LOC", "FAC") or parsed.pos[head] != "PROPN":
        return False
    if noun_at(parsed, head) is not None or _is_surname(parsed, head):
        return False
    return lemma_of(parsed, head) not in cues().kinds and not is_known_body(parsed, head)


def _is_surname(parsed: Parsed, head: int) -> bool:
    """Whether the article uses a name for a person elsewhere, or with a first name before it."""
    name = parsed.text[head]
    return any(
        text == name
        and (parsed.ent[at] == "PERSON" or (at > 0 and parsed.pos[at - 1] == "PROPN" and parsed.head[at - 1] == at))
        and (at == 0 or parsed.lemma[at - 1].lower() not in cues().kinds)
        for at, text in enumerate(parsed.text)
    )


_PARTS = frozenset({"service", "programme", "program", "show", "bureau", "edition", "site", "page", "channel"})


def is_own_outlet(parsed: Parsed, head: int) -> bool:
    """Whether a name is that of the outlet whose article this is."""
    outlet = parsed.article.outlet or ""
    initials = "".join(word[0] for word in outlet.replace("-", " ").split() if word[0].isupper())
    return bool(outlet) and (parsed.text[head] in outlet or parsed.text[head] == initials)


def _carried(parsed: Parsed, saying: Saying) -> Voice | None:
    """ "in a statement carried by the news agency"; "a report, which the paper has seen, said"."""
    nodes = [saying.cue, parsed.head[saying.cue]] if parsed.dep[saying.cue] == "conj" else [saying.cue]
    preps = (token for node in nodes for token in parsed.children[node] if parsed.dep[token] == "prep")
    for thing in (saying.links[0].head, *(object_of(parsed, prep) for prep in preps)):
        if thing is None:
            continue
        for verb in _describing(parsed, thing):
            lemma = lemma_of(parsed, verb)
            passes = lemma in wording().carrying or lemma in _READING
            if passes and (link := _carrier(parsed, thing, verb)) is not None:
                return link
        above = parsed.head[thing]
        read = parsed.dep[thing] == "dobj" and above < thing and _is_document(parsed, thing)
        if read and (link := _reader(parsed, above)) is not None:
            return link
    return None


def _describing(parsed: Parsed, thing: int) -> Iterator[int]:
    """The verbs that describe a noun or the noun after it, with those joined to them: "a memo of the board, dated
    3 March and seen by the agency"."""
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
        return _medium(parsed, agent, cue)
    for prep in parsed.children[verb] if parsed.dep[verb] == "acl" else ():
        place = object_of(parsed, prep) if parsed.text[prep].lower() in ("on", "to") else None
        if place is not None and (link := _medium(parsed, place, cue, guess=False)) is not None:
            return link  # "read on state radio", "leaked to the daily"
    host = child(parsed, verb, "nsubj") if parsed.dep[verb] == "relcl" else None
    which = child(parsed, verb, "dobj")
    if host is None or which is None or parsed.tag[which] != "WDT" or host == thing:
        return None
    return _medium(parsed, host, cue)


def _reader(parsed: Parsed, verb: int) -> Voice | None:
    """Who passed on a document that tells something: "The radio carried a letter", "A presenter read out a letter"."""
    lemma = lemma_of(parsed, verb)
    host = own_subject(parsed, verb) if lemma in wording().carrying or lemma in _READING else None
    if host is None:
        return None
    link = voice(parsed, host, cue_range(parsed, verb))
    if lemma in _READING and parsed.pos[verb] == "VERB":
        return link
    return link if link.source and kind_of(parsed, host, link.source) in _MEDIA else _medium(parsed, host, link)


_READING = frozenset({"read", "recite"})
_MEDIA = (SourceKind.MEDIA, SourceKind.AGENCY)
_HANDING = frozenset({"pass", "relay", "convey", "transmit", "forward"})


def _quoted_by(parsed: Parsed, saying: Saying) -> Voice | None:
    """ "a teacher quoted by the radio"; "as quoted by the agency"; "a claim first reported by the daily"."""
    head = saying.links[0].head
    places = [*parsed.children[saying.cue], *(_describing(parsed, head) if head is not None else ())]
    if parsed.dep[saying.cue] == "pcomp" and parsed.text[parsed.head[saying.cue]].lower() == "as":
        places.append(parsed.head[parsed.head[saying.cue]])
    for verb in places:
        if parsed.tag[verb] not in ("VBN", "VBD") or verb == saying.cue or (agent := agent_of(parsed, verb)) is None:
            continue
        lemma, cue = lemma_of(parsed, verb), cue_range(parsed, verb)
        if saying.part == "noun" and lemma in _HANDING:
            return voice(parsed, agent, cue)
        quoting = lemma in cues().quoting or lemma in wording().carrying or lemma in wording().meeting
        if quoting and (link := _medium(parsed, agent, Voice(None, None, cue))) is not None:
            return link
    return None


def meeting(parsed: Parsed, sentence: int, saying: Saying, known: Participants) -> tuple[Voice, ...]:
    """The outlet of "The radio spoke to a nurse", if the nurse or "she" says something in the next sentence."""
    head, words = saying.links[0].head, wording()
    if head is None:
        return ()
    for verb in range(*parsed.sents[sentence]):
        if parsed.pos[verb] != "VERB":
            continue
        lemma = lemma_of(parsed, verb)
        if lemma not in words.meeting and lemma not in words.carrying and lemma not in _READING:
            continue
        host = agent_of(parsed, verb) if parsed.tag[verb] == "VBN" else own_subject(parsed, verb)
        link = _medium(parsed, host, Voice(None, None, cue_range(parsed, verb))) if host is not None else None
        if link is None and lemma in ("speak", "talk") and (link := _heard_by(parsed, verb)) is not None:
            guest = subject_of(parsed, verb)
            if guest is not None and (known.same(guest, head) or _may_be(parsed, guest, head)):
                return (link,)
            continue
        if link and _is_in_document(parsed, saying) and lemma_of(parsed, verb) in wording().carrying:
            return (link,)
        thing = child(parsed, verb, "dobj")
        if thing is not None and _is_document(parsed, thing) and _is_it(parsed, thing, head):
            reader = _reader(parsed, verb)
            return (reader,) if reader else ()
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
            return _medium(parsed, heard, Voice(None, None, (verb, prep) if prep == verb + 1 else (verb, verb)))
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
    if word in ("he", "she", "they"):
        return parsed.ent[guest] not in ("GPE", "ORG", "LOC") and (word == "they") == is_plural(parsed, guest)
    return lemma_of(parsed, guest) == lemma_of(parsed, head)


def _is_it(parsed: Parsed, thing: int, head: int) -> bool:
    """Whether a word goes back to a document just told of: "It", "The letter"."""
    return parsed.text[head].lower() == "it" or lemma_of(parsed, head) == lemma_of(parsed, thing)


# --------------------------------------------------------------------------- after the speaker


def _beside(parsed: Parsed, saying: Saying) -> list[int]:
    """Where a citation can hang: on the speaker, on the verb."""
    head = saying.links[-1].head
    places = list(parsed.children[head]) if head is not None else []
    return places + list(parsed.children[saying.cue]) if saying.part == "verb" else places


def _cited(parsed: Parsed, places: Sequence[int]) -> Voice | None:
    """ "the daily, quoting a diplomat, said"; "the paper, which cited two officials"; "referring to witnesses"."""
    for node in places:
        if parsed.dep[node] not in ("acl", "relcl", "advcl", "prep"):
            continue
        found = _citation(parsed, node)
        if found is not None:
            return found
    return None


def _citation(parsed: Parsed, node: int) -> Voice | None:
    lemma = lemma_of(parsed, node)
    if lemma in cues().citing and parsed.tag[node] in ("VBG", "VBD", "VBZ", "VBP"):
        source = child(parsed, node, "dobj")
        return voice(parsed, source, cue_range(parsed, node)) if source is not None else None
    if lemma == "refer" and parsed.tag[node] == "VBG":
        return _referred(parsed, node, node)
    if parsed.dep[node] == "prep":
        thing = object_of(parsed, node)
        if thing is not None and lemma_of(parsed, thing) in wording().references:
            return _referred(parsed, node, thing)
    return None


def _referred(parsed: Parsed, first: int, thing: int) -> Voice | None:
    """ "with reference to the ministry", "referring to the ministry"."""
    for word in _CITED:
        prep = preposition(parsed, thing, word)
        source = object_of(parsed, prep) if prep is not None else None
        if prep is not None and source is not None:
            return voice(parsed, source, (first, prep))
    return None


def join_citations(parsed: Parsed, sayings: Sequence[Saying]) -> list[Saying]:
    """One claim with both links: "The agency reported X, citing officials"; "he said X, according to a statement"."""
    sayings = _sentence_citations(parsed, sayings)
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
        content = [piece for part in subtract(host.content, [own]) if (piece := trim(parsed, *part))]
        if content:
            joined[target] = replace(host, links=(*host.links, *saying.links), content=tuple(content))
            dropped.add(number)
    return [saying for number, saying in enumerate(joined) if number not in dropped]


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
        content = [piece for part in subtract(host.content, [own]) if (piece := trim(parsed, *part))]
        if content:
            joined[target] = replace(host, links=(*host.links, *saying.links), content=tuple(content))
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
