"""The documents say what the program does."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_record_reference_is_the_schema() -> None:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec and spec.loader
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    assert (ROOT / "docs" / "record.md").read_text("utf-8") == generate.reference(), "run `make docs`"


def test_links_in_the_documents_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?://|#)([^)#\s]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_command_and_setting_is_documented() -> None:
    from dataclasses import fields

    from sayso.cli.app import app
    from sayso.config import Config

    pages = "\n".join(page.read_text("utf-8") for page in (ROOT / "docs").glob("*.md"))
    for command in app.registered_commands:
        name = command.name or command.callback.__name__  # type: ignore[union-attr]
        assert f"`sayso {name}" in pages, f"sayso {name} is not in docs/"
    for setting in fields(Config):
        assert f"`{setting.name}`" in pages, f"setting {setting.name} is not in docs/"


def test_every_command_shows_an_example() -> None:
    from sayso.cli.app import app

    for command in app.registered_commands:
        assert "Example: sayso " in (command.callback.__doc__ or ""), command.callback


def test_every_question_in_python_is_documented() -> None:
    from sayso.asking import Asking
    from sayso.table import Table

    page = (ROOT / "docs" / "python.md").read_text("utf-8")
    for owner, written in ((Asking, r"`{}\("), (Table, r"`\.{}\b")):
        for name in vars(owner):
            if not name.startswith("_") and callable(getattr(owner, name)) and name not in ("archive", "desk", "of"):
                assert re.search(written.format(name), page), f"{owner.__name__}.{name} is not in docs/python.md"


def test_every_format_is_documented_and_in_the_help() -> None:
    from sayso.cli.hand import export_records
    from sayso.report.formats import LAYOUTS

    help = str(export_records.__annotations__["form"])
    for name in LAYOUTS:
        assert f"| `{name}` |" in (ROOT / "docs" / "formats.md").read_text("utf-8")
        assert f"`{name}`" in (ROOT / "docs" / "commands.md").read_text("utf-8")
        assert re.search(rf"\b{name}\b", help), f"{name} is not in the help"
