"""The application and how it ends. Exit status: 0 done, 1 nothing usable, 2 wrong use."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from sayso import __version__
from sayso.cli import accounts, add, ask, hand, judge, people, serve  # noqa: F401 - each adds its commands
from sayso.cli.base import app
from sayso.cli.render import err
from sayso.errors import ConfigError, SaysoError

_INTERRUPTED = 130


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="print the version and stop", is_eager=True)] = False,
) -> None:
    if version:
        typer.echo(f"sayso {__version__}")
        raise typer.Exit()


def main() -> None:
    """Run a command; what went wrong is one line that names it and the way out."""
    try:
        status = _run()
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output has seen enough, as `head` does
        _discard_output()
        status = 0
    except SaysoError as fault:
        status = _complain(str(fault), 2 if isinstance(fault, ConfigError) else 1)
    except OSError as fault:
        status = _complain(f"{fault.filename or 'output'}: {fault.strerror or fault}")
        _discard_output()
    except MemoryError:
        status = _complain("out of memory (use fewer --processes, or add the articles in parts)")
    except Exception as fault:
        if os.environ.get("SAYSO_TRACE"):
            raise
        status = _complain(
            f"internal error: {type(fault).__name__}: {fault} (please report it; SAYSO_TRACE=1 says more)"
        )
    raise SystemExit(status)


def _run() -> int:
    try:
        app()
    except (KeyboardInterrupt, SystemExit) as done:
        status = done.code if isinstance(done, SystemExit) else _INTERRUPTED
        if status == _INTERRUPTED:
            _complain("interrupted; what was stored stays, and the same command goes on from there")
        return status if isinstance(status, int) else int(status is not None)
    return 0


def _complain(message: str, status: int = 1) -> int:
    err().print(f"sayso: {message}", markup=False, soft_wrap=True)
    return status


def _discard_output() -> None:
    """Send what is still unwritten nowhere, so that nothing tries to write it again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
