"""What a user says of a picture: its file, by whose name it is SVG or PNG, and its size in pixels."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import ConfigError, InputError

FORMS = ("svg", "png")
_SIZE = re.compile(r"(\d{2,5})x(\d{2,5})")
_LEAST, _MOST = 300, 8000  # pixels
_FLAT = 4.0  # times as wide as high


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels of a picture; more of them make it finer, not emptier."""

    width: int = 1600
    height: int = 1000


@dataclass(frozen=True, slots=True)
class Picture:
    """A file to draw."""

    path: Path
    form: str
    size: Size = Size()


def read_picture(path: Path, size: str = "1600x1000") -> Picture:
    """Checked before anything is read or drawn."""
    form = path.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise InputError("is neither SVG nor PNG by its name", about=str(path), way_out="let it end in .svg or .png")
    if not path.parent.is_dir():
        raise InputError("its folder is not there", about=str(path), way_out=f"make {path.parent} or name another")
    return Picture(path, form, read_size(size))


def read_size(words: str) -> Size:
    """ "1600x1000" in pixels."""
    found = _SIZE.fullmatch(words.strip().lower())
    size = Size(int(found[1]), int(found[2])) if found else None
    if size is None or not all(_LEAST <= side <= _MOST for side in (size.width, size.height)):
        raise ConfigError("is no size", about=words, way_out=f"write 1600x1000; {_LEAST} to {_MOST} pixels a side")
    if not 1 / _FLAT * 2 <= size.width / size.height <= _FLAT:
        raise ConfigError("is too narrow or too flat to draw on", about=words, way_out="write 1600x1000")
    return size
