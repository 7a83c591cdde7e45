"""What happens: crises of days to months with good and bad days, and single happenings between. All of it is invented.

A day has some 140 happenings, which `newsroom` turns into about 590 reports: a million in four and a half years.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from bench.generated.dice import Dice, seed_of
from bench.generated.names import Country, Town, affair, armed_group, common_words, countries, street
from bench.generated.wording import Kind, kinds

DAY = 1440  # minutes
SINGLES = 66.0  # single happenings of a day
OPENED = 2.3  # crises that begin on a day
RUNNING = 30  # crises that have begun before the first day
SCENES = ("unrest", "unrest", "war", "diplomacy")


@dataclass(frozen=True, slots=True, eq=False)
class Crisis:
    """A matter that goes on for a while in one country, in a few of its towns."""

    number: int
    seed: int
    country: Country
    scene: str
    towns: tuple[Town, ...]
    topics: tuple[str, ...]
    first: int  # day
    days: int
    strength: float  # happenings of its worst days

    def expected(self, day: int) -> float:
        """How many happenings a day should bring: it rises for a few days, then fades, with bursts."""
        age = day - self.first
        shape = min(1.0, (age + 1) / 3) * math.exp(-1.5 * age / self.days)
        return self.strength * shape * 0.5 * Dice(seed_of(self.seed, day, 21)).heavy(2.4, 8)


@dataclass(frozen=True, slots=True, eq=False)
class Happening:
    """Something that happens once, and what it costs in the end."""

    number: int
    seed: int
    kind: Kind
    minute: int  # since the world began
    country: Country
    town: Town
    crisis: Crisis | None
    sides: tuple[str, str]
    topic: str
    site: str
    harms: Mapping[str, int]
    reports: int

    @property
    def id(self) -> str:
        return f"h{self.number}"


@cache
def _kinds_of(scene: str) -> tuple[tuple[Kind, ...], tuple[float, ...]]:
    fitting = tuple(kind for kind in kinds() if scene in kind.scenes)
    return fitting, tuple(accumulate(kind.weight for kind in fitting))


def happenings(seed: int) -> Iterator[list[Happening]]:
    """What happens on each day, from the first on, without end."""
    running = [_open(seed_of(seed, 22, number), number, -(number % 25)) for number in range(RUNNING)]
    begun, told, day = RUNNING, 0, 0
    while True:
        dice = Dice(seed_of(seed, day, 23))
        for _ in range(dice.count(OPENED)):
            running.append(_open(seed_of(seed, 22, begun), begun, day))
            begun += 1
        running = [crisis for crisis in running if day < crisis.first + crisis.days]
        today: list[Happening] = []
        for crisis in running:
            for _ in range(dice.count(min(crisis.expected(day), 40.0))):
                today.append(_happening(seed_of(seed, told, 24), told, day, crisis))
                told += 1
        for _ in range(dice.count(SINGLES)):
            today.append(_happening(seed_of(seed, told, 24), told, day, None))
            told += 1
        yield sorted(today, key=lambda one: (one.minute, one.number))
        day += 1


def _open(seed: int, number: int, day: int) -> Crisis:
    dice = Dice(seed)
    country = dice.pick(countries())
    towns = tuple({dice.weighted(country.towns, country.reach): None for _ in range(2 + dice.heavy(1.6, 12))})
    return Crisis(
        number=number,
        seed=seed,
        country=country,
        scene=dice.pick(SCENES),
        towns=towns,
        topics=(_topic(dice), _topic(dice)),
        first=day,
        days=3 + dice.heavy(1.35, 180),
        strength=1.0 * dice.heavy(1.75, 30),
    )


def _happening(seed: int, number: int, day: int, crisis: Crisis | None) -> Happening:
    dice = Dice(seed)
    country = crisis.country if crisis else dice.pick(countries())
    town = dice.pick(crisis.towns) if crisis else dice.weighted(country.towns, country.reach)
    kind = dice.weighted(*_kinds_of(crisis.scene if crisis else "single"))
    return Happening(
        number=number,
        seed=seed,
        kind=kind,
        minute=day * DAY + dice.below(DAY),
        country=country,
        town=town,
        crisis=crisis,
        sides=dice.pick(kind.sides),
        topic=dice.pick(crisis.topics) if crisis else _topic(dice),
        site=street(dice.below(1 << 40)),
        harms={harm: _toll(dice, usual) for harm, usual in kind.harms.items()},
        reports=dice.heavy(1.9, 60),
    )


def _topic(dice: Dice) -> str:
    """Mostly a matter that has a name of its own."""
    return dice.pick(common_words("topic")) if dice.chance(0.3) else affair(dice.below(1 << 40))


def _toll(dice: Dice, usual: int) -> int:
    """Mostly few, rarely many; none in one of four happenings."""
    return 0 if dice.chance(0.25) else max(1, round(usual * dice.heavy(2.2, 12) * (0.2 + dice.share()) / 2))


def armed(happening: Happening, number: int) -> str:
    """The armed group of a crisis, else one of its country's."""
    return armed_group(seed_of(happening.crisis.seed if happening.crisis else happening.country.number, number))
