"""A part of an archive as an archive of its own: some articles, and of every link what lies among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.model import Analysis, Incident, Links
from sayso.report.archive import Archive


def part_of(analyses: Sequence[Analysis], links: Links) -> Archive:
    """The archive of these articles. What a link tells of others is left out.

    An incident keeps its toll, place and date, which all its reports decided; one that no event is left of is dropped.
    """
    articles = {analysis.article.id for analysis in analyses}
    events = {event.id for analysis in analyses for event in analysis.events}
    copies = tuple(copy for copy in links.copies if copy.article in articles and copy.of in articles)
    origins = tuple(
        replace(origin, articles=tuple(id for id in origin.articles if id in articles)) for origin in links.origins
    )
    known = {origin.id for origin in origins}
    cut = (_cut(one, articles, events, known) for one in links.incidents)
    incidents = tuple(one for one in cut if one.events)
    there = {one.id for one in incidents}
    stories = tuple(
        replace(
            story,
            incidents=tuple(id for id in story.incidents if id in there),
            articles=tuple(id for id in story.articles if id in articles),
        )
        for story in links.stories
    )
    return Archive(analyses, Links(copies, origins, incidents, stories))


def _cut(incident: Incident, articles: set[str], events: set[str], origins: set[str]) -> Incident:
    return replace(
        incident,
        events=tuple(id for id in incident.events if id in events),
        articles=tuple(id for id in incident.articles if id in articles),
        origins=tuple(id for id in incident.origins if id in origins),
    )
