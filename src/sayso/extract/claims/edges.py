"""Finds where a content ends that the parser lets run on: at the speaker's next act, at a comment, at the channel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sayso.extract.claims.cues import cues
from sayso.extract.claims.direct import Quoted
from sayso.extract.claims.sayings import Saying, lemma_of
from sayso.extract.clauses import SUBJECTS, Range, is_misplaced, trim
from sayso.model import Parsed

_FINITE = frozenset({"VBZ", "VBD", "VBP", "MD"})


def within_edges(parsed: Parsed, saying: Saying, quotes: Sequence[Quoted]) -> Saying:
    """A saying whose content ends where its speaker's words do."""
    if saying.frame == "quote":
        return _with_condition(parsed, saying)
    last, whole = len(saying.content) - 1, saying.content[-1][1]
    pieces: list[Range] = []
    for number, (first, end) in enumerate(saying.content):
        if first < saying.cue:
            pieces.append((first, end))
            continue
        stop = min((at for rule in RULES if (at := rule(parsed, saying, first, end)) is not None), default=end + 1)
        if stop <= first + (number < last) or any(stop <= quote.last and quote.first <= whole for quote in quotes):
            stop = end + 1  # what is quoted is said
        if left := trim(parsed, _past_time(parsed, saying, first, stop - 1), stop - 1):
            pieces.append(left)
        if stop <= end:
            break
    return replace(saying, content=tuple(pieces)) if pieces and tuple(pieces) != saying.content else saying


def _with_condition(parsed: Parsed, saying: Saying) -> Saying:
    """ "If wages are not paid, the union warned, “we strike”": the condition is said too."""
    head, (first, _) = saying.links[-1].head, parsed.sents[parsed.sent[saying.cue]]
    source = saying.links[-1].source
    if head is None or source is None or saying.content[0][0] < saying.cue or parsed.text[first].lower() not in _IFS:
        return saying
    comma = source[0] - 1
    if comma < first + 2 or parsed.text[comma] != "," or parsed.text[saying.content[0][0] - 1] != ",":
        return saying
    return replace(saying, content=((first, comma - 1), *saying.content))


_IFS = frozenset({"if", "unless", "until", "as"})


def _past_time(parsed: Parsed, saying: Saying, first: int, last: int) -> int:
    """ "said | on Sunday | it had retaken the town": when it was said is no part of what was said."""
    at = first + (parsed.pos[first] == "ADP")
    if first > saying.links[-1].cue[1] + 1 or at > last or parsed.ent[at] not in ("DATE", "TIME"):
        return first
    while at < last and parsed.ent[at] in ("DATE", "TIME"):
        at += 1
    subject = next((kid for kid in range(at, min(last, at + 6)) if parsed.dep[kid] in SUBJECTS), None)
    return at if subject is not None and parsed.left[subject] == at else first


def next_act(parsed: Parsed, saying: Saying, first: int, end: int) -> int | None:
    """ "called on all parties to stop firing | and expressed the hope", "pleaded not guilty | and smiled": what is no
    clause itself cannot go on with one.
    """
    for token in range(first + 2, end + 1):
        if parsed.dep[token] != "conj" or not _is_finite(parsed, token):
            continue
        if is_misplaced(parsed, token) and parsed.head[parsed.head[token]] == saying.cue:
            return _with_joint(parsed, token, first)
        beside = parsed.head[token]
        if not first <= beside < token or _is_finite(parsed, beside) or _is_finite(parsed, parsed.head[beside], first):
            continue
        start = _with_joint(parsed, token, first)
        if start > first and any(parsed.dep[at] == "cc" for at in range(start, token)):
            return start
    return None


def _with_joint(parsed: Parsed, token: int, first: int) -> int:
    """Where a clause begins, with the "and" and the comma before it."""
    start = min(parsed.left[token], token)
    while start - 1 > first and parsed.dep[start - 1] in ("cc", "punct"):
        start -= 1
    return start


def _is_finite(parsed: Parsed, token: int, least: int = 0) -> bool:
    if token < least or parsed.pos[token] not in ("VERB", "AUX"):
        return False
    return parsed.tag[token] in _FINITE or any(
        parsed.dep[kid] in ("aux", "auxpass") and parsed.tag[kid] in _FINITE for kid in parsed.children[token]
    )


def comment(parsed: Parsed, saying: Saying, first: int, end: int) -> int | None:
    """ "said a column had been hit, | a claim the rebels deny": what is thought of the words is none of them."""
    for token in range(first + 2, end - 1):
        if parsed.text[token] != "," or parsed.text[token + 1].lower() not in ("a", "an", "something"):
            continue
        if parsed.text[token + 1].lower() == "something":
            return token if end - token < _SHORT_COMMENT else None
        noun = next((at for at in range(token + 2, min(token + 5, end)) if parsed.pos[at] == "NOUN"), None)
        if noun is not None and lemma_of(parsed, noun) in _COMMENTED and parsed.text[noun + 1] != ",":
            return token
    return None


_SHORT_COMMENT = 8  # tokens: "something local fishermen dispute"
_COMMENTED = frozenset("claim charge accusation allegation assertion figure report account suggestion version".split())


def channel(parsed: Parsed, saying: Saying, first: int, end: int) -> int | None:
    """ "appealed to the fighters to spare the hospital, | in a sermon broadcast live"."""
    for token in range(first + 2, end - 1):
        if parsed.text[token] != "," or parsed.text[token + 1].lower() not in ("in", "during", "on"):
            continue
        noun = next((at for at in range(token + 2, min(token + 6, end + 1)) if parsed.pos[at] == "NOUN"), None)
        if (
            noun is None
            or parsed.dep[token + 1] != "prep"
            or parsed.right[token + 1] < end - 1
            or lemma_of(parsed, noun) not in cues().channel_nouns
        ):
            continue
        if parsed.text[token + 2].lower() in ("a", "an", "his", "her", "its", "their"):
            return token
    return None


def background(parsed: Parsed, saying: Saying, first: int, end: int) -> int | None:
    """ "disputed the figure, | which is three times the official one": the outlet tells more of what is disputed."""
    if not saying.frame.startswith(("object", "to")):
        return None
    for token in range(first + 1, end):
        if parsed.text[token] == "," and parsed.text[token + 1].lower() in ("which", "who", "whose", "where"):
            return token
    return None


RULES: tuple[Callable[[Parsed, Saying, int, int], int | None], ...] = (next_act, comment, channel, background)
