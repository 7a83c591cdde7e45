"""Groups of articles by the judge of pairs: texts with all their carriers, candidate pairs, scores, average link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sayso.link.cluster import Pair, average_link, ordered
from sayso.link.judge import Scorer, open_judge
from sayso.link.keys import FAR, blocking_keys, proposed_pairs
from sayso.link.profile import Profile, profile
from sayso.model import Analysis

SEEN = 0.2  # a pair less likely than this counts as one that was never a candidate
BATCH = 4096  # pairs judged at once


@dataclass(frozen=True, slots=True)
class Text:
    """One text with the profiles of all articles that carry it word for word, by id of the article."""

    carriers: tuple[Profile, ...]

    @property
    def text(self) -> str:
        return self.carriers[0].text

    @property
    def articles(self) -> tuple[str, ...]:
        return tuple(carrier.article for carrier in self.carriers)

    @property
    def terms(self) -> Mapping[str, float]:
        return self.carriers[0].terms

    @property
    def runs(self) -> frozenset[int]:
        return self.carriers[0].runs

    @property
    def size(self) -> int:
        return self.carriers[0].size


def profile_articles(analyses: Iterable[Analysis]) -> list[Text]:
    """The texts of these articles, in order of their digests."""
    return by_text(profile(analysis) for analysis in analyses)


def by_text(profiles: Iterable[Profile]) -> list[Text]:
    """Profiles grouped by word-for-word text, in order of the texts' digests."""
    carriers: dict[str, list[Profile]] = defaultdict(list)
    for one in sorted(profiles, key=lambda one: one.article):
        carriers[one.text].append(one)
    return [Text(tuple(carriers[text])) for text in sorted(carriers)]


def candidate_pairs(texts: Sequence[Text], most: int = FAR, titles: bool = True) -> list[tuple[int, int]]:
    """Pairs of positions worth judging, `most` days apart at most.

    Without `titles` the bodies alone propose, so that a word-for-word copy under a new title changes nothing.
    """
    held = [(at, carrier) for at, text in enumerate(texts) for carrier in text.carriers]
    found = proposed_pairs(
        [blocking_keys(carrier, titles) for _, carrier in held], [carrier.published for _, carrier in held], most
    )
    pairs = ((held[one][0], held[two][0]) for one, two in found)
    return sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})


def score_pairs(texts: Sequence[Text], purpose: str, judge: Scorer | None = None) -> dict[tuple[int, int], float]:
    """The probability of each candidate pair of positions, low ones left out; of carriers those nearest in time."""
    judge = judge or open_judge(purpose)
    pairs = candidate_pairs(texts)
    scores: list[float] = []
    for start in range(0, len(pairs), BATCH):
        scores += judge.pairs([_nearest(texts[one], texts[two]) for one, two in pairs[start : start + BATCH]])
    return {pair: score for pair, score in zip(pairs, scores, strict=True) if score >= SEEN}


def _nearest(left: Text, right: Text) -> tuple[Profile, Profile]:
    """The carriers of two texts that were published nearest to one another; of equals the first by id."""
    if len(left.carriers) == len(right.carriers) == 1:
        return left.carriers[0], right.carriers[0]
    options = ((one, two) for one in left.carriers for two in right.carriers)
    return min(options, key=lambda pair: (_gap(*pair), pair[0].article, pair[1].article))


def _gap(left: Profile, right: Profile) -> float:
    if left.published is None or right.published is None:
        return float("inf")
    return abs(left.published - right.published)


def group_articles(
    texts: Sequence[Text],
    purpose: str,
    same: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
    judge: Scorer | None = None,
) -> list[tuple[str, ...]]:
    """Groups of article ids that belong together, for "incident" or "story".

    Texts are grouped, so that a word-for-word copy follows its text and outvotes nobody.
    """
    judge = judge or open_judge(purpose)
    text_of = {article: text.text for text in texts for article in text.articles}
    scores = {
        ordered(texts[one].text, texts[two].text): score
        for (one, two), score in score_pairs(texts, purpose, judge).items()
    }
    known = [[(text_of[a], text_of[b]) for a, b in pairs if a in text_of and b in text_of] for pairs in (same, apart)]
    groups = average_link(text_of.values(), scores, judge.threshold, known[0], known[1])
    carried = {text.text: text.articles for text in texts}
    return sorted(tuple(sorted(article for text in group for article in carried[text])) for group in groups)
