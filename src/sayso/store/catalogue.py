"""Lists of an archive, a page at a time, and parts of it: what pages and the API read, never the whole.

One object reads one moment of the archive. Every list is found by an index and ends where its page ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    and_,
    column,
    func,
    literal_column,
    select,
    table,
    true,
    tuple_,
)

from sayso.listing import (
    HIT_BEGINS,
    HIT_ENDS,
    ArticleEntry,
    Condition,
    Count,
    Descent,
    Doubt,
    Doubted,
    DoubtKind,
    IncidentEntry,
    OutletSummary,
    Page,
    Sought,
    SourceEntry,
    SourceSummary,
    Taken,
    Wanted,
)
from sayso.model import Analysis, Copy, Incident, Links, Origin, Rejected, Story
from sayso.ports import LinkIndex
from sayso.store import cited, doubts, health, schema, taken
from sayso.store.conditions import DAY, INCIDENTS, fitting, seeking
from sayso.store.cursors import bad_cursor, read_cursor, write_cursor
from sayso.store.questions import chunks
from sayso.store.rows import rejected_of
from sayso.store.sqlindex import SqlIndex
from sayso.store.told import Told
from sayso.store.words import hit_place, query_words

_BEGINS = 200  # characters of an article in a list
_SNIPPET = 32  # words around a hit
_incident, _article, _event, _times = schema.incidents.c, schema.articles.c, schema.events.c, schema.incident_times.c
_link, _told = schema.chain_links.c, schema.incident_articles.c
_ENTRY = select(
    _incident.id, _incident.type, _incident.place, _incident.country, _incident.lat, _incident.lon, _incident.first,
    _incident.last, _incident.tolls, _incident.articles, _incident.origins, _incident.summary, _incident.total,
    _incident.weight, _incident.reported, _times.made, _times.changed,
).outerjoin_from(schema.incidents, schema.incident_times, _times.incident == _incident.id)  # fmt: skip
# How a list of incidents is ordered: by its name a column, from the highest down; ties by id.
ORDERS: dict[str, ColumnElement[Any]] = {
    "weight": func.coalesce(_incident.weight, 0.0),
    "date": func.coalesce(DAY, ""),
    "reported": func.coalesce(_incident.reported, ""),
    "origins": _incident.origins,
    "changed": func.coalesce(_times.changed, ""),
}
_NUMBERS = frozenset({"weight", "origins"})  # orders by a number, the others by text
_WORDS = table(schema.SEARCH, column("rowid"), column("rank"))
_ARTICLE = (
    _article.id, _article.outlet, _article.title, _article.published, _article.lang, _article.url, _article.status,
    func.substr(_article.text, 1, _BEGINS).label("begins"),
)  # fmt: skip


class Catalogue(Told):
    """Reads one moment of an archive."""

    def __init__(self, on: Connection, has_index: bool) -> None:
        self._on = on
        self._has_index = has_index  # of the words of articles
        self._index = SqlIndex(on)

    def version(self) -> int:
        """How many transactions have written: what was read of one version holds as long as it stands."""
        return self._on.execute(select(schema.state.c.number)).scalar() or 0

    # ----------------------------------------------------------------- incidents

    def incidents(
        self, wanted: Wanted, order: str = "weight", limit: int = 50, after: str | None = None
    ) -> Page[IncidentEntry]:
        """A page of the incidents that fit, from the highest of an order of ORDERS down."""
        by = ORDERS[order]
        asked = _ENTRY.add_columns(by.label("by")).where(fitting(wanted))
        if after:
            kinds = (float if order in _NUMBERS else str, str)
            asked = asked.where(tuple_(by, _incident.id) < tuple_(*read_cursor(after, 2, kinds)))
        rows = self._on.execute(asked.order_by(by.desc(), _incident.id.desc()).limit(limit + 1)).all()
        entries = [IncidentEntry(*row[:-1]) for row in rows[:limit]]
        last = rows[limit - 1] if len(rows) > limit else None
        return Page(entries, write_cursor(last.by, last.id) if last else None, self.number_of_incidents(wanted))

    def number_of_incidents(self, wanted: Wanted) -> int:
        """How many incidents fit."""
        return self._number(select(func.count()).select_from(INCIDENTS).where(fitting(wanted)))

    def entries(self, ids: Iterable[str]) -> dict[str, IncidentEntry]:
        """These incidents as they stand in lists."""
        rows = self._some(_ENTRY, _incident.id, ids)
        return {row.id: IncidentEntry(**row._mapping) for row in rows}

    def located(self, wanted: Wanted, limit: int) -> list[IncidentEntry]:
        """The weightiest that fit and have coordinates."""
        asked = _ENTRY.where(fitting(wanted), _incident.lat.is_not(None)).order_by(
            ORDERS["weight"].desc(), _incident.id
        )
        return [IncidentEntry(**row._mapping) for row in self._on.execute(asked.limit(limit))]

    def places(self, name: str, limit: int) -> list[Count]:
        """Places that have this as part of their name, those of most incidents first."""
        place = _incident.place
        named = select(place, func.count().label("number")).where(place.icontains(name, autoescape=True))
        return self._counts(named.group_by(place).order_by(func.count().desc(), place).limit(limit))

    def countries(self) -> list[Count]:
        """Where incidents lie, those of most incidents first."""
        country = _incident.country
        return self._counts(select(country, func.count()).where(country.is_not(None)).group_by(country))

    def days(self, wanted: Wanted) -> list[tuple[str, str, int]]:
        """(day, type, number) of the dated incidents that fit, those of more than a day on their first."""
        asked = (
            select(_incident.first, _incident.type, func.count())
            .select_from(INCIDENTS)
            .where(fitting(wanted), _incident.first.is_not(None))
            .group_by(_incident.first, _incident.type)
            .order_by(_incident.first, _incident.type)
        )
        return [(day, type, number) for day, type, number in self._on.execute(asked)]

    def facets(self, wanted: Wanted) -> dict[str, list[Count]]:
        """How many of the incidents that fit have each country and type, and how many articles of their days are of
        each outlet; the most common first."""
        asked = {
            name: select(column, func.count())
            .select_from(INCIDENTS)
            .where(fitting(wanted), column.is_not(None))
            .group_by(column)
            for name, column in (("country", _incident.country), ("type", _incident.type))
        }
        reports = select(_article.outlet, func.count()).where(
            seeking(Sought(since=wanted.since, until=wanted.until)), _article.outlet.is_not(None)
        )
        asked["outlet"] = reports.group_by(_article.outlet)
        return {name: self._counts(question) for name, question in asked.items()}

    def said_by(self, incidents: Sequence[str]) -> dict[str, list[str | None]]:
        """On whose say-so each is told: the sources of its events, None where an outlet tells it itself."""
        inside = schema.incident_events.c
        asked = (
            select(inside.incident, _event.said_by)
            .join(schema.events, _event.id == inside.event)
            .distinct()
            .order_by(inside.incident, _event.said_by)
        )
        found: dict[str, list[str | None]] = {}
        for row in self._some(asked, inside.incident, incidents):
            found.setdefault(row.incident, []).append(row.said_by)
        return found

    def span(self) -> tuple[str | None, str | None]:
        """The first and the last day of publication."""
        first, last = self._on.execute(select(func.min(_article.published), func.max(_article.published))).one()
        return (first and first[:10], last and last[:10])

    # ----------------------------------------------------------------- articles

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

    def copies_near(self, articles: Sequence[str]) -> list[Copy]:
        """The copies that these articles are, and those that were taken from them."""
        taken = schema.copies.c
        by = {row.article for row in self._some(select(taken.article), taken.original, articles)}
        wanted = frozenset(articles)
        return [copy for copy in self._index.copies(sorted(by | wanted)) if copy.article in wanted or copy.of in wanted]

    # ----------------------------------------------------------------- parts

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

    def incident(self, id: str) -> Incident:
        """One incident whole, by its full id; KeyError where there is none."""
        found = self._index.incidents([id])
        if not found:
            raise KeyError(id)
        return found[0]

    def articles_of(self, incidents: Sequence[str]) -> dict[str, list[str]]:
        """The articles of each of these incidents."""
        found: dict[str, list[str]] = {}
        for row in self._some(select(_told.incident, _told.article), _told.incident, incidents):
            found.setdefault(row.incident, []).append(row.article)
        return found

    def incidents_of(self, articles: Sequence[str]) -> dict[str, list[str]]:
        """The incidents that each of these articles tells."""
        found: dict[str, list[str]] = {}
        for row in self._some(select(_told.article, _told.incident), _told.article, articles):
            found.setdefault(row.article, []).append(row.incident)
        return found

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

    # ----------------------------------------------------------------- sources

    def sources(self, name: str = "", limit: int = 50, after: str | None = None) -> Page[SourceEntry]:
        """The cited sources that have a name, or this as part of it, most cited first."""
        by = _link.actor_name
        counted = select(by, func.count().label("number")).where(by.is_not(None)).group_by(by)
        grouped = counted.offset(0).subquery().c  # an offset keeps the part of a name out: names, not links, are read
        fits = grouped.actor_name.icontains(name, autoescape=True) if name else true()
        (skip,) = read_cursor(after, 1) if after else (0,)
        if not isinstance(skip, int) or skip < 0:
            raise bad_cursor(after)
        asked = select(grouped.actor_name).where(fits).order_by(grouped.number.desc(), grouped.actor_name)
        rows = self._on.execute(asked.limit(limit + 1).offset(skip)).all()
        total = self._number(select(func.count(grouped.actor_name)).where(fits))
        more = write_cursor(skip + limit) if len(rows) > limit else None
        return Page(cited.entries(self._on, [row.actor_name for row in rows[:limit]]), more, total)

    def source(self, name: str) -> SourceSummary | None:
        """A source in numbers; None if nobody cites one of that name."""
        return cited.summary(self._on, name)

    def citing(self, name: str, limit: int) -> list[str]:
        """The latest articles that cite a source of this name."""
        return list(self._on.execute(cited.CITING, {"name": name, "most": limit}).scalars())

    # ----------------------------------------------------------------- who took what from whom

    def outlet(self, name: str) -> OutletSummary | None:
        """An outlet in numbers; None if nothing of it is here and nobody credits it."""
        return taken.outlet_summary(self._on, name)

    def taken(self, since: str | None, until: str | None, outlet: str | None, most: int) -> list[Taken]:
        """The copies that came out in these days, the latest first; with an outlet those that it gave or took."""
        return taken.taken_in(self._on, since, until, outlet, most)

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

    # ----------------------------------------------------------------- what may be wrong

    def uncertain(self, asked: Doubted, limit: int = 10, after: str | None = None) -> list[Doubt]:
        """What was decided by a narrow margin, the narrowest first, whether somebody judged it or not.

        Each doubt says by its own `after` how to ask for what follows it.
        """
        return doubts.uncertain(self._on, asked, limit, after)

    def number_of_doubts(self, kind: DoubtKind) -> int:
        return doubts.number(self._on, kind)

    def events_of(self, incidents: Iterable[str]) -> dict[str, list[str]]:
        """The events of each of these incidents."""
        inside = schema.incident_events.c
        found: dict[str, list[str]] = {}
        for row in self._some(select(inside.incident, inside.event), inside.incident, incidents):
            found.setdefault(row.incident, []).append(row.event)
        return found

    def index(self) -> LinkIndex:
        """What linking keeps."""
        return self._index

    # ----------------------------------------------------------------- what failed

    def rejected(self, limit: int = 50, after: str | None = None, reason: str = "", origin: str = "") -> Page[Rejected]:
        """What could not be used, of one reason, and from what begins so."""
        table = schema.rejected
        fits = and_(
            true() if not reason else table.c.reason == reason,
            true() if not origin else table.c.origin.startswith(origin, autoescape=True),
        )
        asked = select(table).where(fits)
        if after:
            asked = asked.where(table.c.id > read_cursor(after, 1, [str])[0])
        rows = self._on.execute(asked.order_by(table.c.id).limit(limit + 1)).mappings().all()
        more = write_cursor(rows[limit - 1]["id"]) if len(rows) > limit else None
        total = self._number(select(func.count()).select_from(table).where(fits))
        return Page([rejected_of(dict(row)) for row in rows[:limit]], more, total)

    def reasons(self) -> list[Count]:
        """Why something was rejected, and how often."""
        reason = schema.rejected.c.reason
        return self._counts(select(reason, func.count()).group_by(reason))

    def sizes(self) -> dict[str, int]:
        """How many records of each kind there are."""
        tables = (schema.articles, schema.claims, schema.events, schema.tolls, schema.incidents, schema.stories,
                  schema.copies, schema.origins, schema.rejected, schema.judgements, schema.pending)  # fmt: skip
        counted = self._on.execute(
            select(*(select(func.count()).select_from(table).scalar_subquery() for table in tables))
        )
        return {table.name: number for table, number in zip(tables, counted.one(), strict=True)}

    def condition(self, most: int = 20) -> Condition:
        """How the archive is: of each list the first so many."""
        on = self._on
        return Condition(
            runs=health.runs(on, most),
            stamps=health.stamps(on),
            feeds=health.feeds(on, most),
            successions=health.successions(on, most),
            changed=health.last_change(on),
            bytes=health.size(on),
        )

    # ----------------------------------------------------------------- asking

    def _some(self, asked: Select[Any], column: ColumnElement[Any], values: Iterable[Any]) -> Iterator[Row[Any]]:
        for some in chunks(sorted(set(values))):
            yield from self._on.execute(asked.where(column.in_(some)))

    def _counts(self, asked: Select[Any]) -> list[Count]:
        found = [Count(value or "unknown", number) for value, number in self._on.execute(asked)]
        return sorted(found, key=lambda one: (-one.number, one.value))

    def _number(self, asked: Select[Any]) -> int:
        return int(self._on.execute(asked).scalar() or 0)


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
