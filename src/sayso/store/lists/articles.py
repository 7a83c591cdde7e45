"""Lists of articles: the latest, and those that hold words, with the place where they do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    and_,
    column,
    func,
    literal_column,
    select,
    table,
    tuple_,
)

from sayso.listing import (
    HIT_BEGINS,
    HIT_ENDS,
    ArticleEntry,
    Count,
    Page,
    Sought,
)
from sayso.store import schema
from sayso.store.lists.asking import Asking
from sayso.store.lists.conditions import seeking
from sayso.store.lists.cursors import bad_cursor, read_cursor, write_cursor
from sayso.store.words import hit_place, query_words

_BEGINS = 200  # characters of an article in a list
_SNIPPET = 32  # words around a hit
_incident, _article, _event, _times = schema.incidents.c, schema.articles.c, schema.events.c, schema.incident_times.c
_link, _told = schema.chain_links.c, schema.incident_articles.c
_WORDS = table(schema.SEARCH, column("rowid"), column("rank"))
_ARTICLE = (
    _article.id, _article.outlet, _article.title, _article.published, _article.lang, _article.url, _article.status,
    func.substr(_article.text, 1, _BEGINS).label("begins"),
)  # fmt: skip


class Articles(Asking):
    """Articles, a page at a time."""

    def articles(self, sought: Sought, limit: int = 50, after: str | None = None) -> Page[ArticleEntry]:
        """A page of the articles that fit: those that hold the words best first, without words the latest first."""
        words = query_words(sought.words)
        if sought.words and not words:
            return Page((), None, 0)
        return self._search(words, sought, limit, after) if words else self._latest(sought, limit, after)

    def _latest(self, sought: Sought, limit: int, after: str | None) -> Page[ArticleEntry]:
        by = func.coalesce(_article.published, "")
        asked = select(*_ARTICLE, by.label("by")).where(seeking(sought))
        if after:
            asked = asked.where(tuple_(by, _article.id) < tuple_(*read_cursor(after, 2, (str, str))))
        rows = self._on.execute(asked.order_by(by.desc(), _article.id.desc()).limit(limit + 1)).all()
        last = rows[limit - 1] if len(rows) > limit else None
        total = self._number(select(func.count()).select_from(schema.articles).where(seeking(sought)))
        entries = [ArticleEntry(*row[:-1]) for row in rows[:limit]]
        return Page(entries, write_cursor(last.by, last.id) if last else None, total)

    def _search(self, words: Sequence[str], sought: Sought, limit: int, after: str | None) -> Page[ArticleEntry]:
        (skip,) = read_cursor(after, 1) if after else (0,)
        if not isinstance(skip, int) or skip < 0:
            raise bad_cursor(after)
        searched = _indexed(words) if self._has_index else _scanned(words)
        source, matching, snippet, by = searched
        fits = and_(matching, seeking(sought))
        asked = select(*_ARTICLE, snippet).select_from(source).where(fits).order_by(by, _article.id)
        rows = self._on.execute(asked.limit(limit + 1).offset(skip)).all()
        total = self._number(select(func.count()).select_from(source).where(fits))
        more = write_cursor(skip + limit) if len(rows) > limit else None
        return Page([ArticleEntry(**row._mapping) for row in rows[:limit]], more, total)

    def article_entries(self, ids: Iterable[str]) -> dict[str, ArticleEntry]:
        """These articles as they stand in lists."""
        return {row.id: ArticleEntry(**row._mapping) for row in self._some(select(*_ARTICLE), _article.id, ids)}

    def hits(self, entries: Iterable[ArticleEntry]) -> dict[str, tuple[int, int]]:
        """Where the first hit that the snippet of each entry shows stands in its article."""
        shown = {entry.id: entry.snippet for entry in entries if entry.snippet}
        texts = self._some(select(_article.id, _article.text), _article.id, shown)
        return {row.id: place for row in texts if (place := hit_place(row.text, shown[row.id]))}

    def analysed_by(self, article: str) -> str:
        """The version that made an article's analysis; "" where it is kept without one."""
        return self._on.execute(select(_article.stamp).where(_article.id == article)).scalar() or ""

    def outlets(self) -> list[Count]:
        """Every outlet with how many articles it published, the busiest first."""
        return self._counts(
            select(_article.outlet, func.count()).where(_article.outlet.is_not(None)).group_by(_article.outlet)
        )

    def languages(self) -> list[Count]:
        return self._counts(
            select(_article.lang, func.count()).where(_article.lang.is_not(None)).group_by(_article.lang)
        )

    def span(self) -> tuple[str | None, str | None]:
        """The first and the last day of publication."""
        first, last = self._on.execute(select(func.min(_article.published), func.max(_article.published))).one()
        return (first and first[:10], last and last[:10])


Searched = tuple[FromClause, ColumnElement[bool], ColumnElement[str], ColumnElement[Any]]


def _indexed(words: Sequence[str]) -> Searched:
    """Articles joined to their words, those that hold all of some, a snippet, and the order of the best first."""
    holds = literal_column(schema.SEARCH).op("MATCH")
    matching: ColumnElement[bool] = holds(" ".join(f'"{word}"' for word in words))
    snippet = func.snippet(literal_column(schema.SEARCH), 0, HIT_BEGINS, HIT_ENDS, "…", _SNIPPET).label("snippet")
    return schema.articles.join(_WORDS, _WORDS.c.rowid == _article.key), matching, snippet, _WORDS.c.rank


def _scanned(words: Sequence[str]) -> Searched:
    """The same without an index: no snippet, and the latest first."""
    matching = and_(*(_article.text.icontains(word, autoescape=True) for word in words))
    return (
        schema.articles,
        matching,
        literal_column("''").label("snippet"),
        func.coalesce(_article.published, "").desc(),
    )
