"""Lists of what articles tell: claims, events, figures and copies, in the order of their keys.

That order costs nothing and stands still: whoever pages through a list while articles are added meets every record
that was there once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, exists, func, or_, select, true, tuple_

from sayso.listing import (
    ChainLink,
    ClaimEntry,
    CopyEntry,
    EventEntry,
    EventsAsked,
    Page,
    SaidAsked,
    TollEntry,
    TollsAsked,
)
from sayso.model import Status
from sayso.store import schema
from sayso.store.lists.asking import Asking
from sayso.store.lists.cursors import read_cursor, write_cursor

Rule = tuple[object, ColumnElement[bool]]  # what was asked for, and what a row must fulfil then

_article, _claim, _link, _about = schema.articles.c, schema.claims.c, schema.chain_links.c, schema.claim_about.c
_event, _place, _toll, _copy = schema.events.c, schema.places.c, schema.tolls.c, schema.copies.c
_inside, _member, _basis = schema.incident_events.c, schema.incident_articles.c, schema.toll_basis.c
_original = schema.articles.alias("original")
_AHEAD = (Status.PLANNED.value, Status.THREATENED.value, Status.DEMANDED.value)
_SIDES = (schema.event_actors, schema.event_recipients)

_CLAIMS = select(
    _claim.id, _claim.article, _article.outlet, _article.published, _claim.content, _claim.stance, _claim.certainty,
    _claim.mode, _claim.addressee, _claim.channel, _claim.first, _claim.last, _claim.hedge, _claim.negation,
    _claim.within, _claim.start, _claim.stop.label("end"),
).join_from(schema.claims, schema.articles, _article.id == _claim.article)  # fmt: skip
_CHAIN = select(
    _link.article, _link.claim, _link.actor_name, _link.source, _link.kind, _link.cue, _link.start, _link.stop
).order_by(_link.article, _link.claim, _link.position)
_EVENTS = (
    select(
        _event.id, _event.article, _article.outlet, _article.published, _inside.incident, _event.type, _event.mode,
        _event.context, _event.status, _event.actors, _event.recipients, _event.place, _event.country, _place.lat,
        _place.lon, _event.first, _event.last, _event.said_by, _event.quote, _event.trigger, _event.start,
        _event.stop.label("end"), _place.level.label("place_level"),
    )
    .join_from(schema.events, schema.articles, _article.id == _event.article)
    .outerjoin(schema.places, and_(_place.article == _event.article, _place.id == _event.place_id))
    .outerjoin(schema.incident_events, _inside.event == _event.id)
)  # fmt: skip
_ROLES = select(_basis.toll, func.min(_basis.incident).label("incident"), func.min(_basis.role).label("role"))


class Told(Asking):
    """What articles tell, a page at a time."""

    def claims(self, asked: SaidAsked, limit: int = 50, after: str | None = None) -> Page[ClaimEntry]:
        """A page of the claims that fit, by article and id."""
        return _claims(self._on, asked, limit, after)

    def events(
        self, asked: EventsAsked, limit: int = 50, after: str | None = None, judged: Mapping[str, str] | None = None
    ) -> Page[EventEntry]:
        """A page of the events that fit, by article and id, each as it was coded.

        `judged` has the types of those whose code an analyst corrected; they fit by these.
        """
        return _events(self._on, asked, limit, after, judged or {})

    def ahead(self, since: str | None, until: str | None, country: str | None, most: int) -> list[EventEntry]:
        """What articles of some days tell as still to come, the latest first: planned, threatened, demanded."""
        rules = (
            _event.status.in_(_AHEAD),
            true() if country is None else _event.country == country,
            *(rule for given, rule in _published(_event.article, None, since, until) if given),
        )
        asked = _EVENTS.where(*rules).order_by(func.coalesce(_article.published, "").desc(), _event.id).limit(most)
        return [EventEntry(**row._mapping) for row in self._on.execute(asked)]

    def tolls(self, asked: TollsAsked, limit: int = 50, after: str | None = None) -> Page[TollEntry]:
        """A page of the figures that fit, by article and id."""
        return _tolls(self._on, asked, limit, after)

    def copies(
        self, article: str | None = None, kind: str | None = None, limit: int = 50, after: str | None = None
    ) -> Page[CopyEntry]:
        """A page of the copies, of one kind or on either side of one article, by id."""
        return _copies(self._on, article, kind, limit, after)


def _claims(on: Connection, asked: SaidAsked, limit: int, after: str | None) -> Page[ClaimEntry]:
    """A page of the claims that fit, by article and id."""
    rules: tuple[Rule, ...] = (
        (asked.article, _claim.article == asked.article),
        (asked.stance, _claim.stance == asked.stance),
        (asked.source or asked.kind, _cites(asked.source, asked.kind)),
        (asked.incident, tuple_(_claim.article, _claim.id).in_(_said_of(asked.incident or ""))),
        *_published(_claim.article, asked.outlet, asked.since, asked.until),
    )
    found = _page(on, _CLAIMS, schema.claims, (_claim.article, _claim.id), rules, limit, after)
    keys = [(row["article"], row["id"]) for row in found.entries]
    chains, abouts = _chains(on, keys), _abouts(on, keys)
    entries = [
        ClaimEntry(**row, chain=tuple(chains[key]), about=tuple(abouts[key]))
        for key, row in zip(keys, found.entries, strict=True)
    ]
    return Page(entries, found.after, found.total)


def _events(
    on: Connection, asked: EventsAsked, limit: int, after: str | None, judged: Mapping[str, str]
) -> Page[EventEntry]:
    """A page of the events that fit, by article and id."""
    sides = [
        exists().where(side.c.article == _event.article, side.c.event == _event.id, side.c.name == asked.actor)
        for side in _SIDES
    ]
    held = select(_inside.event).where(_inside.incident == asked.incident)
    rules: tuple[Rule, ...] = (
        (asked.article, _event.article == asked.article),
        (asked.type, _is_of(asked.type or "", judged)),
        (asked.status, _event.status == asked.status),
        (asked.country, _event.country == asked.country),
        (asked.actor, or_(*sides)),
        (asked.incident, _event.id.in_(held)),
        (asked.since, func.coalesce(_event.last, _event.first) >= (asked.since or "")),
        (asked.until, func.coalesce(_event.first, _event.last) <= (asked.until or "")),
    )
    found = _page(on, _EVENTS, schema.events, (_event.article, _event.id), rules, limit, after)
    return Page([EventEntry(**row) for row in found.entries], found.after, found.total)


def _is_of(type: str, judged: Mapping[str, str]) -> ColumnElement[bool]:
    """An event is of a type: as an analyst says, else as it was coded."""
    coded = and_(_event.type == type, _event.id.not_in(list(judged))) if judged else _event.type == type
    said = [id for id, right in judged.items() if right == type]
    return or_(coded, _event.id.in_(said)) if said else coded


def _tolls(on: Connection, asked: TollsAsked, limit: int, after: str | None) -> Page[TollEntry]:
    """A page of the figures that fit, each with its part in the reconciled toll of its incident."""
    of = select(_basis.toll).where(_basis.incident == asked.incident)
    rules: tuple[Rule, ...] = (
        (asked.article, _toll.article == asked.article),
        (asked.harm, _toll.harm == asked.harm),
        (asked.victims, _toll.kind == asked.victims),
        (asked.incident, _toll.id.in_(of)),
        *_published(_toll.article, None, asked.since, asked.until),
    )
    rows = select(
        _toll.id, _toll.article, _article.outlet, _article.published, _toll.event, _toll.harm, _toll.low, _toll.high,
        _toll.victims, _toll.kind, _toll.cumulative, _toll.part, _toll.withdrawn, _toll.as_of_first, _toll.as_of_last,
        _toll.said_by, _toll.text.label("quote"), _toll.start, _toll.stop.label("end"),
    ).join_from(schema.tolls, schema.articles, _article.id == _toll.article)  # fmt: skip
    found = _page(on, rows, schema.tolls, (_toll.article, _toll.id), rules, limit, after)
    ids = [row["id"] for row in found.entries]
    roles = {row.toll: row for row in on.execute(_ROLES.where(_basis.toll.in_(ids)).group_by(_basis.toll))}
    entries = [
        TollEntry(**row, incident=role.incident if role else None, role=role.role if role else None)
        for row in found.entries
        for role in (roles.get(row["id"]),)
    ]
    return Page(entries, found.after, found.total)


def _copies(on: Connection, article: str | None, kind: str | None, limit: int, after: str | None) -> Page[CopyEntry]:
    """A page of the copies, of one kind or on either side of one article, by id."""
    rules: tuple[Rule, ...] = (
        (article, or_(_copy.article == article, _copy.original == article)),
        (kind, _copy.kind == kind),
    )
    rows = (
        select(
            _copy.id, _copy.article, _article.outlet, _article.published, _copy.original,
            _original.c.outlet.label("original_outlet"), _original.c.published.label("original_published"),
            _copy.kind, _copy.share, _copy.why,
        )
        .join_from(schema.copies, schema.articles, _article.id == _copy.article)
        .join(_original, _original.c.id == _copy.original)
    )  # fmt: skip
    found = _page(on, rows, schema.copies, (_copy.id,), rules, limit, after)
    return Page([CopyEntry(**row) for row in found.entries], found.after, found.total)


# --------------------------------------------------------------------------- asking


def _page(
    on: Connection,
    rows: Select[Any],
    counted: FromClause,
    key: Sequence[ColumnElement[Any]],
    rules: Iterable[Rule],
    limit: int,
    after: str | None,
) -> Page[dict[str, Any]]:
    """A page of rows in the order of a key; `counted` is the table whose rows are counted."""
    fits = and_(true(), *(rule for given, rule in rules if given))
    asked = select(*key).where(fits).order_by(*key).limit(limit + 1)
    if after:
        asked = asked.where(tuple_(*key) > tuple_(*read_cursor(after, len(key), [str] * len(key))))
    keys = [tuple(row) for row in on.execute(asked)]  # first alone: rows are wide, and some questions sort them
    found = [dict(row) for row in on.execute(rows.where(tuple_(*key).in_(keys)).order_by(*key)).mappings()]
    last = found[limit - 1] if len(found) > limit else None
    more = write_cursor(*(last[column.key or ""] for column in key)) if last else None
    if not after and not more:
        return Page(found, None, len(found))
    total = on.execute(select(func.count()).select_from(counted).where(fits)).scalar() or 0
    return Page(found[:limit], more, int(total))


def _published(article: ColumnElement[Any], outlet: str | None, since: str | None, until: str | None) -> list[Rule]:
    """Rules on the article that tells something, as one question: which articles fit."""
    rules: tuple[Rule, ...] = (
        (outlet, _article.outlet == outlet),
        (since, _article.published >= (since or "")),
        (until, _article.published < f"{until}\U0010ffff"),
    )
    given = [rule for asked, rule in rules if asked]
    return [(bool(given), article.in_(select(_article.id).where(*given)))]


def _cites(source: str | None, kind: str | None) -> ColumnElement[bool]:
    """A link of the chain is of this name and kind."""
    rules = [rule for given, rule in ((source, _link.actor_name == source), (kind, _link.kind == kind)) if given]
    return tuple_(_claim.article, _claim.id).in_(select(_link.article, _link.claim).where(*rules))


def _said_of(incident: str) -> Select[Any]:
    """(article, claim) of what is said of an incident: of its events, their tolls, and its figures."""
    told = select(_inside.event).where(_inside.incident == incident)
    members = select(_member.article).where(_member.incident == incident)
    targets = told.union(
        select(_basis.toll).where(_basis.incident == incident),
        select(_toll.id).where(_toll.article.in_(members), _toll.event.in_(told)),
    )
    return select(_about.article, _about.claim).where(_about.article.in_(members), _about.target.in_(targets))


def _chains(on: Connection, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], list[ChainLink]]:
    found: dict[tuple[str, str], list[ChainLink]] = defaultdict(list)
    for row in on.execute(_CHAIN.where(tuple_(_link.article, _link.claim).in_(keys))):
        found[row.article, row.claim].append(
            ChainLink(row.actor_name, row.source, row.kind, row.cue, row.start, row.stop)
        )
    return found


def _abouts(on: Connection, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
    asked = select(_about.article, _about.claim, _about.target).order_by(_about.target)
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in on.execute(asked.where(tuple_(_about.article, _about.claim).in_(keys))):
        found[row.article, row.claim].append(row.target)
    return found
