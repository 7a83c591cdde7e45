"""The layouts of other event data: PLOVER, POLECAT, ICEWS, GDELT and ACLED, each with its chain of sources."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sayso.errors import InputError
from sayso.report.archive import Archive
from sayso.report.formats import acled, gdelt, icews, plover, polecat
from sayso.report.formats.files import Handed

# Each takes the archive, the folder, and whether events not told as having happened go along.
LAYOUTS: dict[str, Callable[[Archive, Path, bool], Handed]] = {
    "plover": plover.write,
    "polecat": polecat.write,
    "icews": icews.write,
    "gdelt": gdelt.write,
    "acled": acled.write,
}


def hand_out(archive: Archive, layout: str, folder: Path, every: bool = False) -> Handed:
    """Write an archive in the layout of other event data; says what was written and what had to stay out, and why."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return LAYOUTS[layout](archive, folder, every)
    except OSError as cause:
        raise InputError(f"cannot be written: {cause.strerror}", about=str(folder)) from cause
