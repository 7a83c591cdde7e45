"""Writes rows so that every reader of the format sees the same cells, whatever the article's text holds.

In separated files a cell is one line without control characters: tabs and line breaks of all kinds become a blank, and
a cell never begins with a quotation mark, which some readers of tab-separated files take for quoting and others do not.
Marks that turn the direction of what follows are dropped, so that no name rearranges the line it stands in; Arabic and
Hebrew need none of them.
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

from sayso.model import content_id

Row = Mapping[str, Any]
LONGEST = 32_000  # bytes of a cell: OpenSearch, which Timesketch keeps them in, takes 32,766; Excel as many characters
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_HALVES = re.compile(r"[\ud800-\udfff\ufffe\uffff]")  # of surrogate pairs, and what XML 1.0 has no place for
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_WEB = re.compile(r"https?://[^\s<>\"'`\\{}|^]{1,2000}", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_BREAKS = str.maketrans({"\u2028": "\\u2028", "\u2029": "\\u2029", "\x85": "\\u0085"})  # str.splitlines breaks there


@dataclass(slots=True)
class Handed:
    """What an export wrote: each file with its rows, and what it left out, by reason."""

    files: list[tuple[Path, int]] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)


def plain(text: str) -> str:
    """Text as one line that any encoding of Unicode, and XML, can hold."""
    return _HALVES.sub("\ufffd", " ".join(_UNSEEN.sub(" ", _TURNS.sub("", text)).split()))


def in_place(text: str) -> str:
    """A whole text with the same offsets: what XML 1.0 cannot hold becomes one sign a character."""
    return _FORBIDDEN.sub("\ufffd", text)


def plainly(value: Any) -> Any:
    """Every text in lists and objects as `plain` gives it; what is None is left out of objects."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return {key: plainly(item) for key, item in value.items() if item is not None}
    return [plainly(item) for item in value] if isinstance(value, (list, tuple)) else value


def short(text: str, most: int) -> str:
    """The beginning of a text, in so many characters at most, whole words where it has any."""
    if len(text) <= most:
        return text
    cut = text[: most - 2]
    return (cut.rsplit(" ", 1)[0] or cut) + " …"


def web(url: str | None) -> str | None:
    """An address that a browser opens as a page; None for a file, a script or anything else."""
    found = plain(url or "")
    return found if _WEB.fullmatch(found) else None


def language(code: str | None) -> str | None:
    """An ISO 639 code; None for what is none, since languages of articles come from outside."""
    return code if code and _LANGUAGE.fullmatch(code) else None


def file_name(id: str) -> str:
    """A record's id where it can name a file, else one made from it: ids of articles come from outside."""
    return id if _NAME.fullmatch(id) else content_id("file", id)


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


def within(row: Row) -> Row:
    """A row with its texts and lists as cells that are not too long."""
    return {name: _cut(cell(value)) if isinstance(value, (str, list)) else value for name, value in row.items()}


def _cut(text: str) -> str:
    data = text.encode("utf-8")
    return text if len(data) <= LONGEST else data[:LONGEST].decode("utf-8", "ignore") + " …"


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


def write_text(path: Path, text: str, rows: int) -> tuple[Path, int]:
    """A whole file at once."""
    path.write_text(text, "utf-8", newline="\n")
    return path, rows


def as_json(value: Any) -> str:
    """JSON on one line, readable in every script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _HALVES.sub("\ufffd", text.translate(_BREAKS))


def _cells(columns: Sequence[str], row: Row) -> list[str]:
    unknown = row.keys() - set(columns)
    if unknown:
        raise KeyError(f"no such columns: {sorted(unknown)}")
    return [cell(row.get(column)) for column in columns]
