"""Every text of the benchmark data through the line: nothing unexpected, every span quotes, every line is valid.

Runs where the data are. `SAYSO_ALL_TEXTS` says how many articles, taken evenly from all files, or `all`.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import sayso
from sayso.config import Config
from sayso.model import Analysis, Article, Rejected
from sayso.pipeline import code
from sayso.read import read_sources
from sayso.record import to_json

BENCH = Path(__file__).resolve().parent.parent.parent / "shared" / "bench"
ASKED = os.environ.get("SAYSO_ALL_TEXTS", "200")

pytestmark = pytest.mark.skipif(not BENCH.is_dir(), reason=f"no benchmark data at {BENCH}")


def sources() -> dict[str, list[str]]:
    """Each file of texts; all pages of a folder count as one."""
    files = sorted(path for path in BENCH.rglob("*.jsonl") if path.name not in ("links.jsonl", "incidents.jsonl"))
    found = {str(path): [str(path)] for path in files}
    found["pages"] = sorted(map(str, BENCH.rglob("*.html.gz")))
    return found


def evenly(items: list[Any], count: int) -> list[Any]:
    return items if len(items) <= count else [items[number * len(items) // count] for number in range(count)]


def articles() -> Iterator[Article | Rejected]:
    """The sample: as many from each source, small ones whole."""
    grouped = sources()
    share = None if ASKED == "all" else max(1, int(ASKED) // len(grouped))
    for name, paths in grouped.items():
        if name == "pages":
            yield from read_sources(paths if share is None else evenly(paths, share), Config())
        else:
            read = list(read_sources(paths, Config()))
            yield from read if share is None else evenly(read, share)


def spans(value: Any) -> Iterator[tuple[int, int]]:
    """Every span of a printed analysis."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("span", "cue", "trigger") and inner:
                yield tuple(inner)
            elif key in ("spans", "content", "evidence"):
                yield from map(tuple, [inner] if inner and isinstance(inner[0], int) else inner)
            else:
                yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def test_every_text_is_coded_and_every_span_quotes() -> None:
    check = jsonschema.Draft202012Validator(sayso.schema())
    seen: Counter[str] = Counter()
    odd: list[str] = []
    for outcome in code(articles(), Config()):
        seen[type(outcome).__name__] += 1
        if isinstance(outcome, Rejected) and outcome.reason == "internal error":
            odd.append(f"{outcome.origin}: {outcome.detail}")
        if isinstance(outcome, Analysis):
            odd.extend(f"{outcome.article.origin}: {fault}" for fault in faults(outcome, check))
    assert seen["Analysis"] and not odd, "\n".join(odd[:20])


def faults(analysis: Analysis, check: Any) -> Iterable[str]:
    """What is wrong with one printed line, read back as a program would."""
    record = json.loads(json.dumps(to_json(analysis)))
    yield from (f"{error.json_path} {error.message[:100]}" for error in check.iter_errors(record))
    text = record["article"]["text"]
    for first, last in spans(record):
        if not (0 <= first < last <= len(text)) or text[first:last] != text[first:last].strip():
            yield f"span {first}:{last} quotes {text[first:last]!r}"
