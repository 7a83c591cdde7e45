"""What lists of incidents, articles and sources are read by: weights, times of change, indexes, a count of writes.

Incidents that are there already get their weight; when they were first linked is not known of them.
"""

from __future__ import annotations

import re
from typing import Any

import sqlalchemy as sa
from alembic import op

from sayso.gravity import gravity
from sayso.store.codec import unpack_links

revision = "0006"
down_revision = "0005"

ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INDEXES = {
    "incidents_first": ("incidents", ["first"]),
    "incidents_reported": ("incidents", ["reported"]),
    "incidents_country": ("incidents", ["country", "first"]),
    "articles_published": ("articles", ["published"]),
    "articles_outlet": ("articles", ["outlet", "published"]),
    "events_status": ("events", ["status", "id"]),
    "chain_links_actor": ("chain_links", ["actor_name", "kind"]),
    "event_actors_name": ("event_actors", ["name"]),
    "event_recipients_name": ("event_recipients", ["name"]),
}
# What may well be wrong, for those who judge: (table, columns, which rows).
DOUBTS: dict[str, tuple[str, list[Any], str]] = {
    "events_sure": ("events", ["sure", "id", "country"], "sure < 0.6"),
    "copies_share": ("copies", ["share", "id"], "share < 0.8"),
    "link_edges_doubt": (
        "link_edges",
        ["layer", sa.text("abs(score - 0.5)"), "node", "other"],
        "node < other AND abs(score - 0.5) <= 0.2",
    ),
}


def upgrade() -> None:
    op.add_column("incidents", sa.Column("weight", sa.Float()))
    op.add_column("incidents", sa.Column("reported", sa.Text()))
    _weigh()
    op.create_table(
        "incident_times",
        sa.Column("incident", ID, nullable=False),
        sa.Column("made", sa.Text()),
        sa.Column("changed", sa.Text()),
        sa.PrimaryKeyConstraint("incident"),
        sqlite_with_rowid=False,
    )
    op.create_index("incident_times_changed", "incident_times", ["changed"])
    op.create_table(
        "state",
        sa.Column("name", ID, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO state (name, number) VALUES ('writes', 0)")
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)
    op.add_column("events", sa.Column("sure", sa.Float()))
    _note_sureness()
    for name, (table, keys, rows) in DOUBTS.items():
        op.create_index(name, table, keys, sqlite_where=sa.text(rows), postgresql_where=sa.text(rows))


def _note_sureness() -> None:
    """How sure each event is of its type, from the reason that names it: "typed ASSAULT 0.41 (its words +2.7)"."""
    on = op.get_bind()
    told = on.execute(sa.text("SELECT article, id, why FROM events WHERE why LIKE '%typed %'"))
    found = ((row.article, row.id, re.search(r"(?:^|; )typed \w+ (\d\.\d\d)", row.why)) for row in told.all())
    rows = [{"article": article, "id": id, "sure": float(weighed[1])} for article, id, weighed in found if weighed]
    if rows:
        on.execute(sa.text("UPDATE events SET sure = :sure WHERE article = :article AND id = :id"), rows)


def _weigh() -> None:
    on = op.get_bind()
    told = "SELECT min(a.published) FROM incident_articles m JOIN articles a ON a.id = m.article WHERE m.incident = :id"
    for (record,) in on.execute(sa.text("SELECT record FROM link_records WHERE kind = 'incident'")).all():
        (incident,) = unpack_links([("incident", record)]).incidents
        reported = on.execute(sa.text(told), {"id": incident.id}).scalar()
        on.execute(
            sa.text("UPDATE incidents SET weight = :weight, reported = :reported WHERE id = :id"),
            {"weight": round(gravity(incident, reported), 6), "reported": reported, "id": incident.id},
        )


def downgrade() -> None:
    for name, (table, _, _) in DOUBTS.items():
        op.drop_index(name, table_name=table)
    op.drop_column("events", "sure")
    for name, (table, _) in INDEXES.items():
        op.drop_index(name, table_name=table)
    op.drop_table("state")
    op.drop_table("incident_times")
    op.drop_column("incidents", "reported")
    op.drop_column("incidents", "weight")
