"""What the typer learns from: sentences with whatever each set labels in them, by characters.

A set labels what it labels: `None` anywhere means "not annotated here", never "nothing here". Texts of the benchmark
sets are read from their folder and never written anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path

from eval.harness import Line, read_jsonl
from eval.messages import sentences
from eval.real_events import coded_texts
from eval.schemes import ACLED, MUC_ROLES, MUC_TYPES, PAIR_ROOTS, POLICE, SIDES
from gold.events import CodedText, GoldEvent, GoldParty, load
from sayso.extract.events.roles import Roles
from sayso.extract.events.settling import settled_acts
from sayso.extract.events.traits import act_traits, act_words, part_traits, parts_elsewhere, party_words
from sayso.extract.grammar import Grammar
from sayso.extract.mentions import find_mentions
from sayso.model import MODES, EventType, Parsed, Span, Status

Spot = tuple[int, int]  # characters of the sentence, half-open

TYPES = tuple(EventType)
NONE = len(TYPES)  # the class of a word that names no act
MODE_NAMES = ("", *sorted({mode for modes in MODES.values() for mode in modes}))
STATUSES = tuple(Status)

TOKEN_HEADS = {"trigger": NONE + 1, "side": 2 * len(SIDES) + 1, "muc": 2 * len(MUC_ROLES) + 1}
SENTENCE_HEADS = {"penta": 5, "acled": len(ACLED), "police": len(POLICE), "incident": len(MUC_TYPES)}
ACT_HEADS = {"kind": NONE + 1, "mode": len(MODE_NAMES), "status": len(STATUSES), "root": len(PAIR_ROOTS)}
MANY = frozenset({"police", "incident"})  # sentence heads with several labels at once


@dataclass(slots=True)
class ActExample:
    """One act: its words, who takes part, and what each head should answer."""

    trigger: tuple[Spot, ...]
    actors: tuple[Spot, ...]
    recipients: tuple[Spot, ...]
    labels: dict[str, int]
    traits: tuple[str, ...] = ()
    rule_actors: tuple[Spot, ...] = ()
    rule_recipients: tuple[Spot, ...] = ()
    by_rule: bool = False


@dataclass(slots=True)
class PartExample:
    """A noun beside an act: its part is 0 none, 1 actor, 2 recipient."""

    trigger: Spot
    noun: Spot
    label: int
    traits: tuple[str, ...]


@dataclass(slots=True)
class Example:
    """One sentence with what is known about it."""

    text: str
    group: str  # sentences of one group are never on both sides of a split
    source: str  # name of the set
    tokens: dict[str, list[tuple[int, int, int]]] = field(default_factory=dict)  # head -> (start, end, class)
    sentence: dict[str, int | list[int]] = field(default_factory=dict)
    acts: list[ActExample] = field(default_factory=list)
    pairs: list[PartExample] = field(default_factory=list)


# --------------------------------------------------------------------------- the benchmark sets


def plover(bench: Path) -> Iterator[Example]:
    for row in read_jsonl(bench / "plover_codes" / "dev.jsonl"):
        act = ActExample((), _spots(row["source_spans"]), _spots(row["target_spans"]), {})
        act.labels["root"] = PAIR_ROOTS.index(row["root"])
        yield Example(row["text"], row["text"], "plover_codes", acts=[act])


def cameo(bench: Path) -> Iterator[Example]:
    for row in read_jsonl(bench / "cameo_svo" / "dev.jsonl"):
        found = Example(row["text"], row["text"], "cameo_svo")
        if row["penta"] is not None:
            found.sentence["penta"] = row["penta"]
        if row["spans"] is not None:
            places = list(_locate(row["text"], row["tokens"]))
            found.tokens["side"] = [
                (places[span["start"]][0], places[span["end"] - 1][1], SIDES.index(span["role"]))
                for span in row["spans"]
            ]
        yield found


def case21(bench: Path) -> Iterator[Example]:
    for row in read_jsonl(bench / "case21_types" / "dev.jsonl"):
        yield Example(row["text"], row["text"], "case21_types", sentence={"acled": ACLED.index(row["type"])})


def india(bench: Path) -> Iterator[Example]:
    for row in read_jsonl(bench / "india_police" / "dev.jsonl"):
        for sentence in row["sentences"]:
            labels = [int(label in sentence["labels"]) for label in POLICE]
            yield Example(sentence["text"], f"india {row['doc_id']}", "india_police", sentence={"police": labels})


def muc(path: Path) -> Iterator[Example]:
    """Sentences of the messages that have incidents; every place where a fill stands is labelled."""
    for row in read_jsonl(path):
        fills = [
            (mention, MUC_ROLES.index(role))
            for template in row["templates"]
            for role in MUC_ROLES
            for entity in template[role]
            for mention in entity
        ]
        for first, last in sentences(row["text"]):
            text = row["text"][first:last]
            spots = sorted({(*spot, role) for mention, role in fills for spot in _places(mention, text)})
            found = Example(text, f"muc {row['doc_id']}", "muc4", tokens={"muc": _longest(spots)})
            if spots or not row["templates"]:
                kinds = {template["type"].split(" / ")[0] for template in row["templates"]} if spots else set()
                if len(kinds) < 2:
                    found.sentence["incident"] = [int(kind in kinds) for kind in MUC_TYPES]
            yield found


def _spots(spans: Iterable[Iterable[int]]) -> tuple[Spot, ...]:
    return tuple((first, last) for first, last in spans)


def _locate(text: str, tokens: Iterable[str]) -> Iterator[Spot]:
    at = 0
    for token in tokens:
        start = text.find(token, at)
        if start < 0:
            yield (at, at)
            continue
        at = start + len(token)
        yield (start, at)


def _places(mention: str, text: str) -> Iterator[Spot]:
    words = r"\s+".join(map(re.escape, mention.split()))
    return (found.span() for found in re.finditer(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE))


def _longest(spots: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    kept: list[tuple[int, int, int]] = []
    for spot in sorted(spots, key=lambda spot: spot[0] - spot[1]):
        if all(spot[1] <= other[0] or other[1] <= spot[0] for other in kept):
            kept.append(spot)
    return sorted(kept)


# --------------------------------------------------------------------------- the project's own set


def own(part: str, line: Line) -> Iterator[Example]:
    """The gold set, sentence by sentence of the parser."""
    texts = load(part)
    for text, parsed in zip(texts, line.parse(text.article for text in texts), strict=True):
        yield from of_coded(text, parsed)


def real(bench: Path, line: Line) -> Iterator[Example]:
    """Real texts of the benchmarks that were coded by hand, sentence by sentence of the parser."""
    texts = coded_texts("train", bench)
    for text, parsed in zip(texts, line.parse(text.article for text in texts), strict=True):
        for found in of_coded(text, parsed):
            yield replace(found, group=f"real {text.id}", source="real")


def of_coded(text: CodedText, parsed: Parsed) -> Iterator[Example]:
    """One example for each sentence of a coded text."""
    grammar = Grammar(parsed)
    roles = Roles(grammar, find_mentions(parsed))
    for first, last in parsed.sents:
        yield _Sentence(text, grammar, roles, first, last).example()


class _Sentence:
    """One sentence of a coded text on its way to an example."""

    def __init__(self, text: CodedText, grammar: Grammar, roles: Roles, first: int, last: int) -> None:
        self.grammar, self.parsed, self.range = grammar, grammar.parsed, (first, last)
        self.low = self.parsed.start[first]
        high = self.parsed.end[last - 1]
        self.rules = {act.trigger: act for act in settled_acts(grammar, roles, first, last)}
        self.events = {
            self._head(event.trigger): event for event in text.events if self.low <= event.trigger.start < high
        }
        self.busy = {
            token
            for token in range(first, last)
            for event in self.events.values()
            if _inside(self.parsed, token, event.trigger)
        }
        self.found = Example(
            self.parsed.article.text[self.low : high], f"own {text.id}", "gold", tokens={"trigger": []}
        )

    def example(self) -> Example:
        for token, event in self.events.items():
            self._add_event(token, event)
        words = {*act_words(self.grammar, *self.range), *self.rules}
        for token in sorted(words - self.busy):
            self.found.acts.append(self._act(token, {"kind": NONE}, set(), set()))
        return self.found

    def _add_event(self, token: int, event: GoldEvent) -> None:
        actors, recipients = self._parties(event.actors), self._parties(event.recipients)
        labels = {
            "kind": TYPES.index(event.type),
            "mode": MODE_NAMES.index(event.mode or ""),
            "status": STATUSES.index(event.status),
        }
        self.found.tokens["trigger"].append((*self._spot(token), TYPES.index(event.type)))
        self.found.acts.append(self._act(token, labels, actors, recipients))
        others = parts_elsewhere(self.rules.values(), token)
        for noun in party_words(self.grammar, *self.range):
            if noun != token:
                label = 1 if noun in actors else 2 if noun in recipients else 0
                traits = part_traits(self.grammar, token, noun, self.rules.get(token), others)
                self.found.pairs.append(PartExample(self._spot(token), self._spot(noun), label, traits))

    def _act(self, token: int, labels: dict[str, int], actors: set[int], recipients: set[int]) -> ActExample:
        rule = self.rules.get(token)
        return ActExample(
            (self._spot(token),),
            tuple(map(self._spot, sorted(actors))),
            tuple(map(self._spot, sorted(recipients))),
            labels,
            act_traits(self.grammar, token, rule),
            tuple(map(self._spot, rule.actors)) if rule else (),
            tuple(map(self._spot, rule.recipients)) if rule else (),
            rule is not None,
        )

    def _parties(self, parties: Iterable[GoldParty]) -> set[int]:
        first, last = self.range
        inside = (party.span for party in parties if _near(self.parsed, party.span, self.range))
        return {self.grammar.content(head_of(self.parsed, span, first, last)) for span in inside}

    def _head(self, span: Span) -> int:
        return head_of(self.parsed, span, *self.range)

    def _spot(self, token: int) -> Spot:
        return self.parsed.start[token] - self.low, self.parsed.end[token] - self.low


def head_of(parsed: Parsed, span: Span, first: int, last: int) -> int:
    """The token of a span that all its others hang on."""
    inside = [token for token in range(first, last) if _inside(parsed, token, span)]
    for token in inside:
        if not span.start <= parsed.start[parsed.head[token]] < span.end or parsed.head[token] == token:
            return token
    return inside[0] if inside else first


def _inside(parsed: Parsed, token: int, span: Span) -> bool:
    return parsed.start[token] < span.end and span.start < parsed.end[token]


def _near(parsed: Parsed, span: Span, sentence: tuple[int, int]) -> bool:
    return parsed.start[sentence[0]] <= span.start < parsed.end[sentence[1] - 1]


# --------------------------------------------------------------------------- folds


def folds(examples: list[Example], count: int) -> list[int]:
    """The fold of each example: groups, and texts that share eight words in a row, stay together."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    owner: dict[str, str] = {}
    for example in examples:
        words = re.findall(r"\w+", example.text.lower())
        for at in range(max(1, len(words) - 7)):
            shingle = " ".join(words[at : at + 8])
            other = owner.setdefault(shingle, example.group)
            if other != example.group and len(words) >= 8:
                parent[root(other)] = root(example.group)
    return [
        int.from_bytes(blake2b(root(example.group).encode(), digest_size=4).digest()) % count for example in examples
    ]
