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

from sayso.extract.events.traits import hashed
from training.typer.data import (
    ACT_HEADS,
    MANY,
    NONE,
    SENTENCE_HEADS,
    TOKEN_HEADS,
    ActExample,
    Example,
    PartExample,
    Spot,
)
from training.typer.model import WIDTH, Typer

MOST_PIECES = 160
_WEIGHTS = {
    "trigger": 1.5, "side": 1.5, "muc": 1.0, "penta": 1.5, "acled": 2.5, "police": 1.5, "incident": 0.5,
    "kind": 2.0, "mode": 1.0, "status": 1.0, "root": 1.5, "role": 1.5,
}  # fmt: skip


@dataclass(slots=True)
class Row:
    """An example in word pieces."""

    example: Example
    ids: list[int]
    offsets: list[Spot]
    ground: Tensor | None = None  # (pieces, WIDTH) after the layers that are never fitted
    seen: tuple[Tensor, Tensor] | None = None  # of pieces and of the sentence, once the encoder is fitted

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
    tables = [model.act_traits.weight, model.part_traits.weight, *model.chains.values()]
    known = {id(weight) for weight in [*inner, *tables]}
    outer = [weight for weight in model.parameters() if weight.requires_grad and id(weight) not in known]
    groups = [
        {"params": inner, "lr": rate},
        {"params": outer, "lr": head_rate},
        {"params": tables, "lr": 10 * head_rate},  # rows that are seldom met learn little at each meeting
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    plans = [[row for row in train if sample(row, chance)] for _ in range(epochs)]
    whole = row_is_seen(train)  # heads alone are fitted
    total = sum((len(plan) + batch - 1) // batch for plan in plans)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(step / max(1, total // 10), max(0.0, (total - step) / (total * 0.9)))
    )
    if not whole:
        lay_ground(model, list({id(row): row for plan in plans for row in plan}.values()))
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


def lay_ground(model: Typer, kept: Sequence[Row], batch: int = 16) -> None:
    """Read every row through the layers that are never fitted, once."""
    model.eval()
    order = sorted((row for row in kept if row.ground is None), key=lambda row: len(row.ids))
    for at in range(0, len(order), batch):
        part = order[at : at + batch]
        ids = torch.zeros(len(part), max(len(row.ids) for row in part), dtype=torch.long)
        for number, row in enumerate(part):
            ids[number, : len(row.ids)] = torch.tensor(row.ids)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            vectors = model.ground(ids, _mask(part)).to(torch.bfloat16)
        for number, row in enumerate(part):
            row.ground = vectors[number, : len(row.ids)].clone()


def _mask(part: Sequence[Row]) -> Tensor:
    mask = torch.zeros(len(part), max(len(row.ids) for row in part), dtype=torch.long)
    for number, row in enumerate(part):
        mask[number, : len(row.ids)] = 1
    return mask


def read(model: Typer, part: Sequence[Row]) -> tuple[Tensor, Tensor]:
    """Vectors of pieces and of sentences of some rows whose ground is laid, or that were seen by `look`."""
    mask = _mask(part)
    if row_is_seen(part):
        return _stacked(part, mask.shape[1])
    ground = torch.zeros(len(part), mask.shape[1], WIDTH, dtype=torch.bfloat16)
    for number, row in enumerate(part):
        if row.ground is None:
            raise ValueError("rows need lay_ground first")
        ground[number, : len(row.ids)] = row.ground
    with torch.autocast("cpu", dtype=torch.bfloat16):
        pieces, sentence = model.encode(ground.float(), mask)
    return pieces.float(), sentence.float()


@torch.no_grad()
def look(model: Typer, kept: Sequence[Row], batch: int = 16) -> None:
    """Read every row through the fitted encoder, once, for heads that are fitted on top of it."""
    lay_ground(model, kept)
    order = sorted((row for row in kept if row.seen is None), key=lambda row: len(row.ids))
    for at in range(0, len(order), batch):
        part = order[at : at + batch]
        pieces, sentences = read(model, part)
        for number, row in enumerate(part):
            row.seen = (pieces[number, : len(row.ids)].to(torch.bfloat16), sentences[number])
            row.ground = None


def _stacked(part: Sequence[Row], width: int) -> tuple[Tensor, Tensor]:
    pieces = torch.zeros(len(part), width, WIDTH)
    for number, row in enumerate(part):
        if row.seen is not None:
            pieces[number, : len(row.ids)] = row.seen[0].float()
    return pieces, torch.stack([row.seen[1] for row in part if row.seen is not None])


def _loss(model: Typer, part: Sequence[Row], weights: dict[str, Tensor], chance: random.Random) -> Tensor:
    pieces, sentence = read(model, part)
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
        if name in model.chains and row_is_seen(part):  # costly, so only where the heads alone are fitted
            yield _WEIGHTS[name] * chain_loss(model.chains[name], logits[:, 1:], target[:, 1:])
            continue
        yield _WEIGHTS[name] * nn.functional.cross_entropy(logits.flatten(0, 1), target.flatten())


def row_is_seen(part: Sequence[Row]) -> bool:
    """Whether the encoder is fitted already."""
    return all(row.seen is not None for row in part)


def chain_loss(steps: Tensor, logits: Tensor, target: Tensor) -> Tensor:
    """Mean negative log-likelihood per piece of label sequences under a linear chain; -100 ends a sequence."""
    real = target >= 0
    gold = target.clamp(min=0)
    rows_ = torch.arange(len(target))
    score = logits[:, 0].gather(1, gold[:, :1]).squeeze(1)
    forward = logits[:, 0]
    for at in range(1, target.shape[1]):
        on = real[:, at]
        step = logits[rows_, at, gold[:, at]] + steps[gold[:, at - 1], gold[:, at]]
        score = score + torch.where(on, step, torch.zeros_like(step))
        grown = torch.logsumexp(forward.unsqueeze(2) + steps.unsqueeze(0), dim=1) + logits[:, at]
        forward = torch.where(on.unsqueeze(1), grown, forward)
    return (torch.logsumexp(forward, dim=1) - score).sum() / real.sum()


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


class Means:
    """Means of pieces asked for one by one and taken together: one operation for a whole batch."""

    def __init__(self, part: Sequence[Row], width: int) -> None:
        self.part, self.width = part, width
        self._wanted: list[list[int]] = []

    def add(self, number: int, spots: Iterable[Spot]) -> None:
        """Ask for the mean over some spots of a row."""
        row = self.part[number]
        self._wanted.append(sorted({number * self.width + piece for spot in spots for piece in row.pieces(spot)}))

    def take(self, pieces: Tensor, absent: Tensor) -> Tensor:
        """(asked, WIDTH) in the order asked; `absent` (asked, WIDTH) where a spot has no piece."""
        share = torch.zeros(len(self._wanted), pieces.shape[0] * pieces.shape[1])
        for at, found in enumerate(self._wanted):
            if found:
                share[at, found] = 1 / len(found)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            means = (share @ pieces.flatten(0, 1)).float()
        empty = torch.tensor([not found for found in self._wanted]).unsqueeze(1)
        return torch.where(empty, absent, means)


def act_vectors(model: Typer, part: Sequence[Row], pieces: Tensor, acts: Sequence[tuple[int, ActExample]]) -> Tensor:
    """(acts, 3, WIDTH) of trigger, actors and recipients; acts come with the number of their row."""
    means = Means(part, pieces.shape[1])
    for number, act in acts:
        for spots in (act.trigger, act.actors, act.recipients):
            means.add(number, spots)
    return means.take(pieces, model.absent.repeat(len(acts), 1)).view(len(acts), 3, WIDTH)


def pair_vectors(
    model: Typer, part: Sequence[Row], pieces: Tensor, pairs: Sequence[tuple[int, PartExample]]
) -> tuple[Tensor, Tensor]:
    """(pairs, WIDTH) of triggers and of nouns; pairs come with the number of their row."""
    means = Means(part, pieces.shape[1])
    for number, pair in pairs:
        means.add(number, [pair.trigger])
        means.add(number, [pair.noun])
    found = means.take(pieces, model.absent[:2].repeat(len(pairs), 1)).view(len(pairs), 2, WIDTH)
    return found[:, 0], found[:, 1]


def _act_losses(
    model: Typer, part: Sequence[Row], pieces: Tensor, sentence: Tensor, weights: dict[str, Tensor],
    chance: random.Random,
) -> Iterator[Tensor]:  # fmt: skip
    drawn: list[tuple[int, ActExample]] = []
    for number, row in enumerate(part):
        real = [act for act in row.example.acts if act.labels.get("kind") != NONE]
        other = [act for act in row.example.acts if act.labels.get("kind") == NONE]
        hard = [act for act in other if act.by_rule]
        rest = [act for act in other if not act.by_rule]
        drawn += [(number, act) for act in [*real, *hard, *chance.sample(rest, min(len(rest), 4))]]
    if not drawn:
        return
    vectors = act_vectors(model, part, pieces, [(number, _varied(act, chance)) for number, act in drawn])
    owners = [number for number, _ in drawn]
    hidden = model.act(vectors, sentence[owners], [hashed(act.traits) for _, act in drawn])
    for name, head in model.acts.items():
        chosen = [at for at, (_, act) in enumerate(drawn) if name in act.labels]
        if chosen:
            target = torch.tensor([drawn[at][1].labels[name] for at in chosen])
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
    drawn = [
        (number, pair)
        for number, row in enumerate(part)
        for pair in row.example.pairs
        if pair.label or chance.random() < 0.4
    ]
    if drawn:
        triggers, nouns = pair_vectors(model, part, pieces, drawn)
        owners = [number for number, _ in drawn]
        logits = model.roles(triggers, nouns, sentence[owners], [hashed(pair.traits) for _, pair in drawn])
        target = torch.tensor([pair.label for _, pair in drawn])
        yield _WEIGHTS["role"] * nn.functional.cross_entropy(logits, target)
