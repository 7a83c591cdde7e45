"""Orders the links of each saying from the source nearest the article to the origin.

Three things lengthen a chain beside a saying's own words (`relays`): a saying inside another's content, a sentence that
goes on with what the one before passed on, and a sentence that tells who spoke to the one who then says something.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from sayso.extract.claims.cues import cues
from sayso.extract.claims.insertions import inserted
from sayso.extract.claims.meetings import meeting
from sayso.extract.claims.participants import Participants
from sayso.extract.claims.sayings import Saying, Voice
from sayso.extract.claims.sources import is_medium
from sayso.extract.clauses import Range, own_subject, subtract, trim
from sayso.model import Parsed, SourceKind

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Chained:
    """A saying with its whole chain; `outer` is the cue of the one in whose content it stands."""

    saying: Saying
    chain: tuple[Voice, ...]
    outer: int | None = None

    @property
    def inner(self) -> bool:
        return self.outer is not None


def nest(parsed: Parsed, sayings: Sequence[Saying], known: Participants | None = None) -> list[Chained]:
    """Gives each saying the links of the saying whose content holds its cue, the outermost first."""
    done: list[Chained] = []
    contents: _Contents[Chained] = _Contents()
    by_sentence: dict[int, Chained] = {}
    by_cue: dict[int, Chained] = {}
    sayings = _with_asides_inside(parsed, _without_denied(parsed, sayings))
    for saying in _outermost_first(parsed, _clip(_part_contrasts(parsed, sayings))):
        around = [one for one in contents.at(saying) if _holds(one.saying.content, saying)]
        around = [one for one in around if not _is_told_of(parsed, one.saying, saying)]
        parent = min(around, key=_narrowest) if around else None
        before = parent.chain if parent else _carried(parsed, saying, by_sentence, known or Participants())
        own = _without_told(parsed, before, saying.links)
        if before and saying.frame == "hearsay" and own[0].head is not None and parsed.pos[own[0].head] == "PRON":
            own = own[1:]  # "The daily says it has learned from a clerk that X"
        chain = _join(before, own)
        if (beside := by_cue.get(parsed.head[saying.cue])) and _shares_outlet(parsed, saying, beside.saying):
            chain = (*before, *beside.saying.links[:-1], *saying.links)
        one = Chained(saying, chain, parent.saying.cue if parent else None)
        done.append(one)
        by_cue[saying.cue] = one
        contents.add(one, saying.content)
        sentence = parsed.sent[saying.cue]
        told = parent is None or saying.frame in _TOPICS
        if told and (sentence not in by_sentence or len(chain) > len(by_sentence[sentence].chain)):
            by_sentence[sentence] = one
    cleared = [_clear(parsed, one) for one in done]
    return sorted(
        (one for one in cleared if one.saying.content), key=lambda one: (one.saying.content[0][0], one.saying.cue)
    )


def _narrowest(one: Chained) -> tuple[int, int]:
    """Where two contents hold a saying and neither holds the other, the longer chain, then the smaller content."""
    return -len(one.chain), sum(last - first for first, last in one.saying.content)


class _Contents(Generic[Item]):
    """Whose content a saying may stand in, looked up by its cue: comparing all pairs takes too long in a transcript."""

    def __init__(self, items: Iterable[tuple[Item, Sequence[Range]]] = ()) -> None:
        self._by_token: dict[int, list[Item]] = defaultdict(list)
        for item, content in items:
            self.add(item, content)

    def add(self, item: Item, content: Sequence[Range]) -> None:
        for token in {token for first, last in content for token in range(first, last + 1)}:
            self._by_token[token].append(item)

    def at(self, inner: Saying) -> Sequence[Item]:
        """In the order in which they were added."""
        return self._by_token.get(inner.links[-1].cue[0], ())


def _around(sayings: Sequence[Saying]) -> dict[int, list[Saying]]:
    """For the number of each saying those whose content holds it."""
    contents = _Contents((one, one.content) for one in sayings)
    return {
        number: [one for one in contents.at(saying) if one is not saying and _holds(one.content, saying)]
        for number, saying in enumerate(sayings)
    }


def _join(outer: tuple[Voice, ...], own: tuple[Voice, ...]) -> tuple[Voice, ...]:
    """Outer links before the saying's own, each phrase once."""
    heads = {link.head for link in own if link.head is not None}
    return (*(link for link in outer if link.head not in heads), *own)


def _without_told(parsed: Parsed, outer: tuple[Voice, ...], own: tuple[Voice, ...]) -> tuple[Voice, ...]:
    """ "The mayor told the Evening Star X, the newspaper reported": one outlet, met last as "the newspaper"."""
    if not outer or len(own) < 2 or outer[-1].cue < own[-1].cue:
        return own
    if own[0].kind is not SourceKind.MEDIA and not _is_outlet(parsed, own[0].head):
        return own
    source = outer[-1].source
    named = source is None or any(parsed.pos[token] == "PROPN" for token in range(source[0], source[1] + 1))
    return own if named or not _is_outlet(parsed, outer[-1].head) else own[1:]


def _is_outlet(parsed: Parsed, head: int | None) -> bool:
    return head is not None and is_medium(parsed, head, (parsed.left[head], head))


def _is_told_of(parsed: Parsed, outer: Saying, inner: Saying) -> bool:
    """ "denied a report by the daily that X": that the daily reported X is the article's own word."""
    if outer.part != "verb" or not outer.frame.startswith("object"):
        return False
    return inner.part == "noun" or (parsed.dep[inner.cue] == "relcl" and inner.cue > outer.cue)


def _shares_outlet(parsed: Parsed, saying: Saying, beside: Saying) -> bool:
    """ "told the radio that X, adding that Y": Y came through the radio too."""
    return (
        parsed.dep[saying.cue] in ("advcl", "conj")
        and len(beside.links) > len(saying.links) == 1
        and saying.links[0].head == beside.links[-1].head
        and saying.addressee is None
    )


def _holds(content: Sequence[Range], inner: Saying) -> bool:
    """Whether the words that make the inner saying one stand in a content."""
    first, last = inner.links[-1].cue
    for low, high in content:  # noqa: SIM110 - the innermost loop of this part; any() takes twice as long
        if low <= first and last <= high:
            return True
    return False


def _clip(sayings: Sequence[Saying]) -> list[Saying]:
    """Keeps the content of an inner saying inside the outer one's; of two that hold each other the likelier stays."""
    kept = sorted(sayings, key=lambda one: (-one.share, one.cue))
    for _ in range(3):
        clipped: list[Saying] = []
        around = _around(kept)
        for number, saying in enumerate(kept):
            outers = around[number]
            if any(_holds(saying.content, one) for one in outers if one in kept[:number]):
                continue
            content = saying.content
            for outer in outers:
                content = tuple(_intersect(content, outer.content))
            if content:
                clipped.append(replace(saying, content=content) if content != saying.content else saying)
        if clipped == kept:
            break
        kept = clipped
    return kept


def _without_denied(parsed: Parsed, sayings: Sequence[Saying]) -> list[Saying]:
    """ "rejected reports that X": one claim, the denial; the reports have no source of their own."""
    verbs = {
        saying.cue for saying in sayings if saying.part == "verb" and saying.frame.startswith(("object", "prep:as"))
    }
    return [
        saying
        for saying in sayings
        if saying.part != "noun"
        or saying.links[-1].head is not None
        or verbs.isdisjoint((above := parsed.head[saying.cue], parsed.head[above]))
    ]


def _with_asides_inside(parsed: Parsed, sayings: Sequence[Saying]) -> list[Saying]:
    """ "The captain said the log was lost, he thought, in the flood": what he thought is part of what he said."""
    kept = []
    for saying in sayings:
        own = inserted(parsed, saying)
        hosts = (one for one in sayings if own and one is not saying and one.cue < own[0] - 2)
        for host in hosts:
            if _holds(host.content, saying) and _holds(saying.content, host):
                content = tuple(_intersect(saying.content, [(host.cue + 1, len(parsed))]))
                content = tuple(_intersect(content, host.content))
                saying = replace(saying, content=content) if content else saying
        kept.append(saying)
    return kept


def _part_contrasts(parsed: Parsed, sayings: Sequence[Saying]) -> list[Saying]:
    """ "The army said X, but residents said Y", "X, he said, though doctors doubt it": Y is no part of X."""
    parts = [own for saying in sayings if (own := _contrast(parsed, saying)) is not None]
    if not parts:
        return list(sayings)
    parted = []
    for saying in sayings:
        holes = [own for own in parts if not own[0] <= saying.cue <= own[1]] if saying.frame != "quote" else []
        content = [piece for part in subtract(saying.content, holes) if (piece := trim(parsed, *part))]
        parted.append(replace(saying, content=tuple(content)) if holes and content else saying)
    return parted


def _contrast(parsed: Parsed, saying: Saying) -> Range | None:
    """The clause of a saying that stands beside another's content: "..., but residents said Y"."""
    verb, head = saying.cue, saying.links[-1].head
    if saying.part != "verb" or head is None:
        return None
    above = parsed.head[parsed.head[verb]] if parsed.dep[verb] == "acl" else parsed.head[verb]
    if parsed.dep[verb] in ("pcomp", "acl") and parsed.text[above].lower() == "with" and parsed.text[above - 1] == ",":
        return above, parsed.right[above]
    low = saying.links[-1].source[0] if saying.links[-1].source else head
    if 2 <= low < verb and parsed.text[low - 1].lower() in _CONTRASTS and parsed.text[low - 2] == ",":
        return low - 1, max(parsed.right[verb], saying.content[-1][1])
    if own_subject(parsed, verb) != head:
        return None
    first, last = parsed.left[verb], parsed.right[verb]
    before = parsed.text[first - 1].lower() if first else ""
    if parsed.dep[verb] == "advcl" and before == "," and _parts(parsed, first, saying):
        return first, last
    if parsed.text[first].lower() == "that":  # "said that X, and that they believed Y"
        return None
    if parsed.dep[verb] == "conj" and before in ("but", "and") and parsed.text[first - 2] == "," and first > 1:
        return first - 1, last
    return None


def _parts(parsed: Parsed, first: int, saying: Saying) -> bool:
    """ "..., though doctors doubt it"; "..., as lawyers had claimed"."""
    word = parsed.text[first].lower()
    closes = parsed.right[saying.cue] + 2 >= parsed.sents[parsed.sent[first]][1]
    return word in _CONTRASTS or (word == "as" and saying.frame == "as" and closes)


_CONTRASTS = frozenset({"though", "although", "while", "whereas"})


def _outermost_first(parsed: Parsed, sayings: Sequence[Saying]) -> list[Saying]:
    """Outer before inner, else in the order of their sentences, so that what goes on finds what it goes on with."""
    around = _around(sayings)
    outers = {saying: around[number] for number, saying in enumerate(sayings)}
    order: dict[Saying, None] = {}
    for saying in sorted(sayings, key=lambda one: (parsed.sent[one.cue], len(outers[one]), one.cue)):
        for outer in sorted(outers[saying], key=lambda one: len(outers[one])):
            order.setdefault(outer)
        order.setdefault(saying)
    return list(order)


def _carried(parsed: Parsed, saying: Saying, by_sentence: dict[int, Chained], known: Participants) -> tuple[Voice, ...]:
    """What the sentence before passes on.

    "The agency quoted a guard as saying X. He added that Y": Y came through the agency too. "The radio spoke to a
    nurse. She said X": X came through the radio.
    """
    number, head = parsed.sent[saying.cue], saying.links[0].head
    before = by_sentence.get(number - 1)
    if _is_one_of_them(parsed, head):
        before = by_sentence.get(number) or before
    if before and len(before.chain) > 1 and _goes_on(parsed, saying, before.saying):
        return before.chain[:-1]
    if number and (before is None or (head is not None and parsed.pos[head] == "PRON" and len(before.chain) < 2)):
        return meeting(parsed, number - 1, saying, known)
    return ()


def _intersect(inner: Sequence[Range], outer: Sequence[Range]) -> list[Range]:
    return [(max(a, c), min(b, d)) for a, b in inner for c, d in outer if max(a, c) <= min(b, d)]


def _goes_on(parsed: Parsed, saying: Saying, before: Saying) -> bool:
    """A pronoun that adds to what came before, or says at last what the sentence before only gave the topic of."""
    head = saying.links[0].head
    if _is_one_of_them(parsed, head):
        return before.links[-1].head is not None
    if head is None or parsed.pos[head] != "PRON" or len(saying.links) > 1:
        return False
    return saying.lemma in cues().carry or before.frame in _TOPICS


_TOPICS = ("prep:regarding", "prep:concerning", "prep:about")


def _is_one_of_them(parsed: Parsed, head: int | None) -> bool:
    """ "one of them", "another of them": somebody of those just spoken of."""
    if head is None or parsed.text[head].lower() not in ("one", "another", "both", "some", "several"):
        return False
    return any(parsed.text[token].lower() == "them" for token in range(head, min(parsed.right[head], head + 3) + 1))


def _clear(parsed: Parsed, one: Chained) -> Chained:
    """No source or cue of the chain stays inside the content."""
    holes = [link.source for link in one.chain if link.source] + [link.cue for link in one.chain]
    content = [piece for part in subtract(one.saying.content, holes) if (piece := trim(parsed, *part))]
    return replace(one, saying=replace(one.saying, content=tuple(content)))
