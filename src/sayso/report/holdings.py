"""What an archive holds: its articles and stories as rows, and where words were found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.model import Article, Span
from sayso.report.archive import Archive
from sayso.report.reach import origin_of, reach

_BEFORE, _AFTER = 60, 100  # characters around what was searched for


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article, with how much was understood of it."""

    id: str
    published: str | None
    outlet: str | None
    title: str | None
    url: str | None
    lang: str | None
    byline: tuple[str, ...]
    credits: tuple[str, ...]
    origin: str  # the reporter or agency it goes back to
    taken_from: tuple[str, ...]  # -> article
    claims: int
    events: int
    tolls: int
    characters: int


@dataclass(frozen=True, slots=True)
class StoryRow:
    """Incidents and articles that belong together."""

    id: str
    title: str
    first: str | None
    last: str | None
    incidents: int
    articles: int
    outlets: tuple[str, ...]
    origins: int


@dataclass(frozen=True, slots=True)
class HitRow:
    """An article that holds the words searched for, with the place of the first."""

    article: str
    published: str | None
    outlet: str | None
    title: str | None
    start: int
    end: int
    around: str


def articles(archive: Archive) -> list[ArticleRow]:
    """Every analysed article, the first published first; those without a date come last."""
    rows = [_article(archive, id) for id in archive.analyses]
    return sorted(rows, key=lambda row: (row.published or "9999", row.id))


def _article(archive: Archive, id: str) -> ArticleRow:
    analysis = archive.analyses[id]
    article = analysis.article
    return ArticleRow(
        id=id,
        published=article.published,
        outlet=article.outlet,
        title=article.title,
        url=article.url,
        lang=article.lang,
        byline=article.byline,
        credits=article.credits,
        origin=origin_of(archive, id),
        taken_from=tuple(copy.of for copy in archive.taken.get(id, ())),
        claims=len(analysis.claims),
        events=len(analysis.events),
        tolls=len(analysis.tolls),
        characters=len(article.text),
    )


def stories(archive: Archive) -> list[StoryRow]:
    """Every story, the most reported first."""
    rows = []
    for story in archive.links.stories:
        told = reach(archive, story.articles)
        counts = (len(story.incidents), told.articles, told.outlets, told.origins)
        rows.append(StoryRow(story.id, story.title, story.first, story.last, *counts))
    return sorted(rows, key=lambda row: (-row.articles, row.id))


def hits(found: Iterable[tuple[Article, Span]]) -> list[HitRow]:
    """What a search found, in its order."""
    return [_hit(article, span) for article, span in found]


def _hit(article: Article, span: Span) -> HitRow:
    around = " ".join(article.text[max(0, span.start - _BEFORE) : span.end + _AFTER].split())
    return HitRow(article.id, article.published, article.outlet, article.title, span.start, span.end, around)
