"""Real texts of the benchmarks, coded by hand in `gold/real/`: what of their politics is found, and what is made up.

Openings and stretches of articles and pages of all sorts, half of which tell no political act: judged as
`eval/gold_events.py` judges texts of our own. Only *test* is measured; the typer is fitted on *train*. Another hand
coded *test* again from the bare texts: `python -m eval.real_events BENCH` prints how far the two agree.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from eval.extraction import body_of
from eval.gold_events import coded, score
from eval.harness import Figure, Line, read_jsonl
from gold.events import CodedText
from gold.real import load
from sayso.model import Article

_ROWS = (
    ("events F1 (type and actors)", "events", "F"),
    ("events precision", "events", "P"),
    ("events recall", "events", "R"),
    ("types F1", "types", "F"),
    ("types precision", "types", "P"),
    ("types recall", "types", "R"),
    ("told as done F1", "told", "F"),
    ("status", "status", "R"),
    ("country", "country", "R"),
    ("country, where both have one", "country, both", "R"),
    ("sector", "sector", "R"),
    ("free of events", "empty", "R"),
)
# What the second coder reaches, judged as a program is.
_SECOND = {"events": "0.825", "types": "0.878"}
FIGURES = tuple(
    Figure(title, (name, key), f"{_SECOND[name]} a second coder" if key == "F" and name in _SECOND else "", 0.0)
    for title, name, key in _ROWS
)


def measure(line: Line, bench: Path) -> dict[str, dict[str, float]]:
    """The figures on the part that nothing is fitted on."""
    texts = coded_texts("test", bench)
    return score(texts, (coded(done) for done in line.code(text.article for text in texts)))


def agreement(bench: Path) -> dict[str, dict[str, float]]:
    """The second coding of *test* judged by the first."""
    second = {text.id: text for text in coded_texts("second", bench)}
    first = coded_texts("test", bench)
    return score(first, [second[text.id].events for text in first])


def coded_texts(part: str, bench: Path) -> list[CodedText]:
    """The coded texts of a part whose benchmark lies below `bench`, in order; GoldError where one has changed."""
    codings = load(part)
    sets = {coding.set for coding in codings if (bench / coding.set).is_dir()}
    articles = {name: {article.id: article for article in READERS[name](bench / name)} for name in sorted(sets)}
    return [coding.of(articles[coding.set][coding.id]) for coding in codings if coding.set in articles]


def _pages(folder: Path) -> Iterator[Article]:
    for page in sorted(folder.glob("html/*.html.gz")):
        yield _article(page.name.removesuffix(".html.gz"), None, body_of(gzip.decompress(page.read_bytes()), page.name))


def _rows(path: str, key: str, folder: Path) -> Iterator[Article]:
    for row in read_jsonl(folder / path):
        yield _article(str(row[key]), row.get("title"), row["text"])


def _sentences(folder: Path) -> Iterator[Article]:
    for row in read_jsonl(folder / "dev.jsonl"):
        yield _article(str(row["doc_id"]), None, " ".join(sentence["text"] for sentence in row["sentences"]))


def _article(id: str, title: str | None, text: str) -> Article:
    return Article(f"{title}\n\n{text}" if title else text, title=title or None, lang="en", id=id)


READERS: Mapping[str, Callable[[Path], Iterable[Article]]] = {
    "extraction": _pages,
    "geoparse": partial(_rows, "dev.jsonl", "id"),
    "gva_incidents": partial(_rows, "dev/docs.jsonl", "doc_id"),
    "india_police": _sentences,
    "muc4": partial(_rows, "train.jsonl", "doc_id"),
    "polnear": partial(_rows, "train.jsonl", "id"),
    "stories": partial(_rows, "dev.jsonl", "id"),
    "timex": partial(_rows, "dev.jsonl", "id"),
}


def main(bench: Path) -> None:
    """Print the agreement of the two coders."""
    rates = agreement(bench)
    for title, name, key in _ROWS:
        print(f"{title:<32}{rates[name][key]:>7.3f}{int(rates[name]['gold']):>7}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
