"""Writes `docs/record.md`, the reference of the analysis record, from its JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sayso.record_schema import schema

HERE = Path(__file__).parent
HEAD = """# The analysis record

One line of `sayso code` is one article's analysis. This page is generated from `sayso.schema()` by
`make docs`; `sayso schema` prints the schema itself.

Offsets are characters of `article.text`, half-open. Ids are local to the line. What the text does not tell is `null`.
"""


def reference() -> str:
    """The whole page."""
    return HEAD + "".join(_sections(schema()))


def _sections(whole: dict[str, Any]) -> Iterator[str]:
    for name, part in whole["properties"].items():
        if name == "schema":
            continue
        record = part.get("items", part)
        yield f"\n## `{name}`\n\n{part.get('description', 'The report itself.')}\n\n"
        yield "| field | type | meaning |\n|---|---|---|\n"
        yield from _rows(record, "")


def _rows(record: dict[str, Any], prefix: str) -> Iterator[str]:
    for name, field in record["properties"].items():
        yield f"| `{prefix}{name}` | {_type(field)} | {_meaning(field)} |\n"
        nested = _object_in(field)
        if nested:
            yield from _rows(nested, f"{prefix}{name}.")


def _object_in(field: dict[str, Any]) -> dict[str, Any] | None:
    for part in (field, field.get("items", {}), *field.get("anyOf", ())):
        if part.get("type") == "object":
            return part
    return None


def _meaning(field: dict[str, Any]) -> str:
    own = field.get("description") or next(
        (part["description"] for part in field.get("anyOf", ()) if part.get("description")), ""
    )
    return own.replace("|", "\\|")


def _type(field: dict[str, Any]) -> str:
    if "anyOf" in field:
        return " or ".join(_type(part) for part in field["anyOf"])
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    if field.get("type") == "array" and field.get("maxItems") == 2:
        return "span"
    if field.get("type") == "array":
        return f"list of {_type(field['items'])}"
    if str(field.get("pattern", "")).endswith(r"[1-9]\d*$"):
        letters = field["pattern"].removeprefix("^").removesuffix(r"[1-9]\d*$").strip("[]")
        return "id " + " or ".join(f"`{letter}1`" for letter in letters)
    return "date" if "pattern" in field else str(field["type"])


if __name__ == "__main__":
    (HERE / "record.md").write_text(reference(), "utf-8")
