"""Mends sayings where one source passes on another and the parser mixes them up.

"X," the agency quoted the mayor as saying; the mayor was cited as saying by the agency; the daily reported, citing
police, that X; the minister said X, the agency reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.extract.clauses import Range, agent_of, child, cue_range, has_word, merge, own_subject, phrase, subtree, trim
from sayso.extract.cues import cues
from sayso.extract.direct import Quoted, quotation_at
from sayso.extract.sayings import Saying, Voice, lemma_of, voice
from sayso.model import Parsed


def mend(parsed: Parsed, quotes: Sequence[Quoted], sayings: Sequence[Saying]) -> list[Saying]:
    """The sayings with those put right whose links or content went to the wrong words."""
    told = list(sayings)
    if quotes:
        told = _whole([_unquoted(parsed, quotes, saying) for saying in sayings])
    for verb, tag in enumerate(parsed.tag):
        if tag == "VBG" and verb > 1 and (found := _mended(parsed, quotes, verb)) is not None:
            cues_of = {link.cue[1] for link in found.links} | {found.cue, verb}
            told = [one for one in told if one.cue not in cues_of and not _misread(parsed, one, found)]
            told.append(found)
    return _trailing(parsed, told)


def _whole(sayings: Sequence[Saying]) -> list[Saying]:
    """ "“This road,” the mayor said, “is closed.”": the two halves of one quotation are one saying."""
    halves: dict[int, int] = {}
    told: list[Saying] = []
    for saying in sayings:
        place = halves.get(saying.cue) if saying.frame == "quote" else None
        if place is not None:
            told[place] = replace(saying, content=tuple(merge((*told[place].content, *saying.content))))
            continue
        if saying.frame == "quote":
            halves[saying.cue] = len(told)
        told.append(saying)
    return told


def _unquoted(parsed: Parsed, quotes: Sequence[Quoted], saying: Saying) -> Saying:
    """ "“The bread”, complains the baker, “will not reach us”": the subject is no speaker."""
    head = saying.links[-1].head
    if saying.part != "verb" or head is None or len(saying.links) > 1 or head > saying.cue:
        return saying
    around = quotation_at(quotes, head)
    if around is None or around.last >= saying.cue or quotation_at(quotes, saying.cue) is not None:
        return saying
    speaker = next((at for at in range(saying.cue + 1, len(parsed)) if _may_speak(parsed, saying, at)), None)
    if speaker is None or speaker > saying.cue + 6:
        return saying
    link = Voice(speaker, (parsed.left[speaker], speaker), saying.links[0].cue)
    return replace(saying, links=(link,), content=((around.first, around.last), *saying.content))


def _may_speak(parsed: Parsed, saying: Saying, token: int) -> bool:
    """The last word of the nouns right after the verb."""
    ends = token + 1 < len(parsed) and parsed.pos[token + 1] not in ("NOUN", "PROPN", "ADJ", "DET")
    return (
        parsed.pos[token] in ("NOUN", "PROPN", "PRON") and ends and not any(a <= token <= b for a, b in saying.content)
    )


def _misread(parsed: Parsed, one: Saying, found: Saying) -> bool:
    """Whether a saying takes the sentence's own links for its content."""
    return any(
        first <= link.cue[0] <= last and parsed.sent[one.cue] == parsed.sent[found.cue] and not first <= one.cue <= last
        for first, last in one.content
        for link in found.links
        if one.links[-1].head is None or one.frame == "citing"
    )


def _mended(parsed: Parsed, quotes: Sequence[Quoted], verb: int) -> Saying | None:
    if parsed.text[verb - 1].lower() == "as":
        return _quoted(parsed, quotes, verb)
    if lemma_of(parsed, verb) in cues().citing and parsed.text[verb - 1] == ",":
        return _cited(parsed, quotes, verb)
    return None


def _quoted(parsed: Parsed, quotes: Sequence[Quoted], said: int) -> Saying | None:
    """ "X, the agency quoted the mayor as saying", "X, the mayor was cited as saying by the agency"."""
    verb = parsed.head[parsed.head[said]]
    if lemma_of(parsed, verb) not in cues().quoting or child(parsed, said, "ccomp", "dobj") is not None:
        return None
    content = _before(parsed, quotes, verb)
    if content is None:
        return None
    passive = any(parsed.dep[token] in ("auxpass", "nsubjpass") for token in parsed.children[verb])
    subject = own_subject(parsed, verb)
    thing = _thing(parsed, verb, said)
    origin, relay = (subject, agent_of(parsed, verb) or agent_of(parsed, said)) if passive else (thing, subject)
    if origin is None or not content[1] < min(origin, verb):
        return None
    links = [voice(parsed, relay, cue_range(parsed, verb))] if relay is not None else []
    if relay is None:
        spoken = voice(parsed, origin, (cue_range(parsed, verb)[0], said))
    else:
        spoken = Voice(origin, (phrase(parsed, origin)[0], origin) if origin > verb else None, (said - 1, said))
        spoken = voice(parsed, origin, (said - 1, said)) if spoken.source is None else spoken
    return Saying(verb, "phrase", lemma_of(parsed, verb), "as saying", (*links, spoken), (content,))


def _thing(parsed: Parsed, verb: int, said: int) -> int | None:
    """Whom somebody quotes; the parser may call "the general" an adjective."""
    found = child(parsed, verb, "dobj", "dative")
    return found if found is not None and verb < found < said else None


def _before(parsed: Parsed, quotes: Sequence[Quoted], verb: int) -> Range | None:
    """The quotation or clause that stands before a verb of quoting, in its sentence."""
    first = parsed.sents[parsed.sent[verb]][0]
    for token in range(verb - 1, first - 1, -1):
        around = quotation_at(quotes, token)
        if around is not None:
            return max(around.first, first), around.last
    clause = child(parsed, verb, "ccomp")
    if clause is None or clause > verb:
        return None
    return trim(parsed, *subtree(parsed, clause))


def _cited(parsed: Parsed, quotes: Sequence[Quoted], verb: int) -> Saying | None:
    """ "The daily reported, citing police, that X", where the parser takes X for the main clause."""
    report = verb - 2
    if parsed.pos[report] != "VERB" or lemma_of(parsed, report) not in cues().speech:
        return None
    reporter, source = own_subject(parsed, report), child(parsed, verb, "dobj")
    last = parsed.sents[parsed.sent[verb]][1] - 1
    if reporter is None or source is None or quotation_at(quotes, verb) is not None:
        return None
    that = next((at for at in range(source + 1, min(last, source + 15)) if parsed.text[at].lower() == "that"), None)
    if that is None or parsed.text[that - 1] != "," or child(parsed, report, "ccomp") is not None:
        return None
    content = trim(parsed, that, last)
    named = trim(parsed, phrase(parsed, source)[0], min(phrase(parsed, source)[1], that - 1))
    if content is None or named is None or not has_word(parsed, *content):
        return None
    links = (voice(parsed, reporter, cue_range(parsed, report)), Voice(source, named, (verb, verb)))
    return Saying(verb, "phrase", lemma_of(parsed, verb), "citing within", links, (content,))


def _trailing(parsed: Parsed, sayings: Sequence[Saying]) -> list[Saying]:
    """ "The minister said X, the agency reported": the agency reports all of it, the minister said X."""
    ends = dict(_ends(parsed, sayings))
    if not ends:
        return list(sayings)
    mended = []
    for saying in sayings:
        sentence = parsed.sent[saying.cue]
        last = ends.get(sentence)
        if last is None:
            mended.append(saying)
        elif saying.cue == last.cue:
            whole = trim(parsed, parsed.sents[sentence][0], _opening(last) - 1)
            mended.append(replace(saying, content=(whole,)) if whole else saying)
        else:
            cut = [piece for low, high in saying.content if (piece := trim(parsed, low, min(high, _opening(last) - 1)))]
            mended.append(replace(saying, content=tuple(cut)) if cut else saying)
    return mended


def _ends(parsed: Parsed, sayings: Sequence[Saying]) -> Iterator[tuple[int, Saying]]:
    """The saying that closes a sentence, if another's content swallowed it."""
    for saying in sayings:
        if saying.part != "verb" or saying.frame not in ("clause", "aside") or saying.links[-1].head is None:
            continue
        sentence = parsed.sent[saying.cue]
        closes = saying.cue + 3 > parsed.sents[sentence][1] and parsed.text[_opening(saying) - 1] == ","
        if closes and any(_swallows(parsed, other, saying) for other in sayings):
            yield sentence, saying


def _swallows(parsed: Parsed, other: Saying, last: Saying) -> bool:
    return (
        other.part == "verb"
        and other.cue < last.content[0][0]
        and parsed.sent[other.cue] == parsed.sent[last.cue]
        and any(first <= last.cue <= high for first, high in other.content)
        and last.content[-1][1] < last.cue
    )


def _opening(saying: Saying) -> int:
    """Where the words of the one who says it begin."""
    source = saying.links[0].source
    return min(saying.cue, source[0] if source else saying.cue)
