"""What the slots of a template stand for where one newsroom, at one hour, tells of one happening."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bench.generated.dice import Dice, seed_of
from bench.generated.names import Country, Party, body, common_words, countries, outlets, person, street, word_list
from bench.generated.wording import COUNTS
from bench.generated.world import DAY, Happening, armed
from sayso.model import Basis, Harm, VictimKind

START = date(2019, 1, 1)  # the first day of the invented world
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()
_SMALL = "no one two three four five six seven eight nine".split()
_MADE_UP = frozenset("name org street town n nnn year years outlet money matter V".split())
COMMON = 0.7  # of the words of a list are such as any report may have
OWN = 6  # words of each list, persons, bodies and streets that the reports of one happening share
OF_CRISIS = 1  # of these is that of its crisis
Filled = tuple[str, str, Any]  # words before, the words, what they stand for
_VICTIMS: dict[str, tuple[str, VictimKind | None]] = {
    "residents": ("civilians", VictimKind.CIVILIANS),
    "protesters": ("protesters", VictimKind.PROTESTERS),
    "police": ("policemen", VictimKind.POLICE),
    "army": ("soldiers", VictimKind.MILITARY),
    "rebels": ("fighters", VictimKind.COMBATANTS),
    "officials": ("officials", VictimKind.OFFICIALS),
    "journalists": ("journalists", VictimKind.JOURNALISTS),
    "aidworkers": ("aid workers", VictimKind.AID_WORKERS),
}


@dataclass(frozen=True, slots=True)
class Day:
    first: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Count:
    harm: Harm
    low: int
    high: int | None
    victims: str
    kind: VictimKind | None


def day_of(minute: int) -> date:
    return START + timedelta(days=minute // DAY)


class Scene(dict[str, Filled]):
    """Slots that stay the same all over an article are filled once; words and passers-by at each use."""

    def __init__(self, happening: Happening, told_at: int, writer: int) -> None:
        super().__init__()
        self.happening = happening
        self.told_at = told_at
        self._seed = seed_of(happening.seed, writer, told_at, 31)
        self._dice = Dice(self._seed)
        self._sides = tuple(side(happening, number) for number in (0, 1))

    def slot(self, name: str, facts: Dice, wording: Dice) -> Filled:
        if name == "A" or name == "B":
            party = self._sides[name == "B"]
            return "", wording.pick(party.forms), party
        if name in _FIXED:
            found = self.get(name)
            if found is None:  # by its own name alone, so that a copy without some sentence says the same
                self._dice = Dice(seed_of(self._seed, ord(name[0])))
                found = self[name] = _FIXED[name](self)
            return found
        if name in _MADE_UP:
            return _made_up(name, self.happening, facts)
        return "", _word(name, self.happening, facts), None

    def count(self, name: str) -> Filled:
        """The figure as this newsroom has it at this hour: it grows for days, and no two desks count alike."""
        harm = COUNTS[name]
        final = self.happening.harms.get(harm, 0)
        age = max(0.0, (self.told_at - self.happening.minute) / DAY)
        known = final * (1 - 0.55 * 0.35**age) * (0.9 + 0.2 * self._dice.share() if age < 1 else 1.0)
        figure = max(1, round(known * (0.5 if name == "k" else 1.0)))
        bounded = self._dice.chance(0.25)
        people, kind = _VICTIMS.get(self.happening.sides[harm != "arrested"], ("people", None))
        if self._dice.chance(0.6):
            people, kind = "people", VictimKind.CIVILIANS
        words = f"{_SMALL[figure] if figure < 10 else format(figure, ',')} {people if figure > 1 else 'person'}"
        count = Count(Harm(harm), figure, None if bounded else figure, people, kind)
        return "", f"at least {words}" if bounded else words, count

    def day(self) -> Filled:
        """The day of the happening, as one says it on the day of the report."""
        then, now = day_of(self.happening.minute), day_of(self.told_at)
        apart = (now - then).days
        if apart == 1 and self._dice.chance(0.2):
            return "", "yesterday", Day(then.isoformat(), Basis.RELATIVE)
        if apart < 7:
            return self._dice.pick(("on ", "early on ", "late on ", "")), _WEEKDAYS[then.weekday()], _weekday(then)
        return "on ", f"{then.day} {_MONTHS[then.month - 1]}", Day(then.isoformat(), Basis.PARTIAL)

    def speaker(self, number: int) -> Filled:
        """Somebody who speaks for a side for years: "army spokesman Joran Velsik"."""
        happening = self.happening
        which = happening.seed % 6  # the same for all who report it
        first, last = person(seed_of(happening.country.number, number, len(happening.sides[number]), which, 32))
        spoken_for = self._sides[number]
        office = _OFFICES[which % len(_OFFICES)].format(_SHORT.get(happening.sides[number], "local"))
        party = Party(f"{first} {last}", "person", happening.country.code, spoken_for.sector, office, (last,))
        return "", f"{office} {first} {last}", party

    def surname(self, of: str) -> Filled:
        party: Party = self.slot(of, self._dice, self._dice)[2]
        return "", party.forms[0], party

    def witness(self) -> Filled:
        first, last = person(seed_of(self.happening.seed, self._dice.below(3), 33))
        office = _word("office", self.happening, self._dice)
        return "", f"{first} {last}", Party(f"{first} {last}", "witness", None, ("CVL",), office, (last,))

    def abroad(self) -> Filled:
        other = countries()[seed_of(self.happening.seed, self._dice.below(3), 34) % len(countries())]
        return "", f"the {other.people} government", _government(other)


def _weekday(day: date) -> Day:
    return Day(day.isoformat(), Basis.WEEKDAY)


_OFFICES = ("{} spokesman", "{} official", "{} chief")
_SHORT = {
    "army": "army", "police": "police", "rebels": "rebel", "protesters": "protest", "government": "government",
    "union": "union", "ministry": "ministry", "opposition": "opposition", "company": "company", "relief": "relief",
}  # fmt: skip
_FIXED: dict[str, Callable[[Scene], Filled]] = {
    "S": lambda scene: scene.speaker(0),
    "T": lambda scene: scene.speaker(1),
    "s": lambda scene: scene.surname("S"),
    "t": lambda scene: scene.surname("T"),
    "W": lambda scene: scene.witness(),
    "O": lambda scene: scene.abroad(),
    "P": lambda scene: ("", scene.happening.town.name, scene.happening.town),
    "C": lambda scene: ("", scene.happening.country.name, scene.happening.country),
    "D": lambda scene: scene.day(),
    "Q": lambda scene: ("", scene.happening.site, None),
    "topic": lambda scene: ("", scene.happening.topic, None),
    **{name: (lambda scene, name=name: scene.count(name)) for name in COUNTS},  # type: ignore[misc]
}


def side(happening: Happening, number: int) -> Party:
    """Who acts (0) or is acted on (1) in a happening."""
    named = happening.sides[number]
    country, people = happening.country, happening.country.people
    if named in ("rebels", "company", "relief"):
        seed = seed_of(happening.crisis.seed if happening.crisis else country.number, number, 35)
        name = armed(happening, 36) if named == "rebels" else body(seed)
        return Party(name, "organization", country.code, (_SECTORS[named],), None, (name, f"the {_SHORT[named]} body"))
    if named == "abroad":
        return _government(countries()[seed_of(happening.seed, 37) % len(countries())])
    kind, sector, forms = _SIDES[named]
    written = tuple(form.format(people) for form in forms)
    return Party(written[0], kind, country.code, (sector,), None, written)


def _government(country: Country) -> Party:
    name = f"the {country.people} government"
    return Party(name, "organization", country.code, ("GOV",), None, (name, f"the government of {country.name}"))


_SECTORS = {"rebels": "REB", "company": "BUS", "relief": "NGO"}
_SIDES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "army": ("organization", "MIL", ("the {} army", "the army", "{} soldiers", "government troops", "soldiers")),
    "police": ("organization", "COP", ("the {} police", "police", "{} police", "police officers", "riot police")),
    "protesters": ("group", "OPP", ("protesters", "protesters", "a crowd", "young people")),
    "residents": ("group", "CVL", ("residents", "local people", "{} civilians", "people")),
    "government": ("organization", "GOV", ("the {} government", "the government", "the authorities")),
    "opposition": ("group", "OPP", ("opposition leaders", "{} opposition figures", "critics of the government")),
    "union": ("organization", "LAB", ("the {} workers' union", "the union", "union members", "workers")),
    "ministry": ("organization", "GOV", ("the {} ministry of labour", "the ministry", "ministry officials")),
    "foreign": ("office", "GOV", ("the {} foreign minister", "the foreign minister", "{} diplomats")),
    "officials": ("group", "GOV", ("local officials", "{} officials", "council members")),
    "gunmen": ("group", "UAF", ("gunmen", "armed men", "unknown men", "a group of armed men")),
    "journalists": ("group", "JRN", ("journalists", "{} journalists", "reporters")),
    "aidworkers": ("group", "NGO", ("aid workers", "{} aid workers", "a relief team", "hospital workers")),
}


def _word(name: str, happening: Happening, facts: Dice) -> str:
    """A word of a list: a common one, or one of the few uncommon ones of a happening."""
    common, rare = common_words(name), word_list(name)
    if common and (not rare or facts.chance(COMMON)):
        return facts.pick(common)
    if not common:
        return facts.pick(rare)
    return rare[_own(happening, len(name) + ord(name[0]), facts) % len(rare)]


def _own(happening: Happening, salt: int, facts: Dice) -> int:
    """The seed of one of a few things that the reports of a happening share, some of them with its crisis."""
    number = facts.below(OWN)
    whose = happening.crisis if happening.crisis and number < OF_CRISIS else happening
    return seed_of(whose.seed, number, salt, 38)


def _made_up(name: str, happening: Happening, facts: Dice) -> Filled:
    """Somebody or something named in passing."""
    if name == "n":
        return "", str(facts.heavy(1.5, 99) + 1 + facts.below(9)), None
    if name == "town":
        towns = happening.country.towns
        town = towns[_own(happening, 39, facts) % len(towns)]
        return "", town.name, town
    if name == "name":
        first, last = person(_own(happening, 40, facts))
        return "", f"{first} {last}", Party(f"{first} {last}", "person", None, (), None, (last,))
    if name in ("org", "street"):
        if facts.chance(COMMON):
            return "", facts.pick(common_words(name)), None
        return "", (body if name == "org" else street)(_own(happening, 41, facts)), None
    if name == "matter":
        return "", facts.pick(common_words("topic")) if facts.chance(COMMON) else happening.topic, None
    if name == "money":
        return "", word_list(name)[happening.country.number % len(word_list(name))], None
    if name == "outlet":
        return "", facts.pick(outlets()).name, None
    if name == "V":
        voice = _word("voices", happening, facts)
        party = Party(f"{voice} of {happening.country.name}", "group", happening.country.code, ("CVL",), None, (voice,))
        return "", voice, party
    if name == "nnn":
        return "", f"{facts.below(1000):03}", None
    return "", str(facts.below(60) + 18 if name == "years" else 2000 + facts.below(19)), None
