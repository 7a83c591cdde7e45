"""An article and an incident as a notebook shows them: HTML that brings everything along and runs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.errors import InputError
from sayso.model import Analysis, Article, Incident
from sayso.report.agreement import AgreementRow, incident_rows
from sayso.report.archive import Archive, days
from sayso.report.claims import Desk
from sayso.report.grounds import ground
from sayso.report.hostile import shown
from sayso.report.marked import STYLE, Mark, legend, marks, segments, to_html
from sayso.report.plots.drawing import Drawing, map_of
from sayso.report.plots.picture import Size
from sayso.report.reach import OriginShare
from sayso.report.tables import IncidentRow, incident_row

_QUOTES = 8  # told of an incident
_SMALL = Size(1000, 625)  # of a map among words


@dataclass(frozen=True, slots=True, repr=False)
class ArticleView:
    """One article with all that was understood of it; a notebook shows its text with the marks."""

    analysis: Analysis
    archive: Archive

    def __repr__(self) -> str:
        return f"<Article {self.id} {self.article.outlet or 'unknown outlet'}: {self.article.title or 'no title'}>"

    @property
    def id(self) -> str:
        return self.analysis.article.id

    @property
    def article(self) -> Article:
        return self.analysis.article

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Every stretch of the text that a record rests on, with what it is and on whose word."""
        return marks(self.archive, self.id)

    def _repr_html_(self) -> str:
        article, found = self.article, self.marks
        told = [article.outlet or "unknown outlet", article.published or "undated", *article.byline]
        told += [f"credits {', '.join(article.credits)}"] if article.credits else []
        told += [f"{copy.kind} copy of {copy.of}" for copy in self.archive.taken.get(self.id, ())]
        return (
            f"<style>{STYLE}</style><p>{shown(' · '.join(told))}</p>{legend(mark.kind for mark in found)}"
            f"{to_html(segments(article.text, found))}"
        )


def article_view(archive: Archive, id: str) -> ArticleView:
    """The one article whose id begins so."""
    found = [id] if id in archive.analyses else [whole for whole in archive.analyses if id and whole.startswith(id)]
    if len(found) != 1:
        raise InputError(
            "no analysed article has this id, or several begin with it", about=id, way_out="give more of it"
        )
    return ArticleView(archive.analyses[found[0]], archive)


@dataclass(frozen=True, slots=True, repr=False)
class IncidentView:
    """One happening over all reports; a notebook shows who says what of it, and where it is."""

    incident: Incident
    desk: Desk
    row: IncidentRow

    def __repr__(self) -> str:
        where, when = self.row.place or "place unknown", days(self.row.first, self.row.last) or "undated"
        return f"<Incident {self.id} {self.row.type}, {where}, {when}>"

    @property
    def id(self) -> str:
        return self.incident.id

    @property
    def agreement(self) -> list[AgreementRow]:
        """What its reports agree on, and who stands against whom."""
        return incident_rows(self.desk, self.incident)

    def map(self) -> Drawing | None:
        """Where it is; None where its place is not known."""
        placed = self.row.lat is not None and self.row.lon is not None
        return map_of(self.desk.archive, {self.id}, _SMALL) if placed else None

    def _repr_html_(self) -> str:
        drawn = self.map()
        return "".join(
            (
                f"<p><b>{shown(self.row.summary)}</b></p>",
                _facts(_who_where_when(self.row)),
                _list("Reports by origin", map(_origin, self.row.by_origin)),
                _list("What the reports agree on, and what not", map(_position, self.agreement)),
                _list("In their words", self._quotes()),
                drawn.to_html() if drawn else "",
            )
        )

    def _quotes(self) -> Iterator[str]:
        """The evidence of its events, with who prints it and on whose word."""
        archive = self.desk.archive
        events = [archive.events[id] for id in self.incident.events if id in archive.events]
        for event in events[:_QUOTES]:
            yield f"“{shown(archive.quotes(event.evidence))}” {shown(ground(archive, event).says)}"
        if len(events) > _QUOTES:
            yield f"… {len(events) - _QUOTES} more"


def incident_view(desk: Desk, id: str) -> IncidentView:
    """The one incident whose id begins so."""
    incident = desk.archive.incident(id)
    return IncidentView(incident, desk, incident_row(desk.archive, incident))


def _who_where_when(row: IncidentRow) -> Iterator[tuple[str, str]]:
    """What is known, and on whose word."""
    yield "what", ", ".join((row.type, *row.modes))
    yield "when", days(row.first, row.last) or "unknown"
    yield "where", ", ".join(filter(None, (row.place, row.country))) or "unknown"
    yield "who", ", ".join(row.actors) or "unknown"
    yield "to whom", ", ".join(row.recipients) or "nobody named"
    yield "tolls", "; ".join(row.tolls) or "none told"
    yield "on the word of", "; ".join(row.sources)
    yield "disputed", "yes" if row.disputed else "no"


def _facts(facts: Iterable[tuple[str, str]]) -> str:
    rows = (f'<tr><th scope="row" style="text-align:left">{name}</th>{_left(words)}</tr>' for name, words in facts)
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


def _left(words: str) -> str:
    return f'<td style="text-align:left" dir="auto">{shown(words)}</td>'


def _list(head: str, items: Iterable[str]) -> str:
    """A heading with what stands under it; nothing where nothing does."""
    lines = "".join(f'<li dir="auto">{item}</li>' for item in items)
    return f"<p><b>{head}</b></p><ul>{lines}</ul>" if lines else ""


def _origin(share: OriginShare) -> str:
    told = (f"{one.outlet} {(one.published or 'undated')[:10]}: {one.why}" for one in share.articles)
    alone = "" if share.independent else " (adds no independence)"
    return f"<b>{shown(share.name)}</b>{alone}: {shown('; '.join(told))}"


def _position(row: AgreementRow) -> str:
    against = f", against {', '.join(row.against)}" if row.against else ""
    return shown(f"{row.facet}, {row.standing}: {row.position} ({', '.join(row.who)}{against})")
