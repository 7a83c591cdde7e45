"""The public surface is complete, and costs nothing until it is used."""

from __future__ import annotations

import subprocess
import sys

import sayso


def test_every_public_name_is_there() -> None:
    assert all(getattr(sayso, name) is not None for name in sayso.__all__)
    assert callable(sayso.schema) and sayso.schema()["title"]


def test_importing_the_package_loads_no_parser() -> None:
    code = "import sys, sayso; print([m for m in ('spacy', 'sqlalchemy', 'lxml') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"
