"""A moving line on a terminal: how many, how fast, how far; nothing elsewhere."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sayso.cli.render import err

if TYPE_CHECKING:
    from sayso.api import Progress, Summary

_ONE_EACH = (".txt", ".text", ".htm", ".html", ".xhtml", ".txt.gz", ".html.gz", ".htm.gz")
_MOST = 200_000  # files; counting more takes longer than it helps


@contextmanager
def progress(sources: Iterable[str] = ()) -> Iterator[Progress | None]:
    """What to call as work goes on; None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(20), TimeElapsedColumn())
    with Progress(*columns, console=err(), transient=True) as bar:
        task = bar.add_task("starting", total=expected(sources))
        begun = time.monotonic()

        def show_progress(summary: Summary, stage: str) -> None:
            done = summary.added + summary.redone
            rate = done / max(0.001, time.monotonic() - begun)
            bar.update(task, description=describe(summary, stage, rate), completed=summary.seen)

        yield show_progress


def describe(summary: Summary, stage: str, rate: float) -> str:
    """ "1,204 analysed, 3 rejected, 9.8/s"; what is none is left out."""
    if stage == "linking":
        return "linking"
    counts = (("known", summary.known), ("kept", summary.kept), ("rejected", summary.rejected.total()))
    parts = [f"{summary.added + summary.redone:,} analysed"]
    parts += [f"{count:,} {name}" for name, count in counts if count]
    return ", ".join([*parts, f"{rate:.1f}/s"])


def expected(sources: Iterable[str]) -> int | None:
    """How many articles and rejects to expect; None where only reading can tell."""
    total = 0
    for source in sources:
        if os.path.isfile(source):
            total += 1
            if not source.lower().endswith(_ONE_EACH):
                return None
        elif os.path.isdir(source):
            for _, below, names in os.walk(source):
                below[:] = [name for name in below if not name.startswith(".")]
                shown = [name for name in names if not name.startswith(".")]
                total += len(shown)
                if total > _MOST or not all(name.lower().endswith(_ONE_EACH) for name in shown):
                    return None
        else:
            return None
    return total or None
