"""What other event data call PLOVER's types, sectors and countries, from the tables in `data/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sayso.knowledge import rows, table


@dataclass(frozen=True, slots=True)
class Code:
    """What a type and mode are worth, and called, elsewhere."""

    quad: int  # 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict
    score: float  # PLOVER, -10 to +10
    cameo: str  # text: "010" is not "10"
    label: str
    goldstein: float

    @property
    def cameo_quad(self) -> int:
        """GDELT's class of the CAMEO root, which is not that of the PLOVER type for a protest or a verdict."""
        root = int(self.cameo[:2])
        return 1 if root <= 5 else 2 if root <= 9 else 3 if root <= 14 else 4


@dataclass(frozen=True, slots=True)
class CountryCodes:
    """A country as other lists write it; "" where a list has no code for it."""

    name: str
    number: str  # ISO 3166-1 numeric, without leading zeros
    fips: str  # FIPS 10-4
    cow: str  # Correlates of War
    alpha2: str  # ISO 3166-1 alpha-2
    area: int | None  # km²


@cache
def _codes() -> Mapping[tuple[str, str], Code]:
    return {
        (type, mode): Code(int(quad), float(score), cameo, label, float(goldstein))
        for type, mode, quad, score, cameo, label, goldstein in rows("plover_codes.tsv")
    }


def code_of(type: str, mode: str | None) -> Code:
    """The codes of a mode, or of its type where the mode has none of its own."""
    return _codes().get((type, mode or "")) or _codes()[type, ""]


def modes_of(type: str) -> frozenset[str]:
    """The modes PLOVER knows for a type."""
    return frozenset(mode for known, mode in _codes() if known == type and mode)


@cache
def _countries() -> Mapping[str, CountryCodes]:
    return {
        iso3: CountryCodes(name, number, fips, cow, alpha2, int(area) if area else None)
        for iso3, name, number, fips, cow, alpha2, area in rows("country_codes.tsv")
    }


def country_codes(iso3: str | None) -> CountryCodes | None:
    """A country's codes; None where there is none, as for PLOVER's IGO or NGO."""
    return _countries().get(iso3 or "")


def plover_country(iso3: str | None) -> str | None:
    """PLOVER writes KOS for Kosovo."""
    return "KOS" if iso3 == "XKX" else iso3


def cameo_actor(country: str | None, sectors: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    """CAMEO's three parts of an actor: country, known group, up to three roles; "" where it has no code.

    Countries stand as in ISO 3166-1, from which CAMEO's own list departs for a few.
    """
    known = table("formats.toml")
    nation = country if country and country_codes(country) and country != "XKX" else ""
    group = known["cameo_group"].get(country or "", "")
    kind = known["cameo_kind"].get(country or "")
    roles = [kind] if kind else []
    roles += [role for sector in sectors if (role := known["cameo_role"].get(sector))]
    return nation or "", group, tuple(dict.fromkeys(roles))[:3]


def icews_sectors(sectors: tuple[str, ...]) -> str:
    """Sectors in ICEWS's words, each once."""
    words = table("formats.toml")["icews_sectors"]
    found = [word for sector in sectors for word in words.get(sector, "").split(",") if word]
    return ",".join(dict.fromkeys(found))


@cache
def acled_event(type: str, mode: str | None) -> tuple[str, str] | None:
    """Event and sub-event of the ACLED layout; None for what it does not record."""
    found = {(row[0], row[1]): (row[2], row[3]) for row in rows("acled_codes.tsv")}
    return found.get((type, mode or ""))


@cache
def acled_inter(sector: str) -> int | None:
    """ACLED's code of an actor by sector, as far as the sector tells."""
    for number, sectors in table("formats.toml")["acled_inter"].items():
        if sector in sectors.split():
            return int(number)
    return None


@cache
def street_words() -> tuple[str, ...]:
    """How words begin that name people in the street."""
    return tuple(table("formats.toml")["acled_street"]["people"].split())


@cache
def state_sectors() -> frozenset[str]:
    """Sectors that are powers of a state."""
    return frozenset(table("formats.toml")["blame"]["state"].split())


@cache
def blame_words() -> tuple[str, ...]:
    """How words of saying begin that lay blame."""
    return tuple(table("formats.toml")["blame"]["cues"].split())
