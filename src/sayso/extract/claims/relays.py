"""Lengthens the chain of one saying: the outlet that was told or carried it before the speaker, the cited after.

"X, the mayor told the agency"; "in a statement carried by the channel"; "the daily, quoting a diplomat, said X"; "X,
according to a teacher quoted by the radio"; "the paper reported X, citing officials".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.extract.claims.citations import after_comma, beside, cited
from sayso.extract.claims.cues import cues
from sayso.extract.claims.documents import carried, describing, in_it, in_which
from sayso.extract.claims.orders import part_listener
from sayso.extract.claims.outlets import medium
from sayso.extract.claims.sayings import Saying, Voice, addressee_of, lemma_of, voice
from sayso.extract.claims.wording import wording
from sayso.extract.clauses import (
    agent_of,
    child,
    cue_range,
    is_passive,
    object_of,
    own_subject,
    preposition,
    subtract,
)
from sayso.extract.lexicon import noun_at
from sayso.model import Parsed, SourceKind


def with_relays(parsed: Parsed, saying: Saying) -> Saying:
    """A saying with the links that its own words put before and after its speaker."""
    saying = part_listener(parsed, _addressed(parsed, saying))
    links = saying.links
    if links[-1].head is None:
        return saying
    for find in (_through, in_it, in_which, _told, carried, _quoted_by, _met):
        before = find(parsed, replace(saying, links=links))
        if before is None or not _is_new(before, links):
            continue
        if _in_content(saying, before):
            cleared = _cleared(saying, before)
            if cleared is None:
                continue
            saying = cleared
        links = (before, *links)
    places = beside(parsed, saying)
    while (after := cited(parsed, places)) and _is_new(after, links) and not _in_content(saying, after):
        links = (*links, after)
        further = after_comma(parsed, after.head) if after.head is not None else []
        places = [*further, *parsed.children[after.head]] if after.head is not None else []  # "who cited early data"
    return replace(saying, links=links)


def _cleared(saying: Saying, link: Voice) -> Saying | None:
    """A saying without "quoted by the radio" in its content, where that stands right after its source."""
    source = saying.links[0].source
    if (
        source is None
        or link.source is None
        or link.cue == saying.links[-1].cue
        or not 0 < link.cue[0] - source[1] <= 2
    ):
        return None
    content = subtract(saying.content, [(link.cue[0], link.source[1])])
    return replace(saying, content=tuple(content)) if content else None


def _addressed(parsed: Parsed, saying: Saying) -> Saying:
    """To whom it was said, where only the parse tells: "was ordered by the court to", "asked donors to"."""
    if saying.addressee is not None or saying.part != "verb" or parsed.pos[saying.cue] != "VERB":
        return saying
    told = addressee_of(parsed, saying.cue)
    if told is None and is_passive(parsed, saying.cue):
        told = own_subject(parsed, saying.cue)
    if told is None and parsed.tag[to := saying.content[0][0]] == "TO" and to > saying.cue:
        told = child(parsed, parsed.head[to], "nsubj")
    if (
        told is None
        or any(told == link.head for link in saying.links)
        or any(low <= told <= high for low, high in saying.content)
    ):
        return saying
    return replace(saying, addressee=told)


def _is_new(link: Voice, links: Sequence[Voice]) -> bool:
    return all(link.head != other.head for other in links)


def _in_content(saying: Saying, link: Voice) -> bool:
    return link.head is not None and any(first <= link.head <= last for first, last in saying.content)


def _through(parsed: Parsed, saying: Saying) -> Voice | None:
    """ "said through an aide", "via his spokesman", "by way of a friend"."""
    above = parsed.head[saying.cue] if parsed.dep[saying.cue] in ("ccomp", "xcomp", "acomp") else saying.cue
    for prep in (*parsed.children[saying.cue], *(parsed.children[above] if above < saying.cue else ())):
        if parsed.dep[prep] != "prep":
            continue
        who, last = object_of(parsed, prep), prep
        if parsed.text[prep].lower() == "by" and who is not None and parsed.text[who].lower() == "way":
            of = preposition(parsed, who, "of")
            who, last = (object_of(parsed, of), of) if of is not None else (None, prep)
        elif parsed.text[prep].lower() not in ("through", "via"):
            continue
        if who is not None and _speaks_for_others(parsed, who):
            return voice(parsed, who, (prep, last))
    return None


def _speaks_for_others(parsed: Parsed, who: int) -> bool:
    """ "an aide", "his cousin", not an interpreter, whose words are the speaker's, nor "the press"."""
    kind = cues().kinds.get(lemma := lemma_of(parsed, who))
    if lemma in _TOOLS or kind is SourceKind.DOCUMENT:
        return False
    owned = child(parsed, who, "poss") is not None and lemma not in cues().channel_nouns
    return owned or lemma in _KIN or noun_at(parsed, who) is not None or kind is not None


_TOOLS = frozenset("interpreter translator media press channel television radio window tear loudspeaker".split())
_KIN = frozenset("friend relative cousin nephew niece uncle aunt colleague neighbour neighbor intermediary".split())


def _told(parsed: Parsed, saying: Saying) -> Voice | None:
    """ "told the radio", "said in an interview with the daily", "speaking to the channel"."""
    first = saying.links[0]
    if saying.frame != "according" and (saying.part != "verb" or saying.frame.startswith("to")):
        return None
    if parsed.tag[saying.content[0][0]] == "TO":
        return None
    if saying.addressee is not None:
        if _is_ours(parsed, saying.addressee):
            return None
        return medium(parsed, saying.addressee, first, guess=saying.lemma not in _PRIVATE)
    for node, prep in _talks(parsed, saying):
        heard = object_of(parsed, prep)
        if heard is not None and (link := medium(parsed, heard, Voice(None, None, (node, prep)))):
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
    return medium(parsed, host, Voice(None, None, cue_range(parsed, verb))) if host is not None else None


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


def _is_ours(parsed: Parsed, head: int) -> bool:
    """ "told this newspaper", "told our correspondent"."""
    return any(parsed.text[token].lower() in ("this", "our") for token in parsed.children[head])


_PRIVATE = frozenset({"assure", "inform", "notify", "brief", "remind", "promise", "ask", "urge"})  # seldom an outlet


_HANDING = frozenset({"pass", "relay", "convey", "transmit", "forward"})


_MET = frozenset({"interview", "reach", "contact", "approach", "poll", "canvass"})  # done by outlets


def _quoted_by(parsed: Parsed, saying: Saying) -> Voice | None:
    """ "a teacher quoted by the radio"; "as quoted by the agency"; "a claim first reported by the daily"."""
    head = saying.links[0].head
    places = [*parsed.children[saying.cue], *(describing(parsed, head) if head is not None else ())]
    if parsed.dep[saying.cue] == "pcomp" and parsed.text[parsed.head[saying.cue]].lower() == "as":
        places.append(parsed.head[parsed.head[saying.cue]])
    for verb in places:
        if parsed.tag[verb] not in ("VBN", "VBD") or verb == saying.cue or (agent := agent_of(parsed, verb)) is None:
            continue
        lemma, cue = lemma_of(parsed, verb), cue_range(parsed, verb)
        if saying.part == "noun" and lemma in _HANDING:
            return voice(parsed, agent, cue)
        met = lemma in cues().quoting or lemma in _MET
        quoting = met or lemma in wording().carrying or lemma in wording().meeting
        if quoting and (link := medium(parsed, agent, Voice(None, None, cue), sure=met)) is not None:
            return link
    return None
