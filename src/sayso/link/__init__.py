"""Joins articles: copies, origins, incidents with their tolls, stories. Pure functions of analyses and judgements."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.link.articles import profile_articles
from sayso.link.copies import find_copies
from sayso.link.incidents import find_incidents
from sayso.link.origins import find_origins
from sayso.link.stories import find_stories, group_crises
from sayso.link.tolls import reconcile_tolls
from sayso.link.verdicts import correct, read_verdicts
from sayso.model import Analysis, Judgement, Links

__all__ = ["find_copies", "find_incidents", "find_origins", "find_stories", "link", "reconcile_tolls"]


def link(analyses: Sequence[Analysis], judgements: Sequence[Judgement] = ()) -> Links:
    """Everything that joins these articles; the same whatever the order of analyses and judgements."""
    verdicts = read_verdicts(judgements)
    fullest = {analysis.article.id: analysis for analysis in sorted(analyses, key=_key)}
    kept = [correct(analysis, verdicts) for analysis in fullest.values()]
    articles = [analysis.article for analysis in kept]
    profiles = profile_articles(kept)
    copies = find_copies(articles, judgements, profiles)
    origins = find_origins(articles, copies, profiles)
    crises = group_crises(kept, copies, profiles)
    incidents = find_incidents(kept, copies, origins, judgements, profiles, crises)
    return Links(copies, origins, incidents, find_stories(kept, incidents, groups=crises))


def _key(analysis: Analysis) -> tuple[str, int]:
    """By article; of two analyses of one article the fuller comes last and is kept."""
    return analysis.article.id, len(analysis.events) + len(analysis.claims) + len(analysis.tolls)
