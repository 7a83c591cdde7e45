"""Words that tell a stance where the verb of saying does not; compiled once from `data/stances.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sayso.knowledge import table
from sayso.model import Stance


@dataclass(frozen=True, slots=True)
class Leanings:
    """Lookups of what makes a content a threat, a promise, an order, a wish, a denial."""

    leaning: Mapping[str, Stance]  # verbs in constructions of which nothing is known
    waving: frozenset[str]  # verbs with a particle that deny: "rule out"
    throwing: frozenset[str]  # "cast" doubt, "pour" scorn
    doubts: frozenset[str]
    scorn: frozenset[str]
    false: frozenset[str]  # what denies when somebody calls a report so: "an invention"
    revenge: frozenset[str]  # verbs: "will regret it"
    reprisals: frozenset[str]  # nouns: "swore revenge"
    answering: frozenset[str]  # "will answer"
    firmly: frozenset[str]  # "in kind"
    impunity: frozenset[str]  # "will not go unpunished"
    warnings: frozenset[str]  # nouns: "warned of a crushing answer"
    harm: frozenset[str]  # "anyone who ... will be shot"
    anyone: frozenset[str]
    sanctions: frozenset[str]  # "warned that licences would be revoked"
    impersonal: frozenset[str]  # verbs: "it would take two years"
    ready: frozenset[str]  # adjectives: "is ready to"
    planning: frozenset[str]  # verbs: "plans to"
    assuring: frozenset[str]  # of a future: "assured them that it would"
    announcing: frozenset[str]
    measures: frozenset[str]  # nouns: "announced a curfew"
    slogans: tuple[str, ...]  # "down with"
    chanting: frozenset[str]
    subjunctive: frozenset[str]  # "insisted that it be"
    deontic: frozenset[str]  # "must"
    wishing: tuple[str, ...]  # "God willing"
    channels: frozenset[str]  # nouns beside those of `cues.toml`: "over the line"
    ways: frozenset[str]  # preposition and noun that are one only together: "behind doors"
    no_ways: frozenset[str]  # and those that are none: "by account"
    talks: frozenset[str]  # nouns: "In a call with the emir, he thanked ... He said ..."
    bare: frozenset[str]  # nouns that are a channel only with a word before them: not "in reply"
    telling: frozenset[str]  # verbs whose passive has the addressee for its subject
    begging: frozenset[str]  # "requested tents from"
    pleading: frozenset[str]  # "pleaded with"
    hearing: frozenset[str]  # verbs whose object is the audience: "addressing the nation"
    deaf: frozenset[str]  # nouns that hear nothing: "in reply to questions"
    asked: frozenset[str]  # "asked by the judge, he replied"
    answers: frozenset[str]
    sure: frozenset[str]  # adjectives: who is not so doubts
    unsure: frozenset[str]  # verbs: "alleges abduction"
    unproven: frozenset[str]  # "unconfirmed" reports
    own: frozenset[str]  # "said she hoped that"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@lru_cache(maxsize=1)
def leanings() -> Leanings:
    """The compiled table."""
    data = table("stances.toml")
    particle, threat, promise, order = data["particle"], data["threat"], data["promise"], data["order"]
    manner = data["manner"]
    return Leanings(
        leaning={lemma: Stance(row["stance"]) for row in data["leaning"] for lemma in row["lemmas"].split()},
        waving=frozenset(particle["denies"].split("|")),
        throwing=_words(particle["thrown"]),
        doubts=_words(particle["doubts"]),
        scorn=_words(particle["scorn"]),
        false=_words(data["false"]["words"]),
        revenge=_words(threat["revenge"]),
        reprisals=_words(threat["reprisals"]),
        answering=_words(threat["answering"]),
        firmly=_words(threat["firmly"]),
        impunity=_words(threat["impunity"]),
        warnings=_words(threat["warnings"]),
        harm=_words(threat["harm"]),
        anyone=_words(threat["anyone"]),
        sanctions=_words(threat["sanctions"]),
        impersonal=_words(promise["impersonal"]),
        ready=_words(promise["ready"]),
        planning=_words(promise["planning"]),
        assuring=_words(promise["assuring"]),
        announcing=_words(promise["announcing"]),
        measures=_words(promise["measures"]),
        slogans=tuple(order["slogans"].split("|")),
        chanting=_words(order["chanting"]),
        subjunctive=_words(order["subjunctive"]),
        deontic=_words(order["deontic"]),
        wishing=tuple(data["wish"]["openings"].split("|")),
        channels=_words(manner["channels"]),
        ways=frozenset(manner["ways"].split("|")),
        no_ways=frozenset(manner["no_ways"].split("|")),
        talks=_words(manner["talks"]),
        bare=_words(manner["bare"]),
        telling=_words(manner["telling"]),
        begging=_words(manner["begging"]),
        pleading=_words(manner["pleading"]),
        hearing=_words(manner["hearing"]),
        deaf=_words(manner["deaf"]),
        asked=_words(manner["asked"]),
        answers=_words(manner["answers"]),
        sure=_words(data["own"]["sure"]),
        unsure=_words(data["own"]["unsure"]),
        unproven=_words(data["own"]["unproven"]),
        own=_words(data["own"]["words"]),
    )
