"""The place index: names to coordinates; names, codes, peoples and capitals to countries.

A read-only SQLite file in the user's cache folder, built on first use; lookups are remembered per process.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from functools import lru_cache
from pathlib import Path

from sayso.errors import ModelMissing
from sayso.model import Level
from sayso.ports import Candidate
from sayso.resolve import gazetteer_build
from sayso.text import fold

_ABBREVIATED = (("st. ", "saint "), ("st ", "saint "), ("ft. ", "fort "), ("mt. ", "mount "))
_SIZE = "CASE WHEN geonameid IS NULL THEN max(population, 1000000) ELSE population END"  # own tables count nobody
_COLUMNS = "name, lat, lon, country, admin1, level, population, geonameid, capital, timezone"


class SqliteGazetteer:
    """`ports.Gazetteer` over one index file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        try:
            self._meta = dict(self._base().execute("SELECT key, value FROM meta"))
            words = self._base().execute("SELECT kind, name, iso3 FROM country").fetchall()
            self._people: dict[str, int] = dict(self._base().execute("SELECT folded, place FROM people"))
        except sqlite3.Error as cause:
            raise ModelMissing("is not a place index", about=str(path), way_out="delete the file") from cause
        self._words: dict[str, dict[str, str]] = {}
        for kind, name, iso3 in words:
            self._words.setdefault(kind, {})[name] = iso3
        self._remembered = lru_cache(maxsize=20_000)(self._look_up)
        self._countries = lru_cache(maxsize=20_000)(self._country)
        self._capitals = lru_cache(maxsize=20_000)(self._capital)

    @property
    def name(self) -> str:
        return f"gazetteer {self._meta.get('digest', '?')}"

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Every entry the name may stand for, most populous first; case and accents do not matter."""
        return self._remembered(name)

    def country(self, name: str) -> str | None:
        """ISO 3166-1 alpha-3 for a country's name, code, former name, demonym or seat of government."""
        return self._countries(name)

    def capital_of(self, name: str) -> str | None:
        """ISO 3166-1 alpha-3 of the country a name is the (current or former) capital of."""
        return self._capitals(name)

    def domain(self, ending: str) -> str | None:
        """ISO 3166-1 alpha-3 of the country whose addresses end so: "kz"."""
        return self._words.get("domain", {}).get(ending.lower())

    def homeland(self, name: str) -> Candidate | None:
        """The country, province or part of the world that an adjective of origin tells: "Kazakh", "European"."""
        number = None if name[:1].islower() else self._people.get(fold(name))
        return None if number is None else self._candidates((str(number),))[0]

    def _country(self, name: str) -> str | None:
        name = bare(name)
        code = self._words.get("code", {}).get(name)
        if code is not None or name[:1].islower():
            return code
        folded = fold(name)
        kinds = ("name", "demonym", "metonym")
        return next((found for kind in kinds if (found := self._words.get(kind, {}).get(folded))), None)

    def _capital(self, name: str) -> str | None:
        name = bare(name)
        return None if name[:1].islower() else self._words.get("capital", {}).get(fold(name))

    def describe(self) -> dict[str, str]:
        """What the index is made of, how large it is and under what licence."""
        return {**self._meta, "path": str(self.path), "bytes": str(self.path.stat().st_size)}

    def _look_up(self, name: str) -> tuple[Candidate, ...]:
        found: dict[str, None] = {}
        for form in forms(name):
            row = self._base().execute("SELECT places FROM name WHERE folded = ?", (form,)).fetchone()
            if row is not None:
                found.update(dict.fromkeys(row[0].split()))
        return self._candidates(tuple(found)) if found else ()

    def _candidates(self, ids: tuple[str, ...]) -> tuple[Candidate, ...]:
        query = f"SELECT {_COLUMNS} FROM place WHERE id IN ({','.join(ids)}) ORDER BY {_SIZE} DESC, id"
        return tuple(
            Candidate(label, lat, lon, country, admin1, Level(level), people, geonameid, bool(capital), zone)
            for label, lat, lon, country, admin1, level, people, geonameid, capital, zone in self._base().execute(query)
        )

    def _base(self) -> sqlite3.Connection:
        """This thread's connection: SQLite wants one each."""
        base: sqlite3.Connection | None = getattr(self._local, "base", None)
        if base is None:
            base = sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            self._local.base = base
        return base


def bare(name: str) -> str:
    """A name without article, possessive and outer marks."""
    name = " ".join(name.split()).strip(" ,;:\"'()[]\u201c\u201d\u2018")
    for ending in ("'s", "\u2019s", "\u2019"):
        name = name.removesuffix(ending)
    return name[4:] if name[:4] in ("the ", "The ", "THE ") else name


def forms(name: str) -> tuple[str, ...]:
    """The keys to look up: as written, without article, with "Saint" for "St."; codes only in capitals."""
    short = bare(name)
    if gazetteer_build.is_short_code(short):
        return (f"={short}",)
    wanted = {fold(name): None, fold(short): None}
    for brief, full in _ABBREVIATED:
        if fold(short).startswith(brief):
            rest = fold(short)[len(brief) :]
            wanted[f"{full}{rest}"] = None
            wanted[f"{brief.rstrip('. ')}. {rest}"] = None
    return tuple(form.encode("utf-8", "ignore").decode() for form in wanted if form)  # SQLite refuses lone surrogates


def default_path() -> Path:
    """Where the index lies unless a path is given: the user's cache folder, the version in the file name."""
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache) / "sayso" / f"places-{gazetteer_build.digest()}.sqlite"


@lru_cache(maxsize=4)
def open_gazetteer(path: Path | None = None) -> SqliteGazetteer:
    """The place index at `path`, or in the user's cache folder, built on first use."""
    wanted = path or default_path()
    if not wanted.is_file() or built_by(wanted) != gazetteer_build.BUILDER:
        gazetteer_build.build(wanted)
    return SqliteGazetteer(wanted)


def built_by(path: Path) -> str | None:
    """Which builder wrote the file; None if it is no place index at all, which is never overwritten."""
    return SqliteGazetteer(path).describe().get("builder")
