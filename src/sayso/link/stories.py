"""Groups articles and incidents into stories: what a desk would file under one heading over days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from sayso.link.articles import Profile, group_articles, profile_articles
from sayso.link.cluster import Pair
from sayso.link.weights import weights_for
from sayso.link.words import read_words
from sayso.model import Analysis, Article, Copy, Incident, Story, content_id

SHARED_INCIDENT = 0.7  # the score of two articles that tell one incident
WIDE = 12  # an incident told by more articles is a topic: it joins them only in time order


def find_stories(
    analyses: Sequence[Analysis],
    incidents: Sequence[Incident] = (),
    copies: Sequence[Copy] = (),
    profiles: Sequence[Profile] | None = None,
) -> tuple[Story, ...]:
    """All articles in stories, each in one (a story may be one article), with the incidents they tell; by id."""
    by_id = {analysis.article.id: analysis.article for analysis in analyses}
    if profiles is None:
        profiles = profile_articles(analyses)
    groups = group_articles(
        profiles,
        weights_for("story"),
        same=[(copy.article, copy.of) for copy in copies],
        boost=_shared_incidents(incidents, by_id),
    )
    home = {article: at for at, group in enumerate(groups) for article in group}
    told: dict[int, list[str]] = {at: [] for at in range(len(groups))}
    for incident in incidents:
        votes = Counter(home[article] for article in incident.articles if article in home)
        if votes:
            told[min(votes, key=lambda at: (-votes[at], at))].append(incident.id)
    found = [_story([by_id[id] for id in group], told[at]) for at, group in enumerate(groups)]
    return tuple(sorted(found, key=lambda story: story.id))


def _shared_incidents(incidents: Sequence[Incident], by_id: Mapping[str, Article]) -> dict[Pair, float]:
    boost: dict[Pair, float] = {}
    for incident in incidents:
        members = [id for id in incident.articles if id in by_id]
        if len(members) > WIDE:
            members.sort(key=lambda id: (by_id[id].published or "", id))
            boost.update(dict.fromkeys(pairwise(members), SHARED_INCIDENT))
        else:
            boost.update({(a, b): SHARED_INCIDENT for at, a in enumerate(members) for b in members[at + 1 :]})
    return boost


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
    """The title, else the first sentence, cut at a word after 120 characters; "" for an empty article."""
    if article.title and article.title.strip():
        return " ".join(article.title.split())
    words = read_words(article)
    last = max((at for at, number in enumerate(words.sentence) if number == 0), default=None)
    if last is None:
        return ""
    text = " ".join(article.text[words.start[0] : words.end[last]].split())
    return text if len(text) <= 120 else text[:120].rsplit(" ", 1)[0] + " …"
