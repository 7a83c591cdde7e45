"""The open gold set of events: `events/<writer>.toml` to records in which every quoted string has its characters.

EVENTS.md is the codebook. What can be checked of it is checked here; `python -m gold.events FILE...` prints what is
wrong in a file and what it holds.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gold.claims import GoldError, locate
from sayso.model import MODES, Article, Certainty, EventType, Harm, SourceKind, Span, Stance, Status

FOLDER = Path(__file__).with_name("events")
SECOND = Path(__file__).with_name("second") / "events"  # the second coding: ids and codes, texts as in FOLDER
PARTS = ("train", "more", "test")  # fitted on, coded twice; fitted on, coded once; only measures
REGISTERS = ("agency", "local paper", "state media", "broadcaster", "statement", "translated", "headline", "post")
SECTORS = frozenset(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split()
)
_TEXT_KEYS = set("id register invented text title outlet published events tolls claims".split())
_EVENT_KEYS = set("trigger type mode status actors recipients place time".split())
_TOLL_KEYS = set("words harm low high event".split())
_CLAIM_KEYS = set("chain content stance certainty".split())
_ID = re.compile(r"e\d+-[sa]-\d+")


@dataclass(frozen=True, slots=True)
class GoldParty:
    """One actor or recipient; None where the codebook's "-" stands."""

    span: Span
    country: str | None
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """One event as a coder read it."""

    trigger: Span
    type: EventType
    mode: str | None
    status: Status
    actors: tuple[GoldParty, ...]
    recipients: tuple[GoldParty, ...]
    place: Span | None
    time: Span | None


@dataclass(frozen=True, slots=True)
class GoldToll:
    """A counted phrase; `high` None is open above, `event` an index into the text's events."""

    span: Span
    harm: Harm
    low: int
    high: int | None
    event: int | None


@dataclass(frozen=True, slots=True)
class GoldSaying:
    """A claim in short: its chain from the source nearest the reader, and its content."""

    chain: tuple[tuple[Span | None, SourceKind | None, Span | None], ...]
    content: tuple[Span, ...]
    stance: Stance
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class CodedText:
    """One sentence or article with everything coded in it."""

    id: str
    register: str
    invented: bool
    article: Article
    events: tuple[GoldEvent, ...]
    tolls: tuple[GoldToll, ...]
    claims: tuple[GoldSaying, ...]

    @property
    def is_sentence(self) -> bool:
        return "-s-" in self.id


@cache
def load(part: str) -> tuple[CodedText, ...]:
    """The texts of one part, from all its writers."""
    return tuple(text for path in files(part) for text in read(path))


def files(part: str) -> list[Path]:
    """The files of one part."""
    return sorted(FOLDER.glob(f"{part}*.toml"))


def read(path: Path) -> tuple[CodedText, ...]:
    """The texts of one file; GoldError with every fault if anything in it is not as the codebook wants it.

    A second coding has no texts of its own: they are those of the file of the same name in `FOLDER`.
    """
    rows = _rows(path)
    if path.resolve().parent == SECOND:
        first = {row["id"]: row for row in _rows(FOLDER / path.name)}
        rows = [{**_bare(first.get(row.get("id"), {})), **row} for row in rows]
    texts: list[CodedText] = []
    faults: list[str] = []
    for number, row in enumerate(rows, 1):
        where = f"{path.name}: {row.get('id', f'text {number}')}"
        try:
            texts.append(_Reader(row, where).text())
        except GoldError as fault:
            faults.append(str(fault))
    doubles = [name for name, count in Counter(row.get("id") for row in rows).items() if count > 1]
    faults += [f"{path.name}: {name}: this id stands twice" for name in doubles]
    if faults:
        raise GoldError("\n".join(faults))
    return tuple(texts)


def _rows(path: Path) -> list[dict[str, Any]]:
    try:
        rows: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8")).get("text", [])
    except tomllib.TOMLDecodeError as fault:
        raise GoldError(f"{path.name}: {fault}") from fault
    return rows


def _bare(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in ("events", "tolls", "claims")}


class _Reader:
    """Reads one text, naming where it stands in every error."""

    def __init__(self, row: Mapping[str, Any], where: str) -> None:
        self.row, self.where = row, where
        self._keys(row, _TEXT_KEYS, "text")
        title, body = row.get("title"), str(row.get("text", "")).strip()
        if not body or not _ID.fullmatch(str(row.get("id"))):
            raise self._fault("needs an id like e1-s-001 and a text")
        if row.get("register") not in REGISTERS or not isinstance(row.get("invented"), bool):
            raise self._fault("needs a register and `invented`")
        self.article = Article(
            text=f"{title}\n\n{body}" if title else body,
            title=title,
            outlet=row.get("outlet"),
            published=str(row["published"]) if "published" in row else None,  # also a date without quotes
            lang="en",
            id=row["id"],
        )

    def text(self) -> CodedText:
        row = self.row
        if "events" not in row:
            raise self._fault("needs `events`, [] where there is none")
        events = tuple(self._event(event) for event in row["events"])
        return CodedText(
            id=row["id"],
            register=row["register"],
            invented=row["invented"],
            article=self.article,
            events=events,
            tolls=tuple(self._toll(toll, len(events)) for toll in row.get("tolls", ())),
            claims=tuple(self._claim(claim) for claim in row.get("claims", ())),
        )

    def _event(self, row: Mapping[str, Any]) -> GoldEvent:
        self._keys(row, _EVENT_KEYS, "event")
        type_, mode = self._word(EventType, row.get("type")), row.get("mode")
        if mode is not None and mode not in MODES.get(type_, ()):
            raise self._fault(f"{type_} has no mode {mode!r}")
        return GoldEvent(
            trigger=self._span(row.get("trigger")),
            type=type_,
            mode=mode,
            status=self._word(Status, row.get("status")),
            actors=tuple(self._party(party) for party in row.get("actors", ())),
            recipients=tuple(self._party(party) for party in row.get("recipients", ())),
            place=self._maybe(row.get("place")),
            time=self._maybe(row.get("time")),
        )

    def _party(self, written: str) -> GoldParty:
        parts = [part.strip() for part in written.split("|")]
        if len(parts) != 3:
            raise self._fault(f'{written!r} is not "words | country | sector"')
        words, country, sectors = parts
        if country != "-" and not re.fullmatch("[A-Z]{3}", country):
            raise self._fault(f"{country!r} is no country code")
        found = () if sectors == "-" else tuple(sector.strip() for sector in sectors.split(","))
        if unknown := set(found) - SECTORS:
            raise self._fault(f"{sorted(unknown)} is no sector")
        return GoldParty(self._span(words), None if country == "-" else country, found)

    def _toll(self, row: Mapping[str, Any], events: int) -> GoldToll:
        self._keys(row, _TOLL_KEYS, "toll")
        event, low = row.get("event"), row.get("low", 0)
        if not isinstance(low, int) or (event is not None and not 1 <= event <= events):
            raise self._fault(f"toll {row.get('words')!r}: low is a number and event one of the events")
        return GoldToll(
            self._span(row.get("words")),
            self._word(Harm, row.get("harm")),
            low,
            row.get("high"),
            None if event is None else event - 1,
        )

    def _claim(self, row: Mapping[str, Any]) -> GoldSaying:
        self._keys(row, _CLAIM_KEYS, "claim")
        content = row.get("content", ())
        pieces = [content] if isinstance(content, str) else content
        if not pieces or not row.get("chain"):
            raise self._fault("a claim needs a chain and a content")
        return GoldSaying(
            tuple(self._link(link) for link in row["chain"]),
            tuple(self._span(piece) for piece in pieces),
            self._word(Stance, row.get("stance")),
            self._word(Certainty, row.get("certainty", "certain")),
        )

    def _link(self, written: str) -> tuple[Span | None, SourceKind | None, Span | None]:
        parts = [part.strip() for part in written.split("|")]
        if len(parts) != 3:
            raise self._fault(f'{written!r} is not "source | kind | cue"')
        source, kind, cue = ("" if part == "-" else part for part in parts)
        return self._maybe(source), self._word(SourceKind, kind) if kind else None, self._maybe(cue)

    def _maybe(self, words: str | None) -> Span | None:
        return self._span(words) if words else None

    def _span(self, words: Any) -> Span:
        found = locate(words, self.article.text) if isinstance(words, str) and words else None
        if found is None:
            raise self._fault(f"{words!r} does not stand in the text")
        return Span(self.article.id, *found)

    def _word(self, kind: Any, word: Any) -> Any:
        try:
            return kind(word)
        except ValueError as cause:
            raise self._fault(f"{word!r} is none of {', '.join(kind)}") from cause

    def _keys(self, row: Mapping[str, Any], allowed: set[str], what: str) -> None:
        if unknown := set(row) - allowed:
            raise self._fault(f"{what} has unknown keys {sorted(unknown)}")

    def _fault(self, what: str) -> GoldError:
        return GoldError(f"{self.where}: {what}")


def _summary(texts: tuple[CodedText, ...]) -> Iterator[str]:
    events = [event for text in texts for event in text.events]
    sentences = sum(text.is_sentence for text in texts)
    empty = sum(not text.events for text in texts if text.is_sentence)
    yield f"{sentences} sentences ({empty} without events), {len(texts) - sentences} articles, {len(events)} events"
    for title, counts in (
        ("types", Counter(f"{event.type}" for event in events)),
        ("modes", Counter(f"{event.type}/{event.mode}" for event in events if event.mode)),
        ("status", Counter(f"{event.status}" for event in events)),
        ("registers", Counter(text.register for text in texts)),
    ):
        yield f"{title}: " + ", ".join(f"{name} {count}" for name, count in counts.most_common())
    seen = {f"{event.type}/{event.mode}" for event in events}
    missing = [
        f"{type_}/{mode}" for type_, modes in MODES.items() for mode in sorted(modes) if f"{type_}/{mode}" not in seen
    ]
    yield "modes not seen: " + (", ".join(missing) or "none")


def main(paths: list[str]) -> int:
    """Print the faults of each file, or what it holds."""
    faulty = 0
    for path in map(Path, paths):
        try:
            print(f"{path.name}: " + "\n  ".join(_summary(read(path))))
        except GoldError as fault:
            faulty = 1
            print(fault)
    return faulty


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
