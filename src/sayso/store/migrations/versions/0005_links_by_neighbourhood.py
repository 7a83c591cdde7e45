"""Links that are kept up article by article: records by id, members without order, and what linking looks things up in.

Links made before stay as they are until the next run, which makes them anew.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MEMBERS = {
    "origin_articles": ("origin", "origins", "article"),
    "incident_events": ("incident", "incidents", "event"),
    "incident_articles": ("incident", "incidents", "article"),
    "incident_origins": ("incident", "incidents", "origin"),
    "story_incidents": ("story", "stories", "incident"),
    "story_articles": ("story", "stories", "article"),
}
LINKS = ("copies", "origins", "incidents", "stories")


def upgrade() -> None:
    _records_by_id()
    for name, (owner, parent, member) in MEMBERS.items():
        _members_without_order(name, owner, parent, member)
    for name in LINKS:
        with op.batch_alter_table(name) as table:
            table.drop_column("position")
    op.add_column("incidents", sa.Column("total", sa.Boolean()))
    _counts()
    _index_tables()
    op.execute("INSERT INTO pending (article) SELECT id FROM articles")


def _records_by_id() -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT kind, record FROM link_records ORDER BY kind, position")).all()
    op.drop_table("link_records")
    op.create_table(
        "link_records",
        sa.Column("kind", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id"),
        sqlite_with_rowid=False,
    )
    kept = {(kind, _id_of(kind, json.loads(record))): record for kind, record in rows}
    for (kind, id), record in kept.items():
        connection.execute(
            sa.text("INSERT INTO link_records (kind, id, record) VALUES (:kind, :id, :record)"),
            {"kind": kind, "id": id, "record": record},
        )


def _id_of(kind: str, record: dict[str, Any]) -> str:
    if kind != "copy":
        return str(record["id"])
    named = "\x1f".join(["copy", record["article"], record["of"]])
    return blake2b(named.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _members_without_order(name: str, owner: str, parent: str, member: str) -> None:
    op.drop_index(f"{name}_{member}", table_name=name)
    op.rename_table(name, f"{name}_before")
    op.create_table(
        name,
        sa.Column(owner, ID, nullable=False),
        sa.Column(member, ID, nullable=False),
        sa.ForeignKeyConstraint([owner], [f"{parent}.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint(owner, member),
        sqlite_with_rowid=False,
    )
    op.execute(f"INSERT INTO {name} ({owner}, {member}) SELECT DISTINCT {owner}, {member} FROM {name}_before")
    op.drop_table(f"{name}_before")
    op.create_index(f"{name}_{member}", name, [member])


def _counts() -> None:
    op.create_table(
        "link_counts",
        sa.Column("records", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("records"),
        sqlite_with_rowid=False,
    )
    for name in LINKS:
        op.execute(f"INSERT INTO link_counts (records, number) SELECT '{name}', count(*) FROM {name}")


def _index_tables() -> None:
    op.create_table(
        "pending", sa.Column("article", ID, nullable=False), sa.PrimaryKeyConstraint("article"), sqlite_with_rowid=False
    )
    op.create_table(
        "linked_articles",
        sa.Column("article", ID, nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("day", sa.Integer()),
        sa.Column("countries", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("totals", sa.Boolean()),
        sa.Column("recalls", sa.Boolean()),
        sa.Column("topic", sa.LargeBinary()),
        sa.Column("profile", sa.Text()),
        sa.Column("tellings", sa.Text()),
        sa.Column("keys", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("article"),
    )
    op.create_table(
        "link_keys",
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article", ID, nullable=False),
        sa.PrimaryKeyConstraint("month", "code", "day", "article"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "link_edges",
        sa.Column("layer", ID, nullable=False),
        sa.Column("node", ID, nullable=False),
        sa.Column("other", ID, nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("layer", "node", "other"),
        sqlite_with_rowid=False,
    )
    _story_tables()


def _story_tables() -> None:
    op.create_table(
        "pieces",
        sa.Column("id", ID, nullable=False),
        sa.Column("texts", sa.Integer()),
        sa.Column("first", sa.Integer()),
        sa.Column("last", sa.Integer()),
        sa.Column("title", sa.Text()),
        sa.Column("country", sa.Text()),
        sa.Column("topic", sa.LargeBinary()),
        sa.Column("chapter", ID, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "piece_articles",
        sa.Column("piece", ID, nullable=False),
        sa.Column("article", ID, nullable=False),
        sa.PrimaryKeyConstraint("piece", "article"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "chapters",
        sa.Column("id", ID, nullable=False),
        sa.Column("country", sa.Text()),
        sa.Column("number", sa.Integer()),
        sa.Column("follower", ID),
        sa.Column("story", ID, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "successions",
        sa.Column("kind", ID, nullable=False),
        sa.Column("old", ID, nullable=False),
        sa.Column("at", ID, nullable=False),
        sa.Column("new", ID, nullable=False),
        sa.Column("how", sa.Text()),
        sa.PrimaryKeyConstraint("kind", "old", "at", "new"),
        sqlite_with_rowid=False,
    )
    op.create_index("pieces_country", "pieces", ["country", "first"])
    op.create_index("pieces_chapter", "pieces", ["chapter"])
    op.create_index("piece_articles_article", "piece_articles", ["article"])
    op.create_index("chapters_follower", "chapters", ["follower"])


def downgrade() -> None:
    raise NotImplementedError("links are made anew by the version that reads them")
