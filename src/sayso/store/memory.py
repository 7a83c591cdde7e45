"""An archive in memory: for notebooks, tests and `--db :memory:`. Gone when the process ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext

from sqlalchemy import Table

from sayso.linkindex import MemoryIndex
from sayso.model import Analysis, Article, Judgement, Links, Rejected, Run, Span
from sayso.ports import Found, Succession
from sayso.store import schema
from sayso.store.codec import Packed, pack, same_article, unpack, unpack_article
from sayso.store.found import KINDS, choose, follow, links_of
from sayso.store.linkrows import link_rows
from sayso.store.rows import Row, Rows, judgement_of, judgement_row, rejected_of, rejected_row, rows_of
from sayso.store.words import query_words, rank


class MemoryStore:
    """Keeps what SqlStore keeps, packed the same way, so that both give back the same."""

    def __init__(self) -> None:
        self._packed: dict[str, Packed] = {}
        self._stamps: dict[str, str] = {}
        self._index = MemoryIndex(self.analysis)
        self._rejected: dict[str, Row] = {}
        self._judgements: dict[str, Row] = {}
        self._runs: dict[tuple[str, str], Run] = {}

    # ----------------------------------------------------------------- writing

    def put(
        self, analyses: Sequence[Analysis], stored: Sequence[Article], rejected: Sequence[Rejected], stamp: str
    ) -> None:
        bare = [pack(Analysis(article), coded=False) for article in stored]
        coded = [pack(analysis) for analysis in analyses]
        for article, packed in zip(stored, bare, strict=True):
            if not same_article(self._packed.get(article.id), packed):
                self._packed[article.id], self._stamps[article.id] = packed, ""
                self._index.touch([article.id])
        for analysis, packed in zip(analyses, coded, strict=True):
            self._packed[analysis.article.id], self._stamps[analysis.article.id] = packed, stamp
            self._index.hold(analysis)
        self._rejected.update((row["id"], row) for row in map(rejected_row, rejected))

    def linking(self) -> AbstractContextManager[MemoryIndex]:
        """What linking reads and writes; what fails half-way is not undone here."""
        return nullcontext(self._index)

    def judge(self, *judgements: Judgement) -> None:
        for row in map(judgement_row, judgements):
            self._judgements.setdefault(row["id"], row)

    def put_run(self, run: Run) -> None:
        """Note a run, or how it went on."""
        self._runs[run.stamp, run.started] = run

    def writing(self, wait: float = 0.0) -> AbstractContextManager[None]:
        """Nobody else can write here."""
        return nullcontext()

    # ----------------------------------------------------------------- reading

    def has(self, ids: Sequence[str]) -> dict[str, str]:
        return {id: self._stamps[id] for id in ids if id in self._stamps}

    def ids(self) -> dict[str, str]:
        return dict(sorted(self._stamps.items()))

    def articles(self) -> Iterator[Article]:
        return (unpack_article(packed.text, packed.head) for _, packed in sorted(self._packed.items()))

    def article(self, id: str) -> Article | None:
        packed = self._packed.get(id)
        return unpack_article(packed.text, packed.head) if packed else None

    def analysis(self, id: str) -> Analysis | None:
        packed = self._packed.get(id)
        return unpack(packed) if packed else None

    def analyses(self) -> Iterator[Analysis]:
        return (unpack(packed) for _, packed in sorted(self._packed.items()))

    def links(self) -> Links:
        return self._index.links()

    def links_of(self, ids: Sequence[str]) -> Links:
        return links_of(self._index, ids)

    def counts(self) -> dict[str, int]:
        links = self._index.links()
        return {name: len(getattr(links, name)) for name in ("copies", "origins", "incidents", "stories")}

    def successions(self, id: str | None = None) -> Iterator[tuple[str, Succession]]:
        return ((at, one) for at, one in self._index.told if id is None or id in (one.old, one.new))

    def rejected(self) -> Iterator[Rejected]:
        return (rejected_of(row) for _, row in sorted(self._rejected.items()))

    def judgements(self) -> Iterator[Judgement]:
        ordered = sorted(self._judgements.values(), key=lambda row: (row["at"], row["id"]))
        return map(judgement_of, ordered)

    def runs(self) -> Iterator[Run]:
        """Every run, oldest first."""
        return iter(sorted(self._runs.values(), key=lambda run: (run.started, run.stamp)))

    def find(self, id: str, kind: str | None = None) -> Found | None:
        rows = self._by_table()
        found = [
            (row["id"], named, row.get(of) if of else None)
            for named, table, of in KINDS
            if kind in (None, named)
            for row in rows.get(table, ())
            if row["id"].startswith(id)
        ]
        return choose(id, found) if found else follow(id, kind, (told for _, told in self._index.told))

    def search(self, query: str, limit: int = 50) -> list[tuple[Article, Span]]:
        words = query_words(query)
        return rank(self.articles(), words, limit) if words else []

    def rows(self) -> Iterator[tuple[Table, Row]]:
        """Every row that an SQL archive of the same content holds, but for runs."""
        return ((table, row) for table, rows in self._by_table().items() for row in rows)

    def _by_table(self) -> Rows:
        made: Rows = {
            schema.rejected: list(self._rejected.values()),
            schema.judgements: list(self._judgements.values()),
        }
        parts = [rows_of(unpack(packed), packed, self._stamps[id]) for id, packed in self._packed.items()]
        published = {article.id: article.published for article in self.articles()}
        parts.append(link_rows(self._index.links(), published))
        for part in parts:
            for table, rows in part.items():
                made.setdefault(table, []).extend(rows)
        return made

    def close(self) -> None:
        """Nothing to let go of."""
