"""Codings of real texts that stand elsewhere: `real/<part>.jsonl` has characters and codes, never a word of the texts.

A line names a text of a benchmark, the stretch of it that was coded, and every event in it by the codebook EVENTS.md:

    {"set": "stories", "id": "AS-…", "start": 0, "end": 812, "digest": "…", "events": [
     {"trigger": [12, 20], "type": "ACCUSE", "mode": "disapprove", "status": "occurred",
      "actors": [[0, 11, "USA", "GOV"]], "recipients": [], "place": null, "time": [30, 39]}]}

The stretch is one of the text as `eval/real_events.py` reads it, spots are counted from its start, and `digest` tells
whether it is still the same. Of the parts *train* is fitted on and *test* only measures; *second* is *test* as another
hand coded it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from gold.claims import GoldError
from gold.events import CodedText, GoldEvent, GoldParty
from sayso.model import Article, EventType, Span, Status

FOLDER = Path(__file__).with_name("real")


@dataclass(frozen=True, slots=True)
class Coding:
    """One text's coding before the text is at hand."""

    set: str
    id: str
    start: int
    end: int
    digest: str
    events: tuple[Mapping[str, Any], ...]

    @property
    def name(self) -> str:
        return f"{self.set} {self.id} {self.start}"

    def of(self, article: Article) -> CodedText:
        """The coding on its text; GoldError where that is not the text that was coded."""
        text = article.text[self.start : self.end]
        if digest_of(text) != self.digest:
            raise GoldError(f"real: {self.name}: the text is not the one that was coded")
        title = article.title if self.start == 0 else None
        cut = Article(text, title=title, published=article.published, lang="en", id=self.name)
        return CodedText(self.name, "agency", False, cut, tuple(map(self._event, self.events)), (), ())

    def _event(self, row: Mapping[str, Any]) -> GoldEvent:
        def spot(found: list[int] | None) -> Span | None:
            return Span(self.name, found[0], found[1]) if found else None

        def party(found: list[Any]) -> GoldParty:
            start, end, country, sectors = found
            return GoldParty(Span(self.name, start, end), country, tuple(sectors.split(",")) if sectors else ())

        return GoldEvent(
            Span(self.name, *row["trigger"]),
            EventType(row["type"]),
            row["mode"],
            Status(row["status"]),
            tuple(map(party, row["actors"])),
            tuple(map(party, row["recipients"])),
            spot(row["place"]),
            spot(row["time"]),
        )


def load(part: str) -> tuple[Coding, ...]:
    """The codings of a part, in the order of its file."""
    return tuple(_read(FOLDER / f"{part}.jsonl"))


def digest_of(text: str) -> str:
    """What tells a text from another without holding it."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _read(path: Path) -> Iterator[Coding]:
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        yield Coding(row["set"], row["id"], row["start"], row["end"], row["digest"], tuple(row["events"]))
