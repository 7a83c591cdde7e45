"""Who holds what of one matter, and how it stands: agreed on, contested, on one origin's word alone.

A voice is a cited source, or an outlet in its own voice, where the outlets of one origin are one voice. Copies fold
into their origin, so they never add one. Two positions are contested only where two voices stand against one another
with all that each of them says of the matter: who gives both figures disputes neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sayso.model import Claim, Event, Label, Span, Toll
from sayso.report.archive import depth, own_voice
from sayso.report.claims import Desk
from sayso.report.identity import PRONOUNS, Who, cited
from sayso.report.sayings import UNKNOWN, independent
from sayso.text import fold


class Standing(StrEnum):
    """How a position stands."""

    UNDISPUTED = "undisputed"  # two or more independent origins tell it, and nobody tells it otherwise
    CONTESTED = "contested"  # others hold what excludes it
    DIFFERS = "differs"  # others tell it otherwise, and both may be true
    SINGLE = "single-source"  # one origin alone
    SUPERSEDED = "superseded"  # a figure that has grown since, or that counts a part
    WITHDRAWN = "withdrawn"  # called back or denied
    UNKNOWN = "unknown"  # nobody tells it


LIVE = frozenset({Standing.UNDISPUTED, Standing.CONTESTED, Standing.DIFFERS, Standing.SINGLE})


@dataclass(frozen=True, slots=True)
class Holder:
    """One report that holds a position."""

    voice: str  # the cited source's key, else the outlet's origin
    name: str  # of the voice, as people know it
    own: bool  # the outlet says it itself
    origin: str  # folded name of the independent origin
    outlet: str
    published: str | None
    says: str  # the whole chain in a line
    evidence: Span
    who: Who | None = None

    @property
    def article(self) -> str:
        return self.evidence.article


@dataclass(frozen=True, slots=True)
class Position:
    """What is held of a matter, by whom, and against whom."""

    says: str
    holders: tuple[Holder, ...]
    standing: Standing = Standing.SINGLE
    against: tuple[str, ...] = ()  # "Meridian Wire: 12 to 15"
    note: str = ""
    value: object = None  # what positions are compared by
    denies: bool = False  # it stands against another position and gives none of its own

    @property
    def origins(self) -> frozenset[str]:
        """The independent origins behind it, no unknown one beside a known."""
        names = {holder.origin for holder in self.holders}
        return frozenset({name for name in names if not name.startswith(UNKNOWN)} or names)

    @property
    def only_source(self) -> str | None:
        """The one cited source on whose word all of its origins give it; None where they have several, or their own."""
        voices = {holder.voice for holder in self.holders}
        cited_all = not any(holder.own for holder in self.holders)
        return self.holders[0].name if len(voices) == 1 and cited_all and len(self.origins) > 1 else None


Excludes = Callable[[Position, Position], bool]


def holder(desk: Desk, told: Event | Toll | Label, evidence: Span) -> Holder | None:
    """Who holds what a record tells; None where nobody asserts it: it is denied, doubted, asked or not said."""
    archive = desk.archive
    outlet, published = archive.outlet(evidence.article), archive.article(evidence.article).published
    (origin,) = independent(archive, [evidence.article])
    if own_voice(archive, told):
        voice, name = f"origin {origin}", outlet
        return Holder(voice, name, True, origin, outlet, published, f"{outlet} (own voice)", evidence)
    claim = max(archive.held(told.claims), key=lambda one: (depth(one), one.id))
    if claim.stance != "asserts" or claim.negation is not None:
        return None
    who = replace(speaker(desk, claim), evidence=evidence)
    if fold(who.name) == fold(outlet):  # "this newspaper has learnt"
        return replace(who, voice=f"origin {origin}", own=True, who=None)
    return who


def _named(desk: Desk, claim: Claim) -> Who | None:
    """The source furthest down a chain that is more than a pronoun; of pronouns alone the nearest."""
    who = desk.sayings.who(claim)
    known = [
        one for one, link in zip(who, cited(claim), strict=True) if fold(desk.archive.source(link)) not in PRONOUNS
    ]
    return known[-1] if known else who[0] if who else None


def speaker(desk: Desk, claim: Claim) -> Holder:
    """Who makes a claim, in which report, whatever the stance."""
    span = claim.content[0]
    outlet, published = desk.archive.outlet(span.article), desk.archive.article(span.article).published
    (origin,) = independent(desk.archive, [span.article])
    says = f"{outlet} ← {desk.archive.chain(claim)}"
    source = _named(desk, claim)
    if source is None:
        return Holder(f"origin {origin}", outlet, True, origin, outlet, published, says, span)
    name = desk.sayings.sources.label(source)
    if fold(name.split(" (")[0]) in PRONOUNS:
        name = f"somebody cited by {outlet}"
    return Holder(source.key, name, False, origin, outlet, published, says, span, source)


def gather(found: Iterable[tuple[str, object, Holder | None]]) -> list[Position]:
    """Positions out of (words, what they are compared by, holder), most origins first; the same by that is one."""
    held: dict[object, tuple[list[str], list[Holder]]] = {}
    for words, value, who in found:
        if who is not None:
            names, holders = held.setdefault(value, ([], []))
            names.append(words)
            holders.append(who)
    made = [
        Position(min(set(names), key=lambda name: (-names.count(name), len(name), name)), _once(holders), value=value)
        for value, (names, holders) in held.items()
    ]
    return sorted(made, key=lambda one: (-len(one.origins), -len(one.holders), one.says))


def _once(holders: Iterable[Holder]) -> tuple[Holder, ...]:
    """A report once for each voice, by date of publication."""
    kept: dict[tuple[str, str], Holder] = {}
    for one in holders:
        kept.setdefault((one.article, one.voice), one)
    return tuple(sorted(kept.values(), key=lambda one: (one.published or "9999", one.evidence)))


def settle(
    desk: Desk,
    positions: Sequence[Position],
    excludes: Excludes,
    differs: Excludes | None = None,
    several: bool = False,
) -> list[Position]:
    """Each position with its standing.

    `differs` tells of two that do not exclude one another whether they are two accounts all the same. `several` where
    one voice may hold many positions at once, as names are: only who holds both of two is then no party to them.
    """
    made = []
    for position in positions:
        against = tuple(_against(desk, position, positions, excludes, several))
        otherwise = () if differs is None else tuple(_against(desk, position, positions, differs, several))
        if against:
            standing = Standing.CONTESTED
        elif otherwise:
            standing = Standing.DIFFERS
        else:
            standing = Standing.UNDISPUTED if len(position.origins) > 1 else Standing.SINGLE
        made.append(replace(position, standing=standing, against=against or otherwise))
    return made


def _against(
    desk: Desk, position: Position, positions: Sequence[Position], excludes: Excludes, several: bool
) -> Iterator[str]:
    """Who holds what excludes a position, and what it is."""
    for other in positions:
        if other is position or not excludes(position, other):
            continue
        matter = (position, other) if several else positions
        names = [
            them.name
            for them in other.holders
            if any(_opposed(desk, us, them, matter, excludes) for us in position.holders)
        ]
        if names:
            yield f"{', '.join(dict.fromkeys(names))}: {other.says}"


def _opposed(desk: Desk, one: Holder, two: Holder, matter: Sequence[Position], excludes: Excludes) -> bool:
    """Whether two voices are strangers, and all that the one says of the matter excludes all that the other says."""
    if not strangers(desk, one, two):
        return False
    mine = [position for position in matter if _holds(position, one)]
    theirs = [position for position in matter if _holds(position, two)]
    return all(left is not right and excludes(left, right) for left in mine for right in theirs)


def _holds(position: Position, one: Holder) -> bool:
    return any(other.voice == one.voice and other.own == one.own for other in position.holders)


def strangers(desk: Desk, one: Holder, two: Holder) -> bool:
    """Whether two reports give the words of two who may disagree, and not of one who revises its own."""
    if one.voice == two.voice:
        return False
    if one.who and two.who:
        return not desk.sayings.sources.may_be_colleagues(one.who, two.who)
    if one.own and two.own:
        return one.origin != two.origin
    return one.origin != two.origin or one.article == two.article


def oppose(positions: Sequence[Position], denials: Sequence[Position]) -> list[Position]:
    """Positions with the denials that stand opposite them; a denial counts against whoever else holds a position."""
    if not denials:
        return list(positions)
    made = []
    for position in positions:
        against = [f"{_names(denial)}: {denial.says}" for denial in denials if _others(position, denial)]
        if against and position.standing in LIVE:
            position = replace(position, standing=Standing.CONTESTED, against=(*position.against, *against))
        made.append(position)
    opposite = [position for position in made if position.standing is Standing.CONTESTED]
    for denial in denials:
        told = tuple(f"{_names(one)}: {one.says}" for one in opposite if _others(one, denial))
        if told:
            made.append(replace(denial, standing=Standing.CONTESTED, against=told, denies=True))
    return made


def _others(position: Position, denial: Position) -> bool:
    """Whether somebody holds a position who is not the one that denies it."""
    return bool({one.voice for one in position.holders} - {one.voice for one in denial.holders})


def _names(position: Position) -> str:
    return ", ".join(dict.fromkeys(one.name for one in position.holders))
