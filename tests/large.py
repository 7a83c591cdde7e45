"""Large archives of the invented press, each made once and kept in `.cache`; a test that writes copies one."""

from __future__ import annotations

import os
from pathlib import Path

from bench.large import EDITION, make_archive
from sayso import __version__
from sayso.store.schema import HEAD

CACHE = Path(__file__).parent.parent / ".cache" / "large"


def large_archive(articles: int = 20_000, base: int = 1_500) -> Path:
    """The archive of so many articles, made if it is not there; delete the folder to have all made anew."""
    path = CACHE / f"{HEAD}-{__version__}-{EDITION}-{articles}-{base}.db"
    if not path.is_file():
        CACHE.mkdir(parents=True, exist_ok=True)
        growing = path.with_suffix(f".{os.getpid()}")  # another run may be making it too
        make_archive(growing, articles, base)
        growing.replace(path)
        growing.with_name(f"{growing.name}.lock").unlink(missing_ok=True)
    return path
