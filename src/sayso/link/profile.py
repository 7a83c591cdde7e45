"""What one article is about, ready for comparison: its words by rarity, names, days, ages, hours, streets and places.

A profile is made from one article alone, with rarities from a fixed table, so that it can be stored with the article
and never changes. It needs no parse: the cues are weak evidence for comparing articles, and never become a record.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from sys import intern
from typing import NamedTuple, TypeVar
from zlib import crc32

from sayso.link.days import cued_days, published_day
from sayso.link.rarity import Rarity, open_rarity
from sayso.link.words import Words, carries_meaning, normal, read_words, stem
from sayso.model import Analysis, Article

OPENING = 90  # words that open an article
LEAD = 60  # heaviest terms kept of title and opening
SCENE = 80  # and of the sentences that tell of a happening
NUMBERS = 40
KEPT = 160  # heaviest terms kept of an article
NAMES = 60  # rarest names kept
SAMPLED = 6  # one run of five words in six is kept
RUNS = 256  # at most so many runs
RARE = 5.0  # rarity from which a term is rare: one text in 150 holds it
COMMON = 3.0  # rarity from which a shared word tells something: one text in 20 holds it
FEW = 12  # ages, hours, streets and places kept of each

T = TypeVar("T", str, int)

# Stems of words that tell of a happening: sentences that hold one are its scene.
HAPPENING = frozenset(
    stem(word)
    for word in """abducted ambushed armed arrested arson assaulted attacked beaten blast blaze blew blockade bombed
    bombing burned burnt burst captured charged clashed clashes collapsed crashed dead deadly death
    decree deployed derailed detained died dies dispersed earthquake erupted evacuated exploded
    explosion fatal fatally fire fired fled flooded fought gunfire gunman gunmen gunshot gunshots hanged
    hijacked homicide hospital hostage hurt injured injuries kidnapped killed killing launched looted
    marched massacre missile murder murdered occupied opened overturned protest protested protesters
    raided rallied rally resigned riot robbed robbery rocket seized sentenced shelled shelling shooting
    shootings shot shots signed slain stabbed stabbing stormed strike struck suicide surrendered suspect
    torched victim victims voted wounded wounds""".split()
)
# Stems of what follows a happening weeks or years later.
LATER = frozenset(
    stem(word)
    for word in """anniversary appeal appealed arraigned attorney bail commemorate convicted conviction court defendant
    defense funeral guilty hearing indicted indictment inquest inquiry judge jurors jury lawsuit lawyer
    memorial mourners parole plea pleaded prison prosecutor prosecutors remembered sentence sentenced
    sentencing testified testimony trial verdict vigil""".split()
)
_AGE = re.compile(
    r"\b(\d{1,3})[- ]years?[- ]old|\baged? (?:of )?(\d{1,3})\b|(?<=[a-z]), (\d{1,2})(?=,| of\b|\.\s)", re.IGNORECASE
)
_HOUR = re.compile(
    r"\b(1[0-2]|0?[1-9])(?:[:.]([0-5]\d))?\s*([ap])\.?\s?m\b|\b([01]?\d|2[0-3]):([0-5]\d)\b|\b(noon|midnight)\b",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b((?:[A-Z][\w.'’-]*|\d+(?:st|nd|rd|th))(?: [A-Z][\w'’-]*)?) "
    r"(?:Streets?|St|Avenues?|Ave|Roads?|Rd|Drive|Dr|Lane|Ln|Boulevard|Blvd|Highway|Hwy|Court|Ct|Place|Pl|Way|Circle|"
    r"Parkway|Pkwy|Terrace|Square|Bridge|Prospekt)\b"
)
_PLACE = re.compile(
    r"\b(?:in|at|near|outside|from|of|toward|around) (?:the )?((?:[A-Z][\w'’-]+)(?: [A-Z][\w'’-]+){0,2})"
)


class Totals(NamedTuple):
    """What every comparison asks of a profile, added up once."""

    rare: int  # rare terms of body, title and lead
    phrases: int  # names of several words
    names: float  # their rarities together
    numbers: float
    body: float  # those of its words
    lead: float  # of title and lead
    telling: float  # of its words, by how much each tells


@dataclass(frozen=True, slots=True)
class Profile:
    """What one article is about; vectors have length 1, rarities are natural logarithms."""

    article: str
    text: str  # digest of the body's words
    published: int | None  # day
    size: int  # words
    terms: Mapping[str, float]  # of the body, the heaviest first
    title: Mapping[str, float]
    lead: Mapping[str, float]  # of title and lead, the heaviest first
    scene: Mapping[str, float]  # of sentences that tell of a happening
    rarity: Mapping[str, float]  # of body, title and lead
    names: Mapping[str, float]  # capitalised words and phrases ("^" before them), by rarity
    numbers: Mapping[str, float]
    days: Mapping[int, float]  # days that the scene speaks of, with their share
    ages: frozenset[int]
    hours: frozenset[int]  # minutes after midnight
    streets: frozenset[str]
    places: Mapping[str, float]  # share of what stands after "in", "at", "near"
    later: float  # share of words about courts and mourning, in hundredths of the words
    runs: frozenset[int]  # hashes of sampled runs of five words
    totals: Totals = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        totals = Totals(
            rare=sum(rarity >= RARE for rarity in self.rarity.values()),
            phrases=sum(" " in name for name in self.names),
            names=math.fsum(self.names.values()),
            numbers=math.fsum(self.numbers.values()),
            body=math.fsum(self.rarity[term] for term in self.terms),
            lead=math.fsum(self.rarity[term] for term in self.lead),
            telling=math.fsum(telling(self.rarity[term]) for term in self.terms),
        )
        object.__setattr__(self, "totals", totals)


def profile(analysis: Analysis, rarity: Rarity | None = None) -> Profile:
    """The profile of an article, from its text and dates alone."""
    rarity = rarity or open_rarity()
    article = analysis.article
    words = read_words(article)
    scene = _scenes(words)
    counts = _count(article, words, scene)
    weigh = {term: rarity.of(term) for term in counts.body.keys() | counts.lead.keys()}
    terms, lead = _heaviest(counts.body, weigh, KEPT), _heaviest(counts.lead, weigh, LEAD)
    names = _names(words)
    return Profile(
        article=article.id,
        text=text_digest(article),
        published=published_day(article),
        size=len(words.text),
        terms=_unit(terms),
        title=_unit(_heaviest(counts.title, weigh, LEAD)),
        lead=_unit(lead),
        scene=_unit(_heaviest(counts.scene, weigh, SCENE)),
        rarity={term: round(weigh[term], 2) for term in (*terms, *(term for term in lead if term not in terms))},
        names=_rarest({name: rarity.of(name) for name in names}, names),
        numbers={number: round(rarity.of(number), 2) for number in sorted(counts.numbers)[:NUMBERS]},
        days=_shares(dict(_scene_days(article, words, scene).most_common(FEW))),
        ages=frozenset(_few(_ages(article))),
        hours=frozenset(_few(_hours(article))),
        streets=frozenset(_few(_streets(article))),
        places=_shares(dict(_places(article).most_common(FEW))),
        later=round(100 * counts.later / max(1, len(words.text)), 2),
        runs=_sample(words),
    )


def cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """Of two vectors of length 1; the sum is exact, whatever the order of the words."""
    return math.fsum(left[term] * right[term] for term in left.keys() & right.keys())


def main_day(days: Mapping[int, float]) -> int:
    """The day with the largest share, of equals the latest."""
    return max(days, key=lambda day: (days[day], day))


def telling(rarity: float) -> float:
    """How much a word of that rarity tells: a rare one much more than several common ones."""
    return max(0.0, rarity - COMMON) ** 2


def text_digest(article: Article) -> str:
    """A digest of the words of the body: equal for word-for-word copies, whatever their titles."""
    words = read_words(article)
    return blake2b(" ".join(words.text).encode("utf-8", "replace"), digest_size=12).hexdigest()


def _scenes(words: Words) -> frozenset[int]:
    """Numbers of the sentences that tell of a happening."""
    return frozenset(
        sentence for word, sentence in zip(words.text, words.sentence, strict=True) if stem(word) in HAPPENING
    )


@dataclass(slots=True)
class _Counts:
    """Stems of the parts of an article; numbers; how many words are of what comes later."""

    body: Counter[str] = field(default_factory=Counter)
    title: Counter[str] = field(default_factory=Counter)
    lead: Counter[str] = field(default_factory=Counter)
    scene: Counter[str] = field(default_factory=Counter)
    numbers: set[str] = field(default_factory=set)
    later: int = 0


def _count(article: Article, words: Words, scene: frozenset[int]) -> _Counts:
    found = _Counts(title=_title(article))
    found.lead.update(found.title)
    for at, word in enumerate(words.text):
        if not carries_meaning(word):
            continue
        term = intern(stem(word))
        found.body[term] += 1
        found.later += term in LATER
        if at < OPENING:
            found.lead[term] += 1
        if words.sentence[at] in scene:
            found.scene[term] += 1
        if word[0].isdigit():
            found.numbers.add(term)
    return found


def _title(article: Article) -> Counter[str]:
    plain = (normal(word.strip(".,:;!?\"'“”‘’()[]—–-")) for word in (article.title or "").split())
    return Counter(stem(word) for word in plain if word and carries_meaning(word))


def _heaviest(counts: Mapping[str, int], rarity: Mapping[str, float], most: int) -> dict[str, float]:
    weighed = {term: (1 + math.log(count)) * rarity[term] for term, count in counts.items()}
    return dict(sorted(weighed.items(), key=lambda item: (-item[1], item[0]))[:most])


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {term: round(weight / length, 4) for term, weight in vector.items()} if length else {}


def _shares(votes: Mapping[T, float]) -> dict[T, float]:
    total = sum(votes.values())
    return {name: round(count / total, 3) for name, count in sorted(votes.items())}


def _few(found: Iterable[T]) -> list[T]:
    """The first few different values."""
    return list(dict.fromkeys(found))[:FEW]


def _sample(words: Words) -> frozenset[int]:
    """Hashes of a sixth of the five-word runs, chosen by their own value, so that equal texts choose alike."""
    hashes = (crc32(" ".join(words.text[at : at + 5]).encode("utf-8", "replace")) for at in range(len(words.text) - 4))
    return frozenset(sorted(value for value in hashes if value % SAMPLED == 0)[:RUNS])


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


def _rarest(rarity: Mapping[str, float], counts: Mapping[str, int]) -> dict[str, float]:
    best = sorted(rarity, key=lambda name: (-rarity[name] * (1 + math.log(counts[name])), name))[:NAMES]
    return {name: round(rarity[name], 2) for name in best}


def _scene_days(article: Article, words: Words, scene: frozenset[int]) -> Counter[int]:
    """Votes for days by the cues of the text: those of the lead and of the scene count double."""
    votes: Counter[int] = Counter()
    half = max(600, len(article.text) // 3)
    ranges = _ranges(words, scene)
    for start, day in cued_days(article):
        told = any(first <= start < last for first, last in ranges)
        votes[day] += (2 if start < half else 1) * (2 if told else 1)
    return votes


def _ranges(words: Words, scene: frozenset[int]) -> list[tuple[int, int]]:
    """First and last character of each sentence of the scene."""
    found: dict[int, tuple[int, int]] = {}
    for sentence, start, end in zip(words.sentence, words.start, words.end, strict=True):
        if sentence in scene:
            found[sentence] = (found.get(sentence, (start, end))[0], end)
    return list(found.values())


def _ages(article: Article) -> Iterable[int]:
    for match in _AGE.finditer(article.text, article.body):
        age = int(next(group for group in match.groups() if group))
        if 0 < age < 110:
            yield age


def _hours(article: Article) -> Iterable[int]:
    for match in _HOUR.finditer(article.text, article.body):
        if match[6]:
            yield 720 if match[6].lower() == "noon" else 0
        elif match[1]:
            yield (int(match[1]) % 12 + 12 * (match[3].lower() == "p")) * 60 + int(match[2] or 0)
        else:
            yield int(match[4]) * 60 + int(match[5])


def _streets(article: Article) -> Iterable[str]:
    return (normal(match[1]) for match in _STREET.finditer(article.text, article.body))


def _places(article: Article) -> Counter[str]:
    found: Counter[str] = Counter()
    for match in _PLACE.finditer(article.text, article.body):
        words = [word for word in normal(match[1]).split() if carries_meaning(word)]
        if words:
            found[" ".join(words[:2])] += 2 if match.start() < article.body + 600 else 1
    return found


def read_terms(article: Article) -> frozenset[str]:
    """Everything in a text that has a rarity: stems, names and phrases of names."""
    words = read_words(article)
    return frozenset(stem(word) for word in words.text if carries_meaning(word)) | _names(words).keys()
