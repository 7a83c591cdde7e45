"""Hedges, negation and nesting of claims, and what an outlet's own people saw.

Analyses stored before tell none of it: their rows stay as they are.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    for name in ("hedge", "negation", "within"):
        op.add_column("claims", sa.Column(name, sa.Text()))
    op.create_table(
        "observations",
        sa.Column("article", ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("who", sa.Text()),
        sa.Column("cue", sa.Text()),
        sa.Column("content", sa.Text()),
        sa.Column("who_start", sa.Integer()),
        sa.Column("who_stop", sa.Integer()),
        sa.Column("cue_start", sa.Integer()),
        sa.Column("cue_stop", sa.Integer()),
        sa.Column("start", sa.Integer()),
        sa.Column("stop", sa.Integer()),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "observation_about",
        sa.Column("article", ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("target", ID, nullable=False),
        sa.Column("kind", sa.Text()),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "position", "target"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("observation_about")
    op.drop_table("observations")
    for name in ("hedge", "negation", "within"):
        op.drop_column("claims", name)
