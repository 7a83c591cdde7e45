"""The acts of a sentence as the learned typer sees them: words that may name one, their parties, what they are.

Rules propose (`settling`) and so do words that the network finds telling; the network decides which of them are acts,
of what type, mode and status, and which nouns beside them act or suffer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sayso.extract.events.encoder import Encoded, Floats, Spot
from sayso.extract.events.frames import plain_frame
from sayso.extract.events.match import Act
from sayso.extract.events.roles import is_thing
from sayso.extract.events.traits import act_traits, act_words, part_traits, parts_elsewhere, party_words
from sayso.extract.events.typer import NONE, STATUSES, TYPES, ActView, Typer, Verdicts
from sayso.extract.grammar import Grammar
from sayso.model import MODES, EventType, Reason, Status

WORTH = 0.12  # chance that a word names an act from which on it is looked at closely
# How many times likelier the rules' word makes a type, a status, a part; chosen on held-out folds.
TRUST, STATUS_TRUST, PART_TRUST = 4.0, 3.0, 3.0
FLOOR = 0.65  # chance from which on a word names an act: more right than found
# The same where the rules see one too. On texts left out of a fold 0.02 to 0.3 are within a point of F1; this keeps
# what conflict news tells in plain words, tolls above all.
RULED_FLOOR = 0.05
COUNTED_FLOOR = 0.02  # and where these see an attack with so many victims
PART_FLOOR = 0.35  # chance from which on the likeliest noun takes part
LIST_FLOOR, SURE_FLOOR = 0.15, 0.9  # and those in one list with it, and others
MEETING_FLOOR = 0.5  # and others who meet, all of whom act
_USUAL, _USUAL_SENTENCES = 0.75, 4  # share of sentences with an act in the gold set, and its weight in sentences
_COMPANY = 0.7  # power of the odds that the rest of an article gives; 0.4 to 1.4 are within a point on texts left out
_NAMING = ("NOUN", "PROPN", "PRON", "NUM", "ADJ")
_LONGEST_LIST = 30
_TOLD_REASONS = 3


@dataclass(frozen=True, slots=True)
class Sight:
    """A sentence at first sight: its token range, the rules' acts, and for each word what it names by itself."""

    first: int
    last: int
    rules: Sequence[Act]
    encoded: Encoded
    chances: Mapping[int, Floats]

    @property
    def telling(self) -> float:
        """The chance that its most telling word names an act."""
        return max((float(1 - chance[NONE]) for chance in self.chances.values()), default=0.0)


def odds_beside(telling: Sequence[float], sentences: int) -> list[float]:
    """For each sentence looked at, how much likelier the rest of its article makes an act in it, at most 1.

    An act told among many is likelier one than a word of war in a match report. The share of telling sentences among
    the others, drawn towards what is usual as if `_USUAL_SENTENCES` more were there, against what is usual.
    """
    total = sum(telling)
    shares = [
        (total - own + _USUAL * _USUAL_SENTENCES) / (sentences - 1 + _USUAL_SENTENCES) for own in telling
    ]  # never 0 or 1: what is usual is neither
    usual = _USUAL / (1 - _USUAL)
    return [min(1.0, (share / (1 - share) / usual) ** _COMPANY) for share in shares]


class Said(NamedTuple):
    """What the rules say of a word, before the network has its say."""

    type: EventType
    mode: str | None
    status: Status
    counted: bool  # done to so many


class TypedActs:
    """Reads the sentences of one article."""

    def __init__(self, grammar: Grammar, typer: Typer) -> None:
        self.grammar, self.typer = grammar, typer
        self.parsed = grammar.parsed

    def look(self, first: int, last: int, rules: Sequence[Act], encoded: Encoded) -> Sight:
        """What the words of a sentence, a token range, name by themselves; `rules` are the acts that the rules see."""
        words = {*act_words(self.grammar, first, last), *(act.trigger for act in rules)}
        return Sight(first, last, rules, encoded, self._chances(encoded, words, self.parsed.start[first]))

    def read(self, sight: Sight, odds: float = 1.0) -> list[Act]:
        """The acts of one sentence in order; `odds` is how much likelier its article makes an act."""
        said = {act.trigger: self._said(act) for act in sight.rules}
        words = sorted(word for word, chance in sight.chances.items() if word in said or 1 - chance[NONE] > WORTH)
        if not words:
            return []
        parts = self._all_parts(sight, words)
        acts, views = self._candidates(sight, words, parts)
        verdicts = self.typer.acts(sight.encoded, views)
        kinds = {
            act.trigger: _kind((seen + sight.chances[act.trigger]) / 2, said.get(act.trigger), odds)
            for act, seen in zip(acts, verdicts.kind, strict=True)
        }
        kept = []
        for number, act in enumerate(acts):
            if self._told(act.trigger, kinds) < _floor(said.get(act.trigger)):
                continue
            best = int(np.argmax(kinds[act.trigger][:NONE]))
            self._settle(act, TYPES[best], verdicts, number, said.get(act.trigger))
            if act.type is EventType.CONSULT and act.mode != "visit":
                act.actors, act.recipients = self._meeting(parts[number]), []
            told = self.typer.reasons(sight.encoded, views[number], verdicts.hidden[number], best)[:_TOLD_REASONS]
            detail = "; ".join(f"{name} {pull:+.1f}" for name, pull in told)
            act.reasons = (Reason(f"typed {act.type}", round(float(kinds[act.trigger][best]), 3), detail),)
            kept.append(act)
        self._share(kept)
        for act in kept:
            act.vectors = self._vectors(sight, (*act.actors, *act.recipients))
        return kept

    def _all_parts(self, sight: Sight, words: Sequence[int]) -> list[dict[int, Floats]]:
        """The chances of each noun beside each word, before any act is settled: traits read the rules' own parties."""
        low, rules = self.parsed.start[sight.first], {act.trigger: act for act in sight.rules}
        nouns = party_words(self.grammar, sight.first, sight.last)
        pairs = self.typer.pairs(sight.encoded, self._spots(words, low), self._spots(nouns, low))
        return [
            self._parts(word, nouns, rules.get(word), sight.rules, ties)
            for word, ties in zip(words, pairs, strict=True)
        ]

    def _candidates(
        self, sight: Sight, words: Sequence[int], parts: Sequence[dict[int, Floats]]
    ) -> tuple[list[Act], list[ActView]]:
        """An act for each word with its likeliest parties, and how the network sees it."""
        low, rules = self.parsed.start[sight.first], {act.trigger: act for act in sight.rules}
        acts, views = [], []
        for word, part in zip(words, parts, strict=True):
            actors, recipients = self._sides(part)
            acts.append(self._act(word, rules.get(word), actors, recipients))
            traits = act_traits(self.grammar, word, rules.get(word))
            views.append(
                ActView((self._spot(word, low),), self._spots(actors, low), self._spots(recipients, low), traits)
            )
        return acts, views

    def _told(self, word: int, kinds: Mapping[int, Floats]) -> float:
        """The chance that a word, or one of the phrase that it heads ("a state of emergency"), names an act."""
        parsed = self.parsed
        within = [
            other
            for other in kinds
            if parsed.head[other] != other
            and parsed.dep[other] == "pobj"
            and parsed.head[parsed.head[other]] == word
            and self.grammar.lemma[parsed.head[other]] == "of"
        ]
        silent = np.prod([float(kinds[at][NONE]) for at in (word, *within)])
        return 1 - float(silent)

    def _said(self, rule: Act) -> Said:
        """What the rules see, before the network changes it."""
        numbers = (child for noun in rule.recipients for child in self.parsed.children[noun])
        return Said(rule.type, rule.mode, rule.status, any(self.parsed.dep[child] == "nummod" for child in numbers))

    def _settle(self, act: Act, kind: EventType, verdicts: Verdicts, number: int, said: Said | None) -> None:
        """Give an act its type, mode and status."""
        act.type = kind
        act.mode = self._mode(kind, verdicts.mode[number], said)
        status = _trusting(verdicts.status[number], STATUSES.index(said.status) if said else None, STATUS_TRUST)
        act.status = said.status if said and act.frame.ordered else STATUSES[int(np.argmax(status))]

    def _share(self, acts: Sequence[Act]) -> None:
        """Give verbs without a doer the one of the act that they are joined with: "seized the port and shut it"."""
        by_verb = {act.trigger: act for act in acts if not act.named}
        for act in acts:
            if act.actors or act.named or not self._is_joined(act.trigger):
                continue
            above = by_verb.get(self.parsed.head[act.trigger])
            if above is not None and not self.grammar.arguments(above.trigger).passive:
                act.actors = [noun for noun in above.actors if noun not in act.recipients]

    def _vectors(self, sight: Sight, nouns: Iterable[int]) -> dict[int, Floats]:
        """What the network sees at some nouns; nothing where a sentence was cut off before them."""
        low = self.parsed.start[sight.first]
        seen = {noun: sight.encoded.at([self._spot(noun, low)]) for noun in nouns}
        return {noun: vector for noun, vector in seen.items() if vector is not None}

    def _is_joined(self, verb: int) -> bool:
        """Whether a verb leaves its subject to the verb before it."""
        parsed = self.parsed
        if parsed.dep[verb] not in ("conj", "advcl") or (parsed.dep[verb] == "advcl" and parsed.tag[verb] != "VBG"):
            return False
        own = any(parsed.dep[child] in ("nsubj", "nsubjpass", "auxpass", "agent") for child in parsed.children[verb])
        return not own and not self.grammar.arguments(verb).passive

    def _chances(self, encoded: Encoded, words: Iterable[int], low: int) -> dict[int, Floats]:
        """What each word names by itself; a word that was cut off names nothing."""
        pieces = self.typer.words(encoded)
        found = {}
        for word in words:
            start, end = self._spot(word, low)
            hit = (encoded.starts < end) & (encoded.ends > start)
            if hit.any():
                found[word] = pieces[hit].mean(axis=0)
        return found

    def _parts(
        self, word: int, nouns: Sequence[int], rule: Act | None, rules: Sequence[Act], ties: Floats
    ) -> dict[int, Floats]:
        """The chances of each other noun to take no part in an act, to do it, to have it done to it.

        `ties` holds what the network sees between the word and each noun.
        """
        beside = [at for at, noun in enumerate(nouns) if noun != word]
        if not beside:
            return {}
        others = parts_elsewhere(rules, word)
        traits = [part_traits(self.grammar, word, nouns[at], rule, others) for at in beside]
        chances = self.typer.roles(ties[beside], traits)
        found = {}
        for noun, chance in zip((nouns[at] for at in beside), chances, strict=True):
            found[noun] = _trusting(chance, self._side_told(word, noun, rule), PART_TRUST)
            if is_thing(self.grammar, noun):
                found[noun] = _trusting(found[noun], 1, 0.0)
        return found

    def _sides(self, parts: Mapping[int, Floats]) -> tuple[list[int], list[int]]:
        """Who acts and to whom it is done, each noun on one side."""
        actors = self._side({noun: float(part[1]) for noun, part in parts.items() if part[1] >= part[2]})
        left = {noun: float(part[2]) for noun, part in parts.items() if noun not in actors}
        return actors, self._side(left)

    def _meeting(self, parts: Mapping[int, Floats]) -> list[int]:
        """Those who meet: whoever takes part on either side, and all with "with" and "between"."""
        return self._side({noun: float(part[1] + part[2]) for noun, part in parts.items()}, MEETING_FLOOR)

    def _side_told(self, word: int, noun: int, rule: Act | None) -> int | None:
        """The part that the rules give a noun; of a verb that they do not see, only who its subject is."""
        if rule is not None:
            return 1 if noun in rule.actors else 2 if noun in rule.recipients else 0
        is_subject = self.parsed.pos[word] == "VERB" and noun in self.grammar.arguments(word).subjects
        return 1 if is_subject else None

    def _side(self, chances: Mapping[int, float], floor: float = SURE_FLOOR) -> list[int]:
        """One side of an act: the likeliest noun with those coordinated with it, others only from a floor on."""
        if not chances or max(chances.values()) < PART_FLOOR:
            return []
        best = max(chances, key=lambda noun: chances[noun])
        chosen = [noun for noun in self._coordinated(best) if noun == best or chances.get(noun, 0.0) > LIST_FLOOR]
        for noun, chance in sorted(chances.items(), key=lambda item: -item[1]):
            if chance >= floor and noun not in chosen and not any(self._is_same(noun, other) for other in chosen):
                chosen.append(noun)
        return sorted(chosen)

    def _coordinated(self, noun: int) -> list[int]:
        """All nouns of the list that a noun stands in."""
        first = noun
        while self.parsed.dep[first] == "conj" and self.parsed.pos[self.parsed.head[first]] in _NAMING:
            first = self.parsed.head[first]
        found: list[int] = []
        queue = [first]
        while queue and len(found) < _LONGEST_LIST:
            at = queue.pop(0)
            found.append(self.grammar.content(at))
            queue += [child for child in self.parsed.children[at] if self.parsed.dep[child] == "conj"]
        return found if noun in found else [noun]

    def _is_same(self, noun: int, other: int) -> bool:
        """Whether one noun only explains or owns the other, or is its pronoun."""
        parsed = self.parsed
        if parsed.head[noun] == other or parsed.head[other] == noun:
            return parsed.dep[noun] != "conj" and parsed.dep[other] != "conj"
        return parsed.pos[noun] == "PRON"

    def _act(self, word: int, rule: Act | None, actors: list[int], recipients: list[int]) -> Act:
        if rule is not None:
            rule.actors, rule.recipients = actors, recipients
            return rule
        verbal = self.parsed.pos[word] in ("VERB", "AUX")
        verb = word if verbal else self.grammar.governor(word)
        return Act(
            trigger=word,
            verb=word if verb is None else verb,
            frame=plain_frame(EventType.CONSULT),
            type=EventType.CONSULT,
            mode=None,
            actors=actors,
            recipients=recipients,
            objects=list(self.grammar.arguments(word).objects) if verbal else [],
            named=not verbal,
        )

    def _mode(self, kind: EventType, chances: Floats, said: Said | None) -> str | None:
        """The rules' mode where their type stands, else the likeliest that the type has, or none."""
        if said is not None and said.type is kind and said.mode is not None:
            return said.mode
        own = [(float(chance), name) for chance, name in zip(chances, self.typer.modes, strict=True)]
        allowed = [(chance, name) for chance, name in own if not name or name in MODES.get(kind, ())]
        return max(allowed)[1] or None

    def _spot(self, token: int, low: int) -> Spot:
        return self.parsed.start[token] - low, self.parsed.end[token] - low

    def _spots(self, tokens: Iterable[int], low: int) -> tuple[Spot, ...]:
        return tuple(self._spot(token, low) for token in tokens)


def _floor(said: Said | None) -> float:
    """The chance from which on a word names an act; who counts the victims of an attack tells one."""
    if said is None:
        return FLOOR
    return COUNTED_FLOOR if said.counted and said.type is EventType.ASSAULT else RULED_FLOOR


def _kind(chances: Floats, said: Said | None, odds: float) -> Floats:
    """The chances of each type after the rules' word and what the rest of the article makes likely."""
    return _trusting(_trusting(chances, TYPES.index(said.type) if said else None, TRUST), NONE, 1 / odds)


def _trusting(chances: Floats, said: int | None, trust: float) -> Floats:
    """Chances after the rules' word for one of them."""
    if said is None:
        return chances
    raised = chances.copy()
    raised[said] *= trust
    found: Floats = raised / raised.sum()
    return found
