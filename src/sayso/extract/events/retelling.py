"""How each act of an article is told: by a verb or a noun, as known or as another, when, where and by whom.

What `sameness` compares is read here, once an act.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sayso.extract.events.sides import Parties, Party, tokens_of
from sayso.extract.grammar import Grammar
from sayso.knowledge import rows, table
from sayso.model import EventDraft, EventType, Mention, Span, Timex

HELD = frozenset({"abduct", "torture", "sexual"})  # modes of deeds of their own, whatever they went with
_POINTING = frozenset({"the", "this", "that", "these", "those", "such"})
_NEW = frozenset({"a", "an", "another", "no", "any", "some", "each", "every"})
_OBJECT = frozenset({"dobj", "nsubjpass", "obj"})
_STEM = 5  # letters that words of one stem share
_DURING = frozenset({"in", "during", "by", "from"})
_SPANNING = frozenset({"since", "until", "till", "by", "before", "after", "from", "for", "through"})
_NAMING = frozenset({"NOUN", "PROPN"})
_PLURAL = frozenset({"NNS", "NNPS"})
_ITEM = re.compile(r"\s*(?:[-*•–—·▪]\s|\d{1,2}[.)/]\s|\(\d{1,2}\)\s)")
_WEEKDAY = re.compile(r"XXXX-WXX-(\d)")
_DAY = re.compile(r"(\d{4}|XXXX)-(\d\d-\d\d)")
_REF_DAY = re.compile(r"REF([+-]\d+)D")
_LAST = re.compile(r"LAST([+-][1-9]\d*)")
_COARSE = re.compile(r"\d{4}(?:-(?:\d\d|[A-Z]\w))?$|XXXX-(?:\d\d|[A-Z]\w)(?![-\w])|REF[+-]\d+[MY]")


@dataclass(frozen=True, slots=True)
class Words:
    """The compiled `sameness.toml`."""

    names: Mapping[EventType, frozenset[str]]
    families: Mapping[str, frozenset[str]]  # lemma to the families it is of
    outcome: frozenset[str]
    other_nouns: frozenset[str]
    other_verbs: frozenset[str]
    opener: re.Pattern[str]


@lru_cache(maxsize=1)
def words() -> Words:
    """What the table says, by lemma."""
    data = table("sameness.toml")
    families: dict[str, set[str]] = {}
    for family, members in data["alike"].items():
        for lemma in members.split() if isinstance(members, str) else ():
            families.setdefault(lemma, set()).add(family)
    other = data["other"]
    return Words(
        names={EventType(name): frozenset(row.split()) for name, row in data["names"].items() if name != "examples"},
        families={lemma: frozenset(found) for lemma, found in families.items()},
        outcome=frozenset(data["outcome"]["words"].split()),
        other_nouns=frozenset(other["noun"].split()),
        other_verbs=frozenset(other["verb"].split()),
        opener=re.compile(rf"\W*(?:but |and |then )?(?:{other['openers']})\b", re.IGNORECASE),
    )


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """Names of countries in small letters."""
    names = {row[1] for row in rows("country_codes.tsv") if len(row) > 1}
    names |= {name for row in rows("countries.tsv") if len(row) > 3 for name in row[3].split("|") if name}
    return frozenset(name.casefold() for name in names)


def families_of(lemma: str) -> frozenset[str]:
    """The families of a word: of "storming" those of "storm"."""
    known = words().families
    forms = (lemma, lemma.removesuffix("ing"), lemma.removesuffix("ing") + "e")
    return next((known[form] for form in forms if form in known), frozenset())


@dataclass(frozen=True, slots=True)
class When:
    """A day, or a longer time, as far as the words tell: two of one kind can be compared."""

    kind: str  # weekday, day, ref, last, coarse
    key: str

    def bars(self, other: When) -> bool:
        """Whether the two cannot be one time."""
        if "last" in (self.kind, other.kind):
            return self != other
        if self.kind == other.kind:
            one, two = sorted((self.key, other.key), key=len)
            return not two.endswith(one) if self.kind == "day" else not two.startswith(one)
        return "coarse" in (self.kind, other.kind)


def read_when(value: str) -> When | None:
    """The day that a time value names; None for lengths, rates and "recently"."""
    if found := _WEEKDAY.match(value):
        return When("weekday", found[1])
    if found := _DAY.match(value):
        return When("day", found[2] if found[1] == "XXXX" else f"{found[1]}-{found[2]}")
    if found := _REF_DAY.match(value):
        return When("ref", str(int(found[1])))
    if found := _LAST.match(value):
        return When("last", value)
    if _COARSE.match(value):
        return When("coarse", value.rstrip("<>="))
    return None


@dataclass(frozen=True, slots=True)
class Telling:
    """One act as one place of the article tells it."""

    draft: EventDraft
    token: int  # the trigger's head
    sentence: int
    item: int  # number of the list item it stands in, 0 outside lists
    title: bool
    lemmas: frozenset[str]
    families: frozenset[str]
    nominal: bool
    points: frozenset[str]  # lemmas by which it points back: "the attack", "killed in the clash"
    new: bool  # "an attack"
    plural: bool
    other: bool  # "a second blast", "In a separate incident"
    outcome: bool  # harm that another act did: "killing nine", "the blast wrecked a bus"
    total: bool  # it counts over a time: "killed since Monday"
    owners: tuple[Party, ...]  # of a noun, who may have done or suffered it: "his arrest"
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    objects: frozenset[str]  # lemmas of what it is done to or with
    when: When | None
    where: frozenset[int]  # groups of places
    wide: bool  # the place is a country

    @property
    def type(self) -> EventType:
        return self.draft.type

    def alike(self, other: Telling) -> bool:
        """Whether the words of both may name one kind of act."""
        return bool(self.families & other.families) or _akin(self.lemmas, other.lemmas)

    def is_pointed_at(self, other: Telling) -> bool:
        """Whether the noun by which the other points back may name this act."""
        return any(self.families & families_of(lemma) for lemma in other.points) or _akin(self.lemmas, other.points)


def _akin(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether two sets share a word or its stem: "shelled" and "shelling"."""
    pairs = ((left, right) for left in one for right in two)
    return any(left == right or (len(left) >= _STEM and left[:_STEM] == right[:_STEM]) for left, right in pairs)


class Reader:
    """Reads the acts of one article."""

    def __init__(self, grammar: Grammar, mentions: Sequence[Mention], timexes: Sequence[Timex]) -> None:
        self.grammar, self.parsed = grammar, grammar.parsed
        self._parties = Parties(self.parsed, mentions)
        self._places = self._by_sentence((mention.head, mention) for mention in mentions if mention.kind == "place")
        dated = ((timex.token, (timex.span, when)) for timex in timexes if (when := self._day(timex)))
        self._times = self._by_sentence(dated)
        self._openers: dict[int, tuple[bool, int]] = {}

    def read(self, draft: EventDraft) -> Telling | None:
        """How an act is told; None where its trigger is no word of the parse."""
        tokens = tokens_of(self.parsed, draft.trigger)
        if not tokens:
            return None
        token = self._head(tokens)
        parsed, known = self.parsed, words()
        lemmas = frozenset(
            self.grammar.lemma[at] for at in tokens if parsed.pos[at] not in ("ADP", "DET", "PART", "PUNCT")
        )
        if {"set", "fire"} <= lemmas:
            lemmas = frozenset({"burn"})  # no shots
        nominal = parsed.pos[token] in _NAMING
        pointer = None if nominal or draft.mode in HELD else self._pointer(token)
        named = token if nominal else pointer
        if pointer is not None:
            lemmas |= {self.grammar.lemma[pointer]}
        owners = [span for span in (*draft.actors, *draft.recipients) if nominal and self._owns(span, token)]
        places = self._where(draft, token)
        opened, item = self._opening(parsed.sent[token])
        return Telling(
            draft=draft,
            token=token,
            sentence=parsed.sent[token],
            item=item,
            title=draft.trigger.start < parsed.article.body,
            lemmas=lemmas,
            families=frozenset().union(*map(families_of, lemmas)),
            nominal=nominal,
            points=frozenset({self.grammar.lemma[named]})
            if named is not None and self._is_definite(named)
            else frozenset(),
            new=nominal and bool(self._determiners(token) & _NEW),
            plural=parsed.tag[token] in _PLURAL,
            other=opened or self._is_other(token, nominal) or (pointer is not None and self._is_other(pointer, True)),
            outcome=draft.type is EventType.ASSAULT
            and (pointer is not None or self.grammar.lemma[token] in known.outcome),
            total=self._is_total(draft, token),
            owners=self._parties.read(owners),
            actors=self._parties.read(span for span in draft.actors if span not in owners),
            recipients=self._parties.read(span for span in draft.recipients if span not in owners),
            objects=self._objects(token),
            when=self._when(draft, token),
            where=frozenset(place.group for place in places),
            wide=any(self.parsed.article.quote(place.span).casefold() in countries() for place in places),
        )

    def _determiners(self, noun: int) -> set[str]:
        parsed = self.parsed
        return {parsed.text[kid].lower() for kid in parsed.children[noun] if parsed.dep[kid] in ("det", "amod")}

    def _is_definite(self, noun: int) -> bool:
        owned = any(self.parsed.dep[kid] == "poss" for kid in self.parsed.children[noun])
        return owned or bool(self._determiners(noun) & _POINTING)

    def _owns(self, span: Span, noun: int) -> bool:
        return any(
            self.parsed.dep[at] == "poss" and self.parsed.head[at] == noun for at in tokens_of(self.parsed, span)
        )

    def _pointer(self, verb: int) -> int | None:
        """The known act that a verb tells the harm of: "the blast wrecked a bus", "were killed in the clash"."""
        parsed = self.parsed
        for kid in parsed.children[verb]:
            if parsed.dep[kid] in ("nsubj", "nsubjpass") and self._names_act(kid):
                return kid
            if parsed.dep[kid] in ("prep", "agent") and parsed.text[kid].lower() in _DURING:
                found = next((inner for inner in parsed.children[kid] if self._names_act(inner)), None)
                if found is not None:
                    return found
        return None

    def _names_act(self, noun: int) -> bool:
        lemma = self.grammar.lemma[noun]
        known = lemma in words().names[EventType.ASSAULT] or families_of(lemma)
        return self.parsed.pos[noun] == "NOUN" and bool(known) and self._is_definite(noun)

    def _by_sentence(self, found: Iterable[tuple[int, object]]) -> dict[int, list[object]]:
        grouped: dict[int, list[object]] = {}
        for token, what in found:
            if token < len(self.parsed):
                grouped.setdefault(self.parsed.sent[token], []).append(what)
        return grouped

    def _head(self, tokens: range) -> int:
        return next(
            (at for at in tokens if self.parsed.head[at] not in tokens or self.parsed.head[at] == at), tokens[0]
        )

    def _is_other(self, token: int, nominal: bool) -> bool:
        """Whether the words beside an act say that it is another."""
        lemma, table = self.grammar.lemma, words()
        kids = self.parsed.children[token]
        if nominal:
            return any(lemma[kid] in table.other_nouns and kid < token for kid in kids)
        return any(lemma[kid] in table.other_verbs and self.parsed.dep[kid] == "advmod" for kid in kids)

    def _is_total(self, draft: EventDraft, token: int) -> bool:
        """Whether it counts over a time: "have been killed since Monday"."""
        beside = {self.parsed.text[kid].lower() for kid in self.parsed.children[token]}
        start = tokens_of(self.parsed, draft.time).start if draft.time else 0
        return "since" in beside or (start > 0 and self.parsed.text[start - 1].lower() == "since")

    def _opening(self, sentence: int) -> tuple[bool, int]:
        """Whether a sentence opens as another story, and the item of a list that it begins or goes on with."""
        if sentence not in self._openers:
            first, last = self.parsed.sents[sentence]
            text = self.parsed.article.text
            line = text.rfind("\n", 0, self.parsed.start[first]) + 1
            opened = bool(words().opener.match(text, self.parsed.start[first], self.parsed.end[last - 1]))
            listed = line + 1 if _ITEM.match(text, line, line + 12) else 0
            self._openers[sentence] = opened, listed
        return self._openers[sentence]

    def _objects(self, token: int) -> frozenset[str]:
        """Lemmas of what an act is done to: objects, subjects of the passive, "of" after a noun."""
        parsed, lemma = self.parsed, self.grammar.lemma
        found = {
            lemma[kid] for kid in parsed.children[token] if parsed.dep[kid] in _OBJECT and parsed.pos[kid] != "PRON"
        }
        if parsed.pos[token] in _NAMING:
            for kid in parsed.children[token]:
                if parsed.dep[kid] == "prep" and lemma[kid] in ("of", "on", "against"):
                    found |= {lemma[inner] for inner in parsed.children[kid] if parsed.dep[inner] == "pobj"}
        return frozenset(found)

    def _when(self, draft: EventDraft, token: int) -> When | None:
        """The day of an act: the one of its own words, else its sentence's only one."""
        near: list[tuple[Span, When]] = self._times.get(self.parsed.sent[token], [])  # type: ignore[assignment]
        if draft.time is not None:
            return next((when for span, when in near if span.overlaps(draft.time)), None)
        return near[0][1] if len({when for _, when in near}) == 1 else None

    def _where(self, draft: EventDraft, token: int) -> list[Mention]:
        """The places of an act: its own, else its sentence's only one."""
        near: list[Mention] = self._places.get(self.parsed.sent[token], [])  # type: ignore[assignment]
        if draft.place is not None:
            return [mention for mention in near if mention.span.overlaps(draft.place)]
        taken = (*draft.actors, *draft.recipients)
        free = [place for place in near if not any(place.span.overlaps(span) for span in taken)]
        return free if len({place.group for place in free}) == 1 else []

    def _day(self, timex: Timex) -> When | None:
        """The day of a time expression, if it tells one at which something may have been: not "since Monday"."""
        before = self.parsed.text[timex.token - 1].lower() if timex.token else ""
        return read_when(timex.value) if timex.type in ("DATE", "TIME") and before not in _SPANNING else None
