"""Sayings, sources and names as a desk reads them: a few lines each, whatever the width of the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from sayso.cli.render import out
from sayso.text import plural

if TYPE_CHECKING:
    from sayso.report.claims import SayingRow
    from sayso.report.labels import LabelRow
    from sayso.report.reach import OriginShare
    from sayso.report.sources import SourceNote, SourceRow

_PLAIN = frozenset(
    {"said", "says", "say", "saying", "told", "according to", "reported", "wrote", "stated", "added", ":"}
)
_SHOWN = 4  # names in a line before "and 3 more"


def print_sayings(rows: Sequence[SayingRow], limit: int) -> None:
    """One block a saying; what grouping hides is a digit away: --each, --json or `sayso show`."""
    if not rows:
        out().print("no claim fits; `sayso sources` lists who is cited")
        return
    reports = sum(row.articles for row in rows)
    print_wrapped([(0, "", f"claims ({len(rows):,}, in {plural(reports, 'report')}; --each lists every one)")])
    for row in rows[:limit]:
        print_wrapped(_saying(row))
    _print_rest(len(rows), limit)


def print_notes(row: SourceRow, notes: Sequence[SourceNote], limit: int) -> None:
    """A source, then what it said, each with what others make of it."""
    print_wrapped(_source(row))
    for note in notes[:limit]:
        standing = f"  [{', '.join(filter(None, (note.standing, 'passed on' * (note.role != 'origin'))))}]"
        print_wrapped(_saying(note.saying, standing if len(standing) > 4 else ""))
    _print_rest(len(notes), limit)


def print_pivot(rows: Sequence[LabelRow], limit: int) -> None:
    """Under each target the words for it, and who uses them."""
    if not rows:
        out().print("nothing here goes by several names; --of TARGET shows a single name too")
        return
    for _, held in groupby(rows[:limit], key=lambda row: (row.target_id, row.target)):
        group = list(held)
        print_wrapped([(0, "bold", group[0].target)])
        for row in group:
            spread = f"{plural(row.articles, 'report')} of {plural(row.origins, 'origin')}, first {_day(row.first)}"
            users = (
                f"own voice only: {_listed(name.removesuffix(' (own voice)') for name in row.by)}"
                if row.own_voice
                else "; ".join(row.by[:_SHOWN]) + _more(row.by)
            )
            print_wrapped([(2, "", f"“{row.label}”  {users}  ({spread})")])
    _print_rest(len(rows), limit)


def _saying(row: SayingRow, note: str = "") -> Iterator[tuple[int, str, str]]:
    """(indent, style, words) of each line."""
    certainty = [one for one in row.certainty if one != "certain"]
    how = ", ".join([f"did not say ({row.not_said})" if row.not_said else row.stance, *certainty])
    telling = row.cue and row.stance == "asserts" and not row.not_said and row.cue.casefold() not in _PLAIN
    quotes = [*([row.cue] if telling and row.cue else []), *row.hedges]
    quoted = f" (“{'”, “'.join(quotes)}”)" if quotes else ""
    who = f"{_listed(row.who) or row.first_outlet} ({', '.join(row.kinds) or 'unnamed'})"
    yield 0, "bold", f"{row.id[:8]}  {who} {how}{quoted}{note}"
    yield 2, "", row.content if row.content[:1] in "“\"'‘" else f"“{row.content}”"
    spread = f"first {row.first_outlet}, {_day(row.first)}"
    if row.articles > 1:
        others = [name for name in row.outlets if name != row.first_outlet]
        spread += f"; {row.articles} reports of {plural(row.origins, 'origin')}"
        spread += f", also {_listed(others)}" if others else ""
    yield 2, "dim", f"{spread}; {row.grade}"
    told = list(map(_origin, row.by_origin))
    if any(" (" in one for one in told):  # else each outlet is its own origin
        yield 2, "dim", f"origins: {'; '.join(told[:_SHOWN])}{_more(told)}"
    longer = [chain for chain in row.chains if chain.count("←") > 1]
    if longer:
        yield 2, "dim", f"through {'; '.join(longer[:_SHOWN])}"
    for words, held in (
        ("confirmed by", row.confirmed_by), ("denied by", row.denied_by), ("stands against", row.denies),
        ("other figures", row.figures), ("figure withdrawn", ("by a later report",) * row.withdrawn),
    ):  # fmt: skip
        if held:
            yield 2, "", f"{words}: {'; '.join(held[:_SHOWN])}" + _more(held)


def _origin(share: OriginShare) -> str:
    """ "Meridian Wire (Meridian Wire, Northern Post)": an origin with the outlets that go back to it."""
    outlets = ", ".join(dict.fromkeys(one.outlet for one in share.articles))
    return share.name if outlets == share.name else f"{share.name} ({outlets})"


def _source(row: SourceRow) -> Iterator[tuple[int, str, str]]:
    yield 0, "bold", f"{row.name} ({', '.join(row.kinds)}{', ' + row.country if row.country else ''})"
    if not row.named:
        yield 2, "", f"described, never named; only in {row.described_in or 'one report'}, and not joined over others"
    if len(row.names) > 1:
        yield 2, "", f"also called {_listed(row.names[1:])}"
    yield (
        2,
        "",
        f"{plural(row.claims, 'claim')} in {plural(row.articles, 'report')} of {plural(row.origins, 'origin')}, "
        f"{_day(row.first)} to {_day(row.last)}: {', '.join(row.stances)}",
    )
    yield 2, "", f"confirmed {row.confirmed}, disputed {row.disputed}, alone {row.alone}; passes on {row.passed_on}"
    grade = (
        row.grade
        + (f" by {row.graded_by}" if row.graded_by else "")
        + (f": {row.grade_note}" if row.grade_note else "")
    )
    yield 2, "", grade


def print_wrapped(lines: Iterable[tuple[int, str, str]]) -> None:
    """Lines folded to the width of the terminal, each under its indent; nothing in them is read as mark-up."""
    from rich.padding import Padding
    from rich.text import Text

    for indent, style, words in lines:
        out().print(Padding(Text(words, style=style), (0, 0, 0, indent), expand=False))


def _print_rest(rows: int, limit: int) -> None:
    if rows > limit:
        out().print(f"… {rows - limit:,} more; --limit {rows} shows all, --json gives them to a program")


def _listed(names: Iterable[str]) -> str:
    held = tuple(names)
    return ", ".join(held[:_SHOWN]) + _more(held)


def _more(held: Sequence[str]) -> str:
    return f" and {len(held) - _SHOWN} more" if len(held) > _SHOWN else ""


def _day(published: str | None) -> str:
    return (published or "undated")[:10]
