"""The killed and the injured of one happening, decided from the reports that tell it.

A report gives many figures: of this shooting and of one last year, of all who were hit and of those who died of it.
Pairs (killed, injured) that the reports allow are compared by a conditional logit over what each report says for and
against a pair: where its figure stands, what stands above it, whether the two add up to those who were shot, whether
words of death or of recovery surround them. Each report has one vote. `training/tolls.py` fits the weights;
`data/headline.card.md` says on what, and how well they do.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from sayso.link.counts import join_tolls
from sayso.link.days import published_day
from sayso.model import SHOT, Analysis, Harm, Toll

LEAD = 1200  # characters of the body in which a report tells its own happening
OPENING = 350  # characters of the body that hold its first sentences
HEAD = 90  # characters that stand for a title where there is none
FEW = 10  # figures of one harm that are compared
LARGEST = 500  # figures above are left to reconciling: a shooting is fitted on, no war
_DEATH = re.compile(
    r"\b(?:dead|dies|died|dying|deaths?|deadly|fatal\w*|kill\w*|murder\w*|homicides?|slain|slaying|coroner\w*|autopsy"
    r"|funeral|manslaughter|medical examiner)\b",
    re.IGNORECASE,
)
_HURT = re.compile(
    r"\b(?:injur\w*|wound\w*|hospital\w*|condition|surviv\w*|recover\w*|life-threatening|life threatening|surgery"
    r"|treated|stable|critical\w*|airlifted|hurt)\b",
    re.IGNORECASE,
)
_SELF = re.compile(r"\b(?:suicide|(?:himself|herself|self)\b|self-inflicted|gun on (?:him|her)self)", re.IGNORECASE)
_NOBODY = re.compile(
    r"\bno (?:one|body|injur\w+|other\w* injur\w+)|\bnobody|\bnot (?:hurt|injured|hit)\b", re.IGNORECASE
)

_VICTIMS = re.compile(
    r"\b(?:victims|both (?:men|women|victims|teens|boys)|the two (?:men|women|teens|boys|girls))\b", re.IGNORECASE
)
_VICTIM = re.compile(r"\bvictim\b(?!['\u2019]s)", re.IGNORECASE)
_ANOTHER = re.compile(
    r"\b(?:another (?:man|woman|person|teen\w*|victim|boy|girl|officer)|(?:second|third|fourth|fifth|other|others)\b)",
    re.IGNORECASE,
)
_ALONE = re.compile(r"\bno (?:one|body) else\b|\bno other injur\w+|\bonly (?:person|victim|one)\b", re.IGNORECASE)
_SHOOTING = re.compile(r"\b(?:shot|shots|shoot\w*|gun(?:man|men|fire|shots?)|opened fire|bullets?)\b", re.IGNORECASE)
_WORDS = {
    "death": _DEATH, "hurt": _HURT, "self": _SELF, "nobody": _NOBODY, "victims": _VICTIMS, "victim": _VICTIM,
    "another": _ANOTHER, "alone": _ALONE, "shooting": _SHOOTING,
}  # fmt: skip
_OF_BOTH = ("victims", "victim", "another", "alone", "self")  # words that tell of all who were hit
_SMALL = {word: value for value, word in enumerate("two three four five six seven eight nine ten".split(), 2)}
# A small number that may count people: no age, hour, day, house or shot.
_NUMBER = re.compile(
    r"(?<![\w.,:$#-])(two|three|four|five|six|seven|eight|nine|ten|[2-9]|1[0-9])"
    r"(?![\w:.]|,\d|[- ]?(?:year|month|week|day|hour|minute|mile|block|p\.?m|a\.?m|shots?|times?|rounds?|suspects?"
    r"|arrest|charged|in custody|guns?|cars?|counts?|blocks?|feet|inches|weeks?|others? arrested|-))",
    re.IGNORECASE,
)

Pair = tuple[int, int]  # killed, injured


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a report, with what its weight depends on."""

    value: int
    start: int
    title: bool
    lead: bool
    cumulative: bool
    shot: bool
    named: str | None
    closed: bool  # an exact figure


@dataclass(frozen=True, slots=True)
class Report:
    """What one article says about the killed and the injured; `day` is that of publication."""

    killed: tuple[Figure, ...]
    injured: tuple[Figure, ...]
    words: Mapping[str, tuple[int, int, int]]  # words of death, hurt, self-harm and so on: in title, lead, rest
    numbers: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())  # small ones of title and opening
    day: int | None = None

    def most(self, harm: Harm) -> int:
        """The largest figure of its lead."""
        figures = self.killed if harm is Harm.KILLED else self.injured
        return max((figure.value for figure in figures if figure.lead), default=0)


def read_report(analysis: Analysis) -> Report:
    """The figures of an article without parts, with joined victims summed, and the words around them."""
    article = analysis.article
    body = article.body
    title, lead = article.text[: body or HEAD], article.text[body : body + LEAD]
    words = {}
    for name, pattern in _WORDS.items():
        in_lead = len(pattern.findall(lead))
        rest = len(pattern.findall(article.text[body + LEAD :]))
        words[name] = (len(pattern.findall(title)), in_lead, rest)
    tolls = [toll for toll, _ in join_tolls(article.text, analysis.tolls)]
    day = published_day(article)
    numbers = (_numbers(title), _numbers(article.text[body : body + OPENING]))
    return Report(_figures(tolls, Harm.KILLED, body), _figures(tolls, Harm.INJURED, body), words, numbers, day)


def _numbers(text: str) -> frozenset[int]:
    found = (match[1].lower() for match in _NUMBER.finditer(text))
    return frozenset(_SMALL[word] if word in _SMALL else int(word) for word in found)


def _figures(tolls: Iterable[Toll], harm: Harm, body: int) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            toll.low,
            toll.span.start,
            toll.span.start < (body or HEAD),
            toll.span.start < body + LEAD,
            toll.cumulative,
            any(reason.name == SHOT for reason in toll.reasons),
            toll.victims,
            toll.low == toll.high,
        )
        for toll in tolls
        if toll.harm is harm and not toll.part and not toll.withdrawn
    )


# --------------------------------------------------------------------------- what is compared


def candidates(reports: Sequence[Report]) -> list[Pair]:
    """The pairs that the reports allow: figures they give, nobody and one, and those shot less those killed."""
    killed: Counter[int] = Counter({0: 1, 1: 1})
    injured: Counter[float] = Counter({0: 1, 1: 1})
    for report in reports:
        killed.update(figure.value for figure in report.killed if figure.value <= LARGEST)
        injured.update(figure.value for figure in report.injured if figure.value <= LARGEST)
        if report.words["self"][0] + report.words["self"][1]:
            killed.update(figure.value + 1 for figure in report.killed if figure.lead and figure.value <= 20)
    some = sorted(killed, key=lambda value: (-killed[value], value))[:FEW]
    for value in list(injured):
        for dead in some:
            if 0 < dead < value:
                injured[value - dead] += 0.5  # type: ignore[assignment]
    others = sorted(injured, key=lambda value: (-injured[value], value))[: FEW + 2]
    return [(dead, int(hurt)) for dead in sorted({0, 1, *some}) for hurt in sorted({0, 1, *others})]


def features(report: Report, pair: Pair) -> dict[str, float]:
    """What a report says for and against a pair, each feature by a name."""
    found: dict[str, float] = {}
    dead, hurt = pair
    _of_harm(found, "killed", report.killed, dead)
    _of_harm(found, "injured", report.injured, hurt)
    for name, value in (("killed", dead), ("injured", hurt)):
        size = "none" if value == 0 else "one" if value == 1 else "more"
        for about in ("death", "hurt", "self", "nobody"):
            title, lead, rest = report.words[about]
            found[f"{name} {size}: {about} in title"] = float(min(title, 2))
            found[f"{name} {size}: {about} in lead"] = math.log1p(lead)
            found[f"{name} {size}: no {about} in lead"] = float(not lead)
            found[f"{name} {size}: {about} in rest"] = math.log1p(rest)
    found[f"both: {min(dead, 2)} and {min(hurt, 2)}"] = 1.0
    together = min(dead + hurt, 3)
    for about in _OF_BOTH:
        title, lead, rest = report.words[about]
        found[f"together {together}: {about} in title and lead"] = math.log1p(title + lead)
        found[f"together {together}: no {about}"] = float(not title + lead + rest)
    for where, numbers in zip(("title", "opening"), report.numbers, strict=True):
        for name, value in (("killed", dead), ("injured", hurt), ("together", dead + hurt)):
            if value > 1:
                found[f"{name}: a number of the {where}"] = float(value in numbers)
                found[f"{name}: no number of the {where}"] = float(value not in numbers)
        if numbers:
            found[f"together {together}: numbers in {where}"] = 1.0
    _of_both(found, report, dead, hurt)
    return {name: value for name, value in found.items() if value}


def _of_harm(found: dict[str, float], name: str, figures: Sequence[Figure], value: int) -> None:
    told = [figure for figure in figures if figure.value > 0]
    lead = [figure for figure in told if figure.lead]
    title = [figure for figure in told if figure.title]
    if value == 0:
        found[f"{name} nobody"] = 1.0
        found[f"{name} nobody: none told"] = float(not told)
        found[f"{name} nobody: none in lead"] = float(not lead)
        found[f"{name} nobody: some in title"] = float(bool(title))
        found[f"{name} nobody: said so"] = float(any(not figure.value for figure in figures))
        found[f"{name} nobody: several in lead"] = float(any(figure.value > 1 for figure in lead))
        found[f"{name} nobody: figures in lead"] = math.log1p(len(lead))
        return
    same = [figure for figure in told if figure.value == value]
    size = "one" if value == 1 else "more"
    found[f"{name} {size}"] = 1.0
    found[f"{name} size"] = math.log(value)
    found[f"{name} told"] = float(bool(same))
    found[f"{name} times told"] = math.log1p(len(same))
    found[f"{name} {size} in title"] = float(any(figure.title for figure in same))
    found[f"{name} {size} in lead"] = float(any(figure.lead for figure in same))
    found[f"{name} only as total"] = float(bool(same) and all(figure.cumulative for figure in same))
    found[f"{name} open"] = float(bool(same) and not any(figure.closed for figure in same))
    if told:
        found[f"{name} first"] = float(value == told[0].value)
        found[f"{name} largest"] = float(value == max(figure.value for figure in told))
        found[f"{name} share above"] = sum(figure.value > value for figure in told) / len(told)
        found[f"{name} share below"] = sum(figure.value < value for figure in told) / len(told)
    for where, figures_there in (("lead", lead), ("title", title)):
        if figures_there:
            most = max(figure.value for figure in figures_there)
            found[f"{name} {'largest' if value == most else 'below' if value < most else 'above'} of {where}"] = 1.0
    if told and all(figure.value == 1 for figure in told):
        names = len({figure.named for figure in lead})
        found[f"{name} {min(value, 3)}: each told alone"] = 1.0
        if value > 1:
            found[f"{name}: of so many told alone"] = float(names == value)
    alone = sum(figure.value == 1 and figure.named is not None for figure in lead)
    found[f"{name} {size}: told alone beside"] = math.log1p(alone)


def _of_both(found: dict[str, float], report: Report, dead: int, hurt: int) -> None:
    """Who is shot is hurt at least: the shot are the killed and the injured together, or the injured alone."""
    lead = [figure for figure in report.injured if figure.lead and figure.value > 0]
    shot = max((figure.value for figure in lead if figure.shot), default=0)
    hurt_most = max((figure.value for figure in lead if not figure.shot), default=0)
    dead_most = max((figure.value for figure in report.killed if figure.lead), default=0)
    if shot:
        kind = "several shot" if shot > 1 else "one shot"
        if dead:
            found[f"{kind}: add up"] = float(dead + hurt == shot)
            if not hurt_most:
                found[f"{kind}: add up, no other figure"] = float(dead + hurt == shot)
            if hurt_most == shot - dead:
                found[f"{kind}: add up, and told so"] = float(dead + hurt == shot)
            found[f"{kind}: injured alone, some killed"] = float(hurt == shot)
            found[f"{kind}: all dead of it"] = float(hurt == 0 and dead == shot)
        else:
            found[f"{kind}: injured alone"] = float(hurt == shot)
        found[f"{kind}: fewer than that"] = float(dead + hurt < shot)
    if hurt_most:
        kind = "several injured" if hurt_most > 1 else "one injured"
        found[f"{kind}: so many{', some killed' if dead else ''}"] = float(hurt == hurt_most)
        found[f"{kind}: with the killed"] = float(dead > 0 and hurt + dead == hurt_most)
        found[f"{kind}: none"] = float(hurt == 0)
    if report.words["self"][0] + report.words["self"][1]:
        found["killed: one by own hand more"] = float(dead == dead_most + 1)
        found["killed: as told, one by own hand"] = float(dead == dead_most and dead > 0)
        found[f"own hand: {min(dead, 2)} and {min(hurt, 2)}"] = 1.0
    if not lead and not dead_most:
        found[f"nothing told: {min(dead, 2)} and {min(hurt, 2)}"] = 1.0


# --------------------------------------------------------------------------- deciding


@dataclass(frozen=True, slots=True)
class Headline:
    """What a happening cost, and how sure that is, 0 to 1."""

    killed: int
    injured: int
    sure_killed: float
    sure_injured: float


def evidence(reports: Sequence[Report], pair: Pair) -> dict[str, float]:
    """What all reports say for and against a pair: each its share of a vote, and what they say between them."""
    share = 1.0 / math.sqrt(len(reports))
    found: dict[str, float] = {}
    for report in reports:
        for name, value in features(report, pair).items():
            found[name] = found.get(name, 0.0) + share * value
    if len(reports) > 1:
        _between(found, reports, pair)
    return found


def _between(found: dict[str, float], reports: Sequence[Report], pair: Pair) -> None:
    """Who was hurt on the first day may have died by the last: the newest report, and the highest count of any."""
    for harm, value in zip((Harm.KILLED, Harm.INJURED), pair, strict=True):
        told = [report.most(harm) for report in reports]
        found[f"{harm}: highest of all reports"] = float(value == max(told))
        found[f"{harm}: above all reports"] = float(value > max(told))
        found[f"{harm}: share of reports that agree"] = told.count(value) / len(told)
        found[f"{harm}: nobody, some report tells some"] = float(value == 0 and max(told) > 0)
        if value:
            found[f"{harm}: one report at least"] = float(value in told)
        days = [report.day for report in reports if report.day is not None]
        if len(set(days)) > 1:
            newest = {report.most(harm) for report in reports if report.day == max(days)}
            found[f"{harm}: newest report"] = float(value in newest)
            found[f"{harm}: fewer than newest report"] = float(value < min(newest))


def scores(reports: Sequence[Report], weights: Mapping[str, float]) -> list[tuple[Pair, float]]:
    """Each pair with the sum of its weights."""
    return [
        (pair, sum(weights.get(name, 0.0) * value for name, value in evidence(reports, pair).items()))
        for pair in candidates(reports)
    ]


def decide(reports: Sequence[Report], weights: Mapping[str, float] | None = None) -> Headline:
    """The likeliest number of killed and of injured, each over all that the other may be; order does not matter."""
    scored = scores(reports, headline_weights() if weights is None else weights)
    most = max(score for _, score in scored)
    killed: dict[int, float] = {}
    injured: dict[int, float] = {}
    total = 0.0
    for (dead, hurt), score in scored:
        mass = math.exp(round(score - most, 9))  # sums in another order differ in their last digits
        killed[dead] = killed.get(dead, 0.0) + mass
        injured[hurt] = injured.get(hurt, 0.0) + mass
        total += mass
    best = [min(masses, key=lambda value: (-round(masses[value], 9), value)) for masses in (killed, injured)]
    return Headline(best[0], best[1], killed[best[0]] / total, injured[best[1]] / total)


def headline(analyses: Iterable[Analysis]) -> Headline:
    """The killed and injured of one happening that these articles tell."""
    return decide([read_report(analysis) for analysis in analyses])


@lru_cache(maxsize=1)
def headline_weights() -> Mapping[str, float]:
    read: dict[str, float] = json.loads(files("sayso").joinpath("data", "headline.json").read_text("utf-8"))
    return read
