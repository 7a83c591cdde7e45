"""Bad input costs its own article and no other: one reject or one clear line each, quickly and in little memory."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from hostile import GOOD, Trap, plant

MEMORY = 1_000_000_000  # bytes
SECONDS = 150  # for the whole folder; on an idle machine a quarter of it


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended, and the most memory it held."""

    status: int
    stdout: str
    stderr: str
    peak: int


# Runs a command and tells its status and peak on a pipe. A process begins with the peak of the one that starts it, here
# that of all tests so far, so a small one starts it.
LAUNCH = """
import os, resource, subprocess, sys
status = subprocess.run(sys.argv[2:]).returncode
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
os.write(int(sys.argv[1]), f"{status} {peak}".encode())
"""


def sayso(*arguments: str, cwd: Path, to: Path | None = None, limit: Callable[[], None] | None = None) -> Done:
    told, tell = os.pipe()
    command = [sys.executable, "-c", LAUNCH, str(tell), sys.executable, "-m", "sayso.cli", *arguments]
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err, open(to or os.devnull, "w") as other:
        subprocess.run(
            command, cwd=cwd, stdout=other if to else out, stderr=err, preexec_fn=limit, pass_fds=(tell,), check=True
        )
        os.close(tell)
        with os.fdopen(told) as pipe:
            status, peak = map(int, pipe.read().split())
        out.seek(0)
        err.seek(0)
        done = Done(status, out.read(), err.read(), peak)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def closed_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def pit(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Trap]]:
    """A folder of traps between two sound articles."""
    folder = tmp_path_factory.mktemp("pit")
    return folder, plant(folder / "in")


def expected_rejects(traps: list[Trap]) -> Counter[str]:
    reasons = Counter(trap.reason for trap in traps if trap.reason)
    return reasons + Counter({"folder loop": 1, "not fetched": 1})


def test_add_takes_the_good_names_the_bad_and_counts_both(pit: tuple[Path, list[Trap]]) -> None:
    folder, traps = pit
    begun = time.monotonic()
    done = sayso("add", "in", f"http://127.0.0.1:{closed_port()}/a.html", cwd=folder)
    spent = time.monotonic() - begun
    assert done.status == 0, done.stderr
    summary = json.loads(done.stdout)
    assert Counter(summary["rejected"]) == expected_rejects(traps)
    good = 2 + sum(trap.good + (trap.reason is None) for trap in traps)
    assert summary["added"] + summary["kept"] + summary["known"] == good
    assert done.peak < MEMORY
    assert spent < SECONDS


def test_what_was_stored_beside_bad_input_can_be_asked(pit: tuple[Path, list[Trap]]) -> None:
    folder, _ = pit
    for command in ("incidents", "claims", "tolls", "sources", "copies", "timeline", "report"):
        done = sayso(command, cwd=folder)
        assert done.status == 0, (command, done.stderr)
        assert done.peak < MEMORY


def test_code_prints_a_valid_line_for_each_harmless_article(pit: tuple[Path, list[Trap]]) -> None:
    import jsonschema

    import sayso as package

    folder, traps = pit
    small = [f"in/{trap.name}" for trap in traps if len(trap.data) < 60_000]
    done = sayso("code", *small, "in/zz-last.txt", cwd=folder)
    assert done.status == 0, done.stderr
    check = jsonschema.Draft202012Validator(package.schema())
    names = Counter()
    for line in done.stdout.splitlines():
        record = json.loads(line)
        check.validate(record)
        names[record["article"].get("origin", "")] += 1
    assert sum(names.values()) == 1 + sum(
        trap.good + (trap.reason is None) for trap in traps if len(trap.data) < 60_000
    )
    for trap in traps:
        if trap.reason and len(trap.data) < 60_000 and trap.reason != "unknown kind":
            assert f"{trap.name}" in done.stderr and trap.reason in done.stderr


def test_only_bad_input_is_status_1_and_wrong_use_status_2(pit: tuple[Path, list[Trap]]) -> None:
    folder, _ = pit
    assert sayso("code", "in/binary.txt", "in/empty.txt", cwd=folder).status == 1
    assert sayso("code", cwd=folder).status == 2
    assert sayso("code", "in/0-first.txt", "--processes", "0", cwd=folder).status == 2


def test_a_file_that_vanishes_after_it_was_listed_is_one_reject(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    gate, lost = tmp_path / "in" / "a-gate", tmp_path / "in" / "b-lost.txt"
    os.mkfifo(gate)  # reading stops here until we write, when the folder has been listed
    lost.write_text(GOOD)

    def open_gate() -> None:
        with gate.open("w") as out:
            lost.unlink()
            out.write(GOOD)

    thread = threading.Thread(target=open_gate)
    thread.start()
    done = sayso("add", "in", cwd=tmp_path)
    thread.join()
    summary = json.loads(done.stdout)
    assert (done.status, summary["added"], summary["rejected"]) == (0, 1, {"not found": 1})


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_one_reject(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(GOOD)
    (tmp_path / "secret.txt").chmod(0)
    (tmp_path / "open.txt").write_text(GOOD)
    done = sayso("add", "secret.txt", "open.txt", cwd=tmp_path)
    assert (done.status, json.loads(done.stdout)["rejected"]) == (0, {"not readable": 1})


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)], capture_output=True)
    if made.returncode:
        pytest.skip("may not mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a tmpfs")
def test_a_full_disk_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(GOOD)
    with small_disk(tmp_path / "disk") as disk:
        (disk / "filler").write_bytes(b"x" * 200_000)
        done = sayso("add", "report.txt", "--db", str(disk / "a.db"), cwd=tmp_path)
    assert done.status == 1
    assert "a.db" in done.stderr and ("disk" in done.stderr or "room" in done.stderr)


def test_a_file_that_may_not_grow_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(GOOD)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = sayso("add", "report.txt", cwd=tmp_path, limit=limit)
    assert done.status == 1
    assert "sayso.db" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("command", [["code", "report.txt"], ["schema"], ["demo", "--help"]])
def test_output_onto_a_full_disk_is_one_clear_line(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "report.txt").write_text(GOOD)
    done = sayso(*command, cwd=tmp_path, to=Path("/dev/full"))
    assert done.status == 1
    assert "No space left" in done.stderr


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    shell = f"{sys.executable} -m sayso.cli schema | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", shell], cwd=tmp_path, capture_output=True, text=True)
    assert "Traceback" not in done.stderr and "BrokenPipe" not in done.stderr


def _hear_interrupts() -> None:
    """A shell starts background jobs with interrupts ignored, and a program inherits that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("processes", ["1", "2"])
def test_an_interrupt_is_one_line_that_says_how_to_go_on(tmp_path: Path, processes: str) -> None:
    lines = (json.dumps({"text": GOOD.replace("Two", f"{number} of those")}) for number in range(3000))
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    command = [sys.executable, "-m", "sayso.cli", "add", "many.jsonl", "--processes", processes]
    begun = subprocess.Popen(
        command,
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C reaches every process of the terminal's group
        preexec_fn=_hear_interrupts,
    )
    time.sleep(8)
    assert begun.poll() is None
    os.killpg(begun.pid, signal.SIGINT)
    _, stderr = begun.communicate(timeout=60)
    assert begun.returncode == 130
    assert "interrupted" in stderr and "Traceback" not in stderr
