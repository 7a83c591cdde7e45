"""One number for all that an archive holds, to tell whether two archives hold the same."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Protocol

from sqlalchemy import Table

from sayso.store.rows import Row

_SIZE = 32  # bytes


class HasRows(Protocol):
    """An archive that can show its rows."""

    def rows(self) -> Iterator[tuple[Table, Row]]: ...


def digest(store: HasRows) -> str:
    """Sixty-four hexadecimal digits over every row of every table but `runs`.

    Rows are summed, not chained, so that no order matters and none needs to be held.
    """
    total = 0
    for table, row in store.rows():
        line = repr((table.name, sorted(row.items()))).encode("utf-8", "surrogatepass")
        total += int.from_bytes(blake2b(line, digest_size=_SIZE).digest(), "big")
    return f"{total % 2 ** (8 * _SIZE):0{2 * _SIZE}x}"
