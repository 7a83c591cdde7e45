"""Where work runs: in this process or in several, behind one signature and with equal results."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from types import TracebackType
from typing import Any, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


class Workers:
    """Runs functions over chunks of tasks; with one process, right here and lazily at no cost.

    Processes are spawned, not forked, so that no thread or lock of the caller is copied into them; `prepare` runs
    once in each, to load models before the first task.
    """

    def __init__(self, processes: int, prepare: Callable[..., None], arguments: tuple[Any, ...] = ()) -> None:
        self.processes = processes
        self._pool = (
            ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), prepare, arguments)
            if processes > 1
            else None
        )

    def submit(self, run: Callable[[Sequence[Task]], list[Result]], chunk: Sequence[Task]) -> Future[list[Result]]:
        """Start one chunk; its result is a list as long as the chunk."""
        if self._pool:
            with _deaf_children():
                return self._pool.submit(run, chunk)
        done: Future[list[Result]] = Future()
        try:
            done.set_result(run(chunk))
        except Exception as error:  # as a pool does: raised when the result is asked for
            done.set_exception(error)
        return done

    def map(self, run: Callable[[Sequence[Task]], list[Result]], tasks: Sequence[Task], size: int) -> list[Result]:
        """All results in the order of the tasks, worked on in chunks of at most `size`."""
        started = [self.submit(run, tasks[at : at + size]) for at in range(0, len(tasks), size)]
        return [result for future in started for result in future.result()]

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is None:
            return
        processes = list((getattr(self._pool, "_processes", None) or {}).values())
        self._pool.shutdown(wait=error is None, cancel_futures=True)
        if error is not None:  # whoever pressed Ctrl-C does not wait for models to load and batches to end
            for process in processes:
                process.terminate()


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Ctrl-C reaches every process of a terminal; processes started in here leave it to the one that started them.

    Blocked rather than ignored, so that one that comes meanwhile is answered right after.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
