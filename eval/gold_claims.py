"""The open gold set of claims in `gold/`: is each claim found, and is its chain of sources right?

A claim is found when a predicted one shares at least half of the words of both contents; pairs are one to one, best
first. Its chain is right when it has the gold links in the gold order, each on a head word of the gold source or naming
nobody where nobody is named; agencies that only the credits name are no part of it. Fields are judged on found claims.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from eval.harness import Figure, Line
from gold.claims import GoldClaim, GoldLink, GoldText, halves, load
from sayso.model import Analysis, Article, Claim, Link, SourceKind, Span

# Where the phrase after the head begins ("the spokesman | for the ministry") and where the possessor ends.
_AFTER_HEAD = re.compile(
    r"(?<=\w)(?:,|\s\(|\s(?:of|for|from|in|at|on|with|by|to|near|who|which|that|familiar|close|briefed|said)\b)"
)
_POSSESSOR = re.compile(r".*(?:['’]s|s['’])(?=\s)", re.DOTALL)
_NO_HEAD = set("a an the this that his her its their our my your one two three several some many other".split())
_FIELDS = ("addressee", "channel", "time", "hedge", "negation", "within")
_MEDIA = (SourceKind.MEDIA, SourceKind.AGENCY)
_ACCURACIES = ("stance", "certainty", "mode")


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold claim, by its place in the text, and the predicted claim that it was found as."""

    number: int
    gold: GoldClaim
    claim: Claim


@dataclass(slots=True)
class Tally:
    """Right answers of those given and of those asked for."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def add(self, right: int, predicted: int, gold: int) -> None:
        self.right, self.predicted, self.gold = self.right + right, self.predicted + predicted, self.gold + gold

    def rates(self) -> dict[str, float]:
        precision, recall = _share(self.right, self.predicted), _share(self.right, self.gold)
        mean = _share(2 * self.right, self.predicted + self.gold)
        return {"P": precision, "R": recall, "F": mean, "right": self.right, "gold": self.gold}


def measure(line: Line) -> dict[str, Any]:
    """The figures of each half that is here."""
    return {half: score(load(half), line.code(text.article for text in load(half))) for half in halves()}


def score(texts: Sequence[GoldText], analyses: Iterable[Analysis]) -> dict[str, dict[str, float]]:
    """Rates by what is judged; "R" is the accuracy where each gold item wants one answer."""
    tallies = {name: Tally() for _, name, _ in _ROWS}
    for text, analysis in zip(texts, analyses, strict=True):
        for name, right, predicted, gold in _judge(text, analysis):
            tallies.setdefault(name, Tally()).add(right, predicted, gold)
    return {name: tally.rates() for name, tally in tallies.items()}


def match(text: GoldText, analysis: Analysis) -> list[Pair]:
    """Gold claims with the predicted ones they were found as: best shared content first, then longest shared chain."""
    wanted = [_words(text, claim.content) for claim in text.claims]
    given = [_words(text, claim.content) for claim in analysis.claims]
    ranked = sorted(
        (-shared, -len(agreeing_links(text, text.claims[one], analysis.claims[two])), one, two)
        for one, left in enumerate(wanted)
        for two, right in enumerate(given)
        if (shared := len(left & right) / len(left | right)) >= 0.5
    )
    taken: tuple[set[int], set[int]] = set(), set()
    pairs: list[Pair] = []
    for _, _, one, two in ranked:
        if one not in taken[0] and two not in taken[1]:
            taken[0].add(one)
            taken[1].add(two)
            pairs.append(Pair(one, text.claims[one], analysis.claims[two]))
    return sorted(pairs, key=lambda pair: pair.number)


def chain_is_right(text: GoldText, gold: GoldClaim, claim: Claim) -> bool:
    """Whether the predicted chain has the gold links, all of them and in their order."""
    links = said_links(claim)
    return len(links) == len(gold.chain) and all(
        _agree(text, want, got) for want, got in zip(gold.chain, links, strict=True)
    )


def said_links(claim: Claim) -> list[Link]:
    """A chain without the agencies that only the credits name."""
    return [link for link in claim.chain if link.span or link.cue or link.kind is not SourceKind.AGENCY]


def agreeing_links(text: GoldText, gold: GoldClaim, claim: Claim) -> list[tuple[GoldLink, Link]]:
    """Each gold link with the predicted link on the same source, where there is one."""
    links = said_links(claim)
    return [
        (want, found)
        for want in gold.chain
        if (found := next((link for link in links if _agree(text, want, link)), None)) is not None
    ]


def wrong_fields(text: GoldText, analysis: Analysis, pair: Pair, pairs: Sequence[Pair]) -> list[str]:
    """What a found claim has wrong, for people who read the errors."""
    wrong = [] if chain_is_right(text, pair.gold, pair.claim) else ["chain"]
    wrong += [name for name in _ACCURACIES if getattr(pair.gold, name) != getattr(pair.claim, name)]
    wrong += [name for name, *counts in _fields(analysis, pair, pairs) if len(set(counts)) > 1]
    return wrong + [name for name, right, _, _ in _links(text, analysis, pair) if not right]


_Judged = Iterator[tuple[str, int, int, int]]  # what is judged, right, predicted, gold


def _judge(text: GoldText, analysis: Analysis) -> _Judged:
    pairs = match(text, analysis)
    whole = [pair for pair in pairs if chain_is_right(text, pair.gold, pair.claim)]
    yield "claims", len(pairs), len(analysis.claims), len(text.claims)
    yield "chain", len(whole), len(analysis.claims), len(text.claims)
    yield "chain of found", len(whole), len(pairs), len(pairs)
    long = sum(len(claim.chain) > 1 for claim in text.claims)
    yield "long chain", sum(len(pair.gold.chain) > 1 for pair in whole), 0, long
    yield "stance of all", sum(pair.gold.stance == pair.claim.stance for pair in pairs), 0, len(text.claims)
    if not text.claims:
        yield "free of claims", not analysis.claims, 1, 1
    yield from _observations(text, analysis)
    for pair in pairs:
        for name in _ACCURACIES:
            yield name, getattr(pair.gold, name) == getattr(pair.claim, name), 1, 1
        yield f"stance {pair.gold.stance}", pair.gold.stance == pair.claim.stance, 1, 1
        yield from _links(text, analysis, pair)
        yield from _fields(analysis, pair, pairs)


def _links(text: GoldText, analysis: Analysis, pair: Pair) -> _Judged:
    """Kind and actor of each source that was found."""
    names = {actor.id: actor.name.casefold() for actor in analysis.actors}
    for want, got in agreeing_links(text, pair.gold, pair.claim):
        if want.source and want.kind:
            yield "kind", want.kind == got.kind, 1, 1
        if want.source and want.actor:
            name, full = names.get(got.actor or "", ""), want.actor.casefold()
            yield "actor", bool(name) and (name in full or full in name), 1, 1


def _fields(analysis: Analysis, pair: Pair, pairs: Sequence[Pair]) -> _Judged:
    """What only some claims have."""
    gold, claim = pair.gold, pair.claim
    actors = {actor.id: actor.spans for actor in analysis.actors}
    times = {time.id: (time.span,) for time in analysis.times}
    places = {
        "addressee": (*actors.get(claim.addressee or "", ()), *([claim.addressed] if claim.addressed else ())),
        "time": times.get(claim.time or "", ()),
        **{name: (span,) if (span := getattr(claim, name)) else () for name in ("channel", "hedge", "negation")},
    }
    for name, given in places.items():
        want: Span | None = getattr(gold, name)
        if name == "addressee":  # a medium that was told is a link: naming it again is neither right nor wrong
            media = [link.source for link in gold.chain if link.source and link.kind in _MEDIA]
            given = tuple(span for span in given if not any(span.overlaps(medium) for medium in media))
            want = None if want and any(want.overlaps(medium) for medium in media) else want
        yield name, bool(want and any(want.overlaps(span) for span in given)), bool(given), want is not None
    outer = next((other.claim.id for other in pairs if other.number == gold.within), None)
    right = claim.within is not None and claim.within == outer
    yield "within", right, claim.within is not None, gold.within is not None


def _observations(text: GoldText, analysis: Analysis) -> _Judged:
    """First-hand passages, one to one with the observations that touch them."""
    free = list(analysis.observations)
    right = 0
    for passage in text.firsthand:
        found = next(
            (one for one in free if any(passage.words.overlaps(span) for span in (one.cue, one.content))), None
        )
        if found:
            free.remove(found)
            right += 1
    yield "first-hand", right, len(analysis.observations), len(text.firsthand)


def _agree(text: GoldText, want: GoldLink, got: Link) -> bool:
    if want.source is None or got.span is None:
        return want.source is None and got.span is None
    return any(got.span.overlaps(head) for head in head_words(text.article, want.source))


def head_words(article: Article, source: Span) -> list[Span]:
    """The words at the head of a source: "spokesman" of "the mayor's spokesman for roads"."""
    words = article.quote(source)
    after = _AFTER_HEAD.search(words)
    end = after.start() if after else len(words)
    possessor = _POSSESSOR.match(words[:end])
    found = [
        Span(source.article, source.start + word.start(), source.start + word.end())
        for word in re.compile(r"\w+").finditer(words, possessor.end() if possessor else 0, end)
        if word[0].lower() not in _NO_HEAD
    ]
    return found or [source]


def _words(text: GoldText, content: Sequence[Span]) -> set[int]:
    """Where the words of a content begin; punctuation and quotation marks do not count."""
    word = re.compile(r"\w+")
    return {found.start() for span in content for found in word.finditer(text.article.text, span.start, span.end)}


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


# --------------------------------------------------------------------------- the table

_ROWS = (
    ("claims F1", "claims", "F"),
    ("claims precision", "claims", "P"),
    ("claims recall", "claims", "R"),
    ("chain, all claims", "chain", "R"),
    ("chain, found claims", "chain of found", "R"),
    ("chain, two links or more", "long chain", "R"),
    ("stance, all claims", "stance of all", "R"),
    ("stance, found claims", "stance", "R"),
    ("certainty", "certainty", "R"),
    ("mode", "mode", "R"),
    ("kind of source", "kind", "R"),
    ("actor of source", "actor", "R"),
    *((f"{name} F1", name, "F") for name in _FIELDS),
    ("first-hand precision", "first-hand", "P"),
    ("first-hand recall", "first-hand", "R"),
    ("free of claims", "free of claims", "R"),
)


def _trivial(texts: Sequence[GoldText]) -> dict[str, float]:
    """What the commonest answer gets; an answer without any claim keeps all texts free of them."""
    claims = [claim for text in texts for claim in text.claims]
    answers = {name: Counter(getattr(claim, name) for claim in claims) for name in _ACCURACIES}
    answers["kind"] = Counter(link.kind for claim in claims for link in claim.chain if link.source)
    return {
        "free of claims": 1.0,
        **{name: max(counts.values(), default=0) / max(counts.total(), 1) for name, counts in answers.items()},
    }


def _figures() -> Iterator[Figure]:
    for half in halves():
        trivial = _trivial(load(half))
        for title, name, rate in _ROWS:
            yield Figure(f"{half} {title}", (half, name, rate), "-", round(trivial.get(name, 0.0), 3))


FIGURES = tuple(_figures())
