"""What is undisputed, contested and told by one alone, as rows; and who reported first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.errors import InputError
from sayso.model import Incident, Span, Story
from sayso.report import tables
from sayso.report.archive import Archive, days, depth
from sayso.report.checks import clip
from sayso.report.claims import Desk, resolve
from sayso.report.facets import Agreement, Facet, agree, agree_on_names
from sayso.report.identity import cited
from sayso.report.positions import Position, Standing, speaker
from sayso.report.reach import First, first_report, origin_of
from sayso.report.sayings import independent

_SHOWN = 5  # names in a line
ALL = "all of it"  # the facet of an incident that one origin alone tells, in an overview


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of one report that a position rests on."""

    article: str
    start: int
    end: int
    quote: str
    outlet: str
    origin: str
    says: str  # the chain from the outlet


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One position on one facet of an incident or story."""

    id: str  # of the incident or story
    about: str
    facet: str
    standing: str
    position: str
    who: tuple[str, ...]
    origins: int
    outlets: tuple[str, ...]
    articles: int
    only_source: str | None  # all of several origins pass on this one source
    against: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class FirstSource:
    """The source that a report cites first."""

    name: str
    chain: str
    article: str
    outlet: str
    origin: str
    published: str | None


def agreement(desk: Desk, id: str | None = None, standings: Iterable[str] = ()) -> list[AgreementRow]:
    """Every position on an incident or story; of the whole archive, what one origin tells alone in one row each."""
    rows = _all(desk) if id is None else _of(desk, id)
    wanted = frozenset(standings)
    return [row for row in rows if not wanted or row.standing in wanted]


def _of(desk: Desk, id: str) -> Iterator[AgreementRow]:
    kind, full = resolve(desk.archive, id)
    if kind == "story":
        story = next(one for one in desk.archive.links.stories if one.id == full)
        yield from story_rows(desk, story)
        inside = frozenset(story.incidents)
        yield from (row for row in _incidents(desk) if row.id in inside)
    elif kind == "incident" or full in desk.archive.incident_of:
        yield from incident_rows(desk, desk.archive.incidents[desk.archive.incident_of.get(full, full)])
    else:
        raise InputError(
            f"is a {kind} of no incident", about=id, way_out="`sayso incidents` shows ids of incidents and stories"
        )


def _all(desk: Desk) -> Iterator[AgreementRow]:
    for story in sorted(desk.archive.links.stories, key=lambda one: (-len(one.articles), one.id)):
        if len(independent(desk.archive, story.articles)) > 1:
            yield from story_rows(desk, story)
    yield from _incidents(desk)


def _incidents(desk: Desk) -> Iterator[AgreementRow]:
    """The weightiest first, those that several origins tell or that are contested before the others."""
    alone: list[AgreementRow] = []
    for ranked in tables.incidents(desk.archive):
        incident = desk.archive.incidents[ranked.id]
        agreed = agree(desk, incident)
        about = about_incident(incident)
        if len(agreed.origins) > 1:
            yield from _rows(desk, agreed, about)
        elif agreed.contested:
            yield from _rows(desk, agreed, about, agreed.contested)
        else:
            alone.append(_alone(desk, incident, about))
    yield from alone


def incident_rows(desk: Desk, incident: Incident) -> list[AgreementRow]:
    """Every position on an incident."""
    return list(_rows(desk, agree(desk, incident), about_incident(incident)))


def story_rows(desk: Desk, story: Story) -> list[AgreementRow]:
    """What a story's matter and people are called, and who is blamed."""
    return list(_rows(desk, agree_on_names(desk, story), f"story: {clip(story.title)}"))


def _rows(desk: Desk, agreed: Agreement, about: str, facets: Iterable[Facet] | None = None) -> Iterator[AgreementRow]:
    for facet in agreed.facets if facets is None else facets:
        for position in facet.positions:
            yield _row(desk.archive, agreed.id, about, facet.name, position)


def _row(archive: Archive, id: str, about: str, facet: str, held: Position) -> AgreementRow:
    return AgreementRow(
        id=id,
        about=about,
        facet=facet,
        standing=held.standing.value,
        position=f"{held.says} ({held.note})" if held.note else held.says,
        who=tuple(dict.fromkeys(one.name for one in held.holders)),
        origins=len(held.origins),
        outlets=tuple(dict.fromkeys(one.outlet for one in held.holders)),
        articles=len({one.article for one in held.holders}),
        only_source=held.only_source,
        against=held.against,
        evidence=tuple(quote(archive, one.evidence, one.says) for one in held.holders),
    )


def quote(archive: Archive, span: Span, says: str = "") -> Evidence:
    """A span with what stands there, in whose paper, going back to whom."""
    outlet, origin = archive.outlet(span.article), origin_of(archive, span.article)
    return Evidence(span.article, span.start, span.end, archive.quote(span), outlet, origin, says)


def _alone(desk: Desk, incident: Incident, about: str) -> AgreementRow:
    archive = desk.archive
    outlets = tuple(dict.fromkeys(map(archive.outlet, incident.articles)))
    events = [archive.events[id] for id in incident.events]
    return AgreementRow(
        id=incident.id,
        about=about,
        facet=ALL,
        standing=Standing.SINGLE.value,
        position=clip(incident.summary),
        who=tuple(dict.fromkeys(origin_of(archive, article) for article in incident.articles)),
        origins=1,
        outlets=outlets,
        articles=len(incident.articles),
        only_source=None,
        against=(),
        evidence=tuple(quote(archive, event.trigger, archive.voices(event)) for event in events),
    )


def about_incident(incident: Incident) -> str:
    """When, where and what, in a line."""
    where = incident.place or incident.country or "place unknown"
    return f"{days(incident.first, incident.last) or 'undated'}, {where}: {clip(incident.summary)}"


def position_lines(row: AgreementRow) -> list[tuple[int, str]]:
    """(indent, words) of a position to read: facet, standing and what is held; then by whom, and against whom."""
    spread = f"{row.origins} {'origin' if row.origins == 1 else 'origins'} in {row.articles} reports"
    if row.articles == 1:
        spread = "1 report"
    alone = f", all on the word of {row.only_source}" if row.only_source else ""
    who = ", ".join(row.who[:_SHOWN]) + (f" and {len(row.who) - _SHOWN} more" if len(row.who) > _SHOWN else "")
    against = [(4, f"against {one}") for one in row.against]
    return [(0, f"{row.facet}: {row.standing}: {row.position}"), (4, f"{who} ({spread}{alone})"), *against]


# --------------------------------------------------------------------------- who was first


def first_told(desk: Desk, incident: Incident) -> tuple[First, FirstSource | None]:
    """Who reported an incident first, and the source that its reports cite first."""
    return first_report(desk.archive, incident.articles), _first_source(desk, incident)


def _first_source(desk: Desk, incident: Incident) -> FirstSource | None:
    """Of the earliest report that cites somebody on it, the source the chain of its fullest claim ends with."""
    archive, found = desk.archive, []
    for event in (archive.events[id] for id in incident.events):
        claims = [claim for claim in archive.held(event.claims) if cited(claim)]
        if claims:
            claim = max(claims, key=lambda one: (depth(one), one.id))
            id = event.trigger.article
            found.append(((archive.article(id).published or "9999", id in archive.taken), event.trigger, claim))
    if not found:
        return None
    _, span, claim = min(found, key=lambda one: one[:2])  # of one time an original before a copy
    return FirstSource(
        name=speaker(desk, claim).name,
        chain=archive.chain(claim),
        article=span.article,
        outlet=archive.outlet(span.article),
        origin=origin_of(archive, span.article),
        published=archive.article(span.article).published,
    )
