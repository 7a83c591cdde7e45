"""The process that adds what was handed in: the parser it loads takes much memory, and goes with it.

`python -m sayso.serve.importing_child` reads one job as JSON from its input and tells how far it is, a line of JSON at
a time, on its output. Its working folder becomes that of the job, so that articles remember the names of their files
and not a temporary folder.
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import fields, replace
from typing import Any, TextIO

from sayso.config import Config
from sayso.errors import SaysoError
from sayso.listing import Wanted

_PAUSE = 0.2  # seconds between two lines
SAID, FAILED = 0, 3  # what the process ends with


def main(given: TextIO, told: TextIO) -> int:
    """Do one job; 0 when it is done, 3 when it could not be, after saying why."""
    job = json.load(given)
    known = {field.name for field in fields(Config)}
    config = Config(**{name: value for name, value in job["config"].items() if name in known})
    sys.path[:] = [os.path.abspath(one) for one in sys.path]
    config = replace(config, db=_absolute(config.db), gazetteer=_absolute(config.gazetteer), pipeline=_there(config))
    os.chdir(job["folder"])
    try:
        _add(config, job["name"], told)
    except SaysoError as fault:
        _tell(told, {"fault": str(fault)})
        return FAILED
    return SAID


def _add(config: Config, name: str, told: TextIO) -> None:
    from sayso.api import Project, Summary

    last = 0.0

    def show(summary: Summary, stage: str) -> None:
        nonlocal last
        if stage == "linking" or time.monotonic() - last >= _PAUSE:
            last = time.monotonic()
            _tell(told, {"stage": stage, **_counts(summary)})

    with Project(config) as project:
        before = _last_change(project)
        summary = project.add([name], show)
        with project.catalogue() as lists:
            changed = lists.number_of_incidents(Wanted(changed=before))
    _tell(told, {"stage": "done", "changed": changed, **_counts(summary)})


def _last_change(project: Any) -> str:
    """When an incident last changed before this."""
    with project.catalogue() as lists:
        latest = lists.incidents(Wanted(), "changed", 1).entries
    return (latest[0].changed if latest else None) or "0000"


def _counts(summary: Any) -> dict[str, Any]:
    counts = {name: getattr(summary, name) for name in ("seen", "added", "known", "kept")}
    return {**counts, "rejected": dict(summary.rejected), "languages": dict(summary.languages)}


def _tell(told: TextIO, line: dict[str, Any]) -> None:
    told.write(json.dumps(line) + "\n")
    told.flush()


def _absolute(path: str) -> str:
    return path if not path or "://" in path else os.path.abspath(path)


def _there(config: Config) -> str:
    """A pipeline that is a folder, by its whole path."""
    return os.path.abspath(config.pipeline) if os.path.isdir(config.pipeline) else config.pipeline


if __name__ == "__main__":
    sys.exit(main(sys.stdin, sys.stdout))
