"""How fast the desk answers on an archive of any size, and whether it does so while articles are added.

    python -m bench desk --db big.db [--times 30] [--json]
    python -m bench desk --db big.db --readers 50 [--added 20]
    python -m bench desk --db big.db --paint

The first starts `sayso serve` on a free port, finds incidents, articles and sources by the API, and asks for each kind
of page many times; a page is late where its server time is over 150 ms at the median or 400 ms at the 95th percentile.
The second has as many readers ask at once, on a copy of the archive, while `sayso add` takes in the articles of the
demo: nothing may fail, and nobody may wait longer than a second for a lock, which plain reads beside would meet as an
error. Readers and server share the cores: so the longest waits, told for readers alone and meanwhile, are mostly for a
core. The third opens the situation page and its map in Chromium, with nothing kept from before: first paint by the
browser's own clock, and the bytes of all that a page loads. The exit status is 1 where something is late, too large or
fails.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from sayso.demo import DEMO_SOURCE

LOCK = 1.0  # seconds that a reader may wait for a lock
MEDIAN, LATE = 150.0, 400.0  # milliseconds of server time: at the median, at the 95th percentile
READY = 60.0  # seconds in which the server must answer
PATIENCE = 30.0  # seconds after which a request has failed
ALONE = 10  # requests of each reader before articles are added
SOME = 40  # records of each kind that are asked for, in turn
WORDS = ("police", "hospital", "said", "detained police", "market fire", "agreement water", "zzzz")
PAGES = ("/", "/sources", "/lineage", "/review", "/import", "/health")
LISTS = ("incidents", "articles", "sources")
API = "/api/v1"
# Lists whose records are not asked for one by one, and what is costly to ask of a list.
OTHER_LISTS = (
    "claims?limit=200", "events?limit=200", "tolls?limit=200", "stories?limit=200", "copies?limit=200", "judgements",
    "grades", "imports", "rejected", "runs", "facets", "health", "claims?kind=witness&limit=200",
    "events?type=ASSAULT&limit=200", "tolls?harm=killed&limit=200", "sources?limit=200", "articles?limit=200",
    "incidents?limit=200", "incidents?limit=200&format=geojson", "incidents?limit=200&format=rss",
    "incidents?limit=200&status=occurred", "incidents?limit=200&origins=2&order=date",
)  # fmt: skip
_SPENT = re.compile(r"\bapp;(?:[^,]*;)?\s*dur=([\d.]+)")
Paths = Mapping[str, Sequence[str]]  # kind of page to the addresses that are asked for


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one request."""

    kind: str
    path: str
    status: int  # 0: none came
    wall: float  # milliseconds until all of it was there
    server: float | None  # milliseconds that the server says it took
    size: int = 0  # bytes, unpacked

    @property
    def failed(self) -> bool:
        return not 200 <= self.status < 300


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench desk", description=__doc__)
    parser.add_argument("--db", type=Path, required=True, help="an archive; `python -m bench large` makes one")
    parser.add_argument("--times", type=int, default=30, help="requests for each kind of page")
    parser.add_argument("--readers", type=int, default=0, help="readers at once, while articles are added")
    parser.add_argument("--added", type=int, default=20, help="articles of the demo that are added meanwhile")
    parser.add_argument("--pause", type=float, default=2.0, help="seconds that a reader reads what it got")
    parser.add_argument("--paint", action="store_true", help="first paint and weight, in Chromium")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(argv)
    if not chosen.db.is_file():
        parser.error(f"{chosen.db}: no such archive; `python -m bench large --out {chosen.db}` makes one")
    if chosen.readers:
        found, fine = crowd(chosen.db, chosen.readers, chosen.added, chosen.pause)
    elif chosen.paint:
        from bench._paint import paint  # only here: it needs a browser

        with served(chosen.db) as address:
            found, fine = paint(address)
    else:
        found, fine = pages(chosen.db, chosen.times)
    print(json.dumps(found, indent=1) if chosen.json else "\n".join(lines(found)))
    return 0 if fine else 1


# --------------------------------------------------------------------------- the server


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


@contextmanager
def served(db: Path) -> Iterator[str]:
    """The address of a desk over an archive, as long as the block lasts."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "sayso.cli", "serve", "--db", str(db), "--port", str(port)]
    with tempfile.TemporaryFile() as said:
        server = subprocess.Popen(command, stdout=said, stderr=said)
        try:
            wait_until_ready(address, server)
            yield address
        except NotReady:
            said.seek(0)
            raise SystemExit(f"sayso serve did not answer: {said.read().decode('utf-8', 'replace').strip()}") from None
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()


class NotReady(Exception):
    """The server ended, or answered nothing in time."""


def wait_until_ready(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY
    while time.monotonic() < until and server.poll() is None:
        try:
            if httpx.get(f"{address}{API}/health", timeout=PATIENCE).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise NotReady


# --------------------------------------------------------------------------- what is asked for


def find_paths(client: httpx.Client) -> dict[str, list[str]]:
    """Addresses by the kind of page, as the API tells which records there are."""
    paths: dict[str, list[str]] = {page: [page] for page in PAGES}
    for name in LISTS:
        listed = f"{API}/{name}"
        paths[listed] = [listed]
        answer = client.get(listed, params={"limit": SOME}).raise_for_status()
        keys = keys_of(answer.json())
        paths[f"{listed}/…"] = [f"{listed}/{quote(key, safe='')}" for key in keys]
        paths[f"/{name}/…"] = [f"/{name}/{quote(key, safe='')}" for key in keys]
    paths.update({f"{API}/{asked}": [f"{API}/{asked}"] for asked in OTHER_LISTS})
    paths[f"{API}/incidents?country=…"] = [
        f"{API}/incidents?limit=200&status=occurred&country={one['value']}"
        for one in client.get(f"{API}/facets").raise_for_status().json().get("country", [])[:SOME]
    ]
    paths["/search"] = [f"/search?q={quote(words)}" for words in WORDS]
    paths[f"{API}/search"] = [f"{API}/search?q={quote(words)}" for words in WORDS]
    return {kind: some for kind, some in paths.items() if some}


def keys_of(told: Any) -> list[str]:
    """The keys, ids or names of the records of a list: all of the answer, or the first list in it."""
    listed = told if isinstance(told, list) else next((each for each in told.values() if isinstance(each, list)), [])
    return [str(one.get("key") or one.get("id") or one.get("name")) for one in listed]


def ask(client: httpx.Client, kind: str, path: str) -> Answer:
    begun = time.perf_counter()
    try:
        answer = client.get(path)
    except httpx.HTTPError:
        return Answer(kind, path, 0, 1000 * (time.perf_counter() - begun), None)
    wall = 1000 * (time.perf_counter() - begun)
    return Answer(kind, path, answer.status_code, wall, server_time(answer.headers), len(answer.content))


def server_time(headers: Mapping[str, str]) -> float | None:
    """Milliseconds of `Server-Timing: app;dur=12.3`; None where the header tells none."""
    found = _SPENT.search(headers.get("server-timing", ""))
    return float(found[1]) if found else None


# --------------------------------------------------------------------------- one reader


def pages(db: Path, times: int) -> tuple[dict[str, Any], bool]:
    """The time of each kind of page for one reader, first asked for once, so that the server is warm."""
    with served(db) as address, httpx.Client(base_url=address, timeout=PATIENCE) as client:
        paths = find_paths(client)
        cold = [ask(client, kind, some[0]) for kind, some in paths.items()]
        answers = [ask(client, kind, some[turn % len(some)]) for turn in range(times) for kind, some in paths.items()]
    first = {answer.kind: round(answer.wall, 1) for answer in cold}
    rows = [{**row, "first ms": first[row["page"]]} for row in by_kind(answers)]
    return {"rows": rows, "failed": failures(answers)}, not failures(answers) and not any(row["late"] for row in rows)


def by_kind(answers: Iterable[Answer]) -> list[dict[str, Any]]:
    """A row for each kind of page: milliseconds of the server (of the whole, where it tells none) and of the whole."""
    grouped: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        grouped[answer.kind].append(answer)
    return [_row(kind, some) for kind, some in grouped.items()]


def _row(kind: str, answers: Sequence[Answer]) -> dict[str, Any]:
    spent = [answer.wall if answer.server is None else answer.server for answer in answers]
    middle, slow = statistics.median(spent), percentile(spent, 0.95)
    return {
        "page": kind,
        "median ms": round(middle, 1),
        "p95 ms": round(slow, 1),
        "max ms": round(max(spent), 1),
        "wall median ms": round(statistics.median(answer.wall for answer in answers), 1),
        "wall max ms": round(max(answer.wall for answer in answers), 1),
        "largest kB": round(max(answer.size for answer in answers) / 1000, 1),
        "slowest": max(zip(spent, (answer.path for answer in answers), strict=True))[1],
        "late": middle > MEDIAN or slow > LATE,
    }


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of some values that is not below so large a share of them all."""
    return sorted(values)[max(0, math.ceil(len(values) * share) - 1)]


def failures(answers: Iterable[Answer]) -> list[str]:
    """What failed, each once: "500 /review"."""
    return sorted({f"{answer.status} {answer.path}" for answer in answers if answer.failed})


# --------------------------------------------------------------------------- many readers


def crowd(db: Path, readers: int, added: int, pause: float) -> tuple[dict[str, Any], bool]:
    """Readers at once, first alone, then while articles are added to a copy of the archive."""
    sources = [path for path in sorted(DEMO_SOURCE.glob("*.txt")) if path.stat().st_size][:added]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(db, Path(folder) / "archive.db"))
        with served(copy) as address:
            with httpx.Client(base_url=address, timeout=PATIENCE) as client:
                paths = find_paths(client)
            alone = read_together(address, paths, readers, lambda asked: asked >= ALONE, pause)
            begun = time.perf_counter()
            adding = subprocess.Popen(
                [sys.executable, "-m", "sayso.cli", "add", *map(str, sources), "--db", str(copy)],
                stdout=subprocess.DEVNULL,
            )
            with ThreadPoolExecutor(1) as beside:
                locks = beside.submit(waits_for_locks, copy, lambda: adding.poll() is not None)
                meanwhile = read_together(address, paths, readers, lambda _: adding.poll() is not None, pause)
            seconds = time.perf_counter() - begun
    before, after = longest(alone), longest(meanwhile)
    failed = failures([*alone, *meanwhile])
    found = {
        "readers": readers,
        "requests alone": len(alone),
        "longest wait alone ms": before,
        "articles added": len(sources),
        "adding s": round(seconds, 1),
        "adding ended with": adding.returncode,
        "requests meanwhile": len(meanwhile),
        "longest wait meanwhile ms": after,
        "longest server time meanwhile ms": max((answer.server or 0.0 for answer in meanwhile), default=0.0),
        "p95 alone ms": round(percentile([answer.wall for answer in alone], 0.95), 1),
        "p95 meanwhile ms": round(percentile([answer.wall for answer in meanwhile], 0.95), 1),
        f"reads that met a lock of {LOCK:g} s": locks.result()[0],
        "of plain reads": locks.result()[1],
        "failed": failed,
    }
    return found, not failed and adding.returncode == 0 and not locks.result()[0]


def waits_for_locks(database: Path, is_over: Callable[[], bool]) -> tuple[int, int]:
    """(how often a plain read met a lock that lasted longer than LOCK seconds, of how many reads), until it is over."""
    refused = reads = 0
    while not is_over():
        try:
            with closing(sqlite3.connect(database, timeout=LOCK)) as connection:
                connection.execute("SELECT number FROM state").fetchone()
        except sqlite3.OperationalError:
            refused += 1
        reads += 1
        time.sleep(0.02)
    return refused, reads


def read_together(
    address: str, paths: Paths, readers: int, is_over: Callable[[int], bool], pause: float = 0.0
) -> list[Answer]:
    """What readers got who each ask for pages in an order of their own, and reads each for so many seconds on average.

    `is_over` is told how many one has asked for.
    """
    with ThreadPoolExecutor(readers) as pool:
        heard = pool.map(lambda seed: read(address, paths, seed, is_over, pause), range(readers))
    return [answer for some in heard for answer in some]


def read(address: str, paths: Paths, seed: int, is_over: Callable[[int], bool], pause: float) -> list[Answer]:
    """One reader: a kind of page by chance, then one of its addresses, again and again."""
    chance = random.Random(seed)
    answers: list[Answer] = []
    with httpx.Client(base_url=address, timeout=PATIENCE) as client:
        while not is_over(len(answers)):
            kind = chance.choice(list(paths))
            time.sleep(chance.uniform(0, 2 * pause))
            answers.append(ask(client, kind, chance.choice(paths[kind])))
    return answers


def longest(answers: Iterable[Answer]) -> float:
    return round(max((answer.wall for answer in answers), default=0.0), 1)


# --------------------------------------------------------------------------- telling


def lines(found: Mapping[str, Any]) -> Iterator[str]:
    """The figures for people."""
    for row in found.get("painted", ()):
        yield "  ".join(f"{name} {value}" for name, value in row.items())
    for row in found.get("rows", ()):
        late = f"  LATE: {row['slowest']}" if row["late"] else ""
        yield (
            f"{row['page']:<52} median {row['median ms']:>7.1f}  p95 {row['p95 ms']:>7.1f}  max {row['max ms']:>7.1f}  "
            f"wall {row['wall median ms']:>7.1f}  first {row['first ms']:>7.1f} ms  {row['largest kB']:>7.1f} kB{late}"
        )
    for name, value in found.items():
        if name not in ("rows", "painted", "failed"):
            yield f"{name}: {value}"
    yield from (f"failed: {each}" for each in found["failed"])
