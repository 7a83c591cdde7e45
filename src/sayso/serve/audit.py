"""The audit log: who did what from where, a line of JSON each, only ever appended to."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fastapi import Request

from sayso.errors import StoreError

_LONGEST, _MANY = 500, 20  # characters of a value, values of a list
_TAIL = 1 << 20  # bytes of the end of the file that are looked at for what was done last


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was done, or tried."""

    at: str  # ISO 8601, UTC
    who: str  # account, else who is at this machine; "" for nobody known
    address: str
    what: str
    about: dict[str, Any] = field(default_factory=dict)


class Audit:
    """Appends to the log of an archive and reads its end."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def check(self) -> None:
        """StoreError where nothing can be appended: what cannot be noted must not be done."""
        os.close(self._open())

    def write(self, who: str, address: str, what: str, **about: Any) -> None:
        """Append an entry: one line by one write, so that lines of several processes stay whole."""
        told = {name: _plain(value) for name, value in about.items()}
        row = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "who": who, "address": address, "what": what}
        line = json.dumps({name: _plain(value) for name, value in row.items()} | {"about": told}) + "\n"
        held = self._open()
        try:
            os.write(held, line.encode("ascii"))
        finally:
            os.close(held)

    def recent(self, limit: int = 50) -> list[Entry]:
        """What was done last, the latest first; no more than the end of the log holds."""
        try:
            with self.path.open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - _TAIL))
                lines = file.read().split(b"\n")[1 if size > _TAIL else 0 :]
        except FileNotFoundError:
            return []
        except OSError as cause:
            raise StoreError(f"cannot be read: {cause.strerror}", about=str(self.path)) from cause
        found = _entries(reversed(lines))
        return [entry for entry, _ in zip(found, range(limit), strict=False)]

    def _open(self) -> int:
        try:
            return os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as cause:
            way_out = "name another file with the setting `audit`"
            raise StoreError(f"cannot be written: {cause.strerror}", about=str(self.path), way_out=way_out) from cause


def note(request: Request, what: str, *, who: str | None = None, **about: Any) -> None:
    """Note what a request did, with who asked and from where. Changes are noted anyhow; this says more of one."""
    audit: Audit = request.app.state.audit
    address = request.client.host if request.client else ""
    audit.write(request.state.access.name if who is None else who, address, what, **about)


def _entries(lines: Iterator[bytes]) -> Iterator[Entry]:
    for line in lines:
        try:
            row = json.loads(line)
            at, who, address, what = (str(row[name]) for name in ("at", "who", "address", "what"))
            yield Entry(at, who, address, what, dict(row["about"]))
        except (ValueError, TypeError, KeyError):  # cut off by a full disk, or somebody's edit
            continue


def _plain(value: Any) -> Any:
    """A value as the log holds it: short, and of simple kinds."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in list(value)[:_MANY]]
    text = value if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
