"""Joins to a saying the clause or sentence that tells who passed it on, or where it was taken from.

"The spokesman told journalists, TASS reported, that X"; "the villagers said, as reported by the daily, that X"; "The
agency reported X. It was citing the police"; "The radio put the toll at X. It attributed the figure to doctors."
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.extract.claims.citations import is_citable
from sayso.extract.claims.cues import cues
from sayso.extract.claims.sayings import Saying, lemma_of, voice
from sayso.extract.claims.wording import wording
from sayso.extract.clauses import Range, child, cue_range, object_of, own_subject, preposition, subtract, trim
from sayso.model import Parsed

_LONGEST = 14  # tokens of an inserted clause


def join_insertions(parsed: Parsed, sayings: Sequence[Saying]) -> list[Saying]:
    """Sayings with the reporters that stand in the middle of them, and the sources that the next sentence names."""
    joined, dropped = list(sayings), set()
    for number, saying in enumerate(sayings):
        own = inserted(parsed, saying)
        host = _host(parsed, sayings, saying, own) if own else None
        if own is not None and host is None and (whole := _around(parsed, sayings, saying, own)) is not None:
            joined[number] = replace(saying, content=whole)
        if own is None or host is None:
            continue
        content = [piece for part in subtract(joined[host].content, [own]) if (piece := trim(parsed, *part))]
        if content:
            links = (*saying.links, *joined[host].links)
            joined[host] = replace(joined[host], links=links, content=tuple(content))
            dropped.add(number)
    return _late(parsed, [one for number, one in enumerate(joined) if number not in dropped])


def inserted(parsed: Parsed, saying: Saying) -> Range | None:
    """The clause of a saying that two commas set off and that has nothing of its own to tell."""
    if saying.part != "verb" or saying.links[-1].source is None:
        return None
    source, cue = saying.links[-1].source, saying.links[-1].cue
    first, last = min(source[0], cue[0]), max(source[1], cue[1])
    if parsed.text[first - 1].lower() == "as" or (first and parsed.text[first - 1].lower() == "so"):
        first -= 1
    if first == 0 or last + 1 >= len(parsed) or last - first > _LONGEST:
        return None
    return (first, last) if parsed.text[first - 1] == "," and parsed.text[last + 1] == "," else None


def _host(parsed: Parsed, sayings: Sequence[Saying], saying: Saying, own: Range) -> int | None:
    """The saying between whose word and whose "that" an inserted clause stands."""
    if parsed.text[min(own[1] + 2, len(parsed) - 1)].lower() != "that":
        return None
    for number, other in enumerate(sayings):
        between = own[0] - 1 - max(other.cue, other.addressee or 0)
        if other is not saying and other.part == "verb" and other.cue < own[0] and 0 < between <= 2:
            later = other.content[-1][1] > own[1]
            return number if later and saying.content[-1][1] <= other.content[-1][1] else None
    return None


def _around(parsed: Parsed, sayings: Sequence[Saying], saying: Saying, own: Range) -> tuple[Range, ...] | None:
    """ "She cannot remember, she says, who was there": all around it is said, though another verb governs it."""
    beside = next((one for one in sayings if one.cue == own[0] - 2 and one.part == "verb"), None)
    if beside is None or beside.links[-1].source is None or beside.content[0][0] < own[0]:
        return None
    before = trim(parsed, beside.links[-1].source[0], own[0] - 2)
    after = trim(parsed, own[1] + 2, max(parsed.right[beside.cue], beside.content[-1][1]))
    return (before, after) if before and after else None


# --------------------------------------------------------------------------- the next sentence


def _late(parsed: Parsed, sayings: Sequence[Saying]) -> list[Saying]:
    """Sayings with the origin that the sentence after them names."""
    by_sentence: dict[int, int] = {}
    joined, dropped = list(sayings), set()
    for number, saying in enumerate(sayings):
        sentence = parsed.sent[saying.cue]
        before = by_sentence.get(sentence - 1)
        origin = _origin(parsed, saying) if before is not None else None
        if origin is not None and before is not None and _speaks_again(parsed, saying, joined[before]):
            prep_or_verb, source = origin
            link = voice(parsed, source, prep_or_verb)
            joined[before] = replace(joined[before], links=(*joined[before].links, link))
            dropped.add(number)
        elif saying.part == "verb" and sentence not in by_sentence:
            by_sentence[sentence] = number
    return [one for number, one in enumerate(joined) if number not in dropped]


def _origin(parsed: Parsed, saying: Saying) -> tuple[Range, int] | None:
    """The cue and the source of "was citing the police", "attributed the figure to doctors"."""
    verb = saying.cue
    if saying.part != "verb" or parsed.pos[verb] != "VERB":
        return None
    if saying.lemma in cues().citing:
        source = child(parsed, verb, "dobj")
        told = source is not None and is_citable(parsed, source) and child(parsed, verb, "prep", "xcomp") is None
        return (cue_range(parsed, verb), source) if told and source is not None else None
    if saying.lemma not in wording().crediting:
        return None
    thing, to = child(parsed, verb, "dobj", "nsubjpass"), preposition(parsed, verb, "to")
    to = preposition(parsed, thing, "to") if to is None and thing is not None else to
    source = object_of(parsed, to) if to is not None else None
    if thing is None or source is None or lemma_of(parsed, thing) not in wording().accounts:
        return None
    return cue_range(parsed, verb), source


def _speaks_again(parsed: Parsed, saying: Saying, before: Saying) -> bool:
    """Whether the one who names a source is the one who told what the sentence before tells."""
    head, teller = own_subject(parsed, saying.cue), before.links[-1].head
    if head is None or teller is None:
        return False
    if parsed.dep[head] == "nsubjpass":
        return True
    return parsed.text[head].lower() in ("it", "they") or lemma_of(parsed, head) == lemma_of(parsed, teller)
