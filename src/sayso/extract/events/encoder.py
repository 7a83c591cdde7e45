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
        """The sentences in their order, one by one: in eight bits, what stands beside a sentence would change it."""
        return [self._encode(sentence) for sentence in sentences]

    def _encode(self, sentence: str) -> Encoded:
        coded = self._tokenizer.encode(sentence)
        ids = np.asarray([coded.ids], dtype=np.int64)
        (vectors,) = self._session.run(None, {"ids": ids, "mask": np.ones_like(ids)})
        offsets = np.asarray(coded.offsets, dtype=np.int64)
        return Encoded(vectors[0], vectors[0].mean(axis=0), offsets[:, 0], offsets[:, 1])
