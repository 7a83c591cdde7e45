"""What linking costs as an archive grows, and how right it is, on the invented press of `bench.generated`.

    python -m bench linking bulk [--sizes 1000 3000 10000 30000 100000]
    python -m bench linking archive [--sizes 1000 10000 ...] [--own 30000] [--work DIR] [--added 200]
    python -m bench linking right [--articles 20000]

Bulk: all articles linked at once, each size in a fresh process. Archive: an SQLite archive is filled through the store
and linked; at each size a fresh process opens it, adds articles one at a time and times the linking of each. Past
`--own` articles it grows backwards: its first months again under other ids and on earlier days (`bench.past`), under
their keys but not linked to one another, since one more article reads the links of its own weeks alone. The archive
and how far it has come stay in `--work`, so that a run that was cut short goes on where it stopped. Right: pairs of
events of different articles against the happenings they tell, copies against what was copied, stories against crises.
Figures are kept in docs/linking.json, from which docs/pictures.py draws docs/linking.svg.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench.generated import analyses, reports
from bench.generated.rightness import describe
from bench.past import first_day, repeat_past
from sayso.api import Project
from sayso.config import Config
from sayso.link import link
from sayso.model import Analysis

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "docs" / "linking.json"
BATCH = 1000  # articles put in one transaction: larger ones write shared pages of the indexes less often
LINKED = 5000  # articles linked at once while filling
WARM = 5  # articles added before a clock runs
MONTHS = 2  # of the articles' own that make a past
NEW: Mapping[str, float] = {"articles": 0, "past": 0, "months": 0, "put s": 0.0, "link s": 0.0, "past s": 0.0}
STAMP = "generated"  # who made the analyses, in the archive
Row = dict[str, Any]


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench linking", description=__doc__)
    parser.add_argument("what", choices=("bulk", "archive", "right"))
    parser.add_argument("--sizes", type=int, nargs="+", help="articles")
    parser.add_argument("--articles", type=int, default=20_000, help="for `right`")
    parser.add_argument("--own", type=int, default=30_000, help="newest articles, which no past repeats")
    parser.add_argument("--added", type=int, default=200, help="articles added one at a time at each size")
    parser.add_argument("--work", type=Path, default=ROOT / ".cache" / "linking", help="where the archive is kept")
    parser.add_argument("--out", type=Path, default=RESULTS, help="the file of figures to bring up to date")
    chosen = parser.parse_args(argv)
    if chosen.what == "bulk":
        found: Row = bulk(chosen.sizes or [1000, 3000, 10_000, 30_000, 100_000])
    elif chosen.what == "archive":
        sizes = chosen.sizes or [1000, 10_000, 100_000, 1_000_000]
        found = archive(sizes, chosen.work, chosen.added, chosen.own)
    else:
        found = right(chosen.articles)
    keep(chosen.out, chosen.what, found)
    print(json.dumps(found, indent=1))
    return 0


def keep(path: Path, what: str, found: Row) -> None:
    """The figures of one measurement beside those of the others."""
    known = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    path.write_text(json.dumps({**known, what: found}, indent=1) + "\n", "utf-8")


def in_fresh_process(measure: Callable[..., None], *arguments: Any) -> Row:
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=measure, args=(sender, *arguments))
    child.start()
    sender.close()
    try:
        result: Row = receiver.recv()
    finally:
        child.join()
    return result


# --------------------------------------------------------------------------- bulk


def bulk(sizes: Sequence[int]) -> Row:
    """Time (a processor's, per article) and memory of linking so many at once; slope 1 is linear growth."""
    rows = []
    for size in sizes:
        rows.append(in_fresh_process(_link_all, size))
        print(json.dumps(rows[-1]), flush=True)
    return {"rows": rows, "slope": slope([(row["articles"], row["CPU s"]) for row in rows])}


def _link_all(sender: Any, size: int) -> None:
    told = tuple(analyses(size))
    before = _resident()
    begun, clock = time.process_time(), time.perf_counter()
    links = link(told)
    sender.send(
        {
            "articles": size,
            "seconds": round(time.perf_counter() - clock, 2),
            "CPU s": round(time.process_time() - begun, 2),
            "ms an article": round((time.process_time() - begun) * 1000 / size, 3),
            "memory of analyses MiB": round(before),
            "peak memory MiB": round(_peak()),
            "incidents": len(links.incidents),
            "copies": len(links.copies),
        }
    )


def slope(points: Sequence[tuple[float, float]]) -> float | None:
    """The exponent with which the second grows by the first: the fit of a straight line to both logarithms."""
    if len(points) < 2:
        return None
    fitted = statistics.linear_regression(
        *zip(*((math.log(x), math.log(max(y, 1e-9))) for x, y in points), strict=True)
    )
    return round(fitted.slope, 3)


# --------------------------------------------------------------------------- an archive that grows


def archive(sizes: Sequence[int], work: Path, added: int, own: int) -> Row:
    """Milliseconds of linking one article more, and memory, at each size of one growing archive."""
    work.mkdir(parents=True, exist_ok=True)
    rows = []
    for size in sorted(sizes):
        done = work / f"added-{size}.json"
        if not done.is_file():
            in_fresh_process(_fill, str(work), size, own)
            row = in_fresh_process(_add_singly, str(work), size, added)
            done.write_text(json.dumps(row), "utf-8")
        rows.append(json.loads(done.read_text("utf-8")))
        print(json.dumps(rows[-1]), flush=True)
    points = [(row["articles"], row["median ms"]) for row in rows]
    return {"rows": rows, "own": own, "slope": slope(points)}


def _state(work: str) -> Row:
    path = Path(work) / "filled.json"
    return json.loads(path.read_text("utf-8")) if path.is_file() else dict(NEW)


def _note(work: str, state: Row) -> None:
    """Written whole or not at all."""
    path = Path(work) / "filled.json"
    path.with_suffix(".new").write_text(json.dumps(state), "utf-8")
    path.with_suffix(".new").replace(path)


def _open(work: str) -> Project:
    return Project(Config(db=str(Path(work) / "archive.db")))


def _fill(sender: Any, work: str, size: int, own: int) -> None:
    """Put and link until the archive holds so many; a batch that was put but not noted is put again, to no effect."""
    state = _state(work)
    with _open(work) as project:
        coming = analyses(max(0, min(size, own) - state["articles"]), start=state["articles"])
        while some := list(islice(coming, LINKED)):
            for at in range(0, len(some), BATCH):
                state["put s"] += _timed(partial(put, project, some[at : at + BATCH]))
            state["link s"] += _timed(project.relink)
            state["articles"] += len(some)
            _note(work, state)
    _fill_past(work, state, size)
    sender.send(state)


def _fill_past(work: str, state: Row, size: int) -> None:
    database = Path(work) / "archive.db"
    if "first day" not in state:
        state["first day"] = first_day(database)
    while (missing := size - state["articles"] - state["past"]) > 0:
        begun = time.perf_counter()
        put = repeat_past(database, state["first day"], state["months"], MONTHS, missing)
        state["past s"] += time.perf_counter() - begun
        state["past"] += put
        state["months"] += MONTHS
        _note(work, state)


def _add_singly(sender: Any, work: str, size: int, added: int) -> None:
    """The next articles one at a time: stored, then linked."""
    state = _state(work)
    with _open(work) as project:
        coming = list(analyses(WARM + added, start=state["articles"]))
        stored: list[float] = []
        linked: list[float] = []
        worked: list[float] = []
        for number, analysis in enumerate(coming):
            stored.append(1000 * _timed(partial(put, project, [analysis])))
            begun = time.process_time()
            linked.append(1000 * _timed(project.relink))
            worked.append(1000 * (time.process_time() - begun))
            if number == WARM - 1:
                before = _resident()
    state["articles"] += len(coming)
    _note(work, state)
    sender.send(
        {
            "articles": size,
            "median ms": round(statistics.median(linked[WARM:]), 2),
            "median CPU ms": round(statistics.median(worked[WARM:]), 2),
            "p90 ms": round(statistics.quantiles(linked[WARM:], n=10)[-1], 2),
            "max ms": round(max(linked[WARM:]), 2),
            "storing median ms": round(statistics.median(stored[WARM:]), 2),
            "memory MiB": round(before, 1),
            "peak memory MiB": round(_peak(), 1),
            "grown MiB": round(_resident() - before, 1),
            "archive MiB": round((Path(work) / "archive.db").stat().st_size / 2**20, 1),
            "filling: put s": round(state["put s"], 1),
            "filling: link s": round(state["link s"], 1),
            "own articles": state["articles"],
        }
    )


def put(project: Project, some: Sequence[Analysis]) -> None:
    project.store.put(some, [], [], STAMP)


def _timed(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def _resident() -> float:
    """Mebibytes of this process in memory now."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:  # no Linux: the peak so far
        return _peak()
    return pages * resource.getpagesize() / 2**20


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# --------------------------------------------------------------------------- how right


def right(count: int) -> Row:
    made = list(reports(count))
    return {"articles": count, **describe(made, link([report.analysis for report in made]))}
