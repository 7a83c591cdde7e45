"""What each stage after the parser takes, as a share of the bare parser's time on the same articles in the same run.

    python -m bench stages [--articles FILE] [--limit N] [--json]

Processor seconds of one process; every stage is timed where the line calls it. Places and times together are asked to
stay below 15 % of the bare parser; the last row says where they are.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench.throughput import articles_of
from sayso import pipeline
from sayso.config import Config
from sayso.model import Article
from sayso.parse.spacy_parser import SpacyParser, load_pipeline, parse_sentences

STAGES = (
    "find_mentions", "find_times", "find_events", "find_claims", "find_tolls", "find_labels", "find_observations",
    "resolve_places", "resolve_times", "resolve_actors", "with_parties", "bind",
)  # fmt: skip
WHERE_AND_WHEN = ("find_times", "resolve_places", "resolve_times")
WARM = 8  # articles that load models and tables before a clock runs


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench stages", description=__doc__)
    parser.add_argument("--articles", type=Path, help="JSONL with a text a line [default: the demo articles]")
    parser.add_argument("--limit", type=int, help="use the first so many articles")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(argv)
    os.environ["OMP_NUM_THREADS"] = "1"
    articles = list(articles_of(chosen.articles))[: chosen.limit]
    bare, spent = measure(articles, Config())
    shares = {stage: round(spent[stage] / bare, 4) for stage in STAGES}
    shares["places and times"] = round(sum(spent[stage] for stage in WHERE_AND_WHEN) / bare, 4)
    if chosen.json:
        print(json.dumps({"articles": len(articles), "bare parser CPU s": round(bare, 2), "shares": shares}))
        return 0
    print(f"{len(articles):,} articles, bare parser {bare:.1f} s of one core; of that")
    for stage, share in shares.items():
        print(f"  {share:>7.1%}  {stage.replace('_', ' ')}")
    return 0


def measure(articles: Sequence[Article], config: Config) -> tuple[float, Counter[str]]:
    """Seconds of the bare parser, and of each stage."""
    nlp, gazetteer = load_pipeline(config.pipeline), pipeline.open_gazetteer()
    parser = SpacyParser(config.pipeline)
    parsed = list(parser.parse_batch(articles, lambda missing: parse_sentences(config.pipeline, missing)))
    for one in parsed[:WARM]:
        pipeline.analyse(one, gazetteer)
    begun = time.process_time()
    for _ in nlp.pipe(article.text for article in articles):
        pass
    bare = time.process_time() - begun
    spent: Counter[str] = Counter()
    kept = {stage: getattr(pipeline, stage) for stage in STAGES}
    try:
        for stage, function in kept.items():
            setattr(pipeline, stage, _timed(stage, function, spent))
        for one in parsed:
            pipeline.analyse(one, gazetteer)
    finally:
        for stage, function in kept.items():
            setattr(pipeline, stage, function)
    return bare, spent


def _timed(stage: str, function: Callable[..., Any], spent: Counter[str]) -> Callable[..., Any]:
    def call(*arguments: Any) -> Any:
        begun = time.process_time()
        try:
            return function(*arguments)
        finally:
            spent[stage] += time.process_time() - begun  # type: ignore[assignment]

    return call
