"""What links articles: their copies, origins and stories, and the part of the archive that some of them make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import (
    func,
    select,
    tuple_,
)

from sayso.listing import (
    Descent,
    Page,
    Sought,
    Wanted,
)
from sayso.model import Analysis, Copy, Links, Origin, Story
from sayso.store import schema
from sayso.store.lists import taken
from sayso.store.lists.articles import Articles
from sayso.store.lists.conditions import INCIDENTS, fitting, seeking
from sayso.store.lists.cursors import read_cursor, write_cursor

_incident, _article, _event, _times = schema.incidents.c, schema.articles.c, schema.events.c, schema.incident_times.c
_link, _told = schema.chain_links.c, schema.incident_articles.c


class Linked(Articles):
    """Parts of an archive, and what joins them."""

    def copies_near(self, articles: Sequence[str]) -> list[Copy]:
        """The copies that these articles are, and those that were taken from them."""
        taken = schema.copies.c
        by = {row.article for row in self._some(select(taken.article), taken.original, articles)}
        wanted = frozenset(articles)
        return [copy for copy in self._index.copies(sorted(by | wanted)) if copy.article in wanted or copy.of in wanted]

    def part(self, articles: Iterable[str]) -> tuple[list[Analysis], Links]:
        """The analyses of these articles in order of id, and their links, whole: they may name other articles."""
        ids = sorted(set(articles))
        found = self._index.analyses(ids)
        stories = sorted(set(self._index.stories_of(ids).values()))
        links = Links(
            copies=tuple(copy for copy in self._index.copies(ids) if copy.of in found),
            origins=tuple(self._index.origins(ids)),
            incidents=tuple(self._index.incidents_of(ids)),
            stories=tuple(self._index.stories(stories)),
        )
        return [found[id] for id in ids if id in found], links

    def of_period(self, since: str | None, until: str | None) -> list[str]:
        """The articles that tell an incident of a period or came out in it, and those that they were taken from."""
        there = select(_incident.id).select_from(INCIDENTS).where(fitting(Wanted(since=since, until=until)))
        telling = select(_told.article).where(_told.incident.in_(there))
        published = select(_article.id).where(seeking(Sought(since=since, until=until)))
        ids = {row[0] for asked in (telling, published) for row in self._on.execute(asked)}
        return sorted(ids | {copy.of for copy in self.copies_near(sorted(ids)) if copy.article in ids})

    def origins_of(self, articles: Sequence[str]) -> list[Origin]:
        """The origins that these articles go back to."""
        return self._index.origins(articles)

    def origin(self, id: str) -> Origin | None:
        """One origin whole, by its full id."""
        members = schema.origin_articles.c
        articles = self._on.execute(select(members.article).where(members.origin == id).limit(1)).scalars().all()
        return next((one for one in self._index.origins(articles) if one.id == id), None)

    def story(self, id: str) -> Story | None:
        """One story whole, by its full id."""
        return next(iter(self._index.stories([id])), None)

    def stories_of(self, articles: Sequence[str]) -> dict[str, str]:
        """The story of each of these articles."""
        return self._index.stories_of(articles)

    def stories(self, limit: int = 50, after: str | None = None) -> Page[Story]:
        """Stories with most articles first."""
        story = schema.stories.c
        asked = select(story.id, story.articles)
        if after:
            asked = asked.where(tuple_(story.articles, story.id) < tuple_(*read_cursor(after, 2, (int, str))))
        rows = self._on.execute(asked.order_by(story.articles.desc(), story.id.desc()).limit(limit + 1)).all()
        found = {one.id: one for one in self._index.stories([row.id for row in rows[:limit]])}
        last = rows[limit - 1] if len(rows) > limit else None
        total = self._number(select(func.count()).select_from(schema.stories))
        more = write_cursor(last.articles, last.id) if last else None
        return Page([found[row.id] for row in rows[:limit]], more, total)

    def descent(self, kind: str, id: str, most: int) -> Descent:
        """Who took what from whom among the earliest articles of an incident or story, or an article's family."""
        asked, found = taken.scope(self._on, kind, id, 100 * most)
        chosen = taken.earliest(self._on, found, most)
        entries = self.article_entries(chosen)
        return Descent(
            title=taken.title(self._on, kind, id),
            articles=tuple(entries[id] for id in chosen),
            total=len(found),
            copies=taken.taken_among(self._on, chosen),
            credits=taken.credits_of(self._on, chosen),
            origins=taken.origins_of(self._on, chosen),
            asked=frozenset(asked.intersection(chosen)),
        )
