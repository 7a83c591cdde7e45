"""Fits the network on examples and reads its answers."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from sayso.extract.traits import hashed
from training.typer.data import ACT_HEADS, MANY, NONE, SENTENCE_HEADS, TOKEN_HEADS, ActExample, Example, Spot
from training.typer.model import Typer

MOST_PIECES = 160
_WEIGHTS = {"trigger": 1.0, "side": 1.0, "muc": 1.0, "penta": 0.5, "acled": 0.7, "police": 0.7, "incident": 0.3,
            "kind": 1.0, "mode": 0.5, "status": 0.5, "root": 1.0, "role": 1.0}  # fmt: skip


@dataclass(slots=True)
class Row:
    """An example in word pieces."""

    example: Example
    ids: list[int]
    offsets: list[Spot]

    def pieces(self, spot: Spot) -> list[int]:
        """The pieces that share a character with a spot; none where it was cut off."""
        return [at for at, (first, last) in enumerate(self.offsets) if first < spot[1] and spot[0] < last]


def rows(examples: Iterable[Example], tokenizer: Tokenizer) -> list[Row]:
    """Examples as word pieces."""
    kept = list(examples)
    coded = tokenizer.encode_batch([example.text for example in kept])
    return [Row(example, list(code.ids), list(code.offsets)) for example, code in zip(kept, coded, strict=True)]


def open_tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MOST_PIECES)
    return tokenizer


def new_model(folder: Path, layers: int) -> Typer:
    return Typer(str(folder), layers, TOKEN_HEADS, SENTENCE_HEADS, ACT_HEADS)


# --------------------------------------------------------------------------- fitting


def fit(model: Typer, train: Sequence[Row], epochs: int, seed: int, rate: float = 6e-5, head_rate: float = 1e-3,
        batch: int = 16, sample: Callable[[Row, random.Random], bool] = lambda row, chance: True,
        say: Callable[[str], None] = print) -> None:  # fmt: skip
    """Fit in place: AdamW with warm-up and linear decay; `sample` says which rows an epoch takes."""
    chance = random.Random(seed)
    torch.manual_seed(seed)
    counts = _class_weights(train)
    inner = [weight for weight in model.encoder.parameters() if weight.requires_grad]
    known = {id(weight) for weight in inner}
    outer = [weight for weight in model.parameters() if weight.requires_grad and id(weight) not in known]
    optimizer = torch.optim.AdamW(
        [{"params": inner, "lr": rate}, {"params": outer, "lr": head_rate}], weight_decay=0.01, fused=True
    )
    plans = [[row for row in train if sample(row, chance)] for _ in range(epochs)]
    total = sum((len(plan) + batch - 1) // batch for plan in plans)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(step / max(1, total // 10), max(0.0, (total - step) / (total * 0.9)))
    )
    model.train()
    for epoch, plan in enumerate(plans):
        losses = []
        for part in _batches(plan, batch, chance):
            loss = _loss(model, part, counts, chance)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            losses.append(loss.item())
        say(f"epoch {epoch + 1}: {len(plan)} sentences, loss {np.mean(losses):.3f}")
    model.eval()


def _batches(plan: list[Row], size: int, chance: random.Random) -> Iterator[list[Row]]:
    """Batches of like length in random order."""
    plan = sorted(plan, key=lambda row: len(row.ids) + chance.random() * 12)
    parts = [plan[at : at + size] for at in range(0, len(plan), size)]
    chance.shuffle(parts)
    return iter(parts)


def _class_weights(train: Sequence[Row]) -> dict[str, Tensor]:
    """Loss weights by the root of inverse frequency for heads with one label."""
    found: dict[str, list[int]] = {name: [] for name in ("penta", "acled", "root")}
    for row in train:
        for name, label in row.example.sentence.items():
            if name in found and isinstance(label, int):
                found[name].append(label)
        for act in row.example.acts:
            if "root" in act.labels:
                found["root"].append(act.labels["root"])
    sizes = SENTENCE_HEADS | ACT_HEADS
    weights = {}
    for name, labels in found.items():
        counts = np.bincount(labels, minlength=sizes[name]).astype(float) + 1
        inverse = (1 / counts) ** 0.5
        weights[name] = torch.tensor(inverse / np.average(inverse, weights=counts), dtype=torch.float32)
    return weights


def pad(part: Sequence[Row]) -> tuple[Tensor, Tensor]:
    longest = max(len(row.ids) for row in part)
    ids = torch.zeros(len(part), longest, dtype=torch.long)
    mask = torch.zeros(len(part), longest, dtype=torch.long)
    for number, row in enumerate(part):
        ids[number, : len(row.ids)] = torch.tensor(row.ids)
        mask[number, : len(row.ids)] = 1
    return ids, mask


def _loss(model: Typer, part: Sequence[Row], weights: dict[str, Tensor], chance: random.Random) -> Tensor:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        pieces, sentence = model.encode(*pad(part))
    losses = [*_token_losses(model, part, pieces), *_sentence_losses(model, part, sentence, weights)]
    losses += _act_losses(model, part, pieces, sentence, weights, chance)
    losses += _role_losses(model, part, pieces, sentence, chance)
    return torch.stack(losses).sum() if losses else pieces.sum() * 0


def _token_losses(model: Typer, part: Sequence[Row], pieces: Tensor) -> Iterator[Tensor]:
    for name, head in model.tokens.items():
        chosen = [number for number, row in enumerate(part) if name in row.example.tokens]
        if not chosen:
            continue
        target = torch.full((len(chosen), pieces.shape[1]), -100)
        for at, number in enumerate(chosen):
            row = part[number]
            target[at, 1 : len(row.ids) - 1] = torch.tensor(token_labels(name, row)[1 : len(row.ids) - 1])
        logits = head(model.drop(pieces[chosen]))
        yield _WEIGHTS[name] * nn.functional.cross_entropy(logits.flatten(0, 1), target.flatten())


def token_labels(name: str, row: Row) -> list[int]:
    """The class of each piece: what its word names, or begin and inside of a part."""
    plain = name == "trigger"
    labels = [NONE if plain else 0] * len(row.ids)
    for first, last, kind in row.example.tokens[name]:
        for count, piece in enumerate(row.pieces((first, last))):
            labels[piece] = kind if plain else 2 * kind + (1 if count == 0 else 2)
    return labels


def _sentence_losses(
    model: Typer, part: Sequence[Row], sentence: Tensor, weights: dict[str, Tensor]
) -> Iterator[Tensor]:
    for name, head in model.sentences.items():
        chosen = [number for number, row in enumerate(part) if name in row.example.sentence]
        if not chosen:
            continue
        logits = head(model.drop(sentence[chosen]))
        labels = [part[number].example.sentence[name] for number in chosen]
        share = len(chosen) / len(part)  # a batch with few of a kind says little about it
        if name in MANY:
            yield (
                _WEIGHTS[name]
                * share
                * nn.functional.binary_cross_entropy_with_logits(logits, torch.tensor(labels, dtype=torch.float32))
                * 4
            )
        else:
            yield _WEIGHTS[name] * share * nn.functional.cross_entropy(logits, torch.tensor(labels), weights.get(name))


def mean_of(row: Row, pieces: Tensor, spots: Sequence[Spot], absent: Tensor) -> Tensor:
    """(WIDTH,) mean over the pieces of some spots."""
    found = sorted({piece for spot in spots for piece in row.pieces(spot)})
    return pieces[found].mean(0) if found else absent


def act_input(model: Typer, row: Row, pieces: Tensor, act: ActExample) -> Tensor:
    """(3, WIDTH)."""
    spots = (act.trigger, act.actors, act.recipients)
    return torch.stack([mean_of(row, pieces, spot, model.absent[at]) for at, spot in enumerate(spots)])


def _act_losses(
    model: Typer, part: Sequence[Row], pieces: Tensor, sentence: Tensor, weights: dict[str, Tensor],
    chance: random.Random,
) -> Iterator[Tensor]:  # fmt: skip
    inputs, owners, acts, traits = [], [], [], []
    for number, row in enumerate(part):
        real = [act for act in row.example.acts if act.labels.get("kind") != NONE]
        other = [act for act in row.example.acts if act.labels.get("kind") == NONE]
        hard = [act for act in other if act.by_rule]
        rest = [act for act in other if not act.by_rule]
        for act in [*real, *hard, *chance.sample(rest, min(len(rest), 4))]:
            inputs.append(act_input(model, row, pieces[number], _varied(act, chance)))
            owners.append(number)
            acts.append(act)
            traits.append(hashed(act.traits))
    if not inputs:
        return
    hidden = model.act(torch.stack(inputs), sentence[owners], traits)
    for name, head in model.acts.items():
        chosen = [at for at, act in enumerate(acts) if name in act.labels]
        if chosen:
            target = torch.tensor([acts[at].labels[name] for at in chosen])
            share = min(1.0, 2 * len(chosen) / len(part))
            yield _WEIGHTS[name] * share * nn.functional.cross_entropy(head(hidden[chosen]), target, weights.get(name))


def _varied(act: ActExample, chance: random.Random) -> ActExample:
    """An act as it may look when parties are found by program: as coded, as the rules have it, or bare."""
    if not act.trigger or not act.traits:
        return act
    drawn = chance.random()
    if drawn < 0.5 and act.labels.get("kind") != NONE:
        return act
    if drawn < 0.8:
        return ActExample(act.trigger, act.rule_actors, act.rule_recipients, act.labels)
    return ActExample(act.trigger, (), (), act.labels)


def _role_losses(
    model: Typer, part: Sequence[Row], pieces: Tensor, sentence: Tensor, chance: random.Random
) -> Iterator[Tensor]:
    triggers, nouns, owners, labels, traits = [], [], [], [], []
    for number, row in enumerate(part):
        for pair in row.example.pairs:
            if pair.label or chance.random() < 0.6:
                triggers.append(mean_of(row, pieces[number], [pair.trigger], model.absent[0]))
                nouns.append(mean_of(row, pieces[number], [pair.noun], model.absent[1]))
                owners.append(number)
                labels.append(pair.label)
                traits.append(hashed(pair.traits))
    if labels:
        logits = model.roles(torch.stack(triggers), torch.stack(nouns), sentence[owners], traits)
        yield _WEIGHTS["role"] * nn.functional.cross_entropy(logits, torch.tensor(labels))
