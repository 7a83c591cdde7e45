"""Which articles tell the same main happening or the same story: profiles, candidates, pair scores with reasons.

An article becomes a `Profile` of weighted words, names, numbers and days. Names and words that few articles share
(inverted index, cut by document frequency) propose pairs; a logistic score over nine features judges each.
Document frequency counts *texts*, not articles: forty copies of one wire story must not make its words look common.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from sys import intern
from zlib import crc32

from sayso.link.cluster import Pair, average_link, ordered
from sayso.link.days import published_day, told_days
from sayso.link.words import Words, carries_meaning, normal, read_words, stem
from sayso.model import Analysis, Article

LEAD = 90  # words that open an article
KEPT = 160  # heaviest terms kept of an article
COMMON = 60  # a key in more texts than this proposes no pair
RARE = 12  # a key in at most this many proposes pairs across months
KEYS = 12  # plain terms of an article that may propose pairs; five times as many in an archive of few texts,
SMALL = 400  # where shared words are never rare
UNSEEN = 200  # texts of other matters that we imagine beside a small archive, so that its own topic keeps some weight
SAMPLED = 6  # one run of five words in six is kept
NEAR, FAR = 14, 500  # days
FLOOR = 0.1  # cosine of words below which days and numbers that agree prove nothing


@dataclass(frozen=True, slots=True)
class Profile:
    """What one text is about, ready for comparison, with all articles that carry it word for word."""

    text: str  # digest of the body's words
    articles: tuple[str, ...]  # exact copies of one another, by id
    published: tuple[int, int] | None  # first and last day
    keys: tuple[str, ...]  # what proposes pairs: name phrases and the heaviest terms of the body
    opening: tuple[str, ...]  # the same from title and lead
    terms: Mapping[str, float]  # vectors have length 1
    lead: Mapping[str, float]
    names: Mapping[str, float]  # capitalised words and phrases, by rarity, not normalised
    numbers: Mapping[str, float]
    days: Mapping[int, float]
    runs: frozenset[int]  # hashes of sampled runs of five words
    size: int


@dataclass(frozen=True, slots=True)
class _Counted:
    terms: Counter[str]
    lead: Counter[str]
    names: Counter[str]
    numbers: frozenset[str]
    runs: frozenset[int]
    size: int


def profile_articles(analyses: Sequence[Analysis]) -> list[Profile]:
    """A profile of each text, weighted by how rare its words are among these texts; in order of the texts' digests."""
    carriers: dict[str, list[Analysis]] = defaultdict(list)
    first: dict[str, _Counted] = {}
    for analysis in sorted(analyses, key=lambda analysis: analysis.article.id):
        text = text_digest(analysis.article)
        if text not in carriers:
            first[text] = _count(analysis.article)
        carriers[text].append(analysis)
    counted = {text: first[text] for text in sorted(first)}
    spread: Counter[str] = Counter()
    for one in counted.values():
        spread.update(one.terms.keys())
        spread.update(one.lead.keys() - one.terms.keys())
        spread.update(one.names.keys())
        spread.update("#" + number for number in one.numbers)
    rarity = {term: math.log((len(counted) + UNSEEN) / (count + 0.5)) for term, count in spread.items()}
    keys = KEYS if len(counted) > SMALL else 5 * KEYS
    return [_weigh(text, one, carriers[text], rarity, keys) for text, one in counted.items()]


def text_digest(article: Article) -> str:
    """A digest of the words of the body: equal for word-for-word copies, whatever their titles."""
    words = read_words(article)
    return blake2b(" ".join(words.text).encode("utf-8", "replace"), digest_size=12).hexdigest()


def _count(article: Article) -> _Counted:
    words = read_words(article)
    terms: Counter[str] = Counter()
    lead: Counter[str] = Counter()
    for word in (article.title or "").split():
        plain = normal(word.strip(".,:;!?\"'“”‘’()[]—–-"))
        if plain and carries_meaning(plain):
            lead[stem(plain)] += 1
    numbers = set()
    for at, word in enumerate(words.text):
        if not carries_meaning(word):
            continue
        term = stem(word)
        terms[term] += 1
        if at < LEAD:
            lead[term] += 1
        if word[0].isdigit():
            numbers.add(term)
    return _Counted(terms, lead, _names(words), frozenset(numbers), _sample(words), len(words.text))


def _sample(words: Words) -> frozenset[int]:
    """Hashes of a sixth of the five-word runs, chosen by their own value, so that equal texts choose alike."""
    hashes = (crc32(" ".join(words.text[at : at + 5]).encode("utf-8", "replace")) for at in range(len(words.text) - 4))
    return frozenset(value for value in hashes if value % SAMPLED == 0)


def _names(words: Words) -> Counter[str]:
    """Capitalised words past the first of a sentence, and runs of two or three of them as phrases."""
    found: Counter[str] = Counter()
    run: list[str] = []
    for at, (word, capital) in enumerate(zip(words.text, words.capital, strict=True)):
        opens = at == 0 or words.sentence[at] != words.sentence[at - 1]
        follows = bool(run) and not opens and words.start[at] - words.end[at - 1] <= 2
        if capital and carries_meaning(word) and (not opens):
            run = [*run, word][-3:] if follows else [word]
            found[intern("^" + word)] += 1
            if len(run) > 1:
                found[intern("^" + " ".join(run[-2:]))] += 1
        else:
            run = []
    return found


def _weigh(text: str, one: _Counted, carriers: Sequence[Analysis], rarity: Mapping[str, float], keys: int) -> Profile:
    terms = {term: (1 + math.log(count)) * rarity[term] for term, count in one.terms.items()}
    lead = {term: (1 + math.log(count)) * rarity[term] for term, count in one.lead.items()}
    heavy = dict(sorted(terms.items(), key=lambda item: (-item[1], item[0]))[:KEPT])
    days = sorted(day for carrier in carriers if (day := published_day(carrier.article)) is not None)
    return Profile(
        text=text,
        articles=tuple(carrier.article.id for carrier in carriers),
        published=(days[0], days[-1]) if days else None,
        keys=(*sorted(name for name in one.names if " " in name), *list(heavy)[:keys]),
        opening=tuple(sorted(lead, key=lambda term: (-lead[term], term))[:keys]),
        terms=_unit(heavy),
        lead=_unit(lead),
        names={name: rarity[name] for name in sorted(one.names)},
        numbers={number: rarity["#" + number] for number in sorted(one.numbers)},
        days=told_days(carriers[0]),
        runs=one.runs,
        size=one.size,
    )


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items()} if length else {}


# --------------------------------------------------------------------------- candidates


def candidate_pairs(
    profiles: Sequence[Profile], near: int = NEAR, far: int = FAR, titles: bool = True
) -> list[tuple[int, int]]:
    """Pairs of positions worth judging: a shared uncommon key within `near` days, a rare name within `far`.

    Without `titles` the bodies alone propose, so that a word-for-word copy under a new title changes nothing.
    """
    index: dict[str, list[int]] = defaultdict(list)
    for at, profile in enumerate(profiles):
        for key in sorted({*profile.keys, *(profile.opening if titles else ())}):
            index[key].append(at)
    found: set[tuple[int, int]] = set()
    for key, members in index.items():
        if len(members) > COMMON:
            continue
        reach = far if " " in key and len(members) <= RARE else near
        for position, left in enumerate(members):
            for right in members[position + 1 :]:
                gap = day_gap(profiles[left], profiles[right])
                if gap is None or gap <= reach:
                    found.add((left, right))
    return sorted(found)


def day_gap(left: Profile, right: Profile) -> int | None:
    """Days between the publications that lie nearest; None where one is unknown."""
    if left.published is None or right.published is None:
        return None
    return max(0, left.published[0] - right.published[1], right.published[0] - left.published[1])


# --------------------------------------------------------------------------- pair scores


FEATURES = ("words", "lead", "rare", "names", "numbers", "published", "days agree", "days differ", "phrases")


def compare(left: Profile, right: Profile) -> tuple[float, ...]:
    """How alike two articles are, feature by feature in the order of FEATURES, each about 0 to 1."""
    gap = day_gap(left, right)
    shared = left.names.keys() & right.names.keys()
    phrases = sum(left.names[name] for name in shared if " " in name)
    rare = sum(
        1.0 for term in left.terms.keys() & right.terms.keys() if left.terms[term] > 0.07 and right.terms[term] > 0.07
    )
    agree, differ = _days(left.days, right.days)
    return (
        cosine(left.terms, right.terms),
        cosine(left.lead, right.lead),
        min(rare, 30.0) / 30,
        _overlap(left.names, right.names),
        _overlap(left.numbers, right.numbers),
        math.log1p(gap if gap is not None else 7) / math.log(500),
        agree,
        differ,
        math.log1p(phrases) / 5,
    )


def cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    if len(left) > len(right):
        left, right = right, left
    return sum(weight * right[term] for term, weight in left.items() if term in right)


def _overlap(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """Share of the lighter side's weight that both have."""
    shared = sum(left[key] for key in left.keys() & right.keys())
    smaller = min(sum(left.values()), sum(right.values()))
    return min(1.0, shared / smaller) if smaller else 0.0


def _days(left: Mapping[int, float], right: Mapping[int, float]) -> tuple[float, float]:
    """How much of what they say of days agrees; and how far apart (in log days) the most told days are."""
    if not left or not right:
        return 0.0, 0.3
    agree = sum(min(share, right[day]) for day, share in left.items() if day in right)
    first = max(left, key=lambda day: (left[day], -day))
    second = max(right, key=lambda day: (right[day], -day))
    return agree, min(1.0, math.log1p(abs(first - second)) / 6)


@dataclass(frozen=True, slots=True)
class Weights:
    """A fitted judge of pairs: logistic weights in the order of FEATURES, and the mean score that joins groups."""

    bias: float
    weights: tuple[float, ...]
    threshold: float


def judge_pair(features: Sequence[float], weights: Weights) -> float:
    """The probability, 0 to 1, that a pair belongs together."""
    if max(features[:2]) < FLOOR:
        return 0.0
    total = weights.bias + sum(value * weight for value, weight in zip(features, weights.weights, strict=True))
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, total))))


def score_pairs(profiles: Sequence[Profile], weights: Weights) -> dict[tuple[int, int], float]:
    """The probability of each candidate pair of positions, low ones left out."""
    pairs = candidate_pairs(profiles)
    scored = {(one, two): judge_pair(compare(profiles[one], profiles[two]), weights) for one, two in pairs}
    return {pair: score for pair, score in scored.items() if score > 0.05}


def group_articles(
    profiles: Sequence[Profile],
    weights: Weights,
    same: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
    boost: Mapping[Pair, float] | None = None,
) -> list[tuple[str, ...]]:
    """Groups of article ids that belong together by these weights; `boost` raises the score of known pairs.

    Texts are grouped, so that a word-for-word copy follows its text and outvotes nobody.
    """
    text_of = {article: profile.text for profile in profiles for article in profile.articles}
    scores = {
        ordered(profiles[one].text, profiles[two].text): score
        for (one, two), score in score_pairs(profiles, weights).items()
    }
    for (left, right), score in (boost or {}).items():
        pair = ordered(text_of[left], text_of[right])
        if pair[0] != pair[1]:
            scores[pair] = max(scores.get(pair, 0.0), score)
    known = [[(text_of[a], text_of[b]) for a, b in pairs if a in text_of and b in text_of] for pairs in (same, apart)]
    groups = average_link(text_of.values(), scores, weights.threshold, *known)
    carried = {profile.text: profile.articles for profile in profiles}
    return sorted(tuple(sorted(article for text in group for article in carried[text])) for group in groups)
