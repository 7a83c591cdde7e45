"""Sessions of people in browsers, kept here and not in the cookie: who leaves has left, and a restart ends all."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

IDLE = 12 * 3600.0  # seconds without a request
LONGEST = 7 * 86400.0  # seconds since coming in
_MOST = 20  # open sessions of one person; the one that was idle longest ends


@dataclass(slots=True)
class Session:
    """Somebody at a browser."""

    name: str
    proof: str  # the password as kept when it opened: another one ends the session
    since: float
    seen: float


class Sessions:
    """Open sessions by their ids, which nobody can guess."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._open: dict[str, Session] = {}
        self._clock = clock
        self._lock = Lock()

    def begin(self, name: str, proof: str) -> str:
        """A new session; its id is new too, so that an id from before coming in opens nothing."""
        id, now = new_id(), self._clock()
        with self._lock:
            self._drop_old(now)
            theirs = sorted((one.seen, key) for key, one in self._open.items() if one.name == name)
            for _, key in theirs[: max(0, len(theirs) - _MOST + 1)]:
                del self._open[key]
            self._open[id] = Session(name, proof, now, now)
        return id

    def find(self, id: str) -> Session | None:
        """The session of an id, if it is open; it counts as used now."""
        now = self._clock()
        with self._lock:
            session = self._open.get(id)
            if session is None:
                return None
            if _is_over(session, now):
                del self._open[id]
                return None
            session.seen = now
            return session

    def people(self) -> dict[str, float]:
        """Who has an open session, with the seconds since the last request, the latest first."""
        with self._lock:
            now = self._clock()
            self._drop_old(now)
            idle = sorted((now - one.seen, one.name) for one in self._open.values())
        found: dict[str, float] = {}
        for seconds, name in idle:
            found.setdefault(name, seconds)
        return found

    def end(self, id: str) -> None:
        """Close a session; of one that is not there nothing happens."""
        with self._lock:
            self._open.pop(id, None)

    def _drop_old(self, now: float) -> None:
        self._open = {id: session for id, session in self._open.items() if not _is_over(session, now)}


def _is_over(session: Session, now: float) -> bool:
    return now - session.seen > IDLE or now - session.since > LONGEST


def new_id() -> str:
    """An id of 256 random bits."""
    return secrets.token_urlsafe(32)
