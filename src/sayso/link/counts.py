"""What one article says of the harmed: each figure with its day and whose it is, and the figures that it takes back.

Which origin the article goes back to, and which incident a figure belongs to, is left open: both may change as other
articles come, what an article says does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sayso.link.days import ordinal, published_day
from sayso.link.sentences import sentence_around
from sayso.model import SHOT, Actor, Analysis, Claim, Harm, SourceKind, Stance, Toll, VictimKind
from sayso.text import fold

SMALLEST = 5  # figures below are too common to be told by number alone
_RECALLED = re.compile(
    r"\b(?:withdr(?:awn?|ew|aws|awing)|t(?:akes?|aken|aking|ook) back|retract(?:ed|s|ion)|erroneous(?:ly)?|an? error|"
    r"in error|by mistake|mistaken(?:ly)?|technical (?:error|fault|mistake)|disown(?:ed|s)|recant(?:ed|s)|"
    r"deleted the (?:post|figure|message))\b",
    re.IGNORECASE,
)
# A figure as the thing that is called back: "the figure of 164 dead", "the report of 164 people killed".
_FIGURE = re.compile(
    r"\b(?:figures?|tolls?|counts?|tall(?:y|ies)|numbers?|totals?|reports?|claims?)"
    r"(?:\s+(?:of|at|as|for))?\s+(?:(?:the|about|some|over|than|more|at|least|nearly|almost)\s+){0,3}"
    r"(\d{1,3}(?:[ ,]\d{3})+|\d+)(?!\s*(?:%|per cent|percent|January|February|March|April|May|June|July|August|"
    r"September|October|November|December))",
    re.IGNORECASE,
)
# Words by which somebody corrects a figure; who only denies or rejects another's figure has not taken it back.
_REVISED = re.compile(
    r"\b(?:revis\w+|correct(?:ed|s|ion|ing)|lower(?:ed|s|ing)|reduc\w+|cut|scaled|adjust\w+|amend\w+|down from|"
    r"instead of|rather than|twice|miscount\w*|recount\w*)\b",
    re.IGNORECASE,
)
_SPEAKER = re.compile(
    r"\b(?:the|an?|its|his|her|their|spokes(?:man|woman|person|people)|officials?|sources?|representatives?|of|for|at|in|"
    r"from|local|senior|head|chief)\b|'s\b|[^\w ]"
)
_NAMELESS = frozenset({SourceKind.AGENCY, SourceKind.REPORTERS, SourceKind.ANONYMOUS})


@dataclass(frozen=True, slots=True)
class Told:
    """One figure as one article tells it."""

    id: str  # of its toll
    article: str
    harm: Harm
    low: int
    high: int | None  # None: open above
    event: str | None = None
    day: int | None = None  # of publication
    moment: int | None = None  # the day it stands for, else of publication
    source: str | None = None  # who gives it, in folded words; None: the outlet itself, or nobody who is named
    kind: VictimKind | None = None
    shot: bool = False  # who is shot is hurt at least
    gone: bool = False  # the article itself denies it, retracts it or calls it wrong
    instead: str | None = None  # the toll that the article gives in its place
    ids: tuple[str, ...] = ()  # of the tolls that it sums, where it sums several

    @property
    def tolls(self) -> tuple[str, ...]:
        return self.ids or (self.id,)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A figure that an article says somebody withdrew or corrected, wherever it was told before."""

    article: str
    day: int | None
    figure: int
    harm: Harm | None = None  # None: of any harm
    source: str | None = None  # whose figure it was; None: whosever
    instead: str | None = None  # -> Toll that replaces it


def read_counts(analysis: Analysis) -> tuple[Told, ...]:
    """The figures of an article but for parts of others, joined victims summed; in order of the text."""
    day = published_day(analysis.article)
    times = {time.id: time for time in analysis.times}
    voices = _Voices(analysis)
    denied = _denied(analysis)
    found = []
    for toll, ids in join_tolls(analysis.article.text, [toll for toll in analysis.tolls if not toll.part]):
        as_of = times.get(toll.as_of or "")
        stated = ordinal(as_of.last or as_of.first) if as_of else None
        found.append(
            Told(
                id=toll.id,
                article=analysis.article.id,
                harm=toll.harm,
                low=toll.low,
                high=toll.high,
                event=toll.event,
                day=day,
                moment=stated if stated is not None else day,
                source=voices.of(toll),
                kind=toll.kind,
                shot=any(reason.name == SHOT for reason in toll.reasons),
                gone=toll.withdrawn or (bool(denied & set(ids)) and toll.low > 0),
                instead=_replacement(analysis, toll) if toll.withdrawn else None,
                ids=ids if len(ids) > 1 else (),
            )
        )
    return tuple(found)


def taken_back(analysis: Analysis) -> tuple[TakenBack, ...]:
    """The figures that an article says were withdrawn or corrected."""
    id, day = analysis.article.id, published_day(analysis.article)
    voices = _Voices(analysis)
    found = []
    for toll in analysis.tolls:
        instead = _replacement(analysis, toll) if toll.withdrawn else None
        if toll.withdrawn and toll.low > 0 and (instead or _is_revised(analysis, toll)):
            found.append(TakenBack(id, day, toll.low, toll.harm, voices.of(toll), instead))
    known = {one.figure for one in found}
    recalled = recalled_figures(analysis)
    found += [TakenBack(id, day, figure) for figure in sorted(recalled[1] - known if recalled else ())]
    return tuple(found)


def _sentence(analysis: Analysis, toll: Toll) -> str:
    return sentence_around(analysis.article.text, toll.span.start, toll.span.end)[0]


def _is_revised(analysis: Analysis, toll: Toll) -> bool:
    sentence = _sentence(analysis, toll)
    return bool(_REVISED.search(sentence) or _RECALLED.search(sentence))


def _replacement(analysis: Analysis, wrong: Toll) -> str | None:
    """The toll that stands for a wrong one: of the same harm in the same sentence, where that speaks of correcting."""
    if not _is_revised(analysis, wrong):
        return None
    sentence = _sentence(analysis, wrong)
    near = [
        toll
        for toll in analysis.tolls
        if toll.harm is wrong.harm and not toll.withdrawn and not toll.part and _sentence(analysis, toll) == sentence
    ]
    first = min(near, key=lambda toll: (abs(toll.span.start - wrong.span.start), toll.id), default=None)
    return first.id if first else None


# --------------------------------------------------------------------------- whose figure it is


class _Voices:
    """Who gives the figures of one article."""

    def __init__(self, analysis: Analysis) -> None:
        self._claims: dict[str, Claim] = {claim.id: claim for claim in analysis.claims}
        self._actors: dict[str, Actor] = {actor.id: actor for actor in analysis.actors}
        self._article = analysis.article

    def of(self, toll: Toll) -> str | None:
        """The first source of the claim with the longest chain; None where nobody is named."""
        held = [self._claims[id] for id in toll.claims if id in self._claims]
        held = [claim for claim in held if claim.chain and claim.stance is not Stance.DENIES]
        if not held:
            return None
        last = max(held, key=lambda claim: (len(claim.chain), claim.id)).chain[-1]
        actor = self._actors.get(last.actor or "")
        name = actor.name if actor else self._article.quote(last.span) if last.span else ""
        return None if last.kind in _NAMELESS else _speaker(name)


def _speaker(name: str) -> str | None:
    """A name without articles, titles and spokespeople, word by word in order; None where nothing is left."""
    return " ".join(sorted(set(_SPEAKER.sub(" ", fold(name)).split()))) or None


def same_source(one: str | None, two: str | None) -> bool:
    """Whether two named sources may be one: the words of one are among those of the other."""
    if one is None or two is None:
        return False
    left, right = set(one.split()), set(two.split())
    return left <= right or right <= left


# --------------------------------------------------------------------------- joined victims, denials, recalls


# What may stand between joined victims: "Ana, 29, and her two sons".
# No new line: a title that ends on a figure is not joined with the one that the body opens with.
_JOINED = re.compile(r"[ ,]*(?:\d{1,3}[ ,]+)?(?:and|&|as well as|plus)?[ ,]*(?:(?:his|her|their|the|an?) +)?")


def join_tolls(text: str, tolls: Iterable[Toll]) -> list[tuple[Toll, tuple[str, ...]]]:
    """The tolls with joined victims of several kinds summed, each with the ids of those that it sums."""
    joined: list[tuple[Toll, tuple[str, ...]]] = []
    for toll in sorted(tolls, key=lambda toll: (toll.span, toll.id)):
        last, ids = joined[-1] if joined else (None, ())
        if last is not None and _is_joined(text, last, toll):
            high = None if last.high is None or toll.high is None else last.high + toll.high
            span = replace(last.span, end=toll.span.end)
            whole = replace(last, low=last.low + toll.low, high=high, span=span, victims=None, kind=None)
            joined[-1] = (whole, (*ids, toll.id))
        else:
            joined.append((toll, (toll.id,)))
    return joined


def _is_joined(text: str, one: Toll, two: Toll) -> bool:
    """Whether two tolls of one harm stand side by side as one phrase."""
    same = one.harm is two.harm and one.cumulative == two.cumulative and one.part == two.part
    whole = one.low > 0 and two.low > 0 and one.withdrawn == two.withdrawn
    if not (same and whole and one.event == two.event and one.span.end < two.span.start):
        return False
    return bool(_JOINED.fullmatch(text[one.span.end : two.span.start]))


def _denied(analysis: Analysis) -> frozenset[str]:
    """Tolls that stand under a claim that denies them; who "did not deny" a figure has not denied it."""
    denying = {claim.id: claim for claim in analysis.claims if claim.stance is Stance.DENIES and claim.negation is None}
    about = {id for claim in denying.values() for id in claim.about}
    return frozenset(toll.id for toll in analysis.tolls if toll.id in about or denying.keys() & set(toll.claims))


def recalled_figures(analysis: Analysis) -> tuple[int, frozenset[int]] | None:
    """The day of a report and the figures it calls withdrawn: in each sentence the one nearest to the word for it."""
    article = analysis.article
    day = published_day(article)
    if day is None or not _RECALLED.search(article.text):
        return None
    numbers: set[int] = set()
    for sentence in re.split(r"(?<=[.!?])\s+|\n", article.text):
        for word in _RECALLED.finditer(sentence):
            figures = [
                (_distance(word.span(), found.span()), found.start(), found[1]) for found in _FIGURE.finditer(sentence)
            ]
            numbers.update(int(re.sub(r"\D", "", text)) for _, _, text in sorted(figures)[:1])
    kept = frozenset(number for number in numbers if SMALLEST <= number < 10_000_000 and not 1900 <= number <= 2100)
    return (day, kept) if kept else None


def _distance(one: tuple[int, int], two: tuple[int, int]) -> int:
    return max(one[0] - two[1], two[0] - one[1])
