"""Linear models over a text's words, grammar and coded events, beside the typer's heads, for schemes not sayso's own.

A benchmark with classes of its own has too few texts to teach a network and enough to weigh words by. Strings such as
`kill>dobj>@PERSON` or `ASSAULT/firearms by COP` are hashed, weighed by how rare they are, and added up; the scores of
the typer's head for the scheme come on top. `training.wordings` fits them.
"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np

from eval.harness import Line, group_key
from sayso.extract.events.encoder import Encoded, Floats
from sayso.model import Analysis, Article, Event, Parsed
from sayso.pipeline import analyse

HASHES = 1 << 15  # rows that strings are hashed into
MANY = frozenset({"police"})  # schemes with several labels at once
FOLDER = Path(__file__).with_name("wordings")
_NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"})
_UNSAID = frozenset({"PUNCT", "SPACE"})


@dataclass(frozen=True, slots=True)
class Wording:
    """One text as the linear models read it."""

    counts: dict[int, float]  # row -> 1 + log of how often
    mean: Floats  # the encoder's mean, of length one


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of one scheme: (HASHES + vector, classes), with the rarity of each row."""

    weights: Floats
    bias: Floats
    rarity: Floats
    share: float  # of the typer's own scores that is added

    def scores(self, text: Wording, typed: Floats) -> Floats:
        """(classes,) scores; `typed` are those of the typer's head."""
        rows = np.fromiter(text.counts, dtype=np.int64, count=len(text.counts))
        values = np.fromiter(text.counts.values(), dtype=np.float32, count=len(rows)) * self.rarity[rows]
        values /= max(float(np.linalg.norm(values)), 1e-9)
        found: Floats = values @ self.weights[rows] + text.mean @ self.weights[HASHES:] + self.bias
        return found + self.share * typed


def read(parsed: Parsed, analysis: Analysis, encoded: Encoded) -> Wording:
    """The wording of a text."""
    counts = Counter(crc32(string.encode("utf-8", "surrogatepass")) % HASHES for string in strings(parsed, analysis))
    mean = encoded.mean / max(float(np.linalg.norm(encoded.mean)), 1e-9)
    return Wording({row: 1 + float(np.log(count)) for row, count in counts.items()}, mean)


def strings(parsed: Parsed, analysis: Analysis) -> Iterator[str]:
    """Words in runs of one to three, words with what they hang on, and what sayso coded."""
    words = ["<", *_words(parsed), ">"]
    yield from words[1:-1]
    yield from (" ".join(pair) for pair in pairwise(words))
    yield from (" ".join(run) for run in zip(words, words[1:], words[2:], strict=False))
    yield from _grammar(parsed)
    yield from _events(analysis)


def _words(parsed: Parsed) -> list[str]:
    """Lemmas, names by their kind and each once."""
    found: list[str] = []
    for token, label in enumerate(parsed.ent):
        word = _word(parsed, token)
        if parsed.pos[token] in _UNSAID and not label:
            continue
        if label and found and found[-1] == word and not parsed.ent_start[token]:
            continue
        found.append(word)
    return found


def _word(parsed: Parsed, token: int) -> str:
    return f"@{parsed.ent[token]}" if parsed.ent[token] else parsed.lemma[token].lower()


def _grammar(parsed: Parsed) -> Iterator[str]:
    for token, label in enumerate(parsed.dep):
        head = parsed.head[token]
        if parsed.ent[token] in _NAMED and parsed.ent_start[token]:
            yield f"name {parsed.lemma[token].lower()}"
        if head == token or parsed.pos[token] in _UNSAID or parsed.pos[token] == "DET":
            continue
        yield f"{_word(parsed, head)}>{label}>{_word(parsed, token)}"
        yield f"{_word(parsed, head)}>{label}"
        above = parsed.head[head]
        if label == "pobj" and above != head:
            yield f"{_word(parsed, above)}>{parsed.lemma[head].lower()}>{_word(parsed, token)}"


def _events(analysis: Analysis) -> Iterator[str]:
    sectors = {actor.id: actor.sector for actor in analysis.actors}
    for event in analysis.events:
        kind, mode = f"{event.type}", f"{event.type}/{event.mode}"
        yield from (kind, mode, f"{kind} {event.status}", f"{mode} {event.status}")
        for side, name in _sides(event):
            for sector in sectors.get(name, ()):
                yield from (f"{side} {sector}", f"{kind} {side} {sector}", f"{mode} {side} {sector}")


def _sides(event: Event) -> Iterator[tuple[str, str]]:
    yield from (("by", name) for name in event.actors)
    yield from (("to", name) for name in event.recipients)


def scores(name: str, text: str, group: str, line: Line) -> Floats:
    """(classes,) scores of a text in a scheme, by models that never saw it where there are folds."""
    model = line.typers.of(group)
    parsed = next(iter(line.parse([Article(text)])))
    encoded = model.encoder.encode([text])[0]
    typed = model.typer.sentence(name, encoded)
    if name not in MANY:
        typed = typed - np.log(np.exp(typed - typed.max()).sum()) - typed.max()
    return _linear(name, group, line).scores(read(parsed, analyse(parsed, line.gazetteer, model), encoded), typed)


def _linear(name: str, group: str, line: Line) -> Linear:
    folder = line.typers.folder
    if folder is None:
        return load(FOLDER / f"{name}.npz")
    part = _parts(folder / "wordings" / f"{name}.json").get(group_key(group))
    return load(folder / "wordings" / f"{name}-{part}.npz") if part is not None else load(FOLDER / f"{name}.npz")


@lru_cache(maxsize=8)
def _parts(path: Path) -> dict[str, int]:
    found: dict[str, int] = json.loads(path.read_text("utf-8"))
    return found


@lru_cache(maxsize=32)
def load(path: Path) -> Linear:
    """The weights in a file."""
    with np.load(io.BytesIO(path.read_bytes())) as arrays:
        weights, bias, rarity = (np.asarray(arrays[name], dtype=np.float32) for name in ("weights", "bias", "rarity"))
        return Linear(weights, bias, rarity, float(arrays["share"]))


def save(path: Path, linear: Linear) -> None:
    """Write weights, in half precision."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path, weights=linear.weights.astype(np.float16), bias=linear.bias, rarity=linear.rarity.astype(np.float16),
        share=np.float32(linear.share),
    )  # fmt: skip


def stack(texts: Sequence[Wording]) -> Iterable[tuple[int, int, float]]:
    """(text, row, count) of many texts, for fitting."""
    return ((number, row, count) for number, text in enumerate(texts) for row, count in text.counts.items())
