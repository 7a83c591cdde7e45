"""A process of its own that writes batches and says so: to be killed, raced and starved of room."""

from __future__ import annotations

import multiprocessing
import resource
from multiprocessing.connection import Connection
from pathlib import Path

from sayso.errors import StoreError
from sayso.model import Analysis
from sayso.store import SqlStore
from tests.builders import UNREST, unrest

_FORK = multiprocessing.get_context("fork")  # starts at once: what sayso imports is there already


def numbered(count: int) -> list[Analysis]:
    """As many different articles, each with every kind of record."""
    return [
        unrest(text=f"{UNREST} Report {number}.", url=f"https://harbour.example/{number}") for number in range(count)
    ]


class Writer:
    """Writes `count` articles in batches from another process, whose files may grow to `limit` bytes."""

    def __init__(self, db: Path, count: int, batch: int, limit: int = 0) -> None:
        self.said, say = _FORK.Pipe(duplex=False)
        self.process = _FORK.Process(target=_write, args=(say, str(db), count, batch, limit), daemon=True)
        self.process.start()
        say.close()

    def wait(self) -> str:
        """Its last word: how many articles it wrote, or what went wrong."""
        last = ""
        try:
            while True:
                last = self.said.recv()
        except EOFError:
            self.process.join()
            return last

    def kill(self) -> None:
        self.process.kill()
        self.process.join()


def _write(say: Connection, db: str, count: int, batch: int, limit: int) -> None:
    try:
        store = SqlStore(db)
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        analyses = numbered(count)
        for at in range(0, count, batch):
            store.put(analyses[at : at + batch], [], [], "one")
            say.send(str(min(at + batch, count)))
        store.close()
    except StoreError as fault:
        say.send(f"StoreError: {fault}")
