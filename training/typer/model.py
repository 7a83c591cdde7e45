"""The network behind the typer: one small encoder, many shallow heads.

A sentence is encoded once. Heads read single word pieces (what names an act, who takes part), the mean of the sentence
(benchmarks that label whole sentences), or an act: the means of its trigger, actors and recipients beside that of the
sentence. At run time the encoder is an ONNX graph and the heads are numpy arrays; see `sayso.extract.events.typer`.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from transformers import BertModel

from sayso.extract.events.traits import HASHES

WIDTH = 384  # of the encoder's vectors
FROZEN = 2  # lowest layers stay as they were: fitting them gained nothing and costs a third of the time
CHAINED = ("side", "muc")  # heads whose labels depend on the one before
TRAITS = 64  # of the vectors that traits are looked up as
HIDDEN = 256  # of the layer that all act heads share


class Typer(nn.Module):
    """`tokens`, `sentences`, `acts`: name of a head to the number of its classes."""

    def __init__(
        self, folder: str, layers: int, tokens: Mapping[str, int], sentences: Mapping[str, int], acts: Mapping[str, int]
    ) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            folder,
            attn_implementation="eager",
            add_pooling_layer=False,
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.0,
        )
        self.encoder.encoder.layer = self.encoder.encoder.layer[:layers]
        self.encoder.config.num_hidden_layers = layers
        self.encoder.embeddings.requires_grad_(False)
        for layer in self.encoder.encoder.layer[:FROZEN]:
            layer.requires_grad_(False)
        self.tokens = nn.ModuleDict({name: nn.Linear(WIDTH, size) for name, size in tokens.items()})
        self.sentences = nn.ModuleDict({name: nn.Linear(WIDTH, size) for name, size in sentences.items()})
        self.absent = nn.Parameter(torch.zeros(3, WIDTH))  # stands for a trigger, actor, recipient that is not there
        self.shared = nn.Linear(4 * WIDTH, HIDDEN)
        self.act_traits = nn.EmbeddingBag(HASHES, TRAITS, mode="sum")
        self.act_bridge = nn.Linear(TRAITS, HIDDEN, bias=False)
        self.acts = nn.ModuleDict({name: nn.Linear(HIDDEN, size) for name, size in acts.items()})
        self.pair = nn.Linear(4 * WIDTH, HIDDEN)  # trigger, noun, their product, the sentence
        self.part_traits = nn.EmbeddingBag(HASHES, TRAITS, mode="sum")
        self.part_bridge = nn.Linear(TRAITS, HIDDEN, bias=False)
        self.role = nn.Linear(HIDDEN, 3)  # none, actor, recipient
        self.chains = nn.ParameterDict(
            {name: nn.Parameter(torch.zeros(tokens[name], tokens[name])) for name in CHAINED}
        )
        self.drop = nn.Dropout(0.15)
        for table in (self.act_traits, self.part_traits):
            nn.init.normal_(table.weight, std=0.05)

    @torch.no_grad()
    def ground(self, ids: Tensor, mask: Tensor) -> Tensor:
        """(batch, pieces, WIDTH) after the layers that are never fitted; the same in every epoch."""
        vectors: Tensor = self.encoder.embeddings(input_ids=ids)
        for layer in self.encoder.encoder.layer[:FROZEN]:
            vectors = _first(layer(vectors, _bars(mask)))
        return vectors

    def encode(self, ground: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """(batch, pieces, WIDTH) vectors of pieces and (batch, WIDTH) of sentences."""
        vectors = ground
        for layer in self.encoder.encoder.layer[FROZEN:]:
            vectors = _first(layer(vectors, _bars(mask)))
        pieces = vectors.float()
        weight = mask.unsqueeze(-1).float()
        return pieces, (pieces * weight).sum(1) / weight.sum(1)

    def act(self, parts: Tensor, sentence: Tensor, traits: list[list[int]]) -> Tensor:
        """(acts, HIDDEN) from (acts, 3, WIDTH) means of trigger, actors, recipients, of sentences, and trait rows."""
        words = self.shared(self.drop(torch.cat([parts.flatten(1), sentence], dim=1)))
        return self.drop(nn.functional.gelu(words + self.act_bridge(self.drop(_bags(self.act_traits, traits)))))

    def roles(self, trigger: Tensor, noun: Tensor, sentence: Tensor, traits: list[list[int]]) -> Tensor:
        """(pairs, 3) logits for a noun's part in an act."""
        words = self.pair(self.drop(torch.cat([trigger, noun, trigger * noun, sentence], dim=1)))
        hidden = nn.functional.gelu(words + self.part_bridge(self.drop(_bags(self.part_traits, traits))))
        return self.role(self.drop(hidden))


def _bars(mask: Tensor) -> Tensor:
    """What keeps attention off the padding."""
    return (1.0 - mask[:, None, None, :].float()) * -1e9


def _first(output: Tensor | tuple[Tensor, ...]) -> Tensor:
    return output[0] if isinstance(output, tuple) else output


def _bags(table: nn.EmbeddingBag, traits: list[list[int]]) -> Tensor:
    starts = [0]
    for rows in traits[:-1]:
        starts.append(starts[-1] + len(rows))
    flat = [row for rows in traits for row in rows]
    return table(torch.tensor(flat, dtype=torch.long), torch.tensor(starts))
