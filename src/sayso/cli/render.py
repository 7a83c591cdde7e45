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


def plural(count: int, one: str, many: str = "") -> str:
    """ "1 copy", "1,204 copies"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


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
        out().print(f"no {title} in this archive; `sayso add` reads articles into it")
        return
    from rich.table import Table
    from rich.text import Text

    table = Table(title=f"{title} ({len(rows):,})", title_justify="left", show_lines=False, expand=True, pad_edge=False)
    for heading, attribute in columns:
        numeric = isinstance(getattr(rows[0], attribute), (int, float))
        table.add_column(
            heading,
            overflow="fold",
            justify="right" if numeric else "left",
            ratio=None if numeric or attribute in _NARROW else 4 if attribute in _WIDE else 2,
            no_wrap=attribute in _NARROW,
        )
    for row in rows[:limit]:
        table.add_row(*(Text(cell(getattr(row, attribute), attribute)) for _, attribute in columns))
    out().print(table)
    if len(rows) > limit:
        out().print(f"… {len(rows) - limit:,} more; --limit {len(rows)} shows all, --json gives them to a program")


_NARROW = frozenset({"id", "day", "harm", "first", "published", "incident"})
_WIDE = frozenset({"content", "summary", "what", "quote", "evidence", "chain", "says"})


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
        return (" ← " if attribute == "chain" else "; ").join(map(str, value))
    return str(value)


def print_lines(lines: Iterable[str]) -> None:
    """Plain lines, with no mark-up read into them."""
    from rich.text import Text

    for line in lines:
        out().print(Text(line), soft_wrap=not out().is_terminal)
