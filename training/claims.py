"""Fits `src/sayso/data/claims.npz`: what a word of saying introduces, and whose words these are.

    python -m training.claims TRAIN.jsonl [--cache FOLDER] [--limit N] [--leave-out N] [--out FILE]

Readings of annotated articles are labelled by their overlap with the annotated contents of the same cue (Jaccard at
least 0.5; at least 0.85 for "exact"). A word inside an annotated content is left out: that annotation flattens nesting
and cannot tell whether the inner saying is one. Shares of words are counted without the article at hand.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from eval.harness import Line, read_jsonl
from gold.claims import GoldText
from gold.claims import load as gold_texts
from sayso.extract.claims.direct import quoted_ranges
from sayso.extract.claims.features import HEADS, Words, speaker_features, subject_or_owner
from sayso.extract.claims.finding import proposals
from sayso.extract.claims.ranking import HOPEFUL, content_rows, head_rows, read_all
from sayso.extract.claims.rates import LEAST, general, smooth, wider
from sayso.extract.claims.readings import Reading
from sayso.extract.claims.sayings import voice
from sayso.extract.claims.voices import voices_of
from sayso.extract.clauses import cue_range
from sayso.model import Article, Parsed, Span
from sayso.trees import Rows
from training.boosting import flatten

TARGET = Path(__file__).resolve().parent.parent / "src" / "sayso" / "data" / "claims.npz"
FLOOR, SPEAKER_FLOOR = 0.23, 0.25  # between best F1 and recall on articles left out of the fit
GOLD_WEIGHT = 4.0
_SOURCES = frozenset({"NOUN", "PROPN", "PRON"})
_FUNCTION = frozenset("the a an of in for to and or by on at his her its their our my your s mr mrs ms".split())
Gold = list[dict[str, frozenset[int]]]


class Counts:
    """Shares that leave out the article at hand; the protocol `Rates`."""

    def __init__(self) -> None:
        self.cases: Counter[str] = Counter()
        self.right: Counter[str] = Counter()
        self._own: dict[str, tuple[Counter[str], Counter[str]]] = defaultdict(lambda: (Counter(), Counter()))
        self.without: str | None = None

    def add(self, article: str, key: str, right: bool) -> None:
        cases, hits = self._own[article]
        self.cases[key] += 1
        cases[key] += 1
        if right:
            self.right[key] += 1
            hits[key] += 1

    def _left(self, key: str) -> tuple[int, int]:
        cases, right = self.cases[key], self.right[key]
        if self.without is not None:
            own = self._own[self.without]
            cases, right = cases - own[0][key], right - own[1][key]
        return (right, cases) if cases >= LEAST else (0, 0)

    def share(self, key: str) -> float:
        base_key = wider(key)
        base = general(key) if base_key is None else self.share(base_key)
        right, cases = self._left(key)
        return smooth(right, cases, base) if cases else base

    def seen(self, key: str) -> float:
        return self._left(key)[1]


class Annotated:
    """An article's parse with the token sets of its annotated attributions.

    `flat`: the annotation leaves out what is said inside a content, so that nothing there can be judged.
    """

    def __init__(self, parsed: Parsed, row: dict[str, Any], flat: bool = True, weight: float = 1.0) -> None:
        self.parsed, self.id, self.weight = parsed, row["id"], weight
        roles = ("source", "cue", "content")
        told: Gold = [{role: tokens(parsed, one[role]) for role in roles} for one in row["attributions"]]
        self.gold = [one for one in told if one["content"]]
        self.quotes = quoted_ranges(parsed)
        self.contents = frozenset[int]().union(*(one["content"] for one in self.gold)) if flat else frozenset()
        for one in self.gold:
            one["heads"] = frozenset(cue_heads(parsed, one["cue"]))
        self.cues = frozenset[int]().union(*(one["heads"] for one in self.gold))
        self.sources = frozenset[int]().union(*(one["source"] for one in self.gold))

    def of(self, head: int) -> Gold:
        return [one for one in self.gold if head in one["heads"]]


def tokens(parsed: Parsed, spans: Iterable[Sequence[int]]) -> frozenset[int]:
    held = list(spans)
    return frozenset(
        token for token in range(len(parsed)) if any(parsed.start[token] < e and parsed.end[token] > s for s, e in held)
    )


def cue_heads(parsed: Parsed, cue: frozenset[int]) -> list[int]:
    """The words of a cue that no other word of it governs; of "is confident" the adjective."""
    able = {token for token in cue if parsed.pos[token] in HEADS and parsed.dep[token] not in ("aux", "auxpass")}
    return [token for token in able if not any(above in able for above in _ancestors(parsed, token))]


def _ancestors(parsed: Parsed, token: int) -> Iterator[int]:
    for _ in range(20):
        if parsed.head[token] == token:
            return
        token = parsed.head[token]
        yield token


def overlap(reading: Reading, gold: Gold) -> float:
    """The best Jaccard of a reading's content with the contents annotated for its word."""
    held = {token for first, last in reading.content for token in range(first, last + 1)}
    return max((len(held & one["content"]) / len(held | one["content"]) for one in gold), default=0.0)


def count_words(articles: Sequence[Annotated]) -> Counts:
    """How often words are cues and nouns are sources, outside of annotated contents."""
    counts = Counts()
    for one in articles:
        words = Words(one.parsed, one.quotes, counts)
        for token, pos in enumerate(one.parsed.pos):
            if token in one.contents:
                continue
            counts.add(one.id, words.keys[token], token in one.cues)
            if pos in HEADS:
                subject = subject_or_owner(one.parsed, token)
                counts.add(one.id, words.form_key(token), token in one.cues)
                counts.add(one.id, words.subject_key(token, subject), token in one.cues)
            if pos in _SOURCES:
                counts.add(one.id, words.source_key(token), token in one.sources)
    return counts


def words_of(one: Annotated, counts: Counts) -> Words:
    """The words of an article that the annotation can judge."""
    words = Words(one.parsed, one.quotes, counts)
    words.heads = [head for head in words.heads if head not in one.contents]
    return words


def count_readings(articles: Sequence[Annotated], counts: Counts) -> None:
    for one in articles:
        counts.without = one.id
        words = words_of(one, counts)
        for reading in read_all(words, words.heads, proposals(one.parsed)):
            right = overlap(reading, one.of(reading.head)) >= 0.5
            for key in words.reading_keys(reading):
                counts.add(one.id, key, right)
    counts.without = None


def is_source(parsed: Parsed, head: int, token: int, gold: frozenset[int]) -> bool:
    """Whether the phrase of a token shares a word with the annotated source, or is what its "who" stands for."""
    source = voice(parsed, token, cue_range(parsed, head)).source or (token, token)
    phrase = set(range(source[0], source[1] + 1))
    if any(parsed.text[at].lower() not in _FUNCTION and parsed.text[at][0].isalnum() for at in phrase & gold):
        return True
    relative = all(parsed.tag[at] in ("WP", "WDT") for at in gold)
    return phrase == gold or (relative and token < min(gold) <= head)


def speakers(
    articles: Sequence[Annotated], best: dict[tuple[int, int], Reading], counts: Counts
) -> tuple[Any, Any, Any]:
    """Rows and labels for everybody who could have said the contents that are right."""
    pairs = []
    for (number, head), reading in best.items():
        one = articles[number]
        gold = max(one.of(head), key=lambda gold: overlap(reading, [gold]))["source"]
        for order, (relation, token) in enumerate(voices_of(one.parsed, head)):
            right = bool(gold) and is_source(one.parsed, head, token, gold)
            pairs.append((number, reading, relation, token, order, right))
    contexts = {number: Words(articles[number].parsed, articles[number].quotes, counts) for number, _ in best}
    for number, reading, relation, _, _, right in pairs:
        words = contexts[number]
        counts.add(articles[number].id, f"{words.parsed.pos[reading.head]}>{relation}", right)
        counts.add(articles[number].id, words.speaker_key(reading.head, relation), right)
    rows, labels, weights = [], [], []
    for number, reading, relation, token, order, right in pairs:
        counts.without = articles[number].id
        rows.append(speaker_features(contexts[number], reading, relation, token, order))
        labels.append(right)
        weights.append(articles[number].weight)
    counts.without = None
    return np.asarray(rows, dtype=np.float32), np.asarray(labels), np.asarray(weights)


def boost(rows: Any, labels: Any, weights: Any, rounds: int, seed: int = 0) -> HistGradientBoostingClassifier:
    """Gradient-boosted trees; constants found on articles left out."""
    return HistGradientBoostingClassifier(
        learning_rate=0.08, max_leaf_nodes=31, max_depth=9, min_samples_leaf=30, l2_regularization=1.0,
        max_iter=rounds, early_stopping=False, random_state=seed,
    ).fit(rows, labels, sample_weight=weights)  # fmt: skip


Heads = dict[int, list[float]]  # a word's row of features


def fit_cues(articles: Sequence[Annotated], counts: Counts, rounds: int) -> tuple[list[Heads], Any]:
    """The rows of the words that may be cues, article by article, and the trees that tell them apart."""
    rows: list[Heads] = []
    for one in articles:
        counts.without = one.id
        rows.append(head_rows(words_of(one, counts)))
    counts.without = None
    table = np.asarray([row for heads in rows for row in heads.values()], dtype=np.float32)
    labels = [head in one.cues for one, heads in zip(articles, rows, strict=True) for head in heads]
    weights = [one.weight for one, heads in zip(articles, rows, strict=True) for _ in heads]
    model = boost(table, np.asarray(labels), weights, rounds)
    chances = iter(model.predict_proba(table)[:, 1].tolist())
    hopeful = [{head: row for head, row in heads.items() if next(chances) >= HOPEFUL} for heads in rows]
    print(f"{len(table)} words, {sum(map(len, hopeful))} hopeful, {sum(labels)} cues", file=sys.stderr)
    return hopeful, model


def fit(articles: Sequence[Annotated], rounds: int = 200) -> dict[str, Any]:
    """All arrays of the model."""
    counts = count_words(articles)
    count_readings(articles, counts)
    heads, cue = fit_cues(articles, counts, rounds // 2)
    tables: list[Rows] = []
    overlaps: list[float] = []
    weights: list[float] = []
    best: dict[tuple[int, int], tuple[float, Reading]] = {}
    for number, (one, rows) in enumerate(zip(articles, heads, strict=True)):
        counts.without = one.id
        words = words_of(one, counts)
        found = read_all(words, rows, proposals(one.parsed))
        if found:
            tables.append(content_rows(words, rows, found))
        for reading in found:
            share = overlap(reading, one.of(reading.head))
            overlaps.append(share)
            weights.append(one.weight)
            if share >= 0.5 and share > best.get((number, reading.head), (0.0, None))[0]:
                best[number, reading.head] = (share, reading)
    counts.without = None
    table, shares = np.concatenate(tables), np.asarray(overlaps)
    print(f"{table.shape[0]} readings, {table.shape[1]} features, {len(best)} right", file=sys.stderr)
    content = boost(table, shares >= 0.5, weights, rounds)
    exact = boost(table, shares >= 0.85, weights, rounds)
    told, labels, weighed = speakers(articles, {key: reading for key, (_, reading) in best.items()}, counts)
    speaker = boost(told, labels, weighed, rounds * 2 // 5)
    keys = sorted(key for key, cases in counts.cases.items() if cases >= LEAST)
    return {
        "keys": np.frombuffer(json.dumps(keys, ensure_ascii=False).encode(), np.uint8),
        "right": np.asarray([counts.right[key] for key in keys], np.int32),
        "cases": np.asarray([counts.cases[key] for key in keys], np.int32),
        "floors": np.asarray([FLOOR, SPEAKER_FLOOR]),
        **flatten("cue", cue),
        **flatten("content", content),
        **flatten("exact", exact),
        **flatten("speaker", speaker),
    }


def load(path: Path, line: Line, limit: int | None = None, leave_out: int = 0) -> list[Annotated]:
    """Annotated articles; with `leave_out` N without every Nth."""
    rows = list(read_jsonl(path))[:limit]
    rows = [row for number, row in enumerate(rows) if not leave_out or number % leave_out]
    parses = line.parse(Article(row["text"], id=row["id"], title=row.get("title")) for row in rows)
    return [Annotated(parsed, row) for parsed, row in zip(parses, rows, strict=True)]


def load_gold(line: Line) -> list[Annotated]:
    """The open half of the project's own gold set, whose texts are few and of the field."""
    texts = gold_texts("dev")
    parses = line.parse(text.article for text in texts)
    return [
        Annotated(parsed, row_of(text), flat=False, weight=GOLD_WEIGHT)
        for parsed, text in zip(parses, texts, strict=True)
    ]


def row_of(text: GoldText) -> dict[str, Any]:
    """A gold text in the layout of the annotated articles: the last link of each chain says the content."""

    def pairs(*spans: Span | None) -> list[tuple[int, int]]:
        return [(span.start, span.end) for span in spans if span is not None]

    told = [
        {"source": pairs(claim.chain[-1].source), "cue": pairs(claim.chain[-1].cue), "content": pairs(*claim.content)}
        for claim in text.claims
    ]
    return {"id": text.id, "attributions": told}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--leave-out", type=int, default=0, help="every Nth article stays out, to measure on")
    parser.add_argument("--out", type=Path, default=TARGET)
    chosen = parser.parse_args()
    line = Line(chosen.cache)
    articles = load(chosen.train, line, chosen.limit, chosen.leave_out) + load_gold(line)
    np.savez_compressed(chosen.out, **fit(articles))
    print(f"{len(articles)} articles, {chosen.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
