"""`Project`: add, query and judge an archive. What the command line, notebooks and services call.

What only adding needs is imported when something is added, so that questions to an archive answer at once.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from os import PathLike
from types import TracebackType
from typing import Any

from sayso.asking import Asking
from sayso.config import Config, load_config
from sayso.correcting import Correcting, Judged, moment
from sayso.errors import ConfigError
from sayso.judging import (
    reattach,
)
from sayso.link.verdicts import correct
from sayso.model import Analysis, Article, Rejected, Run, content_id
from sayso.ports import Store
from sayso.report.archive import Archive
from sayso.report.changes import Change, Diff, changes, published_until
from sayso.report.claims import Asked, Desk
from sayso.report.parts import part_of
from sayso.store import Catalogue, SqlStore, open_store

__all__ = ["Asked", "Judged", "Project", "Summary", "analyse_sources", "open", "place_index_ready"]


@dataclass(slots=True)
class Summary:
    """What a run did; `rejected` counts reasons, `languages` articles kept without analysis."""

    added: int = 0
    redone: int = 0
    known: int = 0
    kept: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    incidents: int = 0
    copies: int = 0
    origins: int = 0
    stories: int = 0

    @property
    def usable(self) -> int:
        """Articles that were or already are in the archive."""
        return self.added + self.redone + self.known + self.kept

    @property
    def seen(self) -> int:
        """Articles and rejects that came so far."""
        return self.usable + self.rejected.total()


_TOGETHER = 500  # articles linked in one transaction
Progress = Callable[[Summary, str], None]  # what came so far, and the stage: "reading" or "linking"


def analyse_sources(sources: Iterable[str], config: Config) -> Iterator[Analysis | Article | Rejected]:
    """Read and analyse, storing nothing; an article without a pipeline for its language comes back as it is."""
    from sayso.pipeline import code
    from sayso.read import read_sources

    return code(read_sources(sources, config), config)


def place_index_ready(config: Config) -> bool:
    """Whether the place index is built; the first run builds it, which takes about half a minute."""
    from sayso.pipeline import place_index_ready as is_ready

    return is_ready(config)


def open(db: str | PathLike[str] | None = None, *, create: bool = True, **settings: Any) -> Project:
    """The archive at a path or URL, made if it is not there unless `create` is False; without one as settings say.

    `settings` are those of `Config`, over `SAYSO_*` variables and `sayso.toml`: `sayso.open("sayso.db", processes=4)`.
    """
    return Project(load_config({**settings, "db": None if db is None else str(db)}), create=create)


class Project(Asking, Correcting):
    """One archive with the settings it is used with. Use as a context manager, or `close()` it."""

    def __init__(self, config: Config | None = None, *, create: bool = True) -> None:
        self.config = config or Config()
        self.store: Store = open_store(self.config.db, create=create)

    def __enter__(self) -> Project:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.store.close()

    def add(self, sources: Iterable[str], progress: Progress | None = None) -> Summary:
        """Read, analyse, store and link. Safe to interrupt and to repeat: what is stored is not read again."""
        from sayso.pipeline import code
        from sayso.read import read_sources

        summary = Summary()
        with self._run(summary) as made:
            fresh = self._unknown(read_sources(sources, self.config), summary)
            self._store(code(fresh, self.config), made, summary, progress, redo=False)
            self._relink(summary, progress)
        return summary

    def outdated(self) -> Counter[str]:
        """Stored articles whose analysis another version or setting made: how many, by that version."""
        made = self.stamp()
        return Counter(old for old in self.store.ids().values() if old and old != made)

    def redo(self, progress: Progress | None = None) -> Summary:
        """Analyse again what another version or setting made, and link again."""
        from sayso.pipeline import code

        summary = Summary()
        with self._run(summary) as made:
            old = [id for id, by in self.store.ids().items() if by and by != made]
            articles = (article for id in old if (article := self.store.article(id)))
            self._store(code(articles, self.config), made, summary, progress, redo=True)
            self.store.judge(*(here for _, here in reattach(self.store, self.store.judgements())))
            self._relink(summary, progress)
        return summary

    @contextmanager
    def _run(self, summary: Summary) -> Iterator[str]:
        """Hold the archive for a whole run, and note what made it, when, and what came of it."""
        made = self.stamp()
        with self.store.writing():
            run = Run(stamp=made, started=moment(), config=self.config.digest)
            self.store.put_run(run)
            yield made
            counts = {name: getattr(summary, name) for name in ("added", "redone", "known", "kept")}
            self.store.put_run(replace(run, finished=moment(), rejected=summary.rejected.total(), **counts))

    def archive(self) -> Archive:
        """Everything stored, ready for reports; events whose code was called wrong are as judged."""
        verdicts = self.verdicts()
        analyses = self.store.analyses()
        told = (correct(analysis, verdicts) for analysis in analyses) if verdicts.corrections else analyses
        return Archive(told, self.store.links(), self.store.rejected())

    def part(self, articles: Iterable[str]) -> Archive:
        """Some articles with what links them, ready for reports; its size is theirs, not that of the archive."""
        with self.catalogue() as lists:
            analyses, links = lists.part(articles)
        verdicts = self.verdicts()
        return part_of([correct(analysis, verdicts) for analysis in analyses], links)

    def period(self, since: str | None = None, until: str | None = None) -> Desk:
        """The desk of a period, for a report: of the articles that tell its incidents or came out in it.

        Everything where no day is given, or for an archive in memory.
        """
        if not (since or until) or not isinstance(self.store, SqlStore):
            return self.desk()
        with self.catalogue() as lists:
            articles = lists.of_period(since, until)
        return Desk(self.part(articles), self.grades())

    def catalogue(self) -> AbstractContextManager[Catalogue]:
        """Lists of the archive, a page at a time, as of one moment; ConfigError for an archive in memory."""
        if isinstance(self.store, SqlStore):
            return self.store.catalogue()
        raise ConfigError("an archive in memory has no lists", about=self.config.db, way_out="name a file with --db")

    def as_of(self, day: str) -> Archive:
        """What the archive says of the articles published up to the end of a day, linked anew with all judgements."""
        from sayso.link import link

        verdicts = self.verdicts()
        analyses = published_until(self.store.analyses(), day)
        links = link(analyses, tuple(self.store.judgements()))
        return Archive((correct(analysis, verdicts) for analysis in analyses), links)

    def diff(self, first: str, second: str) -> Diff:
        """What changed between the ends of two days. Articles without a date are on neither side, and counted."""
        if first > second:
            raise ConfigError("is later than the second day", about=first, way_out="give the earlier day first")
        before, after = self.as_of(first), self.as_of(second)
        undated = sum(1 for one in self.store.analyses() if not one.article.published)
        counts = (len(before.analyses), len(after.analyses))
        return Diff(first, second, counts, undated, tuple(changes(Desk(before), Desk(after))))

    def since(self, day: str) -> list[Change]:
        """What all articles tell otherwise than those published before a day."""
        before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
        return changes(Desk(self.as_of(before)), self.desk())

    def desk(self) -> Desk:
        """The archive with its sayings and grades, to ask several questions about who says what; made once."""
        return Desk(self.archive(), self.grades())

    def stamp(self) -> str:
        """What analyses are made with here and now, as those that are stored are stamped."""
        from sayso.pipeline import stamp

        return stamp(self.config)

    def _unknown(self, items: Iterable[Article | Rejected], summary: Summary) -> Iterator[Article | Rejected]:
        """Leave out what is stored or came before in this run; a changed text under a used id becomes a new article."""
        seen: dict[str, str] = {}
        for item in items:
            if isinstance(item, Rejected):
                yield item
                continue
            text = hashlib.sha256(item.text.encode("utf-8", "surrogatepass")).hexdigest()
            before = seen.get(item.id) or self._stored_text(item.id)
            if before is not None and before != text:
                item = replace(item, id=content_id("revision", item.id, item.text))
                before = seen.get(item.id) or self._stored_text(item.id)
            if before is not None:
                summary.known += 1
                continue
            seen[item.id] = text
            yield item

    def _stored_text(self, id: str) -> str | None:
        if id not in self.store.has([id]):
            return None
        stored = self.store.article(id)
        return hashlib.sha256(stored.text.encode("utf-8", "surrogatepass")).hexdigest() if stored else None

    def _store(
        self,
        outcomes: Iterable[Analysis | Article | Rejected],
        made: str,
        summary: Summary,
        progress: Progress | None,
        redo: bool,
    ) -> None:
        """Write in batches, each one transaction."""
        batch: list[Analysis | Article | Rejected] = []
        for outcome in outcomes:
            batch.append(outcome)
            if len(batch) >= self.config.batch:
                self._write(batch, made)
                batch = []
            _count(summary, outcome, redo)
            if progress:
                progress(summary, "reading")
        if batch:
            self._write(batch, made)

    def _write(self, batch: Sequence[Analysis | Article | Rejected], made: str) -> None:
        self.store.put(
            [item for item in batch if isinstance(item, Analysis)],
            [item for item in batch if isinstance(item, Article)],
            [item for item in batch if isinstance(item, Rejected)],
            made,
        )

    def relink(self, progress: Progress | None = None) -> Counter[str]:
        """Link what was put or judged since the last time; how many copies, origins, incidents and stories there are.

        Some hundred articles are one transaction, so that what is interrupted goes on from there.
        """
        with self.store.writing():
            summary = Summary()
            self._relink(summary, progress)
        return Counter(self.store.counts())

    def link_again(self) -> None:
        self._relink(Summary())

    def _relink(self, summary: Summary, progress: Progress | None = None) -> None:
        from sayso import __version__
        from sayso.link import relink

        judgements = tuple(self.store.judgements())
        left = True
        while left:
            if progress:
                progress(summary, "linking")
            with self.store.linking() as index:
                if index.stamp() != __version__:
                    index.start_over(__version__)
                left = relink(index, judgements, _TOGETHER)
        for name, count in self.store.counts().items():
            setattr(summary, name, count)


def _count(summary: Summary, outcome: Analysis | Article | Rejected, redo: bool) -> None:
    if isinstance(outcome, Rejected):
        summary.rejected[outcome.reason] += 1
    elif isinstance(outcome, Article):
        summary.kept += 1
        summary.languages[outcome.lang or "unknown"] += 1
    elif redo:
        summary.redone += 1
    else:
        summary.added += 1
