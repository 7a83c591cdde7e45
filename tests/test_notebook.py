"""The tutorial notebook runs from top to bottom on a machine with nothing set up, and answers what it asks."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

NOTEBOOK = Path(__file__).parent.parent / "docs" / "tutorial.ipynb"


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> NotebookNode:
    """The notebook as its reader sees it, run by this very Python, with every folder of Jupyter an empty one."""
    folder = tmp_path_factory.mktemp("jupyter")
    kernel = folder / "share" / "kernels" / "sayso"
    kernel.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (kernel / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "sayso", "language": "python"}))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(folder / "share"))
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            patch.setenv(name, str(folder / name.lower()))
        patch.setenv("TMPDIR", str(folder))
        patch.chdir(folder)
        book = nbformat.read(NOTEBOOK, as_version=4)
        return NotebookClient(book, kernel_name="sayso", timeout=300).execute(cwd=str(folder))


def answer(book: NotebookNode, asked: str) -> NotebookNode:
    """What the cell that holds these words shows, by MIME type."""
    (cell,) = [cell for cell in book.cells if cell.cell_type == "code" and asked in cell.source]
    return cell.outputs[-1].data


def test_it_is_stored_without_outputs() -> None:
    book = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(book)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert len(code) >= 12 and not any(cell.outputs or cell.execution_count for cell in code)


@pytest.mark.slow
def test_every_cell_runs_without_a_warning(executed: NotebookNode) -> None:
    code = [cell for cell in executed.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    assert [out.text for cell in code for out in cell.outputs if out.output_type == "stream"] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "mime", "words"),
    [
        ("incidents = project", "text/html", ["killed 225", "Kazakhstan", "rows"]),
        ("project.incident(", "text/html", ["Reports by origin", "Meridian Wire", "data:image/svg+xml;base64,"]),
        ("project.tolls(worst", "text/plain", ["withdrawn", "superseded", "164"]),
        ("project.article(", "text/html", ['class="mark claim"', 'class="mark toll"', "technical mistake"]),
        ("stances=", "text/plain", ["using live ammunition"]),
        ("project.copies()", "text/html", ["translated", "1 omission"]),
        ("groupby", "text/plain", ["KAZ", "ASSAULT"]),
        ("project.timeline(", "text/html", ["2022-01-05", "Almaty"]),
        ("project.map(", "image/svg+xml", ["<svg", "Almaty"]),
        ("project.since(", "text/plain", ["killed 164", "killed 225 (4 withdrawn)"]),
        ("to_polars()", "text/plain", ["225", "i64"]),
    ],
)
def test_each_question_is_answered(executed: NotebookNode, asked: str, mime: str, words: list[str]) -> None:
    shown = answer(executed, asked)[mime]
    assert [one for one in words if one not in shown] == []
