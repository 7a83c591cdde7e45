"""What was handed in to be added: one job after the other, each in a process of its own, told as it goes."""

from __future__ import annotations

import json
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import unicodedata
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, BinaryIO

from sayso.config import Config
from sayso.errors import SaysoError

LISTED = 20  # jobs
WAITING = 50  # jobs at once; each keeps its files on disk
_LONGEST = 120  # characters of a file name
_UNFIT = re.compile(r"[^\w.,()+=@ -]")
_LAST_WORDS = 2000  # characters of what a process said when it fell over


class Full(SaysoError):
    """Too much waits already."""


class State(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    READING = "reading"
    LINKING = "linking"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


ENDED = frozenset({State.DONE, State.FAILED, State.STOPPED})


@dataclass(slots=True)
class Job:
    """Files handed in together."""

    id: str
    name: str  # of the folder that articles remember they were read from
    by: str
    files: tuple[str, ...]
    at: str  # ISO 8601 date-time
    state: State = State.WAITING
    seen: int = 0
    added: int = 0
    known: int = 0
    kept: int = 0
    rejected: dict[str, int] = field(default_factory=dict)  # by reason
    languages: dict[str, int] = field(default_factory=dict)  # of articles kept without analysis
    changed: int = 0  # incidents that are new or told otherwise
    fault: str = ""  # why it failed, and the way out
    ended: str = ""

    @property
    def over(self) -> bool:
        return self.state in ENDED

    def told(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self) | {"over": self.over, "files": list(self.files)}


class Imports:
    """The jobs of one desk, the latest twenty, and the one thread that does them."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._folder: Path | None = None
        self._process: subprocess.Popen[str] | None = None
        self._running: Job | None = None
        self._worker: Thread | None = None
        self._lock = Lock()

    def latest(self) -> list[Job]:
        """The latest first."""
        return list(reversed(self._jobs.values()))

    def get(self, id: str) -> Job | None:
        return self._jobs.get(id)

    def hand_in(self, files: Iterable[tuple[str, BinaryIO]], by: str) -> Job:
        """Keep the files until they are added, under names that can do no harm; Full where too many jobs wait."""
        if sum(not job.over for job in self.latest()) >= WAITING:
            raise Full("too many imports are waiting", about="import", way_out="wait until some are done")
        now = datetime.now(UTC)
        id = secrets.token_hex(4)
        name = f"upload-{now:%Y%m%d-%H%M%S}-{id}"
        folder = self._home() / name
        folder.mkdir()
        names: dict[str, None] = {}
        for given, stream in files:
            safe = safe_name(given, names)
            names[safe] = None
            with (folder / safe).open("wb") as out:
                shutil.copyfileobj(stream, out)
        job = Job(id, name, by, tuple(names), now.isoformat(timespec="seconds"))
        with self._lock:
            self._jobs[id] = job
            for old in [one.id for one in self._jobs.values() if one.over][: max(0, len(self._jobs) - LISTED)]:
                del self._jobs[old]
            if self._worker is None:
                self._worker = Thread(target=self._work, name="imports", daemon=True)
                self._worker.start()
        self._queue.put(job)
        return job

    def stop(self, job: Job) -> None:
        """End a job. What it has stored stays; to hand the same in again goes on from there."""
        with self._lock:
            if job.over:
                return
            job.state, job.fault = State.STOPPED, "stopped; what was stored stays, and handing it in again goes on"
            job.ended = _now()
            if self._running is job and self._process is not None:
                self._process.terminate()

    def close(self) -> None:
        """End everything, and drop the files."""
        for job in self._jobs.values():
            self.stop(job)
        if self._worker is not None:
            self._queue.put(None)
            self._worker.join(10)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    # ----------------------------------------------------------------- the work

    def _home(self) -> Path:
        with self._lock:
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="sayso-import-"))
            return self._folder

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            if not job.over:
                self._run(job)
            shutil.rmtree(self._home() / job.name, ignore_errors=True)

    def _run(self, job: Job) -> None:
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as words, self._child(words) as process:
            with self._lock:
                self._running, self._process = job, process
                if job.over:  # stopped while its process began
                    process.terminate()
                else:
                    job.state = State.READING
            given = {"config": asdict(self._config), "folder": str(self._home()), "name": job.name}
            _hand_over(process, json.dumps(given))
            for line in process.stdout or ():
                self._note(job, line)
            status = process.wait()
            with self._lock:
                self._running = self._process = None
                if not job.over:
                    job.state = State.FAILED
                    job.fault = job.fault or why_it_ended(status, _end_of(words))
                job.ended = job.ended or _now()

    def command(self) -> list[str]:
        """What does a job."""
        return [sys.executable, "-m", "sayso.serve.importing_child"]

    def _child(self, words: Any) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        return subprocess.Popen(self.command(), stdin=pipe, stdout=pipe, stderr=words, text=True, encoding="utf-8")

    def _note(self, job: Job, line: str) -> None:
        """What the process tells of itself; a line that is none of that is left."""
        try:
            told = json.loads(line)
        except ValueError:
            return
        with self._lock:
            if job.over or not isinstance(told, dict):
                return
            if "fault" in told:
                job.fault = str(told["fault"])
                return
            for name in ("seen", "added", "known", "kept", "rejected", "languages", "changed"):
                setattr(job, name, told.get(name, getattr(job, name)))
            job.state = State(told["stage"])


def _hand_over(process: subprocess.Popen[str], job: str) -> None:
    """One that fell over at once reads nothing; its exit tells why."""
    if process.stdin is not None:
        try:
            process.stdin.write(job)
            process.stdin.close()
        except BrokenPipeError:
            pass


def why_it_ended(status: int, words: str) -> str:
    """Why a process came to nothing, in words, with the way out."""
    again = "What was stored stays; hand the same in again to go on"
    if status < 0:
        name = signal.Signals(-status).name if -status in {one.value for one in signal.Signals} else str(-status)
        memory = "; the machine may have run out of memory" if name == "SIGKILL" else ""
        return f"the process was ended from outside ({name}{memory}). {again}"
    last = words.strip().splitlines()[-1] if words.strip() else "it said nothing"
    return f"the process fell over with status {status}: {last}. {again}, and please report it"


def safe_name(given: str, taken: Iterable[str] = ()) -> str:
    """A file name without folders, patterns, leading dots or dashes, that is not taken yet."""
    last = unicodedata.normalize("NFC", given).replace("\\", "/").rsplit("/", 1)[-1]
    name = _UNFIT.sub("_", last).strip(" .-")[-_LONGEST:].lstrip(" .-") or "file"
    known, number, stem = set(taken), 2, name
    while name in known:
        head, dot, tail = stem.partition(".")
        name, number = f"{head}-{number}{dot}{tail}", number + 1
    return name


def _end_of(words: Any) -> str:
    words.seek(0)
    return str(words.read())[-_LAST_WORDS:]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
