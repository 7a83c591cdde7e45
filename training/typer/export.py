"""Writes a fitted network as files that need no torch: an ONNX graph with small integers, and arrays of the heads."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.typer.data import MODE_NAMES
from training.typer.model import Typer


class _Vectors(nn.Module):
    """The encoder alone: ids and mask in, vectors of pieces out."""

    def __init__(self, model: Typer) -> None:
        super().__init__()
        self.encoder = model.encoder

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        vectors: Tensor = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return vectors


def export(model: Typer, base: Path, folder: Path) -> None:
    """`encoder.onnx`, `heads.npz` and `tokenizer.json` below a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    write_encoder(model, folder / "encoder.onnx")
    write_heads(model, folder / "heads.npz")
    shutil.copyfile(base / "tokenizer.json", folder / "tokenizer.json")


def write_encoder(model: Typer, path: Path) -> None:
    """The graph, weights in eight bits by channel."""
    ids = torch.ones(2, 16, dtype=torch.long)
    free = {0: "sentences", 1: "pieces"}
    with tempfile.TemporaryDirectory() as work:
        full = Path(work) / "full.onnx"
        torch.onnx.export(
            _Vectors(model.eval()), (ids, ids), str(full), input_names=["ids", "mask"], output_names=["vectors"],
            dynamic_axes={"ids": free, "mask": free, "vectors": free}, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(full, path, weight_type=QuantType.QInt8, per_channel=True)


def write_heads(model: Typer, path: Path) -> None:
    """Everything but the encoder, in half precision, with the names of the modes."""
    arrays = {
        name: weight.detach().numpy().astype(np.float16)
        for name, weight in model.state_dict().items()
        if not name.startswith("encoder.")
    }
    np.savez_compressed(path, modes=np.array(MODE_NAMES), **arrays)
