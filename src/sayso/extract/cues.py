"""The words of saying, thinking and wanting, compiled once from `data/cues.toml` and `data/cue_priors.json`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sayso.errors import ModelMissing
from sayso.knowledge import blob, table
from sayso.model import Certainty, SourceKind, Stance

# What the parser's lemmatizer gets wrong often enough to matter.
LEMMA_FIXES = {"hop": "hope", "hope": "hope", "plann": "plan", "vote": "vote", "accord": "accord", "sai": "say"}


@dataclass(frozen=True, slots=True)
class Cue:
    """What one word of saying tells about the content it introduces in one frame."""

    stance: Stance
    certainty: Certainty = Certainty.CERTAIN
    sure: bool = False  # always counts, however rare its cases in the fitted articles


@dataclass(frozen=True, slots=True)
class Cues:
    """All lookups of this part; keys of `verbs`, `nouns`, `adjectives` are (lemma, frame)."""

    verbs: Mapping[tuple[str, str], Cue]
    nouns: Mapping[tuple[str, str], Cue]
    adjectives: Mapping[str, Cue]
    speech: frozenset[str]  # verbs that can introduce a quotation
    light: frozenset[str]
    perception: frozenset[str]
    quoting: frozenset[str]
    citing: frozenset[str]
    carrying: frozenset[str]
    carry: frozenset[str]
    view_preps: frozenset[str]
    view_nouns: frozenset[str]
    adverbs: frozenset[str]
    possible: frozenset[str]
    probable: frozenset[str]
    silent: frozenset[str]
    refused: frozenset[str]
    knowing: frozenset[str]
    unsaid: frozenset[str]
    aspect: frozenset[str]
    topical: frozenset[str]
    inferring: frozenset[str]
    mute_pronouns: frozenset[str]
    mute: frozenset[str]
    channel_nouns: frozenset[str]
    channel_names: frozenset[str]
    channel_preps: frozenset[str]
    kinds: Mapping[str, SourceKind]
    agencies: frozenset[str]
    media_endings: frozenset[str]
    media_names: frozenset[str]
    reporters: frozenset[str]
    titles: frozenset[str]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _frames(entry: Mapping[str, Any]) -> Iterable[str]:
    yield from entry.get("frames", "clause to quote").split()
    yield from (f"prep:{prep}" for prep in entry.get("preps", "").split())


def _cue(entry: Mapping[str, Any]) -> Cue:
    return Cue(Stance(entry["stance"]), Certainty(entry.get("certainty", "certain")), bool(entry.get("sure", False)))


def _by_frame(entries: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], Cue]:
    found: dict[tuple[str, str], Cue] = {}
    for entry in entries:
        for lemma in entry["lemmas"].split():
            for frame in _frames(entry):
                found.setdefault((lemma, frame), _cue(entry))
    return found


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The compiled tables."""
    data = table("cues.toml")
    verbs = _by_frame(data["verb"])
    return Cues(
        verbs=verbs,
        nouns=_by_frame(data["noun"]),
        adjectives={lemma: _cue(entry) for entry in data["adjective"] for lemma in entry["lemmas"].split()},
        speech=frozenset(lemma for lemma, frame in verbs if frame == "quote"),
        light=_words(data["light"]["lemmas"]),
        perception=_words(data["perception"]["lemmas"]),
        titles=_words(data["names"]["titles"]),
        reporters=_words(data["perception"]["nouns"]),
        quoting=_words(data["relay"]["quoting"]),
        citing=_words(data["relay"]["citing"]),
        carrying=_words(data["relay"]["carrying"]),
        carry=_words(data["carry"]["lemmas"]),
        view_preps=_words(data["view"]["preps"]),
        view_nouns=_words(data["view"]["nouns"]),
        adverbs=_words(data["adverbs"]["possible"]),
        possible=_words(data["hedges"]["possible"]),
        probable=_words(data["hedges"]["probable"]),
        silent=_words(data["sieve"]["silent"]),
        refused=_words(data["sieve"]["refused"]),
        knowing=_words(data["sieve"]["knowing"]),
        unsaid=_words(data["sieve"]["unsaid"]),
        aspect=_words(data["sieve"]["aspect"]),
        topical=_words(data["sieve"]["topical"]),
        inferring=_words(data["sieve"]["inferring"]),
        mute_pronouns=_words(data["sieve"]["mute_pronouns"]),
        mute=_words(data["sieve"]["mute"]),
        channel_nouns=_words(data["channels"]["nouns"]),
        channel_names=_words(data["channels"]["names"]),
        channel_preps=_words(data["channels"]["preps"]),
        kinds={word: SourceKind(kind) for kind, words in data["kinds"].items() for word in words.split()},
        agencies=frozenset(data["names"]["agency"].split("|")),
        media_endings=_words(data["names"]["media_endings"]),
        media_names=_words(data["names"]["media"]),
    )


_STRANGE = 0.5  # a word of no table must introduce somebody's words in most cases


@dataclass(frozen=True, slots=True)
class Priors:
    """How often a word in a frame introduced content somebody is reported to say; see `cue_priors.card.md`."""

    words: Mapping[str, float]  # "say clause" -> share
    frames: Mapping[str, float]  # "verb clause known" -> share, for words not in `words`
    floor: float  # candidates below it are no claims
    constructions: Mapping[str, frozenset[str]]  # verb -> the kinds of frame it may pass in: clause, to, object, ...

    def share(self, part: str, lemma: str, frame: str, known: bool) -> float:
        """The share for a word in a frame, or that of all words like it where it was not seen often enough."""
        own = self.words.get(f"{part} {lemma} {frame}")
        if own is not None:
            return own if known or own >= _STRANGE or frame == "quote" else 0.0
        if not known and frame != "quote":
            return 0.0
        general = frame.split(":")[0]
        return self.frames.get(f"{part} {general} {'known' if known else 'other'}", 0.6 if known else 0.2)


@lru_cache(maxsize=1)
def priors() -> Priors:
    """The fitted shares; without them every known word counts and no other."""
    try:
        data = json.loads(blob("cue_priors.json"))
    except ModelMissing:
        data = {"words": {}, "frames": {}, "floor": 0.4}
    return Priors(data["words"], data["frames"], data["floor"], _constructions(data["words"], data["floor"]))


def _constructions(words: Mapping[str, float], floor: float) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for lemma, frame in cues().verbs:
        found.setdefault(lemma, set()).update(("aside", "as", "to") if frame == "clause" else (frame_kind(frame),))
    for key, share in words.items():
        part, lemma, frame = key.split(" ", 2)
        if part == "verb" and share >= floor:
            found.setdefault(lemma, set()).add(frame_kind(frame))
    return {lemma: frozenset(kinds) for lemma, kinds in found.items()}


def frame_kind(frame: str) -> str:
    """ "prep:for" -> prep, "object-as passive" -> object."""
    return re.split(r"[:\- ]", frame)[0]
