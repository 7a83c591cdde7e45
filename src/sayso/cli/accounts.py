"""Commands that lay accounts side by side: what reports agree on, and what an archive says now and said before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.base import AsJson, Db, Limit, app, opened
from sayso.cli.render import out, print_json, wants_json
from sayso.cli.sayings import print_wrapped
from sayso.report.positions import Standing

if TYPE_CHECKING:
    from sayso.report.agreement import AgreementRow


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
