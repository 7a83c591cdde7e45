"""What a database says when something is wrong, and what a person can do about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from sayso.errors import StoreError

# SQLite result code (its beginning) -> what is wrong, the way out.
_FAULTS: tuple[tuple[str, str, str], ...] = (
    ("SQLITE_BUSY", "another process is writing to it", "wait until that has ended, then repeat the command"),
    ("SQLITE_LOCKED", "another process is writing to it", "wait until that has ended, then repeat the command"),
    ("SQLITE_FULL", "the disk is full", "make room and repeat the command: nothing half-written was kept"),
    ("SQLITE_READONLY", "cannot be written", "check the permissions of the file and its folder, or copy it elsewhere"),
    ("SQLITE_PERM", "cannot be opened", "check the permissions of the file and its folder"),
    ("SQLITE_CANTOPEN", "cannot be opened", "check that its folder is there and that you may write to it"),
    ("SQLITE_NOTADB", "is not a sayso archive", "name another file with --db"),
    ("SQLITE_CORRUPT", "is damaged", "restore a copy, or save what is left with `sqlite3 FILE .recover`"),
    ("SQLITE_IOERR", "cannot be read or written", "check the disk and the room left on it, then repeat the command"),
)


@contextmanager
def explained(about: str) -> Iterator[None]:
    """Turn what the database raises into a StoreError that names the archive and the way out."""
    try:
        yield
    except DBAPIError as cause:
        raise _explain(cause, about) from cause
    except UnicodeEncodeError as cause:
        raise StoreError(
            f"text that UTF-8 cannot hold: {cause.reason}", about=about, way_out="repair the encoding of the source"
        ) from cause
    except SQLAlchemyError as cause:
        raise StoreError(str(cause), about=about) from cause


def _explain(cause: DBAPIError, about: str) -> StoreError:
    code = getattr(cause.orig, "sqlite_errorname", "")
    for beginning, message, way_out in _FAULTS:
        if code.startswith(beginning):
            return StoreError(message, about=about, way_out=way_out)
    if code:
        return StoreError(f"{cause.orig} ({code})", about=about)
    return StoreError(" ".join(str(cause.orig).split()), about=about, way_out="check that the server is reachable")
