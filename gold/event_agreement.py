"""`python -m gold.event_agreement FILE... [--differences]`: how far the two codings of lots of events agree.

FILE is a lot in `events/`; its second coding lies under the same name in `second/events/`. Events are paired as
`eval.gold_events` pairs gold and predicted ones, so that these figures say how high its figures can go.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.gold_events import Pair, actors_agree, match, score
from gold.agreement import kappa
from gold.claims import GoldError
from gold.events import SECOND, CodedText, GoldEvent, GoldParty, read

_ROWS = (
    ("events F1 (type and actors)", "events"), ("types F1", "types"), ("told as done F1", "told"), ("status", "status"),
    ("mode", "mode"), ("actors F1", "actors"), ("recipients F1", "recipients"), ("country", "country"),
    ("sector", "sector"), ("place F1", "place"), ("time F1", "time"), ("free of events", "empty"),
)  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m gold.event_agreement", description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--differences", action="store_true", help="print what differs, text by text")
    chosen = parser.parse_args(argv)
    try:
        pairs = [both for path in chosen.files for both in codings(path)]
    except GoldError as fault:
        print(fault, file=sys.stderr)
        return 2
    if chosen.differences:
        for first, second in pairs:
            print("\n".join(differences(first, second)), end="")
        return 0
    for name, value, items in agreement(pairs):
        print(f"{name:<32}{value:>7.3f}{items:>7}")
    return 0


def codings(path: Path) -> Iterator[tuple[CodedText, CodedText]]:
    """Each text of a lot as both coders have it; GoldError where the second misses one."""
    second = {text.id: text for text in read(SECOND / path.name)}
    for text in read(path):
        if text.id not in second:
            raise GoldError(f"{path.name}: {text.id} has no second coding")
        yield text, second[text.id]


def agreement(pairs: Sequence[tuple[CodedText, CodedText]]) -> list[tuple[str, float, int]]:
    """(what, agreement, items) rows; kappa is Cohen's."""
    rates = score([first for first, _ in pairs], [second.events for _, second in pairs])
    rows = [
        (title, rates[name]["F" if title.endswith("F1") or "F1 " in title else "R"], int(rates[name]["gold"]))
        for title, name in _ROWS
        if name in rates
    ]
    shared = [pair for first, second in pairs for pair in match(first, second.events)]
    status = [(pair.gold.status.value, pair.found.status.value) for pair in shared]
    mode = [(pair.gold.mode or "", pair.found.mode or "") for pair in shared]
    return [*rows, ("status, kappa", kappa(status), len(status)), ("mode, kappa", kappa(mode), len(mode))]


def differences(first: CodedText, second: CodedText) -> Iterator[str]:
    """What two codings of a text differ in; nothing where they agree."""
    pairs = match(first, second.events)
    paired = [id(event) for pair in pairs for event in (pair.gold, pair.found)]
    told = [line for pair in pairs for line in _unlike(first, pair)]
    for name, text in (("1 only", first), ("2 only", second)):
        told += [f"  {name}: {_event(first, event)}" for event in text.events if id(event) not in paired]
    if told:
        yield f"### {first.id}\n{first.article.text}"
        yield from told
        yield "\n"


def _unlike(text: CodedText, pair: Pair) -> Iterator[str]:
    one, two = pair.gold, pair.found
    fields = [name for name in ("mode", "status") if getattr(one, name) != getattr(two, name)]
    if not actors_agree(text, one, two):
        fields.append("actors")
    if [party.country for party in one.actors] != [party.country for party in two.actors]:
        fields.append("country")
    if [party.sectors[:1] for party in one.actors] != [party.sectors[:1] for party in two.actors]:
        fields.append("sector")
    if len(one.recipients) != len(two.recipients):
        fields.append("recipients")
    if fields:
        yield f"  {', '.join(fields)}:"
        yield f"    1 {_event(text, one)}"
        yield f"    2 {_event(text, two)}"


def _event(text: CodedText, event: GoldEvent) -> str:
    quote = text.article.quote
    sides = [_parties(text, parties) for parties in (event.actors, event.recipients)]
    code = f"{event.type}/{event.mode}" if event.mode else f"{event.type}"
    return f"{quote(event.trigger)!r} {code} {event.status} {sides[0]} -> {sides[1]}"


def _parties(text: CodedText, parties: Sequence[GoldParty]) -> str:
    told = (
        f"{text.article.quote(party.span)} | {party.country or '-'} | {','.join(party.sectors) or '-'}"
        for party in parties
    )
    return "[" + "; ".join(told) + "]"


if __name__ == "__main__":
    sys.exit(main())
