"""The learned typer: what act a word names, who takes part, and whether it is told as done.

Shallow heads over the encoder's vectors and over the traits that grammar and rules give (`traits`), as numpy arrays
from `data/typer/heads.npz`; `training/typer` fits them. Every answer can say what spoke for it: the derivative of its
score by each part of the input, times that part.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

import numpy as np

from sayso.errors import ModelMissing
from sayso.extract.events.encoder import Encoded, Encoder, Floats, Spot
from sayso.extract.events.traits import hashed
from sayso.knowledge import blob
from sayso.model import EventType, Status

TYPES = tuple(EventType)
NONE = len(TYPES)  # the class of a word that names no act
STATUSES = tuple(Status)
_PARTS = ("its words", "who acts", "whom it is done to", "the sentence")


@dataclass(frozen=True, slots=True)
class ActView:
    """One candidate act as the network reads it: where its words and parties stand, and its traits."""

    trigger: tuple[Spot, ...]
    actors: tuple[Spot, ...]
    recipients: tuple[Spot, ...]
    traits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Probabilities for some acts: (acts, 17) of types with none last, (acts, modes), (acts, statuses)."""

    kind: Floats
    mode: Floats
    status: Floats
    hidden: Floats  # (acts, 256) before the bend, for reasons


class Typer:
    """The heads; `weights` holds arrays under the names of `training.typer.export`."""

    def __init__(self, weights: Mapping[str, Floats], modes: Sequence[str]) -> None:
        self._weights = {name: np.asarray(array, dtype=np.float32) for name, array in weights.items()}
        self.modes = tuple(modes)

    def words(self, encoded: Encoded) -> Floats:
        """(pieces, 17): what each word piece names by itself."""
        return _softmax(self._linear("tokens.trigger", encoded.pieces))

    def sentence(self, name: str, encoded: Encoded) -> Floats:
        """(classes,) scores of a head that labels whole sentences."""
        return self._linear(f"sentences.{name}", encoded.mean)

    def marks(self, name: str, encoded: Encoded) -> Floats:
        """(pieces, classes) scores of a head that marks parts of a sentence."""
        return self._linear(f"tokens.{name}", encoded.pieces)

    def steps(self, name: str) -> Floats:
        """(classes, classes) scores of one class after another, for a head that marks parts."""
        return self._weights[f"chains.{name}"]

    def hidden(self, encoded: Encoded, acts: Sequence[ActView]) -> Floats:
        """(acts, 256) before the bend."""
        words = np.stack([np.concatenate([*self._parts(encoded, act), encoded.mean]) for act in acts])
        traits = np.stack([self._bag("act_traits", act.traits) for act in acts])
        found: Floats = self._linear("shared", words) + traits @ self._weights["act_bridge.weight"].T
        return found

    def acts(self, encoded: Encoded, acts: Sequence[ActView]) -> Verdicts:
        """What each act is."""
        hidden = self.hidden(encoded, acts)
        bent = _gelu(hidden)
        kind, mode, status = (_softmax(self._linear(f"acts.{name}", bent)) for name in ("kind", "mode", "status"))
        return Verdicts(kind, mode, status, hidden)

    def answers(self, name: str, encoded: Encoded, act: ActView) -> Floats:
        """(classes,) scores of another head over an act."""
        found: Floats = self._linear(f"acts.{name}", _gelu(self.hidden(encoded, [act])))[0]
        return found

    def pairs(self, encoded: Encoded, triggers: Sequence[Spot], nouns: Sequence[Spot]) -> Floats:
        """(triggers, nouns, 256): what the words of each pair say of their tie, for `roles`."""
        size = len(encoded.mean)
        ones = np.array([self._or_absent(encoded, [trigger], 0) for trigger in triggers]).reshape(-1, size)
        others = np.array([self._or_absent(encoded, [noun], 1) for noun in nouns], np.float32).reshape(-1, size)
        one, other, both, sentence = np.split(self._weights["pair.weight"], 4, axis=1)
        same = ones @ one.T + sentence @ encoded.mean + self._weights["pair.bias"]
        tied = (others * ones[:, None]).reshape(-1, size) @ both.T
        found: Floats = same[:, None] + others @ other.T + tied.reshape(len(ones), len(others), same.shape[1])
        return found

    def roles(self, words: Floats, traits: Sequence[Sequence[str]]) -> Floats:
        """(nouns, 3) probabilities that each noun takes no part in an act, does it, or has it done to it."""
        bags = np.stack([self._bag("part_traits", found) for found in traits])
        return _softmax(self._linear("role", _gelu(words + bags @ self._weights["part_bridge.weight"].T)))

    def reasons(self, encoded: Encoded, act: ActView, hidden: Floats, kind: int) -> list[tuple[str, float]]:
        """What spoke for a type, strongest first: parts of the sentence and traits, by slope times input."""
        slope = self._weights["acts.kind.weight"][kind] * _gelu_slope(hidden)
        size = len(encoded.mean)
        inputs = [*self._parts(encoded, act), encoded.mean]
        pull = slope @ self._weights["shared.weight"]
        found = [(name, float(pull[at * size : (at + 1) * size] @ inputs[at])) for at, name in enumerate(_PARTS)]
        bridge: Floats = slope @ self._weights["act_bridge.weight"]
        if act.traits:
            pulls = self._weights["act_traits.weight"][hashed(act.traits)] @ bridge
            found += [(trait, float(pull)) for trait, pull in zip(act.traits, pulls, strict=True)]
        return sorted(found, key=lambda reason: -reason[1])

    def _parts(self, encoded: Encoded, act: ActView) -> list[Floats]:
        spots = (act.trigger, act.actors, act.recipients)
        return [self._or_absent(encoded, spot, at) for at, spot in enumerate(spots)]

    def _or_absent(self, encoded: Encoded, spots: Sequence[Spot], part: int) -> Floats:
        found = encoded.at(spots)
        return found if found is not None else self._weights["absent"][part]

    def _bag(self, table: str, traits: Sequence[str]) -> Floats:
        weight = self._weights[f"{table}.weight"]
        found: Floats = weight[hashed(traits)].sum(axis=0) if traits else np.zeros(weight.shape[1], dtype=np.float32)
        return found

    def _linear(self, name: str, inputs: Floats) -> Floats:
        found: Floats = inputs @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return found


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    found: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return found


def _phi(values: Floats) -> Floats:
    """The normal distribution function by the rational approximation 7.1.26 of Abramowitz and Stegun (error 1.5e-7)."""
    size = np.abs(values) / np.float32(2**0.5)
    step = 1 / (1 + np.float32(0.3275911) * size)
    series = step * (
        0.254829592 + step * (-0.284496736 + step * (1.421413741 + step * (-1.453152027 + step * 1.061405429)))
    )
    tail = series * np.exp(-size * size)
    found: Floats = np.where(values >= 0, 1 - tail / 2, tail / 2).astype(np.float32)
    return found


def _gelu(values: Floats) -> Floats:
    found: Floats = values * _phi(values)
    return found


def _gelu_slope(values: Floats) -> Floats:
    found: Floats = _phi(values) + values * np.exp(-values * values / 2) / np.float32((2 * np.pi) ** 0.5)
    return found


@dataclass(frozen=True, slots=True)
class Model:
    """The two halves of the typer; loaded once a process."""

    encoder: Encoder
    typer: Typer


@lru_cache(maxsize=8)
def open_model(folder: Path | None = None) -> Model:
    """The shipped model, or the one in a folder; ModelMissing where a file of it is not there."""
    read = blob if folder is None else partial(_read, folder)
    with np.load(io.BytesIO(read("typer/heads.npz"))) as arrays:
        weights = {name: arrays[name] for name in arrays.files if name != "modes"}
        modes = [str(name) for name in arrays["modes"]]
    encoder = Encoder(read("typer/encoder.onnx"), blob("typer/tokenizer.json").decode("utf-8"))
    return Model(encoder, Typer(weights, modes))


def _read(folder: Path, name: str) -> bytes:
    path = folder / Path(name).name
    try:
        return path.read_bytes()
    except OSError as cause:
        raise ModelMissing("weights are missing", about=str(path), way_out="fit them with training.typer") from cause
