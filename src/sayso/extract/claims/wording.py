"""Words that tell how something was said, to whom and how surely; compiled once from `data/cues.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sayso.knowledge import table


@dataclass(frozen=True, slots=True)
class Wording:
    """Lookups of what stands around a saying."""

    carrying: frozenset[str]  # a statement "seen by" the channel
    meeting: frozenset[str]  # "spoke to" a nurse
    references: frozenset[str]  # "with reference to" officials
    grounds: frozenset[str]  # "citing" these names no source
    learning: frozenset[str]  # "learned from" a source
    crediting: frozenset[str]  # "attributed the figure to" a source
    accounts: frozenset[str]  # what is attributed: "the figure"
    talks: frozenset[str]  # "in an interview with" the daily
    calling: frozenset[str]  # "call upon" somebody to do something
    seeing: frozenset[str]  # what the outlet's own people do: "heard", "were shown"
    showing: frozenset[str]  # of these, what is done to them
    examining: frozenset[str]  # what an outlet itself can do: "the paper has seen the letter"
    witnessing: frozenset[str]  # what "we" did
    possible: frozenset[str]  # "may"
    probable: frozenset[str]  # "likely"
    seeming: frozenset[str]  # verbs: "it appears that"
    chances: frozenset[str]  # nouns and adjectives: "there is a possibility that"
    wishes: frozenset[str]  # nouns: "condolences"
    false: frozenset[str]  # what denies when somebody calls a report so: "a lie"
    states: frozenset[str]  # verbs for what nobody can promise to do: "will be", "will know"
    occasions: frozenset[str]  # "told a news conference" is no addressee
    letters: frozenset[str]  # "in a letter to", "in a call with" somebody


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@lru_cache(maxsize=1)
def wording() -> Wording:
    """The compiled tables."""
    data = table("cues.toml")
    relay, showing = data["relay"], _words(data["perception"]["showing"])
    return Wording(
        carrying=_words(relay["carrying"]) | _words(relay["seen"]),
        meeting=_words(relay["meeting"]),
        references=_words(relay["references"]),
        grounds=_words(relay["grounds"]),
        learning=_words(relay["learning"]),
        crediting=_words(relay["crediting"]),
        accounts=_words(relay["accounts"]),
        talks=_words(relay["talks"]),
        calling=_words(relay["calling"]),
        seeing=_words(data["perception"]["lemmas"]) | _words(data["perception"]["more"]) | showing,
        showing=showing,
        examining=_words(data["perception"]["examining"]),
        witnessing=_words(data["perception"]["witnessing"]),
        possible=_words(data["hedges"]["possible"]),
        probable=_words(data["hedges"]["probable"]),
        seeming=_words(data["hedges"]["seeming"]),
        chances=_words(data["hedges"]["chances"]),
        wishes=_words(data["forms"]["wishes"]),
        false=_words(data["forms"]["false"]),
        states=_words(data["forms"]["states"]),
        occasions=_words(data["channels"]["occasions"]),
        letters=_words(data["channels"]["letters"]),
    )
