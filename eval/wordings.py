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
from sayso.extract.events.encoder import Encoded, Floats, Spot
from sayso.extract.events.typer import ActView
from sayso.model import Analysis, Article, Event, Parsed
from sayso.pipeline import analyse

HASHES = 1 << 15  # rows that strings are hashed into
MANY = frozenset({"police"})  # schemes with several labels at once
FOLDER = Path(__file__).with_name("wordings")
_NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"})
_UNSAID = frozenset({"PUNCT", "SPACE"})


Pair = tuple[tuple[Spot, ...], tuple[Spot, ...]]  # where the one stands who acts, and the other


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


def read(parsed: Parsed, analysis: Analysis, encoded: Encoded, pair: Pair | None = None) -> Wording:
    """The wording of a text; with a pair, of what the one does to the other."""
    found = strings(parsed, analysis) if pair is None else pair_strings(parsed, analysis, pair)
    counts = Counter(crc32(string.encode("utf-8", "surrogatepass")) % HASHES for string in found)
    mean = encoded.mean / max(float(np.linalg.norm(encoded.mean)), 1e-9)
    return Wording({row: 1 + float(np.log(count)) for row, count in counts.items()}, mean)


def strings(parsed: Parsed, analysis: Analysis) -> Iterator[str]:
    """Words in runs of one to three, words with what they hang on, and what sayso coded."""
    masks = [_mask(parsed, token) for token in range(len(parsed.ent))]
    yield from _runs(_words(parsed, masks))
    yield from _grammar(parsed, masks)
    yield from _events(analysis)


def pair_strings(parsed: Parsed, analysis: Analysis, pair: Pair) -> Iterator[str]:
    """The same around two participants, masked as @S and @T: what stands between them, on what both hang."""
    sides = [_side(parsed, token, pair) for token in range(len(parsed.ent))]
    masks = [side or _mask(parsed, token) for token, side in enumerate(sides)]
    words = _words(parsed, masks)
    yield from _runs(words)
    if "@S" in words and "@T" in words:
        low, high = sorted((words.index("@S"), words.index("@T")))
        yield from (f"between {word}" for word in words[low + 1 : high])
        yield from (f"after {word}" for word in words[high + 1 : high + 6])
        yield from (f"before {word}" for word in words[max(0, low - 3) : low])
        yield f"{words[low]} first"
    yield from _grammar(parsed, masks)
    for mask in ("@S", "@T"):
        yield from _above(parsed, masks, mask)
    yield from _events_of(analysis, pair)


def _side(parsed: Parsed, token: int, pair: Pair) -> str | None:
    start, end = parsed.start[token], parsed.end[token]
    for mask, spots in zip(("@S", "@T"), pair, strict=True):
        if any(start < last and first < end for first, last in spots):
            return mask
    return None


def _above(parsed: Parsed, masks: Sequence[str], mask: str) -> Iterator[str]:
    """What a masked participant hangs on, three steps up, with the way."""
    for token, own in enumerate(masks):
        if own != mask or masks[parsed.head[token]] == mask:
            continue
        way = mask
        for _ in range(3):
            head = parsed.head[token]
            way += f"<{parsed.dep[token]}"
            if head == token:
                break
            yield f"{way}<{masks[head]}"
            yield f"{mask} under {masks[head]}"
            token = head


def _events_of(analysis: Analysis, pair: Pair) -> Iterator[str]:
    """What sayso coded that either of two participants does or suffers."""
    for event in analysis.events:
        code, sides = f"{event.type}", ""
        for mask, spots in zip("ST", pair, strict=True):
            for part, spans in (("by", event.actor_spans), ("to", event.recipient_spans)):
                if any(span.start < last and first < span.end for span in spans for first, last in spots):
                    sides += f" {part} {mask}"
                    yield from (f"{code} {part} {mask}", f"{code}/{event.mode} {part} {mask}")
        yield from (f"{code}{sides}", f"{code} {event.status}{sides}", code)


def _runs(words: Sequence[str]) -> Iterator[str]:
    yield from words
    framed = ["<", *words, ">"]
    yield from (" ".join(two) for two in pairwise(framed))
    yield from (" ".join(run) for run in zip(framed, framed[1:], framed[2:], strict=False))


def _words(parsed: Parsed, masks: Sequence[str]) -> list[str]:
    """Lemmas, names by their kind and each once."""
    found: list[str] = []
    for token, word in enumerate(masks):
        if parsed.pos[token] in _UNSAID and not word.startswith("@"):
            continue
        if (
            word.startswith("@")
            and found
            and found[-1] == word
            and not (parsed.ent_start[token] and word not in ("@S", "@T"))
        ):
            continue
        found.append(word)
    return found


def _mask(parsed: Parsed, token: int) -> str:
    return f"@{parsed.ent[token]}" if parsed.ent[token] else parsed.lemma[token].lower()


def _grammar(parsed: Parsed, masks: Sequence[str]) -> Iterator[str]:
    for token, label in enumerate(parsed.dep):
        head = parsed.head[token]
        if parsed.ent[token] in _NAMED and parsed.ent_start[token]:
            yield f"name {parsed.lemma[token].lower()}"
        if head == token or parsed.pos[token] in _UNSAID or parsed.pos[token] == "DET":
            continue
        yield f"{masks[head]}>{label}>{masks[token]}"
        yield f"{masks[head]}>{label}"
        above = parsed.head[head]
        if label == "pobj" and above != head:
            yield f"{masks[above]}>{parsed.lemma[head].lower()}>{masks[token]}"


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


def scores(name: str, text: str, group: str, line: Line, pair: Pair | None = None) -> Floats:
    """(classes,) scores of a text, or of a pair in it, by models that never saw it where there are folds."""
    model = line.typers.of(group)
    parsed = next(iter(line.parse([Article(text)])))
    encoded = model.encoder.encode([text])[0]
    if pair is None:
        typed = model.typer.sentence(name, encoded)
    else:
        typed = model.typer.answers(name, encoded, ActView((), *pair, ()))
    if name not in MANY:
        typed = typed - np.log(np.exp(typed - typed.max()).sum()) - typed.max()
    return _linear(name, group, line).scores(read(parsed, analyse(parsed, line.gazetteer, model), encoded, pair), typed)


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
