"""Commands that lay accounts side by side: what reports agree on, and what an archive says now and said before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.base import AsJson, Db, Limit, app, day, opened
from sayso.cli.render import out, print_json, wants_json
from sayso.cli.sayings import print_wrapped
from sayso.errors import ConfigError, InputError
from sayso.report.positions import Standing
from sayso.text import plural

if TYPE_CHECKING:
    from sayso.report.agreement import AgreementRow, Evidence
    from sayso.report.changes import Change

_SHOWN = 3  # quotations under a change
_QUOTE = 120  # characters


@app.command()
def agreement(
    id: Annotated[str | None, typer.Argument(help="an incident or story, or its first digits")] = None,
    standing: Annotated[
        list[Standing], typer.Option("--standing", help="only positions that stand so; repeatable")
    ] = [],  # noqa: B006
    db: Db = None,
    limit: Limit = 60,
    as_json: AsJson = None,
) -> None:
    """What is undisputed, contested (who against whom) and told by one alone; copies count for nothing.

    Example: sayso agreement --standing contested
    """
    from sayso.report.agreement import agreement as positions

    with opened(db) as project:
        rows = positions(project.desk(), id, [one.value for one in standing])
    if wants_json(as_json):
        for row in rows:
            print_json(row)
        return
    if not rows:
        out().print("no position stands so; `sayso agreement` shows them all")
    print_positions(rows, limit)


@app.command()
def diff(
    first: Annotated[str, typer.Argument(help="the earlier day, YYYY-MM-DD", metavar="DAY")],
    second: Annotated[str, typer.Argument(help="the later day", metavar="DAY")],
    db: Db = None,
    limit: Limit = 80,
    as_json: AsJson = None,
) -> None:
    """What the archive says as of one day against another: articles published up to the end of each.

    Example: sayso diff 2022-01-07 2022-01-10
    """
    with opened(db) as project:
        found = project.diff(_day(first), _day(second))
    if not found.articles[1]:
        raise InputError(
            "no article is dated so early",
            about=found.second,
            way_out=f"{plural(found.undated, 'article')} without a date left out",
        )
    if wants_json(as_json):
        for change in found.changes:
            print_json(change)
        return
    print_changes(found.changes, limit)
    told = f"{found.articles[0]} articles up to {found.first}, {found.articles[1]} up to {found.second}"
    print_wrapped([(0, "dim", f"{told}; left out for want of a date: {found.undated}")])


def _day(given: str) -> str:
    return day(given) or _refuse_day()


def _refuse_day() -> str:
    raise ConfigError("a day is missing", about="diff", way_out="write YYYY-MM-DD")


def print_changes(changes: Sequence[Change], limit: int) -> None:
    """Under each incident what changed, each line with where it stands."""
    from sayso.report.changes import change_line

    if not changes:
        out().print("nothing changed")
    before = ""
    for change in changes[:limit]:
        if change.incident != before:
            print_wrapped([(0, "bold", f"{change.incident[:8]}  {change.about}")])
            before = change.incident
        print_wrapped([(2, "", change_line(change))])
        print_wrapped((6, "dim", line) for line in _where(change.evidence))
    if len(changes) > limit:
        out().print(
            f"… {len(changes) - limit:,} more; --limit {len(changes)} shows all, --json gives them to a program"
        )


def _where(evidence: Sequence[Evidence]) -> Iterator[str]:
    for one in evidence[:_SHOWN]:
        words = one.quote if len(one.quote) <= _QUOTE else one.quote[:_QUOTE].rsplit(" ", 1)[0] + " …"
        yield f"{one.outlet} [{one.article[:8]} {one.start}:{one.end}] “{words}”"
    if len(evidence) > _SHOWN:
        yield f"and {len(evidence) - _SHOWN} more"


def print_positions(rows: Sequence[AgreementRow], limit: int) -> None:
    """Under each incident or story its positions: facet, standing and what is held, then by and against whom."""
    from sayso.report.agreement import position_lines

    before = ""
    for row in rows[:limit]:
        if row.id != before:
            print_wrapped([(0, "bold", f"{row.id[:8]}  {row.about}")])
            before = row.id
        print_wrapped([(2 + indent, "", line) for indent, line in position_lines(row)])
    if len(rows) > limit:
        out().print(f"… {len(rows) - limit:,} more; --limit {len(rows)} shows all, --json gives them to a program")
