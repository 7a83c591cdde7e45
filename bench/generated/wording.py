"""Templates and how they are filled: words beside marks of who, where, when, how many and who says so."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from bench.generated.dice import Dice

_PART = re.compile(r"\[([^\[\]]*)\]|\{([^{}]+)\}|([^{}\[\]]+)")


class Slot(NamedTuple):
    name: str


class Choice(NamedTuple):
    options: tuple[tuple[Part, ...], ...]


class Wordings(NamedTuple):
    """A choice of plain words: most are, and they are quicker to make."""

    options: tuple[str, ...]


class Trigger(NamedTuple):
    """Words that tell an event; no code: that of the happening. `actors` and `recipients` name slots."""

    words: str
    code: str | None
    actors: str
    recipients: str


class Cue(NamedTuple):
    words: str


class Bound(NamedTuple):
    """Where the content of a claim begins or ends."""

    opens: bool


Part = str | Slot | Choice | Wordings | Trigger | Cue | Bound


class Mark(NamedTuple):
    """What some characters of a sentence stand for."""

    role: str  # the slot
    start: int
    end: int
    value: Any


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    parts: tuple[Part, ...]
    needs: frozenset[str]  # counts without which it cannot be filled
    group: str = ""  # "histories" tell what happened years ago, "background" what has little to do with it


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A kind of happening."""

    name: str
    code: str
    weight: float
    scenes: frozenset[str]
    sides: tuple[tuple[str, str], ...]
    harms: Mapping[str, int]
    titles: tuple[Template, ...]
    leads: tuple[Template, ...]
    details: tuple[Template, ...]


class Scene(Protocol):
    def slot(self, name: str, facts: Dice, wording: Dice) -> tuple[str, str, Any]:
        """Words before, the words, and what they stand for (None: nothing that is coded)."""


COUNTS = {"K": "killed", "k": "killed", "I": "injured", "R": "arrested", "M": "displaced", "X": "abducted"}


def fill(template: Template, scene: Scene, facts: Dice, wording: Dice) -> tuple[str, list[Mark]]:
    """The sentence and its marks; `facts` decide what is named, `wording` in which words."""
    parts: list[str] = []
    marks: list[Mark] = []
    _fill(template.parts, scene, facts, wording, parts, marks, 0)
    text = "".join(parts)
    return text[:1].upper() + text[1:], marks


def _fill(
    ops: Sequence[Part], scene: Scene, facts: Dice, wording: Dice, parts: list[str], marks: list[Mark], at: int
) -> int:
    for op in ops:
        kind = op.__class__
        if kind is str:
            parts.append(op)
            at += len(op)
        elif kind is Slot:
            before, words, value = scene.slot(op[0], facts, wording)
            at += len(before)
            end = at + len(words)
            if value is not None:
                marks.append(Mark(op[0], at, end, value))
            parts += (before, words)
            at = end
        elif kind is Wordings:
            words = wording.pick(op[0])
            parts.append(words)
            at += len(words)
        elif kind is Choice:
            at = _fill(wording.pick(op[0]), scene, facts, wording, parts, marks, at)
        elif kind is Bound:
            marks.append(Mark("<" if op.opens else ">", at, at, None))
        else:
            marks.append(Mark("!" if kind is Trigger else "~", at, at + len(op.words), op))
            parts.append(op.words)
            at += len(op.words)
    return at


def compile_template(written: str, group: str = "") -> Template:
    ops = tuple(_parse(written.replace("{PC}", ", {C}")))
    needs = frozenset(COUNTS[op.name] for op in _walk(ops) if isinstance(op, Slot) and op.name in COUNTS)
    return Template(ops, needs, group)


def _walk(ops: Sequence[Part]) -> Iterator[Part]:
    for op in ops:
        yield op
        if isinstance(op, Choice):
            for option in op.options:
                yield from _walk(option)


def _parse(written: str) -> Iterator[Part]:
    """The parts of a template; a choice may hold slots but no choice."""
    for choice, slot, words in _PART.findall(written):
        if words:
            yield words
        elif slot:
            yield _slot(slot)
        else:
            yield _choice(choice.split("|"))


def _choice(options: Sequence[str]) -> Choice | Wordings:
    if any("{" in option for option in options):
        return Choice(tuple(tuple(_parse(option)) for option in options))
    return Wordings(tuple(options))


def _slot(words: str) -> Part:
    if words in "<>":
        return Bound(words == "<")
    if words[0] == "~":
        return Cue(words[1:])
    if words[0] == "!":
        told, _, code = words[1:].partition("=")
        code, _, sides = code.partition(":")
        actors, _, recipients = (sides or "A>B").partition(">")
        return Trigger(told, code or None, actors, recipients)
    return Slot(words)


@cache
def written() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("wordings.toml").read_text("utf-8"))


@cache
def kinds() -> tuple[Kind, ...]:
    return tuple(
        Kind(
            row["name"], row["code"], row["weight"], frozenset(row["scenes"]),
            tuple((one, two) for one, two in row["sides"]), row["harms"],
            *(tuple(map(compile_template, row[part])) for part in ("titles", "leads", "details")),
        )
        for row in written()["kind"]
    )  # fmt: skip


@cache
def pieces(name: str) -> tuple[Template, ...]:
    """Sentences that any report may add."""
    return tuple(compile_template(line, group=name) for line in written()["pieces"][name])


@cache
def background() -> tuple[Template, ...]:
    """Every sentence that an opening, a middle and a closing make."""
    parts = written()["background"]
    return tuple(
        compile_template(f"{opening}{middle}{closing}.", group="background")
        for opening in parts["openings"]
        for middle in parts["middles"]
        for closing in parts["closings"]
    )
