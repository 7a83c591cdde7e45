"""Rows as answers: a sequence of frozen records that a notebook shows and data-frame libraries take.

Columns keep what is known. Days and times stay ISO 8601 strings, which sort by time, may be a day or a day with its
time, and may be absent: nothing is made up to fill a date. Absent is None (`<NA>` in pandas, null in polars); whole
numbers that may be absent are `Int64`; what is several (names, chains) is a list; a record in a row is a dict.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from pathlib import Path
from types import ModuleType, UnionType
from typing import TYPE_CHECKING, Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints, overload

from sayso.errors import ModelMissing
from sayso.report.hostile import shown

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped]  # its stubs are another package
    import polars

Row = TypeVar("Row")
Self = TypeVar("Self", bound="Table[Any]")

_ROWS = 20  # shown in a notebook
_CELL = 140  # characters of a cell that are shown
_WIDEST = 2**63  # whole numbers from here on fit no column of 64 bits

# What a notebook shows of rows with many columns; the others are in the records and frames.
_COLUMNS: dict[str, str] = {
    "IncidentRow": "id first last place type tolls articles origins summary sources",
    "TollRow": "level when place harm low best high victims standing says quote",
    "TimelineRow": "day place what tolls origins articles says incident",
    "CopyRow": "article outlet of of_outlet kind share changed why",
    "SayingRow": "id who stance content origins first first_outlet confirmed_by denied_by grade",
    "ClaimRow": "id published outlet chain stance certainty content",
    "SourceRow": "name kinds country claims confirmed disputed alone articles origins grade",
    "ActorRow": "name title country sector first last articles",
    "LabelRow": "target label by articles origins first",
    "ArticleRow": "id published outlet title origin claims events tolls",
}


class Table(Sequence[Row], Generic[Row]):
    """Records of one kind, in order; a slice is a table again."""

    __slots__ = ("_rows", "of")

    def __init__(self, rows: Iterable[Row], of: type[Row]) -> None:
        self._rows = tuple(rows)
        self.of = of

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self: Self, index: slice) -> Self: ...

    def __getitem__(self, index: int | slice) -> Any:
        return self._with(self._rows[index]) if isinstance(index, slice) else self._rows[index]

    def _with(self: Self, rows: Iterable[Any]) -> Self:
        """A table like this of other rows."""
        return type(self)(rows, self.of)

    def __eq__(self, other: object) -> bool:
        """Whether the rows are the same, of a table, list or tuple."""
        return isinstance(other, (Table, list, tuple)) and self._rows == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the fields of a row."""
        return tuple(field.name for field in dataclasses.fields(self.of))  # type: ignore[arg-type]

    def to_dicts(self) -> list[dict[str, Any]]:
        """Each row as a dict of plain values: tuples are lists, records in it dicts."""
        return [plain(row) for row in self._rows]

    def to_csv(self, path: str | Path) -> None:
        """Write a CSV as `sayso export` does: lists joined by "; ", nothing that a spreadsheet would run."""
        from sayso.report.export import FORMATS

        FORMATS["csv"](Path(path), self.to_dicts())

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas data frame, typed by the kind of row, without rows too."""
        pd = _extra("pandas")
        hints, rows = get_type_hints(self.of), self.to_dicts()
        columns = {name: [row[name] for row in rows] for name in self.columns}
        return pd.DataFrame(
            {name: pd.Series(values, dtype=_pandas(hints[name], values)) for name, values in columns.items()}
        )

    def to_polars(self) -> polars.DataFrame:
        """A polars data frame, typed by the kind of row, without rows too."""
        pl = _extra("polars")
        hints, rows = get_type_hints(self.of), self.to_dicts()
        columns = {name: [row[name] for row in rows] for name in self.columns}
        made = (pl.Series(name, values, dtype=_polars(pl, hints[name], values)) for name, values in columns.items())
        return pl.DataFrame(list(made))  # type: ignore[no-any-return]

    def __repr__(self) -> str:
        return f"<Table of {len(self)} {self.of.__name__}>"

    def _repr_html_(self) -> str:
        """The first rows for a notebook, with how many more there are."""
        names = _COLUMNS.get(self.of.__name__, " ".join(self.columns)).split()
        head = "".join(f'<th scope="col" style="{_LEFT}">{shown(name)}</th>' for name in names)
        body = "".join(_line(row, names) for row in self._rows[:_ROWS])
        told = f"{len(self)} rows"
        told += f", {len(self) - _ROWS} more than shown" if len(self) > _ROWS else ""
        told += f"; also {', '.join(more)}" if (more := [name for name in self.columns if name not in names]) else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{told}</p>"


_LEFT = "text-align:left"


def _line(row: object, names: Iterable[str]) -> str:
    cells = (f'<td style="{_LEFT}" dir="auto">{_cell(getattr(row, name))}</td>' for name in names)
    return f"<tr>{''.join(cells)}</tr>"


def _cell(value: object) -> str:
    words = "; ".join(map(str, value)) if isinstance(value, tuple) else "" if value is None else str(value)
    return shown(words if len(words) <= _CELL else words[: _CELL - 1] + "…")


def plain(value: Any) -> Any:
    """A record as dicts, lists, strings and numbers, as deep as it goes."""
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value


def _extra(name: str) -> ModuleType:
    """A library that comes with an extra."""
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError as cause:
        raise ModelMissing("is not installed", about=name, way_out=f"pip install 'sayso[{name}]'") from cause


def _known(hint: Any) -> tuple[Any, bool]:
    """A type without None, and whether it may be None; of several types the first."""
    if get_origin(hint) in (Union, UnionType):
        kinds = [kind for kind in get_args(hint) if kind is not type(None)]
        return kinds[0], len(kinds) < len(get_args(hint))
    return hint, False


def _fits(values: Iterable[Any]) -> bool:
    return all(value is None or -_WIDEST <= value < _WIDEST for value in values)


def _pandas(hint: Any, values: Sequence[Any]) -> str:
    """The dtype of a column; "object" for lists, and for numbers that 64 bits do not hold."""
    kind, may_lack = _known(hint)
    if not isinstance(kind, type):
        return "object"
    if kind is int and not _fits(values):
        return "object"
    names = {bool: "boolean" if may_lack else "bool", int: "Int64" if may_lack else "int64", float: "float64"}
    return names.get(kind, "string" if issubclass(kind, str) else "object")


def _polars(pl: Any, hint: Any, values: Sequence[Any]) -> Any:
    kind, _ = _known(hint)
    return pl.Object if kind is int and not _fits(values) else _polars_type(pl, kind)


def _polars_type(pl: Any, hint: Any) -> Any:
    """The polars type of a hint, as deep as it goes."""
    kind, _ = _known(hint)
    if get_origin(kind) is tuple:
        return pl.List(_polars_type(pl, get_args(kind)[0]))
    if dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind)
        return pl.Struct({field.name: _polars_type(pl, hints[field.name]) for field in dataclasses.fields(kind)})
    if issubclass(kind, str):
        return pl.String
    return {bool: pl.Boolean, int: pl.Int64, float: pl.Float64}.get(kind, pl.Object)
