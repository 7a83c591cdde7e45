"""Who is cited how often, counted in the table of chains: for lists of sources, and one source in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, distinct, func, select
from sqlalchemy import text as sql

from sayso.listing import Count, SourceEntry, SourceSummary
from sayso.store import schema

_link, _article, _said = schema.chain_links.c, schema.articles.c, schema.claims.c
_IS_IT = _link.actor_name == bindparam("name")
_SAYS = and_(_IS_IT, _link.start.is_not(None))  # not the agency that an article credits: others say what it carries
_CITED = schema.chain_links.join(schema.articles, _article.id == _link.article)
_SAYING = schema.chain_links.join(schema.claims, and_(_said.article == _link.article, _said.id == _link.claim))
_SIZE = select(
    func.count(),
    func.count() - func.count(_link.start),
    func.count(distinct(_link.article)), func.min(_article.published), func.max(_article.published)
).select_from(_CITED).where(_IS_IT)  # fmt: skip
_OUTLETS = select(_article.outlet, func.count()).select_from(_CITED).where(_IS_IT).group_by(_article.outlet)
_STANCES = select(_said.stance, func.count()).select_from(_SAYING).where(_SAYS).group_by(_said.stance)
_ADDRESSEES = (
    select(_said.addressee, func.count())
    .select_from(_SAYING)
    .where(_SAYS, _said.addressee.is_not(None))
    .group_by(_said.addressee)
)
_ABOUT = sql(
    "SELECT count(DISTINCT i.id), count(DISTINCT CASE WHEN i.origins = 1 THEN i.id END) FROM chain_links l"
    " JOIN claim_about a ON a.article = l.article AND a.claim = l.claim"
    " JOIN incident_events e ON e.event = a.target JOIN incidents i ON i.id = e.incident WHERE l.actor_name = :name"
)
_KINDS = select(
    _link.actor_name, _link.kind, func.count().label("number"), func.count(distinct(_link.article)).label("told")
).group_by(_link.actor_name, _link.kind)
CITING = (
    select(_article.id)
    .where(_article.id.in_(select(_link.article).where(_IS_IT)))
    .order_by(func.coalesce(_article.published, "").desc(), _article.id.desc())
    .limit(bindparam("most"))
)


def summary(on: Connection, name: str) -> SourceSummary | None:
    """A source in numbers; None if nobody cites one of that name."""
    claims, credited, articles, first, last = on.execute(_SIZE, {"name": name}).one()
    if not claims:
        return None
    happenings, alone = on.execute(_ABOUT, {"name": name}).one()
    return SourceSummary(
        name=name,
        claims=claims,
        credited=credited,
        articles=articles,
        outlets=_counts(on, _OUTLETS, name),
        stances=_counts(on, _STANCES, name),
        addressees=_counts(on, _ADDRESSEES, name),
        happenings=happenings,
        alone=alone,
        first=first and first[:10],
        last=last and last[:10],
    )


def entries(on: Connection, names: Sequence[str]) -> list[SourceEntry]:
    """These sources as they stand in lists, in this order."""
    kinds: dict[str, list[Row[Any]]] = {name: [] for name in names}
    for row in on.execute(_KINDS.where(_link.actor_name.in_(names))):
        kinds[row.actor_name].append(row)
    return [
        SourceEntry(
            name=name,
            kinds=tuple(row.kind for row in sorted(rows, key=lambda row: (-row.number, row.kind))),
            claims=sum(row.number for row in rows),
            articles=max(row.told for row in rows),
        )
        for name, rows in kinds.items()
    ]


def _counts(on: Connection, asked: Select[Any], name: str) -> tuple[Count, ...]:
    found = [Count(value or "unknown", number) for value, number in on.execute(asked, {"name": name})]
    return tuple(sorted(found, key=lambda one: (-one.number, one.value)))
