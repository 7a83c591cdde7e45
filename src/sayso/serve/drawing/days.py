"""When it happened: incidents by day as bars, each a link to its days."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from sayso.model import EventType
from sayso.report.plots.groups import GROUPS, Group, group_of
from sayso.serve.looks import Address
from sayso.text import plural

_TIME_WIDE, _TIME_TALL, _LEFT, _BELOW = 760.0, 150.0, 30.0, 18.0
_MOST_BARS = 92  # days; more are drawn as weeks, then months


@dataclass(frozen=True, slots=True)
class _Bin:
    first: date
    last: date
    counts: dict[str, int]  # by name of a group

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def draw_timeline(days: Sequence[tuple[str, str, int]], to: Address) -> Markup | None:
    """(day, type, number) as bars that lead to the incidents of their days; None without any."""
    bins = _bins(days)
    if not bins:
        return None
    top = max(one.total for one in bins)
    high, wide = _TIME_TALL - _BELOW - 12, (_TIME_WIDE - _LEFT) / len(bins)
    bars = Markup("").join(
        _bar(one, _LEFT + wide * at, wide, high / top, to) for at, one in enumerate(bins) if one.total
    )
    every = max(1, math.ceil(70 / wide))
    ticks = Markup("").join(
        Markup('<text class="tick" x="{:.1f}" y="{:.1f}">{}</text>').format(
            _LEFT + wide * at, _TIME_TALL - 4, one.first.isoformat()
        )
        for at, one in enumerate(bins)
        if at % every == 0 and _LEFT + wide * at < _TIME_WIDE - 55
    )
    return Markup(
        '<svg class="time" viewBox="0 0 {w:g} {h:g}" role="group" aria-label="Incidents by day">'
        '<line class="axis" x1="{left:g}" x2="{w:g}" y1="{base:g}" y2="{base:g}"/>'
        '<text class="tick" x="0" y="8">{top}</text>{bars}{ticks}</svg>'
    ).format(
        w=_TIME_WIDE,
        h=_TIME_TALL,
        left=_LEFT,
        base=_TIME_TALL - _BELOW,
        top=plural(top, "incident"),
        bars=bars,
        ticks=ticks,
    )


def _bar(one: _Bin, x: float, wide: float, unit: float, to: Address) -> Markup:
    y, parts = _TIME_TALL - _BELOW, []
    for group in GROUPS:
        if number := one.counts.get(group.name):
            y -= number * unit
            parts.append(
                Markup('<rect class="spot f-{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
                    group.letter.lower(), x + 0.5, y, max(wide - 1, 0.8), number * unit
                )
            )
    when = one.first.isoformat() + (f" to {one.last.isoformat()}" if one.last != one.first else "")
    what = ", ".join(f"{number} {name}" for name, number in one.counts.items())
    words = f"{when}: {what}"
    return Markup('<a href="{}" aria-label="{}"><title>{}</title>{}</a>').format(
        to(since=one.first.isoformat(), until=one.last.isoformat()), words, words, Markup("").join(parts)
    )


def _bins(days: Sequence[tuple[str, str, int]]) -> list[_Bin]:
    told = [(date.fromisoformat(day), type, number) for day, type, number in days]
    if not told:
        return []
    first, last = told[0][0], told[-1][0]
    span = (last - first).days + 1
    step = next((step for step in (1, 7, 30, 365) if span / step <= _MOST_BARS), 3650)
    bins = [
        _Bin(start, start + timedelta(days=step - 1), defaultdict(int))
        for at in range(math.ceil(span / step))
        for start in [first + timedelta(days=step * at)]
    ]
    for day, type, number in told:
        bins[(day - first).days // step].counts[group_of(EventType(type)).name] += number
    return bins


def legend(types: Iterable[str]) -> list[Group]:
    """The groups that these types are drawn in, in order."""
    held = {group_of(EventType(type)) for type in types}
    return [group for group in GROUPS if group in held]
