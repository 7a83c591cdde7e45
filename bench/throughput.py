"""How fast the whole line is, and how much it adds to the bare parser on the same articles in the same run.

The line is everything `sayso code` does after its models are loaded: read, detect language, split, parse, extract,
resolve, bind, encode. Bare parser and line take turns on chunks of the articles, so that a machine whose speed
drifts gives both the same weather. Memory is the sum of the processes' own peaks, so an upper bound.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sayso.config import Config
from sayso.demo import DEMO_SOURCE
from sayso.model import Analysis, Article
from sayso.parse.spacy_parser import load_pipeline
from sayso.pipeline import code
from sayso.read import read_sources
from sayso.record import to_json

CHUNK = 64  # articles per turn


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench throughput", description=__doc__)
    parser.add_argument("--articles", type=Path, help="JSONL with a text a line [default: the demo articles]")
    parser.add_argument("--limit", type=int, help="use the first so many articles")
    parser.add_argument("--processes", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--no-bare", action="store_true", help="only the line: for memory over many articles")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(argv)
    articles = list(_articles(chosen.articles))[: chosen.limit]
    if not articles:
        print("no articles to measure", file=sys.stderr)
        return 1
    words = sum(len(article.text.split()) for article in articles)
    context = get_context("spawn")  # each measurement in a fresh process, so that its memory is its own
    results = []
    with tempfile.TemporaryDirectory() as folder:
        files = _write_chunks(articles, Path(folder))
        for processes in chosen.processes:
            bare = processes == 1 and not chosen.no_bare
            results.append(_in_fresh_process(context, files, processes, bare))
    for result in results:
        result["articles/s"] = round(len(articles) / result["line_s"], 2)
        result["words/s"] = round(words / result["line_s"])
        if result["bare_s"]:
            result["bare words/s"] = round(words / result["bare_s"])
            result["ratio to bare parser"] = round(result["line_s"] / result["bare_s"], 3)
    print_results(results, len(articles), words, chosen.json)
    return 0


def _articles(path: Path | None) -> Iterator[Article]:
    source = str(path or DEMO_SOURCE)
    for item in read_sources([source], Config()):
        if isinstance(item, Article) and item.lang in (None, "en"):
            yield item


def _write_chunks(articles: Sequence[Article], folder: Path) -> list[str]:
    """The articles as JSONL files of one turn each."""
    files = []
    for at in range(0, len(articles), CHUNK):
        path = folder / f"{at:07}.jsonl"
        with path.open("w", encoding="utf-8") as out:
            for article in articles[at : at + CHUNK]:
                out.write(json.dumps({"text": article.text, "published": article.published}) + "\n")
        files.append(str(path))
    return files


def _in_fresh_process(context: Any, files: list[str], processes: int, bare: bool) -> dict[str, Any]:
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_measure, args=(sender, files, processes, bare))
    child.start()
    sender.close()
    result: dict[str, Any] = receiver.recv()
    child.join()
    return result


def _measure(sender: Any, files: list[str], processes: int, bare: bool) -> None:
    config = replace(Config(), processes=processes)
    if processes == 1:
        bare_s, line_s = _take_turns(files, config, bare)
    else:
        bare_s, line_s = 0.0, _run_line(files, config)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    peak = (own + (child * processes if processes > 1 else 0)) / 1024
    sender.send({"processes": processes, "bare_s": bare_s, "line_s": line_s, "peak memory MiB": round(peak)})


def _take_turns(files: list[str], config: Config, bare: bool) -> tuple[float, float]:
    nlp = load_pipeline(config.pipeline)
    list(code(read_sources([files[0]], config), config))  # models and tables loaded, neither clock running
    bare_s = line_s = 0.0
    for number, file in enumerate(files):
        turns = [_bare, _line] if number % 2 else [_line, _bare]
        for turn in turns:
            if turn is _bare and not bare:
                continue
            begun = time.perf_counter()
            turn(file, config, nlp)
            spent = time.perf_counter() - begun
            if turn is _bare:
                bare_s += spent
            else:
                line_s += spent
    return bare_s, line_s


def _bare(file: str, config: Config, nlp: Any) -> None:
    texts = [json.loads(line)["text"] for line in Path(file).read_text("utf-8").splitlines()]
    for _ in nlp.pipe(texts):
        pass


def _line(file: str, config: Config, nlp: Any) -> None:
    _encode([file], config)


def _run_line(files: list[str], config: Config) -> float:
    """One run over all files; starting the workers is part of it, as it is for a user."""
    begun = time.perf_counter()
    _encode(files, config)
    return time.perf_counter() - begun


def _encode(files: list[str], config: Config) -> None:
    for outcome in code(read_sources(files, config), config):
        if isinstance(outcome, Analysis):
            json.dumps(to_json(outcome), ensure_ascii=False)


def print_results(results: list[dict[str, Any]], articles: int, words: int, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"articles": articles, "words": words, "runs": results}))
        return
    print(f"{articles:,} articles, {words:,} words")
    for result in results:
        shown = ", ".join(f"{name} {value}" for name, value in result.items() if name not in ("line_s", "bare_s"))
        print(f"  {shown}")
