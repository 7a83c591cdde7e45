"""What pages and the API read: lists and parts of the archive, kept as long as nothing is written.

A page of an incident or article needs the articles that tell it, not the archive. Such a part is decoded once and
kept until a transaction has written; then it is read anew.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Any, TypeVar

from sayso.api import Project
from sayso.errors import SaysoError
from sayso.link.verdicts import Correction
from sayso.model import Incident
from sayso.report.claims import Desk
from sayso.report.grades import Grade
from sayso.store import Catalogue

Kept = TypeVar("Kept")

_KEPT = 64  # answers kept
MOST_REPORTS = 60  # articles read for one page; those of an incident that more tell are its earliest and latest


class Missing(SaysoError):
    """Nothing in the archive has this id or name."""


class Shelf:
    """Reads the archive of a project for many requests at once."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._kept: OrderedDict[Hashable, tuple[int, Any]] = OrderedDict()
        self._lock = Lock()

    @contextmanager
    def lists(self) -> Iterator[Catalogue]:
        """Lists of the archive as of one moment."""
        with self.project.catalogue() as lists:
            yield lists

    def version(self) -> int:
        """How many transactions have written to the archive."""
        with self.lists() as lists:
            return lists.version()

    def keep(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """What `make` gives, kept under a key until something is written."""
        version = self.version()
        with self._lock:
            held = self._kept.get(key)
            if held and held[0] == version:
                self._kept.move_to_end(key)
                found: Kept = held[1]
                return found
        made = make()
        with self._lock:
            self._kept[key] = (version, made)
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made

    # ----------------------------------------------------------------- parts

    def desk(self, articles: Iterable[str]) -> Desk:
        """These articles with what links them, ready for reports."""
        ids = tuple(sorted(set(articles)))
        return self.keep(("desk", ids), lambda: Desk(self.project.part(ids), self.grades()))

    def incident(self, id: str) -> tuple[Desk, Incident, Incident]:
        """An incident by its id or the beginning of it: its part of the archive, itself within it, and whole.

        The two differ where more than MOST_REPORTS articles tell it. Missing where there is none.
        """
        full = self.find(id, "incident")
        with self.lists() as lists:
            whole = lists.incident(full)
            told = sorted(lists.article_entries(whole.articles).values(), key=lambda one: (one.published or "", one.id))
        half = MOST_REPORTS // 2
        chosen = told if len(told) <= MOST_REPORTS else [*told[:half], *told[-half:]]
        desk = self.desk(entry.id for entry in chosen)
        return desk, desk.archive.incidents[full], whole

    def article(self, id: str) -> tuple[Desk, str]:
        """An article by its id or the beginning of it, with its copies, originals and what tells the same; its id."""
        full = self.find(id, "article")
        with self.lists() as lists:
            near = [end for copy in lists.copies_near([full]) for end in (copy.article, copy.of)]
        return self.desk([full, *sorted(set(near))[:MOST_REPORTS]]), full

    def find(self, id: str, kind: str) -> str:
        """The full id of a record; Missing where none or several begin so."""
        found = self.project.store.find(id, kind)
        if found is None:
            raise Missing(f"no {kind} has this id, or several begin with it", about=id, way_out="give more digits")
        return found.id

    def grades(self) -> dict[str, Grade]:
        """The grades that stand."""
        return self.keep("grades", self.project.grades)

    def corrections(self) -> Mapping[str, Correction]:
        """The codes that analysts called wrong, by event."""
        return self.keep("corrections", lambda: self.project.verdicts().corrections)
