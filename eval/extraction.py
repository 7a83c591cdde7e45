"""Article bodies out of saved web pages: the page reader's body text, without the title it puts in front."""

from __future__ import annotations

import gzip
from pathlib import Path

from eval.harness import Figure, Line, write_jsonl
from sayso.config import Config
from sayso.model import Article
from sayso.read.pages import read_page

# Trivial: the text of every `p` element of the page.
FIGURES = (
    Figure("page bodies F1", ("f1",), "trafilatura 2.3.1: 0.954 here, 0.967 held out", 0.84),
    Figure("page bodies precision", ("precision",), "trafilatura 2.3.1: 0.937", 0.78),
    Figure("page bodies recall", ("recall",), "trafilatura 2.3.1: 0.972", 0.90),
)


def body_of(page: bytes, name: str) -> str:
    """The body the reader finds; empty where it rejects the page."""
    for found in read_page(page, name, Config()):
        if isinstance(found, Article):
            return found.text[found.body :]
    return ""


def predict(folder: Path, line: Line, work: Path) -> list[str]:
    pages = sorted(folder.glob("html/*.html.gz"))
    rows = (
        {"id": page.name.removesuffix(".html.gz"), "text": body_of(gzip.decompress(page.read_bytes()), page.name)}
        for page in pages
    )
    write_jsonl(work / "pred.jsonl", rows)
    return ["gold.json", str(work / "pred.jsonl")]
