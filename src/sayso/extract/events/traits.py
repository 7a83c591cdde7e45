"""What grammar tells of a word that may name an act, and of a noun beside it: the traits the typer reads.

Traits are short strings such as `lemma=shell` or `path=nsubj`; the typer hashes them. They say what the rules think
(`rule=ASSAULT`), so that the network can trust the rules where these are right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from zlib import crc32

from sayso.extract.events.actwords import codes_of
from sayso.extract.events.match import Act
from sayso.extract.events.status import named_status, verb_status
from sayso.extract.grammar import Arguments, Grammar
from sayso.model import Parsed, Status

_VERBAL = ("VERB", "AUX")
_LONGEST = 5  # steps of a path between two words that are still told
_NEAR = (1, 2, 4, 8, 16)


def act_traits(grammar: Grammar, token: int, act: Act | None) -> tuple[str, ...]:
    """Traits of a word as the name of an act; `act` is what the rules made of it."""
    parsed, head = grammar.parsed, grammar.parsed.head[token]
    lemma, verbal = grammar.lemma[token], grammar.parsed.pos[token] in _VERBAL
    status = plain_status(grammar, token)
    found = [
        f"lemma={lemma}", f"tag={parsed.tag[token]}", f"dep={parsed.dep[token]}", f"status={status}",
        f"dep={parsed.dep[token]} under={grammar.lemma[head]}" if head != token else "root",
        f"{parsed.dep[token]} {parsed.tag[token]}",
    ]  # fmt: skip
    if act is None:
        found.append("rule=none")
    else:
        found += [f"rule={act.type}", f"rule={act.type} mode={act.mode}", f"rulestatus={act.status}"]
        found.append(f"rule={act.type} lemma={lemma}")
    found += _lexical(grammar, token)
    args = grammar.arguments(token) if verbal else None
    if args is not None:
        found += [f"subject={_kind(grammar, word)}" for word in args.subjects]
        found += [f"object={_kind(grammar, word)}" for word in args.objects]
        found += [f"{lemma} object={grammar.lemma[word]}" for word in args.objects]
        found += [f"prep={name}" for name, _ in args.preps]
        found += [f"{lemma} prep={name}" for name, _ in args.preps]
        found += [f"comp={grammar.lemma[word]}" for word in args.complements]
    else:
        found += [f"prep={name}" for name, _ in grammar.noun_preps(token)]
        found += [f"mod={_kind(grammar, word)}" for word in grammar.modifiers(token)]
    for child in parsed.children[token]:
        if parsed.dep[child] in ("aux", "auxpass", "neg", "prt", "mark", "det"):
            found.append(f"{parsed.dep[child]}={grammar.lemma[child]}")
    return tuple(dict.fromkeys(found))


def _lexical(grammar: Grammar, token: int) -> list[str]:
    """What the lexicon says a word or the phrase that it begins may tell."""
    codes, phrase = codes_of(grammar, token, grammar.parsed.sents[grammar.parsed.sent[token]][1])
    if not codes:
        return ["word=none"]
    kinds = list(dict.fromkeys(code.partition("/")[0] for code in codes))
    found = [f"word={kind}" for kind in kinds] + [f"wordmode={code}" for code in codes]
    found.append(f"first word={kinds[0]} phrase={phrase} only={len(kinds) == 1}")
    return found


def plain_status(grammar: Grammar, token: int) -> Status:
    """The status that tense, mood and company give a word, whatever it names."""
    if grammar.parsed.pos[token] in _VERBAL:
        return verb_status(grammar, token)
    return named_status(grammar, token, None, False)


def part_traits(
    grammar: Grammar, trigger: int, noun: int, act: Act | None, others: Mapping[int, str]
) -> tuple[str, ...]:
    """Traits of a noun as one that takes part in the act a word names; `others` is its part in other acts."""
    parsed = grammar.parsed
    way = path(parsed, trigger, noun)
    found = [
        f"path={way}", f"path={way} tag={parsed.tag[trigger]}", f"lemma={grammar.lemma[trigger]} path={way}",
        f"kind={_kind(grammar, noun)}", f"noun={grammar.lemma[noun]}", f"pos={parsed.pos[noun]}",
        f"gap={_gap(noun - trigger)}", f"rule={act.type if act else 'none'}",
        f"nounhead={grammar.lemma[parsed.head[noun]]} {parsed.dep[noun]}",
    ]  # fmt: skip
    found += [f"arg={name}" for name in _seats(grammar, trigger).get(noun, ("none",))]
    if act is not None:
        part = "actor" if noun in act.actors else "recipient" if noun in act.recipients else "none"
        found += [f"rulepart={part}", f"rulepart={part} {act.type}"]
    if noun in others:
        found.append(f"elsewhere={others[noun]}")
    if any(parsed.dep[child] in ("auxpass", "nsubjpass") for child in parsed.children[trigger]):
        found += ["passive", f"passive path={way}"]
    return tuple(dict.fromkeys(found))


def parts_elsewhere(acts: Iterable[Act], trigger: int) -> dict[int, str]:
    """What part nouns take in the acts that the rules see beside a trigger's."""
    found: dict[int, str] = {}
    for act in acts:
        if act.trigger != trigger:
            found |= dict.fromkeys(act.recipients, f"recipient {act.type}")
            found |= dict.fromkeys(act.actors, f"actor {act.type}")
    return found


@lru_cache(maxsize=1)  # asked for each noun beside one trigger in turn
def _seats(grammar: Grammar, trigger: int) -> Mapping[int, list[str]]:
    """Where the words around a trigger stand: its subject, its object, after "in"."""
    found: dict[int, list[str]] = defaultdict(list)
    for name, token in _places(grammar, trigger):
        found[token].append(name)
    return dict(found)


def _places(grammar: Grammar, trigger: int) -> Iterator[tuple[str, int]]:
    if grammar.parsed.pos[trigger] in _VERBAL:
        args = grammar.arguments(trigger)
        yield from _sides(args, "")
        yield from (("dative", token) for token in args.datives)
        yield from ((f"prep:{name}", token) for name, token in args.preps)
        for clause in args.complements:
            yield from _sides(grammar.arguments(clause), "inner:")
        return
    yield from ((f"noun:{name}", token) for name, token in grammar.noun_preps(trigger))
    yield from (("modifier", token) for token in grammar.modifiers(trigger))
    governor = grammar.governor(trigger)
    if governor is not None:
        args = grammar.arguments(governor)
        yield from _sides(args, "above:")
        yield from ((f"above:{name}", token) for name, token in args.preps)


def _sides(args: Arguments, where: str) -> Iterator[tuple[str, int]]:
    yield from ((f"{where}subject", token) for token in args.subjects)
    yield from ((f"{where}object", token) for token in args.objects)


def _kind(grammar: Grammar, token: int) -> str:
    parsed = grammar.parsed
    return parsed.ent[token] or (parsed.pos[token] if parsed.pos[token] in ("PROPN", "PRON") else grammar.lemma[token])


def _gap(distance: int) -> str:
    size = next((limit for limit in _NEAR if abs(distance) <= limit), 99)
    return f"{'-' if distance < 0 else '+'}{size}"


def path(parsed: Parsed, trigger: int, noun: int) -> str:
    """The way from a trigger to a noun: labels up to what both hang on, then down; "far" beyond five steps."""
    up = _ancestors(parsed, trigger)
    down = _ancestors(parsed, noun)
    meeting = next((token for token in up if token in down), None)
    if meeting is None:
        return "far"
    rise, fall = up.index(meeting), down.index(meeting)
    if rise + fall > _LONGEST:
        return "far"
    steps = [f"^{parsed.dep[token]}" for token in up[:rise]]
    return " ".join(steps + [_step(parsed, token) for token in reversed(down[:fall])])


def _step(parsed: Parsed, token: int) -> str:
    return parsed.lemma[token].lower() if parsed.dep[token] in ("prep", "agent") else parsed.dep[token]


def _ancestors(parsed: Parsed, token: int) -> list[int]:
    found = [token]
    while parsed.head[token] != token and len(found) <= _LONGEST + 1:
        token = parsed.head[token]
        found.append(token)
    return found


# --------------------------------------------------------------------------- candidates and hashing

HASHES = 8192  # rows of the tables that traits are hashed into
_SKIPPED_NOUNS = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "ORDINAL", "QUANTITY"})
_NAMES = frozenset({"NORP", "GPE", "ORG", "PERSON"})
_NOUN_LIKE = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
_PART_OF_NAME = frozenset({"compound", "nmod", "amod", "nummod"})
_SUBJECTS_AND_OBJECTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj"})
_NOT_ACTS = frozenset({"be", "have", "do", "say", "tell", "add"})


def act_words(grammar: Grammar, first: int, last: int) -> list[int]:
    """The words of a sentence that may name an act: verbs and nouns that are no name of somebody."""
    parsed = grammar.parsed
    return [
        token
        for token in range(first, last)
        if (parsed.pos[token] == "VERB" and grammar.lemma[token] not in _NOT_ACTS)
        or (parsed.pos[token] == "NOUN" and parsed.ent[token] not in _SKIPPED_NOUNS)
    ]


def party_words(grammar: Grammar, first: int, last: int) -> list[int]:
    """The words of a sentence that may head an actor or recipient: of "dozens of soldiers" the soldiers."""
    parsed = grammar.parsed
    found = []
    for token in range(first, last):
        pos, label = parsed.pos[token], parsed.ent[token]
        if pos not in _NOUN_LIKE or label in _SKIPPED_NOUNS or grammar.content(token) != token:
            continue
        if pos in ("NOUN", "PROPN", "ADJ") and parsed.dep[token] in _PART_OF_NAME:
            starts = label in _NAMES and (
                token + 1 >= last or parsed.ent[token + 1] != label or parsed.ent_start[token + 1]
            )
            if not starts:
                continue  # inside a name, or an adjective that names nobody
        elif pos == "ADJ" or (pos == "NUM" and parsed.dep[token] not in _SUBJECTS_AND_OBJECTS):
            continue
        found.append(token)
    return found


def hashed(traits: Sequence[str]) -> list[int]:
    """The table rows of some traits, the same on every machine."""
    return list(map(_row, traits))


@lru_cache(maxsize=65_536)
def _row(trait: str) -> int:
    return crc32(trait.encode("utf-8", "surrogatepass")) % HASHES
