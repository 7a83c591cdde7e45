"""Puts right who says something where the parser took a word near the verb for its subject, or lost the subject.

"Witnesses quoted by the website Nexta said X": the witnesses. "A communiqué read out by a captain announced X": the
communiqué. "Speaking to the radio on condition of anonymity, an adviser said X": the adviser.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sayso.extract.claims.cues import cues
from sayso.extract.claims.documents import READING, is_document
from sayso.extract.claims.sayings import Saying, Voice, lemma_of, voice
from sayso.extract.claims.wording import wording
from sayso.extract.clauses import (
    FINITE,
    SUBJECTS,
    agent_of,
    child,
    cue_range,
    dateline_end,
    is_passive,
    own_subject,
    subject_of,
    subtract,
    trim,
)
from sayso.extract.lexicon import noun_at
from sayso.model import Parsed

_IN_NAMES = frozenset({"DET", "ADJ", "NUM", "NOUN", "PROPN", "PART"})
_STOPS = frozenset({",", ";", ":", "–", "—", "--", '"', "“", "”", "«", "»"})
_TELLING = frozenset("tell inform notify brief assure warn advise".split())
_LONGEST = 30  # tokens between a subject and its verb


def reseat(parsed: Parsed, sayings: Iterable[Saying]) -> list[Saying]:
    """Sayings with their sources put right."""
    return [_reseated(parsed, saying) for saying in sayings]


def _reseated(parsed: Parsed, saying: Saying) -> Saying:
    return _with_title(parsed, _with_speaker(parsed, saying))


def _with_speaker(parsed: Parsed, saying: Saying) -> Saying:
    if saying.part == "noun" and (head := _before_mistagged(parsed, saying)) is not None:
        return _with_source(parsed, saying, head)
    if saying.part != "verb" or len(saying.links) != 1 or parsed.pos[saying.cue] not in ("VERB", "AUX", "NOUN"):
        return saying
    told = _teller(parsed, saying)
    if told is not None:
        return _with_source(parsed, replace(saying, addressee=own_subject(parsed, saying.cue)), told)
    saying = _past_through(parsed, saying)
    inverted = _inverted(parsed, saying)
    if inverted is not None:
        return inverted
    for find in _FINDERS:
        if (head := find(parsed, saying)) is not None and head != saying.links[0].head:
            return _with_source(parsed, _from_dateline(parsed, saying), head)
    return saying


def _from_dateline(parsed: Parsed, saying: Saying) -> Saying:
    """With a content that begins after the dateline, where the dateline was taken for the source."""
    head, opening = saying.links[0].head, dateline_end(parsed, saying.cue)
    (first, last), rest = saying.content[0], saying.content[1:]
    dated = head is not None and head < opening < first < saying.cue
    return replace(saying, content=((opening, last), *rest)) if dated else saying


def _with_source(parsed: Parsed, saying: Saying, head: int) -> Saying:
    link, verb = voice(parsed, head, saying.links[0].cue), parsed.head[head]
    if parsed.tag[verb] == "NNS" and head == verb - 1:  # all before a verb that the parser took for a noun
        link = replace(link, source=(parsed.left[verb], head))
    holes = [link.source] if link.source else []
    content = [piece for part in subtract(saying.content, holes) if (piece := trim(parsed, *part))]
    return replace(saying, links=(link,), content=tuple(content)) if content else saying


def _teller(parsed: Parsed, saying: Saying) -> int | None:
    """ "We were told by a clerk that X": the clerk."""
    if saying.lemma not in _TELLING or not is_passive(parsed, saying.cue):
        return None
    agent = agent_of(parsed, saying.cue)
    return agent if agent is not None and agent > saying.cue and agent != saying.links[0].head else None


def _with_title(parsed: Parsed, saying: Saying) -> Saying:
    """ "the head of the press service Ana Ruiz": the parser takes the name alone for the source."""
    link = saying.links[-1]
    if link.source is None or link.head is None or parsed.ent[link.head] != "PERSON":
        return saying
    first = link.source[0]
    if (
        first < 2
        or parsed.pos[first] != "PROPN"
        or parsed.pos[first - 1] != "NOUN"
        or parsed.head[first - 1] == link.head
    ):
        return saying
    begin = first - 1
    while begin > 0 and first - begin < 9 and parsed.sent[begin - 1] == parsed.sent[first]:
        before = parsed.pos[begin - 1]
        if (
            before not in _IN_NAMES
            and parsed.text[begin - 1].lower() not in ("of", "for")
            and parsed.tag[begin - 1] != "PRP$"
        ):
            break
        begin -= 1
    title = _first_noun(parsed, begin, first)
    noun = noun_at(parsed, title) if title is not None else None
    if noun is None or noun.kind not in ("office", "person") or any(begin <= link.cue[at] < first for at in (0, 1)):
        return saying
    links = (*saying.links[:-1], replace(link, source=(begin, link.source[1])))
    content = [piece for part in subtract(saying.content, [(begin, first)]) if (piece := trim(parsed, *part))]
    return replace(saying, links=links, content=tuple(content)) if content else saying


def _shared(parsed: Parsed, saying: Saying) -> int | None:
    """The subject that a verb shares with the one it is joined to: "it was seeking access and had asked for talks"."""
    joined = saying.links[0].head is None and parsed.dep[saying.cue] == "conj" and not is_passive(parsed, saying.cue)
    if not joined:
        return None
    found = subject_of(parsed, saying.cue)
    return found if found is not None else _under_mistagged(parsed, parsed.head[saying.cue])


def _whose(parsed: Parsed, saying: Saying) -> int | None:
    """ "A nurse at the clinic, who asked": the parser takes the clinic for the one who asked."""
    head = saying.links[0].head
    if (
        head is None
        or parsed.dep[saying.cue] != "relcl"
        or parsed.head[saying.cue] != head
        or parsed.dep[head] != "pobj"
    ):
        return None
    who = child(parsed, saying.cue, "nsubj")
    above = parsed.head[parsed.head[head]]
    if who is None or parsed.text[who].lower() != "who" or parsed.ent[head] == "PERSON":
        return None
    inner, outer = noun_at(parsed, head), noun_at(parsed, above)
    if inner is not None and inner.kind in ("person", "office", "group"):
        return None
    return above if outer is not None and outer.kind in ("person", "office", "group") else None


def _before_mistagged(parsed: Parsed, saying: Saying) -> int | None:
    """ "The sub-prefect doubts that X", "condemns the raids and demands that X": the parser takes the verb for a
    noun."""
    cue = saying.cue
    if saying.links[0].head is not None or parsed.tag[cue] != "NNS" or parsed.text[cue + 1].lower() != "that":
        return None
    if parsed.dep[cue] == "conj":
        node = parsed.head[cue]
        while parsed.dep[node] in ("pobj", "prep", "dobj", "conj") and parsed.head[node] < node:
            node = parsed.head[node]
        return subject_of(parsed, node) if parsed.tag[node] == "VBZ" else None
    return _under_mistagged(parsed, cue)


def _under_mistagged(parsed: Parsed, verb: int) -> int | None:
    """The subject of a verb taken for a plural noun that heads its sentence: "The sub-prefect | doubts"."""
    first, alone = parsed.left[verb], parsed.head[verb] == verb
    if not alone or parsed.tag[verb] != "NNS" or first == verb or parsed.tag[verb - 1] == "NNS":
        return None
    return verb - 1 if parsed.text[first].lower() in ("the", "this", "his", "her") else None


def _own(parsed: Parsed, saying: Saying) -> int | None:
    """The verb's own subject, where nothing else was taken for the source and it can speak."""
    if saying.links[0].head is not None or parsed.tag[saying.cue] not in FINITE or is_passive(parsed, saying.cue):
        return None
    found = own_subject(parsed, saying.cue)
    return found if found is not None and _can_speak(parsed, found) else None


def _garden_path(parsed: Parsed, saying: Saying) -> int | None:
    """ "A technician with the firm that sold the pumps admitted that X": the parser takes "admitted" for a
    participle."""
    cue, noun = saying.cue, parsed.head[saying.cue]
    if parsed.tag[cue] != "VBN" or parsed.dep[cue] != "acl" or parsed.head[noun] != noun or noun > cue:
        return None
    told = child(parsed, cue, "ccomp") is not None and agent_of(parsed, cue) is None
    return noun if told and parsed.pos[noun] in ("NOUN", "PROPN") else None


def _past_through(parsed: Parsed, saying: Saying) -> Saying:
    """ "denied through a friend that X": what is denied begins after "that"."""
    first, last = saying.content[0]
    if saying.frame not in ("prep:through", "prep:via"):
        return saying
    that = next((at for at in range(first, min(last, first + 8)) if parsed.text[at].lower() == "that"), None)
    if that is None:
        return saying
    link = replace(saying.links[0], cue=cue_range(parsed, saying.cue))
    return replace(saying, frame="clause", links=(link,), content=((that + 1, last), *saying.content[1:]))


def _inverted(parsed: Parsed, saying: Saying) -> Saying | None:
    """ "The count, says the party, is false": who speaks follows the verb, and the whole sentence is said."""
    cue, head = saying.cue, saying.links[0].head
    if head is None or head + 2 != cue or parsed.text[cue - 1] != "," or parsed.tag[cue] not in FINITE:
        return None
    last = parsed.sents[parsed.sent[cue]][1]
    speaker = _first_noun(parsed, cue + 1, min(last, cue + 10))
    if speaker is None or saying.lemma not in _SAYING or parsed.text[min(speaker + 1, last - 1)] != ",":
        return None
    if not _can_speak(parsed, speaker):
        return None
    link = Voice(speaker, (cue + 1, speaker), cue_range(parsed, cue))
    begin = _clause_start(parsed, cue - 1)
    pieces = [trim(parsed, begin, cue - 1), trim(parsed, speaker + 1, _clause_end(parsed, speaker + 2, last))]
    content = tuple(piece for piece in pieces if piece is not None)
    return replace(saying, links=(link,), content=content) if len(content) == 2 else None


_SAYING = frozenset("say write claim insist argue explain report maintain think believe hold state".split())


def _clause_end(parsed: Parsed, begin: int, last: int) -> int:
    return next((at - 1 for at in range(begin, last) if parsed.text[at] in (";", ":", "–", "—")), last - 1)


def _after_preposition(parsed: Parsed, saying: Saying) -> int | None:
    """ "A diplomat from a Gulf state asked": what a preposition governs is no subject."""
    head, cue = saying.links[0].head, saying.links[0].cue[0]
    if head is None or head >= cue or parsed.head[head] != saying.cue or parsed.dep[head] not in SUBJECTS:
        return None
    before = parsed.left[head] - 1
    begin = _clause_start(parsed, cue)
    if before <= begin or parsed.text[before].lower() not in _GOVERNING:
        return None
    found = _first_noun(parsed, begin, before)
    return found if found == before - 1 and _can_speak(parsed, found) else None


_GOVERNING = frozenset("of from with in at for near to".split())


def _behind_participle(parsed: Parsed, saying: Saying) -> int | None:
    """ "A communiqué read out by a captain announced": the parser takes "read" for the subject."""
    head = saying.links[0].head
    if head is None or parsed.tag[head] not in ("VBN", "VBD") or parsed.dep[head] not in SUBJECTS:
        return None
    return own_subject(parsed, head)


def _before_agent(parsed: Parsed, saying: Saying) -> int | None:
    """ "Witnesses quoted by the website Nexta said": of two subjects the one that the participle describes."""
    subjects = [token for token in parsed.children[saying.cue] if parsed.dep[token] in SUBJECTS and token < saying.cue]
    if len(subjects) < 2 or saying.links[0].head != subjects[-1]:
        return None
    between = range(subjects[0] + 1, subjects[-1])
    described = any(parsed.tag[token] == "VBN" for token in parsed.children[subjects[0]] if token in between)
    if not described or parsed.pos[subjects[0]] not in ("NOUN", "PROPN") or _holds_stop(parsed, between):
        return None
    return subjects[0]


def _holds_stop(parsed: Parsed, tokens: range) -> bool:
    return any(parsed.text[token] in _STOPS or parsed.tag[token] in FINITE for token in tokens)


def _before_relative(parsed: Parsed, saying: Saying) -> int | None:
    """ "An aide to the man who lost the vote said": the parser takes the end of the relative clause for the subject."""
    head, cue = saying.links[0].head, saying.links[0].cue[0]
    if (
        head is None
        or head > cue
        or parsed.tag[saying.cue] not in FINITE
        or parsed.head[head] != saying.cue
        or parsed.dep[head] not in SUBJECTS
    ):
        return None
    begin = _clause_start(parsed, cue)
    for token in range(begin + 1, parsed.left[head]):
        if parsed.tag[token] not in ("WP", "WDT"):
            continue
        verbs = [at for at in range(token, head) if parsed.tag[at] in (*FINITE, "MD")]
        found = _first_noun(parsed, begin, token) if len(verbs) == 1 else None
        return found if found is not None and _can_speak(parsed, found) else None
    return None


def _read_out(parsed: Parsed, saying: Saying) -> int | None:
    """ "The radio read a letter saying that X": the letter."""
    verb = parsed.head[saying.cue]
    lemma = lemma_of(parsed, verb)
    if parsed.tag[saying.cue] != "VBG" or (lemma not in READING and lemma not in wording().carrying):
        return None
    thing = child(parsed, verb, "dobj")
    return thing if thing is not None and thing < saying.cue and is_document(parsed, thing) else None


def _lost(parsed: Parsed, saying: Saying) -> int | None:
    """The noun that opens the clause of a verb without a subject, or follows a verb that closes its sentence."""
    cue, head = saying.cue, saying.links[0].head
    subjects = [token for token in parsed.children[cue] if parsed.dep[token] in SUBJECTS]
    if parsed.tag[cue] not in FINITE or any(token >= dateline_end(parsed, cue) for token in subjects):
        return None
    opening = dateline_end(parsed, cue)
    dated = head is not None and head < opening <= cue
    if head is not None and not dated and not _was_heard(parsed, head):
        return None
    first = cue_range(parsed, cue)[0]
    begin = _clause_start(parsed, first)
    if begin == first and saying.content[0][0] < cue:  # "X," said a statement
        found = _first_noun(parsed, cue + 1, parsed.sents[parsed.sent[cue]][1])
    elif begin == first:  # "A memo, a copy of which was leaked, says"
        found = _first_noun(parsed, parsed.sents[parsed.sent[cue]][0], first)
    elif saying.content[0][0] > cue or not _holds_stop(parsed, range(begin, first)):
        found = _first_noun(parsed, begin, first)
    else:
        return None
    beside = found is not None and found + 1 == first
    return found if found is not None and (beside or _can_speak(parsed, found)) else None


def _was_heard(parsed: Parsed, head: int) -> bool:
    """Whether a source was only spoken to: "Speaking to the radio"."""
    prep = parsed.head[head]
    return parsed.dep[prep] == "prep" and lemma_of(parsed, parsed.head[prep]) in ("speak", "talk")


def _clause_start(parsed: Parsed, end: int) -> int:
    """The token after the last stop before a token in its sentence."""
    first = parsed.sents[parsed.sent[end]][0]
    for token in range(end - 1, max(first, end - _LONGEST) - 1, -1):
        if parsed.text[token] in _STOPS:
            return token + 1
    return first


def _first_noun(parsed: Parsed, begin: int, end: int) -> int | None:
    """The head of the noun phrase that a range opens with."""
    while begin < end and (parsed.pos[begin] in ("ADV", "CCONJ", "SCONJ") or parsed.text[begin] in _STOPS):
        begin += 1
    found = None
    for token in range(begin, min(end, begin + 12)):
        participle = parsed.pos[token] == "VERB" and parsed.dep[token] == "amod"  # "a leaked memorandum"
        if parsed.pos[token] not in _IN_NAMES and parsed.tag[token] not in ("PRP$", "HYPH", "POS") and not participle:
            break
        if parsed.pos[token] in ("NOUN", "PROPN"):
            found = token
    return found


def _can_speak(parsed: Parsed, head: int) -> bool:
    if noun_at(parsed, head) is not None or lemma_of(parsed, head) in cues().kinds:
        return True
    person = parsed.pos[head] == "NOUN" and parsed.text[head].lower().endswith(_PERSONS)
    return person or parsed.ent[head] in ("PERSON", "ORG", "NORP")


_PERSONS = ("ers", "ors", "ists", "ians", "men", "women", "man", "woman", "er", "ist", "ian")


_FINDERS = (
    _own,
    _shared,
    _garden_path,
    _whose,
    _behind_participle,
    _after_preposition,
    _before_agent,
    _before_relative,
    _read_out,
    _lost,
)
