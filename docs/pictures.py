"""Draws the pictures of the documents beside this file.

map.svg, timeline.svg and tolls.svg come from the demo archive, linking.svg from the figures of `bench linking`.
"""

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
    if (HERE / "linking.json").is_file():
        subprocess.run([sys.executable, str(HERE / "linking_picture.py")], check=True)
