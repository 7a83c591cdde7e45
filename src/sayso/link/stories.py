"""Groups articles into stories: what a desk would file under one heading over days.

Two levels. The fine one, `news_events`, holds reports of one piece of news; it needs words alone, and is what the
story benchmarks measure. A `Story` is the coarser one, a crisis: pieces of news that follow one another within days
in one country and share their subject. Only coded places can say that they share a country, so articles without an
analysis stay in their fine groups.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sayso.link.articles import Text, group_articles, profile_articles
from sayso.link.days import published_day
from sayso.link.likeness import cosine
from sayso.model import Analysis, Article, Copy, Incident, Story, Use, content_id

GAP = 12  # days between two pieces of news of one crisis
TOPIC = (
    0.12,
    0.25,
)  # cosine of what two pieces of news are about: in an archive of FEW texts, and of ten times as many,
FEW = 60  # since the more is written, the more is alike by chance
SHARED_COUNTRY = 0.3  # share of their places that lies in the same countries


def find_stories(
    analyses: Sequence[Analysis],
    incidents: Sequence[Incident] = (),
    copies: Sequence[Copy] = (),
    profiles: Sequence[Text] | None = None,
    groups: Sequence[tuple[str, ...]] | None = None,
) -> tuple[Story, ...]:
    """All articles in stories, each in one (a story may be one article), with the incidents they tell; by id."""
    by_id = {analysis.article.id: analysis.article for analysis in analyses}
    if groups is None:
        groups = group_crises(analyses, copies, profiles)
    home = {article: at for at, group in enumerate(groups) for article in group}
    told: dict[int, list[str]] = {at: [] for at in range(len(groups))}
    for incident in incidents:
        votes = Counter(home[article] for article in incident.articles if article in home)
        if votes:
            told[min(votes, key=lambda at: (-votes[at], at))].append(incident.id)
    found = [_story([by_id[id] for id in group], told[at]) for at, group in enumerate(groups)]
    return tuple(sorted(found, key=lambda story: story.id))


def news_events(profiles: Sequence[Text], copies: Sequence[Copy] = ()) -> list[tuple[str, ...]]:
    """Groups of article ids that report one piece of news: the fine level inside a story."""
    return group_articles(profiles, "story", same=[(copy.article, copy.of) for copy in copies])


# --------------------------------------------------------------------------- crises


@dataclass(slots=True)
class _Group:
    """Pieces of news joined so far: words, countries and the days they span."""

    articles: tuple[str, ...]
    texts: int
    terms: dict[str, float]
    countries: dict[str, float]
    days: tuple[int, int] | None
    length: float = field(init=False)

    def __post_init__(self) -> None:
        self.length = math.sqrt(sum(value * value for value in self.terms.values())) or 1.0


def group_crises(
    analyses: Sequence[Analysis], copies: Sequence[Copy] = (), profiles: Sequence[Text] | None = None
) -> list[tuple[str, ...]]:
    """Groups of article ids that belong to one crisis: fine groups joined, the most alike first."""
    if profiles is None:
        profiles = profile_articles(analyses)
    by_id = {analysis.article.id: analysis for analysis in analyses}
    profile_of = {article: profile for profile in profiles for article in profile.articles}
    groups = [_group(fine, by_id, profile_of) for fine in news_events(profiles, copies)]
    least = TOPIC[0] + (TOPIC[1] - TOPIC[0]) * min(1.0, max(0.0, math.log10(max(1, len(profiles)) / FEW)))
    alike = {
        (one, two): score
        for one in range(len(groups))
        for two in range(one + 1, len(groups))
        if (score := _alike(groups[one], groups[two])) >= least
    }
    live = dict(enumerate(groups))
    while alike:
        one, two = min(alike, key=lambda pair: (-alike[pair], pair))
        live[one] = _join(live[one], live.pop(two))
        alike = {pair: score for pair, score in alike.items() if not {one, two} & set(pair)}
        for other in live:
            if other != one and (score := _alike(live[one], live[other])) >= least:
                alike[min(one, other), max(one, other)] = score
    return sorted(group.articles for group in live.values())


def _group(fine: Sequence[str], by_id: Mapping[str, Analysis], profile_of: Mapping[str, Text]) -> _Group:
    texts = {profile_of[id].text: profile_of[id] for id in sorted(fine)}
    terms: Counter[str] = Counter()
    for profile in texts.values():
        terms.update(profile.terms)
    countries: Counter[str] = Counter()
    for profile in texts.values():
        countries.update(country_shares(by_id[profile.articles[0]]))
    days = sorted(day for id in fine if (day := published_day(by_id[id].article)) is not None)
    return _Group(tuple(sorted(fine)), len(texts), dict(terms), dict(countries), (days[0], days[-1]) if days else None)


def country_shares(analysis: Analysis) -> dict[str, float]:
    """Which share of the places an article names lies in each country."""
    counts = Counter(place.country for place in analysis.places if place.country and place.use is not Use.DEMONYM)
    total = sum(counts.values())
    return {country: count / total for country, count in sorted(counts.items())}


def _alike(one: _Group, two: _Group) -> float:
    """How much two groups are about one thing; 0 where days or countries bar it."""
    if not one.days or not two.days or max(one.days[0] - two.days[1], two.days[0] - one.days[1]) > GAP:
        return 0.0
    shared = sum(
        min(share / one.texts, two.countries[country] / two.texts)
        for country, share in one.countries.items()
        if country in two.countries
    )
    if shared < SHARED_COUNTRY:
        return 0.0
    return cosine(one.terms, two.terms) / (one.length * two.length)


def _join(one: _Group, two: _Group) -> _Group:
    days = [day for group in (one, two) for day in group.days or ()]
    return _Group(
        tuple(sorted((*one.articles, *two.articles))),
        one.texts + two.texts,
        {key: one.terms.get(key, 0.0) + two.terms.get(key, 0.0) for key in one.terms | two.terms},
        {key: one.countries.get(key, 0.0) + two.countries.get(key, 0.0) for key in one.countries | two.countries},
        (min(days), max(days)) if days else None,
    )


# --------------------------------------------------------------------------- the record


_DATELINE = re.compile(r"^[^.()]{2,60}\([^()]{2,40}\)\s*[:—–-]+\s*")


def _story(group: Sequence[Article], incidents: Sequence[str]) -> Story:
    """A story with the heading of its first article that has one."""
    dates = sorted(article.published[:10] for article in group if article.published)
    first = min(group, key=lambda article: (not article.title, article.published or "9999", article.id))
    return Story(
        id=content_id("story", *sorted(article.id for article in group)[:1]),
        title=heading(first),
        incidents=tuple(sorted(incidents)),
        articles=tuple(sorted(article.id for article in group)),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
    )


def heading(article: Article) -> str:
    """The title, else the first words of the report itself, past byline and dateline; "" for an empty article."""
    if article.title and article.title.strip():
        return " ".join(article.title.split())
    lines = [" ".join(line.split()) for line in article.text.splitlines() if line.strip()]
    told = next((line for line in lines if len(line.split()) >= 6 and " | " not in line), lines[0] if lines else "")
    text = re.split(r"(?<=[.!?])\s+(?=[A-Z“\"‘])", _DATELINE.sub("", told))[0].rstrip(".")
    return text if len(text) <= 120 else text[:120].rsplit(" ", 1)[0] + " …"
