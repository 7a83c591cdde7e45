"""What links look like in the tables that people query. Pure: links in, rows by table out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Table

from sayso.gravity import gravity
from sayso.model import Copy, Incident, Links, Origin, Story, TollEstimate
from sayso.store import schema
from sayso.store.codec import copy_id, pack_links
from sayso.store.rows import Rows, bounded, degrees, distinct, why


def link_rows(links: Links, published: Mapping[str, str | None]) -> Rows:
    """Every row of these links; `published`: when the articles came out that their incidents are told by."""
    made: Rows = defaultdict(list)
    made[schema.link_records] = [{"kind": kind, "id": id, "record": record} for kind, id, record in pack_links(links)]
    for copy in links.copies:
        _copy(made, copy)
    for origin in links.origins:
        _origin(made, origin)
    for incident in links.incidents:
        _incident(made, incident, min((day for id in incident.articles if (day := published.get(id))), default=None))
    for story in links.stories:
        _story(made, story)
    return {table: distinct(table, rows) for table, rows in made.items()}


def toll_summary(estimates: Sequence[TollEstimate]) -> str | None:
    """Reconciled tolls in one line: "killed 26 to 164, best 160; injured 18 or more"."""
    return "; ".join(f"{each.harm} {_range(each)}" for each in estimates) or None


def _range(toll: TollEstimate) -> str:
    if toll.high is None:
        bounds = f"{toll.low} or more"
    elif toll.high == toll.low:
        return str(toll.low)
    else:
        bounds = f"{toll.low} to {toll.high}"
    return bounds if toll.best is None else f"{bounds}, best {toll.best}"


def _members(made: Rows, table: Table, owner: str, id: str, members: Sequence[str]) -> None:
    kind = next(column.name for column in table.columns if column.name != owner)
    made[table].extend({owner: id, kind: member} for member in members)


def _copy(made: Rows, copy: Copy) -> None:
    id = copy_id(copy.article, copy.of)
    made[schema.copies].append(
        {
            "id": id,
            "article": copy.article,
            "original": copy.of,
            "kind": copy.kind.value,
            "share": copy.share,
            "why": why(copy.reasons),
        }
    )
    made[schema.copy_passages].extend(
        {
            "copy": id,
            "position": passage,
            "start": here.start,
            "stop": here.end,
            "original_start": there.start,
            "original_stop": there.end,
        }
        for passage, (here, there) in enumerate(copy.evidence, 1)
    )


def _origin(made: Rows, origin: Origin) -> None:
    made[schema.origins].append(
        {
            "id": origin.id,
            "name": origin.name,
            "first": origin.first,
            "articles": len(origin.articles),
            "why": why(origin.reasons),
        }
    )
    _members(made, schema.origin_articles, "origin", origin.id, origin.articles)


def _incident(made: Rows, incident: Incident, reported: str | None) -> None:
    made[schema.incidents].append(
        {
            "id": incident.id,
            "type": incident.type.value,
            "place": incident.place,
            "country": incident.country,
            "lat": degrees(incident.lat),
            "lon": degrees(incident.lon),
            "first": incident.first,
            "last": incident.last,
            "tolls": toll_summary(incident.tolls),
            "articles": len(incident.articles),
            "origins": len(incident.origins),
            "summary": incident.summary,
            "why": why(incident.reasons),
            "total": incident.total,
            "weight": round(gravity(incident, reported), 6),
            "reported": reported,
        }
    )
    _members(made, schema.incident_events, "incident", incident.id, incident.events)
    _members(made, schema.incident_articles, "incident", incident.id, incident.articles)
    _members(made, schema.incident_origins, "incident", incident.id, incident.origins)
    for position, toll in enumerate(incident.tolls, 1):
        _estimate(made, incident.id, position, toll)


def _estimate(made: Rows, incident: str, position: int, toll: TollEstimate) -> None:
    made[schema.toll_estimates].append(
        {
            "incident": incident,
            "position": position,
            "harm": toll.harm.value,
            "low": bounded(toll.low),
            "best": bounded(toll.best),
            "high": bounded(toll.high),
        }
    )
    made[schema.toll_basis].extend(
        {"incident": incident, "position": position, "role": role, "toll": id} for id, role in toll.standings.items()
    )


def _story(made: Rows, story: Story) -> None:
    made[schema.stories].append(
        {
            "id": story.id,
            "title": story.title,
            "first": story.first,
            "last": story.last,
            "incidents": len(story.incidents),
            "articles": len(story.articles),
        }
    )
    _members(made, schema.story_incidents, "story", story.id, story.incidents)
    _members(made, schema.story_articles, "story", story.id, story.articles)
