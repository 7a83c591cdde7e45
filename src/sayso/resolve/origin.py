"""Which country a participant belongs to, or none: a linear model weighs the countries that the article offers.

Every country that its own words, the words around it, the act's place or the other parties tell is an option, and so
is none. `data/countries.npz` holds the weights (see `countries.card.md`), fitted by `training/countries.py`. Features
tell where a country's name stands and what the participant is and does, never which country it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp

from sayso.model import Parsed
from sayso.resolve.around import Surroundings, Vote
from sayso.resolve.leaning import NONE, open_model
from sayso.resolve.referents import Phrase, is_pronoun
from sayso.resolve.sectors import noun_at, noun_key, words
from sayso.resolve.whence import Whence

LEAST = 0.55  # share of the likeliest country from which on it is taken
_BEYOND = ("UNO", "NGO", "IGO", "EUR", "MNC", "IMG")  # offered to all
_SPECIAL = frozenset("UNO EUR IGO NGO ISM IMG MNC VAT".split())
_TELLING = frozenset(
    {"told first", "told last before it", "most votes", "most votes here", "of whom it faces", "not of whom it faces"}
    | {"of who is with it", "of the act's place", "not of the act's place", "told by whom it means"}
    | {"told by whom it belongs to", "country in its words", "people in its words"}
)  # what the head word may turn
_SHOWN = 3  # features named in a reason
_STEPS = 5  # into which a share is cut
_NEAR = ((3, "next to it"), (8, "near"), (20, "farther"))  # tokens between
_GROUPS = {
    "state": "GOV MIL SPY LEG",
    "court or police": "JUD COP",
    "armed": "REB UAF PRM CRM UNK",
    "public": "CVL AGR BUS EDU ELI JRN LAB MED REF OPP PTY REL SOC PRE",
}


@dataclass(frozen=True, slots=True)
class Company:
    """Another party of the same act: its words, and the country that they tell."""

    words: range
    country: str | None


@dataclass(frozen=True, slots=True)
class Bearings:
    """A participant as it stands among the countries of its text."""

    phrase: Phrase
    roles: tuple[str, ...]  # "ASSAULT by", "ASSAULT to"
    sector: str  # by the tables
    kind: str
    own: Whence | None
    beside: tuple[Company, ...]
    facing: tuple[Company, ...]
    told: Mapping[str, int]  # countries of all other parties
    places: frozenset[str]  # countries of the places of its acts


@cache
def _groups() -> Mapping[str, str]:
    return {code: name for name, codes in _GROUPS.items() for code in codes.split()}


def is_sure(own: Whence | None) -> bool:
    """Whether a participant bears the name of one country itself, which no surroundings change."""
    return own is not None and own.how == "by name" and own.country not in _BEYOND


def choose(options: Mapping[str, Sequence[str]], weights: Mapping[str, float], least: float = LEAST) -> Whence | None:
    """The likeliest option; None where that is none, or no country is likely enough."""
    sums = {option: sum(weights.get(name, 0.0) for name in names) for option, names in options.items()}
    best = max(sums, key=lambda option: sums[option])
    share = 1 / sum(exp(own - sums[best]) for own in sums.values())
    if best == NONE or share < least:
        return None
    moved = sorted(options[best], key=lambda name: -weights.get(name, 0.0))[:_SHOWN]
    return Whence(best, f"{share:.0%}: {'; '.join(moved)}", round(share, 2), how="weighed")


@cache
def open_choice() -> Mapping[str, float] | None:
    """The shipped weights by feature; None before they are fitted."""
    model = open_model("countries.npz")
    return None if model is None else model.single()


def options(parsed: Parsed, around: Surroundings, at: Bearings) -> dict[str, list[str]]:
    """Every country that is offered, bodies of no state, and none, with what speaks for or against each."""
    who, head, called = _who(parsed, at), _head(parsed, at.phrase), list(_of_words(parsed, at.phrase))
    shares = Shares(parsed, around, at)
    seen = {country: set[str]() for country in sorted(_offered(around, at))}
    for vote in around.votes:
        seen[vote.country].update(_of_vote(parsed, around, vote, at))
    found = {}
    for country, features in seen.items():
        features.update(_of_option(country, at))
        features.update(shares.of(country))
        turned = (f"{word} {feature}" for feature in features & _TELLING for word in head)
        found[country] = [*features, *turned, *(f"{feature}, for {who}" for feature in features)]
    for code in _BEYOND:
        found[code] = [*found.get(code, ()), *_of_beyond(parsed, around, code, at, who, called)]
    found[NONE] = [*called, *_of_none(parsed, around, at, who), *shares.overall(who)]
    return {option: sorted(set(names)) for option, names in found.items()}


def _offered(around: Surroundings, at: Bearings) -> Iterator[str]:
    """The countries that the words of a participant, other words, other parties and places tell."""
    yield from {vote.country for vote in around.votes}
    own = () if at.own is None else (at.own.country, *at.own.several)
    yield from {code for code in (*own, *(other.country for other in (*at.beside, *at.facing))) if code}
    yield from at.places


def _who(parsed: Parsed, at: Bearings) -> str:
    """The rough kind of participant that the weights are told apart by."""
    if is_pronoun(parsed, at.phrase.head):
        return "a pronoun"
    group = _groups().get(at.sector, "unsaid")
    if at.kind == "person" or parsed.ent[at.phrase.head] == "PERSON":
        return "an official" if group == "state" else "a person"
    return group


# --------------------------------------------------------------------------- what speaks for a country


def _of_vote(parsed: Parsed, around: Surroundings, vote: Vote, at: Bearings) -> Iterator[str]:
    """Where a country's name stands to the participant."""
    phrase, token = at.phrase, vote.token
    where = around.where(token, phrase.head)
    says = " where" if vote.at else ""
    yield f"{vote.kind}{says} {where}"
    if phrase.first <= token <= phrase.last:
        yield f"{vote.kind} in its words"
        return
    for side, others in (("whom it faces", at.facing), ("who is with it", at.beside)):
        if any(token in other.words for other in others):
            yield f"in the words of {side}"
            for role in at.roles:
                yield f"in the words of {side} in {role}"
            return
    if where == "in its sentence":
        verb, link = around.link(token)
        own_verb, own_link = around.link(phrase.head)
        if verb == own_verb:
            yield f"{vote.kind} {link} of the verb that it is {own_link} of"
            yield f"{link} of its verb"
        else:
            yield f"{vote.kind} {link} of a verb {'before' if verb < own_verb else 'after'}"
        away = min(abs(token - phrase.first), abs(token - phrase.last))
        near = next((name for limit, name in _NEAR if away <= limit), "far")
        yield f"{vote.kind}{says} {near}, {'before' if token < phrase.head else 'after'}"
    if token == around.filed:
        yield "in the dateline"


def _of_option(country: str, at: Bearings) -> Iterator[str]:
    """What own words, places and other parties tell."""
    yield from _of_own(country, at.own)
    for side, others in (("whom it faces", at.facing), ("who is with it", at.beside)):
        if any(other.country == country for other in others):
            yield f"of {side}"
            for role in at.roles:
                yield f"of {side} in {role}"
        elif any(other.country for other in others):
            yield f"not of {side}"
    if at.places:
        yield "of the act's place" if country in at.places else "not of the act's place"
        if country in at.places:
            yield from (f"of the act's place in {role}" for role in at.roles)
    if at.told:
        yield f"of {_step(at.told.get(country, 0) / sum(at.told.values()))} of the other parties"


def _of_own(country: str, own: Whence | None) -> Iterator[str]:
    """What the words of a participant tell."""
    if own is not None and country in own.several:
        yield f"told {'first' if country == own.several[0] else 'later'} of two"
    if own is None or own.country is None:
        return
    if own.country == country:
        yield f"told {own.how}"
        yield f"told, score {own.score}"
        if country in _SPECIAL:
            yield f"told, {country}"
    else:
        yield f"another told {own.how}"
        if own.country in _SPECIAL:
            yield f"{own.country} told"


class Shares:
    """How large a part of the votes each country has, in all and in the sentence."""

    def __init__(self, parsed: Parsed, around: Surroundings, at: Bearings) -> None:
        sentence, head = parsed.sent[at.phrase.head], at.phrase.head
        facing = {token for other in at.facing for token in other.words}
        self.all: dict[str, float] = defaultdict(float)
        self.same: dict[str, float] = defaultdict(float)
        before: dict[str, int] = {}
        first: dict[str, int] = {}
        for vote in around.votes:
            country, token = vote.country, vote.token
            self.all[country] += vote.weight
            first.setdefault(country, token)
            if token not in facing and vote.sentence == sentence:
                self.same[country] += vote.weight
            if token not in facing and token < head:
                before[country] = max(before.get(country, 0), token)
        self.first = min(first, key=lambda code: first[code], default="")
        self.nearest = max(before, key=lambda code: before[code], default="")
        self.rivals = min(len(self.all), 4)
        self.tallies = [
            (name, counts, sum(counts.values()), max(counts.values()))
            for name, counts in (("votes", self.all), ("votes here", self.same))
            if counts
        ]

    def of(self, country: str) -> Iterator[str]:
        """What speaks for a country."""
        for name, counts, total, most in self.tallies:
            own = counts.get(country, 0.0)
            yield f"{_step(own / total)} of the {name}"
            if own == most:
                yield f"most {name}"
            if name == "votes":
                yield f"{_step(own / total)} of the votes, {self.rivals} countries"
        if country == self.first:
            yield "told first"
        if country == self.nearest:
            yield "told last before it"

    def overall(self, who: str) -> Iterator[str]:
        """What speaks for none."""
        yield f"{self.rivals} countries for {who}"
        for name, _, total, most in self.tallies:
            yield f"at most {_step(most / total)} of the {name} for {who}"
            yield f"at most {_step(most / total)} of the {name}"


def _step(share: float) -> str:
    return f"{int(share * _STEPS) / _STEPS:.0%}"


# --------------------------------------------------------------------------- what speaks for none, or for no state


def _of_beyond(
    parsed: Parsed, around: Surroundings, code: str, at: Bearings, who: str, called: Sequence[str]
) -> Iterator[str]:
    """What makes a participant one of no state: of the United Nations, of a charity, of a firm in many countries."""
    yield code
    yield f"{code} for {who}"
    yield f"{code} beside {'nothing told' if at.own is None else f'told {at.own.how}'}"
    for sentence in around.beyond.get(code, ()):
        yield f"{code} {'in its sentence' if sentence == parsed.sent[at.phrase.head] else 'told'}"
    yield from (f"{code} with {word}" for word in called)
    yield from (f"{code} in {role}" for role in at.roles)


# --------------------------------------------------------------------------- what speaks for none


def _of_none(parsed: Parsed, around: Surroundings, at: Bearings, who: str) -> Iterator[str]:
    """What the participant is and does, and how it is called."""
    yield "any"
    yield who
    yield f"acts for {at.sector}"
    yield f"is a {at.kind}"
    for role in at.roles:
        yield f"{who} in {role}"
        yield f"in {role}"
    own = at.own
    told = "nothing told" if own is None else f"told {own.how}"
    yield told
    yield f"{told} for {who}"
    if own is not None and own.country in _SPECIAL:
        yield f"{own.country} told"
    sentence = parsed.sent[at.phrase.head]
    if around.unknown:
        yield "an unknown place"
        yield f"an unknown place for {who}"
    for token in around.unknown:
        if parsed.sent[token] == sentence:
            yield "an unknown place in its sentence"
            yield f"an unknown place in its sentence for {who}"
    if not around.votes:
        yield "no votes"


def _of_words(parsed: Parsed, phrase: Phrase) -> Iterator[str]:
    head = phrase.head
    word = parsed.text[head].lower()
    if is_pronoun(parsed, head):
        yield f"pronoun {word}"
        return
    yield f"head is {parsed.tag[head]} {parsed.ent[head]}".strip()
    noun = noun_at(parsed, head)
    yield f"noun of {'no list' if noun is None else noun.sector or NONE}"
    if _is_word(parsed, head):
        yield f"head {noun_key(parsed, head)}"
    before = parsed.text[phrase.first - 1].lower() if phrase.first else ""
    yield f"after {before}" if before in ("the", "a", "an", "his", "its", "their", "both", "by", "of") else "no article"
    for token in range(phrase.first, phrase.last + 1):
        if token == head:
            continue
        if parsed.pos[token] == "NUM":
            yield "number"
        elif parsed.pos[token] in ("NOUN", "ADJ", "VERB") and _is_word(parsed, token):
            yield f"with {parsed.text[token].lower()}"
    yield f"{phrase.last - phrase.first + 1 if phrase.last - phrase.first < 3 else 'many'} words"


def _head(parsed: Parsed, phrase: Phrase) -> list[str]:
    """The head word, where it is a word of the language, and whether it is one for somebody opposite."""
    if not _is_word(parsed, phrase.head):
        return []
    key = noun_key(parsed, phrase.head)
    return [key, "one who faces:"] if key in words("facing") else [key]


def _is_word(parsed: Parsed, token: int) -> bool:
    return parsed.text[token][:1].islower() or noun_at(parsed, token) is not None
