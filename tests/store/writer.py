"""A process of its own that writes: `python writer.py DB COUNT BATCH [MOST BYTES IN A FILE]`; prints a line a batch."""

from __future__ import annotations

import resource
import sys

from sayso.errors import StoreError
from sayso.model import Analysis
from sayso.store import SqlStore
from tests.builders import UNREST, unrest


def numbered(count: int) -> list[Analysis]:
    """As many different articles, each with every kind of record."""
    return [
        unrest(text=f"{UNREST} Report {number}.", url=f"https://harbour.example/{number}") for number in range(count)
    ]


def main(db: str, count: int, batch: int, limit: int = 0) -> None:
    store = SqlStore(db)
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    analyses = numbered(count)
    for at in range(0, count, batch):
        store.put(analyses[at : at + batch], [], [], "one")
        print(at, flush=True)
    store.close()


if __name__ == "__main__":
    try:
        main(sys.argv[1], *map(int, sys.argv[2:]))
    except StoreError as fault:
        print(f"StoreError: {fault}", flush=True)
        sys.exit(3)
