"""What all lists need: one moment of an archive, and the few ways to ask it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
)

from sayso.listing import (
    Count,
)
from sayso.store.questions import chunks
from sayso.store.sqlindex import SqlIndex


class Asking:
    """One moment of an archive."""

    def __init__(self, on: Connection, has_index: bool) -> None:
        self._on = on
        self._has_index = has_index  # of the words of articles
        self._index = SqlIndex(on)

    def _some(self, asked: Select[Any], column: ColumnElement[Any], values: Iterable[Any]) -> Iterator[Row[Any]]:
        for some in chunks(sorted(set(values))):
            yield from self._on.execute(asked.where(column.in_(some)))

    def _counts(self, asked: Select[Any]) -> list[Count]:
        found = [Count(value or "unknown", number) for value, number in self._on.execute(asked)]
        return sorted(found, key=lambda one: (-one.number, one.value))

    def _number(self, asked: Select[Any]) -> int:
        return int(self._on.execute(asked).scalar() or 0)
