"""Draws the pictures of the documents from the demo archive: map.svg, timeline.svg and tolls.svg beside this file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
DRAWN = {
    "map.svg": ["map", "--country", "KAZ", "--since", "2022-01-01", "--until", "2022-01-31"],
    "timeline.svg": ["timeline", "--since", "2022-01-01", "--until", "2022-01-19"],
    "tolls.svg": ["tolls"],
}


def sayso(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "sayso.cli", *arguments], check=True)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        archive = str(Path(folder) / "demo.db")
        sayso("add", "--db", archive, str(HERE.parent / "src" / "sayso" / "data" / "demo"))
        for name, command in DRAWN.items():
            sayso(*command, "--db", archive, "--out", str(HERE / name))
