"""A lock between processes that lasts as long as a run, and not longer than its process, however that ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sayso.errors import StoreError

_PAUSE = 0.05  # seconds between two tries


@contextmanager
def file_lock(archive: Path, wait: float) -> Iterator[None]:
    """Hold the lock beside an archive file; StoreError if another process still holds it after `wait` seconds."""
    path = archive.with_name(archive.name + ".lock")
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as cause:
        raise StoreError(
            f"its folder cannot be written: {cause.strerror}", about=str(archive), way_out="choose another with --db"
        ) from cause
    try:
        until = time.monotonic() + wait
        while not _try_lock(handle):
            if time.monotonic() >= until:
                raise StoreError(
                    "another run is writing to it", about=str(archive), way_out="wait until that has ended"
                )
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(handle)  # gives the lock back


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
