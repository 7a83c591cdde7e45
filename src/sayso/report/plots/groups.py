"""Types of events in six groups that a reader can tell apart by colour, and by shape where colour is lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.model import EventType


@dataclass(frozen=True, slots=True)
class Group:
    """Types drawn alike. Hollow signs stand for places known only to a province or country."""

    name: str
    types: tuple[EventType, ...]
    colour: str  # of Okabe and Ito's palette for all kinds of colour vision
    marker: str  # matplotlib's
    sign: str
    hollow: str
    letter: str  # where only ASCII can be written; small where hollow


_TYPE = EventType
GROUPS = (
    Group("violence", (_TYPE.ASSAULT,), "#D55E00", "o", "●", "○", "V"),
    Group("protest", (_TYPE.PROTEST,), "#E69F00", "^", "▲", "△", "P"),
    Group("coercion and sanctions", (_TYPE.COERCE, _TYPE.SANCTION), "#0072B2", "s", "■", "□", "C"),
    Group("mobilisation and threats", (_TYPE.MOBILIZE, _TYPE.THREATEN), "#CC79A7", "D", "◆", "◇", "M"),
    Group(
        "relief and retreat", (_TYPE.AID, _TYPE.RETREAT, _TYPE.CONCEDE, _TYPE.COOPERATE),
        "#009E73", "*", "★", "☆", "R",
    ),
    Group(
        "words and talks",
        (_TYPE.AGREE, _TYPE.CONSULT, _TYPE.SUPPORT, _TYPE.REQUEST, _TYPE.ACCUSE, _TYPE.REJECT),
        "#7A7A7A", "v", "▼", "▽", "W",
    ),
)  # fmt: skip
BY_NAME = {group.name: group for group in GROUPS}
_GROUP_OF = {type: group for group in GROUPS for type in group.types}


def group_of(type: EventType) -> Group:
    """The group a type of event is drawn in."""
    return _GROUP_OF[type]


def sign_of(group: Group, hollow: bool, unicode: bool) -> str:
    """One character for an event of a group."""
    if unicode:
        return group.hollow if hollow else group.sign
    return group.letter.lower() if hollow else group.letter


def in_use(names: Iterable[str]) -> tuple[Group, ...]:
    """The groups with these names, in their order: what a legend has to explain."""
    held = set(names)
    return tuple(group for group in GROUPS if group.name in held)
