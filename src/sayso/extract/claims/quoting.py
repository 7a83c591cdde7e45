"""Mends sayings where one source passes on another and the parser mixes them up.

"X," the agency quoted the mayor as saying; the mayor was cited as saying by the agency; the daily reported, citing
police, that X; the minister said X, the agency reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.extract.claims.cues import cues
from sayso.extract.claims.direct import Quoted, quotation_at
from sayso.extract.claims.sayings import Saying, Voice, lemma_of, voice
from sayso.extract.clauses import (
    FINITE,
    Range,
    agent_of,
    child,
    cue_range,
    has_word,
    merge,
    own_subject,
    phrase,
    subtree,
    trim,
)
from sayso.model import Parsed

_DASHES = frozenset({"-", "--", "—", "–", "―"})
_LEAST = 3  # words; a shorter quotation is a word held at a distance


def mend(parsed: Parsed, quotes: Sequence[Quoted], sayings: Sequence[Saying]) -> list[Saying]:
    """The sayings with those put right whose links or content went to the wrong words."""
    told = list(sayings)
    if quotes:
        sayings = [_own_quotations(parsed, quotes, saying, sayings) for saying in sayings]
        told = _whole([_without_narrative(parsed, quotes, _unquoted(parsed, quotes, saying)) for saying in sayings])
    for verb, tag in enumerate(parsed.tag):
        if tag == "VBG" and verb > 1 and (found := _mended(parsed, quotes, verb)) is not None:
            cues_of = {link.cue[1] for link in found.links} | {found.cue, verb}
            told = [one for one in told if one.cue not in cues_of and not _misread(parsed, one, found)]
            told.append(found)
    return _trailing(
        parsed, [_within_clause(parsed, quotes, _with_that(parsed, _past_channel(parsed, saying))) for saying in told]
    )


def _within_clause(parsed: Parsed, quotes: Sequence[Quoted], saying: Saying) -> Saying:
    """ "The union says X; in it, a driver admits Y": what stands beyond a semicolon is told by somebody else."""
    kept: list[Range] = []
    for first, last in saying.content:
        marks = [at for at in range(first, last + 1) if parsed.text[at] == ";" and quotation_at(quotes, at) is None]
        if marks and saying.cue > last:
            first = max([mark for mark in marks if mark < saying.cue]) + 1
        elif marks:
            last = min([mark for mark in marks if mark > saying.cue], default=last + 1) - 1
        kept += [piece] if (piece := trim(parsed, first, last)) else []
        if marks and saying.cue < first:
            break
    content = tuple(kept)
    return replace(saying, content=content) if content and content != saying.content else saying


def _with_that(parsed: Parsed, saying: Saying) -> Saying:
    """ "said that X, and that Y": a second clause with its own "that" is said too."""
    last = saying.content[-1][1]
    if saying.part != "verb" or saying.frame != "clause" or last < saying.cue:
        return saying
    if parsed.text[saying.content[-1][0]].lower() != "that":
        return saying
    end, at = parsed.sents[parsed.sent[saying.cue]][1] - 1, last + 1
    while at < end and (parsed.text[at] in _JOINTS or parsed.text[at].lower() in _JOINTS):
        at += 1
    if at == last + 1 or at >= end or parsed.text[at].lower() != "that" or parsed.tag[at] != "IN":
        return saying
    if parsed.text[at - 1].lower() not in ("and", "but", "or"):
        return saying
    clause = trim(parsed, at, min(parsed.right[parsed.head[at]], end))
    return replace(saying, content=(*saying.content, clause)) if clause else saying


def _past_channel(parsed: Parsed, saying: Saying) -> Saying:
    """ "said in remarks on the radio, that X": how it was said is no part of X."""
    (first, last), rest = saying.content[0], saying.content[1:]
    thing = child(parsed, first, "pobj") if parsed.dep[first] == "prep" and 0 < first - saying.cue < 3 else None
    if thing is None or lemma_of(parsed, thing) not in cues().channel_nouns:
        return saying
    that = next((at for at in range(thing + 1, last) if parsed.text[at].lower() == "that" and _opens(parsed, at)), None)
    return replace(saying, content=((that, last), *rest)) if that is not None else saying


def _opens(parsed: Parsed, that: int) -> bool:
    """Whether a "that" opens a clause after a comma."""
    return parsed.tag[that] == "IN" and parsed.text[that - 1] == ","


def _own_quotations(parsed: Parsed, quotes: Sequence[Quoted], saying: Saying, others: Sequence[Saying]) -> Saying:
    """Without the quotation of a further sentence that has its own word of saying."""
    if len(saying.content) < 2 or quotation_at(quotes, saying.cue) is not None:
        return saying
    sentence = parsed.sent[saying.cue]
    kept = tuple(
        piece
        for piece in saying.content
        if parsed.sent[piece[0]] == sentence
        or parsed.sent[piece[1]] == sentence
        or not any(_tells(parsed, quotes, other, piece) for other in others if other is not saying)
    )
    return replace(saying, content=kept) if kept and kept != saying.content else saying


def _tells(parsed: Parsed, quotes: Sequence[Quoted], other: Saying, piece: Range) -> bool:
    """Whether a saying in the sentence of a quotation, but outside of it, has it for its content."""
    beside = parsed.sent[other.cue] == parsed.sent[piece[0]] and quotation_at(quotes, other.cue) is None
    return beside and any(first <= piece[0] and piece[1] <= last for first, last in other.content)


_JOINTS = frozenset({",", "and", "but", "or", "”", '"', "’", "'", "»"})


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


def _without_narrative(parsed: Parsed, quotes: Sequence[Quoted], saying: Saying) -> Saying:
    """ "“It is over,” she said. The lights went out.": what follows a whole quotation unquoted is the reporter's."""
    if quotation_at(quotes, saying.cue) is not None:
        return saying
    kept: list[Range] = []
    for first, last in saying.content:
        quote = quotation_at(quotes, first)
        while quote is not None and quote.last < last and _ends_speech(parsed, quote):
            kept.append((first, quote.last))
            following = next((one for one in quotes if quote.last < one.first <= last), None)
            if following is None:
                first = last + 1
                break
            first, quote = following.first, following
        if first <= last:
            kept.append((first, last))
    content = tuple(merge(kept))
    return replace(saying, content=content) if content and content != saying.content else saying


def _ends_speech(parsed: Parsed, quote: Quoted) -> bool:
    """Whether a quotation is a whole sentence or more, or a dash parts it from what follows."""
    words = [token for token in range(quote.first, quote.last + 1) if parsed.text[token][:1].isalnum()]
    if parsed.text[min(quote.last + 1, len(parsed) - 1)] in _DASHES:
        return True
    return len(words) > _LEAST and parsed.text[words[0]][:1].isupper() and quote.last - 1 != words[-1]


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
    sayings = [*sayings, *_closing(parsed, sayings)]
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
            whole = trim(parsed, parsed.sents[sentence][0], _opening(parsed, last) - 1)
            mended.append(replace(saying, content=(whole,)) if whole else saying)
        else:
            cut = [
                piece
                for low, high in saying.content
                if (piece := trim(parsed, low, min(high, _opening(parsed, last) - 1)))
            ]
            mended.append(replace(saying, content=tuple(cut)) if cut else saying)
    return mended


def _closing(parsed: Parsed, sayings: Sequence[Saying]) -> Iterator[Saying]:
    """The saying of ", the agency reported." where none was found, because another's content swallowed it."""
    known = {saying.cue for saying in sayings}
    for other in sayings:
        last = other.content[-1][1]
        verb = last if parsed.pos[last] == "VERB" else last - 1
        if other.part != "verb" or verb in known or other.cue > verb or last + 3 < parsed.sents[parsed.sent[verb]][1]:
            continue
        subject = own_subject(parsed, verb) if lemma_of(parsed, verb) in cues().speech else None
        if subject is None or parsed.tag[verb] not in FINITE or subject > verb or parsed.dep[verb] == "relcl":
            continue
        found = voice(parsed, subject, (verb, verb))
        whole = trim(parsed, other.content[0][0], (found.source or (subject, subject))[0] - 1)
        saying = Saying(verb, "verb", lemma_of(parsed, verb), "aside", (found,), (whole,)) if whole else None
        if saying is not None and parsed.text[_opening(parsed, saying) - 1] == ",":
            known.add(verb)
            yield saying


def _ends(parsed: Parsed, sayings: Sequence[Saying]) -> Iterator[tuple[int, Saying]]:
    """The saying that closes a sentence, if another's content swallowed it."""
    for saying in sayings:
        if saying.part != "verb" or saying.frame not in ("clause", "aside") or saying.links[-1].head is None:
            continue
        if parsed.dep[saying.cue] == "relcl":
            continue
        sentence = parsed.sent[saying.cue]
        closes = saying.cue + 3 > parsed.sents[sentence][1] and parsed.text[_opening(parsed, saying) - 1] == ","
        if closes and any(_swallows(parsed, other, saying) for other in sayings):
            yield sentence, saying


def _swallows(parsed: Parsed, other: Saying, last: Saying) -> bool:
    return (
        other.part == "verb"
        and other.cue < last.cue
        and parsed.sent[other.cue] == parsed.sent[last.cue]
        and any(first <= last.cue <= high for first, high in other.content)
        and last.content[-1][1] < last.cue
    )


def _opening(parsed: Parsed, saying: Saying) -> int:
    """Where the words of the one who says it begin; the parser may leave "the Nairobi daily" out of "The Star"."""
    source = saying.links[0].source
    first = min(saying.cue, source[0] if source else saying.cue)
    comma = next((at for at in range(first - 1, max(first - 5, -1), -1) if parsed.text[at] == ","), None)
    loose = comma is not None and all(parsed.pos[at] in _NAMES for at in range(comma + 1, first))
    return comma + 1 if comma is not None and loose else first


_NAMES = frozenset({"ADJ", "DET", "NOUN", "PROPN", "ADV"})
