"""What is proposed as said, as tokens, before it is weighed; helpers that every construction shares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sayso.extract.claims.cues import LEMMA_FIXES, Cue, cues
from sayso.extract.clauses import Range, child, cue_range, has_word, object_of, phrase, preposition, subtract, trim
from sayso.model import Parsed, SourceKind


@dataclass(frozen=True, slots=True)
class Voice:
    """One link as tokens: the head and range of the source (None: the text names none), the cue, the kind if sure."""

    head: int | None
    source: Range | None
    cue: Range
    kind: SourceKind | None = None


@dataclass(frozen=True, slots=True)
class Saying:
    """A proposed claim as tokens. `links` run from the source nearest the article to the origin."""

    cue: int
    part: str  # verb, noun, adjective, phrase
    lemma: str
    frame: str
    links: tuple[Voice, ...]
    content: tuple[Range, ...]
    entry: Cue | None = None
    addressee: int | None = None
    share: float = 1.0


Rule = Callable[[Parsed, int, str], Iterator[Saying]]


def lemma_of(parsed: Parsed, token: int) -> str:
    lemma = parsed.lemma[token]
    return LEMMA_FIXES.get(lemma) or lemma.lower()


def voice(parsed: Parsed, head: int | None, cue: Range) -> Voice:
    """A link; a source is cut off before its own cue: "the mayor, who said ..."."""
    if head is None:
        return Voice(None, None, cue)
    first, last = phrase(parsed, head)
    if first <= head < cue[0] <= last:
        clause_head = cue[1] if parsed.pos[cue[1]] == "VERB" else cue[0]
        while parsed.head[clause_head] not in (clause_head, head) and parsed.head[clause_head] > head:
            clause_head = parsed.head[clause_head]
        first, last = trim(parsed, first, max(head, min(cue[0], parsed.left[clause_head]) - 1)) or (head, head)
    return Voice(head, (first, last), cue)


def say(
    parsed: Parsed,
    cue: int,
    frame: str,
    source: int | None,
    content: list[Range],
    *,
    span: Range | None = None,
    part: str = "verb",
    entry: Cue | None = None,
    addressee: int | None = None,
) -> Iterator[Saying]:
    """A saying unless nothing is left of its content once source and cue are taken out."""
    lemma = lemma_of(parsed, cue)
    if entry is None and part == "verb":
        entry = cues().verbs.get((lemma, frame))
    link = voice(parsed, source, span or cue_range(parsed, cue))
    holes = [link.cue] + ([link.source] if link.source else [])
    left = [found for piece in subtract(content, holes) if (found := trim(parsed, *piece))]
    left = [piece for piece in left if has_word(parsed, *piece)]
    if left and not (len(left) == 1 and left[0][0] == left[0][1] and parsed.pos[left[0][0]] in ("PRON", "DET")):
        yield Saying(cue, part, lemma, frame, (link,), tuple(left), entry, addressee)


def addressee_of(parsed: Parsed, verb: int) -> int | None:
    """Whom somebody tells: an object beside the content, "to" somebody, or the subject of a passive."""
    found = child(parsed, verb, "dative")
    if found is not None:
        return object_of(parsed, found) if parsed.pos[found] == "ADP" else found
    to = preposition(parsed, verb, "to")
    if to is not None:
        return object_of(parsed, to)
    found = child(parsed, verb, "dobj")
    if found is not None and lemma_of(parsed, verb) in TELLING:
        return found
    return None


TELLING = frozenset(
    "tell inform notify brief assure remind warn advise ask urge order instruct command beg implore promise".split()
)
