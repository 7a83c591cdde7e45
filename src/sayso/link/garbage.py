"""Keeps Python's search for cycles of garbage out of linking, which makes very many records and no cycle.

Each search goes through everything that a process holds: an article more would pay for the whole program.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for cycles until the block, or the function it decorates, ends; what is in none goes all the same."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
