"""Finds the words of saying and what they introduce: set phrases by the grammar alone, everything else by ranking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sayso.extract.claims.direct import Quoted, widen
from sayso.extract.claims.edges import within_edges
from sayso.extract.claims.observations import is_observer
from sayso.extract.claims.propose import propose
from sayso.extract.claims.ranking import rank
from sayso.extract.claims.sayings import Saying
from sayso.extract.claims.sieve import is_claim
from sayso.extract.claims.sources import is_own_reporter
from sayso.extract.claims.wording import wording
from sayso.model import Parsed

_SURE = 0.5  # share of a construction that the table calls sure, however rare its cases in the fitted articles


def find_sayings(parsed: Parsed, quotes: Sequence[Quoted]) -> list[Saying]:
    """One saying for each cue that is likely enough to introduce somebody's words."""
    proposed = list(propose(parsed))
    phrases = [saying for saying in proposed if is_phrase(saying) and is_claim(parsed, saying)]
    ranked = rank(parsed, quotes, (saying for saying in proposed if not is_phrase(saying)))
    likely = [saying for saying in _by_noun(proposed, ranked) if is_claim(parsed, saying)]
    sure = [replace(saying, share=_SURE) for saying in proposed if _is_sure(saying) and is_claim(parsed, saying)]
    by_cue: dict[int, Saying] = {}
    fixed = {token for saying in phrases if saying.entry is not None for token in _words_of(saying)}
    likely = [_before(parsed, saying, phrases) for saying in likely if saying.cue not in fixed]
    for saying in (*_whole(phrases, quotes), *likely, *_whole(sure, quotes)):
        if not _is_first_hand(parsed, saying):
            saying = within_edges(parsed, saying, quotes)
            by_cue.setdefault(saying.cue, saying)  # the first of a cue stays
    return list(by_cue.values())


def _before(parsed: Parsed, saying: Saying, phrases: Sequence[Saying]) -> Saying:
    """A content up to a set phrase that goes on with the same speaker: "rejects them | and reserves the right"."""
    first, last = saying.content[0][0], saying.content[-1][1]
    for phrase in phrases:
        cue = phrase.links[-1].cue[0]
        goes_on = phrase.frame == "idiom" and phrase.links[-1].head == saying.links[-1].head
        if goes_on and saying.cue < first < cue - 1 < last and parsed.text[cue - 1].lower() in ("and", "but"):
            return replace(saying, content=((first, cue - 2 - (parsed.text[cue - 2] == ",")),))
    return saying


def _words_of(saying: Saying) -> range:
    """The words of a set phrase, up to the first of its content: "went on record as opposing"."""
    first, last = saying.links[-1].cue
    return range(first, last + 1 + (saying.content[0][0] == last + 1))


def _by_noun(proposed: Iterable[Saying], ranked: Iterable[Saying]) -> Iterator[Saying]:
    """ "issued a warning that X": what the verb introduces is told by its noun of saying."""
    nouns = {saying.links[-1].cue[0]: saying for saying in proposed if saying.part == "noun"}
    for saying in ranked:
        noun = nouns.get(saying.cue)
        yield replace(noun, share=saying.share) if noun is not None and noun.cue != saying.cue else saying


def _is_first_hand(parsed: Parsed, saying: Saying) -> bool:
    """Whether the outlet's own people saw or say it, which is no claim."""
    head = saying.links[-1].head
    if is_own_reporter(parsed, head, saying.lemma):
        return True
    return head is not None and saying.lemma in wording().seeing and is_observer(parsed, head, saying.cue)


def _whole(sayings: Iterable[Saying], quotes: Sequence[Quoted]) -> Iterator[Saying]:
    """With the quotations that a content touches whole; without those whose words stand in a quotation's margin."""
    return (wide for saying in sayings if (wide := widen(saying, quotes)).share)


def proposals(parsed: Parsed) -> list[Saying]:
    """What the grammar proposes for ranking."""
    return [saying for saying in propose(parsed) if not is_phrase(saying)]


def is_phrase(saying: Saying) -> bool:
    """ "according to", "citing", "allegedly": constructions that need no ranking."""
    return saying.part == "phrase"


def _is_sure(saying: Saying) -> bool:
    return saying.entry is not None and saying.entry.sure and saying.links[-1].head is not None
