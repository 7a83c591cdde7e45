"""An archive in SQLite or PostgreSQL. Each call that writes is one transaction; readers see the last whole one.

What is loaded comes from the records as they were packed (`codec`), never from the tables made for people: so a
load is exact by construction, whatever those tables leave out or round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict
from itertools import islice
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    Table,
    and_,
    delete,
    insert,
    inspect,
    literal,
    null,
    or_,
    select,
    text,
    union_all,
)

from sayso.model import Analysis, Article, Judgement, Links, Rejected, Run, Span
from sayso.ports import Found, Succession
from sayso.store import schema
from sayso.store.catalogue import Catalogue
from sayso.store.codec import Packed, pack, same_article, unpack, unpack_article
from sayso.store.faults import explained
from sayso.store.found import KINDS, SHORTEST, choose, follow, links_of
from sayso.store.opening import WAIT, archive_url, open_engine, shown, writer_lock
from sayso.store.questions import WROTE, chunks
from sayso.store.rows import Row, Rows, judgement_of, judgement_row, rejected_of, rejected_row, rows_of
from sayso.store.sqlindex import SqlIndex
from sayso.store.words import first_hit, query_words, rank

_PAGE = 64  # rows fetched at a time: an analysis is tens of kilobytes
_PARTS = (schema.articles.c.text, schema.records.c.head, schema.records.c.body)
_PACKED = select(*_PARTS).join_from(schema.articles, schema.records).order_by(schema.articles.c.id)
_HEADS = select(*_PARTS[:2]).join_from(schema.articles, schema.records).order_by(schema.articles.c.id)
_MATCHES = text(
    f"SELECT a.text, r.head FROM {schema.SEARCH} JOIN articles a ON a.key = {schema.SEARCH}.rowid"
    f" JOIN records r ON r.article = a.id WHERE {schema.SEARCH} MATCH :words ORDER BY {schema.SEARCH}.rank, a.id"
)


class SqlStore:
    """Opens the archive at a path or URL, brings its tables up to date, reads and writes it."""

    def __init__(self, db: str, create: bool = True) -> None:
        url = archive_url(db)
        self.about = shown(url)
        self._engine = open_engine(url, create)
        with self._read() as connection:
            self._has_index = schema.SEARCH in inspect(connection).get_table_names()

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with explained(self.about), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        """One transaction, begun as a writer: it waits for other writers and is undone whole if anything fails."""
        with (
            explained(self.about),
            self._engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            connection.execute(WROTE)
            yield connection

    # ----------------------------------------------------------------- writing

    def writing(self, wait: float = WAIT) -> AbstractContextManager[None]:
        """Keep other runs away until the block ends; StoreError if one holds the archive longer than `wait` seconds.

        Single calls need no such lock. A run that stores and then links wants it, so that links rest on all it stored.
        """
        return writer_lock(self._engine, wait)

    def put(
        self, analyses: Sequence[Analysis], stored: Sequence[Article], rejected: Sequence[Rejected], stamp: str
    ) -> None:
        coded = {analysis.article.id: (analysis, pack(analysis)) for analysis in analyses}
        bare = {
            article.id: (Analysis(article), pack(Analysis(article), coded=False))
            for article in stored
            if article.id not in coded
        }
        refused = {row["id"]: row for row in map(rejected_row, rejected)}
        with self._write() as connection:
            settled = _coded_already(connection, {id: packed for id, (_, packed) in bare.items()})
            fresh = {id: made for id, made in (bare | coded).items() if id not in settled}
            _remove(connection, schema.articles, fresh)
            _insert(connection, _merged(rows_of(analysis, packed, stamp) for analysis, packed in fresh.values()))
            SqlIndex(connection).touch(fresh)
            _remove(connection, schema.rejected, refused)
            _insert(connection, {schema.rejected: list(refused.values())})

    @contextmanager
    def linking(self) -> Iterator[SqlIndex]:
        with self._write() as connection:
            yield SqlIndex(connection)

    def judge(self, *judgements: Judgement) -> None:
        rows = {row["id"]: row for row in map(judgement_row, judgements)}
        known = schema.judgements.c.id
        with self._write() as connection:
            said = {id for some in chunks(rows) for id in connection.scalars(select(known).where(known.in_(some)))}
            _insert(connection, {schema.judgements: [row for id, row in rows.items() if id not in said]})

    def put_run(self, run: Run) -> None:
        """Note a run, or how it went on."""
        runs = schema.runs
        with self._write() as connection:
            connection.execute(delete(runs).where(runs.c.stamp == run.stamp, runs.c.started == run.started))
            _insert(connection, {runs: [asdict(run)]})

    # ----------------------------------------------------------------- reading

    def has(self, ids: Sequence[str]) -> dict[str, str]:
        articles = schema.articles.c
        found: dict[str, str] = {}
        with self._read() as connection:
            for some in chunks(ids):
                rows = connection.execute(select(articles.id, articles.stamp).where(articles.id.in_(some)))
                found.update((row.id, row.stamp) for row in rows)
        return {id: found[id] for id in ids if id in found}

    def ids(self) -> dict[str, str]:
        articles = schema.articles.c
        with self._read() as connection:
            rows = connection.execute(select(articles.id, articles.stamp).order_by(articles.id))
            return {row.id: row.stamp for row in rows}

    def articles(self) -> Iterator[Article]:
        return (unpack_article(row["text"], row["head"]) for row in self._stream(_HEADS))

    def article(self, id: str) -> Article | None:
        with self._read() as connection:
            row = connection.execute(_HEADS.where(schema.articles.c.id == id)).one_or_none()
        return unpack_article(row.text, row.head) if row else None

    def analysis(self, id: str) -> Analysis | None:
        with self._read() as connection:
            row = connection.execute(_PACKED.where(schema.articles.c.id == id)).one_or_none()
        return unpack(Packed(*row)) if row else None

    def analyses(self) -> Iterator[Analysis]:
        return (unpack(Packed(row["text"], row["head"], row["body"])) for row in self._stream(_PACKED))

    def links(self) -> Links:
        with self._read() as connection:
            return SqlIndex(connection).links()

    def links_of(self, ids: Sequence[str]) -> Links:
        with self._read() as connection:
            return links_of(SqlIndex(connection), ids)

    def counts(self) -> dict[str, int]:
        with self._read() as connection:
            return {row.records: row.number for row in connection.execute(select(schema.link_counts))}

    @contextmanager
    def catalogue(self) -> Iterator[Catalogue]:
        """Lists of the archive and parts of it, as of one moment."""
        with self._read() as connection:
            yield Catalogue(connection, self._has_index)

    def successions(self, id: str | None = None) -> Iterator[tuple[str, Succession]]:
        table = schema.successions
        asked = select(table).order_by(table.c.at, table.c.kind, table.c.old, table.c.new)
        rows = self._stream(asked if id is None else asked.where(or_(table.c.old == id, table.c.new == id)))
        return ((row["at"], Succession(row["kind"], row["old"], row["new"] or None, row["how"])) for row in rows)

    def rejected(self) -> Iterator[Rejected]:
        return map(rejected_of, self._stream(select(schema.rejected).order_by(schema.rejected.c.id)))

    def judgements(self) -> Iterator[Judgement]:
        table = schema.judgements
        return map(judgement_of, self._stream(select(table).order_by(table.c.at, table.c.id)))

    def runs(self) -> Iterator[Run]:
        """Every run, oldest first."""
        table = schema.runs
        return (Run(**row) for row in self._stream(select(table).order_by(table.c.started, table.c.stamp)))

    def rows(self) -> Iterator[tuple[Table, Row]]:
        """Every row of the archive but for runs."""
        for table in schema.CONTENT:
            for row in self._stream(select(table)):
                yield table, row

    def _stream(self, question: Select[Any]) -> Iterator[Row]:
        """Rows of one question, as of one moment, a page in memory at a time."""
        with self._read() as connection:
            rows = connection.execution_options(yield_per=_PAGE).execute(question)
            yield from (dict(row) for row in rows.mappings())

    # ----------------------------------------------------------------- looking up

    def find(self, id: str, kind: str | None = None) -> Found | None:
        asked = (_matching(named, table, of, id) for named, table, of in KINDS if kind in (None, named))
        with self._read() as connection:
            rows = [(row.id, row.kind, row.article) for row in connection.execute(union_all(*asked))]
        return choose(id, rows) if rows else follow(id, kind, (told for _, told in self.successions()))

    def search(self, query: str, limit: int = 50) -> list[tuple[Article, Span]]:
        words = query_words(query)
        if not words or limit < 1:
            return []
        if not self._has_index:
            return rank(self._holding(words), words, limit)
        quoted = " ".join(f'"{word}"' for word in words)
        with self._read() as connection:
            matches = (unpack_article(*row) for row in connection.execute(_MATCHES, {"words": quoted}))
            # The index and `first_hit` may disagree on what a word is in some script: what it cannot show is left out.
            hits = ((article, hit[0]) for article in matches if (hit := first_hit(article, words)))
            return list(islice(hits, limit))

    def _holding(self, words: Sequence[str]) -> Iterator[Article]:
        """Articles that may hold all words, without the help of an index."""
        like = [schema.articles.c.text.icontains(word, autoescape=True) for word in words]
        return (unpack_article(row["text"], row["head"]) for row in self._stream(_HEADS.where(and_(*like))))


def _matching(kind: str, table: Table, of: str | None, id: str) -> Select[Any]:
    """Records of one kind whose id is the one asked for, or begins with it; two answers are enough to doubt."""
    article = table.c[of] if of else null()
    begins = and_(table.c.id >= id, table.c.id < id + "\U0010ffff") if len(id) >= SHORTEST else table.c.id == id
    some = select(table.c.id, literal(kind).label("kind"), article.label("article")).where(begins)
    return select(some.order_by(table.c.id).limit(2).subquery())


def _coded_already(connection: Connection, bare: Mapping[str, Packed]) -> set[str]:
    """Which of these articles are there with an analysis."""
    known: set[str] = set()
    for some in chunks(bare):
        for row in connection.execute(_PACKED.add_columns(schema.articles.c.id).where(schema.articles.c.id.in_(some))):
            if same_article(Packed(row.text, row.head, row.body), bare[row.id]):
                known.add(row.id)
    return known


def _remove(connection: Connection, table: Table, ids: Iterable[str]) -> None:
    for some in chunks(ids):
        connection.execute(delete(table).where(table.c.id.in_(some)))


def _merged(parts: Iterable[Rows]) -> Rows:
    made: Rows = {}
    for part in parts:
        for table, rows in part.items():
            made.setdefault(table, []).extend(rows)
    return made


def _insert(connection: Connection, rows: Rows) -> None:
    """Parents before children, one prepared statement a table."""
    for table in schema.metadata.sorted_tables:
        if rows.get(table):
            connection.execute(insert(table), rows[table])
