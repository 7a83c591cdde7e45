"""`python -m eval NAME [--bench FOLDER] [--json] [--cache FOLDER]`: one benchmark; `python -m eval all`: the table.

Benchmarks lie below the benchmark root with their own scorers; what is in `gold/` is ours and always here.
"""

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
from sayso.config import Config

BENCHMARKS = (
    "extraction", "polnear", "plover_codes", "cameo_svo", "case21_types", "india_police", "muc4", "geoparse", "timex",
    "gva_incidents", "stories", "reuse",
)  # fmt: skip
GOLD = ("gold_claims", "gold_events", "toll_phrases", "toll_courses", "copy_pairs")
ABROAD = (
    "real_events",
    "false_copies",
    "incident_tolls",
    "incident_links",
)  # our own questions to the benchmarks' texts
NAMES = (*BENCHMARKS, *GOLD, *ABROAD)
ROOT = Path(__file__).resolve().parent.parent
FLOORS = Path(__file__).with_name("floors.toml")


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    parser.add_argument("name", choices=(*NAMES, "all"))
    parser.add_argument("--bench", type=Path, default=ROOT.parent / "shared" / "bench", help="benchmark root")
    parser.add_argument("--json", action="store_true", help="print the scorer's own object")
    parser.add_argument("--cache", type=Path, help="keep parses here between runs")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what is measured; never lowers one")
    parser.add_argument("--lower", metavar="WHY", help="with --pin: let floors fall too, for this reason")
    parser.add_argument("--pipeline", default=Config().pipeline, help="another spaCy pipeline: package or folder")
    parser.add_argument(
        "--typers", type=Path, help="folds that training.typer wrote: ask a typer that never saw the text"
    )
    chosen = parser.parse_args(argv)
    names = NAMES if chosen.name == "all" else (chosen.name,)
    present = [name for name in names if _is_here(name, chosen.bench)]
    for name in sorted(set(names) - set(present)):
        print(f"{name}: no data at {chosen.bench / name}; nothing measured", file=sys.stderr)
    if not present:
        return 0
    line = Line(chosen.cache.resolve() if chosen.cache else None, chosen.pipeline, chosen.typers)
    fell = 0
    for name in present:
        result = measure(name, chosen.bench.resolve(), line)
        if chosen.json:
            print(json.dumps(result, ensure_ascii=False))
            continue
        if chosen.pin:
            pin(name, result, chosen.lower, chosen.typers is not None)
        fell += print_figures(name, result, chosen.typers is not None)
    return 1 if fell else 0


def _is_here(name: str, bench: Path) -> bool:
    return name in GOLD or (bench / name).is_dir() or (name in ABROAD and (bench / "gva_incidents").is_dir())


def measure(name: str, bench: Path, line: Line) -> dict[str, Any]:
    adapter = importlib.import_module(f"eval.{name}")
    if name not in BENCHMARKS:
        own: dict[str, Any] = adapter.measure(line) if name in GOLD else adapter.measure(line, bench)
        return own
    with tempfile.TemporaryDirectory() as work:
        result = score(bench / name, adapter.predict(bench / name, line, Path(work)))
    return {**result, **(adapter.beside(bench / name) if hasattr(adapter, "beside") else {})}


def pin(name: str, result: dict[str, Any], lower: str | None, fitted: bool = False) -> None:
    """Write one benchmark's floors: what was measured, less half a point of slack for other machines' rounding.

    What the typer was trained on is pinned only where it was cross-fitted.
    """
    floors = read_floors()
    known = floors.setdefault(name, {})
    for figure in figures_of(name):
        if figure.typed and not fitted:
            continue
        sign = -1 if figure.lower_is_better else 1
        reached = round(value_of(figure, result) - sign * 0.005, 3)
        before = known.get(figure.name)
        if before is None or lower is not None or sign * reached > sign * before:
            known[figure.name] = reached
    before_text = FLOORS.read_text("utf-8") if FLOORS.is_file() else ""
    kept = [line for line in before_text.splitlines() if line.startswith("# Lowered:")]
    lines = ["# Floors of `make eval`. Raised by `python -m eval all --pin`; lowering one needs --lower and a reason."]
    lines += dict.fromkeys([*kept, *([f"# Lowered: {name}: {lower}"] if lower else [])])
    for section in sorted(floors):
        lines += ["", f"[{section}]", *(f'"{key}" = {value}' for key, value in floors[section].items())]
    FLOORS.write_text("\n".join(lines) + "\n", "utf-8")


def read_floors() -> dict[str, dict[str, float]]:
    return tomllib.loads(FLOORS.read_text("utf-8")) if FLOORS.is_file() else {}


def figures_of(name: str) -> tuple[Figure, ...]:
    figures: tuple[Figure, ...] = importlib.import_module(f"eval.{name}").FIGURES
    return figures


def value_of(figure: Figure, result: dict[str, Any]) -> float:
    value: Any = result
    for key in figure.path:
        value = value[key]
    return float(value)


def print_figures(name: str, result: dict[str, Any], fitted: bool = False) -> int:
    """Print one benchmark's rows; how many fell below their floors."""
    floors = read_floors().get(name, {})
    fell = 0
    for figure in figures_of(name):
        value, floor = value_of(figure, result), floors.get(figure.name)
        below = floor is not None and (value > floor if figure.lower_is_better else value < floor)
        fell += below
        crossed = figure.crossed or (figure.typed and fitted)
        seen = "cross-fitted" if crossed else "in-sample" if figure.typed or figure.in_sample else ""
        mark = "BELOW FLOOR" if below else seen
        print(
            f"{name:14} {figure.name:28} {value:8.3f}  trivial {figure.trivial:6.3f}  floor "
            f"{floor if floor is not None else '-':>6}  reference {figure.reference}  {mark}".rstrip(),
            flush=True,
        )
    return fell


if __name__ == "__main__":
    sys.exit(main())
