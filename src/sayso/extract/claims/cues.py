"""The words of saying, thinking and wanting, compiled once from `data/cues.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sayso.knowledge import table
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
    acts: frozenset[str]
    handling: frozenset[str]
    resolving: frozenset[str]
    appointing: frozenset[str]
    seeming: frozenset[str]
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
        acts=_words(data["sieve"]["acts"]),
        handling=_words(data["sieve"]["handling"]),
        resolving=_words(data["sieve"]["resolving"]),
        appointing=_words(data["sieve"]["appointing"]),
        seeming=_words(data["sieve"]["seeming"]),
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
