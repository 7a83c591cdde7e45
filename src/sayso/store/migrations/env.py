"""Runs migrations over the connection that `store.opening` hands in, inside its transaction.

To write the next one: change `schema`, set `schema.HEAD`, then
`alembic -c src/sayso/store/migrations/alembic.ini revision --autogenerate --rev-id 0002 -m "What changes"`.
"""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine

from sayso.store import schema


def include(thing: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
    """Leave out the full-text index, which is SQLite's own."""
    return not (kind == "table" and (name or "").startswith(schema.SEARCH))


connection = context.config.attributes.get("connection")
if connection is None:  # the developer's command line, which compares with a fresh archive
    connection = create_engine(context.config.get_main_option("sqlalchemy.url") or "sqlite://").connect()
context.configure(
    connection=connection,
    target_metadata=schema.metadata,
    include_object=include,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
