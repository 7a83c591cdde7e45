"""How fast the whole line is, and how much it adds to the bare parser on the same articles in the same run.

The line is everything `sayso code` does after its models are loaded: read, detect language, split, parse, extract,
resolve, bind, encode. Bare parser and line take turns on chunks of the articles, in processor seconds, so
that a machine whose speed drifts, or that is busy, gives both the same weather. Articles/s and memory come from a
run of the line alone, in wall-clock seconds; memory is the sum of the processes' own peaks, so an upper bound.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
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

CHUNK = 32  # articles per turn


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench throughput", description=__doc__)
    parser.add_argument("--articles", type=Path, help="JSONL with a text a line [default: the demo articles]")
    parser.add_argument("--limit", type=int, help="use the first so many articles")
    parser.add_argument("--processes", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--no-bare", action="store_true", help="only the line: for memory over many articles")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(argv)
    articles = list(articles_of(chosen.articles))[: chosen.limit]
    if not articles:
        print("no articles to measure", file=sys.stderr)
        return 1
    words = sum(len(article.text.split()) for article in articles)
    context = get_context("spawn")  # each measurement in a fresh process, so that its memory is its own
    os.environ["OMP_NUM_THREADS"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        files = _write_chunks(articles, Path(folder))
        results = [_in_fresh_process(context, _run_line, files, processes) for processes in chosen.processes]
        turns = None if chosen.no_bare else _in_fresh_process(context, _take_turns, files, 1)
    for result in results:
        result["articles/s"] = round(len(articles) / result["seconds"], 2)
        result["words/s"] = round(words / result["seconds"])
    report = {"articles": len(articles), "words": words, "line": results}
    if turns:
        report |= {"bare parser CPU s": turns["bare"], "line CPU s": turns["line"]}
        report["ratio to bare parser"] = round(turns["line"] / turns["bare"], 3)
    print_report(report, chosen.json)
    return 0


def articles_of(path: Path | None) -> Iterator[Article]:
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


def _in_fresh_process(context: Any, run: Callable[..., None], files: list[str], processes: int) -> dict[str, Any]:
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=run, args=(sender, files, replace(Config(), processes=processes)))
    child.start()
    sender.close()
    result: dict[str, Any] = receiver.recv()
    child.join()
    return result


def _run_line(sender: Any, files: list[str], config: Config) -> None:
    """The line over all files; loading models and starting workers is part of it, as it is for a user."""
    begun = time.perf_counter()
    _encode(files, config)
    seconds = time.perf_counter() - begun
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    each = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss if config.processes > 1 else 0
    peak = round((own + each * config.processes) / 1024)
    sender.send({"processes": config.processes, "seconds": seconds, "peak memory MiB": peak})


def _take_turns(sender: Any, files: list[str], config: Config) -> None:
    """Processor seconds of the bare parser and of the line on the same chunks, first one first, then the other."""
    nlp = load_pipeline(config.pipeline)
    _encode(files[:1], config)  # models and tables loaded, neither clock running
    spent = {"bare": 0.0, "line": 0.0}
    for number, file in enumerate(files):
        for turn in ("bare", "line") if number % 2 else ("line", "bare"):
            begun = time.process_time()
            if turn == "bare":
                _parse_only(file, nlp)
            else:
                _encode([file], config)
            spent[turn] += time.process_time() - begun
    sender.send(spent)


def _parse_only(file: str, nlp: Any) -> None:
    texts = [json.loads(line)["text"] for line in Path(file).read_text("utf-8").splitlines()]
    for _ in nlp.pipe(texts):
        pass


def _encode(files: list[str], config: Config) -> None:
    for outcome in code(read_sources(files, config), config):
        if isinstance(outcome, Analysis):
            json.dumps(to_json(outcome), ensure_ascii=False)


def print_report(report: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print(json.dumps(report))
        return
    print(f"{report['articles']:,} articles, {report['words']:,} words")
    for result in report["line"]:
        shown = ", ".join(f"{name} {value}" for name, value in result.items() if name != "seconds")
        print(f"  {shown}")
    if "ratio to bare parser" in report:
        bare, line = report["bare parser CPU s"], report["line CPU s"]
        print(f"  bare parser {bare:.1f} s, line {line:.1f} s of one core: {report['ratio to bare parser']} times")
