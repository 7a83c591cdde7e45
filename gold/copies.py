"""The copy test: pairs of reports of which one was taken from the other, or neither; `python -m gold.copies` writes it.

The pairs come from reports written by hand (`copies/01.toml` and on: an original, its rewriting, its translation and
reports by others on the same event) and from seeded transformations of these and of the articles in `claims/dev*.toml`.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from random import Random
from typing import Any

from sayso.model import Article

FOLDER = Path(__file__).with_name("copies")
PAIRS = FOLDER / "pairs.jsonl"
HALVES = ("dev", "blind")  # rules are made on the first; the second only measures
OUTLETS = ("Evening Mail", "Daily Ledger", "Harbour Times", "Metro Daily", "Capital Evening", "Border Gazette")
COUNTS = {"exact": 26, "edited": 36, "excerpt": 30}  # made; what is written by hand is taken whole


@dataclass(frozen=True, slots=True)
class Report:
    """One side of a pair as the archive would have it."""

    text: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    credits: tuple[str, ...] = ()

    def article(self, id: str) -> Article:
        whole = f"{self.title}\n\n{self.text}" if self.title else self.text
        return Article(
            whole, title=self.title, outlet=self.outlet, published=self.published, credits=self.credits, id=id
        )


@dataclass(frozen=True, slots=True)
class Alteration:
    """What an editing hand did to the original: the words before and after, and what kind of change that is."""

    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports, and what is known of them: `kind` None and `source` None where neither was taken from the other."""

    id: str
    half: str
    group: str  # the reports that it was made from; a group lies in one half
    kind: str | None
    how: str  # what was done, or what makes it hard
    source: str | None  # "one" or "two": the side that the other was taken from
    one: Report
    two: Report
    alterations: tuple[Alteration, ...] = ()

    def articles(self) -> tuple[Article, Article]:
        return self.one.article(f"{self.id}-1"), self.two.article(f"{self.id}-2")


def read_pairs(path: Path = PAIRS) -> tuple[Pair, ...]:
    """All pairs, in the file's order."""
    with path.open(encoding="utf-8") as lines:
        return tuple(_pair(json.loads(line)) for line in lines)


def _pair(row: dict[str, Any]) -> Pair:
    sides = {side: Report(**{**row[side], "credits": tuple(row[side]["credits"])}) for side in ("one", "two")}
    return Pair(**{**row, **sides, "alterations": tuple(Alteration(**one) for one in row["alterations"])})


# --------------------------------------------------------------------------- what pairs are made from


@lru_cache(maxsize=1)
def desk() -> dict[str, list[str]]:
    """What desks put around and into copy."""
    return tomllib.loads((FOLDER / "desk.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def groups() -> dict[str, dict[str, dict[str, Any]]]:
    """The reports written by hand, by group and key."""
    found = {}
    for path in sorted(FOLDER.glob("[0-9]*.toml")):
        found[path.stem] = {row["key"]: row for row in tomllib.loads(path.read_text("utf-8"))["report"]}
    return found


def originals() -> Iterator[tuple[str, Report, list[Alteration]]]:
    """(group, report, what a hand would alter): the hand-written originals, then the open articles of the claims."""
    for name, rows in groups().items():
        edits = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))["report"][0]["edits"]
        yield name, _report(rows["A"]), [Alteration(kind, before, after) for before, after, kind in edits]
    for path in sorted((FOLDER.parent / "claims").glob("dev*.toml")):
        for row in tomllib.loads(path.read_text("utf-8"))["text"]:
            if row["kind"] == "article" and len(row["text"].split()) >= 140:
                yield row["id"], _plain(row), []


def _plain(row: dict[str, Any]) -> Report:
    """An article of the claims; its title, where it has one, opens the text."""
    title, text = row.get("title"), row["text"].strip()
    if title and text.startswith(title):
        text = text[len(title) :].strip()
    return Report(text, title, row.get("outlet"), row.get("published"))


def _report(row: dict[str, Any]) -> Report:
    return Report(row["text"].strip(), row["title"], row["outlet"], row["published"])


# --------------------------------------------------------------------------- what a desk does


def exact(source: Report, rng: Random, _: Sequence[Alteration]) -> tuple[Report, str, tuple[Alteration, ...]]:
    """Carried whole: another headline, a head and feet of the house, its marks and spellings."""
    outlet = rng.choice(OUTLETS)
    text = _house(source.text, rng)
    if rng.random() < 0.5:
        text = _undated(text)
    parts = [text, *rng.sample(_filled("feet", outlet), rng.randint(1, 3))]
    if rng.random() < 0.6:
        parts.insert(0, rng.choice(_filled("heads", outlet)))
    return Report("\n\n".join(parts), _headline(text), outlet), "boilerplate", ()


def edited(source: Report, rng: Random, edits: Sequence[Alteration]) -> tuple[Report, str, tuple[Alteration, ...]]:
    """Cut from the end, a paragraph of the house put in, and details altered."""
    outlet = rng.choice(OUTLETS)
    chosen = sorted(rng.sample(list(edits), min(len(edits), rng.randint(3, 4))), key=edits.index)
    text = source.text
    for edit in chosen or _loosened(text, rng):
        text = text.replace(edit.before, edit.after)
    done = tuple(chosen) if chosen else tuple(_loosened(source.text, rng))
    paragraphs = [p for p in _undated(text).split("\n\n") if p.strip()]
    kept = paragraphs[: max(3, len(paragraphs) - rng.randint(0, 2))]
    if rng.random() < 0.7 or (not done and len(kept) == len(paragraphs)):
        kept.insert(rng.randint(2, len(kept)), rng.choice(_filled("inserts", outlet)))
    final = "\n\n".join(kept)
    done = tuple(edit for edit in done if (edit.after and edit.after in final) or (not edit.after))
    return Report(final, _headline(final), outlet), "altered", done


def excerpt(source: Report, rng: Random, _: Sequence[Alteration]) -> tuple[Report, str, tuple[Alteration, ...]]:
    """The first paragraphs alone, or some of them within a round-up or a comment."""
    outlet = rng.choice(OUTLETS)
    paragraphs = [p for p in source.text.split("\n\n") if p.strip()]
    size, count = 0, 0
    while count < len(paragraphs) and size < 0.33 * len(source.text.split()):
        size, count = size + len(paragraphs[count].split()), count + 1
    first = "\n\n".join(paragraphs[:count])
    how = rng.choice(["lead", "lead", "roundup", "comment"])
    if how == "lead":
        return Report(_undated(first), _headline(first), outlet), how, ()
    if how == "comment":
        parts = [rng.choice(_filled("quoting", outlet)), first, rng.choice(_filled("comments", outlet))]
        return Report("\n\n".join(parts), "Reading the news from afar", outlet), how, ()
    others = [rows["B"]["text"].strip() for rows in groups().values() if rows["A"]["text"].strip() != source.text]
    items = ["\n\n".join(text.split("\n\n")[:2]) for text in rng.sample(others, 3)]
    items.insert(rng.randint(0, 3), _undated(first))
    return Report("\n\n".join([rng.choice(_filled("roundups", outlet)), *items]), "The day abroad", outlet), how, ()


def _filled(key: str, outlet: str) -> list[str]:
    site = re.sub(r"\W", "", outlet.lower()) + ".example"
    return [text.format(outlet=outlet, site=site) if "{" in text else text for text in desk()[key]]


def _house(text: str, rng: Random) -> str:
    """A house's own marks and spellings."""
    styles: tuple[Callable[[str], str], ...] = (
        lambda one: re.sub(r'"([^"\n]*)"', r"“\1”", one),
        lambda one: one.replace(" percent", " per cent"),
        lambda one: one.replace("a.m.", "am").replace("p.m.", "pm"),
        lambda one: one.replace(" — ", " - "),
    )
    for style in styles:
        if rng.random() < 0.5:
            text = style(text)
    return text


def _undated(text: str) -> str:
    """Without the dateline."""
    return re.sub(r"^[A-Z][^\n]{3,60}?(?:\)|\d) ?[—-] ", "", text)


def _headline(text: str) -> str:
    """What a hasty editor makes of the first words."""
    words = re.sub(r"^[A-Z]{2}[^\n]{0,80}? [—-] ", "", text).split()
    return " ".join(words[:7]).strip(",.;:")


_LOOSE = (
    (re.compile(r"\b(?:at least|about|some|around|more than) (?=\d|[a-z]+ty\b)"), "", "qualifier"),
    (re.compile(r"\b(?:reportedly|allegedly|apparently) "), "", "qualifier"),
    (re.compile(r"(?<![\d.,])([2-9])([1-9])(?= [a-z]+s\b)"), r"\g<2>\g<1>", "number"),
)


def _loosened(text: str, rng: Random) -> list[Alteration]:
    """Hedges dropped and figures turned round, where no hand has said what to alter."""
    found = []
    for pattern, put, kind in _LOOSE:
        for match in list(pattern.finditer(text))[:1]:
            low, high = max(0, match.start() - 12), min(len(text), match.end() + 12)
            before = text[low:high]
            after = text[low : match.start()] + match.expand(put) + text[match.end() : high]
            if text.count(before) == 1 and before != after:
                found.append(Alteration(kind, before, after))
    return found


# --------------------------------------------------------------------------- pairs


MAKERS: dict[str, Callable[[Report, Random, Sequence[Alteration]], tuple[Report, str, tuple[Alteration, ...]]]] = {
    "exact": exact,
    "edited": edited,
    "excerpt": excerpt,
}


def make_pairs() -> list[Pair]:
    """All pairs; the same on every machine."""
    return [*_transformed(), *_retold(), *_independent()]


def _transformed() -> Iterator[Pair]:
    sources = list(originals())
    for kind, count in COUNTS.items():
        order = sources if kind == "edited" else Random(kind).sample(sources, len(sources))
        for number in range(count):
            name, source, edits = order[number % len(order)]
            rng = Random(f"{kind}:{name}:{number}")
            copy, how, done = MAKERS[kind](source, rng, edits)
            yield _placed(f"{kind}-{number:02}", name, kind, how, source, copy, rng, done)


def _retold() -> Iterator[Pair]:
    for name, rows in groups().items():
        for key, kind in (("R", "rewritten"), ("T", "translated")):
            rng = Random(f"{kind}:{name}")
            yield _placed(f"{kind}-{name}", name, kind, "by hand", _report(rows["A"]), _report(rows[key]), rng)


def _placed(
    id: str,
    name: str,
    kind: str,
    how: str,
    source: Report,
    copy: Report,
    rng: Random,
    done: tuple[Alteration, ...] = (),
) -> Pair:
    """With times and credits, with times, or with neither; the original on either side."""
    told = rng.choice(["credit", "time", "nothing", "nothing"])
    start = datetime.fromisoformat((source.published or "2022-03-01T09:00:00Z").replace("Z", "+00:00"))
    if told == "nothing":
        named = rng.random() < 0.5
        source, copy = (replace(one, published=None, outlet=one.outlet if named else None) for one in (source, copy))
    else:
        later = start + timedelta(minutes=rng.randint(25, 2400))
        source = replace(source, published=start.isoformat(), outlet=source.outlet or "Interior News Agency")
        copy = replace(copy, published=later.isoformat(), credits=(source.outlet or "",) if told == "credit" else ())
    first = rng.random() < 0.5
    one, two = (source, copy) if first else (copy, source)
    return Pair(id, _half(name), name, kind, f"{how}, {told}", "one" if first else "two", one, two, done)


def _independent() -> Iterator[Pair]:
    """Reports by others beside the original, its copies and one another; some with a public statement in both."""
    number = 0
    for name, rows in groups().items():
        for one, two in (("A", "B"), ("A", "C"), ("B", "C"), ("R", "B"), ("T", "B"), ("R", "C"), ("T", "C")):
            if one not in rows or two not in rows:
                continue
            rng = Random(f"independent:{name}:{one}{two}")
            sides, how = [_report(rows[one]), _report(rows[two])], "own reporting"
            if (one, two) in (("A", "B"), ("R", "B")) and int(name) % 2:
                sides, how = _with_statement(sides, rng), "the same statement carried whole"
            if rng.random() < 0.4:
                sides, how = [replace(side, published=None) for side in sides], how + ", undated"
            if rng.random() < 0.5:
                sides.reverse()
            yield Pair(f"independent-{number:02}", _half(name), name, None, how, None, sides[0], sides[1])
            number += 1


def _with_statement(sides: list[Report], rng: Random) -> list[Report]:
    """Both with one public statement: between quotation marks, or set out as text of its own."""
    statement, found = rng.choice(desk()["statements"]), []
    for side in sides:
        body = f'"{statement}"' if rng.random() < 0.5 else statement
        paragraphs = side.text.split("\n\n")
        paragraphs[3:3] = [rng.choice(desk()["intros"]), body]
        found.append(replace(side, text="\n\n".join(paragraphs)))
    return found


def _half(group: str) -> str:
    """The half that a group lies in, by its name's digest."""
    return HALVES[blake2b(f"copies:{group}".encode(), digest_size=1).digest()[0] % 2]


def main() -> None:
    with PAIRS.open("w", encoding="utf-8") as out:
        for pair in make_pairs():
            out.write(json.dumps(asdict(pair), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
