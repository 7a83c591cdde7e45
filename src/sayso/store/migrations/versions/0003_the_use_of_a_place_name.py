"""What the name of a place does in its sentence, and whether only its surroundings are meant.

Analyses stored before tell neither: their rows stay as they are.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("places", sa.Column("use", sa.Text()))
    op.add_column("places", sa.Column("near", sa.Boolean()))


def downgrade() -> None:
    op.drop_column("places", "near")
    op.drop_column("places", "use")
