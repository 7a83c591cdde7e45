"""Writes rows so that every reader of the format sees the same cells, whatever the article's text holds.

In separated files a cell is one line without control characters: tabs and line breaks of all kinds become a blank, and
a cell never begins with a quotation mark, which some readers of tab-separated files take for quoting and others do not.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_HALVES = re.compile(r"[\ud800-\udfff]")
_BREAKS = str.maketrans({"\u2028": "\\u2028", "\u2029": "\\u2029", "\x85": "\\u0085"})  # str.splitlines breaks there


@dataclass(slots=True)
class Handed:
    """What an export wrote: each file with its rows, and what it left out, by reason."""

    files: list[tuple[Path, int]] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)


def plain(text: str) -> str:
    """Text as one line that any encoding of Unicode can hold."""
    return _HALVES.sub("\ufffd", " ".join(_UNSEEN.sub(" ", text).split()))


def cell(value: Any) -> str:
    """A value as a cell: None is empty, a list is joined by ";", and nothing is there that a spreadsheet would run."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(round(value, 6))
    if isinstance(value, int):
        return str(value)
    if isinstance(value, (list, tuple)):
        value = ";".join(plain(str(item)).replace(";", ",") for item in value)
    text = plain(str(value))
    if text[:1] == '"':
        return "“" + text[1:]
    return "'" + text if text[:1] in ("=", "+", "-", "@") else text


def write_tabbed(path: Path, columns: Sequence[str], rows: Iterable[Row], header: bool = True) -> tuple[Path, int]:
    """One line a row, cells between tabs, no quoting."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as out:
        if header:
            out.write("\t".join(columns) + "\n")
        for row in rows:
            out.write("\t".join(_cells(columns, row)) + "\n")
            count += 1
    return path, count


def write_commas(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> tuple[Path, int]:
    """Comma-separated with header, quoted where needed."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(columns)
        for row in rows:
            writer.writerow(_cells(columns, row))
            count += 1
    return path, count


def write_lines(path: Path, records: Iterable[Mapping[str, Any]]) -> tuple[Path, int]:
    """One JSON object a line."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for record in records:
            out.write(as_json(record) + "\n")
            count += 1
    return path, count


def as_json(value: Any) -> str:
    """JSON on one line, readable in every script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _HALVES.sub("\ufffd", text.translate(_BREAKS))


def _cells(columns: Sequence[str], row: Row) -> list[str]:
    unknown = row.keys() - set(columns)
    if unknown:
        raise KeyError(f"no such columns: {sorted(unknown)}")
    return [cell(row.get(column)) for column in columns]
