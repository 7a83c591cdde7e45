"""Which words of analysts were given together, and the words of the articles that they are about.

Judgements made before tell neither: they stay, and hold, as they are.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_TEXTS = ("group_id", "left_article", "left_words", "right_article", "right_words")
_OFFSETS = ("left_start", "left_stop", "right_start", "right_stop")


def upgrade() -> None:
    for name in _TEXTS:
        op.add_column("judgements", sa.Column(name, sa.Text()))
    for name in _OFFSETS:
        op.add_column("judgements", sa.Column(name, sa.Integer()))


def downgrade() -> None:
    for name in (*_TEXTS, *_OFFSETS):
        op.drop_column("judgements", name)
