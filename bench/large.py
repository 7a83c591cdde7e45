"""A large archive in about a minute: some articles of the invented press, linked, then repeated until there are enough.

    python -m bench large --articles 20000 --out big.db

Each repetition has the same records under other ids, on earlier days and with the initials of another editor at the end
of each text, so that no text is word for word one of another repetition. Rows are made from the records by the store's
own makers. What linking keeps is repeated too, so that the archive is one to which `sayso add` and `sayso judge` can be
applied; words of an article that name a date ("5 January") stay as they are.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import sqlite3
import time
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import blake2b
from operator import itemgetter
from pathlib import Path
from string import ascii_lowercase as LETTERS
from struct import Struct
from typing import Any
from zlib import crc32

import numpy as np

from bench.generated import analyses
from bench.linking import STAMP, put
from sayso.api import Project
from sayso.config import Config
from sayso.link.cards import code_of
from sayso.link.packing import HUNDREDTH
from sayso.link.profile import RUNS, SAMPLED
from sayso.link.stories import WINDOW
from sayso.link.tellings import tell
from sayso.link.words import read_words
from sayso.model import Analysis, Run, content_id
from sayso.store import schema
from sayso.store.codec import Packed, unpack, unpack_links
from sayso.store.linkrows import link_rows
from sayso.store.questions import UNKNOWN_DAY, month_of
from sayso.store.rows import Rows, rows_of

EDITION = 1  # to be raised when an archive made before is no longer what this makes
STEP = 2 * WINDOW  # days between repetitions: whole weeks, whole windows of stories, and past the days of reprints
APART = 1 << 44  # between the id of an article and that of its repetition: order is kept, first digits are not
BEFORE = 4  # words before a new one that are in a run with it
_DAY = re.compile(r"(?<!\d)(\d{4})([-/])(\d\d)\2(\d\d)(?!\d)")
_ID = re.compile(r'"([0-9a-f]{16})"')
_KEY = Struct("<qi")
Line = dict[str, Any]


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench large", description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument(
        "--base", type=int, default=1_500, help="articles at most that are linked before they are repeated"
    )
    parser.add_argument("--out", type=Path, required=True, help="a file that is not there yet")
    chosen = parser.parse_args(argv)
    if chosen.out.exists():
        parser.error(f"{chosen.out} is there already: name another file, or delete it")
    begun = time.process_time()
    make_archive(chosen.out, chosen.articles, chosen.base)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = chosen.out.stat().st_size / 2**20
    print(f"{chosen.articles} articles, {size:.0f} MiB, {time.process_time() - begun:.0f} CPU s, peak {peak:.0f} MiB")
    return 0


def make_archive(path: Path, articles: int = 20_000, base: int = 1_500) -> None:
    """Make an archive of so many articles where none is: `base` of them at most are stored, linked and repeated.

    The few that are left over after whole repetitions are put and linked at the end, as any archive takes in more.
    """
    times = -(-articles // base)
    own = articles // times
    _take_in(path, own, 0)
    with closing(_open_fast(path)) as connection:
        originals = Originals.read(connection)
        for number in range(1, times):
            _write(connection, Repetition(originals, number).rows())
        connection.execute("UPDATE link_counts SET number = number * ?", [times])
        connection.execute("PRAGMA journal_mode = WAL")
    _take_in(path, articles - own * times, own)


def _take_in(path: Path, count: int, start: int) -> None:
    """Put and link articles of the invented press, from number `start` on."""
    begun = datetime.now(UTC).isoformat(timespec="microseconds")
    with Project(Config(db=str(path))) as project:
        put(project, list(analyses(count, start=start)))
        project.relink()
        done = datetime.now(UTC).isoformat(timespec="microseconds")
        project.store.put_run(Run(STAMP, begun, done, config=project.config.digest, added=count))


def _open_fast(path: Path) -> sqlite3.Connection:
    """Nothing is safe from a crash until all is written: an archive that is not finished is of no use."""
    connection = sqlite3.connect(path, isolation_level=None)
    for line in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {line}")
    return connection


def _write(connection: sqlite3.Connection, rows: Rows) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for table, some in rows.items():
        names = [column.name for column in table.columns]
        told, places = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
        values = ([row[name] for name in names] for row in some)
        connection.executemany(f'INSERT INTO "{table.name}" ({told}) VALUES ({places})', values)
    connection.execute("COMMIT")


# --------------------------------------------------------------------------- what is repeated


@dataclass(frozen=True, slots=True)
class Original:
    """One article of the base, as it is stored."""

    packed: Packed
    analysis: Analysis
    linked: Line  # its row of linked_articles
    words: tuple[str, ...]  # of its body
    tellings: Mapping[str, tuple[str, ...]]  # the events that each of its tellings joins


@dataclass(frozen=True, slots=True)
class Originals:
    """All that is repeated, read once."""

    articles: tuple[Original, ...]  # in order of their ids
    records: tuple[tuple[str, str], ...]  # (kind, JSON) of links
    index: Mapping[str, tuple[Line, ...]]  # rows of what else linking keeps, by table

    @classmethod
    def read(cls, connection: sqlite3.Connection) -> Originals:
        parts = "SELECT a.text, r.head, r.body FROM articles a JOIN records r ON r.article = a.id ORDER BY a.id"
        linked = {row["article"]: row for row in _lines(connection, "linked_articles")}
        kept = ("link_keys", "link_edges", "pieces", "piece_articles", "chapters", "successions", "incident_times")
        return cls(
            articles=tuple(_original(Packed(*row), linked) for row in connection.execute(parts)),
            records=tuple(connection.execute("SELECT kind, record FROM link_records ORDER BY kind, id")),
            index={name: tuple(_lines(connection, name)) for name in kept},
        )


def _original(packed: Packed, linked: Mapping[str, Line]) -> Original:
    analysis = unpack(packed)
    return Original(
        packed=packed,
        analysis=analysis,
        linked=linked[analysis.article.id],
        words=tuple(read_words(analysis.article).text),
        tellings={telling.id: tuple(event.id for event in telling.events) for telling in tell(analysis, "")},
    )


def _lines(connection: sqlite3.Connection, table: str) -> Iterator[Line]:
    found = connection.execute(f'SELECT * FROM "{table}"')
    names = [column[0] for column in found.description]
    return (dict(zip(names, row, strict=True)) for row in found)


# --------------------------------------------------------------------------- one repetition


class Repetition:
    """The originals once more, under other ids and `number` steps earlier."""

    def __init__(self, originals: Originals, number: int) -> None:
        self.originals = originals
        self.number = number
        self.days = -STEP * number
        self.mark = tuple(LETTERS[part] for part in divmod(number, len(LETTERS)))
        old = [one.analysis.article.id for one in originals.articles]
        self.ids = {id: f"{(int(id, 16) + APART * number) % 2**64:016x}" for id in old}
        for kind in ("origin", "story"):  # named after an article
            self.ids |= {content_id(kind, id): content_id(kind, self.ids[id]) for id in old}
        self.incidents: dict[str, str] = {}
        self.published: dict[str, str | None] = {}
        self.tellings: dict[str, str] = {}
        self.codes: dict[int, int] = {}  # of texts, under which word-for-word copies are found

    def rows(self) -> Rows:
        """Every row of this repetition by its table."""
        made: Rows = {}
        for original in self.originals.articles:
            for table, some in self._article(original).items():
                made.setdefault(table, []).extend(some)
        made |= self._links()
        made[schema.linked_articles] = [self._linked(original) for original in self.originals.articles]
        made[schema.link_keys] = [self._key(row) for row in self.originals.index["link_keys"]]
        made[schema.link_edges] = [self._edge(row) for row in self.originals.index["link_edges"]]
        made[schema.pieces] = [self._piece(row) for row in self.originals.index["pieces"]]
        made[schema.chapters] = [self._chapter(row) for row in self.originals.index["chapters"]]
        made[schema.piece_articles] = [self._renamed(row) for row in self.originals.index["piece_articles"]]
        made[schema.successions] = self._successions()
        made[schema.incident_times] = self._incident_times()
        return made

    # ----------------------------------------------------------------- ids and days

    def _node(self, node: str) -> str:
        """An article or one of its tellings, in the graph of what belongs together."""
        article, _, telling = node.partition("/")
        return f"{self.ids[article]}/{self.tellings[telling]}" if telling else self.ids[article]

    def _renamed(self, row: Line) -> Line:
        """A row with the ids in it that are known; others are kept."""
        return {name: self.ids.get(value, value) for name, value in row.items()}

    def _told(self, line: str) -> str:
        """JSON with its ids and days as they are here."""
        return self._on_day(_ID.sub(lambda found: f'"{self.ids[found[1]]}"', line))

    def _on_day(self, line: str) -> str:
        return _DAY.sub(lambda found: moved_day(found[0], found[2], self.days), line)

    def _day(self, day: int | None) -> int | None:
        return day if day is None or day == UNKNOWN_DAY else day + self.days

    # ----------------------------------------------------------------- articles

    def _article(self, original: Original) -> Rows:
        """Its rows; the ids of what it tells, which are made of the article's, are noted."""
        text, head, body = original.packed
        head = self._told(head).replace('"origin":"generated:', f'"origin":"repeated:{self.number}:', 1)
        packed = Packed(f"{text}\n\n({' '.join(self.mark)})", head, self._on_day(body) if body else None)
        analysis = unpack(packed)
        for part in ("events", "tolls"):
            old, new = getattr(original.analysis, part), getattr(analysis, part)
            self.ids |= {one.id: other.id for one, other in zip(old, new, strict=True)}
        for telling, events in original.tellings.items():
            self.tellings[telling] = min(self.ids[event] for event in events)
        self.published[analysis.article.id] = analysis.article.published
        return rows_of(analysis, packed, STAMP)

    def _linked(self, original: Original) -> Line:
        row = original.linked
        text = blake2b(" ".join((*original.words, *self.mark)).encode("utf-8", "replace"), digest_size=12).hexdigest()
        self.codes[code_of("text", row["text"])] = code_of("text", text)
        keys = ((self.codes.get(code, code), self._day(day)) for code, day in _KEY.iter_unpack(row["keys"]))
        return {
            **row,
            "article": self.ids[row["article"]],
            "text": text,
            "day": self._day(row["day"]),
            "profile": self._profile(row["profile"], text, original.words),
            "tellings": self._tellings(row["tellings"]),
            "keys": b"".join(_KEY.pack(*key) for key in sorted(keys)),
        }

    def _profile(self, line: str, text: str, words: Sequence[str]) -> str:
        """A packed profile; the editor's initials are words without a meaning."""
        given = json.loads(line)
        size = len(words) + len(self.mark)
        later = given["later"] / HUNDREDTH / 100 * len(words)
        days, shares = given["days"]
        changed = {
            "article": self.ids[given["article"]],
            "text": text,
            "published": self._day(given["published"]),
            "size": size,
            "days": [list(map(self._day, days)), shares],
            "later": round(round(100 * round(later) / max(1, size), 2) * HUNDREDTH),
            "runs": add_runs(given["runs"], (*words[-BEFORE:], *self.mark)),
        }
        return json.dumps({**given, **changed}, separators=(",", ":"))

    def _tellings(self, line: str) -> str:
        """Packed tellings, in order of the first of each, its id; the seventh are its days."""
        told = json.loads(line)
        for telling in told:
            telling[0] = self.tellings[telling[0]]
            telling[6] = telling[6] and list(map(self._day, telling[6]))
        return json.dumps(sorted(told, key=itemgetter(0)), separators=(",", ":"))

    # ----------------------------------------------------------------- links

    def _links(self) -> Rows:
        """Copies, incidents and origins, then the stories of these incidents."""
        stories = [record for kind, record in self.originals.records if kind == "story"]
        told = [(kind, self._record(kind, record)) for kind, record in self.originals.records if kind != "story"]
        told += (("story", self._record("story", record)) for record in stories)
        return link_rows(unpack_links(told), self.published)

    def _record(self, kind: str, record: str) -> str:
        """A link as JSON. An incident is named after the first of its events, which is another one here."""
        line: Line = in_order(json.loads(self._told(record)))
        if kind == "incident":
            line["id"] = line["events"][0]
            self.incidents[json.loads(record)["id"]] = line["id"]
        elif kind == "story":
            line["incidents"] = sorted(self.incidents[id] for id in json.loads(record)["incidents"])
        return json.dumps(line)

    def _incident_times(self) -> list[Line]:
        """When the incidents that stand were made and changed."""
        kept = [row for row in self.originals.index["incident_times"] if row["incident"] in self.incidents]
        return [self._of_incident(row) for row in kept]

    def _successions(self) -> list[Line]:
        """What became of incidents; not of those whose name is that of a standing one here."""
        standing = frozenset(self.incidents.values())
        moved = map(self._of_incident, self.originals.index["successions"])
        return [row for row in moved if row["old"] not in standing]

    def _of_incident(self, row: Line) -> Line:
        """A row about an incident, with its name and the moment as they are here."""
        return {
            name: self.incidents.get(told) or self.ids.get(told) or self._on_day(told) for name, told in row.items()
        }

    def _key(self, row: Line) -> Line:
        day = self._day(row["day"])
        assert day is not None
        code = self.codes.get(row["code"], row["code"])
        return {"month": month_of(day), "code": code, "day": day, "article": self.ids[row["article"]]}

    def _edge(self, row: Line) -> Line:
        node, other = self._node(row["node"]), self._node(row["other"])
        return {**row, "node": node, "other": other, "note": row["note"] and self._told(row["note"])}

    def _piece(self, row: Line) -> Line:
        return {**self._renamed(row), "first": self._day(row["first"]), "last": self._day(row["last"])}

    def _chapter(self, row: Line) -> Line:
        return {**self._renamed(row), "number": row["number"] + self.days // WINDOW}


@cache
def moved_day(day: str, between: str, days: int) -> str:
    """A date so many days later, written alike; what is no date stays."""
    try:
        later = date.fromisoformat(day.replace(between, "-")) + timedelta(days=days)
    except ValueError:
        return day
    return later.isoformat().replace("-", between)


def in_order(given: Any) -> Any:
    """A record whose lists of ids are sorted, as linking leaves them; lists in lists are pairs and stay."""
    if isinstance(given, dict):
        return {
            name: _sorted_ids(value) if isinstance(value, list) else in_order(value) for name, value in given.items()
        }
    return [in_order(each) for each in given] if isinstance(given, list) else given


def _sorted_ids(values: list[Any]) -> Any:
    return sorted(values) if all(isinstance(value, str) for value in values) else in_order(values)


def add_runs(packed: str, words: Sequence[str]) -> str:
    """The sampled runs of a packed profile with those that end in words which were appended."""
    ends: Iterable[Sequence[str]] = (words[at : at + BEFORE + 1] for at in range(len(words) - BEFORE))
    hashes = (crc32(" ".join(run).encode("utf-8", "replace")) for run in ends)
    runs = {*np.frombuffer(b64decode(packed), "<u4").tolist(), *(value for value in hashes if value % SAMPLED == 0)}
    return b64encode(np.array(sorted(runs)[:RUNS], "<u4").tobytes()).decode("ascii")
