"""What the place index costs: seconds to build it, to open it and look names up, megabytes in memory and on disk.

Each figure comes from a fresh process, as a user's first run has it. The index is built beside the one in use and
thrown away; that the two hold the same rows is checked by their checksum.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sayso.resolve.gazetteer import SqliteGazetteer, open_gazetteer
from sayso.resolve.gazetteer_build import build, checksum, sizes

LIMITS = {"build CPU s": 60.0, "load s": 0.3, "memory MiB": 150.0}  # at most
NAMES = (
    "Almaty|Nur-Sultan|Алматы|Leningrad|Kyiv|Киев|Odessa|Rangoon|Saigon|Bombay|Peking|北京|دمشق|حلب|Aleppo|Idlib|Raqqa|Mosul"
    "|Kobani|Gaza Strip|Jenin|Rafah|West Bank|Derna|Benghazi|Darfur|El Fasher|Khartoum|Tigray|Mekelle|Goma"
    "|Ituri|Sahel|Gao|Kidal|Maiduguri|Cabo Delgado|Donbas|Bakhmut|Crimea|Nagorno-Karabakh|Abkhazia|Kashmir"
    "|Xinjiang|Rakhine|Red Sea|Strait of Hormuz|Springfield|Paris|Georgia"
).split("|")


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench gazetteer", description=__doc__)
    parser.add_argument("--no-build", action="store_true", help="measure only the index that is there")
    chosen = parser.parse_args(argv)
    open_gazetteer()  # built if it is not there
    report: dict[str, Any] = {"names looked up": len(NAMES), **_in_fresh_process(_measure_load)}
    report |= {} if chosen.no_build else _in_fresh_process(_measure_build)
    failed = [name for name, most in LIMITS.items() if report.get(name, 0.0) > most]
    failed += [name for name in ("intact", "same when built again") if not report.get(name, True)]
    print(json.dumps({**report, "failed": failed}, indent=1))
    return 1 if failed else 0


def _in_fresh_process(measure: Callable[[Any], None]) -> dict[str, Any]:
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=measure, args=(sender,))
    child.start()
    sender.close()
    result: dict[str, Any] = receiver.recv()
    child.join()
    return result


def _measure_load(sender: Any) -> None:
    """Opening and the first look-ups, and what they add to the process; then whether the rows are those written."""
    before = _resident()
    begun = time.perf_counter()
    gazetteer = open_gazetteer()
    known = sum(bool(gazetteer.candidates(name)) for name in NAMES)
    seconds = time.perf_counter() - begun
    added = _resident() - before
    described = gazetteer.describe()
    sender.send(
        {
            "load s": round(seconds, 3),
            "memory MiB": round(added, 1),
            "names known": known,
            "disk MiB": round(int(described["bytes"]) / 2**20, 1),
            **{name: int(described[name]) for name in ("places", "names", "peoples")},
            "checksum": described["checksum"],
            "intact": _sum(gazetteer) == described["checksum"],
        }
    )


def _measure_build(sender: Any) -> None:
    """Building anew, elsewhere: in processor seconds, since the machine may be busy, and by the clock."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "places.sqlite"
        begun, clock = time.process_time(), time.perf_counter()
        build(path)
        spent = {"build CPU s": time.process_time() - begun, "build s": time.perf_counter() - clock}
        same = SqliteGazetteer(path).describe()["checksum"] == open_gazetteer().describe()["checksum"]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = {name: round(seconds, 1) for name, seconds in spent.items()}
    sender.send({**figures, "build peak MiB": round(peak), "same when built again": same})


def _sum(gazetteer: SqliteGazetteer) -> str:
    base = sqlite3.connect(f"{gazetteer.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        assert sizes(base)["places"] == gazetteer.describe()["places"]
        return checksum(base)
    finally:
        base.close()


def _resident() -> float:
    """Mebibytes of this process in memory now."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:  # no Linux: the peak so far
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return pages * resource.getpagesize() / 2**20
