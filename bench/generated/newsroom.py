"""Who reports a happening, when, and from whom: first reports, independent ones, copies, follow-ups, round-ups.

How much is copied follows studies of agency copy online: Boumans et al. (International Journal of Communication 12,
2018) trace up to 75 % of Dutch online news to one agency, much of it verbatim; Nicholls (the same, 13, 2019) finds
clearly less in Britain. About 35 of 100 reports here are copies, a cautious share between the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bench.generated.dice import Dice, seed_of
from bench.generated.names import AGENCIES, OUTLETS, Outlet, agencies, outlets
from bench.generated.wording import Template, background, pieces
from bench.generated.world import DAY, Happening


class Made(StrEnum):
    """How a report came to be."""

    FIRST = "first"
    INDEPENDENT = "independent"
    FOLLOW_UP = "follow-up"
    ROUND_UP = "round-up"
    EXACT = "exact"
    EDITED = "edited"
    EXCERPT = "excerpt"
    REWRITTEN = "rewritten"


COPIED = frozenset({Made.EXACT, Made.EDITED, Made.EXCERPT, Made.REWRITTEN})
_LATER = (  # what reports after the first are, of 100; half are copies: 35 of 100 of all
    (Made.EXACT, 18), (Made.EDITED, 17), (Made.EXCERPT, 8), (Made.REWRITTEN, 8),
    (Made.INDEPENDENT, 31), (Made.FOLLOW_UP, 12), (Made.ROUND_UP, 6),
)  # fmt: skip
_DRAWN = tuple(made for made, share in _LATER for _ in range(share))


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence to be: a template, of which happening of the report, what it names and in which words."""

    template: Template
    of: int
    facts: int
    wording: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A report before it is written down; a copy keeps hour and writer of what it copies."""

    title: Piece
    body: tuple[Piece, ...]
    told_at: int
    writer: int
    filed: bool  # it begins with a dateline


@dataclass(frozen=True, slots=True, eq=False)
class Planned:
    """One report of a happening, before anything of it is worded."""

    happening: Happening
    number: int  # among its reports
    made: Made
    minute: int
    outlet: Outlet
    copy_of: int | None  # number of the report it was taken from
    others: tuple[Happening, ...] = ()  # that a round-up tells too

    @property
    def seed(self) -> int:
        return seed_of(self.happening.seed, self.number, 41)


def plan(happening: Happening, recent: Sequence[Happening]) -> list[Planned]:
    """All reports of a happening, by number; `recent` happenings may stand beside it in a round-up."""
    found = [_first(happening)]
    for number in range(1, happening.reports):
        found.append(_later(happening, number, found, recent))
    return found


def _first(happening: Happening) -> Planned:
    dice = Dice(seed_of(happening.seed, 42))
    agency = dice.chance(0.75 if happening.reports > 1 else 0.3)
    outlet = dice.pick(agencies()) if agency else _outlet(dice)
    return Planned(happening, 0, Made.FIRST, happening.minute + 30 + int(dice.wait(100)), outlet, None)


def _outlet(dice: Dice) -> Outlet:
    """Some outlets publish far more than others."""
    return outlets()[min(dice.below(OUTLETS), dice.below(OUTLETS))]


def _later(happening: Happening, number: int, earlier: Sequence[Planned], recent: Sequence[Happening]) -> Planned:
    dice = Dice(seed_of(happening.seed, number, 43))
    made = dice.pick(_DRAWN)
    if made in COPIED:
        return _copy(happening, number, made, earlier, dice)
    wait = dice.wait(2.5 * DAY) + 0.6 * DAY if made in (Made.FOLLOW_UP, Made.ROUND_UP) else dice.wait(0.4 * DAY)
    minute = happening.minute + 40 + int(min(wait, 10 * DAY))
    others: tuple[Happening, ...] = ()
    if made is Made.ROUND_UP:
        near = [one for one in recent if one.country is happening.country and one is not happening] or list(recent)
        near = [one for one in near if one.minute < minute and one is not happening]
        others = tuple({dice.pick(near): None for _ in range(1 + dice.below(2))}) if near else ()
    outlet = dice.pick(agencies()) if dice.chance(0.15) else _outlet(dice)
    return Planned(happening, number, made, minute, outlet, None, others)


def _copy(happening: Happening, number: int, made: Made, earlier: Sequence[Planned], dice: Dice) -> Planned:
    """Mostly of the first report; a tenth are copies of copies."""
    originals = [one for one in earlier if one.made not in COPIED and one.made is not Made.ROUND_UP]
    source = originals[0] if dice.chance(0.7) else dice.pick(originals)
    if dice.chance(0.1):
        source = dice.pick([one for one in earlier if one.made is not Made.ROUND_UP])
    takers = [outlet for _ in range(6) if (outlet := _outlet(dice)) is not source.outlet]
    agency = source.outlet.number - OUTLETS
    clients = [outlet for outlet in takers if 0 <= agency < AGENCIES and agency in outlet.agencies]
    minute = source.minute + 4 + int(dice.wait(0.2 * DAY))
    return Planned(happening, number, made, minute, (clients or takers or [outlets()[0]])[0], source.number)


# --------------------------------------------------------------------------- what a report is made of


@lru_cache(maxsize=4096)
def draft_of(planned: tuple[Planned, ...], number: int) -> Draft:
    """The draft of one of a happening's reports; of a copy, made from the draft it copies."""
    report = planned[number]
    if report.copy_of is None:
        return _own(report)
    return _taken(report, draft_of(planned, report.copy_of))


def _own(report: Planned) -> Draft:
    dice = Dice(report.seed)
    told = [report.happening, *report.others]
    body = [piece for of, happening in enumerate(told) for piece in _telling(dice, happening, of, report.made)]
    length = max(len(body) + 3, 11 + dice.heavy(1.35, 24))
    filler = background()
    body += [Piece(dice.pick(filler), 0, dice.below(1 << 31), dice.below(1 << 31)) for _ in range(length - len(body))]
    if report.made is not Made.FIRST:  # other reporters tell it in another order, the lead first
        rest = body[1:]
        for at in range(len(rest) - 1, 0, -1):
            other = at - dice.below(min(at, 3) + 1)
            rest[at], rest[other] = rest[other], rest[at]
        body[1:] = rest
    title = _piece(dice, report.happening.kind.titles, report.happening, 0)
    return Draft(title or body[0], tuple(body), report.minute, report.outlet.number, _is_filed(report))


def _is_filed(report: Planned) -> bool:
    """Agencies' reports have a dateline, and a third of the others."""
    return report.outlet.number >= OUTLETS or report.seed % 3 == 0


def _telling(dice: Dice, happening: Happening, of: int, made: Made) -> list[Piece]:
    """The sentences on a happening itself."""
    kind = happening.kind
    groups = [(kind.leads, 1)]
    if made is Made.ROUND_UP:
        groups += [(kind.details, 1), (pieces("statements"), dice.below(2))]
    else:
        late = made is Made.FOLLOW_UP
        groups += [
            (kind.details, 2 + dice.below(3)),
            (pieces("updates"), 2 if late else 0),
            (pieces("statements"), 2 + dice.below(3)),
            (pieces("witnesses"), dice.below(3)),
            (pieces("disputes"), dice.below(3)),
            (pieces("reactions"), dice.below(3 if late else 2)),
            (pieces("histories"), int(dice.chance(0.3))),
        ]
    found: dict[Template, Piece] = {}
    for templates, wanted in groups:
        for _ in range(wanted):
            if piece := _piece(dice, templates, happening, of):
                found.setdefault(piece.template, piece)
    if made is not Made.ROUND_UP and dice.chance(0.4):
        quote = _public_words(happening, of)
        found[quote.template] = quote
    return list(found.values())


def _public_words(happening: Happening, of: int) -> Piece:
    """What somebody said for all to hear: reporters quote it alike, which makes none of them a copy."""
    dice = Dice(seed_of(happening.seed, 44))
    quotes = [one for one in pieces("statements") if one.parts[0] == "“"]
    return Piece(dice.pick(quotes), of, dice.below(1 << 31), dice.below(1 << 31))


def _piece(dice: Dice, templates: Sequence[Template], happening: Happening, of: int) -> Piece | None:
    """One of the templates whose counts the happening has."""
    fitting = [one for one in templates if all(happening.harms.get(need) for need in one.needs)]
    return Piece(dice.pick(fitting), of, dice.below(1 << 31), dice.below(1 << 31)) if fitting else None


def _taken(report: Planned, source: Draft) -> Draft:
    """What an editor makes of another's report."""
    dice = Dice(report.seed)
    body, title = list(source.body), source.title
    filed = source.filed and (report.made is Made.EXACT or dice.chance(0.6))
    if dice.chance(0.5):
        title = _piece(dice, report.happening.kind.titles, report.happening, 0) or title
    if report.made is Made.EDITED:
        body = [piece for at, piece in enumerate(body) if at < 2 or dice.chance(0.85)]
        body = [_reworded(piece, dice) if dice.chance(0.15) else piece for piece in body]
    elif report.made is Made.EXCERPT:
        body = body[: max(8, int(len(body) * (0.35 + 0.3 * dice.share())))]
        filler = background()
        body += [Piece(dice.pick(filler), 0, dice.below(1 << 31), dice.below(1 << 31)) for _ in range(dice.below(3))]
    elif report.made is Made.REWRITTEN:
        body = [_reworded(piece, dice) for at, piece in enumerate(body) if at < 3 or dice.chance(0.9)]
    return Draft(title, tuple(body), source.told_at, source.writer, filed)


def _reworded(piece: Piece, dice: Dice) -> Piece:
    return Piece(piece.template, piece.of, piece.facts, dice.below(1 << 31))
