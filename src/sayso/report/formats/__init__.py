"""What other tools read: the layouts of event data, and formats of maps, timelines, case work, annotation and alerts.

Each carries the chain of sources of every row in the fields it has, and what has no field under names of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sayso.errors import InputError
from sayso.report.archive import Archive
from sayso.report.formats import (
    acled,
    cap,
    ftm,
    gdelt,
    geojson,
    hxl,
    icews,
    inception,
    plover,
    polecat,
    rss,
    stix,
    timelinejs,
    timesketch,
)
from sayso.report.formats.files import Handed

# Each takes the archive, the folder, and whether events not told as having happened go along.
LAYOUTS: dict[str, Callable[[Archive, Path, bool], Handed]] = {
    "plover": plover.write,
    "polecat": polecat.write,
    "icews": icews.write,
    "gdelt": gdelt.write,
    "acled": acled.write,
    "geojson": geojson.write,
    "hxl": hxl.write,
    "stix": stix.write,
    "ftm": ftm.write,
    "timesketch": timesketch.write,
    "timelinejs": timelinejs.write,
    "inception": inception.write,
    "rss": rss.write,
    "cap": cap.write,
}


def hand_out(archive: Archive, layout: str, folder: Path, every: bool = False) -> Handed:
    """Write an archive in one of these layouts; says what was written and what had to stay out, and why."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return LAYOUTS[layout](archive, folder, every)
    except OSError as cause:
        raise InputError(f"cannot be written: {cause.strerror}", about=str(folder)) from cause
