"""Figures told against others: called wrong, denied, replaced ("not seven", "revised down from 38"), and second figures
for a harm that was told before ("the justice department put the number at four").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sayso.extract.tolls.bounds import bound_number, is_year, number_run
from sayso.extract.tolls.counts import Count
from sayso.extract.tolls.rules import Found
from sayso.extract.tolls.victims import is_told
from sayso.model import PROPERTY, Parsed

_TAKEN_BACK = frozenset("retract withdraw recant disown disavow rescind".split())
_DENIED = frozenset("deny reject dismiss refute rebut".split())
_FALSE = frozenset("false wrong untrue incorrect mistaken erroneous baseless fabricated unfounded inaccurate".split())
_SAID = frozenset("claim report figure statement rumour rumor allegation number toll count announcement that".split())
_REVISED = frozenset("revise correct lower cut reduce downgrade adjust amend scale trim".split())
# "The ministry later withdrew the figure"; ", a toll it has since corrected"; ", which was later retracted".
_LATER = re.compile(
    r"\b(?:figures?|tolls?|claims?|counts?|numbers?|statements?|reports?|tall(?:y|ies)|estimates?)\b[^.;]{0,40}"
    r"\b(?:later|since|then|soon|subsequently|quickly|afterwards|had to be|was|were|been)\b[^.;]{0,25}"
    r"\b(?:retracted|withdr[ae]wn?|recanted|corrected|denied|disowned|taken back|deleted|dropped|refuted)\b"
    r"|\b(?:later|since|then|soon|subsequently|quickly|afterwards|but|and)\b[^.;]{0,30}"
    r"\b(?:retracted|withdr[ae]wn?|recanted|corrected|disowned|took back|deleted)\b[^.;]{0,15}"
    r"\b(?:figures?|tolls?|claims?|counts?|numbers?|statements?|reports?|tall(?:y|ies)|estimates?|it|that|post)\b"
    r"|\bwhich\b[^.;]{0,30}\b(?:later|since|then|subsequently)\b[^.;]{0,12}"
    r"\b(?:retracted|withdr[ae]wn?|recanted|corrected|disowned|took back|denied)\b"
    r"|\b(?:figures?|tolls?|counts?|numbers?|reports?|claims?)\b[^.;]{0,25}\b(?:was|were|had been|is)\b[^.;]{0,12}"
    r"\b(?:wrong|incorrect|mistaken|an error|false|untrue|too high|exaggerated|inflated)\b"
    r"|\ba (?:claim|figure|report|number|toll)\b[^.;]{0,40}\b(?:rejects?|rejected|den(?:y|ies|ied)|disput(?:es?|ed))\b"
    r"|\b(?:turned out|proved) to be (?:false|wrong|untrue|mistaken|incorrect)\b|\bproved (?:false|wrong|unfounded)\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:(?:an?|the|its|his|their) )?(?:earlier|previous|initial|first|original|preliminary)"
    r"(?: (?:official|police|army|government))? (?:figure|toll|count|report|estimate|tally|number|claim|statement)s?"
    r"(?: (?:of|that|put at))?(?: (?:at least|up to|some|about|more than))?\s*$",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:p[ua]ts?|putting|gave|gives|set|sets|raised?|raises|brought) (?:the |its |that |their )?(?:\w+ )?"
    r"(?:number|figure|toll|total|count|tally|it|them|estimate)s? (?:at|as|to)\s*$"
    r"|\b(?:sp[eo]aks?|spoke|talks?|talked|told) of\s*$"
    r"|\b(?:figure|number|total|count|tally|toll) (?:\w+ ){0,3}(?:of|as|is|was|at|to|reached)\s*$"
    r"|\b(?:report(?:s|ed)?|confirm(?:s|ed)?|count(?:s|ed)?|list(?:s|ed)?|estimat(?:es|ed)|said|says|acknowledg(?:es|ed)"
    r"|admit(?:s|ted)?|cit(?:es|ed)|claim(?:s|ed)?)"
    r"(?: (?:it|there|they) (?:was|were|is|are))?(?: (?:only|just|instead))?\s*$",
    re.IGNORECASE,
)
_TO_TOTAL = re.compile(r"\b(?:total|toll|tally|count) to\s*$", re.IGNORECASE)  # "bringing the total to 640"
_QUALIFIED = re.compile(
    r"(?:\b(?:at least|up to|over|more than|nearly|almost|about|around|some|only|just|as many as|fewer than"
    r"|no more than|no fewer than|roughly|approximately|well over)\s+)+$",
    re.IGNORECASE,
)


def correct(parsed: Parsed, found: Sequence[Found]) -> list[Found]:
    """The tolls, marked where the text takes them back, with the figures that it replaces or gives beside them."""
    marked = [replace(toll, withdrawn=toll.withdrawn or _is_withdrawn(parsed, toll)) for toll in found]
    return [*marked, *_bare_figures(parsed, marked)]


def _is_withdrawn(parsed: Parsed, toll: Found) -> bool:
    if toll.count.bounds.high == 0:
        return False
    return _under_denial(parsed, toll.trigger) or _taken_back_later(parsed, toll)


def _under_denial(parsed: Parsed, token: int) -> bool:
    """Retracted its claim that 20 had been killed; denied that 60 troops died; the report that 40 died was false."""
    for _ in range(6):
        head = parsed.head[token]
        if head == token or (parsed.dep[token] == "conj" and parsed.pos[head] in {"VERB", "AUX"}):
            return False
        lemma = parsed.lemma[head].lower()
        below = parsed.dep[token] in {"ccomp", "dobj", "acl", "pobj", "prep", "relcl", "pcomp", "nsubjpass", "attr"}
        if lemma in _TAKEN_BACK | _DENIED and parsed.pos[head] in {"VERB", "NOUN"} and below:
            return parsed.pos[head] != "VERB" or is_told(parsed, head)
        if parsed.pos[head] in {"AUX", "VERB"} and parsed.lemma[token].lower() in _SAID:
            said = {parsed.lemma[child].lower() for child in parsed.children[head] if parsed.dep[child] == "acomp"}
            if said & _FALSE:
                return True
        token = head
    return False


def _taken_back_later(parsed: Parsed, toll: Found) -> bool:
    """Whether the rest of the sentence, or the next sentence, takes a figure back."""
    text = parsed.article.text
    number = parsed.sent[toll.trigger]
    begin = parsed.end[max(toll.trigger, toll.count.last)]
    last = parsed.sents[min(number + 1, len(parsed.sents) - 1)][1]
    return bool(begin < parsed.end[last - 1] and _LATER.search(text[begin : parsed.end[last - 1]]))


def _bare_figures(parsed: Parsed, found: Sequence[Found]) -> list[Found]:
    """Numbers without a word of harm that stand for the harm of a toll told near them."""
    taken = [(toll.count.first, toll.count.last) for toll in found]
    numbers = {parsed.sent[toll.trigger] for toll in found}
    more: list[Found] = []
    for number in sorted({near for sent in numbers for near in (sent, sent + 1) if near < len(parsed.sents)}):
        first, last = parsed.sents[number]
        at = first
        while at < last:
            run = number_run(parsed, at, at, last)
            if run is None:
                at += 1
                continue
            at = run[1] + 1
            if not _covered(run, taken) and (toll := _figure(parsed, run, number, found)):
                more.append(toll)
    return more


def _covered(run: tuple[int, int, int], taken: Iterable[tuple[int, int]]) -> bool:
    return any(first <= run[1] and run[0] <= last for first, last in taken)


def _figure(parsed: Parsed, run: tuple[int, int, int], number: int, found: Sequence[Found]) -> Found | None:
    """A replaced or second figure, as the words around it tell."""
    start, end, _value = run
    first, last = parsed.sents[number]
    near = _nearest(parsed, start, number, found)
    if near is None or near.harm in PROPERTY or is_year(parsed, run):
        return None
    text = parsed.article.text
    before = text[parsed.start[first] : parsed.start[start]]
    plain = _QUALIFIED.sub("", before)
    after = parsed.text[end + 1].lower() if end + 1 < last else "."
    counted_noun = parsed.pos[end + 1] in {"NOUN", "PROPN", "NUM", "SYM"} if end + 1 < last else False
    words = plain.lower().split()
    replaced = (
        (words[-1:] == ["not"] and near.trigger is not None and not counted_noun)
        or " ".join(words[-2:]) in {"rather than", "instead of"}
        or (words[-1:] == ["from"] and {parsed.lemma[at].lower() for at in range(first, start)} & _REVISED)
        or bool(_EARLIER.search(plain))
    )
    if after in {"%", "percent", "per", "years", "year", "days", "am", "pm", "a.m.", "p.m.", "o'clock", "-", ":"}:
        return None
    if not replaced and (counted_noun or not _TOLD.search(plain) or near.count.last > start):
        return None
    bounds, begin = bound_number(parsed, run, first)
    count = Count(bounds, begin, end, None, plain=True)
    return Found(
        count,
        near.harm,
        near.trigger,
        withdrawn=bool(replaced),
        total=not replaced and (near.total or bool(_TO_TOTAL.search(plain))),
    )


def _nearest(parsed: Parsed, at: int, number: int, found: Sequence[Found]) -> Found | None:
    """The toll before a number in its sentence or the one before, else the next one of its sentence."""
    before = [toll for toll in found if toll.count.last < at and number - parsed.sent[toll.count.first] in (0, 1)]
    after = [toll for toll in found if toll.count.first > at and parsed.sent[toll.count.first] == number]
    kept = [toll for toll in before if not toll.part] or before
    return max(kept, key=lambda toll: toll.count.last) if kept else min(
        after, key=lambda toll: toll.count.first, default=None)  # fmt: skip
