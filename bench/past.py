"""Makes an archive old: its first months again, under other ids and on earlier days, as of a press of many years.

Only what belongs to articles, and the keys under which linking finds them, is repeated. Their links are not: one more
article reads those of its own weeks alone. Names and words stay the same, as people and places stay in the news for
years, so that the past has as many articles under each as the present; but no text of the past is one of the present.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Column, Table

from sayso.link.cards import code_of
from sayso.store import schema
from sayso.store.questions import DAYS
from sayso.store.rows import article_key

PAST = "p"  # what ids of the past begin with: no id of a record does, which are hexadecimal
TABLES = (*schema.OF_ARTICLE, schema.linked_articles, schema.link_keys)


def first_day(database: Path) -> int:
    """The first day of an archive of which every article has one."""
    with sqlite3.connect(database) as connection:
        return int(connection.execute("SELECT min(day) FROM linked_articles").fetchone()[0])


def repeat_past(database: Path, first: int, before: int, months: int, count: int) -> int:
    """Put the months, each of `DAYS` days, from day `first` on once more before all others; how many articles.

    At most `count` are put, the latest. `before`: how many months earlier calls have put.
    """
    connection = sqlite3.connect(database, isolation_level=None)
    connection.create_function("key_of", 1, article_key, deterministic=True)
    connection.create_function("text_code", 1, lambda text: code_of("text", text), deterministic=True)
    for line in ("cache_size = -400000", "synchronous = OFF", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {line}")
    try:
        for statement in _statements(first, before + months, months, count):
            connection.execute(statement)
        return int(connection.execute("SELECT count(*) FROM base").fetchone()[0])
    finally:
        connection.close()


def _statements(first: int, back: int, months: int, count: int) -> Iterator[str]:
    yield "BEGIN IMMEDIATE"
    yield (
        "CREATE TEMP TABLE base AS SELECT article AS id, text_code(text) AS code FROM linked_articles "
        f"WHERE article < '{PAST}' AND day BETWEEN {first} AND {first + DAYS * months - 1} "
        f"ORDER BY day DESC, article LIMIT {count}"
    )
    yield "CREATE INDEX temp.base_id ON base (id)"
    yield "CREATE INDEX temp.base_code ON base (code)"
    for table in TABLES:
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        told = ", ".join(_moved(table, column, back) for column in table.columns)
        owner = "id" if table is schema.articles else "article"
        rows = f'SELECT {told} FROM "{table.name}" WHERE "{owner}" IN (SELECT id FROM base)'
        yield f'INSERT INTO "{table.name}" ({names}) {rows}'
    yield "COMMIT"


def _moved(table: Table, column: Column[object], back: int) -> str:
    """A column's value in the article that repeats this one `back` months earlier."""
    name = f'"{column.name}"'
    if table is schema.articles and column.name == "key":
        return f"key_of({_renamed('id', back)})"
    if column.name == "published":
        return f"date(substr({name}, 1, 10), '-{DAYS * back} days') || substr({name}, 11)"
    if column.name == "day":
        return f"{name} - {DAYS * back}"
    if column.name == "month":
        return f"{name} - {back}"
    if column.name == "code":
        return f"{name} + CASE WHEN {name} IN (SELECT code FROM base) THEN {back} ELSE 0 END"
    return _renamed(name, back) if column.type is schema.ID else name


def _renamed(name: str, back: int) -> str:
    return f"printf('{PAST}%02x', {back}) || substr({name}, 4)"
