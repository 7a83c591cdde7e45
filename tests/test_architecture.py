"""The import table: the folder list is the architecture, and stages never import one another."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "sayso"
CORE = {"gravity", "listing", "model", "ports", "text", "errors", "config", "record", "union", "linkindex"}
STAGES = {"read", "parse", "extract", "resolve", "link", "store"}
MAY_IMPORT: dict[str, set[str]] = {
    "model": set(),
    "errors": set(),
    "ports": {"model"},
    "text": {"model"},
    "union": set(),
    "gravity": {"model"},
    "listing": {"model", "errors", "ports"},
    "linkindex": {"model", "ports"},
    "record": {"model", "errors"},
    "config": CORE,
    "record_schema": CORE,
    "knowledge": CORE,
    "linear": {"knowledge"},
    "trees": set(),
    "read": CORE | {"knowledge"},
    "parse": CORE,
    "extract": CORE | {"knowledge", "linear", "trees"},
    "resolve": CORE | {"knowledge", "linear"},
    "link": CORE | {"knowledge", "trees"},
    "judging": CORE | {"link"},
    "store": CORE,
    "report": CORE | {"knowledge"},  # codes of other event data, for report/formats alone: see below
    "workers": CORE,
    "pipeline": CORE | STAGES | {"knowledge", "workers"},
    "checkup": CORE | STAGES | {"demo", "knowledge"},
    "demo": set(),
    "table": {"errors", "report"},
    "asking": CORE | {"report", "table"},
    "correcting": CORE | {"judging", "link", "report", "store"},
    "api": CORE | {"asking", "correcting", "judging", "pipeline", "report", "link", "read", "store"},
    "cli": CORE | {"api", "judging", "report", "demo", "checkup", "record_schema", "link", "serve"},
    "serve": CORE | {"api", "report", "judging", "link", "read", "record_schema", "store", "checkup"},
    "__init__": CORE | {"api", "record_schema", "report", "table"},
}


def imports(path: Path) -> set[str]:
    """The parts of sayso a module imports, anywhere in it; "" stands for the package itself."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "sayso":
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {part[1] for alias in node.names if (part := alias.name.split("."))[0] == "sayso" and part[1:]}
    return {name for name in found if (SOURCE / name).is_dir() or (SOURCE / f"{name}.py").is_file()}


def part_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_modules_import_only_what_their_stage_may(path: Path) -> None:
    part = part_of(path)
    assert part in MAY_IMPORT, f"{part} is not in the import table"
    assert imports(path) - {part} <= MAY_IMPORT[part]


def test_in_reports_only_the_layouts_of_other_event_data_read_tables() -> None:
    reading = {path.parent.name for path in MODULES if part_of(path) == "report" and "knowledge" in imports(path)}
    assert reading == {"formats"}


def test_nothing_past_parse_sees_a_parser() -> None:
    spacy = [
        path
        for path in MODULES
        if part_of(path) != "parse"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        and "spacy"
        in {*(alias.name.split(".")[0] for alias in node.names), (getattr(node, "module", "") or "").split(".")[0]}
    ]
    assert spacy == []


def test_only_reading_knowledge_and_stores_touch_disk_or_network() -> None:
    allowed = {"read", "knowledge", "store", "config", "resolve", "parse", "cli", "report", "checkup", "demo", "serve"}
    reaching = {
        part_of(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        and {*(alias.name.split(".")[0] for alias in node.names), (getattr(node, "module", "") or "").split(".")[0]}
        & {"httpx", "socket", "urllib", "sqlite3", "sqlalchemy"}
    }
    assert reaching <= allowed
