"""Word pieces of a sentence as vectors: a small transformer on the CPU, one thread a process.

The graph and its vocabulary lie in `data/typer/`; `typer.card.md` says what they are and what they were fitted on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

Floats = npt.NDArray[np.float32]
Spot = tuple[int, int]  # characters of the sentence, half-open

MOST_PIECES = 160  # of a sentence; what lies beyond is not seen
_BATCH = 8  # sentences of like length a run; more wait for the longest of them


@dataclass(frozen=True, slots=True)
class Encoded:
    """A sentence as seen by the network."""

    pieces: Floats  # (pieces, 384), the first and last are markers
    mean: Floats  # (384,)
    starts: npt.NDArray[np.int64]  # first character of each piece
    ends: npt.NDArray[np.int64]

    def at(self, spots: Iterable[Spot]) -> Floats | None:
        """(384,) mean of the pieces that share a character with some spots; None where there are none."""
        hit = np.zeros(len(self.starts), dtype=bool)
        for first, last in spots:
            hit |= (self.starts < last) & (self.ends > first)
        return self.pieces[hit].mean(axis=0, dtype=np.float32) if hit.any() else None


class Encoder:
    """Reads sentences; loaded once a process."""

    def __init__(self, graph: bytes, vocabulary: str) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # processes, not threads, share the cores
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_str(vocabulary)
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MOST_PIECES)

    def encode(self, sentences: Sequence[str]) -> list[Encoded]:
        """The sentences in their order."""
        coded = [self._tokenizer.encode(sentence) for sentence in sentences]
        order = sorted(range(len(coded)), key=lambda number: len(coded[number].ids))
        found: list[Encoded | None] = [None] * len(coded)
        for at in range(0, len(order), _BATCH):
            part = order[at : at + _BATCH]
            ids = np.zeros((len(part), len(coded[part[-1]].ids)), dtype=np.int64)
            mask = np.zeros_like(ids)
            for row, number in enumerate(part):
                ids[row, : len(coded[number].ids)] = coded[number].ids
                mask[row, : len(coded[number].ids)] = 1
            (vectors,) = self._session.run(None, {"ids": ids, "mask": mask})
            for row, number in enumerate(part):
                pieces = vectors[row, : len(coded[number].ids)]
                offsets = np.asarray(coded[number].offsets, dtype=np.int64)
                found[number] = Encoded(pieces, pieces.mean(axis=0), offsets[:, 0], offsets[:, 1])
        return [encoded for encoded in found if encoded is not None]
