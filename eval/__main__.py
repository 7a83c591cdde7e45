"""`python -m eval NAME [--bench FOLDER] [--json] [--cache FOLDER]`: one benchmark; `python -m eval all`: the table."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from eval.harness import Figure, Line, score

NAMES = (
    "extraction", "polnear", "plover_codes", "cameo_svo", "case21_types", "india_police", "muc4", "geoparse", "timex",
    "gva_incidents", "stories", "reuse",
)  # fmt: skip
ROOT = Path(__file__).resolve().parent.parent
FLOORS = Path(__file__).with_name("floors.toml")


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    parser.add_argument("name", choices=(*NAMES, "all"))
    parser.add_argument("--bench", type=Path, default=ROOT.parent / "shared" / "bench", help="benchmark root")
    parser.add_argument("--json", action="store_true", help="print the scorer's own object")
    parser.add_argument("--cache", type=Path, help="keep parses here between runs")
    chosen = parser.parse_args(argv)
    names = NAMES if chosen.name == "all" else (chosen.name,)
    present = [name for name in names if (chosen.bench / name).is_dir()]
    for name in sorted(set(names) - set(present)):
        print(f"{name}: no data at {chosen.bench / name}; nothing measured", file=sys.stderr)
    if not present:
        return 0
    line = Line(chosen.cache.resolve() if chosen.cache else None)
    fell = 0
    for name in present:
        result = measure(name, (chosen.bench / name).resolve(), line)
        if chosen.json:
            print(json.dumps(result, ensure_ascii=False))
        else:
            fell += print_figures(name, result)
    return 1 if fell else 0


def measure(name: str, folder: Path, line: Line) -> dict[str, Any]:
    adapter = importlib.import_module(f"eval.{name}")
    with tempfile.TemporaryDirectory() as work:
        return score(folder, adapter.predict(folder, line, Path(work)))


def print_figures(name: str, result: dict[str, Any]) -> int:
    """Print one benchmark's rows; how many fell below their floors."""
    figures: tuple[Figure, ...] = importlib.import_module(f"eval.{name}").FIGURES
    floors = tomllib.loads(FLOORS.read_text("utf-8")) if FLOORS.is_file() else {}
    fell = 0
    for figure in figures:
        value: Any = result
        for key in figure.path:
            value = value[key]
        floor = floors.get(name, {}).get(figure.name)
        below = floor is not None and (value > floor if figure.lower_is_better else value < floor)
        fell += below
        mark = "BELOW FLOOR" if below else "in-sample" if figure.in_sample else ""
        print(
            f"{name:14} {figure.name:28} {value:8.2f}  trivial {figure.trivial:6.2f}  floor "
            f"{floor if floor is not None else '-':>6}  reference {figure.reference}  {mark}".rstrip(),
            flush=True,
        )
    return fell


if __name__ == "__main__":
    sys.exit(main())
