"""Commands that hand something out: report, export, check, schema."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli.base import AsJson, Db, Since, Until, app, day, opened
from sayso.cli.render import err, print_json, print_lines, wants_json
from sayso.errors import ConfigError
from sayso.text import plural

_PRINTED = ("md", "html")  # what a terminal can take as text; the rest are files
_Template = Annotated[
    Path | None,
    typer.Option("--template", help="Jinja file, or folder with report.md.j2 or report.html.j2; for docx a .docx file"),
]


@app.command()
def report(
    since: Since = None,
    until: Until = None,
    place: Annotated[str | None, typer.Option("--place", help="place or ISO code of a country")] = None,
    story: Annotated[str | None, typer.Option("--story", help="id of a story")] = None,
    new_since: Annotated[str | None, typer.Option("--new-since", help="also what is told since", metavar="DAY")] = None,
    form: Annotated[str, typer.Option("--format", help="md, html, pdf or docx")] = "md",
    template: _Template = None,
    example: Annotated[
        str | None, typer.Option("--print-template", help="md or html: the shipped one, to start from", metavar="FORM")
    ] = None,
    to: Annotated[Path | None, typer.Option("--out", help="file to write")] = None,
    db: Db = None,
) -> None:
    """A situation report, every line with its sources; with map and timeline, of Markdown as files beside --out.

    Example: sayso report --since 2022-01-05 --place KAZ --format pdf --out kazakhstan.pdf
    """
    from sayso.report.sitrep import FORMS, Scope, make_report, render, write

    if example:
        _print_template(example)
        return
    if form not in FORMS:
        raise ConfigError(f"no such format {form!r}", about="--format", way_out=", ".join(FORMS))
    if form not in _PRINTED and not to and sys.stdout.isatty():
        raise ConfigError(f"{form} is no text to print", about="--format", way_out=f"add --out report.{form}")
    scope, news = Scope(day(since), day(until), place, story), day(new_since)
    with opened(db) as project:
        made = make_report(
            project.period(scope.since, scope.until), scope, project.since(news) if news else (), news or ""
        )
    if to:
        print_lines(map(str, write(made, form, to, template)))
    else:
        sys.stdout.buffer.write(render(made, form, template))


def _print_template(form: str) -> None:
    from sayso.report.sitrep.as_text import FORMS, shipped

    if form not in FORMS:
        raise ConfigError(f"no template for {form!r}", about="--print-template", way_out=", ".join(FORMS))
    sys.stdout.write(shipped(form))


@app.command(name="export")
def export_records(
    form: Annotated[
        str,
        typer.Option(
            "--as",
            help="tables: jsonl, csv, parquet; event data: plover, polecat, icews, gdelt, acled; maps and humanitarian "
            "tables: geojson, hxl; case work: stix, ftm; timelines: timesketch, timelinejs; annotation: inception; "
            "news and alerts: rss, cap",
        ),
    ] = "jsonl",
    to: Annotated[Path, typer.Option("--out", help="folder to write, made if it is not there")] = Path("export"),
    every: Annotated[
        bool,
        typer.Option(
            "--any-status",
            help="also what is not told as having happened (plover and inception always carry it, marked)",
        ),
    ] = False,
    db: Db = None,
) -> None:
    """Write the archive for other tools; each row carries its chain of sources.

    Example: sayso export --as acled --out tables
    """
    from sayso.report.export import FORMATS, export
    from sayso.report.formats import LAYOUTS, hand_out

    if form not in FORMATS and form not in LAYOUTS:
        raise ConfigError(f"no such format {form!r}", about="--as", way_out=", ".join([*FORMATS, *LAYOUTS]))
    with opened(db) as project:
        archive, grades = project.archive(), project.grades()
    if form in FORMATS:
        for path, rows in export(archive, form, to, grades):
            print_lines([f"{path}  {plural(rows, 'row')}"])
        return
    handed = hand_out(archive, form, to, every)
    print_lines([f"{path}  {plural(rows, 'row')}" for path, rows in handed.files])
    for reason, count in handed.left.most_common():
        err().print(f"left out: {plural(count, 'event')}: {reason}", markup=False, soft_wrap=True)


@app.command()
def check(as_json: AsJson = None) -> None:
    """What is installed, which models and place index, and what is missing.

    Example: sayso check
    """
    from sayso.checkup import checkup
    from sayso.config import load_config

    found = checkup(load_config())
    if wants_json(as_json):
        print_json(found)
    else:
        for item in found:
            print_lines([f"{'ok     ' if item.ok else 'MISSING'} {item.name:<12} {item.detail}"])
    if not all(item.ok for item in found):
        raise typer.Exit(1)


@app.command()
def schema() -> None:
    """The JSON Schema of an analysis record.

    Example: sayso schema > sayso-1.schema.json
    """
    from sayso.record_schema import schema as record_schema

    sys.stdout.write(json.dumps(record_schema(), indent=2) + "\n")
