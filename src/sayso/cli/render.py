"""Rows to what a terminal shows or a program reads."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, is_dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console


@lru_cache(maxsize=1)
def out() -> Console:
    """Where tables and lines go."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False)


@lru_cache(maxsize=1)
def err() -> Console:
    """Where progress and complaints go."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def counted(counts: dict[str, int]) -> str:
    """ "empty 3, too long 1"."""
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))


def wants_json(asked: bool | None) -> bool:
    """What the user asked for; unasked, tables on a terminal and JSON into a pipe."""
    return not sys.stdout.isatty() if asked is None else asked


def print_json(value: Any) -> None:
    """One JSON value a line; records as objects."""
    sys.stdout.write(json.dumps(plain(value), ensure_ascii=False) + "\n")


def plain(value: Any) -> Any:
    """Records as dictionaries, all the way down."""
    if is_dataclass(value) and not isinstance(value, type):
        return {key: plain(item) for key, item in asdict(value).items()}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain(item) for item in value]
    return value


def print_rows(
    rows: Sequence[Any], columns: Sequence[tuple[str, str]], title: str, limit: int, as_json: bool | None
) -> None:
    """Rows as JSON lines, or as a table of the chosen (heading, attribute) columns."""
    if wants_json(as_json):
        for row in rows:
            print_json(row)
        return
    if not rows:
        out().print(f"no {title} in this archive; `sayso add` reads more into it")
        return
    cells = [[cell(getattr(row, attribute), attribute) for _, attribute in columns] for row in rows[:limit]]
    used = [number for number in range(len(columns)) if any(line[number] for line in cells)]
    headings = [columns[number][0] for number in used]
    shown = [[line[number] for number in used] for line in cells]
    numeric = [isinstance(getattr(rows[0], columns[number][1]), (int, float)) for number in used]
    out().print(f"{title} ({len(rows):,})")
    if not _print_table(headings, shown, numeric):
        _print_blocks(headings, shown)
    if len(rows) > limit:
        out().print(f"… {len(rows) - limit:,} more; --limit {len(rows)} shows all, --json gives them to a program")


_SHORT = 14  # characters; a column of nothing longer keeps its width
_NEEDED = 18  # characters that a column of words needs to be read
_LONGEST = 240  # characters of one cell; `show` and --json give the rest


def _print_table(headings: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool]) -> bool:
    """Rows side by side, short columns as wide as they are; False if the terminal is too narrow to read them."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    widths = [max(map(len, (heading, *(row[at] for row in rows)))) for at, heading in enumerate(headings)]
    fixed = sum(width for width in widths if width <= _SHORT) + 2 * len(widths)
    worded = [width for width in widths if width > _SHORT]
    if out().width - fixed < sum(min(width, _NEEDED) for width in worded):
        return False
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0), expand=any(w > 40 for w in worded))
    for heading, width, right in zip(headings, widths, numeric, strict=True):
        ratio = None if width <= _SHORT else min(4, 2 + width // 60)
        table.add_column(heading, no_wrap=width <= _SHORT, ratio=ratio, justify="right" if right else "left")
    for row in rows:
        table.add_row(*map(Text, row))
    out().print(table)
    return True


def _print_blocks(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Each row as a few lines: what is short on the first, what is long below it under its heading."""
    from rich.padding import Padding
    from rich.text import Text

    for row in rows:
        short = [
            value if at == 0 or not value.replace(".", "").isdigit() else f"{headings[at]} {value}"
            for at, value in enumerate(row)
            if value and len(value) <= 2 * _SHORT
        ]
        out().print(Text("  ".join(short), style="bold"))
        for heading, value in zip(headings, row, strict=True):
            if len(value) > 2 * _SHORT:
                out().print(Padding(Text(f"{heading}: {value}" if heading else value), (0, 0, 0, 2)))


def cell(value: Any, attribute: str) -> str:
    """One value as a person reads it."""
    if value is None:
        return ""
    if attribute in ("id", "article", "incident", "of"):
        return str(value)[:8]
    if attribute == "published":
        return str(value)[:10]
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, (tuple, list)):
        value = (" ← " if attribute == "chain" else "; ").join(map(str, value))
    words = " ".join(str(value).split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


def print_lines(lines: Iterable[str]) -> None:
    """Plain lines, with no mark-up read into them."""
    from rich.text import Text

    for line in lines:
        out().print(Text(line), soft_wrap=not out().is_terminal)
