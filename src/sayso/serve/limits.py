"""How often somebody may ask, and how often be wrong: buckets of tokens, and waits that double."""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

Held = TypeVar("Held")
_MOST = 10_000  # clients remembered; the one that asked longest ago is forgotten


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests a second, and so many at once."""

    a_second: float
    at_once: float


READING = Rate(50, 200)
WRITING = Rate(5, 40)  # faster than anybody judges by keys
COMING_IN = Rate(0.2, 10)


class _Remembered(Generic[Held]):
    """The last so many clients with what is held of each."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.lock = Lock()
        self._held: OrderedDict[str, Held] = OrderedDict()

    def get(self, key: str) -> Held | None:
        return self._held.get(key)

    def put(self, key: str, held: Held) -> None:
        self._held[key] = held
        self._held.move_to_end(key)
        while len(self._held) > _MOST:
            self._held.popitem(last=False)

    def forget(self, key: str) -> None:
        self._held.pop(key, None)


class Buckets:
    """A bucket of tokens for each client: every request takes one, time fills it again."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._seen: _Remembered[tuple[float, float]] = _Remembered(clock)

    def wait(self, client: str) -> int:
        """Take a token; seconds until there is one, 0 where there was."""
        with self._seen.lock:
            now = self._seen.clock()
            left, then = self._seen.get(client) or (self._rate.at_once, now)
            left = min(self._rate.at_once, left + (now - then) * self._rate.a_second)
            wait = 0 if left >= 1 else math.ceil((1 - left) / self._rate.a_second)
            self._seen.put(client, (left if wait else left - 1, now))
            return wait


class Failures:
    """Failed attempts of each client: after the first few each doubles the time to wait."""

    LONGEST = 900.0  # seconds to wait
    FORGOTTEN = 3600.0  # seconds after which a failure no longer counts

    def __init__(self, clock: Callable[[], float] = time.monotonic, *, free: int = 5) -> None:
        self._seen: _Remembered[tuple[int, float]] = _Remembered(clock)
        self._free = free  # wrong in a row before anybody waits

    def wait(self, *clients: str) -> int:
        """Seconds until the slowest of these may try again, 0 for now."""
        with self._seen.lock:
            return max(map(self._wait, clients))

    def _wait(self, client: str) -> int:
        count, last = self._count(client)
        if count < self._free:
            return 0
        pause = min(self.LONGEST, 2.0 ** min(count - self._free, 30))
        return max(0, math.ceil(last + pause - self._seen.clock()))

    def _count(self, client: str) -> tuple[int, float]:
        count, last = self._seen.get(client) or (0, 0.0)
        return (count, last) if self._seen.clock() - last <= self.FORGOTTEN else (0, 0.0)

    def add(self, *clients: str) -> None:
        """Count a failure of each."""
        with self._seen.lock:
            for client in clients:
                self._seen.put(client, (self._count(client)[0] + 1, self._seen.clock()))

    def clear(self, client: str) -> None:
        """Forget the failures of who got in."""
        with self._seen.lock:
            self._seen.forget(client)


def network(address: str) -> str:
    """A client's address as limits count it: of IPv6 the first 64 bits, which one household or machine has whole."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 6 and not parsed.is_loopback:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
