"""Reads every word that may introduce somebody's words in all ways the sentence allows: what could be its content?

Readings are many and mostly wrong; `ranking` tells which of them, if any, a reader would take. The constructions of
`propose` are among them; the rest is read off the parse without knowing any word.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from sayso.extract.claims.direct import Quoted, quotation_at, widen
from sayso.extract.claims.sayings import Saying, voice
from sayso.extract.claims.sieve import is_claim
from sayso.extract.claims.verbs import clause_content
from sayso.extract.clauses import SUBJECTS, Range, cue_range, has_word, merge, subject_of, subtract, trim
from sayso.model import Parsed

Content = tuple[Range, ...]

_NO_CONTENT = frozenset(
    "punct aux auxpass neg det cc conj nsubj nsubjpass csubj csubjpass mark expl prt poss case predet nummod".split()
)
_PREPOSITIONS = frozenset({"prep", "agent", "dative"})
_BESIDE = frozenset({"parataxis", "advcl", "ccomp", "prep", "conj", "relcl", "intj", "npadvmod", "acl", "dep"})
_COPULAS = frozenset({"be", "seem", "remain", "become", "feel", "appear", "sound", "get", "stay"})
_CUTTABLE = frozenset({"ccomp", "xcomp", "dobj", "prep", "acl", "advcl", "relcl", "pcomp", "oprd"})
_LOOSE = frozenset({"conj", "advcl", "relcl", "prep", "parataxis", "acl", "ccomp", "appos", "npadvmod"})
_RUN_ON = 6  # quotations in a row that may be one speaker's


@dataclass(frozen=True, slots=True)
class Reading:
    """One content that a word could introduce; `saying` where a construction of the grammar says the same."""

    head: int
    kind: str
    content: Content
    widened: bool = False  # a quotation that the parser cut was taken whole
    saying: Saying | None = None
    objected: bool = False  # the sieve speaks against the construction


def readings(
    parsed: Parsed,
    head: int,
    quotes: Sequence[Quoted],
    proposed: Iterable[Saying] = (),
    is_hopeful: Callable[[str], bool] = lambda kind: True,
) -> list[Reading]:
    """Everything that a word could introduce, each content once, without its own source and cue in it.

    `is_hopeful` tells which kinds of construction are worth reading for this word; what the grammar proposes always is.
    """
    found: dict[Content, Reading] = {}
    for saying in proposed:
        wide = widen(saying, quotes)
        if wide.share and wide.content not in found:
            found[wide.content] = Reading(
                head, "grammar", wide.content, wide is not saying, wide, not is_claim(parsed, wide)
            )
    around, holes = quotation_at(quotes, head), _own_words(parsed, head)
    for kind, content in chain(_contents(parsed, head, quotes), _cut(parsed, head)):
        if not is_hopeful(kind):
            continue
        for widened, wide_content in _widths(content, quotes, around):
            clear = _clear(parsed, wide_content, holes[:1] if kind == "raised" else holes)
            if not clear or _is_no_content(parsed, head, clear):
                continue
            known = found.get(clear)
            if known is None:
                found[clear] = Reading(head, kind, clear, widened)
            elif known.kind == "grammar":
                found[clear] = Reading(head, kind, clear, widened, known.saying, known.objected)
    return list(found.values())


def _widths(content: Content, quotes: Sequence[Quoted], around: Quoted | None) -> Iterator[tuple[bool, Content]]:
    """A content as it is, and with the quotations it touches whole; inside a quotation it stays inside."""
    if around is not None:
        yield (
            False,
            tuple(
                (max(low, around.first + 1), min(high, around.last - 1))
                for low, high in content
                if max(low, around.first + 1) <= min(high, around.last - 1)
            ),
        )
        return
    yield False, content
    touched: list[Range] = []
    for low, high in content:
        at = max(0, bisect_right(quotes, low, key=lambda quote: quote.first) - 1)
        for quote in quotes[at:]:
            if quote.first > high:
                break
            if quote.last >= low:
                touched.append((quote.first, quote.last))
    if touched:
        yield True, tuple(merge([*content, *touched]))


def _own_words(parsed: Parsed, head: int) -> list[Range]:
    """The cue of a word and the phrase of its subject or possessor, which are no content."""
    cue, subject = cue_range(parsed, head), None
    if parsed.pos[head] in ("VERB", "AUX"):
        subject = subject_of(parsed, head)
    for kid in parsed.children[head]:
        if parsed.dep[kid] == "poss":
            subject = kid
    source = voice(parsed, subject, cue).source if subject is not None else None
    return [cue, source] if source else [cue]


def _clear(parsed: Parsed, content: Content, holes: Sequence[Range]) -> Content:
    pieces = [found for piece in subtract(content, holes) if (found := trim(parsed, *piece))]
    return tuple(piece for piece in merge(pieces) if has_word(parsed, *piece))


def _is_no_content(parsed: Parsed, head: int, content: Content) -> bool:
    """A lone pronoun, or what only goes on with the word itself: "neither confirmed | nor denied"."""
    first, last = content[0]
    if parsed.dep[first] == "cc" and parsed.head[first] == head:
        return True
    return len(content) == 1 and first == last and parsed.pos[first] in ("PRON", "DET")


def _contents(parsed: Parsed, head: int, quotes: Sequence[Quoted]) -> Iterator[tuple[str, Content]]:
    kids, above = parsed.children[head], parsed.head[head]
    yield from _governed(parsed, head, kids, "")
    if parsed.pos[head] in ("NOUN", "ADJ", "ADV") and above != head and parsed.lemma[above] in _COPULAS:
        yield from _governed(parsed, above, [kid for kid in parsed.children[above] if kid > head], "be ")
    yield from _stretches(parsed, head, kids)
    if above != head and parsed.dep[head] in _BESIDE:
        own = (parsed.left[head], parsed.right[head])
        yield "up", tuple(subtract([(parsed.left[above], parsed.right[above])], [own]))
    yield from _sentence(parsed, head)
    yield from _quoted(parsed, head, quotes)


def _governed(parsed: Parsed, head: int, kids: Sequence[int], prefix: str) -> Iterator[tuple[str, Content]]:
    """What hangs on a word, each thing by itself; of a preposition what it governs."""
    for kid in kids:
        relation = parsed.dep[kid]
        if relation in _NO_CONTENT:
            continue
        if relation in _PREPOSITIONS:
            if kid > head and kid < parsed.right[kid]:
                yield f"{prefix}prep", ((kid + 1, parsed.right[kid]),)
        else:
            side = "" if kid > head else "before "
            whole = ((parsed.left[kid], parsed.right[kid]),)
            yield f"{prefix}{side}{relation}", tuple(clause_content(parsed, kid)) if relation == "ccomp" else whole


def _cut(parsed: Parsed, head: int) -> Iterator[tuple[str, Content]]:
    """What hangs on a word without the last thing hung on that: "said X, and Y did Z", "wants X after Y"."""
    for kid in parsed.children[head]:
        if kid < head or parsed.dep[kid] not in _CUTTABLE:
            continue
        ends = [end for end in _ends(parsed, kid) if end > kid]
        for node in parsed.children[kid]:
            if parsed.dep[kid] in _PREPOSITIONS and parsed.dep[node] in ("pobj", "pcomp"):
                ends += [end for end in _ends(parsed, node) if end >= node]
        first = kid + 1 if parsed.dep[kid] in _PREPOSITIONS else parsed.left[kid]
        for end in sorted(set(ends), reverse=True)[:2]:
            yield "cut", ((first, end),)


def _ends(parsed: Parsed, top: int) -> Iterator[int]:
    """Where a phrase or clause would end without what follows its head after a comma, a conjunction or a mark."""
    for kid in parsed.children[top]:
        begin = parsed.left[kid]
        if kid > top and begin > top + 1 and parsed.dep[kid] in _LOOSE:
            before = begin - 1
            if parsed.dep[kid] == "conj" or parsed.text[before] in (",", "-", "--", "—") or parsed.dep[kid] == "advcl":
                while before > top and parsed.dep[before] in ("cc", "punct"):
                    before -= 1
                yield before


def _stretches(parsed: Parsed, head: int, kids: Sequence[int]) -> Iterator[tuple[str, Content]]:
    """From each thing after a word to the end of all it governs; with the subject of a passive ("is said to have")."""
    after = [kid for kid in kids if kid > head and parsed.dep[kid] not in _NO_CONTENT]
    last = parsed.right[head]
    for number, kid in enumerate(after[:3]):
        if number + 1 < len(after):
            yield "run", ((parsed.left[kid], last),)
    if len(after) > 2:
        yield "pair", ((parsed.left[after[0]], parsed.right[after[1]]),)
    subject = next((kid for kid in kids if parsed.dep[kid] in ("nsubjpass", "nsubj") and kid < head), None)
    if subject is not None and parsed.right[subject] < head:
        whole = (parsed.left[subject], parsed.right[subject])
        for kid in after:
            if parsed.dep[kid] in ("xcomp", "oprd", "prep"):
                yield "raised", (whole, (parsed.left[kid], parsed.right[kid]))


def _sentence(parsed: Parsed, head: int) -> Iterator[tuple[str, Content]]:
    """What stands before or after the clause of a word in its sentence."""
    first, last = parsed.sents[parsed.sent[head]]
    low, high = cue_range(parsed, head)
    for kid in parsed.children[head]:
        if parsed.dep[kid] in SUBJECTS:
            low, high = min(low, parsed.left[kid]), max(high, parsed.right[kid])
    if low - first > 2:
        yield "sentence before", ((first, low - 1),)
    if last - high > 3:
        yield "sentence after", ((high + 1, last - 1),)
        if low - first > 2:
            yield "sentence around", ((first, low - 1), (high + 1, last - 1))
    if parsed.pos[head] in ("ADP", "ADV", "SCONJ", "NOUN") or parsed.dep[head] in ("prep", "advcl"):
        own = (min(low, parsed.left[head]), max(high, parsed.right[head]))
        left = subtract([(first, last - 1)], [own])
        if left:
            yield "sentence without", tuple(left)


def _quoted(parsed: Parsed, head: int, quotes: Sequence[Quoted]) -> Iterator[tuple[str, Content]]:
    """The quotations next to a word, with those that run on from them; both where the word interrupts."""
    if not quotes or quotation_at(quotes, head) is not None:
        return
    number = bisect_right(quotes, head, key=lambda quote: quote.first)
    sentence = parsed.sent[head]
    before: Range | None = None
    if number and sentence - parsed.sent[quotes[number - 1].last] <= 1:
        before = (quotes[number - 1].first, quotes[number - 1].last)
        yield "quote before", (before,)
    if number == len(quotes) or parsed.sent[quotes[number].first] - sentence > 1:
        return
    after = (quotes[number].first, quotes[number].last)
    yield "quote after", (after,)
    end = after[1]
    for further in quotes[number + 1 : number + _RUN_ON]:
        if further.first - end > 3:
            break
        end = further.last
    if end != after[1]:
        yield "quotes after", ((after[0], end),)
    if before:
        yield "quotes around", (before, after)
