"""The questions of `Project`: each answers with a table of records, or with one record that a notebook shows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Literal, overload

from sayso.ports import Store
from sayso.report import copies, holdings, tables
from sayso.report.actors import ActorRow, actors
from sayso.report.archive import Archive
from sayso.report.choosing import Choice, choose
from sayso.report.claims import Asked, ClaimRow, Desk, SayingRow
from sayso.report.copies import CopyRow
from sayso.report.holdings import ArticleRow, HitRow, StoryRow
from sayso.report.labels import LabelRow, labels
from sayso.report.plots.drawing import Drawing, map_of
from sayso.report.plots.picture import Size
from sayso.report.rich import ArticleView, IncidentView, article_view, incident_view
from sayso.report.sources import SourceNote, SourceRow, notes, sources
from sayso.report.tables import IncidentRow, TimelineRow, TollRow
from sayso.table import Table


class Incidents(Table[IncidentRow]):
    """Incidents, which can be put on a map."""

    __slots__ = ("archive",)

    def __init__(self, rows: list[IncidentRow] | tuple[IncidentRow, ...], archive: Archive) -> None:
        super().__init__(rows, IncidentRow)
        self.archive = archive

    def _with(self, rows: tuple[IncidentRow, ...]) -> Incidents:  # type: ignore[override]
        return Incidents(rows, self.archive)

    def map(self, width: int = 1600, height: int = 1000) -> Drawing:
        """Where they were, by size of toll and type, in pixels; InputError where no place is known."""
        return map_of(self.archive, {row.id for row in self}, Size(width, height))


class Asking(ABC):
    """What can be asked of an archive. Each question reads it as it stands; `desk()` keeps it for several."""

    store: Store

    @abstractmethod
    def archive(self) -> Archive: ...

    @abstractmethod
    def desk(self) -> Desk: ...

    def incidents(
        self,
        since: str | None = None,
        until: str | None = None,
        country: str | None = None,
        type: str | None = None,
        actor: str | None = None,
        outlet: str | None = None,
        origins: int = 1,
        place: str | None = None,
        story: str | None = None,
    ) -> Incidents:
        """What happened, counted once, the weightiest first; what is given must all hold.

        Days are "2022-01-05", countries three letters ("KAZ"), types PLOVER's ("ASSAULT"); `actor` and `outlet` are
        parts of a name; `origins` the least number of independent ones; `story` an id or its first digits.
        """
        wanted = Choice(since, until, country, type, actor, outlet, origins, place, story)
        archive = self.archive()
        chosen = {incident.id for incident in choose(archive, wanted)}
        return Incidents([row for row in tables.incidents(archive) if row.id in chosen], archive)

    def incident(self, id: str) -> IncidentView:
        """The incident whose id begins so, with who says what of it; a notebook shows it with a map."""
        return incident_view(self.desk(), id)

    def map(self, since: str | None = None, until: str | None = None, country: str | None = None) -> Drawing:
        """Where it happened, as SVG. `incidents(...).map()` is of any choice."""
        return self.incidents(since, until, country).map()

    def tolls(self, incident: str | None = None) -> Table[TollRow]:
        """How many were harmed: what was reconciled, below it each report's figure; of all incidents or one."""
        return Table(tables.tolls(self.archive(), incident), TollRow)

    def timeline(self, since: str | None = None, until: str | None = None) -> Table[TimelineRow]:
        """Incidents day by day."""
        return Table(tables.timeline(self.archive(), since, until), TimelineRow)

    def copies(self) -> Table[CopyRow]:
        """Which article was taken from which, how, and what it changed."""
        return Table(copies.copies(self.archive()), CopyRow)

    def articles(self) -> Table[ArticleRow]:
        """Every analysed article by day, with the origin it goes back to."""
        return Table(holdings.articles(self.archive()), ArticleRow)

    def article(self, id: str) -> ArticleView:
        """The analysed article whose id begins so; a notebook shows its text with all that was understood marked."""
        return article_view(self.archive(), id)

    def stories(self) -> Table[StoryRow]:
        """Incidents and articles that belong together, the most reported first."""
        return Table(holdings.stories(self.archive()), StoryRow)

    def search(self, query: str, limit: int = 50) -> Table[HitRow]:
        """Articles that hold all these words, best first."""
        return Table(holdings.hits(self.store.search(query, limit)), HitRow)

    @overload
    def claims(self, asked: Asked | None = None, *, each: Literal[False] = False) -> Table[SayingRow]: ...

    @overload
    def claims(self, asked: Asked | None = None, *, each: Literal[True]) -> Table[ClaimRow]: ...

    def claims(self, asked: Asked | None = None, *, each: bool = False) -> Table[SayingRow] | Table[ClaimRow]:
        """Who is reported to say what: one row a saying over all its reports, or with `each` one a claim.

        `project.claims(Asked(source="ministry", stances=("denies",)))`
        """
        desk, wanted = self.desk(), asked or Asked()
        return Table(desk.claims(wanted), ClaimRow) if each else Table(desk.said(wanted), SayingRow)

    def sources(self) -> Table[SourceRow]:
        """Everybody who is cited, over all articles: what others of another origin confirm or dispute, and grades."""
        return Table(sources(self.desk()), SourceRow)

    def source(self, name: str) -> Table[SourceNote]:
        """What the source of a name, or part of it, said, and what others make of each saying."""
        return Table(notes(self.desk(), name), SourceNote)

    def actors(self, name: str | None = None) -> Table[ActorRow]:
        """Who is known: names with the titles, countries and sectors that articles give them, and when."""
        return Table(actors(self.archive(), name), ActorRow)

    def labels(self, of: str | None = None, source: str | None = None) -> Table[LabelRow]:
        """What goes by several names, and who uses which; of one target, or by one source."""
        return Table(labels(self.archive(), of, source), LabelRow)
